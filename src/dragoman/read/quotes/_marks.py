"""Where the text stands between quote marks.

A paragraph is scanned once.  A mark opens or closes by its shape (``“`` against
``”``) and, where the shape says nothing (``"``, ``''``), by what stands beside it
and by whether a stretch is open.  Odd marks break nothing: a missing closing mark
ends the stretch at the end of its sentence, or of the paragraph when the next one
opens again (the convention of quotes that run over paragraphs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLE = re.compile(r"``|''|,,(?=\w)|[\"“”„‟«»]")
_SINGLE = re.compile(r"(?<![\w.,!?…])['‘‚‹](?=[\w$“\"])")
_SINGLE_END = re.compile(r"['’›](?!\w)")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_BEFORE_OPEN = set(" \t\u00a0([{-–—/:‘'’\u2028…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text between marks, marks included, as offsets into the paragraph.

    ``inner`` is the text without its marks; ``open_end`` and ``open_start`` say
    that the mark is missing on that side; ``single`` that the marks are single.
    """

    start: int
    end: int
    inner: tuple[int, int]
    open_start: bool = False
    open_end: bool = False
    single: bool = False


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


def _judge(text: str, start: int, end: int) -> _Mark:
    sign = text[start:end]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before in _BEFORE_OPEN and not after.isspace()
    closes = not before.isspace() and start > 0
    if sign in ("``", "“", "„", "‟", "«", ",,"):
        return _Mark(start, end, True, sign == "“" and closes and not opens)
    if sign in ("”", "»"):
        return _Mark(start, end, opens and not closes, True)
    return _Mark(start, end, opens, closes or not opens)


def _sentence_end(text: str, start: int, limit: int) -> int:
    found = _SENTENCE_END.search(text, start, limit)
    return found.end() if found else limit


def _doubles(text: str, carried: bool) -> Iterator[Stretch]:
    """Stretches between double marks; ``carried`` when the paragraph before left one open."""
    opened: _Mark | None = None
    seen = False
    for match in _DOUBLE.finditer(text):
        mark = _judge(text, match.start(), match.end())
        if opened is None:
            if mark.opens:
                opened = mark
            elif mark.closes and not seen and carried:
                yield Stretch(start=0, end=mark.end, inner=(0, mark.start), open_start=True)
            seen = True
            continue
        if mark.closes and not (mark.opens and text[mark.start - 1] in "([—–"):
            yield Stretch(start=opened.start, end=mark.end, inner=(opened.end, mark.start))
            opened = None
        elif mark.opens:
            end = _sentence_end(text, opened.end, mark.start)
            yield Stretch(start=opened.start, end=end, inner=(opened.end, end), open_end=True)
            opened = mark
    if opened is not None:
        end = len(text) if not text[: opened.start].strip() else _sentence_end(text, opened.end, len(text))
        yield Stretch(start=opened.start, end=end, inner=(opened.end, end), open_end=True)


def _singles(text: str, taken: list[Stretch]) -> Iterator[Stretch]:
    """Stretches between single marks outside the double ones; an apostrophe is no mark."""
    place = 0
    while found := _SINGLE.search(text, place):
        start = found.start()
        inside = next((other for other in taken if other.start <= start < other.end), None)
        if inside is not None:
            place = inside.end
            continue
        limit = min((other.start for other in taken if other.start > start), default=len(text))
        closing = _single_close(text, found.end(), limit)
        place = found.end()
        if closing is not None:
            yield Stretch(start=start, end=closing + 1, inner=(found.end(), closing), single=True)
            place = closing + 1


def _single_close(text: str, start: int, limit: int) -> int | None:
    """The closing single mark: the last apostrophe-like mark after punctuation, else the first that fits."""
    for found in _SINGLE_END.finditer(text, start, limit):
        if text[found.start() - 1] != "s" or text[found.start() - 1] in ".,!?":
            return found.start()
        after = text[found.end() : found.end() + 2]
        if not re.match(r"\s[a-z]", after) or not _SINGLE_END.search(text, found.end(), limit):
            return found.start()
    return None


def stretches(text: str, *, carried: bool = False) -> list[Stretch]:
    """Every stretch between quote marks in a paragraph, in order, disjoint."""
    if not _DOUBLE.search(text) and not _SINGLE.search(text):
        return []
    doubles = [piece for piece in _doubles(text, carried) if piece.inner[1] > piece.inner[0]]
    return sorted([*doubles, *_singles(text, doubles)], key=lambda piece: piece.start)
