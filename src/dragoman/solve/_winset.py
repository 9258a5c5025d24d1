"""The win-set of no agreement: outcomes that everyone whose consent is needed prefers to none.

Over a package of issues, with concave utilities made of lines (``_utility``), in every
draw, by linear programmes over the filled lengths of the pieces (``_lp``):

1. ``margin``: the greatest t such that some outcome gives every player t more than no
   agreement.  The win-set has an inside, and there is something to agree on, exactly
   where t > 0 (Tsebelis 2002, ch. 1; Romer and Rosenthal 1978).
2. ``best_offer``: the outcome of the win-set that one player likes best (setter model).
3. ``extent``: from where to where the win-set reaches on each issue.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.solve._lp import maximise, priced
from dragoman.solve._utility import Bargain, taken

Floats: TypeAlias = npt.NDArray[np.float64]

SMALLEST = 1e-9
LIFT = 4.0
STRICT = 1e5
PRICE = 1e-9


def possible(found: Bargain) -> npt.NDArray[np.bool_]:
    """Whether ratifiers allow any outcome at all, (D,)."""
    allowed: npt.NDArray[np.bool_] = np.logical_and.reduce(found.high >= found.low, axis=1)
    return allowed


def margin(found: Bargain, without: Iterable[int] = ()) -> tuple[Floats, Floats]:
    """The greatest least gain (D,) over no agreement, and the outcome (D, m) that gives it.

    ``without``: places of players whose consent is not asked.  Where the bounds leave no
    outcome the gain is -inf.
    """
    draws = len(found.no_deal)
    cost = np.zeros((draws, _width(found)))
    cost[:, 0] = 1
    z = _solve(found, cost, 2 * LIFT, without)
    gain = np.where(possible(found), z[:, 0] - LIFT, -np.inf)
    return gain, _outcome(found, z)


def in_the_way(found: Bargain, without: Iterable[int] = ()) -> npt.NDArray[np.bool_]:
    """The players (D, n) whose consent, waived, may raise :func:`margin`: those with a price in its programme."""
    draws = len(found.no_deal)
    cost = np.zeros((draws, _width(found)))
    cost[:, 0] = 1
    return np.asarray(priced(*_programme(found, cost, 2 * LIFT, without))[1] > PRICE)


def best_offer(found: Bargain, player: int, without: Iterable[int] = (), gain: Floats | None = None) -> Floats:
    """The outcome (D, m) of the win-set that ``player`` likes best; NaN where the win-set has no inside.

    ``gain`` is the greatest least gain without these, where it is known already.
    """
    slopes = found.slopes[:, player].reshape(len(found.no_deal), -1)
    others = tuple(set(without) - {player})
    return _best(found, slopes, others, gain if others == tuple(set(without)) else None)


def extent(found: Bargain, without: Iterable[int] = ()) -> Floats:
    """The least and the greatest outcome (2, D, m) of the win-set on each issue; NaN where it has no inside."""
    draws, issues, pieces = found.lengths.shape
    asked = [(sign, at) for sign in (-1.0, 1.0) for at in range(issues)]
    many = taken(found, np.tile(np.arange(draws), len(asked)))
    cost = np.zeros((len(asked), draws, issues, pieces))
    for place, (sign, at) in enumerate(asked):
        cost[place, :, at] = sign / np.maximum(found.high - found.low, SMALLEST)[:, at, None]
    gain = np.tile(margin(found, without)[0], len(asked))
    best = _best(many, cost.reshape(len(asked) * draws, -1), tuple(without), gain).reshape(2, issues, draws, issues)
    return np.stack([best[:, at, :, at] for at in range(issues)], axis=2)


def _best(found: Bargain, cost: Floats, without: tuple[int, ...], gain: Floats | None = None) -> Floats:
    if gain is None:
        gain, _ = margin(found, without)
    whole = np.concatenate([np.full((len(cost), 1), STRICT), cost], axis=1)
    x = np.full(found.low.shape, np.nan)
    rows = np.flatnonzero(gain > SMALLEST)
    if len(rows):
        some = taken(found, rows)
        x[rows] = _outcome(some, _solve(some, whole[rows], LIFT, without))
    return x


def _width(found: Bargain) -> int:
    return 1 + int(np.prod(found.lengths.shape[1:]))


def _solve(found: Bargain, cost: Floats, top: float, without: Iterable[int]) -> Floats:
    return maximise(*_programme(found, cost, top, without))


def _programme(
    found: Bargain, cost: Floats, top: float, without: Iterable[int]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Maximise ``cost`` over (t + LIFT, the pieces), every player's gain at least t, t + LIFT at most ``top``."""
    draws, players = found.no_deal.shape
    asked = np.array([place not in set(without) for place in range(players)])
    room = found.worth[..., 0].sum(axis=2) - found.no_deal + LIFT
    counted = found.stake & asked
    a = np.empty((draws, players, cost.shape[1]))
    a[:, :, 0] = counted
    a[:, :, 1:] = np.where(counted[:, :, None], -found.slopes.reshape(draws, players, -1), 0)
    bound = np.concatenate([np.full((draws, 1), top), found.lengths.reshape(draws, -1)], axis=1)
    return a, np.where(counted, room, 1.0), cost, bound


def _outcome(found: Bargain, z: Floats) -> Floats:
    filled: Floats = z[:, 1:].reshape(found.lengths.shape).sum(axis=2)
    return found.low + filled
