"""TIMEX3 values: building them from the calendar, and the interval of days that each covers.

A value is as in TIMEX3 (ISO-TimeML, ISO 24617-1): ``2018-06-12``, ``2018-06``,
``2018``, ``2018-W24``, ``2018-W24-WE``, ``2018-Q2``, ``2018-H1``, ``2018-SU``,
``199X`` for a decade, ``19XX`` for a century, ``P2M`` for a length, and
``PAST_REF``, ``PRESENT_REF``, ``FUTURE_REF`` where the words stay vague.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.read.findings import DateKind, Precision

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SHAPES: tuple[tuple[str, Precision], ...] = (
    (r"\d{4}-\d\d-\d\dT.+", "time"),
    (r"\d{4}-\d\d-\d\d", "day"),
    (r"\d{4}-W\d\d(?:-WE)?", "week"),
    (r"\d{4}-\d\d", "month"),
    (r"\d{4}-Q\d", "quarter"),
    (r"\d{4}-H\d", "half"),
    (r"\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"(?:FY)?\d{4}", "year"),
    (r"\d{3}X", "decade"),
    (r"\d\dXX", "century"),
)
_PRECISIONS = tuple((re.compile(pattern), precision) for pattern, precision in _SHAPES)
_LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?|X)([A-Z]+)")
_LENGTH_PRECISION: dict[str, Precision] = {
    "D": "day", "W": "week", "WE": "week", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade", "CE": "century",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """What a time expression means.

    ``part`` narrows a month, year or decade to its first half, its middle or its second half
    (``early``, ``mid``, ``late``), a year also to four months (``start``, ``end``).
    ``first`` and ``last`` are the days, ISO, between which it lies where the value alone does not say so ("the past
    three weeks").
    """

    value: str | None
    kind: DateKind = "DATE"
    part: str | None = None
    first: str | None = None
    last: str | None = None


def day_value(day: date) -> str:
    """``2018-06-12``."""
    return day.isoformat()


def week_value(day: date) -> str:
    """``2018-W24``: the ISO week of the day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_value(year: int, month: int) -> str:
    """``2018-06``."""
    return f"{year:04d}-{month:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """``2018-Q2``."""
    return f"{year:04d}-Q{quarter}"


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """``day`` moved by ``days``; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(year: int, month: int, months: int) -> tuple[int, int] | None:
    """A month moved by ``months``; None beyond the years 1 to 9999."""
    count = year * 12 + month - 1 + months
    return (count // 12, count % 12 + 1) if 12 <= count < 120000 else None


def precision_of(value: str | None) -> Precision:
    """The size of what a value names; ``vague`` where it names nothing definite."""
    if value is None:
        return "vague"
    for pattern, precision in _PRECISIONS:
        if pattern.fullmatch(value):
            return precision
    length = _LENGTH.fullmatch(value)
    if length and length[2] != "X":
        return "time" if length[1] else _LENGTH_PRECISION.get(length[3], "vague")
    return "vague"


def interval(value: str | None, part: str | None = None) -> tuple[date, date] | None:
    """First and last day that a value covers; None for lengths, sets and whatever is not fixed."""
    precision = precision_of(value)
    if value is None or precision == "vague" or value.startswith(("P", "FY")):
        return None
    bounds = _BOUNDS[precision](value)
    return _narrow(bounds, part) if bounds and part else bounds


def _narrow(bounds: tuple[date, date], part: str) -> tuple[date, date]:
    first, last = bounds
    days = (last - first).days + 1
    if part == "mid" and first.day == 1 and first.month == last.month:
        return first.replace(day=10), first.replace(day=20)
    if part == "mid":
        return first + timedelta(days=round(days / 3)), first + timedelta(days=round(2 * days / 3) - 1)
    if part in {"start", "end"} and first.month == 1 and last.month == 12:
        return (first, date(first.year, 4, 30)) if part == "start" else (date(last.year, 9, 1), last)
    middle = _second_half(first, last, days)
    return (first, middle - timedelta(days=1)) if part in {"early", "start"} else (middle, last)


def _second_half(first: date, last: date, days: int) -> date:
    """Where the second half begins: whole months of a year, the 16th of a month, Thursday of a week."""
    if first.day == 1 and last.year > first.year:
        return date((first.year + last.year + 1) // 2, 1, 1)
    if first.day == 1 and first.month == 1 and last.month == 12:
        return date(first.year, 7, 1)
    if first.day == 1 and first.month == last.month:
        return date(first.year, first.month, 16)
    return first + timedelta(days=days // 2)


def _of_day(value: str) -> tuple[date, date] | None:
    day = make_day(int(value[:4]), int(value[5:7]), int(value[8:10]))
    return (day, day) if day else None


def _of_week(value: str) -> tuple[date, date] | None:
    first = 6 if value.endswith("WE") else 1
    try:
        return (
            date.fromisocalendar(int(value[:4]), int(value[6:8]), first),
            date.fromisocalendar(int(value[:4]), int(value[6:8]), 7),
        )
    except (ValueError, OverflowError):
        return None


def months_from(year: int, month: int, count: int) -> tuple[date, date] | None:
    """First and last day of ``count`` months."""
    end = shift_months(year, month, count - 1)
    if end is None or not (1 <= month <= 12 and 1 <= year <= 9999 and end[0] <= 9999):
        return None
    return date(year, month, 1), date(end[0], end[1], monthrange(*end)[1])


def _of_decade(value: str) -> tuple[date, date] | None:
    return months_from(int(value[:3]) * 10, 1, 120) if value[:3] != "000" else None


def _of_century(value: str) -> tuple[date, date] | None:
    return months_from(int(value[:2]) * 100, 1, 1200) if value[:2] != "00" else None


_BOUNDS = {
    "time": _of_day,
    "day": _of_day,
    "week": _of_week,
    "month": lambda value: months_from(int(value[:4]), int(value[5:]), 1),
    "quarter": lambda value: months_from(int(value[:4]), 3 * int(value[6]) - 2, 3),
    "half": lambda value: months_from(int(value[:4]), 6 * int(value[6]) - 5, 6),
    "season": lambda value: months_from(int(value[:4]), SEASON_MONTHS[value[5:]], 3),
    "year": lambda value: months_from(int(value), 1, 12),
    "decade": _of_decade,
    "century": _of_century,
}
