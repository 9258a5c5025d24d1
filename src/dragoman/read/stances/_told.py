"""What the text says around a stance: who voices it, to whom, how firmly, and whether anybody stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.promises._clause import lemma
from dragoman.read.stances._words import words
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Audience, StanceStrength
    from dragoman.read.promises._holders import Holders
    from dragoman.read.stances._candidate import Candidate

_NEVER = frozenset({"never", "categorically", "flatly", "outright", "firmly"})
_FIRM = frozenset({"rule", "refuse", "veto"})


def speaker_of(holders: Holders, one: Candidate) -> str | None:
    """The name of the person who voices a stance: its holder, or who is quoted with it."""
    sentence = analyse(one.cue.sent)
    source = sentence.source(one.cue.i - sentence.first)
    words_of = [one.holder, one.cue.doc[sentence.first + source] if source is not None else None]
    for token in words_of:
        people = [who for who in holders.reference.who(one.paragraph, token) if who.kind == "person"] if token else []
        if people:
            return people[0].name
    return None


def is_hearsay(one: Candidate) -> bool:
    """Whether nobody named stands behind it: "reportedly", "sources say"."""
    return any(token.lower_ in words("hearsay") or lemma(token) in words("hearsay") for token in one.cue.sent)


def audience_of(one: Candidate) -> Audience | None:
    """Before whom it was said, where the sentence tells."""
    said = {token.lower_ for token in one.cue.sent}
    for name in ("leaked", "closed", "public"):
        if said & words(name):
            return name
    return None


def strength_of(one: Candidate) -> StanceStrength | None:
    """How firm a stance is: a demand, what one would accept, or what one will never do."""
    if one.kind == "demands":
        return "demand"
    if one.kind in {"accepts", "offers"}:
        return "would accept"
    near: list[Token] = [*one.cue.children, *one.cue.head.children]
    firm = lemma(one.cue) in _FIRM or any(token.lower_ in _NEVER for token in near)
    return "never" if one.kind == "rejects" and firm else None
