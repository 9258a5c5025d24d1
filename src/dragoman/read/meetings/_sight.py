"""Sightings: every place where the text speaks of a meeting, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from dragoman.read.findings import DateFinding, Entity, Status
from dragoman.read.meetings._grammar import clause_tokens, core, number_of, subject_token
from dragoman.read.meetings._report import source_of
from dragoman.read.meetings._scene import Scene
from dragoman.read.meetings._words import CLAIMS, DATELINE, REVIVED, SPEECH, TIMES, lemma, words
from dragoman.read.parsed import text_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.parsed import Paragraph

_YEAR = 365
Claim = Literal["first", "only", "never", "not yet"]


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One mention of a meeting; ``firm`` where the words are a finite verb and no mere noun."""

    parties: tuple[Entity, ...]
    status: Status
    date: DateFinding | None
    place: str | None
    count: int
    claim: Claim | None
    evidence: Span
    at: int
    firm: bool
    source: str | None = None
    visit: bool = False
    revived: bool = False
    old: bool = False
    summit: bool = False
    journey: bool = False
    told: bool = False
    officials: bool = False


class Clause:
    """A trigger in its sentence, with everything that asks about it."""

    def __init__(
        self, scene: Scene, dates: Sequence[DateFinding], paragraph: Paragraph, sentence: Sentence, trigger: Token
    ) -> None:
        self.scene = scene
        self.paragraph = paragraph
        self.sentence = sentence
        self.trigger = trigger
        start, end = paragraph.span_of(sentence)
        self.span = (start, end)
        self.dates = [item for item in dates if start <= item.span[0] and item.span[1] <= end]

    def made(
        self,
        parties: Sequence[Entity],
        verb: Token,
        *,
        firm: bool,
        visit: bool = False,
        near: Token | None = None,
        status: Status | None = None,
    ) -> Sighting | None:
        """The sighting, unless there are fewer than two sides; ``near`` is the member of a list it is about."""
        distinct = _distinct(parties)
        if len(distinct) < 2 or len({entity.country for entity in distinct}) < 2:
            return None
        day = self.date_of(verb) if near is None else self.date_after(near)
        return Sighting(
            parties=distinct, status=status or self.status_of(verb, day, firm=firm), date=day,
            place=self.place_of(verb),
            count=self.count_of(verb) if near is None else self.count_after(near), claim=self.claim_of(),
            evidence=self.span, source=source_of(self),
            summit=lemma(self.trigger) == "summit",
            journey=visit or lemma(self.trigger) in words("journey") | words("go") | {"be"},
            told=lemma(self.trigger) in words("tell"),
            officials=_of_officials(verb),
            at=self.paragraph.start + self.trigger.idx, firm=firm, visit=visit,
            revived=bool(REVIVED.search(self.sentence.text)), old=self._is_old(day),
        )  # fmt: skip

    def _is_old(self, day: DateFinding | None) -> bool:
        """Whether a day lies more than a year before publication: history, no news."""
        published = self.scene.parsed.published
        if day is None or day.end is None or published is None:
            return False
        return (published - date.fromisoformat(day.end[:10])).days > _YEAR

    def date_of(self, verb: Token) -> DateFinding | None:
        """The date that hangs nearest on the clause: on its verb, on the noun, or on the verb it is joined to."""
        best: tuple[int, int, DateFinding] | None = None
        dateline = DATELINE.match(text_of(self.paragraph.doc))
        first = self.paragraph.start + (dateline.end() if dateline else 0)
        tops = {verb.i: 0, self.trigger.i: 0}
        if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            tops.setdefault(verb.head.i, 3)
        carrier = self._carrier(verb)
        if carrier is not None:
            tops.setdefault(carrier.i, 2)
        for item in self.dates:
            if item.kind not in {"DATE", "TIME"} or item.start is None or item.span[0] < first:
                continue
            depth = self._depth(item, tops)
            if depth is not None:
                key = (depth, abs(item.span[0] - self.paragraph.start - self.trigger.idx), item)
                best = key if best is None or key[:2] < best[:2] else best
        return best[2] if best else None

    def _carrier(self, noun: Token) -> Token | None:
        """The verb whose day is the day of its noun: ``spent Friday on talks``, ``answered on Sunday after talks``."""
        if noun.pos_ not in {"NOUN", "PROPN"}:
            return None
        verb = next((item for item in noun.ancestors if item.pos_ in {"VERB", "AUX"}), None)
        if verb is None:
            return None
        if noun.dep_ in {"nsubj", "nsubjpass"} and lemma(verb) not in words("cancel") | words("plan") | words("wish"):
            return verb
        after = (
            noun.dep_ == "pobj" and noun.head.lower_ in {"after", "following", "during", "at"}
            and noun.head.head.pos_ in {"VERB", "AUX"}
            and not any(child.dep_ == "npadvmod" for child in noun.head.children)
        )  # fmt: skip
        return verb if after or lemma(verb) in words("carry") else None

    def _depth(self, item: DateFinding, tops: dict[int, int]) -> int | None:
        """Steps from a date up to one of ``tops`` without leaving the clause; None where it hangs elsewhere."""
        found = self.paragraph.doc.char_span(
            item.span[0] - self.paragraph.start, item.span[1] - self.paragraph.start, alignment_mode="expand"
        )
        if found is None or not len(found):
            return None
        token, steps = found.root, 0
        if token.dep_ == "pobj" and token.head.lower_ in {"since", "until", "till"}:
            return None
        while token.i not in tops:
            if token.head == token or token.dep_ in {"ccomp", "advcl", "relcl"} or steps > 8:
                return None
            if token.dep_ == "conj" and token.pos_ == "VERB":
                return None
            token, steps = token.head, steps + 1
        return steps + tops[token.i]

    def date_after(self, token: Token) -> DateFinding | None:
        """The first date after one member of a list."""
        place = self.paragraph.start + token.idx
        return next((item for item in self.dates if item.span[0] > place and item.start is not None), None)

    def count_after(self, token: Token) -> int:
        """``twice`` or ``three times`` right after one member of a list."""
        for item in token.doc[token.i + 1 : token.i + 4]:
            if item.lower_ in TIMES:
                return TIMES[item.lower_]
            if (number := number_of(item)) and item.i + 1 < len(token.doc) and token.doc[item.i + 1].lower_ == "times":
                return number
            if item.pos_ == "PROPN":
                break
        return 1

    def place_of(self, verb: Token) -> str | None:
        """The place that the clause names with in or at."""
        names = []
        carrier = self._carrier(verb) if verb == self.trigger else None
        for token in (*clause_tokens(verb), *(clause_tokens(carrier) if carrier is not None else ())):
            if token.dep_ == "pobj" and token.head.lower_ in {"in", "at", "to", "on", "near"}:
                entity = self.scene.index.at(self.paragraph.span_of(token))
                if entity is not None and entity.kind in {"place", "state"}:
                    names.append((abs(token.i - self.trigger.i), entity.name))
        if (
            not names
            and (where := next((child for child in verb.children if child.lower_ == "where"), None)) is not None
        ):
            start = self.span[0]
            earlier = self.scene.index.within((start, self.paragraph.start + where.idx))
            names.extend((0, entity.name) for _, entity in earlier[-1:] if entity.kind in {"place", "state"})
        return min(names)[1] if names else None

    def count_of(self, verb: Token) -> int:
        """How many meetings: ``twice``, ``three times``, ``two summits``."""
        for token in clause_tokens(verb):
            if token.lower_ in TIMES:
                return TIMES[token.lower_]
            if lemma(token) == "time" and token.tag_ == "NNS":
                for child in token.children:
                    if child.dep_ == "nummod" and (number := number_of(child)):
                        return number
        if self.trigger.tag_ == "NNS":
            for child in self.trigger.children:
                if child.dep_ == "nummod" and (number := number_of(child)):
                    return number
        return 1

    def claim_of(self) -> Claim | None:
        """Whether the clause claims first, only, never or not yet."""
        found = CLAIMS.search(self.sentence.text)
        if found is None:
            return None
        if found["never"]:
            return "never"
        if found["yet"]:
            return "not yet"
        return "first" if found["first"] else "only"

    def status_of(self, verb: Token, day: DateFinding | None, *, firm: bool) -> Status:
        """Held, planned, possible, called off or denied, from tense, modality and what governs the clause."""
        for reader in (_by_negation, _by_cancelling, _by_modality, _by_governor):
            found = reader(self, verb)
            if found and not (found == "held" and verb.pos_ == "NOUN" and self._is_ahead(day)):
                return found
        return self._by_day(verb, day, firm=firm)

    def _is_ahead(self, day: DateFinding | None) -> bool:
        """Whether a day is known to lie after publication."""
        published = self.scene.parsed.published
        return published is not None and day is not None and (day.start or "")[:10] > published.isoformat()

    def _by_day(self, verb: Token, day: DateFinding | None, *, firm: bool) -> Status:
        published = self.scene.parsed.published
        if firm and (verb.tag_ in {"VBD", "VBN"} or "did" in _auxiliaries(verb)):
            return "held"
        if day is not None and published is not None and day.start is not None:
            present = verb.tag_ in {"VBZ", "VBP"} and lemma(verb) not in words("go")
            if present and day.start[:10] == published.isoformat():
                return "planned"
            return "held" if date.fromisoformat(day.start[:10]) <= published else "planned"
        if lemma(self.trigger) in words("journey") and not firm:
            return "held" if self._is_past(verb) else "possible"
        return "held" if verb.tag_ in {"VBD", "VBN", "VBG", "NN", "NNS"} else "planned"

    def _is_past(self, noun: Token) -> bool:
        """Whether a noun stands after "after", "during" and the like, or is the subject of what came of it."""
        if noun.dep_ == "attr" and noun.head.tag_ == "VBD" and lemma(noun.head) == "be":
            return True
        return noun.dep_ == "pobj" and noun.head.lower_ in {
            "after",
            "during",
            "since",
            "following",
            "from",
            "in",
            "of",
            "on",
        }


def _of_officials(verb: Token) -> bool:
    """Whether officials do it, several and without a name: no meeting of their leaders."""
    subject = subject_token(verb) if verb.pos_ in {"VERB", "AUX"} else None
    return subject is not None and subject.tag_ == "NNS" and lemma(subject) in words("staff")


def _distinct(parties: Sequence[Entity]) -> tuple[Entity, ...]:
    """Parties once each; a state goes where one of its persons is there."""
    seen = {entity.id: entity for entity in parties if entity.kind in {"person", "state", "organisation", "group"}}
    people = {entity.country for entity in seen.values() if entity.kind == "person"}
    return tuple(e for e in seen.values() if e.kind == "person" or e.country not in people)


def _auxiliaries(verb: Token) -> set[str]:
    found = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.dep_ == "conj" and not found and verb.head.pos_ == "VERB":
        found = {child.lower_ for child in verb.head.children if child.dep_ in {"aux", "auxpass"}}
    return found


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in {"never", "nor"} for child in verb.children)


def _by_negation(_: Clause, verb: Token) -> Status | None:
    chain = [verb, *_governors(verb)]
    if _negated(verb):
        return "called off" if _auxiliaries(verb) & {"will", "would", "wo", "'ll"} else "denied"
    if any(_negated(item) and lemma(item) in {"take", "happen", "occur", "place"} for item in chain):
        return "called off"
    subject = subject_token(verb) if verb.pos_ in {"VERB", "AUX"} else None
    if subject is not None and any(child.lower_ == "no" for child in (*subject.children, subject)):
        return "denied"
    return None


def _comes_to_nothing(noun: Token) -> bool:
    """``their meeting, planned for June, would not take place``, whatever the parse makes of the words between."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 15, noun.sent.end)]:
        if token.lower_ in {";", "and", "but", "that"}:
            return False
        if _negated(token) and (lemma(token), *(child.lower_ for child in token.rights)) in _HAPPENING:
            return True
    return False


_HAPPENING = frozenset({("take", "place"), ("happen",), ("occur",), ("go", "ahead"), ("proceed",), ("come", "off")})


def _by_cancelling(clause: Clause, verb: Token) -> Status | None:
    if clause.trigger.pos_ == "NOUN" and _comes_to_nothing(clause.trigger):
        return "called off"
    if verb.dep_ in {"nsubj", "nsubjpass"} and lemma(verb.head) in words("held") | words("carry"):
        if _negated(verb.head) and lemma(verb.head) in {"hold", "take", "happen", "occur", "come"}:
            return "called off"
        if _auxiliaries(verb.head) & {"will", "would", "shall"}:
            return "planned"
    for item in (verb, *_governors(verb)):
        low = lemma(item)
        particle = next((child.lower_ for child in item.children if child.dep_ == "prt"), "")
        if low in words("cancel") or f"{low} {particle}" in words("cancel"):
            return "called off"
    if clause.trigger.pos_ == "NOUN" and any(
        lemma(child) in words("cancel")
        for child in clause.trigger.children
        if child.dep_ in {"amod", "acl", "compound"}
    ):
        return "called off"
    has_been = {"was", "were", "had"} & _auxiliaries(verb)
    if has_been and "to" in _auxiliaries(verb) and "have" in _auxiliaries(verb):
        return "called off"
    if verb.dep_ == "xcomp" and verb.head.lower_ in {"was", "were"} and "have" in _auxiliaries(verb):
        return "called off"
    return None


def _governors(verb: Token) -> Iterator[Token]:
    """What the clause hangs on: verbs and nouns up to a verb of speech or the root."""
    steps = 0
    for item in verb.ancestors:
        if verb.dep_ == "conj" and item == verb.head and item.pos_ == verb.pos_:
            continue
        steps += 1
        if steps > 3 or lemma(item) in SPEECH:
            return
        yield item


def _by_modality(_: Clause, verb: Token) -> Status | None:
    auxiliaries = _auxiliaries(verb)
    if auxiliaries & {"may", "might", "could", "can", "should", "must"}:
        return "possible"
    if auxiliaries & {"will", "shall", "'ll", "’ll", "wo"}:
        return "planned"
    if "would" in auxiliaries and "have" not in auxiliaries:
        return "planned" if verb.head != verb and lemma(verb.head) in SPEECH else "possible"
    if verb.tag_ == "VB" and "to" in auxiliaries and verb.dep_ == "xcomp" and lemma(verb.head) == "be":
        return "planned"
    return None


def _by_governor(clause: Clause, verb: Token) -> Status | None:
    at_it = verb.pos_ == "NOUN" and verb.dep_ == "pobj" and verb.head.lower_ in {"in", "at", "during"}
    if verb.tag_ in {"VB", "VBG", "NN", "NNS"} and not at_it:
        for item in _governors(verb):
            if found := _as_governed(item):
                return found
    return _as_modified(clause.trigger) if clause.trigger.pos_ == "NOUN" else None


def _as_governed(governor: Token) -> Status | None:
    """What a governing verb or noun makes of a meeting: ``wants to``, ``agreed to``, ``flew to``."""
    low = lemma(governor)
    if low in words("go") and governor.tag_ in {"VBD", "VBN"}:
        return "held"
    if low in words("wish"):
        return "possible"
    if (low in words("plan") and not _set_off_by(governor)) or _auxiliaries(governor) & {"will", "'ll", "’ll"}:
        return "planned"
    return "possible" if _auxiliaries(governor) & {"may", "might", "could"} else None


def _set_off_by(verb: Token) -> bool:
    """Whether something is set off, or set in motion, by the meeting: no plan."""
    below = {child.lower_ for child in verb.children}
    return verb.lower_ == "set" and "by" in below and bool(below & {"off", "in"})


def _as_modified(noun: Token) -> Status | None:
    for child in noun.children:
        if lemma(child) in words("unsure"):
            return "possible"
        if lemma(child) in words("coming"):
            return "planned"
    return None


def core_parties(clause: Clause, noun: Token) -> list[Entity]:
    """Parties named before a noun: ``the Trump-Kim summit``, ``US-North Korean talks``, ``inter-Korean``."""
    found = []
    piece = core(noun)
    for span, entity in clause.scene.index.within(clause.paragraph.span_of(piece)):
        if entity.kind == "person" or (entity.kind == "state" and not _is_venue(clause, span)):
            found.append(entity)
    return found


def _is_venue(clause: Clause, span: Span) -> bool:
    """``the Singapore talks``: a name, no adjective and no half of a pair, before a meeting says where it is."""
    text = clause.scene.parsed.text
    ways = {name.way for name in world().lookup(text[span[0] : span[1]])}
    paired = text[span[1] : span[1] + 1] in {"-", "–", "/"} or text[span[0] - 1 : span[0]] in {"-", "–", "/"}
    return not paired and "adjective" not in ways and text[span[1] : span[1] + 2] not in {"’s", "'s"}
