"""Named days: fixed ones, the n-th weekday of a month, and those that move with Easter.

Easter by the anonymous Gregorian algorithm (Meeus 1991, Astronomical Algorithms, ch. 8).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import Resolved, day_value, week_value
from dragoman.read.dates._years import stated_year


def easter(year: int) -> date:
    """Western Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moved = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * moved) // 433
    month = (h + moved - 7 * m + 90) // 25
    return date(year, month, (h + moved - 7 * m + 33 * month + 19) % 32)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` weekday (ISO number) of a month; -1 for the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=(after.isoweekday() - weekday - 1) % 7 + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, plus: int = 0) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) + timedelta(days=plus)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "new year's": _fixed(1, 1),
    "new year": _fixed(1, 1),
    "valentine's day": _fixed(2, 14),
    "st. patrick's day": _fixed(3, 17),
    "april fools' day": _fixed(4, 1),
    "may day": _fixed(5, 1),
    "victory day": _fixed(5, 9),
    "bastille day": _fixed(7, 14),
    "halloween": _fixed(10, 31),
    "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "international women's day": _fixed(3, 8),
    "earth day": _fixed(4, 22),
    "flag day": _fixed(6, 14),
    "independence day": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "remembrance day": _fixed(11, 11),
    "all saints' day": _fixed(11, 1),
    "epiphany": _fixed(1, 6),
    "groundhog day": _fixed(2, 2),
    "cinco de mayo": _fixed(5, 5),
    "juneteenth": _fixed(6, 19),
    "martin luther king day": _nth(1, 1, 3),
    "martin luther king jr. day": _nth(1, 1, 3),
    "mlk day": _nth(1, 1, 3),
    "presidents' day": _nth(2, 1, 3),
    "presidents day": _nth(2, 1, 3),
    "washington's birthday": _nth(2, 1, 3),
    "memorial day": _nth(5, 1, -1),
    "labor day": _nth(9, 1, 1),
    "columbus day": _nth(10, 1, 2),
    "mother's day": _nth(5, 7, 2),
    "father's day": _nth(6, 7, 3),
    "election day": _nth(11, 1, 1, 1),
    "thanksgiving day": _nth(11, 4, 4),
    "thanksgiving": _nth(11, 4, 4),
    "thanksgiving eve": _nth(11, 4, 4, -1),
    "black friday": _nth(11, 4, 4, 1),
    "cyber monday": _nth(11, 4, 4, 4),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter": _from_easter(0),
    "ascension day": _from_easter(39),
    "pentecost": _from_easter(49),
    "whit monday": _from_easter(50),
    "mardi gras": _from_easter(-47),
    "inauguration day": _fixed(1, 20),
}

NAMES = "|".join(
    re.escape(name).replace("'", "['’]?").replace(r"\ ", " ") for name in sorted(HOLIDAYS, key=len, reverse=True)
)


_OTHER_CALENDAR = re.compile(
    r"(?i)\b(?:lunar|chinese|jewish|persian|iranian|islamic|muslim|tibetan|thai|khmer|vietnamese|korean|orthodox|russian|"
    r"coptic|buddhist|hindu|serbian|ethiopian)\s+$"
)


def _holiday(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if re.match(r"\s(?:Island|Rising|Offensive|Bunny)", anchor.after) or _OTHER_CALENDAR.search(anchor.before):
        return None
    name = re.sub(r"\s+", " ", match["h"].lower().replace("’", "'"))
    rule = HOLIDAYS.get(name) or HOLIDAYS.get(_KEYS.get(name.replace("'", ""), ""))
    if rule is None:
        return None
    year = stated_year(match, anchor)
    if year is not None:
        return Resolved(value=day_value(rule(year)) if 1583 <= year <= 9998 else None)
    if anchor.published is None:
        return Resolved(value=None)
    day = _nearest(rule, match, anchor, anchor.published)
    return Resolved(value=week_value(day) if match["w"] else day_value(day))


_KEYS = {name.replace("'", ""): name for name in HOLIDAYS}


def _nearest(rule: Callable[[int], date], match: re.Match[str], anchor: Anchor, here: date) -> date:
    days = [rule(year) for year in (here.year - 1, here.year, here.year + 1)]
    past = max(day for day in days if day <= here)
    coming = min(day for day in days if day >= here)
    relation = (match["side"] or "").lower().split()
    if relation and relation[-1] in {"last", "past"}:
        return max(day for day in days if day < here)
    if relation and relation[-1] in {"next", "coming"}:
        return min(day for day in days if day > here)
    direction = anchor.direction()
    if direction == "unknown" or relation:
        return coming if (coming - here).days < (here - past).days else past
    if direction == "past" and (here - past).days > 300 and (coming - here).days < 30:
        return coming
    return past if direction == "past" else coming


def _attacks(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The attacks of 11 September 2001, which news after them names by month and day alone."""
    del match
    day = date(2001, 9, 11)
    if anchor.published is not None and anchor.published < day:
        return None
    return Resolved(value=day_value(day))


FIXED_RULES = (
    Rule(
        "9/11",
        r"9/11(?![\d/])|Sept(?:ember|\.)? 11(?:th)?(?= (?:terror|attack|hijack|memorial|anniversary|bombing))",
        _attacks,
    ),
)

RULES = (
    Rule(
        "holiday",
        (
            rf"(?:(?P<side>last|this|this past|next|this coming) )?(?P<h>(?:{NAMES}))(?P<w> week)?(?:,? (?:of "
            rf"|in )?(?:(?P<y>{w.YEAR})|(?:(?P<rel>last|this|next) year)))?(?!\w)"
        ),
        _holiday,
    ),
)
