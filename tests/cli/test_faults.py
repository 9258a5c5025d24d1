"""Faults at the edges of the command line: folders for files, failed readings, a reader of output who has gone."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import run
from dragoman.errors import ReadError

WORDS = "President Xi Jinping met Kim Jong-un in Beijing on Tuesday."


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "events", "--record", "."],
        ["read", "x.txt", "--record", "."],
        ["case", "check", "."],
        ["solve", "mean", "."],
        ["page", "--record", "x", "-o", "."],
        ["score", "--table", "."],
    ],
)
def test_a_folder_for_a_file_is_an_input_at_fault(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder where a file is expected gives one line and status 1."""
    assert run(arguments) == 1
    assert capsys.readouterr().err == "dragoman: error: .: a folder; expected a file\n"


def test_a_failed_reading_leaves_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can be read, one line says why and no record is made."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert run(["read", str(empty), "--record", str(tmp_path / "r.sqlite")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["empty.txt"]


def test_half_a_surrogate_pair_spoils_its_own_article_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The row with half a pair is named, and the other row is read."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in (WORDS + " \ud800", WORDS)))
    assert run(["read", str(rows), "--record", str(tmp_path / "r.sqlite")]) == 1
    told = capsys.readouterr().err
    assert "1 added" in told
    assert "rows.jsonl:1: text, character 60: half of a surrogate pair" in told


def test_read_text_refuses_half_a_surrogate_pair() -> None:
    """From Python the same fault is a read error."""
    import dragoman

    with pytest.raises(ReadError, match="surrogate"):
        dragoman.read_text("Xi \udfff met Kim.")


def test_ten_thousand_brackets_are_read_as_text() -> None:
    """Brackets without end are no names, no events, and no reason to stop."""
    import dragoman

    reading = dragoman.read_text(WORDS + " He added " + "(" * 10_000 + ".", "2018-06-02")
    assert len(reading.meetings) == 1


def test_a_closed_pipe_makes_no_noise() -> None:
    """A reader of standard output that goes away early is no cause for words."""
    command = f"{sys.executable} -m dragoman case schema | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "{\n"
    assert done.stderr == ""


@pytest.mark.parametrize("published", ["June", 5, ""])
def test_a_wrong_day_of_publication_is_told(published: Any) -> None:
    """What is no day, of whatever type, is a read error."""
    import dragoman

    with pytest.raises(ReadError, match="a day such as"):
        dragoman.read_text(WORDS, published)


def test_a_time_of_publication_counts_as_its_day() -> None:
    """A date with a time of day is that day."""
    import dragoman

    assert dragoman.read_text(WORDS, datetime(2018, 6, 2, 3, 0, tzinfo=UTC)).published == "2018-06-02"
