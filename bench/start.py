"""Wall time of whole commands on a small case, imports included.

python bench/start.py
"""

from __future__ import annotations

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
    """Print the best of three runs of each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(CASE, encoding="utf-8")
        for arguments in (["--help"], ["case", "check", str(path)], *(["solve", name, str(path)] for name in METHODS)):
            print(f"{' '.join(arguments[:2]):<18} {_best(arguments):.2f} s")


def _best(arguments: list[str]) -> float:
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dragoman", *arguments], capture_output=True, check=True)
        spent.append(time.perf_counter() - begun)
    return min(spent)


if __name__ == "__main__":
    main()
