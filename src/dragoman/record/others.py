"""What stands beside the record and is never counted in it: what other coders say, and what was not read.

A table of events of another coder (GDELT, ICEWS, POLECAT, ACLED, UCDP) is kept as it says it, in rows of its own;
nothing of it enters a count, a contact, a tie or a page of the record.  What was handed over and not read is kept
with the reason, until it is read.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from itertools import islice

from dragoman.errors import RecordError
from dragoman.plain import canonical_json
from dragoman.record._store import Store

_BATCH = 5_000


@dataclass(frozen=True, kw_only=True)
class CodedEvent:
    """One event as another coder has it; ``source`` and ``target`` are alpha-3 codes where they are states.

    ``type`` is the PLOVER type, ``words`` a sentence, note or headline where the table carries one, ``payload`` what
    else the row says that a person may want to see (names of the sides, outlet, number of reports).
    """

    day: str | None
    source: str | None
    target: str | None
    type: str | None
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    place: str | None = None
    words: str | None = None
    url: str | None = None
    payload: str = "{}"


@dataclass(frozen=True, kw_only=True)
class CodedTable:
    """A table of another coder that stands beside the record."""

    id: int
    coder: str
    name: str
    rows: int
    added_at: str


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A file or entry that was handed over and not read: the outcome, why, what to do."""

    place: str
    outcome: str
    reason: str
    advice: str | None = None


_COLUMNS = tuple(field.name for field in fields(CodedEvent))


class Others:
    """The tables of other coders beside a record, and the list of what was not read."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock

    def add_table(self, coder: str, name: str, digest: str, events: Iterable[CodedEvent]) -> int | None:
        """Put a table beside the record, whole or not at all: how many rows, or None where it stands there already.

        Raises:
            RecordError: the record cannot be written.
        """
        store = self._store
        with store.transaction():
            if store.value("SELECT id FROM main.coded_tables WHERE hash = ?", (digest,)) is not None:
                return None
            table = store.run(
                "INSERT INTO main.coded_tables (coder, name, hash, rows, added_at) VALUES (?, ?, ?, 0, ?)",
                (coder, name, digest, self._clock()),
            )
            count = 0
            stream = iter(events)
            marks = ", ".join("?" * (2 + len(_COLUMNS)))
            while batch := list(islice(stream, _BATCH)):
                rows = [(table, count + place, *(getattr(item, column) for column in _COLUMNS))
                        for place, item in enumerate(batch)]  # fmt: skip
                store.run_many(
                    f"INSERT INTO main.coded_events (coded_table, n, {', '.join(_COLUMNS)}) VALUES ({marks})", rows
                )
                count += len(batch)
            store.run("UPDATE main.coded_tables SET rows = ? WHERE id = ?", (count, table))
        return count

    def tables(self) -> tuple[CodedTable, ...]:
        """The tables, in the order in which they came."""
        rows = self._store.rows("SELECT id, coder, name, rows, added_at FROM main.coded_tables ORDER BY id")
        return tuple(CodedTable(id=row[0], coder=row[1], name=row[2], rows=row[3], added_at=row[4]) for row in rows)

    def remove_table(self, table: int) -> None:
        """Take a table away.

        Raises:
            RecordError: there is no such table, or the record cannot be written.
        """
        with self._store.transaction():
            if self._store.value("SELECT id FROM main.coded_tables WHERE id = ?", (table,)) is None:
                raise RecordError(self._store.place, f"no table {table} of another coder", "a number from the list")
            self._store.run("DELETE FROM main.coded_events WHERE coded_table = ?", (table,))
            self._store.run("DELETE FROM main.coded_tables WHERE id = ?", (table,))

    def events(self, *, since: str | None = None, until: str | None = None) -> tuple[tuple[str, CodedEvent], ...]:
        """The coder and each event of every table, by day; nothing later than the day as of which one looks."""
        last = min(filter(None, (until, self._store.as_of)), default=None)
        rows = self._store.rows(
            f"SELECT t.coder, {', '.join('e.' + column for column in _COLUMNS)} FROM main.coded_events e "
            "JOIN main.coded_tables t ON t.id = e.coded_table "
            "WHERE (:since IS NULL OR e.day >= :since) AND (:last IS NULL OR e.day <= :last) "
            "ORDER BY e.day, e.source, e.target, e.coded_table, e.n",
            {"since": since, "last": last},
        )
        return tuple((row[0], CodedEvent(**dict(zip(_COLUMNS, row[1:], strict=True)))) for row in rows)

    def note_unread(self, unread: Iterable[Unread], read: Iterable[str] = ()) -> None:
        """Keep what was not read, and strike from the list what was read by now.

        Raises:
            RecordError: the record cannot be written.
        """
        with self._store.transaction():
            self._store.run_many("DELETE FROM main.unread WHERE place = ?", [(place,) for place in read])
            self._store.run_many(
                "INSERT OR REPLACE INTO main.unread VALUES (?, ?, ?, ?, ?)",
                [(item.place, item.outcome, item.reason, item.advice, self._clock()) for item in unread],
            )

    def unread(self) -> tuple[Unread, ...]:
        """What was handed over and not read, by place."""
        rows = self._store.rows("SELECT place, outcome, reason, advice FROM main.unread ORDER BY place")
        return tuple(Unread(place=row[0], outcome=row[1], reason=row[2], advice=row[3]) for row in rows)


def payload_of(**said: object) -> str:
    """What else a row says, without what is empty."""
    return canonical_json({name: value for name, value in said.items() if value not in (None, "")})
