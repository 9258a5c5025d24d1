"""The challenge model's answer to a case: the path at the central values, and the outcome over draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve._distribution import Drawing, distribution, widened
from dragoman.solve.challenge._options import Options
from dragoman.solve.challenge._round import CAPITULATION, COMPROMISE, CONFRONTATION, STAY, Round
from dragoman.solve.challenge._run import chunk_size, prepare, rounds_of, run
from dragoman.solve.outcome import Outcome, OutcomeAnswer

if TYPE_CHECKING:
    from dragoman.model import Case, OneIssue

KINDS = {CONFRONTATION: "confrontation", COMPROMISE: "compromise", CAPITULATION: "capitulation"}
QS = (1.0, 0.75, 0.5)
MOST_PAIRS = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Move:
    """Who moved in a round, from where to where, by whose challenge.

    ``own`` is what the mover expects of challenging the other, ``other`` what the other
    expects of challenging the mover, on the model's scale of -2 to 2; ``tied`` whether
    another offer was as good and led elsewhere.
    """

    party: str
    before: float
    after: float
    challenger: str
    kind: str
    own: float
    other: float
    tied: bool


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """One round at the central values: everybody's position and risk exponent after it, the outcome, the moves."""

    number: int
    median: float
    mean: float
    positions: Mapping[str, float]
    exponents: Mapping[str, float]
    moves: tuple[Move, ...]


@dataclass(frozen=True, kw_only=True)
class IssueChallenge(Outcome):
    """One issue.

    ``central``: the median after the last round at the central values, ``start`` before
    the first.  ``settled``: whether nobody moved in the last round; ``resting`` the share
    of draws whose median did not move in it.  ``by_q``: the central outcome for other
    values of Q.  ``band`` None off the 0-100 scale and for other than the literal variant.
    """

    start: float
    central: float
    central_mean: float
    rounds: tuple[RoundRow, ...]
    settled: bool
    by_q: Mapping[float, float]
    resting: float | None
    tied: float | None


@dataclass(frozen=True, kw_only=True)
class ChallengeAnswer(OutcomeAnswer):
    """Issues one at a time, under one set of options, after a fixed number of rounds."""

    variant: str
    options: Options
    stopping_round: int
    issues: tuple[IssueChallenge, ...]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is the same for all issues: options, rounds, draws, and the mean error known of the variant."""

    options: Options
    rounds: int
    drawing: Drawing
    error: float | None


def issue_answer(case: Case, name: str, setting: Setting) -> IssueChallenge:
    """Everything on one issue."""
    table = case.table(name, seated=not case.issues[name].side)
    check_size(table)
    rows = path(table, setting.options, setting.rounds)
    answer = IssueChallenge(
        issue=name,
        name=case.issues[name].name,
        low=table.low,
        high=table.high,
        start=_outcome(table, setting.options, setting.rounds)[0],
        central=rows[-1].median,
        central_mean=rows[-1].mean,
        rounds=rows,
        settled=not rows[-1].moves,
        by_q={
            q: _outcome(table, replace(setting.options, q=q), setting.rounds)[1]
            for q in sorted({*QS, setting.options.q}, reverse=True)
        },
        over_draws=None,
        band=None,
        resting=None,
        tied=None,
    )
    return _with_draws(case, answer, setting) if setting.drawing.draws else answer


def check_size(table: OneIssue) -> None:
    """Refuse tables whose pairs do not fit."""
    n = len(table.parties)
    if n * n > MOST_PAIRS:
        raise MethodError(f"issues.{table.issue}.positions", f"{n} parties", f"at most {int(MOST_PAIRS**0.5)}")


def _outcome(table: OneIssue, options: Options, rounds: int) -> tuple[float, float]:
    found = run(table.position, table.capability, table.salience, options=options, rounds=rounds)
    return float(found.median[0, 0]), float(found.median[0, -1])


def path(table: OneIssue, options: Options, rounds: int) -> tuple[RoundRow, ...]:
    """Round by round, from a table of one row."""
    x, w, s = prepare(table.position, table.capability, table.salience)
    found = run(x, table.capability, s, options=options, rounds=rounds)
    rows = []
    for at, step in enumerate(rounds_of(x, w, s, options, rounds), start=1):
        rows.append(
            RoundRow(
                number=at,
                median=float(found.median[0, at]),
                mean=float(found.mean[0, at]),
                positions=dict(zip(table.parties, step.position[0].tolist(), strict=True)),
                exponents=dict(zip(table.parties, step.exponent[0].tolist(), strict=True)),
                moves=_moves(table.parties, x[0].tolist(), step),
            )
        )
        x = step.position
    return tuple(rows)


def _moves(parties: tuple[str, ...], before: list[float], step: Round) -> tuple[Move, ...]:
    return tuple(
        Move(
            party=parties[i],
            before=before[i],
            after=float(step.position[0, i]),
            challenger=parties[j],
            kind=KINDS[int(kind)],
            own=float(step.own[0, i, j]),
            other=float(step.others[0, i, j]),
            tied=bool(step.tied[0, i]),
        )
        for i, (kind, j) in enumerate(zip(step.kind[0], step.partner[0], strict=True))
        if kind != STAY
    )


def _with_draws(case: Case, answer: IssueChallenge, setting: Setting) -> IssueChallenge:
    ends, rest, ties = [], [], []
    for table in setting.drawing.tables(case, answer.issue):
        found = run(
            table.position,
            table.capability,
            table.salience,
            options=setting.options,
            rounds=setting.rounds,
            chunk=chunk_size(len(table.parties)),
        )
        ends.append(found.median[:, -1])
        rest.append(np.abs(found.median[:, -1] - found.median[:, -2]) <= 1e-6 * (answer.high - answer.low))
        ties.append(found.ties > 0)
    values = np.concatenate(ends)
    usual = (answer.low, answer.high) == (0, 100) and setting.error is not None
    return replace(
        answer,
        over_draws=distribution(values, answer.low, answer.high),
        band=widened(values, setting.error) if usual and setting.error is not None else None,
        resting=float(np.concatenate(rest).mean()),
        tied=float(np.concatenate(ties).mean()),
    )
