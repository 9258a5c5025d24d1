"""The definitions of the graph model, searched state by state: slow, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from dragoman.solve.graph import Conflict


def moves(conflict: Conflict, party: int, state: int) -> list[int]:
    """R_i(s), straight from the definition."""
    here = int(conflict.states[state])
    return [
        other
        for other, bits in enumerate(conflict.states.tolist())
        if other != state
        and all(_allowed(conflict, party, here, bits, place) for place in range(len(conflict.options)))
    ]


def _allowed(conflict: Conflict, party: int, here: int, there: int, place: int) -> bool:
    option = conflict.options[place]
    before, after = here >> place & 1, there >> place & 1
    if before == after:
        return True
    if option.owner != party:
        return False
    return option.moves == "both" or (option.moves == "forward") == bool(after)


def improvements(conflict: Conflict, party: int, state: int) -> list[int]:
    """R_i^+(s)."""
    rank = conflict.ranks[party]
    return [other for other in moves(conflict, party, state) if rank[other] > rank[state]]


def reached(conflict: Conflict, group: Iterable[int], state: int, *, improving: bool = False) -> set[int]:
    """R_H(s) or R_H^+(s): by legal sequences, no party twice in a row; nodes are (state, last mover)."""
    group = list(group)
    step = improvements if improving else moves
    seen: set[tuple[int, int]] = set()
    waiting = [(state, -1)]
    while waiting:
        place, last = waiting.pop()
        for party in group:
            if party == last:
                continue
            for other in step(conflict, party, place):
                if (other, party) not in seen:
                    seen.add((other, party))
                    waiting.append((other, party))
    return {place for place, _ in seen}


def reached_each_once(conflict: Conflict, group: Iterable[int], state: int, *, improving: bool = False) -> set[int]:
    """By sequences of moves, or improvements, in which no member of the group moves twice."""
    step = improvements if improving else moves
    return {
        place
        for party in group
        for other in step(conflict, party, state)
        for place in (
            other,
            *reached_each_once(conflict, [one for one in group if one != party], other, improving=improving),
        )
    }


def reached_by_improvements(conflict: Conflict, state: int) -> set[int]:
    """Where improvements of anybody, one after another, lead."""
    seen: set[int] = set()
    waiting = [state]
    while waiting:
        place = waiting.pop()
        new = {to for party in range(len(conflict.parties)) for to in improvements(conflict, party, place)} - seen
        seen |= new
        waiting += sorted(new)
    return seen


def stable(conflict: Conflict, party: int, state: int, concept: str, *, sanctions: str = "sequences") -> bool:
    """Whether ``state`` is stable for ``party``, by the definitions."""
    rank = conflict.ranks[party]
    better = improvements(conflict, party, state)
    if concept == "NASH":
        return not better
    others = [other for other in range(len(conflict.parties)) if other != party]
    for step in better:
        if sanctions == "each-once":
            answers = reached_each_once(conflict, others, step, improving=concept == "SEQ")
        elif sanctions == "one-move":
            answers = {
                x for other in others for x in (improvements if concept == "SEQ" else moves)(conflict, other, step)
            }
        else:
            answers = reached(conflict, others, step, improving=concept == "SEQ")
        deterring = {x for x in answers if rank[x] <= rank[state]}
        if concept == "SMR":
            deterring = {x for x in deterring if all(rank[y] <= rank[state] for y in moves(conflict, party, x))}
        if not deterring:
            return False
    return True


def coalition_stable(conflict: Conflict, members: tuple[int, ...], state: int, concept: str) -> bool:
    """Whether ``state`` is stable for a coalition, by the definitions."""
    others = [party for party in range(len(conflict.parties)) if party not in members]

    def all_prefer(new: int) -> bool:
        return all(conflict.ranks[party][new] > conflict.ranks[party][state] for party in members)

    better = [step for step in reached(conflict, members, state) if all_prefer(step)]
    if concept == "NASH":
        return not better
    for step in better:
        answers = reached(conflict, others, step, improving=concept == "SEQ")
        deterring = {x for x in answers if not all_prefer(x)}
        if concept == "SMR":
            deterring = {x for x in deterring if not any(all_prefer(y) for y in reached(conflict, members, x))}
        if not deterring:
            return False
    return True


def least_cover_size(conflict: Conflict, party: int, state: int, concept: str) -> int:
    """The size of the smallest set of states whose demotion below ``state`` makes it stable, by trying all sets."""
    rank = conflict.ranks[party].copy()
    above = [other for other in range(len(rank)) if rank[other] > rank[state]]
    for size in range(len(above) + 1):
        for chosen in combinations(above, size):
            ranks = conflict.ranks.copy() * 2 + 1
            ranks[party, list(chosen)] = ranks[party, state] - 1
            lower = Conflict(parties=conflict.parties, options=conflict.options, states=conflict.states, ranks=ranks)
            if stable(lower, party, state, concept):
                return size
    return len(above)
