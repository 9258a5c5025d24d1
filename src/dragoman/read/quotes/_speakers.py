"""From the source of a claim to the speaker of a finding: span, name, entity, role, affiliation, for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.read.findings import Speaker, SpeaksFor
from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._names import Cast, antecedent, source_span
from dragoman.read.quotes._office import speaks_for
from dragoman.read.quotes._roles import Description, describe, descriptions, descriptions_of_name

if TYPE_CHECKING:
    from dragoman.read.findings import Entity
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Parsed

_NOBODY = (Speaker(span=None, name=None), SpeaksFor(office="other"))


@dataclass(slots=True, kw_only=True)
class Speakers:
    """Speakers of one article; equal sources are looked up once."""

    parsed: Parsed
    cast: Cast
    index: EntityIndex | None

    def of(self, claim: Claim) -> tuple[Speaker, SpeaksFor]:
        """Who speaks in a claim, and for whom."""
        paragraph = self.parsed.paragraphs[claim.paragraph]
        head, span = claim.source, source_span(claim, paragraph.doc)
        if head is None or span is None:
            return _NOBODY
        real = antecedent(head)
        entity = (
            self.index.at((paragraph.start + real.idx, paragraph.start + real.idx + len(real))) if self.index else None
        )
        name = self._name(claim, entity)
        found = descriptions(head, self.cast)
        if name is not None and real.pos_ == "PRON":
            found = descriptions_of_name(name, self.cast)
        if not found and entity is not None and entity.role is not None:
            known = describe(entity.role)
            found = [known] if known is not None else []
        placed = (paragraph.start + span[0], paragraph.start + span[1])
        body = real.pos_ in ("NOUN", "PROPN") and self.cast.person_run(real) is None
        phrase = text_of(paragraph.doc)[span[0] : span[1]] if body else None
        office = speaks_for(found, name, phrase, self.parsed.published)
        if office.state is None and entity is not None and entity.country is not None:
            office = replace(office, state=entity.country)
        return self._speaker(placed, name, entity, found), office

    def _name(self, claim: Claim, entity: Entity | None) -> str | None:
        if entity is not None:
            return entity.name
        return self.cast.name_of(claim.source, claim.paragraph) if claim.source is not None else None

    @staticmethod
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
