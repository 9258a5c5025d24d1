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
from dragoman.solve._methods import Method
from dragoman.solve.result import Result, result_of
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
)
from dragoman.solve.stakes._case_trade import trade_gains
from dragoman.solve.stakes._gains import gains, income_by_measure
from dragoman.solve.stakes._gravity import Gravity, cost_factors, estimate
from dragoman.solve.stakes._loading import Shift, network_flows, shifting_share
from dragoman.solve.stakes._money import Purse
from dragoman.solve.stakes._network import Network, Route, cheapest, through
from dragoman.solve.stakes._projects import CashFlow, cash_flow
from dragoman.solve.stakes._region import MOST_DRAWS, Region, region_of
from dragoman.solve.stakes._reports import corridor_report, project_report
from dragoman.solve.stakes._returns import internal_rate, level, pay_back_year
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
    "Network",
    "PartyProject",
    "ProjectBar",
    "ProjectReport",
    "Purse",
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
    "through",
]

METHOD = Method(
    name="stakes",
    place=12,
    title="Stakes",
    answers="what the deal is worth, to whom",
    needs="stakes",
)
CITATION = (
    "Anderson and van Wincoop 2003; Santos Silva and Tenreyro 2006; Dekle, Eaton, Kortum 2008; "
    "Arkolakis, Costinot, Rodriguez-Clare 2012"
)
CAVEATS = (
    "The exchange rates between money and units of value are judgements, and often decide the answer.",
    "A stake also raises what a party stands to lose elsewhere: where it grows, look again at that party's salience.",
    "Where a party shares in a project and earns corridor fees on the same measure, the project's income counts.",
    "Capital is not in the flows that the steps use: the one-off values of the measures hold it.",
    "A share of draws is robustness, not a probability.",
)


def solve(case: Case, *, method: str = "stakes", draws: int = 1000, seed: int = 0, party: str | None = None) -> Result:
    """What the deal is worth, to whom.

    Args:
        case: the case with stakes; with measures and exchange rates for the region.
        method: the name under which the result is filed.
        draws: of all judged numbers (0: central values); the region's robustness takes at most 300 of them.
        seed: of the draws.
        party: whose income the region varies; None for the party whose constraint binds.

    Raises:
        MethodError: the case has no stakes, or a number leaves a part's domain.
        ReadError: the trade table cannot be read.
    """
    from dragoman.model import Sampler

    stakes = case.stakes
    if not (stakes.projects or stakes.corridors or stakes.trade):
        raise MethodError("stakes", "nothing at stake in the case", "projects, corridors or trade under stakes")
    central, purse = Purse(case, Sampler()), Purse(case, Sampler(draws=draws, seed=seed))
    projects = {key: project_report(case, item, purse, central) for key, item in stakes.projects.items()}
    flows = {key: flow for key, (_, flow) in projects.items()}
    corridors = corridor_report(case, purse, central)
    trade = trade_gains(case, purse)
    by_measure = income_by_measure(case, flows, corridors[1] if corridors else None, trade, purse)
    answer = StakesAnswer(
        currency=stakes.currency,
        year=stakes.year,
        projects=tuple(report for report, _ in projects.values()),
        corridors=corridors[0] if corridors else None,
        trade=trade.report if trade else None,
        gains=gains(case, by_measure, flows, purse),
        region=region_of(case, by_measure, purse, draws=draws, seed=seed, party=party) if case.measures else None,
    )
    parameters = {"party": party, "robustness_draws": min(draws, MOST_DRAWS)}
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(case, answer),
    )


def _warnings(case: Case, answer: StakesAnswer) -> tuple[str, ...]:
    words = []
    lacking = [item.name for item in answer.gains if item.points is None]
    if lacking:
        words.append(f"no exchange rate for {', '.join(lacking)}: their gains stay in money and out of the steps")
    if case.notice:
        words.append("the region's plans are searched as if a breach were seen at once, and judged with the notice")
    if case.stakes.trade is not None and case.stakes.trade.scale is None:
        words.append("stakes.trade has no scale: gains from trade are shares of expenditure and stay out of the sums")
    return tuple(words)
