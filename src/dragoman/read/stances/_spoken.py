"""Stances in a party's own mouth: "must", "should", "has to", "will not", in its words or in what it is said to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.promises._clause import SUBJECTS, VERBS, condition_of, is_question, lemma
from dragoman.read.stances._candidate import Candidate
from dragoman.read.stances._words import is_negotiable, words
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import StanceKind
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.promises._holders import Holders
    from dragoman.read.syntax import Clause

_MUST = frozenset({"must", "should", "ought"})
_NEVER = frozenset({"will", "would"})
_ONLY = frozenset({"unless", "until", "provided", "providing"})


def by_speech(parsed: Parsed, holders: Holders) -> Iterator[Candidate]:
    """Every stance that a party's own modal verb makes, in order."""
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            if token.pos_ in VERBS and token.dep_ not in {"aux", "auxpass"} and not is_question(token):
                yield from _of(holders, paragraph, token)


def _of(holders: Holders, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
    sentence = analyse(verb.sent)
    clause = sentence.at(verb.i - sentence.first)
    kind = _kind(verb, clause)
    if kind is None or (kind == "demands" and lemma(verb) in words("talk")):
        return
    speaker = verb.doc[sentence.first + clause.source] if clause.source is not None else None
    own = holders.by(paragraph, verb)
    by = holders.who(paragraph, speaker) if speaker is not None else ()
    by = by or (own if kind != "demands" else ())
    bearer = verb.head if _has_to_do(verb) else verb
    subject = next((child for child in bearer.children if child.dep_ in SUBJECTS), None)
    if not by or subject is None:
        return
    if kind == "demands" and not _is_of_talks(subject, own, by):
        return
    if kind != "demands" and not set(own) & set(by):
        return
    yield Candidate(
        paragraph=paragraph, kind=kind, head=verb, by=by, cue=verb, holder=speaker, rule=f"spoken {clause.modal}",
        sure=0.5 if holders.has_other(paragraph, by) else 0.3,
    )  # fmt: skip


def _kind(verb: Token, clause: Clause) -> StanceKind | None:
    """What a modal makes of it; "will not, unless" is a condition."""
    if clause.modal in _MUST or _has_to_do(verb):
        return "demands"
    if clause.modal not in _NEVER or not clause.negated:
        return None
    if condition_of(verb) is not None and any(token.lower_ in _ONLY for token in verb.subtree):
        return "conditions"
    return "rejects" if lemma(verb) in words("refused") else None


def _has_to_do(verb: Token) -> bool:
    """``has to stop``, ``needs to be``."""
    return (
        verb.dep_ == "xcomp" and lemma(verb.head) in {"have", "need"} and any(kid.tag_ == "TO" for kid in verb.children)
    )


def _is_of_talks(subject: Token, own: tuple[str, ...], by: tuple[str, ...]) -> bool:
    """Whether a demand is on another side or on the deal, and not on oneself."""
    return bool(set(own) - set(by)) or (not own and is_negotiable(subject)) or subject.lower_ in words("everybody")
