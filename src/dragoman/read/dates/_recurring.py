"""What recurs, and what stays vague: every Tuesday, annually, a year; now, recently, in the future."""

from __future__ import annotations

import re

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._lengths import length_value
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    Resolved,
)


def _every(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    groups = match.groupdict()
    if groups.get("wd"):
        return Resolved(value=f"XXXX-WXX-{w.weekday_number(groups['wd'])}", kind="SET")
    if groups.get("m"):
        return Resolved(value=f"XXXX-{w.month_number(groups['m']):02d}", kind="SET")
    if groups.get("dp"):
        return Resolved(value="P1D", kind="SET")
    if groups.get("we"):
        return Resolved(value="XXXX-WXX-WE" if groups["we"].lower() == "weekend" else "P1WD", kind="SET")
    if groups.get("s"):
        return Resolved(value=f"XXXX-{w.season_code(groups['s'])}", kind="SET")
    number = w.cardinal_number(groups["n"]) if groups.get("n") else 1.0
    other = 2.0 if groups.get("other") else 1.0
    return Resolved(value=length_value((number or 1.0) * other, w.unit_code(groups["u"])), kind="SET")


_SET_WORDS = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
    "biannual": "P6M",
    "semiannual": "P6M",
    "biennial": "P2Y",
}


def _set_word(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if anchor.in_a_name(match.group()):
        return None
    return Resolved(value=w.known(_SET_WORDS, match.group().lower()), kind="SET")


_AMOUNT_BEFORE = re.compile(
    r"(?i)(?:\b(?:once|twice|thrice|times|percent|million|billion|thousand|hundreds?|dozens?|much|many|"
    r"tons?|barrels|hours|miles|kilometers|pounds|euros|dollars|cents|interviews|people|days|weeks|months)|"
    r"[$€£]?\d[\d.,]*(?:\s\w+){0,3}|[$€£]\S+)\s+$"
)


def _per_unit(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if not _AMOUNT_BEFORE.search(anchor.before):
        return None
    return Resolved(value=length_value(1.0, w.unit_code(match["u"])), kind="SET")


def _now(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if match.group().lower() == "current" and re.match(r"\s+(?:account|affairs|events)\b", anchor.after):
        return None
    return Resolved(value="PRESENT_REF")


_COUNTED = w.NUMBER


def _past(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del match, anchor
    return Resolved(value="PAST_REF")


def _future(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if re.match(r"\s*,?\s*(?:as) ", anchor.after) and match.group().lower() == "soon":
        return None
    return Resolved(value="FUTURE_REF")


FIRST_RULES = (
    Rule(
        "every weekday",
        (
            rf"(?:every|each)(?P<other> other)? (?:(?P<we>weekend|weekday)|(?P<wd>{w.WEEKDAY})|(?P<dp>{w.PART})\b|"
            rf"(?P<m>{w.MONTH_FULL})|(?P<s>{w.SEASON}))(?! \d)"
        ),
        _every,
    ),
    Rule(
        "every unit",
        (
            rf"(?:(?:nearly|almost) )?(?:every|each)(?P<other> other| second)? (?:(?:and every) "
            rf")?(?:(?P<n>{w.NUMBER}|(?:few|several)) )?(?:(?:single|passing) )?(?P<u>{w.LONG_UNIT})(?![\w-])"
        ),
        _every,
    ),
    Rule("each of the", rf"(?:each of the (?:last|past|next) )(?P<n>{w.NUMBER}) (?P<u>{w.LONG_UNIT})", _every),
)

SET_RULES = (
    Rule(
        "set word",
        rf"(?:{'|'.join(sorted(_SET_WORDS, key=len, reverse=True))})(?![\w-])",
        _set_word,
    ),
    Rule(
        "per unit",
        (
            r"(?:a|an|per) (?P<u>minute|hour|day|night|week|month|year)(?![\w-]|['’]s)(?! "
            r"(?:ago|earlier|later|before|after|from|and a half|of|in)\b)"
        ),
        _per_unit,
    ),
)

VAGUE_RULES = (
    Rule(
        "now",
        (
            r"(?:right now|just now|now|currently|current|presently|at present|at the present time|at the "
            r"moment|at this time|nowadays|these days|present-day)(?![\w-])"
        ),
        _now,
    ),
    Rule(
        "past",
        (
            rf"(?:in the (?:recent|distant) past|(?:in )?the (?:recent )?past(?! "
            rf"(?:few|several|couple|half|\\d|{_COUNTED}))|recently|recent|lately|once upon a time|formerly|long "
            rf"ago)(?![\w-])"
        ),
        _past,
    ),
    Rule(
        "future",
        (
            r"(?:in the (?:near |not-too-distant |foreseeable )?future|the (?:near |foreseeable "
            r")?future|future)(?![\w-])"
        ),
        _future,
    ),
)
