"""From rows of findings and actors to reports as joining compares them, and to the blocks they stand in."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from dragoman.read.world import world
from dragoman.record._blocks import DEEDS, MEETINGS, MUTUAL, source_of
from dragoman.record._known import Report, speaks_of_several, speaks_of_the_past
from dragoman.record._store import Row
from dragoman.record._summary import ActorSeen
from dragoman.record._words import content, number, things

_WORD = re.compile(r"\w{4,}")


def report_of(row: Row, actors: Sequence[ActorSeen]) -> Report:
    """A row of findings (see :mod:`._settle`) with its actors as a report."""
    payload, kind = json.loads(row[15]), "meeting" if row[2] in MEETINGS else row[2]
    shared: dict[str, Any] = {
        "id": row[0], "key": row[1], "kind": kind, "article": row[4], "published": ordinal(row[6]),
        "start": ordinal(row[8]), "end": ordinal(row[9]), "mode": payload.get("mode"), "place": row[11],
        "status": row[7], "count": payload.get("count", 1), "type": row[3],
    }  # fmt: skip
    if kind == "event":
        return Report(**shared, **_act(row, actors, payload))
    persons = _persons(actors) if kind == "meeting" else {}
    return Report(**shared, persons=persons, words=frozenset(_WORD.findall(row[12].casefold())))


def _act(row: Row, actors: Sequence[ActorSeen], payload: dict[str, Any]) -> dict[str, Any]:
    clause, names = clause_of(row[12], payload), names_of((actor.name, actor.country) for actor in actors)
    one_sided, lent = row[3] not in MUTUAL, not any(actor.role == "source" for actor in actors)
    target = frozenset(a.country or a.entity for a in actors if one_sided and a.role == "target")
    return {
        "persons": _persons(actor for actor in actors if actor.role == "source"),
        "sentence": payload["sentence"][0],
        "words": content(row[12], names),
        "target": target - source_of(row[17]) if lent else target,
        "aimed_at": frozenset(a.entity for a in actors if one_sided and a.role == "target" and a.person),
        "deed": row[3] in DEEDS,
        "things": things(clause, names),
        "number": number(clause),
        "lent": lent,
        "beside": lent and bool(source_of(row[17]) - {"?"}),
        "clock": row[10] == "time",
        "several": speaks_of_several(row[12]),
        "past": speaks_of_the_past(row[12]),
    }


def clause_of(words: str, payload: dict[str, Any]) -> str:
    """The words that tell of an act, out of its sentence."""
    (start, end), (first, _) = payload["span"], payload["sentence"]
    return words[start - first : end - first] if start >= first else words


def names_of(actors: Iterable[tuple[str | None, str | None]]) -> list[str]:
    """Every name of some actors (name, country), their states' names and adjectives among them."""
    pairs = list(actors)
    names = [name for name, _ in pairs if name]
    return [*names, *(name for country in {c for _, c in pairs if c} for name in _of_state(country))]


@cache
def _of_state(country: str) -> tuple[str, ...]:
    state = world().states.get(country)
    return () if state is None else (state.name, *state.names, *state.adjectives, *state.people)


def _persons(actors: Iterable[ActorSeen]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if actor.person:
            found[actor.country or actor.entity].add(actor.entity)
    return {country: frozenset(names) for country, names in found.items()}


def ordinal(day: str | None) -> int | None:
    """The number of a day given as an ISO date."""
    return date.fromisoformat(day[:10]).toordinal() if day else None
