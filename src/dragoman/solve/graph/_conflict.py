"""A conflict as packed arrays: feasible states as bits, ranks as integers.

Option ``k`` is bit ``1 << k`` of a state.  States are kept in ascending order of
their bits, so that a state's index is found by bisection.  Ranks are dense
integers, higher is better; they are exact for any number of statements because
statements are compared as bit strings, never as a float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

Bits: TypeAlias = npt.NDArray[np.int64]
Ranks: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Direction = Literal["both", "forward", "back"]

MOST_OPTIONS = 62
MOST_STATES = 1 << 24
SHORT = 16


@dataclass(frozen=True, kw_only=True)
class Option:
    """A yes/no choice of one party; ``forward`` goes only from no to yes, ``back`` only from yes to no."""

    name: str
    owner: int
    moves: Direction = "both"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Parties, their options, the feasible states, and each party's ranks of them.

    ``states`` has shape (states,), ascending; ``ranks`` has shape (parties, states).
    """

    parties: tuple[str, ...]
    options: tuple[Option, ...]
    states: Bits
    ranks: Ranks
    status_quo: int | None = None

    def mask_of(self, party: int, *moves: Direction) -> int:
        """The bits of a party's options, of the named directions only where any are named."""
        return sum(
            1 << place
            for place, option in enumerate(self.options)
            if option.owner == party and (not moves or option.moves in moves)
        )

    def find(self, bits: Bits) -> npt.NDArray[np.int64]:
        """The indices of states given by their bits; -1 where not feasible."""
        place = np.minimum(np.searchsorted(self.states, bits), len(self.states) - 1)
        return np.where(self.states[place] == bits, place, -1)

    def index_of(self, choice: Mapping[str, bool]) -> int:
        """The index of the state in which the named options are chosen as given and all others are not.

        Raises:
            MethodError: an option is unknown or the state is not feasible.
        """
        places = {option.name: place for place, option in enumerate(self.options)}
        unknown = [name for name in choice if name not in places]
        if unknown:
            raise MethodError("state", f"unknown option {unknown[0]!r}", f"one of: {', '.join(places)}")
        bits = sum(1 << places[name] for name, yes in choice.items() if yes)
        found = int(self.find(np.array([bits], dtype=np.int64))[0])
        if found < 0:
            raise MethodError("state", self.describe_bits(bits), "a feasible state")
        return found

    def describe(self, state: int) -> str:
        """The options taken in a state, in words."""
        return self.describe_bits(int(self.states[state]))

    def describe_bits(self, bits: int) -> str:
        """The options taken in a pattern of bits, in words."""
        taken = [option.name for place, option in enumerate(self.options) if bits >> place & 1]
        return " + ".join(taken) if taken else "nothing taken"


def feasible_states(options: int, infeasible: Sequence[Mapping[int, bool]]) -> Bits:
    """Every pattern of ``options`` bits that no infeasible pattern matches, ascending.

    Patterns grow option by option and are dropped as soon as an infeasible pattern is
    complete, so that few feasible states of many options stay cheap.

    Args:
        options: how many options there are.
        infeasible: patterns of option -> yes/no; options not named are any.

    Raises:
        MethodError: too many options or states, or no state is left.
    """
    if options > MOST_OPTIONS:
        raise MethodError("options", f"{options} options", f"at most {MOST_OPTIONS}")
    states = np.zeros(1, dtype=np.int64)
    for place in range(options):
        states = np.concatenate([states, states | (1 << place)])
        for pattern in infeasible:
            if pattern and max(pattern) == place:
                states = states[~_matches(states, pattern)]
        if len(states) > MOST_STATES:
            raise MethodError("options", f"more than {MOST_STATES} feasible states", "fewer options or more infeasible")
    if any(not pattern for pattern in infeasible) or not len(states):
        raise MethodError("infeasible", "the patterns leave no feasible state", "at least one state")
    return np.sort(states)


def _matches(states: Bits, pattern: Mapping[int, bool]) -> Flags:
    mask = sum(1 << place for place in pattern)
    wanted = sum(1 << place for place, yes in pattern.items() if yes)
    return np.asarray((states & mask) == wanted)


def ranks_from_statements(truth: Flags) -> npt.NDArray[np.int64]:
    """Dense ranks from prioritised statements (option prioritising).

    Statement 0 outweighs all later ones together, and so on: states are compared by
    their truth values read as one binary number, exactly.

    Args:
        truth: shape (statements, states); without statements all states tie.
    """
    if not len(truth):
        return np.zeros(truth.shape[1], dtype=np.int64)
    if len(truth) <= SHORT:
        keys = np.zeros(truth.shape[1], dtype=np.int64)
        for row in truth:
            keys = keys * 2 + row
        dense: npt.NDArray[np.int64] = (np.cumsum(np.bincount(keys) > 0) - 1)[keys]
        return dense
    packed = np.ascontiguousarray(np.packbits(truth, axis=0).T)
    if packed.shape[1] <= 7:
        weights = 256 ** np.arange(packed.shape[1] - 1, -1, -1, dtype=np.int64)
        keys = packed.astype(np.int64) @ weights
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)
    order = np.lexsort(packed.T[::-1])
    steps = np.any(packed[order[1:]] != packed[order[:-1]], axis=1)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.concatenate([[0], np.cumsum(steps)])
    return ranks


def ranks_from_groups(groups: Sequence[Sequence[int]], states: int) -> npt.NDArray[np.int64]:
    """Dense ranks from tie groups of state indices, best group first.

    Raises:
        MethodError: a state is missing or stands twice.
    """
    flat = [state for group in groups for state in group]
    if sorted(flat) != list(range(states)):
        raise MethodError("ranking", f"{len(flat)} entries for {states} states", "every state once")
    ranks = np.empty(states, dtype=np.int64)
    for place, group in enumerate(groups):
        ranks[list(group)] = len(groups) - 1 - place
    return ranks
