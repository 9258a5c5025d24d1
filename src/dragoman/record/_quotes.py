"""Queries about quotes, and full-text search over articles and quotes."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.errors import InputError, RecordError
from dragoman.record._articles import find_article
from dragoman.record._filters import Day, Some, Where, day, page
from dragoman.record._store import Store
from dragoman.record._tallies import NOT_REJECTED, OWN_AND_CURRENT
from dragoman.record.views import Hit, QuoteRow

ORDERS = {
    "day": "q.day IS NULL, q.day, q.article_key, q.span_start",
    "-day": "q.day IS NULL, q.day DESC, q.article_key, q.span_start",
}
OPEN, CLOSE = "⟦", "⟧"
OPERATORS = 'words (all must stand), "a phrase", OR, NOT, brackets, word* for a beginning, NEAR(one two, 5)'
_WORD = re.compile(r"\w+")
_JOINERS = {"AND", "OR", "NOT", "NEAR"}

_QUOTES = """
SELECT f.key, a.key, a.outlet, a.title, a.published, f.span_start, f.span_end, q.text, q.speaker, q.resolved, q.role,
  q.affiliation, q.office, q.state, q.form, f.review,
  CASE WHEN NOT EXISTS (SELECT 1 FROM articles o WHERE o.source_group = a.source_group AND o.id <> a.id) THEN 0
  ELSE (SELECT count(DISTINCT o.id) FROM articles o JOIN quotes p ON p.article = o.id
    WHERE o.source_group = a.source_group AND o.id <> a.id AND p.text = q.text) END
FROM quotes q JOIN findings f ON f.id = q.finding JOIN articles a ON a.id = q.article
"""


def quotes_where(
    store: Store, *, speaker: str | None, entity: Some, state: Some, office: Some, kind: Some, text: str | None,
    about: Sequence[str] | None, article: str | None, since: Day, until: Day, copies: bool,
) -> Where:  # fmt: skip
    """Conditions on ``q`` as :meth:`~dragoman.record.Record.quotes` takes them."""
    where = Where().add(NOT_REJECTED).equal("q.resolved", entity).equal("q.state", state)
    where.equal("q.office", office).equal("q.form", kind).between("q.day", day(since, "since"), day(until, "until"))
    if speaker is not None:
        where.add("instr(lower(q.speaker), lower(?)) > 0", speaker)
    if text is not None:
        where.add("q.finding IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?)", check_search(text))
    if about is not None:
        where.add("q.finding IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?)", beginning_so(about))
    if article is not None:
        where.add("q.article = ?", find_article(store, article)[0])
    elif not copies:
        where.add(OWN_AND_CURRENT)
    return where


def list_quotes(store: Store, where: Where, order: str, limit: int | None, offset: int) -> tuple[QuoteRow, ...]:
    """Quotes that meet conditions on ``q``."""
    if order not in ORDERS:
        raise InputError("order", repr(order), " or ".join(ORDERS))
    with asked_well(store):
        rows = store.rows(f"{_QUOTES} WHERE {where.sql} ORDER BY {ORDERS[order]} {page(limit, offset)}", where.values)
    names = ("id", "article", "outlet", "title", "published", "start", "end", "text", "speaker", "entity", "role",
    "affiliation",
             "office", "state", "kind", "review", "copies")  # fmt: skip
    return tuple(QuoteRow(**dict(zip(names, row, strict=True))) for row in rows)


def count_quotes(store: Store, where: Where) -> int:
    """How many quotes meet conditions on ``q``."""
    with asked_well(store):
        return int(store.value(f"SELECT count(*) FROM quotes q WHERE {where.sql}", where.values))


class asked_well:  # noqa: N801  (used as a with-statement's verb)
    """What FTS5 says of a query it cannot read, as an :class:`InputError` that explains the operators."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Translate what FTS5 said."""
        if isinstance(error, RecordError) and re.search(
            r"fts5|syntax error|no such column|unterminated|unknown special", error.found
        ):
            raise InputError("search", error.found, OPERATORS) from error


def beginning_so(phrases: Sequence[str]) -> str:
    """A search in FTS5 for words of quotes that begin like one of these phrases.

    Raises:
        InputError: there is no phrase, or one has no word.
    """
    if not phrases or not all(_WORD.search(phrase) and "\0" not in phrase for phrase in phrases):
        raise InputError("about", repr(list(phrases)[:3]), "phrases of at least one word each")
    quoted = (phrase.replace('"', '""') for phrase in phrases)
    return "text : (" + " OR ".join(f'"{phrase}" *' for phrase in quoted) + ")"


def check_search(text: str) -> str:
    """A search as FTS5 takes it: words with apostrophes, hyphens or dots become phrases; operators stay.

    Raises:
        InputError: there is no word in it.
    """
    if not _WORD.search(text) or "\0" in text:
        raise InputError("search", repr(text[:60]), OPERATORS)
    parts = [part for found in re.findall(r'"[^"]*"?|[()]|[^\s"()]+', text) if (part := _phrased(found))]
    return " ".join(_joined(parts))


def _joined(parts: list[str]) -> Iterator[str]:
    """The parts with AND beside brackets, where FTS5 asks for it."""
    before = "("
    for part in parts:
        if (before == ")" or part == "(") and not {before, part} & _JOINERS and before != "(" and part != ")":
            yield "AND"
        yield part
        before = part


def _phrased(part: str) -> str:
    if part.startswith('"') or part in ("(", ")") or re.fullmatch(r"\w+\*?,?", part) or part.isdigit():
        return part
    inner = part.rstrip(",*")
    return f'"{inner}"' + ("*" if part.endswith("*") else "") if _WORD.search(inner) else ""


def search_all(store: Store, text: str, kinds: tuple[str, ...], limit: int, offset: int) -> tuple[Hit, ...]:
    """Articles and quotes that answer a search, best first (BM25, each kind on its own scale)."""
    query = check_search(text)
    hits: list[Hit] = []
    wanted = limit + offset
    with asked_well(store):
        if "article" in kinds:
            hits += _article_hits(store, query, wanted)
        if "quote" in kinds:
            hits += _quote_hits(store, query, wanted)
    hits.sort(key=lambda hit: (hit.rank, hit.kind, hit.article, hit.finding or ""))
    return tuple(hits[offset:wanted])


def _article_hits(store: Store, query: str, limit: int) -> list[Hit]:
    rows = store.rows(
        "SELECT a.key, a.outlet, a.title, a.published, snippet(texts_fts, 1, ?, ?, '…', 24), bm25(texts_fts, "
        "4.0, 1.0) AS r "
        "FROM texts_fts JOIN articles a ON a.id = texts_fts.rowid WHERE texts_fts MATCH ? AND a.superseded_by IS NULL "
        "ORDER BY r, a.key LIMIT ?",
        (OPEN, CLOSE, query, limit),
    )
    return [
        Hit(kind="article", article=row[0], finding=None, outlet=row[1], title=row[2], published=row[3], speaker=None,
            snippet=row[4], rank=round(row[5], 6))
        for row in rows
    ]  # fmt: skip


def _quote_hits(store: Store, query: str, limit: int) -> list[Hit]:
    rows = store.rows(
        "SELECT a.key, f.key, a.outlet, a.title, a.published, q.speaker, snippet(quotes_fts, 0, ?, ?, '…', 24), "
        "bm25(quotes_fts) AS r "
        "FROM quotes_fts JOIN quotes q ON q.finding = quotes_fts.rowid JOIN findings f ON f.id = q.finding "
        "JOIN articles a ON a.id = q.article WHERE quotes_fts MATCH ? AND f.review <> 'rejected' AND "
        "a.superseded_by IS NULL "
        "ORDER BY r, f.key LIMIT ?",
        (OPEN, CLOSE, query, limit),
    )
    return [
        Hit(kind="quote", article=row[0], finding=row[1], outlet=row[2], title=row[3], published=row[4], speaker=row[5],
            snippet=row[6], rank=round(row[7], 6))
        for row in rows
    ]  # fmt: skip
