"""The answer of the graph model to a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from dragoman.solve.graph._case import Problem
from dragoman.solve.graph._coalitions import JointMove
from dragoman.solve.graph._inverse import Inverse
from dragoman.solve.graph._moves import Moves, Places
from dragoman.solve.graph._paths import Attractor, Network, Path, Spread
from dragoman.solve.graph._reasons import Reason, why
from dragoman.solve.graph._stability import CONCEPTS, Sanctions, Stability
from dragoman.solve.graph._uncertain import Robustness

MOST_TOLD = 6
MOST_WAYS = 200
BLOCK = 4096


@dataclass(frozen=True, kw_only=True)
class StateRow:
    """One feasible state: the options taken, its rank for each party (higher is better), and for whom it is stable.

    ``stable`` maps a concept to the parties for whom the state is stable.
    """

    index: int
    taken: tuple[str, ...]
    words: str
    ranks: tuple[int, ...]
    stable: Mapping[str, tuple[str, ...]]


class StateTable(Sequence[StateRow]):
    """The feasible states as rows, each made when it is asked for."""

    def __init__(self, problem: Problem, stability: Stability) -> None:
        self._problem, self._stability = problem, stability

    def __len__(self) -> int:
        return len(self._problem.conflict.states)

    @overload
    def __getitem__(self, index: int) -> StateRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[StateRow]: ...
    def __getitem__(self, index: int | slice) -> StateRow | list[StateRow]:
        if isinstance(index, slice):
            return self._rows(*index.indices(len(self)))
        place = range(len(self))[index]
        return self._rows(place, place + 1, 1)[0]

    def __iter__(self) -> Iterator[StateRow]:
        for start in range(0, len(self), BLOCK):
            yield from self._rows(start, min(start + BLOCK, len(self)), 1)

    def _rows(self, start: int, stop: int, step: int) -> list[StateRow]:
        conflict, ids = self._problem.conflict, self._problem.option_ids
        states = conflict.states[start:stop:step].tolist()
        ranks = conflict.ranks[:, start:stop:step].T.tolist()
        flags = {name: self._stability.by_concept[name][:, start:stop:step].T.tolist() for name in CONCEPTS}
        parties = self._problem.party_ids
        return [
            StateRow(
                index=index,
                taken=tuple(name for place, name in enumerate(ids) if bits >> place & 1),
                words=conflict.describe_bits(bits),
                ranks=tuple(ranks[at]),
                stable={
                    concept: tuple(party for party, holds in zip(parties, rows[at], strict=True) if holds)
                    for concept, rows in flags.items()
                },
            )
            for at, (index, bits) in enumerate(zip(range(start, stop, step), states, strict=True))
        ]


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a state is reached from the status quo.

    ``improving`` goes through improvements only (None: there is no such path); ``best`` has
    the fewest moves that do not improve the mover's lot, then the fewest moves (None: out of reach).
    """

    state: int
    improving: Path | None
    best: Path | None


@dataclass(frozen=True, kw_only=True)
class GraphAnswer:
    """Everything that the graph model says of a case; states are named by index into ``states``.

    ``parties`` and ``options`` are identifiers, ``names`` the parties' names; numbers of
    parties are places in ``parties``.  ``ways`` are those to the equilibria under Nash or SEQ
    that are easiest to reach, ``reasons`` those of the states that are told, ``joint_moves``
    what coalitions could do at these.
    """

    parties: tuple[str, ...]
    names: tuple[str, ...]
    options: tuple[str, ...]
    status_quo: int | None
    sanctions: Sanctions
    states: StateTable
    equilibria: Mapping[str, tuple[int, ...]]
    ways: tuple[Way, ...]
    attractors: tuple[Attractor, ...]
    reasons: tuple[Reason, ...]
    joint_moves: tuple[JointMove, ...]
    coalition_equilibria: Mapping[str, tuple[int, ...]] | None
    robustness: Robustness | None
    inverse: Inverse | None


def ways_to(network: Network, found: Spread | None, states: Places) -> tuple[Way, ...]:
    """How the states that are easiest to reach are reached, the easiest first; nothing where there is no status quo.

    Easy is: in reach, with few moves that do not improve the mover's lot, then with few moves.
    """
    if found is None:
        return ()
    cost, length = found.exceptions[states], found.length[states]
    easiest = states[np.lexsort((states, length, cost, cost < 0))][:MOST_WAYS].tolist()
    paths = [(state, network.path(found, state)) for state in easiest]
    return tuple(
        Way(state=state, improving=path if path is not None and not path.exceptions else None, best=path)
        for state, path in paths
    )


def reasons_for(
    problem: Problem, states: Sequence[int], concepts: Sequence[str], sanctions: Sanctions, moves: Sequence[Moves]
) -> tuple[Reason, ...]:
    """Why each of ``states`` is stable or not, for every party and concept."""
    return tuple(
        why(problem.conflict, state, party, concept, sanctions=sanctions, moves=moves)
        for state in states
        for concept in concepts
        for party in range(len(problem.conflict.parties))
    )
