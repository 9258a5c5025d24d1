"""Counts by period: bars above a line and below it, and a dot where something else happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.show.charts import CONF, COOP, INK
from dragoman.show.drawings._axes import LETTER, Scale, across, days, marks, rule, upward, widened
from dragoman.show.drawings._svg import figure, number, tag

LEFT, TOP, BOTTOM = 30.0, 14.0, 24.0
PAD = 14.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One period: its first day, the count above the line, the count below, whether it bears a dot."""

    day: date
    up: float
    down: float
    dot: bool = False


def draw(bars: Sequence[Bar], *, width: float = 930, height: float = 150) -> str:
    """The bars as SVG, in order of day; empty text for none."""
    if not bars:
        return ""
    low, high = widened(-max(b.down for b in bars), max(b.up for b in bars) or 1, 6)
    y = Scale(low=low, high=high, first=TOP + height, last=TOP)
    ticks = [(value, text) for value, text in marks(low, high, 6, size=True) if value == round(value)]
    left = max(LEFT, 9 + LETTER * max(len(text) for _, text in ticks))
    first, last = bars[0].day, bars[-1].day
    x = Scale(low=first.toordinal(), high=last.toordinal(), first=left + PAD, last=width - PAD)
    if first == last:
        x = Scale(low=x.low - 1, high=x.high + 1, first=x.first, last=x.last)
    size = max(1.5, min(18.0, 0.62 * (width - left) / len(bars)))
    base = y.at(0)
    spots = [(x.at(bar.day.toordinal()), bar) for bar in bars]
    dots = "".join(_dot(at, y.at(bar.up) - 7) for at, bar in spots if bar.dot)
    return figure(
        width,
        TOP + height + BOTTOM,
        upward(y, ticks, left, width),
        tag("path", d="".join(_bar(at, size, base, y.at(bar.up)) for at, bar in spots), fill=COOP),
        tag("path", d="".join(_bar(at, size, base, y.at(-bar.down)) for at, bar in spots), fill=CONF),
        rule(left, base, width, base),
        tag("path", d=dots, fill=INK),
        across(
            Scale(low=x.low, high=x.high, first=left, last=width)
            if first == last
            else Scale(low=_back(x, left), high=_back(x, width), first=left, last=width),
            days(first, last, 10),
            TOP + height,
            within=width,
        ),
    )


def _back(scale: Scale, place: float) -> float:
    """The value that lies at a place."""
    return scale.low + (scale.high - scale.low) * (place - scale.first) / (scale.last - scale.first)


def _bar(at: float, size: float, base: float, end: float) -> str:
    if abs(end - base) < 1e-9:
        return ""
    return f"M{number(at - size / 2)} {number(base)}V{number(end)}h{number(size)}V{number(base)}z"


def _dot(x: float, y: float, radius: float = 2.6) -> str:
    size, across_ = number(radius), number(2 * radius)
    arcs = f"a{size} {size} 0 1 0 {across_} 0a{size} {size} 0 1 0 -{across_} 0z"
    return f"M{number(x - radius)} {number(y)}{arcs}"


__all__ = ["Bar", "draw"]
