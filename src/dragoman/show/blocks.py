"""What pages are made of: references, evidence, tables, charts, notes.

Every value that a page shows is one of these frozen dataclasses.  A :class:`Ref`
says where a number leads without knowing addresses: the server, the offline file
and the paper each resolve it in their own way (``links.py``).  Tables carry both
what is printed and what is sorted, so that the page, its JSON twin and its CSV
download are the same rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "number", "date", "flag"]
Value = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Ref:
    """Where something leads: a page, its query, an item on it, an anchor."""

    page: str
    item: str = ""
    query: tuple[tuple[str, str], ...] = ()
    anchor: str = ""


def ref(page: str, item: str = "", anchor: str = "", **query: object) -> Ref:
    """A reference; query values that are None or empty are left out."""
    kept = tuple((key, str(value)) for key, value in query.items() if value not in (None, ""))
    return Ref(page=page, item=item, query=kept, anchor=anchor)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One place in one article: who printed it, when, and the words."""

    article: str
    outlet: str
    title: str
    published: str | None
    start: int
    end: int
    words: str = ""
    number: int = 0

    @property
    def ref(self) -> Ref:
        """The article, opened at the marked sentence."""
        return Ref(
            page="sources", item=self.article, query=(("at", f"{self.start}-{self.end}"),), anchor=f"s{self.start}"
        )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: what is printed, what is sorted by, where it leads, how it is marked."""

    text: str
    value: Value = None
    ref: Ref | None = None
    tone: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> Value:
        """What the cell sorts and exports by."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's name, title, kind, and a line that explains it."""

    name: str
    title: str
    kind: Kind = "text"
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One figure in the row under a page's title."""

    title: str
    text: str
    ref: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns; ``total`` counts what there is beyond the rows shown."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing here yet."
    total: int | None = None
    page: int = 1
    pages: int = 1
    note: str = ""

    def records(self) -> list[dict[str, Value]]:
        """The rows by column name, as sorted and exported."""
        return [{c.name: cell.key for c, cell in zip(self.columns, row, strict=True)} for row in self.rows]

    def to_csv(self) -> str:
        """The rows as CSV (RFC 4180); text that a spreadsheet would run as a formula is quoted with an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.title for column in self.columns])
        writer.writerows([_csv_value(cell.key) for cell in row] for row in self.rows)
        return out.getvalue()


def _csv_value(value: Value) -> Value:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart: a Vega-Lite specification or finished SVG, its text alternative, its numbers as a table.

    ``numbers_in`` names a table of the same page that has the numbers, where ``table`` is none.
    """

    name: str
    title: str
    alt: str
    spec: Mapping[str, Any] = field(default_factory=dict)
    svg: str = ""
    table: Table | None = None
    numbers_in: str = ""
    note: str = ""

    @property
    def linked(self) -> bool:
        """Whether parts of the drawing lead somewhere."""
        return "<a " in self.svg


@dataclass(frozen=True, kw_only=True)
class Point:
    """One sentence of a list, with the evidence behind it and where it leads; ``label`` is the question it answers."""

    text: str
    ref: Ref | None = None
    evidence: tuple[Evidence, ...] = ()
    tone: str = ""
    detail: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice of a filter: its value, its words, how many, whether it is taken."""

    value: str
    text: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A form field that narrows a page; its state stands in the address."""

    name: str
    title: str
    kind: Literal["choice", "text", "date", "number"] = "choice"
    value: str = ""
    choices: tuple[Choice, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands at the top of every page; ``basis`` is where its computed numbers rest."""

    page: str
    title: str
    lead: str = ""
    item: str = ""
    query: tuple[tuple[str, str], ...] = ()
    case_title: str = ""
    mark: str = ""
    as_of: str = ""
    notes: tuple[str, ...] = ()
    basis: Ref | None = None

    def base(self) -> Ref:
        """This page without its query."""
        return Ref(page=self.page, item=self.item)

    def at(self, **changes: object) -> Ref:
        """This page with some query values changed; None or empty takes one away."""
        merged = dict(self.query) | {key: "" if value is None else str(value) for key, value in changes.items()}
        return Ref(page=self.page, item=self.item, query=tuple((k, v) for k, v in merged.items() if v))


def text_cell(text: object, to: Ref | None = None, tone: str = "", note: str = "") -> Cell:
    """A cell of words; None prints as a dash."""
    return Cell(
        text="–" if text in (None, "") else str(text),
        value="" if text is None else str(text),
        ref=to,
        tone=tone,
        note=note,
    )


def number_cell(value: float | None, digits: int = 0, to: Ref | None = None, tone: str = "", note: str = "") -> Cell:
    """A cell with a number to so many digits; None prints as a dash."""
    if value is None:
        return Cell(text="–", ref=to, tone=tone, note=note)
    return Cell(text=fixed(value, digits), value=value, ref=to, tone=tone, note=note)


def fixed(value: float, digits: int = 0) -> str:
    """A number with a true minus sign and thousands apart by a thin space."""
    text = f"{value:,.{digits}f}".replace(",", "\u202f")
    return text.replace("-", "\u2212")


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign, zero without."""
    text = fixed(abs(value), digits)
    if float(f"{value:.{digits}f}") == 0:
        return text
    return ("+" if value > 0 else "\u2212") + text


def share(value: float) -> str:
    """A share as a whole per cent; what is neither none nor all never prints as 0 or 100."""
    per_cent = 100 * value
    if 0 < per_cent < 1:
        return "<1\u202f%"
    if 99 < per_cent < 100:
        return ">99\u202f%"
    return f"{per_cent:.0f}\u202f%"


def count_of(number: int, one: str, many: str = "") -> str:
    """``1 meeting``, ``2 meetings``, ``no meetings``."""
    words = one if number == 1 else (many or one + "s")
    return f"{fixed(number) if number else 'no'} {words}"


def joined(names: Iterable[str], last: str = "and") -> str:
    """Names as a list in a sentence."""
    items = [name for name in names if name]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def sources_of(evidence: Sequence[Evidence]) -> int:
    """How many articles stand behind it."""
    return len({item.article for item in evidence})
