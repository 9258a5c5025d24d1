"""Lines over a straight axis, each with its own colour and dash, named at their ends or in a legend above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dragoman.show.charts import PARTIES, SOFT
from dragoman.show.drawings._axes import LETTER, Mark, Scale, across, marks, rule, upward, widened
from dragoman.show.drawings._svg import figure, number, tag, words
from dragoman.show.plots import DASHES, apart

TOP, BOTTOM, LEGEND = 8.0, 22.0, 22.0
NAME_HEIGHT = 15.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """A named line through its points."""

    name: str
    points: tuple[tuple[float, float], ...]


def draw(
    lines: Sequence[Line],
    *,
    ticks: Sequence[Mark] | None = None,
    title: str = "",
    upright: float | None = None,
    legend: bool = False,
    dots: bool = False,
    names: bool = False,
    zero: bool = False,
    grid: bool = False,
    width: float = 700,
    height: float = 220,
) -> str:
    """The lines as SVG.

    Args:
        lines: what is drawn; colours and dashes follow their order.
        ticks: places on the axis with their words; round numbers by default.
        title: what the axis counts.
        upright: where a dotted upright rule stands.
        legend: name the lines above the drawing.
        dots: mark every point.
        names: name the lines at their ends.
        zero: mark zero.
        grid: draw upright grid lines at the ticks.
        width: the width of the whole drawing.
        height: the height between the axes.
    """
    every = [point for line in lines for point in line.points]
    if not every:
        return ""
    values = [y for _, y in every] + ([0.0] if zero else [])
    y_low, y_high = widened(min(values), max(values), 6)
    top = TOP + (LEGEND if legend else 0)
    steps = marks(y_low, y_high, 6)
    left = 12 + LETTER * max(len(text) for _, text in steps)
    room = (14 + LETTER * max(len(line.name) for line in lines)) if names else 12.0
    x = Scale(low=min(p[0] for p in every), high=max(p[0] for p in every), first=left, last=width - room)
    y = Scale(low=y_low, high=y_high, first=top + height, last=top)
    shown = list(ticks) if ticks is not None else marks(x.low, x.high, 10)
    return figure(
        width,
        top + height + BOTTOM + (16 if title else 0),
        _legend(lines, left) if legend else "",
        upward(y, steps, left, x.last if names else width),
        across(x, shown, top + height, top=top if grid else None, within=width),
        rule(left, y.at(0), width, y.at(0), width=1.2) if zero else "",
        "".join(_line(line, i, x, y, dots=dots) for i, line in enumerate(lines)),
        _names(lines, y, x.last + 9, height) if names else "",
        "" if upright is None or not x.low <= upright <= x.high else _upright(x.at(upright), top, top + height),
        words(title, (left + x.last) / 2, top + height + BOTTOM + 11, text_anchor="middle", fill=SOFT) if title else "",
    )


def colour(place: int) -> str:
    """The colour of a line by its place."""
    return PARTIES[place % len(PARTIES)]


def dash(place: int) -> str | None:
    """The dash of a line by its place; None for a full line."""
    return " ".join(map(str, DASHES[place % len(DASHES)])) if place % len(DASHES) else None


def _line(line: Line, place: int, x: Scale, y: Scale, *, dots: bool) -> str:
    spots = [(x.at(a), y.at(b)) for a, b in sorted(line.points)]
    path = "M" + "L".join(f"{number(a)} {number(b)}" for a, b in spots)
    drawn = tag("path", d=path, fill="none", stroke=colour(place), stroke_width=2, stroke_dasharray=dash(place))
    return drawn + "".join(tag("circle", cx=a, cy=b, r=3, fill=colour(place)) for a, b in spots if dots)


def _names(lines: Sequence[Line], y: Scale, left: float, height: float) -> str:
    """Names at the ends of lines, moved apart so that none stands on another."""
    gap = NAME_HEIGHT * ((y.high - y.low) or 1.0) / height
    places = apart([max(line.points)[1] for line in lines], gap)
    return "".join(
        words(line.name, left, y.at(spot) + 4, fill=colour(i))
        for i, (line, spot) in enumerate(zip(lines, places, strict=True))
    )


def _legend(lines: Sequence[Line], left: float) -> str:
    widths = [46 + LETTER * len(line.name) for line in lines]
    starts = [left + gone for gone in accumulate([0.0, *widths[:-1]])]
    return "".join(
        tag("line", x1=at, x2=at + 20, y1=10, y2=10, stroke=colour(i), stroke_width=2, stroke_dasharray=dash(i))
        + words(line.name, at + 26, 14, fill=SOFT)
        for i, (line, at) in enumerate(zip(lines, starts, strict=True))
    )


def _upright(at: float, top: float, bottom: float) -> str:
    return rule(at, top, at, bottom, dash="2 3")


__all__ = ["Line", "draw"]
