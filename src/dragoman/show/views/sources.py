"""Sources: what the record rests on, and each article with all its findings marked.

Outlets are listed with how much of what they print is their own: copies of another
article count as one source with it.  Grades are on the Admiralty scale and are set by
a person; an article that nobody graded says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from dragoman.errors import InputError
from dragoman.read.findings import EventType, Status
from dragoman.show.blocks import (
    Cell,
    Chart,
    Choice,
    Column,
    Fact,
    Filter,
    Table,
    count_of,
    fixed,
    number_cell,
    ref,
    text_cell,
)
from dragoman.show.views import _fetch
from dragoman.show.views._base import ROWS_A_PAGE, Query, View, head, whole
from dragoman.show.views._marked import MarkedSpan, Piece, Span, excerpts, pieces_of
from dragoman.show.views._words import OFFICES, country_name, day_text, range_text, when_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.others import Unread
    from dragoman.record.views import ArticleFull, ArticleRow, Counts, FindingRow, Grade, OutletTally

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
MOST_OUTLETS = 100
MARKS = {
    "quote": "statement",
    "event": "event",
    "meeting": "meeting",
    "call": "contact from afar",
    "commitment": "promise",
    "fate": "fate of a promise",
    "definition": "use of a term",
    "stance": "stance",
    "hit": "what is cited",
    "date": "date",
    "entity": "name",
    "gone": "left out by the clean-up",
}


@dataclass(frozen=True, kw_only=True)
class Sources(View):
    """The page: figures, outlets, articles."""

    facts: tuple[Fact, ...]
    filters: tuple[Filter, ...]
    coverage: Chart | None
    outlets: Table
    articles: Table
    unread: Table
    grades_note: str


@dataclass(frozen=True, kw_only=True)
class ArticlePage(View):
    """One article with its findings marked; ``pieces`` are its text in order."""

    language: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    legend: tuple[tuple[str, str, int], ...]
    pieces: tuple[Piece, ...]
    lists: tuple[Table, ...]
    can_grade: bool
    reliabilities: tuple[Choice, ...]
    credibilities: tuple[Choice, ...]
    event_types: tuple[str, ...]
    statuses: tuple[str, ...]


def build(desk: Desk, query: Query) -> Sources:
    """The page of sources, one page of articles at a time."""
    record, outlet, page = _fetch.record_of(desk), query.get("outlet", ""), whole(query, "page", 1)
    rows = record.articles(outlet=outlet or None, limit=ROWS_A_PAGE, offset=(page - 1) * ROWS_A_PAGE)
    counts, most = record.counts(), None if query.get("rows") == "all" else MOST_OUTLETS
    outlets = record.tallies.outlets(limit=most)
    names = sorted({*(one.outlet or "" for one in outlets), outlet})
    choices = (
        Choice(value="", text="all outlets", chosen=not outlet),
        *(Choice(value=n, text=n or "unnamed", chosen=n == outlet) for n in names if n),
    )
    return Sources(
        head=head(desk, "sources", "Sources", lead(counts), query=query),
        facts=facts_of(counts),
        filters=(Filter(name="outlet", title="Outlet", value=outlet, choices=choices),),
        coverage=None,
        outlets=outlet_table(desk, outlets),
        articles=article_table(rows, page, record.tallies.articles(outlet=outlet or None)),
        unread=unread_table(record.others.unread()),
        grades_note=(
            "Grades follow the Admiralty scale: the source from A to F, the information from "
            "1 to 6. They are set by a "
            "person on the article's page; a dash means that nobody has graded it. "
            "Copies of one text count as one source."
        ),
    )


def lead(counts: Counts) -> str:
    """What the record rests on, in one sentence."""
    if not counts.articles:
        return "The record holds no article yet. Read some with: dragoman read PATH --record FILE"
    span = f", published {range_text(counts.first, counts.last)}" if counts.first and counts.last else ""
    return (
        f"{count_of(counts.articles, 'article')} from {count_of(counts.outlets, 'outlet')}{span}; "
        f"{count_of(counts.sources, 'independent source')}."
    )


def facts_of(counts: Counts) -> tuple[Fact, ...]:
    """The figures under the title."""
    pairs = (
        ("articles", counts.articles),
        ("independent", counts.sources),
        ("copies", counts.copies),
        ("superseded versions", counts.superseded),
        ("left unread", counts.unread),
        ("undated", counts.undated),
        ("hidden by the as-of date", counts.hidden),
    )
    return tuple(
        Fact(title=title, text=fixed(number))
        for title, number in pairs
        if number or title in {"articles", "independent"}
    )


def grade_text(grade: Grade) -> str:
    """``B2``; a dash for what is not graded."""
    return f"{grade.reliability or ''}{grade.credibility or ''}" or "–"


def grade_note(grade: Grade) -> str:
    """A grade in words."""
    parts = [RELIABILITY.get(grade.reliability or "", ""), CREDIBILITY.get(str(grade.credibility or ""), "")]
    return "; ".join(part for part in parts if part)


def outlet_table(desk: Desk, outlets: Sequence[OutletTally]) -> Table:
    """Outlets with how much they printed, how much of it is their own, and their grades."""
    record = _fetch.record_of(desk)
    grades = record.tallies.grades()
    columns = (
        Column(name="outlet", title="Outlet"),
        Column(name="articles", title="Articles", kind="number"),
        Column(name="own", title="Its own", kind="number", note="articles that are not copies of another"),
        Column(name="quotes", title="Statements", kind="number"),
        Column(name="events", title="Events", kind="number"),
        Column(name="first", title="From", kind="date"),
        Column(name="last", title="To", kind="date"),
        Column(name="grades", title="Grades"),
    )
    return Table(
        name="outlets",
        title="Outlets",
        columns=columns,
        rows=tuple(_outlet_row(one, grades.get(one.outlet, ())) for one in outlets),
        total=record.tallies.count_outlets(),
        empty="No outlet yet.",
    )


def _outlet_row(one: OutletTally, grades: Sequence[Grade]) -> tuple[Cell, ...]:
    to = ref("sources", outlet=one.outlet) if one.outlet else None
    return (
        text_cell(one.outlet or "unnamed outlet", to),
        number_cell(one.articles, to=to),
        number_cell(one.own),
        number_cell(one.findings.get("quote", 0)),
        number_cell(one.findings.get("event", 0)),
        Cell(text=day_text(one.first), value=one.first or ""),
        Cell(text=day_text(one.last), value=one.last or ""),
        text_cell(", ".join(sorted({grade_text(grade) for grade in grades}))),
    )


def article_table(rows: Sequence[ArticleRow], page: int, total: int) -> Table:
    """One page of articles, oldest first."""
    columns = (
        Column(name="published", title="Published", kind="date"),
        Column(name="outlet", title="Outlet"),
        Column(name="title", title="Title", wide=True),
        Column(name="grade", title="Grade", note="Admiralty scale, set by a person"),
        Column(name="words", title="Words", kind="number"),
        Column(name="findings", title="Findings", kind="number"),
        Column(name="note", title="Independence"),
    )
    made = tuple(_article_row(row) for row in rows)
    pages = max(1, -(-total // ROWS_A_PAGE))
    return Table(
        name="articles",
        title="Articles",
        columns=columns,
        rows=made,
        empty="No article answers to this.",
        total=total,
        page=page,
        pages=pages,
    )


def unread_table(unread: Sequence[Unread]) -> Table:
    """What was handed over and not read, why, and what to do."""
    columns = (
        Column(name="place", title="File", wide=True),
        Column(name="outcome", title="Outcome"),
        Column(name="reason", title="Why", wide=True),
        Column(name="advice", title="What would do", wide=True),
    )
    rows = tuple(
        tuple(text_cell(words) for words in (one.place, one.outcome, one.reason, one.advice or "")) for one in unread
    )
    return Table(name="unread", title="Not read", columns=columns, rows=rows, empty="Everything was read.")


def _article_row(row: ArticleRow) -> tuple[Cell, ...]:
    return (
        Cell(text=day_text(row.published), value=row.published or ""),
        text_cell(row.outlet),
        text_cell(row.title or "untitled", ref("sources", row.key)),
        text_cell(grade_text(row.grade), note=""),
        number_cell(row.words),
        number_cell(sum(row.findings.values()), to=ref("sources", row.key)),
        _independence(row),
    )


def _independence(row: ArticleRow) -> Cell:
    if row.superseded_by:
        return Cell(text="superseded by a newer version", tone="off", ref=ref("sources", row.superseded_by))
    if row.copy_of:
        return Cell(text="a copy", tone="off", ref=ref("sources", row.copy_of))
    if row.language and row.language != "en":
        return Cell(text=f"not read: language {row.language}", tone="warn")
    return Cell(text="own", value="own")


def build_item(desk: Desk, item: str, query: Query) -> ArticlePage:
    """One article in full, as the analyst reads it on this machine."""
    return article_page(desk, _fetch.record_of(desk).article(item), query, full=True)


def article_page(
    desk: Desk, article: ArticleFull, query: Query, *, full: bool, cited: Sequence[Span] = ()
) -> ArticlePage:
    """One article with its findings marked; without ``full`` only the sentences that bear evidence.

    ``cited`` are spans that other pages point at; each of them can be pointed at here.
    """
    row = article.row
    spans = (
        *marked_spans(article),
        *pointed_at(query, len(article.text)),
        *(MarkedSpan(start=a, end=b, kind="cited") for a, b in cited),
    )
    held = [
        (s.start, s.end)
        for s in spans
        if s.kind in {"quote", "event", "meeting", "call", "commitment", "fate", "definition", "stance", "cited"}
    ]
    kept = None if full else excerpts(article.text, held)
    legend = tuple(
        (f"{kind}-f" if kind != "gone" else "gone", text, n)
        for kind, text in MARKS.items()
        if (n := sum(s.kind == kind for s in spans))
    )
    return ArticlePage(
        head=head(desk, "sources", row.title or "Untitled article", item=row.key, query=query),
        language=row.language or "und",
        facts=article_facts(row),
        warnings=article.warnings,
        legend=legend,
        pieces=pieces_of(article.text, spans, kept),
        lists=finding_tables(article),
        can_grade=_fetch.record_of(desk).as_of is None,
        reliabilities=tuple(
            Choice(value=k, text=f"{k}: {v}", chosen=k == row.grade.reliability) for k, v in RELIABILITY.items()
        ),
        credibilities=tuple(
            Choice(value=k, text=f"{k}: {v}", chosen=k == str(row.grade.credibility)) for k, v in CREDIBILITY.items()
        ),
        event_types=get_args(EventType),
        statuses=get_args(Status),
    )


def article_facts(row: ArticleRow) -> tuple[Fact, ...]:
    """What stands under an article's title."""
    made = [
        Fact(title="", text=row.outlet or "unnamed outlet", ref=ref("sources", outlet=row.outlet)),
        Fact(title="", text=day_text(row.published) if row.published else "undated"),
    ]
    if row.byline:
        made.append(Fact(title="by", text=row.byline.removeprefix("By ").removeprefix("by ")))
    made.append(Fact(title="", text=f"{fixed(row.words)} words"))
    graded = grade_note(row.grade)
    made.append(
        Fact(title="graded", text=f"{grade_text(row.grade)} ({graded})")
        if graded
        else Fact(title="", text="not graded")
    )
    if row.copy_of:
        made.append(Fact(title="", text="a copy of another article", ref=ref("sources", row.copy_of)))
    if row.superseded_by:
        made.append(Fact(title="", text="superseded by a newer version", ref=ref("sources", row.superseded_by)))
    if row.supersedes:
        made.append(Fact(title="", text="replaces an older version", ref=ref("sources", row.supersedes)))
    made.append(Fact(title="SHA-256", text=row.hash[:12]))
    return tuple(made)


def marked_spans(article: ArticleFull) -> tuple[MarkedSpan, ...]:
    """All that is to be marked in an article: findings, dates, names, and what the clean-up left out."""
    made = [
        MarkedSpan(start=start, end=end, kind=row.kind, title=finding_title(row))
        for row in article.findings
        if row.review != "rejected"
        for start, end in row.spans
    ]
    made += [
        MarkedSpan(start=d.span[0], end=d.span[1], kind="date", title=f"date: {d.start or 'unresolved'}", anchor=False)
        for d in article.dates
    ]
    made += [
        MarkedSpan(start=start, end=end, kind="entity", title=entity.name, anchor=False)
        for entity in article.entities
        for start, end in entity.mentions
    ]
    made += [
        MarkedSpan(start=d.span[0], end=d.span[1], kind="gone", title=f"left out: {d.reason}", anchor=False)
        for d in article.dropped
    ]
    return tuple(made)


def pointed_at(query: Query, length: int) -> tuple[MarkedSpan, ...]:
    """The words that an address points at (``at=START-END``).

    Raises:
        InputError: they do not lie in the text.
    """
    given = query.get("at", "")
    if not given:
        return ()
    start, _, end = given.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 30 and int(start) < int(end) <= length):
        raise InputError("query, at", repr(given), f"START-END within 0-{length}")
    return (MarkedSpan(start=int(start), end=int(end), kind="hit", title="what is cited"),)


def finding_title(row: FindingRow) -> str:
    """What a finding is, in a few words."""
    finding = row.finding
    kind = MARKS.get(row.kind, row.kind)
    if row.kind == "quote":
        return f"{kind} by {finding.speaker.name or 'an unnamed speaker'}"  # type: ignore[union-attr]
    if row.kind == "event":
        return f"{kind}: {finding.type.lower()}, {finding.status}"  # type: ignore[union-attr]
    if row.kind == "fate":
        return f"{kind}: {finding.fate}"  # type: ignore[union-attr]
    if row.kind in {"meeting", "call"}:
        names = ", ".join(person.name for person in finding.participants)  # type: ignore[union-attr]
        return f"{kind} of {names}, {finding.status}"  # type: ignore[union-attr]
    return kind


def finding_tables(article: ArticleFull) -> tuple[Table, ...]:
    """Findings beside the text, as one list in order of the text."""
    columns = (
        Column(name="what", title="Finding"),
        Column(name="words", title="Words"),
        Column(name="review", title="Review"),
    )
    rows = tuple(
        (
            text_cell(finding_title(row)),
            Cell(
                text=_short(row.words),
                value=row.words,
                ref=ref("sources", article.row.key, anchor=f"s{row.spans[0][0]}"),
            ),
            Cell(
                text=row.review,
                tone={"accepted": "good", "rejected": "off", "corrected": "good", "added": "good"}.get(
                    row.review, "open"
                ),
            ),
        )
        for row in sorted(article.findings, key=lambda item: (item.start, item.end))
    )
    return (
        Table(
            name="findings", title="Findings", columns=columns, rows=rows, empty="Nothing was found in this article."
        ),
    )


def _short(text: str, most: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"


__all__ = ["OFFICES", "ArticlePage", "Sources", "article_page", "build", "build_item", "country_name", "when_text"]
