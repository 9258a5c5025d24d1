"""What would make a wanted state hold: the least changes, what was searched, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import MethodError
from dragoman.show.blocks import Column, Point, Table, count_of, joined, number_cell, ref, text_cell
from dragoman.show.views._words import the

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.show.views._base import Query
    from dragoman.solve.graph import GraphAnswer, Inverse

MOST_REMEDIES = 15
MOST_OBSTACLES = 4
KIND_NAMES = {"preference": "preference", "binding": "binding", "ban": "off the table"}


def name_of(answer: GraphAnswer, state: int | None) -> str:
    """``7: US stops exercises + DPRK freezes tests``."""
    return "" if state is None else f"{state + 1}: {answer.states[state].words}"


def asked(case: Case, target: int | None, concept: str) -> Inverse | MethodError | None:
    """The least changes that would make the target hold, or why they cannot be looked for."""
    if target is None:
        return None
    from dragoman.solve.graph import problem_of, remedies_for

    try:
        return remedies_for(problem_of(case), target, concept)
    except MethodError as error:
        return error


def obstacle_points(answer: GraphAnswer, inverse: Inverse | MethodError | None, query: Query) -> tuple[Point, ...]:
    """For each party for whom the target is not stable, the fewest states that it would have to stop preferring."""
    if inverse is None or isinstance(inverse, MethodError):
        return ()
    return tuple(
        Point(
            text=f"{answer.names[party]} would have to stop preferring {count_of(len(states), 'state')} to it",
            detail="; ".join(name_of(answer, state) for state in states[:MOST_OBSTACLES]),
            ref=ref("graph", scenario=query.get("scenario"), concept=query.get("concept"), state=states[0] + 1),
            tone="warn",
        )
        for party, states in inverse.must_demote
        if states
    )


def remedy_table(answer: GraphAnswer, inverse: Inverse | MethodError | None) -> Table | None:
    """The least sets of changes that would make the target hold; None where nothing was asked or it holds."""
    if inverse is None or isinstance(inverse, MethodError) or not inverse.unstable:
        return None
    columns = (
        Column(name="n", title="No.", kind="number"),
        Column(name="changes", title="What would do", wide=True),
        Column(name="parties", title="Whose move"),
        Column(name="kinds", title="Kind", note="a preference, an option bound, or an option taken off the table"),
        Column(name="size", title="Changes", kind="number"),
    )
    rows = tuple(
        (
            number_cell(n),
            text_cell("; ".join(change.words for change in remedy.changes)),
            text_cell(joined(dict.fromkeys(answer.names[c.party] for c in remedy.changes if c.party is not None))),
            text_cell(joined(dict.fromkeys(KIND_NAMES[change.kind] for change in remedy.changes))),
            number_cell(len(remedy.changes)),
        )
        for n, remedy in enumerate(inverse.remedies[:MOST_REMEDIES], 1)
    )
    return Table(
        name="remedies",
        title="",
        columns=columns,
        rows=rows,
        total=len(inverse.remedies),
        empty="None within what was searched.",
        note=search_note(answer, inverse),
    )


def inverse_note(answer: GraphAnswer, inverse: Inverse | MethodError | None) -> str:
    """Whether the target holds, for whom it does not, and how many changes it takes at the least."""
    if inverse is None:
        return ""
    if isinstance(inverse, MethodError):
        return str(inverse)
    if not inverse.unstable:
        return f"It holds already under {inverse.concept}."
    who = joined(the(answer.names[party]) for party in inverse.unstable)
    return f"Under {inverse.concept} it does not hold for {who}. {_found(inverse)}"


def _found(inverse: Inverse) -> str:
    """How many changes it takes, in one sentence."""
    if not inverse.remedies:
        return "Nothing that was searched makes it hold."
    size, count = len(inverse.remedies[0].changes), len(inverse.remedies)
    if size == 1:
        return "One change is enough." if count == 1 else f"One change is enough; {count} would each do."
    how = (
        "one combination was found"
        if count == 1
        else f"{count} such combinations were found{'' if inverse.complete else ' before the search stopped'}"
    )
    return f"No single change is enough; {size} together are: {how}."


def search_note(answer: GraphAnswer, inverse: Inverse) -> str:
    """What was searched, and what was not."""
    singles = (
        f"Searched: {inverse.singles} single changes (a statement dropped, moved or put first, an option bound or "
        "taken off the table)"
    )
    if not inverse.tried and not inverse.unsettled:
        return f"{singles}."
    limit = "all of them" if inverse.complete else "the search stopped there"
    stuck = joined(the(answer.names[party]) for party in inverse.unsettled)
    none = f" Nothing that was tried settles {stuck} by itself." if stuck else ""
    return (
        f"{singles}, then {inverse.tried} combinations of up to {inverse.largest} changes, each of which settles a "
        f"party by itself ({limit}).{none} Changes that only do something together are not searched."
    )
