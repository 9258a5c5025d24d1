"""Changes of wording: what a speaker's newest wording of a contested term has that the last had not.

The wordings are the record's findings of definitions; the comparison is that of
``dragoman.read.wording.wording_changes``.  Only speakers with a name count: two unnamed
officials are not one speaker.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dragoman.read.findings import Definition
from dragoman.read.wording import Statement, wording_changes
from dragoman.show.blocks import Cell, Column, Evidence, Table, ref, text_cell
from dragoman.show.views._words import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.read.wording import WordingChange
    from dragoman.record.views import ArticleRow, FindingRow
    from dragoman.show.views._base import Query

MOST_CHANGES = 40
Key = tuple[str, str, str, date]


def wording_table(desk: Desk, query: Query) -> Table | None:
    """The latest changes of wording, newest first, of the query's speaker and state; None without definitions.

    Args:
        desk: with a record.
        query: of the page; ``speaker`` and ``party`` narrow the table.
    """
    if desk.record is None:
        return None
    rows = desk.record.findings(kind="definition")
    if not rows:
        return None
    names = {row.entity: row.name for row in desk.record.identity.entities()}
    articles = {row.key: row for row in desk.record.articles(keys=[row.article for row in rows])}
    said = {
        key: (row, articles[row.article])
        for row in rows
        if (key := _key(row, articles[row.article], query)) and key[0] in names
    }
    changes = wording_changes(_statement(key, row) for key, (row, _) in said.items())
    changes.sort(key=lambda item: (item.when, item.speaker, item.term), reverse=True)
    return _table(changes, said, names)


def _key(row: FindingRow, article: ArticleRow, query: Query) -> Key | None:
    """Speaker, term, wording and day of one definition, where all are known and the query wants it."""
    item = row.finding
    if not isinstance(item, Definition) or not item.by or not article.published:
        return None
    state = item.speaks_for.state if item.speaks_for else None
    if query.get("speaker") not in (None, "", item.by) or query.get("party") not in (None, "", state):
        return None
    return item.by, item.term, " ".join(item.wording.split()), date.fromisoformat(article.published)


def _statement(key: Key, row: FindingRow) -> Statement:
    speaker, term, wording, when = key
    item = row.finding
    speaks_for = item.speaks_for if isinstance(item, Definition) else None
    return Statement(speaker=speaker, term=term, wording=wording, when=when, speaks_for=speaks_for)


def _table(
    changes: Sequence[WordingChange], said: Mapping[Key, tuple[FindingRow, ArticleRow]], names: Mapping[str, str]
) -> Table:
    columns = (
        Column(name="when", title="When", kind="date"),
        Column(name="speaker", title="Who"),
        Column(name="authority", title="Speaks as"),
        Column(name="term", title="Term"),
        Column(name="wording", title="Wording now", wide=True),
        Column(name="new", title="What is new", wide=True, note="words that the last wording had not"),
        Column(name="before", title="Before", wide=True),
    )
    shown = changes[:MOST_CHANGES]
    return Table(
        name="wording",
        title="Changes of wording",
        columns=columns,
        rows=tuple(_row(item, said, names) for item in shown),
        total=len(changes),
        empty="No speaker worded one term in two ways on two occasions.",
        note="A speaker's wording of a contested term against the last one; a dash where words were only left out.",
    )


def _row(
    item: WordingChange, said: Mapping[Key, tuple[FindingRow, ArticleRow]], names: Mapping[str, str]
) -> tuple[Cell, ...]:
    def evidence(wording: str, when: date) -> tuple[Evidence, ...]:
        return (_evidence(*said[item.speaker, item.term, wording, when]),)

    return (
        Cell(text=day_text(item.when.isoformat()), value=item.when.isoformat()),
        text_cell(names[item.speaker], ref("statements", speaker=item.speaker)),
        text_cell(item.authority),
        text_cell(item.term),
        Cell(text=item.wording, evidence=evidence(item.wording, item.when)),
        text_cell("; ".join(item.new), note=f"for the first time: {'; '.join(item.first)}" if item.first else ""),
        Cell(text=item.before, note=day_text(item.since.isoformat()), evidence=evidence(item.before, item.since)),
    )


def _evidence(row: FindingRow, article: ArticleRow) -> Evidence:
    return Evidence(
        article=row.article,
        outlet=article.outlet or "unnamed outlet",
        title=article.title or "untitled",
        published=article.published,
        start=row.start,
        end=row.end,
        words=row.words,
    )
