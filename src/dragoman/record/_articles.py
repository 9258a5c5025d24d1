"""Queries about articles: rows, one article with all its findings, evidence, coverage, counts."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections import defaultdict

from dragoman.errors import InputError, UnknownNameError
from dragoman.read.findings import DateFinding, Dropped, Span
from dragoman.record import origins
from dragoman.record._filters import Where, page
from dragoman.record._payload import decode, from_plain, spans_of
from dragoman.record._store import Row, Store
from dragoman.record.views import (
    Anchor,
    ArticleFull,
    ArticleRow,
    Counts,
    Coverage,
    FindingRow,
    Grade,
    MentionedEntity,
)

CONTEXT = 32
SHORTEST_NAME = 8
_COLUMNS = """a.id, a.key, a.hash, a.outlet, a.title, a.url, a.byline, a.published, a.published_from, a.language,
a.length, a.words, a.source_group, a.supersedes, a.superseded_by, a.notes"""
ORDERS = {
    "published": "a.day IS NULL, a.day, a.key",
    "-published": "a.day IS NULL, a.day DESC, a.key",
    "outlet": "a.outlet IS NULL, a.outlet, a.day, a.key",
    "title": "a.title IS NULL, a.title, a.day, a.key",
    "length": "a.length DESC, a.key",
}


FINDING_ORDERS = {
    "article": "f.day IS NULL, f.day, f.article_key, f.span_start, f.span_end, f.kind, f.key",
    "certainty": "f.confidence, f.article_key, f.span_start, f.span_end, f.kind, f.key",
}
TELLING = "(f.kind <> 'fate' OR f.review <> 'open' OR f.id IN (SELECT finding FROM fate_links))"
"""Condition that leaves out deeds that decide no promise."""


def list_articles(store: Store, where: Where, order: str, limit: int | None, offset: int) -> tuple[ArticleRow, ...]:
    """Articles that meet conditions on ``a``, in a named order."""
    if order not in ORDERS:
        raise UnknownNameError("order", order, list(ORDERS))
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM articles a WHERE {where.sql} ORDER BY {ORDERS[order]} {page(limit, offset)}",
        where.values,
    )
    return article_rows(store, rows)


def article_rows(store: Store, rows: list[Row]) -> tuple[ArticleRow, ...]:
    """Rows as views, with counts of findings and grades."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for chunk in _chunks([row[0] for row in rows]):
        for article, kind, number in store.rows(
            "SELECT article, kind, count(*) FROM findings "
            f"WHERE review <> 'rejected' AND article IN ({','.join('?' * len(chunk))}) GROUP BY article, kind",
            chunk,
        ):
            counts[article][kind] = number
    grades = load_grades(store)
    return tuple(_article_row(row, counts[row[0]], grades.get(row[2], Grade())) for row in rows)


def _chunks(values: list[int], size: int = 500) -> list[list[int]]:
    return [values[place : place + size] for place in range(0, len(values), size)]


def _article_row(row: Row, findings: dict[str, int], grade: Grade) -> ArticleRow:
    names = ("key", "hash", "outlet", "title", "url", "byline", "published", "published_from", "language",
    "length", "words",
             "source_group", "supersedes", "superseded_by", "notes")  # fmt: skip
    values = dict(zip(names, row[1:], strict=True))
    copy_of = values["source_group"] if values["source_group"] != values["key"] else None
    values["notes"] = tuple(json.loads(values["notes"]))
    return ArticleRow(**values, copy_of=copy_of, grade=grade, findings=dict(sorted(findings.items())))


def load_grades(store: Store) -> dict[str, Grade]:
    """The grade that holds of each text, by its hash."""
    from dragoman.record._resolve import undone

    rows = store.rows(
        "SELECT seq, action, hash, payload, undoes FROM decisions WHERE action IN ('grade', 'undo') ORDER BY seq"
    )
    gone = undone({row[0]: row[4] for row in rows})
    return {row[2]: from_plain(Grade, json.loads(row[3])) for row in rows if row[1] == "grade" and row[0] not in gone}


def find_article(store: Store, name: str) -> Row:
    """An article's id, key and hash by its key, its text's hash, or the first eight digits or more of either.

    Raises:
        UnknownNameError: no article, or no article that may be seen, has that name.
        InputError: several texts have it.
    """
    if len(name) >= SHORTEST_NAME and name.isalnum():
        pattern = (name, name + "g")
        rows = store.rows(
            "SELECT id, key, hash FROM articles WHERE (key >= ? AND key < ?) OR (hash >= ? AND hash < ?) "
            "ORDER BY day IS NULL, day, key",
            (*pattern, *pattern),
        )
        if len({row[2] for row in rows}) > 1:
            raise InputError("article", f"{name!r} names {len(rows)} articles", "more digits")
        if rows:
            return rows[0]
    known = [row[0] for row in store.rows("SELECT key FROM articles ORDER BY day, key LIMIT 12")]
    raise UnknownNameError("article", name, known)


def full_article(store: Store, name: str, *, rejected: bool) -> ArticleFull:
    """An article with its text and everything found in it."""
    rowid = find_article(store, name)[0]
    row = store.rows(f"SELECT {_COLUMNS} FROM articles a WHERE a.id = ?", (rowid,))
    text = text_of(store, rowid)
    reading = store.one("SELECT dates, dropped, warnings, versions FROM readings WHERE article = ?", (rowid,))
    dates, dropped, warnings, versions = map(json.loads, reading or ("[]", "[]", "[]", "{}"))
    where = Where().add("f.article = ?", rowid)
    where.add(TELLING)
    if not rejected:
        where.add("f.review <> 'rejected'")
    return ArticleFull(
        row=article_rows(store, row)[0],
        text=text,
        findings=list_findings(store, where, None, 0),
        entities=_entities_in(store, rowid, row[0][1]),
        dates=tuple(from_plain(DateFinding, item) for item in dates),
        dropped=tuple(from_plain(Dropped, item) for item in dropped),
        warnings=tuple(warnings),
        versions=versions,
    )


def text_of(store: Store, rowid: int) -> str:
    """The text of an article by its row id."""
    return str(store.value("SELECT text FROM texts WHERE article = ?", (rowid,)))


def _entities_in(store: Store, rowid: int, key: str) -> tuple[MentionedEntity, ...]:
    from dragoman.record._resolve import load_resolution

    resolution = load_resolution(store)
    spans: dict[str, list[Span]] = defaultdict(list)
    about: dict[str, tuple[str, str, str | None]] = {}
    for entity, start, end, name, kind, country in store.rows(
        "SELECT m.entity, m.span_start, m.span_end, e.name, e.kind, e.country FROM mentions m "
        "JOIN entities e ON e.id = m.entity WHERE m.article = ? ORDER BY m.span_start, m.entity",
        (rowid,),
    ):
        spans[entity].append((start, end))
        about[entity] = (name, kind, country)
    return tuple(
        MentionedEntity(
            entity=resolution.resolve(entity, about[entity][0], key) or entity, read_as=entity, name=about[entity][0],
            kind=about[entity][1], country=about[entity][2], mentions=tuple(spans[entity]),
        )
        for entity in spans
    )  # fmt: skip


def list_findings(
    store: Store, where: Where, limit: int | None, offset: int, order: str = "article"
) -> tuple[FindingRow, ...]:
    """Findings that meet conditions on ``f`` (findings), in one of ``FINDING_ORDERS``.

    The page is chosen first and joined with its articles then, so that the rows passed over cost little.

    Raises:
        UnknownNameError: there is no such order.
    """
    if order not in FINDING_ORDERS:
        raise UnknownNameError("order", order, list(FINDING_ORDERS))
    by = FINDING_ORDERS[order]
    rows = store.rows(
        "SELECT f.key, f.kind, a.key, f.span_start, f.span_end, f.words, f.origin, f.review, f.confidence, "
        "j.key, f.payload, "
        "f.as_read FROM findings f JOIN articles a ON a.id = f.article LEFT JOIN joined j ON j.id = f.joined "
        f"WHERE f.id IN (SELECT f.id FROM findings f WHERE {where.sql} ORDER BY {by} {page(limit, offset)}) "
        f"ORDER BY {by}",
        where.values,
    )
    return tuple(_finding_row(row) for row in rows)


def _finding_row(row: Row) -> FindingRow:
    finding = decode(row[1], row[10])
    return FindingRow(
        id=row[0], kind=row[1], article=row[2], start=row[3], end=row[4], spans=spans_of(finding), words=row[5],
        origin=row[6],
        review=row[7], confidence=row[8], joined=row[9], finding=finding,
        as_read=decode(row[1], row[11]) if row[11] else None,
    )  # fmt: skip


def anchor_at(article: str, text_hash: str, text: str, span: Span) -> Anchor:
    """The W3C selectors of a span."""
    start, end = span
    return Anchor(
        article=article, hash=text_hash, start=start, end=end, exact=text[start:end],
        prefix=text[max(start - CONTEXT, 0) : start], suffix=text[end : end + CONTEXT],
    )  # fmt: skip


def evidence_of(store: Store, finding: str) -> tuple[Anchor, ...]:
    """Where a finding stands, span by span."""
    row = store.one(
        "SELECT f.kind, f.payload, a.id, a.key, a.hash FROM findings f JOIN articles a ON a.id = f.article "
        "WHERE f.key = ?",
        (finding,),
    )
    if row is None:
        raise UnknownNameError("finding", finding, ())
    text = text_of(store, row[2])
    return tuple(anchor_at(row[3], row[4], text, span) for span in spans_of(decode(row[0], row[1])))


def coverage_of(store: Store, a: str, b: str, where: Where) -> Coverage:
    """How many articles mention two states."""
    row = store.one(
        "SELECT count(*), count(DISTINCT g.origin), count(DISTINCT a.outlet), min(a.day), max(a.day) FROM "
        "articles a JOIN articles g ON g.key = a.source_group "
        "JOIN countries x ON x.article = a.id AND x.country = ? JOIN countries y ON y.article = a.id AND y.country = ? "
        f"WHERE a.superseded_by IS NULL AND {where.sql}",
        (a, b, *where.values),
    )
    articles, sources, outlets, first, last = row or (0, 0, 0, None, None)
    return Coverage(a=a, b=b, articles=articles, sources=sources, outlets=outlets, first=first, last=last)


def shared_notes(store: Store) -> tuple[str, ...]:
    """The notes that every article bears."""
    rows = store.rows(
        "SELECT n.value FROM articles a, json_each(a.notes) n GROUP BY n.value "
        "HAVING count(DISTINCT a.id) = (SELECT count(*) FROM articles) ORDER BY n.value"
    )
    return tuple(row[0] for row in rows)


def count_all(store: Store) -> Counts:
    """How much the record holds."""
    articles = store.one(
        "SELECT count(*), coalesce(sum(a.day IS NULL), 0), coalesce(sum(a.source_group <> a.key), 0), "
        "coalesce(sum(a.superseded_by IS NOT NULL), 0), count(DISTINCT g.origin), count(DISTINCT a.outlet), "
        "min(a.day), max(a.day) "
        "FROM articles a JOIN articles g ON g.key = a.source_group"
    )
    total, undated, copies, superseded, sources, outlets, first, last = articles or (0, 0, 0, 0, 0, 0, None, None)
    joined = dict[str, int](store.rows("SELECT kind, count(*) FROM joined GROUP BY kind"))
    single = dict[str, int](
        store.rows(
            "SELECT kind, count(*) FROM findings WHERE kind IN ('quote', 'definition') AND review <> 'rejected' "
            "GROUP BY kind"
        )
    )
    return Counts(
        articles=total, undated=undated, copies=copies, superseded=superseded, sources=sources, outlets=outlets,
        first=first,
        last=last,
        unread=total - store.value("SELECT count(*) FROM readings r JOIN articles a ON a.id = r.article "
        "WHERE r.language = 'en'"),
        events=joined.get("event", 0), meetings=joined.get("meeting", 0), commitments=joined.get("commitment", 0),
        quotes=single.get("quote", 0), definitions=single.get("definition", 0),
        entities=store.value(
            "SELECT count(*) FROM entities e WHERE EXISTS (SELECT 1 FROM mentions m WHERE m.entity = e.id)"
        ),
        conflicts=store.value(
            "SELECT count(*) FROM joined WHERE kind IN ('call', 'commitment', 'event', 'meeting') AND conflicts <> '[]'"
        ),
        to_review=store.value(f"SELECT count(*) FROM findings f WHERE f.review = 'open' AND {TELLING}"),
        decisions=store.value("SELECT count(*) FROM decisions"),
        origins=origins.kinds_of(store),
        held=store.value("SELECT count(*) FROM joined WHERE kind = 'meeting' AND status = 'held'"),
        hidden=store.value("SELECT count(*) FROM main.articles") - total,
    )  # fmt: skip
