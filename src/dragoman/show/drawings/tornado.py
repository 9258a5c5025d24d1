"""A tornado: for each number the outcome at the low end of its range (a ring) and at the high end (a disc)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.show.charts import COOP, INK, PAPER
from dragoman.show.drawings._axes import LETTER, Scale, across, marks, rule, widened
from dragoman.show.drawings._svg import figure, tag, words

TOP, BOTTOM, ROW = 4.0, 24.0, 23.0
MOST_LETTERS = 46


@dataclass(frozen=True, kw_only=True)
class Swing:
    """One number and the outcome at the two ends of its range."""

    name: str
    low: float
    high: float


def draw(swings: Sequence[Swing], outcome: float, *, width: float = 760) -> str:
    """The tornado as SVG in the order given; a dotted rule marks the outcome by central values."""
    if not swings:
        return ""
    names = [name if len(name := s.name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…" for s in swings]
    left = 14 + LETTER * max(map(len, names))
    ends = [value for s in swings for value in (s.low, s.high)]
    low, high = widened(min(*ends, outcome), max(*ends, outcome), 10)
    x = Scale(low=low, high=high, first=left, last=width - 12)
    bottom = TOP + ROW * len(swings)
    made = [
        across(x, marks(low, high, 10), bottom, top=TOP, within=width),
        rule(x.at(outcome), TOP, x.at(outcome), bottom, dash="2 3"),
    ]
    made += [
        _swing(s, name, x, TOP + ROW * (i + 0.5), left) for i, (s, name) in enumerate(zip(swings, names, strict=True))
    ]
    return figure(width, bottom + BOTTOM, *made)


def _swing(swing: Swing, name: str, x: Scale, y: float, left: float) -> str:
    low, high = x.at(swing.low), x.at(swing.high)
    return "".join(
        (
            words(name, left - 8, y + 4, text_anchor="end", fill=INK),
            tag("line", x1=min(low, high), x2=max(low, high), y1=y, y2=y, stroke=COOP, stroke_width=5, opacity=0.45),
            tag("circle", cx=low, cy=y, r=3.8, fill=PAPER, stroke=COOP, stroke_width=1.6),
            tag("circle", cx=high, cy=y, r=4, fill=COOP),
        )
    )


__all__ = ["Swing", "draw"]
