"""How long the bargaining models take, beside a plain loop over the same definitions, in one run.

``DRAGOMAN_CHECKS=... python -m bench.bargaining``: the exchange figures need the Copenhagen table from the checks.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from tests.solve.bargaining import CHECKS, C, S, X
from tests.solve.slow_challenge import one_round
from tests.solve.test_exchange import _arrays, _file

from dragoman.solve.challenge import LITERAL, VARIANTS, run
from dragoman.solve.exchange import Draws, Rules, lockstep, rounds_of


def seconds(job: Callable[[], object], times: int = 3) -> float:
    """The least processor time of ``times`` runs."""
    best = np.inf
    for _ in range(times):
        before = time.process_time()
        job()
        best = min(best, time.process_time() - before)
    return float(best)


def peak(job: Callable[[], object]) -> float:
    """The greatest memory that one run holds, in MiB."""
    tracemalloc.start()
    job()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def row(what: str, value: str, note: str = "") -> None:
    """One line of the table."""
    print(f"{what:<58} {value:>10}  {note}")


def challenge() -> None:
    """10,000 draws of ten actors, eight rounds; a plain loop for 20 draws."""
    rng = np.random.default_rng(0)
    draws = 10_000
    x = X + rng.uniform(-1, 1, (draws, 10))
    c = C * rng.uniform(0.8, 1.2, (draws, 10))
    s = np.minimum(S + rng.uniform(-0.1, 0.1, (draws, 10)).clip(-S), 1)

    def loop() -> None:
        for d in range(20):
            here = x[d].tolist()
            for _ in range(8):
                here = one_round(here, (c[d] * s[d]).tolist(), s[d].tolist(), max(here) - min(here), LITERAL)

    plain = seconds(loop, 1) / 20
    for name, options in VARIANTS.items():
        took = seconds(partial(run, x, c, s, options=options, rounds=8))
        row(
            f"challenge, {name}, 10,000 draws, 10 actors, 8 rounds",
            f"{took:.2f} s",
            f"{plain * draws / took:.0f} x loop",
        )
    few, many = (peak(partial(run, x[:n], c[:n], s[:n], rounds=8)) for n in (1_000, 10_000))
    row("challenge, memory, 1,000 and 10,000 draws", f"{few:.0f}, {many:.0f} MiB", "results alone: 0.2 MiB per 1,000")


def exchange() -> None:
    """Copenhagen, ten rounds: exact, in floats, in lockstep."""
    exact, floats = (_file("copenhagen.csv", exact=flag) for flag in (True, False))
    row("exchange, exact, Copenhagen, 10 rounds", f"{seconds(lambda: list(rounds_of(exact, Rules()))):.3f} s")
    single = seconds(lambda: list(rounds_of(floats, Rules())), 5)
    row("exchange, floats, Copenhagen, 10 rounds", f"{single:.3f} s")
    one = _arrays(floats)
    rng = np.random.default_rng(0)
    n = int(os.environ.get("DRAWS", "1000"))
    many = Draws(
        position=np.clip(one.position + rng.uniform(-5, 5, (n, *one.position.shape[1:])), 0, 100),
        salience=np.clip(one.salience + rng.uniform(-0.05, 0.05, (n, *one.position.shape[1:])), 0.01, 1),
        power=np.repeat(one.power, n, axis=0),
    )
    took = seconds(lambda: lockstep(many, Rules()), 1)
    row(f"exchange, lockstep, {n:,} draws", f"{took:.2f} s", f"{single * n / took:.1f} x single float runs")


def main() -> None:
    """Print the table."""
    challenge()
    if CHECKS and Path(CHECKS).exists():
        exchange()
    else:
        row("exchange", "skipped", "DRAGOMAN_CHECKS is not set")


if __name__ == "__main__":
    main()
