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
SCHEMA = 2

QuoteKind = Literal["direct", "mixed", "indirect"]
Office = Literal["leader", "executive", "legislature", "military", "state media", "party", "expert", "press", "other"]
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["time", "day", "week", "month", "quarter", "season", "half", "year", "decade", "century", "vague"]
Status = Literal["held", "planned", "possible", "called off", "denied"]
Mode = Literal["in person", "call", "video", "letter", "mediated", "unknown"]
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
PartyKind = Literal["state", "body", "group", "company", "union", "party", "region", "other"]
StanceKind = Literal["demands", "offers", "accepts", "rejects", "conditions", "supports"]
StanceStrength = Literal["demand", "would accept", "never"]
Audience = Literal["public", "closed", "leaked"]
Answer = Literal["accepted", "put off", "unanswered", "refused"]
RelationKind = Literal["diplomatic relations", "no diplomatic relations", "alliance", "border", "patron", "dispute"]
FaultKind = Literal["error", "limit"]


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
    """A reported statement: its content, the words that cue it, and its speaker.

    ``counted`` is False for an attribution that is no statement: a thing after a verb that is no speech ("announced a
    plan", "welcomed the decision"), or what somebody seeks, plans or seems to do.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Speaker
    speaks_for: SpeaksFor
    kind: QuoteKind
    counted: bool = True


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
    counted: bool = True
    act: str | None = None


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A person or party at a meeting."""

    entity: str
    name: str
    country: str | None
    span: Span | None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A contact between persons or parties.  ``count``: how many such contacts the words speak of.

    ``claim`` is ``first``, ``only``, ``never`` or ``not yet`` where the text claims so.  ``mode`` is how they were in
    contact, ``unknown`` where the words do not tell.  ``proposed_by``, ``hosted_by`` and ``travelled`` are entities or
    parties, and ``answer`` is how a proposal was met, where the text tells.
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
    confidence: float = 1.0
    counted: bool = True
    act: str | None = None
    proposed_by: tuple[str, ...] = ()
    hosted_by: tuple[str, ...] = ()
    travelled: tuple[str, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Who or what is mentioned: one entity with all its mentions in this text.

    ``party`` is the id of the :class:`Party` for which it acts, None where it acts for none or the text does not tell.
    """

    id: str
    name: str
    kind: EntityKind
    country: str | None
    role: str | None
    mentions: tuple[Span, ...]
    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who negotiates in its own name.  ``code``: alpha-3 of a state, a body's usual abbreviation, else None."""

    id: str
    name: str
    kind: PartyKind
    code: str | None


@dataclass(frozen=True, kw_only=True)
class Affiliation:
    """A mention at which the analyst's own list of parties decided for whom an entity acts, and not the text."""

    span: Span
    entity: str
    party: str


@dataclass(frozen=True, kw_only=True)
class Stance:
    """What a party wants in the talks: ``what`` is the clause, ``by`` are ids of entities or parties.

    ``condition`` is the clause on which it hangs; ``hearsay`` is set where no named source stands behind it.
    ``rule`` names what proposed it, ``cue`` the word that makes it a stance.
    """

    by: tuple[str, ...]
    kind: StanceKind
    what: Span
    speaker: str | None
    date: DateFinding | None
    status: Status
    confidence: float
    counted: bool = True
    act: str | None = None
    condition: Span | None = None
    hearsay: bool = False
    audience: Audience | None = None
    strength: StanceStrength | None = None
    rule: str = ""
    cue: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A standing relation of two parties, said in passing: ``since`` as the words give it, ``says`` who says so."""

    parties: tuple[str, str]
    kind: RelationKind
    since: DateFinding | None
    says: str | None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An amount that somebody names: value and unit, per what, of what."""

    span: Span
    amount: float
    unit: str
    per: str | None
    of: Span | None
    says: str | None


@dataclass(frozen=True, kw_only=True)
class FinderFault:
    """What a finder did not read: which, why (an error of its own, or a counted limit), where, and the message."""

    finder: str
    kind: FaultKind
    where: Span | None
    message: str


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What was promised: the clause, by whom, to whom, by when, on what condition, and its fate in this text.

    ``deed`` and ``about`` are as in :class:`Fate`, by which reports of other texts are compared with the promise.
    ``rule`` names what proposed it, ``cue`` the word that makes it a promise.
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
    confidence: float = 1.0
    counted: bool = True
    act: str | None = None
    rule: str = ""
    cue: Span | None = None


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
    ``faults`` names the finders that did not read this text; ``reader`` and
    ``gate`` say who read it and what weighed the findings.
    """

    schema: Literal["dragoman/reading/2"]
    language: str
    published: str | None
    published_from: Literal["given", "metadata", "text", "none"]
    title: str | None
    quotes: tuple[Quote, ...]
    dates: tuple[DateFinding, ...]
    events: tuple[Event, ...]
    contacts: tuple[Meeting, ...]
    entities: tuple[Entity, ...]
    commitments: tuple[Commitment, ...]
    fates: tuple[Fate, ...]
    definitions: tuple[Definition, ...]
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    parties: tuple[Party, ...] = ()
    stances: tuple[Stance, ...] = ()
    relations: tuple[Relation, ...] = ()
    figures: tuple[Figure, ...] = ()
    faults: tuple[FinderFault, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    reader: str = "rules"
    gate: str | None = None

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The contacts in person."""
        return tuple(contact for contact in self.contacts if contact.mode == "in person")

    @property
    def calls(self) -> tuple[Meeting, ...]:
        """The contacts that were not, or not surely, in person."""
        return tuple(contact for contact in self.contacts if contact.mode != "in person")

    def to_dict(self, schema: Literal[1, 2] = 2) -> dict[str, Any]:
        """As plain JSON values, following the published schema ``docs/reference/reading.schema.json``.

        ``schema=1`` gives what version 0.2 gave: ``meetings`` and ``calls`` apart, and nothing that is new since.
        A contact whose mode is unknown is a call there, since schema 1 knows no such mode.
        """
        plain: dict[str, Any] = to_plain(self)
        plain["meetings"] = to_plain(self.meetings)
        plain["calls"] = to_plain(self.calls)
        return plain if schema == SCHEMA else _as_first(plain)


_FIRST_ONLY: dict[str, tuple[str, ...]] = {
    "quotes": ("counted",),
    "events": ("counted", "act"),
    "meetings": ("confidence", "counted", "act", "proposed_by", "hosted_by", "travelled", "answer"),
    "calls": ("confidence", "counted", "act", "proposed_by", "hosted_by", "travelled", "answer"),
    "commitments": ("confidence", "counted", "act", "rule", "cue"),
    "entities": ("party",),
}
_SECOND = ("contacts", "parties", "stances", "relations", "figures", "faults", "affiliations", "reader", "gate")


def _as_first(plain: dict[str, Any]) -> dict[str, Any]:
    """A plain reading of schema 2 as schema 1 had it."""
    kept = {key: value for key, value in plain.items() if key not in _SECOND} | {"schema": "dragoman/reading/1"}
    for key, names in _FIRST_ONLY.items():
        kept[key] = [{name: value for name, value in item.items() if name not in names} for item in kept[key]]
    for call in kept["calls"]:
        call["mode"] = "call" if call["mode"] == "unknown" else call["mode"]
    return kept
