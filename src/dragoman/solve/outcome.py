"""What every outcome method says of an issue, so that pages and comparisons ask all of them alike."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.solve._distribution import Band, Distribution


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The outcome of one issue by one method.

    ``central`` comes from the central values, None where there is no agreement;
    ``over_draws`` None without draws; ``band`` None where the method's errors are not known.
    """

    issue: str
    name: str
    low: float
    high: float
    central: float | None
    over_draws: Distribution | None
    band: Band | None = None


class OutcomeAnswer:
    """The base of the answers of outcome methods."""

    issues: tuple[Outcome, ...]

    def outcomes(self) -> tuple[Outcome, ...]:
        """One outcome an issue."""
        return self.issues

    def outcome_of(self, issue: str) -> Outcome | None:
        """The outcome of one issue; None where the method does not treat it."""
        return next((item for item in self.outcomes() if item.issue == issue), None)
