"""What became of promises: which report of a deed, a breach or a meeting speaks of which promise.  Pure.

1. A report is compared with the promises of other articles published until then, never with later ones: what is
   known on a day does not depend on what came after.
2. Whose: the report names a promiser of the promise, or nobody (``the exercise was called off``).
3. What: the same deed (``world/deeds.psv``), or one that undoes it, which breaks the promise; a report that speaks of
   a promise by name ("kept its word on the archives") needs no deed.
4. About what: the words in common, weighed by how few of the promises so far have them (inverse document frequency:
   Sparck Jones, *A statistical interpretation of term specificity*, 1972), make up a given share of the promise's
   words, its object's counting twice; a report of a deed must have its object.
5. Where two promises answer alike and are not one promise told twice, nothing is decided.
6. A promise to meet or to visit is kept by the first meeting held later, of the states and persons named; a visit in
   the state to which it was promised.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COVERED_NAMED = 0.3
COVERED_DEED = 0.3
COVERED_NOBODY = 0.45
COVERED_UNDONE = 0.5
SAME_DEED = 0.3
COVERED_ALONE = 0.5
HEAD = 2
MARGIN = 0.1
SAME = 0.4
LATE_DAYS = 60
_MEETINGS = frozenset({"meeting", "summit", "talk", "talks", "dialogue", "session"})
_SUMMITS = frozenset({"summit"})


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promise as a report is compared with it.  Days are ordinals.

    ``persons`` and ``place`` are those that its clause names, ``promisers`` the persons of the promiser that its
    sentence names.
    """

    joined: int
    article: str
    day: int
    by: frozenset[str]
    to: frozenset[str]
    deed: str | None
    about: tuple[str, ...]
    due: int | None = None
    place: str | None = None
    persons: frozenset[str] = frozenset()
    promisers: frozenset[str] = frozenset()

    @property
    def is_of_meeting(self) -> bool:
        """Whether it is a promise to meet or to visit."""
        return self.deed in {"meet", "visit"} or (self.deed == "hold" and bool(_MEETINGS & set(self.about[:2])))


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A report of a fate, of a deed done or left undone."""

    finding: int
    article: str
    day: int
    fate: str
    by: frozenset[str]
    deed: str | None
    about: tuple[str, ...]
    named: bool


@dataclass(frozen=True, kw_only=True)
class Met:
    """A report of a meeting held; ``host`` is the state of its place, ``city`` the place where it is no whole state."""

    finding: int
    article: str
    day: int
    start: int
    states: frozenset[str]
    persons: frozenset[str]
    level: str
    city: str | None
    host: str | None


@dataclass(frozen=True, kw_only=True)
class Link:
    """A report that decides a promise."""

    joined: int
    finding: int
    fate: str


class _Known:
    """The promises published so far, by their words."""

    def __init__(self) -> None:
        self.number = 0
        self.counts: Counter[str] = Counter()
        self.by_word: dict[str, list[Promise]] = defaultdict(list)

    def add(self, promise: Promise) -> None:
        self.number += 1
        words = set(promise.about)
        self.counts.update(words)
        for word in words:
            self.by_word[word].append(promise)

    def sharing(self, words: Iterable[str]) -> list[Promise]:
        """Promises that share a word, each once, in the order in which they came."""
        found = {id(promise): promise for word in words for promise in self.by_word.get(word, ())}
        return list(found.values())

    def weight(self, word: str) -> float:
        return math.log((1 + self.number) / self.counts[word]) + 0.1

    def covered(self, report: Deed, promise: Promise) -> float:
        """The share of a promise's words, by weight, that a report has."""
        heavy = {word: self.weight(word) * (HEAD if word == promise.about[0] else 1) for word in set(promise.about)}
        whole = sum(heavy.values())
        return sum(weight for word, weight in heavy.items() if word in report.about) / whole if whole else 0.0


def decide_fates(
    promises: Iterable[Promise], deeds: Iterable[Deed], meetings: Iterable[Met], undone_by: Mapping[str, frozenset[str]]
) -> list[Link]:
    """Every report that decides a promise, in order of finding."""
    waiting = deque(sorted(promises, key=lambda one: (one.day, one.article, one.joined, one.about)))
    held = _by_state(meetings)
    made = [
        Link(joined=promise.joined, finding=met.finding, fate="kept")
        for promise in waiting
        if promise.is_of_meeting and (met := _first_meeting(promise, held))
    ]
    known = _Known()
    for deed in sorted(deeds, key=lambda one: (one.day, one.finding)):
        while waiting and waiting[0].day <= deed.day:
            known.add(waiting.popleft())
        made += _by_deed(deed, known, undone_by)
    return sorted(set(made), key=lambda one: (one.finding, one.joined))


def _by_state(meetings: Iterable[Met]) -> dict[str, list[Met]]:
    found: dict[str, list[Met]] = defaultdict(list)
    for met in meetings:
        for state in met.states:
            found[state].append(met)
    return found


def _by_deed(report: Deed, known: _Known, undone_by: Mapping[str, frozenset[str]]) -> list[Link]:
    ranked: list[tuple[float, Promise, str]] = []
    for promise in known.sharing(report.about):
        if promise.article == report.article or (report.by and not report.by & promise.by):
            continue
        if not report.named and (promise.is_of_meeting or not promise.by):
            continue
        fate, share = fate_by(report, promise, undone_by), known.covered(report, promise)
        if fate is None or share < _needed(report, fate) or not (report.named or _same_object(report, promise, share)):
            continue
        ranked.append(
            (share + (SAME_DEED if report.deed is not None and report.deed == promise.deed else 0), promise, fate)
        )
    if not ranked:
        return []
    best = max(ranked, key=lambda item: item[0])
    near = [item for item in ranked if item[0] >= best[0] - MARGIN or _one_promise(item[1], best[1])]
    if any(not _one_promise(item[1], best[1]) or item[2] != best[2] for item in near):
        return []
    return [Link(joined=promise.joined, finding=report.finding, fate=fate) for _, promise, fate in near]


def fate_by(report: Deed, promise: Promise, undone_by: Mapping[str, frozenset[str]]) -> str | None:
    """The fate that a report makes of a promise by its deed; None where the deed is another."""
    wanted, shunned = _bare(promise.deed)
    done, left = _bare(report.deed)
    if report.named:
        return report.fate
    if wanted is None or done is None:
        return None
    if report.fate != "kept":
        return report.fate if wanted == done else None
    if wanted == done and shunned == left:
        return "kept"
    if not _within(report, promise):
        return None
    if wanted == done:
        return "broken"
    undoes = done in undone_by.get(wanted, frozenset()) and not left and not shunned
    return "broken" if undoes else None


def _within(report: Deed, promise: Promise) -> bool:
    """Whether the words of one are all among the other's: drills in one sea are not those in another."""
    one, other = set(report.about), set(promise.about)
    return one <= other or other <= one


def _bare(deed: str | None) -> tuple[str | None, bool]:
    if deed is None:
        return None, False
    return deed.removeprefix("not "), deed.startswith("not ")


def _needed(report: Deed, fate: str) -> float:
    if report.named:
        return COVERED_NAMED
    if fate == "broken":
        return COVERED_UNDONE
    return COVERED_DEED if report.by else COVERED_NOBODY


def _same_object(report: Deed, promise: Promise, share: float) -> bool:
    """Whether the object of one is spoken of in the other, and some other word is shared or little else is said."""
    if not report.about or not (report.about[0] in promise.about or promise.about[0] in report.about):
        return False
    return share >= COVERED_ALONE or len(set(report.about) & set(promise.about)) > 1


def _one_promise(one: Promise, other: Promise) -> bool:
    """Whether two entries are one promise told twice: the same promisers and deed, and words in common."""
    if one is other:
        return True
    a, b = set(one.about), set(other.about)
    if one.deed == other.deed and (one.deed or "").startswith("not ") and one.by == other.by:
        return True
    return bool(one.by & other.by) and one.deed == other.deed and len(a & b) / max(len(a | b), 1) >= SAME


def _first_meeting(promise: Promise, held: Mapping[str, list[Met]]) -> Met | None:
    meetings = (met for state in sorted(promise.by) for met in held.get(state, ()))
    fitting = (met for met in meetings if met.article != promise.article and keeps(promise, met))
    return min(fitting, key=lambda met: (met.day, met.finding), default=None)


def keeps(promise: Promise, met: Met) -> bool:
    """Whether a meeting is the one that was promised."""
    if met.day < promise.day or met.start < promise.day:
        return False
    if promise.due is not None and met.start > promise.due + LATE_DAYS:
        return False
    if promise.deed != "visit" and len(promise.persons) > 1:
        return promise.persons <= met.persons
    if not promise.by <= met.states:
        return False
    if promise.deed == "visit":
        there = promise.place is None or met.city is None or promise.place.casefold() in met.city.casefold()
        return there and met.host in promise.to - promise.by and bool(promise.promisers & met.persons)
    if promise.persons:
        return promise.persons <= met.persons
    if promise.to and not promise.to & met.states:
        return False
    return bool(_SUMMITS & set(promise.about)) and met.level == "leader" and met.states == promise.by | promise.to
