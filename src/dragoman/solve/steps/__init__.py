"""Steps: does a deal carried out step by step enforce itself?

Theory: repeated games with limited enforcement and gradualism (Schelling 1960, ch. 2;
Lockwood and Thomas 2002; Compte and Jehiel 2004); commitment problems (Fearon 1995);
guarantors (Walter 1997).

1. Every party's value V and best defection X in every step of a plan and in the
   standing phase after it; slack V - X; a plan holds when no slack is negative.
2. All at once against the best plan by fewest steps, greatest least slack and joint
   value, searched exactly; where none holds, the plan that comes nearest.
3. The smallest guarantee, the patience and the hazards at which a plan holds; what
   each guarantor adds.
4. Over draws of the judged values: the share in which all at once holds, some plan
   does, none does.
5. Both regimes of breakdown side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.errors import UnknownNameError
from dragoman.solve._methods import Method
from dragoman.solve.result import Result, result_of
from dragoman.solve.steps._answer import (
    BackerReport,
    Binding,
    PlanReport,
    RegimeReport,
    StepRow,
    StepsAnswer,
    plan_report,
    regime_report,
)
from dragoman.solve.steps._case import at_once, deal_of, plan_of
from dragoman.solve.steps._deal import Backer, Deal, Plan, Regime, check_plan
from dragoman.solve.steps._evaluate import Evaluation, evaluate
from dragoman.solve.steps._ranges import (
    Interval,
    Lever,
    break_even,
    hazard_intervals,
    patience_intervals,
    region,
    slack_curve,
    smallest_guarantee,
)
from dragoman.solve.steps._search import OBJECTIVES, Found, best_plan, can_search, pairs_of
from dragoman.solve.steps._table import plan_table, timeline
from dragoman.solve.steps._uncertain import Matter, Shares, shares
from dragoman.solve.steps._words import sentences

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "OBJECTIVES",
    "Backer",
    "BackerReport",
    "Binding",
    "Deal",
    "Evaluation",
    "Found",
    "Interval",
    "Lever",
    "Matter",
    "Plan",
    "PlanReport",
    "Regime",
    "RegimeReport",
    "Shares",
    "StepRow",
    "StepsAnswer",
    "at_once",
    "best_plan",
    "break_even",
    "can_search",
    "check_plan",
    "deal_of",
    "evaluate",
    "hazard_intervals",
    "pairs_of",
    "patience_intervals",
    "plan_of",
    "plan_report",
    "plan_table",
    "regime_report",
    "region",
    "shares",
    "slack_curve",
    "smallest_guarantee",
    "solve",
    "timeline",
]

METHOD = Method(
    name="steps",
    place=11,
    title="Steps",
    answers="whether a deal carried out step by step enforces itself",
    needs="measures",
)
REGIMES: tuple[Regime, ...] = ("credible", "snapback")
CITATION = "Own model after Schelling 1960; Fearon 1995; Walter 1997; Lockwood and Thomas 2002; Compte and Jehiel 2004"
CAVEATS = (
    "A breach is taken to be seen at once, unless the case gives a notice.",
    "Values add up over measures, and all parties know them all; the draws are the answer to the second.",
    "All values are judgements; a share of draws is robustness, not a probability.",
)


def solve(
    case: Case, *, method: str = "steps", draws: int = 1000, seed: int = 0, regimes: Sequence[Regime] = REGIMES
) -> Result:
    """Solve the steps of a case.

    Args:
        case: the case with measures, patience and, if wanted, guarantors and a plan.
        method: the name under which the result is filed.
        draws: draws of the judged values; 0 for the central values alone.
        seed: of the draws.
        regimes: the regimes of breakdown to compare.

    Raises:
        MethodError: the case lacks measures or patience, or a value leaves the model's domain.
        UnknownNameError: no such regime.
    """
    for name in regimes:
        if name not in REGIMES:
            raise UnknownNameError("regime", name, REGIMES)
    given = plan_of(case)
    reports = tuple(
        regime_report(
            deal_of(case, regime=regime),
            deal_of(case, regime=regime, draws=draws, seed=seed) if draws else None,
            given,
        )
        for regime in regimes
    )
    deal = deal_of(case)
    answer = StepsAnswer(parties=deal.parties, measures=deal.measures, regimes=reports)
    parameters = {"regimes": list(regimes)}
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(answer, notice=case.notice),
    )


def _warnings(answer: StepsAnswer, *, notice: int) -> tuple[str, ...]:
    words = [item.left_out for report in answer.regimes for item in report.searches if item.left_out]
    if notice:
        words.append(
            f"the search takes a breach to be seen at once; plans are then judged with {notice} steps of notice"
        )
    return tuple(dict.fromkeys(words))
