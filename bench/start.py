"""Wall and processor time of whole commands on a small case, imports included.

``python bench/start.py``.  Modules are compiled once beforehand, as they are after an
installation: the bytecode goes to a folder of the bench's own, whatever the environment says.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = """
parties: {N: {name: North, capability: 60}, S: {name: South, capability: 40}, W: {name: West, capability: 30}}
issues:
  flow:
    status_quo: 20
    positions:
      N: {position: {low: 10, high: 30}, salience: 0.9}
      S: {position: 80, salience: 0.7}
      W: {position: 60, salience: 0.4}
measures:
  open: {performers: [N], once: {N: -2, S: 4}}
  pay: {performers: [S], flow: {N: 1, S: -0.2}, reversible: true}
patience: {N: 0.9, S: 0.9}
options: {release: {owner: N}, sue: {owner: S}}
status_quo: [sue]
preferences: {N: [not sue, not release], S: [release, not sue]}
"""
METHODS = ("mean", "median", "nodeal", "nash", "challenge", "smp", "power", "graph", "steps", "influence")


def main() -> None:
    """Print the best of three runs of each, after a first one that compiles."""
    print(f"{'':<18} {'wall':>6} {'cpu':>6}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(CASE, encoding="utf-8")
        ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**ours, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        for arguments in (["--help"], ["case", "check", str(path)], *(["solve", name, str(path)] for name in METHODS)):
            wall, processor = _best(arguments, environment)
            print(f"{' '.join(arguments[:2]):<18} {wall:>4.2f} s {processor:>4.2f} s")


def _best(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    spent = [_run(arguments, environment) for _ in range(4)][1:]
    return min(wall for wall, _ in spent), min(processor for _, processor in spent)


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    begun, used = time.perf_counter(), _processor()
    subprocess.run([sys.executable, "-m", "dragoman", *arguments], capture_output=True, check=True, env=environment)
    return time.perf_counter() - begun, _processor() - used


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
