"""Dates that a length is counted from: "five years after the 1994 accord" is not said of 1994.

1. A length, then "after", "before", "since" ... and at most some words that no
   comma or verb of a new clause parts: the date that follows is its *base*.
2. A definite base and a length in whole units give the day, month or year that is
   meant; "more than five years", "weeks after" and the like give none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.read.dates._deictic import shifted
from dragoman.read.dates._values import day_value, interval, precision_of, shift_days
from dragoman.read.findings import DateFinding, Span

_LINK = re.compile(r"(?i)\s+(?P<side>after|before|since|following|prior to)\s+[^,;.!?“”\"]{0,60}$")
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_EXACT = re.compile(r"(?i)(?:exactly |only |just |some |about )?(?:\d+|[a-z]+)(?:-[a-z]+)?\s[a-z]+")
_VAGUE = re.compile(r"(?i)\b(?:more|less|fewer|over|under|least|most|nearly|almost|within|up)\b")
_BACK = frozenset({"before", "prior to"})


@dataclass(frozen=True, kw_only=True)
class Base:
    """The length that is counted from a date, where it stands, and the date that both together mean, if they do."""

    length: Span
    meant: DateFinding | None


def bases_of(text: str, dates: Sequence[DateFinding]) -> Mapping[Span, Base]:
    """The dates that lengths are counted from, by their spans.  ``dates`` are all of a text, in order."""
    found: dict[Span, Base] = {}
    for place, length in enumerate(dates):
        if length.kind != "DURATION" or place + 1 == len(dates):
            continue
        base = dates[place + 1]
        link = _LINK.fullmatch(text, length.span[1], base.span[0]) if base.kind in {"DATE", "TIME"} else None
        if link:
            side = link["side"].lower()
            found[base.span] = Base(length=length.span, meant=_meant(text, length, base, -1 if side in _BACK else 1))
    return found


def _meant(text: str, length: DateFinding, base: DateFinding, sign: int) -> DateFinding | None:
    words = text[slice(*length.span)]
    size = _LENGTH.fullmatch(length.value or "")
    bounds = interval(base.value)
    if size is None or bounds is None or _VAGUE.search(words) or not _EXACT.fullmatch(words):
        return None
    value = _moved(bounds[0], base, sign * int(size[1]), size[2])
    covered = interval(value)
    if value is None or covered is None:
        return None
    return replace(
        base,
        span=(length.span[0], base.span[1]),
        value=value,
        kind="DATE",
        start=covered[0].isoformat(),
        end=covered[1].isoformat(),
        precision=precision_of(value),
    )


def _moved(here: date, base: DateFinding, number: int, unit: str) -> str | None:
    """Days and weeks from a day give a day; else the answer is as coarse as the unit and as the base."""
    precision = precision_of(base.value)
    if precision in {"day", "time"} and unit in {"D", "W"}:
        day = shift_days(here, number * (7 if unit == "W" else 1))
        return day_value(day) if day else None
    if unit == "Y" and precision in {"day", "time", "month", "year"}:
        return shifted(here, "Y", number)
    return shifted(here, "M", number) if unit == "M" and precision in {"day", "time", "month"} else None
