"""Methods side by side: every method's own numbers, spreads apart, reasons for what was not run."""

from __future__ import annotations

import pytest

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.compare import OUTCOME_METHODS

CASE = """
parties: {A: {name: Anna, capability: 50}, B: {name: Ben, capability: 30}, C: {name: Cleo, capability: 20}}
issues:
  price:
    status_quo: 20
    positions:
      A: {position: {low: 0, high: 40}, salience: 0.6}
      B: {position: 90, salience: 0.5}
      C: {position: 60, salience: 0.4}
  date:
    status_quo: 50
    positions:
      A: {position: 70, salience: 0.3}
      B: {position: {low: 10, high: 30}, salience: 0.5}
      C: {position: 40, salience: 0.2}
"""


def test_each_row_is_the_methods_own_result() -> None:
    """Every central outcome in the comparison is what the method alone gives, with the same seed."""
    answer = solve("compare", loads(CASE), draws=40, seed=3).answer
    rows = {(item.issue, row.method): row for item in answer.issues for row in item.rows}
    for method in ("mean", "median", "challenge", "smp", "exchange"):
        alone = solve(method, loads(CASE), draws=40, seed=3)
        for item in alone.answer.issues:
            row = rows[item.issue, method]
            assert row.central == item.central
            assert row.record == str(alone.track_record)
            assert item.over_draws is None or row.sd == item.over_draws.sd


def test_spreads_are_kept_apart() -> None:
    """Within is the greatest spread of a method's draws, between the range of the methods' central outcomes."""
    for item in solve("compare", loads(CASE), draws=40, seed=3).answer.issues:
        centrals = [row.central for row in item.rows]
        assert item.between == max(centrals) - min(centrals)
        assert item.within == max(row.sd for row in item.rows if row.sd is not None)


def test_no_average_is_taken() -> None:
    """No row or reason holds a mean over methods, and the caveats say why."""
    result = solve("compare", loads(CASE), draws=0)
    assert {row.method for item in result.answer.issues for row in item.rows} <= set(OUTCOME_METHODS)
    assert any("No average" in words for words in result.caveats)
    assert result.answer.baselines["a constant 50"] == 27.96


def test_what_cannot_be_run_is_said() -> None:
    """A method that the case does not suit is named with its reason, and the others are run."""
    two = loads(
        CASE.replace(", C: {name: Cleo, capability: 20}", "")
        .replace("      C: {position: 60, salience: 0.4}\n", "")
        .replace("      C: {position: 40, salience: 0.2}\n", "")
    )
    result = solve("compare", two, draws=0)
    assert "smp" in result.answer.not_run
    assert any(words.startswith("smp was not run") for words in result.warnings)
    assert {row.method for row in result.answer.issues[0].rows} >= {"mean", "median"}


def test_bad_requests_are_refused() -> None:
    """An unknown method and a case without issues are refused."""
    with pytest.raises(UnknownNameError, match="mean"):
        solve("compare", loads(CASE), draws=0, methods=["maen"])
    with pytest.raises(MethodError, match="issues"):
        solve("compare", loads("parties: {A: {name: A}}"), draws=0)
