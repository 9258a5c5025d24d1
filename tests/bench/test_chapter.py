"""The chapter on forecasts, and the casebook: what the docs say is what the benches gave."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import _forecasts_chapter as chapter
import casebook as bench
from dragoman.desk.rates import faults
from dragoman.model import load_case

CASES = sorted(path for path in bench.FOLDER.glob("*.yaml") if path.name != "outcomes.yaml")


def test_the_chapter_is_what_the_benches_gave() -> None:
    """Changed figures, or a changed table of counts, without the chapter written again are a failure."""
    page = chapter.PAGE.read_text(encoding="utf-8")
    assert page == chapter.chapter().rstrip() + "\n", "run: python bench/_forecasts_chapter.py"


def test_the_casebook_gives_the_figures_that_stand_in_the_chapter() -> None:
    """Solving the casebook again gives what was written."""
    found, written = bench.measure(), chapter.results("casebook")
    assert [one["case"] for one in found["rows"]] == [one["case"] for one in written["rows"]]
    for one, other in zip(found["rows"], written["rows"], strict=True):
        assert (one["deal"], one["holds"]) == (other["deal"], other["holds"])
    assert found["mae"] == pytest.approx(written["mae"])


def test_half_of_the_casebook_failed_and_every_case_has_an_outcome_of_its_own() -> None:
    """At least twelve, half of them unsigned; a signed text says whether it was kept and where it came down."""
    came = bench.outcomes()
    assert {path.stem for path in CASES} == set(came)
    assert len(came) >= 12
    assert sum(one["signed"] for one in came.values()) * 2 == len(came)
    for one in came.values():
        assert ("kept5" in one, "points" in one) == (one["signed"], one["signed"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_that_its_values_are_judged_and_knows_no_outcome(path: Path) -> None:
    """Each value has its reason or its case's mark, and no day on or after the outcome stands in the file."""
    case = load_case(path)
    text = path.read_text(encoding="utf-8")
    assert "judged, source not seen" in case.mark
    assert not [*faults(case)]
    on = str(bench.outcomes()[path.stem]["on"])
    assert case.as_of is not None
    assert case.as_of.isoformat() < on
    assert all(day <= case.as_of.isoformat() for day in re.findall(r"\d{4}-\d\d-\d\d", text))
