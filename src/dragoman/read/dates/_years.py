"""Which year is meant where an expression leaves it open, and how one is stated.

The year is chosen by the verb: the latest such day not after publication in the
past, the first not before it in the future, and the nearer of the two where the
grammar does not say.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._values import (
    make_day,
)

_PARTS = (
    ("early", ("early",)),
    ("late", ("late",)),
    ("start", ("begin", "start")),
    ("end", ("end", "close")),
    ("mid", ("mid",)),
)


def part_of(match: re.Match[str]) -> str | None:
    """``early``, ``start``, ``mid``, ``late`` or ``end`` from the words before a month, year or decade."""
    words = (match.groupdict().get("part") or "").lower()
    for part, signs in _PARTS:
        if any(sign in words for sign in signs):
            return part
    return None


def year_of_two_digits(digits: int, published: date | None) -> int:
    """The full year: not more than ten years after publication (or 2000)."""
    latest = (published.year if published else 2000) + 10
    century = latest // 100 * 100
    return century + digits if century + digits <= latest else century - 100 + digits


_SHIFT = {"last": -1, "this": 0, "next": 1}


def relative_year(words: str, anchor: Anchor) -> int | None:
    """The year that "last year", "that year" ... names."""
    words = words.lower()
    if words in {"that", "the same", "the previous", "the following"}:
        step = {"the previous": -1, "the following": 1}.get(words, 0)
        return None if anchor.focus_year is None else anchor.focus_year + step
    if anchor.published is None:
        return None
    return anchor.published.year + w.known(_SHIFT, words)


def stated_year(match: re.Match[str], anchor: Anchor) -> int | None:
    """The year that the expression itself states."""
    groups = match.groupdict()
    if groups.get("y"):
        year = int(groups["y"])
        return year_of_two_digits(year, anchor.published) if year < 100 else year
    if groups.get("yy"):
        return year_of_two_digits(int(groups["yy"]), anchor.published)
    if groups.get("rel"):
        return relative_year(groups["rel"], anchor)
    return None


# Nobody writes of a day almost a year ago without its year.
_NEXT_DAYS = 14


# "Within this many days ahead" a day without a year and without a telling verb is one to come.
_SOON = 45
# Without a telling verb a month is one to come only where it is nearer by this factor.
_CLEARLY = 1.3


def year_for_day(month: int, day: int, anchor: Anchor) -> date | None:
    """The day of that name that is meant, seen from publication."""
    here = anchor.published
    if here is None:
        return None
    days = [found for year in (here.year - 1, here.year, here.year + 1) if (found := make_day(year, month, day))]
    past = max((found for found in days if found <= here), default=None)
    coming = min((found for found in days if found >= here), default=None)
    if past is None or coming is None or past == coming:
        return past or coming
    direction = anchor.direction()
    ahead, behind = (coming - here).days, (here - past).days
    if direction == "future":
        return coming
    if direction == "past":
        return coming if ahead <= _NEXT_DAYS else past
    return coming if ahead < min(behind, 2 * _SOON) else past


def year_for_month(month: int, anchor: Anchor) -> int | None:
    """The year of a month named alone, seen from publication; the running month counts as past and as coming."""
    here = anchor.published
    if here is None:
        return None
    if month == here.month:
        return here.year
    past = here.year if month < here.month else here.year - 1
    direction = anchor.direction()
    ahead = (month - here.month) % 12
    nearer = direction == "unknown" and _CLEARLY * ahead < 12 - ahead
    return past + 1 if direction == "future" or nearer else past


def fitting_year(year: int | None, month: int, day: int, anchor: Anchor) -> int | None:
    """The year in which the text named the day or month before, unless the verb speaks against it."""
    here = anchor.published
    if year is None or here is None:
        return year
    named = (year, month, day) if day else (year, month)
    now = (here.year, here.month, here.day) if day else (here.year, here.month)
    direction = anchor.direction()
    against = (direction == "future" and named < now) or (direction == "past" and named > now)
    return None if against else year


def named_before(month: int, day: int, anchor: Anchor) -> date | None:
    year = fitting_year(anchor.named.get((month, day)), month, day, anchor)
    return make_day(year, month, day) if year else None


IN_YEAR = r"(?:(?P<rel>last|this|next|that|the same|the previous|the following) year)"


YEAR_TAIL = rf"(?:(?:,? (?:of )?| in (?=\d))(?:(?P<y>{w.YEAR})(?![\w%]|,\d|\.\d)|{IN_YEAR}))?"


PART = (
    r"(?:(?P<part>(?:early|late|mid|the (?:beginning|start|end|middle|close) of|(?:beginning|end|middle) "
    r"of))(?:-| )(?:in )?)?"
)


SHORT_YEAR = r"(?:['’](?P<yy>\d\d))"
