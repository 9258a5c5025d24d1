"""What is exported of each kind: flat rows of plain values, one column a value.

Several names in one cell are joined by ``; ``.  Words of an article are cut to an
excerpt of 300 characters unless full text is asked for, for the sake of copyright.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dragoman.desk.coders import Compared, compare
from dragoman.errors import UnknownNameError
from dragoman.plain import canonical_json
from dragoman.record import Record
from dragoman.record.views import (
    ArticleRow,
    CommitmentRow,
    Contact,
    EventRow,
    MeetingRow,
    Party,
    QuoteRow,
    Tie,
    When,
)

EXCERPT = 300
Cells = dict[str, Any]
TEXT, WHOLE, REAL, TRUTH = str, int, float, bool


def excerpt(text: str, full_text: bool, limit: int = EXCERPT) -> str:
    """The text, or its first words up to a limit with an ellipsis."""
    if full_text or len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip() + "…"


def names(parties: Sequence[Party]) -> str:
    """The names of several parties in one cell."""
    return "; ".join(party.name for party in parties)


def codes(parties: Sequence[Party]) -> str:
    """The countries of several parties in one cell, each once."""
    return "; ".join(dict.fromkeys(party.country for party in parties if party.country))


def entities(parties: Sequence[Party]) -> str:
    """The entities of several parties in one cell."""
    return "; ".join(party.entity for party in parties)


def _when(when: When | None, name: str) -> Cells:
    return {
        f"{name}_start": when.start if when else None,
        f"{name}_end": when.end if when else None,
        f"{name}_precision": when.precision if when else None,
    }


def _conflicts(row: EventRow | MeetingRow | CommitmentRow) -> str:
    return "; ".join(f"{one.about}: " + " / ".join(value for value, _ in one.values) for one in row.conflicts)


def _article(record: Record, row: ArticleRow, full_text: bool) -> Cells:
    text = record.text(row.key)
    return {
        "key": row.key, "hash": row.hash, "outlet": row.outlet, "title": row.title, "byline": row.byline,
        "url": row.url,
        "published": row.published, "published_from": row.published_from, "language": row.language,
        "length": row.length,
        "words": row.words, "reliability": row.grade.reliability, "credibility": row.grade.credibility,
        "source_group": row.source_group, "copy_of": row.copy_of, "supersedes": row.supersedes,
        "superseded_by": row.superseded_by, "notes": "; ".join(row.notes),
        ("text" if full_text else "excerpt"): excerpt(text, full_text),
    }  # fmt: skip


def _quote(_: Record, row: QuoteRow, full_text: bool) -> Cells:
    return {
        "id": row.id, "text": excerpt(row.text, full_text), "kind": row.kind, "speaker": row.speaker,
        "entity": row.entity,
        "role": row.role, "affiliation": row.affiliation, "speaks_for": row.office, "state": row.state,
        "article": row.article,
        "outlet": row.outlet, "title": row.title, "published": row.published, "start": row.start, "end": row.end,
        "review": row.review, "copies": row.copies,
    }  # fmt: skip


def _event(_: Record, row: EventRow, full_text: bool) -> Cells:
    return {
        "id": row.id, "type": row.type, "mode": row.mode, "quad": row.quad, "cameo": row.cameo,
        "goldstein": row.goldstein,
        "source": names(row.source), "source_country": codes(row.source), "target": names(row.target),
        "target_country": codes(row.target), "status": row.status, "day": row.day, "dated": row.dated,
        **_when(row.date, "date"), "place": row.place, "words": excerpt(row.words, full_text), **_reports(row),
        "confidence": row.confidence,
    }  # fmt: skip


def _meeting(_: Record, row: MeetingRow, full_text: bool) -> Cells:
    return {
        "id": row.id, "participants": names(row.participants), "entities": entities(row.participants),
        "countries": codes(row.participants), "level": row.level, "status": row.status, "day": row.day,
        "dated": row.dated,
        **_when(row.date, "date"), "place": row.place, "count": row.count, "mode": row.mode,
        "claims": "; ".join(row.claims),
        "words": excerpt(row.words, full_text), **_reports(row), "confidence": row.confidence,
    }  # fmt: skip


def _commitment(_: Record, row: CommitmentRow, full_text: bool) -> Cells:
    return {
        "id": row.id, "clause": excerpt(row.clause, full_text), "by": names(row.by), "by_country": codes(row.by),
        "to": names(row.to), "to_country": codes(row.to), **_when(row.due, "due"), "condition": row.condition,
        "fate": row.fate, "fate_since": row.fate_since,
        **_reports(row),
    }  # fmt: skip


def _reports(row: EventRow | MeetingRow | CommitmentRow) -> Cells:
    return {
        "reports": row.reports, "sources": row.sources, "first_reported": row.first_reported,
        "last_reported": row.last_reported,
        "reviewed": row.reviewed, "conflicts": _conflicts(row),
    }  # fmt: skip


def _contact(_: Record, row: Contact, full_text: bool) -> Cells:
    del full_text
    return {
        "a": row.a.name, "a_entity": row.a.entity, "a_country": row.a.country, "b": row.b.name,
        "b_entity": row.b.entity,
        "b_country": row.b.country, "held": row.held, "planned": row.planned, "called_off": row.called_off,
        "calls": len(row.calls),
        "claimed": row.claimed, "level": row.level, "first": row.first, "last": row.last, "next": row.next,
        "sources": row.sources, "outlets": "; ".join(row.outlets),
    }  # fmt: skip


def _tie(_: Record, row: Tie, full_text: bool) -> Cells:
    del full_text
    return {name: getattr(row, name) for name in Tie.__dataclass_fields__}


_Maker = Callable[[Record, Any, bool], Cells]


def _compared(_record: Record, row: Compared, full_text: bool) -> Cells:
    return {
        "coder": row.coder, "day": row.day, "a": row.a, "b": row.b, "type": row.type, "there": row.there,
        "here": row.here, "found": row.found, "words": excerpt(row.words, full_text) if row.words else None,
        "url": row.url,
    }  # fmt: skip


KINDS: dict[str, tuple[Callable[[Record], Sequence[Any]], _Maker]] = {
    "articles": (lambda record: record.articles(), _article),
    "quotes": (lambda record: record.quotes(copies=True), _quote),
    "events": (lambda record: record.events(), _event),
    "meetings": (lambda record: record.meetings(), _meeting),
    "calls": (lambda record: record.calls(), _meeting),
    "contacts": (lambda record: record.contacts(), _contact),
    "commitments": (lambda record: record.commitments(), _commitment),
    "ties": (lambda record: record.ties(), _tie),
    "coders": (compare, _compared),
}
_WHOLE = {
    "length", "words", "credibility", "start", "end", "copies", "quad", "reports", "sources", "count", "held",
    "planned",
    "called_off", "there", "here", "calls", "claimed", "n_cooperation", "n_conflict", "covered",
}  # fmt: skip
_REAL = {"goldstein", "confidence", "cooperation", "conflict"}
_TRUTH = {"dated", "reviewed"}


def table(record: Record, kind: str, *, rows: Sequence[Any] | None = None, full_text: bool = False) -> list[Cells]:
    """The flat rows of a kind: all of the record's, or those given.

    A note that all articles of the record share (such as that they are an
    example's) stands in a column ``note`` of every row.

    Raises:
        UnknownNameError: there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind", kind, list(KINDS))
    list_all, make = KINDS[kind]
    note = shared_note(record)
    made = [make(record, row, full_text) for row in (list_all(record) if rows is None else rows)]
    return [{**cells, "note": note} for cells in made] if note else made


def shared_note(record: Record) -> str | None:
    """The notes that every article of the record bears, joined, or None."""
    return "; ".join(record.notes()) or None


def type_of_column(kind: str, name: str) -> type:
    """The type of a column's values: text, whole number, number or truth value."""
    if name == "words" and kind != "articles":
        return TEXT
    return WHOLE if name in _WHOLE else REAL if name in _REAL else TRUTH if name in _TRUTH else TEXT


def columns(rows: Sequence[Cells]) -> list[str]:
    """The names of all columns, in the order of the first row that has each."""
    return list(dict.fromkeys(name for row in rows for name in row))


def lines(rows: Sequence[Cells]) -> Iterator[str]:
    """Rows as canonical JSON, one a line."""
    for row in rows:
        yield canonical_json(row) + "\n"
