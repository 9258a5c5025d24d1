"""Which party an entity is or acts for, by what is known of it alone."""

from __future__ import annotations

from dragoman.read.findings import Entity, Party
from dragoman.read.world import world


def state_party(code: str) -> Party:
    """A state as a party."""
    return Party(id=code, name=world().states[code].name, kind="state", code=code)


def acting_for(entity: Entity) -> Party | None:
    """The party of a state, of an official or body of a state; None where no state is known."""
    if entity.kind == "place" or entity.country is None or entity.country not in world().states:
        return None
    return state_party(world().today(entity.country))
