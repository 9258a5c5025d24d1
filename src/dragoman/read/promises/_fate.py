"""What became of a promise, as the rest of the text reports it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.promises._clause import auxiliaries, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import CommitmentFate, Span
    from dragoman.read.parsed import Parsed

_FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})
_NOT_YET = frozenset({"can", "may", "might", "could", "would", "should", "will", "shall", "must", "to"})
_FATES: tuple[CommitmentFate, ...] = ("broken", "superseded", "disputed", "kept")


def fate_of(parsed: Parsed, span: Span, head: Token) -> tuple[CommitmentFate, tuple[Span, ...]]:
    """The fate and the sentences that report it.

    Another sentence speaks of the promise where its verb is one of a fate, has a promise, pledge or agreement as
    its object or subject, and the sentence shares a word with the clause.
    """
    content = _content(head)
    for paragraph, sentence in parsed.sentences():
        place = paragraph.span_of(sentence)
        if place[0] <= span[0] < place[1]:
            fate = _own_fate(head)
            if fate is not None:
                return fate, ()
            continue
        if content.isdisjoint(lemma(token) for token in sentence if token.is_alpha):
            continue
        for token in sentence:
            if token.pos_ == "VERB" and promise_of(token) is not None and (fate := fate_of_verb(token)) is not None:
                return fate, (place,)
    return "open", ()


def promise_of(verb: Token) -> Token | None:
    """The promise that is the verb's object or passive subject, or that stands after ``in breach of``."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "nsubj"}:
            if child.dep_ == "nsubj" and not _is_promised(child):
                continue
            named = _innermost(child)
            if named is not None:
                return named
        if child.dep_ == "prep" and lemma(child) in {"from", "out", "on", "with"} and lemma(verb) in words("leave"):
            for item in child.subtree:
                if item.dep_ == "pobj" and is_pledge(item):
                    return item
    return None


def _innermost(noun: Token) -> Token | None:
    """The promise in ``the first of the promises``, or the thing in ``the ceremony that they promised``."""
    if is_pledge(noun) or _is_promised(noun):
        return noun
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for item in child.children:
                if is_pledge(item):
                    return item
    return None


def is_pledge(noun: Token) -> bool:
    """Whether a noun names a promise, or an agreement that holds some; "word" only with its owner."""
    if lemma(noun) == "word":
        return any(child.dep_ == "poss" for child in noun.children)
    return lemma(noun) in words("noun") | words("treaty")


def _is_promised(noun: Token) -> bool:
    """``the ceremony that their leaders promised``, ``the promised visit``."""
    return any(child.dep_ in {"relcl", "acl", "amod"} and lemma(child) in words("promised") for child in noun.children)


def _content(head: Token) -> frozenset[str]:
    return frozenset(
        lemma(token) for token in head.subtree if token.pos_ in {"NOUN", "PROPN", "VERB"} and len(token) > 3
    )


def _own_fate(head: Token) -> CommitmentFate | None:
    if head.pos_ in {"NOUN", "PROPN"} and head.dep_ in {"nsubj", "nsubjpass", "dobj"} and head.head.pos_ == "VERB":
        return fate_of_verb(head.head)
    for item in head.ancestors:
        if item.pos_ == "VERB" and lemma(item) in {"keep", "break", "renege", "honour", "honor", "fulfil", "fulfill"}:
            return fate_of_verb(item)
    return None


def _told_beside(verb: Token) -> bool:
    """``handed them over, keeping its promise``: told with a verb of the past."""
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.tag_ in {"VBD", "VBZ", "VBP"}


@cache
def _by_word() -> dict[str, CommitmentFate]:
    return {word: fate for fate in reversed(_FATES) for word in words(fate)}


def fate_of_verb(verb: Token) -> CommitmentFate | None:
    """The fate that a verb reports of the promise that is its object or subject; None where it reports none."""
    fate = _by_word().get(lemma(verb))
    if fate is None or auxiliaries(verb) & _NOT_YET or not (verb.tag_ in _FINITE or _told_beside(verb)):
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return "broken" if fate == "kept" else None
    return fate
