"""When: a base rate for "will they meet (sign, ratify) by DATE", from how often they did.

1. Meetings of a pair in an observed span are taken as a Poisson process with unknown
   rate; with Jeffreys' prior the rate given k meetings in T days is Gamma(k + 1/2, T).
2. The chance of at least one in the next t days is 1 - (T / (T + t))^(k + 1/2), the
   predictive of that posterior; its interval comes from the rate's 5 % and 95 %
   quantiles.
3. Of meetings announced and settled, the share held has a Beta(a + 1/2, b + 1/2)
   posterior (Jeffreys), reported with its 90 % interval; delays are those observed.

Simple, stated, scored: a process in which meetings breed meetings is not Poisson, and
the register says how such forecasts did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.errors import MethodError

INTERVAL = (0.05, 0.95)
PRIOR = 0.5


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The chance that it happens at least once in ``days``, with its 90 % interval and what it rests on."""

    probability: float
    low: float
    high: float
    events: int
    observed_days: int
    days: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of announced events that are settled, the share held, with its 90 % interval, and the delays of those held."""

    share: float
    low: float
    high: float
    held: int
    announced: int
    median_delay: float | None
    words: str


def chance_by(events: int, observed_days: int, days: int) -> Chance:
    """The chance of at least one event in the next ``days``, from ``events`` in ``observed_days``.

    Raises:
        MethodError: a negative number, or nothing observed.

    >>> round(chance_by(4, 365, 90).probability, 3)
    0.629
    """
    if events < 0 or days < 0 or observed_days <= 0:
        raise MethodError("when", f"{events} events in {observed_days} days, {days} ahead", "a span above 0")
    from scipy.stats import gamma

    shape = events + PRIOR
    low, high = (1 - _none(rate, days) for rate in gamma.ppf(INTERVAL, shape, scale=1 / observed_days))
    probability = 1 - (observed_days / (observed_days + days)) ** shape
    words = (
        f"{events} in {observed_days} days give a chance of {probability:.0%} within the next {days} days "
        f"(90 % interval {low:.0%} to {high:.0%})"
    )
    return Chance(
        probability=probability,
        low=low,
        high=high,
        events=events,
        observed_days=observed_days,
        days=days,
        words=words,
    )


def _none(rate: float, days: int) -> float:
    from math import exp

    return exp(-float(rate) * days)


def kept_share(held: int, announced: int, delays: Sequence[float] = ()) -> Kept:
    """The share of announced and settled events that took place.

    Raises:
        MethodError: more held than announced, or negative numbers.

    >>> kept_share(7, 10).words
    '7 of 10 announced took place: 68 % (90 % interval 44 % to 88 %)'
    """
    if not 0 <= held <= announced:
        raise MethodError("when", f"{held} held of {announced} announced", "0 <= held <= announced")
    from statistics import median

    from scipy.stats import beta

    a, b = held + PRIOR, announced - held + PRIOR
    low, high = (float(value) for value in beta.ppf(INTERVAL, a, b))
    share = a / (a + b)
    words = (
        f"{held} of {announced} announced took place: {100 * share:.0f} % "
        f"(90 % interval {100 * low:.0f} % to {100 * high:.0f} %)"
    )
    return Kept(
        share=share,
        low=low,
        high=high,
        held=held,
        announced=announced,
        median_delay=median(delays) if delays else None,
        words=words,
    )
