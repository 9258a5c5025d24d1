"""Expressions said from the day of publication: today, last week, two months ago, next spring, the weekend."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._ordinals import ordinal_of
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    SEASON_MONTHS,
    Resolved,
    day_value,
    interval,
    make_day,
    month_value,
    quarter_value,
    shift_days,
    shift_months,
    week_value,
)
from dragoman.read.dates._weekdays import NEXT_WORDS, PAST_WORDS, with_part
from dragoman.read.dates._years import (
    part_of,
    year_for_day,
    year_for_month,
)

_DEICTIC = (
    ("day before yesterday", -2), ("day after tomorrow", 2), ("yesterday", -1), ("last", -1), ("tomorrow", 1),
    ("today", 0), ("tonight", 0), ("this", 0), ("overnight", 0),
)  # fmt: skip


_GENERIC_TODAY = re.compile(
    r"(?i)today['’]s\s+(?:\w+\s+)?(?:youth|young|world|generations?|children|kids|society|standards|technology|"
    r"climate|environment)\b"
)


def _deictic_day(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if anchor.in_a_name(match.group()) or _GENERIC_TODAY.match(match.group() + anchor.after):
        return None
    if anchor.published is None:
        return Resolved(value=None)
    words = re.sub(r"\s+", " ", match.group().lower())
    step = next(step for sign, step in _DEICTIC if sign in words)
    day = shift_days(anchor.published, step)
    return with_part(day, match.groupdict().get("dp")) if day else Resolved(value=None)


AMOUNT = rf"(?P<n>{w.NUMBER}|{w.VAGUE_NUMBER}|(?:a|an|another|one))"


APPROX = (
    r"(?:(?:more than|less than|fewer than|at least|at most|no more than|not more than|no less than|up "
    r"to|almost|nearly|about|"
    r"around|roughly|approximately|over|under|just over|just under|well over|an estimated|some|only|just) )?"
)


def shifted(here: date, unit: str, step: int) -> str | None:
    """The value of the day, week, month ... that lies ``step`` units from the one that holds ``here``."""
    if unit in {"TS", "TM", "TH"}:
        return day_value(here)
    if unit in {"D", "W", "WE", "F"}:
        day = shift_days(here, step * {"D": 1, "F": 14}.get(unit, 7))
        if day is None:
            return None
        week = week_value(day)
        return day_value(day) if unit == "D" else f"{week}-WE" if unit == "WE" else week
    if unit in {"M", "Q"}:
        month = shift_months(here.year, here.month, step * (3 if unit == "Q" else 1))
        if month is None:
            return None
        return month_value(*month) if unit == "M" else quarter_value(month[0], (month[1] + 2) // 3)
    year = here.year + step * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}.get(unit, 25)
    if not 100 <= year <= 9999:
        return None
    return {"DE": f"{year // 10:03d}X", "CE": f"{year // 100:02d}XX"}.get(unit, f"{year:04d}")


def ago(here: date, number: float, unit: str, sign: int = -1) -> str | None:
    """The value of "N units ago" (or from now, with ``sign`` 1), as fine as the unit says."""
    if unit in {"TS", "TM", "TH"}:
        return day_value(here)
    if unit in {"DE", "CE", "GE", "ML"}:
        year = here.year + sign * round(number * {"DE": 10, "CE": 100, "GE": 25, "ML": 1000}[unit])
        return f"{year:04d}" if 1 <= year <= 9999 else None
    if unit == "Y" and number != int(number):
        month = shift_months(here.year, here.month, sign * round(12 * number))
        return month_value(*month) if month else None
    return shifted(here, unit, sign * round(number))


def _ago(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    number = 0.5 if "half" in match["n"].lower().split() else w.cardinal_number(match["n"])
    unit = w.unit_code(match["u"])
    if number is None:
        return Resolved(value="PAST_REF")
    if anchor.published is None:
        return Resolved(value=None)
    return Resolved(value=ago(anchor.published, number, unit))


def _from_now(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    number = w.cardinal_number(match["n"])
    if number is None:
        return Resolved(value="FUTURE_REF")
    if anchor.published is None:
        return Resolved(value=None)
    return Resolved(value=ago(anchor.published, number, w.unit_code(match["u"]), 1))


def _after_next(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    return Resolved(value=shifted(anchor.published, w.unit_code(match["u"]), 2) if anchor.published else None)


def _week_of(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    month, day = w.month_number(match["m"]), int(match["d"])
    found = year_for_day(month, day, anchor) if 1 <= day <= 31 else None
    return Resolved(value=week_value(found) if found else None)


def _weekend(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    here = anchor.published
    if here is None:
        return Resolved(value=None)
    relation = (match["rel"] or "").lower().split()
    week = here - timedelta(days=here.isoweekday() - 1)
    word = relation[-1] if relation else ""
    if word in {"last", "past", "previous"}:
        step = -1
    elif word in {"next", "following"}:
        step = 1
    elif word in {"this", "coming"}:
        step = 0
    elif word == "that":
        step, here = 0, _focus_date(anchor) or here
        week = here - timedelta(days=here.isoweekday() - 1)
    else:
        step = 0 if here.isoweekday() >= 5 or anchor.direction() == "future" else -1
    day = shift_days(week, 7 * step)
    return Resolved(value=f"{week_value(day)}-WE" if day else None)


def _focus_date(anchor: Anchor) -> date | None:
    if anchor.focus_day:
        return anchor.focus_day
    if anchor.focus_month:
        return date(*anchor.focus_month, 1)
    return date(anchor.focus_year, 1, 1) if anchor.focus_year else anchor.published


_RUNNING_LENGTHS = {"W": "P1W", "M": "P1M", "Y": "P1Y", "DE": "P10Y"}


def _relative_unit(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    relation = re.sub(r"\s+", " ", match["rel"].lower())
    unit = w.unit_code(match["u"])
    if relation in {"that", "same", "the same", "that same"}:
        step, here = 0, _focus_date(anchor)
    elif relation in {"previous", "following", "preceding", "prior"} and anchor.focus is not None:
        step, here = (1 if relation == "following" else -1), _focus_date(anchor)
    else:
        step = -1 if relation in PAST_WORDS | {"prior", "preceding", "latest"} else 1 if relation in NEXT_WORDS else 0
        here = anchor.published
    if here is None:
        return Resolved(value=None)
    if unit == "D" and relation in {"past", "this past", "coming", "this coming", "last", "upcoming"}:
        return Resolved(value="P1D", kind="DURATION")
    if relation == "past" and unit in _RUNNING_LENGTHS:
        begin = moved(here, 1, unit, -1)
        return Resolved(
            value=_RUNNING_LENGTHS[unit],
            kind="DURATION",
            first=begin.isoformat() if begin else None,
            last=here.isoformat() if begin else None,
        )
    if unit == "F":
        other = shift_days(here, 14 * step)
        days = sorted((here, other)) if other and step else []
        first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
        return Resolved(value="P2W", kind="DURATION", first=first, last=last)
    value = shifted(here, unit, step)
    if match["fy"] and unit == "Y" and value is not None:
        return Resolved(value=f"FY{value}")
    return _in_unit(match, value, here)


def _in_unit(match: re.Match[str], value: str | None, here: date) -> Resolved:
    """A unit or its part: "later this year", "the rest of the week" begin ``here``, "earlier this month" ends so."""
    words = (match.groupdict().get("part") or "").lower()
    bounds = interval(value)
    if bounds is None or not bounds[0] <= here <= bounds[1]:
        return Resolved(value=value, part=part_of(match))
    if any(word in words for word in ("later", "rest", "remainder")):
        return Resolved(value=value, first=here.isoformat())
    if "earlier" in words:
        return Resolved(value=value, last=here.isoformat())
    return Resolved(value=value, part=part_of(match))


def month_after(here: date, month: int, length: int) -> bool:
    """Whether ``here`` lies past the ``length`` months from ``month`` on in its own year."""
    return here.month >= month + length


def _season(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if re.match(r"\s+[A-Z][a-z]", anchor.after):
        return None
    code = w.season_code(match["s"])
    here = anchor.published
    if here is None:
        return Resolved(value=f"XXXX-{code}", part=part_of(match))
    relation = (match["rel"] or "").lower().split()
    word = relation[-1] if relation else ""
    month = SEASON_MONTHS[code]
    if word in {"last", "past", "previous"}:
        ended = month_after(here, month, 3)
        year = here.year if ended else here.year - 1
    elif word in {"next", "coming", "following"}:
        year = here.year if here.month < month else here.year + 1
    elif word == "this":
        year = here.year
    else:
        year = year_for_month(month, anchor) or here.year
    return Resolved(value=f"{year:04d}-{code}", part=part_of(match))


_OF_UNIT = (
    r"(?:(?P<part>(?:(?:the )?(?:beginning|start|end|middle|close|rest|remainder|course)) "
    r"of|(?:early|earlier|late|later|mid)) (?:in )?)?"
)


def _running(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    here = anchor.published
    if here is None:
        return Resolved(value=None)
    return _in_unit(match, shifted(here, w.unit_code(match["u"]), 0), here)


def moved(here: date, number: float, unit: str, sign: int) -> date | None:
    """``here`` moved by whole days, weeks, months or years; None for other units and beyond the calendar."""
    days = {"D": 1, "W": 7, "F": 14, "WE": 7}.get(unit)
    if days:
        return shift_days(here, sign * round(number * days))
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    target = shift_months(here.year, here.month, sign * round(number * months)) if months else None
    if target is None:
        return None
    return make_day(*target, min(here.day, monthrange(*target)[1]))


FIRST_RULES = (
    Rule(
        "deictic day",
        (
            rf"(?:the day before yesterday|the day after tomorrow|yesterday|tomorrow|"
            rf"today)(?:['’]s)?(?: (?P<dp>{w.PART})\b)?"
        ),
        _deictic_day,
    ),
    Rule(
        "ordinal of",
        rf"(?:the )?(?P<n>{w.ORDINAL}|last|final) (?:(?P<wd>{w.WEEKDAY})|(?P<u>week|month|day|weekend|"
        rf"quarter)) "
        rf"(?:of |in |(?=(?:last|this|next) (?:month|year)))(?:(?P<m>{w.MONTH})(?:,? (?P<y>{w.YEAR})(?!\w))?|"
        rf"(?P<y2>{w.YEAR})(?!\w)|(?:the "
        rf")?(?P<r>last|previous|this|next|the) (?P<ru>month|year))",
        ordinal_of,
    ),
    Rule(
        "ago",
        (
            rf"{APPROX}(?P<n>{w.NUMBER}|{w.VAGUE_NUMBER}|(?:a )?half(?: an?)?|(?:a|an|another|one))"
            rf"(?: (?:(?:more|long|full|short|or so) )?|-)(?P<u>{w.UNIT}) (?:or so )?(?:ago|"
            rf"back)\b(?! to\b| into\b| in\b)"
        ),
        _ago,
    ),
    Rule(
        "year-ago",
        r"(?P<n>(?:a )?)(?:year)-(?:ago|earlier)(?P<u>)",
        lambda _m, a: Resolved(value=f"{a.published.year - 1:04d}" if a.published else None),
    ),
    Rule("from now", rf"{APPROX}{AMOUNT} (?P<u>{w.UNIT}) (?:from (?:now|today)|hence)", _from_now),
    Rule("year after next", r"the (?P<u>week|month|year) after (?:the )?next", _after_next),
)

RULES = (
    Rule("tonight", r"(?:tonight|overnight)", _deictic_day),
    Rule("last night", r"(?:late |early )?last (?:night|evening)", _deictic_day),
    Rule(
        "this morning",
        (r"(?:late |early |later |earlier )?(?:this) (?P<dp>(?:morning|afternoon|evening))"),
        _deictic_day,
    ),
    Rule(
        "week of",
        rf"(?:the )?week (?:of|beginning|starting|commencing)(?: on)? (?P<m>{w.MONTH}) (?P<d>\d{{1,2}})\b",
        _week_of,
    ),
    Rule(
        "weekend",
        (
            r"(?:(?:the )?(?P<rel>last|next|this past|this coming|this|that|past|coming|previous|following) "
            r"|(?:the) )(?:weekend)"
        ),
        _weekend,
    ),
    Rule(
        "relative unit",
        r"(?:(?P<part>(?:early|earlier|late|later|mid|the (?:beginning|end|start|middle|rest|remainder) "
        r"of|(?:beginning|end|start|middle) of)) )?"
        r"(?:the )?(?P<rel>(?:last|next|this past|this coming|this|past|coming|current|previous|following|"
        r"upcoming|preceding|prior|that same|that|same|latest(?= (?:fiscal )?(?:quarter|month|week|year)))) "
        r"(?P<fy>fiscal )?(?:working )?(?P<u>day|week|fortnight|month|quarter|year|decade|century)(?![\w-])",
        _relative_unit,
    ),
    Rule(
        "relative season",
        (
            rf"(?P<part>early |late |mid)?(?:(?:the )?(?P<rel>(?:last|next|this past|this "
            rf"coming|this|past|coming|previous|following)) )(?P<s>{w.SEASON})\b"
        ),
        _season,
    ),
    Rule(
        "season",
        (
            rf"(?:(?P<part>(?:early|late|mid)-? ?)|(?<=[Ii]n\x20)|(?<=[Bb]y\x20)|(?:the "
            rf"))(?P<rel>)(?P<s>{w.SEASON})\b(?! (?:of|from|in) (?!\d)|['’])"
        ),
        _season,
    ),
    Rule("running unit", rf"{_OF_UNIT}(?:the) (?P<u>year|quarter|decade|century|month|week)(?=['’]s end)", _running),
    Rule(
        "part of running unit",
        (
            r"(?P<part>(?:(?:(?:the )?(?:beginning|start|end|middle|close|rest|remainder) of)|(?:earlier|later|"
            r"early|late) "
            r"in)) (?:the) "
            r"(?P<u>year|quarter|decade|century|month|week)(?![\w-])"
        ),
        _running,
    ),
)
