"""What queries of a record return: frozen dataclasses that follow one another in a fixed order.

Days are ISO dates (``2018-06-12``); countries and closed lists are those of
:mod:`dragoman.read.findings`.  ``article`` is always an article's key, ``entity``
the name of who is meant after all merges.  No value depends on the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.read.findings import DateFinding, Dropped, Span
from dragoman.record._log_views import Added as Added  # noqa: PLC0414 - one place to import views from
from dragoman.record._log_views import Decision as Decision  # noqa: PLC0414 - one place to import views from
from dragoman.record._log_views import EntityRow as EntityRow  # noqa: PLC0414 - one place to import views from
from dragoman.record._log_views import IdentityEntry as IdentityEntry  # noqa: PLC0414 - one place to import views from
from dragoman.record._log_views import PersonSeen as PersonSeen  # noqa: PLC0414 - one place to import views from
from dragoman.record._payload import Finding
from dragoman.record._tallies import Counts as Counts  # noqa: PLC0414 - one place to import views from
from dragoman.record._tallies import OutletTally as OutletTally  # noqa: PLC0414 - one place to import views from
from dragoman.record._tallies import PlaceTally as PlaceTally  # noqa: PLC0414 - one place to import views from
from dragoman.record._tallies import PromiseTally as PromiseTally  # noqa: PLC0414 - one place to import views from
from dragoman.record._tallies import SpeakerTally as SpeakerTally  # noqa: PLC0414 - one place to import views from
from dragoman.record._tallies import Standing as Standing  # noqa: PLC0414 - one place to import views from

Reliability = Literal["A", "B", "C", "D", "E", "F"]
ReviewState = Literal["open", "accepted", "rejected", "corrected", "added"]


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who is meant: entity, its name, its country (alpha-3) and kind."""

    entity: str
    name: str
    country: str | None = None
    person: bool = False


@dataclass(frozen=True, kw_only=True)
class When:
    """When it happened, as far as is known: first and last day (included) and precision."""

    start: str | None
    end: str | None
    precision: str


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """Where words stand: span, the words, and 32 characters either side (W3C TextQuoteSelector).

    ``hash`` is the SHA-256 of the article's text.
    """

    article: str
    hash: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, kw_only=True)
class Grade:
    """Admiralty grade: reliability of the source A-F, credibility of the information 1-6.  None: not yet graded."""

    reliability: Reliability | None = None
    credibility: int | None = None


@dataclass(frozen=True, kw_only=True)
class ArticleRow:
    """An article without its text.

    ``source_group`` is the key of the earliest article of which this is a copy, or
    its own; ``findings`` counts its findings by kind, rejected ones left out.
    """

    key: str
    hash: str
    outlet: str | None
    title: str | None
    url: str | None
    byline: str | None
    published: str | None
    published_from: str
    language: str | None
    length: int
    words: int
    grade: Grade
    source_group: str
    copy_of: str | None
    supersedes: str | None
    superseded_by: str | None
    notes: tuple[str, ...]
    findings: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """One finding of one article, with its review state and its evidence."""

    id: str
    kind: str
    article: str
    start: int
    end: int
    spans: tuple[Span, ...]
    words: str
    origin: Literal["reader", "person"]
    review: ReviewState
    confidence: float
    joined: str | None
    finding: Finding
    as_read: Finding | None = None


@dataclass(frozen=True, kw_only=True)
class MentionedEntity:
    """An entity with its mentions in one article; ``read_as`` is the entity before merges."""

    entity: str
    read_as: str
    name: str
    kind: str
    country: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleFull:
    """An article with its text and all that was found in it, for the page that marks it."""

    row: ArticleRow
    text: str
    findings: tuple[FindingRow, ...]
    entities: tuple[MentionedEntity, ...]
    dates: tuple[DateFinding, ...]
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A value on which the reports of one event differ: each value with the articles that report it."""

    about: Literal["date", "place", "status", "level", "count"]
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What an event and a meeting have in common, with all reports joined.

    ``day`` is the day to sort by: the first day where it is known (``dated``), else the
    day of the first report.  ``reports`` counts articles, ``sources`` independent ones
    (copies count once).  ``id`` is stable while the first report stands.
    """

    id: str
    status: str
    date: When | None
    day: str | None
    dated: bool
    place: str | None
    words: str
    reports: int
    sources: int
    first_reported: str | None
    last_reported: str | None
    confidence: float
    reviewed: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, kw_only=True)
class EventRow(Happening):
    """One event: its PLOVER type and mode, its CAMEO code, quad class and Goldstein value, and who did it to whom."""

    type: str
    mode: str | None
    quad: int
    cameo: str | None
    goldstein: float | None
    source: tuple[Party, ...]
    target: tuple[Party, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingRow(Happening):
    """One meeting.  ``count``: the most meetings that one report speaks of.

    ``mode`` is how they were in contact: in person, or, of those listed as calls, call, video, letter or mediated.
    """

    participants: tuple[Party, ...]
    level: str
    count: int
    claims: tuple[str, ...]
    mode: str


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """One promise with all its reports joined; ``fate`` is the latest reported one.

    Where later articles report it, ``fate_since`` is the day of the first of them, ``fate_by`` their findings.
    """

    id: str
    clause: str
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    due: When | None
    condition: str | None
    fate: str
    fate_since: str | None = None
    fate_by: tuple[str, ...] = ()
    reports: int
    sources: int
    first_reported: str | None
    last_reported: str | None
    reviewed: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One report of a joined event: the finding, its article, and the words."""

    finding: str
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    source_group: str
    superseded: bool
    status: str | None
    date: When | None
    place: str | None
    review: ReviewState
    confidence: float
    anchor: Anchor


@dataclass(frozen=True, kw_only=True)
class EventFull:
    """A joined event with every report of it, in order of publication; of a promise also those of its fate."""

    row: EventRow | MeetingRow | CommitmentRow
    mentions: tuple[Mention, ...]
    fates: tuple[Mention, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who met whom: a pair (``a.entity < b.entity``) with its meetings.

    ``held``, ``planned`` (planned or possible) and ``called_off`` count joined
    meetings; ``claimed`` is the most meetings that one report speaks of; ``level``
    is the highest level of a meeting held; ``last`` and ``next`` are days, ``next``
    the earliest planned day not before the last day of publication seen.  All of these
    are of meetings in person; ``calls`` are the calls, video conferences and letters.
    """

    a: Party
    b: Party
    held: int
    planned: int
    called_off: int
    claimed: int
    level: str | None
    first: str | None
    last: str | None
    next: str | None
    sources: int
    outlets: tuple[str, ...]
    meetings: tuple[str, ...]
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NeverMet:
    """What the record knows of two who may never have met.

    ``answer``: ``met`` (a meeting held is recorded), ``reported`` (a source says
    that they have not), or ``nothing found`` in ``searched`` articles that mention
    both, published from ``first`` to ``last``.
    """

    a: str
    b: str
    answer: Literal["met", "reported", "nothing found"]
    meetings: tuple[str, ...]
    reports: tuple[Mention, ...]
    searched: int
    first: str | None
    last: str | None


@dataclass(frozen=True, kw_only=True)
class CheckedClaim:
    """A claim of first, only, never or not yet, with the earlier meetings of the two that contradict it.

    ``not contradicted`` says no more than that the record holds no such meeting.
    """

    finding: str
    claim: str
    words: str
    a: Party
    b: Party
    answer: Literal["contradicted", "not contradicted"]
    meetings: tuple[str, ...]
    reports: tuple[Mention, ...]


@dataclass(frozen=True, kw_only=True)
class QuoteRow:
    """One quoted or reported statement.  ``copies``: how many other articles of its source group carry it."""

    id: str
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    start: int
    end: int
    text: str
    speaker: str | None
    entity: str | None
    role: str | None
    affiliation: str | None
    office: str
    state: str | None
    kind: str
    review: ReviewState
    copies: int


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What passed between two states in one period, cooperation and conflict apart.

    Goldstein sums over events held (``cooperation`` of quad classes 1 and 2,
    ``conflict`` of 3 and 4, as a positive number), their counts, and ``covered``:
    articles published in the period that mention both, all versions counted.
    """

    a: str
    b: str
    period: str
    cooperation: float
    conflict: float
    n_cooperation: int
    n_conflict: int
    covered: int


@dataclass(frozen=True, kw_only=True)
class FadedTie:
    """What passed between two states, older months counting less.

    ``cooperation``, ``conflict`` and ``covered`` are faded sums; the counts and ``articles`` (that
    mention both) are whole.
    """

    a: str
    b: str
    cooperation: float
    conflict: float
    n_cooperation: int
    n_conflict: int
    covered: float
    articles: int


@dataclass(frozen=True, kw_only=True)
class FadedTies:
    """Faded ties of every pair that an event joins, and the months over which they are summed."""

    months: tuple[str, ...]
    rows: tuple[FadedTie, ...]


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Events of one period by kind of act: cooperation and conflict, held and not (yet) held."""

    period: str
    total: int
    cooperation: int
    conflict: int
    meetings: int
    planned: int
    called_off: int


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Events by period; those whose date is coarser than the period are counted in ``imprecise``, not placed."""

    bucket: str
    rows: tuple[Bucket, ...]
    undated: int
    imprecise: int


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article or a quote that answers a search, with a snippet; found words stand between U+27E6 and U+27E7."""

    kind: Literal["article", "quote"]
    article: str
    finding: str | None
    outlet: str | None
    title: str | None
    published: str | None
    speaker: str | None
    snippet: str
    rank: float


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How much is known of a pair of states: articles and sources that mention both."""

    a: str
    b: str
    articles: int
    sources: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """An event known before that was reported again since: what changed of it, as (what, before, now)."""

    id: str
    kind: str
    words: str
    changes: tuple[tuple[str, str, str], ...]
    new_reports: int


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What articles published after a day brought."""

    since: str
    articles: tuple[ArticleRow, ...]
    events: tuple[EventRow, ...]
    meetings: tuple[MeetingRow, ...]
    commitments: tuple[CommitmentRow, ...]
    quotes: tuple[QuoteRow, ...]
    changed: tuple[Change, ...]
    totals: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sourced value: what is said of whom or what, by which words of which article, as read by which reader."""

    subject: str
    property: str
    value: str
    anchor: Anchor
    published: str | None
    versions: dict[str, str]
    review: ReviewState
