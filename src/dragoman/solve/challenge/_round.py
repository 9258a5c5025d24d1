"""One round of the challenge model for many draws at once.

Equation numbers are those of Scholz, Calbert and Smith 2011.  Arrays: positions,
weights, saliences and exponents (D, n); pairs (D, n, n), row i, column j; ``reach`` (D,)
the range of positions.

1. ``prevail``: P(a, b), the votes of third parties for a against b (eq. 31).
2. ``expected``, ``both``: the utility that a expects of challenging b (eqs. 4 to 24).
3. ``risk_exponents``: from every actor's danger at exponent 1.
4. ``play``: utilities again at those exponents, the offers they make, and the moves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.solve.challenge._options import Options
from dragoman.solve.outcomes import weighted_median

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

STAY, CONFRONTATION, COMPROMISE, CAPITULATION = 0, 1, 2, 3
TIE = 1e-12


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round: positions after it, and why.

    ``own`` A(i, j) and ``others`` B(i, j): what i expects of challenging j, and j of
    challenging i; ``kind`` (D, n) the class of the offer that i takes (0: none) and
    ``partner`` whose it is; ``tied`` where another offer was as good and led elsewhere.
    """

    position: Floats
    exponent: Floats
    prevail: Floats
    own: Floats
    others: Floats
    kind: Ints
    partner: Ints
    tied: Flags


def prevail(distance: Floats, w: Floats, exponent: Floats | None, denominator: str) -> Floats:
    """P(a, b), the probability that a prevails over b, (D, n, n), from distances as shares of the range.

    0 where a and b stand at one place (their utilities are then equal whatever P is).
    """
    votes = w[:, :, None] * (distance if exponent is None else distance ** exponent[:, :, None])
    spread = _spread(votes)
    total = votes.sum(axis=1)
    number = (spread + total[:, None, :] - total[:, :, None]) / 2
    whole = spread if denominator == "pair" else spread.sum(axis=(1, 2), keepdims=True)
    chance: Floats = np.divide(number, whole, out=np.zeros_like(number), where=(distance > 0) & (whole > 0))
    return chance


def distances(x: Floats, reach: Floats) -> Floats:
    """|x_i - x_j| as shares of ``reach``, (D, n, n)."""
    gap: Floats = np.abs(x[:, :, None] - x[:, None, :]) / reach[:, None, None]
    return gap


def _spread(votes: Floats) -> Floats:
    """Sum over third parties k of |votes(k, a) - votes(k, b)|, (D, n, n), in memory of that size."""
    total = np.zeros_like(votes)
    one = np.empty_like(votes)
    for k in range(votes.shape[1]):
        np.subtract(votes[:, k, :, None], votes[:, k, None, :], out=one)
        np.abs(one, out=one)
        total += one
    return total


@dataclass(frozen=True, kw_only=True)
class _Pairs:
    """What a round's utilities rest on: distances (D, n, n), from the median (D, n), saliences, P, q."""

    distance: Floats
    from_median: Floats
    salience: Floats
    chance: Floats
    options: Options


def _raised(base: Floats, exponent: Floats | None) -> Floats:
    base = np.maximum(base, 0)
    return base if exponent is None else base**exponent


def _success_and_failure(pairs: _Pairs, exponent: Floats | None) -> tuple[Floats, Floats]:
    half = 0.5 * pairs.distance
    return 2 - 4 * _raised(0.5 - half, exponent), 2 - 4 * _raised(0.5 + half, exponent)


def _unchallenged(pairs: _Pairs, exponent: Floats | None, *, mine: bool) -> Floats | float:
    """(1 - q)(T Ub + (1 - T) Uw) of the challenger: the row actor (``mine``) or the column actor."""
    q = pairs.options.q
    if not pairs.options.no_challenge or q == 1:
        return 0.0
    from_median = pairs.from_median[:, :, None] if mine else pairs.from_median[:, None, :]
    step = 0.25 * (from_median + pairs.distance)
    better, worse = 2 - 4 * _raised(0.5 - step, exponent), 2 - 4 * _raised(0.5 + step, exponent)
    return (1 - q) * np.where(from_median < pairs.distance, better, worse)


def _status_quo(pairs: _Pairs, exponent: Floats | None) -> Floats | float:
    return pairs.options.q * (0.0 if exponent is None else 2 - 4 * 0.5**exponent)


def expected(pairs: _Pairs, exponent: Floats | None) -> Floats:
    """A(i, j): what i expects of challenging j, at i's exponent (D, n, 1); None: 1."""
    return _expected(pairs, exponent, _success_and_failure(pairs, exponent), mine=True)


def both(pairs: _Pairs, exponent: Floats | None) -> tuple[Floats, Floats]:
    """A(i, j), and what j expects of challenging i, both at i's exponent."""
    ends = _success_and_failure(pairs, exponent)
    return _expected(pairs, exponent, ends, mine=True), _expected(pairs, exponent, ends, mine=False)


def _expected(pairs: _Pairs, exponent: Floats | None, ends: tuple[Floats, Floats], *, mine: bool) -> Floats:
    success, failure = ends
    salience = pairs.salience[:, None, :] if mine else pairs.salience[:, :, None]
    chance = pairs.chance if mine else pairs.chance.swapaxes(1, 2)
    utility: Floats = success - salience * (1 - chance) * (success - failure) - _status_quo(pairs, exponent)
    return utility - _unchallenged(pairs, exponent, mine=mine)


def risk_exponents(expectation: Floats) -> Floats:
    """Exponents r (D, n) from E(j, i) at exponent 1: 0.5 for the least secure actor i, 2 for the most secure."""
    danger = expectation.sum(axis=1) - np.diagonal(expectation, axis1=1, axis2=2)
    top, bottom = danger.max(axis=1, keepdims=True), danger.min(axis=1, keepdims=True)
    width = top - bottom
    security = np.divide(2 * danger - top - bottom, width, out=np.zeros_like(danger), where=width > 0)
    exponents: Floats = (1 - security / 3) / (1 + security / 3)
    return exponents


def play(x: Floats, w: Floats, s: Floats, reach: Floats, options: Options) -> Round:
    """One round from ``x``, all moves at once; ``reach`` above 0."""
    distance = distances(x, reach)
    pairs = _Pairs(
        distance=distance,
        from_median=np.abs(x - weighted_median(x, w)[:, None]) / reach[:, None],
        salience=s,
        chance=prevail(distance, w, None, options.p_denominator),
        options=options,
    )
    exponent = risk_exponents(expected(pairs, None)) if options.risk else None
    if exponent is not None and options.p_risk:
        pairs = replace(pairs, chance=prevail(distance, w, exponent, options.p_denominator))
    seen = None if exponent is None else exponent[:, :, None]
    if options.view == "each":
        own = expected(pairs, seen)
        others = own.swapaxes(1, 2)
    else:
        own, others = both(pairs, seen)
    return _moves(x, own, others, options, (np.ones_like(x) if exponent is None else exponent, pairs.chance))


def _moves(x: Floats, own: Floats, others: Floats, options: Options, seen: tuple[Floats, Floats]) -> Round:
    here, there = x[:, :, None], np.broadcast_to(x[:, None, :], own.shape)
    kind = offers(own, others, here != there, options)
    with np.errstate(divide="ignore", invalid="ignore"):
        blend = here + (there - here) * np.abs(own / others)
    target = np.where(kind == COMPROMISE, blend, there)
    chosen, tied = _choice(kind, target, x, (own, others), options)
    taken = np.take_along_axis(kind, chosen[:, :, None], axis=2)[:, :, 0]
    moved = np.take_along_axis(target, chosen[:, :, None], axis=2)[:, :, 0]
    return Round(
        position=np.where(taken == STAY, x, moved),
        exponent=seen[0],
        prevail=seen[1],
        own=own,
        others=others,
        kind=taken,
        partner=np.where(taken == STAY, -1, chosen),
        tied=tied & (taken != STAY),
    )


def offers(own: Floats, others: Floats, apart: Flags, options: Options) -> Ints:
    """The class of the offer that i has from j, (D, n, n); 0 where there is none."""
    opposed = apart & (others > 0) & (own < 0)
    size = np.abs(own)
    confrontation = apart & (own > 0) & (others > own)
    compromise = opposed & ((others >= size) if options.capitulation else (others > size))
    kind = np.where(confrontation, CONFRONTATION, np.where(compromise, COMPROMISE, STAY))
    if options.capitulation:
        kind[opposed & (others < size)] = CAPITULATION
    return kind


def _choice(
    kind: Ints, target: Floats, x: Floats, sides: tuple[Floats, Floats], options: Options
) -> tuple[Ints, Flags]:
    """The column of the offer taken (any where there is none), and whether another was as good and led elsewhere."""
    move = np.abs(target - x[:, :, None])
    open_ = kind != STAY
    if options.selection == "enforceable":
        strength = np.where(open_, sides[1], -np.inf)
        open_ &= strength == strength.max(axis=2, keepdims=True)
        key = move
    else:
        rank = np.where(open_, kind, CAPITULATION + 1)
        open_ &= rank == rank.min(axis=2, keepdims=True)
        key = move
        if options.compromise_key == "low_mean":
            key = np.where(kind == COMPROMISE, _low_mean(x, *sides), move)
    key = np.where(open_, key, np.inf)
    chosen = key.argmin(axis=2)
    best = np.take_along_axis(key, chosen[:, :, None], axis=2)
    goal = np.take_along_axis(target, chosen[:, :, None], axis=2)
    with np.errstate(invalid="ignore"):
        rivals = open_ & (key - best <= TIE) & (np.abs(target - goal) > TIE)
    return chosen, rivals.any(axis=2)


def _low_mean(x: Floats, own: Floats, others: Floats) -> Floats:
    mine, theirs = np.abs(own), np.abs(others)
    total = mine + theirs
    blend = mine * x[:, :, None] + theirs * x[:, None, :]
    mean: Floats = np.divide(blend, total, out=np.full_like(blend, np.inf), where=total > 0)
    return mean
