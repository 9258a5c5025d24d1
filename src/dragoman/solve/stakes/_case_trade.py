"""Trade in a case: its table, its changes, and the gains over draws of coefficients and elasticity.

Closed borders: a zero flow stays zero under hat algebra.  Three baselines:

* ``observed``: the table's flows; a change between two countries that do not trade is refused;
* ``fitted``: the flows of the gravity model (coefficients of the case), balanced to the
  table's output, so that closed pairs trade as much as the model says; deficits are zero;
* ``before``: the table's flows are from before borders closed and the changes say what
  closing them did; the deal takes that back, so its gain is the loss with the other sign,
  valued at the expenditure from before.

Coefficients are those of the case; where it gives none they are estimated on the table and
drawn from a normal distribution with their robust standard errors.

Observed deficits (baselines ``observed`` and ``before``) are held fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._answer import TradeReport, TradeRow, spread
from dragoman.solve.stakes._gravity import cost_factors, estimate
from dragoman.solve.stakes._table import VARIABLES, TradeTable, read_table
from dragoman.solve.stakes._trade import ELASTICITY, Floats, balanced, counterfactual

if TYPE_CHECKING:
    from dragoman.model import Case, Trade
    from dragoman.solve.stakes._money import Purse

CELLS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class TradeGains:
    """The report, and by party the yearly gain (draws,) in money, on the measure on which it hangs."""

    report: TradeReport
    measure: str
    money: Mapping[str, Floats]


def trade_gains(case: Case, purse: Purse) -> TradeGains | None:
    """The trade part of the stakes.

    Raises:
        ReadError: the table cannot be read.
        MethodError: a country, variable or flow is missing.
    """
    trade = case.stakes.trade
    if trade is None:
        return None
    wanted = {*trade.coefficients, *(change.variable for change in trade.changes)}
    table = read_table(Path(case.source.folder) / trade.file, trade.years, sorted(wanted))
    coefficients = _coefficients(table, trade, purse)
    shocks = _shocks(table, trade, coefficients, purse)
    real, spending, clearing = _solved(table, trade, coefficients, shocks, purse)
    gain = -real if trade.baseline == "before" else real
    scale = purse.money(trade.scale) if trade.scale is not None else None
    party_of = {country: party for party, country in trade.countries.items()}
    rows = []
    for place, name in enumerate(table.countries):
        money = gain[:, place] * spending[place] * scale if scale is not None else None
        rows.append((name, party_of.get(name), gain[:, place], money))
    report = TradeReport(
        baseline=trade.baseline,
        deficits="zero" if trade.baseline == "fitted" else "held fixed",
        coefficients={name: spread(values) for name, values in coefficients.items()},
        partial=_partial(table, trade, coefficients, purse),
        countries=tuple(
            TradeRow(country=name, party=party, real=spread(change), money=spread(money) if money is not None else None)
            for name, party, change, money in rows
        ),
        clearing=clearing,
    )
    for country in trade.countries.values():
        table.place(country)
    needs = [name for name in case.measures if any(name in change.needs for change in trade.changes)]
    return TradeGains(
        report=report,
        measure=needs[-1] if needs else "",
        money={party: money for _, party, _, money in rows if party is not None and money is not None},
    )


def _coefficients(table: TradeTable, trade: Trade, purse: Purse) -> dict[str, Floats]:
    """By variable (draws,): what the case states, else the estimate with its error."""
    if trade.coefficients:
        return {name: purse.number(item) for name, item in trade.coefficients.items()}
    from scipy.special import ndtri

    found = estimate(table, [name for name in VARIABLES if name in table.variables])
    return {
        name: value + found.errors[name] * ndtri(_uniform(name, purse)) for name, value in found.coefficients.items()
    }


def _uniform(name: str, purse: Purse) -> Floats:
    """Uniforms of the coefficient's own stream; 0.5 at the central values."""
    from dragoman.model import Quantity

    return purse.number(Quantity(dist="uniform", low=0.0, high=1.0, path=f"stakes.trade.coefficients.{name}"))


def _solved(
    table: TradeTable, trade: Trade, coefficients: Mapping[str, Floats], shocks: Floats, purse: Purse
) -> tuple[Floats, Floats, float]:
    """Real changes (draws, n), the baseline's spending (n,), and the largest excess; in chunks that fit in memory."""
    elasticity = purse.number(trade.elasticity, ELASTICITY)
    chunk = max(1, CELLS // table.flows.size)
    parts, worst = [], 0.0
    for start in range(0, purse.rows, chunk):
        rows = slice(start, start + chunk)
        flows = _baseline(table, trade, {name: values[rows] for name, values in coefficients.items()})
        found = counterfactual(flows, np.exp(shocks[rows]), elasticity=elasticity[rows])
        parts.append(found.real)
        worst = max(worst, found.clearing)
    sales = table.flows.sum(axis=1)
    return np.concatenate(parts), sales if trade.baseline == "fitted" else table.flows.sum(axis=0), worst


def _baseline(table: TradeTable, trade: Trade, coefficients: Mapping[str, Floats]) -> Floats:
    if trade.baseline != "fitted":
        return table.flows
    sales = table.flows.sum(axis=1)
    return balanced(cost_factors(table, coefficients), sales, sales)


def _shocks(table: TradeTable, trade: Trade, coefficients: Mapping[str, Floats], purse: Purse) -> Floats:
    """(draws, n, n): the sum of coefficient times change of variable."""
    total = np.zeros((purse.rows, *table.flows.shape))
    for place, change in enumerate(trade.changes):
        total += _coefficient(coefficients, change.variable)[:, None, None] * _matrix(table, trade, place, purse)
    closed = np.argwhere((table.flows == 0) & (total != 0).any(axis=0))
    if len(closed) and trade.baseline != "fitted":
        fro, to = (table.countries[place] for place in closed[0])
        raise MethodError(
            "stakes.trade.changes",
            f"{fro} sells nothing to {to}, and a zero flow stays zero",
            "baseline: fitted, or the years before the border closed",
        )
    return total


def _coefficient(coefficients: Mapping[str, Floats], variable: str) -> Floats:
    if variable not in coefficients:
        raise MethodError(
            "stakes.trade.coefficients",
            f"no coefficient of {variable!r}",
            "one for each variable changed, or a column to estimate it",
        )
    return coefficients[variable]


def _matrix(table: TradeTable, trade: Trade, place: int, purse: Purse) -> Floats:
    """(draws, n, n): the change of one variable, 0 where it does not change."""
    change = trade.changes[place]
    marked = np.zeros(table.flows.shape)
    for fro in _countries(table, trade, change.start):
        for to in _countries(table, trade, change.end):
            if fro != to:
                marked[fro, to] = 1
                marked[to, fro] = max(marked[to, fro], float(change.both_ways))
    value = purse.number(change.value)[:, None, None]
    now = table.variables.get(change.variable, np.zeros_like(marked))
    return (value - now) * marked


def _countries(table: TradeTable, trade: Trade, name: str) -> list[int]:
    if name == "*":
        return list(range(len(table.countries)))
    return [table.place(trade.countries.get(name, name))]


def _partial(table: TradeTable, trade: Trade, coefficients: Mapping[str, Floats], purse: Purse) -> dict[str, float]:
    """The direct effect h - 1 of each change on the pair that it moves most, at the mean of the draws."""
    found = {}
    for place, change in enumerate(trade.changes):
        exponent = coefficients[change.variable][:, None, None] * _matrix(table, trade, place, purse)
        effect = np.exp(exponent).mean(axis=0) - 1
        key = f"{change.start} {'and' if change.both_ways else 'to'} {change.end}: {change.variable}"
        found[key] = float(effect.flat[np.abs(effect).argmax()])
    return found
