"""How well a report of an act fits a known event: a sum of evidence for and against, in named parts.

The parts are added as in Fellegi and Sunter's linkage of records (A theory for
record linkage, Journal of the American Statistical Association 64, 1969), with
weights set by hand; another target, or of mere words another speaker, rules it
out.  A report joins where the sum reaches ENOUGH, and where it also fits half of
the event's reports taken one by one nearly as well: what is like one report only
would chain unlike events together.
"""

from __future__ import annotations

import math

from dragoman.record._known import Days, Known, Report, likeness, width
from dragoman.record._words import MANY, numbers_differ

NEAR_DAYS = 2
NEWS_DAYS = 7
CONFLICT_DAYS = 10
FRESH_DAYS = 2
WIDE_DAYS = 6
YEAR_DAYS = 366

ENOUGH, NEARLY = 4.0, 1.5
SAME_DAY, SAME_WEEK, SAME_TIME, SOME_TIME = 3.0, 1.5, 1.0, 0.5
FRESH, SAME_NEWS, NEWS = 2.0, 1.0, 0.5
CONFLICT, CONFLICT_WORDS, SAME_WORDS = 0.0, 0.4, 0.5
PLACE = 1.0
TARGET, OTHER_TARGET, OTHER_AIM = 1.0, -math.inf, -0.5
MODE, OTHER_MODE, OTHER_TYPE, OTHER_STATUS = 0.5, -1.0, -0.5, -1.0
PERSON, BOTH_PERSONS, OTHER_PERSON = 0.5, 2.0, -math.inf
WORDS, FEW_WORDS = 5.0, 0.4
THINGS, OTHER_THINGS, OTHER_NUMBER, NOTHING = 2.0, -1.0, -1.5, -1.5
SAME_ARTICLE, SEVERAL, VAGUE, LENT, NO_SOURCE = 1.0, -3.0, -2.5, -0.5, -1.0
AIMED, MET, USED = "MOBILIZE", "CONSULT", ("MOBILIZE", "ASSAULT")


def fits(report: Report, event: Known) -> float | None:
    """The sum of evidence that a report tells of an event, None where that is not enough."""
    evidence = parts(report, event)
    if evidence is None or sum(evidence.values()) < ENOUGH:
        return None
    shared = sorted(_shared(report, one) for one in event.reports)
    middle = shared[(len(shared) - 1) // 2]
    rest = sum(value for name, value in evidence.items() if name not in ("words", "things"))
    return sum(evidence.values()) if rest + middle >= ENOUGH - NEARLY else None


def parts(report: Report, event: Known) -> dict[str, float] | None:
    """Evidence by part, None where report and event cannot be one."""
    place = places_agree(report, event)
    best = max(event.reports, key=lambda one: _shared(report, one))
    when = _when(report, event, best, place=place)
    if when is None or place is False:
        return None
    return _about_act(report, event, best) | _about_words(report, best) | {"when": when, "place": PLACE * bool(place)}


def _about_act(report: Report, event: Known, best: Report) -> dict[str, float]:
    return {
        "target": _target(report, event, best),
        "mode": _mode(report, event),
        "status": _status(report, event),
        "persons": _persons(report, event),
        "type": OTHER_TYPE * (report.type != best.type),
        "several": SEVERAL * (report.several != best.several) + VAGUE * _vague(report, event, best),
        "source": LENT * report.lent + NO_SOURCE * (report.lent and best.lent and not report.beside),
    }


def _about_words(report: Report, best: Report) -> dict[str, float]:
    words, things = _words(report, best), _things(report, best)
    return {
        "words": words,
        "things": things,
        "number": OTHER_NUMBER * numbers_differ(report.number, best.number),
        "article": SAME_ARTICLE * (report.deed and report.article == best.article and things > 0),
        "nothing": NOTHING * (words < FEW_WORDS and things <= 0),
    }


def _shared(one: Report, other: Report) -> float:
    return _words(one, other) + _things(one, other)


def _words(one: Report, other: Report) -> float:
    if one.article == other.article and one.sentence == other.sentence:
        return 0.0
    return WORDS * likeness(one.words, other.words)


def _things(one: Report, other: Report) -> float:
    if not one.things or not other.things:
        return 0.0
    common = len(one.things & other.things) / min(len(one.things), len(other.things))
    if common:
        return THINGS * (1 + common) / 2
    told_elsewhere = not one.things.isdisjoint(other.words) or not other.things.isdisjoint(one.words)
    return 0.0 if told_elsewhere else OTHER_THINGS


def _when(report: Report, event: Known, best: Report, *, place: bool | None) -> float | None:
    if report.coarse is not None or event.leader.coarse is not None:
        return _long_time(report, event)
    if report.days is not None and event.days is not None:
        gap = max(report.days[0] - event.days[1], event.days[0] - report.days[1], 0)
        if gap == 0:
            return _same_time(report.days, event.days)
        if gap == 1 and _other_zone(report, best):
            return SAME_WEEK
        same_words = likeness(report.words, best.words) >= CONFLICT_WORDS
        return CONFLICT if may_conflict(report, event, gap) and (place or same_words) else None
    if not (is_news(report, event) and news_fits(report, event)):
        return None
    if (report.past or best.past) and likeness(report.words, best.words) < SAME_WORDS:
        return None
    if _is_fresh(report, event):
        return FRESH
    return SAME_NEWS if abs(report.order[0] - event.last) <= 1 else NEWS


def _long_time(report: Report, event: Known) -> float | None:
    """Of acts of which one is dated by a year or the like: the same time, or a day or month in it."""
    if report.coarse is not None and report.coarse == event.leader.coarse:
        return SAME_TIME
    inner = report.days if report.coarse is None else event.days
    outer = report.coarse or event.leader.coarse
    if inner is None or outer is None or width(outer) > YEAR_DAYS:
        return None
    return SOME_TIME if outer[0] <= inner[0] and inner[1] <= outer[1] else None


def _other_zone(report: Report, best: Report) -> bool:
    """Whether days a day apart may be one: one is read from a time of day, which another zone puts on the next day."""
    other_article = report.article != best.article
    return (
        (report.clock or best.clock)
        and (other_article or report.lent or best.lent)
        and not report.things.isdisjoint(best.things)
    )


def _same_time(one: Days, other: Days) -> float:
    widest = max(width(one), width(other))
    if widest <= 1:
        return SAME_DAY
    if widest < WIDE_DAYS:
        return SAME_WEEK
    return SAME_TIME if one == other else SOME_TIME


def _is_fresh(report: Report, event: Known) -> bool:
    """Whether an act held was the news of the days of both; west of the act it is told a day before it."""
    if (
        not (report.deed or report.type == MET)
        or report.published is None
        or report.status != "held"
        or report.days is not None
    ):
        return False
    if event.days is None or width(event.days) > 1:
        return False
    return -1 <= report.published - event.days[1] <= FRESH_DAYS


def _vague(report: Report, event: Known, best: Report) -> bool:
    """Whether neither gives a day, and the report speaks of several things used, as in "has launched missiles"."""
    undated = report.days is None and event.days is None and report.type in USED
    return undated and report.number == MANY and not (report.several and best.several)


def _target(report: Report, event: Known, best: Report) -> float:
    if report.aimed_at and best.aimed_at and report.aimed_at.isdisjoint(best.aimed_at):
        return OTHER_TARGET
    if not report.target or not event.target:
        return 0.0
    if report.target & event.target:
        return TARGET if report.target == event.target else 0.0
    return OTHER_AIM if AIMED in (report.type, event.leader.type) and report.deed else OTHER_TARGET


def _mode(report: Report, event: Known) -> float:
    if report.mode is None or not event.modes:
        return 0.0
    return MODE if report.mode in event.modes else OTHER_MODE


def _status(report: Report, event: Known) -> float:
    """What is planned may be held later; but words that were spoken are others than those to come."""
    if report.deed or report.type == MET:
        return 0.0
    return OTHER_STATUS * ((report.status == "held") != event.held)


def _persons(report: Report, event: Known) -> float:
    """Same person behind the act, or another one of the same state; only words are one person's alone."""
    common = report.persons.keys() & event.persons.keys()
    if not common:
        return 0.0
    if all(report.persons[country] & event.persons[country] for country in common):
        return PERSON if len(common) == 1 else BOTH_PERSONS
    return 0.0 if report.deed else OTHER_PERSON


def may_conflict(report: Report, event: Known, gap: int) -> bool:
    """Whether days that differ may be a conflict of dates: near, soon told, and not told apart by one article."""
    if gap > NEAR_DAYS or report.article in event.told:
        return False
    return abs(report.order[0] - event.last) <= CONFLICT_DAYS


def is_news(report: Report, event: Known) -> bool:
    """Whether an event was last reported within a week of a report."""
    return abs(report.order[0] - event.last) <= NEWS_DAYS


def news_fits(report: Report, event: Known) -> bool:
    """Whether a day that one of the two gives lies in the week of the other's news."""
    days = report.days or event.days
    if days is None:
        return True
    news = event.last if report.days is not None else report.order[0]
    return days[0] - NEWS_DAYS <= news <= days[1] + NEWS_DAYS


def places_agree(report: Report, event: Known) -> bool | None:
    """True where the same place is named, False where another is, None where one names none."""
    if report.place is None or not event.places:
        return None
    mine = report.place.casefold()
    return any(mine in other or other in mine for other in event.places)
