"""The one table of methods, the one result, the one outcome."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman.model import loads
from dragoman.plain import hash_of
from dragoman.solve import METHODS, solve
from dragoman.solve._methods import methods_in
from dragoman.solve.outcome import Outcome, OutcomeAnswer
from tests.solve.bargaining import valley

DOCS = Path(__file__).resolve().parents[2] / "docs" / "methods"
CONFLICT = "parties: {A: {name: A}}\noptions: {a: {owner: A}}\nstatus_quo: []\npreferences: {A: [a]}\n"


def test_a_new_method_is_one_file(tmp_path: Path) -> None:
    """A module that declares a method is in the table, in its place, without being imported or named elsewhere."""
    (tmp_path / "late.py").write_text(
        'raise SystemExit\nMETHOD = Method(name="late", place=2, title="L", answers="a", needs="n")'
    )
    (tmp_path / "early").mkdir()
    (tmp_path / "early" / "__init__.py").write_text(
        'ONE = Method(name="early", place=1, title="E", answers="a", needs="n", outcome=True)'
    )
    (tmp_path / "_private.py").write_text('NO = Method(name="no", place=0, title="N", answers="a", needs="n")')
    found = methods_in(tmp_path, "dragoman.solve")
    assert [(one.name, one.module, one.outcome) for one in found.values()] == [
        ("early", "dragoman.solve.early", True),
        ("late", "dragoman.solve.late", False),
    ]


def test_every_method_has_a_chapter() -> None:
    """Each method's command stands in a chapter of the docs."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    assert [name for name in METHODS if f"dragoman solve {name} " not in text] == []


@pytest.mark.parametrize("method", [name for name, one in METHODS.items() if one.needs in {"issues", "format"}])
def test_the_hash_of_inputs_means_the_same_for_every_method(method: str) -> None:
    """It is that of the case, the method and the parameters, whatever draws and seed are."""
    case = valley()
    given: dict[str, Any] = {"over": {"rounds": [1, 2]}} if method == "grid" else {}
    result = solve(method, case, draws=2, **given)
    assert result.input_hash == hash_of([case.input_hash, method, result.parameters])
    assert solve(method, case, draws=4, seed=3, **given).input_hash == result.input_hash


def test_the_hash_is_that_of_the_graph_too() -> None:
    """So it is where the case has options instead of issues."""
    case = loads(CONFLICT)
    result = solve("graph", case, draws=0)
    assert result.input_hash == hash_of([case.input_hash, "graph", result.parameters])
    assert solve("graph", case, draws=0, concept="NASH").input_hash != result.input_hash


@pytest.mark.parametrize("method", [name for name, one in METHODS.items() if one.outcome])
def test_outcome_methods_answer_alike(method: str) -> None:
    """Every outcome method gives outcomes of one kind, by issue, within the scale."""
    answer = solve(method, valley(), draws=3).answer
    assert isinstance(answer, OutcomeAnswer)
    for item in answer.outcomes():
        assert isinstance(item, Outcome)
        assert answer.outcome_of(item.issue) == item
        assert item.central is None or item.low <= item.central <= item.high
    assert answer.outcome_of("none of them") is None
