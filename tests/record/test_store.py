"""Opening, migrating and refusing a record's file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from dragoman.errors import InputError, RecordError
from dragoman.record import Record, _migrations, _store
from dragoman.testing import fixed_clock, make_article, make_event, make_reading, make_record, span_of

TEXT = "The United States met North Korea in Oslo."


def fill(path: Path) -> None:
    """A record with one article and one event."""
    reading = make_reading(events=(make_event(day="2018-06-12", span=span_of(TEXT, "met")),))
    make_record(path, [(make_article(TEXT), reading)]).close()


def test_a_new_record_is_in_wal_mode_with_foreign_keys_and_a_schema_version(tmp_path: Path) -> None:
    """A new file gets the journal, the checks and the version that the design names."""
    with Record.open(tmp_path / "r.db", create=True) as record:
        store = record._store
        assert store.value("PRAGMA journal_mode") == "wal"
        assert store.value("PRAGMA foreign_keys") == 1
        assert store.value("PRAGMA user_version") == _migrations.SCHEMA_VERSION


def test_a_record_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    """Opening without ``create`` refuses, and leaves no file behind."""
    with pytest.raises(RecordError, match="no such record"):
        Record.open(tmp_path / "r.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"hello, this is no database at all", b"PK\x03\x04" * 100])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    """Text, archives and empty files are no records, and keep their bytes."""
    path = tmp_path / "r.db"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"not a database|empty"):
        Record.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """A good SQLite file without Dragoman's mark is not written to."""
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program"):
        Record.open(path, create=True)
    assert path.read_bytes() == before


def test_a_damaged_record_gives_one_clear_error(tmp_path: Path) -> None:
    """A record whose pages were overwritten is reported as damaged, not as a traceback of SQLite."""
    path = tmp_path / "r.db"
    fill(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"damaged|not a database"):
        Record.open(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    """A record of a later version says so, and what to do."""
    path = tmp_path / "r.db"
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {_migrations.SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(RecordError, match="use a newer dragoman"):
        Record.open(path)


def _names_after_step_one() -> list[tuple[str]]:
    connection = sqlite3.connect(":memory:")
    for statement in _migrations.MIGRATIONS[0]():
        connection.execute(statement)
    return connection.execute("SELECT name FROM sqlite_master").fetchall()


def test_a_record_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """A version 1 file keeps its articles and gets what later versions hold: the register, fates, counts by month."""
    path = tmp_path / "old.db"
    fill(path)
    with Record.open(path) as record:
        before = record._store.rows("SELECT type, name FROM sqlite_master ORDER BY name")
        months = record._store.rows("SELECT * FROM covered_months ORDER BY a, b, month")
    connection = sqlite3.connect(path)
    first = {row[0] for row in _names_after_step_one()}
    for kind, name in before:
        if name not in first and not name.startswith("sqlite_") and kind in {"index", "table"}:
            connection.execute(f"DROP {kind} IF EXISTS {name}")
    for statement in _migrations.MIGRATIONS[0]():
        if "INDEX joined_last" in statement or "INDEX covered_month" in statement:
            connection.execute(statement)
    connection.execute("ALTER TABLE joined_contacts DROP COLUMN mode")
    for table, columns in {
        "findings": "counted act reader",
        "readings": "reader gate relations figures",
        "articles": "origin origin_kind",
    }.items():
        for column in columns.split():
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with Record.open(path) as record:
        assert record._store.rows("SELECT type, name FROM sqlite_master ORDER BY name") == before
        assert record._store.rows("SELECT * FROM covered_months ORDER BY a, b, month") == months
        assert record._store.value("PRAGMA user_version") == _migrations.SCHEMA_VERSION
        assert record.counts().articles == 1
        assert record.register.forecasts() == ()
        assert record.commitments() == ()
        assert record.contacts("state") is not None
    with sqlite3.connect(tmp_path / "old.db.v1") as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    kept.close()


def test_a_migration_that_fails_leaves_the_old_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps of a migration hold or none does."""
    path = tmp_path / "r.db"
    fill(path)
    steps = (*_migrations.MIGRATIONS, lambda: iter(["CREATE TABLE extra (x)", "CREATE TABLE articles (x)"]))
    monkeypatch.setattr(_store, "MIGRATIONS", steps)
    monkeypatch.setattr(_store, "SCHEMA_VERSION", len(steps))
    with pytest.raises(RecordError):
        Record.open(path)
    monkeypatch.undo()
    with Record.open(path) as record:
        assert record._store.value("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == 0


def test_a_full_disk_is_one_clear_error_and_nothing_is_half_written(tmp_path: Path) -> None:
    """An article that does not fit leaves no trace, and the record goes on when there is room."""
    with Record.open(tmp_path / "r.db", create=True, clock=fixed_clock) as record:
        pages = record._store.value("PRAGMA page_count")
        record._store.run(f"PRAGMA max_page_count = {pages + 4}")
        big = make_article("word " * 200_000)
        with pytest.raises(RecordError, match="disk is full"):
            record.add(big, make_reading())
        assert record.counts().articles == 0
        record._store.run("PRAGMA max_page_count = 1073741823")
        assert record.add(big, make_reading()).outcome == "added"
        assert record._store.value("PRAGMA integrity_check") == "ok"


def test_a_record_that_cannot_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the schema cannot be written, the new file is taken away again."""
    monkeypatch.setattr(_store, "MIGRATIONS", (lambda: iter(["CREATE NONSENSE"]),) * _migrations.SCHEMA_VERSION)
    with pytest.raises(RecordError):
        Record.open(tmp_path / "r.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """The error names the file that was asked for."""
    with pytest.raises(RecordError, match=r"nowhere/r\.db: cannot be opened"):
        Record.open(tmp_path / "nowhere" / "r.db", create=True)


def test_a_record_that_may_only_be_read_can_be_read_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a read-only folder all queries answer, joined events included, and writing is refused."""
    path = tmp_path / "r.db"
    fill(path)
    monkeypatch.setattr(_store, "may_write", lambda _: False)
    before = path.read_bytes()
    with Record.open(path) as record:
        assert len(record.events()) == 1
        with pytest.raises(RecordError, match="read-only"):
            record.add(make_article("Another text."), make_reading())
        with pytest.raises(RecordError, match="read-only"):
            record.review.reject(record.findings()[0].id)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["r.db"]  # noqa: PTH208


def test_changes_that_a_read_only_folder_hides_are_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a journal beside it that cannot be taken in, a read-only record is refused, not shown without its end."""
    path = tmp_path / "r.db"
    fill(path)
    (tmp_path / "r.db-wal").write_bytes(b"something")
    monkeypatch.setattr(_store, "may_write", lambda _: False)
    with pytest.raises(RecordError, match="not yet taken in"):
        Record.open(path)


def test_half_a_surrogate_pair_is_refused_with_its_place(tmp_path: Path) -> None:
    """Text that no file can hold is an input error, not an encoding traceback."""
    with make_record(tmp_path / "r.db") as record, pytest.raises(InputError, match="character 3"):
        record.add(make_article("abc\ud800def"), make_reading())


def test_what_another_process_adds_is_seen_and_joined(tmp_path: Path) -> None:
    """Two open records of one file: each sees, joined, what the other put in."""
    path = tmp_path / "r.db"
    other_text = "Washington met Pyongyang's envoys in Oslo."
    reading = make_reading(events=(make_event(day="2018-06-12", span=span_of(other_text, "met")),))
    fill(path)
    with Record.open(path, clock=fixed_clock) as one, Record.open(path, clock=fixed_clock) as two:
        assert (one.events()[0].reports, two.events()[0].reports) == (1, 1)
        one.add(make_article(other_text, outlet="Other"), reading)
        assert (two.events()[0].reports, one.events()[0].reports) == (2, 2)
        two.review.reject(two.findings(kind="event")[0].id)
        assert (one.events()[0].reports, two.events()[0].reports) == (1, 1)


def test_a_tally_of_meetings_is_a_claim(tmp_path: Path) -> None:
    """A report of "twice" without a day adds no meeting to those of the pair, and stands where there is no other."""
    from dragoman.testing import make_article, make_meeting, make_reading, make_record

    dated = make_meeting(day="2018-05-08")
    tally = make_meeting(count=2)
    both = [
        (make_article("Ann met Bob.", published="2018-05-09"), make_reading(meetings=(dated,))),
        (make_article("Ann has met Bob twice.", published="2018-09-09"), make_reading(meetings=(tally,))),
    ]
    with make_record(tmp_path / "both.sqlite", both) as record:
        assert [(pair.held, pair.claimed) for pair in record.contacts("person")] == [(1, 2)]
    with make_record(tmp_path / "tally.sqlite", both[1:]) as record:
        assert [(pair.held, pair.claimed) for pair in record.contacts("person")] == [(1, 2)]
