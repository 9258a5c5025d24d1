"""Statements: who said what, when, for whom; search over the record; new wording.

A statement says for whom its speaker speaks.  Only leaders and governments state a
government's position; a member of parliament, an expert or a paper does not, and the
page says so beside each.  Which statements are about an issue of the case is a rule of
words (``desk/topics.py``), which the page states.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.desk.topics import RULE, phrases_of, search_of
from dragoman.show.blocks import Cell, Choice, Column, Evidence, Filter, Ref, Table, number_cell, ref, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import ROWS_A_PAGE, Query, View, day, head, numbered, one_of, whole
from dragoman.show.views._wording import wording_table
from dragoman.show.views._words import OFFICES, country_name, day_text, evidence_of_quote, speaker_text, standing_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import Hit, QuoteRow, SpeakerTally

OPERATORS = (
    ("freeze sanctions", "both words, in any order"),
    ('"step by step"', "the words as they stand"),
    ("freeze OR halt", "either word"),
    ("sanctions NOT oil", "the first without the second"),
    ("denuclear*", "every word that begins so"),
    ("NEAR(sanctions relief, 5)", "both within five words of each other"),
)
MOST_SPEAKERS = 40
OPEN, CLOSE = "\u27e6", "\u27e7"
OFFICE_CHOICES = ("", *OFFICES)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement of the list."""

    id: str
    text: str
    who: str
    standing: str
    kind: str
    outlet: str
    published: str
    copies: int
    review: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A run of words of a hit; ``found`` where it answers the search."""

    text: str
    found: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """A place that answers a search."""

    kind: str
    pieces: tuple[Snippet, ...]
    speaker: str
    outlet: str
    title: str
    published: str
    ref: Ref


@dataclass(frozen=True, kw_only=True)
class Statements(View):
    """The page: filters, hits of a search, speakers, statements."""

    filters: tuple[Filter, ...]
    issue: str
    about: tuple[str, ...]
    rule: str
    operators: tuple[tuple[str, str], ...]
    searched: str
    hits: tuple[Found, ...]
    speakers: Table
    wording: Table | None
    statements: tuple[Said, ...]
    table: Table
    total: int


def build(desk: Desk, query: Query) -> Statements:
    """The page for this query."""
    page = whole(query, "page", 1)
    searched = query.get("q", "").strip()
    issue = issue_of(desk, query)
    about = phrases_of(desk.case_of(), issue) if issue else ()
    wanted = {
        "state": query.get("party") or None,
        "speaker": query.get("speaker") or None,
        "office": one_of(query, "office", OFFICE_CHOICES, "") or None,
        "since": day(query, "from"),
        "until": day(query, "to"),
        "about": search_of(about),
    }
    rows, total = _fetch.quotes(desk, wanted, page)
    hits = _fetch.search(desk, searched) if searched else ()
    tallies = _fetch.record_of(desk).tallies
    speakers = tallies.speakers(limit=None if query.get("rows") == "all" else MOST_SPEAKERS)
    return numbered(
        Statements(
            head=head(desk, "statements", "Statements", LEAD, query=query),
            filters=filters_of(desk, tallies.spoken(), query),
            issue=issue,
            about=about,
            rule=RULE if issue else "",
            operators=OPERATORS,
            searched=searched,
            hits=tuple(found(hit) for hit in hits),
            speakers=speaker_table(speakers, tallies.count_speakers()),
            wording=wording_table(desk, query),
            statements=tuple(said(row) for row in rows),
            table=statement_table(rows, page, total),
            total=total,
        )
    )


def issue_of(desk: Desk, query: Query) -> str:
    """The issue of the case that the query names, or nothing.

    Raises:
        InputError: the case has no such issue, or there is no case.
    """
    return one_of(query, "issue", ("", *(desk.case.issues if desk.case else ())), "")


LEAD = (
    "What was said, by whom, and for whom. Words in quotation marks stand so in the article; the "
    "rest is the paper's paraphrase."
)


def said(row: QuoteRow) -> Said:
    """A quote of the record as it is printed."""
    return Said(
        id=row.id,
        text=unquoted(row.text),
        who=speaker_text(row),
        standing=standing_text(row),
        kind=row.kind,
        outlet=row.outlet or "unnamed outlet",
        published=day_text(row.published),
        copies=row.copies,
        review=row.review,
        evidence=(evidence_of_quote(row),),
    )


def unquoted(text: str) -> str:
    """The words without the quotation marks around them and without line breaks."""
    return " ".join(text.split()).strip('"\u201c\u201d')


def found(hit: Hit) -> Found:
    """A hit with its found words apart."""
    return Found(
        kind="statement" if hit.kind == "quote" else "article",
        pieces=snippets(hit.snippet),
        speaker=hit.speaker or "",
        outlet=hit.outlet or "unnamed outlet",
        title=hit.title or "untitled",
        published=day_text(hit.published),
        ref=ref("sources", hit.article),
    )


def snippets(text: str) -> tuple[Snippet, ...]:
    """Words between the marks of the search are found, the rest is around them."""
    parts = re.split(f"[{OPEN}{CLOSE}]", text)
    return tuple(Snippet(text=part, found=i % 2 == 1) for i, part in enumerate(parts) if part)


def speaker_table(speakers: Sequence[SpeakerTally], total: int) -> Table:
    """Who is quoted most: name, standing, statements, last day."""
    columns = (
        Column(name="speaker", title="Speaker"),
        Column(name="state", title="State"),
        Column(name="office", title="Speaks as"),
        Column(name="n", title="Statements", kind="number"),
        Column(name="last", title="Last", kind="date"),
    )
    rows = tuple(
        (
            text_cell(one.name, ref("statements", speaker=one.entity or one.name)),
            text_cell(country_name(one.state)),
            text_cell(OFFICES.get(one.office, one.office)),
            number_cell(one.quotes, to=ref("statements", speaker=one.entity or one.name)),
            Cell(text=day_text(one.last), value=one.last or ""),
        )
        for one in speakers
    )
    return Table(
        name="speakers", title="Who is quoted", columns=columns, rows=rows, total=total, empty="Nobody is quoted."
    )


def statement_table(rows: Sequence[QuoteRow], page: int, total: int) -> Table:
    """The statements as a table, for sorting and the download."""
    columns = (
        Column(name="published", title="Published", kind="date"),
        Column(name="speaker", title="Speaker"),
        Column(name="standing", title="Standing"),
        Column(name="words", title="Words", wide=True),
        Column(name="kind", title="Kind"),
        Column(name="outlet", title="Outlet"),
    )
    made = tuple(
        (
            Cell(text=day_text(r.published), value=r.published or ""),
            text_cell(speaker_text(r)),
            text_cell(standing_text(r)),
            Cell(text=unquoted(r.text), ref=evidence_of_quote(r).ref),
            text_cell(r.kind),
            text_cell(r.outlet),
        )
        for r in rows
    )
    return Table(
        name="statements",
        title="",
        columns=columns,
        rows=made,
        total=total,
        page=page,
        pages=max(1, -(-total // ROWS_A_PAGE)),
    )


def filters_of(desk: Desk, spoken: Mapping[tuple[str | None, str], int], query: Query) -> tuple[Filter, ...]:
    """The fields that narrow the page; ``spoken`` counts statements by state and office."""
    counts: Counter[str] = Counter()
    for (state, _), number in spoken.items():
        if state:
            counts[state] += number
    states = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    chosen = query.get("party", "")
    office = query.get("office", "")
    parties = (
        Choice(value="", text="anyone", chosen=not chosen),
        *(Choice(value=s, text=country_name(s), count=n, chosen=s == chosen) for s, n in states),
    )
    offices = (
        Choice(value="", text="any standing", chosen=not office),
        *(Choice(value=k, text=v, chosen=k == office) for k, v in OFFICES.items()),
    )
    issues = (
        Choice(value="", text="any issue", chosen=not query.get("issue")),
        *(
            Choice(value=k, text=v.name, chosen=k == query.get("issue"))
            for k, v in (desk.case.issues if desk.case else {}).items()
        ),
    )
    return (
        Filter(name="q", title="Words", kind="text", value=query.get("q", ""), note="words or “a phrase”"),
        Filter(name="party", title="State", choices=parties, value=chosen),
        Filter(name="office", title="Speaks as", choices=offices, value=office),
        *([Filter(name="issue", title="Issue", choices=issues, value=query.get("issue", ""))] if issues[1:] else []),
        Filter(name="from", title="From", kind="date", value=query.get("from", "")),
        Filter(name="to", title="To", kind="date", value=query.get("to", "")),
    )


__all__ = ["Statements", "build"]
