"""The answer: positions and chances by turn, who bargained with whom, and the outcomes over draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve._distribution import distribution
from dragoman.solve._wording import near
from dragoman.solve.outcome import Outcome, OutcomeAnswer
from dragoman.solve.outcomes import weighted_median
from dragoman.solve.smp._bargain import STATUS_QUO
from dragoman.solve.smp._case import Setting
from dragoman.solve.smp._draws import Draws
from dragoman.solve.smp._run import STATUSES, Path, Step
from dragoman.solve.smp._state import Actors
from dragoman.solve.smp._turn import Turn
from dragoman.solve.smp._votes import Floats, in_order

if TYPE_CHECKING:
    from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class IssueOutcome(Outcome):
    """The outcome of one issue.

    ``central`` is the mean of the last positions by their chances of winning, from the
    central values; ``likeliest`` the position most likely to win; ``median`` the median of
    the last positions weighted by capability and salience (None where nobody cares).  ``over_draws`` has the
    distribution of the mean over draws, None without draws.  ``positions``: by party, at
    the start and after each turn; None for a party that takes no part in the issue.  Bargains are
    rounded, and one setting reaches beyond both sides: outcomes past all first positions count as at
    the nearest of these.
    """

    central: float
    near: str
    likeliest: float
    median: float | None
    status_quo: float | None
    positions: Mapping[str, tuple[float, ...] | None]


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """``initiator`` presses ``target``, ``chance`` likely to prevail as it sees it, for a ``gain`` in its utility.

    ``initiator_at`` and ``target_at``: by issue, where the bargain or bargains would put
    each.  ``tied``: another target promised as much.
    """

    initiator: str
    target: str
    chance: float
    gain: float
    initiator_at: tuple[Mapping[str, float], ...]
    target_at: tuple[Mapping[str, float], ...]
    tied: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a party takes out of its queue.

    ``bargain`` (initiator, target), None for the status quo, elected with ``chance`` among
    ``options``, of which it is or is not the ``likeliest``; ``before`` and ``after`` by
    issue.  ``tied``: another option was as likely and led elsewhere.
    """

    party: str
    bargain: tuple[str, str] | None
    chance: float
    options: int
    likeliest: bool
    before: Mapping[str, float]
    after: Mapping[str, float]
    tied: bool


@dataclass(frozen=True, kw_only=True)
class Round:
    """One turn: every challenge, and every party's choice."""

    turn: int
    challenges: tuple[Challenge, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Endings:
    """How the draws ended.

    ``statuses``: shares of draws; ``turns``: least, median and most; ``tied``: the share in
    which some choice hung on the order of the parties; ``likeliest``: by party, the share in
    which its last position is the one most likely to win (several parties may share it).
    """

    draws: int
    statuses: Mapping[str, float]
    turns: tuple[int, float, int]
    tied: float
    likeliest: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class SmpAnswer(OutcomeAnswer):
    """The run on the central values, and the outcomes over draws.

    ``status``: how the run ended; ``chances``: by party, at the start and after each turn,
    how likely its position is to win (parties at one place share one chance); ``risk``: the
    risk attitudes at the start; ``ties`` counts choices that hung on an order.
    """

    issues: tuple[IssueOutcome, ...]
    parties: tuple[str, ...]
    status: str
    turns: int
    chances: Mapping[str, tuple[float, ...]]
    risk: Mapping[str, float]
    rounds: tuple[Round, ...]
    ties: int
    over_draws: Endings | None


def answer_of(case: Case, how: Setting, path: Path, actors: Actors, draws: Draws | None) -> SmpAnswer:
    """The answer from the run on the central values and the draws."""
    rounds = tuple(
        _round(how, step, step.turn, at) for at, step in enumerate(path.steps, start=1) if step.turn is not None
    )
    return SmpAnswer(
        issues=tuple(_issue(case, how, path, at, actors=actors, draws=draws) for at in range(len(how.issues))),
        parties=how.parties,
        status=path.status,
        turns=path.turns,
        chances={party: tuple(path.chances[:, at].tolist()) for at, party in enumerate(how.parties)},
        risk=dict(zip(how.parties, path.steps[0].state.risk[0].tolist(), strict=True)),
        rounds=rounds,
        ties=sum(challenge.tied for turn in rounds for challenge in turn.challenges)
        + sum(choice.tied for turn in rounds for choice in turn.choices),
        over_draws=None if draws is None else _endings(how, draws),
    )


def _issue(case: Case, how: Setting, path: Path, at: int, *, actors: Actors, draws: Draws | None) -> IssueOutcome:
    issue = case.issues[how.issues[at]]
    last, chances = path.steps[-1].state.position[0], path.steps[-1].chances.by_place[0]
    trail = how.units(path.positions)[:, :, at]
    weight = actors.capability[0] * actors.salience[0, :, at]
    low, high = trail[0].min(), trail[0].max()
    central = float(np.clip(how.units(in_order(last.T * chances))[at], low, high))
    values = None if draws is None else draws.outcome[draws.solved, at]
    return IssueOutcome(
        issue=issue.id,
        name=issue.name,
        low=float(how.low[at]),
        high=float(how.high[at]),
        central=central,
        near=near(issue, central).strip(" ()"),
        likeliest=float(np.clip(trail[-1, chances.argmax()], low, high)),
        median=float(np.clip(weighted_median(trail[-1], weight)[0], low, high)) if weight.any() else None,
        status_quo=None if issue.status_quo is None else issue.status_quo.central(),
        over_draws=None
        if values is None or not len(values)
        else distribution(values, float(how.low[at]), float(how.high[at])),
        positions={
            party: tuple(trail[:, row].tolist()) if how.present[row, at] else None
            for row, party in enumerate(how.parties)
        },
    )


def _round(how: Setting, step: Step, turn: Turn, number: int) -> Round:
    receiver = turn.targets.receiver[0]
    return Round(
        turn=number,
        challenges=tuple(_challenge(how, turn, int(row), int(receiver[row])) for row in np.flatnonzero(receiver >= 0)),
        choices=tuple(_choice(how, step, turn, row) for row in range(len(how.parties))),
    )


def _challenge(how: Setting, turn: Turn, row: int, target: int) -> Challenge:
    return Challenge(
        initiator=how.parties[row],
        target=how.parties[target],
        chance=float(turn.challenges.chance[0, row, target]),
        gain=float(turn.challenges.gain[0, row, target]),
        initiator_at=tuple(_places(how, point, row) for point in turn.bargains.initiator[0, row]),
        target_at=tuple(_places(how, point, target) for point in turn.bargains.receiver[0, row]),
        tied=bool(turn.targets.tied[0, row]),
    )


def _choice(how: Setting, step: Step, turn: Turn, row: int) -> Choice:
    column = int(turn.choices.column[0, row])
    chances = turn.choices.probability[0, row]
    initiator = column // turn.bargains.variants
    place = int(np.flatnonzero(turn.queues.columns[0, row] == column)[0])
    pair = (how.parties[initiator], how.parties[int(turn.targets.receiver[0, initiator])])
    return Choice(
        party=how.parties[row],
        bargain=None if column == STATUS_QUO else pair,
        chance=float(chances[place]),
        options=int(turn.queues.size[0, row]),
        likeliest=bool(chances[place] == np.nanmax(chances)),
        before=_places(how, step.state.position[0, row], row),
        after=_places(how, turn.position[0, row], row),
        tied=bool(turn.choices.tied[0, row]),
    )


def _places(how: Setting, point: Floats, row: int) -> dict[str, float]:
    """A point by issue, in the issues' units, of the issues that the party takes part in."""
    units = how.units(point)
    return {name: float(units[at]) for at, name in enumerate(how.issues) if how.present[row, at]}


def _endings(how: Setting, draws: Draws) -> Endings:
    counts = np.bincount(draws.status, minlength=len(STATUSES)) / len(draws.status)
    return Endings(
        draws=len(draws.status),
        statuses=dict(zip(STATUSES, counts.tolist(), strict=True)),
        turns=(int(draws.turns.min()), float(np.median(draws.turns)), int(draws.turns.max())),
        tied=float((draws.ties > 0).mean()),
        likeliest=dict(zip(how.parties, (draws.likeliest / max(int(draws.solved.sum()), 1)).tolist(), strict=True)),
    )
