"""Who met whom: pairs of persons, or of states, over the joined meetings; and who has never met."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from dragoman.errors import UnknownNameError
from dragoman.record._entities import names
from dragoman.record._events import mentions_where
from dragoman.record._filters import Where, page
from dragoman.record._store import Row, Store
from dragoman.record._summary import LEVELS
from dragoman.record.views import Contact, Mention, NeverMet, Party

CONTACT_LEVELS = ("person", "state")
_RANKS = " ".join(f"WHEN '{level}' THEN {rank}" for rank, level in enumerate(LEVELS))
_PRESENT = {
    "person": "SELECT joined, entity AS who, max(country) AS country FROM joined_actors "
    "WHERE role = 'participant' AND person GROUP BY joined, entity",
    "state": "SELECT DISTINCT joined, country AS who, country FROM joined_actors "
    "WHERE role = 'participant' AND country IS NOT NULL",
}
_PAIRS = """
WITH present AS MATERIALIZED ({present}),
met AS MATERIALIZED (
  SELECT x.who AS a, y.who AS b, x.country AS a_country, y.country AS b_country, j.*
  FROM joined j JOIN present x ON x.joined = j.id JOIN present y ON y.joined = j.id AND y.who > x.who
  WHERE j.kind = 'meeting' AND {where}
)
"""
_COUNTS = """
SELECT a, b, max(a_country), max(b_country), sum(status = 'held') AS held, sum(status IN ('planned', 'possible')),
  sum(status = 'called off'), coalesce(max(CASE WHEN status = 'held' THEN count END), 0),
  min(CASE WHEN status = 'held' THEN CASE level {ranks} END END), min(CASE WHEN status = 'held' THEN day END),
  max(CASE WHEN status = 'held' THEN day END),
  min(CASE WHEN status IN ('planned', 'possible') AND dated AND day >= ? THEN day END), group_concat(key, ' ')
FROM met GROUP BY a, b ORDER BY held DESC, count(*) DESC, a, b {page}
"""
_REPORTERS = """
SELECT m.a, m.b, count(DISTINCT r.source_group), json_group_array(DISTINCT r.outlet)
FROM met m JOIN findings f ON f.joined = m.id JOIN articles r ON r.id = f.article
WHERE f.review <> 'rejected' AND r.superseded_by IS NULL GROUP BY m.a, m.b
"""


def contact_rows(store: Store, level: str, where: Where, limit: int | None, offset: int) -> tuple[Contact, ...]:
    """Pairs with the meetings (conditions on ``j``) in which both took part, most meetings first."""
    if level not in CONTACT_LEVELS:
        raise UnknownNameError("level", level, CONTACT_LEVELS)
    pairs = _PAIRS.format(present=_PRESENT[level], where=where.sql)
    today = store.value("SELECT max(day) FROM articles") or ""
    counts = _COUNTS.format(ranks=_RANKS, page=page(limit, offset))
    rows = store.rows(pairs + counts, (*where.values, today))
    reporters = {(row[0], row[1]): row[2:] for row in store.rows(pairs + _REPORTERS, where.values)}
    called = names(store)
    return tuple(_contact(row, reporters.get((row[0], row[1]), (0, "[]")), called, level == "person") for row in rows)


def _contact(row: Row, reporters: Row, called: Mapping[str, str], person: bool) -> Contact:
    sides = [
        Party(entity=who, name=called.get(who, who), country=country, person=person)
        for who, country in ((row[0], row[2]), (row[1], row[3]))
    ]
    outlets = sorted(name for name in json.loads(reporters[1]) if name)
    return Contact(
        a=sides[0], b=sides[1], held=row[4], planned=row[5], called_off=row[6], claimed=row[7],
        level=None if row[8] is None else LEVELS[row[8]], first=row[9], last=row[10], next=row[11],
        sources=reporters[0],
        outlets=tuple(outlets), meetings=tuple(sorted(row[12].split(" "))),
    )  # fmt: skip


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
