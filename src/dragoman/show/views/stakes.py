"""Stakes: who gains what from a deal, when, on what it hangs, and whether it holds the deal together.

The sentences and numbers are those of ``dragoman solve stakes``: gains by party, each
project over its years and its most telling numbers, the region of income in which a
plan holds without a guarantor, routes before and after, and trade.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import MethodError
from dragoman.show.blocks import Cell, Chart, Column, Point, Table, fixed, joined, number_cell, ref, share, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, head, numbered
from dragoman.show.views._outcomes import lines_of
from dragoman.show.views._region import MILLION, millions, region_charts
from dragoman.show.views.graph import basis_of

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.stakes import CorridorReport, Gain, ProjectReport, StakesAnswer, TradeReport
    from dragoman.solve.stakes._answer import Spread
    from dragoman.solve.stakes._network import Route

MOST_BARS = 8
SENTENCES = 4


@dataclass(frozen=True, kw_only=True)
class ProjectView:
    """One project: on what it hangs, from when it pays, its flows by year, what its value turns on."""

    title: str
    words: str
    years: Chart
    tornado: Chart | None


@dataclass(frozen=True, kw_only=True)
class StakesPage(View):
    """The page."""

    findings: tuple[Point, ...]
    more: tuple[Point, ...]
    why_not: str
    region: tuple[Chart, ...]
    gains: Table | None
    when: tuple[ProjectView, ...]
    routes: Table | None
    trade: Table | None
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
    answer: StakesAnswer | None = solved.answer if solved else None
    reasons = tuple(Point(text=text) for text in solved.reasons) if solved else ()
    told = SENTENCES if answer and answer.region else 1
    return numbered(
        StakesPage(
            head=head(
                desk,
                "stakes",
                "Stakes",
                lead_of(case),
                query=query,
                basis=ref("case", part="stakes", scenario=query.get("scenario")),
            ),
            findings=reasons[:told],
            more=reasons[told:],
            why_not="" if solved else str(result),
            region=region_charts(answer.region, answer.currency) if answer else (),
            gains=gain_table(case, answer.gains, answer.currency) if answer else None,
            when=tuple(project_view(case, item, answer.currency) for item in answer.projects) if answer else (),
            routes=route_table(case, answer.corridors, answer.currency) if answer and answer.corridors else None,
            trade=trade_table(answer.trade, answer.currency) if answer and answer.trade else None,
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
        return "The case names no project."
    return f"What the deal would unlock: {'; '.join(names)}. Every sum is a judgement with a range."


def gain_table(case: Case, gains: tuple[Gain, ...], currency: str) -> Table:
    """Who gains: yearly income, the same after what it puts in, in points, and on what it hangs."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="money", title=f"Income, million {currency} a year", kind="number"),
        Column(name="range", title="Nine draws of ten"),
        Column(name="net", title="After what it puts in", kind="number"),
        Column(name="points", title="Worth to it, points", kind="number"),
        Column(name="hangs", title="Hangs on", wide=True),
    )
    ranked = sorted(gains, key=lambda item: -(item.points.mean if item.points else 0.0))
    rows = tuple(
        (
            text_cell(item.name),
            money_cell(item.money.mean),
            text_cell(range_of(item.money)),
            money_cell(item.net.mean),
            number_cell(item.points.mean if item.points else None, 2),
            text_cell("; ".join(f"{measure(case, key)}: {millions(value)}" for key, value in item.hangs_on.items())),
        )
        for item in ranked
    )
    return Table(
        name="gains",
        title="Who gains",
        columns=columns,
        rows=rows,
        empty="Nobody gains.",
        note="Income as a level flow once things run, mean over the draws; points at the party's exchange rate.",
    )


def money_cell(value: float) -> Cell:
    """A sum in millions."""
    return Cell(text=millions(value), value=value / MILLION)


def range_of(spread: Spread) -> str:
    """The 5 % and 95 % quantiles in millions."""
    return f"{millions(spread.low)} to {millions(spread.high)}"


def measure(case: Case, key: str) -> str:
    """A measure's name; an income that hangs on none stands in any case."""
    return (case.measures[key].name or key) if key in case.measures else key or "nothing"


def project_view(case: Case, item: ProjectReport, currency: str) -> ProjectView:
    """When a project pays whom, and on which numbers its value turns."""
    hangs = joined(f"“{measure(case, key)}”" for key in item.hangs_on) or "nothing"
    return ProjectView(
        title=item.name,
        words=f"Hangs on {hangs}; income from year {item.start}.",
        years=years(case, item, currency),
        tornado=turns(item, currency),
    )


def years(case: Case, item: ProjectReport, currency: str) -> Chart:
    """The mean flow of each year by party, what it puts in included."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.lines import draw
    from dragoman.show.plots import curves

    rows: list[dict[str, Any]] = [
        {"year": year, "flow": round(flow / MILLION, 3), "line": case.parties[row.party].name or row.party}
        for row in item.parties
        for year, flow in enumerate(row.by_year)
    ]
    columns = (
        Column(name="party", title="Party"),
        Column(name="year", title="Year", kind="number"),
        Column(name="flow", title=f"Flow, million {currency}", kind="number"),
    )
    return Chart(
        name=f"years-{item.project}",
        title=f"{item.name}: flow by year, million {currency}",
        alt=f"Flows of {joined(dict.fromkeys(str(r['line']) for r in rows))}; income from year {item.start}.",
        spec=Later(
            curves,
            rows,
            tuple(dict.fromkeys(str(r["line"]) for r in rows)),
            x_title="year",
            x="year",
            y="flow",
            height=170,
        ),
        svg=draw(lines_of(rows, "line", "year", "flow"), title="year", legend=True, zero=True, height=170),
        note="Mean over the draws, what a party puts in included; year 0 is the first of the project.",
        table=Table(
            name=f"years-{item.project}-table",
            title="",
            columns=columns,
            rows=tuple((text_cell(r["line"]), number_cell(r["year"]), number_cell(r["flow"], 1)) for r in rows),
        ),
    )


def turns(item: ProjectReport, currency: str) -> Chart | None:
    """The numbers on which the project's value turns most."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.tornado import Swing, draw
    from dragoman.show.plots import tornado

    bars = item.tornado[:MOST_BARS]
    if not bars:
        return None
    rows = [
        {
            "what": bar.label,
            "low": bar.at_low / MILLION,
            "high": bar.at_high / MILLION,
            "from": min(bar.at_low, bar.at_high) / MILLION,
            "to": max(bar.at_low, bar.at_high) / MILLION,
        }
        for bar in bars
    ]
    value = sum(row.value.mean for row in item.parties) / MILLION
    columns = (
        Column(name="what", title="Number"),
        Column(name="low", title="Low end", kind="number"),
        Column(name="high", title="High end", kind="number"),
        Column(name="at-low", title=f"Value at low, million {currency}", kind="number"),
        Column(name="at-high", title="Value at high", kind="number"),
    )
    table = tuple(
        (text_cell(b.label), number_cell(b.low, 2), number_cell(b.high, 2), money_cell(b.at_low), money_cell(b.at_high))
        for b in bars
    )
    return Chart(
        name=f"turns-{item.project}",
        title=f"{item.name}: on what its value hangs, million {currency} today",
        alt=f"It turns most on the {bars[0].label}.",
        spec=Later(tornado, rows, value, width=440),
        svg=draw(
            [Swing(name=b.label, low=b.at_low / MILLION, high=b.at_high / MILLION) for b in bars], value, width=680
        ),
        note="One number at a time from its low end (ring) to its high end (dot); dotted: the mean over the draws.",
        table=Table(name=f"turns-{item.project}-table", title="", columns=columns, rows=table),
    )


def route_table(case: Case, report: CorridorReport, currency: str) -> Table:
    """Routes before and after, with days and fares."""
    columns = (
        Column(name="freight", title="Freight"),
        Column(name="before", title="Cheapest route before", wide=True),
        Column(name="days", title="Days", kind="number"),
        Column(name="fare", title=f"Fare, {currency} a tonne", kind="number"),
        Column(name="after", title="After the deal", wide=True),
        Column(name="days-after", title="Days", kind="number"),
        Column(name="fare-after", title="Fare", kind="number"),
        Column(name="shifted", title="Would shift", kind="number"),
    )
    rows = tuple(
        (
            text_cell(item.name),
            *_route_cells(case, item.before),
            *_route_cells(case, item.after),
            Cell(
                text=share(item.shifted.mean / item.tonnes) if item.tonnes else "–",
                value=item.shifted.mean,
                note=f"of {fixed(item.tonnes)} tonnes a year",
            ),
        )
        for item in report.demands
    )
    return Table(name="routes", title="Routes before and after", columns=columns, rows=rows, empty="No freight.")


def _route_cells(case: Case, route: Route | None) -> tuple[Cell, Cell, Cell]:
    if route is None:
        return text_cell("no route"), number_cell(None), number_cell(None)
    places = case.stakes.corridors.places if case.stakes.corridors else {}
    way = " – ".join(places[name].name for name in route.places)
    return text_cell(way), number_cell(route.days, 0), number_cell(route.fare, 0)


def trade_table(report: TradeReport, currency: str) -> Table:
    """Each country's gain from trade: change of real expenditure, and the same in money."""
    columns = (
        Column(name="country", title="Country"),
        Column(name="real", title="Real expenditure, %", kind="number"),
        Column(name="range", title="Nine draws of ten, %"),
        Column(name="money", title=f"Million {currency} a year", kind="number"),
    )
    rows = tuple(
        (
            text_cell(row.country),
            number_cell(100 * row.real.mean, 4),
            text_cell(f"{fixed(100 * row.real.low, 4)} to {fixed(100 * row.real.high, 4)}"),
            money_cell(row.money.mean) if row.money else number_cell(None),
        )
        for row in sorted(report.countries, key=lambda row: -abs(row.real.mean))
    )
    return Table(
        name="trade",
        title="Trade",
        columns=columns,
        rows=rows,
        note=f"Structural gravity; baseline {report.baseline}, deficits {report.deficits}.",
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
