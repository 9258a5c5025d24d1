"""Frames of verbs, and the way from a trigger to its sightings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._asides import (
    across,
    guest_of,
    joining,
    next_person,
    stayed_away,
    stood_up,
    to_talk,
    with_below,
)
from dragoman.read.meetings._grammar import clause_tokens, is_first_to, subject_token
from dragoman.read.meetings._mode import frame_of_clause
from dragoman.read.meetings._nouns import of_noun
from dragoman.read.meetings._remote import calling, remote_noun, to_whom, writing
from dragoman.read.meetings._sides import agents, objects, towards, with_whom
from dragoman.read.meetings._sight import Clause, Sighting
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity

_SPENT = frozenset({"hour", "minute", "day", "afternoon", "morning", "evening", "time", "night", "half"})


def sightings(clause: Clause) -> Iterator[Sighting]:
    """Every meeting that the trigger speaks of."""
    token = clause.trigger
    if token.pos_ in {"VERB", "AUX"}:
        found = _verb(clause, token)
    elif token.pos_ in {"NOUN", "PROPN"}:
        found = remote_noun(clause, token) if lemma(token) in words("remote") else of_noun(clause, token)
    else:
        return
    yield from (item for item in found if item is not None)


def _verb(clause: Clause, verb: Token) -> Iterator[Sighting | None]:
    low = lemma(verb)
    if low == "pay":
        clause.mode = "in person"
    subject = clause.scene.subject_of(clause.paragraph, verb)
    for name, frame in _FRAMES.items():
        if low in words(name) and (clause.mode == "in person" or name in _FROM_AFAR):
            yield from frame(clause, verb, subject)


def _hosting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    others = [*objects(clause, verb), *agents(clause, verb)]
    if others:
        yield from _each(clause, verb, subject, others)
    elif any(child.dep_ == "nsubjpass" for child in verb.children):
        host = _seated(clause, verb, subject)
        yield _made(clause, verb, [*subject, host]) if host is not None else None


def _meeting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    if lemma(verb) in words("facing") and verb.tag_ != "VB":
        return
    others = [*objects(clause, verb), *with_whom(clause, verb), *agents(clause, verb)] or next_person(clause, verb)
    others = _not_oneself(clause, verb, subject, others)
    each_other = lemma(verb) in words("alone") and not _has_object(verb)
    if others or each_other:
        yield from _each(clause, verb, subject, others)


def _not_oneself(clause: Clause, verb: Token, subject: list[Entity], others: list[Entity]) -> list[Entity]:
    """The object, where its pronoun was taken for the subject: nobody meets himself, but who else was named."""
    pronoun = next((child for child in verb.children if child.dep_ == "dobj" and child.tag_ == "PRP"), None)
    doer = subject_token(verb)
    if doer is None or doer.pos_ == "PRON":
        return [entity for entity in others if pronoun is None or entity not in subject]
    if pronoun is None or not others or any(entity not in subject for entity in others):
        return others
    found = clause.scene.last_of_other(clause.paragraph, verb, {entity.country for entity in subject})
    return [entity for entity in found if entity.kind == "person"]


def _signing(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    people = [entity for entity in subject if entity.kind == "person"]
    yield _made(clause, verb, people if len(people) > 1 else subject if _specific(clause, verb) else [])


def _doing_with(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    if not _fit(verb, lemma(verb)):
        return
    others = [*with_whom(clause, verb), *_hands(clause, verb, subject)]
    if clause.mode != "in person":
        others = others or to_whom(clause, verb)
    if not others and lemma(verb) in {"sit", "spend"}:
        others = with_below(clause, verb)
    subject = subject or guest_of(clause, verb, others)
    if others and lemma(verb) in words("persons") and not (_has_person(subject) and _has_person(others)):
        return
    if others and (verb.tag_ not in {"VB", "VBG"} or lemma(verb) not in words("talking") or _specific(clause, verb)):
        yield from _each(clause, verb, subject, others)
    elif (
        not others
        and not _has_object(verb)
        and lemma(verb) in words("alone")
        and len(subject) > 1
        and (clause.mode != "in person" or _specific(clause, verb))
    ):
        yield _made(clause, verb, subject)


def _has_object(verb: Token) -> bool:
    return any(
        child.dep_ == "dobj" and (child.pos_ == "PROPN" or lemma(child) in words("role")) for child in verb.children
    )


def _has_person(entities: list[Entity]) -> bool:
    return any(entity.kind == "person" for entity in entities)


def _telling(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    if frame_of_clause(verb) is not None:
        return
    if clause.place_of(verb) is not None or _after_journey(clause):
        people = [e for e in (*subject, *objects(clause, verb)) if e.kind == "person"]
        yield _made(clause, verb, people)


def _inviting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    parties = [*subject, *objects(clause, verb), *agents(clause, verb)]
    yield clause.made(parties, verb, firm=True, status="called off" if stayed_away(clause) else "possible")


def _calling(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield calling(clause, verb, subject)


def _writing(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield writing(clause, verb, subject)


def _joining(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield joining(clause, verb, subject)


def _waiting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield stood_up(clause, verb, subject)


def _going(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield across(clause, verb, subject)
    yield _visit(clause, verb, subject)


_FRAMES: dict[str, Callable[[Clause, Token, list[Entity]], Iterator[Sighting | None]]] = {
    "host": _hosting, "meet": _meeting, "sign": _signing, "with": _doing_with, "tell": _telling, "invite": _inviting,
    "ring": _calling, "write": _writing, "go": _going, "seated": _going, "join": _joining, "await": _waiting,
}  # fmt: skip


_FROM_AFAR = frozenset({"meet", "with", "ring", "write", "host"})


def _specific(clause: Clause, verb: Token) -> bool:
    """Whether the clause gives a day, a place or a length: what makes talk a meeting."""
    if clause.date_of(verb) is not None or clause.place_of(verb) is not None:
        return True
    return any(lemma(token) in _SPENT for token in clause_tokens(verb))


def _after_journey(clause: Clause) -> bool:
    """Whether the sentences up to here tell of somebody's journey and of no letter or call."""
    before = clause.scene.tokens_before(clause.paragraph, clause.trigger)
    if any(lemma(token) in words("phone") for token in before):
        return False
    return any(token.pos_ == "VERB" and lemma(token) in words("go") | {"leave"} for token in before)


def _hands(clause: Clause, verb: Token, subject: list[Entity]) -> list[Entity]:
    """Whose hand was shaken: ``shook his hand``, ``took Mr Moon by the hand``; nobody shakes his own."""
    owners = [
        owner for child in verb.children if child.dep_ == "dobj" and lemma(child) == "hand"
        for owner in child.children if owner.dep_ == "poss"
    ]  # fmt: skip
    found = [entity for owner in owners for entity in clause.scene.parties(clause.paragraph, owner)]
    if owners and owners[0].tag_ == "PRP$" and (parallel := _met_before(clause)) and parallel not in subject:
        return [parallel]
    if owners and all(entity in subject for entity in found):
        return clause.scene.last_of_other(clause.paragraph, verb, {entity.country for entity in subject})
    return found or (objects(clause, verb) if lemma(verb) == "take" else [])


def _met_before(clause: Clause) -> Entity | None:
    """Whom the sentence before says that somebody met: its verb's object."""
    number = clause.scene.antecedents.number_at(clause.span[0])
    if number == 0:
        return None
    _, _, paragraph, sentence = clause.scene.antecedents.sentences[number - 1]
    if lemma(sentence.root) not in words("meet"):
        return None
    met = [child for child in sentence.root.children if child.dep_ == "dobj"]
    found = clause.scene.parties(paragraph, met[0], listed=False) if met else []
    return found[0] if found and found[0].kind == "person" else None


def _fit(verb: Token, low: str) -> bool:
    """Whether "spend" is of time, "shake" and "take" are of hands, and "establish" is of contact of the eyes."""
    below = {lemma(child) for child in verb.subtree}
    if low == "share":
        return bool(below & {"stage", "table", "meal", "dinner", "lunch", "platform", "podium"})
    if low == "spend":
        return bool(below & _SPENT)
    if low in {"shake", "take"}:
        return "hand" in below
    if low == "establish":
        return {"eye", "contact"} <= below
    return True


def _each(clause: Clause, verb: Token, subject: list[Entity], others: list[Entity]) -> Iterator[Sighting | None]:
    """One meeting, or one for each where "each" or "both" says so, or each of a list has its own number or day.

    ``A has met B twice and C once`` is a list of objects; without the "and" the verb is
    left out and ``C`` is a subject: ``A has met B four times, C twice``.
    """
    if len(subject) > 1 and any(token.lower_ in {"each", "separately"} for token in clause_tokens(verb)):
        for entity in subject:
            yield _made(clause, verb, [entity, *others])
        return
    if len(subject) == 1 and len(others) > 1 and _both(verb):
        for entity in others:
            yield _made(clause, verb, [subject[0], entity])
        return
    listed = _after(clause, verb)
    if len(listed) > 1 and len(subject) == 1 and _apart(clause, verb, listed):
        joined = any(token.lower_ == "and" for token in verb.doc[listed[0][0].i : listed[-1][0].i])
        for place, (token, entity) in enumerate(listed):
            other = subject[0] if joined or place == 0 else listed[0][1]
            yield clause.made([other, entity], verb, firm=True, near=token)
        return
    yield _made(clause, verb, [*subject, *others])


def _both(verb: Token) -> bool:
    """Whether the objects are met one by one: ``met both A and B``."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    behind = [item for child in verb.children if child.dep_ == "prep" for item in child.children]
    return any(child.lower_ == "both" for top in (*objects, *behind) for child in top.subtree if child.dep_ != "pobj")


def _after(clause: Clause, verb: Token) -> list[tuple[Token, Entity]]:
    """The persons named after a verb, up to the next verb, each with its last word."""
    stop = next(
        (token.i for token in verb.doc[verb.i + 1 : clause.sentence.end] if token.pos_ in {"VERB", "AUX"}), None
    )
    end = stop if stop is not None else clause.sentence.end
    found = []
    piece = verb.doc[verb.i + 1 : end]
    if len(piece):
        for span, entity in clause.scene.index.within(clause.paragraph.span_of(piece)):
            if entity.kind == "person":
                inside = verb.doc.char_span(
                    span[0] - clause.paragraph.start, span[1] - clause.paragraph.start, alignment_mode="expand"
                )
                if inside is not None:
                    found.append((inside[-1], entity))
    return found


def _apart(clause: Clause, verb: Token, listed: list[tuple[Token, Entity]]) -> bool:
    """Whether the members of a list have a count or a day each: ``Mr Xi twice and Mr Moon once``."""
    start, end = clause.paragraph.start + verb.idx, clause.span[1]
    days = [item for item in clause.dates if start < item.span[0] < end and item.kind == "DATE"]
    counted = [token for token in clause.sentence if token.i > verb.i and token.lower_ in {"once", "twice", "times"}]
    joined = any(token.lower_ == "and" for token in verb.doc[listed[0][0].i : listed[-1][0].i])
    return (joined and len(days) >= len(listed)) or len(counted) >= len(listed)


def _visit(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """A journey of a person to another state; it counts where a host or a date makes it a visit."""
    people = [entity for entity in subject if entity.kind == "person" and entity.country]
    if (host := _seated(clause, verb, people)) is not None:
        return clause.made([*people, host], verb, firm=True)
    talking = to_talk(verb)
    if lemma(verb) not in words("go") and not (talking and lemma(verb) == "be"):
        return None
    places = [child for child in verb.children if child.dep_ == "dobj"] + [
        item for child in verb.children if child.dep_ == "prep" and child.lower_ in {"to", "in"}
        for top in child.children if top.dep_ == "pobj" for item in (top, *_within(top))
    ]  # fmt: skip
    if _on_the_way(verb):
        return None
    if awaited := _awaited(clause, places, people):
        return clause.made([*people, *awaited], verb, firm=True, status="planned")
    return towards(clause, verb, people, places, firm=True, visit=not talking and is_first_to(verb) is None)


def _on_the_way(verb: Token) -> bool:
    """Whether one goes somewhere in order to meet somebody named: a meeting with him and no visit to the state."""
    return any(
        child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB" and lemma(child) in words("meet") and _has_object(child)
        for child in verb.children
    )


def _awaited(clause: Clause, places: list[Token], people: list[Entity]) -> list[Entity]:
    """Who is waiting where one goes: ``flew to Oslo, where X was waiting``."""
    for place in places:
        for child in place.children:
            if child.dep_ == "relcl" and lemma(child) in {"wait", "await"}:
                met = clause.scene.subject_of(clause.paragraph, child)
                return [entity for entity in met if entity.kind == "person" and entity not in people]
    return []


def _within(noun: Token) -> Iterator[Token]:
    """Where something is to which one goes: ``the forum in Vladivostok``."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "at"}:
            yield from (item for item in child.children if item.dep_ == "pobj")


def _seated(clause: Clause, verb: Token, people: list[Entity]) -> Entity | None:
    """The host of one who was in another state's seat of government: ``sat in the Oval Office``."""
    called = [child for child in verb.children if child.dep_ == "dobj" and lemma(child) in {"call", "visit"}]
    for child in (item for head in (verb, *called) for item in head.children):
        if child.dep_ != "prep" or child.lower_ not in {"in", "at", "to"}:
            continue
        for item in child.children:
            host = clause.scene.host_at(clause.paragraph, item)
            if host is not None and people and host.country != people[0].country:
                return host
    return None


def _made(clause: Clause, verb: Token, parties: list[Entity]) -> Sighting | None:
    return clause.made(parties, verb, firm=True)
