"""The findings of the graph model in the order in which an analyst wants them."""

from __future__ import annotations

from dragoman.solve._wording import listed
from dragoman.solve.graph._answer import MOST_TOLD, GraphAnswer, Way
from dragoman.solve.graph._case import Problem
from dragoman.solve.graph._inverse import Inverse
from dragoman.solve.graph._paths import Move
from dragoman.solve.graph._stability import CONCEPTS
from dragoman.solve.graph._uncertain import Robustness


def sentences(problem: Problem, answer: GraphAnswer) -> tuple[str, ...]:
    """The findings in words."""
    told = told_states(answer)
    words = [_equilibria_sentence(problem, answer, told)]
    words.extend(_way_sentence(problem, way) for way in answer.ways[:MOST_TOLD])
    if answer.status_quo is not None:
        broken = next((item for item in answer.reasons if item.state == answer.status_quo and not item.stable), None)
        if broken:
            words.append(f"The status quo does not hold: {broken.words}")
    words.extend(move.words for move in answer.joint_moves[:MOST_TOLD])
    if len(answer.joint_moves) > MOST_TOLD:
        words.append(
            f"{len(answer.joint_moves) - MOST_TOLD} more moves of coalitions at these states are in the answer."
        )
    if answer.coalition_equilibria is not None:
        words.append(_coalition_sentence(problem, answer))
    if answer.robustness:
        words.extend(_robust_sentences(problem, answer.robustness, told))
    if answer.inverse:
        words.append(_inverse_sentence(problem, answer.inverse))
    return tuple(words)


def told_states(answer: GraphAnswer) -> list[int]:
    """The equilibria under Nash or SEQ that are told: the most easily reached, else the first."""
    strong = sorted({*answer.equilibria["NASH"], *answer.equilibria["SEQ"]})
    return [way.state for way in answer.ways[:MOST_TOLD]] or strong[:MOST_TOLD]


def _equilibria_sentence(problem: Problem, answer: GraphAnswer, told: list[int]) -> str:
    strong = {*answer.equilibria["NASH"], *answer.equilibria["SEQ"]}
    extra = sorted({*answer.equilibria["GMR"], *answer.equilibria["SMR"]} - strong)
    tail = f" Deterrence by any means, harmful to the deterrer or not, would add {_some(problem, extra)}."
    tail = tail if extra else ""
    if not strong:
        return f"No state is an equilibrium under Nash or SEQ: somebody always has a move that pays.{tail}"
    held = {concept: set(answer.equilibria[concept]) for concept in CONCEPTS}
    named = "; ".join(
        f"[{problem.conflict.describe(state)}] ({', '.join(name for name in CONCEPTS if state in held[name])})"
        for state in told
    )
    more = f"; and {len(strong) - len(told)} more" if len(strong) > len(told) else ""
    one = len(strong) == 1
    return (
        f"{len(strong)} of {len(answer.states)} states {'is an equilibrium' if one else 'are equilibria'} under "
        f"Nash or SEQ: {named}{more}.{tail}"
    )


def _some(problem: Problem, states: list[int]) -> str:
    """The first of some states by name, and how many more there are."""
    shown = "; ".join(f"[{problem.conflict.describe(state)}]" for state in states[:MOST_TOLD])
    return f"{shown}; and {len(states) - MOST_TOLD} more" if len(states) > MOST_TOLD else shown


def _way_sentence(problem: Problem, way: Way) -> str:
    there = problem.conflict.describe(way.state)
    if way.best is None:
        return f"[{there}] cannot be reached from the status quo."
    if not way.best.moves:
        return f"[{there}] is the status quo itself."
    steps = "; ".join(
        f"{problem.conflict.parties[move.party]} goes to [{problem.conflict.describe(move.to)}]{_liking(problem, move)}"
        for move in way.best.moves
    )
    count = len(way.best.moves)
    worse = [move for move in way.best.moves if _change(problem, move) < 0]
    equal = way.best.exceptions - len(worse)
    parts = [f"{len(worse)} that the mover dislikes"] if worse else []
    parts += [f"{equal} that {'is' if equal == 1 else 'are'} all one to the mover"] if equal else []
    how = f"with {listed(parts)}" if parts else "through improvements only"
    return f"[{there}] is reached from the status quo in {count} move{'s' if count > 1 else ''}, {how}: {steps}."


def _change(problem: Problem, move: Move) -> int:
    ranks = problem.conflict.ranks[move.party]
    return int(ranks[move.to] - ranks[move.fro])


def _liking(problem: Problem, move: Move) -> str:
    change = _change(problem, move)
    return "" if change > 0 else " (which is all one to it)" if not change else " (which it likes less)"


def _coalition_sentence(problem: Problem, answer: GraphAnswer) -> str:
    found = answer.coalition_equilibria or {}
    strong = sorted({*found["NASH"], *found["SEQ"]})
    if not strong:
        return "No state holds against every coalition under Nash or SEQ."
    return f"Against every coalition, under Nash or SEQ: {_some(problem, strong)}."


def _robust_sentences(problem: Problem, found: Robustness, told: list[int]) -> list[str]:
    words = []
    for state in told:
        share = found.share["SEQ"][state]
        low, high = found.low["SEQ"][state], found.high["SEQ"][state]
        words.append(
            f"[{problem.conflict.describe(state)}] is a SEQ equilibrium in {share:.0%} of {found.draws} draws of the "
            f"preferences (95 % interval {low:.0%} to {high:.0%}): robustness, not probability."
        )
    if found.matters:
        first = found.matters[0]
        words.append(
            f"The preference judgement that matters most is {problem.conflict.parties[first.party]}'s "
            f"{_judged(problem, first.party, first.above)}: "
            f"reversed, it changes the share of [{problem.conflict.describe(first.state)}] by "
            f"{100 * first.change:+.0f} percentage points."
        )
    return words


def _judged(problem: Problem, party: int, above: int) -> str:
    """Two neighbouring statements, or tie groups, by what they say."""
    ordering = problem.orderings[party]
    if ordering.truth is not None:
        first, second = ordering.texts[above : above + 2]
        return f"“{first}” over “{second}”"
    first, second = (_some(problem, list(group)) for group in ordering.groups[above : above + 2])
    return f"{first} over {second}"


def _inverse_sentence(problem: Problem, inverse: Inverse) -> str:
    wanted = f"[{problem.conflict.describe(inverse.state)}]"
    if not inverse.unstable:
        return f"{wanted} is already an equilibrium under {inverse.concept}."
    who = ", ".join(problem.conflict.parties[party] for party in inverse.unstable)
    if not inverse.remedies:
        return (
            f"{wanted} is not stable for {who} under {inverse.concept}; none of {inverse.singles} single changes makes "
            f"it so, nor any of the {inverse.tried} combinations of up to {inverse.largest} that were tried."
        )
    first = " and ".join(change.words for change in inverse.remedies[0].changes)
    count, size = len(inverse.remedies), len(inverse.remedies[0].changes)
    kind = {1: "change", 2: "pair"}.get(size, "combination")
    many = f"{count} {kind}s" if count > 1 else f"one {kind}"
    of = {1: "", 2: " of changes"}.get(size, f" of {size} changes")
    return (
        f"{wanted} is not stable for {who} under {inverse.concept}; {many}{of} {'make' if count > 1 else 'makes'} it "
        f"an equilibrium, the first being: {first}."
    )
