"""Back-tests: how methods did on issues whose outcome is known.

Two kinds of table (CSV):

* forecasts on record: a column ``outcome`` and one or more columns ``NAME_forecast``,
  optionally ``reference_point`` (the status quo), all on a 0-100 scale;
* cases to solve: columns ``case`` (a case file, beside the table), ``issue`` and
  ``outcome``; each method is run on each case as it stands.

Every method stands beside the baselines: a constant 50, and the status quo where there
is one.  Scores: mean absolute error, the error within which 80 % fall, and for solved
cases the CRPS of the draws and the share of outcomes inside the central 80 % of them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.errors import InputError, MethodError
from dragoman.record.scoring import crps_draws

CONSTANT = 50.0
METHODS = ("mean", "median")
SHARE = 0.8


@dataclass(frozen=True, kw_only=True)
class Score:
    """One method's record: ``n`` issues, mean absolute error, and the error within which 80 % fall.

    ``crps`` and ``covered`` (share of outcomes inside the central 80 % of the draws) are for solved cases.
    """

    name: str
    n: int
    mae: float
    within_80: float
    crps: float | None = None
    covered: float | None = None


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """The scores of a table, the best mean absolute error first."""

    table: str
    scores: tuple[Score, ...]

    def __str__(self) -> str:
        lines = [f"{'method':<24} {'issues':>6} {'MAE':>7} {'80 % within':>12} {'CRPS':>7} {'in 80 %':>8}"]
        for row in self.scores:
            crps = f"{row.crps:.2f}" if row.crps is not None else "-"
            inside = f"{row.covered:.0%}" if row.covered is not None else "-"
            lines.append(f"{row.name:<24} {row.n:>6} {row.mae:>7.2f} {row.within_80:>12.1f} {crps:>7} {inside:>8}")
        return "\n".join(lines)


def backtest(path: Path, *, methods: Sequence[str] = METHODS, draws: int = 1000, seed: int = 0) -> Backtest:
    """Score the forecasts of a table, or the methods on its cases.

    Raises:
        InputError: the table cannot be read, lacks its columns, or a cell is not a number.
    """
    rows = _rows(path)
    if "outcome" not in rows[0]:
        raise InputError(str(path), f"columns {', '.join(rows[0])}", "a column outcome")
    outcomes = np.array([_number(path, line, row, "outcome") for line, row in enumerate(rows, start=2)])
    scores = [_score("constant 50", np.full(len(outcomes), CONSTANT), outcomes)]
    if any(row.get("reference_point") for row in rows):
        quo = np.array([_optional(path, line, row, "reference_point") for line, row in enumerate(rows, start=2)])
        known = ~np.isnan(quo)
        scores.append(_score("status quo", quo[known], outcomes[known]))
    if {"case", "issue"} <= rows[0].keys():
        scores += [_solved(path, rows, outcomes, method, draws, seed) for method in methods]
    else:
        scores += _forecasts(path, rows, outcomes)
    return Backtest(table=path.name, scores=tuple(sorted(scores, key=lambda row: (row.mae, row.name))))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"no CSV in UTF-8 ({error})", "a table of outcomes") from error
    if not rows:
        raise InputError(str(path), "no rows", "a header and one row an issue")
    return rows


def _number(path: Path, line: int, row: Mapping[str, str], name: str) -> float:
    value = _optional(path, line, row, name)
    if np.isnan(value):
        raise InputError(f"{path}:{line}", f"no {name}", "a number")
    return value


def _optional(path: Path, line: int, row: Mapping[str, str], name: str) -> float:
    cell = (row.get(name) or "").strip()
    if not cell:
        return float("nan")
    try:
        return float(cell)
    except ValueError as error:
        raise InputError(f"{path}:{line}", f"{name} {cell!r}", "a number") from error


def _score(name: str, forecasts: np.ndarray, outcomes: np.ndarray) -> Score:
    errors = np.abs(forecasts - outcomes)
    return Score(name=name, n=len(errors), mae=float(errors.mean()), within_80=float(np.quantile(errors, SHARE)))


def _forecasts(path: Path, rows: list[dict[str, str]], outcomes: np.ndarray) -> list[Score]:
    names = [name for name in rows[0] if name.endswith("_forecast")]
    if not names:
        raise InputError(str(path), "no forecasts", "columns NAME_forecast, or case and issue")
    found = []
    for name in names:
        values = np.array([_optional(path, line, row, name) for line, row in enumerate(rows, start=2)])
        known = ~np.isnan(values)
        found.append(_score(name.removesuffix("_forecast"), values[known], outcomes[known]))
    return found


def _solved(  # noqa: PLR0917
    path: Path, rows: list[dict[str, str]], outcomes: np.ndarray, method: str, draws: int, seed: int
) -> Score:
    from dragoman.model import load_case
    from dragoman.solve._distribution import Drawing
    from dragoman.solve.spatial import RULES, outcome_draws

    if method not in RULES:
        raise MethodError("back-test", method, f"one of: {', '.join(RULES)}")
    central, crps, inside = [], [], []
    for row, outcome in zip(rows, outcomes.tolist(), strict=True):
        case = load_case(path.parent / row["case"])
        table = case.table(row["issue"])
        central.append(float(RULES[method](table.position, table.salience * table.capability)[0]))
        values = outcome_draws(case, row["issue"], method, Drawing(draws=draws, seed=seed))
        crps.append(crps_draws(values.tolist(), outcome))
        low, high = np.quantile(values, [0.1, 0.9])
        inside.append(bool(low <= outcome <= high))
    base = _score(method, np.array(central), outcomes)
    return Score(
        name=method,
        n=base.n,
        mae=base.mae,
        within_80=base.within_80,
        crps=float(np.mean(crps)),
        covered=float(np.mean(inside)),
    )
