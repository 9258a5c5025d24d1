"""One turn of the spatial model of politics, over K draws at once.

1. Assess the state: distances, chances, risk attitudes, estimates.
2. Each actor challenges whom it expects to gain most from.
3. Each challenge makes a bargain; each actor chooses in its queue.
4. All actors move at once; ideals follow positions through the accommodation matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.solve.smp._bargain import (
    Bargains,
    Choices,
    Queues,
    bargain_utilities,
    bargains,
    choose,
    destinations,
    queues,
)
from dragoman.solve.smp._challenge import Challenges, Targets, challenges, targets
from dragoman.solve.smp._options import Options
from dragoman.solve.smp._state import Actors, State
from dragoman.solve.smp._votes import Flags, Floats


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Every quantity of one turn, K draws first.

    ``utility`` (K, A, A V + 1) of each bargain to each actor, the status quo last;
    ``position`` and ``ideal`` (K, A, D) after the turn; ``failed`` (K,): the turn left the
    model's domain or an election did not come to rest.
    """

    challenges: Challenges
    targets: Targets
    bargains: Bargains
    utility: Floats
    queues: Queues
    choices: Choices
    position: Floats
    ideal: Floats
    failed: Flags


def turn(
    state: State,
    actors: Actors,
    options: Options,
    *,
    accommodation: Floats | None = None,
    uniform: Floats | None = None,
) -> Turn:
    """One turn from an assessed state.

    ``accommodation`` (A, A) or None for the identity; ``uniform`` (K, A) for Stochastic
    transitions.
    """
    seen = challenges(state, actors, options)
    views: tuple[Challenges, ...] = (seen,)
    if options.bargain != "InitOnlyInterp":
        views = (seen, challenges(state, actors, options, by="receiver"))
    aims = targets(seen.gain)
    offered = bargains(state, actors, aims.receiver, views, options)
    utility = bargain_utilities(state, actors, aims.receiver, offered)
    queue = queues(aims.receiver, offered.variants)
    places = destinations(state.position, offered, queue)
    choices = choose(utility, queue, actors, places, options=options, uniform=uniform)
    at = (queue.columns == choices.column[:, :, None]).argmax(axis=2)
    position = np.take_along_axis(places, at[:, :, None, None], axis=2)[:, :, 0]
    return Turn(
        challenges=seen,
        targets=aims,
        bargains=offered,
        utility=utility,
        queues=queue,
        choices=choices,
        position=position,
        ideal=ideals(position, state.ideal, accommodation),
        failed=~(choices.settled & np.isfinite(position).all(axis=(1, 2))),
    )


def ideals(position: Floats, ideal: Floats, accommodation: Floats | None) -> Floats:
    """The ideals after a move: each a mixture of positions, the rest of its weight on the old ideal."""
    if accommodation is None:
        return position
    total, kept = np.zeros_like(position), np.zeros(len(accommodation))
    for j, weight in enumerate(accommodation.T):
        total += weight[None, :, None] * position[:, None, j]
        kept += weight
    return total + (1 - np.minimum(1.0, kept))[None, :, None] * ideal
