"""One event, many reports: which findings tell of the same event.  Pure; knows no database.

Reports are taken in order of publication.  Each joins the best event already
known that it is compatible with, or becomes a new one (leader clustering:
Hartigan, Clustering Algorithms, 1975, chapter 3).  The order makes two things
true by construction: the result does not depend on the order in which articles
were added, and the events known on a day are exactly those that the articles
published until then give.

1. Reports come in blocks of one kind, type and source (of mutual acts, promises and
   meetings: of all sides), by country.
2. Candidates are the events whose days lie within two days of the report's, found
   by month; a report without a day looks at events last reported within a week.
3. Compatible: same mode where both give one, same target, places that do not
   contradict one another, for meetings a person in common for each country that
   names persons.  A report that names no target joins one that does on shared words;
   on one and the same day few are enough, and a mode that differs is overlooked.
4. Days that are known to within a week or longer only agree with narrower ones on
   shared words, and a report of several acts ("dozens of tests") joins none but its like.
   Days within precision agree.  Days that differ by one or two are one event with
   a conflict of dates only where the place is the same (or, for meetings, not
   contradicted), the articles are less than eleven days apart, and no article
   tells the two apart.
5. A report without a day joins only on shared words of its sentence; few are enough
   where a deed was held, has the same target, and was the news of those two days.  So does
   a report that gives a year or the like, and only events of that same year.
6. "The meeting" without a day, between persons named on every side, is the one
   they held in the thirty days before, or, not yet held, the one set for the sixty
   days to come; a report that speaks of several meetings joins none so.
7. Among several, the one with the same day, most words in common, latest reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

NEAR_DAYS = 2
NEWS_DAYS = 7
CONFLICT_DAYS = 10
COARSE_DAYS = 31
LATEST = 64
BACK_DAYS, AHEAD_DAYS = 30, 60
FRESH_DAYS = 2
WIDE_DAYS = 6
SHARED_WORDS = 0.2
SHARED_FEW = 0.1
SHARED_CLAUSE = 0.5
UNDATED = 10**7
_SEVERAL_ACTS = "dozens several numerous many series repeatedly routinely often frequently regularly rounds various"
_SEVERAL = frozenset(_SEVERAL_ACTS.split())


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report of an event.

    Days are ordinals (``date.toordinal``); ``persons`` maps a country to who is named; a ``deed`` is
    an act of force, of material help or its denial, no mere words.
    """

    id: int
    key: str
    kind: str
    article: str
    published: int | None
    start: int | None
    end: int | None
    mode: str | None
    place: str | None
    persons: dict[str, frozenset[str]]
    words: frozenset[str]
    target: frozenset[str] = frozenset()
    status: str | None = None
    count: int = 1
    deed: bool = False

    @property
    def order(self) -> tuple[int, bool, str, str]:
        """Order of publication, undated articles last; of one day, reports that give a day first."""
        published = UNDATED if self.published is None else self.published
        return published, self.days is None, self.article, self.key

    @cached_property
    def several(self) -> bool:
        """Whether it speaks of several acts at once."""
        return self.kind == "event" and not self.words.isdisjoint(_SEVERAL)

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """First and last day, where they are known to within a month."""
        if self.start is None or self.end is None or self.end - self.start >= COARSE_DAYS:
            return None
        return self.start, self.end

    @cached_property
    def coarse(self) -> tuple[int, int] | None:
        """First and last day of a longer time."""
        if self.start is None or self.end is None or self.days is not None:
            return None
        return self.start, self.end


@dataclass(kw_only=True)
class _Known:
    """An event as known so far."""

    leader: Report
    days: tuple[int, int] | None
    last: int
    held: bool = False
    target: frozenset[str] = frozenset()
    places: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    persons: dict[str, set[str]] = field(default_factory=dict)
    words: list[frozenset[str]] = field(default_factory=list)
    told: dict[str, tuple[int, int] | None] = field(default_factory=dict)


def join_reports(reports: Iterable[Report]) -> dict[int, int]:
    """For the reports of one block: the id of the leading report of each report's event.

    Linear in the reports but for those of one month, which are compared with one another.
    """
    known: list[_Known] = []
    by_month: dict[int, list[_Known]] = defaultdict(list)
    by_time: dict[tuple[int, int], list[_Known]] = defaultdict(list)
    lead: dict[int, int] = {}
    for report in sorted(reports, key=lambda one: one.order):
        event = _best(report, _candidates(report, known, by_month, by_time))
        if event is None:
            event = _Known(leader=report, days=None, last=report.order[0])
            (by_time[report.coarse] if report.coarse else known).append(event)
        _note(event, report, by_month)
        lead[report.id] = event.leader.id
    return lead


def _candidates(
    report: Report,
    known: Sequence[_Known],
    by_month: dict[int, list[_Known]],
    by_time: dict[tuple[int, int], list[_Known]],
) -> list[_Known]:
    if report.coarse is not None:
        return by_time[report.coarse]
    if report.kind == "commitment":
        return list(known)
    if report.days is None:
        return [event for event in _latest(known, report) if _is_news(report, event) or _refers(report, event)]
    first, last = report.days
    months = range(_month(first - NEAR_DAYS), _month(last + NEAR_DAYS) + 1)
    dated = {id(event): event for month in months for event in by_month[month]}
    recent = (event for event in _latest(known, report) if event.days is None)
    return [*dated.values(), *(event for event in recent if _is_news(report, event))]


def _is_news(report: Report, event: _Known) -> bool:
    return abs(report.order[0] - event.last) <= NEWS_DAYS


def _refers(report: Report, event: _Known) -> bool:
    """Whether a report without a day speaks of a known meeting of the same persons, just held or soon to be."""
    if report.kind != "meeting" or report.count > 1 or event.days is None or not report.persons:
        return False
    if report.published is None or report.persons.keys() != event.persons.keys():
        return False
    if report.status == "held":
        return event.held and 0 <= report.published - event.days[1] <= BACK_DAYS
    return 0 <= event.days[0] - report.published <= AHEAD_DAYS


def _latest(known: Sequence[_Known], report: Report) -> Sequence[_Known]:
    """The latest events only, to stay linear; none for an article without a date, which has no week of its own."""
    return () if report.published is None else known[-LATEST:]


def _best(report: Report, candidates: Iterable[_Known]) -> _Known | None:
    ranked = [(rank, event) for event in candidates if (rank := _rank(report, event)) is not None]
    return max(ranked, key=lambda pair: (pair[0], pair[1].last, _reversed(pair[1])))[1] if ranked else None


def _reversed(event: _Known) -> tuple[int, int]:
    return -event.leader.order[0], -event.leader.id


def _rank(report: Report, event: _Known) -> tuple[int, float] | None:
    """How well a report fits an event, or None where it does not."""
    shared = max((overlap(report.words, words) for words in event.words), default=0.0)
    if report.kind == "commitment":
        return (0, shared) if shared >= SHARED_CLAUSE else None
    if not (_persons_agree(report, event) and _acts_agree(report, event, shared)):
        return None
    place = _places_agree(report, event)
    if place is False and not (report.kind == "meeting" and report.days is not None and report.days == event.days):
        return None
    if report.coarse is not None:
        return (1, shared) if shared >= SHARED_WORDS else None
    if report.days is None or event.days is None:
        needed = SHARED_FEW if _is_fresh(report, event) else SHARED_WORDS
        same_news = shared >= needed and _is_news(report, event) and _news_fits(report, event)
        return (1, shared) if same_news or (report.days is None and _refers(report, event)) else None
    gap = max(report.days[0] - event.days[1], event.days[0] - report.days[1], 0)
    if gap == 0:
        return (3, shared) if shared >= _needed(report, event.days) else None
    return (2, shared) if _may_conflict(report, event, gap, place=place) else None


def _acts_agree(report: Report, event: _Known, shared: float) -> bool:
    """Whether target and mode agree, or are near enough for reports of the same day."""
    if report.target and event.target and report.target != event.target:
        return False
    if (report.several or event.leader.several) and shared < SHARED_CLAUSE:
        return False
    few = shared >= SHARED_FEW and report.kind == "event" and (_same_day(report, event) or _is_fresh(report, event))
    targets = report.target == event.target or shared >= SHARED_WORDS or few
    return targets and (_modes_agree(report, event) or (few and bool(report.target)))


def _same_day(report: Report, event: _Known) -> bool:
    return report.days is not None and report.days == event.days and _width(report.days) <= 1


def _is_fresh(report: Report, event: _Known) -> bool:
    """Whether an act upon the same target was the news of the days of both."""
    if (
        not report.deed
        or report.published is None
        or not report.target
        or report.target != event.target
        or report.status != "held"
    ):
        return False
    if event.days is None or _width(event.days) > 1:
        return False
    return 0 <= report.published - event.days[1] <= FRESH_DAYS


def _needed(report: Report, days: tuple[int, int]) -> float:
    """The share of words that days in agreement still need: none but for acts at times of different width."""
    if report.kind != "event" or report.days is None or max(_width(report.days), _width(days)) < WIDE_DAYS:
        return 0.0
    return SHARED_FEW if report.days == days else SHARED_WORDS


def _may_conflict(report: Report, event: _Known, gap: int, *, place: bool | None) -> bool:
    if gap > NEAR_DAYS or report.article in event.told or abs(report.order[0] - event.last) > CONFLICT_DAYS:
        return False
    return bool(place) or (report.kind == "meeting" and place is None and bool(report.persons))


def _news_fits(report: Report, event: _Known) -> bool:
    """Whether a day that one of the two gives lies in the week of the other's news."""
    days = report.days or event.days
    if days is None:
        return True
    news = event.last if report.days is not None else report.order[0]
    return days[0] - NEWS_DAYS <= news <= days[1] + NEWS_DAYS


def _modes_agree(report: Report, event: _Known) -> bool:
    return report.mode is None or not event.modes or report.mode in event.modes


def _places_agree(report: Report, event: _Known) -> bool | None:
    """True where the same place is named, False where another is, None where one names none."""
    if report.place is None or not event.places:
        return None
    mine = report.place.casefold()
    return any(mine in other or other in mine for other in event.places)


def _persons_agree(report: Report, event: _Known) -> bool:
    common = report.persons.keys() & event.persons.keys()
    return all(report.persons[country] & event.persons[country] for country in common)


def _note(event: _Known, report: Report, by_month: dict[int, list[_Known]]) -> None:
    if report.days is not None and (event.days is None or _width(report.days) < _width(event.days)):
        event.days = report.days
        for month in range(_month(report.days[0]), _month(report.days[1]) + 1):
            if event not in by_month[month]:
                by_month[month].append(event)
    event.last = max(event.last, report.order[0])
    event.held = event.held or report.status == "held"
    event.target = event.target or report.target
    event.told.setdefault(report.article, report.days)
    if report.place:
        event.places.add(report.place.casefold())
    if report.mode:
        event.modes.add(report.mode)
    for country, persons in report.persons.items():
        event.persons.setdefault(country, set()).update(persons)
    if len(event.words) < 8 and report.words not in event.words:
        event.words.append(report.words)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's share of words in common."""
    return len(a & b) / len(a | b) if a and b else 0.0


def _width(days: tuple[int, int]) -> int:
    return days[1] - days[0]


def _month(day: int) -> int:
    return day // 30
