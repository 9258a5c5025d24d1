"""The answer of the graph model to a case, and the sentences that lead it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.solve.graph._case import Problem
from dragoman.solve.graph._inverse import Inverse
from dragoman.solve.graph._paths import Attractor, Network, Path
from dragoman.solve.graph._reasons import Reason, why
from dragoman.solve.graph._stability import CONCEPTS, Stability
from dragoman.solve.graph._uncertain import Robustness

MOST_TOLD = 6


@dataclass(frozen=True, kw_only=True)
class StateRow:
    """One feasible state: the options taken, its rank for each party (higher is better), and for whom it is stable.

    ``stable`` maps a concept to the parties for whom the state is stable.
    """

    index: int
    taken: tuple[str, ...]
    words: str
    ranks: tuple[int, ...]
    stable: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a state is reached from the status quo.

    ``improving`` goes through improvements only (None: there is no such path); ``best`` has
    the fewest moves that somebody dislikes, then the fewest moves (None: out of reach).
    """

    state: int
    improving: Path | None
    best: Path | None


@dataclass(frozen=True, kw_only=True)
class GraphAnswer:
    """Everything that the graph model says of a case; states are named by index into ``states``."""

    parties: tuple[str, ...]
    options: tuple[str, ...]
    status_quo: int | None
    states: tuple[StateRow, ...]
    equilibria: dict[str, tuple[int, ...]]
    ways: tuple[Way, ...]
    attractors: tuple[Attractor, ...]
    reasons: tuple[Reason, ...]
    coalition_equilibria: dict[str, tuple[int, ...]] | None
    robustness: Robustness | None
    inverse: Inverse | None


def rows_of(problem: Problem, stability: Stability) -> tuple[StateRow, ...]:
    """A row for each feasible state."""
    conflict = problem.conflict
    return tuple(
        StateRow(
            index=index,
            taken=tuple(name for place, name in enumerate(problem.option_ids) if int(bits) >> place & 1),
            words=conflict.describe(index),
            ranks=tuple(conflict.ranks[:, index].tolist()),
            stable={
                concept: tuple(
                    party for place, party in enumerate(conflict.parties) if stability.by_concept[concept][place, index]
                )
                for concept in CONCEPTS
            },
        )
        for index, bits in enumerate(conflict.states)
    )


def ways_to(network: Network, states: Sequence[int]) -> tuple[Way, ...]:
    """How each of ``states`` is reached from the status quo; nothing where there is no status quo."""
    start = network.conflict.status_quo
    if start is None:
        return ()
    paths = network.paths_from(start)
    found = {state: paths.get(state) for state in states}
    return tuple(
        Way(state=state, improving=path if path is not None and not path.exceptions else None, best=path)
        for state, path in found.items()
    )


def reasons_for(
    problem: Problem, states: Sequence[int], concepts: Sequence[str], *, single_move: bool
) -> tuple[Reason, ...]:
    """Why each of ``states`` is stable or not, for every party and concept."""
    return tuple(
        why(problem.conflict, state, party, concept, single_move=single_move)
        for state in states
        for concept in concepts
        for party in range(len(problem.conflict.parties))
    )


def sentences(problem: Problem, answer: GraphAnswer) -> tuple[str, ...]:
    """The findings in the order in which an analyst wants them."""
    words = [_equilibria_sentence(problem, answer)]
    words.extend(_way_sentence(problem, way) for way in _told_ways(answer))
    if answer.status_quo is not None:
        broken = next((item for item in answer.reasons if item.state == answer.status_quo and not item.stable), None)
        if broken:
            words.append(f"The status quo does not hold: {broken.words}")
    if answer.robustness:
        words.extend(_robust_sentences(problem, answer.robustness, answer.equilibria))
    if answer.inverse:
        words.append(_inverse_sentence(problem, answer.inverse))
    return tuple(words)


def _told_ways(answer: GraphAnswer) -> list[Way]:
    """The ways to the states most easily reached: fewest disliked moves, then fewest moves."""

    def hard(way: Way) -> tuple[bool, int, int, int]:
        path = way.best
        return (path is None, path.exceptions if path else 0, len(path.moves) if path else 0, way.state)

    return sorted(answer.ways, key=hard)[:MOST_TOLD]


def _equilibria_sentence(problem: Problem, answer: GraphAnswer) -> str:
    strong = sorted(set(answer.equilibria["NASH"]) | set(answer.equilibria["SEQ"]))
    if not strong:
        return "No state is an equilibrium under Nash or SEQ: somebody always has a move that pays."
    told = [way.state for way in _told_ways(answer)] or strong[:MOST_TOLD]
    named = "; ".join(f"[{problem.conflict.describe(state)}] ({_concepts_of(answer, state)})" for state in told)
    if len(strong) > len(told):
        named += f"; and {len(strong) - len(told)} more"
    extra = sorted((set(answer.equilibria["GMR"]) | set(answer.equilibria["SMR"])) - set(strong))
    tail = f" Deterrence by any means, harmful to the deterrer or not, would add {len(extra)} more." if extra else ""
    return f"{len(strong)} of {len(answer.states)} states are equilibria under Nash or SEQ: {named}.{tail}"


def _concepts_of(answer: GraphAnswer, state: int) -> str:
    return ", ".join(concept for concept in CONCEPTS if state in answer.equilibria[concept])


def _way_sentence(problem: Problem, way: Way) -> str:
    there = problem.conflict.describe(way.state)
    if way.best is None:
        return f"[{there}] cannot be reached from the status quo."
    if not way.best.moves:
        return f"[{there}] is the status quo itself."
    steps = "; ".join(
        f"{problem.conflict.parties[move.party]} goes to [{problem.conflict.describe(move.to)}]"
        + ("" if move.improves else " (which it does not prefer)")
        for move in way.best.moves
    )
    count = len(way.best.moves)
    how = "through improvements only" if way.improving else f"with {way.best.exceptions} that the mover dislikes"
    return f"[{there}] is reached from the status quo in {count} move{'s' if count > 1 else ''}, {how}: {steps}."


def _robust_sentences(problem: Problem, found: Robustness, equilibria: dict[str, tuple[int, ...]]) -> list[str]:
    words = []
    for state in sorted(set(equilibria["NASH"]) | set(equilibria["SEQ"]))[:MOST_TOLD]:
        share = found.share["SEQ"][state]
        low, high = found.low["SEQ"][state], found.high["SEQ"][state]
        words.append(
            f"[{problem.conflict.describe(state)}] is a SEQ equilibrium in {share:.0%} of {found.draws} draws of the "
            f"preferences (95 % interval {low:.0%} to {high:.0%}): robustness, not probability."
        )
    if found.matters:
        first = found.matters[0]
        ordering = problem.orderings[first.party]
        pair = ordering.texts[first.above : first.above + 2]
        judged = f"“{pair[0]}” over “{pair[1]}”" if pair else f"tie group {first.above + 1} over the next"
        words.append(
            f"The preference judgement that matters most is {problem.conflict.parties[first.party]}'s {judged}: "
            f"reversed, it changes the share of [{problem.conflict.describe(first.state)}] by "
            f"{100 * first.change:+.0f} percentage points."
        )
    return words


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
