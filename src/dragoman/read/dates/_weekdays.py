"""Weekdays, by the rule of news.

A bare weekday is the latest one, publication day included, unless the verb speaks
of what is to come; "last Tuesday" is the latest Tuesday before publication day;
"next Tuesday" the one of the coming week.  The weekday of tomorrow is tomorrow in
the past tense too: papers are dated a day ahead and Asia's morning is America's
evening before, whereas what happened six days ago is written "last Sunday".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    Resolved,
    day_value,
    shift_days,
)

_DAY_PART = rf"(?:['’]s)?(?: (?P<dp>{w.PART})\b)?"


_NAMED_AFTER = re.compile(
    r"\s(?:Night\s)?(?:Football|Live)\b|\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|Independent|Star|Sun)\b"
)
_NAMED_WEEKDAY = re.compile(r"\b(?:Super|Black|Bloody|Fat|Cyber|Giving|Ruby)\s$")


# What was planned for a weekday and then called off lay within this many days back, or else ahead.
_PLANNED = re.compile(r"(?i)\b(?:scheduled|due|set|slated|planned) (?:on|in|by|for) $")
_NEARER = 3


NEXT_WORDS = {"next", "coming", "following", "upcoming", "this coming"}


PAST_WORDS = {"last", "past", "previous", "preceding", "this past"}


def latest_weekday(here: date, number: int) -> date:
    """The latest day with that ISO number, ``here`` included."""
    return here - timedelta(days=(here.isoweekday() - number) % 7)


def weekday_of(number: int, relation: str | None, anchor: Anchor, here: date) -> date:
    """The day that a weekday means in the news of the day ``here``."""
    relation = (relation or "").lower()
    latest = latest_weekday(here, number)
    if relation in PAST_WORDS:
        return latest if latest < here else latest - timedelta(days=7)
    if relation == "next":
        return here - timedelta(days=here.isoweekday()) + timedelta(days=7 + number)
    if relation in NEXT_WORDS:
        return latest + timedelta(days=7)
    if relation == "this":
        return here - timedelta(days=here.isoweekday()) + timedelta(days=number)
    if latest == here:
        return latest
    if anchor.direction() == "future" or (here - latest).days == 6:
        return latest + timedelta(days=7)
    if _PLANNED.search(anchor.before) and (here - latest).days > _NEARER:
        return latest + timedelta(days=7)
    return latest


def with_part(day: date, part: str | None) -> Resolved:
    """The day; of its parts only those that are a point in time (noon, midnight) enter the value."""
    clock = w.PART_CLOCK.get((part or "").lower())
    return Resolved(value=f"{day_value(day)}T{clock}", kind="TIME") if clock else Resolved(value=day_value(day))


_WEEKS = {"last": -1, "previous": -1, "this": 0, "same": 0, "next": 1, "following": 1}
_FROM_WEEKDAY = re.compile(rf"(?i)\bfrom\s+(?:\w+\s+)?{w.WEEKDAY}\s+(?:to|through|until|till)\s+$")


def _weekday(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if _NAMED_WEEKDAY.search(anchor.before) or _NAMED_AFTER.match(anchor.after):
        return None
    number = w.weekday_number(match["wd"])
    groups = match.groupdict()
    if anchor.published is None:
        return Resolved(value=f"XXXX-WXX-{number}")
    if groups.get("week"):
        step = w.known(_WEEKS, groups["week"].lower().split()[-1])
        here = anchor.published if groups["week"].lower() in {"last", "this", "next"} else anchor.focus_day
        here = here or anchor.published
        day = here - timedelta(days=here.isoweekday()) + timedelta(days=number + 7 * step)
    elif anchor.focus_day is not None and _FROM_WEEKDAY.search(anchor.before):
        day = latest_weekday(anchor.focus_day, number) + timedelta(days=7)
    else:
        day = weekday_of(number, groups.get("rel"), anchor, anchor.published)
    return with_part(day, groups.get("dp"))


def _weeks_from(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    number = w.weekday_number(match["wd"])
    if anchor.published is None:
        return Resolved(value=f"XXXX-WXX-{number}")
    weeks = w.cardinal_number(match["n"]) if match["n"] else 1
    coming = latest_weekday(anchor.published, number) + timedelta(days=7)
    day = shift_days(coming, int(7 * (weeks or 1)))
    return Resolved(value=day_value(day) if day else None)


def _weekdays(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    return Resolved(value=f"XXXX-WXX-{w.weekday_number(match['wd'])}", kind="SET")


_REL = r"(?P<rel>(?:last|next|this past|this coming|this|past|coming|upcoming|previous|following))"


_WEEK_OF = r"(?: (?:of )?(?P<week>last|this|next|(?<=of\s)(?:the )?(?:following|previous|same)) (?:week))?"


FIRST_RULES = (
    Rule(
        "week weekday",
        rf"(?P<week>last|this|next) week,? (?:(?:(?:say|maybe|perhaps|possibly|probably|"
        rf"preferably|likely),? )?on )?(?P<wd>{w.WEEKDAY}){_DAY_PART}",
        _weekday,
    ),
    Rule(
        "weeks from weekday", rf"(?:(?P<n>{w.NUMBER}|(?:a)) weeks? (?:from|after|on) )(?P<wd>{w.WEEKDAY})", _weeks_from
    ),
    Rule("weekday week", rf"(?P<wd>{w.WEEKDAY}) (?:week|fortnight)\b(?P<n>)", _weeks_from),
    Rule("weekdays", rf"(?:(?:on|every) )?(?P<wd>{'|'.join(w.WEEKDAYS)})s\b", _weekdays),
)

RULES = (Rule("weekday", rf"(?:{_REL} )?(?P<wd>{w.WEEKDAY}){_WEEK_OF}{_DAY_PART}", _weekday),)
