"""Stability for coalitions (Inohara and Hipel 2008), by closures of the move graphs.

For a coalition H and its others N-H, with ``good[s, q]`` true where every member of H
strictly prefers q to s:

1. A coalition improvement of s is a q that H reaches by a legal sequence with good[s, q].
2. Nash: there is none.  GMR: after each, the others reach some x without good[s, x].
   SEQ: they reach it by improvements only.  SMR: moreover H reaches no y from x with
   good[s, y].
3. ``coalitional_sanctions`` lets the others' sequences under SEQ be improvements of any
   of their own coalitions, as Inohara and Hipel define them.

Closures are dense, so the number of states is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, combinations

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import moves_of

MOST_STATES = 2048


def coalition_stability(
    conflict: Conflict, coalition: Sequence[int], *, coalitional_sanctions: bool = False
) -> dict[str, Flags]:
    """For each concept, whether each state is stable for the coalition: shape (states,).

    Raises:
        MethodError: the coalition is empty or names a party twice, or there are too many states.
    """
    _check(conflict, coalition)
    members = sorted(coalition)
    others = [party for party in range(len(conflict.parties)) if party not in members]
    good = _all_prefer(conflict, members)
    own = reach(conflict, members)
    improvements = own & good
    escapes = _meets(good, own)
    by_moves = reach(conflict, others)
    by_improvements = (
        _coalitional_reach(conflict, others) if coalitional_sanctions else reach(conflict, others, improving=True)
    )
    return {
        "NASH": np.logical_not(np.asarray(improvements.any(axis=1))),
        "SEQ": _all_sanctioned(improvements, _meets(~good, by_improvements)),
        "GMR": _all_sanctioned(improvements, _meets(~good, by_moves)),
        "SMR": _all_sanctioned(improvements, _meets(~good & ~escapes, by_moves)),
    }


def coalition_equilibria(conflict: Conflict, coalitions: Iterable[Sequence[int]] | None = None) -> dict[str, Flags]:
    """States stable for every given coalition (all non-empty ones by default), by concept."""
    chosen = list(coalitions) if coalitions is not None else list(_all_coalitions(len(conflict.parties)))
    rows = [coalition_stability(conflict, coalition) for coalition in chosen]
    return {concept: np.all([row[concept] for row in rows], axis=0) for concept in rows[0]}


def reach(conflict: Conflict, parties: Sequence[int], *, improving: bool = False) -> Flags:
    """``reach[s, q]``: the parties can go from s to q by a legal sequence of at least one move, q other than s."""
    from scipy.sparse.csgraph import shortest_path

    steps = np.zeros((len(conflict.states),) * 2, dtype=bool)
    for party in parties:
        for fro, to in moves_of(conflict, party).pairs(improving=improving):
            steps[fro, to] = True
    closure: Flags = np.isfinite(shortest_path(steps, unweighted=True))
    np.fill_diagonal(closure, val=False)
    return closure


def _coalitional_reach(conflict: Conflict, parties: Sequence[int]) -> Flags:
    from scipy.sparse.csgraph import shortest_path

    steps = np.zeros((len(conflict.states),) * 2, dtype=bool)
    for group in chain.from_iterable(combinations(parties, size) for size in range(1, len(parties) + 1)):
        steps |= reach(conflict, group) & _all_prefer(conflict, group)
    closure: Flags = np.isfinite(shortest_path(steps, unweighted=True))
    np.fill_diagonal(closure, val=False)
    return closure


def _all_prefer(conflict: Conflict, members: Sequence[int]) -> Flags:
    ranks = conflict.ranks[list(members)]
    return np.asarray((ranks[:, None, :] > ranks[:, :, None]).all(axis=0))


def _meets(wanted: Flags, reached: Flags) -> Flags:
    """``[s, t]``: some x has wanted[s, x] and reached[t, x]."""
    meets: Flags = (wanted.astype(np.float32) @ reached.T.astype(np.float32)) > 0
    return meets


def _all_sanctioned(improvements: Flags, sanctioned: Flags) -> Flags:
    return np.asarray((~improvements | sanctioned).all(axis=1))


def _all_coalitions(parties: int) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(range(parties), size) for size in range(1, parties + 1))


def _check(conflict: Conflict, coalition: Sequence[int]) -> None:
    known = range(len(conflict.parties))
    if not coalition or len(set(coalition)) != len(coalition) or any(party not in known for party in coalition):
        raise MethodError("coalition", str(list(coalition)), "different parties of the conflict, at least one")
    if len(conflict.states) > MOST_STATES:
        raise MethodError(
            "coalition", f"{len(conflict.states)} states", f"at most {MOST_STATES} for coalition analysis"
        )
