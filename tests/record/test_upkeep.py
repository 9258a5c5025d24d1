"""Check, backup and repair; a damaged file gives an error that says so, or the right rows, and nothing else."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import DragomanError, RecordError
from dragoman.record import Record
from dragoman.record.upkeep import Damage, backup, check, repair
from tests.record.strategies import everything

OLD = Path(__file__).parents[1] / "old" / "record-0.2.sqlite"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of a record with findings, decisions, merges and forecasts."""
    copy = tmp_path / "r.sqlite"
    shutil.copy(OLD, copy)
    return copy


def ruin(path: Path, *statements: str) -> None:
    """Change a record behind its back."""
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_whole_record_has_no_damage(path: Path) -> None:
    """Nothing is found in a record in good order."""
    assert check(path) == ()


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE texts SET text = 'Else ' || text WHERE article = 2", "its text is not the one that was read"),
        ("DELETE FROM texts WHERE article = 2", "its text is not there"),
        ("UPDATE findings SET payload = '{}' WHERE id = (SELECT min(id) FROM findings)", "cannot be read"),
        ("UPDATE findings SET payload = '[1]' WHERE id = (SELECT min(id) FROM findings)", "cannot be read"),
        ("DELETE FROM articles WHERE id = 2", "hangs on a row of articles that is not there"),
    ],
)
def test_each_kind_of_damage_is_named(path: Path, statement: str, damage: str) -> None:
    """A changed or lost text, an unreadable finding and a row that hangs on nothing are found."""
    ruin(path, statement)
    assert any(damage in one.what for one in check(path))


def test_a_finding_outside_its_text_is_found(path: Path) -> None:
    """A span behind the end of the text is damage, even where the text's own hash holds."""
    ruin(path, "UPDATE findings SET payload = replace(payload, '\"span\":[', '\"span\":[9') WHERE kind = 'event'")
    assert any(one.what == "points outside its text" for one in check(path))


def test_a_backup_made_while_the_record_is_used_holds_all_of_it(path: Path, tmp_path: Path) -> None:
    """The copy says what the record says, and is never written over another file."""
    with Record.open(path) as used:
        used.review.accept(used.findings()[4].id, by="ann")
        before = everything(used)
        backup(path, tmp_path / "copy.sqlite")
    with Record.open(tmp_path / "copy.sqlite") as copy:
        assert everything(copy) == before
    with pytest.raises(RecordError, match="a file that exists"):
        backup(path, tmp_path / "copy.sqlite")


def test_repairing_a_whole_record_loses_nothing(path: Path, tmp_path: Path) -> None:
    """Everything that queries give is the same afterwards."""
    with Record.open(path) as record:
        before = everything(record)
    saved = repair(path, tmp_path / "new.sqlite")
    assert saved.lost == ()
    with Record.open(tmp_path / "new.sqlite") as record:
        assert everything(record) == before
        assert len(record.review.log()) == 9


def test_a_repair_keeps_the_rest_and_names_what_is_lost(path: Path, tmp_path: Path) -> None:
    """An article whose text was changed goes, with its findings; decisions on it and all else stay; the file stands."""
    ruin(path, "UPDATE texts SET text = 'Else ' || text WHERE article = 2")
    bytes_before = path.read_bytes()
    saved = repair(path, tmp_path / "new.sqlite")
    assert [one.what for one in saved.lost] == ["its text is lost; give its file to dragoman read again"]
    assert path.read_bytes() == bytes_before
    assert check(tmp_path / "new.sqlite") == ()
    with Record.open(path) as old, Record.open(tmp_path / "new.sqlite") as new:
        assert len(new.articles()) == len(old.articles()) - 1
        assert new.review.log() == old.review.log()
        assert new.register.forecasts() == old.register.forecasts()


def _queries(path: Path) -> dict[str, Any]:
    with Record.open(path) as record:
        return everything(record)


def test_bytes_damaged_anywhere_give_a_named_error_or_the_right_rows(path: Path, tmp_path: Path) -> None:
    """Of 60 files with bytes overwritten none gives a traceback; check finds what opening does not."""
    repair(path, tmp_path / "sealed.sqlite")
    want = _queries(tmp_path / "sealed.sqlite")
    whole = (tmp_path / "sealed.sqlite").read_bytes()
    draw = random.Random(5)  # noqa: S311 - damage by seed
    unseen = []
    for number in range(60):
        data = bytearray(whole)
        for _ in range(draw.choice((1, 8, 400))):
            data[draw.randrange(100, len(data))] = draw.randrange(256)
        hurt = tmp_path / f"{number}.sqlite"
        hurt.write_bytes(data)
        try:
            found: tuple[Damage, ...] = check(hurt)
            rows = None if found else _queries(hurt)
        except DragomanError:
            found, rows = (Damage(where="file", what="cannot be opened"),), None
        if not found and rows != want:
            unseen.append(number)
        try:
            repair(hurt, tmp_path / f"{number}.new")
        except DragomanError:
            continue
        assert check(tmp_path / f"{number}.new") == (), number
    assert unseen == []
