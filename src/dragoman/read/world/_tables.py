"""The world's tables as typed rows.

Every table is a text file beside this module: ``#`` begins a comment line, ``|``
parts columns, a comma parts the items of a list.  A row with the wrong number of
columns is an error that names file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from dragoman.errors import ReadError
from dragoman.read.findings import Level, Office


@dataclass(frozen=True, kw_only=True)
class State:
    """A state, present or past.  ``successor`` is the alpha-3 code that answers for a past one today."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    successor: str | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation: ``country`` is alpha-3, or ``IGO``, ``NGO``, ``IMG``, ``MNC``."""

    id: str
    name: str
    names: tuple[str, ...]
    sector: str
    country: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A city, region, building or site; ``country`` is None where no one state holds it."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None


@dataclass(frozen=True, kw_only=True)
class OfficeTitle:
    """An office: its words, for whom its holder speaks, and its level at a meeting."""

    id: str
    words: tuple[str, ...]
    office: Office
    level: Level
    sector: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """One person's time in one office of one state; None where it began before 1990 or has not ended.

    ``body`` is the id of the organisation whose office it is, where it is no state's; ``country`` is then ``IGO``.
    """

    person: str
    country: str
    office: str
    start: date | None
    end: date | None
    body: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person of public life: all spellings, family name, sex where pronouns need it, terms of office."""

    id: str
    name: str
    names: tuple[str, ...]
    family: str
    country: str
    sex: str | None
    terms: tuple[Term, ...]


def rows(name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a table.

    Raises:
        ReadError: a row has another number of columns than ``columns``.
    """
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("|"))
        if len(cells) != columns:
            raise ReadError(f"world/{name}:{number}", f"{len(cells)} columns", f"{columns}")
        yield cells


def listed(cell: str) -> tuple[str, ...]:
    """The items of a list cell."""
    return tuple(item for part in cell.split(",") if (item := part.strip()))


def day(cell: str) -> date | None:
    """A date cell: ``2018-06-12``, ``2018-06`` and ``2018`` (their first day), or empty."""
    if not cell:
        return None
    year, *rest = (int(part) for part in cell.split("-"))
    return date(year, *[*rest, 1, 1][:2])
