"""What goes on can be read afterwards; a fault of the program is one line, and its place is in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.cli import run

ARTICLE = "Title: Ministers meet\nDate: 2021-06-02\n\nThe ministers of Peru and Chile met in Lima on Tuesday.\n"


@pytest.fixture(autouse=True)
def _loggers() -> Iterator[None]:
    """Loggers as they were before."""
    kept = {
        name: (list(logging.getLogger(name).handlers), logging.getLogger(name).level)
        for name in ("dragoman", "uvicorn")
    }
    yield
    for name, (handlers, level) in kept.items():
        logger = logging.getLogger(name)
        for handler in set(logger.handlers) - set(handlers):
            handler.close()
            logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_reading_is_logged_article_by_article(tmp_path: Path) -> None:
    """Each article with what became of it; a second run appends."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    log, record = tmp_path / "log.txt", tmp_path / "r.sqlite"
    for _ in range(2):
        assert run(["--log", str(log), "read", str(tmp_path / "a.txt"), "--record", str(record)]) == 0
    lines = log.read_text(encoding="utf-8").splitlines()
    assert sum("INFO dragoman.desk.intake" in line and "a.txt:4: added" in line for line in lines) == 1
    assert sum("reading into" in line for line in lines) >= 2


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is done without the log that was asked for."""
    assert run(["--log", str(tmp_path / "none" / "log.txt"), "read", "x.txt", "--json"]) == 1
    assert "a log file that may be written" in capsys.readouterr().err


def test_a_fault_of_the_program_is_one_line_with_its_place_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback on the screen; kind and words of the error are there, and the trace is in the file."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("dragoman.record.upkeep.check", broken)
    log = tmp_path / "log.txt"
    assert run(["--log", str(log), "record", "check", "x.sqlite"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "a fault of the program" in said
    assert "ZeroDivisionError" in said
    assert "Traceback" in log.read_text(encoding="utf-8")
