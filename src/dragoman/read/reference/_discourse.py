"""Coreference in one pass over an article: whom each pronoun means, where the text makes it plain.

The pass goes from sentence to sentence and keeps what was mentioned in the last few: names, persons newly brought in
without a name ("a diplomat"), and the pronouns already resolved, each as subject of the main clause, as subject, or
elsewhere.  Nothing is looked up that lies ahead, and nothing twice.

1. "He" and "she": in a report put before its verb ("He was ready, he said") the same as there; the owner in a clause
   ("his") is its subject; the subject of a clause put first is that of the main clause.  Else the nearest sentence, of
   this and :data:`REACH` before, that has a person whose sex does not disagree; in it the subject first.  No other
   argument of the pronoun's own verb, and nobody from inside a quotation or from the words that are being reported.
2. "It": the state or body that is the subject of this sentence or the last, else the only one named in them.
3. "They", "the two leaders", "both sides": the side last made the subject as many; the two last named of two states.
4. "We" is the side of who speaks: of the quotation, of the turn, or of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity
from dragoman.read.reference._words import (
    SUBJECTS,
    acts,
    head_of,
    is_main,
    lemma,
    subject_of,
    verb_above,
    words,
)
from dragoman.read.reference.quotation import in_quotation
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

Place = tuple[int, int]
Named = Callable[["Paragraph", "Token"], tuple[Entity, ...]]

REACH = 3
SEXES = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
THINGS = frozenset({"it", "its", "itself"})
MANY = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
_NEW = frozenset({"a", "an", "another", "one"})
_FAR = {"person": 7, "state": 4}
_SIDES = frozenset({"state", "organisation", "group"})
_WITH = frozenset({"with", "to", "by"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody spoken of: by whom (several in a list), where, and how it stands there.

    ``rank``: 0 the subject of the main clause, 1 a subject, 2 elsewhere.
    """

    token: Token
    paragraph: Paragraph
    entities: tuple[Entity, ...]
    rank: int
    sex: str | None
    person: bool
    many: bool = False
    quoted: bool = False
    pronoun: bool = False


@dataclass(slots=True, kw_only=True)
class Sight:
    """One sentence of the pass."""

    paragraph: Paragraph
    sentence: Sentence
    mentions: list[Mention] = field(default_factory=list)


class Discourse:
    """What was spoken of, sentence by sentence, and what the pronouns mean.

    ``named`` resolves a noun without a name ("the minister"); ``side`` gives the speaker's side at a word.
    """

    def __init__(self, index: EntityIndex, sexes: Mapping[str, str | None], named: Named, side: Named) -> None:
        self._index = index
        self._sexes = sexes
        self._named = named
        self._side = side
        self._meant: dict[Place, Mention] = {}
        self.sentences: list[Sight] = []
        self._number: dict[Place, int] = {}
        self.steps = 0

    def read(self, parsed: Parsed) -> None:
        """The pass; what it asks of ``named`` may look back at what the pass has seen so far."""
        for paragraph, sentence in parsed.sentences():
            self._number[paragraph.start, sentence.start] = len(self.sentences)
            self.sentences.append(Sight(paragraph=paragraph, sentence=sentence))
        for number in range(len(self.sentences)):
            self._read(number)

    def of(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """Whom a pronoun means; empty where the text leaves it open."""
        if token.lower_ in SPEAKERS:
            return self._side(paragraph, token)
        found = self._meant.get((paragraph.start, token.i))
        return found.entities if found is not None else ()

    def antecedent(self, paragraph: Paragraph, token: Token) -> Mention | None:
        """The mention for which a pronoun stands, be it of somebody without a name."""
        return self._meant.get((paragraph.start, token.i))

    def pair(self, paragraph: Paragraph, token: Token) -> tuple[Entity, ...]:
        """The two that "they", "the two leaders" or "both sides" mean."""
        number = self.number_of(paragraph, token)
        kinds = ("state", "person") if lemma(token) in words("of states") else ("person", "state")
        for kind in kinds:
            for back in range(min(_FAR[kind], number + 1)):
                sight = self.sentences[number - back]
                if found := _two_of(sight, kind, token if not back else None):
                    return found
        return ()

    def number_of(self, paragraph: Paragraph, token: Token) -> int:
        """The number of a word's sentence."""
        return self._number[paragraph.start, token.sent.start]

    def before(self, paragraph: Paragraph, token: Token, most: int) -> Iterator[Mention]:
        """What was mentioned before a word, the last first, in its sentence and ``most`` before."""
        number = self.number_of(paragraph, token)
        for back in range(min(most, number) + 1):
            for item in reversed(self.sentences[number - back].mentions):
                if back or item.token.i < token.i:
                    yield item

    # the pass

    def _read(self, number: int) -> None:
        sight = self.sentences[number]
        paragraph, sentence = sight.paragraph, sight.sentence
        heads = self._heads(paragraph, sentence)
        for token in sentence:
            if (entities := heads.get(token.i)) is not None:
                sight.mentions.append(self._mention(paragraph, token, entities))
            elif token.tag_ in {"PRP", "PRP$"} or token.lower_ == "both":
                self._pronoun(number, token)
            elif token.pos_ == "NOUN" and token.dep_ in SUBJECTS:
                self._unnamed(sight, token)

    def _heads(self, paragraph: Paragraph, sentence: Sentence) -> dict[int, list[Entity]]:
        found: dict[int, list[Entity]] = {}
        span = (paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
        for place, entity in self._index.within(span):
            name = paragraph.doc.char_span(
                place[0] - paragraph.start, place[1] - paragraph.start, alignment_mode="expand"
            )
            if name is not None and len(name):
                found.setdefault(head_of(name).i if entity.kind == "person" else name.root.i, []).append(entity)
        return found

    def _mention(self, paragraph: Paragraph, token: Token, entities: list[Entity]) -> Mention:
        people = [entity for entity in entities if entity.kind == "person"]
        whose = people[-1:] or entities[-1:]
        return Mention(
            token=token, paragraph=paragraph, entities=tuple(whose), rank=_rank(token), person=bool(people),
            sex=self._sexes.get(whose[0].id), quoted=in_quotation(token),
        )  # fmt: skip

    def _unnamed(self, sight: Sight, token: Token) -> None:
        """A person without a name, or a side: "a diplomat", "the minister", "the rebels"."""
        is_person = _is_person(token)
        new = any(child.lower_ in _NEW for child in token.children)
        entities = () if new and is_person else self._named(sight.paragraph, token)
        people = tuple(entity for entity in entities if entity.kind == "person")
        singular = token.tag_ == "NN"
        if not entities and not is_person and singular and not acts(token):
            return
        sight.mentions.append(Mention(
            token=token, paragraph=sight.paragraph, entities=people or entities, rank=_rank(token),
            person=(is_person and singular) or bool(people), many=not singular,
            sex=self._sexes.get(people[0].id) if people else None, quoted=in_quotation(token),
        ))  # fmt: skip

    def _pronoun(self, number: int, token: Token) -> None:
        word = token.lower_
        sight = self.sentences[number]
        quoted = in_quotation(token)
        found: Mention | None = None
        if word in SEXES:
            found = self._person(number, token, SEXES[word], quoted=quoted)
        elif quoted:
            return
        elif (owner := _owner_near(token)) is not None:
            found = self._at(sight, owner, many=word in MANY)
        elif word in THINGS:
            found = self._thing(number, token)
        elif word in MANY:
            found = self._many(number, token)
        if found is None:
            return
        self._meant[sight.paragraph.start, token.i] = found
        sight.mentions.append(Mention(
            token=token, paragraph=sight.paragraph, entities=found.entities, rank=_rank(token), sex=SEXES.get(word),
            person=word in SEXES, many=found.many, quoted=quoted, pronoun=True,
        ))  # fmt: skip

    def _person(self, number: int, token: Token, sex: str, *, quoted: bool) -> Mention | None:
        sight = self.sentences[number]
        if (found := self._by_grammar(sight, token, sex)) is not None:
            return found
        if quoted:
            return None
        reported = _reported_before(token)
        for back in range(min(REACH, number) + 1):
            fitting = [
                item for item in self.sentences[number - back].mentions
                if item.person and not item.many and item.sex in {sex, None} and not item.quoted
                and not (back == 0 and (item.token.i in reported or _one_verb(item.token, token)))
            ]  # fmt: skip
            self.steps += 1
            if fitting:
                return _root_of(min(fitting, key=lambda item: item.rank), self._meant)
        return None

    def _by_grammar(self, sight: Sight, token: Token, sex: str) -> Mention | None:
        verb = verb_above(token)
        if verb is None:
            return None
        if token.tag_ == "PRP$":
            subject = subject_of(verb)
            if subject is not None and subject.i < token.i:
                return self._fitting_at(sight, subject, sex)
        for child in verb.children:
            if child.dep_ in {"ccomp", "parataxis"} and child.i < token.i:
                same = [item for item in child.children if item.dep_ in SUBJECTS and item.lower_ == token.lower_]
                if same and not in_quotation(same[0]):
                    return self._meant.get((sight.paragraph.start, same[0].i))
        root = token.sent.root
        if verb is not root and verb.dep_ in {"advcl", "relcl", "acl", "pcomp"} and token.dep_ in SUBJECTS:
            ahead = next((child for child in root.children if child.dep_ in SUBJECTS and child.i > token.i), None)
            entity = self._index.at(sight.paragraph.span_of(ahead)) if ahead is not None else None
            if ahead is not None and entity is not None and entity.kind == "person":
                found = self._mention(sight.paragraph, ahead, [entity])
                return found if found.sex in {sex, None} else None
        return None

    def _fitting_at(self, sight: Sight, token: Token, sex: str) -> Mention | None:
        for item in reversed(sight.mentions):
            if item.token.i == token.i:
                return _root_of(item, self._meant) if item.person and item.sex in {sex, None} else None
        return None

    def _at(self, sight: Sight, token: Token, *, many: bool) -> Mention | None:
        """What is mentioned at a word, where it is a side (of several, with ``many``)."""
        for item in reversed(sight.mentions):
            if item.token.i == token.i and not (item.person and not many):
                joined = self._joined(item)
                if item.many or (len(joined) > 1) == many or not many:
                    return replace(_root_of(item, self._meant), entities=joined if many else item.entities, many=many)
        return None

    def _thing(self, number: int, token: Token) -> Mention | None:
        if token.tag_ == "PRP" and token.dep_ not in SUBJECTS:
            return None
        own = verb_above(token)
        for back in range(min(1, number) + 1):
            near = [
                item for item in self.sentences[number - back].mentions
                if not item.person and not item.many and not item.quoted
                and all(entity.kind in _SIDES for entity in item.entities)
                and not (back == 0 and token.tag_ != "PRP$" and own is not None and verb_above(item.token) == own)
            ]  # fmt: skip
            self.steps += 1
            subjects = [item for item in near if item.rank == 0] or [item for item in near if item.rank == 1]
            if subjects and (back or subjects[0].token.i < token.i):
                return _root_of(subjects[0], self._meant)
            other = _other_subject(self.sentences[number - back].sentence, token, back=back)
            if other is not None:
                owners = [item for item in near if item.token.head == other and item.token.dep_ == "poss"]
                return _root_of(owners[0], self._meant) if owners else None
        return None

    def _many(self, number: int, token: Token) -> Mention | None:
        """The side or the two that were the subject as many, in this sentence or the last; else the last two."""
        sight = self.sentences[number]
        for back in range(min(1, number) + 1):
            many = [
                item for item in self.sentences[number - back].mentions
                if (item.many or len(self._joined(item)) > 1) and item.rank < 2 and not item.quoted
                and not (back == 0 and _one_verb(item.token, token))
            ]  # fmt: skip
            self.steps += 1
            if many:
                item = min(many, key=lambda one: one.rank)
                entities = self._joined(item)
                return Mention(
                    token=item.token, paragraph=item.paragraph, entities=entities, rank=item.rank, sex=None,
                    person=False, many=True,
                )  # fmt: skip
        found = self.pair(sight.paragraph, token)
        return (found and Mention(
            token=token, paragraph=sight.paragraph, entities=found, rank=2, sex=None, person=False, many=True
        )) or None  # fmt: skip

    def _joined(self, item: Mention) -> tuple[Entity, ...]:
        """Whom a mention and those joined to it mean."""
        if item.many or item.pronoun:
            return item.entities
        found = list(item.entities)
        for other in item.token.conjuncts:
            entity = self._index.at(item.paragraph.span_of(other))
            if entity is not None and entity not in found and entity.kind != "place":
                found.append(entity)
        return tuple(found)


def _owner_near(token: Token) -> Token | None:
    """Of "its" and "their" the owner that grammar gives: the noun joined before ("X and its allies"), or the subject.

    None for other pronouns, and where no noun stands so.
    """
    if token.tag_ != "PRP$" or token.lower_ not in {"its", "their"}:
        return None
    owned = token.head
    if owned.dep_ == "conj" and owned.head.i < token.i and owned.head.pos_ in {"NOUN", "PROPN"}:
        return owned.head
    verb = verb_above(token)
    subject = subject_of(verb) if verb is not None else None
    return (
        subject if subject is not None and subject.i < token.i and subject.pos_ in {"NOUN", "PROPN", "PRON"} else None
    )


def _other_subject(sentence: Sentence, token: Token, *, back: int) -> Token | None:
    """The noun that is the subject of a sentence and no side; "it" then means that, or its owner: "The plan ... It"."""
    subject = subject_of(sentence.root)
    if subject is None or subject.pos_ not in {"NOUN", "PROPN"} or (not back and subject.i > token.i):
        return None
    return subject


def _root_of(item: Mention, meant: Mapping[Place, Mention]) -> Mention:
    """The mention with a name or a noun behind a pronoun's."""
    return meant.get((item.paragraph.start, item.token.i), item) if item.pronoun else item


def _rank(token: Token) -> int:
    for item in (token, token.head):
        if item.dep_ in SUBJECTS and (item is token or token.dep_ in {"appos", "compound", "flat"}):
            return 0 if is_main(item) else 1
    return 2


def _is_person(token: Token) -> bool:
    low = token.lower_
    return lemma(token) in words("person") or bool(world().titles(low))


def _one_verb(one: Token, other: Token) -> bool:
    """Whether two words are arguments of one verb, so that they are two persons; an owner may be either."""
    if other.tag_ == "PRP$":
        return False
    first, second = verb_above(one), verb_above(other)
    return first is not None and first == second


def _reported_before(token: Token) -> frozenset[int]:
    """The places of the words that the subject of a verb reports, where they stand before it."""
    if token.dep_ not in SUBJECTS:
        return frozenset()
    return frozenset(
        item.i for child in token.head.children if child.dep_ in {"ccomp", "parataxis"} and child.i < token.i
        for item in child.subtree
    )  # fmt: skip


def _two_of(sight: Sight, kind: str, before: Token | None) -> tuple[Entity, ...]:
    """Subject and object of a sentence's main verb, where they are of two sides; else the last two named there."""
    mentions = [item for item in sight.mentions if before is None or item.token.i < before.i]
    if before is None:
        root = sight.sentence.root
        found = _distinct(
            entity for item in mentions if _argument_of(item.token, root) for entity in item.entities
            if entity.kind == kind
        )  # fmt: skip
        if _two_sides(found):
            return found
    seen: dict[str, Entity] = {}
    for item in mentions:
        for entity in item.entities:
            if entity.kind == kind and (entity.country is not None or entity.party is not None):
                seen.pop(entity.id, None)
                seen[entity.id] = entity
    last = tuple(seen.values())[-2:]
    return last if _two_sides(last) else ()


def _two_sides(found: tuple[Entity, ...]) -> bool:
    return len(found) == 2 and (found[0].party or found[0].country) != (found[1].party or found[1].country)


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({entity.id: entity for entity in entities}.values())


def _argument_of(token: Token, root: Token) -> bool:
    """Whether a word, or the first of its list, is an argument of the main verb."""
    for _ in range(len(token.sent)):
        if token.dep_ != "conj" or token.head == token:
            break
        token = token.head
    if token.head == root:
        return token.dep_ in {*SUBJECTS, "dobj", "obj", "dative", "agent"}
    preposition = token.head
    return token.dep_ == "pobj" and preposition.head == root and preposition.lower_ in _WITH


__all__ = ["MANY", "SEXES", "SPEAKERS", "THINGS", "Discourse", "Mention"]
