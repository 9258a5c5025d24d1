"""The specification grid: one method over a grid of its own settings and of inputs.

1. Every combination of the given settings (parameters of the method), scenarios and seeds
   is one run; a run that the method refuses is kept with its reason.
2. For each issue: the central outcome of each run.
3. What decides: for each setting the part of the spread between runs that it explains by
   itself, the variance of the means by its values over the variance of all runs (the
   correlation ratio, or eta squared; Fisher 1925), on runs with an outcome.
4. How far each value of the setting that decides most takes the outcome.

The spread is that of choices which theory leaves open, not of chance: it is no error band.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._methods import METHODS, Method
from dragoman.solve._methods import solve as solve_by
from dragoman.solve._wording import number, share
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = ["Factor", "GridAnswer", "IssueGrid", "Run", "correlation_ratio", "solve"]

METHOD = Method(
    name="grid",
    place=14,
    title="Specification grid",
    answers="one method over a grid of its settings and of scenarios, and what decides its answer",
    needs="issues",
)
CITATION = "Fisher 1925 (the correlation ratio); Simonsohn, Simmons, Nelson 2020 (specification curves)"
CAVEATS = (
    "The spread is that of choices which theory leaves open: it is no error band and no probability.",
    "What decides depends on the values tried: a setting tried at like values seems not to matter.",
)
MOST_RUNS = 2000
SCENARIO = "scenario"
TINY = 1e-12


@dataclass(frozen=True, kw_only=True)
class Run:
    """One combination of settings with the central outcome by issue, or the reason why there is none."""

    settings: Mapping[str, Any]
    outcomes: Mapping[str, float]
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A setting: the part of the spread that it explains alone, and the mean outcome by its values, as texts."""

    setting: str
    part: float
    means: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class IssueGrid:
    """One issue over all runs with an outcome: least, middle and most, and the settings, the most decisive first."""

    issue: str
    name: str
    runs: int
    least: float
    median: float
    most: float
    factors: tuple[Factor, ...]


@dataclass(frozen=True, kw_only=True)
class GridAnswer:
    """The method, every run, and every issue."""

    of: str
    runs: tuple[Run, ...]
    issues: tuple[IssueGrid, ...]


def solve(
    case: Case,
    *,
    method: str = "grid",
    draws: int = 0,  # noqa: ARG001 - every method takes it
    seed: int = 0,
    of: str = "challenge",
    over: Mapping[str, Sequence[Any]] | None = None,
    scenarios: Iterable[str] = (),
) -> Result:
    """The outcomes of one method over a grid of settings.

    Args:
        case: the case with issues.
        method: the name under which the result is filed.
        draws: not used; runs are those of the central values.
        seed: of every run.
        of: the outcome method.
        over: by parameter of that method the values to try.
        scenarios: scenarios of the case to try beside the case as it stands.

    Raises:
        UnknownNameError: no such outcome method or scenario.
        MethodError: nothing to vary, too many runs, or no run with an outcome.
    """
    known = tuple(name for name, one in METHODS.items() if one.outcome)
    if of not in known:
        raise UnknownNameError("method", of, known)
    axes: dict[str, list[Any]] = {name: list(values) for name, values in (over or {}).items()}
    named = list(scenarios)
    axes |= {SCENARIO: ["", *named]} if named else {}
    count = int(np.prod([len(values) for values in axes.values()])) if axes else 0
    if not 1 < count <= MOST_RUNS:
        raise MethodError("over", f"{count} runs", f"2 to {MOST_RUNS}: by parameter the values to try")
    cases = {name: case.with_scenario(name) if name else case for name in ["", *named]}
    runs = tuple(
        _run(cases[settings.get(SCENARIO, "")], of, settings, seed)
        for settings in (dict(zip(axes, values, strict=True)) for values in product(*axes.values()))
    )
    if not any(run.outcomes for run in runs):
        raise MethodError(f"grid of {of}", f"no run with an outcome ({runs[0].refused})", "one at least")
    answer = GridAnswer(of=of, runs=runs, issues=tuple(_issues(case, runs, tuple(axes))))
    refused = sum(bool(run.refused) for run in runs)
    return result_of(
        case,
        method,
        answer,
        reasons=tuple(words for item in answer.issues for words in _sentences(of, item)),
        parameters={"of": of, "over": axes},
        seed=seed,
        draws=0,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=(f"{refused} of {len(runs)} runs were refused by the method",) if refused else (),
    )


def _run(case: Case, of: str, settings: Mapping[str, Any], seed: int) -> Run:
    given = {name: value for name, value in settings.items() if name != SCENARIO}
    try:
        answer = solve_by(of, case, draws=0, seed=seed, **given).answer
    except (MethodError, UnknownNameError) as error:
        return Run(settings=settings, outcomes={}, refused=str(error))
    found = {item.issue: item.central for item in answer.outcomes() if item.central is not None}
    return Run(settings=settings, outcomes=found)


def _issues(case: Case, runs: Sequence[Run], axes: Sequence[str]) -> Iterable[IssueGrid]:
    for name, issue in case.issues.items():
        had = [run for run in runs if name in run.outcomes]
        if not had:
            continue
        values = np.array([run.outcomes[name] for run in had])
        factors = [_factor(axis, [str(run.settings[axis]) for run in had], values) for axis in axes]
        yield IssueGrid(
            issue=name,
            name=issue.name,
            runs=len(had),
            least=float(values.min()),
            median=float(np.median(values)),
            most=float(values.max()),
            factors=tuple(sorted(factors, key=lambda one: (-one.part, one.setting))),
        )


def _factor(axis: str, levels: Sequence[str], values: np.typing.NDArray[np.float64]) -> Factor:
    at = np.array(levels)
    means = {level: float(values[at == level].mean()) for level in dict.fromkeys(levels)}
    return Factor(setting=axis, part=correlation_ratio(levels, values), means=means)


def correlation_ratio(levels: Sequence[str], values: np.typing.NDArray[np.float64]) -> float:
    """The part of the variance of ``values`` that their ``levels`` explain; 0 where nothing varies."""
    whole = float(values.var())
    if whole < TINY:
        return 0.0
    at = np.array(levels)
    means = np.array([values[at == level].mean() for level in levels])
    return float(means.var()) / whole


def _sentences(of: str, item: IssueGrid) -> Iterable[str]:
    if item.most - item.least < TINY:
        yield f"{item.name}: {number(item.median)} by {of} in all of {item.runs} runs; no setting matters."
        return
    first = item.factors[0]
    means = ", ".join(f"{number(mean)} with {level or 'the case as it stands'}" for level, mean in first.means.items())
    yield (
        f"{item.name}: from {number(item.least)} to {number(item.most)} by {of} over {item.runs} runs, "
        f"{number(item.median)} in the middle. What decides most is {first.setting}, {share(first.part)} of the "
        f"spread: {means}."
    )
