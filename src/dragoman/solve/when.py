"""When: a base rate for "will they meet (sign, ratify) by DATE", from how often they did.

1. Meetings of a pair in an observed span are taken as a Poisson process with unknown
   rate; with Jeffreys' prior the rate given k meetings in T days is Gamma(k + 1/2, T).
2. The chance of at least one in the next t days is 1 - (T / (T + t))^(k + 1/2), the
   predictive of that posterior; its interval comes from the rate's 5 % and 95 %
   quantiles.
3. Of meetings announced and settled, the share held has a Beta(a + 1/2, b + 1/2)
   posterior (Jeffreys), reported with its 90 % interval; delays are those observed.

4. The simple rate of a kind of act is its yeses over its questions, drawn to the rate of
   all questions as by ``WEIGHT`` questions more that came out as all do.  Its interval is
   Wilson's for the counts of the kind and never narrower (Wilson, Journal of the American
   Statistical Association 22, 1927).

Simple, stated, scored: a process in which meetings breed meetings is not Poisson, and
the register says how such forecasts did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.errors import MethodError

INTERVAL = (0.05, 0.95)
PRIOR = 0.5
WEIGHT = 10.0
"""How many questions the rate of all weighs in the rate of a kind: fixed beforehand, not fitted."""


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


@dataclass(frozen=True, kw_only=True)
class SimpleRate:
    """The rate of a kind of act, drawn to that of all; ``low`` and ``high`` are what counting the kind alone gives."""

    probability: float
    low: float
    high: float
    yes: int
    n: int
    all_yes: int
    all_n: int


def simple_rate(yes: int, n: int, all_yes: int, all_n: int, weight: float = WEIGHT) -> SimpleRate:
    """The rate of a kind with ``yes`` of ``n``, where all kinds together had ``all_yes`` of ``all_n``.

    Raises:
        MethodError: more yeses than questions, a kind larger than all, or nothing counted.

    >>> round(simple_rate(1, 6, 13, 78).probability, 3)
    0.167
    """
    if not (0 <= yes <= n <= all_n and 0 <= all_yes <= all_n and all_n > 0 and weight > 0):
        raise MethodError("when", f"{yes} of {n} among {all_yes} of {all_n}", "counts of a part of the whole")
    probability = (yes + weight * all_yes / all_n) / (n + weight)
    low, high = wilson(yes, n)
    return SimpleRate(
        probability=probability,
        low=min(low, probability),
        high=max(high, probability),
        yes=yes,
        n=n,
        all_yes=all_yes,
        all_n=all_n,
    )


def wilson(yes: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share: what counting gives.  Nothing counted gives 0 to 1.

    Raises:
        MethodError: more than there are, or a negative number.

    >>> [round(end, 2) for end in wilson(4, 9)]
    [0.19, 0.73]
    """
    if not 0 <= yes <= n:
        raise MethodError("counting", f"{yes} of {n}", "0 <= part <= whole")
    if n == 0:
        return 0.0, 1.0
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + level) / 2)
    share, room = yes / n, z * z / n
    middle = (share + room / 2) / (1 + room)
    half = (room * (share * (1 - share) + room / 4)) ** 0.5 / (1 + room)
    return max(0.0, middle - half), min(1.0, middle + half)
