"""How one gets there: paths from the status quo, attractors and cycles, in linear work.

1. An *improvement* costs one move; any other move is an *exception* and costs more than
   all possible moves together: fewest exceptions first, fewest moves second.
2. States are settled in the order of that cost.  A party's first move into a class
   reaches all of it; its improvements into a class reach a prefix of the class (best
   first), and only what lies beyond the longest prefix so far is new.  So every state
   is put forward once a party, whatever the number of moves.
3. Attractors are the strongly connected components of the improvement graph that
   nobody's improvement leaves.  Single states are those that nobody can improve;
   cycles lie among the states from which improvements lead to none of these.  There an
   edge goes from a state to the lowest group of equal rank above it, from a group to its
   members and to the group above: the same components, with as many edges as states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, Places, moves_of

Steps = Literal["improving", "any", "least"]


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
        """How many moves do not improve the mover's lot."""
        return sum(not move.improves for move in self.moves)


@dataclass(frozen=True, kw_only=True)
class Attractor:
    """States that improvements lead into and none leads out of; more than one state is a cycle."""

    states: tuple[int, ...]
    reached: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Spread:
    """What can be reached from ``start``: exceptions (-1: out of reach), moves, and the state before, shape (states,).

    ``met`` is the first state found of those looked for.
    """

    start: int
    exceptions: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]
    before: npt.NDArray[np.int32]
    met: int | None = None

    def trace(self, state: int) -> tuple[int, ...]:
        """The states from ``start`` to one that can be reached."""
        states = [state]
        while states[-1] != self.start:
            states.append(int(self.before[states[-1]]))
        return tuple(reversed(states))


def spread(moves: Sequence[Moves], start: int, steps: Steps, *, until: Flags | None = None) -> Spread:
    """What these parties reach from ``start``.

    Args:
        moves: of the parties that may move, at least one.
        start: the state to start from.
        steps: improvements only; any moves, fewest first; or with the least exceptions, then the fewest moves.
        until: stop at the first state, other than ``start``, where this is true.
    """
    wave = _Wave(moves, len(moves[0].rank), steps)
    wave.offer(0, 0, np.array([start]), np.array([start]))
    met = None
    while wave.keys and met is None:
        fresh = wave.settle()
        if until is not None:
            found = fresh[until[fresh] & (fresh != start)]
            met = int(found.min()) if len(found) else None
    return Spread(start=start, exceptions=wave.exceptions, length=wave.length, before=wave.before, met=met)


class _Wave:
    """The states settled so far and those put forward, by (exceptions, moves)."""

    def __init__(self, moves: Sequence[Moves], states: int, steps: Steps) -> None:
        self.moves, self.steps = moves, steps
        self.exceptions = np.full(states, -1, dtype=np.int32)
        self.length = np.zeros(states, dtype=np.int32)
        self.before = np.zeros(states, dtype=np.int32)
        self.covered = [own.starts.copy() for own in moves]
        self.whole = [np.zeros(len(own.starts), dtype=bool) for own in moves]
        self.keys: list[tuple[int, int]] = []
        self.waiting: dict[tuple[int, int], list[tuple[Places, Places]]] = {}

    def offer(self, exceptions: int, length: int, states: Places, before: Places) -> None:
        if not len(states):
            return
        key = (exceptions, length)
        if key not in self.waiting:
            heappush(self.keys, key)
        self.waiting.setdefault(key, []).append((states, before))

    def settle(self) -> Places:
        """Settle the cheapest states that wait, put forward what follows from them, and return them."""
        exceptions, length = key = heappop(self.keys)
        parts = self.waiting.pop(key)
        states, before = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
        new = self.exceptions[states] < 0
        fresh, first = np.unique(states[new], return_index=True)
        self.exceptions[fresh], self.length[fresh], self.before[fresh] = exceptions, length, before[new][first]
        if len(fresh):
            for party, own in enumerate(self.moves):
                for flip in range(len(own.reached)):
                    if self.steps != "any":
                        self.offer(exceptions, length + 1, *self._improved(party, own, flip, fresh))
                    if self.steps != "improving":
                        dear = exceptions + (self.steps == "least")
                        self.offer(dear, length + 1, *self._moved(party, own, flip, fresh))
        return fresh

    def _improved(self, party: int, own: Moves, flip: int, fresh: Places) -> tuple[Places, Places]:
        covered, last = self.covered[party], own.last_better[flip][fresh]
        some = last >= 0
        source, last = fresh[some], last[some]
        target = own.reached[flip][source]
        beyond = last >= covered[target]
        source, last, target = source[beyond], last[beyond], target[beyond]
        order = np.lexsort((source, -last, target))
        _, first = np.unique(target[order], return_index=True)
        pick = order[first]
        source, last, target = source[pick], last[pick], target[pick]
        begin, covered[target] = covered[target], last + 1
        return _ranges(own.order, begin, last + 1, source)

    def _moved(self, party: int, own: Moves, flip: int, fresh: Places) -> tuple[Places, Places]:
        target = own.reached[flip][fresh]
        new = target >= 0
        new[new] = ~self.whole[party][target[new]]
        classes, first = np.unique(target[new], return_index=True)
        self.whole[party][classes] = True
        return _ranges(own.order, own.starts[classes], own.ends[classes], fresh[new][first])


def _ranges(order: Places, begin: Places, end: Places, source: Places) -> tuple[Places, Places]:
    """The entries of ``order`` in each range, and for each its source."""
    many = end - begin
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return order[np.repeat(begin, many) + offset], np.repeat(source, many)


@dataclass(frozen=True)
class Network:
    """The moves of a conflict, for paths and attractors."""

    conflict: Conflict
    made: Sequence[Moves] = field(default=(), repr=False)

    @property
    def parts(self) -> Sequence[Moves]:
        """The moves of every party."""
        return self.made or [moves_of(self.conflict, party) for party in range(len(self.conflict.parties))]

    def moves(self) -> list[Move]:
        """Every move, by source, then target."""
        columns: list[tuple[int, int, int]] = sorted(
            (int(fro), int(to), party)
            for party, own in enumerate(self.parts)
            for sources, targets in own.pairs()
            for fro, to in zip(sources, targets, strict=True)
        )
        return [self._move(party, fro, to) for fro, to, party in columns]

    def _move(self, party: int, fro: int, to: int) -> Move:
        ranks = self.conflict.ranks[party]
        return Move(party=party, fro=fro, to=to, improves=bool(ranks[to] > ranks[fro]))

    def move(self, fro: int, to: int) -> Move:
        """The move between two neighbouring states."""
        changed = int(self.conflict.states[fro] ^ self.conflict.states[to])
        return self._move(self.conflict.options[(changed & -changed).bit_length() - 1].owner, fro, to)

    def spread_from(self, start: int, *, any_move: bool = False) -> Spread:
        """What can be reached from ``start``: fewest exceptions, then fewest moves; or fewest moves alone."""
        return spread(self.parts, start, "any" if any_move else "least")

    def path(self, found: Spread, state: int) -> Path | None:
        """The best path to a state; None where it is out of reach."""
        if found.exceptions[state] < 0:
            return None
        return Path(moves=tuple(self.move(fro, to) for fro, to in pairwise(found.trace(state))))

    def paths_from(self, start: int, *, any_move: bool = False) -> Mapping[int, Path]:
        """The best path from ``start`` to every state that can be reached."""
        found = self.spread_from(start, any_move=any_move)
        paths = {int(state): self.path(found, int(state)) for state in np.flatnonzero(found.exceptions >= 0)}
        return {state: path for state, path in paths.items() if path is not None}

    def attractors(self, found: Spread | None = None) -> tuple[Attractor, ...]:
        """Where improvements lead; ``reached`` tells whether improvements alone lead there, as ``found`` has it."""
        parts = self.parts
        still = np.all([own.greatest_improving(own.rank, -1) == -1 for own in parts], axis=0)
        groups: list[tuple[int, ...]] = [(int(state),) for state in np.flatnonzero(still)]
        restless = np.flatnonzero(~_leading_to(parts, still))
        groups += _sinks(parts, restless) if len(restless) else []
        free = np.zeros(len(still), dtype=bool) if found is None else found.exceptions == 0
        return tuple(Attractor(states=group, reached=bool(free[list(group)].any())) for group in sorted(groups))


def _leading_to(parts: Sequence[Moves], goal: Flags) -> Flags:
    """The states from which improvements lead to one of ``goal``."""
    flags = goal.astype(np.int64)
    while True:
        before = flags
        for own in parts:
            flags = np.maximum(flags, own.greatest_improving(flags, 0))
        if np.array_equal(before, flags):
            return flags.astype(bool)


def _sinks(parts: Sequence[Moves], states: Places) -> list[tuple[int, ...]]:
    """The components of ``states``, which no improvement leaves, that no improvement leaves."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(parts[0].rank)
    edges, nodes = [], count
    for own in parts:
        blocks, size = own.ladder(states)
        edges += [(np.where(fro < 0, nodes - 1 - fro, fro), np.where(to < 0, nodes - 1 - to, to)) for fro, to in blocks]
        nodes += size
    fro, to = (np.concatenate([edge[at] for edge in edges]) for at in (0, 1))
    graph = coo_array((np.ones(len(fro), dtype=np.int8), (fro, to)), shape=(nodes, nodes)).tocsr()
    _, label = connected_components(graph, directed=True, connection="strong")
    closed = np.setdiff1d(label[states], label[fro[label[fro] != label[to]]])
    inside = states[np.isin(label[states], closed)]
    order = np.argsort(label[inside], kind="stable")
    cuts = np.flatnonzero(np.diff(label[inside][order])) + 1
    return [tuple(group.tolist()) for group in np.split(inside[order], cuts) if len(group)]
