"""Lines and wrapped paragraphs of a text, with what clean-up looks at.

A paragraph was wrapped at a fixed width when its lines are short and the first
word of the next line would not have fitted on the line before: greedy filling
leaves no other break.  Such lines are joined into one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.read.findings import Span

WIDEST_WRAP = 110
NARROWEST_WRAP = 40
_FEWEST_LINES = 3
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"(?:[*+•·▪◦►»>|–—]|-(?!-)|o(?=\s))\s+")
_END = re.compile(r"[.!?…:;。！？।؟]['\"”’»)\]]*$")
_CLOSED = re.compile(r"[.!?…。！？।؟]['\"”’»)\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_DENSE_SCRIPT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A line or a wrapped paragraph.  ``words`` counts two letters of a script without spaces as a word."""

    span: Span
    text: str
    words: int
    bullet: bool
    closed: bool
    block: int

    @property
    def key(self) -> str:
        """What is compared to find repeated units: the words alone."""
        return " ".join(_WORD.findall(self.text)).casefold()

    @property
    def prose(self) -> bool:
        """Running text: some words that end as a sentence does, or very many."""
        return (self.closed and self.words >= 7) or self.words >= 22


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    text: str
    block: int


def units_of(text: str) -> list[Unit]:
    """The units of ``text`` in order."""
    lines = list(_lines(text))
    width = wrap_width(lines)
    return [_unit(text, group) for group in _groups(lines, width)]


def _lines(text: str) -> Iterator[_Line]:
    block, last = 0, -1
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = match.start() + indent
        if match.start() > last + 1:
            block += 1
        last = match.end()
        yield _Line(start=start, end=start + len(stripped), indent=indent, text=stripped, block=block)


def wrap_width(lines: list[_Line]) -> int | None:
    """The width at which the text was wrapped, or None.

    It was if the lines that another of their block follows keep within a narrow
    measure, few of them end a sentence, and nearly every one is full.
    """
    inner = [(line, after) for line, after in pairwise(lines) if line.block == after.block]
    if len(inner) < _FEWEST_LINES:
        return None
    width = max(_reach(line) for line, _ in inner)
    full = sum(_is_full(line, after, width) for line, after in inner)
    closed = sum(_CLOSED.search(line.text[-12:]) is not None for line, _ in inner)
    narrow = NARROWEST_WRAP <= width <= WIDEST_WRAP and max(map(_reach, lines)) <= width + 10
    return width if narrow and full >= 0.7 * len(inner) and closed < 0.4 * len(inner) else None


def _reach(line: _Line) -> int:
    return line.indent + len(line.text)


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    """Whether the first word of the next line would not have fitted."""
    return _reach(line) + 1 + len(after.text.split(None, 1)[0]) > width


def _groups(lines: list[_Line], width: int | None) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for line in lines:
        if group and not (width and _continues(group[-1], line, width)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(line: _Line, after: _Line, width: int) -> bool:
    if line.block != after.block or after.indent > line.indent + 1 or _BULLET.match(after.text):
        return False
    return _is_full(line, after, width) or (not _END.search(line.text) and after.text[:1].islower())


def _unit(text: str, group: list[_Line]) -> Unit:
    span = group[0].start, group[-1].end
    body = text[span[0] : span[1]]
    return Unit(
        span=span,
        text=body,
        words=count_words(body),
        bullet=bool(_BULLET.match(body)),
        closed=bool(_CLOSED.search(body[-12:])),
        block=group[0].block,
    )


def count_words(text: str) -> int:
    """Words; in scripts without spaces, half the letters."""
    dense = len(_DENSE_SCRIPT.findall(text))
    return len(_WORD.findall(text)) + dense // 2 if dense else len(_WORD.findall(text))
