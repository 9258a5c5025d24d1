"""Small multiples over time: in each panel one area above a line and one below it, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dragoman.show.charts import CONF, COOP, INK
from dragoman.show.drawings._axes import LETTER, Scale, across, days, marks, rule, upward, widened
from dragoman.show.drawings._svg import figure, number, tag, words

LEFT, GAP, TITLE, BELOW = 26.0, 24.0, 20.0, 18.0


@dataclass(frozen=True, kw_only=True)
class Level:
    """From this day on, so much above the line and so much below; None where nothing is shown."""

    day: date
    up: float | None
    down: float | None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A titled panel; its levels in order of day, each lasting until the next."""

    title: str
    levels: tuple[Level, ...]


def draw(panels: Sequence[Panel], *, width: float = 930, columns: int = 3, height: float = 74) -> str:
    """The panels as SVG, row by row; each level lasts until the next, the last one a month."""
    every = [level for panel in panels for level in panel.levels]
    if not every:
        return ""
    low, high = widened(-max(v.down or 0 for v in every), max(v.up or 0 for v in every) or 1, 3)
    first, last = min(v.day for v in every), max(v.day for v in every) + timedelta(days=31)
    left = max(LEFT, 9 + LETTER * max(len(text) for _, text in marks(low, high, 3, size=True)))
    each = (width - left - GAP * (columns - 1)) / columns
    row = TITLE + height + 12
    rows = -(-len(panels) // columns)
    made = []
    for place, panel in enumerate(panels):
        x0 = left + (place % columns) * (each + GAP)
        top = (place // columns) * row + TITLE
        x = Scale(low=first.toordinal(), high=last.toordinal(), first=x0, last=x0 + each)
        y = Scale(low=low, high=high, first=top + height, last=top)
        made.append(_panel(panel, x, y, last, labels=place % columns == 0))
        if place + columns >= len(panels):
            made.append(across(x, days(first, last, 5), top + height, within=x0 + each))
    return figure(width, rows * row + BELOW, *made)


def _panel(panel: Panel, x: Scale, y: Scale, end: date, *, labels: bool) -> str:
    shown = [level for level in panel.levels if level.up is not None and level.down is not None]
    runs = [(x.at(a.day.toordinal()), x.at(b.toordinal()), a) for a, b in _spans(panel.levels, end) if a in shown]
    base = y.at(0)
    return "".join(
        (
            upward(y, marks(y.low, y.high, 3, size=True), x.first, x.last, labels=labels),
            words(panel.title, x.first, y.last - 7, fill=INK, font_weight="bold", font_size=12.5),
            tag("path", d="".join(_area(a, b, base, y.at(v.up or 0)) for a, b, v in runs), fill=COOP, opacity=0.85),
            tag(
                "path", d="".join(_area(a, b, base, y.at(-(v.down or 0))) for a, b, v in runs), fill=CONF, opacity=0.85
            ),
            rule(x.first, base, x.last, base, width=0.8),
        )
    )


def _spans(levels: Sequence[Level], end: date) -> list[tuple[Level, date]]:
    if not levels:
        return []
    return [*((a, b.day) for a, b in pairwise(levels)), (levels[-1], end)]


def _area(left: float, right: float, base: float, end: float) -> str:
    if abs(end - base) < 0.005:
        return ""
    return f"M{number(left)} {number(base)}V{number(end)}H{number(right)}V{number(base)}z"


__all__ = ["Level", "Panel", "draw"]
