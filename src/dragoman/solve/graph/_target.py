"""For whom one state is unstable: the test of :mod:`._stability` for a single state, party by party.

The inverse question asks it of hundreds of changed conflicts, so that moves are made
once for every party whose preferences stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.solve.graph._conflict import Conflict
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._stability import Sanctions, least_reached


def all_moves(conflict: Conflict) -> tuple[Moves, ...]:
    """Every party's moves."""
    return tuple(moves_of(conflict, party) for party in range(len(conflict.parties)))


def unstable_at(moves: Sequence[Moves], state: int, concept: str, sanctions: Sanctions = "sequences") -> Iterator[int]:
    """The parties for whom ``state`` is not stable under ``concept`` (NASH, SEQ, GMR or SMR), in order."""
    return (party for party in range(len(moves)) if not stable_for(moves, party, state, concept, sanctions))


def stable_for(
    moves: Sequence[Moves], party: int, state: int, concept: str, sanctions: Sanctions = "sequences"
) -> bool:
    """Whether ``state`` is stable for one party."""
    own = moves[party]
    steps = own.from_state(state, improving=True)
    if not len(steps) or concept == "NASH":
        return not len(steps)
    others = [other for place, other in enumerate(moves) if place != party]
    start = own.greatest(own.rank) if concept == "SMR" else own.rank
    worst = least_reached(others, start, improving=concept == "SEQ", sanctions=sanctions)
    return bool(worst[steps].max() <= own.rank[state])
