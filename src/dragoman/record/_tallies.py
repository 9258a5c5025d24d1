"""Counts over the whole record, made by the database: what pages of large records show instead of all rows.

Each tally is what a walk through the rows of the query beside it would count (the tests
walk); none of them loads these rows.  Two persons who are told to have met twice on one day, alone and with a
third, say, met once.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.record._entities import names
from dragoman.record._fates import holdings
from dragoman.record._filters import Where, page
from dragoman.record._store import Store

if TYPE_CHECKING:
    from dragoman.record.views import FadedTies, Grade

MET = "m.mode = 'in person' AND m.status = 'held'"
HELD = f"{MET} AND (m.count < 2 OR m.dated)"
ONCE = "CASE WHEN m.level = 'person' THEN coalesce(m.day, m.key) ELSE m.key END"
TIMES = f"CASE WHEN sum({HELD}) THEN count(DISTINCT CASE WHEN {HELD} THEN {ONCE} END) ELSE sum({MET}) END"
AHEAD = "m.mode = 'in person' AND m.status IN ('planned', 'possible')"
NOT_REJECTED = "q.finding NOT IN (SELECT id FROM findings WHERE review = 'rejected')"
OWN_AND_CURRENT = "q.article NOT IN (SELECT id FROM articles WHERE source_group <> key OR superseded_by IS NOT NULL)"
LISTED = f"{NOT_REJECTED} AND {OWN_AND_CURRENT}"
_STANDINGS = f"""
WITH pairs AS (
  SELECT m.a AS a, m.b AS b, max(m.a_country) AS a_country, max(m.b_country) AS b_country,
    {TIMES} AS held,
    sum(m.mode = 'in person' AND m.status IN ('planned', 'possible', 'called off')) AS other,
    min(CASE WHEN {MET} THEN m.rank END) AS rank, max(CASE WHEN {MET} THEN m.day END) AS last
  FROM joined_contacts m WHERE m.level = ? GROUP BY m.a, m.b
), sides AS (
  SELECT a AS who, a_country AS country, held, other, rank, last FROM pairs
  UNION ALL SELECT b, b_country, held, other, rank, last FROM pairs
)
SELECT who, max(country), sum(held), sum(other), count(*), sum(held > 0), sum(held > 0 AND rank = 0), max(last)
FROM sides GROUP BY who ORDER BY sum(held) + sum(other) DESC, who {{page}}
"""
_SPEAKERS = f"""
SELECT who, known, state, office, sum(n) AS quotes, max(last) FROM (
  SELECT coalesce(q.resolved, q.speaker) AS who, q.resolved IS NOT NULL AS known, q.state AS state,
    q.office AS office, count(*) AS n, max(q.day) AS last
  FROM quotes q WHERE {LISTED} GROUP BY q.resolved, q.speaker, q.state, q.office
) WHERE who <> '' GROUP BY who, known, state, office
ORDER BY quotes DESC, known DESC, who, state, office {{page}}
"""
_PRINTED = f"""
SELECT q.resolved, q.speaker, count(*) FROM quotes q
WHERE {LISTED} AND q.resolved IN (SELECT value FROM json_each(?)) GROUP BY 1, 2
UNION ALL SELECT value, value, 0 FROM json_each(?)
"""
_OUTLETS = """
SELECT outlet, count(*), sum(source_group = key), min(day), max(day) FROM articles
GROUP BY outlet ORDER BY count(*) DESC, outlet {page}
"""
_FOUND = """
SELECT a.outlet, c.kind, sum(c.n) FROM (
  SELECT article, kind, count(*) AS n FROM findings WHERE +kind IN ('quote', 'event') {only} GROUP BY article, kind
) c JOIN articles a ON a.id = c.article GROUP BY a.outlet, c.kind
"""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much a record holds.

    ``sources`` are independent origins, ``origins`` how many of each kind (agency, government, press, ...);
    ``meetings`` are all that reports speak of, ``held`` those that took place;
    ``unread``: articles stored without a reading, or not in English; ``hidden``: articles that ``as_of`` hides,
    undated ones among them.
    """

    articles: int
    unread: int
    undated: int
    copies: int
    superseded: int
    sources: int
    outlets: int
    events: int
    meetings: int
    quotes: int
    commitments: int
    definitions: int
    entities: int
    conflicts: int
    to_review: int
    decisions: int
    hidden: int
    first: str | None
    last: str | None
    origins: dict[str, int]
    held: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One who met others: meetings summed over the pairs, others met, and how many of these at leaders' level."""

    entity: str
    name: str
    country: str | None
    held: int
    not_held: int
    pairs: int
    partners: int
    leaders: int
    last: str | None


@dataclass(frozen=True, kw_only=True)
class SpeakerTally:
    """Quotes of one speaker in one standing, copies and superseded versions left out; ``entity`` where one is known."""

    entity: str | None
    name: str
    state: str | None
    office: str
    quotes: int
    last: str | None


@dataclass(frozen=True, kw_only=True)
class OutletTally:
    """What one outlet printed; ``own`` articles are no copies; findings rejected are left out."""

    outlet: str | None
    articles: int
    own: int
    first: str | None
    last: str | None
    findings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlaceTally:
    """Meetings at one place: held, and planned or possible."""

    place: str
    held: int
    planned: int


@dataclass(frozen=True, kw_only=True)
class PromiseTally:
    """Promises by one party (or, with no entity, of all): how many, by fate, and open past their date."""

    entity: str
    name: str
    total: int
    fates: Mapping[str, int]
    late: int


class Tallies:
    """Counts over the record; made by :class:`~dragoman.record.Record` as its ``tallies``."""

    def __init__(self, store: Store, ready: Callable[[], Store]) -> None:
        self._store = store
        self._ready = ready

    def articles(self, *, outlet: str | None = None) -> int:
        """How many articles there are, of some outlets or of all."""
        where = Where().equal("a.outlet", outlet)
        return int(self._store.value(f"SELECT count(*) FROM articles a WHERE {where.sql}", where.values))

    def last_day(self) -> str | None:
        """The last day of publication seen."""
        found: str | None = self._store.value("SELECT max(day) FROM articles")
        return found

    def standings(self, level: str, *, limit: int | None = None) -> tuple[Standing, ...]:
        """Persons (``person``) or states (``state``) by the meetings of their pairs, most first."""
        store = self._ready()
        rows = store.rows(_STANDINGS.format(page=page(limit, 0)), (level,))
        called = names(store, [row[0] for row in rows])
        return tuple(
            Standing(
                entity=row[0], name=called.get(row[0]) or row[0], country=row[1], held=row[2], not_held=row[3],
                pairs=row[4], partners=row[5], leaders=row[6], last=row[7],
            )
            for row in rows
        )  # fmt: skip

    def count_pairs(self, level: str) -> int:
        """How many pairs have a meeting of any status."""
        counted = "SELECT count(*) FROM (SELECT DISTINCT a, b FROM joined_contacts WHERE level = ?)"
        return int(self._ready().value(counted, (level,)))

    def mention_both(self, a: str, b: str) -> int:
        """How many articles mention both of two states, superseded versions left out."""
        return int(
            self._store.value(
                "SELECT count(*) FROM countries x JOIN countries y ON y.article = x.article AND y.country = ? "
                "WHERE x.country = ? AND x.article NOT IN (SELECT id FROM articles WHERE superseded_by IS NOT NULL)",
                (b, a),
            )
        )

    def met_between(self, first: str, last: str) -> Counter[str]:
        """How many meetings held on known days from first to last (included) each state took part in."""
        rows = self._ready().rows(
            "SELECT x.country, count(DISTINCT j.id) FROM joined j JOIN joined_actors x ON x.joined = j.id "
            "WHERE j.kind = 'meeting' AND j.day BETWEEN ? AND ? AND j.status = 'held' AND j.dated "
            "AND x.country IS NOT NULL AND x.role = 'participant' GROUP BY x.country",
            (first, last),
        )
        return Counter(dict[str, int](rows))

    def speakers(self, *, limit: int | None = None) -> tuple[SpeakerTally, ...]:
        """Quotes by speaker, state and office, most first; the name is the one that stands most often."""
        store = self._ready()
        rows = store.rows(_SPEAKERS.format(page=page(limit, 0)))
        name = self._printed({row[0] for row in rows})
        return tuple(
            SpeakerTally(
                entity=row[0] if row[1] else None, name=name[row[0]], state=row[2], office=row[3], quotes=row[4],
                last=row[5],
            )
            for row in rows
        )  # fmt: skip

    def _printed(self, speakers: set[str]) -> dict[str, str]:
        """The name under which each speaker (an entity, or a name) is quoted most often."""
        shown: dict[str, Counter[str]] = {}
        for who, printed, number in self._store.rows(_PRINTED, (json.dumps(sorted(speakers)),) * 2):
            shown.setdefault(who, Counter())[printed or who] += number
        return {who: min(found, key=lambda one: (-found[one], one)) for who, found in shown.items()}

    def count_speakers(self) -> int:
        """How many rows :meth:`speakers` has without a limit."""
        return int(self._ready().value(f"SELECT count(*) FROM ({_SPEAKERS.format(page='')})"))

    def spoken(self) -> Counter[tuple[str | None, str]]:
        """Quotes by state and office, of named and unnamed speakers."""
        rows = self._ready().rows(
            f"SELECT q.state, q.office, count(*) FROM quotes q WHERE {LISTED} GROUP BY q.state, q.office"
        )
        return Counter({(row[0], row[1]): row[2] for row in rows})

    def outlets(self, *, limit: int | None = None) -> tuple[OutletTally, ...]:
        """Outlets by number of articles, most first."""
        store = self._ready()
        found: dict[str | None, Counter[str]] = {}
        for only, sign in (("", 1), ("AND review = 'rejected'", -1)):
            for outlet, kind, number in store.rows(_FOUND.format(only=only)):
                found.setdefault(outlet, Counter())[kind] += sign * number
        return tuple(
            OutletTally(
                outlet=row[0], articles=row[1], own=row[2], first=row[3], last=row[4], findings=found.get(row[0], {})
            )
            for row in store.rows(_OUTLETS.format(page=page(limit, 0)))
        )

    def states(self) -> tuple[tuple[str, int], ...]:
        """States, alpha-3, in articles and as sides of what is joined, with the number of articles; most first."""
        rows = self._ready().rows(
            "SELECT country, sum(n) FROM (SELECT c.country, count(*) AS n FROM countries c "
            "JOIN articles a ON a.id = c.article GROUP BY c.country "
            "UNION ALL SELECT DISTINCT x.country, 0 FROM joined_actors x WHERE length(x.country) = 3) "
            "GROUP BY country ORDER BY sum(n) DESC, country"
        )
        return tuple((row[0], row[1]) for row in rows)

    def grades(self) -> dict[str | None, tuple[Grade, ...]]:
        """The grades that hold of articles, by outlet."""
        from dragoman.record._articles import load_grades

        grades = load_grades(self._store)
        rows = self._store.rows(
            "SELECT outlet, hash FROM articles WHERE hash IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(grades)),),
        )
        found: dict[str | None, list[Grade]] = {}
        for outlet, text_hash in rows:
            found.setdefault(outlet, []).append(grades[text_hash])
        return {outlet: tuple(listed) for outlet, listed in found.items()}

    def count_outlets(self) -> int:
        """How many outlets there are, articles without one counted as one."""
        return int(self._store.value("SELECT count(*) FROM (SELECT DISTINCT outlet FROM articles)"))

    def places(self) -> tuple[PlaceTally, ...]:
        """Places of meetings, most held first, then by name."""
        rows = self._ready().rows(
            "SELECT j.place, sum(j.status = 'held') AS held, sum(j.status IN ('planned', 'possible')) AS planned "
            "FROM joined j WHERE j.kind = 'meeting' AND j.place IS NOT NULL AND j.place <> '' GROUP BY j.place "
            "HAVING held + planned > 0 ORDER BY held DESC, j.place"
        )
        return tuple(PlaceTally(place=row[0], held=row[1], planned=row[2]) for row in rows)

    def faded_ties(self, half: int, *, country: str | None = None, until: str | None = None) -> FadedTies:
        """Ties of every pair of states at the end of the record, older months counting less.

        A month counts half of what the month ``half`` months later counts; ``country`` is one of
        the pair, ``until`` a day after which nothing counts.
        """
        from dragoman.record._ties import faded

        return faded(self._ready(), half, country, until)

    def covered_months(
        self, pairs: Sequence[tuple[str, str]], *, until: str | None = None
    ) -> dict[tuple[str, str], dict[str, int]]:
        """How many articles of each month mention both of each pair (alpha-3 codes in order of the alphabet)."""
        from dragoman.record._ties import covered_of

        return covered_of(self._ready(), pairs, until)

    def promises(self, last: str | None) -> PromiseTally:
        """All promises; ``last`` is the day after which an open one is late."""
        return self._promises("", "'' AS who, ''", last)[0]

    def promisers(self, last: str | None) -> tuple[PromiseTally, ...]:
        """Promises by who made them, most first."""
        join = "JOIN joined_actors x ON x.joined = j.id AND x.role = 'by'"
        return tuple(self._promises(join, "x.entity AS who, max(x.name)", last))

    def _promises(self, join: str, who: str, last: str | None) -> list[PromiseTally]:
        store = self._ready()
        held = json.dumps({one: holding.fate for one, holding in holdings(store).items()})
        rows = store.rows(
            f"SELECT {who}, coalesce(h.value, j.status) AS fate, count(*), "
            "coalesce(sum(coalesce(h.value, j.status) = 'open' AND j.date_end < ?), 0) "
            f"FROM joined j LEFT JOIN json_each(?) h ON h.key = CAST(j.id AS TEXT) {join} "
            "WHERE j.kind = 'commitment' GROUP BY who, fate",
            (last or "", held),
        )
        called = names(store, {row[0] for row in rows}) if join else {}
        found: dict[str, tuple[str, Counter[str], int]] = {} if join else {"": ("", Counter(), 0)}
        for entity, name, fate, number, late in rows:
            before: tuple[str, Counter[str], int] = found.get(entity, (called.get(entity) or name, Counter(), 0))
            before[1][fate] += number
            found[entity] = (*before[:2], before[2] + late)
        made = [
            PromiseTally(entity=entity, name=name, total=fates.total(), fates=fates, late=late)
            for entity, (name, fates, late) in found.items()
        ]
        return sorted(made, key=lambda one: (-one.total, one.name))
