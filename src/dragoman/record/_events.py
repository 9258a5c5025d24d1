"""Queries about joined events: chronology, meetings, commitments, and every report of one."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dragoman.errors import UnknownNameError
from dragoman.record._articles import anchor_at, text_of
from dragoman.record._entities import names
from dragoman.record._fates import Holding, holdings
from dragoman.record._filters import Where, page
from dragoman.record._store import Row, Store
from dragoman.record.views import (
    Bucket,
    CommitmentRow,
    Conflict,
    EventFull,
    EventRow,
    MeetingRow,
    Mention,
    Party,
    Timeline,
    When,
)

COLUMNS = (
    "kind", "key", "type", "mode", "quad", "cameo", "goldstein", "level", "status", "date_start", "date_end",
    "precision", "day",
    "dated", "place", "words", "condition", "actors", "conflicts", "claims", "reports", "sources", "first_day",
    "last_day",
    "confidence", "count", "reviewed",
)  # fmt: skip
_SELECT = ", ".join(f"j.{name}" for name in COLUMNS)
HAPPENED = "j.kind IN ('event', 'meeting')"
ORDERS = {
    "day": "j.day IS NULL, j.day, j.key",
    "-day": "j.day IS NULL, j.day DESC, j.key",
    "-sources": "j.sources DESC, j.day IS NULL, j.day, j.key",
    "-reported": "j.last_day IS NULL, j.last_day DESC, j.key",
    "due": "coalesce(j.date_start, '9999'), coalesce(j.first_day, '9999'), j.key",
}
COARSER = {
    "day": ("week", "month", "quarter", "season", "half", "year", "decade", "century", "vague"),
    "week": ("month", "quarter", "season", "half", "year", "decade", "century", "vague"),
    "month": ("quarter", "season", "half", "year", "decade", "century", "vague"),
    "year": ("decade", "century", "vague"),
}
PERIODS = {
    "day": "{0}",
    "week": "date({0}, '-' || ((strftime('%w', {0}) + 6) % 7) || ' days')",
    "month": "substr({0}, 1, 7)",
    "year": "substr({0}, 1, 4)",
}


def list_commitments(
    store: Store, where: Where, fate: object, order: str, window: tuple[int | None, int]
) -> tuple[CommitmentRow, ...]:
    """Promises with what later reports say became of them; ``fate`` is one or several, ``window`` limit and offset."""
    held = holdings(store)
    rows = list_joined(store, fated(where, fate, held), order, *window)
    asked = json.dumps([row.id for row in rows])
    ids = dict[str, int](
        store.rows("SELECT key, id FROM joined WHERE key IN (SELECT value FROM json_each(?))", (asked,))
    )
    return tuple(with_fate(row, held.get(ids[row.id])) for row in rows)


def fated(where: Where, fate: object, held: Mapping[int, Holding]) -> Where:
    """Conditions on promises with those of their fate, by what later reports say where they say anything."""
    if fate is None:
        return where
    wanted = {str(one) for one in _several(fate)}
    decided = [one for one, holding in held.items() if holding.fate in wanted]
    told = Where().equal("j.status", sorted(wanted))
    return where.add(
        "(j.id IN (SELECT value FROM json_each(?)) OR "
        f"({told.sql} AND j.id NOT IN (SELECT value FROM json_each(?))))",
        json.dumps(decided), *told.values, json.dumps(list(held)),
    )  # fmt: skip


def with_fate(row: CommitmentRow, holding: Holding | None) -> CommitmentRow:
    """A promise with the fate that later reports give it; what its own articles say stands where none does."""
    if holding is None:
        return row
    return replace(row, fate=holding.fate, fate_since=holding.since, fate_by=holding.findings)


def list_joined(store: Store, where: Where, order: str, limit: int | None, offset: int) -> tuple[Any, ...]:
    """Joined events that meet conditions on ``j``, in a named order."""
    if order not in ORDERS:
        raise UnknownNameError("order", order, list(ORDERS))
    rows = store.rows(
        f"SELECT {_SELECT} FROM joined j WHERE {where.sql} ORDER BY {ORDERS[order]} {page(limit, offset)}",
        where.values,
    )
    return views_of(store, rows)


def views_of(store: Store, rows: Sequence[Row]) -> tuple[Any, ...]:
    """Joined rows as views, with what everybody is called."""
    actors = COLUMNS.index("actors")
    called = names(store, {actor[1] for row in rows for actor in json.loads(row[actors])})
    return tuple(view_of(row, called) for row in rows)


def count_joined(store: Store, where: Where) -> int:
    """How many joined events meet conditions on ``j``."""
    return int(store.value(f"SELECT count(*) FROM joined j WHERE {where.sql}", where.values))


def with_actors(
    where: Where, *, party: object = None, country: object = None, source: object = None, target: object = None
) -> Where:
    """Add who must be in an event: entity, country in any role, country as source, country as target."""
    asked = (
        ("x.entity", None, party),
        ("x.country", None, country),
        ("x.country", "source", source),
        ("x.country", "target", target),
    )
    for column, role, values in asked:
        for value in _several(values):
            inner = Where().equal(column, value).equal("x.role", role)
            where.add(f"j.id IN (SELECT x.joined FROM joined_actors x WHERE {inner.sql})", *inner.values)
    return where


def promises_where(*, by: object, to: object) -> Where:
    """Promises by and to entities or countries."""
    where = Where().add("j.kind = 'commitment'")
    for role, asked in (("by", by), ("to", to)):
        for name in _several(asked):
            where.add(
                "j.id IN (SELECT joined FROM joined_actors WHERE role = ? AND (entity = ? OR country = ?))",
                role, name, name,
            )  # fmt: skip
    return where


def _several(values: object) -> Iterable[object]:
    if values is None:
        return ()
    return values if isinstance(values, (list, tuple, set, frozenset)) else (values,)


def view_of(row: Row, called: Mapping[str, str]) -> EventRow | MeetingRow | CommitmentRow:
    """A joined row as the view of its kind; ``called`` names entities."""
    of = dict(zip(COLUMNS, row, strict=True))
    sides = _sides(of["actors"], called)
    shared = {
        "id": of["key"], "reports": of["reports"], "sources": of["sources"], "first_reported": of["first_day"],
        "last_reported": of["last_day"], "reviewed": bool(of["reviewed"]), "conflicts": _conflicts(of["conflicts"]),
    }  # fmt: skip
    when = When(start=of["date_start"], end=of["date_end"], precision=of["precision"]) if of["precision"] else None
    if of["kind"] == "commitment":
        return CommitmentRow(
            **shared, clause=of["words"], by=sides.get("by", ()), to=sides.get("to", ()), due=when,
            condition=of["condition"],
            fate=of["status"],
        )  # fmt: skip
    shared |= {name: of[name] for name in ("status", "day", "place", "words", "confidence")}
    shared |= {"date": when, "dated": bool(of["dated"])}
    if of["kind"] in {"meeting", "call"}:
        return MeetingRow(
            **shared, participants=sides.get("participant", ()), level=of["level"], count=of["count"],
            claims=tuple(json.loads(of["claims"])), mode=of["mode"] or "in person",
        )  # fmt: skip
    return EventRow(
        **shared, **{name: of[name] for name in ("type", "mode", "quad", "cameo", "goldstein")},
        source=sides.get("source", ()), target=sides.get("target", ()),
    )  # fmt: skip


def _sides(packed: str, called: Mapping[str, str]) -> dict[str, tuple[Party, ...]]:
    sides: dict[str, tuple[Party, ...]] = {}
    for role, entity, name, country, person in json.loads(packed):
        party = Party(entity=entity, name=called.get(entity, name), country=country, person=bool(person))
        sides[role] = (*sides.get(role, ()), party)
    return sides


def _conflicts(packed: str) -> tuple[Conflict, ...]:
    if packed == "[]":
        return ()
    return tuple(
        Conflict(about=about, values=tuple((value, tuple(articles)) for value, articles in values))
        for about, values in json.loads(packed)
    )


_MENTION = """
SELECT f.key, a.key, a.outlet, a.title, a.published, a.source_group, a.superseded_by IS NOT NULL, f.status,
f.date_start,
  f.date_end, f.precision, f.place, f.review, f.confidence, a.hash, a.id, f.span_start, f.span_end, f.payload
FROM findings f JOIN articles a ON a.id = f.article
"""


_RANKED = (
    _MENTION.replace(
        "FROM findings f",
        """, f.joined AS joined, row_number() OVER (
  PARTITION BY f.joined ORDER BY a.day IS NULL, a.day, a.key, f.span_start
) AS nth FROM json_each(?) asked JOIN findings f ON f.joined = asked.value""",
    ).strip()
    + " WHERE f.review <> 'rejected' AND a.superseded_by IS NULL"
)


def full_event(store: Store, name: str) -> EventFull:
    """A joined event, by its id or that of any of its findings, with every report."""
    found = store.one(
        f"SELECT j.id, {_SELECT} FROM joined j WHERE j.key = ? OR j.id = (SELECT joined FROM findings WHERE key = ?)",
        (name, name),
    )
    if found is None:
        raise UnknownNameError("event", name, ())
    row, mentions = views_of(store, [found[1:]])[0], mentions_where(store, "f.joined = ?", (found[0],))
    if not isinstance(row, CommitmentRow):
        return EventFull(row=row, mentions=mentions)
    row = with_fate(row, holdings(store).get(found[0]))
    marks = ",".join("?" * len(row.fate_by))
    return EventFull(row=row, mentions=mentions, fates=mentions_where(store, f"f.key IN ({marks})", row.fate_by))


def mentions_of(store: Store, keys: Sequence[str], most: int) -> dict[str, tuple[Mention, ...]]:
    """The first reports of joined events, superseded versions left out, at most so many of each; asked for at once."""
    asked = dict[int, str](
        store.rows(
            "SELECT j.id, j.key FROM joined j WHERE j.key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
        )
    )
    rows = store.rows(
        f"SELECT * FROM ({_RANKED}) WHERE nth <= ? ORDER BY joined, nth", (json.dumps(sorted(asked)), most)
    )
    texts = {rowid: text_of(store, rowid) for rowid in {row[15] for row in rows}}
    found: dict[str, list[Mention]] = {key: [] for key in keys}
    for row in rows:
        found[asked[row[19]]].append(_mention(row, texts[row[15]]))
    return {key: tuple(listed) for key, listed in found.items()}


def mentions_where(store: Store, condition: str, values: tuple[Any, ...]) -> tuple[Mention, ...]:
    """Reports that meet a condition, in order of publication."""
    rows = store.rows(
        f"{_MENTION} WHERE {condition} AND f.review <> 'rejected' ORDER BY a.day IS NULL, a.day, a.key, f.span_start",
        values,
    )
    texts = {rowid: text_of(store, rowid) for rowid in {row[15] for row in rows}}
    return tuple(_mention(row, texts[row[15]]) for row in rows)


def _mention(row: Row, text: str) -> Mention:
    span = json.loads(row[18]).get("sentence") or (row[16], row[17])
    return Mention(
        finding=row[0], article=row[1], outlet=row[2], title=row[3], published=row[4], source_group=row[5],
        superseded=bool(row[6]), status=row[7], date=When(start=row[8], end=row[9],
        precision=row[10]) if row[10] else None,
        place=row[11], review=row[12], confidence=row[13], anchor=anchor_at(row[1], row[14], text, (span[0], span[1])),
    )  # fmt: skip


_NOT_PLACED = ("undated", "coarse")
_TIMELINE = """
SELECT CASE WHEN day IS NULL THEN 'undated' WHEN dated AND precision IN ({coarse}) THEN 'coarse' ELSE {period} END
    AS period,
  sum(n), sum(n * (kind = 'event' AND status = 'held' AND quad < 3)),
  sum(n * (kind = 'event' AND status = 'held' AND quad > 2)), sum(n * (kind = 'meeting' AND status = 'held')),
  sum(n * (status IN ('planned', 'possible'))), sum(n * (status = 'called off'))
FROM (
  SELECT j.kind AS kind, j.day AS day, j.status AS status, j.quad AS quad, j.dated AS dated, j.precision AS precision,
    count(*) AS n
  FROM joined j WHERE j.kind IN ('event', 'meeting') AND {where} GROUP BY 1, 2, 3, 4, 5, 6
) GROUP BY period ORDER BY period
"""


def span_of(store: Store, where: Where) -> tuple[str | None, str | None]:
    """The first and the last day of events and meetings that meet conditions on ``j``."""
    row = store.one(f"SELECT min(j.day), max(j.day) FROM joined j WHERE {HAPPENED} AND {where.sql}", where.values)
    return (None, None) if row is None else (row[0], row[1])


def timeline_of(store: Store, bucket: str, where: Where) -> Timeline:
    """Joined events and meetings by period."""
    if bucket not in PERIODS:
        raise UnknownNameError("bucket", bucket, list(PERIODS))
    coarse = ",".join(f"'{name}'" for name in COARSER[bucket])
    placed = PERIODS[bucket].format("day")
    rows = store.rows(_TIMELINE.format(coarse=coarse, period=placed, where=where.sql), where.values)
    rest = {row[0]: row[1] for row in rows if row[0] in _NOT_PLACED}
    undated, imprecise = (rest.get(name, 0) for name in _NOT_PLACED)
    rows = [row for row in rows if row[0] not in _NOT_PLACED]
    names = ("period", "total", "cooperation", "conflict", "meetings", "planned", "called_off")
    return Timeline(
        bucket=bucket,
        rows=tuple(Bucket(**dict(zip(names, row, strict=True))) for row in rows),
        undated=undated,
        imprecise=imprecise,
    )
