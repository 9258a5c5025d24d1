"""What became of a promise, as the rest of the text reports it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.commitments._clause import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import CommitmentFate, Span
    from dragoman.read.parsed import Parsed

_FATES: tuple[CommitmentFate, ...] = ("broken", "superseded", "disputed", "kept")
_WITHIN = 3


def fate_of(parsed: Parsed, span: Span, head: Token) -> tuple[CommitmentFate, tuple[Span, ...]]:
    """The fate and the sentences that report it.

    A sentence speaks of the promise where it names a promise, pledge or agreement, or
    shares two content words with its clause, and its verb is one of a fate.
    """
    content = _content(head)
    for paragraph, sentence in parsed.sentences():
        place = paragraph.span_of(sentence)
        if place[0] <= span[0] < place[1]:
            fate = _own_fate(head)
            if fate is not None:
                return fate, ()
            continue
        low = {lemma(token) for token in sentence if token.is_alpha}
        named = bool(low & words("noun")) and len(low & content) >= 1
        if not named and len(low & content) < _WITHIN:
            continue
        for token in sentence:
            if token.pos_ == "VERB" and (fate := _fate(token)) is not None:
                return fate, (place,)
    return "open", ()


def _content(head: Token) -> frozenset[str]:
    return frozenset(
        lemma(token) for token in head.subtree if token.pos_ in {"NOUN", "PROPN", "VERB"} and len(token) > 3
    )


def _own_fate(head: Token) -> CommitmentFate | None:
    if head.pos_ in {"NOUN", "PROPN"} and head.dep_ in {"nsubj", "nsubjpass", "dobj"} and head.head.pos_ == "VERB":
        return _fate(head.head)
    for item in head.ancestors:
        if item.pos_ == "VERB" and lemma(item) in {"keep", "break", "renege", "honour", "honor", "fulfil", "fulfill"}:
            return _fate(item)
    return None


@cache
def _by_word() -> dict[str, CommitmentFate]:
    return {word: fate for fate in reversed(_FATES) for word in words(fate)}


def _fate(verb: Token) -> CommitmentFate | None:
    fate = _by_word().get(lemma(verb))
    if fate is None or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP"}:
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return "broken" if fate == "kept" else None
    return fate
