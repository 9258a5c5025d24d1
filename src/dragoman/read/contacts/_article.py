"""One article as the finder sees it: whom words mean, for which party they act, and what is told of a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import SUBJECTS, auxiliaries, core, subject_of
from dragoman.read.contacts._lexicon import VERBAL, lemma, words
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.contacts._lexicon import Frame
    from dragoman.read.findings import DateFinding, Entity, Span
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference import Reference

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III"})
_SIDES = frozenset({"person", "state", "organisation", "group", "office"})


class Article:
    """A parsed article with its reference and its dates."""

    def __init__(self, parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> None:
        self.parsed = parsed
        self.reference = reference
        self.dates = tuple(dates)

    def party(self, entity: Entity) -> str | None:
        """The id of the party for which an entity acts."""
        found = self.reference.party_of(entity)
        return found.id if found is not None else None

    def parties(self, entities: Iterable[Entity]) -> frozenset[str]:
        """The parties of entities; those that act for none are left out."""
        return frozenset(self.reference.party_ids(entities))


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """A word that may tell of a contact, in its sentence."""

    article: Article
    paragraph: Paragraph
    sentence: Sentence
    token: Token
    frame: Frame

    @property
    def span(self) -> Span:
        """The span of the sentence."""
        return self.paragraph.span_of(self.sentence)

    def who(self, token: Token | None) -> list[Entity]:
        """Whom a word means, as sides of a contact: no press, no places, nobody who is only counted."""
        if token is None or lemma(token) in words("crowd"):
            return []
        if token.tag_ in {"NNS", "NNPS"} and any(child.dep_ == "nummod" and child.text.isdigit() and len(child.text) > 2
                                                 for child in token.children):  # fmt: skip
            return []
        found = self.article.reference.who(self.paragraph, token)
        if not found and token.text in _SUFFIXES:
            found = tuple(entity for _, entity in self.article.reference.within(self.paragraph.span_of(core(token))))
        found = found or self._by_part(token) or self._by_seat(token)
        return [entity for entity in found if entity.kind in _SIDES and not _is_press(entity)]

    def _by_part(self, token: Token) -> tuple[Entity, ...]:
        """The person whose name is known in part (``King Bo`` of King Bo bin Ek), or whose title stands beside it."""
        if token.pos_ != "PROPN":
            return ()
        names = [child for child in token.children if child.dep_ == "compound"]
        inside = [self.article.reference.at(self.paragraph.span_of(child)) for child in names]
        people = tuple(one for one in inside if one is not None and one.kind == "person")
        beside = [child for child in token.children if child.dep_ == "appos"]
        titled = (self.article.reference.who(self.paragraph, child) for child in beside)
        return people[-1:] or next((who for who in titled if who), ())

    def _by_seat(self, token: Token) -> tuple[Entity, ...]:
        """``the leader in Paris``: the person of that state who is named last before, else nobody."""
        if lemma(token) not in words("ruler"):
            return ()
        places = [item for child in token.children if child.lower_ in {"in", "of"} for item in child.children]
        states = {one.country for item in places if (one := self.article.reference.at(self.paragraph.span_of(item)))}
        start = self.paragraph.start + token.idx
        for _, entity in reversed(self.article.reference.within((self.paragraph.start, start))):
            if entity.kind == "person" and entity.country in states:
                return (entity,)
        return ()

    def everyone(self, tokens: Iterable[Token]) -> list[Entity]:
        """Whom several words mean, once each."""
        found = {entity.id: entity for token in tokens for entity in self.who(token)}
        return list(found.values())

    def subject(self, verb: Token) -> list[Entity]:
        """Who does a verb; where the parse has lost the subject, who is named right before."""
        token = subject_of(verb)
        several = [child for child in verb.children if child.dep_ in SUBJECTS]
        found = self.everyone(several) if len(several) > 1 else self.who(token)
        if self._has_lost_subject(verb) or (not found and (token is None or token.pos_ == "PROPN")):
            found = self._right_before(verb) or found
        return found

    def _has_lost_subject(self, verb: Token) -> bool:
        """``in Sochi and Putin received him``, where the parse joins the person to the place."""
        before = verb.doc[verb.i - 1] if verb.i > self.sentence.start else verb
        if verb.dep_ != "conj" or before.pos_ != "PROPN" or before.dep_ != "conj":
            return False
        joined = self.article.reference.at(self.paragraph.span_of(before.head))
        own = self.article.reference.at(self.paragraph.span_of(before))
        return own is not None and own.kind == "person" and (joined is None or joined.kind != "person")

    def _right_before(self, verb: Token) -> list[Entity]:
        own = {verb.i, *(child.i for child in verb.children if child.dep_ in {"aux", "auxpass", "advmod", "neg"})}
        place = verb.i - 1
        while place >= self.sentence.start and (place in own or verb.doc[place].pos_ in {"ADV", "AUX"}):
            place -= 1
        token = verb.doc[place] if place >= self.sentence.start else None
        if token is not None and self._has_lost_subject(verb):
            named = self.article.reference.at(self.paragraph.span_of(token))
            return [named] if named is not None else []
        return self.who(token) if token is not None and token.pos_ == "PROPN" else []

    def last_other(self, token: Token, known: list[Entity]) -> list[Entity]:
        """The person last named before a word who is of no party of those known: whom ``him`` means beside ``he``."""
        place = self.paragraph.start + token.idx
        parties = self.article.parties(known)
        for _, entity in reversed(self.article.reference.within((max(place - 400, 0), place))):
            if entity.kind == "person" and (party := self.article.party(entity)) is not None and party not in parties:
                return [entity]
        return []

    def named_in(self, head: Token) -> list[Entity]:
        """The persons and states named in a noun's own phrase before it: ``the Trump-Kim summit``."""
        found = []
        piece = core(head)
        for span, entity in self.article.reference.within(self.paragraph.span_of(piece)):
            if span[1] > self.paragraph.start + head.idx or entity.kind not in _SIDES or _is_press(entity):
                continue
            if entity.kind == "person" or not self._is_venue(span, entity):
                found.append(entity)
        return found

    def _is_venue(self, span: Span, entity: Entity) -> bool:
        """``the Singapore talks``, ``the NATO summit``: neither an adjective nor one of a pair."""
        text = self.article.parsed.text
        if text[span[1] : span[1] + 1] in {"-", "–", "/"} or text[span[0] - 1 : span[0]] in {"-", "–", "/"}:
            return False
        if text[span[1] : span[1] + 2] in {"’s", "'s"}:
            return False
        ways = {name.way for name in world().lookup(text[span[0] : span[1]])}
        return entity.kind != "state" or "adjective" not in ways

    def is_person(self, token: Token) -> bool:
        """Whether a word means persons, named or by their office."""
        return any(entity.kind == "person" for entity in self.who(token))


def _is_press(entity: Entity) -> bool:
    known = world().organisations.get(entity.id)
    return known is not None and known.sector == "MED"


def is_present(verb: Token) -> bool:
    """Whether a verb stands in the simple present, or bare without an auxiliary."""
    return verb.pos_ in VERBAL and (verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VB" and not auxiliaries(verb)))
