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

``joint_moves`` asks the same of single states, without closures: for a state s and each
coalition H of at least two, smallest first, the states that H reaches and all its
members prefer to s; of these, those from which the others reach no x without good[s, x]
(the least value over reachable states, as for one party); the one in the fewest moves is
told, with the moves that lead there.  A coalition is passed over where some of its
members alone could leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve._wording import listed
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._paths import Move, Spread, spread
from dragoman.solve.graph._stability import Sanctions, least_reached

MOST_STATES = 2048
MOST_PARTIES = 8


@dataclass(frozen=True, kw_only=True)
class JointMove:
    """What a coalition could do at a state and no smaller one of its members could, without being deterred.

    ``members`` are places of parties; ``moves`` lead from ``state`` to ``to``, which every
    member prefers, and no sanction of the others under ``concept`` takes that from one of them.
    """

    state: int
    members: tuple[int, ...]
    to: int
    moves: tuple[Move, ...]
    concept: str
    words: str


def joint_moves(
    conflict: Conflict,
    states: Iterable[int],
    concept: str,
    moves: Sequence[Moves],
    sanctions: Sanctions = "sequences",
) -> tuple[JointMove, ...]:
    """For each of ``states`` what the least coalitions of two and more could do under NASH, SEQ or GMR.

    Raises:
        MethodError: another concept.
    """
    if concept not in {"NASH", "SEQ", "GMR"}:
        raise MethodError("concept", concept, "NASH, SEQ or GMR for moves of coalitions")
    found: list[JointMove] = []
    for state in states:
        told: list[frozenset[int]] = []
        for members in _all_coalitions(len(conflict.parties)):
            if not any(smaller <= set(members) for smaller in told):
                move = _joint_move(conflict, state, members, concept, moves, sanctions)
                if move is not None:
                    told.append(frozenset(members))
                    found += [move] if len(members) > 1 else []
    return tuple(found)


def _joint_move(  # noqa: PLR0917
    conflict: Conflict,
    state: int,
    members: tuple[int, ...],
    concept: str,
    moves: Sequence[Moves],
    sanctions: Sanctions,
) -> JointMove | None:
    ranks = conflict.ranks[list(members)]
    good = np.asarray((ranks > ranks[:, [state]]).all(axis=0))
    if not good.any():
        return None
    reached = spread([moves[place] for place in members], state, "any")
    free = good & (reached.exceptions >= 0)
    if concept != "NASH":
        others = [own for place, own in enumerate(moves) if place not in members]
        safe = least_reached(others, good.astype(np.int64), improving=concept == "SEQ", sanctions=sanctions)
        free &= safe > 0
    places = np.flatnonzero(free)
    if not len(places):
        return None
    to = int(places[np.lexsort((places, reached.length[places]))[0]])
    taken = _moves_along(conflict, moves, members, reached, to)
    words = _in_words(conflict, state, members, to, taken, concept)
    return JointMove(state=state, members=members, to=to, moves=taken, concept=concept, words=words)


def _moves_along(
    conflict: Conflict, moves: Sequence[Moves], members: tuple[int, ...], reached: Spread, to: int
) -> tuple[Move, ...]:
    taken = []
    for fro, step in pairwise(reached.trace(to)):
        party = next(place for place in members if step in moves[place].from_state(fro))
        rank = conflict.ranks[party]
        taken.append(Move(party=party, fro=fro, to=step, improves=bool(rank[step] > rank[fro])))
    return tuple(taken)


def _in_words(  # noqa: PLR0917
    conflict: Conflict, state: int, members: tuple[int, ...], to: int, taken: tuple[Move, ...], concept: str
) -> str:
    names = conflict.parties
    steps = "; ".join(f"{names[move.party]} goes to [{conflict.describe(move.to)}]" for move in taken)
    idle = [names[place] for place in members if place not in {move.party for move in taken}]
    by = f"; {listed(idle)} must only keep still" if idle else ""
    both = "both" if len(members) == 2 else "all of them"
    safe = {
        "NASH": "",
        "SEQ": ", and no improvements of others take it from one of them",
        "GMR": ", and no moves of others can take it from one of them",
    }[concept if len(members) < len(names) else "NASH"]
    return (
        f"Together {listed(names[place] for place in members)} can leave [{conflict.describe(state)}] for "
        f"[{conflict.describe(to)}], which {both} prefer{safe}: {steps}{by}."
    )


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
