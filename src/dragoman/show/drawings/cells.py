"""A region as cells with their value written in: what holds is framed and has a plus, what is short a minus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.show.blocks import fixed, signed
from dragoman.show.charts import CONF, COOP, INK, SOFT
from dragoman.show.drawings._axes import LETTER, Scale, across, rule
from dragoman.show.drawings._svg import figure, tag, words

TOP, BOTTOM = 6.0, 38.0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: where its middle lies across and upward, its value, and whether it holds."""

    x: float
    y: float
    value: float
    holds: bool


def draw(cells: Sequence[Cell], *, title: str, upright: float, width: float = 930, height: float = 230) -> str:
    """The cells as SVG; ``upright`` is where a dotted rule stands."""
    across_, up = sorted({c.x for c in cells}), sorted({c.y for c in cells})
    if len(across_) < 2 or len(up) < 2:
        return ""
    half_x, half_y = (across_[1] - across_[0]) / 2, (up[1] - up[0]) / 2
    left = 12 + LETTER * max(len(fixed(value)) for value in up)
    x = Scale(low=across_[0] - half_x, high=across_[-1] + half_x, first=left, last=width - 4)
    y = Scale(low=up[0] - half_y, high=up[-1] + half_y, first=TOP + height, last=TOP)
    most = max(abs(c.value) for c in cells) or 1.0
    made = [_cell(c, x, y, (half_x, half_y), most) for c in sorted(cells, key=lambda c: c.holds)]
    made += [words(fixed(value), left - 6, y.at(value) + 4, text_anchor="end", fill=SOFT) for value in up]
    made.append(across(x, [(value, fixed(value)) for value in across_], TOP + height, within=width))
    if x.low <= upright <= x.high:
        made.append(rule(x.at(upright), TOP, x.at(upright), TOP + height, dash="2 3"))
    made.append(words(title, (left + width) / 2, TOP + height + 34, text_anchor="middle", fill=SOFT))
    return figure(width, TOP + height + BOTTOM, *made)


def _cell(cell: Cell, x: Scale, y: Scale, half: tuple[float, float], most: float) -> str:
    half_x, half_y = half
    left, top = x.at(cell.x - half_x), y.at(cell.y + half_y)
    colour = COOP if cell.holds else CONF
    shade = 0.08 + 0.42 * abs(cell.value) / most
    box = tag(
        "rect", x=left, y=top, width=x.at(cell.x + half_x) - left, height=y.at(cell.y - half_y) - top, fill=colour,
        fill_opacity=shade, stroke=INK if cell.holds else None, stroke_width=1.5 if cell.holds else None,
    )  # fmt: skip
    text = signed(cell.value) if cell.value else "0.0"
    return box + words(text, x.at(cell.x) + 5, y.at(cell.y) + 4, fill=INK)


__all__ = ["Cell", "draw"]
