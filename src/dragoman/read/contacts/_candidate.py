"""Candidates: every place where the text may speak of a contact, with all that its own sentence tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from dragoman.read.contacts._article import Article, Predicate
from dragoman.read.contacts._grammar import core, objects, subject_of
from dragoman.read.contacts._lexicon import VERBAL, frame_of, is_one_of, lemma, words
from dragoman.read.contacts._mode import mode_of
from dragoman.read.contacts._nouns import sides_of_noun
from dragoman.read.contacts._sides import Sides
from dragoman.read.contacts._status import governors, status_of
from dragoman.read.contacts._verbs import sides_of_verb
from dragoman.read.contacts._visits import visit_of
from dragoman.read.contacts._when import (
    claim_of,
    count_after,
    count_of,
    day_of,
    is_habit,
    place_before,
    place_of,
    says_again,
    source_of,
)
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Answer, DateFinding, Entity, Mode, Status

_DEFINITE = frozenset({"the", "this", "these", "that", "those", "their", "both", "such", "today", "its", "our"})
_ANSWERS: tuple[tuple[Answer, str], ...] = (("refused", "refused"), ("accepted", "accepted"), ("put off", "put off"))
_PLURAL = frozenset({"they", "both", "two", "we", "who"})
_VISITS = frozenset({"visit", "go", "send"})
_BASE = {"arguments": 0.9, "plural": 0.8, "light verb": 0.85, "aside": 0.8, "noun": 0.7, "visit": 0.6, "pronoun": 0.7}
_BY_FRAME = {"tell": 0.5, "go": 0.6, "invite": 0.6, "see": 0.7, "pose": 0.6, "share": 0.6, "sign": 0.6, "confront": 0.6,
             "join": 0.6, "gather": 0.7, "brief": 0.75, "discuss": 0.8}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One mention of a contact.  ``sides`` may be fewer than two parties: then it speaks of one told elsewhere."""

    predicate: Predicate
    sides: tuple[Entity, ...]
    parties: frozenset[str]
    how: str
    status: Status
    mode: Mode
    day: DateFinding | None
    place: str | None
    count: int
    claim: Literal["first", "only", "never", "not yet"] | None
    source: str | None
    definite: bool
    further: bool
    staff: bool
    hosted_by: tuple[str, ...] = ()
    travelled: tuple[str, ...] = ()
    proposed_by: tuple[str, ...] = ()
    answer: Answer | None = None
    confidence: float = 0.0
    features: dict[str, float] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether it names at least two parties."""
        return len(self.parties) > 1

    @property
    def at(self) -> int:
        """Where the predicate stands in the text as given."""
        return self.predicate.paragraph.start + self.predicate.token.idx


def candidates(article: Article) -> Iterator[Candidate]:
    """Every candidate of an article, in the order of the text."""
    for paragraph, sentence in article.parsed.sentences():
        if _is_question(sentence[-1]):
            continue
        for token in sentence:
            frame = frame_of(token)
            if frame is None:
                continue
            predicate = Predicate(article=article, paragraph=paragraph, sentence=sentence, token=token, frame=frame)
            yield from _of_predicate(predicate)


def _is_question(last: Token) -> bool:
    return last.text == "?"


def _of_predicate(predicate: Predicate) -> Iterator[Candidate]:
    if is_habit(predicate):
        return
    sides = None
    if predicate.frame.name not in _VISITS:
        sides = sides_of_verb(predicate) if predicate.frame.verbal else sides_of_noun(predicate)
    if predicate.frame.name in _VISITS or (sides is None and lemma(predicate.token) == "visit"):
        sides = visit_of(predicate)
    if sides is None:
        return
    for each in _apart(predicate, sides):
        found = _candidate(predicate, *each)
        yield from _before(found)
        yield found


def _before(found: Candidate) -> Iterator[Candidate]:
    """The contact before, where it is told again: ``A was in Paris in May and B received him again``."""
    token = found.predicate.token
    above = token.head
    if not found.complete or token.dep_ != "conj" or above.pos_ not in VERBAL or not says_again(token):
        return
    earlier = replace(found.predicate, token=above)
    day, place = day_of(earlier, above), place_of(earlier, above) or place_before(found.predicate)
    if day is not None and day != found.day:
        yield replace(found, day=day, place=place, further=False, hosted_by=(), confidence=0.55)


def _apart(predicate: Predicate, sides: Sides) -> Iterator[tuple[Sides, int | None]]:
    """One contact, or one with each where each of the other side was met by himself, with its own count."""
    listed = _counted_list(predicate)
    if len(listed) > 1 and len(sides.left) == 1:
        joined = any(token.lower_ == "and" for token in predicate.sentence[listed[0][0].i - predicate.sentence.start :])
        for place, (_, entity, number) in enumerate(listed):
            left = sides.left if joined or place == 0 else (listed[0][1],)
            yield replace(sides, left=left, right=(entity,)), number
        return
    counts = {entity.id: number for _, entity, number in listed}
    if len(sides.right) > 1 and sides.apart:
        for entity in sides.right:
            yield replace(sides, right=(entity,)), counts.get(entity.id)
    elif len(sides.left) > 1 and len(sides.right) == 1 and sides.apart:
        for entity in sides.left:
            yield replace(sides, left=(entity,)), None
    else:
        yield sides, None


def _counted_list(predicate: Predicate) -> list[tuple[Token, Entity, int]]:
    """The persons behind a verb that have a number of times each: ``met A twice, B three times and C once``."""
    found: list[tuple[Token, Entity, int]] = []
    if predicate.frame.name not in {"meet", "speak", "host", "see"} or not predicate.frame.verbal:
        return found
    for token in predicate.sentence:
        if token.i > predicate.token.i and token.pos_ == "PROPN" and (number := count_after(token)) is not None:
            entity = predicate.article.reference.at(predicate.paragraph.span_of(token))
            if entity is not None and entity.kind == "person":
                found.append((token, entity, number))
        elif token.i > predicate.token.i and token.pos_ == "VERB":
            break
    return found


def _candidate(predicate: Predicate, sides: Sides, count: int | None) -> Candidate:
    article = predicate.article
    people = united((*sides.left, *sides.right), article)
    day = day_of(predicate, sides.carrier)
    place = place_of(predicate, sides.carrier)
    status = status_of(predicate, sides.carrier, day)
    if predicate.frame.name == "invite" and status in {"held", "planned"}:
        status = "possible"
    mode = mode_of(predicate, sides.carrier, place)
    base = _BY_FRAME.get(predicate.frame.name) or _BASE[sides.how]
    answer = _answer(predicate)
    return Candidate(
        predicate=predicate, sides=people, parties=article.parties(people), how=sides.how, status=status, mode=mode,
        day=day, place=place, count=count or count_of(predicate, sides.carrier), claim=claim_of(predicate, status),
        source=source_of(predicate), definite=_is_definite(predicate), further=_is_further(predicate),
        staff=_is_of_staff(predicate), hosted_by=_ids(sides.host), travelled=_ids(sides.travelled),
        proposed_by=_ids(sides.proposed) or _proposer(predicate), answer=answer, confidence=base,
        features=_features(predicate, sides, people),
    )  # fmt: skip


def united(entities: tuple[Entity, ...], article: Article) -> tuple[Entity, ...]:
    """Participants once each; a state or body goes where a person of it takes part."""
    seen = {entity.id: entity for entity in entities}
    people = {article.party(entity) for entity in seen.values() if entity.kind == "person"} - {None}
    return tuple(one for one in seen.values() if one.kind == "person" or article.party(one) not in people)


def _ids(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    return tuple(entity.id for entity in entities)


def _is_definite(predicate: Predicate) -> bool:
    """``the meeting``, ``their call``, ``Monday's talks``: one that the reader knows of."""
    token = predicate.token
    if token.pos_ in VERBAL:
        subject = subject_of(token)
        return subject is not None and (subject.lower_ in _PLURAL or subject.tag_ == "NNS")
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in token.children)


def _is_further(predicate: Predicate) -> bool:
    """``another round``, ``met again``, ``a second meeting``, ``also spoke with``."""
    token = predicate.token
    own = {child.lower_ for child in token.children if child.dep_ in {"amod", "det", "advmod", "nummod"}}
    return bool(own & words("further")) or (token.dep_ == "conj" and says_again(token))


def _is_of_staff(predicate: Predicate) -> bool:
    """Whether officials without a name take part, several of them: no contact of their leaders."""
    token = predicate.token
    near = [subject_of(token), *objects(token)] if token.pos_ in VERBAL else list(core(token))
    return any(item is not None and item.tag_ == "NNS" and lemma(item) in words("staff") for item in near)


def _answer(predicate: Predicate) -> Answer | None:
    """How a proposal was met: refused, accepted, put off by the word of whose act the contact is the object."""
    for above in governors(predicate.token):
        found = next((answer for answer, name in _ANSWERS if is_one_of(above, name)), None)
        if found is not None:
            return found
    return None


def _proposer(predicate: Predicate) -> tuple[str, ...]:
    """Who proposes it: the subject of the verb of proposing that governs it."""
    for item in predicate.token.ancestors:
        if item.pos_ in VERBAL:
            if lemma(item) in {"propose", "suggest", "offer", "request", "seek", "invite"}:
                return _ids(tuple(predicate.subject(item)))
            return ()
    return ()


def _features(predicate: Predicate, sides: Sides, people: tuple[Entity, ...]) -> dict[str, float]:
    """What the rules know of a candidate, as one flat table for whoever weighs it."""
    token = predicate.token
    above = [item for item in token.ancestors if item.pos_ in VERBAL]
    return {
        f"frame={predicate.frame.name}": 1.0,
        f"lemma={lemma(token)}": 1.0,
        f"how={sides.how}": 1.0,
        f"dep={token.dep_}": 1.0,
        f"tag={token.tag_}": 1.0,
        f"factuality={_factuality(predicate)}": 1.0,
        "parties": float(len(predicate.article.parties(people))),
        "persons": float(sum(entity.kind == "person" for entity in people)),
        "depth": float(len(above)),
        "definite": float(_is_definite(predicate)),
        "intended": float(any(is_one_of(item, "intend") for item in above)),
    }


def _factuality(predicate: Predicate) -> str:
    sentence = analyse(predicate.sentence)
    return sentence.factuality(predicate.token.i - sentence.first)
