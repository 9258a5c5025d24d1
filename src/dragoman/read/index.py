"""Who is mentioned where: the entities of one text, looked up by place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from dragoman.read.findings import Entity, Span


class EntityIndex:
    """Entities by the spans of their mentions.  Mentions do not overlap."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)
        pairs = sorted(
            ((span, entity) for entity in self.entities for span in entity.mentions), key=lambda pair: pair[0]
        )
        self._spans = [span for span, _ in pairs]
        self._owners = [entity for _, entity in pairs]

    def within(self, span: Span) -> list[tuple[Span, Entity]]:
        """Every mention that overlaps ``span``, in order."""
        first = max(bisect_right(self._spans, (span[0], 0)) - 1, 0)
        found = []
        for place in range(first, len(self._spans)):
            start, end = self._spans[place]
            if start >= span[1]:
                break
            if end > span[0]:
                found.append((self._spans[place], self._owners[place]))
        return found

    def at(self, span: Span) -> Entity | None:
        """The entity of the last mention that overlaps ``span`` (heads of English names come last)."""
        found = self.within(span)
        return found[-1][1] if found else None
