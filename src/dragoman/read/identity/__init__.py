"""Who is mentioned in a text, and who is the same as whom.

:func:`find_entities` reads one text (whom pronouns mean, :mod:`dragoman.read.reference`
tells); :func:`reading_of_place` tells a place that
acts from a place where one is; :func:`same_person` judges names across texts and
:func:`link_people` whole lists of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.identity._cluster import Gathering
from dragoman.read.identity.link import Link, in_context, link_people
from dragoman.read.identity.metonymy import PlaceReading, reading_of_place
from dragoman.read.identity.same import Judgement, NameInContext, judge_person, same_person
from dragoman.read.index import EntityIndex
from dragoman.read.world import World, world

if TYPE_CHECKING:
    from dragoman.read.parsed import Parsed

__all__ = [
    "Judgement", "Link", "NameInContext", "PlaceReading", "find_entities", "in_context", "judge_person",
    "link_people", "reading_of_place",
    "same_person",
]  # fmt: skip


def find_entities(parsed: Parsed, known: World | None = None) -> EntityIndex:
    """Every person, state, organisation and place of a text with all its mentions.

    ``known`` is the world's data; by default :func:`dragoman.read.world.world`.
    """
    return EntityIndex(Gathering(parsed, known or world()).entities())
