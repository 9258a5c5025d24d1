"""Putting an article and its reading into a record, in one transaction.

An article that is there already with a reading by the same versions is left
alone.  A reading by other versions replaces the findings of that article, and the
decisions that people made on them are applied again.
"""

from __future__ import annotations

import json
from hashlib import sha256

from dragoman.plain import canonical_json
from dragoman.read.findings import Reading
from dragoman.record import _copies, _versions
from dragoman.record._article import ArticleLike, article_key, content_hash, normal_hash, plain_url
from dragoman.record._payload import (
    JOINED_KINDS,
    Finding,
    actors_of,
    date_of,
    encode,
    excerpt,
    kind_of,
    status_of,
    type_of,
    whole_span,
    words_of,
)
from dragoman.record._resolve import Resolution
from dragoman.record._store import Store

WORDS_KEPT = 400
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
        "words": len(article.text.split()), "source_group": key, "added_at": at,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in columns)
    rowid = store.run(f"INSERT INTO main.articles ({', '.join(columns)}) VALUES ({marks})", columns)  # noqa: S608
    store.run("INSERT INTO main.texts (article, title, text) VALUES (?, ?, ?)", (rowid, title, article.text))
    store.run("INSERT INTO main.texts_fts (rowid, title, text) VALUES (?, ?, ?)", (rowid, title, article.text))
    link_copies(store, rowid, article.text, columns["norm"])
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
    for other in sorted(near - same.keys()):
        its = _copies.shingles(store.value("SELECT text FROM main.texts WHERE article = ?", (other,)))
        found = _copies.likeness(mine, its)
        if found is not None:
            same[other] = found
    store.run_many("INSERT INTO main.bands VALUES (?, ?, ?)", [(*band, article) for band in values])
    pairs = [(min(article, other), max(article, other), share) for other, share in same.items()]
    store.run_many("INSERT INTO main.copies VALUES (?, ?, ?)", pairs)
    if same:
        _name_group(store, {article, *same})


def _name_group(store: Store, touched: set[int]) -> None:
    marks = ",".join("?" * len(touched))
    keys = store.rows(f"SELECT DISTINCT source_group FROM main.articles WHERE id IN ({marks})", tuple(touched))  # noqa: S608
    members = [
        row for key in keys for row in store.rows("SELECT id, day, key FROM main.articles WHERE source_group = ?", key)
    ]
    first = min(members, key=lambda row: (row[1] or "9999", row[2]))[2]
    store.run_many("UPDATE main.articles SET source_group = ? WHERE id = ?", [(first, row[0]) for row in members])
    mark_stale(store, [row[0] for row in members])


def mark_stale(store: Store, articles: list[int]) -> None:
    """Mark the blocks of all findings of some articles as to be joined again."""
    store.run_many(
        "INSERT OR IGNORE INTO main.stale SELECT DISTINCT block FROM main.findings WHERE article = ? AND block IS NOT NULL",
        [(article,) for article in articles],
    )


def reading_is_current(store: Store, article: int, reading: Reading) -> bool:
    """Whether the article was read by these very versions."""
    stored = store.value("SELECT versions FROM main.readings WHERE article = ?", (article,))
    return stored is not None and stored == canonical_json(reading.versions)


def findings_in(reading: Reading) -> list[Finding]:
    """All findings of a reading that a record keeps one by one."""
    return [*reading.events, *reading.meetings, *reading.quotes, *reading.commitments, *reading.definitions]


def put_reading(store: Store, article: int, text: str, reading: Reading, resolution: Resolution) -> None:
    """Replace whatever was read of an article by a new reading; decisions are applied by the caller."""
    clear_reading(store, article)
    row = (
        article, reading.language, canonical_json(reading.versions), canonical_json(reading.warnings),
        canonical_json(reading.dates), canonical_json(reading.dropped),
    )  # fmt: skip
    store.run("INSERT OR REPLACE INTO main.readings VALUES (?, ?, ?, ?, ?, ?)", row)
    store.run("UPDATE main.articles SET language = ? WHERE id = ?", (reading.language, article))
    _put_entities(store, article, reading)
    seen: dict[str, int] = {}
    for finding in findings_in(reading):
        put_finding(store, article, text, finding, resolution, seen, origin="reader", review="open")


def put_finding(
    store: Store, article: int, text: str, finding: Finding, resolution: Resolution, seen: dict[str, int],
    *, origin: str, review: str, as_read: str | None = None, key: str | None = None,
) -> int:  # fmt: skip
    """Write one finding with its actors; returns its row id.  ``seen`` counts findings that are alike."""
    article_row = store.one("SELECT key, day FROM main.articles WHERE id = ?", (article,))
    article_id, day = article_row or ("", None)
    kind, (start, end), when = kind_of(finding), whole_span(finding), date_of(finding)
    key = key or _finding_key(article_id, kind, start, end, type_of(finding), seen)
    actors = [
        (number, actor, resolution.resolve(actor.entity, actor.name, article_id))
        for number, actor in enumerate(actors_of(finding, text))
    ]
    row = {
        "key": key, "article": article, "day": day, "kind": kind, "type": type_of(finding), "status": status_of(finding),
        "date_start": when.start if when else None, "date_end": when.end if when else None,
        "precision": when.precision if when else None, "place": getattr(finding, "place", None),
        "span_start": start, "span_end": end, "confidence": getattr(finding, "confidence", 1.0),
        "origin": origin, "review": review, "words": words_of(finding, text)[:WORDS_KEPT], "payload": encode(finding),
        "as_read": as_read, "block": block_of(kind, type_of(finding), [(a.role, a.country, r) for _, a, r in actors], key),
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in row)
    rowid = store.run(f"INSERT INTO main.findings ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
    store.run_many(
        "INSERT INTO main.actors VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(rowid, a.role, number, a.name, a.entity, meant, a.country, a.sector) for number, a, meant in actors],
    )
    if kind == "quote":
        _put_quote(store, rowid, article, day, text, finding, actors[0][2] if actors else None)
    if row["block"] is not None:
        store.run("INSERT OR IGNORE INTO main.stale VALUES (?)", (row["block"],))
    return rowid


def _finding_key(article: str, kind: str, start: int, end: int, kind_type: str | None, seen: dict[str, int]) -> str:
    stem = f"{article}|{kind}|{start}|{end}|{kind_type}"
    seen[stem] = seen.get(stem, 0) + 1
    return f"{kind[0]}-{sha256(f'{stem}|{seen[stem]}'.encode()).hexdigest()[:16]}"


MUTUAL = ("AGREE", "CONSULT")


def block_of(
    kind: str, kind_type: str | None, actors: list[tuple[str, str | None, str | None]], key: str
) -> str | None:
    """The block in which a finding can join others: kind, type and sides, by country where one is known."""
    if kind not in JOINED_KINDS:
        return None
    sides: dict[str, set[str]] = {}
    for role, country, meant in actors:
        sides.setdefault(role, set()).add(country or meant or "?")
    named = ["+".join(sorted(sides.get(role, ()))) for role in _ROLES[kind]]
    if not any(side.strip("?") for side in named):
        return f"{kind}|{key}"
    if kind_type in MUTUAL:
        named.sort()
    return "|".join([kind, kind_type or "" if kind == "event" else "", *named])


_ROLES = {"event": ("source", "target"), "meeting": ("participant",), "commitment": ("by", "to")}


def _put_quote(
    store: Store, rowid: int, article: int, day: str | None, text: str, finding: Finding, meant: str | None
) -> None:
    quote = finding
    words = excerpt(text, quote.content)  # type: ignore[union-attr]
    speaker, office = quote.speaker, quote.speaks_for  # type: ignore[union-attr]
    store.run(
        "INSERT INTO main.quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (rowid, article, day, words, speaker.name, speaker.entity, meant, speaker.role, speaker.affiliation,
         office.office, office.state, quote.kind),  # type: ignore[union-attr]
    )  # fmt: skip
    store.run("INSERT INTO main.quotes_fts (rowid, text, speaker) VALUES (?, ?, ?)", (rowid, words, speaker.name))


def _put_entities(store: Store, article: int, reading: Reading) -> None:
    versions = canonical_json(reading.versions)
    for entity in reading.entities:
        store.run(
            "INSERT INTO main.entities VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "country = min(coalesce(country, excluded.country), coalesce(excluded.country, country)), "
            "name = CASE WHEN length(excluded.name) > length(name) "
            "OR (length(excluded.name) = length(name) AND excluded.name < name) THEN excluded.name ELSE name END",
            (entity.id, entity.name, entity.kind, entity.country),
        )
        store.run_many(
            "INSERT OR IGNORE INTO main.mentions VALUES (?, ?, ?, ?)",
            [(entity.id, article, start, end) for start, end in entity.mentions],
        )
        if entity.country:
            store.run("INSERT OR IGNORE INTO main.countries VALUES (?, ?)", (entity.country, article))
        first = entity.mentions[0] if entity.mentions else (0, 0)
        said = {"name": entity.name, "kind": entity.kind, "country": entity.country, "role": entity.role}
        store.run_many(
            "INSERT OR IGNORE INTO main.statements VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(entity.id, prop, value, article, *first, versions) for prop, value in said.items() if value],
        )


def clear_reading(store: Store, article: int) -> None:
    """Take out everything that a reading put in."""
    mark_stale(store, [article])
    clear_findings(store, article, "1")
    for table in ("mentions", "countries", "statements"):
        store.run(f"DELETE FROM main.{table} WHERE article = ?", (article,))  # noqa: S608
    store.run("DELETE FROM main.readings WHERE article = ?", (article,))


def clear_findings(store: Store, article: int, condition: str) -> None:
    """Take out the findings of an article that meet a condition."""
    chosen = f"SELECT id FROM main.findings WHERE article = {int(article)} AND {condition}"  # noqa: S608
    store.run(
        "INSERT INTO main.quotes_fts (quotes_fts, rowid, text, speaker) "  # noqa: S608
        f"SELECT 'delete', finding, text, speaker FROM main.quotes WHERE finding IN ({chosen})"
    )
    store.run(f"DELETE FROM main.quotes WHERE finding IN ({chosen})")  # noqa: S608
    store.run(f"DELETE FROM main.actors WHERE finding IN ({chosen})")  # noqa: S608
    store.run(f"DELETE FROM main.findings WHERE article = {int(article)} AND {condition}")  # noqa: S608


def text_of(store: Store, article: int) -> str:
    """The text of an article."""
    return str(store.value("SELECT text FROM main.texts WHERE article = ?", (article,)))


def warnings_of(packed: str) -> tuple[str, ...]:
    """Warnings as stored."""
    return tuple(json.loads(packed))
