"""Stakes and steps joined: at which income does a plan hold without a guarantor?

1. A party's yearly income from a stake, as a level flow at its patience, divided by the
   money that one unit of the case's value is worth to it.
2. That flow stands in the steps in place of what the case judged for the measures on
   which the stake hangs: it replaces the judged flow, it is not added to it.
3. The party whose constraint binds in the nearest plan, and what it would withhold,
   give the two axes of the region: its income and the value that it sets on what it
   gives up.  At each point the best of a library of plans (searched at the corners and
   the middle of the region) is taken.  No guarantor stands behind them.  The income axis
   reaches three times the expected income, and further where no plan holds so far.
4. Over the draws of all other values: the share in which some plan of the library holds,
   by income.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._trade import Floats
from dragoman.solve.steps import Deal, Plan, at_once, best_plan, can_search, deal_of, evaluate
from dragoman.solve.steps._answer import binding_of
from dragoman.solve.steps._evaluate import TOLERANCE

if TYPE_CHECKING:
    from dragoman.model import Case

POINTS = 25
BEAM = 16
REACHES = (3.0, 12.0, 48.0)


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where a plan holds without a guarantor, over a party's yearly income and what it gives up.

    ``income`` (money a year) and ``points`` (the same in units of value); ``cost``: the one-off
    value of ``gives_up`` to ``party`` (negative: a loss); ``slack`` (income, cost) is the best
    plan's least slack; ``needed`` the least income at which a plan holds for each cost (None:
    none up to the end of the axis); ``robust`` the share of draws in which a plan holds, by income;
    ``binds`` says what is tightest where the slack is greatest.
    """

    party: str
    measures: tuple[str, ...]
    gives_up: str
    income: tuple[float, ...]
    points: tuple[float, ...]
    cost: tuple[float, ...]
    slack: tuple[tuple[float, ...], ...]
    needed: tuple[float | None, ...]
    robust: tuple[float, ...]
    plans: tuple[Plan, ...]
    expected: float
    binds: str


def region_of(
    case: Case, incomes: Mapping[str, Mapping[str, float]], rates: Mapping[str, float], *, draws: int, seed: int
) -> Region | None:
    """The region of the case's deal, or None where the binding party has no income from a stake.

    Args:
        case: the case with measures.
        incomes: by measure and party (identifiers), the expected level income a year, in money.
        rates: by party, the money that one unit of value is worth.
        draws: for the robustness.
        seed: of the draws.
    """
    deal = deal_of(case).backed_by(())
    parties = [name for name in case.parties if (case.parties[name].name or name) in deal.parties]
    found = _binding(case, deal, parties, incomes, rates)
    if found is None:
        return None
    party, measure = found
    places = {name: place for place, name in enumerate(case.measures)}
    shares = {name: by[parties[party]] for name, by in incomes.items() if by.get(parties[party], 0) > 0}
    total = sum(shares.values())
    rate = rates[parties[party]]
    once = list(case.measures.values())[measure].once[parties[party]]
    costs = np.linspace(*once.range(), POINTS) if not once.certain else np.array([once.central()])
    weights = np.zeros(len(places))
    for name, money in shares.items():
        weights[places[name]] = money / total
    per_step = case.step_years if case.flow_per == "year" else 1.0
    for reach in REACHES:
        axis = np.linspace(0.0, reach * total, POINTS)
        points = axis / rate * per_step
        corners = (points[[0, -1, POINTS // 2]], costs[[0, -1, len(costs) // 2]])
        library = _library(deal, party, measure, weights, corners)
        slack = _slacks(deal, library, party, measure, weights, points, costs)
        if slack.max() >= -TOLERANCE:
            break
    drawn = deal_of(case, draws=draws, seed=seed).backed_by(()) if draws else None
    return Region(
        party=deal.parties[party],
        measures=tuple(deal.measures[places[name]] for name in shares),
        gives_up=deal.measures[measure],
        income=tuple(axis.tolist()),
        points=tuple((axis / rate).tolist()),
        cost=tuple(costs.tolist()),
        slack=tuple(map(tuple, slack.tolist())),
        needed=tuple(_needed(axis, column) for column in slack.T),
        robust=_robust(drawn, library, party, weights, points) if drawn is not None else (),
        plans=library,
        expected=total,
        binds=_binds(_point(deal, (party, measure, weights), points, costs, slack), library),
    )


def _binding(
    case: Case,
    deal: Deal,
    parties: Sequence[str],
    incomes: Mapping[str, Mapping[str, float]],
    rates: Mapping[str, float],
) -> tuple[int, int] | None:
    """The party with a stake whose constraint is tightest in the nearest plan, and the costliest measure it owes."""
    plan = _search(deal)
    slack = evaluate(deal, plan).slack[0].min(axis=0)
    staked = [
        place
        for place, name in enumerate(parties)
        if rates.get(name) and any(by.get(name, 0) > 0 for by in incomes.values()) and deal.performs[place].any()
    ]
    if not staked:
        return None
    party = min(staked, key=lambda place: slack[place])
    owed = np.flatnonzero(deal.performs[party])
    measure = int(owed[deal.once[0, party, owed].argmin()])
    return (party, measure) if parties[party] in list(case.measures.values())[measure].once else None


def _search(deal: Deal) -> Plan:
    width = None if can_search(deal) else BEAM
    return best_plan(deal, "greatest least slack", holding=False, width=width).plan or at_once(deal)


def _set(deal: Deal, party: int, weights: Floats, points: Floats) -> Deal:
    """The deal repeated for each of ``points``, with the stake's flows to the party set to it."""
    many = deal.repeated(len(points)) if deal.draws == 1 else deal
    flow = many.flow.copy()
    staked = np.flatnonzero(weights)
    flow[:, party, staked] = points[:, None] * weights[staked]
    return many.with_values("flow", flow)


def _point(deal: Deal, axes: tuple[int, int, Floats], points: Floats, costs: Floats, slack: Floats) -> Deal:
    """The deal at the point of the region where the slack is greatest."""
    party, measure, weights = axes
    row, column = np.unravel_index(int(slack.argmax()), slack.shape)
    one = _set(deal, party, weights, points[[row]])
    once = one.once.copy()
    once[:, party, measure] = costs[column]
    return one.with_values("once", once)


def _binds(deal: Deal, library: Sequence[Plan]) -> str:
    found = max((evaluate(deal, plan) for plan in library), key=lambda item: float(item.least_slack[0]))
    binding = binding_of(deal, found)
    return binding.words if binding is not None else "binds nobody"


def _library(deal: Deal, party: int, measure: int, weights: Floats, corners: tuple[Floats, Floats]) -> tuple[Plan, ...]:
    plans = [at_once(deal)]
    for income in np.unique(corners[0]):
        for cost in np.unique(corners[1]):
            one = _set(deal, party, weights, np.array([income]))
            once = one.once.copy()
            once[:, party, measure] = cost
            plans.append(_search(one.with_values("once", once)))
    return tuple(dict.fromkeys(plans))


def _slacks(  # noqa: PLR0917
    deal: Deal, library: Sequence[Plan], party: int, measure: int, weights: Floats, points: Floats, costs: Floats
) -> Floats:
    income, cost = (grid.ravel() for grid in np.meshgrid(points, costs, indexing="ij"))
    many = _set(deal, party, weights, income)
    once = many.once.copy()
    once[:, party, measure] = cost
    many = many.with_values("once", once)
    best: Floats = np.max([evaluate(many, plan).least_slack for plan in library], axis=0)
    return best.reshape(len(points), len(costs))


def _needed(income: Floats, slack: Floats) -> float | None:
    holds = np.flatnonzero(slack >= -TOLERANCE)
    return float(income[holds[0]]) if len(holds) else None


def _robust(drawn: Deal, library: Sequence[Plan], party: int, weights: Floats, points: Floats) -> tuple[float, ...]:
    shares = []
    for point in points:
        deal = _set(drawn, party, weights, np.full(drawn.draws, point))
        shares.append(float(np.any([evaluate(deal, plan).holds for plan in library], axis=0).mean()))
    return tuple(shares)
