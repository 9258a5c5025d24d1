"""From the source of a claim to the speaker of a finding: span, name, entity, role, affiliation, for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.read.findings import Speaker, SpeaksFor
from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._names import Cast, antecedent, is_honorific, is_title_word, plain_phrase, source_span
from dragoman.read.quotes._office import speaks_for
from dragoman.read.quotes._roles import describe, descriptions
from dragoman.read.reference import Reference, refer
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Parsed
    from dragoman.read.quotes._descriptions import Description

_NOBODY = (Speaker(span=None, name=None), SpeaksFor(office="other"))


@dataclass(slots=True, kw_only=True)
class Speakers:
    """Speakers of one article."""

    parsed: Parsed
    cast: Cast
    index: EntityIndex | None
    reference: Reference = field(init=False)

    def __post_init__(self) -> None:
        self.reference = self.index if isinstance(self.index, Reference) else refer(self.parsed)

    def of(self, claim: Claim) -> tuple[Speaker, SpeaksFor]:
        """Who speaks in a claim, and for whom."""
        paragraph = self.parsed.paragraphs[claim.paragraph]
        head, span = claim.source, source_span(claim, paragraph.doc)
        if head is None or span is None:
            return _NOBODY
        real, number, entity = self._resolved(head, claim)
        name = self._name(real, entity)
        found = self._descriptions(real, entity)
        placed = (paragraph.start + span[0], paragraph.start + span[1])
        body = real.pos_ in ("NOUN", "PROPN") and self.cast.person_run(real) is None
        phrase = self._phrase(claim, real, span, number) if body else None
        office = speaks_for(found, name, phrase, self.parsed.published)
        if office.office == "other" and entity is not None and entity.kind == "state":
            office = replace(office, office="executive")
        if office.state is None and entity is not None and entity.country is not None:
            office = replace(office, state=entity.country)
        if office.state is None:
            office = replace(office, state=self._state_of_owner(real, number))
        speaker = _speaker(placed, name, entity, found)
        party = self.reference.party_of(entity) if entity is not None and self.index is not None else None
        if party is not None and party.kind != "state" and entity is not None and entity.kind == "person":
            return replace(speaker, affiliation=speaker.affiliation or party.name), replace(office, state=None)
        return speaker, office

    def _state_of_owner(self, real: Token, number: int) -> str | None:
        """The state of whose the speaker is: "the North's foreign ministry"."""
        owners = (self._entity(child, number) for child in real.children if child.dep_ == "poss")
        return next((owner.country for owner in owners if owner is not None and owner.country), None)

    def _resolved(self, head: Token, claim: Claim) -> tuple[Token, int, Entity | None]:
        """The noun that the source stands for, its paragraph, and the entity there."""
        real, number = antecedent(head), claim.paragraph
        entity = self._entity(real, number)
        if entity is None and real.pos_ == "PRON":
            behind = self.reference.antecedent(self.parsed.paragraphs[number], real)
            if behind is not None and not behind.many:
                place = self.parsed.paragraphs.index(behind.paragraph)
                return behind.token, place, next(iter(behind.entities), None) if self.index is not None else None
        return real, number, entity

    def _phrase(self, claim: Claim, real: Token, span: tuple[int, int], number: int) -> str | None:
        if claim.source is not None and antecedent(claim.source) is real and number == claim.paragraph:
            return text_of(real.doc)[span[0] : span[1]]
        return plain_phrase(real)

    def _descriptions(self, real: Token, entity: Entity | None) -> list[Description]:
        found = descriptions(real, self.cast)
        if not found and entity is not None and entity.role is not None:
            known = describe(entity.role)
            return [known] if known is not None else []
        return found

    def _entity(self, head: Token, number: int) -> Entity | None:
        """Who the index has at the head of a phrase, or beside it: ``China's president, Xi Jinping``."""
        found = self._at(head, number)
        beside = (self._at(child, number) for child in head.children if child.dep_ == "appos")
        return found or next((who for who in beside if who is not None and who.kind == "person"), None)

    def _at(self, token: Token, number: int) -> Entity | None:
        if self.index is None:
            return None
        start = self.parsed.paragraphs[number].start + token.idx
        return self.index.at((start, start + len(token)))

    def _name(self, real: Token, entity: Entity | None) -> str | None:
        if entity is None:
            return self.cast.name_of(real)
        if entity.kind == "person":
            return _bare(entity.name)
        return entity.name if _is_own_name(real) else plain_phrase(real) or entity.name


def _is_own_name(head: Token) -> bool:
    """Whether a state or body is called by its name, not by a capital or a seat of government."""
    readings = world().lookup(plain_phrase(head) or "")
    return not readings or any(item.way in ("name", "organisation") for item in readings)


def _bare(name: str) -> str:
    """A person's name without titles at its front."""
    words = name.split()
    while len(words) > 1 and (is_title_word(words[0].rstrip(".")) or is_honorific(words[0])):
        words = words[1:]
    return " ".join(words)


def _speaker(span: tuple[int, int], name: str | None, entity: Entity | None, found: list[Description]) -> Speaker:
    roles = [item.role.removesuffix(f" {name}") for item in found if item.role]
    places = [item.affiliation for item in found if item.affiliation]
    return Speaker(
        span=span,
        name=name,
        entity=entity.id if entity is not None else None,
        role=roles[0] if roles else None,
        affiliation=places[0] if places else None,
    )
