"""The answer of the steps to a case: plans side by side, what binds, and what would make them hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.solve._wording import the
from dragoman.solve.steps._case import at_once
from dragoman.solve.steps._deal import Backer, Deal, Plan, Regime
from dragoman.solve.steps._evaluate import TOLERANCE, Evaluation, evaluate
from dragoman.solve.steps._ranges import Interval, hazard_intervals, patience_intervals, smallest_guarantee
from dragoman.solve.steps._search import OBJECTIVES, Found, best_plan, can_search
from dragoman.solve.steps._uncertain import Shares, shares

BEAM = 32


@dataclass(frozen=True, kw_only=True)
class Binding:
    """Where a plan first breaks, or where one that holds is tightest: who, in which step, and by how much.

    Steps count from 1; the last is the standing phase.  A plan fails at the first step at which somebody would leave,
    which need not be the one that is shortest: what comes after is not reached.
    ``withheld`` and ``undone`` are the measures of the best defection.
    """

    party: str
    step: int
    slack: float
    withheld: tuple[str, ...]
    undone: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step: the measures, and for each party its value, its slack (None: nothing to desert with) and its hold.

    ``at_stake`` is what each party would lose if the process broke down after the step:
    its value of going on less what it would be left with.
    """

    number: int
    measures: tuple[str, ...]
    performers: tuple[tuple[str, ...], ...]
    value: tuple[float, ...]
    slack: tuple[float | None, ...]
    at_stake: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class PlanReport:
    """A plan and everything that is said of it at the central values."""

    name: str
    steps: tuple[StepRow, ...]
    holds: bool
    worth_joining: bool
    least_slack: float | None
    joint_value: float
    binding: Binding | None
    guarantee_needed: tuple[float, ...]
    patience: tuple[tuple[Interval, ...], ...]
    hazard: tuple[Interval, ...]
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class BackerReport:
    """What one guarantor adds: whether its threat counts, its own slack, and the plans that hold with it and without.

    ``least_slack`` compares the best plan's least slack with it and without it.
    """

    name: str
    kind: str
    counts: bool
    slack: float
    leverage: float
    all_at_once: tuple[bool, bool]
    some_plan: tuple[bool, bool]
    least_slack: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class RegimeReport:
    """The answer under one regime of breakdown.

    ``plans``: all at once, the given plan, the best by each objective, or the nearest where none holds.
    """

    regime: Regime
    plans: tuple[PlanReport, ...]
    searches: tuple[Found, ...]
    shares: Shares | None
    backers: tuple[BackerReport, ...]


@dataclass(frozen=True, kw_only=True)
class StepsAnswer:
    """Both regimes side by side; ``parties`` and ``measures`` name the places in plans."""

    parties: tuple[str, ...]
    measures: tuple[str, ...]
    regimes: tuple[RegimeReport, ...]


def search(deal: Deal) -> tuple[Found, ...]:
    """The best plan by each objective, and the nearest where none holds; a beam where the exact search is too large."""
    width = None if can_search(deal) else BEAM
    found = [best_plan(deal, objective, width=width) for objective in OBJECTIVES]
    if all(item.plan is None for item in found):
        found.append(best_plan(deal, "greatest least slack", holding=False, width=width))
    return tuple(found)


def regime_report(central: Deal, drawn: Deal | None, given: Plan | None) -> RegimeReport:
    """Everything under one regime: ``central`` has one draw, ``drawn`` the draws (None: no robustness)."""
    searches = search(central)
    named: dict[Plan, str] = {at_once(central): "all at once"}
    if given is not None:
        named.setdefault(given, "the plan of the case")
    holding = any(item.plan is not None for item in searches[: len(OBJECTIVES)])
    for item in searches:
        if item.plan is not None:
            named.setdefault(item.plan, item.objective if holding else "nearest (none holds)")
    plans = tuple(plan_report(central, plan, name) for plan, name in named.items())
    return RegimeReport(
        regime=central.regime,
        plans=plans,
        searches=searches,
        shares=None if drawn is None else shares(drawn, tuple(named)),
        backers=backer_reports(central),
    )


def plan_report(deal: Deal, plan: Plan, name: str) -> PlanReport:
    """What is said of one plan of a deal of one draw."""
    found = evaluate(deal, plan)
    least = float(found.least_slack[0])
    return PlanReport(
        name=name,
        steps=tuple(_step_row(deal, found, step) for step in range(len(plan) + 1)),
        holds=bool(found.holds[0]),
        worth_joining=bool(found.worth_joining[0]),
        least_slack=least if np.isfinite(least) else None,
        joint_value=float(found.value[0, 0].sum()),
        binding=binding_of(deal, found),
        guarantee_needed=tuple(smallest_guarantee(deal, plan)[0].tolist()),
        patience=tuple(patience_intervals(deal, plan, party) for party in range(len(deal.parties))),
        hazard=hazard_intervals(deal, plan),
        plan=plan,
    )


def _step_row(deal: Deal, found: Evaluation, step: int) -> StepRow:
    block = found.plan[step] if step < len(found.plan) else ()
    ahead = found.value[0, min(step + 1, len(found.plan))]
    slack = found.slack[0, step]
    return StepRow(
        number=step + 1,
        measures=tuple(deal.measures[place] for place in block),
        performers=tuple(
            tuple(name for name, does in zip(deal.parties, deal.performs[:, place], strict=True) if does)
            for place in block
        ),
        value=tuple(found.value[0, step].tolist()),
        slack=tuple(float(value) if np.isfinite(value) else None for value in slack),
        at_stake=tuple((ahead - found.fallback[0, step]).tolist()),
    )


def binding_of(deal: Deal, found: Evaluation) -> Binding | None:
    """The first step at which somebody would leave, else the tightest, with what the party would do.

    None where nobody has a constraint.
    """
    slack = np.where(np.isfinite(found.slack[0]), found.slack[0], np.inf)
    if not np.isfinite(slack).any():
        return None
    leaves = (slack < -TOLERANCE).any(axis=1)
    step = int(leaves.argmax()) if leaves.any() else int(slack.min(axis=1).argmin())
    party = int(slack[step].argmin())
    withheld, undone = defection(deal, found.plan, step, party)
    where = f"step {step + 1}" if step < len(found.plan) else "the standing phase, when all is done"
    deed = " and ".join(f"{verb} {_list(names)}" for verb, names in (("withhold", withheld), ("undo", undone)) if names)
    words = _binding_words(deal.parties[party], where, deed, float(slack[step, party]))
    return Binding(
        party=deal.parties[party],
        step=step + 1,
        slack=float(slack[step, party]),
        withheld=withheld,
        undone=undone,
        words=words,
    )


def defection(deal: Deal, plan: Plan, step: int, party: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures that the party's best defection in a step withholds and undoes."""
    block = plan[step] if step < len(plan) else ()
    before = tuple(place for earlier in plan[:step] for place in earlier)
    gains = {("withhold", place): float(deal.withhold[0, party, place]) for place in block}
    gains |= {("undo", place): float(deal.undo[0, party, place]) for place in before}
    paying = [key for key, gain in gains.items() if gain > 0]
    chosen = paying or sorted(gains, key=lambda key: -gains[key])[:1]
    withheld = tuple(deal.measures[place] for kind, place in chosen if kind == "withhold")
    return withheld, tuple(deal.measures[place] for kind, place in chosen if kind == "undo")


def _binding_words(party: str, where: str, deed: str, slack: float) -> str:
    if slack >= -TOLERANCE:
        return f"is tightest in {where}, where {the(party)} could {deed}: {slack:.2f} to spare"
    return f"fails in {where}, where {the(party)} would {deed}: short by {-slack:.2f}"


def _list(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]


def backer_reports(deal: Deal) -> tuple[BackerReport, ...]:
    """The deal with and without each guarantor, the others as they are."""
    active = frozenset(item.name for item in deal.backers if item.active)
    known = {active: _stand(deal.backed_by(active))}
    for item in deal.backers:
        for names in (active | {item.name}, active - {item.name}):
            if names not in known:
                known[names] = _stand(deal.backed_by(names))
    return tuple(
        _backer_report(item, known[active | {item.name}], known[active - {item.name}]) for item in deal.backers
    )


def _stand(deal: Deal) -> tuple[bool, float]:
    """Whether all at once holds, and the greatest least slack of any plan."""
    whole = at_once(deal)
    width = None if can_search(deal) else BEAM
    best = best_plan(deal, "greatest least slack", holding=False, width=width).plan or whole
    return bool(evaluate(deal, whole).holds[0]), float(evaluate(deal, best).least_slack[0])


def _backer_report(item: Backer, with_: tuple[bool, float], without: tuple[bool, float]) -> BackerReport:
    return BackerReport(
        name=item.name,
        kind=item.kind,
        counts=bool(item.slack[0] >= 0),
        slack=float(item.slack[0]),
        leverage=float(item.penalty[0].sum() + item.pays[0].sum()),
        all_at_once=(with_[0], without[0]),
        some_plan=(with_[1] >= -TOLERANCE, without[1] >= -TOLERANCE),
        least_slack=(with_[1], without[1]),
    )
