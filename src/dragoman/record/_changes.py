"""What is new since a day, and sourced statements about entities and events."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from typing import Any

from dragoman.record import _articles, _events, _quotes
from dragoman.record._filters import Where
from dragoman.record._resolve import load_resolution
from dragoman.record._settle import load_actors, load_findings, summary_rows
from dragoman.record._store import Row, Store
from dragoman.record._tallies import LISTED
from dragoman.record.views import Change, Changes, Statement

WATCHED = {"status": "status", "date": "date_start", "place": "place", "level": "level"}


def changes_since(store: Store, since: str, limit: int) -> Changes:
    """What articles published after ``since`` brought; at most ``limit`` of each kind, latest first."""
    after_first = Where().add("j.first_day > ?", since)
    joined = {
        kind: _events.list_joined(store, _also(after_first, "j.kind = ?", kind), "-reported", limit, 0)
        for kind in ("event", "meeting", "commitment")
    }
    quoted = Where().add(f"{LISTED} AND q.day > ?", since)
    published = Where().add("a.day > ?", since)
    changed, total = _changed(store, since, limit)
    return Changes(
        since=since, articles=_articles.list_articles(store, published, "-published", limit, 0), events=joined["event"],
        meetings=joined["meeting"], commitments=joined["commitment"],
        quotes=_quotes.list_quotes(store, quoted, "-day", limit, 0), changed=changed,
        totals={
            "articles": int(store.value("SELECT count(*) FROM articles a WHERE a.day > ?", (since,))),
            **{f"{kind}s": _events.count_joined(store, _also(after_first, "j.kind = ?", kind)) for kind in joined},
            "quotes": _quotes.count_quotes(store, quoted), "changed": total,
        },
    )  # fmt: skip


def _also(where: Where, condition: str, *values: Any) -> Where:
    made = Where()
    made.parts, made.values = [*where.parts], [*where.values]
    return made.add(condition, *values)


def _changed(store: Store, since: str, limit: int) -> tuple[tuple[Change, ...], int]:
    """Events known on a day and reported again since, of which a watched value is now another."""
    spanning = store.rows(
        "SELECT j.id FROM joined j WHERE j.kind IN ('event', 'meeting', 'commitment') AND j.last_day > ? "
        "AND j.first_day <= ?",
        (since, since),
    )
    chosen = (json.dumps([row[0] for row in spanning]),)
    condition = "f.joined IN (SELECT value FROM json_each(?)) AND f.review <> 'rejected'"
    rows = load_findings(store, f"WHERE {condition}", chosen)
    actors = load_actors(store, f"JOIN findings f ON f.id = c.finding WHERE {condition}", chosen)
    lead = dict[int, int](store.rows(f"SELECT f.id, f.joined FROM findings f WHERE {condition}", chosen))
    now = {row["id"]: row for row, _ in summary_rows(rows, actors, lead)}
    early = [row for row in rows if row[6] is not None and row[6] <= since]
    before = {row["id"]: row for row, _ in summary_rows(early, actors, lead)}
    made = [_change(before[one], now[one], since, rows, lead) for one in sorted(before.keys() & now.keys())]
    told = sorted((one for one in made if one.changes), key=lambda one: (-one.new_reports, one.id))
    return tuple(told[:limit]), len(told)


def _change(before: dict[str, Any], now: dict[str, Any], since: str, rows: list[Row], lead: dict[int, int]) -> Change:
    new = {row[4] for row in rows if lead[row[0]] == now["id"] and row[6] is not None and row[6] > since}
    return Change(
        id=now["key"], kind=now["kind"], words=now["words"], new_reports=len(new),
        changes=tuple(
            (name, before[column] or "unknown", now[column] or "unknown")
            for name, column in WATCHED.items()
            if before[column] != now[column]
        ),
    )  # fmt: skip


def statements_about(store: Store, subject: str, property_: str | None) -> tuple[Statement, ...]:
    """Every sourced value of an entity (after merges), or of a joined event, meeting or commitment."""
    found = [*_of_entity(store, subject), *_of_event(store, subject)]
    return tuple(one for one in found if property_ in (None, one.property))


def _of_entity(store: Store, subject: str) -> list[Statement]:
    members = sorted(load_resolution(store).members(subject))
    rows = store.rows(
        "SELECT s.property, s.value, a.key, a.hash, a.id, a.published, s.span_start, s.span_end, s.versions "
        "FROM statements s "
        f"JOIN articles a ON a.id = s.article WHERE s.subject IN ({','.join('?' * len(members))}) "
        "ORDER BY s.property, a.day IS NULL, a.day, a.key, s.value",
        members,
    )
    return [
        Statement(
            subject=subject, property=row[0], value=row[1], published=row[5], versions=json.loads(row[8]),
            review="open",
            anchor=_articles.anchor_at(row[2], row[3], _articles.text_of(store, row[4]), (row[6], row[7])),
        )
        for row in rows
    ]  # fmt: skip


def _of_event(store: Store, subject: str) -> list[Statement]:
    joined = store.value("SELECT id FROM joined WHERE key = ?", (subject,))
    if joined is None:
        return []
    versions = dict[str, str](
        store.rows("SELECT a.key, r.versions FROM readings r JOIN articles a ON a.id = r.article")
    )
    made = []
    for mention in _events.mentions_where(store, "f.joined = ?", (joined,)):
        said = {"date": mention.date.start if mention.date else None, "place": mention.place, "status": mention.status}
        made += [
            Statement(
                subject=subject, property=name, value=value, anchor=mention.anchor, published=mention.published,
                versions=json.loads(versions.get(mention.article, "{}")), review=mention.review,
            )
            for name, value in said.items()
            if value is not None
        ]  # fmt: skip
    return sorted(made, key=lambda one: one.property)
