"""What all views share: the head, how a view turns into JSON, and how it is walked.

A view is a frozen dataclass that holds everything a page prints.  It is built by a
pure function of a desk and the page's query; equal inputs give equal views.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.errors import InputError
from dragoman.plain import to_plain
from dragoman.show.blocks import Chart, Evidence, Head, Ref, Table

if TYPE_CHECKING:
    from dragoman.desk.session import Desk

Query = Mapping[str, str]
T = TypeVar("T")
ROWS_A_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class View:
    """A page: its head, and in the subclasses all that stands below."""

    head: Head

    def to_dict(self) -> dict[str, Any]:
        """The page as plain JSON values: its twin."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    def tables(self) -> Iterator[Table]:
        """Every table of the page, those behind its charts included."""
        return parts(self, Table)

    def charts(self) -> Iterator[Chart]:
        """Every chart of the page."""
        return parts(self, Chart)


def parts(value: Any, cls: type[T]) -> Iterator[T]:
    """Every instance of a class within a view, in order."""
    if isinstance(value, cls):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from parts(getattr(value, item.name), cls)
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item, cls)


def numbered(view: T) -> T:
    """The view with its evidence numbered by article, in the order in which articles first appear."""
    numbers: dict[str, int] = {}
    made: T = _numbered(view, numbers)
    return made


def _numbered(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, Evidence):
        return replace(value, number=numbers.setdefault(value.article, len(numbers) + 1))
    if isinstance(value, tuple):
        made = [_numbered(item, numbers) for item in value]
        same = all(new is old for new, old in zip(made, value, strict=True))
        return value if same else tuple(made)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            item.name: new
            for item in fields(value)
            if (new := _numbered(old := getattr(value, item.name), numbers)) is not old
        }
        return replace(value, **changes) if changes else value
    return value


def head(
    desk: Desk,
    page: str,
    title: str,
    lead: str = "",
    *,
    item: str = "",
    query: Query | None = None,
    notes: tuple[str, ...] = (),
    basis: Ref | None = None,
) -> Head:
    """The head of a page over this desk; the query keeps what it says, in order of name."""
    kept = tuple(sorted((key, value) for key, value in (query or {}).items() if value and not key.endswith(".sort")))
    return Head(
        page=page,
        title=title,
        lead=lead,
        item=item,
        query=kept,
        notes=notes,
        case_title=desk.title,
        mark=desk.mark,
        as_of=desk.as_of.isoformat() if desk.as_of else "",
        basis=basis,
    )


def whole(query: Query, name: str, default: int, *, least: int = 1, most: int = 1_000_000) -> int:
    """A whole number of the query.

    Raises:
        InputError: it is no whole number, less than ``least`` or more than ``most``.
    """
    given = query.get(name, "")
    if not given:
        return default
    if not given.isdecimal() or len(given) > len(str(most)) or not least <= int(given) <= most:
        raise InputError(f"query, {name}", repr(given[:40]), f"a whole number from {least} to {most}")
    return int(given)


def day(query: Query, name: str) -> str | None:
    """An ISO date of the query, or None.

    Raises:
        InputError: it is no date.
    """
    from datetime import date

    given = query.get(name, "")
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise InputError(f"query, {name}", repr(given), "a date such as 2018-06-12") from error


def one_of(query: Query, name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of a closed list.

    Raises:
        InputError: it is none of them.
    """
    given = query.get(name, "") or default
    if given not in allowed:
        raise InputError(f"query, {name}", repr(given), "one of " + ", ".join(item or "(none)" for item in allowed))
    return given
