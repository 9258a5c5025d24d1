"""The specification grid: runs are those of the method, and what decides is the variance that it explains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.grid import correlation_ratio
from tests.solve.bargaining import valley


def test_every_run_is_the_method_under_those_settings() -> None:
    """The grid has each combination once, with what the method gives by itself."""
    case = valley()
    over: dict[str, list[Any]] = {"variant": ["literal", "faithful"], "rounds": [1, 3]}
    answer = solve("grid", case, of="challenge", over=over).answer
    assert [dict(run.settings) for run in answer.runs] == [
        {"variant": variant, "rounds": rounds} for variant in over["variant"] for rounds in over["rounds"]
    ]
    for run in answer.runs:
        alone = solve("challenge", case, draws=0, **run.settings).answer
        assert run.outcomes == {item.issue: item.central for item in alone.issues}
    for item in answer.issues:
        values = [run.outcomes[item.issue] for run in answer.runs]
        assert (item.least, item.median, item.most) == (min(values), np.median(values), max(values))


def test_scenarios_are_inputs_of_the_grid_and_decide_where_only_they_change_anything() -> None:
    """The mean has nothing to set but inputs: the scenario explains all of the spread."""
    case = loads("""
parties: {A: {name: A, capability: 1}, B: {name: B, capability: 1}}
issues: {x: {name: Toll, positions: {A: {position: 20, salience: 1}, B: {position: 80, salience: 1}}}}
scenarios: {hard: {changes: {issues.x.positions.A.position: 0}}}
""")
    result = solve("grid", case, of="mean", scenarios=["hard"])
    (item,) = result.answer.issues
    assert (item.least, item.most, item.factors[0].setting, item.factors[0].part) == (40, 50, "scenario", 1)
    (words,) = result.reasons
    assert words == (
        "Toll: from 40 to 50 by mean over 2 runs, 45 in the middle. What decides most is scenario, 100 % of the "
        "spread: 50 with the case as it stands, 40 with hard."
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), min_size=2, max_size=12))
def test_the_correlation_ratio_is_between_group_over_total_variance(rows: list[tuple[str, float]]) -> None:
    """By the definition: the sum over groups of n (mean - overall)^2 over the sum of squares, and within 0 and 1."""
    levels, values = [row[0] for row in rows], np.array([row[1] for row in rows])
    total = ((values - values.mean()) ** 2).sum()
    between = sum(
        len(group) * (np.mean(group) - values.mean()) ** 2
        for level in "abc"
        if (group := [value for own, value in rows if own == level])
    )
    assert 0 <= correlation_ratio(levels, values) <= 1 + 1e-9
    if values.var() > 1e-9:
        assert correlation_ratio(levels, values) == pytest.approx(between / total)


def test_refused_runs_are_kept_and_told_and_bad_grids_refused() -> None:
    """A value that the method refuses is a run with a reason; grids of one run or of none are errors."""
    result = solve("grid", valley(), of="challenge", over={"rounds": [0, 2]})
    assert [bool(run.refused) for run in result.answer.runs] == [True, False]
    assert result.warnings == ("1 of 2 runs were refused by the method",)
    with pytest.raises(MethodError, match="no run with an outcome"):
        solve("grid", valley(), of="challenge", over={"rounds": [0, -1]})
    with pytest.raises(MethodError, match="0 runs"):
        solve("grid", valley(), of="mean")
    with pytest.raises(UnknownNameError, match="graph"):
        solve("grid", valley(), of="graph", over={"concept": ["SEQ", "NASH"]})
