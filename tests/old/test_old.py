"""Files of version 0.2.0 still open, and every decision in them still holds.

The files were written by that version from six articles of the Korea example: a record with decisions of two persons,
a merge, a forecast that is over and one that is not; a register; a reading; a case; exported annotations.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dragoman.model import load_case
from dragoman.record import Record
from dragoman.record.register import Register
from dragoman.solve import solve

OLD = Path(__file__).parent


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """The old record, opened from a copy."""
    shutil.copy(OLD / "record-0.2.sqlite", tmp_path / "r.sqlite")
    return Record.open(tmp_path / "r.sqlite")


def test_an_old_record_opens_with_all_its_decisions(record: Record) -> None:
    """Accepted, rejected, corrected and undone decisions hold, with who made them and why."""
    with record:
        log = record.review.log()
        assert [(one.action, one.by) for one in log] == [
            ("accept", "ann"), ("reject", "ann"), ("accept", "ann"), ("reject", "bob"), ("accept", "bob"),
            ("correct", "bob"), ("correct", "ann"), ("reject", "ann"), ("undo", "ann"),
        ]  # fmt: skip
        states = [row.review for row in record.findings()]
        assert {state: states.count(state) for state in sorted(set(states))} == {
            "accepted": 2, "corrected": 2, "open": 131,
        }  # fmt: skip
        assert len(record.findings(review="rejected")) == 2
        corrected = next(row for row in record.findings(review="corrected") if row.kind == "commitment")
        assert getattr(corrected.finding, "fate", None) == "kept"


def test_an_old_record_keeps_its_merges_and_forecasts(record: Record) -> None:
    """The merge that stands is seen in every query, the undone one is not; forecasts are scored as they were."""
    with record:
        assert record.identity.canonical("ruth-callender") == "nina-castellaw"
        assert record.identity.canonical("thomas-gearhart") == "thomas-gearhart"
        assert [one.action for one in record.identity.log()] == ["merge", "merge", "undo", "suggest"]
        card = record.register.score(as_of="2020-01-01")
        assert [(row.forecast.what, row.score) for row in card.rows] == [
            ("A third summit is held", pytest.approx(0.36)),
            ("Inspections begin", None),
        ]


def test_an_old_register_opens(tmp_path: Path) -> None:
    """A register in a file of its own has its forecast."""
    shutil.copy(OLD / "register-0.2.sqlite", tmp_path / "g.sqlite")
    register = Register.open(tmp_path / "g.sqlite")
    assert [one.what for one in register.forecasts()] == ["A third summit is held"]
    register.close()


def test_an_old_case_loads_and_is_solved(tmp_path: Path) -> None:
    """The Korea case of 0.2.0 has no faults today."""
    shutil.copy(OLD / "case-0.2.yaml", tmp_path / "case.yaml")
    shutil.copy(OLD / "trade.csv", tmp_path / "trade.csv")
    case = load_case(tmp_path / "case.yaml")
    assert len(case.parties) > 5
    assert solve("mean", case, draws=10).reasons


def test_an_old_reading_has_no_key_that_today_lacks() -> None:
    """What 0.2.0 printed is still printed under schema 1, key by key."""
    from dragoman import read_text

    old = json.loads((OLD / "reading-0.2.json").read_text(encoding="utf-8"))
    new = read_text("Ann Lee met Bo Ray in Oslo.", "2018-06-12").to_dict(schema=1)
    assert set(old) == set(new)
    assert old["schema"] == new["schema"] == "dragoman/reading/1"
