"""The third week of May, the first Friday of next month, the last day of the year.

A week belongs to the month and the year in which its Thursday lies (ISO 8601).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._values import Resolved, day_value, month_value, quarter_value, shift_months, week_value


def ordinal_of(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The n-th day, week, weekday ... of a month or year."""
    period = _period(match, anchor)
    if period is None:
        return None
    first, last = period
    word = match["n"].lower()
    number = -1 if word in {"last", "final"} else w.ordinal_number(word)
    value = (
        _weekday(first, last, w.weekday_number(match["wd"]), number)
        if match["wd"]
        else _piece(first, last, match["u"].lower(), number)
    )
    return None if value is None else Resolved(value=value)


def _period(match: re.Match[str], anchor: Anchor) -> tuple[date, date] | None:
    from dragoman.read.dates._years import year_for_month

    if match["m"]:
        month = w.month_number(match["m"])
        year = int(match["y"]) if match["y"] else year_for_month(month, anchor)
        return None if year is None else _month(year, month)
    if match["y2"]:
        return date(int(match["y2"]), 1, 1), date(int(match["y2"]), 12, 31)
    here = anchor.published
    if here is None:
        return None
    step = {"last": -1, "previous": -1, "next": 1}.get(match["r"].lower(), 0)
    if match["ru"].lower() == "year":
        return date(here.year + step, 1, 1), date(here.year + step, 12, 31)
    moved = shift_months(here.year, here.month, step)
    return _month(*moved) if moved else None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _weekday(first: date, last: date, weekday: int, number: int) -> str | None:
    found = _nth_day(first, last, weekday, number)
    return day_value(found) if found else None


def _nth_day(first: date, last: date, weekday: int, number: int) -> date | None:
    """The n-th day of that ISO number between two days; counted from the end where ``number`` is negative."""
    if number < 0:
        found = last - timedelta(days=(last.isoweekday() - weekday) % 7)
    else:
        found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    return found if first <= found <= last else None


def _piece(first: date, last: date, unit: str, number: int) -> str | None:
    if unit == "month":
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        place = months if number < 0 else number
        return month_value(first.year, place) if months == 12 and place <= 12 else None
    if unit == "quarter":
        return quarter_value(first.year, 4 if number < 0 else number) if number <= 4 else None
    if unit == "day":
        found = last if number < 0 else first + timedelta(days=number - 1)
        return day_value(found) if found <= last else None
    if unit == "weekend":
        saturday = _nth_day(first, last, 6, number)
        return f"{week_value(saturday)}-WE" if saturday else None
    thursday = _nth_day(first, last, 4, number)
    return week_value(thursday) if thursday else None
