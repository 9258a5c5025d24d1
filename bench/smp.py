"""The spatial model of politics: time of a large table, of many draws, and against a plain loop, one core.

python bench/smp.py

The plain loop is the tests' definition, which follows the model's formulas number by
number.  The seven actors are the KTAB toolkit's (KAPSARC) example dummyData_3Dim.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.model import loads
from dragoman.solve.smp import Input, Options, over_draws, path, prepare
from dragoman.solve.smp._case import setting

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.solve.smp import slow

SEVEN = (
    (102.543, (75.79, 49.53), (6.37, 5.91), (70.45, 28.15)),
    (53.393, (82.72, 30.33), (73.50, 21.22), (64.00, 24.79)),
    (129.643, (82.45, 48.47), (90.89, 13.55), (0.07, 34.62)),
    (75.920, (62.52, 20.76), (50.82, 39.24), (62.33, 22.21)),
    (63.224, (82.34, 40.96), (45.77, 25.43), (73.31, 22.59)),
    (120.048, (84.48, 22.92), (33.70, 39.35), (88.11, 15.42)),
    (54.178, (70.96, 31.75), (33.46, 27.93), (90.36, 26.03)),
)
TURNS = 17


def table(actors: int, seed: int = 0) -> Input:
    """A generated table of one issue."""
    rng = np.random.default_rng(seed)
    return prepare(
        rng.uniform(0.4, 0.85, (actors, 1)).round(4),
        rng.uniform(0.1, 0.8, (actors, 1)).round(4),
        rng.gamma(2, 0.8, actors).round(2) + 0.4,
    )


def case_text(width: float) -> str:
    """The seven actors as a case, positions and capabilities within ``width``, saliences at most as stated."""
    lines = ["salience_scale: 100", "parties:"]
    lines += [
        f"  A{at}: {{capability: {{value: {c}, low: {c * (1 - width)}, high: {c * (1 + width)}}}}}"
        for at, (c, *_) in enumerate(SEVEN)
    ]
    lines.append("issues:")
    for issue in range(3):
        lines += [f"  dim{issue}:", "    positions:"]
        for at, (_, *stands) in enumerate(SEVEN):
            x, s = stands[issue]
            low, high = max(0, x - 100 * width), min(100, x + 100 * width)
            stated = f"{{low: {s * (1 - width):.4f}, high: {s}}}"
            lines.append(f"      A{at}: {{position: {{value: {x}, low: {low}, high: {high}}}, salience: {stated}}}")
    return "\n".join(lines)


def least(work: Callable[[], Any], times: int = 3) -> float:
    """The least processor time of a few runs, in seconds."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def plain(given: Input) -> slow.Case:
    """The same numbers for the plain loop."""
    defaults = {name: str(getattr(Options(), name)) for name in Options.__dataclass_fields__}
    return slow.Case(
        x=given.position[0].tolist(),
        s=given.actors.salience[0].tolist(),
        c=given.actors.capability[0].tolist(),
        accommodation=None,
        options=defaults,
    )


def peak(work: Callable[[], Any]) -> float:
    """The most memory that ``work`` holds beyond what was there, in MiB."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    """Print the table."""
    print(f"{'what':>44} {'seconds':>9} {'notes':>30}")
    for actors in (40, 80, 160):
        run = path(table(actors), Options(max_turns=TURNS))
        spent = least(lambda actors=actors: path(table(actors), Options(max_turns=TURNS)))  # type: ignore[misc]
        notes = f"{run.turns} turns, {spent / run.turns:.4f} a turn"
        print(f"{f'{actors} actors, one issue':>44} {spent:>9.3f} {notes:>30}")
    for actors in (10, 20):
        given = table(actors)
        fast = least(lambda given=given: path(given, Options(max_turns=1)))  # type: ignore[misc]
        loop = least(lambda given=given: slow.run(plain(given), 1), times=1)  # type: ignore[misc]
        print(
            f"{f'{actors} actors, one turn, plain loop':>44} {loop:>9.3f} {f'{loop / fast:.0f} times the arrays':>30}"
        )
    case = loads(case_text(0.05))
    how = setting(case, None)
    for draws in (1000, 4000):
        spent = least(lambda draws=draws: over_draws(case, how, Options(), draws=draws, seed=0), times=1)  # type: ignore[misc]
        held = peak(lambda draws=draws: over_draws(case, how, Options(), draws=draws, seed=0))  # type: ignore[misc]
        print(f"{f'{draws} draws of seven actors, three issues':>44} {spent:>9.3f} {f'peak {held:.1f} MiB':>30}")


if __name__ == "__main__":
    main()
