"""Votes and the probabilistic Condorcet election, over many elections of one size at once.

Shapes: G elections, A voters, m options.  Utilities are (A, G, m) and weights (A, G).

1. A vote of weight w on a difference of utility (:func:`vote`).
2. Coalitions: for each pair of options the votes for either, voter by voter, above a
   floor of 1e-8 (:func:`coalitions`).
3. Coalitions to the probability that one beats the other (:func:`victory`).
4. Those to the probability that each option wins (:func:`winner`): it beats every
   other (Conditional), or the limit of a Markov chain of challenges to an incumbent.

Sums run voter by voter and products option by option, so that a result does not
depend on how many elections are held at once.  Source: Wise, Lester and Efird 2015.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.solve.smp._options import ELECTION_FLOOR, Options

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

BLOCK = 1 << 16
BINARY_WIDTH = 1e-8
BINARY_VICTORY = 1.1
INCENTIVE_DIAGONAL = 1e-10
ITERATIONS = 1000
TOLERANCE = {"MarkovUniform": 1e-6, "MarkovIncentive": 1e-8}


def vote(rule: str, weight: Floats, delta: Floats) -> Floats:
    """The vote of ``weight`` on ``delta``, the utility of the first option less that of the second."""
    if rule == "Prop":
        return weight * delta
    if rule == "ASymProsp":
        return np.where(delta < 0, weight * delta, ((2 * weight) * delta) / 3)
    if rule == "Cubic":
        return weight * (delta * delta * delta)
    if rule == "PropCbc":
        return weight * ((1 - 0.5) * delta + 0.5 * (delta * delta * delta))
    sign = np.clip(delta / BINARY_WIDTH, -1.0, 1.0)
    if rule == "Binary":
        return weight * sign
    return weight * ((1 - 0.2) * delta + 0.2 * sign)


def coalitions(utility: Floats, weight: Floats, rule: str) -> Floats:
    """The strength of each option's supporters against each other option, (G, m, m).

    A pair is voted on once, the later option first: where a rule is not symmetric
    (ASymProsp) the order of the options counts.
    """
    voters, groups, options = utility.shape
    rows, columns = np.tril_indices(options, -1)
    pairs = len(rows)
    strength = np.full((groups, options, options), ELECTION_FLOOR)
    if not pairs:
        return strength
    size = max(1, min(voters, BLOCK // (groups * pairs)))
    later, earlier = (np.empty((size + 1, groups, pairs)) for _ in range(2))
    later[0] = earlier[0] = ELECTION_FLOOR
    for start in range(0, voters, size):
        block = utility[start : start + size]
        votes = vote(
            rule,
            weight[start : start + size, :, None],
            np.take(block, rows, axis=2, mode="clip") - np.take(block, columns, axis=2, mode="clip"),
        )
        end = len(block) + 1
        np.maximum(votes, 0.0, out=later[1:end])
        np.maximum(np.negative(votes, out=votes), 0.0, out=earlier[1:end])
        later[0], earlier[0] = added_up(later[:end]), added_up(earlier[:end])
    strength[:, rows, columns] = later[0]
    strength[:, columns, rows] = earlier[0]
    return strength


def added_up(parts: Floats) -> Floats:
    """The sum over the first axis, one part after the other."""
    if parts[0].size == 1:
        total: Floats = np.add.accumulate(parts, axis=0)[-1]
        return total
    summed: Floats = np.add.reduce(parts, axis=0)
    return summed


def victory(strength: Floats, model: str) -> Floats:
    """The probability that the row's option beats the column's, (G, m, m), one half on the diagonal."""
    against = np.swapaxes(strength, 1, 2)
    if model == "Binary":
        mine, theirs = _binary(strength, against)
    else:
        mine, theirs = _powered(strength, model), _powered(against, model)
    chance = mine / (mine + theirs)
    places = np.arange(strength.shape[1])
    chance[:, places, places] = 0.5
    return chance


def _powered(strength: Floats, model: str) -> Floats:
    if model == "Linear":
        return strength
    if model == "Square":
        return strength * strength
    quartic = strength * strength * strength * strength
    return quartic if model == "Quartic" else quartic * quartic


def _binary(mine: Floats, theirs: Floats) -> tuple[Floats, Floats]:
    """Sure victory from a tenth more strength on; the later option of the pair is the first of the formula."""
    options = mine.shape[1]
    later = np.tril(np.ones((options, options), dtype=bool), -1)
    first, second = np.where(later, mine, theirs), np.where(later, theirs, mine)
    between = ((first / (first + second)) * (BINARY_VICTORY + 1) - 1) / (BINARY_VICTORY - 1)
    wins, loses = first >= BINARY_VICTORY * second, second >= BINARY_VICTORY * first
    x1 = np.where(wins, 1.0, np.where(loses, 1e-6, between))
    x2 = np.where(wins, 1e-6, np.where(loses, 1.0, 1 - between))
    return np.where(later, x1, x2), np.where(later, x2, x1)


@dataclass(frozen=True, kw_only=True)
class Winner:
    """``probability`` (G, m) that each option wins; ``settled`` (G,): a Markov election came to rest in time."""

    probability: Floats
    settled: Flags


def winner(strength: Floats, chance: Floats, model: str) -> Winner:
    """The probability that each option wins, from coalitions and pairwise chances, (G, m, m) each."""
    groups, options = chance.shape[:2]
    if model == "Conditional":
        product = np.multiply.accumulate(chance, axis=2)[:, :, -1]
        with np.errstate(invalid="ignore", divide="ignore"):
            probability = product / in_order(product)[:, None]
        return Winner(probability=probability, settled=np.ones(groups, dtype=bool))
    shares = _challenge_shares(strength, chance) if model == "MarkovIncentive" else None
    p = np.full((groups, options), 1.0 / options)
    open_ = np.arange(groups)
    rounds = 0
    while len(open_):
        now = p[open_]
        then = _uniform(chance[open_], now) if shares is None else _incentive(chance[open_], shares[open_], now)
        change = np.abs(then - now).max(axis=1)
        p[open_] = (now + then) / 2
        rounds += 1
        if rounds >= ITERATIONS:
            break
        open_ = open_[change > TOLERANCE[model]]
    settled = np.ones(groups, dtype=bool)
    settled[open_] = False
    return Winner(probability=p, settled=settled)


def in_order(values: Floats) -> Floats:
    """The sum over the last axis, from left to right."""
    total: Floats = np.add.accumulate(values, axis=-1)[..., -1]
    return total


def _uniform(chance: Floats, p: Floats) -> Floats:
    challenged: Floats = in_order(chance * (p[:, :, None] + p[:, None, :])) / p.shape[1]
    return challenged


def _challenge_shares(strength: Floats, chance: Floats) -> Floats:
    """How likely the row's option is to be the one that challenges the column's, (G, m, m)."""
    drive = strength * chance
    places = np.arange(drive.shape[1])
    drive[:, places, places] += INCENTIVE_DIAGONAL
    shares: Floats = drive / in_order(np.swapaxes(drive, 1, 2))[:, None, :]
    return shares


def _incentive(chance: Floats, shares: Floats, p: Floats) -> Floats:
    meets = p[:, :, None] * np.swapaxes(shares, 1, 2)
    return in_order(chance * (meets + np.swapaxes(meets, 1, 2)))


@dataclass(frozen=True, kw_only=True)
class Election:
    """The three stages of an election: ``strength`` and ``chance`` (G, m, m), ``probability`` (G, m)."""

    strength: Floats
    chance: Floats
    probability: Floats
    settled: Flags


def elect(utility: Floats, weight: Floats, options: Options) -> Election:
    """Elections between options of ``utility`` (A, G, m) by voters of ``weight`` (A, G)."""
    strength = coalitions(utility, weight, options.voting)
    chance = victory(strength, options.victory)
    found = winner(strength, chance, options.election)
    return Election(strength=strength, chance=chance, probability=found.probability, settled=found.settled)
