"""Under what guarantee, patience, hazard or stake a plan holds.

1. The guarantee enters every slack one to one, so the smallest penalty with which a
   plan holds is each party's largest shortfall (closed form).
2. Patience and hazard enter in powers, and the set where the plan holds need not be
   one interval: a grid is scanned and every change of sign bisected.
3. A stake is a flow value: the least slack as a curve over it, and over two judged
   values at once the region in which the plan holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dragoman.solve.steps._deal import Deal, Flags, Floats, Plan
from dragoman.solve.steps._evaluate import TOLERANCE, evaluate

Kind = Literal["once", "flow"]
GRID = 401
BISECTIONS = 40
MOST = 1 - 1e-6


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Values from ``low`` to ``high`` for which a plan holds."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One value that can be turned: a flow or one-off value of a measure to a party."""

    kind: Kind
    measure: int
    party: int

    def apply(self, deal: Deal, values: Floats) -> Deal:
        """The deal repeated for each of ``values``, with this value set to it."""
        many = deal.repeated(len(values))
        table = getattr(many, self.kind).copy()
        table[:, self.party, self.measure] = values
        return many.with_values(self.kind, table)


def smallest_guarantee(deal: Deal, plan: Plan) -> Floats:
    """(D, n): the further penalty that each party needs for ``plan`` to hold."""
    shortfall: Floats = np.maximum(-evaluate(deal, plan).slack.min(axis=1), 0.0)
    return shortfall


def patience_intervals(deal: Deal, plan: Plan, party: int) -> tuple[Interval, ...]:
    """The patience of one party, others fixed, at which the plan holds."""

    def holds(values: Floats) -> Flags:
        many = deal.repeated(len(values))
        patience = many.patience.copy()
        patience[:, party] = values
        return evaluate(replace(many, patience=patience), plan).holds

    return intervals(holds, 0.0, MOST)


def hazard_intervals(deal: Deal, plan: Plan) -> tuple[Interval, ...]:
    """The hazards at which the plan holds."""

    def holds(values: Floats) -> Flags:
        return evaluate(replace(deal.repeated(len(values)), hazard=values), plan).holds

    return intervals(holds, 0.0, MOST)


def intervals(holds: Callable[[Floats], Flags], low: float, high: float) -> tuple[Interval, ...]:
    """The intervals of [low, high] on which ``holds`` is true, as far as a grid of 401 values shows them."""
    grid = np.linspace(low, high, GRID)
    true = holds(grid)
    edges = np.flatnonzero(true[1:] != true[:-1])
    cuts = _bisected(holds, grid[edges], grid[edges + 1], true[edges])
    ends = [*([low] if true[0] else []), *cuts.tolist(), *([high] if true[-1] else [])]
    return tuple(Interval(low=a, high=b) for a, b in zip(ends[::2], ends[1::2], strict=True))


def _bisected(holds: Callable[[Floats], Flags], left: Floats, right: Floats, at_left: Flags) -> Floats:
    if not len(left):
        return left
    for _ in range(BISECTIONS):
        middle = (left + right) / 2
        same = holds(middle) == at_left
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    return np.where(at_left, left, right)


def slack_curve(deal: Deal, plan: Plan, lever: Lever, values: Floats) -> Floats:
    """The least slack of ``plan`` for each value of ``lever``, shape (values,)."""
    return evaluate(lever.apply(deal, values), plan).least_slack


def break_even(deal: Deal, plan: Plan, lever: Lever, low: float, high: float) -> tuple[Interval, ...]:
    """The values of ``lever`` between ``low`` and ``high`` for which the plan holds."""
    return intervals(lambda values: evaluate(lever.apply(deal, values), plan).holds, low, high)


def region(deal: Deal, plan: Plan, first: tuple[Lever, Floats], second: tuple[Lever, Floats]) -> Floats:
    """The least slack over two judged values at once, shape (first values, second values)."""
    one, two = np.meshgrid(first[1], second[1], indexing="ij")
    many = first[0].apply(deal, one.ravel())
    table = getattr(many, second[0].kind).copy()
    table[:, second[0].party, second[0].measure] = two.ravel()
    least = evaluate(many.with_values(second[0].kind, table), plan).least_slack
    return least.reshape(one.shape)


def holds_everywhere(least_slack: Floats) -> bool:
    """Whether every value of a curve or region is at least -1e-9."""
    return bool((least_slack >= -TOLERANCE).all())
