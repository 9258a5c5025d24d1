"""Which places of a paragraph stand between quotation marks, found once a paragraph.

Double marks open and close by their form, straight ones by turns; a single mark opens before a word and closes
behind one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEPT = "dragoman quotation"
_MARKS = re.compile(r"[“”\"]|(?:(?<=[\s(—–])|^)‘|(?<=[.,!?…\w])’(?=[\s.,;:)]|$)")


def in_quotation(token: Token) -> bool:
    """Whether the token stands between quotation marks of its paragraph."""
    return quoted_at(token.doc, token.idx)


def quoted_at(doc: Doc, place: int) -> bool:
    """Whether a place of a paragraph stands between quotation marks."""
    places, states = _turns(doc)
    before = bisect_left(places, place)
    return before > 0 and states[before - 1]


def quoted_parts(doc: Doc) -> list[tuple[int, int]]:
    """The stretches between quotation marks, marks included; one that no mark closes goes to the end."""
    places, states = _turns(doc)
    parts: list[tuple[int, int]] = []
    start: int | None = None
    for place, inside in zip(places, states, strict=True):
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            parts.append((start, place + 1))
            start = None
    return parts if start is None else [*parts, (start, len(text_of(doc)))]


def _turns(doc: Doc) -> tuple[list[int], list[bool]]:
    """The places of the marks, and whether one is inside a quotation behind each."""
    kept: tuple[list[int], list[bool]] | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = _read(text_of(doc))
    return kept


def _read(text: str) -> tuple[list[int], list[bool]]:
    places: list[int] = []
    states: list[bool] = []
    curly = single = 0
    straight = False
    for found in _MARKS.finditer(text):
        mark = found.group()
        straight ^= mark == '"'
        curly = max(curly + (mark == "“") - (mark == "”"), 0)
        single = max(single + (mark == "‘") - (mark == "’"), 0)
        places.append(found.start())
        states.append(straight or curly > 0 or single > 0)
    return places, states
