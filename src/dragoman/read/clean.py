"""Clean-up of plain text and raw crawls: what is the article, what is the page around it.

1. Lines become *units*: one line, or the lines of one paragraph that was wrapped
   at a fixed width (:mod:`dragoman.read._clean_units`).
2. Units that say of themselves what they are (a counter, a credit, a share
   prompt, a notice ...) are dropped, each with its reason
   (:mod:`dragoman.read._clean_patterns`), and so are units that stood before.
3. Where steps 1 and 2 show that the text is a crawl and no clean article, the
   stretch with the most running text is the article, and runs of short lines
   inside it are menus and teasers (:mod:`dragoman.read._clean_region`).

A clean article shows no sign of a crawl, so that step 3 never touches it.  Every
step is linear in the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read._clean_patterns import reason_of
from dragoman.read._clean_region import is_crawl, outside_reasons
from dragoman.read._clean_units import Unit, units_of
from dragoman.read.findings import Dropped, DropReason, Span

__all__ = ["Cleaned", "clean"]

_REPEATED_WORDS = 4
_LIST_ITEM = 12
_LIST_COMMAS = 4


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """The paragraphs kept and the pieces dropped, both in order; together all of the text but white space."""

    kept: tuple[Span, ...]
    dropped: tuple[Dropped, ...]


def clean(text: str) -> Cleaned:
    """Part the article from what surrounds it.  Spans are offsets into ``text``."""
    units = units_of(text)
    reasons = [reason_of(unit) for unit in units]
    mark_repeats(units, reasons)
    for place, reason in outside_reasons(units, reasons):
        reasons[place] = reason
    pairs = list(zip(units, reasons, strict=True))
    return Cleaned(
        kept=tuple(unit.span for unit, reason in pairs if reason is None),
        dropped=tuple(Dropped(span=unit.span, reason=reason) for unit, reason in pairs if reason is not None),
    )


def mark_repeats(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Mark every unit that stands again; the first one stays.

    Straight after itself any unit is a repeat.  Further on, running text is one only
    in a crawl, and questions of an interview and list items never are.
    """
    crawl = is_crawl(units, reasons)
    seen: set[str] = set()
    last = ""
    for place, unit in enumerate(units):
        key = unit.key
        repeats = unit.words >= _REPEATED_WORDS and (key == last or (crawl and key in seen and _unique(unit)))
        if repeats and reasons[place] is None:
            reasons[place] = "repeated"
        seen.add(key)
        last = key


def _unique(unit: Unit) -> bool:
    """Whether a text says such a unit once only."""
    if unit.text.count(",") >= _LIST_COMMAS:
        return False
    if unit.closed:
        return not unit.text.endswith("?")
    return unit.words <= _LIST_ITEM and not any(letter.isdigit() for letter in unit.text)
