"""Commitments: the ledger of promises, by party and by date due, with what became of each.

What became of a promise is what the latest article that speaks of it reports; both are shown with their words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.show.blocks import (
    Cell,
    Choice,
    Column,
    Evidence,
    Filter,
    Ref,
    Table,
    count_of,
    number_cell,
    ref,
    text_cell,
)
from dragoman.show.views import _fetch
from dragoman.show.views._base import ROWS_A_PAGE, Query, View, head, numbered, one_of, whole
from dragoman.show.views._words import STATUS_TONES, day_text, evidence_of, party_names, when_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dragoman.desk.session import Desk
    from dragoman.record.views import CommitmentRow, Mention, PromiseTally

MOST_PARTIES = 60
FATES = ("", "open", "kept", "broken", "disputed", "superseded")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One entry of the ledger."""

    id: str
    clause: str
    by: str
    to: str
    due: str
    late: bool
    condition: str
    fate: str
    tone: str
    reported: str
    since: str
    sources: int
    evidence: tuple[Evidence, ...]
    told: tuple[Evidence, ...]
    ref: Ref


@dataclass(frozen=True, kw_only=True)
class Commitments(View):
    """The page: who owes what, the ledger."""

    filters: tuple[Filter, ...]
    parties: Table
    promises: tuple[Promise, ...]
    table: Table


def build(desk: Desk, query: Query) -> Commitments:
    """The page for this query: ``by`` (entity), ``fate``, ``page``."""
    record, last = _fetch.record_of(desk), _fetch.last_day(desk)
    by, fate, page = query.get("by", ""), one_of(query, "fate", FATES, ""), whole(query, "page", 1)
    asked = {"by": by or None, "fate": fate or None}
    shown = record.commitments(**asked, order="due", limit=ROWS_A_PAGE, offset=(page - 1) * ROWS_A_PAGE)
    total = record.count_commitments(**asked)
    mentions = _fetch.mentions(desk, [row.id for row in shown])
    told = _fetch.told_fates(desk, [row.id for row in shown if row.fate_by])
    promises = tuple(promise(row, mentions.get(row.id, ()), last, told.get(row.id, ())) for row in shown)
    until = last.isoformat() if last else None
    makers = record.tallies.promisers(until)
    fates = tuple(Choice(value=f, text=f or "any", chosen=f == fate) for f in FATES)
    named = sorted(makers[: _fetch.MOST_CHOICES], key=lambda one: one.name)
    whose = (
        Choice(value="", text="anyone", chosen=not by),
        *(Choice(value=one.entity, text=one.name, chosen=one.entity == by) for one in named),
    )
    return numbered(
        Commitments(
            head=head(desk, "commitments", "Commitments", lead_of(record.tallies.promises(until)), query=query),
            filters=(Filter(name="by", title="By", choices=whose), Filter(name="fate", title="State", choices=fates)),
            parties=party_table(makers, None if query.get("rows") == "all" else MOST_PARTIES),
            promises=promises,
            table=ledger(promises, total=total, page=page, pages=max(1, -(-total // ROWS_A_PAGE))),
        )
    )


def is_late(row: CommitmentRow, last: date | None) -> bool:
    """Whether a promise is open past its date, as far as the last article goes."""
    return bool(row.fate == "open" and last and row.due and row.due.end and row.due.end < last.isoformat())


def lead_of(every: PromiseTally) -> str:
    """How many promises, and what became of them."""
    if not every.total:
        return "The record holds no promise."
    known = [f"{every.fates[fate]} {fate}" for fate in FATES[1:] if every.fates.get(fate)]
    return f"{count_of(every.total, 'promise')} reported: {', '.join(known)}" + (
        f"; {every.late} open past their date." if every.late else "."
    )


def promise(
    row: CommitmentRow, mentions: Sequence[Mention], last: date | None, told: Sequence[Mention] = ()
) -> Promise:
    """A row of the record as an entry of the ledger."""
    late = is_late(row, last)
    return Promise(
        id=row.id,
        clause=" ".join(row.clause.split()),
        by=party_names(row.by) or "not named",
        to=party_names(row.to),
        late=late,
        due=when_text(row.due) if row.due and row.due.start else "no date",
        condition=row.condition or "",
        fate=row.fate,
        tone="warn" if late else STATUS_TONES.get(row.fate, "open"),
        reported=day_text(row.first_reported),
        sources=row.sources,
        since=day_text(row.fate_since) if row.fate_since else "",
        evidence=tuple(evidence_of(item) for item in mentions),
        told=tuple(evidence_of(item) for item in told),
        ref=ref("chronology", row.id),
    )


def ledger(promises: Sequence[Promise], *, total: int, page: int, pages: int) -> Table:
    """The ledger as a table."""
    columns = (
        Column(name="by", title="By"),
        Column(name="clause", title="What", wide=True),
        Column(name="to", title="To"),
        Column(name="due", title="Due", kind="date"),
        Column(name="state", title="State"),
        Column(name="reported", title="First reported", kind="date"),
        Column(name="sources", title="Sources", kind="number"),
    )
    rows = tuple(
        (
            text_cell(p.by),
            Cell(
                text=p.clause,
                ref=p.ref,
                note=f"on condition: {p.condition}" if p.condition else "",
                evidence=p.evidence,
            ),
            text_cell(p.to),
            text_cell(p.due),
            Cell(
                text=p.fate + (", past its date" if p.late else ""),
                tone=p.tone,
                note=f"reported {p.since}" if p.since else "",
                evidence=p.told,
            ),
            text_cell(p.reported),
            number_cell(p.sources, to=p.ref),
        )
        for p in promises
    )
    return Table(
        name="ledger",
        title="",
        columns=columns,
        rows=rows,
        empty="No promise answers to this.",
        total=total,
        page=page,
        pages=pages,
    )


def party_table(makers: Sequence[PromiseTally], most: int | None) -> Table:
    """Who promised how much, and what became of it."""
    columns = (
        Column(name="party", title="By"),
        *(Column(name=f, title=f.capitalize(), kind="number") for f in ("all", *FATES[1:])),
        Column(name="late", title="Past its date", kind="number"),
    )
    made = tuple(
        (
            text_cell(one.name, ref("commitments", by=one.entity)),
            _count_cell(one.entity, "", one.total),
            *(_count_cell(one.entity, fate, one.fates.get(fate, 0)) for fate in FATES[1:]),
            number_cell(one.late or None),
        )
        for one in makers[:most]
    )
    return Table(
        name="parties",
        title="Who promised, who delivered",
        columns=columns,
        rows=made,
        total=len(makers),
        empty="Nobody promised anything.",
    )


def _count_cell(entity: str, fate: str, number: int) -> Cell:
    return number_cell(number or None, to=ref("commitments", by=entity, fate=fate) if number else None)
