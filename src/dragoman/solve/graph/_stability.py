"""Which states are stable for whom: Nash, GMR, SMR and SEQ in linear work.

Sources: Fang, Hipel, Kilgour, *Interactive Decision Making* (1993); Xu, Hipel,
Kilgour, Fang, *Conflict Resolution Using the Graph Model* (2018).

For a fixed party i:

1. v = P_i for GMR and SEQ; for SMR v(x) = max(P_i(x), greatest P_i over R_i(x)).
2. m(t) = the least v over t and all states that the others reach from t by legal
   sequences (for SEQ: by sequences of improvements).  R_e is transitive in option
   form, so "no party twice in a row" changes nothing and m is the least fixed point
   of m = min over parties e of (least m over R_e): sweeps until nothing changes.
   Should sweeps not settle soon, strongly connected components and one pass in
   reverse topological order give the same in linear time.
3. s is stable when the greatest m over the improvements R_i^+(s) is <= P_i(s).
   Nash: there are no improvements.

Two narrower rules of sanctions are in use besides these *sequences*, and give other
equilibria on larger conflicts: ``one-move``, a sanction is one move by one other party;
``each-once``, a sequence in which each other party moves at most once.  For the latter
m is taken over the sets A of parties that still may move: m_A = min over e in A of
(least m_{A-e} over R_e).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, Places, Values, moves_of

CONCEPTS = ("NASH", "SEQ", "GMR", "SMR")
Sanctions = Literal["sequences", "each-once", "one-move"]
SANCTIONS: tuple[Sanctions, ...] = ("sequences", "each-once", "one-move")
SWEEPS = 64
MOST_EACH_ONCE = 12


@dataclass(frozen=True, kw_only=True)
class Stability:
    """For each concept, whether each state is stable for each party: shape (parties, states)."""

    by_concept: dict[str, Flags]

    def equilibria(self, concept: str) -> Places:
        """The indices of the states that are stable for every party."""
        return np.flatnonzero(self.by_concept[concept].all(axis=0))


def analyse(
    conflict: Conflict,
    *,
    sanctions: Sanctions = "sequences",
    sweeps: int = SWEEPS,
    moves: Sequence[Moves] = (),
) -> Stability:
    """Stability of every state for every party under all four concepts.

    Args:
        conflict: the conflict.
        sanctions: what others may answer with, one of SANCTIONS.
        sweeps: how many sweeps before components are used instead.
        moves: of every party, where they are made already.

    Raises:
        UnknownNameError: there is no such rule of sanctions.
        MethodError: too many parties for ``each-once``.
    """
    check_sanctions(sanctions, len(conflict.parties))
    moves = moves or [moves_of(conflict, party) for party in range(len(conflict.parties))]
    stable: dict[str, Flags] = {
        concept: np.empty((len(moves), len(conflict.states)), dtype=bool) for concept in CONCEPTS
    }
    for party, own in enumerate(moves):
        others = [other for place, other in enumerate(moves) if place != party]
        for concept, flags in _stable_for(own, others, sanctions, sweeps).items():
            stable[concept][party] = flags
    return Stability(by_concept=stable)


def check_sanctions(sanctions: str, parties: int) -> None:
    """Refuse what is no rule of sanctions, or one that so many parties make too long."""
    if sanctions not in SANCTIONS:
        raise UnknownNameError("sanctions", sanctions, SANCTIONS)
    if sanctions == "each-once" and parties > MOST_EACH_ONCE:
        raise MethodError("sanctions", f"each-once with {parties} parties", f"at most {MOST_EACH_ONCE} parties")


def _stable_for(own: Moves, others: Sequence[Moves], sanctions: Sanctions, sweeps: int) -> dict[str, Flags]:
    rank = own.rank
    none = int(rank.min()) - 1
    escape = own.greatest(rank)
    better = own.greatest_improving(rank, none)

    def sanctioned(start: Values, *, improving: bool) -> Flags:
        worst = least_reached(others, start, improving=improving, sanctions=sanctions, sweeps=sweeps)
        stable: Flags = own.greatest_improving(worst, none) <= rank
        return stable

    return {
        "NASH": better == none,
        "SEQ": sanctioned(rank, improving=True),
        "GMR": sanctioned(rank, improving=False),
        "SMR": sanctioned(escape, improving=False),
    }


def least_reached(
    parties: Sequence[Moves],
    start: Values,
    *,
    improving: bool,
    sanctions: Sanctions = "sequences",
    sweeps: int = SWEEPS,
) -> Values:
    """The least of ``start`` over each state and what the parties reach from it."""
    if sanctions != "sequences":
        return _least_by_few_moves(parties, start, 1 if sanctions == "one-move" else len(parties), improving=improving)
    m = start
    for _ in range(sweeps):
        before = m
        for party in parties:
            m = party.least_improving(m) if improving else party.least(m)
        if np.array_equal(before, m):
            return m
    return least_by_components(parties, start, improving=improving)


def _least_by_few_moves(parties: Sequence[Moves], start: Values, longest: int, *, improving: bool) -> Values:
    """The same over sequences of at most ``longest`` moves in which nobody moves twice."""
    known: dict[tuple[int, ...], Values] = {(): start}
    result = start
    for size in range(1, longest + 1):
        fresh: dict[tuple[int, ...], Values] = {}
        for chosen in combinations(range(len(parties)), size):
            found = start
            for party in chosen:
                rest = known[tuple(other for other in chosen if other != party)]
                own = parties[party]
                found = np.minimum(found, own.least_improving(rest) if improving else own.least(rest))
            fresh[chosen] = found
            result = np.minimum(result, found)
        known = fresh
    return result


def least_by_components(parties: Sequence[Moves], start: Values, *, improving: bool) -> Values:
    """The same minimum by strongly connected components, linear in the number of moves."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(start)
    blocks = [pair for party in parties for pair in party.pairs(improving=improving)]
    fro = np.concatenate([pair[0] for pair in blocks]) if blocks else np.empty(0, dtype=np.int64)
    to = np.concatenate([pair[1] for pair in blocks]) if blocks else np.empty(0, dtype=np.int64)
    graph = coo_array((np.ones(len(fro), dtype=np.int8), (fro, to)), shape=(count, count)).tocsr()
    number, label = connected_components(graph, directed=True, connection="strong")
    least = np.full(number, np.iinfo(np.int64).max)
    np.minimum.at(least, label, start)
    above, below = label[fro], label[to]
    apart = above != below
    result: Values = _minima_upwards(least, above[apart], below[apart])[label]
    return result


def _minima_upwards(least: Values, above: Places, below: Places) -> Values:
    """Minima over all nodes reachable in an acyclic graph, peeling it from its sinks."""
    order = np.argsort(below, kind="stable")
    above, below = above[order], below[order]
    starts = np.searchsorted(below, np.arange(len(least) + 1))
    left: npt.NDArray[np.int64] = np.bincount(above, minlength=len(least))
    ready = np.flatnonzero(left == 0)
    while len(ready):
        many = starts[ready + 1] - starts[ready]
        base = np.repeat(starts[ready] - (np.cumsum(many) - many), many)
        edges = base + np.arange(many.sum())
        over = above[edges]
        np.minimum.at(least, over, least[np.repeat(ready, many)])
        np.subtract.at(left, over, 1)
        touched = np.unique(over)
        ready = touched[left[touched] == 0]
    return least
