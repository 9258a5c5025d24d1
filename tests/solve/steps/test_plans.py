"""A given plan's values and the exact search, against the definitions and the closed forms."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.steps import OBJECTIVES, Deal, Plan, best_plan, check_plan, evaluate
from dragoman.solve.steps._search import undominated
from tests.solve.steps import slow
from tests.solve.steps.conftest import deals, make_deal


@settings(max_examples=60, deadline=None)
@given(deals(most_measures=3))
def test_evaluation_equals_the_definitions(deal: Deal) -> None:
    """Values and slacks of every plan equal those found by enumerating all defections."""
    for plan in slow.plans(deal):
        found = evaluate(deal, plan)
        values, slacks = slow.slacks(deal, plan)
        np.testing.assert_allclose(found.value[0], values, atol=1e-9)
        np.testing.assert_allclose(found.slack[0], slacks, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(deals())
def test_search_equals_enumeration(deal: Deal) -> None:
    """For all three objectives the search finds a plan exactly when one holds, and one as good as the best."""
    holding = [plan for plan in slow.plans(deal) if slow.holds(deal, plan)]
    for objective in OBJECTIVES:
        found = best_plan(deal, objective)
        assert (found.plan is not None) == bool(holding)
        if found.plan is not None:
            assert slow.holds(deal, found.plan)
            assert _worth(deal, found.plan, objective) == pytest.approx(
                max(_worth(deal, plan, objective) for plan in holding)
            )


@settings(max_examples=40, deadline=None)
@given(deals())
def test_nearest_plan_is_nearest(deal: Deal) -> None:
    """Without asking that plans hold, the greatest least slack over all plans is found."""
    found = best_plan(deal, "greatest least slack", holding=False)
    assert found.plan is not None
    best = max(_worth(deal, plan, "greatest least slack") for plan in slow.plans(deal))
    assert _worth(deal, found.plan, "greatest least slack") == pytest.approx(best)


def _worth(deal: Deal, plan: Plan, objective: str) -> float:
    values, slacks = slow.slacks(deal, plan)
    if objective == "fewest steps":
        return -len(plan)
    if objective == "joint value":
        return sum(values[0])
    return min(min(row) for row in slacks)


@settings(max_examples=40, deadline=None)
@given(deals(), st.integers(0, 2), st.floats(0, 5))
def test_a_higher_penalty_never_hurts(deal: Deal, party: int, more: float) -> None:
    """Raising what one party suffers for defecting never makes a plan that held fail."""
    raised = deal.penalty.copy()
    raised[0, party % len(deal.parties)] += more
    higher = replace(deal, guarantee=raised)
    for plan in slow.plans(deal):
        if evaluate(deal, plan).holds[0]:
            assert evaluate(higher, plan).holds[0]


@settings(max_examples=30, deadline=None)
@given(deals(most_measures=3))
def test_a_beam_finds_only_plans_that_hold(deal: Deal) -> None:
    """A beam may miss plans but never reports one that does not hold."""
    found = best_plan(deal, "fewest steps", width=1)
    assert not found.exact
    assert found.left_out
    if found.plan is not None:
        assert slow.holds(deal, found.plan)


def swap_in_parts(
    parts: int, *, cost: float, benefit: float, penalty: float, stake: float = 0.0, patience: float = 1 - 1e-12
) -> tuple[Deal, Plan]:
    """Two parties that each perform one of ``parts`` equal shares a step; with ``stake``, a last measure of flows."""
    measures = 2 * parts + (1 if stake else 0)
    once = np.zeros((2, measures))
    for part in range(parts):
        once[:, 2 * part] = [-cost / parts, benefit / parts]
        once[:, 2 * part + 1] = [benefit / parts, -cost / parts]
    performs = np.zeros((2, measures), dtype=bool)
    performs[0, 0 : 2 * parts : 2] = performs[1, 1 : 2 * parts : 2] = True
    flow = np.zeros((2, measures))
    plan: Plan = tuple((2 * part, 2 * part + 1) for part in range(parts))
    if stake:
        performs[:, -1] = True
        flow[:, -1] = stake
        plan = (*plan, (measures - 1,))
    deal = make_deal(
        once=once,
        flow=flow,
        performs=performs.tolist(),
        reversible=[False] * (2 * parts) + ([True] if stake else []),
        patience=patience,
        penalty=penalty,
    )
    return deal, plan


@pytest.mark.parametrize(("cost", "penalty"), [(10.0, 3.0), (10.0, 5.0), (7.0, 2.0), (1.0, 1.0), (9.0, 0.7)])
def test_fewest_steps_of_a_symmetric_swap(cost: float, penalty: float) -> None:
    """Equal shares hold exactly from ceil(cost / guarantee) steps on: the last step binds."""
    fewest = ceil(cost / penalty)
    for parts in range(1, fewest + 2):
        deal, plan = swap_in_parts(parts, cost=cost, benefit=1.5 * cost, penalty=penalty)
        assert bool(evaluate(deal, plan).holds[0]) == (parts >= fewest)


@pytest.mark.parametrize("parts", [1, 3, 40])
def test_the_last_period_problem(parts: int) -> None:
    """Without a guarantee or a stake no finite plan holds."""
    deal, plan = swap_in_parts(parts, cost=5.0, benefit=9.0, penalty=0.0)
    assert not evaluate(deal, plan).holds[0]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 6), st.floats(0.05, 3), st.floats(0.5, 0.95))
def test_a_stake_enforces_what_nobody_guarantees(parts: int, stake: float, patience: float) -> None:
    """With a reversible last measure of flow f, the plan holds exactly when d f / (1 - d) >= cost / N."""
    cost, benefit = 4.0, 9.0
    deal, plan = swap_in_parts(parts, cost=cost, benefit=benefit, penalty=0.0, stake=stake, patience=patience)
    margin = patience * stake / (1 - patience) - cost / parts
    if abs(margin) > 1e-6 and patience * benefit >= cost:
        assert bool(evaluate(deal, plan).holds[0]) == (margin >= 0)


def test_snapback_undoes_what_credible_threats_do_not() -> None:
    """A reversible measure whose performer gains by keeping it stands under credible, not under snapback."""
    values: dict[str, Any] = {"once": np.array([[2.0], [1.0]]), "performs": [[True], [False]], "reversible": [True]}
    assert not make_deal(**values, regime="credible").reverts.any()
    assert make_deal(**values, regime="snapback").reverts.all()


def test_nothing_to_withhold_is_no_constraint() -> None:
    """A party that performs nothing has infinite slack in every step."""
    deal = make_deal(once=np.array([[-1.0], [2.0]]), performs=[[True], [False]])
    assert np.isinf(evaluate(deal, ((0,),)).slack[0, :, 1]).all()


def test_notice_makes_defection_pay_more() -> None:
    """When a breach is seen late, the others perform further blocks and slack cannot grow for a taker."""
    deal, plan = swap_in_parts(3, cost=3.0, benefit=6.0, penalty=4.0)
    prompt, late = evaluate(deal, plan), evaluate(replace(deal, notice=1), plan)
    assert late.slack[0, 0, 0] == pytest.approx(prompt.slack[0, 0, 0] - 2.0)
    none = evaluate(replace(deal, notice=0), plan)
    np.testing.assert_allclose(none.slack, prompt.slack)


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (((0,),), "every measure"),
        (((0,), (1,), ()), "empty"),
        (((1,), (0,)), "earlier step"),
        (((0, 0), (1,)), "every"),
    ],
)
def test_bad_plans_are_refused(plan: Plan, message: str) -> None:
    """A plan that misses or repeats a measure, has an empty step or breaks the order is refused."""
    deal = make_deal(once=np.ones((2, 2)), performs=[[True, True], [False, True]], after=(0, 1))
    with pytest.raises(MethodError, match=message):
        check_plan(deal, plan)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"patience": 1.0}, "patience"),
        ({"hazard": 1.0}, "hazard"),
        ({"penalty": -1.0}, "guarantees"),
        ({"after": (2, 1)}, "cycle"),
        ({"performs": [[False, False], [False, True]]}, "nobody performs"),
    ],
)
def test_deals_outside_the_domain_are_refused(change: dict[str, Any], message: str) -> None:
    """Patience of 1, a certain hazard, a negative penalty, a cycle and an idle measure are refused."""
    values: dict[str, Any] = {"once": np.ones((2, 2)), "performs": [[True, False], [False, True]]}
    with pytest.raises(MethodError, match=message):
        make_deal(**(values | change)).checked()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 60), st.integers(1, 4), st.integers(0, 2**32 - 1), st.sampled_from([2, 256]))
def test_undominated_is_the_pareto_set(rows: int, columns: int, seed: int, chunk: int) -> None:
    """Exactly the rows that no other row exceeds or equals everywhere stay, one of each equal set."""
    points = np.random.default_rng(seed).integers(0, 4, size=(rows, columns)).astype(float)
    kept = undominated(points, chunk=chunk)
    unique = {tuple(row) for row in points.tolist()}
    expected = {row for row in unique if not any(other != row and all(np.array(other) >= row) for other in unique)}
    assert {tuple(row) for row in points[kept].tolist()} == expected
    assert len(kept) == len(expected)
