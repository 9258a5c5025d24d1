"""The reading order of lines on a page: bands from top to bottom, columns from left to right.

1. If a gutter (a strip that no line crosses) parts the lines, what is left of it is read first.
2. Else lines are taken off the top, and off the bottom, until a gutter parts the rest: headlines and feet span
   columns.
3. Else the lines are one column, read from top to bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GUTTER = 5.0
_MOST_SPANNING = 12
_FEWEST_LINES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of print; the page's origin is its lower left corner.

    ``bottom`` is where most letters stand (the base of the line), ``size`` the size of the type.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as one reads them."""
    rows = sorted(lines, key=lambda line: (-line.top, line.left))
    return _ordered(rows)


def _ordered(rows: list[Line]) -> list[Line]:
    if len(rows) < 2 * _FEWEST_LINES:
        return _rows(rows)
    gutter = _gutter(rows)
    if gutter is not None:
        left = [line for line in rows if line.right <= gutter]
        right = [line for line in rows if line.right > gutter]
        return [*_ordered(left), *_ordered(right)]
    most = min(_MOST_SPANNING, len(rows) - 2 * _FEWEST_LINES)
    for taken in range(1, most + 1):
        for above in range(taken, -1, -1):
            below = taken - above
            inner = rows[above : len(rows) - below]
            if _gutter(inner) is not None:
                return [*_rows(rows[:above]), *_ordered(inner), *_rows(rows[len(rows) - below :])]
    spanning = _spanning(rows)
    if spanning is not None:
        return [*_ordered(rows[:spanning]), rows[spanning], *_ordered(rows[spanning + 1 :])]
    return _rows(rows)


def _spanning(rows: list[Line]) -> int | None:
    """A line in the middle that spans columns which part the lines above it as well as those below."""
    for place in range(_FEWEST_LINES, len(rows) - _FEWEST_LINES):
        if _gutter(rows[:place]) is not None and _gutter(rows[place + 1 :]) is not None:
            return place
    return None


def _gutter(rows: Sequence[Line]) -> float | None:
    """The middle of the leftmost strip with lines on both sides and across none; each side has some lines."""
    reach = float("-inf")
    ordered = sorted(rows, key=lambda line: line.left)
    for number, line in enumerate(ordered):
        if line.left - reach >= _GUTTER and number >= _FEWEST_LINES and len(rows) - number >= _FEWEST_LINES:
            left, right = ordered[:number], ordered[number:]
            if _side_by_side(left, right):
                return (reach + line.left) / 2
        reach = max(reach, line.right)
    return None


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two sets of lines stand beside each other for most of the height of the lower one."""
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    top = min(max(line.top for line in left), max(line.top for line in right))
    heights = [max(line.top for line in side) - min(line.bottom for line in side) for side in (left, right)]
    return top - bottom > 0.4 * max(min(heights), 1.0)


def _rows(rows: Sequence[Line]) -> list[Line]:
    """Top to bottom; lines on one height from left to right."""
    done: list[Line] = []
    row: list[Line] = []
    for line in rows:
        if row and row[0].bottom >= line.top - 0.3 * (line.top - line.bottom):
            done += sorted(row, key=lambda item: item.left)
            row = []
        row.append(line)
    return done + sorted(row, key=lambda item: item.left)
