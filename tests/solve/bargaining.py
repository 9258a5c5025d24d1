"""Cases and slow oracles for the tests of the bargaining models; the checks' folder where it is set."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.model import Case, loads

CHECKS = os.environ.get("DRAGOMAN_CHECKS")
needs_checks = pytest.mark.skipif(
    not CHECKS, reason="DRAGOMAN_CHECKS is not set: the published and reference numbers are not there to compare with"
)

VALLEY = """
title: The valley
parties:
  North: {name: North, capability: 60}
  South: {name: South, capability: 40}
  League: {name: United League, capability: 20}
issues:
  flow:
    name: Water
    status_quo: 20
    scale: {points: {none: 0, half-flow: 50, all: 100}}
    linked: [toll]
    positions:
      North: {position: {value: 30, low: 10, high: 50}, salience: 0.9}
      South: {position: 80, salience: {value: 0.8, low: 0.6, high: 0.9}}
      League: {position: 50, salience: 0.3}
  toll:
    name: Toll
    status_quo: 50
    positions:
      North: {position: 90, salience: 0.4}
      South: {position: {low: 20, high: 60}, salience: 0.6}
  gate:
    name: Gate
    status_quo: 50
    positions:
      North: {position: {value: 60, low: 40, high: 80}, salience: 0.5}
      South: {position: 30, salience: 0.5}
format: {vetoes: [North, South], proposers: [North, South], base_rate: {value: 0.3, because: three of ten}}
"""

# Bueno de Mesquita 1994, p. 78: the delay of emission standards in years, capability and salience of the EEC's states.
STATES = ("Netherlands", "Belgium", "Luxembourg", "Germany", "France", "Italy", "UK", "Ireland", "Denmark", "Greece")
X = np.array([4, 7, 4, 4, 10, 10, 10, 7, 4, 7], dtype=float)
C = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
S = np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7])


def valley(extra: str = "", **changes: Any) -> Case:
    """The case of the valley, with more YAML and changes by path (dots as double underscores)."""
    case = loads(VALLEY + extra)
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    return case.with_changes(paths) if paths else case


def one_issue(positions: list[float], saliences: list[float], capabilities: list[float]) -> Case:
    """A case of one issue with certain numbers."""
    parties = "\n".join(f"  P{at}: {{name: P{at}, capability: {value!r}}}" for at, value in enumerate(capabilities))
    stands = "\n".join(
        f"      P{at}: {{position: {x!r}, salience: {s!r}}}"
        for at, (x, s) in enumerate(zip(positions, saliences, strict=True))
    )
    return loads(f"parties:\n{parties}\nissues:\n  a:\n    name: A\n    positions:\n{stands}\n")


def check(name: str) -> Any:
    """A file of reference numbers."""
    return json.loads((Path(CHECKS or ".") / name).read_text())
