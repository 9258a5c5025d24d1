"""Findings to JSON and back, and the columns that are drawn from them."""

from __future__ import annotations

import json
import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dragoman.errors import RecordError
from dragoman.plain import canonical_json
from dragoman.read.findings import Commitment, DateFinding, Definition, Event, Fate, Meeting, Quote, Span, Stance

FindingKind = Literal["event", "meeting", "call", "quote", "commitment", "fate", "definition", "stance"]
Finding = Event | Meeting | Quote | Commitment | Fate | Definition | Stance
KINDS: dict[str, type[Any]] = {
    "event": Event, "meeting": Meeting, "call": Meeting, "quote": Quote, "commitment": Commitment, "fate": Fate,
    "definition": Definition, "stance": Stance,
}  # fmt: skip
JOINED_KINDS = ("event", "meeting", "call", "commitment")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ActorRow:
    """One actor of a finding, as a row."""

    role: str
    name: str | None
    entity: str | None
    country: str | None
    sector: str | None = None


def kind_of(finding: Finding) -> str:
    """The name of a finding's kind; a contact that was not in person is a call.

    Raises:
        RecordError: it is none of the kinds that a record keeps.
    """
    if isinstance(finding, Meeting) and finding.mode != "in person":
        return "call"
    for name, cls in KINDS.items():
        if isinstance(finding, cls):
            return name
    raise RecordError("finding", type(finding).__name__, "one of " + ", ".join(KINDS))


def encode(finding: object) -> str:
    """A finding as canonical JSON."""
    return canonical_json(finding)


def decode(kind: str, payload: str) -> Finding:
    """The finding that :func:`encode` wrote.

    Raises:
        RecordError: the stored text is not a finding of this kind.
    """
    try:
        made: Finding = from_plain(KINDS[kind], json.loads(payload))
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise RecordError(f"stored {kind}", f"{type(error).__name__}: {error}"[:200], "a finding as JSON") from error
    return made


def from_plain(cls: type[T], data: Any) -> T:
    """A dataclass from its plain JSON value, by its type hints.

    Raises:
        RecordError: the value does not have the shape of the class.
    """
    try:
        made: T = _build(cls, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RecordError(
            f"stored {cls.__name__}", f"{type(error).__name__}: {error}", "the shape of the class"
        ) from error
    return made


def _build(hint: Any, data: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        hints = hints_of(hint)
        return hint(
            **{item.name: _build(hints[item.name], data[item.name]) for item in fields(hint) if item.name in data}
        )
    origin = get_origin(hint)
    if origin is tuple:
        return _build_tuple(get_args(hint), data)
    if origin in (Union, types.UnionType):
        return None if data is None else _build(next(arm for arm in get_args(hint) if arm is not type(None)), data)
    return data


def _build_tuple(arms: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(_build(arms[0], item) for item in data)
    if len(arms) != len(data):
        raise ValueError(f"{len(data)} values where {len(arms)} belong")
    return tuple(_build(arm, item) for arm, item in zip(arms, data, strict=True))


@cache
def hints_of(cls: type[Any]) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(cls)


def spans_of(finding: Finding) -> tuple[Span, ...]:
    """The spans in which a finding stands."""
    match finding:
        case Quote():
            return finding.content
        case Meeting():
            return finding.evidence
        case Stance():
            return (finding.what,)
        case Event() | Commitment() | Fate() | Definition():
            return (finding.span,)


def whole_span(finding: Finding) -> Span:
    """From the first to the last character of a finding.

    Raises:
        RecordError: it has no span.
    """
    spans = spans_of(finding)
    if not spans:
        raise RecordError(kind_of(finding), "no span", "at least one span of the text")
    return min(start for start, _ in spans), max(end for _, end in spans)


def date_of(finding: Finding) -> DateFinding | None:
    """When it happened, or, of a commitment, when it falls due."""
    match finding:
        case Event() | Meeting() | Fate() | Stance():
            return finding.date
        case Commitment():
            return finding.due
        case _:
            return None


def type_of(finding: Finding) -> str | None:
    """What tells findings of one kind at one span apart: a PLOVER type, a level, a form, a kind of stance, a term."""
    match finding:
        case Event():
            return finding.type
        case Meeting():
            return finding.level
        case Quote() | Stance():
            return finding.kind
        case Definition():
            return finding.term
        case _:
            return None


def status_of(finding: Finding) -> str | None:
    """Its status; of a commitment, its fate."""
    match finding:
        case Event() | Meeting() | Stance():
            return finding.status
        case Commitment() | Fate():
            return finding.fate
        case _:
            return None


def actors_of(finding: Finding, text: str) -> tuple[ActorRow, ...]:
    """Who is in a finding, by role, under the names that the text gives them."""
    match finding:
        case Event():
            return tuple(
                ActorRow(
                    role=role,
                    name=text[slice(*actor.span)],
                    entity=actor.entity,
                    country=actor.country,
                    sector=actor.sector,
                )
                for role, side in (("source", finding.source), ("target", finding.target))
                for actor in side
            )
        case Meeting():
            return tuple(
                ActorRow(role="participant", name=person.name, entity=person.entity, country=person.country)
                for person in finding.participants
            )
        case Commitment():
            return tuple(
                ActorRow(role=role, name=None, entity=entity, country=None)
                for role, side in (("by", finding.by), ("to", finding.to))
                for entity in side
            )
        case Fate() | Stance():
            return tuple(ActorRow(role="by", name=None, entity=entity, country=None) for entity in finding.by)
        case Quote():
            return _speaker(finding)
        case Definition():
            return (ActorRow(role="by", name=None, entity=finding.by, country=_state(finding)),) if finding.by else ()


def _speaker(quote: Quote) -> tuple[ActorRow, ...]:
    speaker = quote.speaker
    if not (speaker.entity or speaker.name):
        return ()
    return (ActorRow(role="speaker", name=speaker.name, entity=speaker.entity, country=quote.speaks_for.state),)


def _state(definition: Definition) -> str | None:
    return definition.speaks_for.state if definition.speaks_for else None


def words_of(finding: Finding, text: str) -> str:
    """The sentence or the words of a finding."""
    match finding:
        case Event() | Fate():
            return text[slice(*finding.sentence)]
        case Commitment():
            return finding.clause
        case _:
            return excerpt(text, spans_of(finding))


def excerpt(text: str, spans: tuple[Span, ...]) -> str:
    """The words of several spans, joined by dots."""
    return " … ".join(text[start:end] for start, end in spans)
