"""Corrected articles: a new text at the same address is a new version of the old one.

Two texts are versions of one article where they stand at the same address, or in
the same outlet under the same title within a week.  The order is that of
publication, then of arrival.  The old version is kept and marked.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from datetime import date

from dragoman.record._store import Row, Store

WITHIN_DAYS = 7


def link(store: Store, article: int) -> None:
    """Find the other versions of an article and link all of them in order."""
    me = store.one("SELECT id, day, url, outlet, title, hash FROM main.articles WHERE id = ?", (article,))
    if me is None:
        return
    family = {row[0] for row in _same_place(store, me)}
    if not family:
        return
    known = store.rows(
        f"SELECT DISTINCT family FROM main.articles WHERE family IS NOT NULL AND id IN ({_marks(family)})",
        tuple(family),
    )
    for (name,) in known:
        family |= {row[0] for row in store.rows("SELECT id FROM main.articles WHERE family = ?", (name,))}
    family.add(article)
    members = store.rows(
        f"SELECT id, key FROM main.articles WHERE id IN ({_marks(family)}) ORDER BY coalesce(day, ''), id",
        tuple(family),
    )
    _chain(store, members)


def _marks(values: set[int]) -> str:
    return ",".join("?" * len(values))


def _same_place(store: Store, me: Row) -> list[Row]:
    rowid, day, url, outlet, title, text_hash = me
    same_url = store.rows("SELECT id FROM main.articles WHERE url = ? AND id <> ?", (url, rowid)) if url else []
    if not (outlet and title):
        return same_url
    titled = store.rows(
        "SELECT id, day FROM main.articles WHERE outlet = ? AND title = ? AND id <> ? AND hash <> ?",
        (outlet, title, rowid, text_hash),
    )
    return [*same_url, *(row for row in titled if _within(day, row[1]))]


def _within(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return True
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= WITHIN_DAYS


def _chain(store: Store, members: list[Row]) -> None:
    name = min(row[1] for row in members)
    keys = [None, *(row[1] for row in members), None]
    for place, (rowid, _) in enumerate(members):
        store.run(
            "UPDATE main.articles SET family = ?, supersedes = ?, superseded_by = ? WHERE id = ?",
            (name, keys[place], keys[place + 2], rowid),
        )
        store.run(
            "INSERT OR IGNORE INTO main.stale SELECT DISTINCT block FROM main.findings "
            "WHERE article = ? AND block IS NOT NULL",
            (rowid,),
        )
