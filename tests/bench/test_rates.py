"""How the reference classes are counted: what is kept, what is dropped, and what is one unit."""

from __future__ import annotations

import csv
import os
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import _rates_data as data
import rates as bench


@pytest.mark.parametrize(
    ("signed", "ended", "over", "want"),
    [
        ("2000-01-01", False, None, True),
        ("2000-01-01", True, "2003-01-01", False),
        ("2000-01-01", True, "2006-01-01", True),
        ("2000-01-01", True, None, None),
        ("2019-01-01", False, None, None),
        ("2019-01-01", True, "2019-06-01", None),
    ],
)
def test_kept_five_years(signed: str, ended: bool, over: str | None, want: bool | None) -> None:
    """Of those signed too late to know, a known failure does not count either: it would stand alone."""
    assert data._kept(date.fromisoformat(signed), ended, date.fromisoformat(over) if over else None, 5) is want


@pytest.mark.parametrize(
    ("text", "latest", "want"), [("7/21/46", 1946, "1946-07-21"), ("6/6/99", 2020, "1999-06-06"), ("5/1/19", 2020,
     "2019-05-01"), ("9/30/69", 2020, "1969-09-30")],
)  # fmt: skip
def test_two_digits_of_a_year_are_the_last_such_year(text: str, latest: int, want: str) -> None:
    """'46 is 1946, '19 of a row of 2020 is 2019."""
    assert data._american(text, latest) == date.fromisoformat(want)


def test_an_episode_is_one_unit_however_many_years_it_has(tmp_path: Path) -> None:
    """Three yearly rows of one episode and two of the next are two units; a shared rounded number joins nothing."""
    fields = "dyadep_id dyadepisode dyad_id conflict_id year start_date2 ependdate outcome type_of_conflict2 gwno_loc"
    with (tmp_path / "ucdp-terminations.csv").open("w", newline="") as stream:
        table = csv.DictWriter(stream, fields.split())
        table.writeheader()
        for episode, years, outcome in ((1, (1990, 1991, 1992), "1"), (2, (1995, 1996), "5")):
            for year in years:
                end = year == years[-1]
                table.writerow(
                    {
                        "dyadep_id": "1.4e+06", "dyadepisode": episode, "dyad_id": 7, "conflict_id": 3, "year": year,
                        "start_date2": f"2/1/{years[0] % 100}", "ependdate": f"3/1/{year % 100}" if end else "",
                        "outcome": outcome if end else "", "type_of_conflict2": "3", "gwno_loc": "450",
                    }
                )  # fmt: skip
    first, second = data.episodes(tmp_path)
    assert (first.answers["signed"], first.answers["signed5"], first.answers["quiet5"]) == (True, True, False)
    assert (second.answers["signed"], second.answers["quiet5"]) == (False, True)
    assert first.states == {"LBR"}


@pytest.mark.skipif("DRAGOMAN_REFERENCE" not in os.environ, reason="the data sets are not at hand")
def test_the_committed_table_is_what_the_script_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting again gives the same bytes."""
    monkeypatch.setattr(sys, "argv", ["rates.py"])
    assert bench.main() == 0
