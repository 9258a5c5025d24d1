"""Whom a noun phrase means that is no name itself: titles, sides, "their forces", "the regime", "the two leaders".

For a noun, in this order: a person in apposition or right behind the title; "the two leaders"; the other side
("his counterpart"); the names among its modifiers ("French and German troops"), its owner ("their forces", "Elbonia's
army") and behind "of" ("ministers of the Union"); who leads it ("a delegation headed by X"); the person spoken of
before with that title ("the minister"); the side spoken of before of that kind ("the company", "the bloc", "the
rebels", "the regime").  Only nouns of the table ``world/reference.psv`` and office titles stand for somebody; "the
Elbonian wine" is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity
from dragoman.read.parsed import text_of
from dragoman.read.reference._words import (
    KINDS,
    OF_WHOM,
    RELATIVE,
    acts,
    antecedent_of_relative,
    core,
    is_definite,
    lemma,
    listed_heads,
    verb_above,
    words,
)
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.parsed import Paragraph
    from dragoman.read.reference._reference import Reference

_DEPTH = 4
_FARTHEST_NAME = 14
_BACK = 1500
_OF_A_TITLE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_LEADS = frozenset({"lead", "head", "chair"})
_BACKED = frozenset({"backed", "led", "based", "born", "funded", "sponsored", "allied", "supported", "aligned"})


class Phrases:
    """The noun phrases of one article."""

    def __init__(self, reference: Reference) -> None:
        self._of = reference

    def who(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """Whom a word means, its list included."""
        found: list[Entity] = []
        for head in listed_heads(token):
            found.extend(entity for entity in self.one(paragraph, head) if entity not in found)
        return tuple(found)

    def one(self, paragraph: Paragraph, head: Token, depth: int = 0) -> tuple[Entity, ...]:
        """Whom a word means, those joined to it left out."""
        if depth > _DEPTH:
            return ()
        if head.lower_ in RELATIVE and head.pos_ in {"PRON", "SCONJ", "DET"}:
            owner = antecedent_of_relative(head)
            return self.one(paragraph, owner, depth + 1) if owner is not None and owner != head else ()
        if (named := self._at(paragraph, head)) is not None:
            return (named,) if named.kind != "place" else ()
        if head.lower_ == "koreas":
            return self._of.state("PRK"), self._of.state("KOR")
        if head.tag_ in {"PRP", "PRP$"} or head.lower_ == "both":
            return self._of.discourse.of(paragraph, head)
        if head.pos_ in {"PRON", "DET"} or (head.pos_ == "NUM" and head.lower_ != "two"):
            return ()
        return self.noun(paragraph, head, depth)

    def noun(self, paragraph: Paragraph, head: Token, depth: int = 0) -> tuple[Entity, ...]:
        """Whom a noun without a name at its head means."""
        beside = self._beside(paragraph, head)
        if beside is not None:
            return (beside,)
        if _is_pair(head):
            named = self._modifying(paragraph, head, depth)
            return named if len(named) > 1 else self._of.discourse.pair(paragraph, head)
        if lemma(head) in words("other") and (found := self._other(paragraph, head, depth)):
            return found
        if not acts(head):
            return ()
        titled = lemma(head) in words("relation") or bool(world().titles(head.lower_))
        if titled and (behind := self._behind(paragraph, head)) is not None:
            return (behind,)
        if lemma(head) not in words("kin"):
            found = self._modifying(paragraph, head, depth) or self._owning(paragraph, head, depth)
            if led := self._led_by(paragraph, head):
                return led
            if found:
                return found
        return self._spoken_of(paragraph, head)

    def _at(self, paragraph: Paragraph, head: Token) -> Entity | None:
        found = self._of.at(paragraph.span_of(head))
        if found is None or found.kind != "place":
            return found
        return None

    # names beside and behind

    def _beside(self, paragraph: Paragraph, head: Token) -> Entity | None:
        """The person in apposition, or the name to which the noun is a title: "the envoy Bo Ek"."""
        for child in head.children:
            if child.dep_ == "appos" and (found := self._person_at(paragraph, child)):
                return found
        titled = head.dep_ in {"compound", "nmod"} and head.head.i > head.i and bool(world().titles(head.lower_))
        if (head.dep_ == "appos" or titled) and (found := self._person_at(paragraph, head.head)):
            return found
        inside = self._of.within(paragraph.span_of(core(head)))
        place, person = next(((at, one) for at, one in reversed(inside) if one.kind == "person"), (None, None))
        return person if place is not None and abs(place[1] - (paragraph.start + head.idx)) <= 1 and (
            paragraph.doc.text[place[1] - paragraph.start : place[1] - paragraph.start + 1] == " "
        ) and not _owns(head, place, paragraph) and not acts(head) else None  # fmt: skip

    def _person_at(self, paragraph: Paragraph, token: Token) -> Entity | None:
        found = self._of.at(paragraph.span_of(token))
        return found if found is not None and found.kind == "person" else None

    def _behind(self, paragraph: Paragraph, head: Token) -> Entity | None:
        """The person named behind a title: ``the speaker of the assembly of Elbonia Ann Lee``, ``the envoy, Bo Ek,``.

        Between them stand only what the title is of, and at most one comma right before the name.  Who stands right
        behind "of", with a title or none, is another one: ``the sister of Elbonia's dictator, Bo Ek``.
        """
        start = paragraph.start + head.idx + len(head)
        sentence = paragraph.start + head.sent.end_char
        behind = ((at, who) for at, who in self._of.within((start, sentence)) if who.kind == "person")
        place, person = next(behind, (None, None))
        if place is None or person is None or place[0] < start:
            return None
        between = paragraph.doc.char_span(
            start - paragraph.start, place[0] - paragraph.start, alignment_mode="contract"
        )
        tokens = [token for token in between if not token.is_space] if between is not None else []
        last_is_comma = bool(tokens) and tokens[-1].text == ","
        title_of = tokens[:-1] if last_is_comma else tokens
        if len(title_of) > _FARTHEST_NAME or (title_of and title_of[0].lower_ not in {"of", "for"}):
            return None
        if _names_owner(title_of):
            return None if last_is_comma else self._set_beside(paragraph, place, next(behind, None))
        plain = all(token.pos_ in _OF_A_TITLE or token.lower_ in {"of", "for"} for token in title_of)
        return person if plain and (not last_is_comma or self._closed(paragraph, place)) else None

    def _set_beside(self, paragraph: Paragraph, owner: Span, behind: tuple[Span, Entity] | None) -> Entity | None:
        """Who is named between commas behind the name of whose he is: ``the envoy of Ann Lee, Bo Ek,``."""
        if behind is None:
            return None
        between = text_of(paragraph.doc)[owner[1] - paragraph.start : behind[0][0] - paragraph.start]
        return behind[1] if between.strip() == "," and self._closed(paragraph, behind[0]) else None

    @staticmethod
    def _closed(paragraph: Paragraph, place: Span) -> bool:
        """Whether an aside that begins with a comma ends right behind the name."""
        rest = text_of(paragraph.doc)[place[1] - paragraph.start :].lstrip("’'\"” ")
        return not rest or rest[0] in ",.;:)–—-"

    # names inside

    def _modifying(self, paragraph: Paragraph, head: Token, depth: int) -> tuple[Entity, ...]:
        """The sides that the modifiers and the owner of a noun name, the nearest first."""
        for child in sorted(head.children, key=lambda item: -item.i):
            if child.dep_ not in _MODIFIERS or child.i > head.i:
                continue
            if child.dep_ == "poss":
                found = self._of.sides(self.one_and_joined(paragraph, child, depth + 1))
                if lemma(head) in words("relation") or not found or child.tag_ == "PRP$":
                    return found
                return self._states(found)
            if child.lower_ in _BACKED or (child.tag_ == "VBN" and child.dep_ == "amod"):
                continue
            named = tuple(
                entity for item in listed_heads(child) for entity in [self._of.at(paragraph.span_of(item))]
                if entity is not None and entity.kind in {"state", "organisation", "group"}
            )  # fmt: skip
            if named and not _hyphened(child):
                return named
            if deeper := self._modifying(paragraph, child, depth + 1) if depth < _DEPTH else ():
                return deeper
        return ()

    def one_and_joined(self, paragraph: Paragraph, token: Token, depth: int) -> tuple[Entity, ...]:
        """Whom a word and those joined to it mean."""
        return tuple(entity for head in listed_heads(token) for entity in self.one(paragraph, head, depth))

    def _owning(self, paragraph: Paragraph, head: Token, depth: int) -> tuple[Entity, ...]:
        """The sides behind "of", "from" and "for"; behind "to" stands whom somebody is sent to."""
        for child in head.children:
            if child.dep_ != "prep" or child.lower_ not in {"of", "from", "for"}:
                continue
            for item in child.children:
                if item.dep_ != "pobj":
                    continue
                found = self._of.sides(self.one_and_joined(paragraph, item, depth + 1))
                found = found or self._modifying(paragraph, item, depth + 1)
                if found:
                    return found
        return ()

    def _states(self, found: tuple[Entity, ...]) -> tuple[Entity, ...]:
        return self._of.sides(found)

    def _led_by(self, paragraph: Paragraph, head: Token) -> tuple[Entity, ...]:
        """``a delegation headed by Bo Ek``: who heads it."""
        for child in head.children:
            if child.dep_ != "acl" or lemma(child) not in _LEADS:
                continue
            for agent in child.children:
                if agent.dep_ in {"agent", "prep"}:
                    people = [
                        entity for item in agent.children for entity in self.who(paragraph, item)
                        if entity.kind == "person"
                    ]  # fmt: skip
                    if people:
                        return tuple(people)
        return ()

    # whom the text spoke of before

    def _other(self, paragraph: Paragraph, head: Token, depth: int) -> tuple[Entity, ...]:
        """``his northern counterpart``: the other side, by its name or as the person last named of another."""
        low = {child.lower_ for child in head.children}
        code = "PRK" if low & {"northern", "north"} else "KOR" if low & {"southern", "south"} else None
        if code is not None and any(entity.id == code for entity in self._of.entities):
            return self._last_person(paragraph, head, {code}, within=True) or (self._of.state(code),)
        named = tuple(
            entity for child in head.children if child.dep_ in {"amod", "compound", "nmod"}
            for entity in [self._of.at(paragraph.span_of(child))] if entity is not None and entity.kind != "place"
        )  # fmt: skip
        if named:
            return named[-1:]
        owners = [child for child in head.children if child.dep_ == "poss"]
        own = {self._of.side_id(e) for child in owners for e in self.one(paragraph, child, depth + 1)} - {None}
        return self._last_person(paragraph, head, own, within=False) if own else ()

    def _last_person(
        self, paragraph: Paragraph, token: Token, sides: set[str | None], *, within: bool
    ) -> tuple[Entity, ...]:
        """The person last named before ``token`` whose side is (or is not) among ``sides``."""
        place = paragraph.start + token.idx
        for _, entity in reversed(self._of.within((max(place - 900, 0), place))):
            side = self._of.side_id(entity)
            if entity.kind == "person" and side is not None and (side in sides) == within:
                return (entity,)
        return ()

    def _spoken_of(self, paragraph: Paragraph, head: Token) -> tuple[Entity, ...]:
        """``the minister``, ``the company``, ``the regime``: who was last spoken of by that word or of that kind."""
        if not is_definite(head) or any(child.lower_ in {"other", "another"} for child in head.children):
            return ()
        if head.tag_ in {"NN", "NNP"} and (person := self._titled(paragraph, head)):
            return (person,)
        for kind in KINDS:
            if lemma(head) in words(kind) and (found := self._last_of_kind(paragraph, head, kind)):
                return (found,)
        if lemma(head) in words("whole") and head.tag_ in {"NN", "NNP"}:
            return self._last_state(paragraph, head)
        return ()

    def _titled(self, paragraph: Paragraph, head: Token) -> Entity | None:
        place = paragraph.start + head.idx
        wanted = lemma(head)
        for _, entity in reversed(self._of.within((max(place - _BACK, 0), place))):
            if entity.kind == "person" and wanted in self._of.titles_of(entity):
                return entity
        return None

    def _last_of_kind(self, paragraph: Paragraph, head: Token, kind: str) -> Entity | None:
        place = paragraph.start + head.idx
        for _, entity in reversed(self._of.within((max(place - _BACK, 0), place))):
            party = self._of.party_of(entity) if entity.kind in {"organisation", "group"} else None
            if party is not None and party.kind == kind and self._called(entity, lemma(head), kind):
                return entity if entity.id == party.id else self._of.entity_of(party)
        return None

    @staticmethod
    def _called(entity: Entity, wanted: str, kind: str) -> bool:
        """Whether a body may be called by a word that only some bear: "the commission" is no union."""
        return kind != "body" or wanted in {"body", "bloc", "organisation", "organization"} or (
            wanted in entity.name.lower().split()
        )  # fmt: skip

    def _last_state(self, paragraph: Paragraph, head: Token) -> tuple[Entity, ...]:
        """The state that was the subject last; failing that, the one last named."""
        verb = verb_above(head)
        near = [
            item for item in self._of.discourse_before(paragraph, head)
            if item.entities and not (verb is not None and verb_above(item.token) == verb and item.rank < 2)
        ]  # fmt: skip
        for rank in (0, 2):
            for item in near:
                states = [entity for entity in self._of.sides(item.entities) if entity.kind == "state"]
                if states and item.rank <= rank:
                    return tuple(states[:1])
        return ()


def _is_pair(head: Token) -> bool:
    if head.lower_ == "two" and head.pos_ == "NUM":
        return head.dep_ not in {"nummod", "compound"}
    if head.tag_ != "NNS" or lemma(head) not in words("pair"):
        return False
    return any(child.lower_ in {"two", "both"} for child in head.children)


def _hyphened(token: Token) -> bool:
    """Whether a name is a part of a compound adjective: "Elbonia-backed"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return after is not None and after.text == "-" and not token.whitespace_


def _owns(head: Token, place: Span, paragraph: Paragraph) -> bool:
    name = paragraph.doc.char_span(place[0] - paragraph.start, place[1] - paragraph.start, alignment_mode="expand")
    return name is not None and any(token.dep_ == "poss" and token.head == head for token in name)


def _names_owner(title_of: list[Token]) -> bool:
    """Whether the words of a title end in "of", or in "of" with another's title: whose it is stands next."""
    place = max((place for place, token in enumerate(title_of) if token.lower_ in OF_WHOM), default=None)
    if place is None:
        return False
    last = title_of[-1]
    return place == len(title_of) - 1 or last.lower_ == "the" or last.tag_ == "POS" or bool(world().titles(last.lower_))


def distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities once each, in order."""
    return tuple({entity.id: entity for entity in entities}.values())
