"""Challenge: who challenges whom, round by round (the expected-utility model).

Bueno de Mesquita 1984, 1994; as reconstructed by Scholz, Calbert and Smith 2011.

1. Every pair of actors: the votes of all others give the probability that one prevails
   over the other; with it each expects something of challenging the other.
2. The danger in which an actor stands gives its risk exponent; utilities are taken anew.
3. Offers: who expects more than the other wins a confrontation, who would lose less by
   meeting the challenger compromises, who would lose more gives in.  Each actor takes one
   offer, and all move at once.
4. The outcome is the weighted median after a number of rounds that is fixed beforehand.

Two readings: ``literal`` follows the paper, is unchanged by turning the scale round and
is the one for forecasts; ``faithful`` is what the public code computes, for replication.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dragoman.errors import MethodError
from dragoman.plain import to_plain
from dragoman.solve._distribution import DEU, Drawing
from dragoman.solve._methods import Method
from dragoman.solve.challenge._answer import (
    ChallengeAnswer,
    IssueChallenge,
    Move,
    RoundRow,
    Setting,
    issue_answer,
    path,
)
from dragoman.solve.challenge._options import FAITHFUL, LITERAL, VARIANTS, Options, options_of
from dragoman.solve.challenge._round import Round, prevail, risk_exponents
from dragoman.solve.challenge._run import Run, Stop, chunk_size, prepare, rounds_of, run
from dragoman.solve.challenge._words import sentences, warnings
from dragoman.solve.result import Result, TrackRecord, result_of
from dragoman.solve.spatial import issue_names, left_out

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "FAITHFUL",
    "LITERAL",
    "VARIANTS",
    "ChallengeAnswer",
    "IssueChallenge",
    "Move",
    "Options",
    "Round",
    "RoundRow",
    "Run",
    "Stop",
    "chunk_size",
    "options_of",
    "path",
    "prepare",
    "prevail",
    "risk_exponents",
    "rounds_of",
    "run",
    "solve",
]

METHOD = Method(
    name="challenge",
    place=4,
    title="Challenge",
    answers="who challenges whom, round by round (expected utility)",
    needs="issues",
    outcome=True,
)
ROUNDS = 8
CHUNK = 4096
ERROR = 27.94
CITATION = "Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011"
RECORD = TrackRecord(value=ERROR, n=351, source=f"{DEU}; a constant 50: 27.96; the weighted mean: 22.99")
CAVEATS = (
    "On known outcomes the model has done no better than always saying 50, and worse than the weighted mean.",
    "The model need not settle; the number of rounds is fixed beforehand and not chosen by the result.",
    "Issues are taken one at a time; capabilities and saliences stay as they are through all rounds.",
)


def solve(
    case: Case,
    *,
    method: str = "challenge",
    draws: int = 1000,
    seed: int = 0,
    variant: str = "literal",
    rounds: int = ROUNDS,
    issues: str | Iterable[str] | None = None,
    chunk: int = CHUNK,
    **switches: Any,
) -> Result:
    """The challenge model on every issue.

    Args:
        case: the case, with positions, saliences and capabilities.
        method: the name under which the result is filed.
        draws: draws of the uncertain values; 0 for the central values alone.
        seed: of the draws.
        variant: "literal" (for forecasts) or "faithful" (for replication).
        rounds: the stopping round, the same for every draw.
        issues: one or several; by default all.
        chunk: draws read at once; results do not depend on it.
        **switches: fields of :class:`Options` that differ from the variant's.

    Raises:
        UnknownNameError: no such variant, switch or issue.
        MethodError: a number outside the model's domain.
    """
    options = options_of(variant, switches)
    if not isinstance(rounds, int) or rounds < 1:
        raise MethodError("rounds", str(rounds), "a whole number of at least 1")
    names = issue_names(case, issues)
    record = RECORD if options == LITERAL else TrackRecord()
    setting = Setting(
        options=options,
        rounds=rounds,
        drawing=Drawing(draws=draws, seed=seed, chunk=chunk),
        error=record.value,
    )
    answer = ChallengeAnswer(
        variant=variant,
        options=options,
        stopping_round=rounds,
        issues=tuple(issue_answer(case, name, setting) for name in names),
    )
    parameters = {"variant": variant, "rounds": rounds, "issues": list(names), **to_plain(options)}
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        track_record=record,
        caveats=CAVEATS,
        warnings=(*warnings(answer), *left_out(case)),
    )
