"""How a list of events is cut into periods.

1. An event stands under its month, or its year where the span wants years.  One that is
   dated more coarsely stands under what is known: its year, or first to last year.
2. What ended more than ``BEFORE`` days before the first article is background to the
   coverage: it stands apart, folded, so that the list begins where the story does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.views import EventRow, MeetingRow

BEFORE = 92
COARSE = frozenset({"quarter", "season", "half", "year", "decade", "century", "vague"})
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
E = TypeVar("E")


@dataclass(frozen=True, kw_only=True)
class Period(Generic[E]):
    """A heading of the list and what stands under it."""

    title: str
    entries: tuple[E, ...]


@dataclass(frozen=True, kw_only=True)
class Placed(Generic[E]):
    """An entry with the heading under which it stands, and whether it is background."""

    title: str
    background: bool
    entry: E


def placed(row: EventRow | MeetingRow, entry: E, bucket: str, first: str | None) -> Placed[E]:
    """An entry under its heading; ``first`` is the day of the first article."""
    return Placed(title=title_of(row, bucket), background=is_background(row, first), entry=entry)


def title_of(row: EventRow | MeetingRow, bucket: str) -> str:
    """The heading of an event: no finer than what is known of its date."""
    if not row.day:
        return "Undated"
    when = row.date if row.dated else None
    if when is not None and when.precision in COARSE and when.start and when.end:
        first, last = when.start[:4], when.end[:4]
        return first if first == last else f"{first}–{last}"
    return row.day[:4] if bucket == "year" else month_text(row.day)


def is_background(row: EventRow | MeetingRow, first: str | None) -> bool:
    """Whether the event was over ``BEFORE`` days before the coverage began."""
    if first is None or not row.dated or row.date is None or not row.date.end:
        return False
    return row.date.end[:10] < (date.fromisoformat(first[:10]) - timedelta(days=BEFORE)).isoformat()


def by_period(entries: Sequence[Placed[E]], *, background: bool = False) -> tuple[Period[E], ...]:
    """Those that are background, or those that are not, under the headings of their periods, in the order given."""
    kept = [item for item in entries if item.background is background]
    return tuple(
        Period(title=title, entries=tuple(item.entry for item in group))
        for title, group in groupby(kept, key=lambda item: item.title)
    )


def month_text(day: str) -> str:
    """``June 2018``."""
    return f"{MONTHS[int(day[5:7]) - 1]} {day[:4]}"
