"""Birth and replacement of a record's file: nobody loses what another made; nothing is said done that is not."""

from __future__ import annotations

import multiprocessing
import shutil
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.record import Record, _store
from dragoman.record._migrations import SCHEMA_VERSION
from dragoman.record.register import Forecast, Register
from dragoman.testing import make_article, make_event, make_reading, span_of

FORECAST = Forecast(made_on="2019-03-02", due="2019-12-31", what="A third summit is held", probability=0.4)


def add_one(path: Path, name: str) -> str:
    """Add an article to the record in a file, which is made where there is none; its key."""
    text = f"{name}: envoys met in Geneva."
    event = make_event(span=span_of(text, "met"), day="2018-06-12")
    with Record.open(path, create=True) as record:
        return record.add(make_article(text, outlet=name), make_reading(events=(event,))).key


def _racer(path: Path, name: str, start: Barrier) -> None:
    start.wait()
    add_one(path, name)


@pytest.mark.parametrize("turn", range(6))
def test_two_first_readings_at_one_moment_keep_both(tmp_path: Path, turn: int) -> None:
    """Of two that make the same record neither deletes the other's: both articles are there, and nothing beside it."""
    context = multiprocessing.get_context("fork")
    start = context.Barrier(3)
    path = tmp_path / "r.sqlite"
    racers = [context.Process(target=_racer, args=(path, f"Paper {n} of {turn}", start)) for n in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert [racer.exitcode for racer in racers] == [0, 0, 0]
    with Record.open(path) as record:
        assert len(record.articles()) == 3
    assert {one.name for one in tmp_path.iterdir()} <= {"r.sqlite", "r.sqlite-wal", "r.sqlite-shm"}


def test_a_record_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where preparing fails no file is left, and one that another made meanwhile stands."""
    path = tmp_path / "r.sqlite"

    def fail(store: _store.Store) -> None:
        path.write_bytes(b"another's")
        raise RecordError(store.place, "the disk is full", "space")

    monkeypatch.setattr(_store, "_prepare", fail)
    with pytest.raises(RecordError, match="disk is full"):
        Record.open(path, create=True)
    assert [one.name for one in tmp_path.iterdir()] == ["r.sqlite"]
    assert path.read_bytes() == b"another's"


def test_without_links_a_record_is_made_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows no hard links gets its record by the other way."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    key = add_one(tmp_path / "r.sqlite", "Post")
    with Record.open(tmp_path / "r.sqlite") as record:
        assert record.has(key)


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_a_record_replaced_while_it_is_open_takes_no_decision(tmp_path: Path, how: str) -> None:
    """Writing to a file that nobody will see again is an error, for findings, decisions and forecasts alike."""
    path = tmp_path / "r.sqlite"
    add_one(path, "Post")
    with Record.open(path) as record:
        finding = record.findings()[0].id
        shutil.copy(path, tmp_path / "copy")
        if how == "replaced":
            (tmp_path / "copy").replace(path)
        else:
            path.unlink()
        for write in (
            lambda: record.review.accept(finding),
            lambda: record.register.add(FORECAST),
            lambda: record.add(make_article("News of a meeting.")),
            lambda: record.identity.merge("PRK", "USA"),
        ):
            with pytest.raises(RecordError):
                write()
        with pytest.raises(RecordError, match="stands there now; nothing was written"):
            record.review.accept(finding)


def test_nothing_is_said_done_on_a_record_that_may_only_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register on a read-only record refuses forecasts and outcomes, and keeps none in memory either."""
    path = tmp_path / "r.sqlite"
    add_one(path, "Post")
    with closing(Register.open(path)) as register:
        known = register.add(FORECAST)
    monkeypatch.setattr(_store, "may_write", lambda _: False)
    with closing(Register.open(path)) as register:
        with pytest.raises(RecordError, match="read-only"):
            register.add(Forecast(made_on="2019-03-02", due="2019-12-31", what="Another", probability=0.5))
        with pytest.raises(RecordError, match="read-only"):
            register.settle(known.key, 1.0, on="2019-06-30", source="Post")
        assert [one.key for one in register.forecasts()] == [known.key]


def test_what_a_person_decided_is_on_the_disk_when_it_is_acknowledged(tmp_path: Path) -> None:
    """Decisions and forecasts are written with full synchronisation; readings, which can be repeated, without."""
    path = tmp_path / "r.sqlite"
    add_one(path, "Post")
    with Record.open(path) as record:
        finding = record.findings()[0].id
        said: list[str] = []
        record._store.connection.set_trace_callback(said.append)
        for write in (lambda: record.review.accept(finding), lambda: record.register.add(FORECAST)):
            said.clear()
            write()
            before, _, after = "\n".join(said).partition("BEGIN IMMEDIATE")
            assert before.endswith("PRAGMA synchronous = FULL\n")
            assert after.endswith("COMMIT\nPRAGMA synchronous = NORMAL")
        said.clear()
        record.add(make_article("News of a meeting."))
        assert not any("synchronous" in line for line in said)


def test_a_migration_that_another_has_done_is_not_done_again(tmp_path: Path) -> None:
    """The version is read again inside the transaction: a second migration of the same file is no step at all."""
    path = tmp_path / "r.sqlite"
    add_one(path, "Post")
    with Record.open(path) as record:
        _store.migrate(record._store)
        assert record._store.value("PRAGMA user_version") == SCHEMA_VERSION
