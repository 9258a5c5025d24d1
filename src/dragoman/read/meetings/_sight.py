"""Sightings: every place where the text speaks of a meeting, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from dragoman.read._dateline import told_from
from dragoman.read.findings import DateFinding, Entity, Mode, Status
from dragoman.read.meetings._grammar import clause_tokens, core, is_first_to, number_of, subject_token
from dragoman.read.meetings._mode import mode_of
from dragoman.read.meetings._report import source_of
from dragoman.read.meetings._scene import Scene
from dragoman.read.meetings._status import READERS, auxiliaries
from dragoman.read.meetings._words import CLAIMS, FIRST, REVIVED, SINCE, TIMES, lemma, words
from dragoman.read.parsed import text_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.parsed import Paragraph

_OFTEN = frozenset(
    {"regularly", "often", "usually", "frequently", "always", "sometimes", "routinely", "rarely", "seldom"}
)
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
    joining: bool = False
    officials: bool = False
    mode: Mode = "in person"


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
        self.mode = mode_of(trigger)
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
        mode: Mode | None = None,
    ) -> Sighting | None:
        """The sighting, unless there are fewer than two sides; ``near`` is the member of a list it is about."""
        distinct = _distinct(parties)
        if len({entity.country for entity in distinct if entity.country}) < 2:
            return None
        if self._is_habit():
            return None
        day = self.date_of(verb) if near is None else self.date_after(near)
        status = status or self.status_of(verb, day, firm=firm)
        return Sighting(
            parties=distinct, status=status, date=day,
            place=self.place_of(verb),
            count=self.count_of(verb) if near is None else self.count_after(near), claim=self.claim_of(verb, status),
            evidence=self.span, source=source_of(self),
            summit=lemma(self.trigger) == "summit",
            journey=visit or lemma(self.trigger) in words("journey") | words("go") | {"be"},
            told=lemma(self.trigger) in words("tell"), joining=lemma(self.trigger) in words("join"),
            officials=_of_officials(verb), mode=mode or self.mode,
            at=self.paragraph.start + self.trigger.idx, firm=firm, visit=visit,
            revived=bool(REVIVED.search(self.sentence.text)), old=self._is_old(day),
        )  # fmt: skip

    def _is_habit(self) -> bool:
        """Whether the clause tells what is done every week and the like: no one meeting."""
        bare = self.trigger.tag_ == "VB" and not auxiliaries(self.trigger)
        present = bare or self.trigger.tag_ in {"VBZ", "VBP"}
        often = any(child.lower_ in _OFTEN for child in self.trigger.children)
        return present and (often or any(item.kind == "SET" for item in self.dates))

    def _is_old(self, day: DateFinding | None) -> bool:
        """Whether a day lies more than a year before publication: history, no news."""
        published = self.scene.parsed.published
        if day is None or day.end is None or published is None:
            return False
        return (published - date.fromisoformat(day.end[:10])).days > _YEAR

    def date_of(self, verb: Token) -> DateFinding | None:
        """The date that hangs nearest on the clause: on its verb, on the noun, or on the verb it is joined to."""
        best: tuple[int, int, DateFinding] | None = None
        first = self.paragraph.start + told_from(text_of(self.paragraph.doc))
        tops = {verb.i: 0, self.trigger.i: 0}
        if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            tops.setdefault(verb.head.i, 3)
        if _accompanies(verb):
            tops.setdefault(verb.head.i, 1)
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

    def claim_of(self, verb: Token, status: Status) -> Claim | None:
        """Whether the clause claims first, only, never or not yet: of this meeting, and not "in nine years"."""
        found = CLAIMS.search(self.sentence.text)
        if status == "denied":
            return "never" if found is not None and found["never"] else "not yet" if found and found["yet"] else None
        if self._is_first(verb):
            return None if SINCE.search(self.sentence.text) else "first"
        return "only" if found is not None and found["only"] else None

    def _is_first(self, verb: Token) -> bool:
        """``met for the first time``, ``their first meeting``, ``became the first to meet him``."""
        if is_first_to(verb) is not None:
            return "first" in {child.lower_ for child in (*verb.head.children, verb.head)}
        times = [item for child in (*verb.children, *self.trigger.children) if child.lower_ == "for"
                 for item in child.children if lemma(item) == "time"]  # fmt: skip
        ranked = [child.lower_ for item in (*times, self.trigger) for child in item.children]
        return "first" in ranked or FIRST.search(self.sentence.text) is not None

    def status_of(self, verb: Token, day: DateFinding | None, *, firm: bool) -> Status:
        """Held, planned, possible, called off or denied, from tense, modality and what governs the clause."""
        for reader in READERS:
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
        if firm and (verb.tag_ in {"VBD", "VBN"} or "did" in auxiliaries(verb)):
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


def _accompanies(verb: Token) -> bool:
    """Whether a participle tells how the verb above it was done, on its day: ``left on Sunday, shaking hands with``."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return False
    return not any(child.dep_ in {"nsubj", "mark", "aux"} or child.tag_ == "WRB" for child in verb.children)


def _of_officials(verb: Token) -> bool:
    """Whether officials do it, several and without a name: no meeting of their leaders."""
    subject = subject_token(verb) if verb.pos_ in {"VERB", "AUX"} else None
    return subject is not None and subject.tag_ == "NNS" and lemma(subject) in words("staff")


def _distinct(parties: Sequence[Entity]) -> tuple[Entity, ...]:
    """Parties once each; a state goes where one of its persons is there."""
    seen = {entity.id: entity for entity in parties if entity.kind in {"person", "state", "organisation", "group"}}
    people = {entity.country for entity in seen.values() if entity.kind == "person"}
    return tuple(e for e in seen.values() if e.kind == "person" or e.country not in people)


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
