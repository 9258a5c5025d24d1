"""Expressions said from the story: the day before, that same evening, two weeks later, the following year."""

from __future__ import annotations

import re

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._deictic import AMOUNT, APPROX, ago
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import Resolved, make_day, shift_days
from dragoman.read.dates._weekdays import weekday_of, with_part

_NO_CLAUSE = r"(?= ?(?:[.,;:!?)\]—–”\"]|--|$|and\b|but\b|when\b|at\b|in\b|with\b|by\b|for\b))"


def _story_day(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """One day before or after the focus, or the focus itself."""
    words = match["rel"].lower()
    here = anchor.focus_day
    if here is None:
        return Resolved(value=None)
    step = 1 if "next" in words or "following" in words or "after" in words else 0
    if "before" in words or "previous" in words or "earlier" in words or "preceding" in words:
        step = -1
    day = shift_days(here, step)
    return with_part(day, match.groupdict().get("dp")) if day else Resolved(value=None)


def _before_weekday(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if anchor.published is None:
        return Resolved(value=None)
    day = weekday_of(w.weekday_number(match["wd"]), match["rel"], anchor, anchor.published)
    found = shift_days(day, -1 if match["side"].lower() == "before" else 1)
    return Resolved(value=found.isoformat() if found else None)


def _later(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    number = w.cardinal_number(match["n"])
    unit = w.unit_code(match["u"])
    sign = -1 if match["side"].lower() in {"earlier", "before", "previously", "beforehand"} else 1
    if number is None:
        return Resolved(value="PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in {"D", "W", "F", "M"} and anchor.focus_day is not None:
        if unit in {"W", "F"}:
            day = shift_days(anchor.focus_day, sign * round(number * (7 if unit == "W" else 14)))
            return Resolved(value=day.isoformat() if day else None)
        return Resolved(value=ago(anchor.focus_day, number, unit, sign))
    if unit in {"Y", "DE"} and anchor.focus_year is not None:
        here = make_day(anchor.focus_year, 1, 1)
        return Resolved(value=ago(here, number, unit, sign) if here and number == int(number) else None)
    if unit == "M" and anchor.focus_month is not None:
        here = make_day(*anchor.focus_month, 1)
        return Resolved(value=ago(here, number, unit, sign) if here else None)
    return Resolved(value=None)


def _unit_before(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """What "the week before" and "the year after" say of the focus."""
    sign = -1 if match["side"].lower() in {"before", "earlier"} else 1
    unit = w.unit_code(match["u"])
    here = anchor.focus_day
    if here is None and anchor.focus_month is not None:
        here = make_day(*anchor.focus_month, 1)
    if here is None and anchor.focus_year is not None and unit in {"Y", "DE"}:
        here = make_day(anchor.focus_year, 1, 1)
    if here is None:
        return Resolved(value=None)
    return Resolved(value=ago(here, 1, unit, sign))


RULES = (
    Rule(
        "story day",
        r"(?:(?:earlier|later|early|late|only|just) )?"
        rf"(?P<rel>(?:(?:the )?(?:very )?(?:next|following|previous|preceding|same)|that same|that)) "
        rf"(?P<dp>(?:day|{w.PART}))(?! (?:that|when|before|after)\b)(?![\w-])",
        _story_day,
    ),
    Rule(
        "day before weekday",
        rf"(?:the )?(?:day|night) (?P<side>before|after) (?:(?P<rel>last|next) )?(?P<wd>{w.WEEKDAY})",
        _before_weekday,
    ),
    Rule(
        "the day before",
        r"(?:(?:only|just) )?(?P<rel>(?:the (?:day|night|morning|evening) (?:before|after|earlier)))(?P<dp>)(?!\w)",
        _story_day,
    ),
    Rule(
        "a day earlier",
        rf"(?P<rel>(?:(?:a|one) (?:day|night) (?:earlier|before|after|later)))(?P<dp>){_NO_CLAUSE}",
        _story_day,
    ),
    Rule(
        "the week before",
        rf"(?:the )(?P<u>week|month|year|decade) (?P<side>before|after|earlier){_NO_CLAUSE}",
        _unit_before,
    ),
    Rule(
        "later",
        (
            rf"{APPROX}{AMOUNT} (?P<u>{w.UNIT}) (?P<side>(?:later|earlier|previously|afterwards?|thereafter|"
            rf"beforehand))(?!\w)"
        ),
        _later,
    ),
    Rule("before", rf"{APPROX}{AMOUNT} (?P<u>{w.UNIT}) (?P<side>before)(?= ?[.,;]|$)", _later),
)
