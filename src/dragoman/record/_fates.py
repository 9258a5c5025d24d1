"""Fates of promises in the file: links made anew when promises, reports or meetings changed, and what they come to.

Links are made over everything in the file; each depends only on what was published until its report, so a record as
of a day takes those whose reports it sees.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.record._resolve import Resolution, load_resolution
from dragoman.record._store import Row, Store
from dragoman.record.fates import Deed, Met, Promise, decide_fates

KINDS = ("commitment", "fate", "meeting")
_FOUND = """
SELECT f.id, f.article_key, f.day, f.payload, f.joined, f.date_start, f.date_end, f.place, f.article
FROM main.findings f WHERE f.kind = ? AND f.review <> 'rejected' AND f.day IS NOT NULL {more}
"""
_SIDES = """
SELECT c.finding, c.role, coalesce(c.country, e.country, c.resolved), c.resolved, coalesce(e.kind, '') = 'person'
FROM main.actors c JOIN main.findings f ON f.id = c.finding LEFT JOIN main.entities e ON e.id = c.resolved
WHERE f.kind = ?
"""
_MENTIONED = """
SELECT e.kind, m.span_start, m.span_end, m.entity, e.country, e.name FROM main.mentions m
JOIN main.entities e ON e.id = m.entity
WHERE e.kind IN ('person', 'place', 'state') AND m.article = ? ORDER BY m.span_start
"""
_HOLDING = """
SELECT x.joined, x.fate, f.day, f.key FROM fate_links x JOIN findings f ON f.id = x.finding
JOIN articles a ON a.id = f.article
WHERE f.review <> 'rejected' AND a.superseded_by IS NULL
  AND x.joined NOT IN (
    SELECT joined FROM findings WHERE kind = 'commitment' AND review = 'corrected' AND joined IS NOT NULL
  )
ORDER BY x.joined, f.day, f.key
"""
Sides = Mapping[int, Mapping[str, list[tuple[str, str, bool]]]]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What became of a promise by later reports: the fate, since when, and the findings that say so, latest last."""

    fate: str
    since: str
    findings: tuple[str, ...]


def relink(store: Store) -> None:
    """Make all links anew."""
    from dragoman.read.promises import undone_by

    promises, deeds, meetings = list(_promises(store)), list(_deeds(store)), list(_meetings(store))
    links = decide_fates(promises, deeds, meetings, undone_by())
    store.run("DELETE FROM main.fate_links")
    store.run_many(
        "INSERT INTO main.fate_links VALUES (?, ?, ?)", [(one.joined, one.finding, one.fate) for one in links]
    )


def holdings(store: Store) -> dict[int, Holding]:
    """For each promise that later reports decide: the fate by the latest of them.

    A commitment that a reviewer corrected holds as the reviewer left it.
    """
    found: dict[int, Holding] = {}
    for joined, fate, day, key in store.rows(_HOLDING):
        before = found.get(joined)
        same = before is not None and before.fate == fate
        found[joined] = Holding(
            fate=fate, since=before.since if before and same else day,
            findings=(*(before.findings if before and same else ()), key),
        )  # fmt: skip
    return found


def _sides(store: Store, kind: str) -> Sides:
    found: dict[int, dict[str, list[tuple[str, str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for finding, role, country, resolved, person in store.rows(_SIDES, (kind,)):
        if country is not None:
            found[finding][role].append((country, resolved, bool(person)))
    return found


def _states(sides: Mapping[str, list[tuple[str, str, bool]]], role: str) -> frozenset[str]:
    return frozenset(country for country, _, _ in sides.get(role, ()))


def _promises(store: Store) -> Iterator[Promise]:
    sides, resolution = _sides(store, "commitment"), load_resolution(store)
    for row in store.rows(_FOUND.format(more="AND f.joined IS NOT NULL"), ("commitment",)):
        payload: dict[str, Any] = json.loads(row[3])
        by = _states(sides.get(row[0], {}), "by")
        to = _states(sides.get(row[0], {}), "to")
        deed = payload.get("deed")
        named = list(_named(store, row, payload, resolution)) if deed in {"meet", "visit", "hold"} else []
        first, last = payload["span"]
        places = frozenset(where for kind, _, where, at in named if kind != "person" and first <= at < last)
        yield Promise(
            joined=row[4], article=row[1], day=_ordinal(row[2]), by=by, to=places - by or to, deed=deed,
            about=tuple(payload.get("about", ())), due=_ordinal(row[6]) if row[6] else None,
            place=next((name for kind, name, _, at in named if kind == "place" and first <= at < last), None),
            persons=frozenset(who for kind, who, _, at in named if kind == "person" and first <= at < last),
            promisers=frozenset(who for kind, who, where, _ in named if kind == "person" and where in by),
        )  # fmt: skip


def _named(
    store: Store, row: Row, payload: dict[str, Any], resolution: Resolution
) -> Iterator[tuple[str, str, str, int]]:
    """Persons, places (by name) and states named in a promise's sentence: kind, who, state, and where."""
    start, end = payload["evidence"][0] if payload.get("evidence") else payload["span"]
    for kind, first, last, entity, country, name in store.rows(_MENTIONED, (row[8],)):
        if start <= first and last <= end and kind == "place" and country:
            yield kind, name, country, first
        elif start <= first and last <= end and country:
            meant = resolution.resolve(entity, name, row[1])
            if meant is not None:
                yield kind, meant, country, first


def _deeds(store: Store) -> Iterator[Deed]:
    sides = _sides(store, "fate")
    for row in store.rows(_FOUND.format(more=""), ("fate",)):
        payload = json.loads(row[3])
        yield Deed(
            finding=row[0], article=row[1], day=_ordinal(row[2]), fate=payload["fate"],
            by=_states(sides.get(row[0], {}), "by"), deed=payload["deed"], about=tuple(payload["about"]),
            named=payload["named"],
        )  # fmt: skip


def _meetings(store: Store) -> Iterator[Met]:
    sides = _sides(store, "meeting")
    more = "AND f.status = 'held' AND f.date_start IS NOT NULL"
    for row in store.rows(_FOUND.format(more=more), ("meeting",)):
        present = sides.get(row[0], {}).get("participant", [])
        yield Met(
            finding=row[0], article=row[1], day=_ordinal(row[2]), start=_ordinal(row[5]),
            states=frozenset(country for country, _, _ in present),
            persons=frozenset(who for _, who, person in present if person),
            level=json.loads(row[3])["level"], host=_host(row[7]),
            city=row[7] if row[7] and not _is_state(row[7]) else None,
        )  # fmt: skip


def _host(place: str | None) -> str | None:
    """The state in which a place is, by the world's tables."""
    from dragoman.read.world import world

    found = {name.country for name in world().lookup(place)} if place else set()
    return found.pop() if len(found) == 1 else None


def _is_state(place: str) -> bool:
    from dragoman.read.world import world

    return any(name.way == "name" for name in world().lookup(place))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def touched(blocks: Iterable[str]) -> bool:
    """Whether any of these stale blocks holds promises, reports of fates, or meetings."""
    return any(block.split("|", 1)[0] in KINDS for block in blocks)
