"""From a case to a conflict, and the conflicts that follow from changing a preference or an option.

A :class:`Problem` keeps what a conflict forgets: by which statements or ranking each
party's ranks came about.  Changing one of them and ranking again is what the inverse
question and the draws need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.graph._conflict import (
    Bits,
    Conflict,
    Flags,
    Option,
    Ranks,
    feasible_states,
    ranks_from_groups,
    ranks_from_statements,
)

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.model._conflict import Preferences


@dataclass(frozen=True, kw_only=True)
class Ordering:
    """How a party orders states: prioritised statements with their truth, or tie groups, best first.

    ``truth`` has shape (statements, states); ``swap`` is the probability that
    neighbours change places in a draw (None: not stated).
    """

    texts: tuple[str, ...] = ()
    truth: Flags | None = None
    groups: tuple[tuple[int, ...], ...] = ()
    swap: float | None = None

    @property
    def length(self) -> int:
        """How many statements or tie groups there are."""
        return len(self.texts) if self.truth is not None else len(self.groups)

    def ranks(self, states: int, order: Sequence[int] | None = None) -> Ranks:
        """Dense ranks, with the statements or groups taken in another order where one is given."""
        chosen = list(order) if order is not None else list(range(self.length))
        if self.truth is not None:
            return ranks_from_statements(self.truth[chosen])
        return ranks_from_groups([self.groups[place] for place in chosen], states)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A conflict with the orderings behind its ranks; ``option_ids`` and ``party_ids`` are those of the case."""

    conflict: Conflict
    orderings: tuple[Ordering, ...]
    option_ids: tuple[str, ...]
    party_ids: tuple[str, ...] = ()

    def with_ordering(self, party: int, ordering: Ordering) -> Problem:
        """The same problem with one party's ordering replaced."""
        orderings = tuple(ordering if place == party else old for place, old in enumerate(self.orderings))
        ranks = self.conflict.ranks.copy()
        ranks[party] = ordering.ranks(len(self.conflict.states))
        return replace(self, conflict=replace(self.conflict, ranks=ranks), orderings=orderings)


def problem_of(case: Case) -> Problem:
    """The graph model's problem in a case.

    Parties are those that own an option or state a preference, in the order of the file.

    Raises:
        MethodError: the case has no options, or a party that moves has no preferences.
    """
    if not case.options:
        raise MethodError("case", "no options", "options, preferences and a status_quo for the graph model")
    names = _movers(case)
    ids = tuple(case.options)
    options = tuple(
        Option(name=option.name or identifier, owner=names.index(option.owner), moves=option.moves)
        for identifier, option in case.options.items()
    )
    states = feasible_states(len(ids), [_pattern(ids, item.yes, item.no) for item in case.infeasible])
    orderings = tuple(_ordering(case.preferences[name], ids, states) for name in names)
    ranks = np.stack([ordering.ranks(len(states)) for ordering in orderings])
    titles = tuple(case.parties[name].name or name for name in names)
    conflict = Conflict(parties=titles, options=options, states=states, ranks=ranks)
    if case.status_quo is not None:
        bits = np.array([_bits(ids, case.status_quo)], dtype=np.int64)
        conflict = replace(conflict, status_quo=int(conflict.find(bits)[0]))
    return Problem(conflict=conflict, orderings=orderings, option_ids=ids, party_ids=tuple(names))


def _movers(case: Case) -> list[str]:
    owners = {option.owner for option in case.options.values()}
    names = [name for name in case.parties if name in owners or name in case.preferences]
    for name in names:
        if name not in case.preferences:
            raise MethodError(f"preferences.{name}", "missing", "a ranking or statements for a party that owns options")
    return names


def _pattern(ids: Sequence[str], yes: frozenset[str], no: frozenset[str]) -> Mapping[int, bool]:
    return {ids.index(name): True for name in yes} | {ids.index(name): False for name in no}


def _bits(ids: Sequence[str], taken: frozenset[str]) -> int:
    return sum(1 << ids.index(name) for name in taken)


def columns(ids: Sequence[str], states: Bits) -> dict[str, Flags]:
    """For each option, in which states it is taken."""
    return {name: (states >> place & 1).astype(bool) for place, name in enumerate(ids)}


def _ordering(preferences: Preferences, ids: Sequence[str], states: Bits) -> Ordering:
    swap = preferences.swap.central() if preferences.swap is not None else None
    if preferences.ranking:
        place = {int(bits): index for index, bits in enumerate(states)}
        groups = tuple(tuple(place[_bits(ids, state)] for state in group) for group in preferences.ranking)
        return Ordering(groups=groups, swap=swap)
    taken = columns(ids, states)
    truth = np.stack([np.asarray(statement.mask(taken), dtype=bool) for statement in preferences.statements])
    return Ordering(texts=tuple(statement.text for statement in preferences.statements), truth=truth, swap=swap)
