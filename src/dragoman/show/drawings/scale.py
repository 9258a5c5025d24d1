"""An issue's scale with its named points, the parties on it, and where methods put the outcome.

Parties stand on rows of their own below the scale, most weight first, each with the
range of its position as a line, its central value as a disc whose area is its weight,
and its name beside it.  Outcomes stand above as intervals with their median marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.show.charts import ACCENT, HAIR, INK, PAPER, RULE, SOFT
from dragoman.show.drawings._svg import figure, tag, words

LEFT, RIGHT = 132.0, 118.0
ROW = 23.0


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A party on the scale."""

    name: str
    colour: str
    low: float
    value: float
    high: float
    weight: float
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """Where a method puts the outcome: half and most of the draws, their median, and the band with known errors."""

    name: str
    middle: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    known: tuple[float, float] | None = None
    note: str = ""


def draw(
    ends: tuple[float, float],
    points: Sequence[tuple[str, float]],
    parties: Sequence[Placed],
    bands: Sequence[Band],
    *,
    status_quo: float | None = None,
    width: float = 880,
    label: str = "",
) -> str:
    """The scale as SVG."""
    span = (ends[1] - ends[0]) or 1.0
    inside = width - LEFT - RIGHT

    def x(value: float) -> float:
        return LEFT + inside * (min(max(value, ends[0]), ends[1]) - ends[0]) / span

    levels = _levels([(x(value), len(name)) for name, value in points])
    top = 10 + ROW * len(bands) + (14 if bands else 0)
    axis = top + 15 * (max(levels, default=0) + 1) + 8
    bottom = axis + 14 + ROW * len(parties)
    pieces = [_guide(x(value), top + 15 * levels[i] + 3, bottom) for i, (_, value) in enumerate(points)]
    if status_quo is not None:
        pieces.append(
            tag(
                "line",
                x1=x(status_quo),
                x2=x(status_quo),
                y1=8,
                y2=bottom,
                stroke=INK,
                stroke_width=1,
                stroke_dasharray="2 3",
            )
        )
        pieces.append(words("today", x(status_quo) + 4, bottom - 2, font_size=11, fill=SOFT))
    pieces += [_point(name, x(value), top + 15 * levels[i] + 12, width) for i, (name, value) in enumerate(points)]
    pieces.append(tag("line", x1=LEFT, x2=LEFT + inside, y1=axis, y2=axis, stroke=INK, stroke_width=1.5))
    pieces += [
        tag("line", x1=x(value), x2=x(value), y1=axis - 4, y2=axis + 4, stroke=INK, stroke_width=1.5)
        for _, value in points
    ]
    pieces += [_band(band, x, 14 + ROW * i, width) for i, band in enumerate(bands)]
    heaviest = max((party.weight for party in parties), default=1.0) or 1.0
    pieces += [_party(party, x, axis + 22 + ROW * i, heaviest, width) for i, party in enumerate(parties)]
    return figure(width, bottom + 6, *pieces, label=label)


def _levels(places: Sequence[tuple[float, int]]) -> list[int]:
    """Rows for labels, so that none stands on another; the order given is kept."""
    ends: list[float] = []
    made = [0] * len(places)
    for index in sorted(range(len(places)), key=lambda i: places[i][0]):
        centre, length = places[index]
        half = length * 3.1 + 6
        row = next((r for r, end in enumerate(ends) if end <= centre - half), len(ends))
        ends[row : row + 1] = [centre + half]
        made[index] = row
    deepest = max(made, default=0)
    return [deepest - row for row in made]


def _guide(x: float, top: float, bottom: float) -> str:
    return tag("line", x1=x, x2=x, y1=top + 12, y2=bottom, stroke=HAIR, stroke_width=1)


def _point(name: str, x: float, y: float, width: float) -> str:
    half = len(name) * 3.1
    anchor = "end" if x + half > width - 4 else "start" if x - half < 4 else "middle"
    halo = words(name, x, y, text_anchor=anchor, font_size=11, fill=PAPER, stroke=PAPER, stroke_width=4)
    return halo + words(name, x, y, text_anchor=anchor, font_size=11, fill=SOFT)


def _band(band: Band, at: Callable[[float], float], y: float, width: float) -> str:
    middle = at(band.middle)
    outer, inner = [at(v) for v in band.outer], [at(v) for v in band.inner]
    return "".join(
        (
            words(band.name, LEFT - 14, y + 4, text_anchor="end", font_size=12, fill=INK),
            tag(
                "rect",
                x=at(band.known[0]),
                y=y - 8,
                width=at(band.known[1]) - at(band.known[0]),
                height=16,
                fill=RULE,
                opacity=0.55,
            )
            if band.known
            else "",
            tag("line", x1=outer[0], x2=outer[1], y1=y, y2=y, stroke=ACCENT, stroke_width=1.4),
            tag("rect", x=inner[0], y=y - 4, width=max(inner[1] - inner[0], 1), height=8, fill=ACCENT, opacity=0.35),
            tag("line", x1=middle, x2=middle, y1=y - 7, y2=y + 7, stroke=ACCENT, stroke_width=2.4),
            words(band.note, width - RIGHT + 14, y + 4, font_size=11, fill=SOFT),
        )
    )


def _party(party: Placed, at: Callable[[float], float], y: float, heaviest: float, width: float) -> str:
    low, value, high = at(party.low), at(party.value), at(party.high)
    radius = 3 + 5.5 * (party.weight / heaviest) ** 0.5
    return "".join(
        (
            words(party.name, LEFT - 14, y + 4, text_anchor="end", font_size=12, fill=INK),
            tag("line", x1=LEFT, x2=width - RIGHT, y1=y, y2=y, stroke=RULE, stroke_width=0.6),
            tag("line", x1=low, x2=high, y1=y, y2=y, stroke=party.colour, stroke_width=2.2) if high > low else "",
            *(
                tag("line", x1=end, x2=end, y1=y - 4, y2=y + 4, stroke=party.colour, stroke_width=1.4)
                for end in (low, high)
                if high > low
            ),
            tag("circle", cx=value, cy=y, r=radius, fill=party.colour),
            words(party.note, width - RIGHT + 14, y + 4, font_size=11, fill=SOFT),
        )
    )


__all__ = ["Band", "Placed", "draw"]
