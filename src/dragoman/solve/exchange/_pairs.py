"""Every pair of actors on every pair of issues, and what never changes from round to round.

A pair takes one of two ways, by who cares relatively more about the first issue: role 0
supplies the second issue, role 1 the first.  Which pairs touch each other, and how, follows
from the two pairs and their ways, so it is tabled once for all draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Shorts: TypeAlias = npt.NDArray[np.int32]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Flags: TypeAlias = npt.NDArray[np.bool_]

S, T, SC, D, PER, RATE = range(6)
HITS: Bytes = np.array([1, 2, 4, 8], dtype=np.uint8)
NEWS: Bytes = HITS * np.uint8(16)


@dataclass(frozen=True, kw_only=True)
class Places:
    """Every pair of actors ``i`` < ``j`` on every pair of issues ``p`` < ``q`` where both take part, (E,) each.

    ``near`` (E, K): the pairs that share an actor and an issue with each, E where there are
    no more.  ``touch`` (2, E, K, 2): how the pair on axis 1 in the way of axis 0, realised,
    touches the near one in the way of the last axis.  Bit 2 r + r' (``HITS``) says that
    role r of the near one supplies what role r' of the realised one does, and bit 4 + 2 r +
    r' (``NEWS``) that they demand the same, each time with the same actor.
    """

    i: Ints
    j: Ints
    p: Ints
    q: Ints
    near: Shorts
    touch: Bytes

    @classmethod
    def of(cls, absent: Flags) -> Places:
        """The pairs of the actors that are not ``absent`` (n, m)."""
        n, m = absent.shape
        i, j = np.triu_indices(n, 1)
        p, q = np.triu_indices(m, 1)
        count, times = len(p), len(i)
        i, j, p, q = np.tile(i, count), np.tile(j, count), np.repeat(p, times), np.repeat(q, times)
        there = ~(absent[i, p] | absent[i, q] | absent[j, p] | absent[j, q])
        i, j, p, q = i[there], j[there], p[there], q[there]
        near = _near(i, j, p, q)
        return cls(i=i, j=j, p=p, q=q, near=near, touch=_touch(near, np.stack([i, j, p, q]), m))


def _near(i: Ints, j: Ints, p: Ints, q: Ints) -> Shorts:
    rows = []
    for at in range(len(i)):
        actor = (i == i[at]) | (i == j[at]) | (j == i[at]) | (j == j[at])
        issue = (p == p[at]) | (p == q[at]) | (q == p[at]) | (q == q[at])
        rows.append(np.flatnonzero(actor & issue))
    width = max((len(row) for row in rows), default=0)
    near = np.full((len(rows), width), len(rows), dtype=np.int32)
    for at, row in enumerate(rows):
        near[at, : len(row)] = row
    return near


def _touch(near: Shorts, pairs: Ints, m: int) -> Bytes:
    i, j, p, q = pairs
    supply = np.array([[i * m + q, j * m + p], [j * m + q, i * m + p]])
    demand = np.array([[i * m + p, j * m + q], [j * m + p, i * m + q]])
    touch: Bytes = np.zeros((2, *near.shape, 2), dtype=np.uint8)
    others = np.minimum(near, len(i) - 1)
    for codes, bits in ((supply, HITS), (demand, NEWS)):
        for way in (0, 1):
            for way_near in (0, 1):
                for at, bit in enumerate(bits):
                    same = codes[way_near, at >> 1][others] == codes[way, at & 1][:, None]
                    touch[way, :, :, way_near] |= np.where(same, bit, np.uint8(0))
    return touch


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The E pairs in each of D draws, as rows draw * (E + 1) + pair; the last row of a draw is empty.

    ``actor`` (rows, 2): of each role; ``way`` (rows,): the way that the pair takes;
    ``able`` (D, E): whether both care and have power; ``fixed`` (rows, 6, 2): s, t, sc, d,
    per, rate of both roles; ``weight`` (D, n, m).
    """

    places: Places
    weight: Floats
    actor: Shorts
    way: Flags
    able: Flags
    fixed: Floats

    @classmethod
    def of(cls, position: Floats, salience: Floats, power: Floats, places: Places) -> Pairs:
        """The pairs of draws of (D, n, m) arrays; ``position`` gives the shape."""
        i, j, p, q = places.i, places.j, places.p, places.q
        s, c = np.nan_to_num(salience), np.nan_to_num(power)
        weight = s * c
        draws, count = len(position), len(p)
        with np.errstate(divide="ignore", invalid="ignore"):
            way: Flags = s[:, i, p] / s[:, i, q] < s[:, j, p] / s[:, j, q]
            actor = np.stack([np.where(way, j, i), np.where(way, i, j)], axis=2)
            supply, draw = np.stack([q, p], axis=1)[None], np.arange(draws)[:, None, None]
            own, other = s[draw, actor, supply], s[draw, actor, supply[..., ::-1]]
            sc, d = own * c[draw, actor, supply], weight.sum(axis=1)[draw, supply]
            rate = (own + other[..., ::-1]) / (other + own[..., ::-1])
            fixed = np.zeros((draws, count + 1, 6, 2))
            for name, numbers in ((S, own), (T, other), (SC, sc), (D, d), (PER, sc / d), (RATE, rate)):
                fixed[:, :count, name] = numbers
        able: Flags = ((sc > 0) & (other > 0) & (c[draw, actor, supply[..., ::-1]] > 0)).all(axis=2)
        return cls(
            places=places,
            weight=weight,
            actor=np.pad(actor, ((0, 0), (0, 1), (0, 0))).reshape(-1, 2).astype(np.int32),
            way=np.pad(way, ((0, 0), (0, 1))).ravel(),
            able=able,
            fixed=fixed.reshape(-1, 6, 2),
        )
