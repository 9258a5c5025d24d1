"""Chronology: what happened, by period, with every report one click away.

The bars count events held, cooperation above the line and conflict below, meetings
among them; the list below holds the events of the chosen span, newest period last.
An event that two articles date differently says so, with both dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.record.views import CommitmentRow, EventRow
from dragoman.show.blocks import (
    Cell,
    Chart,
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
from dragoman.show.views._base import ROWS_A_PAGE, Query, View, day, head, numbered, one_of, whole
from dragoman.show.views._periods import Period, by_period, month_text, placed
from dragoman.show.views._words import (
    STATUS_TONES,
    country_name,
    day_text,
    evidence_of,
    happening_text,
    party_names,
    promise_text,
    when_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import Bucket, Conflict, EventFull, MeetingRow, Mention, Timeline
    from dragoman.show.drawings import bars

BUCKETS = ("auto", "day", "week", "month", "year")
STATUSES = ("", "held", "planned", "possible", "called off", "denied")
KINDS = ("", "meetings", "cooperation", "conflict")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event or meeting of the list."""

    id: str
    when: str
    dated: bool
    tone: str
    kind: str
    status: str
    status_tone: str
    text: str
    words: str
    place: str
    sources: int
    reports: int
    evidence: tuple[Evidence, ...]
    disputes: tuple[str, ...]
    ref: Ref


@dataclass(frozen=True, kw_only=True)
class Chronology(View):
    """The page: its filters, its chart, its periods, and what was over before the coverage began."""

    filters: tuple[Filter, ...]
    chart: Chart | None
    periods: tuple[Period[Entry], ...]
    background: tuple[Period[Entry], ...]
    table: Table
    total: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report of an event: who printed it, when, what it says of the event, in which words."""

    number: int
    outlet: str
    title: str
    published: str
    says: str
    before: str
    words: str
    after: str
    copy: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class EventPage(View):
    """One event with all that was reported of it."""

    entry: Entry | None
    facts: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]
    disputes: tuple[str, ...]


def build(desk: Desk, query: Query) -> Chronology:
    """The page for this query.

    It may hold ``from``, ``to``, ``party``, ``with`` (a second one), ``kind``, ``status``, ``disputed``, ``by`` (the
    period) and ``page``.
    """
    page, asked = whole(query, "page", 1), asked_of(query)
    rows, total = rows_of(desk, query, asked, page)
    mentions = _fetch.mentions(desk, [row.id for row in rows])
    entries = [(row.day, entry_of(row, mentions[row.id])) for row in rows]
    line = timeline_of(desk, query, asked)
    bucket, began = "year" if line.bucket == "year" else "month", _fetch.first_day(desk)
    spread = [placed(row, entry, bucket, began) for row, (_, entry) in zip(rows, entries, strict=True)]
    pages = max(1, -(-total // ROWS_A_PAGE))
    return numbered(
        Chronology(
            head=head(desk, "chronology", "Chronology", lead_of(line), query=query),
            filters=filters_of(desk, query),
            chart=timeline_chart(line),
            periods=by_period(spread),
            background=by_period(spread, background=True),
            table=table_of(entries, page=page, pages=pages, total=total),
            total=total,
        )
    )


def asked_of(query: Query) -> dict[str, Any]:
    """What the query asks of the record."""
    status = one_of(query, "status", STATUSES, "")
    return {
        "since": day(query, "from"),
        "until": day(query, "to"),
        "status": status or None,
        "country": [name for name in (query.get("party"), query.get("with")) if name] or None,
        "conflicts": True if one_of(query, "disputed", ("", "yes"), "") else None,
    }


def rows_of(desk: Desk, query: Query, asked: Mapping[str, Any], page: int) -> tuple[list[Any], int]:
    """One page of events and meetings in order, and how many there are.

    An event of consultation on the day of a meeting between the same states, where both
    stand on the page, is that meeting, and is left out beside it.
    """
    record, kind = _fetch.record_of(desk), one_of(query, "kind", KINDS, "")
    part: dict[str, Any] = {"limit": ROWS_A_PAGE, "offset": (page - 1) * ROWS_A_PAGE}
    if kind == "meetings":
        return list(record.meetings(**asked, **part)), record.count_meetings(**asked)
    if kind:
        quads = {"cooperation": (1, 2), "conflict": (3, 4)}[kind]
        return list(record.events(**asked, quad=quads, **part)), record.count_events(**asked, quad=quads)
    rows = record.happenings(**asked, **part)
    seen = {
        (row.day, frozenset(p.country for p in row.participants if p.country))
        for row in rows
        if not isinstance(row, EventRow)
    }
    kept = [row for row in rows if not (isinstance(row, EventRow) and row.type == "CONSULT" and _beside(row, seen))]
    return kept, record.count_happenings(**asked)


def _beside(row: EventRow, seen: set[tuple[str | None, frozenset[str]]]) -> bool:
    sides = {party.country for party in (*row.source, *row.target) if party.country}
    return len(sides) > 1 and any(row.day == day_ and sides <= states for day_, states in seen)


def timeline_of(desk: Desk, query: Query, asked: Mapping[str, Any]) -> Timeline:
    """Events by the period asked for, or by the one that suits the span."""
    bucket = one_of(query, "by", BUCKETS, "auto")
    given = {key: asked[key] for key in ("since", "until", "status", "country")}
    quads = {"cooperation": (1, 2), "conflict": (3, 4)}.get(query.get("kind", ""))
    if bucket != "auto":
        return _fetch.record_of(desk).timeline(bucket, **given, quad=quads)
    first, last = _fetch.record_of(desk).span(**given, quad=quads)
    suited = suited_bucket(first[:7], last[:7]) if first and last else "month"
    return _fetch.record_of(desk).timeline(suited, **given, quad=quads)


def suited_bucket(first: str, last: str) -> str:
    """The period that a span from one month to another wants."""
    months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7]) + 1
    return "day" if months <= 2 else "week" if months <= 8 else "month" if months <= 120 else "year"


def lead_of(line: Timeline) -> str:
    """The span and its busiest period, in one sentence."""
    if not line.rows:
        return "No event in the record answers to this."
    busiest = max(line.rows, key=lambda b: b.total)
    return (
        f"{count_of(sum(b.total for b in line.rows), 'event')} by {line.bucket}; most in "
        f"{period_text(busiest.period)}, with {busiest.total}."
    )


def period_text(period: str) -> str:
    """A period in words."""
    if len(period) == 4:
        return period
    return month_text(period) if len(period) == 7 else day_text(period)


def filters_of(desk: Desk, query: Query) -> tuple[Filter, ...]:
    """The fields that narrow the page."""
    codes = _fetch.countries(desk)

    def choices(name: str, pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
        return tuple(Choice(value=value, text=text, chosen=value == query.get(name, "")) for value, text in pairs)

    return (
        Filter(name="from", title="From", kind="date", value=query.get("from", "")),
        Filter(name="to", title="To", kind="date", value=query.get("to", "")),
        Filter(
            name="party",
            title="Party",
            choices=choices("party", [("", "any"), *((code, country_name(code)) for code in codes)]),
        ),
        Filter(
            name="with",
            title="With",
            choices=choices("with", [("", "anybody"), *((code, country_name(code)) for code in codes)]),
        ),
        Filter(name="kind", title="Kind", choices=choices("kind", [(k, k or "all") for k in KINDS])),
        Filter(name="status", title="Status", choices=choices("status", [(s, s or "all") for s in STATUSES])),
        Filter(name="by", title="By", choices=choices("by", [("", "span")] + [(b, b) for b in BUCKETS[1:]])),
        Filter(name="disputed", title="Disputed", choices=choices("disputed", [("", "all"), ("yes", "disputed only")])),
    )


def build_item(desk: Desk, item: str, query: Query) -> EventPage:
    """One event, meeting or promise with every report of it."""
    full = _fetch.record_of(desk).event(item)
    row = full.row
    entry = None if isinstance(row, CommitmentRow) else entry_of(row, full.mentions)
    title = promise_text(row) if isinstance(row, CommitmentRow) else happening_text(row)
    return numbered(
        EventPage(
            head=head(desk, "chronology", title, item=item, query=query),
            entry=entry,
            facts=facts_of(full),
            reports=reports_of(full),
            disputes=tuple(dispute_text(c) for c in row.conflicts),
        )
    )


def facts_of(full: EventFull) -> tuple[tuple[str, str], ...]:
    """What is known of an event, by name."""
    row = full.row
    if isinstance(row, CommitmentRow):
        pairs = [
            ("fate", row.fate + (f", reported {day_text(row.fate_since)}" if row.fate_since else "")),
            ("due", when_text(row.due) if row.due else "no date"),
            ("to", party_names(row.to)),
            ("on condition", row.condition or ""),
        ]
    else:
        pairs = [
            ("date", when_text(row.date) if row.dated else f"reported {day_text(row.day)}"),
            ("status", row.status),
            ("place", row.place or ""),
        ]
        if isinstance(row, EventRow):
            pairs += [
                ("PLOVER type", f"{row.type}{' / ' + row.mode if row.mode else ''}"),
                ("CAMEO", row.cameo or ""),
                ("Goldstein", "" if row.goldstein is None else f"{row.goldstein:+.1f}"),
            ]
        else:
            pairs += [
                ("level", row.level),
                ("by", row.mode if row.mode != "in person" else ""),
                ("meetings spoken of", str(row.count) if row.count > 1 else ""),
                ("claimed", ", ".join(row.claims)),
            ]
    pairs.append(("independent sources", str(row.sources)))
    return tuple((title, text) for title, text in pairs if text)


def reports_of(full: EventFull) -> tuple[Report, ...]:
    """Every report in order of publication; a later one of the same source group is a copy."""
    made, groups = [], set()
    for number, mention in enumerate((*full.mentions, *full.fates), 1):
        says = [mention.status or "", when_text(mention.date) if mention.date else "", mention.place or ""]
        made.append(
            Report(
                number=number,
                outlet=mention.outlet or "unnamed outlet",
                title=mention.title or "untitled",
                published=day_text(mention.published),
                says=", ".join(part for part in says if part),
                before=_flat(mention.anchor.prefix),
                words=_flat(mention.anchor.exact),
                after=_flat(mention.anchor.suffix),
                copy=mention.source_group in groups,
                evidence=(evidence_of(mention),),
            )
        )
        groups.add(mention.source_group)
    return tuple(made)


def _flat(text: str) -> str:
    return " ".join(text.split())


def entry_of(row: EventRow | MeetingRow, mentions: tuple[Mention, ...]) -> Entry:
    """A row of the record as an entry of the list."""
    conflict = isinstance(row, EventRow) and row.quad > 2
    return Entry(
        id=row.id,
        when=when_text(row.date) if row.dated else f"reported {day_text(row.day)}",
        dated=row.dated,
        tone="conf" if conflict else "coop",
        kind=row.type.lower() if isinstance(row, EventRow) else "meeting",
        status=row.status,
        status_tone=STATUS_TONES.get(row.status, ""),
        text=happening_text(row),
        words=row.words,
        place=row.place or "",
        sources=row.sources,
        reports=row.reports,
        evidence=tuple(evidence_of(item) for item in mentions),
        disputes=tuple(dispute_text(item) for item in row.conflicts),
        ref=ref("chronology", row.id),
    )


def dispute_text(conflict: Conflict) -> str:
    """What reports disagree on, in words."""
    values = "; ".join(
        (
            f"{day_text(value) if conflict.about == 'date' and len(value) == 10 else value} "
            f"({count_of(len(articles), 'article')})"
        )
        for value, articles in conflict.values
    )
    return f"reports differ on the {conflict.about}: {values}"


def table_of(entries: list[tuple[str | None, Entry]], *, page: int, pages: int, total: int) -> Table:
    """The same entries as a table, for sorting and for the download."""
    columns = (
        Column(name="day", title="Date", kind="date"),
        Column(name="what", title="What"),
        Column(name="kind", title="Kind"),
        Column(name="status", title="Status"),
        Column(name="place", title="Place"),
        Column(name="words", title="Words", wide=True),
        Column(name="sources", title="Sources", kind="number"),
        Column(name="reports", title="Articles", kind="number"),
    )
    rows = tuple(
        (
            Cell(text=e.when, value=d or ""),
            Cell(text=e.text, ref=e.ref),
            Cell(text=e.kind, tone=e.tone),
            Cell(text=e.status, tone=e.status_tone),
            text_cell(e.place),
            text_cell(e.words),
            number_cell(e.sources),
            number_cell(e.reports),
        )
        for d, e in entries
    )
    return Table(name="events", title="", columns=columns, rows=rows, total=total, page=page, pages=pages)


def timeline_chart(line: Timeline, *, width: int = 930) -> Chart | None:
    """Events held by period: cooperation up, conflict down, meetings as dots above."""
    if not line.rows:
        return None
    from dragoman.show.charts import Later
    from dragoman.show.drawings import bars
    from dragoman.show.plots import diverging_bars

    values = [
        {
            "period": period_text(b.period),
            "start": (b.period + "-01-01")[:10],
            "up": b.cooperation,
            "down": -b.conflict,
            "meetings": b.meetings,
            "planned": b.planned,
        }
        for b in line.rows
    ]
    busiest = max(line.rows, key=lambda b: b.cooperation + b.conflict)
    columns = (
        Column(name="period", title=line.bucket.capitalize(), kind="date"),
        Column(name="cooperation", title="Cooperation", kind="number"),
        Column(name="conflict", title="Conflict", kind="number"),
        Column(name="meetings", title="Meetings", kind="number"),
        Column(name="planned", title="Planned", kind="number"),
        Column(name="off", title="Called off", kind="number"),
    )
    rows = tuple(
        (
            Cell(text=b.period, ref=span_ref(b.period, line.bucket)),
            *(
                number_cell(value, to=_narrowed(span_ref(b.period, line.bucket), kind, status))
                for value, kind, status in (
                    (b.cooperation, "cooperation", "held"),
                    (b.conflict, "conflict", "held"),
                    (b.meetings, "meetings", "held"),
                    (b.planned, "", "planned"),
                    (b.called_off, "", "called off"),
                )
            ),
        )
        for b in line.rows
    )
    left_out = [f"{count_of(line.undated, 'event')} undated"] if line.undated else []
    left_out += (
        [f"{count_of(line.imprecise, 'event')} dated more coarsely than the {line.bucket}"] if line.imprecise else []
    )
    return Chart(
        name="timeline",
        title=(
            f"Events held by {line.bucket}: cooperation above the line, conflict below; a dot where a meeting was held"
        ),
        alt=(
            f"Bars by {line.bucket} from {line.rows[0].period} to {line.rows[-1].period}; the busiest "
            f"is {busiest.period} with "
            f"{count_of(busiest.cooperation, 'cooperative event')} and "
            f"{count_of(busiest.conflict, 'conflictual event')}."
        ),
        spec=Later(diverging_bars, values, line.bucket, width=width),
        svg=bars.draw([bar_of(b) for b in line.rows], width=width),
        note="Not placed: " + " and ".join(left_out) + "." if left_out else "",
        table=Table(name="timeline-table", title="", columns=columns, rows=rows),
    )


def bar_of(bucket: Bucket) -> bars.Bar:
    """A period as a bar of the drawing."""
    from datetime import date

    from dragoman.show.drawings import bars

    first = date.fromisoformat((bucket.period + "-01-01")[:10])
    return bars.Bar(day=first, up=bucket.cooperation, down=bucket.conflict, dot=bucket.meetings > 0)


def _narrowed(to: Ref, kind: str, status: str) -> Ref:
    """A list of one period narrowed to a kind and a status."""
    return ref("chronology", **dict(to.query), kind=kind, status=status)


def span_ref(period: str, bucket: str) -> Ref:
    """The list narrowed to one period."""
    from datetime import date, timedelta

    if bucket == "year":
        return ref("chronology", **{"from": f"{period[:4]}-01-01", "to": f"{period[:4]}-12-31"})
    if bucket == "month":
        first = date(int(period[:4]), int(period[5:7]), 1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return ref("chronology", **{"from": first.isoformat(), "to": last.isoformat()})
    first = (
        date.fromisoformat(period[:10])
        if "W" not in period
        else date.fromisocalendar(int(period[:4]), int(period[-2:]), 1)
    )
    last = first + timedelta(days=6 if bucket == "week" else 0)
    return ref("chronology", **{"from": first.isoformat(), "to": last.isoformat()})
