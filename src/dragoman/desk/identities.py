"""Persons of a record who may be one, put on its review list.

1. Persons that were never compared are compared with all persons of the record,
   by blocks of name forms (:func:`dragoman.read.identity.link_people`).
2. A pair that rules and context hold for one person, or leave open for two full
   names, is suggested with the reason.  Nothing is merged here: a person decides.
3. A pair that was suggested, dismissed or merged before is not suggested again.
4. Who was compared stands in the record: a reading that is killed before its end forgets nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.read.identity import NameInContext
    from dragoman.record import Record
    from dragoman.record.views import PersonSeen

SCORES = {"same": 0.9, "unsure": 0.5}


def suggest_merges(record: Record) -> int:
    """Suggest merges of persons not compared before with any person of the record; how many suggestions were new.

    Raises:
        RecordError: the record cannot be written.
    """
    from dragoman.read.identity import link_people

    people = [one for one in record.identity.people() if " " in one.name]
    read = record.identity.not_compared(one.entity for one in people)
    new = [one for one in people if one.entity in read]
    found = 0
    for link in link_people([_in_context(one) for one in new], [_in_context(one) for one in people]):
        one, other = new[link.first].entity, people[link.second].entity
        if one == other or (other in read and other < one):
            continue
        keep, gone = sorted((new[link.first], people[link.second]), key=lambda each: (-each.articles, each.entity))
        line = record.identity.suggest_merge(
            keep.entity, gone.entity, score=SCORES[link.judgement.answer], because=link.judgement.because
        )
        found += line is not None
    record.identity.mark_compared(one.entity for one in new)
    return found


def _in_context(one: PersonSeen) -> NameInContext:
    from datetime import date

    from dragoman.read.findings import Entity
    from dragoman.read.identity import in_context

    entity = Entity(id=one.entity, name=one.name, kind="person", country=one.country, role=one.role, mentions=())
    return in_context([entity], date.fromisoformat(one.first) if one.first else None)[0]
