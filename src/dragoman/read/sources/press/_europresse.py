"""Europresse and PressReader: recognised, and refused by name; no documentation of their layout is at hand."""

from __future__ import annotations

import re

from dragoman.errors import ReadError
from dragoman.read.sources.press._export import Export

_EUROPRESSE = re.compile(r"rdp__articletitle|DocPublicationName|class=[\"']DocHeader|europresse\.com/", re.IGNORECASE)
_PRESSREADER = re.compile(r"^[^\n]{0,80}PressReader\.com|Article Name:|pressreader\.com/", re.IGNORECASE | re.MULTILINE)


def page_export_of(page: str, place: str) -> Export | None:
    """None, where the page is of neither.

    Raises:
        ReadError: it is a page of Europresse.
    """
    if len(_EUROPRESSE.findall(page)) >= 2:
        raise ReadError(
            place, "an export of Europresse, whose layout is not known here", "the articles one by one, or as RIS"
        )
    return None


def export_of(text: str, place: str) -> Export | None:
    """None, where the text is of neither.

    Raises:
        ReadError: it is an export of PressReader.
    """
    if re.match(r"\s*Article Name:", text) and _PRESSREADER.search(text[-2000:]):
        raise ReadError(
            place, "an export of PressReader, whose layout is not known here", "the articles one by one, as text"
        )
    return None
