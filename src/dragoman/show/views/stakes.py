"""Stakes: who gains what from a deal, when, and on what it hangs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import MethodError
from dragoman.show.blocks import Cell, Chart, Column, Point, Table, fixed, number_cell, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, head, numbered
from dragoman.show.views.graph import basis_of

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case

CURVE = 41


@dataclass(frozen=True, kw_only=True)
class StakesPage(View):
    """The page."""

    findings: tuple[Point, ...]
    why_not: str
    curve: Chart | None
    projects: Table
    rates: Table
    caveats: tuple[str, ...]
    basis: str


def build(desk: Desk, query: Query) -> StakesPage:
    """The page for this query: ``scenario``."""
    scenario = query.get("scenario") or None
    case = desk.case_of(scenario)
    result = desk.try_result("stakes", scenario)
    solved = None if isinstance(result, MethodError) else result
    return numbered(
        StakesPage(
            head=head(desk, "stakes", "Stakes", lead_of(case), query=query),
            findings=tuple(Point(text=text) for text in solved.reasons) if solved else (),
            why_not="" if solved else str(result),
            curve=curve(case),
            projects=project_table(desk, case),
            rates=rate_table(case),
            caveats=(*solved.caveats, *solved.warnings) if solved else (),
            basis=basis_of(solved) if solved else "",
        )
    )


def lead_of(case: Case) -> str:
    """What the deal unlocks."""
    names = [project.name for project in case.stakes.projects.values()]
    if not names:
        return "The case names no project and no corridor."
    return f"What the deal would unlock: {'; '.join(names)}. Every sum is a judgement with a range."


def curve(case: Case) -> Chart | None:
    """The least slack of the plan against the income of a party from measures that several perform."""
    from dragoman.solve.steps import Lever, at_once, deal_of, plan_of, slack_curve

    shared = [key for key, measure in case.measures.items() if len(measure.performers) > 1 and measure.flow]
    if not shared:
        return None
    import numpy as np

    deal, plan = deal_of(case), plan_of(case)
    plan = plan or at_once(deal)
    places = {key: i for i, key in enumerate(case.measures)}
    values = np.linspace(0.0, 20.0, CURVE)
    rows: list[dict[str, Any]] = []
    for key in shared:
        for i, party in enumerate(deal.parties):
            flow = next((f for p, f in case.measures[key].flow.items() if case.parties[p].name == party), None)
            if flow is None:
                continue
            slack = slack_curve(deal, plan, Lever(kind="flow", measure=places[key], party=i), values)
            rows += [
                {"income": float(x), "slack": float(y), "line": f"{party}, {case.measures[key].name or key}"}
                for x, y in zip(values, slack, strict=True)
            ]
    from dragoman.show.plots import curves

    lines = tuple(dict.fromkeys(str(row["line"]) for row in rows))
    columns = (
        Column(name="line", title="Whose income, from what"),
        Column(name="income", title="Income per step", kind="number"),
        Column(name="slack", title="Least slack", kind="number"),
    )
    table = tuple((text_cell(r["line"]), number_cell(r["income"], 1), number_cell(r["slack"], 2)) for r in rows)
    return Chart(
        name="curve",
        title="Least slack of the plan against one party's income from one measure",
        alt=f"{len(lines)} curves; the plan holds where a curve is above zero.",
        spec=curves(rows, lines),
        note=(
            f"In units of value ({case.unit_of_value or 'points'}) per step, everything else as "
            "judged. A curve that stays flat does not touch the constraint that binds."
        ),
        table=Table(name="curve-table", title="", columns=columns, rows=table),
    )


def project_table(desk: Desk, case: Case) -> Table:
    """The projects with their inputs and grounds."""
    columns = (
        Column(name="name", title="Project"),
        Column(name="hangs", title="Hangs on"),
        Column(name="volume", title="Volume"),
        Column(name="capital", title="Capital, million", kind="number"),
        Column(name="split", title="Split of income"),
        Column(name="because", title="Because", wide=True),
    )
    rows = tuple(
        (
            text_cell(p.name),
            text_cell(", ".join(case.measures[m].name if m in case.measures else m for m in p.hangs_on)),
            text_cell(
                (
                    f"{fixed(p.volume.central(), 1) if p.volume.central() < 1000 else fixed(p.volume.central())} "
                    f"{p.volume_unit}"
                )
                if p.volume
                else ""
            ),
            number_cell(sum(o.amount.amount.central() for o in p.capital) / 1e6, 0),
            text_cell(
                ", ".join(f"{case.parties[k].name} {fixed(100 * v.central())}\u202f%" for k, v in p.split.items())
            ),
            Cell(text=p.because or "no reason given", evidence=_fetch.anchored(desk, p.evidence)),
        )
        for p in case.stakes.projects.values()
    )
    return Table(name="projects", title="Projects", columns=columns, rows=rows, empty="The case names no project.")


def rate_table(case: Case) -> Table:
    """What money is worth to whom: the exchange rate between money and the case's unit of value."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="rate", title="Million per unit of value", kind="number"),
        Column(name="range", title="Range"),
        Column(name="because", title="Because", wide=True),
    )
    rows = tuple(
        (
            text_cell(case.parties[k].name),
            number_cell(m.amount.central() / 1e6),
            text_cell("–".join(fixed(v / 1e6) for v in m.amount.range())),
            text_cell(m.amount.because),
        )
        for k, m in case.stakes.exchange_rates.items()
    )
    return Table(
        name="rates",
        title="What money is worth to whom",
        columns=columns,
        rows=rows,
        empty="The case states no exchange rate.",
    )
