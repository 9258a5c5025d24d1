"""Who stands beside a verb or noun of meeting: objects, agents, "with", and where one goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.meetings._sight import Clause, Sighting


def objects(clause: Clause, verb: Token) -> list[Entity]:
    """The parties that are the object of a verb."""
    return [
        entity for child in verb.children if child.dep_ in {"dobj", "dative", "oprd"}
        for entity in clause.scene.parties(clause.paragraph, child)
    ]  # fmt: skip


def agents(clause: Clause, verb: Token) -> list[Entity]:
    """The parties after "by"."""
    return [
        entity for child in verb.children if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for item in child.children if item.dep_ == "pobj" for entity in clause.scene.parties(clause.paragraph, item)
    ]  # fmt: skip


def with_whom(clause: Clause, head: Token) -> list[Entity]:
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


def towards(
    clause: Clause, head: Token, people: list[Entity], places: list[Token], *, firm: bool, visit: bool = True
) -> Sighting | None:
    """A visit of ``people`` to the first of ``places`` that is in another state."""
    for place in places:
        entity = clause.scene.index.at(clause.paragraph.span_of(place))
        if entity is None or entity.country not in clause.scene.states or not people:
            continue
        if entity.kind in {"place", "state"} and entity.country != people[0].country:
            host = clause.scene.state(entity.country)
            return clause.made([*people, host], head, firm=firm, visit=visit)
    return None


def governor(noun: Token) -> Token | None:
    """The verb above a noun."""
    return next((item for item in noun.ancestors if item.pos_ in {"VERB", "AUX"}), None)


def governs(noun: Token, verb: Token) -> bool:
    """Whether the noun is the verb's object, or inside it: ``had a two-hour meeting``."""
    item = noun
    for _ in range(6):
        if item.head == verb:
            return item.dep_ in {"dobj", "prep", "pobj", "attr"}
        item = item.head
    return False
