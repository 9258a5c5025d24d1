"""The mediator's question: what makes a wanted state an equilibrium?

Source: Kinsara, Petersons, Hipel, Kilgour, *Advanced decision support for the graph
model* (2015), for the inverse problem; the levels below are this program's own.

1. At the level of preferences: one statement dropped, moved, or added (an option that
   the party would come to want, or not to want, at the head of its list).
2. At the level of options: an option bound (made irreversible, so that what is taken
   stays taken), or taken off the table; and interventions that the caller names, such
   as the scenarios of a case.
3. If no single change does it, pairs of the changes of preferences and options.
4. Behind it a bound: the least number of states that a party must stop preferring to
   the wanted one, an integer programme solved exactly (HiGHS).  Others' preferences
   are held fixed, so no claim of a least change is made where two parties are unstable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.graph._case import Ordering, Problem, columns
from dragoman.solve.graph._coalitions import reach
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._stability import analyse

MOST_PAIRS = 4000
MOST_STATES = 2048


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: its kind (preference, binding, ban, scenario), whom it concerns, and what it is in words."""

    kind: str
    party: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Changes that together make the wanted state an equilibrium."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Inverse:
    """What was found for one wanted state and concept.

    ``unstable`` lists the parties for whom it is not stable now; ``must_demote`` gives for
    each of them the states that a least cover demotes.
    """

    state: int
    concept: str
    unstable: tuple[int, ...]
    remedies: tuple[Remedy, ...]
    must_demote: tuple[tuple[int, tuple[int, ...]], ...]
    pairs_tried: int
    pairs_left_out: int


def remedies_for(problem: Problem, state: int, concept: str, *, pairs: bool = True) -> Inverse:
    """The single changes, else the pairs, that make ``state`` an equilibrium under ``concept``.

    Raises:
        MethodError: the conflict is larger than this search is meant for.
    """
    conflict = problem.conflict
    if len(conflict.states) > MOST_STATES:
        raise MethodError("inverse question", f"{len(conflict.states)} states", f"at most {MOST_STATES}")
    bits = int(conflict.states[state])
    unstable = tuple(np.flatnonzero(~analyse(conflict).by_concept[concept][:, state]).tolist())
    if not unstable:
        return Inverse(
            state=state, concept=concept, unstable=(), remedies=(), must_demote=(), pairs_tried=0, pairs_left_out=0
        )
    changed = list(_single_changes(problem))
    single = [Remedy(changes=(change,)) for change, made in changed if _holds(made, bits, concept)]
    tried, left_out = 0, 0
    double: list[Remedy] = []
    if pairs and not single:
        double, tried, left_out = _pairs(problem, [change for change, _ in changed], bits, concept)
    covers = tuple((party, least_cover(conflict, party, state, concept)) for party in unstable)
    return Inverse(
        state=state,
        concept=concept,
        unstable=unstable,
        remedies=tuple(single or double),
        must_demote=covers,
        pairs_tried=tried,
        pairs_left_out=left_out,
    )


def _holds(problem: Problem, bits: int, concept: str) -> bool:
    place = int(problem.conflict.find(np.array([bits], dtype=np.int64))[0])
    return place >= 0 and bool(analyse(problem.conflict).by_concept[concept][:, place].all())


def _single_changes(problem: Problem) -> Iterator[tuple[Change, Problem]]:
    for party, ordering in enumerate(problem.orderings):
        if ordering.truth is not None:
            for words, new in _statement_changes(problem, ordering):
                name = problem.conflict.parties[party]
                change = Change(kind="preference", party=party, words=f"{name} {words}")
                yield change, problem.with_ordering(party, new)
    yield from _option_changes(problem)


def _statement_changes(problem: Problem, ordering: Ordering) -> Iterator[tuple[str, Ordering]]:
    truth, texts = ordering.truth, ordering.texts
    if truth is None:
        return
    places = list(range(len(texts)))
    for place in places:
        rest = places[:place] + places[place + 1 :]
        yield f"no longer cares whether “{texts[place]}”", _taken(ordering, rest)
        for new in range(len(texts)):
            if new not in (place, place - 1):
                moved = [*rest[:new], place, *rest[new:]]
                above = "above" if new < place else "below"
                yield f"puts “{texts[place]}” {above} “{texts[new]}”", _taken(ordering, moved)
    taken = columns(problem.option_ids, problem.conflict.states)
    for identifier, option in zip(problem.option_ids, problem.conflict.options, strict=True):
        for yes in (True, False):
            row = taken[identifier] if yes else ~taken[identifier]
            words = f"comes to want above all that “{option.name}” is {'taken' if yes else 'not taken'}"
            yield words, replace(ordering, texts=(words, *texts), truth=np.vstack([row, truth]))


def _taken(ordering: Ordering, places: Sequence[int]) -> Ordering:
    if ordering.truth is None:
        return ordering
    return replace(ordering, texts=tuple(ordering.texts[place] for place in places), truth=ordering.truth[list(places)])


def _option_changes(problem: Problem) -> Iterator[tuple[Change, Problem]]:
    conflict = problem.conflict
    for place, option in enumerate(conflict.options):
        name = conflict.parties[option.owner]
        if option.moves == "both":
            bound = tuple(
                replace(old, moves="forward") if index == place else old for index, old in enumerate(conflict.options)
            )
            words = f"{name} binds itself: “{option.name}”, once taken, cannot be taken back"
            yield (
                Change(kind="binding", party=option.owner, words=words),
                replace(problem, conflict=replace(conflict, options=bound)),
            )
        keep = (conflict.states >> place & 1) == 0
        if keep.any() and not keep.all():
            words = f"“{option.name}” is taken off the table ({name} can no longer choose it)"
            yield Change(kind="ban", party=option.owner, words=words), _restricted(problem, keep)


def _restricted(problem: Problem, keep: Flags) -> Problem:
    """The problem with only some of its states."""
    conflict = problem.conflict
    place = np.cumsum(keep) - 1
    orderings = tuple(
        replace(
            ordering,
            truth=ordering.truth[:, keep] if ordering.truth is not None else None,
            groups=tuple(
                group
                for group in (tuple(int(place[state]) for state in old if keep[state]) for old in ordering.groups)
                if group
            ),
        )
        for ordering in problem.orderings
    )
    quo = conflict.status_quo
    return replace(
        problem,
        conflict=replace(
            conflict,
            states=conflict.states[keep],
            ranks=conflict.ranks[:, keep],
            status_quo=int(place[quo]) if quo is not None and keep[quo] else None,
        ),
        orderings=orderings,
    )


def _pairs(problem: Problem, changes: Sequence[Change], bits: int, concept: str) -> tuple[list[Remedy], int, int]:
    """Every pair of changes (the second applied to what the first made), up to a stated number."""
    total = len(changes) * (len(changes) - 1) // 2
    found: list[Remedy] = []
    tried = 0
    for first, made in _single_changes(problem):
        seen_first = changes.index(first)
        for second, both in _single_changes(made):
            if second not in changes or changes.index(second) <= seen_first:
                continue
            tried += 1
            if tried > MOST_PAIRS:
                return found, MOST_PAIRS, total - MOST_PAIRS
            if _holds(both, bits, concept):
                found.append(Remedy(changes=(first, second)))
    return found, tried, 0


def least_cover(conflict: Conflict, party: int, state: int, concept: str) -> tuple[int, ...]:
    """The fewest states that ``party`` must stop preferring to ``state`` for it to be stable, others fixed.

    Every improvement t must be demoted itself or have a reachable sanction that is, or is made,
    no better than ``state``; under SMR the sanction's own escapes must be demoted too.
    """
    own = moves_of(conflict, party)
    above = conflict.ranks[party] > conflict.ranks[party, state]
    improvements = own.from_state(state, improving=True)
    if not len(improvements):
        return ()
    if concept == "NASH":
        return tuple(improvements.tolist())
    others = [place for place in range(len(conflict.parties)) if place != party]
    reached = reach(conflict, others, improving=concept == "SEQ")
    bundles = {
        sanction: frozenset(_to_demote(own, above, sanction, escapes=concept == "SMR"))
        for sanction in np.flatnonzero(reached[improvements].any(axis=0)).tolist()
    }
    needs = [
        [frozenset({step}), *(bundles[x] for x in np.flatnonzero(reached[step]).tolist())]
        for step in improvements.tolist()
    ]
    return _smallest_choice(needs)


def _to_demote(own: Moves, above: Flags, sanction: int, *, escapes: bool) -> Iterator[int]:
    if above[sanction]:
        yield sanction
    if escapes:
        yield from (step for step in own.from_state(sanction).tolist() if above[step])


def _smallest_choice(needs: Sequence[Sequence[frozenset[int]]]) -> tuple[int, ...]:
    """The fewest states such that every need has one bundle wholly among them (integer programme)."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    open_needs = [bundles for bundles in needs if frozenset() not in bundles]
    if not open_needs:
        return ()
    states = sorted(frozenset().union(*(bundle for bundles in open_needs for bundle in bundles)))
    bundles = sorted({bundle for need in open_needs for bundle in need}, key=sorted)
    size = len(states) + len(bundles)
    rows = sum(len(bundle) for bundle in bundles) + len(open_needs)
    matrix, low = lil_array((rows, size)), np.zeros(rows)
    row = 0
    for place, bundle in enumerate(bundles):
        for state in bundle:
            matrix[row, states.index(state)], matrix[row, len(states) + place] = 1, -1
            row += 1
    for need in open_needs:
        for bundle in set(need):
            matrix[row, len(states) + bundles.index(bundle)] = 1
        low[row] = 1
        row += 1
    cost = np.concatenate([np.ones(len(states)), np.zeros(len(bundles))])
    answer = milp(
        cost,
        constraints=LinearConstraint(matrix.tocsr(), low, np.inf),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
    )
    if answer.x is None:
        raise MethodError("least cover", f"the integer programme gave no answer ({answer.message})", "a solution")
    return tuple(state for place, state in enumerate(states) if answer.x[place] > 0.5)
