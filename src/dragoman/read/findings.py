"""What reading yields: findings, each anchored in the text as given.

Spans are half-open ``(start, end)`` code-point offsets into the text that was
handed to the reader, before any clean-up.  Countries are ISO 3166-1 alpha-3
codes, or ``IGO``, ``NGO``, ``IMG``, ``MNC`` where no state is meant.  Every value
that is one of a closed list is named in a ``Literal`` here; the published JSON
schema is made from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dragoman.plain import to_plain

Span = tuple[int, int]

QuoteKind = Literal["direct", "mixed", "indirect"]
Office = Literal["leader", "executive", "legislature", "military", "state media", "party", "expert", "press", "other"]
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["time", "day", "week", "month", "quarter", "season", "half", "year", "decade", "century", "vague"]
Status = Literal["held", "planned", "possible", "called off", "denied"]
Mode = Literal["in person", "call", "video", "letter", "mediated"]
Level = Literal["leader", "minister", "deputy", "envoy", "official", "working", "unknown"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
]  # fmt: skip
Quad = Literal[1, 2, 3, 4]
EntityKind = Literal["person", "state", "organisation", "office", "place", "group"]
DropReason = Literal[
    "menu", "caption", "credit", "teaser", "repeated", "counter",
    "loading", "share", "byline", "notice", "advert", "other",
]  # fmt: skip
CommitmentFate = Literal["open", "kept", "broken", "disputed", "superseded"]


@dataclass(frozen=True, kw_only=True)
class SpeaksFor:
    """For whom a speaker speaks.  Only ``leader`` and ``executive`` establish a government's position."""

    office: Office
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who said it: the words that name the speaker, and who that is."""

    span: Span | None
    name: str | None
    entity: str | None = None
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A reported statement: its content, the words that cue it, and its speaker."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Speaker
    speaks_for: SpeaksFor
    kind: QuoteKind


@dataclass(frozen=True, kw_only=True)
class DateFinding:
    """A time expression.  ``value`` is as in TIMEX3; ``start`` and ``end`` are ISO dates, end included."""

    span: Span
    value: str | None
    kind: DateKind
    start: str | None
    end: str | None
    precision: Precision


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One side of an event: the words, who that is, its country and PLOVER sector (``GOV``, ``MIL`` ...)."""

    span: Span
    entity: str | None
    country: str | None
    sector: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A PLOVER event.  ``type15`` joins CONCEDE and RETREAT as YIELD; ``rule`` names what made it."""

    span: Span
    type: EventType
    type15: str
    mode: str | None
    context: tuple[str, ...]
    quad: Quad
    cameo: str | None
    goldstein: float | None
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    date: DateFinding | None
    place: str | None
    status: Status
    confidence: float
    sentence: Span
    rule: str


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A person or party at a meeting."""

    entity: str
    name: str
    country: str | None
    span: Span | None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting between persons or parties.  ``count``: how many such meetings the words speak of.

    ``claim`` is ``first``, ``only``, ``never`` or ``not yet`` where the text claims so.  ``mode`` is how they were in
    contact; a reading keeps what was not in person apart, as ``calls``.
    """

    participants: tuple[Participant, ...]
    level: Level
    date: DateFinding | None
    place: str | None
    status: Status
    count: int
    evidence: tuple[Span, ...]
    claim: Literal["first", "only", "never", "not yet"] | None = None
    source: str | None = None
    mode: Mode = "in person"


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Who or what is mentioned: one entity with all its mentions in this text."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What was promised: the clause, by whom, to whom, by when, on what condition, and its fate in this text.

    ``deed`` and ``about`` are as in :class:`Fate`, by which reports of other texts are compared with the promise.
    """

    span: Span
    clause: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: DateFinding | None
    condition: str | None
    fate: CommitmentFate
    evidence: tuple[Span, ...]
    deed: str | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fate:
    """A report of what became of a promise told elsewhere: whose (alpha-3 codes), the deed, what it is about.

    ``deed`` is a name of ``world/deeds.psv``, with ``not`` before it where it was left undone; ``about`` are lemmas.
    ``named``: the words speak of a promise, an agreement or a breach, and not of the deed alone.
    """

    span: Span
    fate: CommitmentFate
    by: tuple[str, ...]
    deed: str | None
    about: tuple[str, ...]
    named: bool
    date: DateFinding | None
    sentence: Span


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A party's own definition or use of a contested term, quoted."""

    span: Span
    term: str
    wording: str
    by: str | None
    speaks_for: SpeaksFor | None


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What clean-up left out, and why."""

    span: Span
    reason: DropReason


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything read from one text.

    ``language`` is an ISO 639-1 code; where it is not ``en`` the text is left
    unread and ``warnings`` says so.  ``published`` is an ISO date or None.
    """

    schema: Literal["dragoman/reading/1"]
    language: str
    published: str | None
    published_from: Literal["given", "metadata", "text", "none"]
    title: str | None
    quotes: tuple[Quote, ...]
    dates: tuple[DateFinding, ...]
    events: tuple[Event, ...]
    meetings: tuple[Meeting, ...]
    calls: tuple[Meeting, ...]
    entities: tuple[Entity, ...]
    commitments: tuple[Commitment, ...]
    fates: tuple[Fate, ...]
    definitions: tuple[Definition, ...]
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values, following the published schema ``docs/reference/reading.schema.json``."""
        plain: dict[str, Any] = to_plain(self)
        return plain
