"""Who changed position, when, after whom: from dated stances, by issue and period.

1. A row says that a party was for (+1) or against (-1) something on a day.  In a period a
   party's side on an issue is the sign of its rows there; 0 where they balance.
2. A change: two rows of one party on one issue, with none between them, on opposite sides.
   It lies between the day of the first and the day of the second.
3. After whom: the other parties whose first row on the new side, since the changing party
   last stood on the old one, comes before its change; the earliest first.  That they
   came before is all that is said, not that they were the cause.
4. Networks of a period (Leifeld 2017): the *congruence* of two parties is the number of
   issues on which both stand on one side, their *conflict* that on which they are opposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from dragoman.errors import MethodError

__all__ = ["Change", "Held", "Pair", "StanceRow", "changes", "networks", "table"]


@dataclass(frozen=True, kw_only=True)
class StanceRow:
    """A party for (``side`` 1) or against (-1) an issue on a day; ``source`` leads back to where it stands."""

    party: str
    issue: str
    day: date
    side: int
    source: str = ""

    def __post_init__(self) -> None:
        if self.side not in {-1, 1}:
            raise MethodError(f"stance of {self.party} on {self.issue}", f"the side {self.side}", "1 or -1")


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a party held on an issue in a period: how many rows for and against, and the side (0: balanced)."""

    period: str
    party: str
    issue: str
    for_it: int
    against: int
    side: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """A party's change to ``side`` on an issue between two days, the sources of both, and who stood there before."""

    party: str
    issue: str
    last: date
    first: date
    side: int
    sources: tuple[str, str]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two parties in a period: on how many issues they stand together, and on how many against each other."""

    period: str
    a: str
    b: str
    congruence: int
    conflict: int


def period_of(day: date, by: str) -> str:
    """The period of a day: ``year``, ``quarter`` or ``month``.

    Raises:
        MethodError: another word.
    """
    if by == "year":
        return f"{day.year:04}"
    if by == "quarter":
        return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
    if by == "month":
        return f"{day.year:04}-{day.month:02}"
    raise MethodError("period", repr(by), "year, quarter or month")


def table(rows: Iterable[StanceRow], *, by: str = "year") -> tuple[Held, ...]:
    """What each party held on each issue in each period, by period, party and issue."""
    cells: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        cells.setdefault((period_of(row.day, by), row.party, row.issue), []).append(row.side)
    return tuple(
        Held(
            period=period,
            party=party,
            issue=issue,
            for_it=sides.count(1),
            against=sides.count(-1),
            side=(sum(sides) > 0) - (sum(sides) < 0),
        )
        for (period, party, issue), sides in sorted(cells.items())
    )


def changes(rows: Iterable[StanceRow]) -> tuple[Change, ...]:
    """Every change of side, in the order of the day on which the new side first appears.

    Rows of one party on one issue and day that contradict each other are no change in either direction.
    """
    by_issue: dict[str, list[StanceRow]] = {}
    for row in rows:
        by_issue.setdefault(row.issue, []).append(row)
    found = [
        _change(before, after, said)
        for said in by_issue.values()
        for own in _by_party(said).values()
        for before, after in pairwise(_settled(own))
        if before.side != after.side
    ]
    return tuple(sorted(found, key=lambda one: (one.first, one.issue, one.party)))


def _by_party(rows: Iterable[StanceRow]) -> Mapping[str, list[StanceRow]]:
    found: dict[str, list[StanceRow]] = {}
    for row in rows:
        found.setdefault(row.party, []).append(row)
    return found


def _settled(rows: Sequence[StanceRow]) -> list[StanceRow]:
    """The rows of a party by day, the days left out on which it stands on both sides."""
    sides: dict[date, set[int]] = {}
    for row in rows:
        sides.setdefault(row.day, set()).add(row.side)
    return sorted((row for row in rows if len(sides[row.day]) == 1), key=lambda row: (row.day, row.source))


def _change(before: StanceRow, after: StanceRow, said: Sequence[StanceRow]) -> Change:
    firsts: dict[str, date] = {}
    for row in said:
        if row.party != after.party and row.side == after.side and before.day < row.day < after.day:
            firsts[row.party] = min(row.day, firsts.get(row.party, row.day))
    return Change(
        party=after.party,
        issue=after.issue,
        last=before.day,
        first=after.day,
        side=after.side,
        sources=(before.source, after.source),
        after=tuple(sorted(firsts, key=lambda party: (firsts[party], party))),
    )


def networks(held: Iterable[Held]) -> tuple[Pair, ...]:
    """For each period and two parties that stand on a common issue, how often together and how often opposed."""
    sides: dict[str, dict[str, dict[str, int]]] = {}
    for one in held:
        if one.side:
            sides.setdefault(one.period, {}).setdefault(one.party, {})[one.issue] = one.side
    return tuple(
        Pair(
            period=period,
            a=a,
            b=b,
            congruence=sum(parties[a][issue] == parties[b][issue] for issue in common),
            conflict=sum(parties[a][issue] != parties[b][issue] for issue in common),
        )
        for period, parties in sorted(sides.items())
        for a, b in combinations(sorted(parties), 2)
        if (common := sorted(parties[a].keys() & parties[b].keys()))
    )
