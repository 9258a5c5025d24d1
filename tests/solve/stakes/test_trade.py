"""Trade: exact hat algebra, the gravity estimate, and the check with published numbers."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.stakes import TradeTable, balanced, cost_factors, counterfactual, estimate, read_table

CHECKS = os.environ.get("DRAGOMAN_CHECKS")
with_checks = pytest.mark.skipif(not CHECKS, reason="DRAGOMAN_CHECKS is not set: the check against gravity is left out")
PUBLISHED = {
    "lndist": -0.3898623,
    "contiguity": 0.891577,
    "common_language": 0.0326249,
    "pta": 0.4711383,
    "international": -3.412584,
}

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(2, 6)


def world(size: int, seed: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Random flows with domestic sales and moderate deficits, a change of costs, and an elasticity."""
    rng = np.random.default_rng(seed)
    flows = rng.uniform(0.2, 1.8, (size, size)) + np.diag(rng.uniform(2 * size, 9 * size, size))
    return flows, np.exp(rng.uniform(-1, 1, (size, size))), float(rng.uniform(1, 9))


def table() -> TradeTable:
    """The table of the check."""
    return read_table(Path(CHECKS or "") / "gravity" / "sample_data_set.csv")


@with_checks
def test_the_published_estimate_comes_out() -> None:
    """PPML gives the published coefficients to six decimal places."""
    found = estimate(table())
    assert found.n == 900
    assert found.coefficients == pytest.approx(PUBLISHED, rel=0, abs=5e-7)
    assert all(error > 0 for error in found.errors.values())


@with_checks
def test_the_checked_counterfactual_comes_out() -> None:
    """An agreement between Canada and Japan changes real incomes as an independent prototype found."""
    data = table()
    sales = data.flows.sum(axis=1)
    flows = balanced(cost_factors(data, PUBLISHED), sales, sales)
    change = np.ones_like(flows)
    pair = data.place("CAN"), data.place("JPN")
    change[pair] = change[pair[::-1]] = np.exp(PUBLISHED["pta"])
    found = counterfactual(flows, change, elasticity=4.0, deficits=False)
    real = {name: 100 * found.real[data.place(name)] for name in ("CAN", "JPN", "USA")}
    assert real == pytest.approx({"CAN": 0.36777, "JPN": 0.05500, "USA": -0.00440}, abs=5e-6)
    assert found.clearing < 1e-12


def made_up(size: int = 5) -> TradeTable:
    """A table of flows that the gravity model gives but for noise."""
    rng = np.random.default_rng(3)
    border = 1 - np.eye(size)
    variables = {"lndist": rng.uniform(4, 9, (size, size)), "pta": (rng.random((size, size)) < 0.4) * border}
    bare = TradeTable(countries=tuple("abcde"[:size]), flows=np.ones((size, size)), variables=variables)
    sales = rng.uniform(10, 90, size)
    flows = balanced(cost_factors(bare, {"lndist": -0.8, "pta": 0.3}), sales, sales) * rng.uniform(
        0.5, 1.5, (size, size)
    )
    return TradeTable(countries=bare.countries, flows=flows, variables=variables)


def test_the_estimate_is_that_of_its_definition() -> None:
    """At the estimate, flows balanced to the observed totals leave no residual that moves with a variable.

    These are the first-order conditions of the estimate; that its fixed effects balance the
    totals is Fally's result (2015), so the baseline's own algorithm is the oracle.
    """
    data = made_up()
    found = estimate(data, ["lndist", "pta"])
    fitted = balanced(cost_factors(data, found.coefficients), data.flows.sum(axis=1), data.flows.sum(axis=0))
    for variable in data.variables.values():
        assert (variable * (data.flows - fitted)).sum() == pytest.approx(0, abs=1e-6 * data.flows.sum())


def test_a_missing_variable_is_named() -> None:
    """Neither estimate nor baseline can use a variable that the table lacks."""
    with pytest.raises(MethodError, match="no column contiguity"):
        estimate(made_up(), ["lndist", "contiguity"])
    with pytest.raises(MethodError, match="no column contiguity"):
        cost_factors(made_up(), {"contiguity": 1.0})


@settings(max_examples=40, deadline=None)
@given(sizes, seeds, st.booleans())
def test_markets_clear(size: int, seed: int, deficits: bool) -> None:
    """Every country sells what it earns to 1e-12, world income is the unit, and shares are those of the definition."""
    flows, change, th = world(size, seed)
    found = counterfactual(flows, change, elasticity=th, deficits=deficits)
    income, spending = flows.sum(axis=1), flows.sum(axis=0)
    expenditure = found.prices * income + (spending - income) * deficits
    weights = flows / spending * change * found.prices[:, None] ** -th
    assert found.shares == pytest.approx(weights / weights.sum(axis=0), rel=1e-11)
    assert (found.shares @ expenditure) / (found.prices * income) == pytest.approx(np.ones(size), abs=2e-12)
    assert (found.prices * income).sum() == pytest.approx(income.sum(), rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(sizes, seeds)
def test_no_change_of_costs_changes_nothing(size: int, seed: int) -> None:
    """Where no cost changes, no price, share or income does, whatever the deficits."""
    flows, change, th = world(size, seed)
    found = counterfactual(flows, np.ones_like(change), elasticity=th)
    assert found.real == pytest.approx(np.zeros(size), abs=1e-11)
    assert found.shares == pytest.approx(flows / flows.sum(axis=0), abs=1e-11)


@settings(max_examples=25, deadline=None)
@given(sizes, seeds, st.floats(0.2, 5))
def test_a_common_factor_changes_no_share(size: int, seed: int, factor: float) -> None:
    """All costs, domestic ones included, times one factor change no share; incomes change by that factor ^ (1/th)."""
    flows, _, th = world(size, seed)
    found = counterfactual(flows, np.full_like(flows, factor), elasticity=th, deficits=False)
    spending = flows.sum(axis=0)
    base = counterfactual(flows, np.ones_like(flows), elasticity=th, deficits=False)
    assert found.shares == pytest.approx(base.shares, abs=1e-10)
    assert found.real - base.real == pytest.approx((1 + base.real) * (factor ** (1 / th) - 1), abs=1e-9)
    assert spending.shape == (size,)


@settings(max_examples=25, deadline=None)
@given(sizes, seeds)
def test_relabelling_relabels(size: int, seed: int) -> None:
    """The order of the countries is of no consequence."""
    flows, change, th = world(size, seed)
    order = np.random.default_rng(seed).permutation(size)
    one = counterfactual(flows, change, elasticity=th)
    other = counterfactual(flows[np.ix_(order, order)], change[np.ix_(order, order)], elasticity=th)
    assert other.real == pytest.approx(one.real[order], abs=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.5, 0.99), st.floats(0.1, 10), st.floats(1, 9))
def test_two_alike_in_closed_form(home: float, h: float, th: float) -> None:
    """Two countries alike with a home share a gain (a + (1 - a) h)^(1 / th) - 1 each from a change h between them."""
    flows = np.array([[home, 1 - home], [1 - home, home]])
    found = counterfactual(flows, np.array([[1, h], [h, 1.0]]), elasticity=th)
    assert found.prices == pytest.approx([1, 1], abs=1e-11)
    assert found.real == pytest.approx([(home + (1 - home) * h) ** (1 / th) - 1] * 2, rel=1e-9, abs=1e-11)


@settings(max_examples=25, deadline=None)
@given(sizes, seeds)
def test_the_home_share_tells_the_gain(size: int, seed: int) -> None:
    """With balanced trade and domestic costs unchanged, real income is (share'_jj / pi_jj) ^ (-1 / th)."""
    flows, change, th = world(size, seed)
    sales = flows.sum(axis=1)
    flows = balanced(flows, sales, sales)
    np.fill_diagonal(change, 1.0)
    found = counterfactual(flows, change, elasticity=th, deficits=False)
    home = np.diag(found.shares) / (np.diag(flows) / sales)
    assert 1 + found.real == pytest.approx(home ** (-1 / th), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(sizes, seeds)
def test_draws_are_single_solutions(size: int, seed: int) -> None:
    """Several elasticities and changes at once give what each gives by itself."""
    flows, change, th = world(size, seed)
    many = counterfactual(flows, np.stack([change, change**0.5]), elasticity=np.array([th, th + 1]))
    for row, one in enumerate(
        (counterfactual(flows, change, elasticity=th), counterfactual(flows, change**0.5, elasticity=th + 1))
    ):
        assert many.real[row] == pytest.approx(one.real, abs=1e-10)


@settings(max_examples=25, deadline=None)
@given(sizes, seeds)
def test_a_fitted_baseline_adds_up(size: int, seed: int) -> None:
    """Fitted flows are cost factors times a factor of the seller and one of the buyer, with the totals asked for."""
    costs, _, _ = world(size, seed)
    rng = np.random.default_rng(seed)
    sales = rng.uniform(1, 50, size)
    spending = sales[rng.permutation(size)]
    flows = balanced(costs, sales, spending)
    assert flows.sum(axis=1) == pytest.approx(sales, rel=1e-12)
    assert flows.sum(axis=0) == pytest.approx(spending, rel=1e-12)
    ratio = flows / costs
    assert ratio * ratio[0, 0] == pytest.approx(np.outer(ratio[:, 0], ratio[0]), rel=1e-10)


def test_a_zero_flow_stays_zero() -> None:
    """Under hat algebra a closed border stays closed whatever its cost becomes."""
    flows = np.array([[9, 0, 1.0], [1, 9, 1], [1, 1, 9]])
    found = counterfactual(flows, np.where(flows == 0, 1e6, 1.0))
    assert found.shares[0, 1] == 0
    assert found.real == pytest.approx([0, 0, 0], abs=1e-11)


@pytest.mark.parametrize(
    ("flows", "change", "words"),
    [
        ([[0, 1], [1, 5.0]], np.ones((2, 2)), "without domestic sales"),
        ([[5, -1], [1, 5.0]], np.ones((2, 2)), "negative or missing flow"),
        ([[5, np.nan], [1, 5.0]], np.ones((2, 2)), "negative or missing flow"),
        ([[5, 1], [1, 5.0]], np.zeros((2, 2)), "not a positive number"),
        ([[5, 1], [1, 5.0]], np.ones((3, 3)), "two square tables"),
        ([[1, 1.0], [50, 100]], np.array([[1e14, 1e14], [1, 1]]), "exceeds a country's income"),
    ],
)
def test_what_is_no_world_is_refused(flows: list[list[float]], change: np.ndarray, words: str) -> None:
    """A table without domestic sales, with holes, or with impossible deficits gives an error that says so."""
    with pytest.raises(MethodError, match=words):
        counterfactual(np.array(flows), change)


def test_unequal_totals_are_refused() -> None:
    """Flows cannot be fitted to outputs and expenditures that differ in sum."""
    with pytest.raises(MethodError, match="equal totals"):
        balanced(np.ones((2, 2)), np.array([1.0, 2]), np.array([2.0, 2]))
