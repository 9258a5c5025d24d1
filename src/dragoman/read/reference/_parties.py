"""Which parties an article speaks of, and which one an entity is or belongs to, by what is known of it alone.

A state is the party of its ministries, forces, courts and parliament.  An international body is the party of its
organs (``world/parties.psv``).  A rebel group, a company, a trade union, a political party and a region is a party of
its own.  The press, universities and places are of no party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity, EntityKind, Party, PartyKind
from dragoman.read.reference._words import words
from dragoman.read.world import world
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from dragoman.read.identity._cluster import Cluster

_KINDS: Mapping[str, PartyKind] = {
    "IGO": "body", "NGO": "other", "REB": "group", "PTY": "party", "OPP": "party", "BUS": "company", "LAB": "union",
    "REL": "other",
}  # fmt: skip
_OF_THE_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_OF_NOBODY = frozenset({"MED", "EDU"})
_REGIONS = frozenset({"krg", "turkish-cypriots"})
_SHORT = re.compile(r"[A-Z][A-Z&-]{1,6}")


@cache
def _codes() -> Mapping[str, str | None]:
    return {key: code or None for key, code, _ in rows("parties.psv", 3)}


@cache
def codes() -> Mapping[str, str]:
    """The ids of bodies by their usual abbreviations."""
    return {code: key for key, code in _codes().items() if code is not None}


@cache
def _organs() -> Mapping[str, str]:
    return {organ: key for key, _, organs in rows("parties.psv", 3) for organ in listed(organs)}


def state_of(country: str | None) -> str | None:
    """The state that answers for a country today; None for what is no state."""
    return world().today(country) if country is not None and country in world().states else None


def state_party(code: str) -> Party:
    """A state as a party."""
    return Party(id=code, name=world().states[code].name, kind="state", code=code)


def known_party(key: str) -> Party | None:
    """The party of a state's code or of an organisation of the world's tables; None for the press and the unknown."""
    if key in world().states:
        return state_party(world().today(key))
    key = _organs().get(key, key)
    found = world().organisations.get(key)
    if found is None or found.sector in _OF_NOBODY:
        return None
    if key in _REGIONS:
        return Party(id=key, name=found.name, kind="region", code=None)
    if found.sector in _OF_THE_STATE and found.country in world().states:
        return state_party(world().today(found.country))
    code = _codes().get(key) or next((name for name in found.names if _SHORT.fullmatch(name)), None)
    return Party(id=key, name=found.name, kind=_KINDS.get(found.sector, "other"), code=code)


def kind_by_name(name: str) -> PartyKind | None:
    """What a body is by the words of its name: ``Harbour Workers' Union``; None for one that is nobody's side."""
    said = set(re.findall(r"[A-Za-z.]+", name.lower()))
    for kind, table in (
        ("union", "named union"), ("party", "named party"), ("group", "named group"), ("company", "named company"),
    ):  # fmt: skip
        if said & words(table):
            return kind  # type: ignore[return-value]
    return None if said & words("named nobody") or not said & words("named other") else "other"


def is_of_state(name: str) -> bool:
    """Whether the words of a name make a body one of some state: ministry, army, embassy, court."""
    said = set(re.findall(r"[a-z]+", name.lower()))
    return bool(said & words("named state")) and not said & words("named nobody")


def acting_for(entity: Entity) -> Party | None:
    """The party of an entity by its id and country; None where nothing is known."""
    if entity.kind == "place":
        return None
    if entity.kind != "person" and (known := known_party(entity.id)) is not None:
        return known
    code = state_of(entity.country)
    return state_party(code) if code is not None else None


def entity_of(party: Party) -> Entity:
    """A party that the text does not name, as an entity without mentions."""
    kind: EntityKind = "organisation"
    if party.kind in {"state", "group", "region"}:
        kind = "state" if party.kind == "state" else "group"
    country = party.code if party.kind == "state" else "IGO" if party.kind == "body" else None
    return Entity(id=party.id, name=party.name, kind=kind, country=country, role=None, mentions=(), party=party.id)


@dataclass(slots=True)
class Parties:
    """The parties of one article; ``own`` are those that the analyst names."""

    own: Mapping[str, Party]
    spoken_of: Mapping[str, int]
    home: str | None = None
    _found: dict[str, Party] | None = None

    def get(self, key: str | None) -> Party | None:
        """The party of an id."""
        if key is None:
            return None
        return self._made().get(key) or self.own.get(key) or known_party(key)

    def is_spoken_of(self, key: str) -> bool:
        """Whether the article names a body or an organ of it."""
        return bool(self.spoken_of.get(key)) or any(
            self.spoken_of.get(organ) for organ, whole in _organs().items() if whole == key
        )

    def of_cluster(self, cluster: Cluster) -> str | None:
        """The party that a state, body, company or group of the article is or belongs to."""
        if cluster.kind in {"person", "place"}:
            return None
        if cluster.id in self.own:
            return cluster.id
        if (known := known_party(cluster.id)) is not None:
            return known.id
        if cluster.id in world().organisations:
            return None
        if cluster.party_kind is None and is_of_state(cluster.name):
            return state_of(cluster.country) or self.home
        kind = cluster.party_kind or (kind_by_name(cluster.name) if " " in cluster.name else None)
        if kind is None:
            return None
        short = cluster.short or (cluster.name if _SHORT.fullmatch(cluster.name) else None)
        self._made()[cluster.id] = Party(id=cluster.id, name=cluster.name, kind=kind, code=short)
        return cluster.id

    def _made(self) -> dict[str, Party]:
        if self._found is None:
            self._found = {}
        return self._found


def in_order(parties: Iterable[Party | None]) -> tuple[Party, ...]:
    """Parties once each, in order of first mention."""
    return tuple({party.id: party for party in parties if party is not None}.values())
