"""Will it happen by a day: the simple rate of its kind, and beside it what the record's own ledger gives.

1. The forecast is the simple rate: how often resolved questions of the kind came true,
   drawn to the rate of all (``acts.json``; :func:`dragoman.solve.when.simple_rate`).
2. Beside it stands the ledger: meetings held between the two, as joined in the record,
   over the days from the first to the last article seen; and of announced meetings that
   are settled the share that was held (:mod:`dragoman.solve.when`).
3. The ledger takes the simple rate's place only where it is measured and better in 90 %
   of resamples.  The questions come without coverage, so it is not: the answer says so.

What comes out can go straight into the register, with the hash of what it rests on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.desk.sides import is_state, side
from dragoman.errors import InputError, UnknownNameError
from dragoman.plain import hash_of
from dragoman.solve.when import Chance, Kept, SimpleRate, chance_by, kept_share, simple_rate

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.views import EventFull, MeetingRow

AHEAD = {"planned", "possible"}
LEDGER_RECORD = (
    "the ledger is not measured on resolved questions, which come without coverage, and is not told apart from the "
    "simple rate"
)


@dataclass(frozen=True, kw_only=True)
class BaseRate:
    """The base rates for two parties by a day; ``meetings`` are the ids that the ledger rests on."""

    a: str
    b: str
    by: str
    act: str
    since: str
    until: str
    simple: SimpleRate
    chance: Chance
    kept: Kept | None
    pending: tuple[str, ...]
    meetings: tuple[str, ...]
    input_hash: str
    words: str


@cache
def _acts() -> Mapping[str, tuple[int, int]]:
    text = (files("dragoman.desk") / "acts.json").read_text(encoding="utf-8")
    return {kind: (yes, n) for kind, (yes, n) in json.loads(text)["acts"].items()}


def acts() -> tuple[str, ...]:
    """The kinds of act of which resolved questions were counted."""
    return tuple(_acts())


def act_rate(act: str) -> SimpleRate:
    """The simple rate of a kind of act; of a kind that was never asked the rate of all, with no count of its own.

    >>> rate = act_rate("meet")
    >>> rate.low <= rate.probability <= rate.high
    True
    """
    counted = _acts()
    yes, n = counted.get(act, (0, 0))
    return simple_rate(yes, n, sum(one[0] for one in counted.values()), sum(one[1] for one in counted.values()))


def rate_words(rate: SimpleRate, act: str) -> str:
    """The simple rate in a sentence."""
    return (
        f"simple rate of questions whether parties {act}: {rate.probability:.0%} ({rate.yes} of {rate.n} came true, "
        f"by counting {rate.low:.0%} to {rate.high:.0%}; drawn to {rate.all_yes} of {rate.all_n} of all kinds)"
    )


def will_meet(record: Record, a: str, b: str, by: date, act: str = "meet") -> BaseRate:
    """The base rates that ``a`` and ``b`` (states or entities, by code, id or any name) meet by the end of ``by``.

    Meetings held on one day count once.

    Raises:
        UnknownNameError: the record knows nobody of that name, or no question of that kind of act was counted.
        InputError: the record has no dated article, ``by`` is not after its last one, the two are one, or several
            bear a name.
    """
    if act not in _acts():
        raise UnknownNameError("act", act, acts())
    counts = record.counts()
    if counts.first is None or counts.last is None:
        raise InputError("record", "no article with a date", "dated articles")
    first, last = date.fromisoformat(counts.first), date.fromisoformat(counts.last)
    if by <= last:
        raise InputError("by", by.isoformat(), f"a day after the last article seen ({last.isoformat()})")
    sides = tuple(side(record, name) for name in (a, b))
    if sides[0] == sides[1]:
        raise InputError("sides", f"{a} and {b}, which are one", "two different sides")
    rows = _between(record, sides)
    held = [
        row for row in rows if row.status == "held" and row.dated and counts.first <= (row.day or "") <= counts.last
    ]
    chance = chance_by(len({row.day for row in held}), max((last - first).days, 1), (by - last).days)
    announced = [full for full in (record.event(row.id) for row in rows) if _was_announced(full)]
    settled = [full for full in announced if _status(full) in {"held", "called off"}]
    kept = _kept(settled) if settled else None
    rests = tuple(row.id for row in held)
    simple = act_rate(act)
    ledger = f"From this record: {chance.words}" + (f"; {kept.words}" if kept else "")
    return BaseRate(
        a=a,
        b=b,
        by=by.isoformat(),
        act=act,
        since=counts.first,
        until=counts.last,
        simple=simple,
        chance=chance,
        kept=kept,
        pending=tuple(full.row.id for full in announced if _status(full) in AHEAD),
        meetings=rests,
        input_hash=hash_of([a, b, counts.first, counts.last, rests]),
        words=f"{a} and {b} by {by.isoformat()}: {rate_words(simple, act)}.\n{ledger}; {LEDGER_RECORD}.",
    )


def _between(record: Record, sides: tuple[str, ...]) -> tuple[MeetingRow, ...]:
    states = [name for name in sides if is_state(name)]
    others = [name for name in sides if not is_state(name)]
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
