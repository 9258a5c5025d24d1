"""A report of an event, and an event as known from the reports so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

COARSE_DAYS = 31
UNDATED = 10**7
KEPT = 8
FEW, CONTAINED = 3, 0.6
_SEVERAL_ACTS = "dozens several numerous many series repeatedly routinely often frequently regularly rounds various"
_SEVERAL = frozenset(_SEVERAL_ACTS.split())
_BEFORE = re.compile(
    r"\b(?:at (?:the|that) time|in the past|previously|formerly|years ago|decades ago|last time|before now|has long"
    r"|in recent (?:years|months)|over the years|ever since|for (?:years|months|decades)|once before)\b",
    re.IGNORECASE,
)
Days = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report of an event.

    Days are ordinals (``date.toordinal``).  ``persons`` maps a country to who is named, of an act as its source;
    ``aimed_at`` are the persons among the targets.  ``deed``: an act of force, of material help or its denial, no
    mere words.  ``words`` are those of the sentence, which starts at ``sentence``; ``things`` what the act is done
    with or upon, ``number`` how many (see :mod:`._words`).  ``lent``: the report names no source; ``beside``: it
    stands beside reports of a source by what its article says elsewhere.  ``several``: it speaks of several acts;
    ``past``: of another time than the news; ``clock``: it gives the time of day.
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
    aimed_at: frozenset[str] = frozenset()
    status: str | None = None
    count: int = 1
    deed: bool = False
    type: str | None = None
    sentence: int = 0
    things: frozenset[str] = frozenset()
    number: int | None = None
    lent: bool = False
    beside: bool = False
    several: bool = False
    past: bool = False
    clock: bool = False

    @property
    def order(self) -> tuple[int, bool, str, str]:
        """Order of publication, undated articles last; of one day, reports that give a day first."""
        published = UNDATED if self.published is None else self.published
        return published, self.days is None, self.article, self.key

    @cached_property
    def days(self) -> Days | None:
        """First and last day, where they are known to within a month."""
        if self.start is None or self.end is None or self.end - self.start >= COARSE_DAYS:
            return None
        return self.start, self.end

    @cached_property
    def coarse(self) -> Days | None:
        """First and last day of a longer time."""
        if self.start is None or self.end is None or self.days is not None:
            return None
        return self.start, self.end


def speaks_of_several(words: str) -> bool:
    """Whether a sentence speaks of several acts at once."""
    return not _SEVERAL.isdisjoint(words.casefold().replace(",", " ").split())


def speaks_of_the_past(words: str) -> bool:
    """Whether a sentence looks back to a time that it does not date."""
    return _BEFORE.search(words) is not None


@dataclass(kw_only=True)
class Known:
    """An event as known so far."""

    leader: Report
    days: Days | None
    last: int
    held: bool = False
    target: frozenset[str] = frozenset()
    places: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    persons: dict[str, set[str]] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    told: dict[str, Days | None] = field(default_factory=dict)
    fates: dict[str, set[str]] = field(default_factory=dict)

    def note(self, report: Report) -> None:
        """Take in a report of this event."""
        if report.days is not None and (self.days is None or width(report.days) < width(self.days)):
            self.days = report.days
        self.last = max(self.last, report.order[0])
        self.held = self.held or report.status == "held"
        self.target = self.target or report.target
        self.told.setdefault(report.article, report.days)
        self.fates.setdefault(fate_of(report), set()).add(report.article)
        if report.place:
            self.places.add(report.place.casefold())
        if report.mode:
            self.modes.add(report.mode)
        for country, persons in report.persons.items():
            self.persons.setdefault(country, set()).update(persons)
        if len(self.reports) < KEPT and all(report.words != one.words for one in self.reports):
            self.reports.append(report)


def fate_of(report: Report) -> str:
    """What a report says became of an event: held, denied, called off, or still to come."""
    return report.status if report.status in ("held", "denied", "called off") else "to come"


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's share of words in common."""
    return len(a & b) / len(a | b) if a and b else 0.0


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of words in common; where one says little more than a part of the other, more than half of that."""
    if min(len(a), len(b)) < FEW:
        return overlap(a, b)
    return max(overlap(a, b), CONTAINED * len(a & b) / min(len(a), len(b)))


def width(days: Days) -> int:
    """Days from the first to the last."""
    return days[1] - days[0]
