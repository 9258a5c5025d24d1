"""The Monday page: what is judged, what changed, what comes next, what is owed, what is missing.

The reader picks a date; the page says what articles published after it brought, and
whether that changes the judgement: the same methods on the same case as of then and
as of now, side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.show.blocks import (
    Fact,
    Filter,
    Point,
    Table,
    count_of,
    fixed,
    joined,
    ref,
)
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, day, head, numbered
from dragoman.show.views._judgements import judgements
from dragoman.show.views._since import Since, judged_since
from dragoman.show.views._wording import wording_table
from dragoman.show.views._words import (
    STATUS_TONES,
    day_text,
    evidence_of,
    evidence_of_quote,
    happening_text,
    party_name,
    party_names,
    range_text,
    speaker_text,
    standing_text,
    when_text,
)
from dragoman.show.views.statements import unquoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import Change, Changes, CommitmentRow, Counts, EventRow, MeetingRow, Mention, QuoteRow

SPAN = 30
SHOWN = 6
STALE = 90
RATED = 3
AHEAD = 90
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Overview(View):
    """The page."""

    since: str
    then_and_now: Table
    verdict: str = ""
    moved: tuple[Point, ...] = ()
    facts: tuple[Fact, ...] = ()
    filters: tuple[Filter, ...] = ()
    judgements: tuple[Point, ...] = ()
    changed: tuple[Point, ...] = ()
    next: tuple[Point, ...] = ()
    promises: tuple[Point, ...] = ()
    wording: tuple[Point, ...] = ()
    blockers: tuple[Point, ...] = ()
    missing: tuple[Point, ...] = ()


def build(desk: Desk, query: Query) -> Overview:
    """The page since a day of the query (``since``); by default thirty days before the last article.

    Raises:
        InputError: the desk holds neither a record nor a case.
    """
    if desk.record is None and desk.case is None:
        raise InputError(
            "this page", "the desk holds neither a record nor a case", "--record FILE, --case FILE or both"
        )
    found, blockers = judgements(desk)
    made = _from_record(desk, query, None) if desk.record else _without_record(desk, query)
    return numbered(replace(made, judgements=found, blockers=blockers))


def build_waiting(desk: Desk, query: Query) -> Overview | None:
    """The parts that rest on the record alone, for while the case is being solved."""
    return numbered(_from_record(desk, query, judged_since(desk, None))) if desk.record else None


def _without_record(desk: Desk, query: Query) -> Overview:
    """What the case alone can say."""
    lead = "There is no record at this desk; what follows rests on the case alone."
    return Overview(
        head=head(desk, "overview", desk.title or "The negotiation", lead, query=query),
        since="",
        then_and_now=judged_since(desk, None).table,
    )


def _from_record(desk: Desk, query: Query, judged: Since | None) -> Overview:
    """What the record says; whether that changes the judgement is worked out where it is not given."""
    counts = _fetch.record_of(desk).counts()
    last = date.fromisoformat(counts.last) if counts.last else None
    since = day(query, "since") or ((last - timedelta(days=SPAN)).isoformat() if last else None)
    changes = _fetch.record_of(desk).changes_since(since) if since else None
    judged = judged or judged_since(desk, since)
    return Overview(
        head=head(desk, "overview", desk.title or "The negotiation", lead_of(counts), query=query),
        facts=facts_of(counts),
        filters=(Filter(name="since", title="What changed since", kind="date", value=since or ""),),
        since=day_text(since) if since else "",
        changed=changed_points(desk, changes) if changes else (),
        then_and_now=judged.table,
        verdict=judged.verdict,
        moved=judged.moved,
        next=next_points(desk, last, counts.first),
        promises=promise_points(desk, last),
        wording=new_wording(desk, since, changes.quotes if changes else ()),
        missing=missing_points(desk, counts),
    )


def lead_of(counts: Counts) -> str:
    """What all of it rests on."""
    if not counts.articles:
        return "There is no article in the record yet; what follows rests on the case alone."
    span = f" of {range_text(counts.first, counts.last)}" if counts.first and counts.last else ""
    return (
        f"Drawn from {count_of(counts.articles, 'report')}{span}, from {count_of(counts.sources, 'independent source')}"
        f"{_of_kinds(counts)}."
    )


def _of_kinds(counts: Counts) -> str:
    """What kinds of sources they are, where they are of several or of one that speaks of itself."""
    if set(counts.origins) <= {"press"}:
        return ""
    nouns = {"agency": "news agency", "government": "government", "press": "outlet", "institute": "institute",
             "party": "party to the talks"}  # fmt: skip
    plurals = {"agency": "news agencies", "party": "parties to the talks"}
    parts = (
        f"{n} {nouns[kind] if n == 1 else plurals.get(kind, nouns[kind] + 's')}" for kind, n in counts.origins.items()
    )
    return f" ({', '.join(parts)})"


def facts_of(counts: Counts) -> tuple[Fact, ...]:
    """The figures of the record, each leading to its page."""
    return (
        Fact(title="articles", text=fixed(counts.articles), ref=ref("sources")),
        Fact(title="events", text=fixed(counts.events), ref=ref("chronology")),
        Fact(title="meetings that took place", text=fixed(counts.held), ref=ref("contacts")),
        Fact(title="statements", text=fixed(counts.quotes), ref=ref("statements")),
        Fact(title="promises", text=fixed(counts.commitments), ref=ref("commitments")),
        Fact(title="disputed", text=fixed(counts.conflicts), ref=ref("chronology", disputed="yes")),
    )


def changed_points(desk: Desk, changes: Changes) -> tuple[Point, ...]:
    """What the new articles brought: meetings first, then what became of what was known, then events by support."""
    meetings = changes.meetings[:SHOWN]
    fresh = sorted(
        (row for row in changes.events if (row.day or "") >= changes.since), key=lambda row: row.day or "", reverse=True
    )
    events = sorted(fresh, key=lambda row: (not (row.source and row.target), -row.sources))[:SHOWN]
    mentions = _fetch.mentions(desk, [*(row.id for row in meetings), *(row.id for row in events)])
    told = [_change_point(item) for item in changes.changed if item.changes][:SHOWN]
    every = Point(
        text=f"All that happened since: {count_of(len(fresh), 'event')}, {count_of(len(changes.meetings), 'meeting')}",
        ref=ref("chronology", **{"from": changes.since}),
    )
    return (
        *(_row_point(row, mentions) for row in meetings),
        *told,
        *(_row_point(row, mentions) for row in events),
        *([every] if len(fresh) > len(events) or len(changes.meetings) > len(meetings) else []),
    )


def _row_point(row: EventRow | MeetingRow, mentions: Mapping[str, tuple[Mention, ...]]) -> Point:
    text = happening_text(row)
    place = f", {row.place}" if row.place and row.place not in text else ""
    return Point(
        text=f"{text}{place}",
        ref=ref("chronology", row.id),
        tone=STATUS_TONES.get(row.status, ""),
        detail=(
            f"{when_text(row.date) if row.dated else 'reported ' + day_text(row.day)}; "
            f"{row.status}; {count_of(row.sources, 'source')}"
        ),
        evidence=tuple(evidence_of(item) for item in mentions.get(row.id, ())),
    )


def _change_point(change: Change) -> Point:
    what = "; ".join(
        f"{about}: {before or 'unknown'} before, {now or 'unknown'} now" for about, before, now in change.changes
    )
    return Point(text=" ".join(change.words.split())[:120], ref=ref("chronology", change.id), tone="warn", detail=what)


def next_points(desk: Desk, last: date | None, first: str | None) -> tuple[Point, ...]:
    """What is planned for after the last article, soonest first."""
    stale = (last - timedelta(days=STALE)).isoformat() if last else None
    ahead = _fetch.record_of(desk).ahead(last, stale, limit=SHOWN)
    mentions = _fetch.mentions(desk, [row.id for row in ahead])
    return (*(_row_point(row, mentions) for row in ahead), *chance_points(desk, last, first))


def chance_points(desk: Desk, last: date | None, first: str | None) -> tuple[Point, ...]:
    """Whether those who met most meet within three months: the simple rate, and beside it the record's own.

    Fewer than ``RATED`` meetings are no rate: a few articles of years apart would make one out of nothing.
    """
    from dragoman.desk.when import LEDGER_RECORD, act_rate, rate_words
    from dragoman.solve.when import chance_by

    if last is None or first is None or first == last.isoformat():
        return ()
    span = (last - date.fromisoformat(first)).days
    rate, made = act_rate("meet"), []
    for pair in [pair for pair in _fetch.record_of(desk).contacts("person", limit=3) if pair.held >= RATED]:
        chance = chance_by(pair.held, span, AHEAD)
        made.append(
            Point(
                text=(
                    f"{party_name(pair.a)} and {party_name(pair.b)} meet within {AHEAD} days: {rate.probability:.0%} "
                    f"by the simple rate, {chance.probability:.0%} if they go on as they did."
                ),
                ref=ref("contacts", a=pair.a.entity, b=pair.b.entity),
                detail=(
                    f"{rate_words(rate, 'meet').capitalize()}. This record: {chance.words}; {pair.planned or 'none'} "
                    f"planned and {pair.called_off or 'none'} called off; {LEDGER_RECORD}."
                ),
                tone="possible",
            )
        )
    return tuple(made)


def promise_points(desk: Desk, last: date | None) -> tuple[Point, ...]:
    """Promises with what became of them: those broken, disputed or kept first, then those open by date due."""
    record = _fetch.record_of(desk)
    settled: tuple[CommitmentRow, ...] = ()
    for fate in ("broken", "disputed", "kept"):
        settled += record.commitments(fate=fate, order="due", limit=SHOWN // 2 - len(settled))
    rows = (*settled, *record.commitments(fate="open", order="due", limit=SHOWN - len(settled)))
    mentions = _fetch.mentions(desk, [row.id for row in rows])
    return tuple(promise_point(row, mentions.get(row.id, ()), last) for row in rows)


def promise_point(row: CommitmentRow, mentions: Sequence[Mention], last: date | None) -> Point:
    """One promise: by whom, what, by when, and what became of it."""
    due = f"due {when_text(row.due)}" if row.due and row.due.start else "no date"
    late = bool(row.fate == "open" and last and row.due and row.due.end and row.due.end < last.isoformat())
    return Point(
        text=f"{party_names(row.by) or 'Someone'}: {' '.join(row.clause.split())}",
        ref=ref("commitments", anchor=f"c{row.id}"),
        tone="warn" if late else STATUS_TONES.get(row.fate, "open"),
        detail=f"{row.fate}{', past its date' if late else ''}; {due}",
        evidence=tuple(evidence_of(item) for item in mentions),
    )


def new_wording(desk: Desk, since: str | None, quotes: Sequence[QuoteRow]) -> tuple[Point, ...]:
    """Changes of wording and new statements, six together, and where the others are."""
    changes, said = reworded(desk, since), wording_points(quotes)
    first = changes[: max(SHOWN // 2, SHOWN - len(said))]
    shown = (*first, *said[: SHOWN - len(first)])
    if since is None or len(changes) + len(quotes) <= len(shown):
        return shown
    told = joined((count_of(len(quotes), "statement"), count_of(len(changes), "change") + " of wording"))
    every = Point(text=f"All that was said since: {told}", ref=ref("statements", **{"from": since}))
    return (*shown, every)


def reworded(desk: Desk, since: str | None) -> tuple[Point, ...]:
    """Contested terms that a speaker words otherwise than before, since a day."""
    table = wording_table(desk, {})
    if table is None or since is None:
        return ()
    made = []
    for when, who, _, term, now, new, before in table.rows:
        if str(when.value) >= since and new.value:
            made.append(
                Point(
                    text=f"{who.text} on {term.text}: {_short(now.text)}",
                    detail=f"{when.text}; new is “{_short(new.text)}”; before: {_short(before.text)} ({before.note})",
                    evidence=(*now.evidence, *before.evidence),
                    ref=who.ref,
                    tone="warn",
                )
            )
    return tuple(made)


def wording_points(quotes: Sequence[QuoteRow]) -> tuple[Point, ...]:
    """New statements, governments' own first."""
    rank = {"leader": 0, "executive": 1}
    rows = sorted(quotes, key=lambda row: (rank.get(row.office, 2), row.published or ""))[:SHOWN]
    return tuple(
        Point(
            text=f"{speaker_text(row)}: {_quoted(row)}",
            detail=f"{day_text(row.published)}; {standing_text(row)}",
            evidence=(evidence_of_quote(row),),
            ref=ref("statements", speaker=row.entity or row.speaker),
        )
        for row in rows
    )


def _quoted(row: QuoteRow) -> str:
    short = _short(unquoted(row.text))
    return short if row.kind == "indirect" else f"\u201c{short}\u201d"


def _short(words: str) -> str:
    """The first words of what is too long for a list."""
    return words if len(words) < LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def missing_points(desk: Desk, counts: Counts) -> tuple[Point, ...]:
    """What the analyst does not know yet: parties without evidence, disputes, findings to review, unread articles."""
    silent = _fetch.parties_without_statements(desk)
    due = _fetch.record_of(desk).register.due(counts.last) if counts.last else ()
    made = [
        Point(
            text=f"{count_of(len(due), 'forecast')} past the day due, of which nobody has noted the outcome.",
            detail="; ".join(f"{one.what} (due {one.due}, {one.key})" for one in due[:SHOWN]),
            tone="warn",
        )
        if due
        else None,
        Point(
            text=f"{joined(silent)}: no statement by a leader or government in the record.",
            ref=ref("statements"),
            tone="warn",
        )
        if silent
        else None,
        Point(
            text=f"{count_of(counts.conflicts, 'event')} on which reports differ.",
            ref=ref("chronology", disputed="yes"),
            tone="warn",
        )
        if counts.conflicts
        else None,
        Point(text=f"{count_of(counts.to_review, 'finding')} that nobody has reviewed.", ref=ref("review"), tone="open")
        if counts.to_review
        else None,
        Point(
            text=f"{count_of(counts.unread, 'article')} left unread (not in English, or not yet read).",
            ref=ref("sources"),
            tone="open",
        )
        if counts.unread
        else None,
        Point(
            text=f"{count_of(counts.undated, 'article')} without a date of publication.",
            ref=ref("sources"),
            tone="open",
        )
        if counts.undated
        else None,
    ]
    unsupported = _fetch.numbers_without_evidence(desk)
    if unsupported:
        made.append(
            Point(
                text=f"{count_of(unsupported, 'number')} of the case without evidence from an article.",
                ref=ref("case", rests="reason"),
                tone="open",
            )
        )
    return tuple(point for point in made if point)
