"""Frames of nouns: meeting, summit, talks, visit, host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._grammar import clause_tokens, subject_token
from dragoman.read.meetings._sides import governor, governs, is_by_phone, towards, with_whom
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


def _noun(clause: Clause, noun: Token) -> Iterator[Sighting | None]:
    if is_by_phone(noun) or (_is_internal(clause, noun) and not any(c.lower_ in _PARTNERS for c in noun.children)):
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
    if light and verb is not None and any(child.lower_ == "each" for child in clause_tokens(verb)):
        for entity in clause.scene.subject_of(clause.paragraph, verb):
            yield clause.made([entity, *partners], verb, firm=True)
        return
    settled = verb is not None and lemma(verb) in words("cancel") | words("plan")
    if _mere_talk(clause, noun) and not (light or joined or settled):
        return
    yield from _settled(clause, noun, parties, light=light, joined=joined)


def _governed(clause: Clause, noun: Token, verb: Token, parties: list[Entity]) -> list[Entity]:
    """The parties with those of the verb: the doer, or who controls the phrase that the noun stands in."""
    if governs(noun, verb):
        if not parties and lemma(verb) not in words("held") | words("plan") | words("cancel") | words("carry"):
            return parties
        return [*clause.scene.subject_of(clause.paragraph, verb), *parties, *with_whom(clause, verb)]
    control = subject_token(verb)
    if control is not None and noun.dep_ in {"pobj", "dobj"}:
        return [*clause.scene.parties(clause.paragraph, control), *parties]
    return parties


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
    if joined:
        yield clause.made(parties, noun, firm=True, status="held")
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
    settled = verb is not None and lemma(verb) in words("cancel") | words("plan") and bool(parties)
    if lemma(noun) not in words("formal") or _is_internal(clause, noun):
        return parties
    if not settled and clause.date_of(noun) is None and clause.place_of(noun) is None:
        return parties
    if parties:
        other = clause.scene.last_of_other(clause.paragraph, noun, {e.country for e in parties})
        if other and all(entity.kind == "state" for entity in parties):
            other = [clause.scene.state(entity.country) for entity in other if entity.country]
        return [*parties, *other]
    return clause.scene.antecedents.pair(clause.paragraph, noun, ahead=True) if lemma(noun) == "summit" else []


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
    if not owners or noun.dep_ not in {"nsubj", "attr"} or lemma(noun.head) != "be":
        return None
    named = [
        entity for child in noun.head.children if child.dep_ in {"attr", "nsubj"} and child != noun
        for entity in clause.scene.parties(clause.paragraph, child) if entity.kind == "person"
    ]  # fmt: skip
    return clause.made([*owners, *named], noun.head, firm=True) if named else None


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
    return towards(clause, noun, [e for e in people if e.kind == "person"], places, firm=False)


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
