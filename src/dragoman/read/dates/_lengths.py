"""Lengths: three years, a two-day visit, decades, the past four months."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._deictic import AMOUNT, APPROX, moved
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    Resolved,
)
from dragoman.read.dates._years import relative_year


def length_value(number: float | None, unit: str) -> str | None:
    """``P3Y``, ``PT16H``, ``PT5H30M``, ``PXW`` for an unknown number."""
    if unit == "GE":
        return None
    if unit == "F":
        number, unit = (None if number is None else 2 * number), "W"
    if unit == "Q":
        number, unit = (None if number is None else 3 * number), "M"
    scale = {"DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y"), "WE": (1, "WE")}
    if unit in scale and unit != "WE":
        factor, unit = scale[unit]
        number = None if number is None else number * factor
    time = unit.startswith("T")
    letter = unit[1:] if time else unit
    if number is None:
        return f"P{'T' if time else ''}X{letter}"
    if unit == "TH" and number % 1 == 0.5:
        return f"PT{int(number)}H30M" if number > 1 else "PT30M"
    shown = f"{number:g}"
    return f"P{'T' if time else ''}{shown}{letter}"


_OF_YEAR = re.compile(rf"(?i)\s+of\s+(?:(?P<y>{w.YEAR})(?!\w)|(?P<rel>last|this|next)\s+year|the\s+(?P<the>year)\b)")


def _part_of_year(side: str, number: float | None, unit: str, anchor: Anchor) -> tuple[date, date] | None:
    """The days of "the first nine months of 1998" and "the last two weeks of this year"."""
    found = _OF_YEAR.match(anchor.after)
    if found is None or number is None or side.lower() not in {"first", "last", "final", "closing", "opening"}:
        return None
    year = int(found["y"]) if found["y"] else relative_year(found["rel"] or "this", anchor)
    if year is None:
        return None
    if side.lower() in {"first", "opening"}:
        after = moved(date(year, 1, 1), number, unit, 1)
        return (date(year, 1, 1), after - timedelta(days=1)) if after else None
    begin = moved(date(year + 1, 1, 1), number, unit, -1)
    return (begin, date(year, 12, 31)) if begin else None


_HALF = re.compile(r"(?i)half[ -]")


def _span_from_now(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    words = match["n"] or match.groupdict().get("before")
    number = w.cardinal_number(words) if words else None
    half = _HALF.match(match["u"])
    number, unit = (0.5, w.unit_code(match["u"][half.end() :])) if half else (number, w.unit_code(match["u"]))
    relation = (match["rel"] or "").lower()
    here = anchor.published
    within = _part_of_year(match["side"], number, unit, anchor)
    if within is not None:
        return Resolved(
            value=length_value(number, unit), kind="DURATION", first=within[0].isoformat(), last=within[1].isoformat()
        )
    if here is None or number is None or relation not in {"last", "past", "next", "coming", "upcoming"}:
        return Resolved(value=length_value(number, unit), kind="DURATION")
    sign = 1 if relation in {"next", "coming", "upcoming"} else -1
    other = moved(here, number, unit, sign)
    tomorrow = moved(here, 1, "D", 1)
    days = [] if other is None else [other, here] if sign < 0 else [tomorrow or here, other]
    return Resolved(
        value=length_value(number, unit),
        kind="DURATION",
        first=days[0].isoformat() if days else None,
        last=days[1].isoformat() if days else None,
    )


_AGE_AFTER = re.compile(r"(?i)[\s-]+(?:olds?\b|of age\b)|['’]?\s+(?-i:Wars?)\b")


def written_as_name(word: str, anchor: Anchor) -> bool:
    """Whether a unit is written as the name of something ("60 Minutes")."""
    return word[:1].isupper() and not word.isupper() and anchor.before.strip() != ""


_A_GOOD_YEAR = re.compile(r"(?i)(?:an?|one|another)\s+good\b")
_NO_PLURAL = re.compile(
    r"(?i)\s+(?:apart|of\s+(?:the\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|of\s+(?:the\s+morning|"
    r"yesterday|today))\b"
)


def _no_length(words: str, written: str, unit: str, anchor: Anchor) -> bool:
    if _AGE_AFTER.match(anchor.after) or (written_as_name(written, anchor) and unit != "D"):
        return True
    if unit == "TS" and written.lower().rstrip("s") == "second" and not words[:1].isdigit():
        return True
    return unit == "Q" and (re.match(r"\s+of\b", anchor.after) is not None or words in {"a", "one", "three", "another"})


def _length(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    groups = match.groupdict()
    words = groups.get("n") or ""
    unit = w.unit_code(groups["u"])
    if _no_length(words.lower(), groups["u"], unit, anchor) or _A_GOOD_YEAR.match(match.group()):
        return None
    number = w.cardinal_number(words) if words else None
    if number is not None and match.group().lower().endswith(" and a half") and not words.lower().endswith("half"):
        number += 0.5
    first, last = _from_now_on(number, unit, anchor)
    return Resolved(value=length_value(number, unit), kind="DURATION", first=first, last=last)


def _from_now_on(number: float | None, unit: str, anchor: Anchor) -> tuple[str | None, str | None]:
    """The days of "in two weeks" and "within two weeks" where the verb looks ahead."""
    lead = _LEAD.search(anchor.before)
    if lead is None or number is None or anchor.published is None or anchor.direction() != "future":
        return None, None
    day = moved(anchor.published, number, unit, 1)
    if day is None:
        return None, None
    return (anchor.published if lead[1] else day).isoformat(), day.isoformat()


_LEAD = re.compile(r"(?i)\b(?:in|(within))\s+(?:about\s+)?$")


def _long(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if _AGE_AFTER.match(anchor.after) or anchor.before.endswith("-"):
        return None
    one = match.groupdict().get("long")
    unit = w.unit_code(one or match["u"])
    return Resolved(value=length_value(1.0 if one else None, unit), kind="DURATION")


_MORE = (
    r"(?:(?:more|full|long|short|straight|consecutive|successive|additional|whole|extra|entire|solid|"
    r"complete|good|other|brief|grueling) ){0,2}"
)


def _bare_plural(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if (
        _AGE_AFTER.match(anchor.after)
        or _NO_PLURAL.match(anchor.after)
        or re.search(r"(?i)(?:\d|\bthese|\bthose|\btheir|\bhis|\bher|\bits|\bour|\bmy)\s*$", anchor.before)
    ):
        return None
    return Resolved(value=length_value(None, w.unit_code(match["u"])), kind="DURATION")


FIRST_RULES = (
    Rule(
        "span from now",
        rf"(?:(?:the|these|those|his|her|its|their|our|my) )?(?:(?P<before>{w.NUMBER}) (?=(?:last|past|next|"
        rf"coming|upcoming)"
        r" [a-z]+s\b))?(?P<side>(?P<rel>last|past|next|coming|upcoming)|previous|first|"
        r"final|following|recent|early(?! hours)|closing|opening|ensuing|preceding) "
        rf"(?:(?P<n>{w.NUMBER}|{w.VAGUE_NUMBER}|(?:couple of)) )?(?:(?:full|short|long|or so|critical|crucial) "
        rf")?(?P<u>(?:seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries|"
        rf"half[ -](?:century|decade|hour|year)))(?![\w-])",
        _span_from_now,
    ),
)

RULES = (
    Rule(
        "hyphened",
        (
            rf"(?P<n>{w.NUMBER}|(?:half|half-a|multi|several|many))-(?P<u>(?:second|minute|hour|day|night|week|"
            rf"weekend|month|quarter|year|decade|century)s?)(?:-long)?(?:-?plus)?(?!\w|-\w)"
        ),
        _length,
    ),
    Rule(
        "long",
        (
            r"(?:(?P<long>day|week|month|year|decade|century|hour)|(?P<u>(?:hours|days|weeks|months|years|"
            r"decades|centuries)))-?(?:long|old)\b"
        ),
        _long,
    ),
    Rule("amount", rf"{APPROX}{AMOUNT} {_MORE}(?P<u>{w.LONG_UNIT})(?![\w]|-\w)(?: and a half)?", _length),
    Rule(
        "half",
        r"(?:half (?:a|an)|half-) ?(?P<u>hour|day|year|decade|century|month|minute)(?!\w)",
        lambda m, _a: Resolved(value=length_value(0.5, w.unit_code(m["u"])), kind="DURATION"),
    ),
    Rule(
        "bare plural", r"(?P<u>minutes|hours|days|weeks|months|years|decades|centuries)(?![\w]|['’]s|-\w)", _bare_plural
    ),
)
