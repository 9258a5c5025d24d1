"""Commitments: the ledger of promises, by party and by date due, with what became of each.

What became of a promise is what the latest article that speaks of it reports; both are shown with their words.
"""

from __future__ import annotations

from collections import Counter
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
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dragoman.desk.session import Desk
    from dragoman.record.views import CommitmentRow, Mention

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
    rows = sorted(_fetch.commitments(desk), key=_due_key)
    by, fate, page = query.get("by", ""), one_of(query, "fate", FATES, ""), whole(query, "page", 1)
    chosen = [row for row in rows if (not fate or row.fate == fate) and (not by or by in {p.entity for p in row.by})]
    shown = chosen[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    mentions, last = _fetch.mentions(desk, [row.id for row in shown]), _fetch.last_day(desk)
    told = _fetch.told_fates(desk, [row.id for row in shown if row.fate_by])
    promises = tuple(promise(row, mentions.get(row.id, ()), last, told.get(row.id, ())) for row in shown)
    names = {p.entity: p.name for row in rows for p in row.by}
    fates = tuple(Choice(value=f, text=f or "any", chosen=f == fate) for f in FATES)
    whose = (
        Choice(value="", text="anyone", chosen=not by),
        *(Choice(value=e, text=n, chosen=e == by) for e, n in sorted(names.items(), key=lambda i: i[1])),
    )
    return numbered(
        Commitments(
            head=head(desk, "commitments", "Commitments", lead_of(rows, last), query=query),
            filters=(Filter(name="by", title="By", choices=whose), Filter(name="fate", title="State", choices=fates)),
            parties=party_table(rows, last),
            promises=promises,
            table=ledger(promises, total=len(chosen), page=page, pages=max(1, -(-len(chosen) // ROWS_A_PAGE))),
        )
    )


def _due_key(row: CommitmentRow) -> tuple[str, str, str]:
    return ((row.due.start if row.due else None) or "9999", row.first_reported or "9999", row.id)


def is_late(row: CommitmentRow, last: date | None) -> bool:
    """Whether a promise is open past its date, as far as the last article goes."""
    return bool(row.fate == "open" and last and row.due and row.due.end and row.due.end < last.isoformat())


def lead_of(rows: Sequence[CommitmentRow], last: date | None) -> str:
    """How many promises, and what became of them."""
    if not rows:
        return "The record holds no promise."
    fates = Counter(row.fate for row in rows)
    late = sum(is_late(row, last) for row in rows)
    known = [f"{fates[fate]} {fate}" for fate in FATES[1:] if fates[fate]]
    return f"{count_of(len(rows), 'promise')} reported: {', '.join(known)}" + (
        f"; {late} open past their date." if late else "."
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


def party_table(rows: Sequence[CommitmentRow], last: date | None) -> Table:
    """Who promised how much, and what became of it."""
    counts: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        for party in row.by:
            names[party.entity] = party.name
            tally = counts.setdefault(party.entity, Counter())
            tally.update([row.fate, "all", *(["late"] if is_late(row, last) else [])])
    columns = (
        Column(name="party", title="By"),
        *(Column(name=f, title=f.capitalize(), kind="number") for f in ("all", *FATES[1:])),
        Column(name="late", title="Past its date", kind="number"),
    )
    order = sorted(counts, key=lambda entity: (-counts[entity]["all"], names[entity]))
    made = tuple(
        (
            text_cell(names[e], ref("commitments", by=e)),
            *(_count_cell(e, f, counts[e]) for f in ("all", *FATES[1:])),
            number_cell(counts[e]["late"] or None),
        )
        for e in order
    )
    return Table(
        name="parties",
        title="Who promised, who delivered",
        columns=columns,
        rows=made,
        empty="Nobody promised anything.",
    )


def _count_cell(entity: str, fate: str, tally: Mapping[str, int]) -> Cell:
    number = tally.get(fate, 0)
    return number_cell(
        number or None, to=ref("commitments", by=entity, fate="" if fate == "all" else fate) if number else None
    )
