"""The main answers of every method under one scenario, as lines that can be laid side by side.

Central values throughout: a difference between two scenarios is then the work of what
the scenario changes, and of nothing drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import MethodError
from dragoman.show.blocks import Ref, count_of, joined, ref, share
from dragoman.show.views._blocking import title_of
from dragoman.show.views._outcomes import OUTCOME_METHODS, outcome_of

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.result import Result

QUICK = ("nodeal", "power", "graph", *OUTCOME_METHODS)
BEAM = 32


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: what it is about, by which method, what it says; ``value`` where that is a number.

    ``key`` is the same for the same question under every scenario.
    """

    key: tuple[str, str]
    about: str
    method: str
    text: str = ""
    value: float | None = None
    digits: int = 1
    ref: Ref | None = None


def answers(desk: Desk, scenario: str | None) -> tuple[Answer, ...]:
    """Every method's main answers under a scenario (None: the case as it stands)."""
    case = desk.case_of(scenario)
    return (
        *_of(desk, scenario, "nodeal", lambda result: _deals(case, result, scenario)),
        *_of(desk, scenario, "power", lambda result: _power(case, result, scenario)),
        *_of(desk, scenario, "graph", lambda result: _graph(result, scenario)),
        *_steps(desk, scenario),
        *(item for issue in case.issues for item in _outcomes(desk, case, issue, scenario)),
    )


def prepare(desk: Desk) -> None:
    """Solve in advance what the page of scenarios asks for."""
    for method, scenario in asked(desk):
        desk.try_result(method, scenario, draws=0)
    for scenario in (None, *desk.scenarios):
        desk.made(best_steps, scenario)


def asked(desk: Desk) -> tuple[tuple[str, str | None], ...]:
    """The methods and scenarios of which the page shows central values."""
    return tuple((method, scenario) for scenario in (None, *desk.scenarios) for method in QUICK)


def _of(desk: Desk, scenario: str | None, method: str, told: Any) -> Iterator[Answer]:
    """What a method says, or nothing where the case is not one for it."""
    result = desk.try_result(method, scenario, draws=0)
    if not isinstance(result, MethodError):
        yield from told(result)


def _deals(case: Case, result: Result, scenario: str | None) -> Iterator[Answer]:
    answer = result.answer
    for package in (*answer.packages, *([answer.together] if answer.together else [])):
        blocking = joined(item.name for item in package.blockers if item.blocks)
        text = "a deal exists" if package.agreement else f"no deal{f': {blocking}' if blocking else ''}"
        yield Answer(
            key=("deal", "+".join(package.issues)),
            about=title_of(case, package),
            method="Is there a deal",
            text=text,
            ref=ref("forecast", issue=package.issues[0], scenario=scenario),
        )


def _power(case: Case, result: Result, scenario: str | None) -> Iterator[Answer]:
    ranked = sorted(result.answer.players, key=lambda player: -player.shapley_shubik)
    text = ", ".join(f"{case.parties[p.party].name} {share(p.shapley_shubik)}" for p in ranked if p.shapley_shubik > 0)
    yield Answer(
        key=("power", ""),
        about="Power in votes",
        method="Shapley-Shubik",
        text=text,
        ref=ref("power", scenario=scenario),
    )


def _graph(result: Result, scenario: str | None) -> Iterator[Answer]:
    answer = result.answer
    strong = set(answer.equilibria["NASH"]) | set(answer.equilibria["SEQ"])
    about, to = "Conflict graph", ref("graph", scenario=scenario)
    yield Answer(key=("graph", "n"), about=about, method="States that hold", value=len(strong), digits=0, ref=to)
    if answer.status_quo is not None:
        text = "holds" if answer.status_quo in strong else "does not hold"
        yield Answer(key=("graph", "quo"), about=about, method="Today’s state", text=text, ref=to)
    full = max(strong, key=lambda state: (len(answer.states[state].taken), -state), default=None)
    if full is not None:
        words = f"no. {full + 1}, {count_of(len(answer.states[full].taken), 'option')} taken"
        yield Answer(key=("graph", "most"), about=about, method="Fullest state that holds", text=words, ref=to)


@dataclass(frozen=True, kw_only=True)
class BestSteps:
    """The plan whose tightest constraint is least tight: its least slack, whether it holds, its number of steps."""

    slack: float
    holds: bool
    steps: int


def best_steps(case: Case) -> BestSteps | None:
    """The best plan of a case by its central values, or None where it has no steps that could be planned."""
    if not case.measures:
        return None
    from dragoman.solve.steps import best_plan, can_search, deal_of, evaluate

    try:
        deal = deal_of(case)
        found = best_plan(deal, "greatest least slack", holding=False, width=None if can_search(deal) else BEAM)
    except MethodError:
        return None
    if found.plan is None:
        return None
    judged = evaluate(deal, found.plan)
    return BestSteps(slack=float(judged.least_slack[0]), holds=bool(judged.holds[0]), steps=len(found.plan))


def _steps(desk: Desk, scenario: str | None) -> Iterator[Answer]:
    """The best plan's least slack, and whether it holds."""
    best = desk.made(best_steps, scenario)
    if best is None:
        return
    about, to = "Steps", ref("steps", scenario=scenario)
    yield Answer(
        key=("steps", "slack"),
        about=about,
        method="Best plan’s least slack",
        value=best.slack,
        ref=to,
    )
    text = f"holds in {count_of(best.steps, 'step')}" if best.holds else "no plan holds"
    yield Answer(key=("steps", "holds"), about=about, method="Best plan", text=text, ref=to)


def _outcomes(desk: Desk, case: Case, issue: str, scenario: str | None) -> Iterator[Answer]:
    """The outcome of an issue by every method that treats it."""
    for method, name in OUTCOME_METHODS.items():
        result = desk.try_result(method, scenario, draws=0)
        item = None if isinstance(result, MethodError) else outcome_of(result, issue, name)
        if item is not None:
            yield Answer(
                key=(method, issue),
                about=case.issues[issue].name,
                method=name,
                text="" if item.found else item.why_not,
                value=item.middle if item.found else None,
                ref=ref("forecast", issue=issue, scenario=scenario),
            )
