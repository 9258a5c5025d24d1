"""Scores of forecasts: pure functions.

- :func:`brier`: the squared error of a probability (Brier, Monthly Weather Review
  78, 1950); 0 is best, .25 what always saying one half gets, 1 is worst.
- :func:`crps_draws`: the continuous ranked probability score of draws, in the
  unit of the quantity, in the fair form for an ensemble (Gneiting and Raftery,
  Journal of the American Statistical Association 102, 2007, eq. 21; Ferro,
  Quarterly Journal of the Royal Meteorological Society 140, 2014): 0 is best.
- :func:`crps_range`: the same for a range that holds a stated share, taken as a
  normal distribution with that central interval (Gneiting and others, Monthly
  Weather Review 133, 2005, eq. 5).
- :func:`log_score`: minus the natural logarithm of the probability given to what came
  (Good, Journal of the Royal Statistical Society B 14, 1952), with probabilities held
  within .01 and .99, so that one certainty gone wrong does not outweigh all else.
- :func:`calibration`: in each bin, what was said and how often it came true;
  :func:`calibration_error` is the mean distance of the two, weighed by count.
- :func:`thirds`: the forecasts in three parts of rising probability, yeses expected
  and observed.
- :func:`discrimination`: how often a yes was given more than a no (area under the
  curve; ties count half).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from dragoman.errors import InputError

CERTAIN = 0.01
"""The least and (from one) the most that the logarithmic score takes a probability for."""


def brier(probability: float, outcome: float) -> float:
    """The squared error of a probability; ``outcome`` is 1 (it happened) or 0.

    Raises:
        InputError: the probability is not in [0, 1], or the outcome neither 0 nor 1.

    >>> brier(0.75, 1)
    0.0625
    """
    _check_probability(probability)
    if outcome not in (0, 1):
        raise InputError("outcome", str(outcome), "1 (it happened) or 0 (it did not)")
    return (probability - outcome) ** 2


def log_score(probability: float, outcome: float) -> float:
    """Minus the logarithm of the probability given to what came; 0 is best, .693 what saying one half gets.

    Raises:
        InputError: as :func:`brier`.

    >>> round(log_score(0.5, 1), 3)
    0.693
    """
    brier(probability, outcome)
    held = min(max(probability, CERTAIN), 1 - CERTAIN)
    return -math.log(held if outcome == 1 else 1 - held)


def crps_draws(draws: Sequence[float], outcome: float) -> float:
    """Continuous ranked probability score of at least two draws.

    Mean distance of the draws to the outcome, less half the mean distance of two
    different draws to each other.

    Raises:
        InputError: fewer than two draws, or a number that is not finite.

    >>> crps_draws([40.0, 60.0], 50.0)
    0.0
    """
    values = np.sort(np.asarray(draws, dtype=float))
    if len(values) < 2 or not np.isfinite(values).all() or not math.isfinite(outcome):
        raise InputError("draws", f"{len(values)} draws", "at least two finite numbers, and a finite outcome")
    count = len(values)
    weights = 2 * np.arange(1, count + 1) - count - 1
    spread = float(weights @ values) / (count * (count - 1))
    return float(np.abs(values - outcome).mean()) - spread


def crps_range(low: float, high: float, level: float, outcome: float) -> float:
    """Continuous ranked probability score of the normal distribution whose central ``level`` is [low, high].

    Raises:
        InputError: ``low`` is not below ``high``, or ``level`` not in (0, 1).

    >>> round(crps_range(40, 60, 0.8, 50), 3)
    1.824
    """
    if not low < high or not math.isfinite(high - low):
        raise InputError("range", f"[{low}, {high}]", "low below high")
    if not 0 < level < 1:
        raise InputError("level", str(level), "a share between 0 and 1")
    normal = NormalDist()
    sigma = (high - low) / 2 / normal.inv_cdf((1 + level) / 2)
    z = (outcome - (low + high) / 2) / sigma
    return sigma * (z * (2 * normal.cdf(z) - 1) + 2 * normal.pdf(z) - 1 / math.sqrt(math.pi))


@dataclass(frozen=True, kw_only=True)
class CalibrationBin:
    """Forecasts that said about the same: how many, what they said on average, and how often it came true."""

    low: float
    high: float
    count: int
    said: float
    came_true: float


def calibration(said: Sequence[float], outcomes: Sequence[float], bins: int = 5) -> tuple[CalibrationBin, ...]:
    """Bins of equal width over [0, 1] that hold a forecast; the last one includes 1.

    Raises:
        InputError: unequal numbers, a value outside [0, 1], or fewer than one bin.
    """
    if len(said) != len(outcomes) or bins < 1:
        raise InputError(
            "calibration", f"{len(said)} forecasts, {len(outcomes)} outcomes, {bins} bins", "as many of both"
        )
    for probability, outcome in zip(said, outcomes, strict=True):
        brier(probability, outcome)
    placed: dict[int, list[tuple[float, float]]] = {}
    for pair in zip(said, outcomes, strict=True):
        placed.setdefault(min(int(pair[0] * bins), bins - 1), []).append(pair)
    return tuple(
        CalibrationBin(
            low=place / bins, high=(place + 1) / bins, count=len(pairs),
            said=sum(pair[0] for pair in pairs) / len(pairs), came_true=sum(pair[1] for pair in pairs) / len(pairs),
        )
        for place, pairs in sorted(placed.items())
    )  # fmt: skip


def calibration_error(bins: Sequence[CalibrationBin]) -> float:
    """The mean distance between what was said and what came true, each bin weighed by its count.

    >>> calibration_error(calibration([0.1, 0.1, 0.9, 0.9], [0, 0, 1, 0]))
    0.25
    """
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.came_true) for one in bins) / total if total else 0.0


@dataclass(frozen=True, kw_only=True)
class Third:
    """A third of the forecasts by what they said: how many, the yeses expected, and the yeses that came."""

    count: int
    expected: float
    observed: int


def thirds(said: Sequence[float], outcomes: Sequence[float]) -> tuple[Third, ...]:
    """The forecasts in three parts of rising probability; equal ones are split in the order given.

    >>> [(one.expected, one.observed) for one in thirds([0.1, 0.5, 0.9], [0, 0, 1])]
    [(0.1, 0), (0.5, 0), (0.9, 1)]
    """
    order = sorted(range(len(said)), key=said.__getitem__)
    cuts = [len(order) * part // 3 for part in range(4)]
    return tuple(
        Third(count=len(part), expected=sum(said[i] for i in part), observed=int(sum(outcomes[i] for i in part)))
        for part in (order[start:end] for start, end in pairwise(cuts))
        if part
    )


def discrimination(said: Sequence[float], outcomes: Sequence[float]) -> float | None:
    """How often a yes was given more than a no, ties half; None where all came out alike.

    >>> discrimination([0.2, 0.6, 0.6], [0, 1, 0])
    0.75
    """
    yes = [p for p, came in zip(said, outcomes, strict=True) if came == 1]
    no = [p for p, came in zip(said, outcomes, strict=True) if came == 0]
    if not yes or not no:
        return None
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in yes for b in no) / (len(yes) * len(no))


def _check_probability(probability: float) -> None:
    if not 0 <= probability <= 1:
        raise InputError("probability", str(probability), "a number from 0 to 1")
