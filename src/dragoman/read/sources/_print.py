"""Text that was scanned from print: parted words joined, line ends undone, the day in the page's head.

A text counts as scanned where three lines at least, and one in twenty, end in a hyphen behind a letter while the next
begins with a small letter: who types a text parts no words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from dragoman.read.sources._paragraphs import unwrapped

_PARTED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_FEWEST = 3
_SHARE = 0.05
_HEAD_LINES = 4
_LONGEST_HEAD = 100


def is_print(text: str) -> bool:
    """Whether a text was scanned from print."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    parted = sum(bool(_PARTED.search(line)) and after[:1].islower() for line, after in pairwise(lines))
    return parted >= _FEWEST and parted >= _SHARE * len(lines)


def undone(text: str) -> str:
    """The text with whole words and whole paragraphs; empty lines part paragraphs, as in the scan."""
    whole: Counter[str] = Counter()
    parted = False
    for line in text.split("\n"):
        words = [word.casefold() for word in _WORD.findall(line)]
        ends = _PARTED.search(line.rstrip()) is not None
        whole.update(words[1 if parted else 0 : -1 if ends else None])
        parted = ends
    paragraphs = re.split(r"\n[ \t]*\n", text)
    rows = ([line.strip() for line in part.split("\n") if line.strip()] for part in paragraphs)
    return "\n\n".join(unwrapped(lines, whole) for lines in rows if lines)


def head_day(text: str) -> str | None:
    """The day in the head of a page: a short line among the first."""
    from dragoman.read.dates import first_full_date

    lines = [line.strip() for line in text.split("\n") if line.strip()][:_HEAD_LINES]
    for line in lines:
        day = first_full_date(line.title() if line.isupper() else line) if len(line) < _LONGEST_HEAD else None
        if day is not None:
            return day.isoformat()
    return None
