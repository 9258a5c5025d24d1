"""Who met whom: pairs of persons, or of states, over the joined meetings; and who has never met.

A report without a day that speaks of several meetings ("they have met twice") is a tally: it
counts as a claim, and as a meeting held only where the record has no other of the pair.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from dragoman.errors import UnknownNameError
from dragoman.record._entities import names
from dragoman.record._events import mentions_where
from dragoman.record._filters import Where, page
from dragoman.record._store import Row, Store
from dragoman.record._summary import LEVELS
from dragoman.record._tallies import AHEAD, MET, TIMES
from dragoman.record.views import Contact, Mention, NeverMet, Party

CONTACT_LEVELS = ("person", "state")
_COUNTS = f"""
SELECT m.a, m.b, max(m.a_country), max(m.b_country),
  {TIMES} AS held,
  sum({AHEAD}), sum(m.mode = 'in person' AND m.status = 'called off'),
  coalesce(max(CASE WHEN {MET} THEN m.count END), 0), min(CASE WHEN {MET} THEN m.rank END),
  min(CASE WHEN {MET} THEN m.day END), max(CASE WHEN {MET} THEN m.day END),
  min(CASE WHEN {AHEAD} AND m.dated AND m.day >= ? THEN m.day END),
  group_concat(CASE WHEN m.mode = 'in person' THEN m.key END, ' '),
  group_concat(CASE WHEN m.mode <> 'in person' THEN m.key END, ' ')
FROM joined_contacts m {{filter}} WHERE m.level = ? AND {{where}} GROUP BY m.a, m.b
ORDER BY held DESC, max(CASE WHEN {MET} THEN m.day END) IS NULL,
  max(CASE WHEN {MET} THEN m.day END) DESC, count(*) DESC, m.a, m.b {{page}}
"""
_REPORTERS = """
SELECT m.a, m.b, count(DISTINCT g.origin), json_group_array(DISTINCT r.outlet)
FROM joined_contacts m {filter} JOIN findings f ON f.joined = m.joined JOIN articles r ON r.id = f.article
JOIN articles g ON g.key = r.source_group WHERE m.level = ? AND {where} AND f.review <> 'rejected'
  AND r.superseded_by IS NULL {chosen} GROUP BY m.a, m.b
"""
_CHOSEN = "AND (m.a, m.b) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"


def contact_rows(
    store: Store, level: str, where: Where, limit: int | None, offset: int, *, among: Sequence[str] | None = None
) -> tuple[Contact, ...]:
    """Pairs with the meetings (conditions on ``j``) in which both took part, most meetings first, then the latest."""
    if level not in CONTACT_LEVELS:
        raise UnknownNameError("level", level, CONTACT_LEVELS)
    today = store.value("SELECT max(day) FROM articles") or ""
    joins = {"filter": "JOIN joined j ON j.id = m.joined" if where.parts else ""}
    both = Where().equal("m.a", among).equal("m.b", among)
    both.parts, both.values = [*where.parts, *both.parts], [*where.values, *both.values]
    joins["where"] = both.sql
    rows = store.rows(_COUNTS.format(**joins, page=page(limit, offset)), (today, level, *both.values))
    chosen = () if limit is None else (json.dumps([row[:2] for row in rows]),)
    said = _REPORTERS.format(**joins, chosen=_CHOSEN if chosen else "")
    reporters = {(row[0], row[1]): row[2:] for row in store.rows(said, (level, *both.values, *chosen))}
    called = names(store, {who for row in rows for who in row[:2]})
    return tuple(
        _contact(row, reporters.get((row[0], row[1]), (0, "[]")), called, person=level == "person") for row in rows
    )


def _contact(row: Row, reporters: Row, called: Mapping[str, str], *, person: bool) -> Contact:
    sides = [
        Party(entity=who, name=called.get(who, who), country=country, person=person)
        for who, country in ((row[0], row[2]), (row[1], row[3]))
    ]
    outlets = sorted(name for name in json.loads(reporters[1]) if name)
    return Contact(
        a=sides[0], b=sides[1], held=row[4], planned=row[5], called_off=row[6], claimed=row[7],
        level=None if row[8] is None else LEVELS[row[8]], first=row[9], last=row[10], next=row[11],
        sources=reporters[0],
        outlets=tuple(outlets), meetings=tuple(sorted((row[12] or "").split())),
        calls=tuple(sorted((row[13] or "").split())),
    )  # fmt: skip


def never_met_answer(store: Store, a: str, b: str) -> NeverMet:
    """What the record knows of two persons, or two states, meeting."""
    column = "country" if _is_country(store, a) and _is_country(store, b) else "entity"
    met = store.rows(
        f"SELECT j.key FROM joined j WHERE j.id IN (SELECT joined FROM joined_actors WHERE {column} = ?) "
        f"AND j.id IN (SELECT joined FROM joined_actors WHERE {column} = ?) AND +j.kind = 'meeting' "
        "AND j.status = 'held' AND j.claims NOT LIKE '%ever%' AND j.claims NOT LIKE '%not yet%' "
        "ORDER BY j.day IS NULL, j.day, j.key",
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
        "f.id IN (SELECT d.id FROM findings d WHERE +d.kind = 'meeting' AND (d.status = 'denied' OR "
        "json_extract(d.payload, '$.claim') IN ('never', 'not yet'))) "
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
