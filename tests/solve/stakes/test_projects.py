"""Projects: cash flows, value, return, pay-back and break-even worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import CaseError, MethodError
from dragoman.model import Sampler
from dragoman.solve import solve
from dragoman.solve.stakes import CashFlow, Purse, cash_flow, internal_rate, level, pay_back_year
from tests.solve.stakes.cases import PROJECT, case


def flow_of(stakes: str, draws: int = 0) -> CashFlow:
    """The cash flow of the one project of a case."""
    found = case(stakes)
    return cash_flow(found.stakes.projects["line"], tuple(found.parties), Purse(found, Sampler(draws=draws)))


def test_the_flow_by_hand() -> None:
    """Volume 10 at a margin of 6 less 10 of costs, shared 1 : 3, B putting in 100 first."""
    found = flow_of(PROJECT)
    assert found.flows[0].tolist() == [[0, 12.5, 12.5, 12.5], [-100, 37.5, 37.5, 37.5]]
    annuity = 1 / 1.1 + 1 / 1.1**2 + 1 / 1.1**3
    assert found.value[0] == pytest.approx([12.5 * annuity, 37.5 * annuity - 100])


def test_ramp_hazard_and_the_years_of_capital() -> None:
    """The ramp's last share goes on, income k years after the start comes with (1 - hazard)^k, capital in its year."""
    stakes = PROJECT.replace("operating_cost: 10", "ramp: [0.5, 1]\n      hazard: 0.2")
    stakes = stakes.replace("amount: 100}", "amount: 60}, {year: 5, payer: A, amount: 8}")
    found = flow_of(stakes)
    assert found.flows[0, 0] == pytest.approx([0, 7.5, 12, 9.6, 0, -8])
    assert found.flows[0, 1] == pytest.approx([-60, 22.5, 36, 28.8, 0, 0])


def test_the_break_even_volume_makes_the_value_zero() -> None:
    """At each party's break-even volume its value is zero."""
    for place, volume in enumerate(flow_of(PROJECT).break_even_volume[0]):
        there = flow_of(PROJECT.replace("volume: 10", f"volume: {volume}"))
        assert there.value[0, place] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("flows", "rate", "year"),
    [
        ([-100, 110], 0.1, 1),
        ([-100, 0, 121], 0.1, 2),
        ([-100, 60, 60], 0.1306623862918, 2),
        ([-100, 50], -0.5, None),
        ([10, 10], None, None),
        ([-10, -10], None, None),
        ([-100, 230, -132], None, 1),
        ([0, -50, 20, 30, 5], 0.0570878, 3),
    ],
)
def test_return_and_pay_back_by_hand(flows: list[float], rate: float | None, year: int | None) -> None:
    """Returns and pay-back years of small flows; a flow that changes sign twice has no single return."""
    assert internal_rate(np.array(flows, dtype=float)) == (None if rate is None else pytest.approx(rate, abs=1e-6))
    assert pay_back_year(np.array(flows, dtype=float)) == year


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=12), st.floats(1, 500))
def test_at_its_return_a_flow_is_worth_nothing(gains: list[float], outlay: float) -> None:
    """The internal rate, where there is one, discounts the flow to nothing."""
    flows = np.array([-outlay, *gains])
    rate = internal_rate(flows)
    if rate is not None:
        worth = (flows * (1 + rate) ** -np.arange(len(flows))).sum()
        assert worth == pytest.approx(0, abs=1e-6 * np.abs(flows).max() * max(1.0, (1 + rate) ** -len(flows)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=12), st.floats(0.01, 0.99))
def test_the_level_flow_is_worth_the_same(flows: list[float], patience: float) -> None:
    """A level flow for ever, discounted by patience, is worth what the flow is worth."""
    found = level(np.array([flows]), np.array([patience]))[0]
    assert found / (1 - patience) == pytest.approx(sum(patience**n * x for n, x in enumerate(flows)), abs=1e-9)


def test_drawn_shares_add_up() -> None:
    """Shares with ranges are scaled in every draw to share out the whole income."""
    stakes = PROJECT.replace("{A: 0.25, B: 0.75}", "{A: {low: 0.1, high: 0.4}, B: {low: 0.6, high: 0.9}}")
    found = flow_of(stakes, draws=50)
    assert found.income.sum(axis=1)[:, 1:] == pytest.approx(np.full((50, 3), 50.0))
    assert found.income[:, 0, 1].std() > 0


@pytest.mark.parametrize("part", ["volume: 10", "tariff: 7", "life: 3", "discount_rate: 0.1"])
def test_what_a_project_needs_is_asked_for(part: str) -> None:
    """A project without volume, tariff, life or rate is refused, not taken as 0."""
    with pytest.raises(MethodError, match=rf"projects\.line\.{part.split(':', maxsplit=1)[0]}: nothing"):
        flow_of(PROJECT.replace(f"      {part}\n", ""))


def test_shares_that_do_not_add_up_are_refused() -> None:
    """Shares above or below 1 are a fault of the case; none at all are one of the method."""
    with pytest.raises(CaseError, match=r"add up to 0\.9"):
        case(PROJECT.replace("A: 0.25", "A: 0.15"))
    with pytest.raises(MethodError, match="add up to 0"):
        flow_of(PROJECT.replace("      split: {A: 0.25, B: 0.75}\n", ""))


def test_other_money_is_converted_or_refused() -> None:
    """A sum in another currency and in prices of another year is converted where the case says how, else refused."""
    stakes = PROJECT.replace("tariff: 7", "tariff: {amount: 3.5, currency: EUR, year: 2010}")
    told = "  currencies: {EUR: 1.6}\n  price_levels: {2010: 1.25}\n"
    assert flow_of(stakes + told).flows == pytest.approx(flow_of(PROJECT).flows)
    with pytest.raises(MethodError, match="a sum in prices of 2010"):
        flow_of(stakes + told.split("\n", maxsplit=1)[0])
    with pytest.raises(CaseError, match="unknown currency 'EUR'"):
        case(stakes)


def test_the_tornado_turns_one_number_at_a_time() -> None:
    """Each bar is the whole value with one number at its ends, the widest first."""
    stakes = PROJECT.replace("volume: 10", "volume: {low: 5, high: 30, value: 10}").replace(
        "amount: 100", "amount: {low: 90, high: 120, value: 100}"
    )
    (report,) = solve("stakes", case(stakes), draws=0).answer.projects
    annuity = 1 / 1.1 + 1 / 1.1**2 + 1 / 1.1**3
    first, second = report.tornado
    assert first.label == "volume"
    assert (first.at_low, first.at_high) == pytest.approx((20 * annuity - 100, 170 * annuity - 100))
    assert second.label == "capital of year 0 (B)"
    assert (second.at_low, second.at_high) == pytest.approx((50 * annuity - 90, 50 * annuity - 120))
