"""Stakes: what a deal is worth, to whom, and whether that holds it together.

1. Trade: structural gravity with exact hat algebra (Dekle, Eaton, Kortum 2008).
2. Corridors: cheapest routes before and after, what shifts, who earns on the way.
3. Projects: cash flows, value, return and break-even by party.
4. Joined with the steps: the region of income and of what is given up in which a plan
   holds without a guarantor, and how robust that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import MethodError
from dragoman.plain import hash_of
from dragoman.solve.result import Result
from dragoman.solve.stakes._answer import (
    CorridorReport,
    DemandReport,
    Gain,
    PartyProject,
    ProjectBar,
    ProjectReport,
    Spread,
    StakesAnswer,
    TradeReport,
    TradeRow,
    corridor_report,
    project_report,
)
from dragoman.solve.stakes._case_trade import MOST_DRAWS, add_trade, trade_report
from dragoman.solve.stakes._gains import corridor_measure, gains, income_by_measure
from dragoman.solve.stakes._gravity import Gravity, cost_factors, estimate
from dragoman.solve.stakes._join import Region, region_of
from dragoman.solve.stakes._money import Purse, years_of_prices
from dragoman.solve.stakes._projects import CashFlow, cash_flow, internal_rate, level, pay_back_year
from dragoman.solve.stakes._routes import Route, Shift, cheapest, network_flows, shifting_share
from dragoman.solve.stakes._table import TradeTable, read_table
from dragoman.solve.stakes._trade import Counterfactual, balanced, counterfactual
from dragoman.solve.stakes._words import sentences

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "CashFlow",
    "CorridorReport",
    "Counterfactual",
    "DemandReport",
    "Gain",
    "Gravity",
    "PartyProject",
    "ProjectBar",
    "ProjectReport",
    "Region",
    "Route",
    "Shift",
    "Spread",
    "StakesAnswer",
    "TradeReport",
    "TradeRow",
    "TradeTable",
    "balanced",
    "cash_flow",
    "cheapest",
    "cost_factors",
    "counterfactual",
    "estimate",
    "internal_rate",
    "level",
    "network_flows",
    "pay_back_year",
    "read_table",
    "shifting_share",
    "solve",
]

CITATION = (
    "Anderson and van Wincoop 2003; Santos Silva and Tenreyro 2006; Dekle, Eaton, Kortum 2008; "
    "Arkolakis, Costinot, Rodriguez-Clare 2012"
)
CAVEATS = (
    "The exchange rates between money and units of value are judgements, and often decide the answer.",
    "A stake also raises what a party stands to lose elsewhere: where it grows, look again at that party's salience.",
    "Where a project and corridor fees are the same income, the project's counts and the fees are shown beside it.",
    "A share of draws is robustness, not a probability.",
)
CORRIDOR_DRAWS = 300


def solve(case: Case, *, method: str = "stakes", draws: int = 1000, seed: int = 0) -> Result:
    """What the deal is worth, to whom.

    Args:
        case: the case with stakes; with measures and exchange rates for the region.
        method: the name under which the result is filed.
        draws: of all judged numbers; networks take at most 300 of them, trade at most 200.
        seed: of the draws.

    Raises:
        MethodError: the case has no stakes, or a number leaves a part's domain.
        ReadError: the trade table cannot be read.
    """
    from dragoman.model import Sampler

    stakes = case.stakes
    if not (stakes.projects or stakes.corridors or stakes.trade):
        raise MethodError("stakes", "nothing at stake in the case", "projects, corridors or trade under stakes")
    central = Purse(case, Sampler())
    purse = Purse(case, Sampler(draws=draws, seed=seed)) if draws else central
    small = Purse(case, Sampler(draws=min(draws, CORRIDOR_DRAWS), seed=seed)) if draws else central
    traded = Purse(case, Sampler(draws=min(draws, MOST_DRAWS), seed=seed)) if draws else central
    projects = {key: project_report(case, item, purse, central) for key, item in stakes.projects.items()}
    corridors = corridor_report(case, small, central)
    trade = trade_report(case, traded)
    by_measure = income_by_measure(
        case, {key: pair[1] for key, pair in projects.items()}, corridors[1] if corridors else None, purse
    )
    shared = gains(case, by_measure, purse)
    if trade is not None:
        add_trade(case, by_measure, trade[1], trade[2], traded)
    rates = {name: float(central.money(sum_)[0]) for name, sum_ in stakes.exchange_rates.items()}
    expected = {
        measure: {party: float(values.mean()) for party, values in cell.items()}
        for measure, cell in by_measure.items()
        if measure in case.measures
    }
    answer = StakesAnswer(
        currency=stakes.currency,
        projects=tuple(pair[0] for pair in projects.values()),
        corridors=corridors[0] if corridors else None,
        trade=trade[0] if trade else None,
        gains=shared,
        region=region_of(case, expected, rates, draws=min(draws, 300), seed=seed) if case.measures else None,
    )
    parameters = {"corridor_draws": small.rows, "trade_draws": traded.rows, "priced": corridor_measure(case)}
    return Result(
        method=method,
        answer=answer,
        reasons=sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        input_hash=hash_of([case.input_hash, parameters]),
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(case),
    )


def _warnings(case: Case) -> tuple[str, ...]:
    years = years_of_prices(case)
    words = []
    if len(years) > 1:
        words.append(
            f"sums stand in prices of different years ({', '.join(map(str, sorted(years)))}) and are not converted"
        )
    lacking = [
        name
        for project in case.stakes.projects.values()
        for name in project.split
        if name not in case.stakes.exchange_rates
    ]
    if lacking:
        words.append(f"no exchange rate for {', '.join(dict.fromkeys(lacking))}: their gains stay in money")
    return tuple(words)
