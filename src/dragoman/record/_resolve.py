"""Who is meant: the effect of the identity log on the names that the reader gave.

Merges and splits are lines of a log; an undo is a further line.  What holds is
found by replaying the log.  A split sends the mentions of one entity, under one
name or in one article, to another entity; merges are followed after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.record._store import Store


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """One line of the identity log, as far as it matters for who is meant."""

    seq: int
    action: str
    entity: str | None = None
    other: str | None = None
    name: str | None = None
    article: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """The entity meant by each entity read: ``merged`` maps an entity to what it was merged into."""

    merged: dict[str, str] = field(default_factory=dict)
    splits: dict[tuple[str, str | None, str | None], str] = field(default_factory=dict)

    def resolve(self, entity: str | None, name: str | None, article: str) -> str | None:
        """The entity meant by a mention.  A split by name and article goes before one by either."""
        if entity is None:
            return None
        for rule in ((entity, name, article), (entity, None, article), (entity, name, None)):
            if rule in self.splits:
                entity = self.splits[rule]
                break
        return self.canonical(entity)

    def canonical(self, entity: str) -> str:
        """The entity at the end of all merges."""
        while entity in self.merged:
            entity = self.merged[entity]
        return entity

    def members(self, entity: str) -> set[str]:
        """Every entity that is merged into one, itself included."""
        return {entity} | {one for one in self.merged if self.canonical(one) == entity}


def replay(lines: Iterable[LogLine]) -> Resolution:
    """What holds after a log, undone lines left out."""
    kept = list(lines)
    gone = undone({line.seq: line.undoes for line in kept})
    made = Resolution()
    for line in kept:
        if line.seq in gone or line.entity is None or line.other is None:
            continue
        if line.action == "merge":
            made.merged[line.other] = line.entity
        elif line.action == "split":
            made.splits[line.entity, line.name, line.article] = line.other
    return made


def undone(undoes: dict[int, int | None]) -> set[int]:
    """The lines of a log that are undone; an undo that is itself undone has no effect."""
    gone: set[int] = set()
    for seq in sorted(undoes, reverse=True):
        target = undoes[seq]
        if target is not None and seq not in gone:
            gone.add(target)
    return gone


def load_resolution(store: Store) -> Resolution:
    """What holds after the record's identity log."""
    rows = store.rows("SELECT seq, action, entity, other, name, article, undoes FROM identity_log ORDER BY seq")
    names = ("seq", "action", "entity", "other", "name", "article", "undoes")
    return replay(LogLine(**dict(zip(names, row, strict=True))) for row in rows)
