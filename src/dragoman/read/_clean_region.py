"""Where in a crawl the article is.

Body text extraction (Finn, Kushmerick and Smyth 2001): the article is the
stretch of units with the largest sum, where running text counts its words and
every other unit costs a fixed sum; found in one pass (Kadane).  Inside it, runs
of short lines that end like no sentence are menus, tag lists and teasers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dragoman.read._clean_units import Unit
from dragoman.read.findings import DropReason

_COST = 7.0
_RUN = 3
_SIGNS = 2
_BULLETS = 5


def outside_reasons(units: list[Unit], reasons: list[DropReason | None]) -> list[tuple[int, DropReason]]:
    """Places and reasons of the units to drop besides those that already have a reason."""
    if not is_crawl(units, reasons):
        return []
    first, last = article_region(units, reasons)
    outside = [
        (place, _outside_reason(unit))
        for place, unit in enumerate(units)
        if reasons[place] is None and not first <= place < last
    ]
    return outside + list(_runs(units, reasons, first, last))


def is_crawl(units: list[Unit], reasons: list[DropReason | None]) -> bool:
    """Whether the text shows signs of a page: furniture that names itself, or a menu."""
    signs = sum(reason is not None and reason != "byline" for reason in reasons)
    bullets = sum(unit.bullet and not unit.prose for unit in units)
    return signs >= _SIGNS or bullets >= _BULLETS


def article_region(units: list[Unit], reasons: list[DropReason | None]) -> tuple[int, int]:
    """The half-open stretch of units with the largest sum of words of running text less the cost of the rest."""
    best, region = 0.0, (0, 0)
    total, start = 0.0, 0
    for place, unit in enumerate(units):
        if total <= 0:
            total, start = 0.0, place
        total += _worth(unit, reasons[place])
        if total > best:
            best, region = total, (start, place + 1)
    return region


def _worth(unit: Unit, reason: DropReason | None) -> float:
    if reason is None and unit.prose:
        return float(unit.words)
    return -_COST


def _outside_reason(unit: Unit) -> DropReason:
    if unit.prose or unit.words >= 5:
        return "teaser"
    return "menu"


def _runs(
    units: list[Unit], reasons: list[DropReason | None], first: int, last: int
) -> Iterator[tuple[int, DropReason]]:
    places = [place for place in range(first, last) if reasons[place] is None]
    for short, group in groupby(places, key=lambda place: not units[place].closed and units[place].words < 15):
        run = list(group)
        if short and len(run) >= _RUN:
            for place in run:
                yield place, _outside_reason(units[place])
