"""Why a state is stable for a party, or why not, in words.

For a state s and a party i the improvements R_i^+(s) are taken one by one, each named
with the shortest sanction that deters it and the moves that lead there, up to the first
that nobody deters: that one is why s is not stable.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.errors import UnknownNameError
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, moves_of
from dragoman.solve.graph._paths import spread
from dragoman.solve.graph._stability import CONCEPTS, Sanctions, check_sanctions


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


def why(
    conflict: Conflict,
    state: int,
    party: int,
    concept: str,
    *,
    sanctions: Sanctions = "sequences",
    moves: Sequence[Moves] = (),
) -> Reason:
    """Why ``state`` is stable for ``party`` under ``concept``, or why not.

    Raises:
        UnknownNameError: the concept is none of NASH, SEQ, GMR, SMR, or there is no such rule of sanctions.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    check_sanctions(sanctions, len(conflict.parties))
    made = list(moves) or [moves_of(conflict, place) for place in range(len(conflict.parties))]
    own = made[party]
    improvements = own.from_state(state, improving=True).tolist()
    found: list[Deterrent] = []
    if concept == "NASH":
        found = [Deterrent(improvement=step, answer=None) for step in improvements]
    elif improvements:
        others = [place for place in range(len(made)) if place != party]
        deters: Flags = (own.greatest(own.rank) if concept == "SMR" else own.rank) <= own.rank[state]
        for step in improvements:
            answer = _answer(made, others, step, deters, improving=concept == "SEQ", sanctions=sanctions)
            found.append(Deterrent(improvement=step, answer=answer))
            if answer is None:
                break
    stable = all(item.answer is not None for item in found)
    words = _in_words(conflict, (state, party, concept), found, stable=stable, sanctions=sanctions)
    return Reason(state=state, party=party, concept=concept, stable=stable, deterrents=tuple(found), words=words)


def _answer(
    moves: Sequence[Moves],
    others: Sequence[int],
    start: int,
    deters: Flags,
    *,
    improving: bool,
    sanctions: Sanctions,
) -> tuple[tuple[int, int], ...] | None:
    """The shortest sequence of the others' moves from ``start`` to a state that deters."""
    if not others:
        return None
    if sanctions != "sequences":
        longest = 1 if sanctions == "one-move" else len(others)
        return _short_answer(moves, others, start, deters, improving=improving, longest=longest)
    found = spread([moves[place] for place in others], start, "improving" if improving else "any", until=deters)
    if found.met is None:
        return None
    states = found.trace(found.met)
    return tuple((_mover(moves, others, fro, to, improving=improving), to) for fro, to in pairwise(states))


def _mover(moves: Sequence[Moves], others: Sequence[int], fro: int, to: int, *, improving: bool) -> int:
    return next(place for place in others if to in moves[place].from_state(fro, improving=improving))


def _short_answer(
    moves: Sequence[Moves],
    others: Sequence[int],
    start: int,
    deters: Flags,
    *,
    improving: bool,
    longest: int,
) -> tuple[tuple[int, int], ...] | None:
    """The same where nobody moves twice, in at most ``longest`` moves."""
    waiting: deque[tuple[int, tuple[tuple[int, int], ...]]] = deque([(start, ())])
    seen = {(start, frozenset[int]())}
    while waiting:
        place, taken = waiting.popleft()
        gone = frozenset(party for party, _ in taken)
        for party in others:
            if party in gone:
                continue
            for step in moves[party].from_state(place, improving=improving).tolist():
                answer = (*taken, (party, step))
                if deters[step]:
                    return answer
                if len(answer) < longest and (step, gone | {party}) not in seen:
                    seen.add((step, gone | {party}))
                    waiting.append((step, answer))
    return None


def _in_words(
    conflict: Conflict, of: tuple[int, int, str], found: Sequence[Deterrent], *, stable: bool, sanctions: Sanctions
) -> str:
    state, party, concept = of
    who, here = conflict.parties[party], conflict.describe(state)
    if not found:
        return f"{who} stays at [{here}]: no move of its own takes it to a state that it prefers."
    if not stable:
        open_ = next(item for item in found if item.answer is None)
        there = conflict.describe(open_.improvement)
        tail = "" if concept == "NASH" else f", and {_nothing_deters(concept, sanctions)}"
        return f"{who} leaves [{here}] for [{there}], which it prefers{tail}."
    first = found[0]
    more = f" (and so with {len(found) - 1} more)" if len(found) > 1 else ""
    return (
        f"{who} stays at [{here}]: it would prefer [{conflict.describe(first.improvement)}], but "
        f"{_steps(conflict, first.answer or ())}, which it likes no better than where it is{more}."
    )


def _nothing_deters(concept: str, sanctions: Sanctions) -> str:
    what = "improvement" if concept == "SEQ" else "move"
    by = {
        "sequences": f"no sequence of {what}s by the others",
        "each-once": f"no sequence of {what}s in which each of the others moves at most once",
        "one-move": f"no single {what} by one of the others",
    }[sanctions]
    tail = " from which it has no way out" if concept == "SMR" else ""
    return f"{by} leads from there to a state that it likes no better than this one{tail}"


def _steps(conflict: Conflict, answer: tuple[tuple[int, int], ...]) -> str:
    return ", then ".join(
        f"{conflict.parties[party]} can {'answer by going' if not place else 'go on'} to [{conflict.describe(step)}]"
        for place, (party, step) in enumerate(answer)
    )
