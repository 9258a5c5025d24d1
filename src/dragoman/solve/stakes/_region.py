"""The region in which a plan holds without a guarantor, over a party's income and the value of what it gives up.

1. The party: of those with income from a stake that perform a measure, the one whose
   constraint is tightest in the plan that comes nearest (or a named one).  What it gives
   up: the costliest measure that it performs.
2. At each point of the region the best of a library of plans is taken: all at once, the
   plan of the case, and the plans that a beam search finds at the region's corners and
   its middle.
3. The income axis reaches three times the expected income, and further (12 and 48 times)
   while no plan holds and the party's own constraint still binds.
4. ``own_needed`` looks at the party's own constraints alone: the least income at which it
   would keep some plan of the library, whatever the others do.
5. Over the draws of all other values, the share in which some plan of the library holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._join import Joined, joined, rate_of, standing
from dragoman.solve.stakes._trade import Floats
from dragoman.solve.steps import Deal, Plan, at_once, best_plan, evaluate, plan_of, smallest_guarantee
from dragoman.solve.steps._answer import binding_of
from dragoman.solve.steps._evaluate import TOLERANCE

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.stakes._money import Purse

POINTS = 25
BEAM = 8
REACHES = (3.0, 12.0, 48.0)
MOST_DRAWS = 300


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where a plan holds without a guarantor, over a party's yearly income and what it gives up.

    ``income`` (money a year) and ``points`` (the same in units of value a year); ``cost``: the
    one-off value of ``gives_up`` to ``party`` (negative: a loss); ``slack`` (income, cost) is the
    best plan's least slack; ``needed`` the least income at which a plan holds for each cost (None:
    none up to the end of the axis), ``own_needed`` the same for the party's own constraints alone;
    ``robust`` the share of draws in which a plan holds, by income; ``binds`` says what is tightest
    where the slack is greatest, and ``short`` what guarantee each party would need there.
    """

    party: str
    measures: tuple[str, ...]
    gives_up: str
    income: tuple[float, ...]
    points: tuple[float, ...]
    cost: tuple[float, ...]
    slack: tuple[tuple[float, ...], ...]
    needed: tuple[float | None, ...]
    own_needed: tuple[float | None, ...]
    robust: tuple[float, ...]
    plans: tuple[Plan, ...]
    expected: float
    binds: str
    short: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Axes:
    """The two axes: a party's flow from its stakes, split over measures by ``weights`` (K,), and the value of one."""

    party: int
    measure: int
    weights: Floats

    def at(self, stakes: Joined, points: Floats, costs: Floats | None = None) -> Deal:
        """The deal at each point: ``points`` per step, ``costs`` of what is given up (None: as they are)."""
        many = stakes.deal.repeated(len(points)) if stakes.deal.draws == 1 else stakes.deal
        flow = many.flow.copy()
        staked = np.flatnonzero(self.weights)
        judged = stakes.judged.flow[:, self.party, staked]
        flow[:, self.party, staked] = standing(judged, points[:, None] * self.weights[staked])
        many = many.with_values("flow", flow)
        if costs is None:
            return many
        once = many.once.copy()
        once[:, self.party, self.measure] = costs
        return many.with_values("once", once)


def region_of(
    case: Case,
    by_measure: Mapping[str, Mapping[str, Floats]],
    purse: Purse,
    *,
    draws: int,
    seed: int,
    party: str | None = None,
) -> Region | None:
    """The region of the case's deal, or None where no performer has income from a stake.

    Args:
        case: the case with measures.
        by_measure: by measure and party the level income a year over the purse's draws.
        purse: of these draws.
        draws: for the robustness, at most 300.
        seed: of the draws.
        party: whose income is varied; None for the one that binds.

    Raises:
        MethodError: the named party performs nothing or has no income from a stake.
    """
    central = joined(case, by_measure, purse, draws=0, seed=seed)
    axes = _axes(central, party)
    if axes is None:
        return None
    name = central.parties[axes.party]
    costs = _costs(case, name, axes.measure)
    total, rate = float(central.income[axes.party].sum()), rate_of(case, name)
    per_step = case.step_years if case.flow_per == "year" else 1.0
    library = _library(case, central.deal)
    for reach in REACHES:
        income = np.linspace(0.0, reach * total, POINTS)
        points = income / rate * per_step
        library = _searched(central, axes, points, costs, library)
        slack, own = _slacks(central, library, axes, points, costs)
        if slack.max() >= -TOLERANCE or own.max() >= -TOLERANCE:
            break
    few = min(draws, MOST_DRAWS)
    drawn = joined(case, by_measure, purse, draws=few, seed=seed) if few else None
    binds, short = _binding_there(_best(central, axes, points, costs, slack), library)
    measures = central.deal.measures
    return Region(
        party=central.deal.parties[axes.party],
        measures=tuple(measures[place] for place in np.flatnonzero(axes.weights)),
        gives_up=measures[axes.measure],
        income=tuple(income.tolist()),
        points=tuple((income / rate).tolist()),
        cost=tuple(costs.tolist()),
        slack=tuple(map(tuple, slack.tolist())),
        needed=_needed(income, slack),
        own_needed=_needed(income, own),
        robust=_robust(drawn, library, axes, points) if drawn is not None else (),
        plans=library,
        expected=total,
        binds=binds,
        short=short,
    )


def _axes(stakes: Joined, party: str | None) -> Axes | None:
    deal = stakes.deal
    staked = [place for place in range(len(stakes.parties)) if (stakes.income[place] > 0).any()]
    able = [place for place in staked if deal.performs[place].any()]
    if party is not None:
        able = [place for place in able if party in (stakes.parties[place], deal.parties[place])]
        if not able:
            names = ", ".join(stakes.parties[place] for place in staked) or "none has"
            raise MethodError("party", f"{party!r} performs no measure or has no income", f"one of: {names}")
    if not able:
        return None
    slack = evaluate(deal, _search(deal)).slack[0].min(axis=0)
    chosen = min(able, key=lambda place: slack[place])
    owed = np.flatnonzero(deal.performs[chosen])
    income = np.maximum(stakes.income[chosen], 0.0)
    measure = int(owed[deal.once[0, chosen, owed].argmin()])
    return Axes(party=chosen, measure=measure, weights=income / income.sum())


def _costs(case: Case, party: str, measure: int) -> Floats:
    once = list(case.measures.values())[measure].once.get(party)
    if once is None:
        return np.zeros(1)
    return np.linspace(*once.range(), 1 if once.certain else POINTS)


def _library(case: Case, deal: Deal) -> tuple[Plan, ...]:
    given = plan_of(case)
    return tuple(dict.fromkeys([at_once(deal), *([given] if given else [])]))


def _search(deal: Deal) -> Plan:
    return best_plan(deal, "greatest least slack", holding=False, width=BEAM).plan or at_once(deal)


def _searched(stakes: Joined, axes: Axes, points: Floats, costs: Floats, library: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The library with the plans found at the middle and at the far corners of the region."""
    ends = [(len(points) // 2, len(costs) // 2), (-1, 0), (-1, -1)]
    places = dict.fromkeys((points[i], costs[j]) for i, j in ends)
    found = [_search(axes.at(stakes, np.array([x]), np.array([c]))) for x, c in places]
    return tuple(dict.fromkeys([*library, *found]))


def _slacks(
    stakes: Joined, library: Sequence[Plan], axes: Axes, points: Floats, costs: Floats
) -> tuple[Floats, Floats]:
    """The best plan's least slack, and the best of the party's own least slack, both (points, costs)."""
    first, second = (grid.ravel() for grid in np.meshgrid(points, costs, indexing="ij"))
    many = axes.at(stakes, first, second)
    found = [evaluate(many, plan) for plan in library]
    shape = (len(points), len(costs))
    slack: Floats = np.max([item.least_slack for item in found], axis=0).reshape(shape)
    own: Floats = np.max([item.slack[:, :, axes.party].min(axis=1) for item in found], axis=0).reshape(shape)
    return slack, own


def _best(stakes: Joined, axes: Axes, points: Floats, costs: Floats, slack: Floats) -> Deal:
    """The deal at the point of the region where the slack is greatest."""
    row, column = np.unravel_index(int(slack.argmax()), slack.shape)
    return axes.at(stakes, points[[row]], costs[[column]])


def _binding_there(deal: Deal, library: Sequence[Plan]) -> tuple[str, dict[str, float]]:
    found = max((evaluate(deal, plan) for plan in library), key=lambda item: float(item.least_slack[0]))
    binding = binding_of(deal, found)
    short = dict(zip(deal.parties, smallest_guarantee(deal, found.plan)[0].tolist(), strict=True))
    return binding.words if binding is not None else "binds nobody", short


def _needed(income: Floats, slack: Floats) -> tuple[float | None, ...]:
    holds = [np.flatnonzero(column >= -TOLERANCE) for column in slack.T]
    return tuple(float(income[found[0]]) if len(found) else None for found in holds)


def _robust(drawn: Joined, library: Sequence[Plan], axes: Axes, points: Floats) -> tuple[float, ...]:
    shares = []
    for point in points:
        deal = axes.at(drawn, np.full(drawn.deal.draws, point))
        shares.append(float(np.any([evaluate(deal, plan).holds for plan in library], axis=0).mean()))
    return tuple(shares)
