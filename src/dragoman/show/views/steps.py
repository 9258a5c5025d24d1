"""Steps: a deal carried out step by step as a board, with what holds it together.

Parties are rows, steps are columns; below stands the slack of the plan, step by step:
what a party would lose by deserting less what it would gain.  Below zero somebody
would desert.  The sliders change guarantees and stakes; the board answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import InputError
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
    joined,
    number_cell,
    ref,
    share,
    signed,
    text_cell,
)
from dragoman.show.views._base import Query, View, head, one_of
from dragoman.show.views._outcomes import lines_of
from dragoman.show.views._whatif import Knob, changed, changed_case, knob
from dragoman.show.views.graph import basis_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.steps import PlanReport, RegimeReport, StepsAnswer

REGIMES = ("credible", "snapback")
REGIME_NAMES = {
    "credible": "after a breakdown, only reversals that pay their maker are carried out",
    "snapback": "after a breakdown, every reversible measure snaps back",
}
PLAN_NAMES = {
    "all at once": "All at once",
    "the plan of the case": "The plan of the case",
    "nearest (none holds)": "The plan that comes nearest",
}
FINE = 1e-9
DRAWS = 500


@dataclass(frozen=True, kw_only=True)
class Square:
    """One party in one step: what it does, and its slack."""

    acts: tuple[str, ...]
    slack: str
    short: bool


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A party's row of the board."""

    party: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, kw_only=True)
class Steps(View):
    """The page: the verdict, the board, the slack, what plans there are, guarantors, sliders."""

    filters: tuple[Filter, ...]
    knobs: tuple[tuple[str, tuple[Knob, ...]], ...]
    changed: int
    verdict: str
    binding: str
    titles: tuple[str, ...]
    board: tuple[BoardRow, ...]
    squares: Table
    least: tuple[Square, ...]
    slack: Chart | None
    robust: str
    needs: Table
    plans: Table
    guarantors: Table
    findings: tuple[Point, ...]
    caveats: tuple[str, ...]
    basis: str


def build(desk: Desk, query: Query) -> Steps:
    """The page for this query: ``scenario``, ``regime``, ``plan`` (its name) and ``set.PATH`` for changed numbers."""
    from dragoman.solve.steps import deal_of, evaluate, plan_report

    scenario, regime = query.get("scenario") or None, one_of(query, "regime", REGIMES, "credible")
    result = desk.result("steps", scenario)
    answer: StepsAnswer = result.answer
    report = next(item for item in answer.regimes if item.regime == regime)
    base = desk.case_of(scenario)
    groups = knobs_of(base, query)
    every = tuple(item for _, items in groups for item in items)
    case = changed_case(base, query, every)
    name = chosen_plan(query, report)
    plan = next(item.plan for item in report.plans if item.name == name)
    deal = deal_of(case, regime=regime)  # type: ignore[arg-type]
    now = plan_report(deal, plan, name)
    drawn = evaluate(deal_of(case, regime=regime, draws=DRAWS, seed=desk.seed), plan)  # type: ignore[arg-type]
    return Steps(
        head=head(
            desk, "steps", "Steps", lead_of(report), query=query, basis=ref("case", part="measures", scenario=scenario)
        ),
        filters=filters_of(desk, query, report, name),
        knobs=groups,
        changed=len(changed(query, {item.path: item.base for item in every})),
        verdict=verdict(now),
        binding=f"The plan {now.binding.words}." if now.binding else "",
        titles=titles_of(now),
        board=board(answer.parties, now),
        squares=squares_table(board(answer.parties, now), titles_of(now)),
        least=tuple(_square((), min((s for s in step.slack if s is not None), default=None)) for step in now.steps),
        slack=slack_chart(answer.parties, now),
        robust=(
            f"This plan holds in {share(float(drawn.holds.mean()))} of {DRAWS} draws of the judged "
            "values (robustness, not probability)."
        ),
        needs=needs_table(answer.parties, now),
        plans=plan_table(report, query),
        guarantors=guarantor_table(report, base),
        findings=tuple(Point(text=text) for text in result.reasons),
        caveats=(*result.caveats, *result.warnings),
        basis=basis_of(result),
    )


def lead_of(report: RegimeReport) -> str:
    """Whether all at once holds, and whether any sequence does."""
    once = next((plan for plan in report.plans if plan.name == "all at once"), report.plans[0])
    some = any(plan.holds for plan in report.plans)
    first = "All at once the deal enforces itself." if once.holds else "All at once the deal does not enforce itself."
    second = (
        "A sequence of steps does."
        if some and not once.holds
        else ""
        if some
        else "Nor does any sequence of steps, at the values judged most fitting."
    )
    return f"{first} {second}".strip()


def chosen_plan(query: Query, report: RegimeReport) -> str:
    """The plan of the query, else the best that there is: one that holds, or the one of the case, or the nearest.

    Raises:
        InputError: there is no such plan.
    """
    names = [plan.name for plan in report.plans]
    given = query.get("plan", "")
    if given and given not in names:
        raise InputError("query, plan", repr(given), "one of " + ", ".join(names))
    holding = [plan.name for plan in report.plans if plan.holds]
    return given or (holding[0] if holding else names[-1])


def verdict(plan: PlanReport) -> str:
    """Whether a plan holds, by how much, and whether it is worth joining."""
    least = plan.least_slack
    amount = (
        ""
        if least is None
        else f", with {fixed(least, 2)} to spare"
        if least >= -FINE
        else f": short by {fixed(-least, 2)}"
    )
    worth = "" if plan.worth_joining else " Somebody would be better off with no deal."
    return (
        f"{PLAN_NAMES.get(plan.name, f'The plan by {plan.name}')} "
        f"{'holds by itself' if plan.holds else 'does not hold'}{amount}.{worth}"
    )


def board(parties: Sequence[str], plan: PlanReport) -> tuple[BoardRow, ...]:
    """Parties that do something or could desert, as rows."""
    rows = []
    for place, party in enumerate(parties):
        squares = tuple(
            _square(
                tuple(m for m, who in zip(step.measures, step.performers, strict=True) if party in who),
                step.slack[place],
            )
            for step in plan.steps
        )
        if any(square.acts or square.slack for square in squares):
            rows.append(BoardRow(party=party, squares=squares))
    return tuple(rows)


def titles_of(plan: PlanReport) -> tuple[str, ...]:
    """The heads of the board's columns."""
    return tuple("When all is done" if not step.measures else f"Step {step.number}" for step in plan.steps)


def squares_table(rows: Sequence[BoardRow], titles: Sequence[str]) -> Table:
    """The board as a list, a row a square that says something: what the download holds."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="step", title="Step"),
        Column(name="what", title="What it does"),
        Column(name="slack", title="Slack", kind="number"),
    )
    made = tuple(
        (text_cell(row.party), text_cell(title), text_cell("; ".join(square.acts)), text_cell(square.slack))
        for row in rows
        for title, square in zip(titles, row.squares, strict=True)
        if square.acts or square.slack
    )
    return Table(name="board", title="The plan", columns=columns, rows=made)


def _square(acts: tuple[str, ...], slack: float | None) -> Square:
    return Square(acts=acts, slack="" if slack is None else signed(slack, 1), short=slack is not None and slack < -FINE)


def slack_chart(parties: Sequence[str], plan: PlanReport) -> Chart | None:
    """Slack by step: a line a party, the least of all in bold, zero marked."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.lines import draw
    from dragoman.show.plots import slack_lines

    rows = [
        {
            "step": step.number,
            "label": "all done" if not step.measures else f"step {step.number}",
            "party": party,
            "slack": step.slack[i],
        }
        for step in plan.steps
        for i, party in enumerate(parties)
        if step.slack[i] is not None
    ]
    if not rows:
        return None
    kept = tuple(dict.fromkeys(str(row["party"]) for row in rows))
    columns = (
        Column(name="step", title="Step", kind="number"),
        Column(name="party", title="Party"),
        Column(name="slack", title="Slack", kind="number"),
    )
    table = tuple(
        (number_cell(float(str(r["step"]))), text_cell(r["party"]), number_cell(float(str(r["slack"])), 2))
        for r in rows
    )
    least = plan.least_slack or 0.0
    return Chart(
        name="slack",
        title="Slack in each step: below zero somebody would desert",
        alt=f"The least slack is {fixed(least, 1)}, of {plan.binding.party if plan.binding else 'nobody'}.",
        spec=Later(slack_lines, rows, kept),
        svg=draw(
            lines_of(rows, "party", "step", "slack"),
            ticks=sorted({(float(str(row["step"])), str(row["label"])) for row in rows}),
            dots=True,
            names=True,
            zero=True,
            grid=True,
            width=930,
            height=190,
        ),
        table=Table(name="slack-table", title="", columns=columns, rows=table),
    )


def needs_table(parties: Sequence[str], plan: PlanReport) -> Table:
    """What would make the plan hold: the further penalty by party, and the patience at which it holds."""
    columns = (
        Column(name="party", title="Party"),
        Column(
            name="guarantee", title="Further penalty needed", kind="number", note="for a breach, with all else as it is"
        ),
        Column(name="patience", title="Patience at which it holds", note="others as they are"),
    )
    rows = tuple(
        (
            text_cell(party),
            number_cell(plan.guarantee_needed[i], 1) if plan.guarantee_needed[i] > 0 else Cell(text="none", value=0.0),
            text_cell(_intervals(plan.patience[i])),
        )
        for i, party in enumerate(parties)
        if any(step.slack[i] is not None for step in plan.steps)
    )
    return Table(
        name="needs",
        title="What would make it hold",
        columns=columns,
        rows=rows,
        note=f"Hazard of the process per step at which it holds: {_intervals(plan.hazard)}.",
    )


def _intervals(items: Sequence[object]) -> str:
    texts = [f"{getattr(item, 'low', 0):.2f}–{getattr(item, 'high', 0):.2f}" for item in items]
    return joined(texts, "or") or "none"


def plan_table(report: RegimeReport, query: Query) -> Table:
    """The plans side by side."""
    columns = (
        Column(name="plan", title="Plan"),
        Column(name="steps", title="Steps", kind="number"),
        Column(name="holds", title="Holds"),
        Column(name="slack", title="Least slack", kind="number"),
        Column(name="joint", title="Joint value", kind="number"),
        Column(name="share", title="Holds in draws", kind="number", note="robustness, not probability"),
        Column(name="binds", title="Where it is tightest", wide=True),
    )
    shares = dict(report.shares.plan_shares) if report.shares else {}
    kept = {key: value for key, value in query.items() if key in {"scenario", "regime"}}
    rows = tuple(
        (
            text_cell(plan.name, ref("steps", **{**kept, "plan": plan.name})),
            number_cell(len(plan.steps) - 1),
            Cell(text="yes" if plan.holds else "no", tone="good" if plan.holds else "bad"),
            number_cell(plan.least_slack, 1),
            number_cell(plan.joint_value, 1),
            Cell(text=share(shares[plan.plan]) if plan.plan in shares else "–", value=shares.get(plan.plan)),
            text_cell(plan.binding.words if plan.binding else ""),
        )
        for plan in report.plans
    )
    note = ""
    if report.shares:
        some = report.shares
        note = (
            (
                f"Over {count_of(some.draws, 'draw')}: all at once holds in {share(some.at_once)}, some "
                f"plan in {share(some.some)}, none in {share(some.none)}"
            )
            + (f", not settled in {share(some.open)}" if some.open else "")
            + "."
        )
    return Table(name="plans", title="Plans side by side", columns=columns, rows=rows, note=note)


def guarantor_table(report: RegimeReport, case: Case) -> Table:
    """What each guarantor would add."""
    names = {
        item.name or key: case.parties[item.who].name if item.who in case.parties else item.who
        for key, item in case.guarantors.items()
    }
    columns = (
        Column(name="who", title="Guarantor"),
        Column(
            name="counts",
            title="Its threat counts",
            note="what it loses by not acting is at least what acting costs it",
        ),
        Column(name="leverage", title="Leverage", kind="number"),
        Column(name="without", title="Least slack without", kind="number"),
        Column(name="with", title="With it", kind="number"),
        Column(name="holds", title="A plan then holds"),
    )
    rows = tuple(
        (
            text_cell(names.get(b.name, b.name)),
            Cell(
                text="yes" if b.counts else "no",
                tone="good" if b.counts else "bad",
                note=f"margin {signed(b.slack, 1)}",
            ),
            number_cell(b.leverage, 1),
            number_cell(b.least_slack[1], 1),
            number_cell(b.least_slack[0], 1),
            Cell(text="yes" if b.some_plan[0] else "no", tone="good" if b.some_plan[0] else "bad"),
        )
        for b in report.backers
    )
    return Table(
        name="guarantors", title="Guarantors", columns=columns, rows=rows, empty="The case names no guarantor."
    )


def knobs_of(case: Case, query: Query) -> tuple[tuple[str, tuple[Knob, ...]], ...]:
    """The sliders: the guarantee on each performer, and the flows of measures that several perform."""
    performers = dict.fromkeys(party for measure in case.measures.values() for party in measure.performers)
    guarantees = tuple(
        knob(case.guarantees[party], f"guarantees.{party}", case.parties[party].name, query, ends=(0.0, 60.0), step=0.5)
        for party in performers
        if party in case.guarantees
    )
    flows = tuple(
        knob(
            flow,
            f"measures.{key}.flow.{party}",
            f"{measure.name or key}: {case.parties[party].name}",
            query,
            ends=(min(0.0, flow.range()[0]), max(10.0, 3 * flow.range()[1])),
            step=0.1,
        )
        for key, measure in case.measures.items()
        if len(measure.performers) > 1
        for party, flow in measure.flow.items()
    )
    return tuple(
        (title, items)
        for title, items in (
            ("Guarantees: what a breach costs the breaker", guarantees),
            ("Stakes: value of each flow", flows),
        )
        if items
    )


def filters_of(desk: Desk, query: Query, report: RegimeReport, plan: str) -> tuple[Filter, ...]:
    """Scenario, regime and plan."""
    scenario, regime = query.get("scenario", ""), query.get("regime", "credible")
    scenarios = (
        Choice(value="", text="the case as it stands", chosen=not scenario),
        *(Choice(value=k, text=s.name or k, chosen=k == scenario) for k, s in desk.case_of().scenarios.items()),
    )
    return (
        Filter(name="scenario", title="Scenario", value=scenario, choices=scenarios),
        Filter(
            name="regime",
            title="After a breakdown",
            choices=tuple(Choice(value=k, text=v, chosen=k == regime) for k, v in REGIME_NAMES.items()),
        ),
        Filter(
            name="plan",
            title="Plan",
            choices=tuple(Choice(value=p.name, text=p.name, chosen=p.name == plan) for p in report.plans),
        ),
    )
