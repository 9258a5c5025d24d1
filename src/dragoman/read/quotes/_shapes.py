"""What a stretch between marks is by its shape: speech, or a term or title; where a sentence ends."""

from __future__ import annotations

import re

from dragoman.read.quotes._marks import Stretch

ENDS = (".", "?", "!", "…")
_SPEECH_END = (*ENDS, ",", "-", "–", "—")
_BREAK = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.?!]['”’\"]*\s+(?=[A-Z“\"'])")


def is_passage(stretch: Stretch, text: str) -> bool:
    """Whether the words between the marks are speech by their shape, not a term or a title."""
    inner = text[stretch.inner[0] : stretch.inner[1]].strip().rstrip("'’”\" ")
    words = inner.split()
    if stretch.open_end or stretch.open_start:
        return len(words) >= 4
    if _goes_on(stretch, text, inner) or (is_title(words) and not inner.endswith(("?", "!"))):
        return False
    return (len(words) >= 3 and inner.endswith(_SPEECH_END)) or (len(words) >= 2 and inner.endswith((",", "?", "!")))


def _goes_on(stretch: Stretch, text: str, inner: str) -> bool:
    """Whether the marks open in the middle of a clause: ``the "needed reforms."``."""
    before = text[: stretch.start].rstrip()
    return bool(before) and inner[:1].islower() and (before[-1].isalnum() or before[-1] in "’'")


def is_title(words: list[str]) -> bool:
    """Title case: every longer word has a capital."""
    longer = [word for word in words if len(word.strip(".,!?'’")) > 3]
    return len(longer) >= 1 and len(words) <= 12 and all(not word.lstrip("'‘“(")[:1].islower() for word in longer)


def breaks(gap: str) -> bool:
    """Whether a sentence ends inside ``gap``; "Mr.", "Sen." and initials end none."""
    return _BREAK.search(gap) is not None
