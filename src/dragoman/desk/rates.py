"""Reference classes: how often negotiations of a kind ended so, counted from public data sets.

1. Classes, events and horizons are written down before counting (``bench/_rates_data.py``);
   the counts stand in ``rates.json``, made by ``bench/rates.py``, without a row of the data.
2. A rate is its counts and an interval: the wider, at either end, of Wilson's for the
   counts and Wilson's for the counts that remain when units of one dispute are kin (the
   variance between clusters over that of independent units, at least one).
3. A case's own dispute is left out.  Of kin of at least three units the counts are
   known; of fewer only how many there are, and the interval is then that of the worst
   and of the best way they may have ended.
4. Below 20 clusters there is no interval and no share: counts only.
5. A class stands with the wider ones that hold it; what is signed, mediated, kept for
   one and for five years are different events.  Two classes that differ by what somebody
   chose are told with "chosen, not assigned", never as an effect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dragoman.errors import UnknownNameError
from dragoman.solve.when import wilson

if TYPE_CHECKING:
    from dragoman.model import Case

ENOUGH = 20
"""Clusters below which a class has counts and no rate."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One event in one class.  ``share``, ``low``, ``high`` are None below ``ENOUGH`` clusters."""

    name: str
    definition: str
    unit: str
    event: str
    horizon: str
    yes: int
    n: int
    clusters: int
    dropped: int
    share: float | None
    low: float | None
    high: float | None
    left_out: int
    unsure: int
    source: str

    @property
    def counted(self) -> tuple[float, float]:
        """What counting alone gives."""
        return wilson(self.yes, self.n)

    def __str__(self) -> str:
        told = f"{self.yes} of {self.n} ({self.clusters} clusters)"
        if self.share is not None and self.low is not None and self.high is not None:
            told += f": {self.share:.0%}, {self.low:.0%} to {self.high:.0%}"
        else:
            told += f": fewer than {ENOUGH} clusters, counts only"
        notes = [f"{self.dropped} dropped"] if self.dropped else []
        notes += [f"{self.left_out} of the case's own dispute left out"] if self.left_out else []
        notes += [f"up to {self.unsure} more may be of it, counted both ways"] if self.unsure else []
        return told + (f"; {', '.join(notes)}" if notes else "")


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Two classes that differ by what somebody chose, by one event."""

    one: Rate
    other: Rate

    def __str__(self) -> str:
        return (
            f"{self.one.event}: {self.one.definition}: {self.one}\n"
            f"  {self.other.definition}: {self.other}\n"
            "  chosen, not assigned: who came to be in which class was no accident, and the difference is no effect"
        )


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What is told of a class: its rates and those of the wider classes, by event, and what it is set beside."""

    name: str
    rates: tuple[Rate, ...]
    apart: tuple[Apart, ...]
    source: str

    def __str__(self) -> str:
        lines: list[str] = []
        for event in dict.fromkeys(rate.event for rate in self.rates):
            nested = [rate for rate in self.rates if rate.event == event]
            lines.append(f"{event}; horizon: {nested[0].horizon}; unit: {nested[0].unit}")
            lines += [f"  {rate.name}: {rate.definition}: {rate}" for rate in nested]
        lines += [str(pair) for pair in self.apart]
        return "\n".join([*lines, self.source])


@cache
def table() -> Mapping[str, Any]:
    """The table of counts as it stands in the package."""
    found: dict[str, Any] = json.loads((files("dragoman.desk") / "rates.json").read_text(encoding="utf-8"))
    return found


def names() -> tuple[str, ...]:
    """The classes, wider ones first."""
    return tuple(table()["classes"])


def like(name: str, event: str | None = None, *, without: Collection[str] = ()) -> Likeness:
    """The rates of a class, of those that hold it, and of what it is set beside; states of ``without`` left out.

    Raises:
        UnknownNameError: no such class, or no such event in it.
    """
    item = _class(name)
    events = list(item["events"])
    if event is not None and event not in events:
        raise UnknownNameError("event", event, events)
    chosen = [event] if event else events
    nested = [*_wider(name)]
    pairs = [pair for pair in table()["compared"] if name in pair]
    return Likeness(
        name=name,
        rates=tuple(
            rate(one, key, without=without) for key in chosen for one in nested if key in _class(one)["events"]
        ),
        apart=tuple(
            Apart(one=rate(pair[0], key, without=without), other=rate(pair[1], key, without=without))
            for pair in pairs
            for key in chosen
        ),
        source=_source_words(item["source"]),
    )


def rate(name: str, event: str, *, without: Collection[str] = ()) -> Rate:
    """One rate; kin of the states of ``without`` are left out.

    Raises:
        UnknownNameError: no such class or event.
    """
    item = _class(name)
    if event not in item["events"]:
        raise UnknownNameError("event", event, list(item["events"]))
    sums = item["events"][event]
    own = _own(item, without)
    gone = [pair for key, pair in sums["kin"].items() if key in own]
    yes, n = sums["yes"] - sum(pair[0] for pair in gone), sums["n"] - sum(pair[1] for pair in gone)
    clusters = sums["clusters"] - len(gone)
    squares = tuple(
        total - sum(part)
        for total, part in zip(
            sums["squares"],
            (
                [y * y for y, _ in gone],
                [y * k for y, k in gone],
                [k * k for _, k in gone],
            ),
            strict=True,
        )
    )
    unsure = min(sum(item["few"].get(key, 0) for key in _keys(item["source"], without)), n)
    words = table()["events"][item["source"]][event]
    low, high = interval(yes, n, clusters, squares, unsure)
    told = clusters >= ENOUGH and n > 0
    return Rate(
        name=name,
        definition=item["definition"],
        unit=table()["sources"][item["source"]]["unit"],
        event=words[0],
        horizon=words[1],
        yes=yes,
        n=n,
        clusters=clusters,
        dropped=sums["dropped"],
        share=yes / n if told else None,
        low=low if told else None,
        high=high if told else None,
        left_out=sum(pair[1] for pair in gone),
        unsure=unsure,
        source=_source_words(item["source"]),
    )


def interval(yes: int, n: int, clusters: int, squares: Sequence[float], unsure: int = 0) -> tuple[float, float]:
    """The interval of a share of which units are kin, never narrower than counting gives.

    ``squares`` are the sums over clusters of yes squared, yes times size, size squared;
    ``unsure`` units may or may not belong to what is counted, and may have ended either way.

    >>> [round(end, 2) for end in interval(4, 9, 9, (4, 4, 9))]
    [0.18, 0.75]
    """
    ends = [*wilson(yes, n)]
    if n and clusters > 1:
        share = yes / n
        between = squares[0] - 2 * share * squares[1] + share * share * squares[2]
        apart = clusters / (clusters - 1) * between / (n * n)
        alone = share * (1 - share) / n
        worth = float(clusters) if alone == 0 else n / max(1.0, apart / alone)
        ends += wilson(share * worth, worth)
    if unsure:
        left = n - unsure
        ends += (wilson(max(yes - unsure, 0), left)[0], wilson(min(yes, left), left)[1])
    return min(ends), max(ends)


def faults(case: Case) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a case's base rate: path, found, expected.

    It is held against the class that ``format.base_rate_of`` names (``CLASS/EVENT``), or
    against counts ("4 of 9") that stand there or in its reason.
    """
    stated = case.format.base_rate
    if stated is None:
        if case.format.base_rate_of:
            yield "format.base_rate_of", "no base_rate beside it", "the share that is taken, with low and high"
        return
    try:
        counts = _counts_of(case)
    except UnknownNameError as error:
        yield "format.base_rate_of", error.found, error.expected
        return
    if counts is None:
        return
    told, (low, high) = counts
    given = stated.range()
    if given[0] > low + 0.005 or given[1] < high - 0.005:
        yield (
            "format.base_rate",
            f"{given[0]:.0%} to {given[1]:.0%}, narrower than {told} gives by counting",
            f"at least {low:.0%} to {high:.0%}",
        )


def few_words(case: Case) -> str | None:
    """The base rate of a case as counts, where it rests on fewer than ``ENOUGH`` units: no word of likelihood then.

    None where it rests on more, on a class with enough clusters, or on no counts at all.
    """
    named, stated = case.format.base_rate_of, case.format.base_rate
    if stated is None:
        return None
    counts = _counts_in(named) or _counts_in(stated.because)
    if counts is None and named:
        name, _, event = named.partition("/")
        try:
            found = rate(name.strip(), event.strip(), without=states_of(case))
        except UnknownNameError:
            return f"What the case's base rate is counted from is not known here: {named}."
        if found.share is not None:
            return None
        counts = (found.yes, found.n)
    elif counts is None or counts[1] >= ENOUGH:
        return None
    low, high = wilson(*counts)
    return (
        f"Of {counts[1]} like it that the case counts {counts[0]} ended in agreement ({low:.0%} to {high:.0%} by "
        "counting): too few for a word of likelihood."
    )


def _counts_of(case: Case) -> tuple[str, tuple[float, float]] | None:
    """What the base rate rests on, in words, and the interval that counting gives."""
    named = case.format.base_rate_of
    if named and _counts_in(named) is None:
        name, _, event = named.partition("/")
        found_rate = rate(name.strip(), event.strip(), without=states_of(case))
        low, high = found_rate.counted
        if found_rate.low is not None and found_rate.high is not None:
            low, high = min(low, found_rate.low), max(high, found_rate.high)
        return f"{found_rate.yes} of {found_rate.n} ({named})", (low, high)
    because = case.format.base_rate.because if case.format.base_rate else ""
    counts = _counts_in(named) or _counts_in(because)
    return None if counts is None else (f"{counts[0]} of {counts[1]}", wilson(*counts))


_WORDS = ("no none zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve")  # fmt: skip
_NUMBER = {word: value for value, words in enumerate(_WORDS) for word in words.split()}
_A_NUMBER = rf"(\d+|{'|'.join(_NUMBER)})"
_COUNTS = re.compile(rf"\b{_A_NUMBER} (?:out )?of (?:the |all |these )?{_A_NUMBER}\b", re.IGNORECASE)


def _counts_in(text: str) -> tuple[int, int] | None:
    """The first "4 of 9" or "three of ten" of a text, if a part of a whole."""
    for match in _COUNTS.finditer(text):
        part, whole = (_NUMBER.get(item.casefold(), -1) if not item.isdigit() else int(item) for item in match.groups())
        if 0 <= part <= whole > 0:
            return part, whole
    return None


def states_of(case: Case) -> tuple[str, ...]:
    """The states whose dispute a case is: those whose consent is needed, or all parties' where these are under two."""
    from dragoman.desk.parties import countries

    known = countries(case)
    needed = {known[name] for name in case.vetoes if name in known}
    return tuple(sorted(needed if len(needed) > 1 else set(known.values())))


def _class(name: str) -> Mapping[str, Any]:
    classes: Mapping[str, Any] = table()["classes"]
    if name not in classes:
        raise UnknownNameError("class", name, list(classes))
    found: Mapping[str, Any] = classes[name]
    return found


def _wider(name: str) -> Iterator[str]:
    """A class and those that hold it, the narrowest first."""
    while name:
        yield name
        name = _class(name)["wider"]


def _keys(source: str, states: Collection[str]) -> list[str]:
    """By what a dispute is known: the pair of states of a crisis; else the state that it is about."""
    listed = sorted(set(states))
    return ["-".join(pair) for pair in combinations(listed, 2)] if source == "icb" else listed


def _own(item: Mapping[str, Any], states: Collection[str]) -> set[str]:
    keys = set(_keys(item["source"], states))
    return {name for name, known in item["states"].items() if keys & set(known)}


def _source_words(source: str) -> str:
    item = table()["sources"][source]
    check = item["check"]
    told = f"Counted from {item['title']}, version {item['version']} ({item['cite']}); kin: {item['kin']}."
    if check["published"] is None:
        return f"{told} No published total was at hand to check against."
    return f"{told} {check['what'].capitalize()}: {check['counted']} counted, {check['published']} published."
