"""The SQLite file: opening, migrating, transactions, and one door for errors.

A record is in WAL mode with foreign keys on; ``PRAGMA user_version`` holds the
version of its schema and ``PRAGMA application_id`` says that it is a record.  A
transaction either holds as a whole or leaves nothing; what SQLite says of a full
disk, a read-only folder or a broken file becomes one :class:`RecordError`.

A new record is made whole under another name and then linked to its own: of two
that make it at the same moment one is first and the other opens what is there.
No file is removed that was not made here.  Every transaction looks first whether
the file under the name is still the one that was opened.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from dragoman.errors import BusyError, RecordError
from dragoman.record._copies import Shingled
from dragoman.record._migrations import MIGRATIONS, SCHEMA_VERSION

APPLICATION_ID = 0x44524147
Row = tuple[Any, ...]
_READ_ONLY = ("the file or its folder is read-only", "a folder that may be written")


class Store:
    """A connection with its lock: every statement of a record goes through here."""

    def __init__(self, connection: sqlite3.Connection, place: str, *, writable: bool) -> None:
        self.connection = connection
        self.place = place
        self.writable = writable
        self.as_of: str | None = None
        self.copied = False
        self.shingled = Shingled()
        self._opened_at = place
        self.file = _identity(place)
        self.lock = threading.RLock()
        self._depth = 0

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self.lock, translated(self.place):
            return self.connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self.lock, translated(self.place):
            row: Row | None = self.connection.execute(sql, parameters).fetchone()
            return row

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first value of the first row, or None."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def run(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> int:
        """Run a statement that writes; the id of the row that it inserted."""
        with self.lock, translated(self.place):
            return self.connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Sequence[Any] | dict[str, Any]]) -> None:
        """Run a statement for many rows."""
        with self.lock, translated(self.place):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing.  A transaction within a transaction is part of it."""
        with self.lock:
            if self._depth:
                yield
                return
            self.must_write()
            with translated(self.place):
                self.connection.execute("BEGIN IMMEDIATE")
                self._depth = 1
                try:
                    self._must_be_there()
                    yield
                    self.connection.execute("COMMIT")
                except BaseException:
                    if self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")
                    raise
                finally:
                    self._depth = 0

    def must_write(self) -> None:
        """Refuse to write to a record that is seen as of a day, or that may only be read.

        Raises:
            RecordError: it is one of these.
        """
        if self.as_of is not None:
            raise RecordError(self.place, f"open as of {self.as_of}", "a record opened without as_of to write to")
        if not self.writable:
            raise RecordError(self.place, *_READ_ONLY)

    @contextmanager
    def durable(self) -> Iterator[None]:
        """A transaction that is on the disk when it ends: for what a person decided, which no reading brings back."""
        with self.lock:
            if self.copied:
                raise RecordError(self.place, *_READ_ONLY)
            if self._depth:
                yield
                return
            self.must_write()
            self.run("PRAGMA synchronous = FULL")
            try:
                with self.transaction():
                    yield
            finally:
                self.run("PRAGMA synchronous = NORMAL")

    def _must_be_there(self) -> None:
        """Refuse to write into a file that was replaced or removed since it was opened: nobody would see it."""
        if self.file is not None and not self.copied and _identity(self._opened_at) != self.file:
            raise RecordError(
                self.place,
                "another file, or none, stands there now; nothing was written",
                "the record opened again",
            )

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.connection.close()


def _identity(place: str) -> tuple[int, int] | None:
    """Device and inode of a file; None where there is none."""
    try:
        found = Path(place).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def translated(place: str) -> Iterator[None]:
    """What SQLite says, as one clear :class:`RecordError`."""
    try:
        yield
    except (UnicodeDecodeError, OverflowError) as error:  # bytes or numbers that no writer of records put there
        raise RecordError(place, *_DAMAGED) from error
    except sqlite3.Error as error:
        kind = BusyError if "locked" in str(error) else RecordError
        raise kind(place, *_meaning(error)) from error


_DAMAGED = ("the file is damaged", "a record in good order; see dragoman record check and repair, or restore a copy")


def _meaning(error: sqlite3.Error) -> tuple[str, str]:
    words = str(error)
    for part, meaning in _MEANINGS.items():
        if part in words:
            return meaning
    return words, "a record in good order"


_MEANINGS = {
    "not a database": ("not a database", "a record made by dragoman read"),
    "disk is full": ("the disk is full; nothing was written", "free space"),
    "readonly": ("the file or its folder is read-only; nothing was written", "a folder that may be written"),
    "unable to open": ("cannot be opened", "a file in a folder that exists and may be written"),
    "malformed": _DAMAGED,
    "Could not decode": _DAMAGED,
    "locked": ("another process is writing to the record", "one writer at a time; try again"),
    "disk I/O error": ("the disk cannot be read or written", "a disk in good order"),
}


def open_store(path: Path, *, create: bool) -> Store:
    """Open a record's file, make it where asked to, and bring its schema up to date.

    A file that may only be read is read into memory (see :func:`open_copy`).

    Raises:
        RecordError: there is no such file and ``create`` is False; it is no
            record; its schema is newer than this program; it cannot be written.
    """
    place = str(path)
    if path.is_dir():
        raise RecordError(place, "a folder", "a record file")
    if not path.exists() and not create:
        raise RecordError(place, "no such record", "a file made by dragoman read --record FILE")
    if not path.exists():
        _make(path)
    if path.stat().st_size or not create:
        _check_head(path)
    if not may_write(path):
        return open_copy(path)
    return _opened(path)


def _opened(path: Path) -> Store:
    with translated(str(path)):
        connection = _connect(path)
        try:
            store = Store(connection, str(path), writable=True)
            _prepare(store)
        except BaseException:
            connection.close()
            raise
    return store


def _make(path: Path) -> None:
    """A new, empty record under a name that is free; where another made it meanwhile, that one stands."""
    with suppress(FileExistsError):
        make_whole(path, lambda _: None)


def make_whole(path: Path, fill: Callable[[Store], None]) -> None:
    """A new record, filled, under a name that is free: it is there whole or not at all.

    It is made beside its place.  All of it is brought into the one file before that gets its name: SQLite says nothing
    where it cannot do so on closing, and keeps the rest in a file of the other name.

    Raises:
        FileExistsError: something has the name by now.
        RecordError: it cannot be written.
    """
    part = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}.new")
    try:
        with translated(str(path)):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
            with closing(_opened(part)) as store:
                store.place = str(path)
                fill(store)
                _into_one_file(store)
            _give_name(part, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise RecordError(
            str(path),
            f"cannot be opened ({error.strerror or error})",
            "a file in a folder that exists and may be written",
        ) from error
    finally:
        for name in (part.name, part.name + "-wal", part.name + "-shm"):
            part.with_name(name).unlink(missing_ok=True)


def _into_one_file(store: Store) -> None:
    busy, waiting, moved = store.one("PRAGMA wal_checkpoint (TRUNCATE)") or (1, 0, 0)
    if busy or waiting != moved:
        raise RecordError(store.place, "not all of it could be written", "free space on a disk in good order")


def _give_name(part: Path, path: Path) -> None:
    """Put a finished file under its name, never over another.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without links: the name is taken first, then given
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        part.replace(path)


def may_write(path: Path) -> bool:
    """Whether a file, and the files that SQLite puts beside it, may be written."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def open_copy(path: Path) -> Store:
    """A record that may only be read, as a copy in memory, where its joined events can be brought up to date.

    Raises:
        RecordError: changes stand beside the file that cannot be read in from there, or what :func:`open_store` raises.
    """
    beside = path.with_name(path.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise RecordError(
            str(path), "read-only, with changes not yet taken in", f"the folder writable, for {beside.name}"
        )
    with translated(str(path)):
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            source.backup(copy)
        finally:
            source.close()
    store = Store(copy, str(path), writable=True)
    _prepare(store)
    store.copied = True
    return store


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rwc", uri=True, isolation_level=None, check_same_thread=False, timeout=30
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection


def _check_head(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise RecordError(str(path), error.strerror or "cannot be read", "a record that may be read") from error
    if not head:
        raise RecordError(str(path), "an empty file", "a record made by dragoman read")
    if head != b"SQLite format 3\0":
        raise RecordError(str(path), "not a database", "a record made by dragoman read")


def _prepare(store: Store) -> None:
    version = store.value("PRAGMA user_version")
    empty = not store.value("SELECT count(*) FROM sqlite_master")
    if not empty and store.value("PRAGMA application_id") != APPLICATION_ID:
        raise RecordError(store.place, "a database of another program", "a record made by dragoman read")
    if version > SCHEMA_VERSION:
        raise RecordError(
            store.place,
            f"a record of schema version {version}",
            f"version {SCHEMA_VERSION} or older; use a newer dragoman",
        )
    store.run("PRAGMA journal_mode = WAL")
    store.run("PRAGMA synchronous = NORMAL")
    if version < SCHEMA_VERSION:
        if version:
            _keep_beside(store, version)
        migrate(store)


def _keep_beside(store: Store, version: int) -> None:
    """Keep a record as it was before its schema changes, under its name with the old version: ``talks.sqlite.v4``."""
    if store.connection.execute("PRAGMA database_list").fetchone()[2]:
        place = Path(f"{store.place}.v{version}")
        part = place.with_name(f".{place.name[:60]}.{secrets.token_hex(6)}.new")
        if not place.exists():
            try:
                with translated(str(place)), closing(sqlite3.connect(part)) as kept:
                    store.connection.backup(kept)
                    kept.execute("PRAGMA journal_mode = DELETE")
                with suppress(FileExistsError):
                    _give_name(part, place)
            finally:
                for name in (part.name, part.name + "-wal", part.name + "-shm", part.name + "-journal"):
                    part.with_name(name).unlink(missing_ok=True)


def migrate(store: Store) -> None:
    """Bring a record up to date, step by step, in one transaction; another may have done so while this one waited."""
    with store.durable():
        for step in MIGRATIONS[store.value("PRAGMA user_version") :]:
            for statement in step():
                store.run(statement)
        store.run(f"PRAGMA application_id = {APPLICATION_ID}")
        store.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
