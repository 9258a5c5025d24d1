"""Will they meet by a day: the base rate that the record's own contact ledger gives.

1. Meetings held between the two, as joined in the record, over the days from the first
   to the last article seen.
2. Announced meetings of the two that are settled: joined meetings of which some report
   says planned, possible or called off, and that were then held or called off.
3. The formulas of :mod:`dragoman.solve.when`.  What comes out can go straight into the
   register, with the hash of what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.plain import hash_of
from dragoman.solve.when import Chance, Kept, chance_by, kept_share

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.views import EventFull, MeetingRow

AHEAD = {"planned", "possible"}


@dataclass(frozen=True, kw_only=True)
class BaseRate:
    """The base rate for two parties by a day; ``meetings`` are the ids that it rests on."""

    a: str
    b: str
    by: str
    since: str
    until: str
    chance: Chance
    kept: Kept | None
    pending: tuple[str, ...]
    meetings: tuple[str, ...]
    input_hash: str
    words: str


def will_meet(record: Record, a: str, b: str, by: date) -> BaseRate:
    """The base rate that ``a`` and ``b`` (states by alpha-3, or entities by id or name) meet by the end of ``by``.

    Meetings held on one day count once.

    Raises:
        UnknownNameError: the record knows nobody of that name.
        InputError: the record has no dated article, ``by`` is not after its last one, or several bear a name.
    """
    counts = record.counts()
    if counts.first is None or counts.last is None:
        raise InputError("record", "no article with a date", "dated articles")
    first, last = date.fromisoformat(counts.first), date.fromisoformat(counts.last)
    if by <= last:
        raise InputError("by", by.isoformat(), f"a day after the last article seen ({last.isoformat()})")
    rows = _between(record, a, b)
    held = [
        row for row in rows if row.status == "held" and row.dated and counts.first <= (row.day or "") <= counts.last
    ]
    chance = chance_by(len({row.day for row in held}), max((last - first).days, 1), (by - last).days)
    announced = [full for full in (record.event(row.id) for row in rows) if _was_announced(full)]
    settled = [full for full in announced if _status(full) in {"held", "called off"}]
    kept = _kept(settled) if settled else None
    pending = tuple(full.row.id for full in announced if _status(full) in AHEAD)
    rests = tuple(row.id for row in held)
    return BaseRate(
        a=a,
        b=b,
        by=by.isoformat(),
        since=counts.first,
        until=counts.last,
        chance=chance,
        kept=kept,
        pending=pending,
        meetings=rests,
        input_hash=hash_of([a, b, counts.first, counts.last, rests]),
        words=f"{a} and {b} by {by.isoformat()}: {chance.words}." + (f" {kept.words}." if kept else ""),
    )


def _between(record: Record, a: str, b: str) -> tuple[MeetingRow, ...]:
    states = [name for name in (a, b) if len(name) == 3 and name.isupper()]
    others = [record.identity.known(name) for name in (a, b) if name not in states]
    return record.meetings(country=states or None, party=others or None)


def _status(full: EventFull) -> str:
    return str(getattr(full.row, "status", ""))


def _was_announced(full: EventFull) -> bool:
    return any(mention.status in AHEAD or mention.status == "called off" for mention in full.mentions)


def _kept(settled: list[EventFull]) -> Kept:
    held = [full for full in settled if _status(full) == "held"]
    delays = [delay for full in held if (delay := _delay(full)) is not None]
    return kept_share(len(held), len(settled), delays)


def _delay(full: EventFull) -> float | None:
    """Days from the day first announced for it to the day on which it was held; None where either is not a day."""
    planned = [item.date.start for item in full.mentions if item.status in AHEAD and item.date and item.date.start]
    actual = [item.date.start for item in full.mentions if item.status == "held" and item.date and item.date.start]
    if not planned or not actual:
        return None
    return float((date.fromisoformat(actual[0]) - date.fromisoformat(planned[0])).days)
