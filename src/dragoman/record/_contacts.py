"""Who met whom: pairs of persons, or of states, over the joined meetings; and who has never met."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.errors import UnknownNameError
from dragoman.record._entities import names
from dragoman.record._events import mentions_where
from dragoman.record._filters import Where, page
from dragoman.record._store import Row, Store
from dragoman.record._summary import LEVELS
from dragoman.record.views import Contact, Mention, NeverMet, Party

CONTACT_LEVELS = ("person", "state")
_PLANNED = ("planned", "possible")


@dataclass(kw_only=True)
class _Pair:
    a: Party
    b: Party
    rows: list[Row] = field(default_factory=list)

    @property
    def held(self) -> int:
        """How many meetings were held."""
        return sum(row[3] == "held" for row in self.rows)


def contact_rows(store: Store, level: str, where: Where, limit: int | None, offset: int) -> tuple[Contact, ...]:
    """Pairs with the meetings (conditions on ``j``) in which both took part, most meetings first."""
    page(limit, offset)
    if level not in CONTACT_LEVELS:
        raise UnknownNameError("level", level, CONTACT_LEVELS)
    rows = store.rows(
        "SELECT j.id, j.key, j.level, j.status, j.day, j.dated, j.count, x.entity, x.name, x.country, x.person, "
        "j.sources "
        "FROM joined j JOIN joined_actors x ON x.joined = j.id AND x.role = 'participant' "
        f"WHERE j.kind = 'meeting' AND {where.sql} ORDER BY j.day IS NULL, j.day, j.key, x.entity",
        where.values,
    )
    pairs = _pairs(rows, level, names(store))
    today = store.value("SELECT max(day) FROM articles")
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1].held, -len(pair[1].rows), pair[0]))
    chosen = [pair for _, pair in ordered[offset : None if limit is None else offset + limit]]
    reporters = _reporters(store, {row[0] for pair in chosen for row in pair.rows})
    return tuple(_contact(pair, today, reporters) for pair in chosen)


def _pairs(rows: list[Row], level: str, called: Mapping[str, str]) -> dict[tuple[str, str], _Pair]:
    meetings: dict[int, list[tuple[Party, Row]]] = defaultdict(list)
    for row in rows:
        party = _party(row, level, called)
        if party is not None and all(party.entity != other.entity for other, _ in meetings[row[0]]):
            meetings[row[0]].append((party, row))
    pairs: dict[tuple[str, str], _Pair] = {}
    for present in meetings.values():
        ordered = sorted(present, key=lambda one: one[0].entity)
        for place, (a, row) in enumerate(ordered):
            for b, _ in ordered[place + 1 :]:
                pairs.setdefault((a.entity, b.entity), _Pair(a=a, b=b)).rows.append(row)
    return pairs


def _party(row: Row, level: str, called: Mapping[str, str]) -> Party | None:
    entity, name, country, person = row[7:11]
    if level == "person":
        return Party(entity=entity, name=called.get(entity, name), country=country, person=True) if person else None
    return Party(entity=country, name=called.get(country, country), country=country) if country else None


def _contact(pair: _Pair, today: str | None, reporters: dict[int, tuple[frozenset[str], frozenset[str]]]) -> Contact:
    held = [row for row in pair.rows if row[3] == "held"]
    planned = [row for row in pair.rows if row[3] in _PLANNED]
    days = [row[4] for row in held if row[4]]
    ahead = [row[4] for row in planned if row[4] and row[5] and (today is None or row[4] >= today)]
    said = [reporters.get(row[0], (frozenset(), frozenset())) for row in pair.rows]
    return Contact(
        a=pair.a, b=pair.b, held=len(held), planned=len(planned),
        called_off=sum(row[3] == "called off" for row in pair.rows),
        claimed=max((row[6] for row in held), default=0),
        level=min((row[2] for row in held if row[2]), key=LEVELS.index, default=None),
        first=min(days, default=None), last=max(days, default=None), next=min(ahead, default=None),
        sources=len(frozenset().union(*(one[0] for one in said))),
        outlets=tuple(sorted(frozenset().union(*(one[1] for one in said)))),
        meetings=tuple(row[1] for row in pair.rows),
    )  # fmt: skip


def _reporters(store: Store, meetings: set[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Independent sources and outlets of some meetings."""
    groups: dict[int, set[str]] = defaultdict(set)
    outlets: dict[int, set[str]] = defaultdict(set)
    for joined, group, outlet in store.rows(
        "SELECT f.joined, a.source_group, a.outlet FROM findings f JOIN articles a ON a.id = f.article "
        "WHERE f.kind = 'meeting' AND f.joined IS NOT NULL AND f.review <> 'rejected' AND a.superseded_by IS NULL"
    ):
        if joined not in meetings:
            continue
        groups[joined].add(group)
        if outlet:
            outlets[joined].add(outlet)
    return {joined: (frozenset(groups[joined]), frozenset(outlets[joined])) for joined in groups}


def never_met_answer(store: Store, a: str, b: str) -> NeverMet:
    """What the record knows of two persons, or two states, meeting."""
    column = "country" if _is_country(store, a) and _is_country(store, b) else "entity"
    met = store.rows(
        "SELECT j.key FROM joined j JOIN joined_actors x ON x.joined = j.id JOIN joined_actors y ON y.joined = j.id "
        "WHERE j.kind = 'meeting' AND j.status = 'held' AND j.claims NOT LIKE '%ever%' AND j.claims NOT LIKE "
        "'%not yet%' "
        f"AND x.{column} = ? AND y.{column} = ? ORDER BY j.day IS NULL, j.day, j.key",
        (a, b),
    )
    keys = tuple(dict.fromkeys(row[0] for row in met))
    reports = _denials(store, a, b, column)
    searched, first, last = _searched(store, a, b, column)
    answer: Literal["met", "reported", "nothing found"] = "met" if keys else "reported" if reports else "nothing found"
    return NeverMet(a=a, b=b, answer=answer, meetings=keys, reports=reports, searched=searched, first=first, last=last)


def _is_country(store: Store, name: str) -> bool:
    return store.one("SELECT 1 FROM countries WHERE country = ?", (name,)) is not None


def _denials(store: Store, a: str, b: str, column: str) -> tuple[Mention, ...]:
    of = "resolved" if column == "entity" else "country"
    return mentions_where(
        store,
        "f.kind = 'meeting' AND (f.status = 'denied' OR json_extract(f.payload, '$.claim') IN ('never', 'not yet')) "
        f"AND EXISTS (SELECT 1 FROM actors x WHERE x.finding = f.id AND x.{of} = ?) "
        f"AND EXISTS (SELECT 1 FROM actors y WHERE y.finding = f.id AND y.{of} = ?)",
        (a, b),
    )


def _searched(store: Store, a: str, b: str, column: str) -> tuple[int, str | None, str | None]:
    table = "countries" if column == "country" else "mentions"
    row = store.one(
        f"SELECT count(DISTINCT a.id), min(a.day), max(a.day) FROM articles a WHERE a.superseded_by IS NULL "
        f"AND a.id IN (SELECT article FROM {table} WHERE {column} = ?) AND a.id IN (SELECT article FROM {table} "
        f"WHERE {column} = ?)",
        (a, b),
    )
    searched, first, last = row or (0, None, None)
    return searched, first, last
