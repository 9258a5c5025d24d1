"""The graph model for conflict resolution (GMCR) on a case.

Sources: Fang, Hipel, Kilgour, *Interactive Decision Making* (1993); Xu, Hipel,
Kilgour, Fang, *Conflict Resolution Using the Graph Model* (2018).

1. Feasible states and ranks from options, infeasible patterns and preferences.
2. Stability for every party: Nash and SEQ first; GMR and SMR as what deterrence by
   any means would add.
3. Paths from the status quo to every equilibrium; attractors and cycles.
4. Reasons in words, and the share of draws of the preferences in which each state
   is an equilibrium.
5. On request the inverse question for a wanted state, and coalitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import UnknownNameError
from dragoman.plain import hash_of
from dragoman.solve.graph._answer import GraphAnswer, StateRow, Way, reasons_for, rows_of, sentences, ways_to
from dragoman.solve.graph._case import Ordering, Problem, problem_of
from dragoman.solve.graph._coalitions import coalition_equilibria, coalition_stability
from dragoman.solve.graph._conflict import (
    Conflict,
    Option,
    feasible_states,
    ranks_from_groups,
    ranks_from_statements,
)
from dragoman.solve.graph._cover import least_cover
from dragoman.solve.graph._edits import Change
from dragoman.solve.graph._inverse import Inverse, Remedy, remedies_for
from dragoman.solve.graph._paths import Attractor, Move, Network, Path
from dragoman.solve.graph._reasons import Deterrent, Reason, why
from dragoman.solve.graph._stability import CONCEPTS, Stability, analyse
from dragoman.solve.graph._uncertain import SWAP, Judgement, Robustness, robustness
from dragoman.solve.result import Result

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "CONCEPTS",
    "Attractor",
    "Change",
    "Conflict",
    "Deterrent",
    "GraphAnswer",
    "Inverse",
    "Judgement",
    "Move",
    "Network",
    "Option",
    "Ordering",
    "Path",
    "Problem",
    "Reason",
    "Remedy",
    "Robustness",
    "Stability",
    "StateRow",
    "Way",
    "analyse",
    "coalition_equilibria",
    "coalition_stability",
    "feasible_states",
    "least_cover",
    "problem_of",
    "ranks_from_groups",
    "ranks_from_statements",
    "remedies_for",
    "robustness",
    "solve",
    "why",
]

CITATION = "Fang, Hipel, Kilgour 1993; Xu, Hipel, Kilgour, Fang 2018; Inohara, Hipel 2008; Kinsara et al. 2015"
CAVEATS = (
    "Preferences are judgements, and ordinal: nothing says how much a party prefers one state to another.",
    "GMR and SMR admit sanctions that hurt the sanctioner; lead with Nash and SEQ.",
    "A share of draws is robustness to the stated uncertainty, not a probability.",
)


def solve(
    case: Case,
    *,
    method: str = "graph",
    draws: int = 1000,
    seed: int = 0,
    target: Sequence[str] | None = None,
    concept: str = "SEQ",
    single_move_sanctions: bool = False,
    coalitions: bool = False,
    swap: float = SWAP,
) -> Result:
    """Solve the graph model of a case.

    Args:
        case: the case with options, preferences and, for paths, a status quo.
        method: the name under which the result is filed.
        draws: draws of the preferences; 0 for none.
        seed: of the draws.
        target: the options taken in a wanted state, for the inverse question.
        concept: the concept of the inverse question and of the judgement that matters most.
        single_move_sanctions: a sanction is one move by one other party, as in some public tools.
        coalitions: also the states that are stable for every coalition.
        swap: probability that neighbouring statements change places in a draw, where the case states none.

    Raises:
        MethodError: the case lacks options or preferences, or ``target`` is not a feasible state.
        UnknownNameError: an unknown concept or option.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    problem = problem_of(case)
    conflict = problem.conflict
    stability = analyse(conflict, single_move=single_move_sanctions)
    equilibria = {name: tuple(stability.equilibria(name).tolist()) for name in CONCEPTS}
    strong = sorted(set(equilibria["NASH"]) | set(equilibria["SEQ"]))
    told = [*([conflict.status_quo] if conflict.status_quo is not None else []), *strong]
    wanted = None if target is None else _state_of(problem, target)
    network = Network(conflict)
    answer = GraphAnswer(
        parties=conflict.parties,
        options=tuple(option.name for option in conflict.options),
        status_quo=conflict.status_quo,
        states=rows_of(problem, stability),
        equilibria=equilibria,
        ways=ways_to(network, strong),
        attractors=network.attractors(conflict.status_quo),
        reasons=reasons_for(problem, list(dict.fromkeys(told)), ("NASH", "SEQ"), single_move=single_move_sanctions),
        coalition_equilibria=_coalitional(conflict) if coalitions else None,
        robustness=robustness(problem, draws=draws, seed=seed, swap=swap, concept=concept) if draws else None,
        inverse=remedies_for(problem, wanted, concept) if wanted is not None else None,
    )
    parameters = {
        "target": list(target) if target is not None else None,
        "concept": concept,
        "single_move_sanctions": single_move_sanctions,
        "coalitions": coalitions,
        "swap": swap,
    }
    return Result(
        method=method,
        answer=answer,
        reasons=sentences(problem, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        input_hash=hash_of([case.input_hash, parameters]),
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(conflict),
    )


def _coalitional(conflict: Conflict) -> dict[str, tuple[int, ...]]:
    return {name: tuple(np.flatnonzero(flags).tolist()) for name, flags in coalition_equilibria(conflict).items()}


def _state_of(problem: Problem, target: Sequence[str]) -> int:
    for name in target:
        if name not in problem.option_ids:
            raise UnknownNameError("target", name, problem.option_ids)
    names = [problem.conflict.options[problem.option_ids.index(name)].name for name in target]
    return problem.conflict.index_of(dict.fromkeys(names, True))


def _warnings(conflict: Conflict) -> tuple[str, ...]:
    ties = [
        party
        for party, ranks in zip(conflict.parties, conflict.ranks, strict=True)
        if len(np.unique(ranks)) < len(ranks) / 2
    ]
    return tuple(f"{party} is indifferent between more than half of the states" for party in ties)
