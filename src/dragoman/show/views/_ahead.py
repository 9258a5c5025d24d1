"""Who is ahead between two parties: their rows of the table of states, compared figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Choice, Filter, Point, Table, joined, ref
from dragoman.show.views._words import the

if TYPE_CHECKING:
    from dragoman.show.views._base import Query

FIGURES = ((1, "states met"), (2, "states met at leaders’ level"), (3, "meetings"))


def pair_filters(table: Table, query: Query) -> tuple[Filter, ...]:
    """Two fields that pick the parties to compare, from the states of the table."""
    return tuple(_picker(table, query, name, title) for name, title in (("a", "Meetings of"), ("b", "with")))


def _picker(table: Table, query: Query, name: str, title: str) -> Filter:
    chosen = query.get(name, "")
    named = sorted(((_entity(row), row[0].text) for row in table.rows), key=lambda pair: pair[1])
    kept = [(chosen, chosen.partition(":")[2] or chosen)] if chosen and chosen not in dict(named) else []
    choices = [("", "anybody"), *kept, *named]
    return Filter(
        name=name,
        title=title,
        value=chosen,
        choices=tuple(Choice(value=value, text=text, chosen=value == chosen) for value, text in choices),
    )


def _entity(row: tuple[Cell, ...]) -> str:
    """The state of a row: it is named by the list that the row's number of meetings leads to."""
    return next((value for cell in row if cell.ref for key, value in cell.ref.query if key == "a"), "")


def who_is_ahead(table: Table, query: Query) -> Point | None:
    """Which of the two states of the query is ahead, by each figure; None where they are not two of the table."""
    rows = {_entity(row): row for row in table.rows}
    a, b = rows.get(query.get("a", "")), rows.get(query.get("b", ""))
    if a is None or b is None or a is b:
        return None
    figures = [(words, a[at].value, b[at].value) for at, words in FIGURES]
    leads = {
        name: [words for words, x, y in figures if _more(x, y) == sign]
        for name, sign in ((a[0].text, 1), (b[0].text, -1))
    }
    told = [f"{the(name)} is ahead by {joined(words)}" for name, words in leads.items() if words]
    text = "; ".join(told) or f"{the(a[0].text)} and {the(b[0].text)} are level"
    return Point(
        text=f"{text[:1].upper()}{text[1:]}.",
        detail=f"{the(a[0].text)} first: "
        + "; ".join(f"{words} {_plain(x)} against {_plain(y)}" for words, x, y in figures)
        + ".",
        ref=ref("contacts", anchor="ahead"),
    )


def _more(x: object, y: object) -> int:
    first, second = (value if isinstance(value, (int, float)) else 0 for value in (x, y))
    return (first > second) - (first < second)


def _plain(value: object) -> str:
    return "none" if not value else str(value)
