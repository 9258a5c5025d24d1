"""Frames: how verbs and nouns of meeting take their parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity
from dragoman.read.meetings._grammar import clause_tokens, subject_token
from dragoman.read.meetings._sight import Clause, Sighting, core_parties
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPENT = frozenset({"hour", "minute", "day", "afternoon", "morning", "evening", "time", "night", "half"})


def sightings(clause: Clause) -> Iterator[Sighting]:
    """Every meeting that the trigger speaks of."""
    token = clause.trigger
    found = None
    if token.pos_ in {"VERB", "AUX"}:
        yield from (item for item in _verb(clause, token) if item is not None)
    elif token.pos_ in {"NOUN", "PROPN"}:
        if lemma(token) in words("noun") and not _idle(token):
            yield from (item for item in _noun(clause, token) if item is not None)
        elif lemma(token) in words("other"):
            found = _host(clause, token)
        elif lemma(token) in words("journey"):
            found = _journey(clause, token)
    if found is not None:
        yield found


def _verb(clause: Clause, verb: Token) -> Iterator[Sighting | None]:
    if _by_phone(verb):
        return
    low = lemma(verb)
    subject = clause.scene.subject_of(clause.paragraph, verb)
    for name, frame in _FRAMES.items():
        if low in words(name):
            yield from frame(clause, verb, subject)


def _hosting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield from _each(clause, verb, subject, [*_objects(clause, verb), *_agents(clause, verb)])


def _meeting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    others = [*_objects(clause, verb), *_with(clause, verb), *_agents(clause, verb)]
    if others or not any(child.dep_ == "dobj" for child in verb.children):
        yield from _each(clause, verb, subject, others)


def _signing(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    people = [entity for entity in subject if entity.kind == "person"]
    yield _made(clause, verb, people if len(people) > 1 else subject if _specific(clause, verb) else [])


def _doing_with(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    if not _fit(verb, lemma(verb)):
        return
    others = [*_with(clause, verb), *_hands(clause, verb)]
    if others:
        yield from _each(clause, verb, subject, others)
    elif lemma(verb) in words("alone") and len(subject) > 1 and _specific(clause, verb):
        yield _made(clause, verb, subject)


def _telling(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    if clause.place_of(verb) is not None or _after_journey(clause):
        people = [e for e in (*subject, *_objects(clause, verb)) if e.kind == "person"]
        yield _made(clause, verb, people)


def _inviting(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield clause.made([*subject, *_objects(clause, verb)], verb, firm=True, status="possible")


def _going(clause: Clause, verb: Token, subject: list[Entity]) -> Iterator[Sighting | None]:
    yield _visit(clause, verb, subject)


_FRAMES: dict[str, Callable[[Clause, Token, list[Entity]], Iterator[Sighting | None]]] = {
    "host": _hosting, "meet": _meeting, "sign": _signing, "with": _doing_with, "tell": _telling, "invite": _inviting,
    "go": _going, "seated": _going,
}  # fmt: skip


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


def _hands(clause: Clause, verb: Token) -> list[Entity]:
    """Whose hand was shaken: ``shook his hand``, ``took Mr Moon by the hand``."""
    found = [
        entity for child in verb.children if child.dep_ == "dobj" and lemma(child) == "hand"
        for owner in child.children if owner.dep_ == "poss" for entity in clause.scene.parties(clause.paragraph, owner)
    ]  # fmt: skip
    return found or (_objects(clause, verb) if lemma(verb) == "take" else [])


def _fit(verb: Token, low: str) -> bool:
    """Whether "spend" is of time and "shake" and "take" are of hands."""
    below = {lemma(child) for child in verb.subtree}
    if low == "spend":
        return bool(below & _SPENT)
    if low in {"shake", "take"}:
        return "hand" in below
    return True


def _each(clause: Clause, verb: Token, subject: list[Entity], others: list[Entity]) -> Iterator[Sighting | None]:
    """One meeting, or one for each where "each" says so, or each of a list has its own number or day."""
    if len(subject) > 1 and any(token.lower_ in {"each", "separately"} for token in clause_tokens(verb)):
        for entity in subject:
            yield _made(clause, verb, [entity, *others])
        return
    listed = _after(clause, verb)
    if len(listed) > 1 and len(subject) == 1 and _apart(clause, verb, listed):
        for token, entity in listed:
            yield clause.made([*subject, entity], verb, firm=True, near=token)
        return
    yield _made(clause, verb, [*subject, *others])


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
    return len(days) >= len(listed) or len(counted) >= len(listed)


def _visit(clause: Clause, verb: Token, subject: list[Entity]) -> Sighting | None:
    """A journey of a person to another state; it counts where a host or a date makes it a visit."""
    people = [entity for entity in subject if entity.kind == "person" and entity.country]
    if (host := _seated(clause, verb, people)) is not None:
        return clause.made([*people, host], verb, firm=True)
    if lemma(verb) not in words("go"):
        return None
    places = [child for child in verb.children if child.dep_ == "dobj"] + [
        item for child in verb.children if child.dep_ == "prep" and child.lower_ in {"to", "in"}
        for item in child.children if item.dep_ == "pobj"
    ]  # fmt: skip
    return _to(clause, verb, people, places, firm=True)


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


def _to(clause: Clause, head: Token, people: list[Entity], places: list[Token], *, firm: bool) -> Sighting | None:
    for place in places:
        entity = clause.scene.index.at(clause.paragraph.span_of(place))
        if entity is None or entity.country not in clause.scene.states or not people:
            continue
        if entity.kind in {"place", "state"} and entity.country != people[0].country:
            host = clause.scene.state(entity.country)
            return clause.made([*people, host], head, firm=firm, visit=True)
    return None


def _made(clause: Clause, verb: Token, parties: list[Entity]) -> Sighting | None:
    return clause.made(parties, verb, firm=True)


def _objects(clause: Clause, verb: Token) -> list[Entity]:
    return [
        entity for child in verb.children if child.dep_ in {"dobj", "dative", "oprd"}
        for entity in clause.scene.parties(clause.paragraph, child)
    ]  # fmt: skip


def _agents(clause: Clause, verb: Token) -> list[Entity]:
    return [
        entity for child in verb.children if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for item in child.children if item.dep_ == "pobj" for entity in clause.scene.parties(clause.paragraph, item)
    ]  # fmt: skip


def _with(clause: Clause, head: Token) -> list[Entity]:
    """The parties after "with", on the verb itself or on its object or particle."""
    found: list[Entity] = []
    for child in head.subtree if head.pos_ == "NOUN" else _near(head):
        if (child.dep_ == "prep" and (child.lower_ in {"with", "alongside", "beside"} or _next_to(child))) or (
            child.lower_ in {"between", "among"} and head.pos_ == "NOUN"
        ):
            for item in child.children:
                if item.dep_ == "pobj":
                    found.extend(clause.scene.parties(clause.paragraph, item))
    return found


def _next_to(preposition: Token) -> bool:
    return preposition.lower_ == "to" and preposition.i > 0 and preposition.nbor(-1).lower_ == "next"


def _near(verb: Token) -> Iterator[Token]:
    """What hangs on a verb, its particle, its object, or a preposition of these."""
    for child in verb.children:
        yield child
        if child.dep_ in {"dobj", "advmod", "prt", "npadvmod", "prep", "dative", "pcomp"}:
            yield from (inner for inner in child.children)
            yield from (item for inner in child.children if inner.dep_ in {"pobj", "advmod"} for item in inner.children)


def _noun(clause: Clause, noun: Token) -> Iterator[Sighting | None]:
    if _by_phone(noun):
        return
    owners, partners = _before(clause, noun), _with(clause, noun)
    parties = [*owners, *partners, *_of(clause, noun)]
    verb = _governor(noun)
    lonely = bool(partners) and not owners and any(child.lower_ == "with" for child in noun.children)
    if (lonely or len({entity.country for entity in parties}) < 2) and verb is not None:
        if _governs(noun, verb):
            parties = [*clause.scene.subject_of(clause.paragraph, verb), *parties, *_with(clause, verb)]
        elif (control := subject_token(verb)) is not None and noun.dep_ in {"pobj", "dobj"}:
            parties = [*clause.scene.parties(clause.paragraph, control), *parties]
    parties = parties if len({e.country for e in parties}) > 1 else _completed(clause, noun, parties)
    light = verb is not None and _governs(noun, verb) and lemma(verb) in words("held")
    joined = noun.dep_ == "pobj" and noun.head.lower_ in {"after", "following", "during"} and lonely
    if light and verb is not None and any(child.lower_ == "each" for child in clause_tokens(verb)):
        for entity in clause.scene.subject_of(clause.paragraph, verb):
            yield clause.made([entity, *partners], verb, firm=True)
        return
    if _mere_talk(clause, noun) and not light and not joined:
        return
    if moved := _moved(noun):
        yield clause.made(parties, moved, firm=True, status="called off")
        if verb is not None and lemma(verb) in words("held"):
            yield clause.made(parties, verb, firm=True)
            return
    if joined:
        yield clause.made(parties, noun, firm=True, status="held")
        return
    yield clause.made(parties, verb if light and verb is not None else noun, firm=light)


def _mere_talk(clause: Clause, noun: Token) -> bool:
    """Whether a plural like "talks" has neither day nor place: a process and no meeting."""
    return lemma(noun) in words("process") and clause.date_of(noun) is None and clause.place_of(noun) is None


def _moved(noun: Token) -> Token | None:
    """The participle by which a meeting was put off: ``talks, put off on May 16, would be held``."""
    for child in noun.children:
        particle = next((item.lower_ for item in child.children if item.dep_ == "prt"), "")
        if child.dep_ == "acl" and {lemma(child), f"{lemma(child)} {particle}"} & words("cancel"):
            return child
    return None


def _completed(clause: Clause, noun: Token, parties: list[Entity]) -> list[Entity]:
    """The other side of a meeting with a day or a place of its own, from the sentences before."""
    if lemma(noun) not in words("formal") or (clause.date_of(noun) is None and clause.place_of(noun) is None):
        return parties
    if parties:
        other = clause.scene.last_of_other(clause.paragraph, noun, {e.country for e in parties})
        if other and all(entity.kind == "state" for entity in parties):
            other = [clause.scene.state(entity.country) for entity in other if entity.country]
        return [*parties, *other]
    return clause.scene.antecedents.pair(clause.paragraph, noun, ahead=True)


def _host(clause: Clause, noun: Token) -> Sighting | None:
    """``his host was Kim Yong Chol``."""
    owners = [
        e for child in noun.children if child.dep_ == "poss" for e in clause.scene.parties(clause.paragraph, child)
    ]
    if not owners or noun.dep_ not in {"nsubj", "attr"} or lemma(noun.head) != "be":
        return None
    named = [
        entity for child in noun.head.children if child.dep_ in {"attr", "nsubj"} and child != noun
        for entity in clause.scene.parties(clause.paragraph, child) if entity.kind == "person"
    ]  # fmt: skip
    return clause.made([*owners, *named], noun.head, firm=True) if named else None


def _journey(clause: Clause, noun: Token) -> Sighting | None:
    """``Mr Kim's visit to Russia``, ``a visit by Xi to North Korea``, ``accepted an invitation to Pyongyang``."""
    people = [
        e for child in noun.children if child.dep_ == "poss" for e in clause.scene.parties(clause.paragraph, child)
    ]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "of"}:
            people.extend(
                e
                for item in child.children
                if item.dep_ == "pobj"
                for e in clause.scene.parties(clause.paragraph, item)
            )
    if not people and (verb := _governor(noun)) is not None and _governs(noun, verb):
        people = clause.scene.subject_of(clause.paragraph, verb)
    places = [
        item for child in noun.subtree if child.dep_ == "prep" and child.lower_ in {"to", "in"}
        for item in child.children if item.dep_ == "pobj"
    ]  # fmt: skip
    return _to(clause, noun, [e for e in people if e.kind == "person"], places, firm=False)


def _idle(noun: Token) -> bool:
    """Whether a noun of meeting is no more than a modifier: ``talks team``, ``summit hotel``."""
    return noun.dep_ == "compound" and noun.head.pos_ in {"NOUN", "PROPN"}


def _before(clause: Clause, noun: Token) -> list[Entity]:
    found = core_parties(clause, noun)
    for child in noun.children:
        if child.dep_ == "poss":
            found.extend(entity for entity in clause.scene.parties(clause.paragraph, child) if entity not in found)
        if child.lower_.startswith("inter") and "korean" in clause.sentence.text.lower():
            found.extend(e for e in clause.scene.index.entities if e.id in {"PRK", "KOR"})
    return found


def _of(clause: Clause, noun: Token) -> list[Entity]:
    found: list[Entity] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "involving"}:
            for item in child.children:
                if item.dep_ == "pobj" and (
                    len(item.conjuncts) > 0 or child.lower_ == "involving" or item.tag_ == "NNS"
                ):
                    found.extend(clause.scene.parties(clause.paragraph, item))
    return found


def _governor(noun: Token) -> Token | None:
    return next((item for item in noun.ancestors if item.pos_ in {"VERB", "AUX"}), None)


def _governs(noun: Token, verb: Token) -> bool:
    """Whether the noun is the verb's object, or inside it: ``had a two-hour meeting``."""
    item = noun
    for _ in range(6):
        if item.head == verb:
            return item.dep_ in {"dobj", "prep", "pobj", "attr"}
        item = item.head
    return False


def _by_phone(token: Token) -> bool:
    """Whether the words right below a trigger make it a call or a letter."""
    below = [child for child in token.children if child.dep_ not in {"nsubj", "poss"}]
    deeper = [item for child in below if child.dep_ == "prep" for item in child.children]
    return any(lemma(item) in words("phone") for item in (*below, *deeper))
