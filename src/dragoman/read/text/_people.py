"""People around an article: readers who comment below it, and the author of the byline, described behind it."""

from __future__ import annotations

import re

from dragoman.read.findings import DropReason
from dragoman.read.text._units import Unit

_COMMENTS = 3
_BEFORE = 3
_COMMENTER = re.compile(
    r"\d+[.)] \S.{0,40} (?:says|said|wrote|writes|commented):|"
    r"\S.{0,40} (?:says|said|wrote|commented)(?: on)?:? .{4,30}(?:19|20)\d\d,? (?:at )?\d{1,2}[:.]\d\d.{0,20}"
)
_NAME = r"[A-Z][\w'’.\-]*(?: [A-Z][\w'’.\-]*){1,3}"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written by|Posted by|Story by|Text by|Author:?|About(?: the author:?)?) ({_NAME})(?![\w])"
)
_ALONE = re.compile(_NAME)
_BIOGRAPHY = re.compile(
    rf"({_NAME})(?:,? ?\([^()]*\))? (?:(?:is|was|has been)\b.{{0,120}}\b(?:writer|reporter|editor|correspondent|"
    rf"journalist|"
    r"columnist|contributor|producer|fellow|analyst|professor|lecturer|author|host|researcher|scholar|director|chief|"
    r"diplomat|ambassador|commentator|blogger|expert)|(?:covers|writes|reports|joined|teaches|blogs)\b)"
)

_OF_THE_PRESS = re.compile(r"(?i)\b(?:writer|reporter|editor|correspondent|journalist|columnist|contributor|blogger)$")


def mark_comments(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Mark readers' comments: everything from the first of several numbered or dated lines that name who comments."""
    heads = [place for place, unit in enumerate(units) if _COMMENTER.fullmatch(unit.text)]
    if len(heads) >= _COMMENTS:
        for place in range(heads[0], len(units)):
            reasons[place] = reasons[place] or "other"


def mark_biographies(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Mark what is said of the author behind some running text.

    The author is whom a byline names, or one of the press whom the article does not speak of.
    """
    authors = {name.casefold() for unit in units for name in _authors(unit)}
    before = 0
    for place, unit in enumerate(units):
        found = _BIOGRAPHY.match(unit.text)
        if found and before >= _BEFORE and reasons[place] is None:
            known = found[1].casefold() in authors
            if known or (_OF_THE_PRESS.search(found[0]) and not _spoken_of(found[1], units, place)):
                reasons[place] = "byline"
        before += unit.prose


def _spoken_of(name: str, units: list[Unit], place: int) -> bool:
    """Whether the text names somebody elsewhere too: whom it tells of, not who tells it."""
    family = name.rsplit(maxsplit=1)[-1]
    return any(family in unit.text for other, unit in enumerate(units) if other != place and unit.prose)


def _authors(unit: Unit) -> list[str]:
    named = _BYLINE.match(unit.text) if not unit.prose else None
    return [named[1]] if named else [unit.text] if _ALONE.fullmatch(unit.text) else []
