"""Gains by party and by measure, in money and in the case's unit of value.

Where a measure carries a project, the project's income counts; the corridor's fees on the
same measure are another estimate of the same money and are shown beside it, not added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._answer import Gain, spread, yearly_patience
from dragoman.solve.stakes._money import Purse
from dragoman.solve.stakes._projects import CashFlow, level
from dragoman.solve.stakes._routes import Flows, incomes
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Case

ByMeasure = dict[str, dict[str, Floats]]


def income_by_measure(
    case: Case, flows: Mapping[str, CashFlow], network: list[Flows] | None, purse: Purse
) -> ByMeasure:
    """By measure and party, the level income a year over the draws; what hangs on several stands on the last."""
    found: ByMeasure = {}
    for key, project in case.stakes.projects.items():
        measure = project.hangs_on[-1] if project.hangs_on else ""
        flow = flows[key]
        for place, party in enumerate(flow.parties):
            if np.any(flow.income[:, place]):
                add(found, measure, party, level(flow.income[:, place], yearly_patience(case, party, purse)))
    needed = corridor_measure(case)
    if network is not None and needed and needed not in found:
        for party, values in incomes(network, case.parties).items():
            if np.any(values):
                add(found, needed, party, values)
    return found


def corridor_measure(case: Case) -> str | None:
    """The measure on which the corridors hang, where they hang on one."""
    corridors = case.stakes.corridors
    names = {name for arc in corridors.arcs.values() for name in arc.needs} if corridors else set()
    measures = [name for name in case.measures if name in names]
    return measures[-1] if measures else None


def add(table: ByMeasure, measure: str, party: str, values: Floats) -> None:
    """Add to a cell of the table."""
    cell = table.setdefault(measure, {})
    cell[party] = cell[party] + values if party in cell else values


def gains(case: Case, by_measure: ByMeasure, purse: Purse) -> tuple[Gain, ...]:
    """Each party's yearly gain over the draws, in money and, where it has an exchange rate, in units of value."""
    rows = []
    for party, item in case.parties.items():
        parts = [cell[party] for cell in by_measure.values() if party in cell]
        if not parts:
            continue
        money: Floats = np.sum(parts, axis=0)
        rate = case.stakes.exchange_rates.get(party)
        points = spread(money / purse.money(rate)) if rate is not None else None
        rows.append(Gain(party=party, name=item.name or party, money=spread(money), points=points))
    return tuple(rows)
