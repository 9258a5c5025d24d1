"""How one gets there: paths from the status quo, attractors and cycles.

1. Every move is an edge; an *improvement* costs one move, any other move is an
   *exception* and costs more than all possible moves together, so that the cheapest
   path has the fewest exceptions first and the fewest moves second (Dijkstra).
2. A path through improvements only is one without exceptions.
3. Attractors are the strongly connected components of the improvement graph that
   nobody's improvement leaves: single states (nobody can improve) or cycles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.solve.graph._conflict import Conflict
from dragoman.solve.graph._moves import moves_of


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move: who goes from which state to which; ``improves`` when the mover prefers where it arrives."""

    party: int
    fro: int
    to: int
    improves: bool


@dataclass(frozen=True, kw_only=True)
class Path:
    """Moves from one state to another; no moves where they are the same state."""

    moves: tuple[Move, ...]

    @property
    def exceptions(self) -> int:
        """How many moves the mover does not like."""
        return sum(not move.improves for move in self.moves)


@dataclass(frozen=True, kw_only=True)
class Attractor:
    """States that improvements lead into and none leads out of; more than one state is a cycle."""

    states: tuple[int, ...]
    reached: bool


@dataclass(frozen=True)
class Network:
    """All moves of a conflict as arrays: source, target, mover, and whether the mover improves."""

    conflict: Conflict

    @cached_property
    def _edges(
        self,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        fro, to, who = [], [], []
        for party in range(len(self.conflict.parties)):
            for sources, targets in moves_of(self.conflict, party).pairs():
                fro.append(sources)
                to.append(targets)
                who.append(np.full(len(sources), party))
        source, target, mover = (np.concatenate(part) if part else np.empty(0, np.int64) for part in (fro, to, who))
        improves = self.conflict.ranks[mover, target] > self.conflict.ranks[mover, source]
        return source, target, mover, improves

    def moves(self) -> list[Move]:
        """Every move, by source, then target."""
        source, target, mover, improves = self._edges
        order = np.lexsort((target, source))
        columns = (mover[order], source[order], target[order], improves[order])
        return [
            Move(party=int(who), fro=int(fro), to=int(to), improves=bool(better))
            for who, fro, to, better in zip(*columns, strict=True)
        ]

    def _matrix(self, *, dear: float | None) -> Any:
        from scipy.sparse import coo_array

        source, target, _, improves = self._edges
        keep = improves if dear is None else np.ones(len(source), dtype=bool)
        cost = np.where(improves, 1.0, 0.0 if dear is None else dear)[keep]
        count = len(self.conflict.states)
        return coo_array((cost, (source[keep], target[keep])), shape=(count, count)).tocsr()

    def paths_from(self, start: int, *, any_move: bool = False) -> dict[int, Path]:
        """The best path from ``start`` to every state that can be reached.

        Fewest exceptions first, then fewest moves; with ``any_move`` fewest moves alone.
        """
        from scipy.sparse.csgraph import dijkstra

        dear = 1.0 if any_move else float(len(self.conflict.states) + 1)
        distance, before = dijkstra(self._matrix(dear=dear), indices=start, return_predecessors=True)
        reached = np.flatnonzero(np.isfinite(distance))
        return {int(state): self._path(start, int(state), before) for state in reached}

    def _path(self, start: int, end: int, before: npt.NDArray[np.int32]) -> Path:
        states = [end]
        while states[-1] != start:
            states.append(int(before[states[-1]]))
        states.reverse()
        return Path(moves=tuple(self.move(fro, to) for fro, to in pairwise(states)))

    def move(self, fro: int, to: int) -> Move:
        """The move between two neighbouring states."""
        changed = int(self.conflict.states[fro] ^ self.conflict.states[to])
        who = self.conflict.options[(changed & -changed).bit_length() - 1].owner
        ranks = self.conflict.ranks[who]
        return Move(party=who, fro=fro, to=to, improves=bool(ranks[to] > ranks[fro]))

    def attractors(self, start: int | None = None) -> tuple[Attractor, ...]:
        """Where improvements lead; ``reached`` tells whether improvements lead there from ``start``."""
        from scipy.sparse.csgraph import breadth_first_order, connected_components

        graph = self._matrix(dear=None)
        number, label = connected_components(graph, directed=True, connection="strong")
        source, target, _, improves = self._edges
        leaving = improves & (label[source] != label[target])
        closed = np.setdiff1d(np.arange(number), label[source[leaving]])
        from_start = (
            set() if start is None else set(breadth_first_order(graph, start, return_predecessors=False).tolist())
        )
        groups = [tuple(np.flatnonzero(label == place).tolist()) for place in closed]
        return tuple(Attractor(states=group, reached=bool(from_start & set(group))) for group in sorted(groups))
