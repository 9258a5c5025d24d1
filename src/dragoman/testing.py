"""Builders of articles, readings and records for tests: of this project, and of those who build on it.

Every builder fills in what a test does not care about.  Spans are found by the
words given, so that a test never counts characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.read.findings import (
    Actor,
    Commitment,
    DateFinding,
    Entity,
    Event,
    Meeting,
    Participant,
    Quote,
    Reading,
    Span,
    Speaker,
    SpeaksFor,
)
from dragoman.record import NewArticle, Record

__all__ = [
    "fixed_clock", "make_article", "make_commitment", "make_date", "make_entity", "make_event", "make_meeting",
    "make_quote",
    "make_reading", "make_record", "span_of",
]  # fmt: skip

QUADS: dict[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "CONCEDE": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
SCORES = {1: 3.0, 2: 6.0, 3: -3.0, 4: -7.0}


def fixed_clock() -> str:
    """Always the same time."""
    return "2020-01-01T00:00:00+00:00"


def span_of(text: str, words: str, occurrence: int = 1) -> Span:
    """Where words stand in a text.

    Raises:
        InputError: they do not stand there so often.
    """
    start = -1
    for _ in range(occurrence):
        start = text.find(words, start + 1)
        if start < 0:
            raise InputError("text", f"no {words!r} number {occurrence}", "words that stand in the text")
    return start, start + len(words)


def make_article(
    text: str = "Ann met Bob in Oslo.", *, published: str | None = "2018-06-12", **given: Any
) -> NewArticle:
    """An article; ``given`` are fields of :class:`dragoman.record.NewArticle`."""
    fields: dict[str, Any] = {"outlet": "The Test Post", "published_from": "given" if published else "none", **given}
    return NewArticle(text=text, published=date.fromisoformat(published) if published else None, **fields)


def make_reading(**given: Any) -> Reading:
    """A reading with nothing in it but what is ``given``; entities are drawn from the findings where none are given.

    ``meetings`` and ``calls`` may be given too: they join ``contacts``.
    """
    fields: dict[str, Any] = {
        "schema": "dragoman/reading/2", "language": "en", "published": None, "published_from": "none",
        "title": None, "quotes": (),
        "dates": (), "events": (), "contacts": (), "entities": None, "commitments": (), "fates": (),
        "definitions": (),
        "dropped": (),
        "warnings": (), "versions": {"dragoman": "test"},
    }  # fmt: skip
    contacts = (*given.pop("meetings", ()), *given.pop("calls", ()))
    fields |= given
    fields["contacts"] = (*fields["contacts"], *contacts)
    if fields["entities"] is None:
        fields["entities"] = tuple(_entities(fields["events"], fields["contacts"]))
    return Reading(**fields)


def _entities(events: Iterable[Event], meetings: Iterable[Meeting]) -> list[Entity]:
    found: dict[str, Entity] = {}
    for event in events:
        for actor in (*event.source, *event.target):
            if actor.entity:
                found.setdefault(actor.entity, make_entity(actor.entity, country=actor.country, mentions=(actor.span,)))
    for meeting in meetings:
        for one in meeting.participants:
            span = (one.span,) if one.span else ()
            found.setdefault(one.entity, make_entity(one.entity, name=one.name, country=one.country, mentions=span))
    return list(found.values())


def make_entity(
    entity: str,
    *,
    name: str | None = None,
    kind: str | None = None,
    country: str | None = None,
    mentions: Sequence[Span] = (),
) -> Entity:
    """An entity; three capitals are a state, all else is a person unless ``kind`` says otherwise."""
    state = len(entity) == 3 and entity.isupper()
    made: Any = kind or ("state" if state else "person")
    return Entity(
        id=entity,
        name=name or entity,
        kind=made,
        country=country or (entity if state else None),
        role=None,
        mentions=tuple(mentions),
    )


def make_date(start: str, end: str | None = None, *, precision: Any = "day", span: Span = (0, 0)) -> DateFinding:
    """A date."""
    return DateFinding(span=span, value=start, kind="DATE", start=start, end=end or start, precision=precision)


def make_event(
    source: str = "USA", type: Any = "CONSULT", target: str = "PRK", *,  # noqa: A002
    span: Span = (0, 1), day: str | DateFinding | None = None, **given: Any,
) -> Event:  # fmt: skip
    """An event between two states (alpha-3)."""
    quad: Any = QUADS[type]
    fields: dict[str, Any] = {
        "span": span, "type": type, "type15": "YIELD" if type in ("CONCEDE", "RETREAT") else type, "mode": None,
        "context": (),
        "quad": quad, "cameo": None, "goldstein": SCORES[quad],
        "source": (Actor(span=span, entity=source, country=source, sector="GOV"),),
        "target": (Actor(span=span, entity=target, country=target, sector="GOV"),),
        "date": make_date(day) if isinstance(day, str) else day, "place": None, "status": "held", "confidence": 0.9,
        "sentence": span, "rule": "test",
    }  # fmt: skip
    return Event(**(fields | given))


def make_meeting(
    participants: Sequence[tuple[str, str | None]] = (("ann", "USA"), ("bob", "PRK")), *, span: Span = (0, 1),
    day: str | DateFinding | None = None, **given: Any,
) -> Meeting:  # fmt: skip
    """A meeting of persons, each with a country."""
    persons = tuple(
        Participant(entity=one, name=one.title(), country=country, span=span) for one, country in participants
    )
    fields: dict[str, Any] = {
        "participants": persons, "level": "leader", "date": make_date(day) if isinstance(day, str) else day,
        "place": None,
        "status": "held", "count": 1, "evidence": (span,),
    }  # fmt: skip
    return Meeting(**(fields | given))


def make_quote(span: Span, *, speaker: str = "Ann", entity: str | None = None, office: Any = "executive",
state: str | None = "USA",
               kind: Any = "direct", cue: Sequence[Span] = ()) -> Quote:  # fmt: skip
    """A quote."""
    return Quote(
        content=(span,), cue=tuple(cue), speaker=Speaker(span=None, name=speaker, entity=entity),
        speaks_for=SpeaksFor(office=office, state=state), kind=kind,
    )  # fmt: skip


def make_commitment(
    clause: str, span: Span, *, by: Sequence[str] = ("PRK",), to: Sequence[str] = ("USA",), **given: Any
) -> Commitment:
    """A promise."""
    fields: dict[str, Any] = {
        "span": span, "clause": clause, "by": tuple(by), "to": tuple(to), "due": None, "condition": None,
        "fate": "open",
        "evidence": (span,),
    }  # fmt: skip
    return Commitment(**(fields | given))


def make_record(path: Path, articles: Iterable[tuple[NewArticle, Reading]] = ()) -> Record:
    """An open record in a new file, with some articles in it and a clock that stands still."""
    record = Record.open(path, create=True, clock=fixed_clock)
    for article, reading in articles:
        record.add(article, reading)
    return record
