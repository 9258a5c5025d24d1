"""The briefing: what a minister reads, as one typed document that PDF and DOCX print alike.

Key judgements first; then what happened, who met whom, where everybody stands, what
would come of it with the record of each method, which steps would hold, what is
missing; last the sources, numbered by first mention.  All of it is drawn from the same
views as the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError
from dragoman.show.blocks import Cell, Chart, Column, Evidence, Point, Table, count_of, joined, text_cell
from dragoman.show.views._base import numbered, parts
from dragoman.show.views._words import day_text

if TYPE_CHECKING:
    from datetime import date

    from dragoman.desk.session import Desk
    from dragoman.record import Record
    from dragoman.record.views import ArticleRow, EventRow, MeetingRow
    from dragoman.show.views.chronology import Entry
    from dragoman.show.views.commitments import Promise
    from dragoman.show.views.contacts import Matrix

MOST_EVENTS = 18
LATE_DAYS, MOST_LATE = 120, 4
SEARCHED = 200
NOT_TALK = ("AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "MOBILIZE")
MOST_ISSUES = 3
MOST_JUDGEMENTS = 6
MOST_CITED = 3
PAPER_WIDTH = 700


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of plain words with the evidence behind it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    small: bool = False


@dataclass(frozen=True, kw_only=True)
class Points:
    """A list of sentences."""

    items: tuple[Point, ...]


Block = Paragraph | Points | Table | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A numbered reference."""

    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """The whole document."""

    title: str
    mark: str
    day: str
    basis: str
    judgements: tuple[Point, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()


def briefing(desk: Desk) -> Briefing:
    """The briefing of a desk.

    Raises:
        InputError: there is neither an article nor a case to report on.
    """
    from dragoman.show.views import overview

    view = overview.build(desk, {})
    made = [build(desk) for build in (_chronology, _contacts, _positions, _steps, _stakes, _promises)]
    made.insert(3, _blocking(view.blockers))
    sections = tuple(section for section in (*made, _missing(view.missing)) if section)
    if not view.judgements and not sections:
        raise InputError("briefing", "nothing to report", "a record with articles, or a case")
    day = desk.as_of or (desk.case.as_of if desk.case else None) or _last(desk)
    whole = Briefing(
        title=desk.title or "The negotiation",
        mark=desk.mark,
        day=day_text(day.isoformat()) if day else "",
        basis=view.head.lead,
        judgements=view.judgements[:MOST_JUDGEMENTS],
        sections=sections,
    )
    whole = numbered(_fewer(whole))
    return replace(whole, sources=references(desk, whole))


def _last(desk: Desk) -> date | None:
    from dragoman.show.views._fetch import last_day

    return last_day(desk) if desk.record else None


def _fewer(whole: Briefing) -> Briefing:
    """No more than three references at one place: independent outlets first."""
    return replace(
        whole,
        judgements=tuple(_cut(point) for point in whole.judgements),
        sections=tuple(replace(s, blocks=tuple(_cut_block(b) for b in s.blocks)) for s in whole.sections),
    )


def _cut(point: Point) -> Point:
    return replace(point, evidence=_few(point.evidence))


def _few(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    by_outlet = {item.outlet: item for item in reversed(evidence)}
    return tuple(sorted(by_outlet.values(), key=lambda item: (item.published or "", item.article))[:MOST_CITED])


def _cut_block(block: Block) -> Block:
    if isinstance(block, Points):
        return replace(block, items=tuple(_cut(point) for point in block.items))
    if isinstance(block, Table):
        return replace(
            block, rows=tuple(tuple(replace(cell, evidence=_few(cell.evidence)) for cell in row) for row in block.rows)
        )
    if isinstance(block, Paragraph):
        return replace(block, evidence=_few(block.evidence))
    return block


def references(desk: Desk, whole: Briefing) -> tuple[Source, ...]:
    """Full references of what is cited, by number."""
    numbers = {item.article: item.number for item in parts(whole, Evidence)}
    if not numbers or desk.record is None:
        return ()
    rows = {row.key: row for row in desk.record.articles() if row.key in numbers}
    return tuple(
        Source(number=number, text=reference(rows[key]))
        for key, number in sorted(numbers.items(), key=lambda pair: pair[1])
    )


def reference(row: ArticleRow) -> str:
    """One article as a reference."""
    from dragoman.show.views.sources import grade_text

    who = f"{row.byline.removeprefix('By ')}, " if row.byline else ""
    graded = f" Graded {grade_text(row.grade)}." if row.grade.reliability or row.grade.credibility else ""
    copied = " A copy of another article." if row.copy_of else ""
    return (
        f"{who}“{row.title or 'Untitled'}”, {row.outlet or 'unnamed outlet'}, "
        f"{day_text(row.published) if row.published else 'undated'}{', ' + row.url if row.url else ''}.{graded}{copied}"
    )


def _try(desk: Desk, page: str, query: dict[str, str] | None = None) -> Any:
    """A page's view, or None where the desk has not what it needs."""
    from dragoman.show.pages import find_page

    try:
        return find_page(page).build(desk, query or {})
    except DragomanError:
        return None


def _chronology(desk: Desk) -> Section | None:
    view = _try(desk, "chronology")
    if view is None or not view.periods or desk.record is None:
        return None
    chosen = weighty(desk.record, desk.record.counts().first)
    columns = (
        Column(name="day", title="Date", kind="date"),
        Column(name="what", title="What", wide=True),
        Column(name="status", title="Status"),
    )
    rows = tuple(
        (
            Cell(text=e.when),
            Cell(text=e.text + (f", {e.place}" if e.place and e.place not in e.text else ""), evidence=e.evidence),
            Cell(text=e.status + ("; disputed" if e.disputes else ""), tone=e.status_tone),
        )
        for e in chosen
    )
    note = (
        f"Of {view.total} events and meetings: the best supported meetings, those of leaders in the last {LATE_DAYS} "
        "days first, and the events that two independent sources report or a person has accepted."
        if view.total > len(chosen)
        else ""
    )
    table = Table(name="events", title="", columns=columns, rows=rows, note=note)
    return Section(title="What happened", blocks=tuple(block for block in (view.chart, table) if block))


def between_states(row: EventRow) -> bool:
    """Whether one state is named as the event's source and another as its target."""
    sources, targets = ({party.country for party in side if party.country} for side in (row.source, row.target))
    return bool(sources and targets and not sources & targets)


def weighty(record: Record, since: str | None = None, most: int = MOST_EVENTS) -> list[Entry]:
    """The meetings and other events with most independent sources, in order of time, two meetings to one other.

    A paper is handed on without its reader: other events stand in it only where two independent sources tell of
    them, or a person has accepted them.  The meetings of the last ``LATE_DAYS`` are among
    them, of leaders and the latest first, so that the table does not end before the coverage does.
    """
    from dragoman.show.views.chronology import entry_of

    meetings = record.meetings(order="-sources", limit=most)
    found = record.events(order="-sources", type=NOT_TALK, status="held", since=since, limit=SEARCHED)
    others = [row for row in found if between_states(row) and (row.sources > 1 or row.reviewed)]
    last = record.counts().last
    recent = record.meetings(order="-sources", status="held", since=_before(last)) if last else ()
    latest = sorted((row for row in recent if row.dated), key=lambda row: row.day or "", reverse=True)
    late = sorted(latest, key=lambda row: (row.level != "leader", -row.sources))[:MOST_LATE]
    meetings = tuple({row.id: row for row in (*late, *meetings)}.values())[:most]
    kept: list[EventRow | MeetingRow] = [
        *meetings[: max(most - most // 3, most - len(others))],
        *others[: max(most // 3, most - len(meetings))],
    ]
    rows = sorted(kept, key=lambda row: (row.day is None, row.day or "", row.id))
    return [entry_of(row, record.event(row.id).mentions) for row in rows]


def _before(last: str) -> date:
    """The first of the last ``LATE_DAYS`` days of the coverage."""
    from datetime import date, timedelta

    return date.fromisoformat(last) - timedelta(days=LATE_DAYS)


def _contacts(desk: Desk) -> Section | None:
    view = _try(desk, "contacts")
    if view is None or not view.meetings.rows:
        return None
    blocks: list[Block] = [Paragraph(text=view.head.lead)]
    blocks += [matrix_table(matrix) for matrix in (view.leaders, view.states) if matrix.names]
    if view.never:
        blocks.append(
            Paragraph(
                text=(
                    "Of those who met most, no meeting is reported between "
                    f"{joined(point.text for point in view.never[:4])}."
                ),
                evidence=tuple(e for point in view.never[:4] for e in point.evidence),
            )
        )
    return Section(title="Who met whom", blocks=tuple(blocks))


def matrix_table(matrix: Matrix, most: int = 6) -> Table:
    """A matrix as a table for paper: meetings held and the last day."""
    names = matrix.names[:most]
    columns = (
        Column(name="who", title=matrix.title),
        *(Column(name=str(i), title=name) for i, name in enumerate(names)),
    )
    rows = tuple(
        (
            text_cell(name),
            *(
                Cell(
                    text="·"
                    if cell.own
                    else f"{cell.held}" + (f", {cell.last}" if cell.last else "")
                    if cell.held
                    else f"none; {cell.planned} planned"
                    if cell.planned
                    else "–"
                )
                for cell in matrix.rows[i][:most]
            ),
        )
        for i, name in enumerate(names)
    )
    return Table(
        name=f"matrix-{matrix.name}",
        title="",
        columns=columns,
        rows=rows,
        note="Meetings held and the day of the last; a dash where the record holds none.",
    )


def _positions(desk: Desk) -> Section | None:
    if desk.case is None or not desk.case.issues:
        return None
    from dragoman.show.views.forecast import drawing

    views = [_try(desk, "forecast", {"issue": issue}) for issue in list(desk.case.issues)[:MOST_ISSUES]]
    found = [view for view in views if view]
    if not found:
        return None
    blocks: list[Block] = [Points(items=found[0].no_deal[:4])] if found[0].no_deal else []
    drawings = [drawing(desk.case, view.issue, view.outcomes, width=PAPER_WIDTH) for view in found]
    blocks += [replace(item, note=item.note if item is drawings[-1] else "") for item in drawings]
    blocks.append(
        replace(
            _without(found[0].methods, "band"), note=f"For the issue “{found[0].issue_name}”. {found[0].methods.note}"
        )
    )
    blocks += _scenarios(found[0].scenarios)
    rest = len(desk.case.issues) - len(found)
    if rest:
        blocks.append(Paragraph(text=f"{count_of(rest, 'further issue')} of the case stand on the page.", small=True))
    return Section(title="Where everybody stands, and what would come of it", blocks=tuple(blocks))


def _scenarios(table: Table) -> list[Block]:
    """The case as it stands and the scenarios that move a forecast; the others are named below."""
    if len(table.rows) < 2:
        return []
    base, *rest = table.rows
    moving = [row for row in rest if [cell.text for cell in row[1:]] != [cell.text for cell in base[1:]]]
    still = joined(f"“{row[0].text}”" for row in rest if row not in moving)
    tail = f" The forecasts stay as they are under {still}." if still else ""
    columns = (table.columns[0], *(replace(column, kind="text") for column in table.columns[1:]))
    return [replace(table, columns=columns, rows=(base, *moving), note=table.note + tail)] if moving else []


def _without(table: Table, *names: str) -> Table:
    kept = [i for i, column in enumerate(table.columns) if column.name not in names]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
    )


def _steps(desk: Desk) -> Section | None:
    if desk.case is None or not desk.case.measures:
        return None
    view = _try(desk, "steps")
    if view is None:
        return None
    columns = (
        Column(name="party", title="Party"),
        *(Column(name=f"s{i}", title=title) for i, title in enumerate(view.titles)),
    )
    rows = [
        (
            text_cell(row.party),
            *(
                Cell(
                    text="; ".join(square.acts) + (f" ({square.slack})" if square.slack else ""),
                    tone="bad" if square.short else "",
                )
                for square in row.squares
            ),
        )
        for row in view.board
    ]
    board = Table(
        name="board",
        title="",
        columns=columns,
        rows=tuple(rows),
        note=(
            "In brackets the slack: what a party would lose by deserting less what it would gain; "
            "below zero it would desert."
        ),
    )
    blocks: list[Block] = [Paragraph(text=f"{view.head.lead} {view.verdict} {view.binding} {view.robust}"), board]
    if view.slack:
        blocks.append(view.slack)
    if view.guarantors.rows:
        blocks.append(_without(view.guarantors, "leverage"))
    return Section(title="Which steps would hold", blocks=tuple(blocks))


def _stakes(desk: Desk) -> Section | None:
    if desk.case is None or not desk.case.stakes.projects:
        return None
    view = _try(desk, "stakes")
    if view is None or not view.findings:
        return None
    who, *rest = (point.text for point in view.findings)
    when = " ".join(f"{item.title}: {item.words[:1].lower()}{item.words[1:]}" for item in view.when)
    blocks: list[Block] = [Paragraph(text=f"{who} {when}")]
    if rest:
        blocks.append(Paragraph(text=" ".join(rest)))
    blocks += view.region[:1]
    return Section(title="What is at stake", blocks=tuple(blocks))


def _promises(desk: Desk) -> Section | None:
    view = _try(desk, "commitments")
    if view is None or not view.promises:
        return None
    ranked = _told_promises(view.promises)
    columns = (
        Column(name="by", title="By"),
        Column(name="what", title="What", wide=True),
        Column(name="due", title="Due"),
        Column(name="fate", title="State"),
    )
    rows = tuple(
        (
            text_cell(p.by),
            Cell(text=p.clause, evidence=p.evidence),
            text_cell(p.due),
            Cell(text=f"{p.fate}, past its date" if p.late else p.fate, tone=p.tone),
        )
        for p in ranked
    )
    return Section(
        title="Promised and delivered",
        blocks=(Paragraph(text=view.head.lead), Table(name="promises", title="", columns=columns, rows=rows)),
    )


def _told_promises(promises: Sequence[Promise], most: int = 8) -> list[Promise]:
    """Half of them settled, broken and disputed ones first; the rest open, those past their date first."""
    settled = sorted(
        (p for p in promises if p.fate in {"broken", "disputed", "kept"}), key=lambda p: (p.fate == "kept", -p.sources)
    )
    still = sorted((p for p in promises if p.fate == "open"), key=lambda p: (not p.late, -p.sources))
    half = most - min(len(still), most // 2)
    return [*settled[:half], *still[: most - len(settled[:half])]]


def _blocking(points: tuple[Point, ...]) -> Section | None:
    return Section(title="Who can block, and what would move them", blocks=(Points(items=points),)) if points else None


def _missing(points: tuple[Point, ...]) -> Section | None:
    return Section(title="What is missing", blocks=(Points(items=points),)) if points else None
