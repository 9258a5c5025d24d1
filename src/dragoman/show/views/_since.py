"""Whether what happened since a day changes the judgement: the case as of then and as of now.

The record tells what was published since; the judgement changes only where a person
dated a new value into the case.  Both are said: the numbers that changed, and what
follows from them by the method with the best record and by whether there is a deal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.errors import CaseError, MethodError
from dragoman.show.blocks import Column, Point, Table, count_of, fixed, joined, number_cell, ref, signed, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._blocking import title_of
from dragoman.show.views._words import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.desk.session import Desk
    from dragoman.model import Case, Quantity

SAME = 0.05
MOST_MOVED = 6


@dataclass(frozen=True, kw_only=True)
class Since:
    """The verdict in words, the numbers that changed, and the forecasts then and now."""

    verdict: str
    moved: tuple[Point, ...]
    table: Table


def judged_since(desk: Desk, since: str | None) -> Since:
    """The judgement as of a day beside that of now."""
    if desk.case is None or since is None:
        return Since(verdict="", moved=(), table=_table(None, since, {}, {}))
    case, now = desk.case, _fetch.means(desk.case)
    try:
        then = case.as_known_on(date.fromisoformat(since))
    except CaseError:
        text = f"It cannot be said: the case has not a value for every number on {day_text(since)}."
        return Since(verdict=text, moved=(), table=_table(case, since, {}, now))
    pairs = changed_numbers(then, case)
    before = _fetch.means(then) if pairs else now
    deals = changed_deals(then, desk) if pairs else []
    return Since(
        verdict=verdict_of(since, len(pairs), moved_issues(case, before, now), deals),
        moved=tuple(_moved_point(case, old, new) for old, new in pairs[:MOST_MOVED]),
        table=_table(case, since, before, now),
    )


def changed_numbers(then: Case, now: Case) -> list[tuple[Quantity | None, Quantity]]:
    """The numbers of the case that had another value, or none, then."""
    before = {number.path: number for number in then.numbers()}
    return [
        (old, new)
        for new in now.numbers()
        if (old := before.get(new.path)) is None or (old.central(), old.range()) != (new.central(), new.range())
    ]


def changed_deals(then: Case, desk: Desk) -> list[str]:
    """For each package on which the answer to whether there is a deal is another than then, what it was and is."""
    from dragoman.solve import solve

    try:
        before = {item.issues: item for item in solve("nodeal", then, draws=0).answer.packages}
        after = desk.result("nodeal", draws=0).answer.packages
    except MethodError:
        return []
    words = {True: "a deal was possible", False: "no deal was possible"}
    return [
        f"on {title_of(desk.case_of(), item)} {words[before[item.issues].agreement]} then, and "
        f"{'one is' if item.agreement else 'none is'} now"
        for item in after
        if item.issues in before and before[item.issues].agreement != item.agreement
    ]


def moved_issues(case: Case, then: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """The issues whose forecast is another than then."""
    return [case.issues[key].name for key in now if key in then and abs(now[key] - then[key]) >= SAME]


def verdict_of(since: str, numbers: int, issues: list[str], deals: list[str]) -> str:
    """Whether the judgement is another, in a sentence or two."""
    if not numbers:
        return (
            f"Not yet looked at: nobody has given a number of the case a new value after {day_text(since)}, "
            "or said that what was published since changes none."
        )
    changed = f"{count_of(numbers, 'number')} of the case changed"
    if not issues and not deals:
        return f"No: {changed}, but neither a forecast nor whether there is a deal."
    moved = f"the forecast of {joined(issues)} moves" if issues else "no forecast moves"
    told = "; ".join(deals) or "whether there is a deal is judged as it was"
    return f"Yes: {changed}; {moved}. {told[:1].upper()}{told[1:]}."


def _moved_point(case: Case, old: Quantity | None, new: Quantity) -> Point:
    keys = new.path.split(".")
    party = next((case.parties[key].name for key in keys if key in case.parties), "")
    issue = next((case.issues[key].name for key in keys if key in case.issues), "")
    about = ", ".join(part for part in (party, issue, keys[-1].replace("_", " ")) if part)
    before = "no value" if old is None else fixed(old.central(), 1)
    return Point(
        text=f"{about}: {before} then, {fixed(new.central(), 1)} now",
        detail=new.because,
        ref=ref("case", part=keys[0]),
        tone="held",
    )


def _table(case: Case | None, since: str | None, then: Mapping[str, float], now: Mapping[str, float]) -> Table:
    """Each issue's forecast as of then and as of now."""
    columns = (
        Column(name="issue", title="Issue"),
        Column(name="then", title=f"As of {day_text(since)}" if since else "Then", kind="number"),
        Column(name="now", title="Now", kind="number"),
        Column(name="change", title="Change", kind="number"),
    )
    rows = tuple(
        (
            text_cell(case.issues[issue].name, ref("forecast", issue=issue)),
            number_cell(then.get(issue), 1),
            number_cell(value, 1),
            text_cell(signed(value - then[issue]) if issue in then else "no value then"),
        )
        for issue, value in now.items()
        if case is not None
    )
    return Table(
        name="then",
        title="",
        columns=columns,
        rows=rows,
        empty="The case has no issue to forecast.",
        note=(
            "Weighted mean of positions, the method with the best record; the case's numbers as they stood on each day."
        ),
    )
