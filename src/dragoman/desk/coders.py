"""The record beside another coder: what both have, what only the other has, what only this record has.

One row stands for a pair of states, a type of event and a day: ``there`` counts the other's rows, ``here`` the events
and contacts held of this record, on that day or the day before or after.  Only what both could have is compared: days
from a week before the first article of the record to the last, pairs of states that both act in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.others import CodedEvent
    from dragoman.record.views import Party

Found = Literal["both", "only there", "only here"]
_NEAR = 1
_BEFORE = 7
_Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A pair, a type and a day: how many rows the other coder has, how many events this record has, and an example."""

    coder: str
    day: str
    a: str
    b: str
    type: str
    there: int
    here: int
    found: Found
    words: str | None = None
    url: str | None = None


def compare(record: Record, coder: str | None = None) -> tuple[Compared, ...]:
    """The record beside each coder (or the one named), by coder, day and pair."""
    counts = record.counts()
    if counts.first is None or counts.last is None:
        return ()
    here = _here(record)
    states = {state for a, b, _ in here for state in (a, b)}
    tables: dict[str, list[CodedEvent]] = defaultdict(list)
    since = (date.fromisoformat(counts.first[:10]) - timedelta(days=_BEFORE)).isoformat()
    for name, event in record.others.events(since=since, until=counts.last):
        if coder in (None, name) and event.source in states and event.target in states:
            tables[name].append(event)
    return tuple(row for name in sorted(tables) for row in _beside(name, tables[name], here, counts.last))


def _here(record: Record) -> dict[_Key, Counter[str]]:
    """The days on which this record has each pair and type: the more of events and contacts, which may be the same."""
    events: dict[_Key, Counter[str]] = defaultdict(Counter)
    contacts: dict[_Key, Counter[str]] = defaultdict(Counter)
    for event in record.events(status="held"):
        if event.day:
            for a, b in _pairs(event.source, event.target):
                events[a, b, event.type][event.day] += 1
    for row in (*record.meetings(status="held"), *record.calls(status="held")):
        if row.day and row.dated:
            for a, b in _pairs(row.participants, row.participants):
                contacts[a, b, "CONSULT"][row.day] += 1
    return {key: events.get(key, Counter()) | contacts.get(key, Counter()) for key in {**events, **contacts}}


def _pairs(first: Iterable[Party], second: Iterable[Party]) -> set[tuple[str, str]]:
    """The pairs of different states of two sides, in the order of their codes."""
    sides = [{party.country for party in parties if party.country} for parties in (first, second)]
    return {(min(pair), max(pair)) for pair in product(*sides) if pair[0] != pair[1]}


def _beside(name: str, coded: list[CodedEvent], here: dict[_Key, Counter[str]], last: str) -> list[Compared]:
    there: dict[tuple[str, str, str, str], list[CodedEvent]] = defaultdict(list)
    for event in coded:
        if event.source and event.target and event.source != event.target and event.type and event.day:
            a, b = sorted((event.source, event.target))
            there[event.day, a, b, event.type].append(event)
    rows = []
    seen: set[tuple[_Key, str]] = set()
    for (day, a, b, kind), rows_there in there.items():
        days = here.get((a, b, kind), Counter())
        near = [item for item in _around(day) if days[item]]
        seen.update(((a, b, kind), item) for item in near)
        shown = next((event for event in rows_there if event.words or event.url), rows_there[0])
        count = sum(days[item] for item in near)
        rows.append(
            Compared(coder=name, day=day, a=a, b=b, type=kind, there=len(rows_there), here=count,
                     found="both" if count else "only there", words=shown.words, url=shown.url)
        )  # fmt: skip
    first = min((key[0] for key in there), default=last)
    end = max((key[0] for key in there), default=first)
    rows += [
        Compared(coder=name, day=day, a=a, b=b, type=kind, there=0, here=count, found="only here")
        for (a, b, kind), days in here.items()
        for day, count in days.items()
        if ((a, b, kind), day) not in seen and first <= day <= end
    ]
    return sorted(rows, key=lambda row: (row.day, row.a, row.b, row.type))


def _around(day: str) -> list[str]:
    middle = date.fromisoformat(day)
    return [(middle + timedelta(days=step)).isoformat() for step in range(-_NEAR, _NEAR + 1)]
