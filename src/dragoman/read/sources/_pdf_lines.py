"""The letters of a page of PDF as lines with boxes; needs ``pypdfium2``."""

from __future__ import annotations

import ctypes
from typing import Any

from dragoman.read.sources._layout import Line

_WIDE_GAP = 1.6
_SAME_LINE = 0.5
_HYPHEN = "\x02"
"""What the library gives for a hyphen at a line's end that it takes for a word's break."""


def lines_of(text: Any) -> list[Line]:
    """The lines of a page in the order in which the file has them."""
    from pypdfium2 import raw

    lines: list[Line] = []
    run: list[tuple[str, float, float, float, float, float]] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for place in range(text.count_chars()):
        letter = _letter(raw.FPDFText_GetUnicode(text, place))
        if letter in "\r\n":
            _close(run, lines)
            continue
        raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(text, place)
        box = (letter, left.value, right.value, bottom.value, top.value, size)
        if run and not letter.isspace() and _breaks(run, box):
            _close(run, lines)
        run.append(box)
    _close(run, lines)
    return lines


def _letter(code: int) -> str:
    if code in (0xFFFE, 0x02, 0xAD):
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return " "
    return chr(code)


def _breaks(
    run: list[tuple[str, float, float, float, float, float]], box: tuple[str, float, float, float, float, float]
) -> bool:
    """Whether a letter stands in another column or on another line than the letters before it."""
    last = next((item for item in reversed(run) if not item[0].isspace()), None)
    if last is None:
        return False
    size = max(box[5], last[5], 1.0)
    gap = box[1] - last[2]
    apart = abs(box[3] - last[3]) > size and (box[3] > last[4] or box[4] < last[3])
    return gap > _WIDE_GAP * size or gap < -2 * size or apart


def _close(run: list[tuple[str, float, float, float, float, float]], lines: list[Line]) -> None:
    words = " ".join("".join(item[0] for item in run).split())
    shown = [item for item in run if not item[0].isspace()]
    if words and shown:
        lines.append(
            Line(
                text=words,
                left=min(item[1] for item in shown),
                right=max(item[2] for item in shown),
                bottom=sorted(item[3] for item in shown)[len(shown) // 2],
                top=max(item[4] for item in shown),
                size=sorted(item[5] for item in shown)[len(shown) // 2],
            )
        )
    run.clear()
