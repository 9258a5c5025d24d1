"""The one resolver of an article: names, coreference, affiliation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity, Party
from dragoman.read.identity import find_entities
from dragoman.read.identity.metonymy import reading_of_token
from dragoman.read.index import EntityIndex
from dragoman.read.reference._parties import acting_for
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.meetings._scene import Scene
    from dragoman.read.parsed import Paragraph, Parsed


class Reference(EntityIndex):
    """Who is mentioned in one article, whom its words mean, and for whom they act."""

    def __init__(self, parsed: Parsed, entities: Iterable[Entity], parties: Iterable[Party]) -> None:
        super().__init__(entities)
        self.parsed = parsed
        self.parties = tuple(parties)
        self._party = {party.id: party for party in self.parties}
        self._entity = {entity.id: entity for entity in self.entities}

    def who(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """Whom a word means, its list included; empty where that is unclear."""
        return tuple(self._scene.parties(paragraph, token))

    def party_of(self, entity: Entity | None) -> Party | None:
        """The party for which an entity acts."""
        if entity is None:
            return None
        known = self._entity.get(entity.id, entity)
        return self._party.get(known.party or "") or acting_for(known)

    def party_ids(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """The parties of entities, once each, in order; those that act for none are left out."""
        found = (self.party_of(entity) for entity in entities)
        return tuple(dict.fromkeys(party.id for party in found if party is not None))

    def is_place(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether a name is where something is, and no party: ``talks in Geneva``, but not ``Brussels said``."""
        entity = self.at(paragraph.span_of(token))
        if entity is None:
            return False
        if entity.kind == "place":
            return True
        return entity.kind == "state" and _is_name_of_place(token.text) and reading_of_token(token) == "literal"

    @cached_property
    def _scene(self) -> Scene:
        from dragoman.read.meetings._scene import Scene

        return Scene(self.parsed, self)


def _is_name_of_place(word: str) -> bool:
    return any(name.way in {"name", "capital"} for name in world().lookup(word)) or not world().lookup(word)


def refer(parsed: Parsed) -> Reference:
    """Read who is mentioned in an article and for whom they act."""
    entities = find_entities(parsed).entities
    parties: dict[str, Party] = {}
    acting: list[Entity] = []
    for entity in entities:
        party = acting_for(entity)
        if party is not None:
            parties.setdefault(party.id, party)
        acting.append(entity if party is None else replace(entity, party=party.id))
    return Reference(parsed, acting, parties.values())
