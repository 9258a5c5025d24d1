"""A finding that the reader missed, from the few fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from dragoman.errors import InputError
from dragoman.read.findings import (
    Actor,
    Commitment,
    Event,
    EventType,
    Meeting,
    Participant,
    Quad,
    Quote,
    Span,
    Speaker,
    SpeaksFor,
    Status,
)

KINDS = ("quote", "event", "meeting", "commitment")
QUADS = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "COOPERATE": 2,
    "AID": 2,
    "CONCEDE": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "MOBILIZE": 4,
    "SANCTION": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}


def missed(form: Mapping[str, str], start: int, end: int) -> Quote | Event | Meeting | Commitment:
    """The finding that a person marked: its words, its kind, who is in it.

    Raises:
        InputError: the kind is unknown, the span is empty, or nobody is named where somebody must be.
    """
    kind = form.get("kind", "")
    if start >= end:
        raise InputError("form, span", f"{start}-{end}", "marked words")
    span = (start, end)
    if kind == "quote":
        return _quote(form, span)
    if kind == "event":
        return _event(form, span)
    if kind == "meeting":
        return _meeting(form, span)
    if kind == "commitment":
        return Commitment(
            span=span,
            clause=form.get("words", ""),
            by=_named(form, "who"),
            to=_named(form, "whom", least=0),
            due=None,
            condition=None,
            fate="open",
            evidence=(span,),
        )
    raise InputError("form, kind", repr(kind), "one of " + ", ".join(KINDS))


def _named(form: Mapping[str, str], field: str, least: int = 1) -> tuple[str, ...]:
    names = tuple(name.strip() for name in form.get(field, "").split(",") if name.strip())
    if len(names) < least:
        raise InputError(f"form, {field}", "nobody", f"at least {least}, apart by commas")
    return names


def _status(form: Mapping[str, str]) -> Status:
    given = form.get("status", "") or "held"
    for status in get_args(Status):
        if status == given:
            found: Status = status
            return found
    raise InputError("form, status", repr(given), "one of " + ", ".join(get_args(Status)))


def _quote(form: Mapping[str, str], span: Span) -> Quote:
    speaker = Speaker(
        span=None, name=_named(form, "who")[0], entity=form.get("entity") or None, role=form.get("role") or None
    )
    return Quote(
        content=(span,),
        cue=(),
        speaker=speaker,
        speaks_for=SpeaksFor(office="other", state=form.get("state") or None),
        kind="direct",
    )


def _event(form: Mapping[str, str], span: Span) -> Event:
    given = form.get("type", "")
    if given not in QUADS:
        raise InputError("form, type", repr(given), "one of " + ", ".join(get_args(EventType)))
    sides = [
        tuple(
            Actor(span=span, entity=name, country=name if len(name) == 3 and name.isupper() else None)
            for name in _named(form, side)
        )
        for side in ("who", "whom")
    ]
    return Event(
        span=span,
        type=cast("EventType", given),
        type15="YIELD" if given in {"CONCEDE", "RETREAT"} else given,
        mode=None,
        context=(),
        quad=cast("Quad", QUADS[given]),
        cameo=None,
        goldstein=None,
        source=sides[0],
        target=sides[1],
        date=None,
        place=form.get("place") or None,
        status=_status(form),
        confidence=1.0,
        sentence=span,
        rule="person",
    )


def _meeting(form: Mapping[str, str], span: Span) -> Meeting:
    people = tuple(
        Participant(entity=name, name=name, country=None, span=None) for name in _named(form, "who", least=2)
    )
    return Meeting(
        participants=people,
        level="unknown",
        date=None,
        place=form.get("place") or None,
        status=_status(form),
        count=1,
        evidence=(span,),
    )
