"""A seal on every article's rows: damage that leaves a file readable shows as a broken seal.

SQLite keeps no sums of its pages, so that a changed byte inside a value is read as the value.  The seal is the SHA-256
of all rows of an article that are not made from others and do not change with other articles; it is written with them.
"""

from __future__ import annotations

from hashlib import sha256

from dragoman.plain import canonical_json
from dragoman.record._store import Store

_OF_FINDINGS = "finding IN (SELECT id FROM main.findings WHERE article = ?) ORDER BY 1, 2, 3"
_ROWS = (
    (
        "key, hash, norm, outlet, title, url, byline, published, day, published_from, length, words, notes, added_at "
        "FROM main.articles WHERE id = ?"
    ),
    "title FROM main.texts WHERE article = ?",
    (
        "language, versions, warnings, dates, dropped, reader, gate, relations, figures FROM main.readings "
        "WHERE article = ?"
    ),
    (
        "key, article_key, day, kind, type, status, date_start, date_end, precision, place, span_start, span_end, "
        "confidence, origin, review, words, payload, as_read, counted, act, reader FROM main.findings "
        "WHERE article = ? ORDER BY id"
    ),
    f"finding, role, place, name, entity, country, sector FROM main.actors WHERE {_OF_FINDINGS}",
    (
        "finding, article_key, day, span_start, text, speaker, entity, role, affiliation, office, state, form "
        "FROM main.quotes WHERE article = ? ORDER BY finding"
    ),
    "entity, span_start, span_end FROM main.mentions WHERE article = ? ORDER BY 1, 2",
    "country FROM main.countries WHERE article = ? ORDER BY 1",
    "subject, property, value, span_start, span_end, versions FROM main.statements WHERE article = ? ORDER BY 1, 2, 3",
    "id, name, kind, code FROM main.parties WHERE article = ? ORDER BY 1",
    "finder, kind, span_start, span_end, message FROM main.faults WHERE article = ? ORDER BY place",
)


def seal_of(store: Store, article: int) -> str:
    """The seal that an article's rows should bear."""
    sums = sha256()
    for query in _ROWS:
        sums.update(canonical_json(store.rows(f"SELECT {query}", (article,))).encode("utf-8", "surrogatepass"))
    return sums.hexdigest()


def seal(store: Store, article: int) -> None:
    """Write the seal of an article whose rows are complete."""
    store.run("INSERT OR REPLACE INTO main.seals VALUES (?, ?)", (article, seal_of(store, article)))
