"""The record: a thin face over the functions of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.errors import InputError
from dragoman.plain import canonical_json
from dragoman.read.findings import Reading
from dragoman.record import (
    _add,
    _articles,
    _asof,
    _changes,
    _claims,
    _contacts,
    _events,
    _quotes,
    _review,
    _settle,
    _tallies,
    _ties,
)
from dragoman.record._article import ArticleLike, article_key
from dragoman.record._check import check_finding
from dragoman.record._fates import holdings
from dragoman.record._filters import Day, Some, Where, day
from dragoman.record._identity import Identity
from dragoman.record._seal import seal
from dragoman.record._store import Store, open_store
from dragoman.record.origins import Outlet, OutletOrigin, list_origins, set_outlets
from dragoman.record.others import Others
from dragoman.record.register import Register
from dragoman.record.views import (
    Added,
    Anchor,
    ArticleFull,
    ArticleRow,
    Changes,
    CheckedClaim,
    CommitmentRow,
    Contact,
    Counts,
    Coverage,
    EventFull,
    EventRow,
    FindingRow,
    Hit,
    MeetingRow,
    Mention,
    NeverMet,
    QuoteRow,
    Statement,
    Tie,
    Timeline,
)

Clock = Callable[[], str]


def utc_now() -> str:
    """The time now, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record:
    """A sourced record of what was read: one SQLite file.

    Open it with :meth:`open`, best in a ``with`` statement.  A record as of a day
    (``as_of``) shows nothing published later and nothing without a date, and may
    not be written.  All queries return frozen dataclasses of
    :mod:`dragoman.record.views` in a fixed order.
    """

    def __init__(self, store: Store, *, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._settled = False
        self._seen: int | None = None
        self.review = _review.Review(store, clock, self._unsettle)
        self.register = Register(store)
        self.others = Others(store, clock)
        self.tallies = _tallies.Tallies(store, self._ready)
        self.identity = Identity(store, clock, self._unsettle, self._ready)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, as_of: Day = None, clock: Clock = utc_now) -> Record:
        """Open the record in a file.

        Args:
            path: the file.
            create: make the file where there is none.
            as_of: a day; nothing published after it is seen.  Such a record may not be written.
            clock: gives the time for what is logged, as text.

        Raises:
            RecordError: no such file, no record, a newer schema, or not to be written.
            InputError: ``as_of`` is no day.
        """
        seen = day(as_of, "as of")
        store = open_store(Path(path), create=create)
        record = cls(store, clock=clock)
        if seen is not None:
            record.settle()
            _asof.see_as_of(store, seen)
        elif store.copied:
            record.settle()
            store.writable = False
        return record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def as_of(self) -> str | None:
        """The day after which nothing is seen, or None."""
        return self._store.as_of

    @property
    def path(self) -> str:
        """The record's file."""
        return self._store.place

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    # Writing

    def add(self, article: ArticleLike, reading: Reading | None = None) -> Added:
        """Put an article and its reading in, as a whole or not at all.

        The same article read by the same versions changes nothing.  A reading by
        other versions replaces the findings; decisions made on them hold on.

        Raises:
            RecordError: the record may not be written, or the text is not Unicode.
        """
        findings = _add.findings_in(reading) if reading is not None else []
        for finding in findings:
            check_finding(finding, article.text)
        with self._store.transaction():
            rowid, key, new = _add.put_article(self._store, article, reading, self._clock())
            if reading is None or (not new and _add.reading_is_current(self._store, rowid, reading)):
                if new:
                    seal(self._store, rowid)
                return Added(key=key, outcome="added" if new else "unchanged")
            _add.put_reading(self._store, rowid, reading)
            _review.write_findings(self._store, rowid, findings)
        self._settled = False
        return Added(key=key, outcome="added" if new else "read again")

    def has(self, name: str) -> bool:
        """Whether an article with this key, or this hash of its text, is in the record."""
        return self._store.one("SELECT 1 FROM articles WHERE key = ? OR hash = ?", (name, name)) is not None

    def is_current(self, text: str, outlet: str | None, versions: Mapping[str, str]) -> str | None:
        """The key of an article that was read by these very versions; None where it is new or to be read again."""
        key = article_key(text, outlet)
        row = self._store.one(
            "SELECT r.versions FROM main.readings r JOIN main.articles a ON a.id = r.article WHERE a.key = ?", (key,)
        )
        return key if row is not None and row[0] == canonical_json(versions) else None

    def settle(self) -> int:
        """Join the reports added since the last time, as queries do by themselves; the number of blocks joined."""
        if self._store.as_of is not None or not self._store.writable:
            return 0
        self._settled, self._seen = True, self._store.value("PRAGMA data_version")
        return _settle.settle(self._store)

    def _unsettle(self) -> None:
        self._settled = False

    def _ready(self) -> Store:
        if not self._settled or self._store.value("PRAGMA data_version") != self._seen:
            self.settle()
        return self._store

    # Articles

    def origins(self) -> tuple[OutletOrigin, ...]:
        """Every outlet with where its reports come from."""
        return list_origins(self._store)

    def set_outlets(self, outlets: Iterable[Outlet]) -> int:
        """Take over a table of outlets; how many articles come from elsewhere than was known.

        Raises:
            RecordError: the record may not be written.
        """
        moved = set_outlets(self._store, outlets)
        self._settled = False
        return moved

    def articles(
        self, *, outlet: Some = None, since: Day = None, until: Day = None, language: Some = None,
        group: str | None = None, keys: Sequence[str] | None = None,
        current: bool = False, order: str = "published", limit: int | None = None, offset: int = 0,
    ) -> tuple[ArticleRow, ...]:  # fmt: skip
        """Articles; ``keys`` chooses by key, ``current`` leaves superseded versions out.

        Orders: published, -published, outlet, title, length.
        """
        where = Where().equal("a.outlet", outlet).equal("a.language", language).equal("a.source_group", group)
        where.between("a.day", day(since, "since"), day(until, "until"))
        if keys is not None:
            where.add("a.key IN (SELECT value FROM json_each(?))", canonical_json(list(keys)))
        if current:
            where.add("a.superseded_by IS NULL")
        return _articles.list_articles(self._store, where, order, limit, offset)

    def article(self, name: str, *, rejected: bool = False) -> ArticleFull:
        """One article with its text and findings, by key or hash, or eight digits or more of either.

        Raises:
            UnknownNameError: no article that may be seen has that name.
        """
        return _articles.full_article(self._ready(), name, rejected=rejected)

    def text(self, name: str) -> str:
        """The text of an article alone, by its key or hash."""
        return _articles.text_of(self._store, _articles.find_article(self._store, name)[0])

    def findings(
        self, *, article: str | None = None, kind: Some = None, type: Some = None, review: Some = None,  # noqa: A002
        origin: str | None = None, max_confidence: float | None = None, order: str = "article",
        limit: int | None = None, offset: int = 0,
    ) -> tuple[FindingRow, ...]:  # fmt: skip
        """Single findings, as the review page lists them; rejected ones only where ``review`` asks for them.

        ``order`` is ``article`` (by day of publication, article and place) or ``certainty`` (least certain first).

        Deeds that decide no promise are listed only where ``kind`` asks for ``fate``.
        ``type`` is a PLOVER type, a meeting's level, a quote's form, or the term of a definition.
        """
        where = Where().equal("f.kind", kind).equal("f.type", type).equal("f.review", review).equal("f.origin", origin)
        if review is None:
            where.add("f.review <> 'rejected'")
        if kind is None:
            where.add(_articles.TELLING)
        if article is not None:
            where.add("f.article = ?", _articles.find_article(self._store, article)[0])
        if max_confidence is not None:
            where.add("f.confidence <= ?", max_confidence)
        return _articles.list_findings(self._ready(), where, limit, offset, order)

    def evidence(self, finding: str) -> tuple[Anchor, ...]:
        """Where a finding stands, one anchor a span.

        Raises:
            UnknownNameError: no finding that may be seen has that id.
        """
        return _articles.evidence_of(self._store, finding)

    def coverage(self, a: str, b: str, *, since: Day = None, until: Day = None) -> Coverage:
        """How many articles, sources and outlets mention both of two states (alpha-3)."""
        where = Where().between("a.day", day(since, "since"), day(until, "until"))
        return _articles.coverage_of(self._store, a, b, where)

    def counts(self) -> Counts:
        """How much the record holds."""
        return _articles.count_all(self._ready())

    def notes(self) -> tuple[str, ...]:
        """The notes that every article bears, such as that all were written for an example."""
        return _articles.shared_notes(self._store)

    def added_at(self, name: str) -> str:
        """When an article was put in: the only place where the clock shows."""
        return str(
            self._store.value(
                "SELECT added_at FROM articles WHERE id = ?", (_articles.find_article(self._store, name)[0],)
            )
        )

    # Joined events

    def events(
        self, *, type: Some = None, quad: int | Sequence[int] | None = None, status: Some = None, source: Some = None,  # noqa: A002
        target: Some = None, country: Some = None, party: Some = None, since: Day = None, until: Day = None,
        conflicts: bool | None = None, order: str = "day", limit: int | None = None, offset: int = 0,
    ) -> tuple[EventRow, ...]:  # fmt: skip
        """Joined events.

        ``source``, ``target`` and ``country`` are alpha-3 codes, ``party`` an
        entity; several of them must all be there.  ``since`` and ``until`` bound
        ``day``.  Orders: day, -day, -sources, -reported.
        """
        where = self._event_where(
            "event", type=type, quad=quad, status=status, source=source, target=target, country=country, party=party,
            since=since, until=until, conflicts=conflicts,
        )  # fmt: skip
        return _events.list_joined(self._ready(), where, order, limit, offset)

    def count_events(
        self, *, type: Some = None, quad: int | Sequence[int] | None = None, status: Some = None, source: Some = None,  # noqa: A002
        target: Some = None, country: Some = None, party: Some = None, since: Day = None, until: Day = None,
        conflicts: bool | None = None,
    ) -> int:  # fmt: skip
        """How many events :meth:`events` would list without a limit."""
        where = self._event_where(
            "event", type=type, quad=quad, status=status, source=source, target=target, country=country, party=party,
            since=since, until=until, conflicts=conflicts,
        )  # fmt: skip
        return _events.count_joined(self._ready(), where)

    def meetings(
        self, *, level: Some = None, status: Some = None, country: Some = None, party: Some = None, since: Day = None,
        until: Day = None, conflicts: bool | None = None, order: str = "day", limit: int | None = None, offset: int = 0,
    ) -> tuple[MeetingRow, ...]:  # fmt: skip
        """Joined meetings; several countries or parties must all take part.  Orders as for :meth:`events`."""
        where = self._event_where(
            "meeting", status=status, country=country, party=party, since=since, until=until, conflicts=conflicts
        ).equal("j.level", level)
        return _events.list_joined(self._ready(), where, order, limit, offset)

    def count_commitments(self, *, by: Some = None, fate: Some = None) -> int:
        """How many promises :meth:`commitments` would list for these."""
        store, where = self._ready(), _events.promises_where(by=by, to=None)
        return _events.count_joined(store, _events.fated(where, fate, holdings(store)))

    def calls(
        self, *, mode: Some = None, status: Some = None, country: Some = None, party: Some = None, since: Day = None,
        until: Day = None, order: str = "day", limit: int | None = None, offset: int = 0,
    ) -> tuple[MeetingRow, ...]:  # fmt: skip
        """Contacts that were not in person, joined: ``mode`` is call, video, letter or mediated."""
        where = self._event_where("call", status=status, country=country, party=party, since=since, until=until)
        return _events.list_joined(self._ready(), where.equal("j.mode", mode), order, limit, offset)

    def commitments(
        self, *, by: Some = None, to: Some = None, fate: Some = None, due_since: Day = None, due_until: Day = None,
        order: str = "day", limit: int | None = None, offset: int = 0,
    ) -> tuple[CommitmentRow, ...]:  # fmt: skip
        """The ledger of promises; ``by`` and ``to`` are entities or countries (alpha-3).

        Orders: those of :meth:`events`, and ``due`` (by date due).
        """
        where = _events.promises_where(by=by, to=to)
        where.between("j.date_start", day(due_since, "due since"), day(due_until, "due until"))
        return _events.list_commitments(self._ready(), where, fate, order, (limit, offset))

    def happenings(
        self, *, limit: int | None = None, offset: int = 0, **asked: Any
    ) -> tuple[EventRow | MeetingRow, ...]:
        """Joined events and meetings together, by day; narrowed as :meth:`count_meetings` is."""
        where = self._event_where(None, **asked).add(_events.HAPPENED)
        return _events.list_joined(self._ready(), where, "day", limit, offset)

    def count_happenings(self, **asked: Any) -> int:
        """How many rows :meth:`happenings` would list without a limit."""
        return _events.count_joined(self._ready(), self._event_where(None, **asked).add(_events.HAPPENED))

    def ahead(self, last: Day, stale: Day, *, limit: int | None = None) -> tuple[MeetingRow, ...]:
        """Meetings planned or possible that may still come about, by day.

        Those of ``last`` or later, and those without a day that were reported on ``stale`` or later.
        """
        where = Where().add("j.kind = 'meeting'").equal("j.status", ("planned", "possible"))
        where.add(
            "CASE WHEN j.dated THEN j.day >= ? ELSE coalesce(j.last_day, '') >= ? END",
            day(last, "last") or "", day(stale, "stale") or "",
        )  # fmt: skip
        return _events.list_joined(self._ready(), where, "day", limit, 0)

    def mentions(self, names: Sequence[str], *, most: int = 12) -> dict[str, tuple[Mention, ...]]:
        """The first reports of joined events (by id), at most so many of each; superseded versions are left out."""
        return _events.mentions_of(self._ready(), list(names), most)

    def count_meetings(
        self, *, status: Some = None, country: Some = None, party: Some = None, since: Day = None, until: Day = None,
        conflicts: bool | None = None, calls: bool = False,
    ) -> int:  # fmt: skip
        """How many meetings :meth:`meetings` would list for these, or how many :meth:`calls`."""
        asked: dict[str, Any] = {"status": status, "country": country, "party": party, "since": since, "until": until}
        return _events.count_joined(
            self._ready(), self._event_where("call" if calls else "meeting", conflicts=conflicts, **asked)
        )

    def event(self, name: str) -> EventFull:
        """One joined event, meeting or commitment with every report of it, by its id or that of one of its findings.

        Raises:
            UnknownNameError: nothing that may be seen has that id.
        """
        return _events.full_event(self._ready(), name)

    def timeline(
        self, bucket: str = "month", *, type: Some = None, quad: int | Sequence[int] | None = None, status: Some = None,  # noqa: A002
        country: Some = None, party: Some = None, since: Day = None, until: Day = None,
    ) -> Timeline:  # fmt: skip
        """Events and meetings by day, week (its Monday), month or year."""
        where = self._event_where(
            None, type=type, quad=quad, status=status, country=country, party=party, since=since, until=until
        )
        return _events.timeline_of(self._ready(), bucket, where)

    def span(self, **asked: Any) -> tuple[str | None, str | None]:
        """The first and the last day of events and meetings, narrowed as :meth:`timeline` is."""
        return _events.span_of(self._ready(), self._event_where(None, **asked))

    def ties(
        self, window: str = "month", *, country: Some = None, pairs: Sequence[tuple[str, str]] | None = None,
        since: Day = None, until: Day = None,
    ) -> tuple[Tie, ...]:  # fmt: skip
        """Cooperation and conflict of every pair of states by day, week, month or year.

        ``country`` is one of the pair; ``pairs`` chooses pairs (codes in order of the alphabet).
        """
        where = Where().between("p.day", day(since, "since"), day(until, "until"))
        if pairs is not None:
            where.add(_ties.IN_PAIRS, canonical_json(list(pairs)))
        for code in (country,) if isinstance(country, str) else country or ():
            where.add("(p.a = ? OR p.b = ?)", code, code)
        return _ties.tie_rows(self._ready(), window, where, pairs)

    def _event_where(
        self, kind: str | None, *, type: Some = None, quad: int | Sequence[int] | None = None, status: Some = None,  # noqa: A002
        source: Some = None, target: Some = None, country: Some = None, party: Some = None, since: Day = None,
        until: Day = None, conflicts: bool | None = None,
    ) -> Where:  # fmt: skip
        where = Where().equal("j.kind", kind).equal("j.type", type).equal("j.quad", quad).equal("j.status", status)
        where.between("j.day", day(since, "since"), day(until, "until"))
        if conflicts is not None:
            where.add("j.conflicts <> '[]'" if conflicts else "j.conflicts = '[]'")
        return _events.with_actors(where, party=party, country=country, source=source, target=target)

    def changes_since(self, since: Day, *, limit: int = 50) -> Changes:
        """What articles published after a day brought: new ones of each kind, and known events that changed."""
        start = day(since, "since")
        if start is None:
            raise InputError("since", "nothing", "a day such as 2018-06-12")
        return _changes.changes_since(self._ready(), start, limit)

    def statements(self, subject: str, *, property: str | None = None) -> tuple[Statement, ...]:  # noqa: A002
        """Every sourced value of an entity (name, kind, country, role), or of an event (date, place, status)."""
        return _changes.statements_about(self._ready(), subject, property)

    # Contacts

    def contacts(
        self, level: str = "person", *, country: Some = None, party: Some = None, since: Day = None, until: Day = None,
        among: Sequence[str] | None = None, limit: int | None = None, offset: int = 0,
    ) -> tuple[Contact, ...]:  # fmt: skip
        """Who met whom: pairs of persons (``person``) or of states (``state``), most meetings first.

        ``among`` keeps the pairs of which both are in a list.
        """
        where = self._event_where(None, country=country, party=party, since=since, until=until)
        return _contacts.contact_rows(self._ready(), level, where, limit, offset, among=among)

    def never_met(self, a: str, b: str) -> NeverMet:
        """Whether two persons (entities) or states (alpha-3) have met, and if not, who says so."""
        return _contacts.never_met_answer(self._ready(), a, b)

    def claims(self) -> tuple[CheckedClaim, ...]:
        """Claims that two met first, only once, never or not yet, each checked against the meetings of the record."""
        return _claims.check_claims(self._ready())

    # Quotes and search

    def quotes(
        self, *, speaker: str | None = None, entity: Some = None, state: Some = None, office: Some = None,
        kind: Some = None,
        text: str | None = None, about: Sequence[str] | None = None, article: str | None = None, since: Day = None,
        until: Day = None, copies: bool = False,
        order: str = "day", limit: int | None = None, offset: int = 0,
    ) -> tuple[QuoteRow, ...]:  # fmt: skip
        """Quotes.

        ``speaker`` is a part of the name as printed, ``entity`` who that is,
        ``office`` for whom he or she speaks, ``text`` a search (see :meth:`search`),
        ``about`` phrases of which the quote's words hold one, whose last word may go on.
        Copies and superseded versions are left out unless ``copies`` is true.
        """
        where = _quotes.quotes_where(
            self._store, speaker=speaker, entity=entity, state=state, office=office, kind=kind, text=text,
            about=about, article=article, since=since, until=until, copies=copies,
        )  # fmt: skip
        return _quotes.list_quotes(self._ready(), where, order, limit, offset)

    def count_quotes(
        self, *, speaker: str | None = None, entity: Some = None, state: Some = None, office: Some = None,
        kind: Some = None,
        text: str | None = None, about: Sequence[str] | None = None, article: str | None = None, since: Day = None,
        until: Day = None, copies: bool = False,
    ) -> int:  # fmt: skip
        """How many quotes :meth:`quotes` would list without a limit."""
        where = _quotes.quotes_where(
            self._store, speaker=speaker, entity=entity, state=state, office=office, kind=kind, text=text,
            about=about, article=article, since=since, until=until, copies=copies,
        )  # fmt: skip
        return _quotes.count_quotes(self._ready(), where)

    def search(
        self, text: str, *, kinds: Sequence[str] = ("article", "quote"), limit: int = 50, offset: int = 0
    ) -> tuple[Hit, ...]:
        """Full-text search over articles and quotes, best first.

        Operators: words (all must stand), ``"a phrase"``, ``OR``, ``NOT``, brackets,
        ``word*`` for a beginning, ``NEAR(one two, 5)``.

        Raises:
            InputError: the search cannot be read; the message lists the operators.
        """
        return _quotes.search_all(self._ready(), text, tuple(kinds), limit, offset)
