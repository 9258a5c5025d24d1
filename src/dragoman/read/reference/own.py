"""Who belongs to whom, as the analyst says: ``NAME, NAME, ... -> PARTY``, a line a party.

1. The party is a state (its alpha-3 code or its name), a body of the world's tables (its abbreviation or name), or any
   other name, with its kind in brackets if wanted: ``-> Harbour Workers (union)``.
2. The names are of persons and bodies, as articles have them; the party's own name need not be among them.
3. What is said here goes before what the words of an article and the world's tables say.

For example::

    >>> [own] = own_parties(["Jonas Mbewe, the harbour master -> Harbour Workers (union)"])
    >>> own.party.name, own.party.kind, own.names
    ('Harbour Workers', 'union', ('Harbour Workers', 'Jonas Mbewe', 'the harbour master'))
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from dragoman.errors import ReadError
from dragoman.read.findings import Party, PartyKind
from dragoman.read.reference._parties import codes, known_party
from dragoman.read.world import slug, world

_EXPECTED = "NAME, NAME, ... -> PARTY"
_KIND = re.compile(r"(?P<name>.+?) *\((?P<kind>[a-z]+)\)")


@dataclass(frozen=True, kw_only=True)
class OwnParty:
    """A party of the analyst's, and the names of all who act for it."""

    party: Party
    names: tuple[str, ...]


def own_parties(lines: Iterable[str | OwnParty], place: str = "parties") -> tuple[OwnParty, ...]:
    """Parties from lines; empty ones and those that begin with ``#`` are passed over.

    Raises:
        ReadError: a line has no arrow, no name, no party or an unknown kind, or gives a name to a second party.
    """
    found: list[OwnParty] = []
    taken: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if isinstance(line, str) and (not line.strip() or line.lstrip().startswith("#")):
            continue
        own = line if isinstance(line, OwnParty) else _read(line, f"{place}:{number}")
        for name in own.names:
            if taken.setdefault(name, own.party.id) != own.party.id:
                raise ReadError(f"{place}:{number}", f"{name!r}, of {taken[name]} already", "one party a name")
        found.append(own)
    return tuple(found)


def own_party(name: str, names: Iterable[str] = (), kind: PartyKind = "other") -> OwnParty:
    """The party called ``name`` (a state, a body, or any other) with the names of those who act for it."""
    party = _party_called(name) or next((found for one in names if (found := _party_called(one))), None)
    party = party or Party(id=slug(name) or "unnamed", name=name, kind=kind, code=None)
    said = dict.fromkeys((name, *names))
    return OwnParty(party=party, names=tuple(one for one in said if one not in world().states))


def said_of(own: Iterable[OwnParty]) -> str:
    """The lines for parties again: what a reading was made with."""
    return "; ".join(f"{', '.join(one.names)} -> {one.party.id}" for one in own)


def _read(line: str, place: str) -> OwnParty:
    names, arrow, party = (part.strip() for part in line.partition("->"))
    listed = [name for part in names.split(",") if (name := part.strip())]
    if not arrow or not party or not listed:
        raise ReadError(place, repr(line.strip()), _EXPECTED)
    if bracketed := _KIND.fullmatch(party):
        kinds = get_args(PartyKind)
        if bracketed["kind"] not in kinds:
            raise ReadError(place, f"kind {bracketed['kind']!r}", " | ".join(kinds))
        return own_party(bracketed["name"], listed, bracketed["kind"])  # type: ignore[arg-type]
    return own_party(party, listed)


def _party_called(name: str) -> Party | None:
    """The state or the body of the world's tables that a code or a name means."""
    if name in world().states:
        return known_party(name)
    if name in codes():
        return known_party(codes()[name])
    for item in world().lookup(name):
        if item.way == "name" and item.country is not None:
            return known_party(item.country)
        if item.way == "organisation":
            return known_party(item.id)
    return None
