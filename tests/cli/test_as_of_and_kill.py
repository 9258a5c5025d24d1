"""No command sees past its day, and no reading that is killed loses or doubles an article."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import click
import pytest

from dragoman.cli import cli, run
from dragoman.record import Record

NAMES = ("North", "South", "East", "West")
WITHOUT_A_DAY = {
    "read", "fetch", "watch", "explain", "demo",
    "review accept", "review reject", "review undo",
    "identity merge", "identity split", "identity dismiss", "identity undo",
    "import events", "import list", "import remove",
    "case new", "case import", "case schema",
    "register add", "register settle", "register take", "register table",
    "record check", "record backup", "record repair", "record outlets",
}  # fmt: skip


def commands(group: click.Command, path: str = "") -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    if not isinstance(group, click.Group):
        return {path.strip(): group}
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        found |= commands(command, f"{path} {name}")
    return found


def test_every_command_that_shows_a_record_or_a_case_takes_as_of() -> None:
    """Only commands that write, or that read no record and no case, have no --as-of."""
    without = {
        name for name, command in commands(cli).items() if not any("--as-of" in one.opts for one in command.params)
    }
    assert without == WITHOUT_A_DAY


def folder_of(path: Path, count: int) -> Path:
    """A folder of short articles, no two alike."""
    path.mkdir()
    for number in range(count):
        place, other = NAMES[number % 4], NAMES[(number + 1) % 4]
        text = (
            f"Outlet: Paper {number % 3}\nTitle: Talks {number}\nPublished: 2021-06-{number % 28 + 1:02}\n\n"
            f"President Vladimir Putin met Chinese President Xi Jinping in Moscow on Tuesday, for the {number}th time. "
            f"The envoys of the {place} and the {other} spoke about dam number {number}, ministers said.\n"
        )
        (path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return path


def read(folder: Path, record: Path) -> subprocess.Popen[bytes]:
    """Start a reading."""
    command = [sys.executable, "-m", "dragoman", "read", str(folder), "--record", str(record)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(path: Path) -> tuple[list[str], list[str]]:
    """The articles and the findings of a record."""
    with Record.open(path) as record:
        rows = record.findings(limit=100_000)
        return sorted(row.key for row in record.articles(limit=1000)), sorted(row.id for row in rows)


def stored(path: Path) -> int:
    """How many articles are committed so far; none while there is no record."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        try:
            return int(store.execute("SELECT count(*) FROM articles").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def test_a_killed_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """After SIGKILL in the middle, reading again gives the record of a run that was not killed."""
    folder = folder_of(tmp_path / "in", 40)
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    assert read(folder, whole).wait(120) == 0
    killed = read(folder, broken)
    while killed.poll() is None and not 0 < stored(broken) < 36:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait(30)
    reached = stored(broken)
    assert 0 < reached < 40, "the reading was over before it could be killed"
    assert read(folder, broken).wait(120) == 0
    assert contents(broken) == contents(whole)


def test_logs_and_suggestions_as_of_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A merge suggested for a name that only a later article has is not suggested before it."""
    record = tmp_path / "r.db"
    assert run(["read", str(folder_of(tmp_path / "in", 2)), "--record", str(record)]) == 0
    with Record.open(record) as opened:
        one, two = (row.entity for row in opened.identity.entities(limit=2))
        opened.identity.suggest_merge(one, two, score=0.8, because="alike")
    for day, count in (("2021-05-01", 0), ("2021-07-01", 1)):
        capsys.readouterr()
        assert run(["identity", "suggestions", "--record", str(record), "--json", "--as-of", day]) == 0
        assert len(json.loads(capsys.readouterr().out)) == count
    capsys.readouterr()
    assert run(["identity", "log", "--record", str(record), "--json", "--as-of", "2021-07-01"]) == 0
    assert json.loads(capsys.readouterr().out) == []
