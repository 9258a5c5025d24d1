"""Outcome methods as the pages need them: a name, a band, a record; what blocks; what moves; the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.show.blocks import Chart, Point

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One method's answer on one issue; ``band`` is false where it has none, and ``why_not`` says why."""

    method: str
    name: str
    middle: float = 0.0
    inner: tuple[float, float] = (0.0, 0.0)
    outer: tuple[float, float] = (0.0, 0.0)
    record: str = "record: none"
    citation: str = ""
    caveats: tuple[str, ...] = ()
    band: bool = True
    why_not: str = ""


def from_draws(method: str, name: str, draws: Any, **rest: Any) -> Outcome:
    """An outcome from its draws: median, half, 80 per cent."""
    import numpy as np

    low, q1, middle, q3, high = (float(value) for value in np.nanquantile(draws, (0.1, 0.25, 0.5, 0.75, 0.9)))
    return Outcome(method=method, name=name, middle=middle, inner=(q1, q3), outer=(low, high), **rest)


def outcomes(desk: Desk, case: Case, issue: str, *, scenario: str | None, kept: bool) -> tuple[Outcome, ...]:
    """Every outcome method on one issue."""
    from dragoman.solve.outcomes import weighted_mean, weighted_median

    table = case.table(issue, draws=400, seed=desk.seed)
    weights = table.capability * table.salience
    return (
        from_draws("mean", "Weighted mean", weighted_mean(table.position, weights)),
        from_draws("median", "Weighted median", weighted_median(table.position, weights)),
    )


def no_deal(desk: Desk, case: Case, scenario: str | None, *, kept: bool) -> tuple[Point, ...]:
    """Whether there is any deal, who blocks, what would unblock."""
    return ()


def movers(desk: Desk, scenario: str | None, issue: str, name: str) -> tuple[Chart | None, str]:
    """Which number moves the outcome most."""
    return None, ""


def rounds(desk: Desk, scenario: str | None, issue: str, case: Case) -> tuple[Chart | None, tuple[Point, ...]]:
    """The path round by round."""
    return None, ()


def caveats(items: Sequence[Outcome]) -> tuple[str, ...]:
    """What holds for the methods always."""
    return tuple(dict.fromkeys(text for item in items for text in item.caveats))
