"""Trade in a case: its table, its changes, and the gains over draws of coefficients and elasticity.

Closed borders: a zero flow stays zero under hat algebra.  With ``baseline: fitted`` the
flows are those of the gravity model (coefficients of the case), balanced to the table's
totals; with ``observed`` a change between two countries that do not trade is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._answer import TradeReport, TradeRow, spread
from dragoman.solve.stakes._gravity import cost_factors
from dragoman.solve.stakes._table import TradeTable, read_table
from dragoman.solve.stakes._trade import ELASTICITY, Floats, balanced, counterfactual

if TYPE_CHECKING:
    from dragoman.model import Case, Trade
    from dragoman.solve.stakes._gains import ByMeasure
    from dragoman.solve.stakes._money import Purse

MOST_DRAWS = 200


def trade_report(case: Case, purse: Purse) -> tuple[TradeReport, dict[str, Floats], dict[str, Floats]] | None:
    """The trade part of the stakes: the report, and by country the change (draws,) and the baseline spending.

    Raises:
        ReadError: the table cannot be read.
        MethodError: a country, variable or flow is missing.
    """
    trade = case.stakes.trade
    if trade is None:
        return None
    table = read_table(Path(case.source.folder) / trade.file, trade.years)
    coefficients = {name: purse.number(item) for name, item in trade.coefficients.items()}
    elasticity = purse.number(trade.elasticity, ELASTICITY)
    changes = [_matrix(table, trade, place, purse) for place in range(len(trade.changes))]
    rows = []
    for draw in range(purse.rows):
        values = {name: float(item[draw]) for name, item in coefficients.items()}
        flows = _baseline(table, trade, values)
        exponent = sum(
            (
                _coefficient(values, change.variable) * changes[place][draw]
                for place, change in enumerate(trade.changes)
            ),
            np.zeros_like(flows),
        )
        _check_closed(flows, exponent, table)
        rows.append(counterfactual(flows, np.exp(exponent), elasticity=float(elasticity[draw])).real)
    real = np.array(rows)
    spending = table.flows.sum(axis=0)
    report = TradeReport(
        baseline=trade.baseline,
        partial=_partial(trade, coefficients, purse),
        countries=tuple(
            TradeRow(country=name, real=spread(real[:, place])) for place, name in enumerate(table.countries)
        ),
    )
    by_country = {name: real[:, place] for place, name in enumerate(table.countries)}
    return report, by_country, {name: spending[place] for place, name in enumerate(table.countries)}


def add_trade(
    case: Case, by_measure: ByMeasure, real: dict[str, Floats], spending: dict[str, Floats], purse: Purse
) -> None:
    """Put each party's yearly gain from trade on the measure on which the changes hang."""
    from dragoman.solve.stakes._gains import add

    trade = case.stakes.trade
    if trade is None or trade.scale is None:
        return
    needs = [name for change in trade.changes for name in change.needs if name in case.measures]
    measure = needs[-1] if needs else ""
    scale = purse.money(trade.scale)
    for party, country in trade.countries.items():
        if country in real:
            add(by_measure, measure, party, real[country] * spending[country] * scale)


def _baseline(table: TradeTable, trade: Trade, coefficients: dict[str, float]) -> Floats:
    if trade.baseline == "observed":
        return table.flows
    sales = table.flows.sum(axis=1)
    return balanced(cost_factors(table, coefficients), sales, sales)


def _coefficient(coefficients: dict[str, float], variable: str) -> float:
    if variable not in coefficients:
        raise MethodError(
            "stakes.trade.coefficients", f"no coefficient of {variable!r}", "one for every variable changed"
        )
    return coefficients[variable]


def _matrix(table: TradeTable, trade: Trade, place: int, purse: Purse) -> Floats:
    """(draws, n, n): the change of one variable, 0 where it does not change."""
    change = trade.changes[place]
    size = len(table.countries)
    marked = np.zeros((size, size))
    for fro in _countries(table, trade, change.start):
        for to in _countries(table, trade, change.end):
            if fro != to:
                marked[fro, to] = 1
                marked[to, fro] = max(marked[to, fro], float(change.both_ways))
    value = purse.number(change.value)
    if change.variable in table.variables:
        return (value[:, None, None] - table.variables[change.variable]) * marked
    return value[:, None, None] * marked


def _countries(table: TradeTable, trade: Trade, name: str) -> list[int]:
    if name == "*":
        return list(range(len(table.countries)))
    return [table.place(trade.countries.get(name, name))]


def _check_closed(flows: Floats, exponent: Floats, table: TradeTable) -> None:
    closed = np.argwhere((flows == 0) & (exponent != 0))
    if len(closed):
        fro, to = closed[0]
        raise MethodError(
            "stakes.trade",
            f"{table.countries[fro]} sells nothing to {table.countries[to]}, and a zero flow stays zero",
            "baseline: fitted, or years before the border closed",
        )


def _partial(trade: Trade, coefficients: dict[str, Floats], purse: Purse) -> dict[str, float]:
    """The direct effect on the pairs concerned, h - 1, at the mean of the draws."""
    return {
        f"{change.start} - {change.end}, {change.variable}": float(
            np.exp(coefficients[change.variable] * purse.number(change.value)).mean() - 1
        )
        for change in trade.changes
        if change.variable in coefficients
    }
