"""Who could mediate or guarantee: candidates ranked by ties, leverage, stake and cost.

1. Ties: the record's cooperation less conflict between the candidate and each party
   that performs a measure (Goldstein weights, summed over the record), taken as the
   *smaller* over the parties: a go-between needs both sides.
2. Leverage: the penalties or payments that the case gives the candidate.
3. Stake and cost: what its word is worth less what acting costs; below zero its
   threat does not count, and it ranks last.
4. What it changes: the best plan's least slack with it and without it.

The order is by what it changes among those whose threat counts; the columns stand
side by side, since no weights join them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.desk.parties import countries
from dragoman.errors import MethodError
from dragoman.solve.steps import StepsAnswer

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.record import Record
    from dragoman.record.views import Tie

REGIME = "credible"


@dataclass(frozen=True, kw_only=True)
class SideTie:
    """A candidate's tie to one side: cooperation and conflict (sums of weights) and how many events they rest on."""

    party: str
    cooperation: float
    conflict: float
    events: int

    @property
    def net(self) -> float:
        """Cooperation less conflict."""
        return self.cooperation - self.conflict


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A candidate guarantor with everything that speaks for and against it; ``ties`` is empty without a record."""

    name: str
    kind: str
    ties: tuple[SideTie, ...]
    weaker_tie: float | None
    leverage: float
    margin: float
    counts: bool
    without: float
    with_it: float
    makes_a_plan_hold: bool
    words: str


def candidates(desk: Desk, scenario: str | None = None) -> tuple[Candidate, ...]:
    """The guarantors of the case, ranked.

    Raises:
        MethodError: the case has no guarantors, or no steps.
    """
    case = desk.case_of(scenario)
    if not case.guarantors:
        raise MethodError("guarantors", "none in the case", "candidates under guarantors (active: false)")
    answer = desk.result("steps", scenario).answer
    if not isinstance(answer, StepsAnswer):
        raise MethodError("steps", type(answer).__name__, "an answer of the steps")
    report = next(item for item in answer.regimes if item.regime == REGIME)
    sides = [name for name in case.parties if any(name in item.performers for item in case.measures.values())]
    found = []
    for item, backer in zip(case.guarantors.values(), report.backers, strict=True):
        ties = _ties(desk.record, case, item.who, sides) if desk.record is not None else ()
        with_, without = backer.least_slack
        found.append(
            Candidate(
                name=backer.name,
                kind=backer.kind,
                ties=ties,
                weaker_tie=min((tie.net for tie in ties), default=None),
                leverage=backer.leverage,
                margin=backer.slack,
                counts=backer.counts,
                without=without,
                with_it=with_,
                makes_a_plan_hold=backer.some_plan == (True, False),
                words=_words(backer.name, ties, counts=backer.counts, change=with_ - without),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.counts, -(one.with_it - one.without), one.name)))


def _ties(record: Record, case: Case, who: str, sides: list[str]) -> tuple[SideTie, ...]:
    codes = countries(case)
    if who not in codes:
        return ()
    rows = record.ties("year", country=codes[who])
    return tuple(_side(rows, case, side, {codes[who], codes[side]}) for side in sides if side != who and side in codes)


def _side(rows: tuple[Tie, ...], case: Case, side: str, pair: set[str]) -> SideTie:
    chosen = [row for row in rows if {row.a, row.b} == pair]
    return SideTie(
        party=case.parties[side].name or side,
        cooperation=sum(row.cooperation for row in chosen),
        conflict=sum(row.conflict for row in chosen),
        events=sum(row.n_cooperation + row.n_conflict for row in chosen),
    )


def _words(name: str, ties: tuple[SideTie, ...], *, counts: bool, change: float) -> str:
    known = [tie for tie in ties if tie.events]
    tied = "; ".join(f"{tie.party} {tie.net:+.0f} over {tie.events} events" for tie in known) or "none in the record"
    effect = (
        f"changes the best plan's least slack by {change:+.2f}" if counts else "its threat would not be carried out"
    )
    return f"{name}: {effect}; net ties: {tied}."
