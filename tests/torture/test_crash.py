"""A crash, a full disk or a broken one at any write, sync, rename or link loses nothing that was said to be done.

Each act is run once without a fault to count its calls; then again with a fault at chosen calls: a few drawn by seed,
or all of them where ``DRAGOMAN_TORTURE`` is set (``make torture``).
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dragoman.record import Record
from dragoman.record.upkeep import check
from tests.record.strategies import everything
from tests.torture import faults
from tests.torture.faults import KILLED, How, run

OLD = Path(__file__).parents[1] / "old" / "record-0.2.sqlite"
FEW = 4
ALL = bool(os.environ.get("DRAGOMAN_TORTURE"))
SAY = "import sys\nfrom dragoman.cli import run\nsys.exit(run(sys.argv[1:]))"
ADD = """
import sys
from dragoman.record import Record
from dragoman.testing import fixed_clock
from tests.record.test_kill import article
with Record.open(sys.argv[1], create=True, clock=fixed_clock) as record:
    for number in range(3):
        print(record.add(*article(number)).key, flush=True)
"""
DECIDE = """
import sys
from dragoman.record import Record
with Record.open(sys.argv[1]) as record:
    for row in record.findings(kind="quote")[:3]:
        print(record.review.accept(row.id, by="ann"), flush=True)
"""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that writes: a script with arguments, and what must hold of the folder whatever became of it.

    ``holds`` gets the folder, what the act had said by then, and whether it ended well.
    """

    name: str
    script: str
    arguments: tuple[str, ...]
    holds: Callable[[Path, list[str], bool], None]


def _added(folder: Path, said: list[str], whole: bool) -> None:
    path = folder / "new.sqlite"
    if not path.exists():
        assert not said
        return
    with Record.open(path, create=True) as record:
        assert all(record.has(key) for key in said)
        assert len(record.articles()) in {len(said), len(said) + 1}
        assert not whole or len(said) == 3
    assert check(path) == ()


def _decided(folder: Path, said: list[str], whole: bool) -> None:
    with Record.open(folder / "r.sqlite") as record:
        made = [one.seq for one in record.review.log()[9:]]
        assert made[: len(said)] == [int(one) for one in said]
        assert len(made) in {len(said), len(said) + 1}
        assert not whole or len(made) == 3
    assert check(folder / "r.sqlite") == ()


def _registered(folder: Path, said: list[str], whole: bool) -> None:
    with Record.open(folder / "r.sqlite") as record:
        forecasts = record.register.forecasts()
        assert len(forecasts) in {2, 3}
        assert not whole or len(forecasts) == 3
    del said


def _one_or_none(name: str, then: Callable[[Path], Any]) -> Callable[[Path, list[str], bool], None]:
    """A file that is there whole, or not at all, and nothing beside it."""

    def holds(folder: Path, said: list[str], whole: bool) -> None:
        del said
        made = folder / name
        assert made.exists() or not whole
        if made.exists():
            then(made)

    return holds


def _is_table(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == "before" or (text.startswith("\ufeffid,") and text.endswith("\n"))


def _is_record(path: Path) -> None:
    assert check(path) == ()
    with Record.open(path) as record, Record.open(path.with_name("r.sqlite")) as first:
        assert everything(record) == everything(first)


FORECAST = ("register", "add", "--record", "r.sqlite", "Talks resume", "--probability", "0.4",
            "--made-on", "2019-03-02", "--due", "2019-12-31")  # fmt: skip
ACTS = (
    Act(name="articles", script=ADD, arguments=("new.sqlite",), holds=_added),
    Act(name="decisions", script=DECIDE, arguments=("r.sqlite",), holds=_decided),
    Act(name="a forecast", script=SAY, arguments=FORECAST, holds=_registered),
    Act(
        name="an export", script=SAY, arguments=("export", "events", "--record", "r.sqlite", "-o", "old.csv"),
        holds=_one_or_none("old.csv", _is_table),
    ),
    Act(
        name="a backup", script=SAY, arguments=("record", "backup", "r.sqlite", "-o", "copy.sqlite"),
        holds=_one_or_none("copy.sqlite", _is_record),
    ),
    Act(
        name="a repair", script=SAY, arguments=("record", "repair", "r.sqlite", "-o", "mended.sqlite"),
        holds=_one_or_none("mended.sqlite", _is_record),
    ),
)  # fmt: skip


def prepared(folder: Path) -> Path:
    """A folder with a record of today's schema that is joined, and a table that will be overwritten."""
    folder.mkdir()
    shutil.copy(PREPARED, folder / "r.sqlite")
    (folder / "old.csv").write_text("before", encoding="utf-8")
    return folder


PREPARED = Path(os.devnull)


@pytest.fixture(scope="module", autouse=True)
def _record(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The record of version 0.2, brought up to date once."""
    global PREPARED  # noqa: PLW0603 - made once for all tests of this module
    if faults.shim() is None:
        pytest.skip("SKIPPED: no C compiler to build the shim that makes calls fail")
    path = tmp_path_factory.mktemp("record") / "r.sqlite"
    shutil.copy(OLD, path)
    with Record.open(path) as record:
        record.settle()
        everything(record)
    PREPARED = path


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
@pytest.mark.parametrize("how", ["kill", "EIO", "ENOSPC"])
def test_nothing_said_done_is_lost_at_any_call(tmp_path: Path, act: Act, how: How) -> None:
    """Whatever call fails: what was acknowledged is there, files are whole or not there, and no traceback is shown."""
    first = prepared(tmp_path / "first")
    paths = [_placed(first, one) for one in act.arguments]
    counted = run(act.script, paths, under=first, at=0)
    assert counted.status == 0, counted.said
    act.holds(first, counted.said.split() if act.script is not SAY else [], True)
    draw = random.Random(f"{act.name} {how}")  # noqa: S311 - points drawn by seed
    chosen = range(1, counted.calls + 1)
    points = sorted(draw.sample(chosen, min(FEW, len(chosen)))) if not ALL else list(chosen)
    for at in points:
        folder = prepared(tmp_path / f"at{at}")
        done = run(act.script, [_placed(folder, one) for one in act.arguments], under=folder, at=at, how=how)
        lines = [line for line in done.said.splitlines() if line and not line.startswith(("dragoman", "wrote"))]
        if act.script is SAY:
            assert "Traceback" not in done.said, (at, done.said)
            assert done.status in {0, 1, KILLED}, (at, done.status, done.said)
            act.holds(folder, [], done.status == 0)
        else:
            said = [line for line in lines if " " not in line and len(line) <= 16]
            act.holds(folder, said, done.status == 0)
        left = {one.name for one in folder.iterdir() if one.name.startswith(".") and how != "kill"}
        assert left == set(), (at, left)


def _placed(folder: Path, argument: str) -> str:
    return str(folder / argument) if argument.endswith((".sqlite", ".csv")) else argument
