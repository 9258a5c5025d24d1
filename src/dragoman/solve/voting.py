"""Voting rules as they are: several houses at once, blocking minorities, vetoes, abstention.

1. A proposal passes when the yes votes reach the quota of *every* house (a house counts
   members, people or votes), or when fewer than ``blocking`` members oppose it; each veto
   must be among the yes votes.  The double majority of the EU Council is two houses,
   members and people, with a blocking minority of four (Treaty on European Union, 16(4)).
2. Abstention ``against``: who abstains is not among the yes votes, and that is all.
   ``aside``: each member says yes, no or neither; quotas count the yes votes, and a veto
   that abstains does not block, as in the Security Council (Felsenthal and Machover 1997).
3. How many votes of the others have each number of members and each sum in each house, by
   dynamic programming; a member *swings* where its yes passes and its no fails.
4. Shapley-Shubik from the swings by size (not with abstention aside); Banzhaf as the share
   of all swings, and as the share of the others' votes in which the member swings; the
   share of all votes that pass is the body's power to act (Coleman 1971).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._methods import Method
from dragoman.solve._wording import listed, names_of, share, start, the
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = ["MemberPower", "Rule", "VotingAnswer", "solve"]

METHOD = Method(
    name="voting",
    place=15,
    title="Voting rule",
    answers="who is decisive under several houses, blocking minorities, vetoes and abstention",
    needs="format",
)
ABSTENTION = ("against", "aside")
MOST_MEMBERS = {"against": 60, "aside": 38}
MOST_CELLS = 2_000_000
CITATION = "Shapley and Shubik 1954; Banzhaf 1965; Coleman 1971; Felsenthal and Machover 1997 (abstention)"
CAVEATS = (
    "All votes are taken as equally likely; positions do not enter.",
    "A rule is power to decide, not to get one's way in what is put to the vote.",
)
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: by house the whole weights of the members and the quota; ``vetoes`` by place; see the module."""

    houses: tuple[tuple[int, ...], ...]
    quotas: tuple[int, ...]
    vetoes: frozenset[int] = frozenset()
    blocking: int = 0
    abstention: str = "against"

    def __post_init__(self) -> None:
        if self.abstention not in ABSTENTION:
            raise UnknownNameError("abstention", self.abstention, ABSTENTION)
        if self.blocking and self.abstention == "aside":
            raise MethodError("blocking", "a blocking minority with abstention aside", "one of the two")
        for weights, quota in zip(self.houses, self.quotas, strict=True):
            if len(weights) != self.members or any(weight < 0 for weight in weights):
                raise MethodError("houses", str(list(weights)), f"{self.members} weights of at least 0")
            if not 0 < quota <= sum(weights):
                raise MethodError("quota", str(quota), f"1 to the sum of the house, {sum(weights)}")
        if self.members > MOST_MEMBERS[self.abstention]:
            raise MethodError("houses", f"{self.members} members", f"at most {MOST_MEMBERS[self.abstention]}")
        if int(np.prod(self.shape)) > MOST_CELLS:
            raise MethodError(
                "houses", f"{int(np.prod(self.shape))} sums", f"at most {MOST_CELLS}: count in larger units"
            )

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.houses[0])

    @property
    def shape(self) -> tuple[int, ...]:
        """One more than the greatest number of yes votes, and than the greatest sum of each house."""
        return (self.members + 1, *(sum(weights) + 1 for weights in self.houses))

    def passes(self) -> npt.NDArray[np.bool_]:
        """Whether so many yes votes with these sums pass, vetoes apart."""
        places = np.indices(self.shape, sparse=True)
        reached = np.ones(self.shape, dtype=bool)
        for place, quota in zip(places[1:], self.quotas, strict=True):
            reached &= place >= quota
        found: npt.NDArray[np.bool_] = reached | (self.members - places[0] < self.blocking)
        return found

    def counts(self, members: Sequence[int]) -> Counts:
        """How many votes of these members have each number of yes votes and each sum, no veto against."""
        found = np.zeros(self.shape, dtype=np.int64)
        found[(0,) * len(self.shape)] = 1
        for at in members:
            stays = (1 if at in self.vetoes else 2) if self.abstention == "aside" else int(at not in self.vetoes)
            after = found * stays
            after[self._after(at)] += found[self._before(at)]
            found = after
        return found

    def _step(self, at: int) -> tuple[int, ...]:
        return (1, *(weights[at] for weights in self.houses))

    def _before(self, at: int) -> tuple[slice, ...]:
        return tuple(slice(0, size - step) for size, step in zip(self.shape, self._step(at), strict=True))

    def _after(self, at: int) -> tuple[slice, ...]:
        return tuple(slice(step, None) for step in self._step(at))

    def swings(self, at: int) -> list[int]:
        """By the number of other yes votes, in how many votes of the others the member swings."""
        others = self.counts([other for other in range(self.members) if other != at])[self._before(at)]
        passes = self.passes()
        without = passes[self._before(at)] if at not in self.vetoes else False
        turned = others * (passes[self._after(at)] & np.logical_not(without))
        by_size: list[int] = turned.reshape(len(turned), -1).sum(axis=1).tolist()
        return by_size

    def passing(self) -> Fraction:
        """The share of all votes that pass."""
        ways = 3 if self.abstention == "aside" else 2
        return Fraction(int((self.counts(range(self.members)) * self.passes()).sum()), ways**self.members)


@dataclass(frozen=True, kw_only=True)
class MemberPower:
    """One member: its weight by house, and its power; ``shapley_shubik`` None where members may abstain aside."""

    party: str
    weights: Mapping[str, int]
    veto: bool
    shapley_shubik: float | None
    banzhaf: float
    swings: float


@dataclass(frozen=True, kw_only=True)
class VotingAnswer:
    """The quotas by house, the share of all votes that pass, and each member's power."""

    quotas: Mapping[str, int]
    blocking: int
    abstention: str
    passing: float
    members: tuple[MemberPower, ...]


def solve(
    case: Case,
    *,
    method: str = "voting",
    draws: int = 0,  # noqa: ARG001 - every method takes it
    seed: int = 0,
    houses: Mapping[str, Mapping[str, Any]] | None = None,
    blocking: int = 0,
    abstention: str = "against",
) -> Result:
    """Power under a voting rule.

    Args:
        case: the case; its seats are the members, its named vetoes must say yes.
        method: the name under which the result is filed.
        draws: not used; all votes are counted.
        seed: not used.
        houses: by name a ``quota`` and the ``votes`` by party (by default one each); by default the
            format's votes and quota are the one house.
        blocking: a proposal passes, short of a quota, where fewer than so many oppose it.
        abstention: "against" or "aside".

    Raises:
        UnknownNameError: no such party, or kind of abstention.
        MethodError: a quota that no votes reach, or more members or votes than can be counted.
    """
    seats = case.seats
    given = dict(houses or {"votes": {"quota": case.format.quota or len(seats), "votes": dict(case.format.votes)}})
    rule = Rule(
        houses=tuple(_weights(name, house, seats) for name, house in given.items()),
        quotas=tuple(_quota(name, house) for name, house in given.items()),
        vetoes=frozenset(at for at, party in enumerate(seats) if party in (case.format.vetoes or ())),
        blocking=blocking,
        abstention=abstention,
    )
    answer = VotingAnswer(
        quotas=dict(zip(given, rule.quotas, strict=True)),
        blocking=blocking,
        abstention=abstention,
        passing=float(rule.passing()),
        members=_members(rule, tuple(given), seats),
    )
    return result_of(
        case,
        method,
        answer,
        reasons=_sentences(case, answer),
        parameters={"houses": given, "blocking": blocking, "abstention": abstention},
        seed=seed,
        draws=0,
        citation=CITATION,
        caveats=CAVEATS,
    )


def _weights(name: str, house: Mapping[str, Any], seats: Sequence[str]) -> tuple[int, ...]:
    votes = house.get("votes") or dict.fromkeys(seats, 1)
    for party, weight in votes.items():
        if party not in seats:
            raise UnknownNameError("party", party, tuple(seats))
        if not isinstance(weight, int) or isinstance(weight, bool):
            raise MethodError(f"houses.{name}.{party}", repr(weight), "a whole number")
    return tuple(votes.get(party, 0) for party in seats)


def _quota(name: str, house: Mapping[str, Any]) -> int:
    quota = house.get("quota")
    if not isinstance(quota, int) or isinstance(quota, bool):
        raise MethodError(f"houses.{name}.quota", repr(quota), "a whole number")
    return quota


def _members(rule: Rule, names: Sequence[str], seats: Sequence[str]) -> tuple[MemberPower, ...]:
    n, ways = rule.members, 3 if rule.abstention == "aside" else 2
    turns = [rule.swings(at) for at in range(n)]
    whole = sum(map(sum, turns)) or 1
    return tuple(
        MemberPower(
            party=party,
            weights={name: weights[at] for name, weights in zip(names, rule.houses, strict=True)},
            veto=at in rule.vetoes,
            shapley_shubik=None if ways == 3 else float(_shapley(turns[at], n)),
            banzhaf=sum(turns[at]) / whole,
            swings=float(Fraction(sum(turns[at]), ways ** (n - 1))),
        )
        for at, party in enumerate(seats)
    )


def _shapley(by_size: Sequence[int], n: int) -> Fraction:
    return Fraction(
        sum(count * factorial(at) * factorial(n - at - 1) for at, count in enumerate(by_size)), factorial(n)
    )


def _sentences(case: Case, answer: VotingAnswer) -> tuple[str, ...]:
    names = names_of(case)
    words = [f"{share(answer.passing)} of all possible votes pass."]
    for one in sorted(answer.members, key=lambda member: -member.swings)[:5]:
        order = "" if one.shapley_shubik is None else f" and in {share(one.shapley_shubik)} of orders (Shapley-Shubik)"
        words.append(
            start(
                f"{the(names[one.party])} decides {share(one.swings)} of the votes of the others{order}; it has "
                f"{share(one.banzhaf)} of all swings (Banzhaf)."
            )
        )
    idle = [the(names[one.party]) for one in answer.members if not one.swings]
    return (*words, start(f"{listed(idle)} can turn no vote.")) if idle else tuple(words)
