"""The upkeep of a record's file: is it whole, a copy of it while it is used, and what can be saved of a damaged one.

Check looks at, in this order:

1. the pages and indexes of the file (SQLite's own integrity check) and the keys between tables;
2. the text of every article against the hash by which evidence is anchored to it, and its other rows against their
   seal (see :mod:`._seal`; articles of records before version 5 have none until they are read again);
3. every finding and every decision: can it be read, and does it point inside its text, a decision at its words;
4. all that is made from findings, by making it anew in a copy in memory.

Repair reads every table from the front until it fails and from the back until it fails, puts what it got into a new
record, leaves out what hangs on something lost, and makes anew all that is made from findings.  The damaged file is
never changed.
"""

# ruff: noqa: S608 - names of tables are constants of this module; values are always bound

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.record._article import content_hash
from dragoman.record._payload import decode, whole_span
from dragoman.record._seal import seal, seal_of
from dragoman.record._settle import settle
from dragoman.record._store import Row, Store, make_whole, open_store

# What is not made from anything else, each with the table and the column on which its rows hang.
_KEPT: tuple[tuple[str, str | None], ...] = (
    ("articles", None), ("texts", "article"), ("readings", "article"), ("findings", "article"),
    ("actors", "finding"), ("quotes", "finding"), ("mentions", "article"), ("countries", "article"),
    ("statements", "article"), ("bands", "article"), ("copies", None), ("covered", None), ("covered_months", None),
    ("parties", "article"), ("faults", "article"), ("unread", None),
    ("compared", None), ("outlets", None), ("coded_tables", None), ("coded_events", None),
    ("identity_log", None), ("decisions", None), ("questions", None), ("forecasts", None), ("outcomes", None),
)  # fmt: skip
_MADE = ("entities", "joined", "joined_actors", "joined_pairs", "joined_contacts", "fate_links")
_OF_ARTICLE = tuple(table for table, owner in reversed(_KEPT) if owner == "article")
_OWNERS = {"article": "articles", "finding": "findings"}
_MANY = 200


@dataclass(frozen=True, kw_only=True)
class Damage:
    """One thing that is not as it should be: where it stands (table and key), and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What a repair kept, as rows by table, and what it could not keep."""

    kept: dict[str, int]
    lost: tuple[Damage, ...]


def check(path: str | Path) -> tuple[Damage, ...]:
    """Everything that is wrong with a record's file, at most 200 things; nothing is changed.

    Raises:
        RecordError: there is no such file, or it is no record at all.
    """
    place = Path(path)
    with closing(open_store(place, create=False)) as store:
        found = list(islice(chain(_damages(store), _made_wrong(store)), _MANY))
    return tuple(found)


def backup(path: str | Path, destination: str | Path) -> None:
    """Copy a record while others read and write it; the copy holds one moment of it.

    Raises:
        RecordError: there is no such record, or something stands at the destination.
    """
    with closing(open_store(Path(path), create=False)) as store:
        _new(Path(destination), lambda copy: store.connection.backup(copy.connection))


def _new(target: Path, fill: Callable[[Store], None]) -> None:
    if not target.exists():
        with suppress(FileExistsError):
            make_whole(target, fill)
            return
    raise RecordError(str(target), "a file that exists", "the name of a new file")


def repair(path: str | Path, destination: str | Path) -> Saved:
    """Put what can be read of a damaged record into a new one, and say what could not.

    Raises:
        RecordError: there is no such file, or something stands at the destination.
    """
    source, target = Path(path), Path(destination)
    if not source.is_file():
        raise RecordError(str(source), "no such record", "a file made by dragoman read --record FILE")
    lost: list[Damage] = []
    kept: dict[str, int] = {}
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as damaged:
        _new(target, lambda store: _save(damaged, store, kept, lost))
    return Saved(kept=kept, lost=tuple(lost))


def _save(damaged: sqlite3.Connection, store: Store, kept: dict[str, int], lost: list[Damage]) -> None:
    """Put what can be read into a new record, and say in ``kept`` and ``lost`` what was and was not."""
    with store.durable():
        for table, owner in _present(damaged):
            rows = list(_readable(damaged, table, lost))
            kept[table] = _put(store, table, owner, rows, lost)
        _without_broken_texts(store, lost)
        for name in ("texts_fts", "quotes_fts"):
            store.run(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        store.run("UPDATE findings SET joined = NULL")
        store.run("INSERT OR IGNORE INTO stale SELECT DISTINCT block FROM findings WHERE block IS NOT NULL")
        store.run("INSERT OR IGNORE INTO stale_entities SELECT DISTINCT subject FROM statements")
        for (rowid,) in store.rows("SELECT id FROM articles"):
            seal(store, rowid)


def _present(damaged: sqlite3.Connection) -> list[tuple[str, str | None]]:
    """The tables to read: those that the record's schema had; all of them where that cannot be told."""
    try:
        names = {row[0] for row in damaged.execute("SELECT name FROM sqlite_master")}
    except (sqlite3.Error, UnicodeDecodeError):
        return list(_KEPT)
    return [(table, owner) for table, owner in _KEPT if table in names or table in ("articles", "texts", "findings")]


def _damages(store: Store) -> Iterator[Damage]:
    for (line,) in store.rows(f"PRAGMA integrity_check ({_MANY})"):
        if line != "ok":
            yield Damage(where="file", what=str(line))
    for table, rowid, parent, _ in store.rows("PRAGMA foreign_key_check"):
        yield Damage(where=f"{table} {rowid}", what=f"hangs on a row of {parent} that is not there")
    yield from _of_articles(store)
    for key, kind, payload, length in store.rows(
        "SELECT f.key, f.kind, f.payload, coalesce(length(t.text), 0) FROM findings f "
        "LEFT JOIN texts t ON t.article = f.article ORDER BY f.id"
    ):
        yield from _of_finding(f"finding {key}", kind, payload, length)
    yield from _of_decisions(store)


def _of_articles(store: Store) -> Iterator[Damage]:
    for rowid, key, wanted, text, sealed in store.rows(
        "SELECT a.id, a.key, a.hash, t.text, s.digest FROM articles a LEFT JOIN texts t ON t.article = a.id "
        "LEFT JOIN seals s ON s.article = a.id ORDER BY a.id"
    ):
        if text is None:
            yield Damage(where=f"article {key}", what="its text is not there")
        elif content_hash(text) != wanted:
            yield Damage(where=f"article {key}", what="its text is not the one that was read")
        if sealed is not None and sealed != seal_of(store, rowid):
            yield Damage(where=f"article {key}", what="a row of it is not what was written")


def _of_decisions(store: Store) -> Iterator[Damage]:
    for seq, kind, payload in store.rows("SELECT seq, kind, payload FROM decisions WHERE payload IS NOT NULL"):
        yield from _of_finding(f"decision {seq}", kind, payload, None)
    for seq, exact, words in store.rows(
        "SELECT d.seq, d.exact, substr(t.text, d.span_start + 1, d.span_end - d.span_start) FROM decisions d "
        "JOIN articles a ON a.hash = d.hash JOIN texts t ON t.article = a.id WHERE d.exact IS NOT NULL"
    ):
        if exact != words:
            yield Damage(where=f"decision {seq}", what="its words are not where it was made")


def _made_wrong(store: Store) -> Iterator[Damage]:
    """Rows made from findings that are not what the findings give; nothing where the record waits to be joined."""
    if store.value("SELECT 1 FROM stale LIMIT 1") or store.value("SELECT 1 FROM stale_entities LIMIT 1"):
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        store.connection.backup(connection)
        anew = Store(connection, store.place, writable=True)
        anew.file = None
        anew.run("INSERT OR IGNORE INTO stale SELECT DISTINCT block FROM findings WHERE block IS NOT NULL")
        anew.run("INSERT OR IGNORE INTO stale_entities SELECT DISTINCT subject FROM statements")
        settle(anew)
        for table in _MADE:
            query = f"SELECT * FROM {table}"
            if Counter(map(repr, store.rows(query))) != Counter(map(repr, anew.rows(query))):
                yield Damage(where=table, what="rows that the findings do not give")


def _of_finding(where: str, kind: str, payload: str, length: int | None) -> Iterator[Damage]:
    try:
        start, end = whole_span(decode(kind, payload))
    except RecordError as error:
        yield Damage(where=where, what=f"cannot be read: {error.found}")
        return
    if length is not None and not 0 <= start <= end <= length:
        yield Damage(where=where, what="points outside its text")


def _readable(damaged: sqlite3.Connection, table: str, lost: list[Damage]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The rows of a table that can be read, with the names of its columns: from the front, then from the back."""
    seen: set[Row] = set()
    faults = []
    for order in ("", " DESC"):
        try:
            names = tuple(row[1] for row in damaged.execute(f"PRAGMA table_info ({table})"))
            keys = [row[1] for row in damaged.execute(f"PRAGMA table_info ({table})") if row[5]]
            by = ", ".join(f"{key}{order}" for key in keys)
            for row in damaged.execute(f"SELECT * FROM {table}" + (f" ORDER BY {by}" if by else "")):
                if row not in seen:
                    seen.add(row)
                    yield names, row
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            faults.append(str(error))
        else:
            break
    if faults:
        lost.append(Damage(where=table, what=f"rows that could not be read: {faults[0]}"))


def _put(
    store: Store, table: str, owner: str | None, rows: list[tuple[tuple[str, ...], Row]], lost: list[Damage]
) -> int:
    there = {row[0] for row in store.rows(f"SELECT id FROM {_OWNERS[owner]}")} if owner else set()
    put = 0
    for names, row in rows:
        values = dict(zip(names, row, strict=True))
        if owner and values[owner] not in there:
            lost.append(Damage(where=f"{table} {row[0]}", what=f"what it hangs on is lost ({owner} {values[owner]})"))
            continue
        broken = next(_of_finding(table, values["kind"], values["payload"], None), None) if _holds(values) else None
        if broken is not None:
            lost.append(Damage(where=f"{table} {row[0]}", what=broken.what))
            continue
        try:
            store.run(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(row))})", row)
        except RecordError as error:
            lost.append(Damage(where=f"{table} {row[0]}", what=error.found))
        else:
            put += 1
    return put


def _holds(values: dict[str, object]) -> bool:
    """Whether a row holds a finding as JSON."""
    return values.get("payload") is not None


def _without_broken_texts(store: Store, lost: list[Damage]) -> None:
    """Take out articles whose text is lost or is not the one that was read: nothing can be shown for their findings."""
    for rowid, key, wanted in store.rows("SELECT id, key, hash FROM articles"):
        text = store.value("SELECT text FROM texts WHERE article = ?", (rowid,))
        if text is not None and content_hash(text) == wanted:
            continue
        lost.append(Damage(where=f"article {key}", what="its text is lost; give its file to dragoman read again"))
        inside = "(SELECT id FROM findings WHERE article = ?)"
        for table in ("actors", "quotes"):
            store.run(f"DELETE FROM {table} WHERE finding IN {inside}", (rowid,))
        for table in _OF_ARTICLE:
            store.run(f"DELETE FROM {table} WHERE article = ?", (rowid,))
        store.run("DELETE FROM copies WHERE a = ? OR b = ?", (rowid, rowid))
        store.run("DELETE FROM articles WHERE id = ?", (rowid,))
