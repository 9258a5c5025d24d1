"""Single changes of a conflict, as the inverse question tries them: what each is in words, and how it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.solve.graph._case import Ordering, Problem, columns
from dragoman.solve.graph._conflict import Flags


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: its kind (preference, binding, ban), whom it concerns, and what it is in words."""

    kind: str
    party: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change as it is carried out: another ordering of a party, or an option (by place) bound or banned."""

    change: Change
    ordering: Ordering | None = None
    place: int | None = None


def applied(problem: Problem, edits: Sequence[Edit]) -> Problem:
    """The problem with the edits made: preferences first, for a ban takes states away."""
    for edit in edits:
        if edit.ordering is not None and edit.change.party is not None:
            problem = problem.with_ordering(edit.change.party, edit.ordering)
    for edit in edits:
        if edit.place is not None:
            problem = (_bound if edit.change.kind == "binding" else _banned)(problem, edit.place)
    return problem


def edits_of(problem: Problem, bits: int) -> Iterator[Edit]:
    """Every single change; an option that the wanted state takes is not taken off the table."""
    for party, ordering in enumerate(problem.orderings):
        for words, new in (*moved(ordering), *added(problem, ordering)):
            yield preference(problem, party, words, new)
    yield from _option_edits(problem, bits)


def preference(problem: Problem, party: int, words: str, new: Ordering) -> Edit:
    name = problem.conflict.parties[party]
    return Edit(change=Change(kind="preference", party=party, words=f"{name} {words}"), ordering=new)


def moved(ordering: Ordering) -> Iterator[tuple[str, Ordering]]:
    """One statement dropped or moved."""
    texts = ordering.texts if ordering.truth is not None else ()
    places = list(range(len(texts)))
    for place in places:
        rest = places[:place] + places[place + 1 :]
        yield f"no longer cares whether “{texts[place]}”", _taken(ordering, rest)
        for new in range(len(texts)):
            if new not in (place, place - 1):
                order = [*rest[:new], place, *rest[new:]]
                above = "above" if new < place else "below"
                yield f"puts “{texts[place]}” {above} “{texts[new]}”", _taken(ordering, order)


def added(problem: Problem, ordering: Ordering) -> Iterator[tuple[str, Ordering]]:
    """One option wanted, or not wanted, above all."""
    if ordering.truth is None:
        return
    taken = columns(problem.option_ids, problem.conflict.states)
    for identifier, option in zip(problem.option_ids, problem.conflict.options, strict=True):
        for yes in (True, False):
            row = taken[identifier] if yes else ~taken[identifier]
            words = f"comes to want above all that “{option.name}” is {'taken' if yes else 'not taken'}"
            truth = np.vstack([row, ordering.truth])
            yield words, replace(ordering, texts=(words, *ordering.texts), truth=truth)


def _taken(ordering: Ordering, places: Sequence[int]) -> Ordering:
    if ordering.truth is None:
        return ordering
    return replace(ordering, texts=tuple(ordering.texts[place] for place in places), truth=ordering.truth[list(places)])


def _option_edits(problem: Problem, bits: int) -> Iterator[Edit]:
    conflict = problem.conflict
    for place, option in enumerate(conflict.options):
        name = conflict.parties[option.owner]
        if option.moves == "both":
            words = f"{name} binds itself: “{option.name}”, once taken, cannot be taken back"
            yield Edit(change=Change(kind="binding", party=option.owner, words=words), place=place)
        if not bits >> place & 1 and not _keeps(problem, place).all():
            words = f"“{option.name}” is taken off the table ({name} can no longer choose it)"
            yield Edit(change=Change(kind="ban", party=option.owner, words=words), place=place)


def _bound(problem: Problem, place: int) -> Problem:
    """The problem with an option that, once taken, stays taken."""
    options = tuple(
        replace(old, moves="forward") if index == place else old for index, old in enumerate(problem.conflict.options)
    )
    return replace(problem, conflict=replace(problem.conflict, options=options))


def _keeps(problem: Problem, place: int) -> Flags:
    return np.asarray((problem.conflict.states >> place & 1) == 0)


def _banned(problem: Problem, place: int) -> Problem:
    """The problem without the states in which an option is taken."""
    return _restricted(problem, _keeps(problem, place))


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
