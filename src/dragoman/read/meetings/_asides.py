"""Meetings told without a word of meeting.

Who sat across the table, who joined whom, an invitation that somebody brought, being
in another state's capital to talk, and journeys counted ("his third journey to").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._grammar import subject_token
from dragoman.read.meetings._sides import objects
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.meetings._sight import Clause, Sighting

_OPPOSITE = frozenset({"across", "opposite", "facing"})
_COUNTED = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_TABLE = frozenset({"table", "desk", "line"})


def across(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """``Across the table sat Y``: with whoever of another state was named last."""
    for child in verb.children:
        if child.lower_ not in _OPPOSITE:
            continue
        below = [item for item in child.subtree if item.dep_ == "pobj"]
        named = [e for item in below for e in clause.scene.parties(clause.paragraph, item) if e.kind == "person"]
        if not named and any(lemma(item) in _TABLE for item in below):
            named = clause.scene.last_of_other(clause.paragraph, verb, {e.country for e in subject})
        return clause.made([*subject, *named], verb, firm=True) if named else None
    return None


def joining(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """``X joins Y in Tokyo``, ``joined the two outside``: persons only."""
    others = [entity for entity in objects(clause, verb) if entity.kind == "person"]
    if any(child.lower_ == "them" for child in verb.children):
        others = clause.scene.antecedents.pair(clause.paragraph, clause.sentence[0])
    people = [entity for entity in subject if entity.kind == "person"]
    return clause.made([*people, *others], verb, firm=True) if people and others else None


def invitation(clause: Clause, noun: Token, place: Entity) -> list[Entity]:
    """Who is asked to come by an invitation that somebody brings: the person of another state named last."""
    verb = next((item for item in noun.ancestors if item.pos_ == "VERB"), None)
    if lemma(noun) != "invitation" or verb is None or lemma(verb) not in words("bring"):
        return []
    found = clause.scene.last_of_other(clause.paragraph, noun, {place.country})
    bearer = {entity.id for entity in clause.scene.subject_of(clause.paragraph, verb)}
    return [entity for entity in found if entity.kind == "person" and entity.id not in bearer]


def is_counted(noun: Token) -> bool:
    """``his third journey``: said of somebody's journeys to one place, and so of a visit that took place."""
    return any(child.lower_ in _COUNTED for child in noun.children)


def to_talk(verb: Token) -> bool:
    """Whether one goes somewhere, or is there, to talk or for talks."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB" and lemma(child) in words("talking") | words("meet"):
            return True
        if child.dep_ == "prep" and child.lower_ == "for":
            return any(lemma(item) in words("noun") for item in child.children)
    return False


def next_person(clause: Clause, verb: Token) -> list[Entity]:
    """The person named right after a verb whose object the parse has lost."""
    start = clause.paragraph.start + verb.idx + len(verb)
    for span, entity in clause.scene.index.within((start, clause.span[1])):
        between = clause.scene.parsed.text[start : span[0]]
        near = len(between.split()) <= _TITLES and _WORDS.fullmatch(between) is not None
        return [entity] if near and entity.kind == "person" and entity.country else []
    return []


_TITLES = 3
_WORDS = re.compile(r"[\w\s.’'-]*")


def with_below(clause: Clause, verb: Token) -> list[Entity]:
    """The persons after a "with" that the parse has hung deeper: ``sat for less time than he had hoped with X``."""
    found: list[Entity] = []
    for token in _after(verb):
        if token.lower_ == "with" and token.dep_ == "prep":
            for item in token.children:
                if item.dep_ == "pobj":
                    found += [e for e in clause.scene.parties(clause.paragraph, item) if e.kind == "person"]
    return found


def _after(verb: Token) -> Iterator[Token]:
    return (token for token in verb.subtree if token.i > verb.i)


def stayed_away(clause: Clause) -> bool:
    """Whether this sentence or the one before says of somebody that he did not come."""
    number = clause.scene.antecedents.number_at(clause.span[0])
    for _, _, _, sentence in clause.scene.antecedents.sentences[max(number - 1, 0) : number + 1]:
        low = {child.lower_ for child in sentence.root.children}
        if lemma(sentence.root) in words("appear") and "did" in low and low & {"not", "n't", "n’t", "never"}:
            return True
        after = {token.lower_ for token in sentence.root.doc[sentence.root.i + 1 : sentence.root.i + 4]}
        if lemma(sentence.root) == "stay" and after & {"home", "away"}:
            return True
    return False


def stood_up(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """``waited for colleagues who never came``: a meeting that did not come about."""
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ != "for":
            continue
        for item in child.children:
            absent = any(c.dep_ == "relcl" and lemma(c) in words("appear") and is_denied(c) for c in item.children)
            if absent:
                others = clause.scene.parties(clause.paragraph, item)
                return clause.made([*subject, *others], verb, firm=True, status="called off")
    return None


def is_denied(verb: Token) -> bool:
    """Whether a verb has a "not" or a "never"."""
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children)


def guest_of(clause: Clause, verb: Token, others: list[Entity]) -> list[Entity]:
    """``the envoy``, ``the visitor`` as subject, where no title tells who: the person of another state named last."""
    token = subject_token(verb)
    if token is None or lemma(token) not in words("guest") or token.tag_ != "NN":
        return []
    found = clause.scene.last_of_other(clause.paragraph, verb, {entity.country for entity in others})
    return [entity for entity in found if entity.kind == "person"]
