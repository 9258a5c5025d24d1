"""A kill at any moment loses nothing committed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.record import Record
from dragoman.testing import make_article, make_event, make_reading, span_of
from tests.record.strategies import differences, everything

WRITER = """
import sys
from dragoman.testing import fixed_clock
from tests.record.test_kill import article
from dragoman.record import Record
with Record.open(sys.argv[1], create=True, clock=fixed_clock) as record:
    for number in range(int(sys.argv[2]), 400):
        print(number, record.add(*article(number)).key, flush=True)
        if number % 7 == 3:
            record.settle()
"""


def article(number: int):  # type: ignore[no-untyped-def]
    """The article of a number, with its reading."""
    text = f"Story {number}: envoys met in Geneva. " + f"word{number} " * 300
    event = make_event(span=span_of(text, "met"), day=f"2018-06-{number % 28 + 1:02}")
    return make_article(text, outlet=f"Paper {number % 5}", title=f"T{number}"), make_reading(events=(event,))


def run_until(path: Path, first: int, lines: int) -> list[str]:
    """Start a writer, kill it after some lines, and return all that it had reported by then."""
    command = [sys.executable, "-c", WRITER, str(path), str(first)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
    return [line.split()[1] for line in told if line.endswith("\n") and len(line.split()) == 2]


@pytest.mark.parametrize("lines", [1, 4, 11])
def test_a_killed_run_has_lost_nothing_and_the_next_goes_on(tmp_path: Path, lines: int) -> None:
    """Every article reported as added is there whole, and going on gives the record of a run that was not killed."""
    path = tmp_path / "r.db"
    told = run_until(path, 0, lines)
    assert len(told) >= lines
    with Record.open(path) as record:
        assert record._store.value("PRAGMA integrity_check") == "ok"
        assert all(record.has(key) for key in told)
        assert all(row.findings == {"event": 1} for row in record.articles())
        reached = record.counts().articles
        for number in range(reached + 3):
            record.add(*article(number))
        with Record.open(tmp_path / "whole.db", create=True) as whole:
            for number in range(reached + 3):
                whole.add(*article(number))
            assert differences(everything(record), everything(whole)) == {}
