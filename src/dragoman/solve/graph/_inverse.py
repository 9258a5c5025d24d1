"""The mediator's question: what makes a wanted state an equilibrium?

Source: Kinsara, Petersons, Hipel, Kilgour, *Advanced decision support for the graph
model* (2015), for the inverse problem; the levels below are this program's own.

1. At the level of preferences: one statement dropped, moved, or added (an option that
   the party would come to want, or not to want, at the head of its list).
2. At the level of options: an option bound (made irreversible, so that what is taken
   stays taken), or taken off the table.
3. If no single change does it, the least combinations, up to ``largest`` changes: they
   are drawn from the changes that settle at least one of the unstable parties by
   themselves; for a party that none settles, from pairs of changes of its own
   statements; and for a party that they unsettle, from changes of its own.  Every
   combination is tried on the whole conflict before it is told.
4. Behind it a bound: the least cover (``_cover``).

The search is exact for single changes.  For combinations it is exact within what step 3
draws from and within the number tried; the answer says how many were, and whether all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeAlias

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.graph._case import Problem
from dragoman.solve.graph._cover import least_cover
from dragoman.solve.graph._edits import Change, Edit, added, applied, edits_of, moved, preference
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._stability import Sanctions
from dragoman.solve.graph._target import all_moves, stable_for, unstable_at

LARGEST = 3
MOST_TRIED = 2000
MOST_OWN_PAIRS = 2000
MOST_STATES = 2048


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Changes that together make the wanted state an equilibrium."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Inverse:
    """What was found for one wanted state and concept.

    ``unstable`` lists the parties for whom it is not stable now; ``must_demote`` gives for
    each of them the states that a least cover demotes.  ``singles`` counts the single
    changes tried, ``tried`` the combinations; ``complete`` is false where the search for
    combinations stopped at its limit.  ``unsettled`` lists the parties that no change or
    pair of own changes settles by itself.
    """

    state: int
    concept: str
    unstable: tuple[int, ...]
    remedies: tuple[Remedy, ...] = ()
    must_demote: tuple[tuple[int, tuple[int, ...]], ...] = ()
    singles: int = 0
    tried: int = 0
    largest: int = LARGEST
    complete: bool = True
    unsettled: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Helper:
    """Edits with the unstable parties that they settle, those left unstable, and the moves under changed orderings."""

    edits: tuple[Edit, ...]
    settles: frozenset[int]
    left: tuple[int, ...]
    moves: Mapping[int, Moves]


_Failed: TypeAlias = tuple[tuple[_Helper, ...], int]


@dataclass(frozen=True, kw_only=True)
class _Question:
    """The conflict, its moves, the wanted state by its bits, and the concept."""

    problem: Problem
    moves: tuple[Moves, ...]
    state: int
    concept: str
    sanctions: Sanctions = "sequences"

    @property
    def bits(self) -> int:
        """The wanted state."""
        return int(self.problem.conflict.states[self.state])

    def moves_after(self, edits: Sequence[Edit]) -> dict[int, Moves]:
        """The moves of the parties whose orderings the edits replace; a later ordering of a party wins."""
        conflict, count = self.problem.conflict, len(self.problem.conflict.states)
        return {
            edit.change.party: moves_of(conflict, edit.change.party, edit.ordering.ranks(count))
            for edit in edits
            if edit.ordering is not None and edit.change.party is not None
        }

    def unstable_after(self, edits: Sequence[Edit], moves: Mapping[int, Moves]) -> Iterator[int]:
        """For whom the wanted state is unstable once the edits are made; ``moves`` as ``moves_after`` has them."""
        if all(edit.place is None for edit in edits):
            renewed = tuple(moves.get(party, own) for party, own in enumerate(self.moves))
            return unstable_at(renewed, self.state, self.concept, self.sanctions)
        changed = applied(self.problem, edits).conflict
        place = int(changed.find(np.array([self.bits], dtype=np.int64))[0])
        return unstable_at(all_moves(changed), place, self.concept, self.sanctions)


def remedies_for(
    problem: Problem,
    state: int,
    concept: str,
    *,
    largest: int = LARGEST,
    most: int = MOST_TRIED,
    sanctions: Sanctions = "sequences",
) -> Inverse:
    """The single changes, else the least combinations, that make ``state`` an equilibrium under ``concept``.

    Args:
        problem: the conflict with the orderings behind its ranks.
        state: the index of the wanted state.
        concept: NASH, SEQ, GMR or SMR.
        largest: the most changes in a combination; 1 for single changes only.
        most: the most combinations tried.
        sanctions: what others may answer with; the least cover behind the answer is that of sequences alone.

    Raises:
        MethodError: the conflict is larger than this search is meant for.
    """
    conflict = problem.conflict
    if len(conflict.states) > MOST_STATES:
        raise MethodError("inverse question", f"{len(conflict.states)} states", f"at most {MOST_STATES}")
    question = _Question(problem=problem, moves=all_moves(conflict), state=state, concept=concept, sanctions=sanctions)
    unstable = tuple(unstable_at(question.moves, state, concept, sanctions))
    if not unstable:
        return Inverse(state=state, concept=concept, unstable=(), largest=largest)
    edits = tuple(edits_of(problem, question.bits))
    singles = [_helper(question, (edit,), unstable) for edit in edits]
    found = [one.edits for one in singles if one.left == ()]
    further = not found and largest > 1
    helpers, every_pair = _helpers(question, singles, unstable) if further else ([], True)
    made, tried, every = _combined(question, singles, helpers, unstable, largest=largest, most=most)
    return Inverse(
        state=state,
        concept=concept,
        unstable=unstable,
        remedies=tuple(Remedy(changes=tuple(edit.change for edit in one)) for one in found or made),
        must_demote=tuple((party, least_cover(conflict, party, state, concept)) for party in unstable)
        if sanctions == "sequences"
        else (),
        singles=len(edits),
        tried=tried,
        largest=largest,
        complete=every_pair and every,
        unsettled=_unsettled(helpers, unstable) if further else (),
    )


def _unsettled(helpers: Sequence[_Helper], unstable: Iterable[int]) -> tuple[int, ...]:
    return tuple(party for party in unstable if not any(party in helper.settles for helper in helpers))


def _helper(question: _Question, edits: tuple[Edit, ...], unstable: tuple[int, ...]) -> _Helper:
    """What some edits settle by themselves."""
    moves = question.moves_after(edits)
    left = tuple(question.unstable_after(edits, moves))
    return _Helper(edits=edits, settles=frozenset(unstable) - frozenset(left), left=left, moves=moves)


def _helpers(question: _Question, singles: Sequence[_Helper], unstable: tuple[int, ...]) -> tuple[list[_Helper], bool]:
    """The changes that settle some of the unstable parties, and pairs of own changes for those that none settles.

    False beside them: there were more such pairs than are tried.
    """
    helpers, complete = [one for one in singles if one.settles], True
    for party in _unsettled(helpers, unstable):
        orders = tuple(islice(_own_pairs(question, party), MOST_OWN_PAIRS + 1))
        complete &= len(orders) <= MOST_OWN_PAIRS
        helpers += [_helper(question, pair, unstable) for pair in _settling(question, party, orders[:MOST_OWN_PAIRS])]
    return helpers, complete


def _own_pairs(question: _Question, party: int) -> Iterator[tuple[Edit, Edit]]:
    """Pairs of changes of one party's statements; of those that rank alike only the first."""
    problem, count = question.problem, len(question.problem.conflict.states)
    seen: set[bytes] = set()
    for first in moved(problem.orderings[party]):
        for second in (*moved(first[1]), *added(problem, first[1])):
            key = second[1].ranks(count).tobytes()
            if key not in seen:
                seen.add(key)
                yield preference(problem, party, *first), preference(problem, party, *second)


def _settling(question: _Question, party: int, pairs: Iterable[tuple[Edit, Edit]]) -> Iterator[tuple[Edit, Edit]]:
    """The pairs under which the wanted state is stable for the party itself."""
    for pair in pairs:
        renewed = question.moves_after(pair)
        moves = [renewed.get(place, own) for place, own in enumerate(question.moves)]
        if stable_for(moves, party, question.state, question.concept, question.sanctions):
            yield pair


def _combined(
    question: _Question,
    singles: Sequence[_Helper],
    helpers: Sequence[_Helper],
    unstable: tuple[int, ...],
    *,
    largest: int,
    most: int,
) -> tuple[list[tuple[Edit, ...]], int, bool]:
    """The least combinations that settle everybody, how many were tried, and whether all were."""
    tried = 0
    short: list[_Failed] = [((one,), one.left[0]) for one in helpers if len(one.settles) == len(unstable) and one.left]
    for size in range(2, largest + 1):
        found: list[tuple[Edit, ...]] = []
        failed: list[_Failed] = []
        for chosen in chain(_covers(helpers, frozenset(unstable), size), _repaired(short, singles)):
            if tried == most:
                return found, tried, False
            tried += 1
            edits = tuple(edit for one in chosen for edit in one.edits)
            moves = {party: own for one in chosen for party, own in one.moves.items()}
            left = next(question.unstable_after(edits, moves), None)
            if left is None:
                found.append(edits)
            else:
                failed.append((chosen, left))
        if found:
            return found, tried, True
        short = failed
    return [], tried, True


def _repaired(short: Sequence[_Failed], singles: Sequence[_Helper]) -> Iterator[tuple[_Helper, ...]]:
    """Combinations that leave a party unstable, each with one change of that party's own statements added."""
    for chosen, party in short:
        if not any(party in one.moves for one in chosen):
            yield from ((*chosen, one) for one in singles if party in one.moves)


def _covers(helpers: Sequence[_Helper], unstable: frozenset[int], size: int) -> Iterator[tuple[_Helper, ...]]:
    """Every combination of just ``size`` changes whose helpers settle all, none needless, no party's order twice."""
    seen: set[frozenset[int]] = set()

    def extend(chosen: tuple[int, ...], open_: frozenset[int], room: int) -> Iterator[tuple[_Helper, ...]]:
        if not open_:
            if not room and frozenset(chosen) not in seen:
                seen.add(frozenset(chosen))
                yield tuple(helpers[place] for place in sorted(chosen))
            return
        party = min(open_)
        taken = {one for place in chosen for one in helpers[place].moves}
        for place, helper in enumerate(helpers):
            if party in helper.settles and len(helper.edits) <= room and taken.isdisjoint(helper.moves):
                yield from extend((*chosen, place), open_ - helper.settles, room - len(helper.edits))

    yield from extend((), unstable, size)
