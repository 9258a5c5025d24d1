"""Queries about joined events: chronology, meetings, commitments, and every report of one."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
ORDERS = {
    "day": "j.day IS NULL, j.day, j.key",
    "-day": "j.day IS NULL, j.day DESC, j.key",
    "-sources": "j.sources DESC, j.day IS NULL, j.day, j.key",
    "-reported": "j.last_day IS NULL, j.last_day DESC, j.key",
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
    if fate is not None:
        wanted = {str(one) for one in _several(fate)}
        decided = [one for one, holding in held.items() if holding.fate in wanted]
        told = Where().equal("j.status", sorted(wanted))
        where.add(
            "(j.id IN (SELECT value FROM json_each(?)) OR "
            f"({told.sql} AND j.id NOT IN (SELECT value FROM json_each(?))))",
            json.dumps(decided), *told.values, json.dumps(list(held)),
        )  # fmt: skip
    rows = list_joined(store, where, order, *window)
    ids = dict[str, int](store.rows("SELECT key, id FROM joined WHERE kind = 'commitment'"))
    return tuple(with_fate(row, held.get(ids[row.id])) for row in rows)


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
    called = names(store)
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


def full_event(store: Store, name: str) -> EventFull:
    """A joined event, by its id or that of any of its findings, with every report."""
    found = store.one(
        f"SELECT j.id, {_SELECT} FROM joined j WHERE j.key = ? OR j.id = (SELECT joined FROM findings WHERE key = ?)",
        (name, name),
    )
    if found is None:
        raise UnknownNameError("event", name, ())
    row, mentions = view_of(found[1:], names(store)), mentions_where(store, "f.joined = ?", (found[0],))
    if not isinstance(row, CommitmentRow):
        return EventFull(row=row, mentions=mentions)
    row = with_fate(row, holdings(store).get(found[0]))
    marks = ",".join("?" * len(row.fate_by))
    return EventFull(row=row, mentions=mentions, fates=mentions_where(store, f"f.key IN ({marks})", row.fate_by))


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


def timeline_of(store: Store, bucket: str, where: Where) -> Timeline:
    """Joined events and meetings by period."""
    if bucket not in PERIODS:
        raise UnknownNameError("bucket", bucket, list(PERIODS))
    period = PERIODS[bucket].format("j.day")
    coarse = ",".join(f"'{name}'" for name in COARSER[bucket])
    rows = store.rows(
        f"SELECT {period} AS period, count(*), sum(j.kind = 'event' AND j.status = 'held' AND j.quad < 3), "
        "sum(j.kind = 'event' AND j.status = 'held' AND j.quad > 2), sum(j.kind = 'meeting' AND j.status = 'held'), "
        "sum(j.status IN ('planned', 'possible')), sum(j.status = 'called off') "
        "FROM joined j WHERE j.kind IN ('event', 'meeting') AND j.day IS NOT NULL AND NOT (j.dated AND j.precision IN "
        f"({coarse})) "
        f"AND {where.sql} GROUP BY period ORDER BY period",
        where.values,
    )
    rest = store.one(
        "SELECT coalesce(sum(j.day IS NULL), 0), "
        f"coalesce(sum(j.day IS NOT NULL AND j.dated AND j.precision IN ({coarse})), 0) "
        f"FROM joined j WHERE j.kind IN ('event', 'meeting') AND {where.sql}",
        where.values,
    )
    undated, imprecise = rest or (0, 0)
    names = ("period", "total", "cooperation", "conflict", "meetings", "planned", "called_off")
    return Timeline(
        bucket=bucket,
        rows=tuple(Bucket(**dict(zip(names, row, strict=True))) for row in rows),
        undated=undated,
        imprecise=imprecise,
    )
