"""A ledger of what was promised: clause, by whom, to whom, by when, on what condition, and its reported fate.

1. Verbs and nouns of promise (``world/commitments.psv``) with the clauses they
   govern; a negated, possible or conditional promise is none.
2. ``will`` and ``is to`` in sentences that give the contents of a document.
3. ``would`` with a verb of doing, in what a government says of itself.
4. An accepted invitation.
5. The fate is what the rest of the text says of it: kept, broken, disputed,
   superseded; open where it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.commitments._clause import (
    complements,
    condition_of,
    extent,
    is_asserted,
    is_future,
    lemma,
    things,
    words,
)
from dragoman.read.commitments._deeds import about, deed_of, undone_by
from dragoman.read.commitments._fate import fate_of
from dragoman.read.commitments._parties import Parties, countries
from dragoman.read.commitments._reports import reported_fates
from dragoman.read.commitments._will import contents, own_plans
from dragoman.read.findings import Commitment, DateFinding, Fate
from dragoman.read.identity.pronouns import in_quotation
from dragoman.read.meetings._scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

__all__ = ["find_commitments", "find_fates", "undone_by"]


def find_commitments(parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> list[Commitment]:
    """The commitments that the text reports, in order; ``by`` and ``to`` are alpha-3 codes (an entity's id without)."""
    finder = _Finder(parsed, index, dates)
    return _distinct(finder.found())


def find_fates(parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> list[Fate]:
    """What the text reports of promises told elsewhere: kept, broken, disputed, superseded; in order."""
    return reported_fates(parsed, Parties(Scene(parsed, index)), dates)


@dataclass(frozen=True, kw_only=True)
class _Promise:
    """Who promises whom; ``others`` are the heads of further clauses of the same promise."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    others: frozenset[int] = frozenset()


class _Finder:
    def __init__(self, parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> None:
        self.parsed = parsed
        self.dates = dates
        self.parties = Parties(Scene(parsed, index))

    def found(self) -> Iterator[Commitment]:
        for paragraph, sentence in self.parsed.sentences():
            for token in sentence:
                low = lemma(token)
                if token.pos_ == "VERB" and low in words("bind") and (bound := self._bound(paragraph, token)):
                    yield from bound
                elif token.pos_ in {"VERB", "AUX"} and low in words("promise") and is_asserted(token):
                    yield from self._by_verb(paragraph, token)
                    yield from self._promised_thing(paragraph, token)
                elif (token.pos_ == "NOUN" and low in words("noun")) or (
                    low == "word" and token.pos_ == "NOUN" and any(child.dep_ == "poss" for child in token.children)
                ):
                    yield from self._by_noun(paragraph, token)
                elif token.pos_ == "VERB" and low in words("accept") and is_asserted(token):
                    yield from self._by_acceptance(paragraph, token)
                elif token.pos_ == "VERB" and low in words("set") and is_asserted(token):
                    yield from self._by_goal(paragraph, token)
                elif token.pos_ in {"ADJ", "VERB"} and low in words("pledged"):
                    yield from self._by_adjective(paragraph, token)
        for paragraph, head, by in (*contents(self.parsed, self.parties), *own_plans(self.parsed, self.parties)):
            yield self._made(paragraph, head, _Promise(by=by, to=self.parties.to(paragraph, head, by)))

    def _by_verb(self, paragraph: Paragraph, verb: Token) -> Iterator[Commitment]:
        by = self.parties.mutual(paragraph, verb, self.parties.by(paragraph, verb))
        heads = list(complements(verb))
        if not by:
            by = tuple(dict.fromkeys(code for head in heads for code in self._own_subject(paragraph, head)))
        heads = heads if by else []
        if not heads and by and lemma(verb) in words("thing") and not in_quotation(verb):
            heads = list(things(verb))
        if lemma(verb) in words("weak"):
            heads = [head for head in heads if is_future(head)]
        if lemma(verb) in words("offer"):
            heads = [head for head in heads if lemma(head) in words("deed")]
        yield from self._all(paragraph, heads, by, self.parties.to(paragraph, verb, by))

    def _by_noun(self, paragraph: Paragraph, noun: Token) -> Iterator[Commitment]:
        heads = list(complements(noun)) or (list(things(noun)) if lemma(noun) in words("pledge") else [])
        by = self.parties.owner(paragraph, noun)
        governor = next((item for item in noun.ancestors if item.pos_ == "VERB"), None)
        by = by or tuple(code for head in heads for code in self._own_subject(paragraph, head))
        if not by and governor is not None:
            by = self.parties.by(paragraph, governor)
            by = self.parties.other(paragraph, noun, by) if _is_gained(noun, governor) else by
        if lemma(noun) in words("offering"):
            heads = [head for head in heads if condition_of(head) is not None or lemma(head) in words("deed")]
        yield from self._all(paragraph, heads if by else [], by, self.parties.to(paragraph, noun, by))
        yield from self._promise_made(paragraph, noun)

    def _bound(self, paragraph: Paragraph, verb: Token) -> list[Commitment]:
        """``the accord obliges Russia to withdraw``: who is bound is the object."""
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None or lemma(subject) not in words("document") or not is_asserted(verb):
            return []
        heads = list(complements(verb))
        named = [child for child in verb.children if child.dep_ == "dobj"]
        named += [child for head in heads for child in head.children if child.dep_ == "nsubj"]
        by = countries([entity for item in named for entity in self.parties.scene.parties(paragraph, item)])
        return list(self._all(paragraph, heads, by, ())) if by else []

    def _promise_made(self, paragraph: Paragraph, noun: Token) -> Iterator[Commitment]:
        """``the promise that she made to them``: named, its clause not given."""
        for child in noun.children:
            if child.dep_ == "relcl" and lemma(child) in {"make", "give"} and is_asserted(child):
                subject = next((item for item in child.children if item.dep_ == "nsubj"), None)
                by = self.parties.by(paragraph, child) if subject is not None and subject.tag_ != "WDT" else ()
                if by:
                    yield self._made(paragraph, noun, _Promise(by=by, to=self.parties.to(paragraph, child, by)))

    def _by_adjective(self, paragraph: Paragraph, token: Token) -> Iterator[Commitment]:
        """``is committed to``, ``is willing to``: an offer is a commitment where it is a deed or has a condition."""
        if any(child.dep_ == "neg" for child in (*token.children, *token.head.children)):
            return
        committed = lemma(token) in {"commit", "committed"}
        if not committed and in_quotation(token):
            return
        heads = [
            child for child in complements(token)
            if committed or condition_of(child) is not None or lemma(child) in words("deed")
            or (token.head.pos_ == "AUX" and condition_of(token.head) is not None)
        ]  # fmt: skip
        verb = token.head if token.head.pos_ in {"VERB", "AUX"} else token
        if not heads and committed and verb != token and any(child.lower_ == "to" for child in token.children):
            heads = [verb]
        by = self.parties.by(paragraph, verb)
        yield from self._all(paragraph, heads if by else [], by, self.parties.to(paragraph, token, by))

    def _by_goal(self, paragraph: Paragraph, verb: Token) -> Iterator[Commitment]:
        """``confirmed the common goal of``, ``declared complete disarmament to be a common goal``."""
        by = self.parties.by(paragraph, verb)
        for child in verb.children:
            goals = [child] if child.dep_ == "dobj" else [
                item for item in child.children if item.dep_ == "attr"
            ] if child.dep_ in {"ccomp", "xcomp"} else []  # fmt: skip
            if by and any(lemma(item) in words("goal") for item in goals):
                yield self._made(paragraph, child, _Promise(by=by, to=self.parties.to(paragraph, verb, by)))

    def _promised_thing(self, paragraph: Paragraph, verb: Token) -> Iterator[Commitment]:
        """``the ceremony that their leaders promised``: the thing, with what the sentence says became of it."""
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and lemma(verb) in {"promise", "pledge"} and _is_thing(verb):
            pair = countries(self.parties.scene.antecedents.pair(paragraph, verb))
            if pair:
                yield self._made(paragraph, verb.head, _Promise(by=pair, to=self.parties.to(paragraph, verb, pair)))
        if verb.dep_ != "relcl" or list(complements(verb)) or lemma(verb) not in {"promise", "pledge", "vow"}:
            return
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None or subject.tag_ in {"WP", "WDT"} or verb.head.pos_ not in {"NOUN", "PROPN"}:
            return
        by = self.parties.by(paragraph, verb) or self.parties.owner(paragraph, subject)
        if by:
            yield self._made(paragraph, verb.head, _Promise(by=by, to=self.parties.to(paragraph, verb, by)))

    def _all(
        self, paragraph: Paragraph, heads: list[Token], by: tuple[str, ...], to: tuple[str, ...]
    ) -> Iterator[Commitment]:
        for head in heads:
            others = frozenset(item.i for item in heads if item != head)
            yield self._made(paragraph, head, _Promise(by=by, to=to, others=others))

    def _own_subject(self, paragraph: Paragraph, head: Token) -> tuple[str, ...]:
        if any(child.dep_ == "nsubj" for child in head.children):
            return self.parties.by(paragraph, head)
        return ()

    def _by_acceptance(self, paragraph: Paragraph, verb: Token) -> Iterator[Commitment]:
        taken = [child for child in verb.children if child.dep_ == "dobj" and lemma(child) in words("accepted")]
        if not any(child.dep_ in {"dobj", "ccomp", "xcomp", "prep"} for child in verb.children):
            taken = [item for item in verb.sent if item.i < verb.i and item.pos_ == "VERB" and lemma(item) == "invite"]
        by = self.parties.by(paragraph, verb)
        if taken and by:
            yield self._made(paragraph, verb, _Promise(by=by, to=self.parties.to(paragraph, verb, by)))

    def _made(self, paragraph: Paragraph, head: Token, promise: _Promise) -> Commitment:
        start, end = extent(head, promise.others)
        span = paragraph.span_of(head.doc[start:end])
        place = condition_of(head)
        fate, evidence = fate_of(self.parsed, span, head)
        return Commitment(
            span=span, clause=self.parsed.text[span[0] : span[1]], by=promise.by, to=promise.to, due=self._due(span),
            condition=head.doc[place[0] : place[1]].text if place else None, fate=fate,
            evidence=(paragraph.span_of(head.sent), *evidence), deed=deed_of(head), about=about(head),
        )  # fmt: skip

    def _due(self, span: Span) -> DateFinding | None:
        published = self.parsed.published
        for item in self.dates:
            inside = span[0] <= item.span[0] and item.span[1] <= span[1] and item.kind == "DATE"
            if inside and item.end is not None and (published is None or item.end[:10] >= published.isoformat()):
                return item
        return None


def _is_gained(noun: Token, governor: Token) -> bool:
    """Whether the promise is what the subject came away with, and so the other side's."""
    if lemma(governor) in words("gained") and noun.dep_ == "dobj":
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ == "with" and lemma(governor) in words("away")


def _is_thing(verb: Token) -> bool:
    """Whether ``promised`` describes a thing and has no clause: ``the ceremony promised for this year``."""
    return verb.head.pos_ == "NOUN" and not any(True for _ in complements(verb))


def _distinct(found: Iterator[Commitment]) -> list[Commitment]:
    """Commitments in order, without those whose clause lies inside another's."""
    kept: list[Commitment] = []
    for item in sorted(found, key=lambda c: (c.span[0], -c.span[1])):
        if not kept or item.span[1] > kept[-1].span[1]:
            kept.append(item)
    return kept
