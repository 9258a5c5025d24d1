"""What the logs of a record show: who is who, and what reviewers decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class EntityRow:
    """An entity after merges, with the names and the entities that were merged into it."""

    entity: str
    name: str
    kind: str
    country: str | None
    names: tuple[str, ...]
    merged: tuple[str, ...]
    articles: int
    mentions: int


@dataclass(frozen=True, kw_only=True)
class PersonSeen:
    """A person before merges: name, country and role that most articles give, how many do, and the first day."""

    entity: str
    name: str
    country: str | None
    role: str | None
    articles: int
    first: str | None


@dataclass(frozen=True, kw_only=True)
class IdentityEntry:
    """One line of the identity log."""

    seq: int
    at: str
    by: str
    action: str
    entity: str | None
    other: str | None
    name: str | None
    article: str | None
    because: str | None
    score: float | None
    undoes: int | None
    undone: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One line of the log of reviewers' decisions."""

    seq: int
    at: str
    by: str
    action: str
    hash: str | None
    kind: str | None
    exact: str | None
    type: str | None
    because: str | None
    undoes: int | None
    undone: bool


@dataclass(frozen=True, kw_only=True)
class Added:
    """What :meth:`Record.add` did: the article's key, and whether it was new, read anew, or there already."""

    key: str
    outcome: Literal["added", "read again", "unchanged"]
