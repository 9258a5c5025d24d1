"""Outcome methods as the pages need them: a name, a band, a record; what blocks; what moves; the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import MethodError
from dragoman.show.blocks import Chart, Point

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.result import Result


OUTCOME_METHODS = {
    "mean": "Weighted mean", "median": "Weighted median",
}  # fmt: skip
WHATIF_METHODS = ("mean", "median")
WHATIF_DRAWS = 200
MOST_REASONS = 8


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One method's answer on one issue.

    ``inner`` holds half of the draws, ``outer`` 90 per cent; ``band`` is 80 per cent once
    the method's known errors are added, None where they are not known.  ``found`` is
    false where the method has no answer, and ``why_not`` says why.
    """

    method: str
    name: str
    middle: float = 0.0
    inner: tuple[float, float] = (0.0, 0.0)
    outer: tuple[float, float] = (0.0, 0.0)
    band: tuple[float, float] | None = None
    record: str = "record: none"
    citation: str = ""
    caveats: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    words: str = ""
    found: bool = True
    why_not: str = ""


def outcomes(desk: Desk, case: Case, issue: str, *, scenario: str | None, kept: bool) -> tuple[Outcome, ...]:
    """Every outcome method on one issue: kept results of the desk, or the changed case solved anew with fewer draws."""
    wanted = OUTCOME_METHODS if kept else {name: OUTCOME_METHODS[name] for name in WHATIF_METHODS}
    return tuple(item for method, name in wanted.items() if (item := _outcome(desk, case, issue, method, name, scenario, kept=kept)))


def _outcome(desk: Desk, case: Case, issue: str, method: str, name: str, scenario: str | None, *, kept: bool) -> Outcome | None:
    from dragoman.solve import solve

    try:
        result = desk.result(method, scenario) if kept else solve(method, case, draws=WHATIF_DRAWS, seed=desk.seed)
    except MethodError as error:
        return Outcome(method=method, name=name, found=False, why_not=str(error))
    return outcome_of(result, issue, name)


def outcome_of(result: Result, issue: str, name: str) -> Outcome | None:
    """One issue out of a result; None where the method does not treat that issue."""
    item = next((item for item in result.answer.issues if item.issue == issue), None)
    if item is None:
        return None
    spread = item.over_draws
    inner = (spread.quantiles[25], spread.quantiles[75]) if spread else (item.central, item.central)
    outer = (spread.quantiles[5], spread.quantiles[95]) if spread else (item.central, item.central)
    band = getattr(item, "band", None)
    index = [one.issue for one in result.answer.issues].index(issue)
    return Outcome(
        method=result.method, name=name, middle=spread.quantiles[50] if spread else item.central, inner=inner, outer=outer,
        band=(band.low, band.high) if band else None, record=str(result.track_record), citation=result.citation, caveats=result.caveats,
        warnings=result.warnings, words=result.reasons[index] if index < len(result.reasons) else "",
    )  # fmt: skip


def no_deal(desk: Desk, case: Case, scenario: str | None, *, kept: bool) -> tuple[Point, ...]:
    """Whether there is any deal, who blocks, what would unblock."""
    from dragoman.solve import solve

    try:
        result = desk.result("nodeal", scenario) if kept else solve("nodeal", case, draws=WHATIF_DRAWS, seed=desk.seed)
    except MethodError as error:
        return (Point(text=str(error), tone="warn"),)
    return tuple(Point(text=text) for text in result.reasons[:MOST_REASONS])


def movers(desk: Desk, scenario: str | None, issue: str, name: str) -> tuple[Chart | None, str]:
    """Which number moves the outcome most."""
    return None, ""


def rounds(desk: Desk, scenario: str | None, issue: str, case: Case) -> tuple[Chart | None, tuple[Point, ...]]:
    """The path round by round."""
    return None, ()


def caveats(items: Sequence[Outcome]) -> tuple[str, ...]:
    """What holds for the methods always."""
    return tuple(dict.fromkeys(text for item in items for text in item.caveats))
