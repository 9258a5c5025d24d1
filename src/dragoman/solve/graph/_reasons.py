"""Why a state is stable for a party, or why not, in words.

For a state s and a party i the improvements R_i^+(s) are taken one by one: the
first that nobody deters is why s is not stable; otherwise each is named with the
sanction that deters it and the moves that lead there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from dragoman.errors import UnknownNameError
from dragoman.solve.graph._conflict import Conflict
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._stability import CONCEPTS


@dataclass(frozen=True, kw_only=True)
class Deterrent:
    """What answers one improvement: the moves of the others, as (party, state reached), or None."""

    improvement: int
    answer: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Whether a state is stable for a party under a concept, on what, and the sentence that says so."""

    state: int
    party: int
    concept: str
    stable: bool
    deterrents: tuple[Deterrent, ...]
    words: str


def why(conflict: Conflict, state: int, party: int, concept: str, *, single_move: bool = False) -> Reason:
    """Why ``state`` is stable for ``party`` under ``concept``, or why not.

    Raises:
        UnknownNameError: the concept is none of NASH, SEQ, GMR, SMR.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    own = moves_of(conflict, party)
    improvements = own.from_state(state, improving=True).tolist()
    if concept == "NASH":
        found = tuple(Deterrent(improvement=step, answer=None) for step in improvements)
    else:
        others = {place: moves_of(conflict, place) for place in range(len(conflict.parties)) if place != party}
        deters = _sanction_test(conflict, own, state, party, escape_barred=concept == "SMR")
        found = tuple(
            Deterrent(
                improvement=step,
                answer=_answer(others, step, deters, improving=concept == "SEQ", single_move=single_move),
            )
            for step in improvements
        )
    stable = all(item.answer is not None for item in found)
    words = _in_words(conflict, state, party, concept, found, stable=stable)
    return Reason(state=state, party=party, concept=concept, stable=stable, deterrents=found, words=words)


def _sanction_test(
    conflict: Conflict, own: Moves, state: int, party: int, *, escape_barred: bool
) -> Callable[[int], bool]:
    ranks = conflict.ranks[party]
    level = ranks[state]

    def deters(x: int) -> bool:
        if ranks[x] > level:
            return False
        return not (escape_barred and bool((ranks[own.from_state(x)] > level).any()))

    return deters


def _answer(
    others: dict[int, Moves], start: int, deters: Callable[[int], bool], *, improving: bool, single_move: bool
) -> tuple[tuple[int, int], ...] | None:
    """The shortest sequence of the others' moves from ``start`` to a state that deters."""
    waiting: deque[tuple[int, tuple[tuple[int, int], ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        place, taken = waiting.popleft()
        for party, moves in others.items():
            for step in moves.from_state(place, improving=improving).tolist():
                if step in seen:
                    continue
                seen.add(step)
                answer = (*taken, (party, step))
                if deters(step):
                    return answer
                if not single_move:
                    waiting.append((step, answer))
    return None


def _in_words(
    conflict: Conflict, state: int, party: int, concept: str, found: tuple[Deterrent, ...], *, stable: bool
) -> str:
    who, here = conflict.parties[party], conflict.describe(state)
    if not found:
        return f"{who} stays at [{here}]: no move of its own takes it to a state that it prefers."
    if not stable:
        open_ = next(item for item in found if item.answer is None)
        there = conflict.describe(open_.improvement)
        tail = "" if concept == "NASH" else f", and {_nothing_deters(concept)}"
        return f"{who} leaves [{here}] for [{there}], which it prefers{tail}."
    first = found[0]
    more = f" (and so with {len(found) - 1} more)" if len(found) > 1 else ""
    return (
        f"{who} stays at [{here}]: it would prefer [{conflict.describe(first.improvement)}], but "
        f"{_steps(conflict, first.answer or ())}, which it likes no better than where it is{more}."
    )


def _nothing_deters(concept: str) -> str:
    by = "no sequence of improvements by the others" if concept == "SEQ" else "no sequence of the others' moves"
    tail = " from which it has no way out" if concept == "SMR" else ""
    return f"{by} leads from there to a state that it likes no better than this one{tail}"


def _steps(conflict: Conflict, answer: tuple[tuple[int, int], ...]) -> str:
    return ", then ".join(
        f"{conflict.parties[party]} can {'answer by going' if not place else 'go on'} to [{conflict.describe(step)}]"
        for place, (party, step) in enumerate(answer)
    )
