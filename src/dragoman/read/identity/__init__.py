"""Who is mentioned in a text, and who is the same as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.identity._cluster import Gathering
from dragoman.read.index import EntityIndex
from dragoman.read.world import World, world

if TYPE_CHECKING:
    from dragoman.read.parsed import Parsed

from dragoman.read.identity.same import Judgement, NameInContext, judge_person, same_person

__all__ = ["Judgement", "NameInContext", "find_entities", "judge_person", "same_person"]


def find_entities(parsed: Parsed, known: World | None = None) -> EntityIndex:
    """Every person, state, organisation and place of a text with all its mentions.

    ``known`` is the world's data; by default :func:`dragoman.read.world.world`.
    """
    return EntityIndex(Gathering(parsed, known or world()).entities())
