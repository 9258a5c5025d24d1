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

from bisect import bisect_left
from typing import TYPE_CHECKING

from dragoman.read.identity._lexicon import given_names
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity, Span
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "both", "two", "each"})
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
        if low in _PLURAL:
            return self.pair(paragraph, token)
        sex = "m" if low in _MALE else "f" if low in _FEMALE else None
        if sex is None:
            return []
        found = self._person(paragraph, token, sex)
        return [found] if found is not None else []

    def pair(self, paragraph: Paragraph, token: Token) -> list[Entity]:
        """The two that "they", "the two leaders" or "both sides" mean."""
        place = paragraph.start + token.idx
        number = self._number(place)
        for kind in ("person", "state"):
            for back in range(4):
                if number - back < 0:
                    break
                start, end = self.sentences[number - back][:2]
                found = self._pair_within((start, min(end, place)), kind)
                if found:
                    return found
        return []

    def _pair_within(self, span: Span, kind: str) -> list[Entity]:
        seen: dict[str, Entity] = {}
        for _, entity in self.index.within(span):
            if entity.kind == kind and entity.country is not None:
                seen.pop(entity.id, None)
                seen[entity.id] = entity
        last = list(seen.values())[-2:]
        return last if len(last) == 2 and last[0].country != last[1].country else []

    def _number(self, place: int) -> int:
        number = bisect_left(self._starts, place + 1) - 1
        return max(number, 0)

    def _person(self, paragraph: Paragraph, token: Token, sex: str) -> Entity | None:
        place = paragraph.start + token.idx
        number = self._number(place)
        for back in range(3):
            if number - back < 0:
                return None
            start, end, where, _ = self.sentences[number - back]
            candidates = [
                (span, entity)
                for span, entity in self.index.within((start, min(end, place)))
                if entity.kind == "person" and sex_of(entity) in {sex, None}
            ]
            if back == 0:
                candidates = [
                    (span, entity) for span, entity in candidates if not _same_clause(where, span, token)
                ]
            if candidates:
                return _best(where, candidates)
        return None


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
        while token is not None and token.dep_ in {"compound", "flat", "appos"} and token.head is not token:
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
