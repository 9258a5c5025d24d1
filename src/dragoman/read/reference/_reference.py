"""The one resolver of an article: names, coreference, affiliation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.read.findings import Affiliation, Entity, Party
from dragoman.read.identity._cluster import Gathering
from dragoman.read.identity._lexicon import sex_of
from dragoman.read.identity.metonymy import reading_of_token
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import text_of
from dragoman.read.reference._affiliation import Affiliations, home_of
from dragoman.read.reference._discourse import Discourse, Mention
from dragoman.read.reference._parties import Parties, acting_for, entity_of, in_order, state_party
from dragoman.read.reference._phrases import Phrases, distinct
from dragoman.read.reference._speech import Speech
from dragoman.read.reference._words import head_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.identity._cluster import Cluster
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference.own import OwnParty

_JOINS = re.compile(r"\b(?:and|or)\b|&")
_IN_LIST = frozenset({"PROPN", "NOUN", "ADJ", "DET", "CCONJ", "PUNCT", "PART", "PRON"})
_BREAKS = frozenset({";", ":", ".", "–", "—", "-", "(", ")"})
_OTHERS = frozenset({"he", "she", "it", "they", "who", "that", "but"})
_FEW = 12


class Reference(EntityIndex):
    """Who is mentioned in one article, whom its words mean, and for whom they act."""

    def __init__(
        self,
        parsed: Parsed,
        entities: Iterable[Entity],
        parties: Iterable[Party],
        sexes: Mapping[str, str | None] | None = None,
        affiliations: Iterable[Affiliation] = (),
    ) -> None:
        super().__init__(entities)
        self.parsed = parsed
        self.parties = tuple(parties)
        self.affiliations = tuple(affiliations)
        self._party = {party.id: party for party in self.parties}
        self._entity = {entity.id: entity for entity in self.entities}
        self._sexes = sexes or {}
        self._asking: set[int] = set()
        self._discourse: Discourse | None = None
        self.phrases = Phrases(self)

    @property
    def printed(self) -> tuple[Entity, ...]:
        """The entities as a reading gives them: the country of a person is the state for which he or she acts."""
        states = world().states
        return tuple(
            replace(entity, country=None)
            if entity.kind == "person" and entity.country in states and entity.party not in states
            else entity
            for entity in self.entities
        )  # fmt: skip

    # whom words mean

    def who(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """Whom a word means, its list included; empty where that is unclear."""
        found = self.phrases.who(paragraph, token)
        if found and found[0].kind == "person":
            span = next((at for at, who in self.within(paragraph.span_of(token)) if who == found[0]), None)
            if span is not None:
                found = distinct((*found, *self._listed_with(paragraph, span)))
        return found

    def antecedent(self, paragraph: Paragraph, token: Token) -> Mention | None:
        """The mention for which a pronoun stands, be it of somebody without a name ("a diplomat")."""
        return self.discourse.antecedent(paragraph, token)

    def is_place(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether a name is where something is, and no party: ``talks in Geneva``, but not ``Brussels said``."""
        entity = self.at(paragraph.span_of(token))
        if entity is None or entity.kind not in {"place", "state"}:
            return False
        ways = {name.way for name in world().lookup(self.parsed.text[slice(*paragraph.span_of(token))])}
        return entity.kind == "place" or (not ways & {"adjective", "people"} and reading_of_token(token) == "literal")

    @property
    def discourse(self) -> Discourse:
        """The pass over the article that keeps who was spoken of."""
        if self._discourse is None:
            self._discourse = Discourse(self, self._sexes, self.phrases.noun, self._speakers_side)
            self._discourse.read(self.parsed)
        return self._discourse

    @cached_property
    def speech(self) -> Speech:
        """Who speaks in the quotations and turns of the article."""
        return Speech(self.parsed, self)

    def _speakers_side(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """The side of who says "we"; nobody where his own name leans on a "we" that leads back here ("our allies")."""
        place = paragraph.start + token.idx
        if place in self._asking:
            return ()
        self._asking.add(place)
        try:
            return self._side_of_speaker(paragraph, token)
        finally:
            self._asking.discard(place)

    def _side_of_speaker(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        said = self.speech.speaker(paragraph, token)
        if isinstance(said, Entity):
            return self.sides((said,))
        if said is not None:
            return self.sides(self.who(*said))
        if self.speech.is_quoted(paragraph, token):
            return ()
        for item in self.discourse.before(paragraph, token, 4):
            if item.rank == 0 and not item.quoted and not item.pronoun:
                joined = self.who(item.paragraph, item.token)
                if len(joined) > 1 or (joined and joined[0].kind != "person"):
                    return self.sides(joined)
        return ()

    # for whom they act

    def party_of(self, entity: Entity | None) -> Party | None:
        """The party for which an entity acts."""
        if entity is None:
            return None
        known = self._entity.get(entity.id)
        if known is not None:
            return self._party.get(known.party or "")
        return self._party.get(entity.party or "") or self._party.get(entity.id) or acting_for(entity)

    def party_ids(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """The parties of entities, once each, in order; those that act for none are left out."""
        found = (self.side_id(entity) for entity in entities)
        return tuple(dict.fromkeys(party for party in found if party is not None))

    def side_id(self, entity: Entity) -> str | None:
        """The id of the party for which an entity acts."""
        party = self.party_of(entity)
        return party.id if party is not None else None

    def sides(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """The parties for which entities act, as entities: the state of a minister, the union of its president."""
        parties = (self.party_of(entity) for entity in entities)
        return distinct(self.entity_of(party) for party in parties if party is not None)

    def entity_of(self, party: Party) -> Entity:
        """A party as the entity that it is, mentioned here or not."""
        return self._entity.get(party.id) or entity_of(party)

    def state(self, code: str) -> Entity:
        """The state as an entity, mentioned here or not."""
        return self._entity.get(code) or entity_of(state_party(code))

    def titles_of(self, entity: Entity) -> frozenset[str]:
        """The words of the offices that a person holds here or by the world's tables."""
        known = world().people.get(entity.id)
        offices = {term.office for term in known.terms} if known else set()
        found = {word for office in offices if office in world().offices for word in world().offices[office].words}
        return frozenset(found | set((entity.role or "").lower().split()))

    # lists that the parse breaks

    def _listed_with(self, paragraph: Paragraph, span: Span) -> list[Entity]:
        """The persons in one list with the person named in ``span``, by the words between them."""
        people = [
            (at, who) for at, who in self._around(paragraph, span)
            if who.kind == "person" and (at == span or not self._is_owner(paragraph, at))
        ]  # fmt: skip
        here = next((place for place, (at, _) in enumerate(people) if at == span), None)
        if here is None:
            return []
        first = last = here
        while first > 0 and self._one_list(paragraph, people[first - 1][0], people[first][0]):
            if first < last and self._ends(paragraph, people[first - 1][0], people[first][0]):
                break
            first -= 1
        while last + 1 < len(people) and self._one_list(paragraph, people[last][0], people[last + 1][0]):
            if last > first and self._ends(paragraph, people[last - 1][0], people[last][0]):
                break
            last += 1
        joined = people[first : last + 1]
        ends = any(self._ends(paragraph, left[0], right[0]) for left, right in pairwise(joined))
        return [who for _, who in joined] if ends else []

    def _around(self, paragraph: Paragraph, span: Span) -> list[tuple[Span, Entity]]:
        """The names of the sentence around a name."""
        name = paragraph.doc.char_span(span[0] - paragraph.start, span[1] - paragraph.start, alignment_mode="expand")
        if name is None:
            return []
        sentence = name.root.sent
        return self.within((paragraph.start + sentence.start_char, paragraph.start + sentence.end_char))

    def _ends(self, paragraph: Paragraph, left: Span, right: Span) -> bool:
        """Whether the words between two of a list make the second its last: what follows a comma is another part."""
        text = text_of(paragraph.doc)[left[1] - paragraph.start : right[0] - paragraph.start]
        return _JOINS.search(text) is not None

    def _is_owner(self, paragraph: Paragraph, place: Span) -> bool:
        """Whether who is named there only says whose somebody is: ``Elbonia's adviser``, ``an aide to Ek``."""
        name = paragraph.doc.char_span(place[0] - paragraph.start, place[1] - paragraph.start, alignment_mode="expand")
        if name is None:
            return False
        head = head_of(name)
        if head.dep_ == "poss":
            return True
        return head.dep_ == "pobj" and head.head.lower_ in {"of", "to", "for"} and head.head.head.pos_ == "NOUN"

    @staticmethod
    def _one_list(paragraph: Paragraph, left: Span, right: Span) -> bool:
        between = paragraph.doc.char_span(
            left[1] - paragraph.start, right[0] - paragraph.start, alignment_mode="contract"
        )
        tokens = [token for token in between if not token.is_space] if between is not None else []
        if not tokens or len(tokens) > _FEW or not any(item.lower_ in {"and", ",", "&", "or"} for item in tokens):
            return False
        return all(
            (token.pos_ in _IN_LIST and token.text not in _BREAKS and token.lower_ not in _OTHERS)
            or token.lower_ in {"of", "for"}
            for token in tokens
        )

    def discourse_before(self, paragraph: Paragraph, token: Token) -> Iterator[Mention]:
        """Who was spoken of in the sentence of a word and the three before, the last first."""
        return self.discourse.before(paragraph, token, 3)


def refer(parsed: Parsed, own: Iterable[OwnParty] = ()) -> Reference:
    """Read who is mentioned in an article and for whom they act; ``own`` is what the analyst says of that."""
    said = {name: one.party for one in own for name in one.names}
    gathering = Gathering(parsed, world(), {name: party.id for name, party in said.items()})
    entities = gathering.entities()
    counted = {key: len(cluster.mentions) for key, cluster in gathering.clusters.items()}
    parties = Parties({party.id: party for party in said.values()}, counted, home_of(gathering))
    affiliations = Affiliations(gathering, parties)
    people = affiliations.read()
    acting: list[Entity] = []
    found: list[Party | None] = []
    decided: list[Affiliation] = []
    for entity in entities:
        cluster = gathering.clusters[entity.id]
        party = people.get(entity.id) if entity.kind == "person" else parties.get(parties.of_cluster(cluster))
        named = _said(entity, cluster, parsed.text, said)
        if named is not None and (named != party or entity.id == named.id):
            decided += [Affiliation(span=span, entity=entity.id, party=named.id) for span in entity.mentions]
        party = named or party
        found.append(party)
        acting.append(replace(
            entity, party=party.id if party else None, role=entity.role or affiliations.roles.get(entity.id),
            country=_country(entity, party),
        ))  # fmt: skip
    sexes = {entity.id: gathering.clusters[entity.id].sex or sex_of(entity) for entity in acting}
    return Reference(parsed, acting, in_order(found), sexes, sorted(decided, key=lambda item: item.span))


def _said(entity: Entity, cluster: Cluster, text: str, said: Mapping[str, Party]) -> Party | None:
    """The party that the analyst gives an entity, by its name or by the words of a mention."""
    if entity.kind == "place" or not said:
        return None
    names = dict.fromkeys((entity.name, cluster.name, *(text[start:end] for start, end in entity.mentions)))
    return next((said[name] for name in names if name in said), None)


def _country(entity: Entity, party: Party | None) -> str | None:
    """The country of an entity: of a person the state for which he or she acts; a nationality is no side."""
    if party is None or entity.kind != "person":
        return entity.country
    if party.kind == "state":
        return party.code
    return {"body": "IGO", "company": "MNC"}.get(party.kind, entity.country)
