"""Whose a promise or a stance is, and to whom it is given: parties by the words that hold them.

1. The subject of a verb, through control, conjunction and relative clauses; the agent of a passive.
2. The owner of a noun: ``its pledge``, ``a pledge by``, ``a commitment from``, ``on behalf of``.
3. Parties are those for which the words act (:mod:`dragoman.read.reference`); an entity that acts for none but is
   itself a body, group or company is its own party.  A person who acts for nobody holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.read.promises._clause import lemma
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference import Reference

_MUTUAL = frozenset({"agree", "sign"})
_OWNED_BY = frozenset({"by", "from"})
_TO_WHOM = frozenset({"to", "with"})
_FAR = 500


class Holders:
    """Who holds what, in one text."""

    def __init__(self, parsed: Parsed, reference: Reference) -> None:
        self.parsed = parsed
        self.reference = reference

    def who(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """The parties that a word and its list mean."""
        return self.ids(self.reference.who(paragraph, token))

    def subjects(self, verb: Token) -> list[Token]:
        """The words of who does a verb, that of the verb above where it has none of its own."""
        sentence = analyse(verb.sent)
        return [verb.doc[sentence.first + place] for place in sentence.at(verb.i - sentence.first).subjects]

    def by(self, paragraph: Paragraph, verb: Token) -> tuple[str, ...]:
        """The parties that do a verb."""
        found = [self.who(paragraph, token) for token in self.subjects(verb)]
        return tuple(dict.fromkeys(party for parties in found for party in parties))

    def agents(self, paragraph: Paragraph, verb: Token) -> tuple[str, ...]:
        """The parties after "by"."""
        named = (item for child in verb.children if child.dep_ == "agent" for item in child.children)
        return _once(self.who(paragraph, item) for item in named if item.dep_ == "pobj")

    def owner(self, paragraph: Paragraph, noun: Token) -> tuple[str, ...]:
        """The parties of the owner of a noun."""
        found: list[tuple[str, ...]] = []
        for child in noun.children:
            if child.dep_ == "poss":
                found.append(self.who(paragraph, child))
            elif child.dep_ in {"nmod", "compound", "amod"}:
                found.append(self._named_before(paragraph, child))
            if child.dep_ in {"prep", "agent"} and child.lower_ in _OWNED_BY:
                found.extend(self.who(paragraph, item) for item in child.children)
        return _once(found)

    def _named_before(self, paragraph: Paragraph, word: Token) -> tuple[str, ...]:
        """The state or body of ``the U.S. commitment``; a person there is another argument that the parse misplaced."""
        entity = self.reference.at(paragraph.span_of(word))
        return self.ids([entity]) if entity is not None and entity.kind != "person" else ()

    def to(self, paragraph: Paragraph, verb: Token, by: tuple[str, ...]) -> tuple[str, ...]:
        """To whom: the object, "to X" or "with X"; for several that promise, each other; else who was last named."""
        if len(by) > 1:
            return tuple(reversed(by))
        named: list[tuple[str, ...]] = []
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"}:
                named.append(self.who(paragraph, child))
            if child.dep_ in {"prep", "dative"} and child.lower_ in _TO_WHOM:
                named.extend(self.who(paragraph, item) for item in child.children if item.dep_ == "pobj")
        return tuple(party for party in _once(named) if party not in by) or self.other(paragraph, verb, by)

    def other(self, paragraph: Paragraph, token: Token, own: tuple[str, ...]) -> tuple[str, ...]:
        """The party last named before a word that is not among ``own``: of a person, failing that by itself."""
        place = paragraph.start + token.idx
        near = [entity for _, entity in self.reference.within((max(place - _FAR, 0), place))]
        for person in (True, False):
            for entity in reversed(near):
                parties = self.ids([entity]) if (entity.kind == "person") == person else ()
                if parties and not set(parties) & set(own):
                    return parties
        return ()

    def has_other(self, paragraph: Paragraph, own: tuple[str, ...]) -> bool:
        """Whether another party than ``own`` is named in a paragraph, or just before it."""
        if len(own) > 1:
            return True
        near = self.reference.within((max(paragraph.start - _FAR, 0), paragraph.end))
        return any(party not in own for party in self.ids(entity for _, entity in near if entity.kind != "place"))

    def last_two(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """The two parties last named before a word; nobody where there are not two."""
        place = paragraph.start + token.idx
        near = [entity for _, entity in self.reference.within((max(place - _FAR, 0), place))]
        found = tuple(dict.fromkeys(party for entity in reversed(near) for party in self.ids([entity])))[:2]
        return tuple(reversed(found)) if len(found) == 2 else ()

    def mutual(self, paragraph: Paragraph, verb: Token, by: tuple[str, ...]) -> tuple[str, ...]:
        """``agreed with X``: X agreed as well."""
        if lemma(verb) not in _MUTUAL or len(by) != 1:
            return by
        named = (item for child in verb.children if child.lower_ == "with" for item in child.children)
        return _once([by, *(self.who(paragraph, item) for item in named if item.dep_ == "pobj")])

    def ids(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """The parties of entities, once each, in order."""
        return tuple(dict.fromkeys(party for entity in entities if (party := self._party(entity)) is not None))

    def _party(self, entity: Entity) -> str | None:
        party = self.reference.party_of(entity)
        if party is not None:
            return party.id
        return entity.id if entity.kind in {"organisation", "group", "state"} else None


def _once(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for parties in found for party in parties))
