"""Whom a pronoun or "the two leaders" means, where the text makes it plain.

1. A personal pronoun looks back: persons named earlier in its sentence (the subject
   first, no other argument of its own clause), then the subject of the sentence before,
   then any person there; the same in the sentence before that.  Sex must not disagree.
2. ``they`` and ``the two leaders`` are the last two persons of two states named in
   this sentence before, or in the two sentences before; failing that the last two
   states.
3. Two candidates of equal standing leave it open: nothing is returned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from dragoman.read.identity._lexicon import given_names
from dragoman.read.parsed import text_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.findings import Entity, Span
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "both", "two", "each"})
_FAR = {"person": 7, "state": 4}
_COLLECTIVE = frozenset(
    {
        "side",
        "country",
        "state",
        "nation",
        "government",
        "delegation",
        "party",
        "neighbour",
        "army",
        "military",
        "ministry",
    }
)
_BY = frozenset({"agent", "prep"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


class Antecedents:
    """The antecedents of one text's pronouns."""

    def __init__(self, parsed: Parsed, index: EntityIndex) -> None:
        self.sentences = [
            (paragraph.start + sentence.start_char, paragraph.start + sentence.end_char, paragraph, sentence)
            for paragraph, sentence in parsed.sentences()
        ]
        self._starts = [item[0] for item in self.sentences]
        self.index = index

    def of(self, paragraph: Paragraph, token: Token) -> list[Entity]:
        """The entities meant: one for a singular pronoun, two or more for a plural one, none if unclear."""
        low = token.lower_
        if low in _PLURAL and not in_quotation(token):
            return self.pair(paragraph, token)
        if in_quotation(token):
            return []
        if low in _THING:
            return self._state(paragraph, token)
        sex = "m" if low in _MALE else "f" if low in _FEMALE else None
        if sex is None:
            return []
        found = self._person(paragraph, token, sex)
        return [found] if found is not None else []

    def pair(self, paragraph: Paragraph, token: Token, *, ahead: bool = False) -> list[Entity]:
        """The two that "they", "the two leaders" or "both sides" mean; with ``ahead``, perhaps named just after."""
        place = paragraph.start + token.idx
        number = self.number_at(place)
        for kind in ("state", "person") if str(token.lemma_).lower() in _COLLECTIVE else ("person", "state"):
            for back in range(_FAR[kind]):
                if number - back < 0:
                    break
                start, end, where, sentence = self.sentences[number - back]
                found = (back > 0 and self._pair_of_main_clause(where, sentence, kind)) or self._pair_within(
                    (start, min(end, place)), kind
                )
                if found:
                    return found
        for item in self.sentences[number : number + 2] if ahead else ():
            if found := self._pair_within((item[0], item[1]), "person"):
                return found
        return []

    def _pair_of_main_clause(self, paragraph: Paragraph, sentence: Sentence, kind: str) -> list[Entity]:
        """Subject and object of the sentence's main verb, where they are of two states."""
        found: list[Entity] = []
        for child in sentence.root.children:
            if child.dep_ in {"nsubj", "nsubjpass", "dobj", "dative", "agent", "prep"}:
                heads = [item for item in child.children if item.dep_ == "pobj"] if child.dep_ in _BY else [child]
                if child.dep_ == "prep" and child.lower_ not in {"with", "to", "by"}:
                    continue
                for head in heads:
                    for item in (head, *head.conjuncts):
                        entity = self.index.at(paragraph.span_of(item))
                        if entity is not None and entity.kind == kind and entity not in found:
                            found.append(entity)
        return found if len(found) == 2 and found[0].country != found[1].country else []

    def _pair_within(self, span: Span, kind: str) -> list[Entity]:
        seen: dict[str, Entity] = {}
        for _, entity in self.index.within(span):
            if entity.kind == kind and entity.country is not None:
                seen.pop(entity.id, None)
                seen[entity.id] = entity
        last = list(seen.values())[-2:]
        return last if len(last) == 2 and last[0].country != last[1].country else []

    def number_at(self, place: int) -> int:
        """The number of the sentence that holds ``place``."""
        number = bisect_left(self._starts, place + 1) - 1
        return max(number, 0)

    def _person(self, paragraph: Paragraph, token: Token, sex: str) -> Entity | None:
        place = paragraph.start + token.idx
        number = self.number_at(place)
        if found := self._by_grammar(paragraph, token, sex):
            return found
        for back in range(3):
            if number - back < 0:
                return None
            start, end, where, sentence = self.sentences[number - back]
            if back and (chained := self._by_chain(where, sentence, sex)):
                return chained
            candidates = [
                (span, entity)
                for span, entity in self.index.within((start, min(end, place)))
                if entity.kind == "person" and sex_of(entity) in {sex, None}
            ]
            if back == 0:
                candidates = [(span, entity) for span, entity in candidates if not _same_clause(where, span, token)]
            if candidates:
                return _best(where, candidates)
        return None

    def _state(self, paragraph: Paragraph, token: Token) -> list[Entity]:
        """``it`` and ``its``: the state or organisation that is the subject before, or the only one named."""
        place = paragraph.start + token.idx
        number = self.number_at(place)
        for back in range(2):
            if number - back < 0:
                break
            start, end, where, sentence = self.sentences[number - back]
            named = [
                (span, entity) for span, entity in self.index.within((start, min(end, place)))
                if entity.kind in {"state", "organisation"} and entity.country is not None
            ]  # fmt: skip
            subject = next((child for child in sentence.root.children if child.dep_ in _SUBJECT), None)
            if subject is not None and (back or subject.i < token.i):
                entity = self.index.at(where.span_of(subject))
                if entity is not None and entity.kind in {"state", "organisation"}:
                    return [entity]
                if back and subject.lower_ == "it" and (chained := self._state(where, subject)):
                    return chained
            if len({entity.id for _, entity in named}) == 1:
                return [named[0][1]]
        return []

    def _by_chain(self, paragraph: Paragraph, sentence: Sentence, sex: str) -> Entity | None:
        """The person whom the sentence's own subject pronoun means."""
        subject = next((child for child in sentence.root.children if child.dep_ in _SUBJECT), None)
        if subject is None or subject.lower_ not in (_MALE if sex == "m" else _FEMALE):
            return None
        return self._person(paragraph, subject, sex)

    def _by_grammar(self, paragraph: Paragraph, token: Token, sex: str) -> Entity | None:
        """``his`` of the subject of its own clause; ``he`` in a clause put first, of the main subject."""
        verb = next((item for item in token.ancestors if item.pos_ in {"VERB", "AUX"}), None)
        if verb is None:
            return None
        if token.tag_ == "PRP$":
            subject = next((child for child in verb.children if child.dep_ in _SUBJECT), None)
            if subject is not None and token.i > subject.i:
                return self._fits(paragraph, subject, sex)
        if (earlier := _same_in_report(verb, token)) is not None:
            return self._person(paragraph, earlier, sex)
        root = token.sent.root
        if verb is not root and verb.dep_ in {"advcl", "relcl", "acl", "pcomp"} and token.dep_ in _SUBJECT:
            subject = next((child for child in root.children if child.dep_ in _SUBJECT and child.i > token.i), None)
            if subject is not None:
                return self._fits(paragraph, subject, sex)
        return None

    def _fits(self, paragraph: Paragraph, token: Token, sex: str) -> Entity | None:
        entity = self.index.at(paragraph.span_of(token))
        if entity is None or entity.kind != "person" or sex_of(entity) not in {sex, None}:
            return None
        return entity


def _same_in_report(verb: Token, token: Token) -> Token | None:
    """``He was ready to meet her, he said``: the pronoun that is the subject of what the other reports."""
    for child in verb.children:
        if child.dep_ in {"ccomp", "parataxis"} and child.i < token.i:
            for item in child.children:
                if item.dep_ in _SUBJECT and item.lower_ == token.lower_ and item.i < token.i:
                    return item
    return None


def in_quotation(token: Token) -> bool:
    """Whether the token stands between quotation marks of its paragraph."""
    before = text_of(token.doc)[: token.idx]
    opened = before.count("“") - before.count("”")
    return opened > 0 or before.count('"') % 2 == 1 or _single(before)


def _single(before: str) -> bool:
    """Whether a single quotation mark is open: one before a word that no mark after a word has closed."""
    opened = len(re.findall(r"(?:^|[\s(—–])‘", before))
    closed = len(re.findall(r"(?<=[.,!?…\w])’(?=[\s.,;:)]|$)", before))
    return opened > closed


def resolve_pronoun(parsed: Parsed, index: EntityIndex, paragraph: Paragraph, token: Token) -> Entity | None:
    """The one person that a personal pronoun means, or None where the text leaves it open."""
    found = Antecedents(parsed, index).of(paragraph, token)
    return found[0] if len(found) == 1 else None


def sex_of(entity: Entity) -> str | None:
    """``f``, ``m`` or None, by the world's tables or the given name."""
    known = world().people.get(entity.id)
    if known is not None:
        return known.sex
    sex = given_names().get(entity.name.split(maxsplit=1)[0]) if entity.name else None
    return None if sex == "u" else sex


def _best(paragraph: Paragraph, candidates: list[tuple[Span, Entity]]) -> Entity | None:
    """The subject of the main clause, else the first subject, else the only person."""
    subjects = []
    for span, entity in candidates:
        token = _token_at(paragraph, span)
        while token is not None and token.dep_ in {"compound", "flat", "appos"} and token.head != token:
            token = token.head
        if token is not None and token.dep_ in _SUBJECT:
            depth = sum(1 for _ in token.ancestors)
            subjects.append((depth, span, entity))
    if subjects:
        return min(subjects, key=lambda item: (item[0], item[1]))[2]
    ids = {entity.id for _, entity in candidates}
    return candidates[-1][1] if len(ids) == 1 else candidates[0][1]


def _token_at(paragraph: Paragraph, span: Span) -> Token | None:
    found = paragraph.doc.char_span(span[0] - paragraph.start, span[1] - paragraph.start, alignment_mode="expand")
    return found.root if found is not None and len(found) else None


def _same_clause(paragraph: Paragraph, span: Span, pronoun: Token) -> bool:
    """Whether name and pronoun are two arguments of one verb: then they are two persons."""
    if pronoun.tag_ == "PRP$":
        return False
    token = _token_at(paragraph, span)
    if token is None:
        return False
    return _verb_of(token) == _verb_of(pronoun)


def _verb_of(token: Token) -> int:
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            return int(ancestor.i)
    return int(token.i)
