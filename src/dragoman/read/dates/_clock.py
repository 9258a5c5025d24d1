"""Times of the day: 10:35 a.m., 1600 GMT, noon, four o'clock."""

from __future__ import annotations

import re

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import Resolved

_IN_THE = r"(?: (?:in the (?P<in>(?:morning|afternoon|evening))|at (?P<at>night)))?"


def clock_value(words: str, part: str | None) -> str | None:
    """``T16:00`` for "4 p.m.", "1600", "four o'clock" in the afternoon; None where there is no such time."""
    text = words.lower()
    if text in {"noon", "midday", "high noon"}:
        return "T12:00"
    if text == "midnight":
        return "T24:00"
    hour, minute = _numbers(text)
    if hour is None or minute > 59 or hour > 24:
        return None
    after_noon = re.search(r"p\.?m\.?$", text) is not None or part in {"afternoon", "evening", "night"}
    if after_noon and hour < 12:
        hour += 12
    elif re.search(r"a\.?m\.?$", text) and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}"


def _numbers(text: str) -> tuple[int | None, int]:
    if compact := re.match(r"(\d\d)(\d\d)$", text):
        return int(compact[1]), int(compact[2])
    if digits := re.match(r"(\d{1,2})(?:[:.](\d\d))?", text):
        return int(digits[1]), int(digits[2] or 0)
    hour = w.cardinal_number(text.split(maxsplit=1)[0])
    return (None if hour is None else int(hour)), 0


def _clock(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    words = match["c"]
    bare = re.fullmatch(r"\d\d?[:.]\d\d(?::\d\d)?\s*", words) is not None
    if bare and not (
        match["tz"]
        or match["in"]
        or (
            ":" in words and re.search(r"(?i)\b(?:at|by|until|before|after|around|about|from|to|on)\s+$", anchor.before)
        )
    ):
        return None
    value = clock_value(words.strip(), match["in"] or match["at"])
    return None if value is None else Resolved(value=value, kind="TIME")


RULES = (
    Rule(
        "clock",
        (
            rf"(?P<c>{w.CLOCK})(?:,? (?P<tz>{w.TIMEZONE}|(?:local time|eastern(?: daylight| standard)?(?: "
            rf"time)?|moscow time|beijing time)))?{_IN_THE}"
        ),
        _clock,
    ),
)
