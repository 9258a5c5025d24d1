"""The numbers of the case: each with its range, its reason and the words of articles that it rests on.

Whatever a method says follows from these; a number that a method prints leads here, and
from here to the articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Choice, Column, Filter, Table, count_of, number_cell, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, head, numbered, one_of, whole
from dragoman.show.views.power import scenario_filter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Anchor, Case, Grounds, Quantity
    from dragoman.show.blocks import Evidence

    Numbers = Sequence[tuple[Quantity, Grounds]]

ROWS = 200
RESTS = ("", "evidence", "reason", "nothing")
REST_NAMES = {"": "anything", "evidence": "words of articles", "reason": "a reason only", "nothing": "nothing stated"}


@dataclass(frozen=True, kw_only=True)
class CasePage(View):
    """The page."""

    filters: tuple[Filter, ...]
    numbers: Table


def build(desk: Desk, query: Query) -> CasePage:
    """The page for this query: ``part`` (of the case file), ``rests`` (on what), ``scenario``, ``page``.

    Raises:
        InputError: the desk has no case, or the query names what is not there.
    """
    case = desk.case_of(query.get("scenario") or None)
    grounds_of = case.grounds()
    every = tuple((number, grounds_of[number.path]) for number in case.numbers())
    parts = tuple(dict.fromkeys(part_of(number) for number, _ in every))
    part, rests = one_of(query, "part", ("", *parts), ""), one_of(query, "rests", RESTS, "")
    chosen = [
        (number, grounds)
        for number, grounds in every
        if part in {"", part_of(number)} and rests in {"", rests_on(grounds)}
    ]
    return numbered(
        CasePage(
            head=head(desk, "case", "Numbers of the case", lead_of(every), query=query),
            filters=(
                scenario_filter(desk, query),
                Filter(
                    name="part",
                    title="Part",
                    choices=tuple(Choice(value=p, text=p or "all", chosen=p == part) for p in ("", *parts)),
                ),
                Filter(
                    name="rests",
                    title="Rests on",
                    choices=tuple(Choice(value=r, text=REST_NAMES[r], chosen=r == rests) for r in RESTS),
                ),
            ),
            numbers=number_table(desk, case, chosen, whole(query, "page", 1)),
        )
    )


def part_of(number: Quantity) -> str:
    """The part of the case file in which a number stands."""
    return number.path.split(".")[0]


def rests_on(grounds: Grounds) -> str:
    """On what a number rests: evidence, a reason, or nothing."""
    return "evidence" if grounds.evidence else "reason" if grounds.because else "nothing"


def lead_of(every: Numbers) -> str:
    """How many numbers there are and on what they rest."""
    counts = {kind: sum(rests_on(grounds) == kind for _, grounds in every) for kind in RESTS[1:]}
    return (
        f"{count_of(len(every), 'number')} judged by a person: {counts['evidence']} rest on words of articles, "
        f"{counts['reason']} on a stated reason alone, {counts['nothing']} on nothing that the case says."
    )


def number_table(desk: Desk, case: Case, chosen: Numbers, page: int) -> Table:
    """One page of numbers, in the order of the case."""
    columns = (
        Column(name="path", title="Number", note="its place in the case file"),
        Column(name="party", title="Party"),
        Column(name="value", title="Value", kind="number"),
        Column(name="low", title="Low", kind="number"),
        Column(name="high", title="High", kind="number"),
        Column(name="because", title="Because", wide=True),
    )
    shown = chosen[(page - 1) * ROWS : page * ROWS]
    found = _fetch.places(desk, [anchor for _, grounds in shown for anchor in grounds.evidence])
    rows = tuple(_row(case, number, grounds, found) for number, grounds in shown)
    return Table(
        name="numbers",
        title="Numbers",
        columns=columns,
        rows=rows,
        total=len(chosen),
        page=page,
        pages=max(1, -(-len(chosen) // ROWS)),
        empty="No number answers to this.",
        note="Figures in brackets lead to the words in the articles; low and high are the ends of the judged range.",
    )


def _row(case: Case, number: Quantity, grounds: Grounds, found: Mapping[Anchor, Evidence]) -> tuple[Cell, ...]:
    low, high = number.range()
    party = next((case.parties[key].name for key in number.path.split(".") if key in case.parties), "")
    reason = grounds.because
    return (
        text_cell(number.path),
        text_cell(party),
        _value(number.central()),
        _value(low),
        _value(high),
        Cell(
            text=reason or ("" if grounds.evidence else "nothing stated"),
            tone="" if reason or grounds.evidence else "warn",
            evidence=tuple(dict.fromkeys(found[anchor] for anchor in grounds.evidence if anchor in found)),
        ),
    )


def _value(value: float) -> Cell:
    """A number with as many decimals as it has, four at most."""
    digits = len(f"{value:.4f}".rstrip("0").partition(".")[2])
    return number_cell(value, digits)


__all__ = ["CasePage", "build"]
