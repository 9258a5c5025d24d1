"""Joining what is stale: from findings in the file to joined events in the file."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from dragoman.record import _entities, _fates
from dragoman.record._blocks import FATES, MEETINGS
from dragoman.record._report import report_of
from dragoman.record._store import Row, Store
from dragoman.record._summary import LEVELS, ActorSeen, Told, summarise
from dragoman.record.join import join_reports

BLOCKS_AT_ONCE = 400
MADE_BESIDE = ("joined_actors", "joined_pairs", "joined_contacts")
Summary = tuple[dict[str, Any], list[ActorSeen]]
_FINDINGS = """
SELECT f.id, f.key, f.kind, f.type, a.key, a.source_group, f.day, f.status, f.date_start, f.date_end, f.precision,
  f.place, f.words, f.confidence, f.review, f.payload, a.superseded_by IS NOT NULL, f.block,
  coalesce(g.origin, a.source_group)
FROM findings f JOIN articles a ON a.id = f.article LEFT JOIN articles g ON g.key = a.source_group
"""
_ACTORS = """
SELECT c.finding, c.role, coalesce(c.resolved, c.country), coalesce(c.name, c.country), coalesce(c.country, e.country),
  coalesce(e.kind, CASE WHEN c.resolved IS NULL OR c.resolved = c.country THEN 'state' ELSE 'person' END)
FROM actors c LEFT JOIN entities e ON e.id = c.resolved
"""


def settle(store: Store) -> int:
    """Join every stale block again; the number of blocks joined.

    All stale events go first, since a finding may have moved from one block to
    another; each block is cleared once more before it is written, since another
    process may have joined it in between.
    """
    _entities.refresh(store)
    stale = [row[0] for row in store.rows("SELECT block FROM main.stale ORDER BY block")]
    if stale:
        with store.transaction():
            clear_joined(store, "main", "block IN (SELECT block FROM main.stale)", ())
    for place in range(0, len(stale), BLOCKS_AT_ONCE):
        with store.transaction():
            for block in stale[place : place + BLOCKS_AT_ONCE]:
                _settle_block(store, block)
                store.run("DELETE FROM main.stale WHERE block = ?", (block,))
    if _fates.touched(stale):
        with store.transaction():
            _fates.relink(store)
    return len(stale)


def _settle_block(store: Store, block: str) -> None:
    if block == FATES:
        return
    rows = store.rows(f"{_FINDINGS} WHERE f.block = ? AND f.review <> 'rejected'", (block,))
    actors = load_actors(store, "JOIN findings f ON f.id = c.finding WHERE f.block = ?", (block,))
    lead = join_reports(report_of(row, actors[row[0]]) for row in rows)
    store.run("UPDATE main.findings SET joined = NULL WHERE block = ?", (block,))
    store.run_many("UPDATE main.findings SET joined = ? WHERE id = ?", [(to, one) for one, to in lead.items()])
    clear_joined(store, "main", "block = ?", (block,))
    write_joined(store, "main", rows, actors, lead)


def load_actors(store: Store, condition: str, parameters: Sequence[Any]) -> dict[int, list[ActorSeen]]:
    """The actors of chosen findings, by finding, in order."""
    found: dict[int, list[ActorSeen]] = defaultdict(list)
    for finding, role, entity, name, country, kind in store.rows(
        f"{_ACTORS} {condition} ORDER BY c.finding, c.role, c.place", parameters
    ):
        if entity is not None:
            seen = ActorSeen(role=role, entity=entity, name=name or entity, country=country, person=kind == "person")
            found[finding].append(seen)
    return found


def _told(row: Row, actors: Sequence[ActorSeen]) -> Told:
    names = ("id", "key", "kind", "type", "article", "group", "day", "status", "start", "end", "precision", "place",
             "words", "confidence", "review")  # fmt: skip
    return Told(
        **(dict(zip(names, row, strict=False)) | {"group": row[18]}), payload=json.loads(row[15]), actors=tuple(actors)
    )


def write_joined(
    store: Store, schema: str, rows: Iterable[Row], actors: Mapping[int, Sequence[ActorSeen]], lead: Mapping[int, int]
) -> None:
    """Write the joined events of some findings into the tables of a schema."""
    _insert(store, schema, summary_rows(rows, actors, lead))


def summary_rows(
    rows: Iterable[Row], actors: Mapping[int, Sequence[ActorSeen]], lead: Mapping[int, int]
) -> list[Summary]:
    """The joined events of some findings; a superseded report may lead an event, but tells nothing of it."""
    by_leader: dict[int, list[Row]] = defaultdict(list)
    leaders: dict[int, tuple[int, str, str]] = {}
    for row in rows:
        if row[0] in lead:
            by_leader[lead[row[0]]].append(row)
            leaders[row[0]] = (row[0], row[1], row[17])
    made = []
    for leader in sorted(by_leader):
        kept = sorted(
            (row for row in by_leader[leader] if not row[16]), key=lambda row: (row[6] or "9999", row[4], row[1])
        )
        if kept:
            made.append(summarise(leaders[leader], [_told(row, actors.get(row[0], ())) for row in kept]))
    return made


def _insert(store: Store, schema: str, made: list[Summary]) -> None:
    if not made:
        return
    names = list(made[0][0])
    marks = ", ".join(f":{name}" for name in names)
    store.run_many(f"INSERT INTO {schema}.joined ({', '.join(names)}) VALUES ({marks})", [row for row, _ in made])
    store.run_many(
        f"INSERT OR IGNORE INTO {schema}.joined_actors VALUES (?, ?, ?, ?, ?, ?)",
        [(row["id"], a.role, a.entity, a.name, a.country, int(a.person)) for row, actors in made for a in actors],
    )
    store.run_many(
        f"INSERT OR IGNORE INTO {schema}.joined_pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [pair for row, actors in made if row["kind"] == "event" for pair in _pairs(row, actors)],
    )
    store.run_many(
        f"INSERT OR IGNORE INTO {schema}.joined_contacts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [pair for row, actors in made if row["kind"] in MEETINGS for pair in _contacts(row, actors)],
    )


def _pairs(row: dict[str, Any], actors: list[ActorSeen]) -> list[Row]:
    sources = sorted({a.country for a in actors if a.role == "source" and a.country})
    targets = sorted({a.country for a in actors if a.role == "target" and a.country})
    return [
        (min(a, b), max(a, b), row["day"], row["id"], int(a < b), row["dated"], row["precision"], row["status"],
         row["quad"], row["goldstein"], row["sources"])
        for a in sources for b in targets if a != b
    ]  # fmt: skip


def _contacts(row: dict[str, Any], actors: list[ActorSeen]) -> list[Row]:
    """Who met whom at a meeting, of the persons and of the states."""
    persons = sorted({(a.entity, a.country) for a in actors if a.person}, key=lambda one: one[0])
    states = sorted({(a.country, a.country) for a in actors if a.country})
    told = (row["key"], row["status"], LEVELS.index(row["level"]), row["day"], row["dated"], row["count"],
            row["mode"] or "in person")  # fmt: skip
    return [
        (level, a, b, row["id"], a_country, b_country, *told)
        for level, present in (("person", persons), ("state", states))
        for (a, a_country), (b, b_country) in combinations(present, 2)
        if a != b
    ]


def clear_joined(store: Store, schema: str, condition: str, parameters: Sequence[Any]) -> None:
    """Take out joined events that meet a condition."""
    chosen = f"SELECT id FROM {schema}.joined WHERE {condition}"
    for table in MADE_BESIDE:
        store.run(f"DELETE FROM {schema}.{table} WHERE joined IN ({chosen})", parameters)
    store.run(f"DELETE FROM {schema}.joined WHERE {condition}", parameters)


def load_findings(store: Store, condition: str, parameters: Sequence[Any]) -> list[Row]:
    """Rows of findings as :func:`write_joined` takes them."""
    return store.rows(f"{_FINDINGS} {condition}", parameters)
