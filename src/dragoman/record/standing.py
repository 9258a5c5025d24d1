"""How forecasts stand by question: revised over time, by several forecasters, with early yeses. Pure functions.

A question is what is forecast and the day due.  A forecaster is the method of a forecast.

1. A question counts once its day due has passed, whatever came before: a yes is known on
   the day it happens, a no only when the day is over, so that counting at the outcome
   would count the yeses of all questions and the noes of the old ones.
2. What was said after the outcome is no forecast and is left out.
3. ``at the due day``: the score of the last forecast that a forecaster made in time.
4. ``time-averaged``: the mean over the days from the forecaster's first forecast to the
   outcome (a no: to the day due), each day by the forecast that stood on it.
5. ``peer``: the mean score of the others on the question less one's own, at the due day;
   above 0 is better than they.  Only questions on which two or more forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean


@dataclass(frozen=True, kw_only=True)
class Said:
    """One forecast of a settled question: whose, when, and its score against the outcome."""

    question: tuple[str, str]
    forecaster: str
    made: date
    score: float


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The scores of a forecaster on a question: at the due day, and time-averaged."""

    question: tuple[str, str]
    forecaster: str
    at_due: float
    averaged: float


def standings(said: Sequence[Said], ends: Mapping[tuple[str, str], date]) -> tuple[Standing, ...]:
    """Each forecaster on each question; ``ends`` is the last day of a question on which it was open.

    >>> day = date.fromisoformat
    >>> two = [Said(question=("q", "d"), forecaster="a", made=day("2020-01-01"), score=0.25),
    ...        Said(question=("q", "d"), forecaster="a", made=day("2020-01-03"), score=0.01)]
    >>> found = standings(two, {("q", "d"): day("2020-01-04")})[0]
    >>> found.at_due, round(found.averaged, 2)
    (0.01, 0.13)
    """
    grouped: dict[tuple[tuple[str, str], str], list[Said]] = {}
    for one in said:
        if one.made <= ends[one.question]:
            grouped.setdefault((one.question, one.forecaster), []).append(one)
    return tuple(
        Standing(
            question=question,
            forecaster=forecaster,
            at_due=_in_order(part)[-1].score,
            averaged=_over_days(_in_order(part), ends[question]),
        )
        for (question, forecaster), part in grouped.items()
    )


def _in_order(part: Sequence[Said]) -> list[Said]:
    return sorted(part, key=lambda one: one.made)


def _over_days(part: Sequence[Said], end: date) -> float:
    """The mean over days, first and last counted, of the score of what stood on each; the last word of a day stands."""
    starts = [one.made for one in part]
    until = [*starts[1:], date.fromordinal(end.toordinal() + 1)]
    days = [(after - made).days for made, after in zip(starts, until, strict=True)]
    return sum(one.score * number for one, number in zip(part, days, strict=True)) / sum(days)


def means(found: Sequence[Standing], value: Callable[[Standing], float]) -> dict[str, float]:
    """The mean by forecaster, and over ``all``."""
    scores: dict[str, list[float]] = {}
    for one in found:
        for name in ("all", one.forecaster):
            scores.setdefault(name, []).append(value(one))
    return {name: mean(values) for name, values in sorted(scores.items())}


def peers(found: Sequence[Standing]) -> dict[str, float]:
    """How much better each forecaster was than the others on the questions that they share; above 0 is better.

    >>> one = [Standing(question=("q", "d"), forecaster=name, at_due=score, averaged=score)
    ...        for name, score in (("a", 0.04), ("b", 0.25))]
    >>> {name: round(value, 2) for name, value in peers(one).items()}
    {'a': 0.21, 'b': -0.21}
    """
    by_question: dict[tuple[str, str], list[Standing]] = {}
    for one in found:
        by_question.setdefault(one.question, []).append(one)
    apart: dict[str, list[float]] = {}
    for part in by_question.values():
        for one in part if len(part) > 1 else ():
            others = [other.at_due for other in part if other is not one]
            apart.setdefault(one.forecaster, []).append(mean(others) - one.at_due)
    return {name: mean(values) for name, values in sorted(apart.items())}
