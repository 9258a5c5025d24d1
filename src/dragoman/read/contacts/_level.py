"""The level of a contact: that of the side of lower rank, a side by its highest member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dragoman.read.world import world

if TYPE_CHECKING:
    from dragoman.read.contacts._article import Article
    from dragoman.read.findings import Entity, Level

_LEVELS: tuple[Level, ...] = ("leader", "minister", "deputy", "envoy", "official", "working", "unknown")


def level_of(entities: Sequence[Entity], article: Article, *, of_visitor: bool) -> Level:
    """The level of those in contact; with ``of_visitor`` a host without a name takes the rank of the visitor."""
    people = [entity for entity in entities if entity.kind == "person"]
    sides: dict[str, int] = {}
    for entity in (people or entities) if of_visitor else entities:
        side = article.party(entity) or entity.id
        sides[side] = min(sides.get(side, 99), _rank(entity, article.parsed.published))
    return _LEVELS[max(sides.values(), default=6)]


def _rank(entity: Entity, when: date | None) -> int:
    """0 for a leader to 6 for nobody knows."""
    if entity.kind != "person":
        return 4
    known = world().people.get(entity.id)
    terms = known.terms if known is not None else ()
    offices = [term.office for term in terms if when is None or
               ((term.start is None or term.start <= when) and (term.end is None or when < term.end))]  # fmt: skip
    levels = [world().offices[office].level for office in offices if office in world().offices]
    if not levels and entity.role:
        levels = [world().offices[item.names[0].id].level for item in world().titles(entity.role)]
    return min((_LEVELS.index(level) for level in levels), default=4)
