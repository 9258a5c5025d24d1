"""Ranges, robustness, guarantors and the sentences of the steps, through a case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import CaseError, MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.steps import (
    Deal,
    Lever,
    at_once,
    best_plan,
    break_even,
    deal_of,
    evaluate,
    hazard_intervals,
    patience_intervals,
    plan_table,
    region,
    shares,
    slack_curve,
    smallest_guarantee,
    timeline,
)
from dragoman.solve.steps._ranges import intervals
from tests.solve.steps import slow
from tests.solve.steps.conftest import deals

CASE = """
parties: {N: {name: North}, S: {name: South}, L: {name: League}}
measures:
  freeze: {performers: [N], once: {N: -2, S: 3}, reversible: true, undone: 0.8}
  dismantle: {performers: [N], once: {N: {low: -14, high: -5}, S: 8}, after: [freeze]}
  lift: {performers: [S], flow: {N: {low: 0.2, high: 1.0}, S: -0.1}, reversible: true}
patience: {N: 0.9, S: 0.92}
hazard: {low: 0.0, high: 0.2}
guarantors:
  strong: {who: L, name: Strong, penalty: {N: 9}, cost: 1, word_stake: 2, active: false}
  weak: {who: L, name: Weak, penalty: {N: 9}, cost: 3, word_stake: 2, active: false}
  insurer: {who: L, name: Insurer, kind: insure, pays: {S: 2}, active: false}
"""


def test_smallest_guarantee_is_enough_and_least() -> None:
    """With the guarantee that is said to be needed the plan holds; with a little less it does not."""
    deal = deal_of(loads(CASE))
    plan = at_once(deal)
    needed = smallest_guarantee(deal, plan)
    assert needed.max() > 0
    assert evaluate(replace(deal, guarantee=deal.guarantee + needed), plan).holds[0]
    less = np.maximum(deal.guarantee + needed - 1e-3, 0)
    assert not evaluate(replace(deal, guarantee=less), plan).holds[0]


@settings(max_examples=25, deadline=None)
@given(deals(most_measures=3), st.floats(0, 0.999))
def test_intervals_say_where_a_plan_holds(deal: Deal, value: float) -> None:
    """A patience or hazard inside a reported interval holds and one outside does not, away from the edges."""
    plan = at_once(deal)
    for found, changed in (
        (patience_intervals(deal, plan, 0), replace(deal, patience=_first(deal.patience, value))),
        (hazard_intervals(deal, plan), replace(deal, hazard=np.array([value]))),
    ):
        edges = [edge for part in found for edge in (part.low, part.high)]
        if all(abs(value - edge) > 0.01 for edge in edges):
            inside = any(part.low <= value <= part.high for part in found)
            assert bool(evaluate(changed, plan).holds[0]) == inside or _narrow(found)


def _first(patience: np.ndarray, value: float) -> np.ndarray:
    changed = patience.copy()
    changed[0, 0] = value
    return changed


def _narrow(found: tuple[object, ...]) -> bool:
    return len(found) > 2


def test_intervals_need_not_be_one() -> None:
    """Two separate stretches are reported as two, with their edges found by bisection."""
    found = intervals(lambda x: np.abs(x - 0.5) >= 0.2, 0.0, 1.0)
    assert [(round(part.low, 6), round(part.high, 6)) for part in found] == [(0.0, 0.3), (0.7, 1.0)]
    assert intervals(lambda x: x < -1, 0.0, 1.0) == ()


def test_curves_and_regions_agree_with_single_evaluations() -> None:
    """Each point of a curve and of a region is the least slack of the deal with that value set."""
    deal = deal_of(loads(CASE))
    plan = at_once(deal)
    income, cost = Lever(kind="flow", measure=2, party=0), Lever(kind="once", measure=1, party=0)
    values, costs = np.array([0.1, 0.8, 3.0]), np.array([-12.0, -3.0])
    curve = slack_curve(deal, plan, income, values)
    grid = region(deal, plan, (income, values), (cost, costs))
    for row, value in enumerate(values):
        one = income.apply(deal, np.array([value]))
        assert evaluate(one, plan).least_slack[0] == pytest.approx(curve[row])
        for column, price in enumerate(costs):
            both = cost.apply(one, np.array([price]))
            assert evaluate(both, plan).least_slack[0] == pytest.approx(grid[row, column])
    edges = break_even(deal, plan, income, 0.0, 20.0)
    assert all(part.low <= part.high for part in edges)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_shares_add_up_and_repeat(seed: int) -> None:
    """Some, none and open add up to one; all at once is never above some; equal seeds give equal shares."""
    deal = deal_of(loads(CASE), draws=40, seed=seed)
    found = shares(deal, ())
    assert found.some + found.none + found.open == pytest.approx(1)
    assert found.at_once <= found.some
    assert found == shares(deal_of(loads(CASE), draws=40, seed=seed), ())


def test_shares_equal_enumeration() -> None:
    """For every draw, some plan is found to hold exactly when enumeration finds one."""
    deal = deal_of(loads(CASE), draws=60, seed=1)
    expected = np.mean([any(slow.holds(deal.draw(number), plan) for plan in slow.plans(deal)) for number in range(60)])
    assert shares(deal, ()).some == pytest.approx(float(expected))


def test_draws_do_not_depend_on_chunks() -> None:
    """Draws 20 to 40 are the same whether drawn alone or after the first 20."""
    case = loads(CASE)
    whole, part = deal_of(case, draws=40, seed=3), deal_of(case, draws=20, seed=3, start=20)
    np.testing.assert_array_equal(whole.once[20:], part.once)
    np.testing.assert_array_equal(whole.hazard[20:], part.hazard)


def test_guarantors_count_only_with_a_credible_word() -> None:
    """A guarantor whose word is worth less than acting adds nothing; an insurer changes what breakdown leaves."""
    deal = deal_of(loads(CASE))
    plan = at_once(deal)
    alone = evaluate(deal, plan)
    strong, weak, insured = (evaluate(deal.backed_by([name]), plan) for name in ("Strong", "Weak", "Insurer"))
    np.testing.assert_array_equal(alone.slack, weak.slack)
    assert strong.slack[0, 0, 0] == pytest.approx(alone.slack[0, 0, 0] + 9)
    assert insured.fallback[0, 0, 1] == pytest.approx(alone.fallback[0, 0, 1] + 2)


def test_the_result_tells_what_an_analyst_asks() -> None:
    """The sentences name the verdict, the binding party and measure, the shares, and each guarantor."""
    result = solve("steps", loads(CASE), draws=50, seed=2)
    text = " ".join(result.reasons)
    for word in ("Over 50 draws", "Weak as guarantor adds nothing", "With Strong as guarantor", "robustness"):
        assert word in text
    assert result.to_dict()["answer"]["regimes"][0]["regime"] == "credible"
    assert result.input_hash == solve("steps", loads(CASE), draws=50, seed=2).input_hash


def test_plans_leave_as_tables() -> None:
    """The table has a row a step and party, the timeline a row a step with who is most fragile."""
    report = solve("steps", loads(CASE), draws=0).answer.regimes[0].plans[0]
    rows = plan_table(("North", "South"), report)
    assert len(rows) == 2 * len(report.steps)
    line = timeline(("North", "South"), report, 0.5)
    assert [row["begins"] for row in line] == [0.5 * step for step in range(len(report.steps))]
    assert line[-1]["what"] == "all stands"


def test_notice_is_said_with_the_result() -> None:
    """A case with notice says that the search knows none."""
    result = solve("steps", loads(CASE + "notice: 1\n"), draws=0)
    assert any("notice" in words for words in result.warnings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("patience: {N: 0.9, S: 0.92}", "patience: {N: 1.0, S: 0.9}"),
        ("after: [freeze]", "after: [dismantle]"),
        ("performers: [S]", "performers: []"),
    ],
)
def test_bad_deals_are_faults_of_the_case(change: str, message: str) -> None:
    """Patience of 1, a cycle in ``after`` and a measure nobody performs are named when the case is read."""
    with pytest.raises(CaseError):
        loads(CASE.replace(change, message))


def test_missing_parts_are_named() -> None:
    """A case without measures cannot be solved by steps, and an unknown regime is refused."""
    with pytest.raises(MethodError, match="measures"):
        solve("steps", loads("parties: {A: {name: A}}"), draws=0)
    with pytest.raises(UnknownNameError, match="regime"):
        solve("steps", loads(CASE), draws=0, regimes=["anything"])


def test_best_plan_takes_one_draw() -> None:
    """The search refuses several draws at once instead of answering for the first."""
    with pytest.raises(MethodError, match="one draw"):
        best_plan(deal_of(loads(CASE), draws=2), "joint value")
