"""Whose consent an agreement needs, and which issues are settled together.

1. Players: the vetoes; where votes are counted, every seat; the proposers; and the
   factions that must ratify and state no bounds.
2. Without a quota the one coalition that can agree is that of all vetoes.  With one, it
   is every smallest set of seats whose votes reach it, each joined by the vetoes that
   the format names (none where it names none).
3. Ratifying factions without bounds belong to every coalition; bounds limit the
   outcomes themselves.
4. Packages: issues that ``linked`` ties together, each side dispute by itself, and all
   issues of the main table together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve._utility import Floats, Player

if TYPE_CHECKING:
    from dragoman.model import Case, Ratifier, Sampler

MOST_COALITIONS = 64
MOST_VOTERS = 16


@dataclass(frozen=True, kw_only=True)
class Consent:
    """``players`` in order; ``coalitions`` of their identifiers, each able to agree; ``proposers``."""

    players: tuple[Player, ...]
    coalitions: tuple[frozenset[str], ...]
    proposers: tuple[str, ...]

    @property
    def needed(self) -> frozenset[str]:
        """Those who belong to every coalition."""
        return frozenset.intersection(*self.coalitions)

    def others(self, coalition: frozenset[str]) -> tuple[int, ...]:
        """The places of the players whose consent ``coalition`` does not need."""
        return tuple(at for at, player in enumerate(self.players) if player.id not in coalition)


def consent_of(case: Case, *, parties: frozenset[str]) -> Consent:
    """Whose consent is needed where ``parties`` take part.

    Raises:
        MethodError: nobody's consent is needed, or votes make too many coalitions.
    """
    ratifiers = tuple(_factions(case))
    voters = case.seats if case.format.quota is not None else ()
    named = dict.fromkeys([*case.vetoes, *voters, *case.proposers])
    players = tuple(
        Player(id=key, name=case.parties[key].name, party=key)
        for key in case.parties
        if key in named and key in parties
    )
    present = frozenset(player.id for player in players)
    sets = _winning(case) if case.format.quota is not None else [frozenset(case.vetoes)]
    asked = frozenset(player.id for player in ratifiers if player.party in parties)
    coalitions = tuple(dict.fromkeys((one & present) | asked for one in sets))
    if not all(coalitions):
        raise MethodError("format.vetoes", "nobody whose consent is needed takes part", "a veto, a quota or a ratifier")
    return Consent(
        players=players + tuple(player for player in ratifiers if player.id in asked),
        coalitions=coalitions,
        proposers=tuple(name for name in case.proposers if name in present),
    )


def _factions(case: Case) -> list[Player]:
    return [
        Player(
            id=key,
            name=f"{_ratifier_name(key, item)} ({case.parties[item.party].factions[item.faction].name})",
            party=item.party,
            faction=item.faction,
        )
        for key, item in case.format.ratifiers.items()
        if item.faction is not None and not item.accepts
    ]


def _ratifier_name(key: str, item: Ratifier) -> str:
    return item.name or key


def _winning(case: Case) -> list[frozenset[str]]:
    """The smallest sets of seats, with the named vetoes, whose votes reach the quota."""
    quota = case.format.quota or 0
    votes = {name: case.format.votes.get(name, 0) if case.format.votes else 1 for name in case.seats}
    always = frozenset(case.vetoes) if case.format.vetoes is not None else frozenset()
    rest = [name for name in case.seats if name not in always]
    short = quota - sum(votes.get(name, 0) for name in always)
    if short == sum(votes[name] for name in rest):
        return [always | {name for name in rest if votes[name]}]
    if len(rest) > MOST_VOTERS:
        raise MethodError("format.votes", f"{len(rest)} voters", f"at most {MOST_VOTERS}, or vetoes instead of votes")
    if short > sum(votes[name] for name in rest):
        raise MethodError("format.quota", f"a quota of {quota}", f"at most {sum(votes.values())}, the sum of the votes")
    found: list[frozenset[str]] = []
    for size in range(len(rest) + 1):
        for names in combinations(rest, size):
            one = frozenset(names)
            if sum(votes[name] for name in names) >= short and not any(other <= one for other in found):
                found.append(one)
    if len(found) > MOST_COALITIONS:
        raise MethodError(
            "format.quota", f"{len(found)} smallest winning coalitions", f"at most {MOST_COALITIONS}, or vetoes"
        )
    return [one | always for one in found]


def packages(case: Case) -> tuple[tuple[str, ...], ...]:
    """Issues settled together, in the order of the case; side disputes stand alone."""
    group = {name: name for name in case.issues}
    for name, issue in case.issues.items():
        for other in issue.linked:
            old, new = group[other], group[name]
            group = {key: new if value == old else value for key, value in group.items()}
    found: dict[str, list[str]] = {}
    for name in case.issues:
        found.setdefault(group[name], []).append(name)
    return tuple(tuple(names) for names in found.values())


def bounds_of(
    case: Case, issues: tuple[str, ...], sampler: Sampler, *, without: frozenset[str] = frozenset()
) -> Floats:
    """The outcomes (2, D, m), lowest and highest, that the ratifiers with bounds allow."""
    low = np.tile([case.issues[name].scale.low for name in issues], (sampler.rows, 1)).astype(float)
    high = np.tile([case.issues[name].scale.high for name in issues], (sampler.rows, 1)).astype(float)
    for key, item in case.format.ratifiers.items():
        for at, name in enumerate(issues):
            bound = item.accepts.get(name)
            if key in without or bound is None:
                continue
            if bound.at_least is not None:
                low[:, at] = np.maximum(low[:, at], sampler.of(bound.at_least))
            if bound.at_most is not None:
                high[:, at] = np.minimum(high[:, at], sampler.of(bound.at_most))
    return np.stack([low, high])


def bounded_ratifiers(case: Case, issues: tuple[str, ...]) -> tuple[str, ...]:
    """The ratifiers that bound one of ``issues``."""
    return tuple(key for key, item in case.format.ratifiers.items() if any(name in item.accepts for name in issues))


def taking_part(case: Case, issues: tuple[str, ...]) -> frozenset[str]:
    """The parties with a position on one of ``issues``."""
    return frozenset(party for name in issues for party in case.issues[name].positions)
