"""Visits: an official of one party who goes to the state of another is in contact with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import behind, clause_above, clause_tokens, is_passive, objects
from dragoman.read.contacts._lexicon import frame_of, is_one_of, lemma
from dragoman.read.contacts._nouns import sides_of_noun
from dragoman.read.contacts._sides import Sides
from dragoman.read.contacts._verbs import sides_of_verb
from dragoman.read.findings import Entity
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate

_STATELY = frozenset({"state", "official", "visit", "goodwill", "working", "surprise", "secret", "day", "week"})
_ASIDE = frozenset({"on", "during", "in", "after", "for", "at", "before", "of", "following", "since"})


def visit_of(predicate: Predicate) -> Sides | None:
    """The visitor and the state visited, where the words name both."""
    return _by_noun(predicate) if not predicate.frame.verbal else _by_verb(predicate)


def _by_verb(predicate: Predicate) -> Sides | None:
    verb = predicate.token
    if is_passive(verb) and lemma(verb) != "visit":
        return None
    if predicate.frame.name == "send":
        return _sent(predicate)
    if predicate.frame.name == "go" and (not _is_for_talks(verb) or _has_sides(predicate)):
        return None
    goals = objects(verb) if lemma(verb) == "visit" else behind(verb, "to", "in", "at")
    host = _state_at(predicate, goals)
    visitor = predicate.subject(verb) if not is_passive(verb) else predicate.everyone(behind(verb, "by"))
    return _made(predicate, visitor, host, verb)


def _sent(predicate: Predicate) -> Sides | None:
    """``is sending an envoy to A and B``: the envoy, or his state, with the states to which he goes."""
    verb = predicate.token
    if is_passive(verb):
        return None
    sent = [child for child in objects(verb) if is_one_of(child, "staff") or predicate.is_person(child)]
    goals = [token for goal in behind(verb, "to") for token in (goal, *goal.conjuncts)]
    hosts = [host for goal in goals if (host := _state_at(predicate, [goal])) is not None]
    people = [entity for entity in predicate.everyone(sent) if entity.kind == "person"] or predicate.subject(verb)
    own = predicate.article.parties(people)
    hosts = [host for host in hosts if predicate.article.party(host) not in own]
    if not sent or not hosts or not own:
        return None
    return Sides(left=tuple(people), right=tuple(hosts), carrier=verb, travelled=tuple(people), how="visit")


def _by_noun(predicate: Predicate) -> Sides | None:
    noun = predicate.token
    if noun.dep_ in {"compound", "amod", "nmod"}:
        return None
    host = _state_at(predicate, behind(noun, "to", "in"))
    visitor = predicate.everyone(
        [*(child for child in noun.children if child.dep_ == "poss"), *behind(noun, "by", "from", "of")]
    )
    verb = clause_above(noun)
    if not visitor and verb is not None:
        top = noun
        carried = top.dep_ == "dobj" and is_one_of(verb, "held", "intend", "going")
        aside = top.dep_ == "pobj" and top.head.lower_ in _ASIDE and top.head.head == verb
        if carried or aside:
            visitor = predicate.subject(verb)
            host = host or _state_at(predicate, behind(verb, "to", "in"))
    return _made(predicate, visitor, host, verb if verb is not None else noun)


def _made(predicate: Predicate, visitor: list[Entity], host: Entity | None, carrier: Token) -> Sides | None:
    people = [entity for entity in visitor if entity.kind in {"person", "state"}]
    own = predicate.article.parties(people)
    if host is None and not people and not predicate.frame.verbal:
        return Sides(carrier=carrier, how="visit")
    if host is None or not people or predicate.article.party(host) in own or not own:
        return None
    if not any(entity.kind == "person" for entity in people) and predicate.frame.verbal:
        return None
    return Sides(left=tuple(people), right=(host,), carrier=carrier, travelled=tuple(people), host=(host,), how="visit")


def _state_at(predicate: Predicate, goals: list[Token]) -> Entity | None:
    """The state that a place name means or stands in; None for a body or a person."""
    for goal in goals:
        for token in (goal,):
            entity = predicate.article.reference.at(predicate.paragraph.span_of(token))
            if entity is None or entity.kind not in {"place", "state"} or entity.country is None:
                continue
            if entity.country not in world().states:
                continue
            known = next((one for one in predicate.article.reference.entities if one.id == entity.country), None)
            return known or Entity(id=entity.country, name=world().states[entity.country].name, kind="state",
                                   country=entity.country, role=None, mentions=())  # fmt: skip
    return None


def _is_for_talks(verb: Token) -> bool:
    """Whether one goes somewhere to talk, for talks, or on a visit."""
    for child in clause_tokens(verb):
        if child.dep_ == "prep" and child.lower_ in {"for", "on"} and any(map(_is_contact, child.children)):
            return True
    return any(
        child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB" and _is_contact(child) for child in verb.children
    )


def _has_sides(predicate: Predicate) -> bool:
    """Whether the purpose of a journey names whom one goes to meet: then that is the contact."""
    near = [token for head in clause_tokens(predicate.token) for token in (head, *head.children)]
    return any(token != predicate.token and _joins_two(predicate, token) for token in near)


def _joins_two(predicate: Predicate, token: Token) -> bool:
    frame = frame_of(token)
    if frame is None or frame.name in {"go", "send", "visit"}:
        return False
    one = replace(predicate, token=token, frame=frame)
    sides = sides_of_verb(one) if frame.verbal else sides_of_noun(one)
    return sides is not None and len(predicate.article.parties([*sides.left, *sides.right])) > 1


def _is_contact(token: Token) -> bool:
    frame = frame_of(token)
    return frame is not None and frame.name not in {"exchange", "discuss", "tell", "send", "go"}
