"""Review: findings to accept, reject or correct, one under the other, by keyboard if you like.

Least certain first, or as they stand in the articles.  Suggested merges and disputed dates
stand beside.  Every decision is a line of a log that only grows; it can be undone, and the
next reading respects it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from dragoman.read.findings import CommitmentFate, EventType, Level, Mode, QuoteKind, StanceKind, Status
from dragoman.show.blocks import Cell, Choice, Column, Filter, Point, Ref, Table, count_of, ref, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, head, one_of, whole
from dragoman.show.views._words import day_text, happening_text
from dragoman.show.views.chronology import dispute_text
from dragoman.show.views.sources import finding_title

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.record.views import Decision, EventRow, FindingRow, IdentityEntry, MeetingRow

A_PAGE = 25
MOST_DISPUTES = 30
KINDS = ("", "quote", "event", "meeting", "call", "commitment", "fate", "definition", "stance")
ORDERS = {"certainty": "least certain first", "article": "by article"}
STATES = ("open", "accepted", "rejected", "corrected", "added")
FIELDS: dict[str, tuple[tuple[str, Any], ...]] = {
    "event": (("type", EventType), ("status", Status)),
    "meeting": (("status", Status), ("level", Level)),
    "call": (("status", Status), ("level", Level), ("mode", Mode)),
    "quote": (("kind", QuoteKind),),
    "fate": (("fate", CommitmentFate),),
    "commitment": (("fate", CommitmentFate),),
    "definition": (),
    "stance": (("kind", StanceKind), ("status", Status)),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One finding to decide on, with the words around it and the fields that can be corrected."""

    id: str
    kind: str
    title: str
    before: str
    words: str
    after: str
    state: str
    confidence: str
    source: str
    ref: Ref
    fields: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Two entities that may be one."""

    a: str
    b: str
    because: str
    score: str


@dataclass(frozen=True, kw_only=True)
class Review(View):
    """The page."""

    filters: tuple[Filter, ...]
    items: tuple[Item, ...]
    more: Table
    merges: tuple[Merge, ...]
    disputes: tuple[Point, ...]
    log: Table
    last: int
    writable: bool


def build(desk: Desk, query: Query) -> Review:
    """The page for this query: ``kind``, ``state``, ``order``, ``article``, ``page``."""
    record = _fetch.record_of(desk)
    kind, state, page = (
        one_of(query, "kind", KINDS, ""),
        one_of(query, "state", STATES, "open"),
        whole(query, "page", 1),
    )
    order = one_of(query, "order", tuple(ORDERS), "certainty")
    rows = record.findings(
        kind=kind or None,
        review=state,
        article=query.get("article") or None,
        order=order,
        limit=A_PAGE,
        offset=(page - 1) * A_PAGE,
    )
    names = {
        row.key: f"{row.outlet or 'unnamed outlet'}, {day_text(row.published)}"
        for row in record.articles(keys=[row.article for row in rows])
    }
    counts, log = record.counts(), record.review.log()
    standing = [line.seq for line in log if not line.undone and line.action != "undo"]
    total = counts.to_review if state == "open" and not kind and not query.get("article") else None
    return Review(
        head=head(desk, "review", "Review", lead_of(counts.to_review, counts.decisions), query=query),
        filters=filters_of(kind, state, order),
        items=tuple(item_of(desk, row, names) for row in rows),
        more=Table(
            name="findings", title="", columns=(), rows=(), page=page, pages=page + (len(rows) == A_PAGE), total=total
        ),
        merges=tuple(merge_of(line) for line in record.identity.suggestions()),
        disputes=dispute_points(desk),
        log=log_table(log),
        last=standing[-1] if standing else 0,
        writable=record.as_of is None,
    )


def lead_of(open_: int, decided: int) -> str:
    """How much there is to do and how much is done."""
    return (
        f"{count_of(open_, 'finding')} to review; {count_of(decided, 'decision')} logged. What is "
        "rejected is kept and counted nowhere."
    )


def filters_of(kind: str, state: str, order: str) -> tuple[Filter, ...]:
    """Kind, state and order."""
    return (
        Filter(
            name="kind", title="Kind", choices=tuple(Choice(value=k, text=k or "all", chosen=k == kind) for k in KINDS)
        ),
        Filter(name="state", title="State", choices=tuple(Choice(value=s, text=s, chosen=s == state) for s in STATES)),
        Filter(
            name="order",
            title="Order",
            choices=tuple(Choice(value=o, text=text, chosen=o == order) for o, text in ORDERS.items()),
        ),
    )


def item_of(desk: Desk, row: FindingRow, names: dict[str, str]) -> Item:
    """A finding as it is decided on."""
    anchors = _fetch.record_of(desk).evidence(row.id)
    first, last = anchors[0], anchors[-1]
    return Item(
        id=row.id,
        kind=row.kind,
        title=finding_title(row),
        before=_spaced(first.prefix),
        words=_flat(" … ".join(a.exact for a in anchors)),
        after=_spaced(last.suffix),
        state=row.review,
        confidence=f"{row.confidence:.2f}",
        source=names.get(row.article, row.article),
        ref=ref("sources", row.article, anchor=f"s{first.start}", at=f"{first.start}-{first.end}"),
        fields=tuple(_field(row, name, allowed) for name, allowed in FIELDS[row.kind]),
    )


def _field(row: FindingRow, name: str, allowed: Any) -> tuple[str, tuple[Choice, ...]]:
    now = getattr(row.finding, name)
    return name, tuple(Choice(value=value, text=value.lower(), chosen=value == now) for value in get_args(allowed))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _spaced(text: str) -> str:
    """One space for each run of them, those at the ends kept: what is marked may touch what stands beside it."""
    return re.sub(r"\s+", " ", text)


def merge_of(line: IdentityEntry) -> Merge:
    """A suggested merge."""
    return Merge(
        a=line.entity or "",
        b=line.other or "",
        because=line.because or "",
        score="" if line.score is None else f"{line.score:.2f}",
    )


def dispute_points(desk: Desk) -> tuple[Point, ...]:
    """Events and meetings on which reports differ."""
    record = _fetch.record_of(desk)
    rows: tuple[EventRow | MeetingRow, ...] = (
        *record.meetings(conflicts=True, limit=MOST_DISPUTES),
        *record.events(conflicts=True, limit=MOST_DISPUTES),
    )
    return tuple(
        Point(
            text=happening_text(row),
            ref=ref("chronology", row.id),
            tone="warn",
            detail="; ".join(dispute_text(conflict) for conflict in row.conflicts),
        )
        for row in rows
    )


def log_table(log: tuple[Decision, ...]) -> Table:
    """The last decisions, newest first."""
    columns = (
        Column(name="seq", title="No.", kind="number"),
        Column(name="at", title="When", kind="date"),
        Column(name="by", title="By"),
        Column(name="action", title="Decision"),
        Column(name="words", title="Words", wide=True),
        Column(name="undone", title="Stands"),
    )
    rows = tuple(
        (
            Cell(text=str(d.seq), value=d.seq),
            text_cell(d.at[:16].replace("T", " ")),
            text_cell(d.by),
            text_cell(d.action + (f" no. {d.undoes}" if d.undoes else "")),
            text_cell(_flat(d.exact or "")[:120]),
            Cell(text="undone" if d.undone else "stands", tone="off" if d.undone else ""),
        )
        for d in reversed(log[-50:])
    )
    return Table(name="log", title="The log", columns=columns, rows=rows, total=len(log), empty="No decision yet.")


__all__ = ["Review", "build"]
