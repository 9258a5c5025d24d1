"""Frames of nouns: meeting, summit, talks, visit, host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._asides import invitation, is_counted
from dragoman.read.meetings._grammar import clause_tokens, subject_token
from dragoman.read.meetings._scene import level_of
from dragoman.read.meetings._sides import governor, governs, towards, with_whom
from dragoman.read.meetings._sight import Clause, Sighting, core_parties
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity


_PARTNERS = frozenset({"with", "between", "among"})


def of_noun(clause: Clause, noun: Token) -> Iterator[Sighting | None]:
    """Every meeting that a noun speaks of."""
    if lemma(noun) in words("noun") and not _idle(noun):
        yield from _noun(clause, noun)
    elif lemma(noun) in words("other"):
        yield _host(clause, noun)
    elif lemma(noun) in words("journey"):
        yield _journey(clause, noun)
        yield from (_journey(clause, other) for other in _further(noun))


def _noun(clause: Clause, noun: Token) -> Iterator[Sighting | None]:
    if _asked_about(noun) or (_is_internal(clause, noun) and not any(c.lower_ in _PARTNERS for c in noun.children)):
        return
    owners, partners = _before(clause, noun), with_whom(clause, noun)
    parties = [*owners, *partners, *_of(clause, noun)]
    verb = governor(noun)
    lonely = bool(partners) and not owners and any(child.lower_ == "with" for child in noun.children)
    if verb is not None and (lonely or len({entity.country for entity in parties}) < 2):
        parties = _governed(clause, noun, verb, parties)
    parties = parties if len({entity.country for entity in parties}) > 1 else _completed(clause, noun, parties)
    light = verb is not None and governs(noun, verb) and lemma(verb) in words("held")
    joined = noun.dep_ == "pobj" and noun.head.lower_ in {"after", "following", "during"} and lonely
    if verb is not None and _travelled_for(noun, verb):
        yield clause.made(parties, verb, firm=True)
        return
    if verb is not None and _told_of(noun, verb):
        yield clause.made(parties, verb, firm=True)
        return
    if light and verb is not None and any(child.lower_ == "each" for child in clause_tokens(verb)):
        for entity in clause.scene.subject_of(clause.paragraph, verb):
            yield clause.made([entity, *partners], verb, firm=True)
        return
    settled = verb is not None and lemma(verb) in words("cancel") | words("plan")
    if _mere_talk(clause, noun) and not (light or joined or settled):
        return
    yield from _settled(clause, noun, parties, light=light, joined=joined)


def _travelled_for(noun: Token, verb: Token) -> bool:
    """``flew to Oslo for two days of talks``: what one went for, by the verb of going."""
    item = noun
    while item.dep_ == "pobj" and item.head.lower_ == "of" and lemma(item.head.head) in words("measure"):
        item = item.head.head
    if item.dep_ != "pobj" or item.head.lower_ != "for":
        return False
    return item.head.head == verb and (lemma(verb) in words("go") or (lemma(verb) == "be" and _has_place(verb)))


def _has_place(verb: Token) -> bool:
    return any(
        child.dep_ == "prep" and child.lower_ in {"in", "at"}
        for child in (item for head in (verb, *verb.children) for item in head.children)
    )


def _told_of(noun: Token, verb: Token) -> bool:
    """``It was the second meeting of``: a meeting that the sentence is about."""
    if noun.dep_ != "attr" or lemma(verb) != "be" or noun.head != verb:
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in {"it", "this", "that", "theirs"} for child in verb.children)


def _asked_about(noun: Token) -> bool:
    """``asked about a meeting``: a question is no report."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "about" and lemma(noun.head.head) in {"ask", "question"}


def _governed(clause: Clause, noun: Token, verb: Token, parties: list[Entity]) -> list[Entity]:
    """The parties with those of the verb: the doer, or who controls the phrase that the noun stands in."""
    if governs(noun, verb):
        within = noun.dep_ == "pobj" and noun.head.head == verb and noun.head.lower_ in {"in", "at", "during"}
        light = words("held") | words("plan") | words("cancel") | words("carry") | words("propose")
        if (not parties and not within and lemma(verb) not in light) or _part_of(noun, verb):
            return parties
        return [*clause.scene.subject_of(clause.paragraph, verb), *parties, *with_whom(clause, verb)]
    control = subject_token(verb)
    if control is not None and noun.dep_ in {"pobj", "dobj"}:
        return [*clause.scene.parties(clause.paragraph, control), *parties]
    return parties


def _part_of(noun: Token, verb: Token) -> bool:
    """Whether the noun says what its object is of: ``praised the outcome of the summit``, no ``round of talks``."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"of", "from", "about", "on"} or noun.head.head == verb:
        return False
    return lemma(noun.head.head) not in words("measure")


def _settled(
    clause: Clause, noun: Token, parties: list[Entity], *, light: bool, joined: bool
) -> Iterator[Sighting | None]:
    """The sightings of one noun: put off and to come apart, held after which something happened, or plain."""
    verb = governor(noun)
    if moved := _moved(noun):
        yield clause.made(parties, moved, firm=True, status="called off")
        if verb is not None and lemma(verb) in words("held"):
            yield clause.made(parties, verb, firm=True)
            return
    relative = next((c for c in noun.children if c.dep_ == "relcl" and lemma(c) in words("held") | {"take"}), None)
    if joined:
        yield clause.made(parties, noun, firm=True, status="held")
    elif relative is not None and not light:
        yield clause.made(parties, relative, firm=False)
    else:
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
    verb = governor(noun)
    settling = words("cancel") | words("plan") | (words("propose") if noun.tag_ == "NN" else frozenset())
    settled = verb is not None and lemma(verb) in settling and bool(parties)
    if noun.tag_ == "NNS" and any(child.dep_ == "nummod" for child in noun.children):
        return parties
    if lemma(noun) not in words("formal") or _is_internal(clause, noun):
        return parties
    told = [noun, *(child for child in noun.children if child.dep_ == "relcl")]
    if not settled and all(clause.date_of(item) is None and clause.place_of(item) is None for item in told):
        return parties
    if parties:
        other = clause.scene.last_of_other(clause.paragraph, noun, {e.country for e in parties})
        if other and all(entity.kind == "state" for entity in parties):
            other = [clause.scene.state(entity.country) for entity in other if entity.country]
        return [*parties, *other]
    return _at_summit(clause, noun) if lemma(noun) == "summit" else []


def _at_summit(clause: Clause, noun: Token) -> list[Entity]:
    """The two leaders last named; failing that the two states of which the sentence speaks."""
    pair = clause.scene.antecedents.pair(clause.paragraph, noun, ahead=True)
    if pair and level_of(pair, clause.scene) == "leader":
        return pair
    told = (noun, *(child for child in noun.children if child.dep_ == "relcl"))
    venue = next((place for item in told if (place := clause.place_of(item)) is not None), None)
    codes = {
        entity.country for _, entity in clause.scene.index.within(clause.span)
        if entity.country in clause.scene.states and entity.name != venue
    }  # fmt: skip
    return [clause.scene.state(code) for code in sorted(filter(None, codes))] if len(codes) == 2 else []


def _is_internal(clause: Clause, noun: Token) -> bool:
    """Whether a body meets by itself: ``an emergency meeting of the cabinet``, ``a party meeting``."""
    for child in noun.children:
        if child.dep_ == "compound" and lemma(child) in words("internal"):
            return True
        if child.dep_ == "prep" and child.lower_ == "of":
            return any(
                item.dep_ == "pobj" and not clause.scene.parties(clause.paragraph, item) for item in child.children
            )
    return any(lemma(child) in words("internal") for child in noun.children if child.dep_ == "amod")


def _host(clause: Clause, noun: Token) -> Sighting | None:
    """``his host was Kim Yong Chol``."""
    owners = [
        e for child in noun.children if child.dep_ == "poss" for e in clause.scene.parties(clause.paragraph, child)
    ]
    if not owners and lemma(noun) == "host":
        return _host_to(clause, noun)
    if not owners or noun.dep_ not in {"nsubj", "attr"} or lemma(noun.head) != "be":
        return None
    named = [
        entity for child in noun.head.children if child.dep_ in {"attr", "nsubj"} and child != noun
        for entity in clause.scene.parties(clause.paragraph, child) if entity.kind == "person"
    ]  # fmt: skip
    return clause.made([*owners, *named], noun.head, firm=True) if named else None


def _host_to(clause: Clause, noun: Token) -> Sighting | None:
    """``X was host to Y``, ``X played host to Y``."""
    verb = governor(noun)
    guests = [
        entity for child in (*noun.children, *(verb.children if verb is not None else ()))
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to"
        for item in child.children if item.dep_ == "pobj" for entity in clause.scene.parties(clause.paragraph, item)
    ]  # fmt: skip
    if verb is None or not guests or noun.dep_ not in {"attr", "dobj"}:
        return None
    return clause.made([*clause.scene.subject_of(clause.paragraph, verb), *guests], verb, firm=True)


def _journey(clause: Clause, noun: Token) -> Sighting | None:
    """``Mr Kim's visit to Russia``, ``a visit by Xi to North Korea``, ``accepted an invitation to Pyongyang``."""
    people = [e for child in noun.children if _owns(child) for e in clause.scene.parties(clause.paragraph, child)]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "of"}:
            people.extend(
                e
                for item in child.children
                if item.dep_ == "pobj"
                for e in clause.scene.parties(clause.paragraph, item)
            )
    if not people and (verb := governor(noun)) is not None and governs(noun, verb):
        people = clause.scene.subject_of(clause.paragraph, verb)
    places = [
        item for child in noun.subtree if child.dep_ == "prep" and child.lower_ in {"to", "in"}
        for item in child.children if item.dep_ == "pobj"
    ]  # fmt: skip
    people = [e for e in people if e.kind == "person"] or _officials(clause, noun)
    for place in places if lemma(noun) == "invitation" else ():
        entity = clause.scene.index.at(clause.paragraph.span_of(place))
        if entity is not None and (asked := invitation(clause, noun, entity)):
            people = asked
    if (verb := governor(noun)) is not None and _is_paid(noun, verb):
        return towards(clause, verb, people or clause.scene.subject_of(clause.paragraph, verb), places, firm=True)
    return towards(clause, noun, people, places, firm=False, visit=not is_counted(noun))


def _is_paid(noun: Token, verb: Token) -> bool:
    """``paid a visit``, ``is on a visit``: the visit takes place by its verb."""
    if noun.dep_ == "dobj" and noun.head == verb:
        return lemma(verb) in {"pay", "make", "begin", "start", "end", "complete"}
    return noun.dep_ == "pobj" and noun.head.lower_ == "on" and noun.head.head == verb and lemma(verb) == "be"


def _officials(clause: Clause, noun: Token) -> list[Entity]:
    """The state of an official without a name whose visit it is: ``a visit by its foreign minister``."""
    owners = [child for child in noun.children if child.dep_ == "poss"] + [
        item for child in noun.children if child.lower_ in {"by", "of"} for item in child.children
    ]
    for item in owners:
        if lemma(item) in words("role"):
            found = clause.scene.parties(clause.paragraph, item) or [
                e for child in item.children if child.dep_ == "poss"
                for e in clause.scene.parties(clause.paragraph, child)
            ]  # fmt: skip
            if found:
                return found
    return []


def _further(noun: Token) -> list[Token]:
    """``a visit by X to Y and one by Z to W``: what "one" stands for."""
    after = noun.doc[noun.i + 1 : noun.sent.end]
    return [item for item in after if item.lower_ == "one" and any(c.lower_ in {"by", "of"} for c in item.children)]


def _owns(child: Token) -> bool:
    """A genitive, also one whose mark stands at the end of its phrase: ``his secretary of state's visit``."""
    return child.dep_ == "poss" or (child.dep_ == "nmod" and any(item.dep_ == "case" for item in child.subtree))


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
                if item.dep_ == "pobj" and (_is_listed(item) or child.lower_ == "involving" or item.tag_ == "NNS"):
                    found.extend(clause.scene.parties(clause.paragraph, item))
    return found


def _is_listed(token: Token) -> bool:
    return any(other != token for other in token.conjuncts)
