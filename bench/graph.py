"""The graph model's speed: time against moves, up to 2^20 states, and the share of memory.

    python bench/graph.py [--most 20]

One core; ratios within one run count, not the seconds of a noisy machine.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from dragoman.solve.graph import Conflict, Option, analyse, feasible_states
from dragoman.solve.graph._conflict import Direction

PARTIES = 6


def conflict(options: int, *, irreversible: bool, ties: bool) -> Conflict:
    """A random conflict of all 2^options states and six parties."""
    rng = np.random.default_rng(options)
    moves: tuple[Direction, ...] = ("both", "both", "both", "forward") if irreversible else ("both",)
    made = tuple(Option(name=f"o{k}", owner=k % PARTIES, moves=moves[k % len(moves)]) for k in range(options))
    states = feasible_states(options, [])
    top = 12 if ties else len(states)
    ranks = np.stack([rng.integers(0, top, len(states)) for _ in range(PARTIES)])
    return Conflict(parties=tuple("ABCDEF"), options=made, states=states, ranks=ranks)


def moves_of(options: int) -> int:
    """How many moves there are, all reversible: each state times the other patterns of each party's options."""
    owned = [sum(k % PARTIES == party for k in range(options)) for party in range(PARTIES)]
    return (1 << options) * sum((1 << count) - 1 for count in owned)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=20, help="options of the largest conflict")
    most = parser.parse_args().most
    print("all four concepts for all six parties, one core")
    print(f"{'states':>10} {'moves':>12} {'kind':>22} {'seconds':>9} {'ns a move':>10} {'peak MB':>8}")
    for options in range(12, most + 1, 2):
        for irreversible, ties in ((False, False), (True, False), (False, True)):
            made = conflict(options, irreversible=irreversible, ties=ties)
            begun = time.perf_counter()
            analyse(made)
            spent = time.perf_counter() - begun
            kind = "with one-way options" if irreversible else "with ties" if ties else "strict"
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            count = moves_of(options)
            print(f"{1 << options:>10} {count:>12} {kind:>22} {spent:>9.3f} {spent / count * 1e9:>10.1f} {peak:>8}")


if __name__ == "__main__":
    main()
