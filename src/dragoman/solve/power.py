"""Power in votes: Shapley-Shubik and Banzhaf indices, who is pivotal, winning coalitions.

1. Exact, up to ``EXACT`` players: the number of coalitions by size and weight, by dynamic
   programming over whole weights (Mann and Shapley 1962; Bilbao and others 2000), each
   player divided out of the whole count in turn.
2. Beyond, or where the sum of weights is above ``MOST_WEIGHT``: orders and coalitions
   drawn at random, with the standard error of each index (Castro, Gomez and Tejada 2009).
3. Players with a veto belong to every winning coalition, and so do those without whom
   all others fall short; they are counted apart, so that unanimity of hundreds is exact.
4. For every issue: whose position is the median by votes.

Shapley and Shubik 1954; Banzhaf 1965.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve._distribution import Floats
from dragoman.solve._methods import Method
from dragoman.solve._wording import listed, names_of, number, share, start, the
from dragoman.solve.outcomes import pivotal
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "Game",
    "PlayerPower",
    "PowerAnswer",
    "banzhaf_swings",
    "minimal_winning",
    "sampled",
    "shapley_shubik",
    "solve",
]

METHOD = Method(
    name="power",
    place=7,
    title="Power",
    answers="who is decisive in votes: Shapley-Shubik and Banzhaf",
    needs="format",
)
EXACT = 60
MOST_WEIGHT = 20_000
MOST_LISTED = 16
CITATION = "Shapley and Shubik 1954; Banzhaf 1965; Mann and Shapley 1962 (computation)"
CAVEATS = (
    "The indices count coalitions as if all orders or all votes were equally likely; positions do not enter.",
    "A veto or a vote is power to decide, not to get one's way in what is put to the vote.",
)


@dataclass(frozen=True, kw_only=True)
class Game:
    """A weighted vote: whole ``weights``, the ``quota`` to reach, and who must be in (``vetoes``, by place)."""

    weights: tuple[int, ...]
    quota: int
    vetoes: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.weights:
            raise MethodError("votes", "nobody votes", "at least one player")
        if any(not isinstance(one, int) or isinstance(one, bool) or one < 0 for one in self.weights):
            raise MethodError("votes", str(list(self.weights)), "whole numbers of at least 0")
        if not isinstance(self.quota, int) or not 0 < self.quota <= sum(self.weights):
            raise MethodError(
                "quota", str(self.quota), f"a whole number from 1 to the sum of votes, {sum(self.weights)}"
            )

    @property
    def needed(self) -> frozenset[int]:
        """The players in every winning coalition: the vetoes, and those without whom all others fall short."""
        spare = sum(self.weights) - self.quota
        return self.vetoes | {at for at, weight in enumerate(self.weights) if weight > spare}

    @property
    def exact(self) -> bool:
        """Whether the indices can be counted."""
        free = [weight for at, weight in enumerate(self.weights) if at not in self.needed]
        return len(free) <= EXACT and sum(free) <= MOST_WEIGHT

    def wins(self, members: Sequence[int]) -> bool:
        """Whether the players at these places win together."""
        return self.vetoes <= set(members) and sum(self.weights[at] for at in members) >= self.quota


def _counts(weights: Sequence[int], top: int) -> list[list[int]]:
    """How many coalitions of each size (outer) have each weight (inner, up to ``top``)."""
    table = [[0] * (top + 1) for _ in range(len(weights) + 1)]
    table[0][0] = 1
    for done, weight in enumerate(weights):
        for size in range(done, -1, -1):
            row, above = table[size], table[size + 1]
            for at in range(top - weight + 1):
                if row[at]:
                    above[at + weight] += row[at]
    return table


def _without(table: list[list[int]], weight: int) -> list[list[int]]:
    """The counts with one player of ``weight`` divided out."""
    top = len(table[0])
    rest = [table[0][:]]
    for row in table[1:-1]:
        below = rest[-1]
        rest.append(
            [value - (below[at - weight] if at >= weight else 0) for at, value in enumerate(row)] if top else []
        )
    return rest


def _swings(game: Game) -> list[list[int]]:
    """For each player, by the size of the coalition it joins, how often joining makes it win."""
    needed = game.needed
    need = len(needed)
    free = [at for at in range(len(game.weights)) if at not in needed]
    held = sum(game.weights[at] for at in needed)
    short = max(game.quota - held, 0)
    whole = _counts([game.weights[at] for at in free], sum(game.weights[at] for at in free))
    found: list[list[int]] = []
    for at, weight in enumerate(game.weights):
        by_size = [0] * len(game.weights)
        if at in needed:
            for size, row in enumerate(whole):
                by_size[need - 1 + size] += sum(row[short:])
        else:
            low = max(short - weight, 0)
            for size, row in enumerate(_without(whole, weight)):
                by_size[need + size] += sum(row[low:short])
        found.append(by_size)
    return found


def shapley_shubik(game: Game) -> tuple[Fraction, ...]:
    """Each player's share of the orders in which it turns a losing coalition into a winning one."""
    n = len(game.weights)
    orders = factorial(n)
    return tuple(
        Fraction(sum(count * factorial(size) * factorial(n - size - 1) for size, count in enumerate(row)), orders)
        for row in _swings(game)
    )


def banzhaf_swings(game: Game) -> tuple[int, ...]:
    """In how many coalitions of the others each player turns the vote."""
    return tuple(sum(row) for row in _swings(game))


def minimal_winning(game: Game, most: int = MOST_LISTED) -> tuple[tuple[int, ...], ...]:
    """The winning coalitions none of whose members can be spared, smallest first.

    Raises:
        MethodError: more than ``most`` players.
    """
    n = len(game.weights)
    if n > most:
        raise MethodError("votes", f"{n} players", f"at most {most} for a list of coalitions")
    return tuple(
        members
        for size in range(1, n + 1)
        for members in combinations(range(n), size)
        if game.wins(members) and not any(game.wins([at for at in members if at != one]) for one in members)
    )


def sampled(game: Game, draws: int, seed: int, chunk: int = 4096) -> tuple[Floats, Floats, Floats, Floats]:
    """Shapley-Shubik and Banzhaf (absolute) indices from ``draws`` orders and coalitions, each with its standard error.

    Results do not depend on ``chunk``: draw d has the random numbers of its own row.
    """
    if draws < 1:
        raise MethodError("draws", str(draws), "at least 1 where the indices cannot be counted")
    n = len(game.weights)
    weights = np.array(game.weights, dtype=float)
    veto = np.isin(np.arange(n), list(game.vetoes))
    turns, swings = np.zeros(n), np.zeros(n)
    for first in range(0, draws, chunk):
        count = min(chunk, draws - first)
        generator = np.random.Generator(np.random.PCG64(seed).advance(2 * n * first))
        u = generator.random((count, 2, n))
        order = u[:, 0].argsort(axis=1)
        turns += np.bincount(_turning(weights, veto, game.quota, order), minlength=n)
        swings += _swing_flags(weights, veto, game.quota, u[:, 1] < 0.5).sum(axis=0)
    shapley, banzhaf = turns / draws, swings / draws
    return shapley, np.sqrt(shapley * (1 - shapley) / draws), banzhaf, np.sqrt(banzhaf * (1 - banzhaf) / draws)


def _turning(
    weights: Floats, veto: np.typing.NDArray[np.bool_], quota: int, order: np.typing.NDArray[np.intp]
) -> np.typing.NDArray[np.intp]:
    wins = (np.cumsum(weights[order], axis=1) >= quota) & (np.cumsum(veto[order], axis=1) == veto.sum())
    return np.take_along_axis(order, wins.argmax(axis=1)[:, None], axis=1)[:, 0]


def _swing_flags(
    weights: Floats, veto: np.typing.NDArray[np.bool_], quota: int, members: np.typing.NDArray[np.bool_]
) -> np.typing.NDArray[np.bool_]:
    """Whether each player turns the vote in the coalition of the others among ``members`` (D, n)."""
    others = (members * weights).sum(axis=1)[:, None] - members * weights
    missing = (~members & veto).sum(axis=1)[:, None] - (~members & veto)
    with_ = (others + weights >= quota) & (missing == 0)
    without = (others >= quota) & (missing == 0) & ~veto
    flags: np.typing.NDArray[np.bool_] = with_ & ~without
    return flags


@dataclass(frozen=True, kw_only=True)
class PlayerPower:
    """One player: votes, both indices (Banzhaf as a share of all swings), and standard errors where sampled."""

    party: str
    votes: int
    veto: bool
    shapley_shubik: float
    banzhaf: float
    swings: int | None
    shapley_error: float
    banzhaf_error: float


@dataclass(frozen=True, kw_only=True)
class PowerAnswer:
    """The vote, each player's power, the smallest winning coalitions (None: too many players), the pivot by issue."""

    quota: int
    total: int
    exact: bool
    players: tuple[PlayerPower, ...]
    winning: tuple[tuple[str, ...], ...] | None
    pivots: Mapping[str, str]


def solve(case: Case, *, method: str = "power", draws: int = 1000, seed: int = 0) -> Result:
    """Power in the format's votes.

    Votes and quota are the format's (a seat without a stated vote has none); without any
    votes every seat has one, without a quota every vote is needed.  Vetoes that the format
    names belong to every winning coalition.

    Args:
        case: the case.
        method: the name under which the result is filed.
        draws: orders and coalitions drawn where the indices cannot be counted.
        seed: of the draws.

    Raises:
        MethodError: nobody votes, or the quota cannot be reached.
    """
    game = game_of(case)
    players = _players(case, game, draws, seed)
    few = len(case.seats) <= MOST_LISTED
    answer = PowerAnswer(
        quota=game.quota,
        total=sum(game.weights),
        exact=game.exact,
        players=players,
        winning=tuple(tuple(case.seats[at] for at in one) for one in minimal_winning(game)) if few else None,
        pivots=_pivots(case, game),
    )
    return result_of(
        case,
        method,
        answer,
        reasons=_sentences(case, answer),
        seed=seed,
        draws=0 if game.exact else draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(case),
    )


def game_of(case: Case) -> Game:
    """The vote that the format describes."""
    weights = tuple(case.format.votes.get(name, 0) if case.format.votes else 1 for name in case.seats)
    named = case.format.vetoes or ()
    quota = case.format.quota if case.format.quota is not None else _no_quota(case, weights)
    return Game(
        weights=weights, quota=quota, vetoes=frozenset(at for at, name in enumerate(case.seats) if name in named)
    )


def _no_quota(case: Case, weights: tuple[int, ...]) -> int:
    """Without a quota the vetoes decide alone; where none is named, all must agree."""
    if case.format.vetoes:
        return max(
            sum(weight for weight, name in zip(weights, case.seats, strict=True) if name in case.format.vetoes), 1
        )
    return sum(weights)


def _players(case: Case, game: Game, draws: int, seed: int) -> tuple[PlayerPower, ...]:
    n = len(game.weights)
    zero = np.zeros(n)
    swings: tuple[int, ...] | None = None
    if game.exact:
        shapley, swings = np.array([float(value) for value in shapley_shubik(game)]), banzhaf_swings(game)
        raw, shapley_error, raw_error = np.array(swings, dtype=float), zero, zero
    else:
        shapley, shapley_error, raw, raw_error = sampled(game, draws, seed)
    total = raw.sum() or 1.0
    return tuple(
        PlayerPower(
            party=name,
            votes=game.weights[at],
            veto=at in game.vetoes,
            shapley_shubik=float(shapley[at]),
            banzhaf=float(raw[at] / total),
            swings=swings[at] if swings is not None else None,
            shapley_error=float(shapley_error[at]),
            banzhaf_error=float(raw_error[at] / total),
        )
        for at, name in enumerate(case.seats)
    )


def _pivots(case: Case, game: Game) -> dict[str, str]:
    """The party at the median by votes on each issue of the main table (central positions)."""
    votes = dict(zip(case.seats, game.weights, strict=True))
    found: dict[str, str] = {}
    for name, issue in case.issues.items():
        here = [party for party in case.seats if party in issue.positions and votes[party]]
        if here and not issue.side:
            x = np.array([[issue.positions[party].position.central() for party in here]])
            place = int(pivotal(x, np.array([[float(votes[party]) for party in here]]))[0])
            found |= {name: here[place]} if place >= 0 else {}
    return found


def _sentences(case: Case, answer: PowerAnswer) -> tuple[str, ...]:
    names = names_of(case)
    ranked = sorted(answer.players, key=lambda player: -player.shapley_shubik)
    words = [
        start(
            f"{the(names[player.party])} is decisive in {share(player.shapley_shubik)} of the orders in which parties "
            f"may agree{_error(player.shapley_error)} (Shapley-Shubik) and has {share(player.banzhaf)} of the swings "
            f"(Banzhaf{_error(player.banzhaf_error)})."
        )
        for player in ranked
        if player.shapley_shubik > 0
    ]
    idle = [the(names[player.party]) for player in ranked if player.shapley_shubik == 0]
    if idle:
        words.append(
            start(
                f"{listed(idle)} can turn no vote: an agreement never depends on {'it' if len(idle) == 1 else 'them'}."
            )
        )
    if answer.winning:
        words.append(_winning(names, answer.winning))
    by_party: dict[str, list[str]] = {}
    for issue, party in answer.pivots.items():
        by_party.setdefault(party, []).append(case.issues[issue].name)
    words += [
        start(f"{the(names[party])} stands at the median by votes on {listed(issues)}.")
        for party, issues in by_party.items()
    ]
    return tuple(words)


def _winning(names: Mapping[str, str], winning: tuple[tuple[str, ...], ...]) -> str:
    if len(winning) == 1:
        return start(
            f"{listed(the(names[party]) for party in winning[0])} decide together; nothing passes without all of them."
        )
    shown = "; ".join(listed(the(names[party]) for party in one) for one in winning[:4])
    more = f"; and {len(winning) - 4} more" if len(winning) > 4 else ""
    return f"{len(winning)} smallest coalitions can decide: {shown}{more}."


def _error(value: float) -> str:
    return f" (standard error {number(value * 100)} points)" if value else ""


def _warnings(case: Case) -> tuple[str, ...]:
    words = []
    if not case.format.votes:
        words.append("the format states no votes: every seat counts as one")
    if case.format.quota is None:
        who = "the vetoes alone decide" if case.format.vetoes else "every seat must agree"
        words.append(f"the format states no quota: {who}")
    return tuple(words)
