"""The reports of projects and corridors over the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._answer import (
    CorridorReport,
    DemandReport,
    PartyProject,
    ProjectBar,
    ProjectReport,
    spread,
)
from dragoman.solve.stakes._loading import Flows, incomes, network_flows
from dragoman.solve.stakes._money import Purse
from dragoman.solve.stakes._projects import CashFlow, cash_flow
from dragoman.solve.stakes._returns import internal_rate, level, pay_back_year
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Case, Project


def yearly_patience(case: Case, party: str, purse: Purse, rate: Floats) -> Floats:
    """The party's patience a year over the draws; where the case gives it none, 1 / (1 + the discount rate)."""
    if party not in case.patience:
        return 1 / (1 + rate)
    given = purse.number(case.patience[party])
    per_year: Floats = given if case.patience_per == "year" else given ** (1 / case.step_years)
    return per_year


def project_report(case: Case, project: Project, purse: Purse, central: Purse) -> tuple[ProjectReport, CashFlow]:
    """A project over the draws."""
    parties = tuple(case.parties)
    drawn, middle = cash_flow(project, parties, purse), cash_flow(project, parties, central)
    touched = [place for place in range(len(parties)) if drawn.flows[:, place].any()]
    report = ProjectReport(
        project=project.id,
        name=project.name,
        hangs_on=project.hangs_on,
        volume_unit=project.volume_unit,
        start=project.start or 0,
        parties=tuple(_party(case, place, drawn, middle, purse) for place in touched),
        tornado=_tornado(case, project),
    )
    return report, drawn


def _party(case: Case, place: int, drawn: CashFlow, middle: CashFlow, purse: Purse) -> PartyProject:
    party = drawn.parties[place]
    even, flow = float(middle.break_even_volume[0, place]), middle.flows[0, place]
    pays = (flow != middle.income[0, place]).any()
    return PartyProject(
        party=party,
        value=spread(drawn.value[:, place]),
        yearly=spread(level(drawn.income[:, place], yearly_patience(case, party, purse, drawn.rate))),
        by_year=tuple(drawn.flows[:, place].mean(axis=0).tolist()),
        break_even_volume=even if np.isfinite(even) else None,
        rate=internal_rate(flow) if pays else None,
        pay_back=pay_back_year(flow) if pays else None,
    )


def _tornado(case: Case, project: Project) -> tuple[ProjectBar, ...]:
    """Each uncertain number of the project at its ends, the others at their central values, widest first."""
    from dragoman.model import Sampler

    prefix = f"stakes.projects.{project.id}."
    bars = []
    for item in case.numbers():
        if not item.path.startswith(prefix) or item.certain:
            continue
        low, high = item.range()
        ends = Purse(case, Sampler(draws=2, given=_pinned(case, item.path, (low, high))))
        at_low, at_high = cash_flow(project, tuple(case.parties), ends).value.sum(axis=1).tolist()
        label = _label(project, item.path.removeprefix(prefix))
        bars.append(ProjectBar(path=item.path, label=label, low=low, high=high, at_low=at_low, at_high=at_high))
    return tuple(sorted(bars, key=lambda bar: (-abs(bar.at_high - bar.at_low), bar.path)))


def _pinned(case: Case, path: str, ends: tuple[float, float]) -> dict[str, tuple[float, float]]:
    central = {item.path: (item.central(),) * 2 for item in case.numbers() if item.path.startswith("stakes.")}
    return {**central, path: ends}


def _label(project: Project, path: str) -> str:
    """A number of a project in words: "capital of year 0 (ROK)"."""
    part, *rest = path.split(".")
    if part == "capital":
        outlay = project.capital[int(rest[0])]
        return f"capital of year {outlay.year} ({outlay.payer})"
    if part in {"ramp", "split"}:
        return f"{part} ({rest[0]})"
    return part.replace("_", " ")


def corridor_report(case: Case, purse: Purse, central: Purse) -> tuple[CorridorReport, list[Flows]] | None:
    """The network with everything that it needs carried out."""
    corridors = case.stakes.corridors
    if corridors is None or not corridors.demands:
        return None
    done = {name for arc in corridors.arcs.values() for name in arc.needs}
    drawn, middle = network_flows(corridors, purse, done), network_flows(corridors, central, done)[0]
    rows = tuple(_demand(case, drawn, middle, place) for place in range(len(middle.shifts)))
    income = {name: spread(values) for name, values in incomes(drawn, case.parties).items() if values.any()}
    return CorridorReport(demands=rows, income=income), drawn


def _demand(case: Case, drawn: list[Flows], middle: Flows, place: int) -> DemandReport:
    shifts, shift = [one.shifts[place] for one in drawn], middle.shifts[place]
    network = case.stakes.corridors
    name = network.demands[shift.demand].name if network is not None else ""
    routes: dict[str, float] = {}
    for route in (one.after for one in shifts if one.after is not None):
        words = " - ".join(route.places)
        routes[words] = routes.get(words, 0.0) + 1 / len(shifts)
    return DemandReport(
        demand=shift.demand,
        name=name or shift.demand,
        before=shift.before,
        after=shift.after,
        tonnes=float(np.mean([one.tonnes for one in shifts])),
        shifted=spread(np.array([one.shifted for one in shifts])),
        saved_money=spread(np.array([one.saved_money for one in shifts])),
        saved_days=spread(np.array([one.saved_days for one in shifts])),
        routes=dict(sorted(routes.items(), key=lambda item: (-item[1], item[0]))),
    )
