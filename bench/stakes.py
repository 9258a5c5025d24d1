"""Stakes: time of hat algebra by number of countries and draws, of corridors and projects, and of the Korea case.

python bench/stakes.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.model import Sampler, load_case
from dragoman.solve import solve
from dragoman.solve.stakes import Purse, balanced, cash_flow, counterfactual, network_flows

KOREA = Path(__file__).resolve().parents[1] / "examples" / "korea" / "case.yaml"
REPEATS = 3


def timed(task: Callable[[], Any]) -> float:
    """The shortest of three runs, in seconds."""
    spent = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        task()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def world(size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Cost factors of ``size`` countries, domestic ones cheap, and outputs of very different size."""
    rng = np.random.default_rng(seed)
    costs = np.exp(-rng.uniform(2, 6, (size, size)))
    np.fill_diagonal(costs, 1.0)
    return costs, np.exp(rng.normal(0, 1.5, size))


def agreement(size: int) -> np.ndarray:
    """The first two countries lower their trade costs."""
    change = np.ones((size, size))
    change[0, 1] = change[1, 0] = np.exp(0.47)
    return change


def main() -> None:
    """Print the table."""
    print(f"{'task':>44} {'seconds':>9} {'note':>24}")
    for size in (30, 100, 200):
        costs, sales = world(size)
        flows = balanced(costs, sales, sales)
        found = counterfactual(flows, agreement(size))
        row(f"baseline fitted, {size} countries", timed(partial(balanced, costs, sales, sales)), "")
        note = f"{found.iterations} iterations"
        row(f"hat algebra, {size} countries", timed(partial(counterfactual, flows, agreement(size))), note)
    flows = balanced(*(world(30)), world(30)[1])
    th = np.random.default_rng(0).uniform(2.5, 8, 100)
    many = np.broadcast_to(agreement(30), (100, 30, 30))
    row("hat algebra, 30 countries, 100 draws", timed(lambda: counterfactual(flows, many, elasticity=th)), "")
    case = load_case(KOREA)
    purse, parties = Purse(case, Sampler(draws=1000)), tuple(case.parties)
    corridors = case.stakes.corridors
    if corridors is not None:
        row("Korea: corridors, 1,000 draws", timed(lambda: network_flows(corridors, purse, {"railway"})), "")
    row(
        "Korea: projects, 1,000 draws",
        timed(lambda: [cash_flow(p, parties, purse) for p in case.stakes.projects.values()]),
        "",
    )
    row("Korea: everything, 1,000 draws", timed(lambda: solve("stakes", case, draws=1000)), "")


def row(task: str, seconds: float, note: str) -> None:
    """One line of the table."""
    print(f"{task:>44} {seconds:>9.4f} {note:>24}")


if __name__ == "__main__":
    main()
