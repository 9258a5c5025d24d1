"""Putting an article and its reading into a record, in one transaction.

An article that is there already with a reading by the same versions is left
alone.  A reading by other versions replaces the findings of that article, and the
decisions that people made on them are applied again.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from itertools import combinations

from dragoman.plain import canonical_json
from dragoman.read.findings import Reading
from dragoman.record import _copies, _versions, _write, origins
from dragoman.record._article import ArticleLike, article_key, content_hash, normal_hash, plain_url
from dragoman.record._payload import Finding
from dragoman.record._store import Store

ADDED, READ_AGAIN, UNCHANGED = "added", "read again", "unchanged"


def put_article(store: Store, article: ArticleLike, reading: Reading | None, at: str) -> tuple[int, str, bool]:
    """The article's row id and key, and whether it is new."""
    key = article_key(article.text, article.outlet)
    known = store.value("SELECT id FROM main.articles WHERE key = ?", (key,))
    if known is not None:
        return int(known), key, False
    day, origin = _published(article, reading)
    title = article.title or (reading.title if reading else None)
    columns = {
        "key": key, "hash": content_hash(article.text), "norm": normal_hash(article.text), "outlet": article.outlet,
        "title": title, "url": plain_url(article.url), "byline": article.byline, "published": day, "day": day,
        "published_from": origin, "language": reading.language if reading else None, "length": len(article.text),
        "words": len(article.text.split()), "source_group": key, "notes": canonical_json(article.notes), "added_at": at,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in columns)
    rowid = store.run(f"INSERT INTO main.articles ({', '.join(columns)}) VALUES ({marks})", columns)
    store.run("INSERT INTO main.texts (article, title, text) VALUES (?, ?, ?)", (rowid, title, article.text))
    store.run("INSERT INTO main.texts_fts (rowid, title, text) VALUES (?, ?, ?)", (rowid, title, article.text))
    link_copies(store, rowid, article.text, columns["norm"])
    origins.put_origin(store, rowid)
    _versions.link(store, rowid)
    return rowid, key, True


def _published(article: ArticleLike, reading: Reading | None) -> tuple[str | None, str]:
    if article.published is not None:
        return article.published.isoformat()[
            :10
        ], article.published_from if article.published_from != "none" else "given"
    if reading is not None and reading.published is not None:
        return reading.published[:10], reading.published_from
    return None, "none"


def link_copies(store: Store, article: int, text: str, norm: object) -> None:
    """Note which articles this one is a copy of, and name the group anew where that joins groups."""
    same = {
        row[0]: 1.0 for row in store.rows("SELECT id FROM main.articles WHERE norm = ? AND id <> ?", (norm, article))
    }
    mine = _copies.shingles(text)
    values = list(enumerate(_copies.band_values(mine)))
    near = {
        row[0]
        for band in values
        for row in store.rows("SELECT article FROM main.bands WHERE band = ? AND value = ?", band)
    }
    others = sorted(near - same.keys())
    found = _copies.likenesses(mine, [_shingles_of(store, other) for other in others])
    same |= {other: share for other, share in zip(others, found, strict=True) if share is not None}
    store.shingled.put(article, mine)
    store.run_many("INSERT INTO main.bands VALUES (?, ?, ?)", [(*band, article) for band in values])
    pairs = [(min(article, other), max(article, other), share) for other, share in same.items()]
    store.run_many("INSERT INTO main.copies VALUES (?, ?, ?)", pairs)
    if same:
        _name_group(store, {article, *same})


def _shingles_of(store: Store, article: int) -> _copies.Hashes:
    kept = store.shingled.get(article)
    if kept is None:
        kept = _copies.shingles(store.value("SELECT text FROM main.texts WHERE article = ?", (article,)))
        store.shingled.put(article, kept)
    return kept


def _name_group(store: Store, touched: set[int]) -> None:
    marks = ",".join("?" * len(touched))
    keys = store.rows(f"SELECT DISTINCT source_group FROM main.articles WHERE id IN ({marks})", tuple(touched))
    members = [
        row for key in keys for row in store.rows("SELECT id, day, key FROM main.articles WHERE source_group = ?", key)
    ]
    first = min(members, key=lambda row: (row[1] or "9999", row[2]))[2]
    store.run_many("UPDATE main.articles SET source_group = ? WHERE id = ?", [(first, row[0]) for row in members])
    _write.mark_stale(store, [row[0] for row in members])


def reading_is_current(store: Store, article: int, reading: Reading) -> bool:
    """Whether the article was read by these very versions."""
    stored = store.value("SELECT versions FROM main.readings WHERE article = ?", (article,))
    return stored is not None and stored == canonical_json(reading.versions)


def findings_in(reading: Reading) -> list[Finding]:
    """All findings of a reading that a record keeps one by one."""
    return [
        *reading.events, *reading.contacts, *(quote for quote in reading.quotes if quote.counted),
        *reading.commitments, *reading.fates, *reading.definitions, *reading.stances,
    ]  # fmt: skip


def put_reading(store: Store, article: int, reading: Reading) -> None:
    """Replace whatever was read of an article by a new reading; the findings themselves are the caller's."""
    clear_reading(store, article)
    row = (
        article, reading.language, canonical_json(reading.versions), canonical_json(reading.warnings),
        canonical_json(reading.dates), canonical_json(reading.dropped), reading.reader, reading.gate,
        canonical_json(reading.relations), canonical_json(reading.figures),
    )  # fmt: skip
    store.run("INSERT OR REPLACE INTO main.readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    store.run_many(
        "INSERT INTO main.faults VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (article, place, one.finder, one.kind, *(one.where or (None, None)), one.message)
            for place, one in enumerate(reading.faults)
        ],
    )
    store.run("UPDATE main.articles SET language = ? WHERE id = ?", (reading.language, article))
    _put_entities(store, article, reading)
    count_pairs(store, article, 1)


def _put_entities(store: Store, article: int, reading: Reading) -> None:
    versions = canonical_json(reading.versions)
    parties = {party.id: party.code or party.id for party in reading.parties}
    store.run_many(
        "INSERT OR IGNORE INTO main.parties VALUES (?, ?, ?, ?, ?)",
        [(article, party.id, party.name, party.kind, party.code) for party in reading.parties],
    )
    for entity in reading.entities:
        party = parties.get(entity.party or "")
        side = party or entity.country
        store.run("INSERT OR IGNORE INTO main.stale_entities VALUES (?)", (entity.id,))
        store.run_many(
            "INSERT OR IGNORE INTO main.mentions VALUES (?, ?, ?, ?)",
            [(entity.id, article, start, end) for start, end in entity.mentions],
        )
        if side:
            store.run("INSERT OR IGNORE INTO main.countries VALUES (?, ?)", (side, article))
        first = entity.mentions[0] if entity.mentions else (0, 0)
        said = {"name": entity.name, "kind": entity.kind, "country": side, "role": entity.role, "party": party}
        store.run_many(
            "INSERT OR IGNORE INTO main.statements VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(entity.id, prop, value, article, *first, versions) for prop, value in said.items() if value],
        )


def clear_reading(store: Store, article: int) -> None:
    """Take out everything that a reading put in, but its findings."""
    count_pairs(store, article, -1)
    store.run(
        "INSERT OR IGNORE INTO main.stale_entities SELECT subject FROM main.statements WHERE article = ?", (article,)
    )
    for table in ("mentions", "countries", "statements", "parties", "faults"):
        store.run(f"DELETE FROM main.{table} WHERE article = ?", (article,))
    store.run("DELETE FROM main.readings WHERE article = ?", (article,))


def count_pairs(store: Store, article: int, change: int) -> None:
    """Add an article to, or take it from, the count of those that mention both of two states."""
    day = store.value("SELECT day FROM main.articles WHERE id = ?", (article,))
    if day is None:
        return
    states = [
        row[0] for row in store.rows("SELECT country FROM main.countries WHERE article = ? ORDER BY 1", (article,))
    ]
    pairs = list(combinations(states, 2))
    for table, column, when in (("covered", "day", day), ("covered_months", "month", day[:7])):
        store.run_many(
            f"INSERT INTO main.{table} VALUES (?, ?, ?, ?) ON CONFLICT (a, b, {column}) "
            "DO UPDATE SET n = n + excluded.n",
            [(a, b, when, change) for a, b in pairs],
        )
