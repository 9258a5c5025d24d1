"""Same-length normalisation: what the parser sees has the offsets of the text as given."""

from __future__ import annotations

import re

_TWO_MARKS = re.compile(r"``|''|,,(?=\w)")
_BREAKS = re.compile(r"[\t\r\n\v\f\u00a0\u2028\u2029]")
_BIDI = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000e-\u001f]")


def _curly(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    closes = match.group() == "''" and bool(before.strip())
    return "” " if closes else " “"


def normalise(text: str) -> str:
    r"""``text`` with odd quote marks, line breaks and control characters replaced, length kept.

    Two-character quote marks become a curly mark and a space on the outer side,
    so that the words inside keep their places::

        >>> normalise("``Yes,'' he said")
        ' “Yes,”  he said'
    """
    text = _TWO_MARKS.sub(_curly, text)
    text = _BREAKS.sub(" ", text)
    return _BIDI.sub(" ", text)
