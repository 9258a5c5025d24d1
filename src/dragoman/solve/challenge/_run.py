"""The rounds of the challenge model over draws: fixed in number, or until the median rests."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.challenge._options import LITERAL, Options
from dragoman.solve.challenge._round import Floats, Ints, Round, play
from dragoman.solve.outcomes import checked, weighted_mean, weighted_median

WORK = 25_600


@dataclass(frozen=True, kw_only=True)
class Run:
    """All draws after all rounds.

    ``median`` and ``mean`` (D, T + 1), round 0 the input; ``position`` (D, n) the last;
    ``stopped`` (D,) the round after which a draw rested (T: it never did, or no stop was
    asked for); ``ties`` (D,) how many moves hung on the order of the actors.
    """

    median: Floats
    mean: Floats
    position: Floats
    stopped: Ints
    ties: Ints


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Rest when the median moves by less than ``tol`` in ``patience`` rounds on end, the first round not counted."""

    tol: float
    patience: int = 2


def chunk_size(n: int) -> int:
    """Draws at once, so that the arrays of pairs stay in the cache."""
    return max(1, WORK // max(n * n, 1))


def prepare(x: Floats, c: Floats, s: Floats) -> tuple[Floats, Floats, Floats]:
    """Positions, weights and saliences (D, n), checked.

    Raises:
        MethodError: shapes differ, a number is missing or out of its domain, or nobody has weight.
    """
    x, c, s = (np.atleast_2d(np.asarray(array, dtype=float)) for array in (x, c, s))
    if not x.shape == c.shape == s.shape:
        raise MethodError("challenge", f"shapes {x.shape}, {c.shape}, {s.shape}", "one shape (draws, actors)")
    if not np.isfinite(x).all():
        raise MethodError("positions", "a missing or infinite position", "finite numbers")
    if not np.isfinite(c).all() or (c < 0).any():
        raise MethodError("capabilities", "a negative or missing capability", "finite numbers of at least 0")
    if not ((s >= 0) & (s <= 1)).all():
        raise MethodError("saliences", "a salience outside 0 to 1", "shares, since salience enters as a probability")
    checked(x, c * s)
    return x, c * s, s


def rounds_of(x: Floats, w: Floats, s: Floats, options: Options, rounds: int) -> Iterator[Round]:
    """Each round in turn, from positions ``x``; weights and saliences stay."""
    frozen = _reach(x)
    for _ in range(rounds):
        step = play(x, w, s, frozen if options.range_mode == "frozen" else _reach(x), options)
        x = step.position
        yield step


def run(
    x: Floats,
    c: Floats,
    s: Floats,
    *,
    options: Options = LITERAL,
    rounds: int = 8,
    stop: Stop | None = None,
    chunk: int | None = None,
) -> Run:
    """The model over draws of positions ``x``, capabilities ``c`` and saliences ``s`` in 0..1, (D, n) each.

    Raises:
        MethodError: numbers outside the model's domain, or fewer than one round.
    """
    if not isinstance(rounds, int) or rounds < 1:
        raise MethodError("rounds", str(rounds), "a whole number of at least 1")
    if stop is not None and not (math.isfinite(stop.tol) and stop.tol > 0 and stop.patience >= 1):
        raise MethodError("stop", f"tol {stop.tol}, patience {stop.patience}", "tol above 0 and patience of at least 1")
    x, w, s = prepare(x, c, s)
    size = chunk or chunk_size(x.shape[1])
    if size < 1:
        raise MethodError("chunk", str(size), "a whole number of at least 1")
    plan = _Plan(options=options, rounds=rounds, stop=stop)
    parts = [_part(x[at : at + size], w[at : at + size], s[at : at + size], plan) for at in range(0, len(x), size)]
    return Run(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in Run.__dataclass_fields__})


@dataclass(frozen=True, kw_only=True)
class _Plan:
    options: Options
    rounds: int
    stop: Stop | None


def _part(x: Floats, w: Floats, s: Floats, plan: _Plan) -> Run:
    """All rounds of some draws; those that rest keep their last positions."""
    draws = len(x)
    position, frozen = x.copy(), _reach(x)
    median, mean = np.empty((draws, plan.rounds + 1)), np.empty((draws, plan.rounds + 1))
    median[:, 0], mean[:, 0] = weighted_median(x, w), weighted_mean(x, w)
    ties, rested = np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=np.intp)
    stopped = np.full(draws, plan.rounds, dtype=np.intp)
    alive = np.arange(draws)
    for at in range(1, plan.rounds + 1):
        median[:, at], mean[:, at] = median[:, at - 1], mean[:, at - 1]
        if not len(alive):
            continue
        here, weight = position[alive], w[alive]
        reach = frozen[alive] if plan.options.range_mode == "frozen" else _reach(here)
        step = play(here, weight, s[alive], reach, plan.options)
        position[alive] = step.position
        ties[alive] += step.tied.sum(axis=1)
        median[alive, at] = weighted_median(step.position, weight)
        mean[alive, at] = weighted_mean(step.position, weight)
        if plan.stop is not None and at > 1:
            rests = np.abs(median[alive, at] - median[alive, at - 1]) < plan.stop.tol
            rested[alive] = np.where(rests, rested[alive] + 1, 0)
            done = rested[alive] >= plan.stop.patience
            stopped[alive[done]] = at
            alive = alive[~done]
    return Run(median=median, mean=mean, position=position, stopped=stopped, ties=ties)


def _reach(x: Floats) -> Floats:
    """The range of positions, 1 where all stand at one place (nobody then moves)."""
    width = np.ptp(x, axis=1)
    return np.where(width > 0, width, 1.0)
