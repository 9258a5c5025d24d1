"""Positions and forecast: where everybody stands, whether there is a deal at all, and where it would lie.

No agreement comes first.  Methods stand side by side with their track record and are
not averaged; the bands show the draws of the inputs, and the table says how far the
method has been off.  A number changed on the page changes the address and the answer;
it can be saved as a scenario of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import UnknownNameError
from dragoman.show.blocks import (
    Cell,
    Chart,
    Choice,
    Column,
    Filter,
    Point,
    Table,
    count_of,
    fixed,
    number_cell,
    ref,
    text_cell,
)
from dragoman.show.charts import party_colours
from dragoman.show.drawings import scale
from dragoman.show.views import _fetch, _outcomes
from dragoman.show.views._base import Query, View, head, numbered
from dragoman.show.views._outcomes import Outcome
from dragoman.show.views._whatif import Knob, changed, changed_case, knob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Case, Issue, Quantity, Stand


@dataclass(frozen=True, kw_only=True)
class KnobRow:
    """A party's numbers on one issue."""

    party: str
    position: Knob
    salience: Knob | None
    capability: Knob | None


@dataclass(frozen=True, kw_only=True)
class Forecast(View):
    """The page."""

    filters: tuple[Filter, ...]
    issue: str
    issue_name: str
    knobs: tuple[KnobRow, ...]
    changed: int
    no_deal: tuple[Point, ...]
    drawing: Chart
    outcomes: tuple[Outcome, ...]
    methods: Table
    positions: Table
    scenarios: Table
    movers: Chart | None
    movers_note: str
    rounds: Chart | None
    steps: tuple[Point, ...]
    caveats: tuple[str, ...]


def build(desk: Desk, query: Query) -> Forecast:
    """The page for this query: ``issue``, ``scenario`` and ``set.PATH`` for changed numbers."""
    return _built(desk, query, rest=True)


def build_answer(desk: Desk, query: Query) -> Forecast:
    """The page as it answers a change: all but the scenarios, which rest on the case as it stands."""
    return _built(desk, query, rest=False)


def _built(desk: Desk, query: Query, *, rest: bool) -> Forecast:
    scenario = query.get("scenario") or None
    base = desk.case_of(scenario)
    issue = chosen_issue(base, query)
    rows = knob_rows(base, issue, query)
    every = tuple(item for row in rows for item in (row.position, row.salience, row.capability) if item)
    case = changed_case(base, query, every)
    number = len(changed(query, {item.path: item.base for item in every}))
    ask = _outcomes.asking(desk, case, issue, scenario, kept=not number)
    outcomes = _outcomes.outcomes(ask, issue)
    movers, note = _outcomes.movers(ask, issue, case)
    rounds, steps = _outcomes.rounds(ask, issue, case)
    return numbered(
        Forecast(
            head=head(
                desk,
                "forecast",
                "Positions and forecast",
                lead_of(case, issue, outcomes),
                query=query,
                basis=ref("case", part="issues", scenario=scenario),
            ),
            filters=filters_of(desk, query, issue),
            issue=issue,
            issue_name=case.issues[issue].name,
            knobs=rows,
            changed=number,
            no_deal=_outcomes.no_deal(ask),
            drawing=drawing(case, issue, outcomes),
            outcomes=outcomes,
            methods=method_table(outcomes),
            positions=position_table(desk, case, issue),
            scenarios=scenario_table(desk, query if rest else None),
            movers=movers,
            movers_note=note,
            rounds=rounds,
            steps=steps,
            caveats=_outcomes.caveats(outcomes),
        )
    )


def chosen_issue(case: Case, query: Query) -> str:
    """The issue of the query, else the first of the case.

    Raises:
        UnknownNameError: the case has no such issue, or none at all.
    """
    issue = query.get("issue", "") or next(iter(case.issues), "")
    if issue not in case.issues:
        raise UnknownNameError("query, issue", issue, list(case.issues))
    return issue


def lead_of(case: Case, issue: str, outcomes: Sequence[Outcome]) -> str:
    """Where the methods put the outcome, should there be one."""
    known = [item for item in outcomes if item.found]
    if not known:
        return f"{case.issues[issue].name}: no method has an answer."
    low, high = min(item.middle for item in known), max(item.middle for item in known)
    near = nearest_point(case.issues[issue], (low + high) / 2)
    span = fixed(low) if fixed(low) == fixed(high) else f"{fixed(low)} to {fixed(high)}"
    ends = case.issues[issue].scale
    return (
        f"{case.issues[issue].name}: given agreement, {count_of(len(known), 'method')} put the "
        f"outcome at {span} on {fixed(ends.low)}–{fixed(ends.high)}{near}."
    )


def nearest_point(issue: Issue, value: float) -> str:
    """The named point nearest to a value, in words."""
    if not issue.scale.points:
        return ""
    name = min(issue.scale.points, key=lambda point: abs(issue.scale.points[point] - value))
    return f", nearest to “{point_name(name)}”"


def point_name(name: str) -> str:
    """A named point as it is printed."""
    return name.replace("-", " ").replace("_", " ")


def filters_of(desk: Desk, query: Query, issue: str) -> tuple[Filter, ...]:
    """Issue and scenario."""
    case, scenario = desk.case_of(), query.get("scenario", "")
    issues = tuple(Choice(value=key, text=item.name, chosen=key == issue) for key, item in case.issues.items())
    scenarios = (
        Choice(value="", text="the case as it stands", chosen=not scenario),
        *(Choice(value=k, text=s.name or k, chosen=k == scenario) for k, s in case.scenarios.items()),
    )
    return (
        Filter(name="issue", title="Issue", value=issue, choices=issues),
        Filter(name="scenario", title="Scenario", value=scenario, choices=scenarios),
    )


def knob_rows(case: Case, issue: str, query: Query) -> tuple[KnobRow, ...]:
    """The numbers of every party on an issue, as fields."""
    return tuple(_knob_row(case, issue, party, query) for party in case.issues[issue].positions)


def _knob_row(case: Case, issue: str, party: str, query: Query) -> KnobRow:
    ends, stand = case.issues[issue].scale, case.issues[issue].positions[party]
    path, name, hundred = f"issues.{issue}.positions.{party}", case.parties[party].name, case.salience_scale
    own = stand.capability or case.parties[party].capability
    place = f"{path}.capability" if stand.capability else f"parties.{party}.capability"
    width = ends.high - ends.low
    return KnobRow(
        party=name,
        position=knob(stand.position, f"{path}.position", name, query, ends=(ends.low, ends.high), step=width / 100),
        salience=None
        if stand.salience is None
        else knob(
            _scaled(stand.salience, hundred), f"{path}.salience", name, query, ends=(0.0, float(hundred)), step=0.01
        ),
        capability=None if own is None else knob(own, place, name, query, ends=(0.0, 1e6), step=1.0),
    )


def _scaled(quantity: Quantity, scale_: int) -> Quantity:
    """A salience on the scale of the file, on which a change is written."""
    from dragoman.model import Quantity as Number

    return quantity if scale_ == 1 else Number.of(quantity.central() * scale_)


def drawing(case: Case, issue: str, outcomes: Sequence[Outcome], *, width: float = 960) -> Chart:
    """The scale with parties and outcomes."""
    item = case.issues[issue]
    colours = party_colours(tuple(case.parties))
    stands = sorted(item.positions.items(), key=lambda pair: -weight_of(case, *pair))
    parties = [
        scale.Placed(
            name=case.parties[party].name,
            colour=colours[party],
            low=stand.position.range()[0],
            value=stand.position.central(),
            high=stand.position.range()[1],
            weight=weight_of(case, party, stand),
            note=f"{fixed(stand.position.central())}  weight {fixed(weight_of(case, party, stand))}",
        )
        for party, stand in stands
    ]
    bands = [
        scale.Band(
            name=o.name,
            middle=o.middle,
            inner=o.inner,
            outer=o.outer,
            known=o.band,
            note=fixed(o.middle) + (f"  ({fixed(o.outer[0])}–{fixed(o.outer[1])})" if o.drawn else "  (central)"),
        )
        for o in outcomes
        if o.found
    ]
    points = [(point_name(name), value) for name, value in item.scale.points.items()]
    quo = item.status_quo.central() if item.status_quo else None
    svg = scale.draw((item.scale.low, item.scale.high), points, parties, bands, status_quo=quo, width=width)
    alt = "; ".join(
        [f"{o.name} {fixed(o.middle)}" for o in outcomes if o.found]
        + [f"{p.name} at {fixed(p.value)}" for p in parties]
    )
    return Chart(
        name="scale",
        title=f"{item.name}: where everybody stands, and where the methods put the outcome",
        alt=alt,
        svg=svg,
        numbers_in="positions",
        note=(
            "Outcomes above: the line holds 90 per cent of the draws, the bar half, the tick is the "
            "median; the pale band holds 80 per cent once the method's known errors are added. "
            "Parties below: the line is the range judged, the area of the disc the weight "
            "(capability times salience)."
        ),
    )


def weight_of(case: Case, party: str, stand: Stand) -> float:
    """Capability times salience, by central values."""
    capability = stand.capability or case.parties[party].capability
    return (capability.central() if capability else 0.0) * (stand.salience.central() if stand.salience else 0.0)


def method_table(outcomes: Sequence[Outcome]) -> Table:
    """Methods side by side with their track record; none is averaged with another."""
    columns = (
        Column(name="method", title="Method"),
        Column(name="middle", title="Median", kind="number"),
        Column(name="half", title="Half of the draws"),
        Column(name="most", title="90 % of the draws"),
        Column(
            name="band",
            title="80 % with known errors",
            note="the draws spread by the errors that the method is known to make",
        ),
        Column(name="record", title="Track record", wide=True),
    )
    rows = tuple(
        (
            Cell(text=o.name, note=o.citation),
            number_cell(o.middle, 1) if o.found else text_cell(o.why_not),
            text_cell(_span(o, o.inner)),
            text_cell(_span(o, o.outer)),
            text_cell(f"{fixed(o.band[0])}–{fixed(o.band[1])}" if o.band else ""),
            Cell(text=o.record),
        )
        for o in outcomes
    )
    return Table(
        name="methods",
        title="Methods side by side",
        columns=columns,
        rows=rows,
        empty="No method has an answer.",
        note=(
            "The spread of the draws is that of the judged inputs; the wider band adds the errors "
            "that the method is known to make. Methods share their inputs, so their agreement is no "
            "corroboration."
        ),
    )


def _span(outcome: Outcome, ends: tuple[float, float]) -> str:
    """A span of the draws; nothing where there is none."""
    if not outcome.found:
        return ""
    return f"{fixed(ends[0], 1)}–{fixed(ends[1], 1)}" if outcome.drawn else "central values only"


def position_table(desk: Desk, case: Case, issue: str) -> Table:
    """Every party's numbers on an issue, with their reasons and their words in the press."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="position", title="Position", kind="number"),
        Column(name="range", title="Range"),
        Column(name="salience", title="Salience", kind="number"),
        Column(name="capability", title="Capability", kind="number"),
        Column(name="because", title="Because", wide=True),
    )
    rows = tuple(_position_row(desk, case, party, stand) for party, stand in case.issues[issue].positions.items())
    return Table(name="positions", title="Positions", columns=columns, rows=rows, empty="Nobody takes part.")


def _position_row(desk: Desk, case: Case, party: str, stand: Stand) -> tuple[Cell, ...]:
    low, high = stand.position.range()
    own = stand.capability or case.parties[party].capability
    evidence = _fetch.anchored(desk, [*stand.position.evidence, *stand.evidence])
    reasons = dict.fromkeys(
        text
        for text in (stand.position.because, stand.because, stand.salience.because if stand.salience else "")
        if text
    )
    return (
        text_cell(case.parties[party].name, ref("statements", party=_fetch.code_of(case.parties[party]))),
        number_cell(stand.position.central(), 1),
        text_cell(f"{fixed(low)}–{fixed(high)}" if low != high else "certain"),
        number_cell(stand.salience.central() if stand.salience else None, 2),
        number_cell(own.central() if own else None, 0),
        Cell(
            text="; ".join(reasons) or "no reason given", tone="" if reasons or evidence else "warn", evidence=evidence
        ),
    )


def scenario_table(desk: Desk, query: Query | None) -> Table:
    """The weighted mean on every issue, scenario by scenario, with the difference from the case as it stands."""
    case = desk.case_of()
    if query is None:
        return Table(name="scenarios", title="Scenarios side by side", columns=(), rows=())
    base = _fetch.means(case)
    columns = (
        Column(name="scenario", title="Scenario"),
        *(Column(name=issue, title=case.issues[issue].name, kind="number") for issue in base),
    )
    rows = [
        (
            text_cell("The case as it stands", ref("forecast", issue=query.get("issue"))),
            *(number_cell(value, 1) for value in base.values()),
        )
    ]
    for name, scenario in case.scenarios.items():
        means: Mapping[str, float] = _fetch.means(desk.case_of(name))
        rows.append(
            (
                text_cell(scenario.name or name, ref("forecast", issue=query.get("issue"), scenario=name)),
                *(_moved(means.get(issue), value) for issue, value in base.items()),
            )
        )
    return Table(
        name="scenarios",
        title="Scenarios side by side",
        columns=columns,
        rows=tuple(rows),
        note="Weighted mean by central values; in brackets the change from the case as it stands.",
    )


def _moved(value: float | None, before: float) -> Cell:
    from dragoman.show.blocks import signed

    if value is None:
        return number_cell(None)
    return Cell(
        text=fixed(value, 1) + (f" ({signed(value - before)})" if abs(value - before) >= 0.05 else ""), value=value
    )
