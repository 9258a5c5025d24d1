"""Methods side by side, each with its track record; no average is taken.

1. Every outcome method is run on the case; one that the case does not suit is listed
   with the reason.
2. For each issue: each method's central outcome and the spread of its draws.
3. Two spreads are kept apart: within methods (what the judged values leave open) and
   between methods (what the choice of method leaves open).  Methods share their inputs,
   so their agreement is not corroboration.
4. Each stands beside the baselines of the published record: a constant 50, and the
   status quo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._methods import METHODS, Method
from dragoman.solve._methods import solve as solve_by
from dragoman.solve._wording import listed, number
from dragoman.solve.result import Result, TrackRecord, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = ["CompareAnswer", "IssueRows", "MethodRow", "solve"]

METHOD = Method(
    name="compare",
    place=9,
    title="Comparison",
    answers="every outcome method side by side with its track record",
    needs="issues",
)
OUTCOME_METHODS = tuple(name for name, method in METHODS.items() if method.outcome)
BASELINES: Mapping[str, float] = {"a constant 50": 27.96, "the status quo (252 issues)": 51.3}
CITATION = "Stokman and Thomson 2004 and Schneider, Steunenberg, Widgren 2006 for such comparisons; each method its own"
CAVEATS = (
    "Methods share their inputs: where they agree, nothing is corroborated.",
    "No average is taken: a method's record belongs to that method.",
    "The baselines and records are errors on European Union decisions, another kind of bargaining.",
)


@dataclass(frozen=True, kw_only=True)
class MethodRow:
    """One method on one issue: its central outcome and, with draws, the 5 % and 95 % quantiles and the sd."""

    method: str
    central: float
    low: float | None
    high: float | None
    sd: float | None
    record: str


@dataclass(frozen=True, kw_only=True)
class IssueRows:
    """One issue by every method; ``within``: the greatest sd of any's draws; ``between``: the range of centrals."""

    issue: str
    name: str
    status_quo: float | None
    rows: tuple[MethodRow, ...]
    within: float | None
    between: float


@dataclass(frozen=True, kw_only=True)
class CompareAnswer:
    """Every issue by every method, what was not run and why, and the baselines of the record (mean absolute error)."""

    issues: tuple[IssueRows, ...]
    not_run: Mapping[str, str]
    records: Mapping[str, TrackRecord]
    baselines: Mapping[str, float]


def solve(
    case: Case,
    *,
    method: str = "compare",
    draws: int = 1000,
    seed: int = 0,
    methods: Sequence[str] = OUTCOME_METHODS,
) -> Result:
    """Every outcome method on every issue.

    Args:
        case: the case with issues.
        method: the name under which the result is filed.
        draws: draws of the uncertain values, the same for every method.
        seed: of the draws.
        methods: which to run; by default all.

    Raises:
        UnknownNameError: one of ``methods`` is no outcome method.
        MethodError: the case has no issues.
    """
    for name in methods:
        if name not in OUTCOME_METHODS:
            raise UnknownNameError("method", name, OUTCOME_METHODS)
    if not case.issues:
        raise MethodError("issues", "no issues", "at least one issue with positions")
    results, not_run = _run(case, methods, draws, seed)
    answer = CompareAnswer(
        issues=tuple(_issue(case, name, results) for name in case.issues),
        not_run=not_run,
        records={name: result.track_record for name, result in results.items()},
        baselines=BASELINES,
    )
    parameters = {"methods": list(methods)}
    return result_of(
        case,
        method,
        answer,
        reasons=tuple(_sentence(item) for item in answer.issues if item.rows),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=tuple(f"{name} was not run: {why}" for name, why in not_run.items()),
    )


def _run(case: Case, methods: Sequence[str], draws: int, seed: int) -> tuple[dict[str, Result], dict[str, str]]:
    results, not_run = {}, {}
    for name in methods:
        try:
            results[name] = solve_by(name, case, draws=draws, seed=seed)
        except MethodError as error:
            not_run[name] = str(error)
    return results, not_run


def _issue(case: Case, issue: str, results: Mapping[str, Result]) -> IssueRows:
    rows = tuple(
        MethodRow(
            method=name,
            central=found.central,
            low=None if found.over_draws is None else found.over_draws.quantiles[5],
            high=None if found.over_draws is None else found.over_draws.quantiles[95],
            sd=None if found.over_draws is None else found.over_draws.sd,
            record=str(result.track_record),
        )
        for name, result in results.items()
        if (found := result.answer.outcome_of(issue)) is not None and found.central is not None
    )
    centrals = [row.central for row in rows]
    quo = case.issues[issue].status_quo
    return IssueRows(
        issue=issue,
        name=case.issues[issue].name or issue,
        status_quo=None if quo is None else quo.central(),
        rows=rows,
        within=max((row.sd for row in rows if row.sd is not None), default=None),
        between=max(centrals) - min(centrals) if centrals else 0.0,
    )


def _sentence(item: IssueRows) -> str:
    parts = listed(f"{row.method} {number(row.central)}" for row in item.rows)
    within = f"the judged values leave open a standard deviation of up to {number(item.within)}" if item.within else ""
    between = f"the choice of method leaves open {number(item.between)} points"
    return f"{item.name}: {parts}; {', '.join(part for part in (between, within) if part)}."
