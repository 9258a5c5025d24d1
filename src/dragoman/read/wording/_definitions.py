"""Definitions and uses of contested terms, with whose words they are.

1. A term inside a quotation's content is worded by its speaker: the wording is the
   noun phrase of the term with all that modifies it (for a verb, its clause).
2. Outside quotations, ``by X they mean Y``, ``define X as Y``, ``X means Y`` and ``to P the phrase covers Y`` give
   the definition and the state that means it so.
3. What a state itself does with a term (commits itself to, declares, demands it) is its wording.
4. An adjective or adverb ("phased", "step by step") words nothing alone: its noun or its clause does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import subject_of
from dragoman.read.findings import Definition, Quote, SpeaksFor
from dragoman.read.reference.quotation import in_quotation
from dragoman.read.wording._terms import Term, terms, terms_in
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference import Reference

_DEFINING = frozenset({"mean", "define", "understand", "interpret", "signify", "entail", "describe", "cover", "denote"})
_PHRASE = frozenset({"phrase", "term", "word", "expression", "wording", "formula", "it"})
_OWN = frozenset(
    {"commit", "agree", "pledge", "confirm", "declare", "promise", "reaffirm", "express", "want", "propose", "demand",
     "seek", "reject", "accept", "insist", "offer", "repeat", "endorse", "request", "urge"}
)  # fmt: skip
_EMPTY = frozenset({"way", "manner", "fashion", "form", "basis"})
_MEANINGS = frozenset({"dobj", "ccomp", "xcomp", "prep", "oprd"})
_LONGEST = 30


def known_terms() -> tuple[str, ...]:
    """The names of the contested terms."""
    return tuple(term.name for term in terms())


def find_definitions(
    parsed: Parsed, index: Reference, quotes: Sequence[Quote], *, more: Sequence[Term] = ()
) -> list[Definition]:
    """Every party's own wording of a contested term, in order of place; ``more`` are terms of one's own dispute."""
    found = [
        *_own_words(parsed, index, quotes, more), *_quoted(parsed, quotes, more),
        *_defined(parsed, index, quotes, more),
    ]  # fmt: skip
    return sorted({(item.span, item.term): item for item in found}.values(), key=lambda item: item.span)


def _own_words(parsed: Parsed, index: Reference, quotes: Sequence[Quote], more: Sequence[Term]) -> Iterator[Definition]:
    """What a state, or one who leads it, is said to commit itself to, to declare or to demand."""
    covered = [piece for quote in quotes for piece in quote.content]
    for paragraph, sentence in parsed.sentences():
        for term, token in terms_in(sentence, more):
            spot = paragraph.start + token.idx
            verb = next((item for item in token.ancestors if item.pos_ == "VERB" and item.lemma_.lower() in _OWN), None)
            if verb is None or in_quotation(token) or any(piece[0] <= spot < piece[1] for piece in covered):
                continue
            subject = subject_of(verb)
            meant = index.who(paragraph, subject) if subject is not None else ()
            for state in dict.fromkeys(entity.country for entity in meant):
                if state in world().states:
                    start, end = wording_of(token)
                    span = paragraph.span_of(token.doc[start:end])
                    yield Definition(
                        span=span, term=term.name, wording=parsed.text[span[0] : span[1]], by=state,
                        speaks_for=SpeaksFor(office="executive", state=state),
                    )  # fmt: skip


def _quoted(parsed: Parsed, quotes: Sequence[Quote], more: Sequence[Term]) -> Iterator[Definition]:
    pieces = [(piece, quote) for quote in quotes for piece in quote.content]
    for paragraph, sentence in parsed.sentences():
        place = paragraph.span_of(sentence)
        inside = [(piece, quote) for piece, quote in pieces if piece[0] < place[1] and place[0] < piece[1]]
        if not inside:
            continue
        for term, token in terms_in(sentence, more):
            spot = paragraph.start + token.idx
            for piece, quote in inside:
                if piece[0] <= spot < piece[1]:
                    yield _made(parsed, paragraph, token, term=term.name, piece=piece, quote=quote)
                    break


def _made(parsed: Parsed, paragraph: Paragraph, token: Token, *, term: str, piece: Span, quote: Quote) -> Definition:
    start, end = wording_of(token)
    span = paragraph.span_of(token.doc[start:end])
    span = (max(span[0], piece[0]), min(span[1], piece[1]))
    return Definition(
        span=span, term=term, wording=parsed.text[span[0] : span[1]].strip(),
        by=quote.speaker.entity or quote.speaker.name, speaks_for=quote.speaks_for,
    )  # fmt: skip


def wording_of(token: Token) -> tuple[int, int]:
    """First and past-last token of the phrase that words a term: its noun phrase, or the clause of a verb."""
    head = token
    while head.dep_ in {"compound", "amod", "nmod", "pobj", "prep", "conj"} and head.head.pos_ in {
        "NOUN",
        "PROPN",
        "ADP",
        "ADJ",
    }:
        if head.head.sent != token.sent:
            break
        head = head.head
    if head.pos_ == "ADP":
        head = token
    head = _worded_by(head)
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "punct", "appos"} and child.i > token.i:
            end = min(end, child.left_edge.i)
    if end - start > _LONGEST:
        start, end = max(start, token.i - 6), min(end, token.i + 12)
    while end - 1 > token.i and token.doc[end - 1].is_punct:
        end -= 1
    while start < token.i and (token.doc[start].is_punct or token.doc[start].pos_ == "CCONJ"):
        start += 1
    return start, max(end, token.i + 1)


def _worded_by(head: Token) -> Token:
    """The noun or verb that an adjective or adverb stands for."""
    for _ in range(4):
        if head.pos_ in {"NOUN", "PROPN", "VERB"} and head.lemma_.lower() not in _EMPTY and head.dep_ != "advmod":
            return head
        if head.head == head or head.head.sent != head.sent:
            return head
        head = head.head
    return head


def _defined(parsed: Parsed, index: Reference, quotes: Sequence[Quote], more: Sequence[Term]) -> Iterator[Definition]:
    covered = [piece for quote in quotes for piece in quote.content]
    before: list[Sentence] = []
    for paragraph, sentence in parsed.sentences():
        before = [*before[-2:], sentence]
        verbs = [token for token in sentence if token.lemma_.lower() in _DEFINING and token.pos_ == "VERB"]
        if not verbs:
            continue
        spoken_of = list(terms_in(sentence, more)) or [
            (last, verbs[0]) for last in _last_term(before, more) if _speaks_of_phrase(verbs[0])
        ]  # fmt: skip
        for term, token in spoken_of:
            spot = paragraph.start + token.idx
            verb = next((item for item in verbs if item in token.ancestors or item in {token, token.head}), None)
            if verb is None or any(piece[0] <= spot < piece[1] for piece in covered):
                continue
            yield from _frame(parsed, index, paragraph, verb, term=term.name, token=token)


def _last_term(sentences: Sequence[Sentence], more: Sequence[Term]) -> list[Term]:
    """The term last named in the two sentences before, if any."""
    named = [term for sentence in sentences for term, _ in terms_in(sentence, more)]
    return named[-1:]


def _speaks_of_phrase(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lemma_.lower() in _PHRASE for child in verb.children)


def _to_whom(index: Reference, paragraph: Paragraph, verb: Token) -> str | None:
    """The state for which a phrase means something: ``To P the phrase covers Y``."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"to", "for"}:
            for item in child.children:
                entity = index.at(paragraph.span_of(item))
                if entity is not None and entity.country is not None:
                    return entity.country
    return None


def _frame(
    parsed: Parsed, index: Reference, paragraph: Paragraph, verb: Token, *, token: Token, term: str
) -> Iterator[Definition]:
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return
    if subject.lemma_.lower() in _PHRASE and (meant := _to_whom(index, paragraph, verb)) is not None:
        objects = [child for child in verb.children if child.dep_ == "dobj"]
        for child in objects:
            span = (paragraph.start + child.left_edge.idx, paragraph.span_of(child.right_edge)[1])
            yield Definition(
                span=span, term=term, wording=parsed.text[span[0] : span[1]], by=meant,
                speaks_for=SpeaksFor(office="executive", state=meant),
            )  # fmt: skip
        return
    meaning = next(
        (child for child in verb.children
         if child.i > verb.i and child.dep_ in _MEANINGS and token not in child.subtree),
        None,
    )  # fmt: skip
    if meaning is None:
        return
    span = (paragraph.start + meaning.left_edge.idx, paragraph.span_of(meaning.right_edge)[1])
    whose = index.at(paragraph.span_of(subject)) if token not in subject.subtree else None
    state = whose.country if whose is not None else None
    yield Definition(
        span=span, term=term, wording=parsed.text[span[0] : span[1]], by=whose.id if whose is not None else None,
        speaks_for=SpeaksFor(office="executive", state=state) if whose is not None and whose.kind == "state" else None,
    )  # fmt: skip
