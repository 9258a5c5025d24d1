"""Frames of contacts that are not in person: calls, video conferences, letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._asides import is_denied
from dragoman.read.meetings._mode import means_of
from dragoman.read.meetings._sides import agents, governor, governs, objects, with_whom
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.meetings._sight import Clause, Sighting

_TO = frozenset({"to", "with", "from", "between", "by"})


def calling(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """``X rang Y``, ``X called Y on Monday``: persons only; to call somebody something is no call."""
    if any(
        child.dep_ in {"oprd", "ccomp", "xcomp", "prt", "attr", "acomp"} and child.tag_ != "VB"
        for child in verb.children
    ):
        return None
    if any(child.dep_ == "dobj" and child.pos_ != "PROPN" and child.tag_ != "PRP" for child in verb.children):
        return None
    if any(_is_called_so(child) for child in verb.children if child.dep_ == "dobj"):
        return None
    others = [entity for entity in (*objects(clause, verb), *agents(clause, verb)) if entity.kind == "person"]
    callers = [entity for entity in subject if entity.kind == "person"]
    return clause.made([*callers, *others], verb, firm=True, mode="call") if callers and others else None


def _is_called_so(noun: Token) -> bool:
    """``called him a friend``, where the parse takes the name that is called for an apposition."""
    beside = (child for child in noun.children if child.dep_ == "appos")
    return any(inner.lower_ in {"a", "an"} for child in beside for inner in child.children)


def writing(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """``X wrote to Y``: persons only."""
    others = [entity for entity in to_whom(clause, verb) if entity.kind == "person"]
    callers = [entity for entity in subject if entity.kind == "person"]
    return clause.made([*callers, *others], verb, firm=True, mode="letter") if callers and others else None


def to_whom(clause: Clause, head: Token) -> list[Entity]:
    """The parties after "to", or the indirect object."""
    found = [
        entity for child in head.children if child.dep_ in {"prep", "dative"} and child.lower_ == "to"
        for item in child.children if item.dep_ == "pobj" for entity in clause.scene.parties(clause.paragraph, item)
    ]  # fmt: skip
    found += [
        entity for child in head.children if child.dep_ == "dative" and child.lower_ != "to"
        for entity in clause.scene.parties(clause.paragraph, child)
    ]  # fmt: skip
    return found


def remote_noun(clause: Clause, noun: Token) -> Iterator[Sighting | None]:
    """A call, a video conference or a letter, named by a noun."""
    mode = means_of(noun)
    if mode is None:
        return
    parties = _beside(clause, noun)
    if _is_bare(noun) and not any(entity.kind == "person" for entity in parties):
        return
    verb = governor(noun)
    if verb is not None and is_denied(verb):
        return
    if verb is None:
        yield clause.made(parties, noun, firm=False, mode=mode)
        return
    if _carried(noun, verb) and len({entity.country for entity in parties}) < 2:
        parties = [*clause.scene.subject_of(clause.paragraph, verb), *parties, *_around(clause, verb, noun)]
    if mode == "letter" and not any(entity.kind == "person" for entity in parties):
        return
    light = governs(noun, verb) and lemma(verb) in words("held") | words("sent")
    aside = noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "after", "following", "on"}
    yield clause.made(parties, verb if light or aside else noun, firm=light or aside, mode=mode)


def _is_bare(noun: Token) -> bool:
    """``a call``, which may be one for restraint, and no ``telephone call``."""
    return lemma(noun) == "call" and not any(lemma(child) in words("phone") for child in noun.children)


def _beside(clause: Clause, noun: Token) -> list[Entity]:
    """The parties that stand on the noun itself: its owner, "with", "between", "to", "from"."""
    found: list[Entity] = []
    for child in noun.children:
        if child.dep_ == "poss":
            found += clause.scene.parties(clause.paragraph, child)
        if child.dep_ == "prep" and child.lower_ in _TO:
            found += [
                e
                for item in child.children
                if item.dep_ == "pobj"
                for e in clause.scene.parties(clause.paragraph, item)
            ]
        if child.dep_ == "prep" and child.lower_ == "of":
            found += [e for item in child.children if lemma(item) in words("letter") for e in _beside(clause, item)]
    return found


def _carried(noun: Token, verb: Token) -> bool:
    """Whether the noun is what the verb does, or an aside on its clause."""
    if governs(noun, verb) and noun.dep_ == "dobj":
        return lemma(verb) in words("held") | words("sent")
    return noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "by", "on"} and noun.head.head == verb


def _around(clause: Clause, verb: Token, noun: Token) -> list[Entity]:
    """The other side by the verb: its object, "to", "with"."""
    near = [*objects(clause, verb), *to_whom(clause, verb), *with_whom(clause, verb)]
    return [entity for entity in near if entity.kind == "person"] if noun.dep_ == "pobj" else near
