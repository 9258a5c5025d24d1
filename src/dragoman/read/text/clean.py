"""Clean-up of plain text and raw crawls: what is the article, what is the page around it.

1. Lines become *units*: one line, or the lines of one paragraph that was wrapped
   at a fixed width (:mod:`dragoman.read.text._units`).
2. Units that say of themselves what they are (a counter, a credit, a share
   prompt, a notice ...) are dropped, each with its reason
   (:mod:`dragoman.read.text._patterns`, :mod:`dragoman.read.text._sentences`), and
   so are readers' comments, the author's biography and units that stood before.
3. Where steps 1 and 2 show that the text is a crawl and no clean article, the
   stretch with the most running text is the article, and runs of short lines
   inside it are menus and teasers (:mod:`dragoman.read.text._region`).

A clean article shows no sign of a crawl, so that step 3 never touches it.  Every
step is linear in the length of the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dragoman.read.findings import Dropped, DropReason, Span
from dragoman.read.text._patterns import reason_of
from dragoman.read.text._people import mark_biographies, mark_comments
from dragoman.read.text._region import is_crawl, outside_reasons
from dragoman.read.text._units import Unit, units_of

__all__ = ["Cleaned", "clean"]

_REPEATED_WORDS = 4
_REPEATED_TIMES = 2
_SENTENCE_WORDS = 7
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
    mark_comments(units, reasons)
    mark_biographies(units, reasons)
    keep_galleries(units, reasons)
    mark_repeats(units, reasons)
    for place, reason in outside_reasons(units, reasons):
        reasons[place] = reason
    pairs = list(zip(units, reasons, strict=True))
    return Cleaned(
        kept=tuple(unit.span for unit, reason in pairs if reason is None),
        dropped=tuple(Dropped(span=unit.span, reason=reason) for unit, reason in pairs if reason is not None),
    )


def keep_galleries(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Where a text has no running text but captions, a gallery, they are the article."""
    if any(unit.prose and reason is None for unit, reason in zip(units, reasons, strict=True)):
        return
    for place, unit in enumerate(units):
        if reasons[place] == "caption" and unit.words >= _SENTENCE_WORDS:
            reasons[place] = None


def mark_repeats(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Mark every unit that stands again; the first one stays.

    Straight after itself any unit is a repeat.  Further on one is only in a crawl, and
    only where it stands twice: what stands often is a line that the article repeats on
    purpose, and so are questions of an interview and items with figures.
    """
    crawl = is_crawl(units, reasons)
    times = Counter(unit.key for unit in units)
    seen: set[str] = set()
    last = ""
    for place, unit in enumerate(units):
        key = unit.key
        again = crawl and key in seen and times[key] <= _REPEATED_TIMES and _unique(unit)
        if unit.words >= _REPEATED_WORDS and (key == last or again) and reasons[place] is None:
            reasons[place] = "repeated"
        seen.add(key)
        last = key


def _unique(unit: Unit) -> bool:
    """Whether a text says such a unit once only."""
    if unit.text.count(",") >= _LIST_COMMAS or any(letter.isdigit() for letter in unit.text):
        return False
    return not unit.text.endswith("?") if unit.closed else unit.words <= _LIST_ITEM
