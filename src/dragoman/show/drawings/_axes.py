"""Axes of the statistical drawings: linear scales, round ticks, days in words, hair-line grids.

Steps between ticks are 1, 2 or 5 times a power of ten, so many that none crowds the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from dragoman.show.blocks import fixed
from dragoman.show.charts import FAINT, HAIR, INK, SOFT
from dragoman.show.drawings._svg import number, tag, words

LETTER = 6.4
Mark = tuple[float, str]
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A straight scale: values from ``low`` to ``high`` lie from ``first`` to ``last`` in the drawing."""

    low: float
    high: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.first + (self.last - self.first) * (value - self.low) / ((self.high - self.low) or 1.0)


def step_of(low: float, high: float, most: int) -> float:
    """The smallest round step that gives at most so many ticks between two values."""
    rough = ((high - low) or 1.0) / max(most, 1)
    power = 10.0 ** floor(log10(rough))
    return next(power * size for size in (1, 2, 5, 10) if power * size >= rough * (1 - 1e-9))


def marks(low: float, high: float, most: int, *, size: bool = False) -> list[Mark]:
    """Round values within a range with their words; ``size`` leaves the sign out."""
    step = step_of(low, high, most)
    digits = max(0, -floor(log10(step) + 1e-9))
    places = [step * i for i in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    return [(value, fixed(abs(value) if size else value + 0.0, digits)) for value in places]


def widened(low: float, high: float, most: int) -> tuple[float, float]:
    """The range out to the next round values."""
    step = step_of(low, high, most)
    return step * floor(low / step + 1e-9), step * ceil(high / step - 1e-9)


def days(first: date, last: date, most: int) -> list[Mark]:
    """Years, months or days between two days, with their words; values are ordinals."""
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if months <= 2:
        every = max(1, -(-((last - first).days + 1) // most))
        places = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, every)]
        return [(day.toordinal(), f"{day.day} {_MONTHS[day.month - 1]}") for day in places]
    every = next((size for size in (1, 2, 3, 6) if months <= size * most), 12 * -(-months // (12 * most)))
    start = 12 * first.year + first.month - 1
    spots = [i for i in range(start, start + months) if i % every == 0 and date(i // 12, i % 12 + 1, 1) >= first]
    return [(date(i // 12, i % 12 + 1, 1).toordinal(), str(i // 12) if every % 12 == 0 else _month(i)) for i in spots]


def _month(number_: int) -> str:
    return f"{_MONTHS[number_ % 12]} {number_ // 12}"


def upward(scale: Scale, ticks: Sequence[Mark], left: float, right: float, *, labels: bool = True) -> str:
    """The grid across the drawing, with its words on the left."""
    lines = "".join(f"M{number(left)} {number(scale.at(value))}H{number(right)}" for value, _ in ticks)
    told = [words(text, left - 5, scale.at(value) + 4, text_anchor="end", fill=SOFT) for value, text in ticks if labels]
    return tag("path", d=lines, stroke=HAIR, stroke_width=1, fill="none") + "".join(told)


def across(
    scale: Scale,
    ticks: Sequence[Mark],
    bottom: float,
    *,
    top: float | None = None,
    line: bool = True,
    within: float = 0,
) -> str:
    """The line below the drawing with words under it, those that would crowd others left out.

    ``top`` draws a grid up to there; ``within`` is the width of the drawing, which no word leaves.
    """
    grid = "" if top is None else "".join(f"M{number(scale.at(v))} {number(top)}V{number(bottom)}" for v, _ in ticks)
    made = [tag("path", d=grid, stroke=HAIR, stroke_width=1, fill="none")] if grid else []
    if line:
        made.append(rule(scale.first, bottom, scale.last, bottom, stroke=FAINT))
    end = float("-inf")
    for value, text in ticks:
        half = LETTER * len(text) / 2
        place = min(max(scale.at(value), half), within - half) if within else scale.at(value)
        if place - half > end + 6:
            made.append(words(text, place, bottom + 16, text_anchor="middle", fill=SOFT))
            end = place + half
    return "".join(made)


def rule(x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash or None)
