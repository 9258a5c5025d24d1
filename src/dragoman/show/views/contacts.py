"""Contacts: who met whom, as matrices of states and of leaders, and who has never met.

A cell counts meetings held in person, with the highest level, the last and the next date; it
leads to the list of these meetings.  An empty cell says that the record holds no
meeting, with how many articles mention both: absence of a report is not a report of
absence.  Calls, video conferences and letters are counted and listed apart.  Momentum
compares the meetings of a window with those of the window before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Column, Filter, Point, Ref, Table, count_of, number_cell, ref, signed, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._ahead import pair_filters, who_is_ahead
from dragoman.show.views._base import Query, View, head, numbered, whole
from dragoman.show.views._words import (
    STATUS_TONES,
    country_name,
    day_text,
    evidence_of,
    party_name,
    party_names,
    when_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import Contact, MeetingRow, Mention, Standing

MOST_IN_MATRIX = 10
ROWS = 40
MOST_PAIRS = 60
MOST_NEVER = 6


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """What one pair has: meetings held, highest level, last and next day; ``self_`` on the diagonal."""

    held: int
    planned: int
    called_off: int
    level: str
    last: str
    next: str
    searched: int | None
    ref: Ref | None
    calls: int = 0
    own: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Pairs as a symmetric matrix; the order is by number of meetings."""

    name: str
    title: str
    names: tuple[str, ...]
    rows: tuple[tuple[MatrixCell, ...], ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Contacts(View):
    """The page: two matrices, momentum, who never met, who is ahead, the list behind."""

    filters: tuple[Filter, ...]
    between: Point | None
    states: Matrix
    leaders: Matrix
    momentum: Table
    never: tuple[Point, ...]
    claims: tuple[Point, ...]
    ahead: Table
    pairs: Table
    meetings: Table
    calls: Table


def build(desk: Desk, query: Query) -> Contacts:
    """The page for this query: ``a`` and ``b`` name a pair, ``days`` the window of momentum."""
    record, days, page = _fetch.record_of(desk), whole(query, "days", 90, most=36_500), whole(query, "page", 1)
    most = None if query.get("rows") == "all" else MOST_PAIRS
    who = _fetch.who_of(query.get("a") or None, query.get("b") or None)
    shown = record.meetings(**who, limit=ROWS, offset=(page - 1) * ROWS)
    total = record.count_meetings(**who)
    states, people = record.tallies.standings("state"), record.tallies.standings("person")
    met = [*record.contacts("state", limit=most), *record.contacts("person", limit=most)]
    busy = sorted(people, key=lambda one: (-one.held, one.entity))[:MOST_NEVER]
    every = ahead_table(states, None)
    return numbered(
        Contacts(
            head=head(desk, "contacts", "Contacts", lead_of(met, states), query=query),
            filters=(
                *pair_filters(every, query),
                Filter(name="days", title="Momentum over so many days", kind="number", value=str(days)),
            ),
            between=who_is_ahead(every, query),
            states=matrix_of(desk, "state", states),
            leaders=matrix_of(desk, "person", people),
            momentum=momentum_table(desk, _fetch.last_day(desk), days),
            never=never_points(desk, busy),
            claims=claim_points(desk),
            ahead=ahead_table(states, most),
            pairs=pair_table(met, most, sum(record.tallies.count_pairs(level) for level in ("state", "person"))),
            meetings=replace(
                meeting_table(shown, _fetch.mentions(desk, [row.id for row in shown]), about(query)),
                total=total,
                page=page,
                pages=max(1, -(-total // ROWS)),
            ),
            calls=call_table(desk, query),
        )
    )


def call_table(desk: Desk, query: Query) -> Table:
    """Calls, video conferences and letters of those whose meetings are listed, with their means."""
    shown, total = _fetch.calls(desk, query.get("a") or None, query.get("b") or None, ROWS)
    made = meeting_table(
        shown, _fetch.mentions(desk, [row.id for row in shown]), "Calls, video conferences and letters"
    )
    columns = tuple(replace(c, name="mode", title="By") if c.name == "level" else c for c in made.columns)
    cells = tuple((*cells[:2], text_cell(row.mode), *cells[3:]) for row, cells in zip(shown, made.rows, strict=True))
    return replace(
        made, name="calls", columns=columns, rows=cells, total=total, empty="No call or letter in the record."
    )


def about(query: Query) -> str:
    """Whose meetings the list holds."""
    names = [name for name in (query.get("a"), query.get("b")) if name]
    return (
        (
            "Meetings of "
            f"{' and '.join(country_name(name) if len(name) == 3 else name.removeprefix('person:') for name in names)}"
        )
        if names
        else "All meetings"
    )


def lead_of(pairs: Sequence[Contact], states: Sequence[Standing]) -> str:
    """The busiest pair, of persons where any met, in one sentence."""
    held = [pair for pair in pairs if pair.held]
    if not held:
        return "The record holds no meeting."
    most = max(held, key=lambda pair: (pair.a.person, pair.held, pair.last or ""))
    met = sum(one.partners for one in states) // 2
    times = "once" if most.held == 1 else "twice" if most.held == 2 else f"{most.held} times"
    return (
        f"{party_name(most.a)} and {party_name(most.b)} met {times}, more than any other pair; "
        f"{count_of(met, 'pair')} of states met at all."
    )


def matrix_of(desk: Desk, level: str, standings: Sequence[Standing]) -> Matrix:
    """The ten states or persons who met most; of states that never met, with the articles that mention both."""
    record, shown = _fetch.record_of(desk), standings[:MOST_IN_MATRIX]
    names = {one.entity: _fetch.standing_name(one) for one in shown}
    pairs = record.contacts(level, among=sorted(names)) if names else ()
    found = {(pair.a.entity, pair.b.entity): pair for pair in pairs}
    searched = {
        pair: record.tallies.mention_both(*pair)
        for pair in combinations(sorted(names), 2)
        if level == "state" and pair not in found
    }
    name, title = ("states", "States") if level == "state" else ("leaders", "Leaders and envoys")
    return Matrix(
        name=name,
        title=title,
        names=tuple(names.values()),
        rows=tuple(tuple(_matrix_cell(a, b, found, names, searched) for b in names) for a in names),
        left_out=len(standings) - len(shown),
    )


def _matrix_cell(
    a: str,
    b: str,
    found: Mapping[tuple[str, str], Contact],
    names: Mapping[str, str],
    searched: Mapping[tuple[str, str], int],
) -> MatrixCell:
    if a == b:
        return MatrixCell(
            held=0, planned=0, called_off=0, level="", last="", next="", searched=None, ref=None, own=True
        )
    pair = found.get((min(a, b), max(a, b)))
    seen = searched.get((min(a, b), max(a, b)))
    to = ref("contacts", a=min(a, b), b=max(a, b), anchor="meetings")
    between = f"{names[a]} and {names[b]}"
    if pair is None:
        words = f"{between}: no meeting in the record" + (
            f"; {count_of(seen, 'article')} mention both" if seen is not None else ""
        )
        return MatrixCell(
            held=0, planned=0, called_off=0, level="", last="", next="", searched=seen, ref=to, words=words
        )
    words = f"{between}: {count_of(pair.held, 'meeting')} held, {pair.planned} planned, {pair.called_off} called off"
    words += f"; {count_of(len(pair.calls), 'call or letter', 'calls or letters')}" if pair.calls else ""
    return MatrixCell(
        held=pair.held,
        planned=pair.planned,
        called_off=pair.called_off,
        level=pair.level or "",
        last=day_text(pair.last) if pair.last else "",
        next=day_text(pair.next) if pair.next else "",
        searched=seen,
        ref=to,
        calls=len(pair.calls),
        words=words,
    )


def momentum_table(desk: Desk, end: date | None, days: int) -> Table:
    """Meetings held by state in the last window and in the one before it."""
    columns = (
        Column(name="party", title="State"),
        Column(name="now", title=f"Last {days} days", kind="number"),
        Column(name="before", title=f"{days} days before", kind="number"),
        Column(name="change", title="Change", kind="number"),
    )
    if end is None:
        return Table(name="momentum", title="Momentum", columns=columns, rows=(), empty="No dated article.")
    windows = [(end - timedelta(days=days - 1), end), (end - timedelta(days=2 * days - 1), end - timedelta(days=days))]
    tallies = _fetch.record_of(desk).tallies
    counts = [tallies.met_between(first.isoformat(), last.isoformat()) for first, last in windows]
    parties = sorted(set(counts[0]) | set(counts[1]), key=lambda code: (-(counts[0][code] - counts[1][code]), code))
    made = tuple(
        (
            text_cell(country_name(code)),
            *(
                number_cell(count[code], to=_met_ref(code, first, last))
                for count, (first, last) in zip(counts, windows, strict=True)
            ),
            _change(counts[0][code] - counts[1][code]),
        )
        for code in parties[:ROWS]
    )
    note = f"Meetings held with a known day, up to {day_text(end.isoformat())}."
    return Table(
        name="momentum",
        title="Momentum",
        columns=columns,
        rows=made,
        total=len(parties),
        empty="No meeting in either window.",
        note=note,
    )


def _met_ref(code: str, first: date, last: date) -> Ref:
    """The meetings of a state held from one day to another."""
    span = {"from": first.isoformat(), "to": last.isoformat()}
    return ref("chronology", party=code, kind="meetings", status="held", **span)


def _change(difference: int) -> Cell:
    return Cell(text=signed(difference, 0), value=difference)


def never_points(desk: Desk, busy: Sequence[Standing]) -> tuple[Point, ...]:
    """Pairs of the leaders who met most that never met, with what the record knows of it."""
    pairs = _fetch.record_of(desk).contacts("person", among=[one.entity for one in busy]) if busy else ()
    return tuple(_never_point(pair, mentions) for pair, mentions in _fetch.never_met(desk, busy, pairs))


def claim_points(desk: Desk) -> tuple[Point, ...]:
    """Claims that two met first, only once, never or not yet; those that the record contradicts first."""
    checked = sorted(_fetch.claims(desk), key=lambda one: one.answer != "contradicted")
    return tuple(
        Point(
            text=f"{party_name(one.a)} and {party_name(one.b)}: “{one.claim}”",
            detail=f"contradicted by {count_of(len(one.meetings), 'earlier meeting')} in the record"
            if one.meetings
            else "not contradicted by the meetings in the record",
            ref=ref("contacts", a=one.a.entity, b=one.b.entity, anchor="meetings"),
            evidence=tuple(evidence_of(item) for item in one.reports),
        )
        for one in checked
    )


def _never_point(pair: tuple[str, str, str, int], mentions: tuple[Mention, ...]) -> Point:
    a, b, answer, searched = pair
    told = (
        "an article says that they have not met"
        if answer == "reported"
        else f"no report of a meeting in {count_of(searched, 'article')} that mention both"
    )
    return Point(text=f"{a} and {b}", detail=told, evidence=tuple(evidence_of(item) for item in mentions))


def ahead_table(states: Sequence[Standing], most: int | None) -> Table:
    """Who is ahead: for each state, with how many others it met, how often, how high, and when last."""
    columns = (
        Column(name="party", title="State"),
        Column(name="partners", title="Met", kind="number", note="how many other states"),
        Column(name="leaders", title="At leaders' level", kind="number"),
        Column(name="held", title="Meetings", kind="number"),
        Column(name="last", title="Last", kind="date"),
    )
    order = sorted(states, key=lambda one: (-one.leaders, -one.partners, -one.held, _fetch.standing_name(one)))
    rows = tuple(
        (
            text_cell(_fetch.standing_name(one)),
            number_cell(one.partners),
            number_cell(one.leaders),
            number_cell(one.held, to=ref("contacts", a=one.entity, anchor="meetings")),
            Cell(text=day_text(one.last), value=one.last or ""),
        )
        for one in order[:most]
    )
    return Table(
        name="ahead",
        title="Who is ahead",
        columns=columns,
        rows=rows,
        total=len(order),
        empty="No state met another.",
    )


def pair_table(pairs: Sequence[Contact], most: int | None, total: int) -> Table:
    """The pairs that met most, with their meetings."""
    columns = (
        Column(name="a", title="Who"),
        Column(name="b", title="Whom"),
        Column(name="held", title="Held", kind="number"),
        Column(name="planned", title="Planned", kind="number"),
        Column(name="off", title="Called off", kind="number"),
        Column(name="calls", title="Calls, letters", kind="number"),
        Column(name="level", title="Highest level"),
        Column(name="last", title="Last", kind="date"),
        Column(name="next", title="Next", kind="date"),
        Column(name="sources", title="Sources", kind="number"),
    )
    ranked = sorted(pairs, key=lambda p: (-p.held, -p.planned, party_name(p.a), party_name(p.b)))
    rows = tuple(
        (
            text_cell(party_name(p.a)),
            text_cell(party_name(p.b)),
            number_cell(p.held, to=_pair_ref(p)),
            number_cell(p.planned, to=_pair_ref(p)),
            number_cell(p.called_off, to=_pair_ref(p)),
            number_cell(len(p.calls), to=ref("contacts", a=p.a.entity, b=p.b.entity, anchor="calls")),
            text_cell(p.level),
            Cell(text=day_text(p.last), value=p.last or ""),
            Cell(text=day_text(p.next), value=p.next or ""),
            number_cell(p.sources, to=_pair_ref(p)),
        )
        for p in ranked[:most]
    )
    return Table(name="pairs", title="Pairs", columns=columns, rows=rows, total=total, empty="No contact.")


def _pair_ref(pair: Contact) -> Ref:
    return ref("contacts", a=pair.a.entity, b=pair.b.entity, anchor="meetings")


def meeting_table(rows: Sequence[MeetingRow], mentions: Mapping[str, tuple[Mention, ...]], title: str) -> Table:
    """The meetings behind the cells."""
    columns = (
        Column(name="day", title="Date", kind="date"),
        Column(name="who", title="Who"),
        Column(name="level", title="Level"),
        Column(name="status", title="Status"),
        Column(name="place", title="Place"),
        Column(name="words", title="Words", wide=True),
        Column(name="sources", title="Sources", kind="number"),
    )
    made = tuple(
        (
            Cell(text=when_text(r.date) if r.dated else f"reported {day_text(r.day)}", value=r.day or ""),
            Cell(text=party_names(r.participants), ref=ref("chronology", r.id)),
            text_cell(r.level),
            Cell(text=r.status, tone=STATUS_TONES.get(r.status, "")),
            text_cell(r.place),
            Cell(
                text=" ".join(r.words.split())[:180],
                value=r.words,
                evidence=tuple(evidence_of(m) for m in mentions.get(r.id, ())),
            ),
            number_cell(r.sources, to=ref("chronology", r.id)),
        )
        for r in rows
    )
    return Table(name="meetings", title=title, columns=columns, rows=made, empty="No meeting in the record.")


__all__ = ["Contacts", "build"]
