"""The steps' search: time for deals of 8 unordered and 12 ordered measures, three parties, one core.

python bench/steps.py
"""

from __future__ import annotations

import time

import numpy as np

from dragoman.solve.steps import OBJECTIVES, Deal, best_plan, pairs_of
from dragoman.solve.steps._search import Objective

PARTIES = 3


def deal(measures: int, seed: int, *, width: int | None = None, hard: float = 1.0) -> Deal:
    """A random deal; with ``width`` each measure comes after the one ``width`` places before."""
    rng = np.random.default_rng(seed)
    performs = rng.random((PARTIES, measures)) < 0.3
    performs[rng.integers(0, PARTIES, measures), np.arange(measures)] = True
    once = np.where(performs, -rng.random((PARTIES, measures)) * 2 * hard, rng.random((PARTIES, measures)) * 3)
    return Deal(
        parties=("A", "B", "C"),
        measures=tuple(f"m{k}" for k in range(measures)),
        performs=performs,
        reversible=rng.random(measures) < 0.5,
        after=tuple(1 << (k - width) if width and k >= width else 0 for k in range(measures)),
        once=once[None],
        flow=rng.random((1, PARTIES, measures)) * 0.3,
        undone=rng.random((1, measures)),
        patience=np.full((1, PARTIES), 0.9),
        hazard=np.array([0.05]),
        guarantee=np.full((1, PARTIES), 0.8),
        no_deal=np.zeros((1, PARTIES)),
    ).checked()


def line(name: str, objective: Objective, deals: list[Deal], *, holding: bool) -> None:
    """One row of the table: the slowest search, and how many found a plan."""
    spent, found = [], 0
    for one in deals:
        begun = time.perf_counter()
        plan = best_plan(one, objective, holding=holding).plan
        spent.append(time.perf_counter() - begun)
        found += plan is not None
    title = objective if holding else "nearest"
    print(f"{name:>28} {title:>22} {pairs_of(deals[0]):>7} {max(spent):>8.3f}s {found:>4}/10")


def main() -> None:
    """Print the table: the slowest of ten random deals for each size and objective."""
    print(f"{'deal':>28} {'objective':>22} {'pairs':>7} {'slowest':>9} {'holds':>6}")
    for name, measures, width in (
        ("8 unordered", 8, None),
        ("12 after the 4th before", 12, 4),
        ("12 after the 5th", 12, 5),
    ):
        deals = [deal(measures, seed, width=width, hard=1.0 + seed / 4) for seed in range(10)]
        for objective in OBJECTIVES:
            line(name, objective, deals, holding=True)
        line(name, "greatest least slack", deals, holding=False)


if __name__ == "__main__":
    main()
