"""Gains by party and by measure, in money and in the case's unit of value.

1. A project's income is a level flow at the party's patience; it stands on the last of
   the measures on which it hangs, since a breach of any ends the process.
2. Where a party shares in a project on the measure that opens the corridors, the
   project's income counts, and its corridor fees, another estimate of the same money,
   are shown beside it and not added.
3. Net of capital: the level flow of all that the party puts in is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._answer import Gain, spread
from dragoman.solve.stakes._case_trade import TradeGains
from dragoman.solve.stakes._loading import Flows, incomes
from dragoman.solve.stakes._money import Purse
from dragoman.solve.stakes._projects import CashFlow
from dragoman.solve.stakes._reports import yearly_patience
from dragoman.solve.stakes._returns import level
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Case

ByMeasure = dict[str, dict[str, Floats]]


def income_by_measure(
    case: Case, flows: Mapping[str, CashFlow], network: list[Flows] | None, trade: TradeGains | None, purse: Purse
) -> ByMeasure:
    """By measure ("" for none) and party, the level income a year (draws,)."""
    found: ByMeasure = {}
    for key, project in case.stakes.projects.items():
        measure = last_measure(case, project.hangs_on)
        for party, values in _level(case, flows[key], flows[key].income, purse).items():
            _add(found, measure, party, values)
    if network is not None:
        measure = corridor_measure(case)
        sharing = set(found.get(measure, ()))
        for party, values in incomes(network, case.parties).items():
            if values.any() and party not in sharing:
                _add(found, measure, party, values)
    for party, values in (trade.money if trade is not None else {}).items():
        _add(found, trade.measure if trade is not None else "", party, values)
    return found


def last_measure(case: Case, names: Iterable[str]) -> str:
    """Of the measures on which something hangs, the last in the order of the case; "" for none."""
    wanted = set(names)
    return next((name for name in reversed(list(case.measures)) if name in wanted), "")


def corridor_measure(case: Case) -> str:
    """The measure on which the corridors hang."""
    corridors = case.stakes.corridors
    return last_measure(case, {name for arc in corridors.arcs.values() for name in arc.needs} if corridors else ())


def _level(case: Case, flow: CashFlow, table: Floats, purse: Purse) -> dict[str, Floats]:
    """Level flow by party, of those whose part of the table is not all zero."""
    return {
        party: level(table[:, place], yearly_patience(case, party, purse, flow.rate))
        for place, party in enumerate(flow.parties)
        if table[:, place].any()
    }


def _add(table: ByMeasure, measure: str, party: str, values: Floats) -> None:
    cell = table.setdefault(measure, {})
    cell[party] = cell[party] + values if party in cell else values


def gains(case: Case, by_measure: ByMeasure, flows: Mapping[str, CashFlow], purse: Purse) -> tuple[Gain, ...]:
    """Each party's yearly gain over the draws."""
    spent: ByMeasure = {}
    for flow in flows.values():
        for party, values in _level(case, flow, flow.income - flow.flows, purse).items():
            _add(spent, "", party, values)
    return tuple(
        _gain(case, party, {name: cell[party] for name, cell in by_measure.items() if party in cell}, paid, purse)
        for party in case.parties
        for paid in [spent.get("", {}).get(party, np.zeros(purse.rows))]
        if paid.any() or any(party in cell for cell in by_measure.values())
    )


def _gain(case: Case, party: str, parts: Mapping[str, Floats], paid: Floats, purse: Purse) -> Gain:
    money: Floats = np.sum([np.zeros(purse.rows), *parts.values()], axis=0)
    rate = case.stakes.exchange_rates.get(party)
    return Gain(
        party=party,
        name=case.parties[party].name or party,
        money=spread(money),
        net=spread(money - paid),
        points=spread(money / purse.money(rate)) if rate is not None else None,
        hangs_on={name: float(values.mean()) for name, values in parts.items()},
    )
