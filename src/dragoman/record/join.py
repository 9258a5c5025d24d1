"""One event, many reports: which findings tell of the same event.  Pure; knows no database.

Reports are taken in order of publication.  Each joins the best event already
known that it fits, or becomes a new one (leader clustering: Hartigan, Clustering
Algorithms, 1975, chapter 3).  The order makes two things true by construction: the
result does not depend on the order in which articles were added, and the events
known on a day are exactly those that the articles published until then give.

1. Reports come in blocks (see :mod:`._blocks`) of one kind, of types that reports
   confuse, and of one source; of mutual acts, promises and meetings, of all sides.
2. Candidates are the events whose days lie within two days of the report's, found
   by month; a report without a day looks at events last reported within a week.
3. Acts join where the evidence of day, target, place, mode, persons, number, things
   and words adds up (see :mod:`._fit`).
4. Meetings join where each country that names persons has one in common, and the
   places do not contradict one another.  Days within precision agree; days that
   differ by one or two are one meeting with a conflict of dates where the articles
   are less than eleven days apart and no article tells the two apart.  A report
   without a day needs shared words of its sentence, as does one that gives a year
   or the like, and only events of that same year.  What one report has held and
   another denied or called off is one meeting only where two articles name the
   very same sides.
5. "The meeting" without a day, between persons named on every side, is the one
   they held in the thirty days before, or, not yet held, the one set for the sixty
   days to come; a report that speaks of several meetings joins none so.
6. Promises join on half of the words of their clauses.
7. Among several, the one that fits best, latest reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.record._fit import NEAR_DAYS, YEAR_DAYS, fits, is_news, may_conflict, news_fits, places_agree
from dragoman.record._known import Days, Known, fate_of, overlap
from dragoman.record._known import Report as Report  # noqa: PLC0414 - what join_reports takes

LATEST = 64
BACK_DAYS, AHEAD_DAYS = 30, 60
SHARED_WORDS = 0.2
SHARED_CLAUSE = 0.5
_CONTRARY = (("held", "denied"), ("held", "called off"), ("denied", "to come"), ("denied", "called off"))
_AGAINST = frozenset((*_CONTRARY, *((other, one) for one, other in _CONTRARY)))
Rank = tuple[float, float]


def join_reports(reports: Iterable[Report]) -> dict[int, int]:
    """For the reports of one block: the id of the leading report of each report's event.

    Linear in the reports but for those of one month, which are compared with one another.
    """
    known: list[Known] = []
    by_month: dict[int, list[Known]] = defaultdict(list)
    by_time: dict[Days, list[Known]] = defaultdict(list)
    lead: dict[int, int] = {}
    for report in sorted(reports, key=lambda one: one.order):
        event = _best(report, _candidates(report, known, by_month, by_time))
        if event is None:
            event = Known(leader=report, days=None, last=report.order[0])
            (by_time[report.coarse] if report.coarse else known).append(event)
        _note(event, report, by_month)
        lead[report.id] = event.leader.id
    return lead


def _candidates(
    report: Report, known: Sequence[Known], by_month: dict[int, list[Known]], by_time: dict[Days, list[Known]]
) -> list[Known]:
    if report.coarse is not None:
        return _of_long_time(report.coarse, by_month, by_time) if report.kind == "event" else by_time[report.coarse]
    if report.kind == "commitment":
        return list(known)
    if report.days is None:
        return [event for event in _latest(known, report) if is_news(report, event) or _refers(report, event)]
    first, last = report.days
    months = range(_month(first - NEAR_DAYS), _month(last + NEAR_DAYS) + 1)
    dated = {id(event): event for month in months for event in by_month[month]}
    recent = (event for event in _latest(known, report) if event.days is None and is_news(report, event))
    longer = (event for (start, end), events in by_time.items() if start <= first and last <= end for event in events)
    return [*dated.values(), *recent, *(longer if report.kind == "event" else ())]


def _of_long_time(time: Days, by_month: dict[int, list[Known]], by_time: dict[Days, list[Known]]) -> list[Known]:
    """Events of exactly this longer time, and, in a year at most, of days in it."""
    months = range(_month(time[0]), _month(time[1]) + 1) if time[1] - time[0] <= YEAR_DAYS else ()
    found = {id(event): event for month in months for event in by_month.get(month, ())}
    return list((found | {id(event): event for event in by_time[time]}).values())


def _refers(report: Report, event: Known) -> bool:
    """Whether a report without a day speaks of a known meeting of the same persons, just held or soon to be."""
    if report.kind != "meeting" or report.count > 1 or event.days is None or not report.persons:
        return False
    if report.published is None or report.persons.keys() != event.persons.keys():
        return False
    if report.status == "held":
        return event.held and 0 <= report.published - event.days[1] <= BACK_DAYS
    return 0 <= event.days[0] - report.published <= AHEAD_DAYS


def _latest(known: Sequence[Known], report: Report) -> Sequence[Known]:
    """The latest events only, to stay linear; none for an article without a date, which has no week of its own."""
    return () if report.published is None else known[-LATEST:]


def _best(report: Report, candidates: Iterable[Known]) -> Known | None:
    ranked = [(rank, event) for event in candidates if (rank := _rank(report, event)) is not None]
    return max(ranked, key=lambda pair: (pair[0], pair[1].last, _reversed(pair[1])))[1] if ranked else None


def _reversed(event: Known) -> tuple[int, int]:
    return -event.leader.order[0], -event.leader.id


def _rank(report: Report, event: Known) -> Rank | None:
    """How well a report fits an event, or None where it does not."""
    if report.kind == "event":
        fit = fits(report, event)
        return None if fit is None else (0, fit)
    shared = max((overlap(report.words, one.words) for one in event.reports), default=0.0)
    if report.kind == "commitment":
        return (0, shared) if shared >= SHARED_CLAUSE else None
    return _rank_meeting(report, event, shared)


def _rank_meeting(report: Report, event: Known, shared: float) -> Rank | None:
    if not _persons_agree(report, event) or _is_another(report, event):
        return None
    place = places_agree(report, event)
    if place is False and (report.days is None or report.days != event.days):
        return None
    if report.coarse is not None:
        return (1, shared) if shared >= SHARED_WORDS else None
    if report.days is None or event.days is None:
        same_news = shared >= SHARED_WORDS and is_news(report, event) and news_fits(report, event)
        return (1, shared) if same_news or (report.days is None and _refers(report, event)) else None
    gap = max(report.days[0] - event.days[1], event.days[0] - report.days[1], 0)
    if gap == 0:
        return 3, shared
    near = may_conflict(report, event, gap) and (place or (place is None and bool(report.persons)))
    return (2, shared) if near else None


def _persons_agree(report: Report, event: Known) -> bool:
    common = report.persons.keys() & event.persons.keys()
    return all(report.persons[country] & event.persons[country] for country in common)


def _is_another(report: Report, event: Known) -> bool:
    """Whether a report tells of another meeting by what became of it.

    One article that says that this was held and that denied or called off speaks of two; of several articles those
    that contradict one another are a dispute only over the very same persons, and lend one another none.
    """
    mine = fate_of(report)
    against = {fate for one, fate in _AGAINST if one == mine}
    if any(report.article in event.fates.get(fate, ()) for fate in against):
        return True
    disputed = mine not in event.fates and not against.isdisjoint(event.fates)
    return disputed and report.persons.keys() != event.persons.keys()


def _note(event: Known, report: Report, by_month: dict[int, list[Known]]) -> None:
    before = event.days
    event.note(report)
    if event.days is not None and event.days != before:
        for month in range(_month(event.days[0]), _month(event.days[1]) + 1):
            if event not in by_month[month]:
                by_month[month].append(event)


def _month(day: int) -> int:
    return day // 30
