"""Where in a crawl the article is.

Body text extraction (Finn, Kushmerick and Smyth 2001): the article is the
stretch of units with the largest sum, found in one pass (Kadane), where running
text counts its words and everything else costs something: least what could be an
item of a list in the article, most the headline over a block of teasers.  Long
runs of very short lines inside the stretch are menus and tag lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dragoman.read.findings import DropReason
from dragoman.read.text._units import Unit

SHORT_COST = 5.0
ITEM_COST = 3.0
TEASER_COST = 20.0
FIGURE_WORTH = 1.0
LIST_ITEM_WORDS = 8
HEADING_WORDS = 4
SECOND_WORTH = 100.0
SECOND_PROSE = 4

_SHORT_WORDS = 6
_UNDER = 8
_HEADLINE = 4
_LONG_TEASER = 22
_RUN = 8
_SIGNS = 2
_BULLETS = 5
_BREAKS: frozenset[DropReason | None] = frozenset({"share", "advert", "menu", "other"})
_SERIES = 5
_SHOUTED = 8
_FIGURE = re.compile(r"\d")
_CUT_OFF = re.compile(r"(?:\.{2,}|…)$")


def outside_reasons(units: list[Unit], reasons: list[DropReason | None]) -> list[tuple[int, DropReason]]:
    """Places and reasons of the units to drop besides those that already have a reason."""
    if not is_crawl(units, reasons):
        return []
    _mark_cut_off(units, reasons)
    first, last = prolonged(units, reasons, article_region(units, reasons))
    outside = [
        (place, outside_reason(unit))
        for place, unit in enumerate(units)
        if reasons[place] is None and not first <= place < last
    ]
    under = list(_under_headings(units, reasons, first, last))
    return outside + under + [pair for pair in _runs(units, reasons, first, last) if pair[0] not in dict(under)]


def _mark_cut_off(units: list[Unit], reasons: list[DropReason | None]) -> None:
    """Mark headlines that are cut off, where there is a series of them."""
    cut = [place for place, unit in enumerate(units) if _CUT_OFF.search(unit.text) and unit.words < _LONG_TEASER]
    for place in cut if len(cut) >= _SERIES else ():
        reasons[place] = reasons[place] or "teaser"


def is_crawl(units: list[Unit], reasons: list[DropReason | None]) -> bool:
    """Whether the text shows signs of a page: furniture that names itself, or a menu."""
    signs = sum(reason is not None and reason != "byline" for reason in reasons)
    bullets = sum(unit.bullet and not unit.prose for unit in units)
    return signs >= _SIGNS or bullets >= _BULLETS


def article_region(units: list[Unit], reasons: list[DropReason | None]) -> tuple[int, int]:
    """The half-open stretch of units with the largest sum of :func:`worth_of`."""
    best, region = 0.0, (0, 0)
    total, start = 0.0, 0
    for place, unit in enumerate(units):
        if total <= 0:
            total, start = 0.0, place
        total += worth_of(unit, reasons[place])
        if total > best:
            best, region = total, (start, place + 1)
    return region


def prolonged(units: list[Unit], reasons: list[DropReason | None], region: tuple[int, int]) -> tuple[int, int]:
    """The stretch with the running text beyond a list on either side.

    Only where there is much of it and nothing between them says that the article ends.
    """
    first, last = region
    after = article_region(units[last:], reasons[last:])
    before = article_region(units[:first], reasons[:first])
    if _belongs(units[last:], reasons[last:], after, reasons[last : last + after[0]]):
        last += after[1]
    if _belongs(units[:first], reasons[:first], before, reasons[before[1] : first]):
        first = before[0]
    return first, last


def _belongs(
    units: list[Unit], reasons: list[DropReason | None], region: tuple[int, int], between: list[DropReason | None]
) -> bool:
    places = range(*region)
    worth = sum(worth_of(units[place], reasons[place]) for place in places)
    prose = sum(units[place].prose and reasons[place] is None for place in places)
    return worth >= SECOND_WORTH and prose >= SECOND_PROSE and not _BREAKS & set(between)


def worth_of(unit: Unit, reason: DropReason | None) -> float:
    """What a unit speaks for (or against) the stretch being the article."""
    if reason == "teaser" and unit.words <= HEADING_WORDS:
        return -TEASER_COST
    if reason is not None:
        return -SHORT_COST
    if unit.prose:
        return float(unit.words)
    if unit.words >= 5 and _FIGURE.search(unit.text):
        return FIGURE_WORTH
    return -ITEM_COST if unit.words >= LIST_ITEM_WORDS else -SHORT_COST


def outside_reason(unit: Unit) -> DropReason:
    """Why a unit that does not name itself is no part of the article."""
    return "teaser" if unit.prose or unit.words >= 5 else "menu"


def _under_headings(
    units: list[Unit], reasons: list[DropReason | None], first: int, last: int
) -> Iterator[tuple[int, DropReason]]:
    """Headlines inside the article: right under a heading such as "Related stories", or long and all capitals."""
    under = 0
    for place in range(first, last):
        unit = units[place]
        if reasons[place] == "teaser":
            under = _UNDER
        elif unit.closed or unit.text.endswith(":") or unit.words >= _LONG_TEASER:
            under = 0
        elif (
            reasons[place] is None
            and unit.words >= (_HEADLINE if under else _SHOUTED)
            and (under or unit.text.isupper())
        ):
            under = max(under - 1, 0)
            yield place, "teaser"


def _runs(
    units: list[Unit], reasons: list[DropReason | None], first: int, last: int
) -> Iterator[tuple[int, DropReason]]:
    places = [place for place in range(first, last) if reasons[place] is None]
    for short, group in groupby(
        places, key=lambda place: not units[place].closed and units[place].words < _SHORT_WORDS
    ):
        run = list(group)
        figures = sum(_FIGURE.search(units[place].text) is not None for place in run)
        if short and len(run) >= _RUN and figures < 0.6 * len(run):
            for place in run:
                yield place, outside_reason(units[place])
