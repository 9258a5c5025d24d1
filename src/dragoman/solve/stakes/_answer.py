"""What the stakes are worth, to whom: the reports of projects, corridors and trade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._join import Region
from dragoman.solve.stakes._money import Purse
from dragoman.solve.stakes._projects import CashFlow, cash_flow, internal_rate, level, pay_back_year
from dragoman.solve.stakes._routes import Flows, Route, incomes, network_flows, summary
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Case, Project

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A sum over the draws: its mean and its 5 %, 50 % and 95 % quantiles."""

    mean: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True, kw_only=True)
class PartyProject:
    """What a project is to a party: value today, level income a year, return, break-even volume and pay-back year.

    ``rate`` and ``pay_back`` are at the central values; None where there is none, as for who puts nothing in.
    """

    party: str
    value: Spread
    yearly: Spread
    break_even_volume: float | None
    rate: float | None
    pay_back: int | None


@dataclass(frozen=True, kw_only=True)
class ProjectBar:
    """One number of a project at its ends: the value of the whole project to all parties."""

    path: str
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True, kw_only=True)
class ProjectReport:
    """A project: who gains, and on what it hangs."""

    project: str
    name: str
    hangs_on: tuple[str, ...]
    volume_unit: str
    parties: tuple[PartyProject, ...]
    tornado: tuple[ProjectBar, ...]


@dataclass(frozen=True, kw_only=True)
class DemandReport:
    """One demand: routes at the central values, share of the draws by route, tonnes that shift, what that saves."""

    demand: str
    before: Route | None
    after: Route | None
    tonnes: float
    shifted: Spread
    routes: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class CorridorReport:
    """The network: the demands, and each party's yearly income from fees."""

    demands: tuple[DemandReport, ...]
    income: Mapping[str, Spread]


@dataclass(frozen=True, kw_only=True)
class TradeRow:
    """One country: change of real expenditure (0.01 is 1 %) over the draws."""

    country: str
    real: Spread


@dataclass(frozen=True, kw_only=True)
class TradeReport:
    """Trade: the changes, their direct effect beside the general equilibrium, and each country's gain."""

    baseline: str
    partial: Mapping[str, float]
    countries: tuple[TradeRow, ...]


@dataclass(frozen=True, kw_only=True)
class Gain:
    """A party's yearly gain from all stakes: money, and units of the case's value at its exchange rate."""

    party: str
    name: str
    money: Spread
    points: Spread | None


@dataclass(frozen=True, kw_only=True)
class StakesAnswer:
    """Who gains what from the deal, and whether that holds it together."""

    currency: str
    projects: tuple[ProjectReport, ...]
    corridors: CorridorReport | None
    trade: TradeReport | None
    gains: tuple[Gain, ...]
    region: Region | None


def spread(values: Floats) -> Spread:
    """The spread of a sum over draws."""
    low, middle, high = (float(value) for value in np.quantile(values, QUANTILES))
    return Spread(mean=float(values.mean()), low=low, middle=middle, high=high)


def yearly_patience(case: Case, party: str, purse: Purse) -> Floats:
    """The party's patience a year, over the draws; 0.9 where the case gives it none."""
    given = purse.number(case.patience.get(party), 0.9)
    per_year: Floats = given if case.patience_per == "year" else given ** (1 / case.step_years)
    return per_year


def project_report(case: Case, project: Project, purse: Purse, central: Purse) -> tuple[ProjectReport, CashFlow]:
    """A project over the draws."""
    parties = tuple(case.parties)
    drawn, middle = cash_flow(project, parties, purse), cash_flow(project, parties, central)
    touched = [
        place for place in range(len(parties)) if np.any(drawn.flows[:, place]) or np.any(middle.flows[:, place])
    ]
    rows = tuple(
        PartyProject(
            party=parties[place],
            value=spread(drawn.value[:, place]),
            yearly=spread(level(drawn.income[:, place], yearly_patience(case, parties[place], purse))),
            break_even_volume=_finite(middle.break_even_volume[0, place]),
            rate=internal_rate(middle.flows[0, place]),
            pay_back=pay_back_year(middle.flows[0, place]),
        )
        for place in touched
    )
    report = ProjectReport(
        project=project.id,
        name=project.name,
        hangs_on=project.hangs_on,
        volume_unit=project.volume_unit,
        parties=rows,
        tornado=_tornado(case, project),
    )
    return report, drawn


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _tornado(case: Case, project: Project) -> tuple[ProjectBar, ...]:
    from dragoman.model import Sampler

    prefix = f"stakes.projects.{project.id}."
    numbers = [item for item in case.numbers() if item.path.startswith(prefix) and not item.certain]
    bars = []
    for item in numbers:
        ends = item.range()
        worth = [
            float(cash_flow(project, tuple(case.parties), Purse(case, Sampler(given={item.path: end}))).value.sum())
            for end in ends
        ]
        bars.append(ProjectBar(path=item.path, low=ends[0], high=ends[1], at_low=worth[0], at_high=worth[1]))
    return tuple(sorted(bars, key=lambda bar: (-abs(bar.at_high - bar.at_low), bar.path)))


def corridor_report(case: Case, purse: Purse, central: Purse) -> tuple[CorridorReport, list[Flows]] | None:
    """The network with everything that it needs carried out."""
    corridors = case.stakes.corridors
    if corridors is None or not corridors.demands:
        return None
    done = {name for arc in corridors.arcs.values() for name in arc.needs}
    drawn, middle = network_flows(corridors, purse, done), network_flows(corridors, central, done)[0]
    rows = []
    for item, shift in zip(summary(drawn), middle.shifts, strict=True):
        routes = {" - ".join(places): share for places, share in item["routes"].items()}
        rows.append(
            DemandReport(
                demand=shift.demand,
                before=shift.before,
                after=shift.after,
                tonnes=item["tonnes"],
                shifted=spread(item["shifted"]),
                routes=routes,
            )
        )
    income = {name: spread(values) for name, values in incomes(drawn, case.parties).items() if np.any(values)}
    return CorridorReport(demands=tuple(rows), income=income), drawn
