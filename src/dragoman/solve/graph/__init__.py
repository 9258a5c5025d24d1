"""The graph model for conflict resolution (GMCR) on a case.

Sources: Fang, Hipel, Kilgour, *Interactive Decision Making* (1993); Xu, Hipel,
Kilgour, Fang, *Conflict Resolution Using the Graph Model* (2018).

1. Feasible states and ranks from options, infeasible patterns and preferences.
2. Stability for every party: Nash and SEQ first; GMR and SMR as what deterrence by
   any means would add.
3. Paths from the status quo to every equilibrium; attractors and cycles.
4. Reasons in words, and the share of draws of the preferences in which each state
   is an equilibrium.
5. At the states that are told, what coalitions could do; on request the states that
   hold against every coalition, and the inverse question for a wanted state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from warnings import warn

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._methods import Method
from dragoman.solve.graph._answer import GraphAnswer, StateRow, StateTable, Way, reasons_for, ways_to
from dragoman.solve.graph._case import Ordering, Problem, problem_of
from dragoman.solve.graph._coalitions import (
    MOST_PARTIES,
    JointMove,
    coalition_equilibria,
    coalition_stability,
    joint_moves,
)
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
from dragoman.solve.graph._moves import moves_of
from dragoman.solve.graph._paths import Attractor, Move, Network, Path
from dragoman.solve.graph._reasons import Deterrent, Reason, why
from dragoman.solve.graph._stability import CONCEPTS, SANCTIONS, Sanctions, Stability, analyse
from dragoman.solve.graph._uncertain import SWAP, Judgement, Robustness, draws_within, robustness
from dragoman.solve.graph._words import sentences, told_states
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "CONCEPTS",
    "SANCTIONS",
    "Attractor",
    "Change",
    "Conflict",
    "Deterrent",
    "GraphAnswer",
    "Inverse",
    "JointMove",
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
    "Sanctions",
    "Stability",
    "StateRow",
    "StateTable",
    "Way",
    "analyse",
    "coalition_equilibria",
    "coalition_stability",
    "feasible_states",
    "joint_moves",
    "least_cover",
    "problem_of",
    "ranks_from_groups",
    "ranks_from_statements",
    "remedies_for",
    "robustness",
    "solve",
    "why",
]

METHOD = Method(
    name="graph",
    place=10,
    title="Conflict graph",
    answers="which states are stable for whom, and how one gets there",
    needs="options",
)
MOST_WITH_COALITIONS = 1 << 15
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
    sanctions: Sanctions = "sequences",
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
        sanctions: what others may answer with: any ``sequences`` of their moves; ``each-once``,
            sequences in which each moves at most once; ``one-move``, one move by one of them.
        single_move_sanctions: up to 0.2 the name of ``sanctions="one-move"``.
        coalitions: also the states that are stable for every coalition.
        swap: probability that neighbouring statements change places in a draw, where the case states none.

    Raises:
        MethodError: the case lacks options or preferences, or ``target`` is not a feasible state.
        UnknownNameError: an unknown concept, rule of sanctions or option.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    if single_move_sanctions:
        warn('single_move_sanctions is now sanctions="one-move"', DeprecationWarning, stacklevel=3)
        sanctions = "one-move"
    problem = problem_of(case)
    conflict = problem.conflict
    wanted = None if target is None else _state_of(problem, target)
    moves = [moves_of(conflict, party) for party in range(len(conflict.parties))]
    stability = analyse(conflict, sanctions=sanctions, moves=moves)
    equilibria = {name: tuple(stability.equilibria(name).tolist()) for name in CONCEPTS}
    strong = np.union1d(stability.equilibria("NASH"), stability.equilibria("SEQ"))
    network = Network(conflict, moves)
    found = None if conflict.status_quo is None else network.spread_from(conflict.status_quo)
    made = draws_within(draws, len(conflict.states)) if draws else 0
    bare = GraphAnswer(
        parties=problem.party_ids,
        names=conflict.parties,
        options=problem.option_ids,
        status_quo=conflict.status_quo,
        sanctions=sanctions,
        states=StateTable(problem, stability),
        equilibria=equilibria,
        ways=ways_to(network, found, strong),
        attractors=network.attractors(found),
        reasons=(),
        joint_moves=(),
        coalition_equilibria=_coalitional(conflict) if coalitions else None,
        robustness=robustness(problem, draws=made, seed=seed, swap=swap, concept=concept, sanctions=sanctions)
        if made
        else None,
        inverse=remedies_for(problem, wanted, concept, sanctions=sanctions) if wanted is not None else None,
    )
    told = list(dict.fromkeys([*([] if found is None else [found.start]), *told_states(bare)]))
    large = len(conflict.states) > MOST_WITH_COALITIONS
    together = 1 < len(conflict.parties) <= MOST_PARTIES
    answer = replace(
        bare,
        reasons=reasons_for(problem, told, ("NASH", "SEQ"), sanctions, moves),
        joint_moves=joint_moves(conflict, told[: 1 if large else None], "SEQ", moves, sanctions) if together else (),
    )
    parameters = {
        "target": list(target) if target is not None else None,
        "concept": concept,
        "sanctions": sanctions,
        "coalitions": coalitions,
        "swap": swap,
    }
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(problem, answer),
        parameters=parameters,
        seed=seed,
        draws=made,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(conflict, asked=draws, made=made),
    )


def _coalitional(conflict: Conflict) -> dict[str, tuple[int, ...]]:
    return {name: tuple(np.flatnonzero(flags).tolist()) for name, flags in coalition_equilibria(conflict).items()}


def _state_of(problem: Problem, target: Sequence[str]) -> int:
    for name in target:
        if name not in problem.option_ids:
            raise UnknownNameError("target", name, problem.option_ids)
    bits = sum(1 << problem.option_ids.index(name) for name in set(target))
    found = int(problem.conflict.find(np.array([bits], dtype=np.int64))[0])
    if found < 0:
        raise MethodError("target", problem.conflict.describe_bits(bits), "a feasible state")
    return found


def _warnings(conflict: Conflict, *, asked: int, made: int) -> tuple[str, ...]:
    states = len(conflict.states)
    ties = [
        party for party, ranks in zip(conflict.parties, conflict.ranks, strict=True) if np.ptp(ranks) + 1 < states / 2
    ]
    words = [f"{party} is indifferent between more than half of the states" for party in ties]
    if made < asked:
        words.append(f"{made or 'no'} draws of the preferences were made instead of {asked}: there are {states} states")
    if not 1 < len(conflict.parties) <= MOST_PARTIES:
        words.append(f"moves of coalitions were not looked for: {len(conflict.parties)} parties")
    return tuple(words)
