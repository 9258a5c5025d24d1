"""Stakes joined with the steps: gains, the region, trade in a case, draws and seeds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from dragoman.cli import cli
from dragoman.errors import CaseError, MethodError
from dragoman.model import Sampler, load_case
from dragoman.plain import to_plain
from dragoman.solve import solve
from dragoman.solve.stakes import Purse, StakesAnswer, estimate, read_table
from dragoman.solve.stakes._join import joined
from dragoman.solve.stakes._region import region_of
from dragoman.solve.steps import deal_of, evaluate
from tests.solve.stakes.cases import MONEY, PARTIES, PROJECT, STEPS, case, with_table

TRADE = """
  trade:
    file: trade.csv
    countries: {A: A, B: B}
    scale: 1
    coefficients: {closure: 1}
    changes: [{from: A, to: B, variable: closure, value: 0.5, needs: [open]}]
"""
DRAWN = PROJECT.replace("volume: 10", "volume: {low: 8, high: 16}").replace("tariff: 7", "tariff: {low: 6, high: 9}")


def answer(stakes: str, draws: int = 0, party: str | None = None, seed: int = 0) -> StakesAnswer:
    """The answer to a small case."""
    found = solve("stakes", case(stakes), draws=draws, party=party, seed=seed).answer
    assert isinstance(found, StakesAnswer)
    return found


def test_gains_by_hand() -> None:
    """Income is a level flow at the party's patience, after it the capital as one, and points at the exchange rate."""
    first, second = answer(PROJECT).gains
    earned = 0.1 * (0.9 + 0.81 + 0.729)
    assert first.money.mean == pytest.approx(12.5 * earned)
    assert first.points is not None
    assert first.points.mean == pytest.approx(1.25 * earned)
    assert first.hangs_on == {"open": pytest.approx(12.5 * earned)}
    assert second.net.mean == pytest.approx(37.5 * earned - 0.1 * 100)


def test_the_flows_take_the_place_of_the_judged_ones() -> None:
    """In the steps the computed flow stands where the case had judged a gain, beside a judged cost; the rest stays."""
    found = case(PROJECT)
    stakes = joined(found, {"open": {"A": np.array([30.0])}}, Purse(found, Sampler()), draws=0, seed=0)
    assert stakes.deal.flow[0].tolist() == [[0, 3], [0, 0.5]]
    costly = case(PROJECT, steps=STEPS.replace("flow: {A: 0.5", "flow: {A: -2"))
    stakes = joined(costly, {"open": {"A": np.array([30.0])}}, Purse(costly, Sampler()), draws=0, seed=0)
    assert stakes.deal.flow[0].tolist() == [[0, 1], [0, 0.5]]
    assert stakes.deal.once.tolist() == deal_of(found).once.tolist()


def test_the_region_agrees_with_single_evaluations() -> None:
    """Every point of the region is the best least slack of its plans, each evaluated by itself."""
    found = case(PROJECT)
    purse = Purse(found, Sampler())
    region = region_of(found, {"open": {"A": np.array([30.0])}}, purse, draws=0, seed=0)
    assert region is not None
    assert (region.party, region.gives_up, region.expected) == ("A", "A gives up", 30)
    for row in (0, 7, 24):
        for column in (0, 11, 24):
            deal = deal_of(found)
            flow, once = deal.flow.copy(), deal.once.copy()
            flow[0, 0, 1] = region.income[row] / 10
            once[0, 0, 0] = region.cost[column]
            one = deal.with_values("flow", flow).with_values("once", once)
            best = max(float(evaluate(one, plan).least_slack[0]) for plan in region.plans)
            assert region.slack[row][column] == pytest.approx(best)
    for column, needed in enumerate(region.needed):
        holds = [region.income[row] for row in range(25) if region.slack[row][column] >= -1e-9]
        assert needed == (holds[0] if holds else None)


def test_more_income_never_hurts_who_gets_it() -> None:
    """The party's own constraint, taken by itself, needs at most the income at which a whole plan holds."""
    found = case(PROJECT)
    region = region_of(found, {"open": {"A": np.array([30.0])}}, Purse(found, Sampler()), draws=0, seed=0)
    assert region is not None
    for own, needed in zip(region.own_needed, region.needed, strict=True):
        assert needed is None or (own is not None and own <= needed)


def test_a_party_can_be_named() -> None:
    """The region of another party's income can be asked for, and a party without any is refused."""
    found = answer(PROJECT, party="B").region
    assert found is not None
    assert (found.party, found.gives_up) == ("B", "B opens")
    with pytest.raises(MethodError, match="'C' performs no measure or has no income"):
        answer(PROJECT, party="C")


def test_draws_come_again() -> None:
    """The same seed gives the same answer, another seed another, and no draws the central values."""
    one, again, other = (to_plain(answer(DRAWN, draws=20, seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    central = answer(DRAWN).gains[0]
    assert central.money.low == central.money.high == pytest.approx(0.25 * (12 * 6.5 - 10) * 0.2439)


def test_draws_do_not_depend_on_their_number() -> None:
    """The first draws of many are the draws of few."""
    found = case(DRAWN)
    few, many = (Purse(found, Sampler(draws=count, seed=5)) for count in (10, 40))
    volume = found.stakes.projects["line"].volume
    assert many.number(volume)[:10].tolist() == few.number(volume).tolist()


def test_without_measures_there_is_no_region() -> None:
    """Stakes of a case without steps are reported without a region, at the discount rate in place of patience."""
    found = solve("stakes", case(PROJECT.replace("hangs_on: [open]", "hangs_on: []"), steps=""), draws=0).answer
    assert found.region is None
    annuity = sum(1.1**-n for n in (1, 2, 3))
    assert found.gains[0].money.mean == pytest.approx(12.5 * annuity * (1 - 1 / 1.1))


def test_a_case_without_stakes_is_refused() -> None:
    """Without projects, corridors and trade there is nothing to solve."""
    with pytest.raises(MethodError, match="nothing at stake"):
        answer("")


def test_trade_in_a_case(tmp_path: Path) -> None:
    """Gains from trade are the change of real expenditure times expenditure, on the measure that opens the border."""
    found = solve("stakes", with_table(tmp_path, TRADE), draws=0).answer
    rows = {row.country: row for row in found.trade.countries}
    assert found.trade.deficits == "held fixed"
    assert found.trade.partial == {"A and B: closure": pytest.approx(np.exp(0.5) - 1)}
    assert rows["A"].real.mean > rows["B"].real.mean > 0
    assert found.gains[0].hangs_on == {"open": pytest.approx(100 * rows["A"].real.mean)}


def test_trade_before_the_borders_closed(tmp_path: Path) -> None:
    """With flows from before, the gain is the loss that closing brings, with the other sign."""
    shut = TRADE.replace("value: 0.5", "value: -0.5")
    loss = solve("stakes", with_table(tmp_path, shut), draws=0).answer.trade
    gain = solve("stakes", with_table(tmp_path, shut + "    baseline: before\n"), draws=0).answer.trade
    assert [row.real.mean for row in gain.countries] == [-row.real.mean for row in loss.countries]
    assert loss.countries[0].real.mean < 0


def test_closed_borders(tmp_path: Path) -> None:
    """A change between countries that do not trade is refused, unless the baseline is fitted."""
    table = "exporter,importer,trade,pta\nA,A,80,0\nA,B,0,0\nB,A,20,0\nB,B,180,0\n"
    with pytest.raises(MethodError, match="A sells nothing to B, and a zero flow stays zero"):
        solve("stakes", with_table(tmp_path, TRADE, table), draws=0)
    fitted = TRADE.replace("closure", "pta") + "    baseline: fitted\n"
    found = solve("stakes", with_table(tmp_path, fitted, table), draws=0).answer.trade
    assert found.deficits == "zero"
    assert min(row.real.mean for row in found.countries) > 0


def test_coefficients_are_estimated_where_the_case_gives_none(tmp_path: Path) -> None:
    """Without coefficients the table is asked: the estimate at the central values, spread by its error over draws."""
    rows = ["exporter,importer,trade,pta"]
    for fro, to, trade, pta in zip(
        "AAABBBCCC", "ABCABCABC", (80, 20, 9, 22, 90, 11, 8, 12, 70), (0, 1, 0, 1, 0, 0, 0, 0, 0), strict=True
    ):
        rows.append(f"{fro},{to},{trade},{pta}")
    stakes = TRADE.replace("    coefficients: {closure: 1}\n", "").replace("closure, value: 0.5", "pta, value: 0")
    found = with_table(tmp_path, stakes, "\n".join(rows) + "\n")
    fitted = estimate(read_table(tmp_path / "trade.csv"), ["pta"])
    central = solve("stakes", found, draws=0).answer.trade.coefficients["pta"]
    drawn = solve("stakes", found, draws=200).answer.trade.coefficients["pta"]
    assert central.mean == pytest.approx(fitted.coefficients["pta"])
    assert (drawn.high - drawn.low) / 3.29 == pytest.approx(fitted.errors["pta"], rel=0.25)


def test_trade_over_draws(tmp_path: Path) -> None:
    """Elasticity and changes are drawn, and gains of trade and projects add up draw by draw."""
    drawn = TRADE.replace("value: 0.5", "value: {low: 0.2, high: 0.8}") + "    elasticity: {low: 3, high: 6}\n"
    found = solve("stakes", with_table(tmp_path, DRAWN + drawn), draws=30).answer
    gain = next(row for row in found.trade.countries if row.party == "A")
    assert gain.real.low < gain.real.middle < gain.real.high
    assert gain.money is not None
    assert found.trade.clearing < 1e-12
    income = found.projects[0].parties[0].yearly.mean
    assert found.gains[0].money.mean == pytest.approx(gain.money.mean + income)


def test_a_missing_table_is_a_fault_of_the_case(tmp_path: Path) -> None:
    """A case whose table of trade is missing says so with its line, before anything is solved."""
    (tmp_path / "case.yaml").write_text(PARTIES + STEPS + MONEY + TRADE, encoding="utf-8")
    assert CliRunner().invoke(cli, ["case", "check", str(tmp_path / "case.yaml")]).exit_code == 1
    with pytest.raises(CaseError, match=r"no file 'trade\.csv' beside the case"):
        load_case(tmp_path / "case.yaml")


def test_scenarios_on_the_command_line(tmp_path: Path) -> None:
    """``--scenario`` solves the changed case, and ``--json`` gives the whole answer."""
    more = "scenarios: {dear: {changes: {stakes.projects.line.tariff: 14}}}\n"
    path = tmp_path / "case.yaml"
    path.write_text(PARTIES + STEPS + MONEY + PROJECT + more, encoding="utf-8")
    base, dear = (
        json.loads(CliRunner().invoke(cli, ["solve", "stakes", str(path), "--draws", "0", "--json", *extra]).output)
        for extra in ([], ["--scenario", "dear"])
    )
    value = [item["answer"]["projects"][0]["parties"][0]["by_year"][1] for item in (base, dear)]
    assert value == [12.5, 30.0]


def test_the_findings_say_what_was_found() -> None:
    """The findings name who gains, what it hangs on, and where a plan holds."""
    words = " ".join(solve("stakes", case(PROJECT), draws=10).reasons)
    assert "A gains 3.05 USD a year" in words
    assert "as long as “B opens” stands" in words
    assert "Without a guarantor, over A's yearly income" in words
