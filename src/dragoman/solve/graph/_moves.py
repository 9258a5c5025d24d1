"""A party's moves without listing pairs of states.

States that agree outside a party's reversible options form a *class*: within it
the party moves freely.  Between classes it flips irreversible options in their one
direction.  Sorting states by (class, rank) turns "the least value over the states
that the party can move to" into segmented minima, and "over its improvements" into
a prefix minimum and one look-up.  Work is linear in states times the patterns of
irreversible flips.

All operators take values ``m`` of shape (states,) and include the state itself,
which changes no stability test (a state never sanctions a move to itself).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dragoman.solve.graph._conflict import Bits, Conflict

Places = npt.NDArray[np.int64]
Values = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Moves:
    """One party's moves: classes, the order by (class, rank descending), and the flips between classes.

    ``classes`` (states,) gives each state's class; ``order`` sorts states; ``starts``
    (classes,) are the places in that order where classes begin; ``reached`` lists, for
    every pattern of irreversible flips, the class reached from each state or -1.
    """

    rank: Values
    classes: Places
    order: Places
    starts: Places
    reached: tuple[Places, ...]

    @cached_property
    def ends(self) -> Places:
        """The places in the order where classes end."""
        return np.append(self.starts[1:], len(self.order))

    @cached_property
    def last_better(self) -> tuple[Places, ...]:
        """For every pattern of flips the place of the last improvement of each state, -1 where there is none."""
        top = int(self.rank.max())
        keys = (self.classes * (top + 2) + top - self.rank)[self.order]
        found = []
        for target in self.reached:
            place = np.searchsorted(keys, np.maximum(target, 0) * (top + 2) + top - self.rank) - 1
            inside = (target >= 0) & (place >= self.starts[np.maximum(target, 0)])
            found.append(np.where(inside, place, -1))
        return tuple(found)

    def least(self, m: Values) -> Values:
        """The least of ``m`` over a state and all states that the party can move to from it."""
        by_class = np.minimum.reduceat(m[self.order], self.starts)
        result = m
        for target in self.reached:
            result = np.minimum(result, np.where(target >= 0, by_class[target], result))
        return result

    def greatest(self, m: Values) -> Values:
        """The greatest of ``m`` over a state and all states that the party can move to from it."""
        return -self.least(-m)

    def least_improving(self, m: Values) -> Values:
        """The least of ``m`` over a state and the party's unilateral improvements from it."""
        low, high = int(m.min()), int(m.max())
        step = high - low + 1
        offset = self.classes[self.order] * step
        prefix = np.minimum.accumulate(m[self.order] - offset) + offset
        result = m
        for place in self.last_better:
            result = np.minimum(result, np.where(place >= 0, prefix[place], result))
        return result

    def greatest_improving(self, m: Values, floor: int) -> Values:
        """The greatest of ``m`` over the party's improvements from each state; ``floor`` where there are none."""
        low = min(floor, int(m.min()))
        step = int(m.max()) - low + 1
        offset = self.classes[self.order] * step
        prefix = np.maximum.accumulate(m[self.order] + offset) - offset
        result = np.full_like(m, floor)
        for place in self.last_better:
            result = np.maximum(result, np.where(place >= 0, prefix[place], floor))
        return result

    def pairs(self, *, improving: bool = False) -> Iterator[tuple[Places, Places]]:
        """Every move as arrays (from, to), in blocks; the improvements only where asked."""
        sizes = self.ends - self.starts
        for target in self.reached:
            source = np.flatnonzero(target >= 0)
            many = sizes[target[source]]
            fro = np.repeat(source, many)
            begin = np.repeat(np.cumsum(many) - many, many)
            to = self.order[np.repeat(self.starts[target[source]], many) + np.arange(len(fro)) - begin]
            keep = (self.rank[to] > self.rank[fro]) if improving else (to != fro)
            yield fro[keep], to[keep]

    def from_state(self, state: int, *, improving: bool = False) -> Places:
        """The states that the party can move to from one state, ascending."""
        rows = [int(target[state]) for target in self.reached]
        to = np.concatenate([self.order[self.starts[row] : self.ends[row]] for row in rows if row >= 0])
        keep = (self.rank[to] > self.rank[state]) if improving else (to != state)
        return np.sort(to[keep])

    def ladder(self, states: Places) -> tuple[list[tuple[Places, Places]], int]:
        """The improvements from ``states``, which none leaves, as edges over groups of equal rank, and their number.

        Group g stands as -1 - g.  A state leads to the lowest group above it in each class that
        it can move to, a group to its members and to the group above it in its class.
        """
        cls, rank = self.classes[self.order], self.rank[self.order]
        begins = np.append(True, (cls[1:] != cls[:-1]) | (rank[1:] != rank[:-1]))
        group = np.cumsum(begins) - 1
        heads = np.flatnonzero(begins)
        climbs = np.flatnonzero(cls[heads[1:]] == cls[heads[:-1]]) + 1
        inside = np.zeros(len(self.rank), dtype=bool)
        inside[states] = True
        kept = inside[self.order]
        blocks = [(-1 - group[kept], self.order[kept]), (-1 - climbs, -climbs)]
        for last in self.last_better:
            some = states[last[states] >= 0]
            blocks.append((some, -1 - group[last[some]]))
        return blocks, len(heads)


def moves_of(conflict: Conflict, party: int, rank: Values | None = None) -> Moves:
    """The moves of one party, under its own ranks or those given."""
    own = conflict.ranks[party] if rank is None else rank
    free = conflict.mask_of(party, "both")
    keys, classes = np.unique(conflict.states & ~free, return_inverse=True)
    order = np.argsort(classes * (int(own.max() - own.min()) + 1) - own, kind="stable")
    starts = np.searchsorted(classes[order], np.arange(len(keys)))
    reached = tuple(_classes_after(conflict, party, keys, flip) for flip in _flips(conflict, party))
    return Moves(rank=own, classes=classes, order=order, starts=starts, reached=reached)


def _flips(conflict: Conflict, party: int) -> Iterator[int]:
    """Every pattern of the party's irreversible options, none included."""
    mask = conflict.mask_of(party, "forward", "back")
    flip = 0
    while True:
        yield flip
        flip = (flip - mask) & mask
        if not flip:
            return


def _classes_after(conflict: Conflict, party: int, keys: Bits, flip: int) -> Places:
    forward = flip & conflict.mask_of(party, "forward")
    back = flip & conflict.mask_of(party, "back")
    states = conflict.states
    allowed = ((states & forward) == 0) & ((states & back) == back)
    wanted = (states & ~conflict.mask_of(party, "both")) ^ flip
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(allowed & (keys[place] == wanted), place, -1)
