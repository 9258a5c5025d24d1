"""SMP: the spatial model of politics, many issues at once (KAPSARC's KTAB).

Wise, Lester and Efird 2015, as computed by the public toolkit KTAB.

1. An election among all positions gives each actor's chance of winning, and this its
   attitude to risk.
2. Each actor, by its own estimate of all others, challenges whom it gains most from.
3. A challenge makes a bargain between the two; the status quo stands beside it.
4. Each actor takes the option of its queue that all actors together would elect.
5. All move at once; the model rests when a turn moves less than 2 % of the first.

The computed path gives the same numbers as KTAB to the last digit where KTAB's own do
not hang on the timing of its threads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dragoman.plain import to_plain
from dragoman.solve._methods import Method
from dragoman.solve.result import Result, result_of
from dragoman.solve.smp._answer import Challenge, Choice, Endings, IssueOutcome, Round, SmpAnswer, answer_of
from dragoman.solve.smp._case import Accommodation, Setting, input_of, setting
from dragoman.solve.smp._challenge import Challenges, challenges
from dragoman.solve.smp._draws import Draws, over_draws
from dragoman.solve.smp._options import Options
from dragoman.solve.smp._random import KtabUniforms, SeededUniforms, mersenne_twister
from dragoman.solve.smp._run import STATUSES, Ends, Input, Path, Step, ends, path, prepare
from dragoman.solve.smp._state import Actors, State, assess, estimated_utilities
from dragoman.solve.smp._turn import Turn, turn
from dragoman.solve.smp._words import caveats, sentences, turn_in_words, warnings

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "STATUSES",
    "Actors",
    "Challenge",
    "Challenges",
    "Choice",
    "Draws",
    "Endings",
    "Ends",
    "Input",
    "IssueOutcome",
    "KtabUniforms",
    "Options",
    "Path",
    "Round",
    "SeededUniforms",
    "Setting",
    "SmpAnswer",
    "State",
    "Step",
    "Turn",
    "assess",
    "challenges",
    "ends",
    "estimated_utilities",
    "mersenne_twister",
    "over_draws",
    "path",
    "prepare",
    "solve",
    "turn",
    "turn_in_words",
]

METHOD = Method(
    name="smp",
    place=5,
    title="Spatial model (SMP)",
    answers="the spatial model of politics over all issues at once",
    needs="issues",
    outcome=True,
)
CITATION = "Wise, Lester and Efird 2015 (the Spatial Model of Politics; KAPSARC Toolkit for Behavioral Analysis, KTAB)"


def solve(
    case: Case,
    *,
    method: str = "smp",
    draws: int = 1000,
    seed: int = 0,
    issues: str | Iterable[str] | None = None,
    saliences: str | None = None,
    absent: str = "mean",
    accommodation: Accommodation | None = None,
    ktab_seed: int | None = None,
    chunk: int | None = None,
    jobs: int = 1,
    **options: Any,
) -> Result:
    """Solve a case by the spatial model of politics.

    Args:
        case: the case, with positions, saliences and capabilities of 3 to 250 parties.
        method: the name under which the result is filed.
        draws: draws of the uncertain values; 0 for the central values alone.
        seed: of the draws.
        issues: one or several; by default all but side disputes.
        saliences: "given" (they add up to at most 1 a party) or "mean" (divided by the number
            of issues); by default "given" where that is possible in every draw.
        absent: "mean" places a party that takes no part in an issue at the mean of the others,
            without salience; "error" refuses.
        accommodation: by party and party, how far the first's ideal goes to the second's position
            (of itself 1 unless given: its ideal follows its own moves).
        ktab_seed: with Stochastic transitions, take KTAB's generator under this seed for the run
            on the central values.
        chunk: draws held at once; results do not depend on it.
        jobs: processes that share the draws, 0 for all cores; results do not depend on it.
        **options: the fields of :class:`Options`.

    Raises:
        UnknownNameError: no such issue, party or value of an option.
        MethodError: the case lacks something, or a number leaves the model's domain.
    """
    chosen = Options(**options)
    names = (issues,) if isinstance(issues, str) else None if issues is None else tuple(issues)
    how = setting(case, names, saliences=saliences, absent=absent, accommodation=accommodation)
    given = input_of(case.arrays(how.issues), how)
    uniforms = SeededUniforms(seed=seed) if ktab_seed is None else KtabUniforms(seed=ktab_seed)
    run = path(given, chosen, uniforms)
    drawn = over_draws(case, how, chosen, draws=draws, seed=seed, chunk=chunk, jobs=jobs)
    answer = answer_of(case, how, run, given.actors, drawn)
    parameters = {
        "issues": list(how.issues),
        "saliences": how.saliences,
        "absent": absent,
        "accommodation": accommodation,
        "ktab_seed": ktab_seed,
        **to_plain(chosen),
    }
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=caveats(chosen),
        warnings=warnings(case, how, answer, chosen),
    )
