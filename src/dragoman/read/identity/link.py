"""Who of one text is who of another: pairs that are one person, and pairs that a person should look at.

1. Every entity becomes a name in its context: state, office by its role's words or by the
   world's tables, sex, day of publication.
2. Only pairs are judged whose first or last words may be one word in some script; no
   other pair can be the same.
3. :func:`judge_person` decides each; ``same`` links, ``unsure`` is a suggestion for review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from dragoman.read.findings import Entity
from dragoman.read.identity._lexicon import sex_of
from dragoman.read.identity.romanise import Script, forms
from dragoman.read.identity.same import Judgement, NameInContext, judge_person, known_person
from dragoman.read.world import holds, world


@dataclass(frozen=True, kw_only=True)
class Link:
    """Two names, by their places in the two lists, that are one person (``same``) or may be (``unsure``)."""

    first: int
    second: int
    judgement: Judgement


def link_people(first: Sequence[NameInContext], second: Sequence[NameInContext]) -> list[Link]:
    """Every pair across two lists that is one person or may be one, in order; pairs of two persons are left out."""
    places: dict[str, set[int]] = defaultdict(set)
    for place, item in enumerate(second):
        for block in _blocks(item.name):
            places[block].add(place)
    found: list[Link] = []
    for place, item in enumerate(first):
        near = sorted({other for block in _blocks(item.name) for other in places.get(block, ())})
        judged = ((other, judge_person(item, second[other])) for other in near)
        found.extend(
            Link(first=place, second=other, judgement=judgement)
            for other, judgement in judged if judgement.answer != "different"
        )  # fmt: skip
    return found


def in_context(entities: Iterable[Entity], published: date | None) -> list[NameInContext]:
    """The persons among one text's entities, as names in context."""
    return [_named(entity, published) for entity in entities if entity.kind == "person"]


def _named(entity: Entity, published: date | None) -> NameInContext:
    return NameInContext(
        name=entity.name,
        country=entity.country,
        office=_office(entity, published),
        sex=sex_of(entity),
        when=published,
    )


def _office(entity: Entity, published: date | None) -> str | None:
    known = world().people.get(entity.id)
    if known is not None and published is not None:
        held = [term.office for term in known.terms if holds(term, published)]
        if held:
            return held[0]
    titles = world().titles(entity.role or "")
    return titles[-1].names[0].id if titles else None


def _blocks(name: str) -> frozenset[str]:
    """Every form, in every script, of a name's first and last words, and whom the tables know under the name."""
    words = name.replace("’", "'").split()
    ends = {words[0], words[-1]} if words else set()
    scripts: tuple[Script, ...] = get_args(Script)
    known = known_person(name)
    return frozenset({known.id} if known else ()) | frozenset(
        form
        for word in ends
        for script in scripts
        for family in (True, False)
        for form in forms(word, script, family=family)
    )
