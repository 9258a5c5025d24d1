"""Days that are named: 12 June 2018, Tuesday, June 12, May 31, 2018-06-12, the 12th."""

from __future__ import annotations

import re
from datetime import date

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    Resolved,
    day_value,
    make_day,
    shift_months,
)
from dragoman.read.dates._years import (
    YEAR_TAIL,
    named_before,
    stated_year,
    year_for_day,
)


def _iso(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    clock = match["t"]
    return Resolved(value=f"{day_value(day)}T{clock}" if clock else day_value(day), kind="TIME" if clock else "DATE")


def _slashes(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    if year is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    if match.group()[match.start("b") - match.start() - 1] != match.group()[match.end("b") - match.start()]:
        return None
    order = ((second, first), (first, second)) if match["sep"] == "." else ((first, second), (second, first))
    days = (make_day(year, month, day) for month, day in order)
    found = next((day for day in days if day), None)
    return Resolved(value=day_value(found)) if found else None


_NTH = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<d>[0-3]?\d){_NTH}(?!\d|[:.,]\d|s\b| ?%| (?:percent|million|billion|people|men|women|points)\b)"


def _is_verb(match: re.Match[str], anchor: Anchor) -> bool:
    """Whether "may 10" or "march 10" in small letters goes on as a verb does."""
    plain = match["m"] in {"may", "march", "mar"} and match.end() == match.end("d")
    return plain and re.match(r"\s*(?:[.,;:!?)]|$)", anchor.after) is None


def _on_weekday(match: re.Match[str], month: int, day: int, anchor: Anchor) -> date | None:
    """The year in which the day falls on the weekday named with it, nearest to publication."""
    weekday, here = match.groupdict().get("wd"), anchor.published
    if not weekday or here is None:
        return None
    years = (here.year, here.year - 1, here.year + 1)
    days = [found for year in years if (found := make_day(year, month, day))]
    fitting = [found for found in days if found.isoweekday() == w.weekday_number(weekday)]
    return min(fitting, key=lambda found: abs(found - here), default=None)


def _day_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    month, day = w.month_number(match["m"]), int(match["d"])
    if not 1 <= day <= 31 or _is_verb(match, anchor):
        return None
    year = stated_year(match, anchor) or _year_behind(month, anchor)
    if year is not None:
        found = make_day(year, month, day)
        return Resolved(value=day_value(found)) if found else None
    if make_day(2000, month, day) is None:
        return None
    found = (
        _beside_today(month, day, anchor)
        or _on_weekday(match, month, day, anchor)
        or named_before(month, day, anchor)
        or year_for_day(month, day, anchor)
    )
    return Resolved(value=day_value(found) if found else f"XXXX-{month:02d}-{day:02d}")


def _beside_today(month: int, day: int, anchor: Anchor) -> date | None:
    """What "next June 30" and "last June 30" name."""
    said, here = _SIDE.search(anchor.before), anchor.published
    if said is None or here is None:
        return None
    days = [found for year in range(here.year - 1, here.year + 2) if (found := make_day(year, month, day))]
    if said[1].lower() == "next":
        return min((found for found in days if found > here), default=None)
    return max((found for found in days if found < here), default=None)


_SIDE = re.compile(r"(?i)\b(next|last)\s+$")


def _year_behind(month: int, anchor: Anchor) -> int | None:
    """The year that stands behind the second of two days ("Nov. 18 to Dec. 19, 2015")."""
    match = _TO_FULL_DAY.match(anchor.after)
    if match is None:
        return None
    return int(match["y"]) - (w.month_number(match["m"]) < month)


_TO_FULL_DAY = re.compile(
    rf"(?i)\s*(?:[-–]|to|through|until|and)\s*(?P<m>{w.MONTH})\s+\d{{1,2}},?\s(?P<y>{w.YEAR})(?!\d)"
)


def _nth_of_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The day of last, this or next month."""
    here = anchor.published
    step = {"last": -1, "next": 1}.get(match["r"].lower(), 0)
    month = shift_months(here.year, here.month, step) if here else None
    found = make_day(*month, w.ordinal_number(match["o"])) if month else None
    return Resolved(value=day_value(found)) if found else None


def _days_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The days from the first to the second of one month."""
    last = _day_month(match, anchor)
    if last is None or last.value is None or not 1 <= int(match["first"]) < int(match["d"]):
        return None
    first = f"{last.value[:8]}{int(match['first']):02d}"
    return Resolved(value=first, last=None if first.startswith("X") else last.value)


def _weekday_nth(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The nearest month in which that day falls on that weekday."""
    day = int(match["d"][:-2]) if match["d"] else w.ordinal_number(match["o"])
    here = anchor.published
    if here is None:
        return None
    months = (shift_months(here.year, here.month, step) for step in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))
    days = (make_day(*month, day) for month in months if month)
    number = w.weekday_number(match["wd"])
    found = next((day for day in days if day and day.isoweekday() == number), None)
    return Resolved(value=day_value(found)) if found else None


def _ordinal_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    month, day = w.month_number(match["m"]), w.ordinal_number(match["o"])
    if match["m"] in {"may", "march"} and match.start("m") == match.start():
        return None
    year = stated_year(match, anchor)
    found = make_day(year, month, day) if year else year_for_day(month, day, anchor) if day <= 31 else None
    if found is not None:
        return Resolved(value=day_value(found))
    return Resolved(value=f"XXXX-{month:02d}-{day:02d}") if anchor.published is None and day <= 31 else None


def _ordinal_day(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    day = w.ordinal_number(match["d"])
    here = anchor.focus_month or ((anchor.published.year, anchor.published.month) if anchor.published else None)
    found = make_day(*here, day) if here and day <= 31 else None
    return Resolved(value=day_value(found)) if found else None


# "Thursday, the first visit" is no day of a month: what follows one is no noun.
_NO_NOUN = r"(?! (?!(?:of|at|and|in|to|for|when|or|from|before|after|until|as|through|by|with|the|a)\b)[a-z])"

RULES = (
    Rule("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?Z?)?", _iso),
    Rule(
        "slashes",
        r"(?P<a>[0-3]?\d)(?P<sep>[/.-])(?P<b>[0-3]?\d)(?P=sep)(?P<y>\d{4}|\d\d)(?![\d/.-]\d)".replace(
            "(?P=sep)", "[/.-]"
        ),
        _slashes,
    ),
    Rule("weekday, month day", rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:the )?(?P<m>{w.MONTH}) {_DAY}{YEAR_TAIL}", _day_month),
    Rule(
        "weekday, day month",
        rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:the )?(?P<d>[0-3]?\d){_NTH}(?: of)? (?P<m>{w.MONTH}){YEAR_TAIL}",
        _day_month,
    ),
    Rule(
        "weekday the nth",
        (
            rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:(?:the )?(?P<d>[0-3]?\d(?:st|nd|rd|th))|the "
            rf"(?P<o>{w.ORDINAL_WORD}))(?! (?:of )?{w.MONTH}){_NO_NOUN}"
        ),
        _weekday_nth,
    ),
    Rule(
        "days month",
        (
            rf"(?P<first>[0-3]?\d){_NTH}(?: ?[-–] ?| (?:and|or|to|till|until|through) )(?P<d>[0-3]?\d){_NTH} (?:of )?"
            rf"(?P<m>{w.MONTH}){YEAR_TAIL}"
        ),
        _days_month,
    ),
    Rule("month day", rf"(?P<m>{w.MONTH}) ?(?:the )?{_DAY}{YEAR_TAIL}", _day_month),
    Rule(
        "day month",
        rf"(?:(?:the) )?(?P<d>[0-3]?\d)(?:{_NTH}|\.)(?: of |-| )(?P<m>{w.MONTH})(?:-(?P<yy>\d\d)\b)?{YEAR_TAIL}",
        _day_month,
    ),
    Rule("year month day", rf"(?P<y>{w.YEAR})[ /-](?P<m>{w.MONTH})[ /-](?P<d>\d{{1,2}})(?!\d)", _day_month),
    Rule("dashed day", rf"(?P<d>[0-3]?\d)[/-](?P<m>{w.MONTH})[/-](?P<y>{w.YEAR}|\d\d)(?!\d)", _day_month),
    Rule("dashed month", rf"(?P<m>{w.MONTH})[-/](?P<d>[0-3]?\d)[-/,] ?(?P<y>{w.YEAR})(?!\d)", _day_month),
    Rule("ordinal month", rf"(?:the )?(?P<o>{w.ORDINAL})(?: day)? of (?P<m>{w.MONTH}){YEAR_TAIL}", _ordinal_month),
    Rule("nth of month", rf"(?:the )?(?P<o>{w.ORDINAL}) of (?P<r>last|this|next|the) month(?![\w-])", _nth_of_month),
    Rule("month ordinal", rf"(?P<m>{w.MONTH}),? (?:the )?(?P<o>{w.ORDINAL_WORD}){YEAR_TAIL}", _ordinal_month),
    Rule("compact", r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<t>)(?!\d)", _iso),
)

LATE_RULES = (
    Rule("ordinal day", r"(?:(?:the) )(?P<d>\d{1,2}(?:st|nd|rd|th))(?= ?(?:[,.;:]|$|at\b|and\b|to\b))", _ordinal_day),
)
