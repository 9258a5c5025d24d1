"""The sides of a contact, as one predicate joins them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity


@dataclass(frozen=True, kw_only=True)
class Sides:
    """``left`` and ``right`` of a contact; ``carrier`` is the word whose clause tells of it, ``how`` they were found.

    Fewer than two parties: the predicate speaks of a contact told elsewhere ("the call").  ``apart``: each of the
    right side was met by himself.
    """

    left: tuple[Entity, ...] = ()
    right: tuple[Entity, ...] = ()
    carrier: Token
    how: str
    apart: bool = False
    host: tuple[Entity, ...] = ()
    travelled: tuple[Entity, ...] = ()
    proposed: tuple[Entity, ...] = ()


def has_person(entities: Iterable[Entity]) -> bool:
    """Whether a person is among them."""
    return any(entity.kind == "person" for entity in entities)


def distinct(entities: Iterable[Entity]) -> list[Entity]:
    """Entities once each."""
    return list({entity.id: entity for entity in entities}.values())
