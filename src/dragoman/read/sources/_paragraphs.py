"""Lines of print to paragraphs: line ends undone, parted words joined, over the ends of columns and pages.

A line ends a paragraph where it is closed and short, where the next is indented, set in other type, or further off
than lines are in this text.  A hyphen at a line's end goes where the word stands unparted elsewhere in the text, and
stays where it stands with a hyphen; else it goes where a small letter follows, but for prefixes that keep theirs:
"self-" always, "ex-" and its like where what follows is a word of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dragoman.read.sources._layout import Line

_CLOSED = re.compile(r"[.!?…:;]['\"”’»)\]]*\d{0,2}$")
_PARTED = re.compile(r"(?<!\w)(\w{1,40})[-\u2010\u00ad]$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_KEPT_WORDS = "self vice all half cross well two three four long short north south east west counter"
_KEPT_SYLLABLES = "ex co non anti pro mid pre post sub re"
_KEEPING = frozenset(_KEPT_WORDS.split())
_MAY_KEEP = frozenset(_KEPT_SYLLABLES.split())
_SHORT = 0.85
_INDENT = 0.6
_FAR = 1.3


def joined(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of pages of lines in reading order."""
    whole = _whole_words([line for page in pages for line in page])
    return [unwrapped([line.text for line in group], whole) for group in grouped(pages)]


def grouped(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each paragraph."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    spacing, reaches = _spacing(lines), _reaches(lines)
    groups = [[lines[0]]]
    for last, line in pairwise(lines):
        if _ends(last, line, spacing, reaches[_column(last)]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def unwrapped(lines: Sequence[str], whole: Counter[str]) -> str:
    """The lines of a paragraph as one."""
    pieces = [lines[0]]
    for last, line in pairwise(lines):
        if _PARTED.search(last) is None or _WORD.match(line) is None:
            pieces.append(f" {line}")
        elif _keeps_hyphen(last, line, whole):
            pieces[-1] = f"{pieces[-1][:-1]}-"
            pieces.append(line)
        else:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
    return "".join(pieces)


def _whole_words(lines: Sequence[Line]) -> Counter[str]:
    """How often each word stands in the lines; the two parts of a word that may be parted are none."""
    words: Counter[str] = Counter()
    parted = False
    for line in lines:
        found = [word.casefold() for word in _WORD.findall(line.text)]
        ends = _PARTED.search(line.text) is not None
        words.update(found[1 if parted else 0 : -1 if ends else None])
        parted = ends
    return words


def _spacing(lines: Sequence[Line]) -> float:
    """The usual distance of a line from the next."""
    steps = Counter(
        round(last.bottom - line.bottom, 1)
        for last, line in pairwise(lines)
        if abs(last.size - line.size) < 0.6 and 0 < last.bottom - line.bottom < 4 * last.size
    )
    return steps.most_common(1)[0][0] if steps else 0.0


def _reaches(lines: Sequence[Line]) -> dict[int, float]:
    """How far right the lines of each column reach, by where the column begins."""
    columns: dict[int, list[float]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(line.right)
    return {column: sorted(rights)[int(0.8 * (len(rights) - 1))] for column, rights in columns.items()}


def _column(line: Line) -> int:
    """Columns a sixth of an inch apart are one."""
    return round(line.left / 12)


def _ends(last: Line, line: Line, spacing: float, widest: float) -> bool:
    """Whether a paragraph ends between two lines."""
    size = max(last.size, 1.0)
    if abs(last.size - line.size) > 0.12 * size:
        return True
    step = last.bottom - line.bottom
    closed = _CLOSED.search(last.text) is not None
    short = last.right < widest - (1 - _SHORT) * (widest - last.left)
    if step <= 0 or step > 6 * max(spacing, size):
        return closed and (short or _indented(last, line)) if step <= 0 else closed
    if spacing and step > _FAR * spacing:
        return True
    return (closed and short) or (closed and line.left - last.left > _INDENT * size)


def _indented(last: Line, line: Line) -> bool:
    del last
    return line.text[:1] in "•–—-"


def _keeps_hyphen(last: str, line: str, whole: Counter[str]) -> bool:
    """Whether the hyphen between two lines belongs to the word."""
    parted, after = _PARTED.search(last), _WORD.match(line)
    if parted is None or after is None:
        return True
    first, second = parted[1], after[0]
    joined_word, hyphened = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
    prefix = first.casefold()
    kept = prefix in _KEEPING or (prefix in _MAY_KEEP and whole[second.casefold()]) or not second[:1].islower()
    return bool(whole[hyphened] > whole[joined_word] or (not whole[joined_word] and kept))
