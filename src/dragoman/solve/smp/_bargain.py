"""Bargains: where two parties would meet, what each actor thinks of it, and which one each takes.

Shapes: K draws, A actors, D dimensions, V bargains a challenge (1, or 2 under
InitRcvrInterp); bargain (i, v) is column i V + v, the status quo the last column.

1. A bargain lies between the positions of its two parties by salience and chance.
2. Its utility to an actor is the mean utility of all positions after it.
3. Each actor's queue: the status quo, its own bargain, and those offered to it by
   rising initiator.
4. All actors vote, by capability, on each queue; its owner takes the likeliest (or
   draws one).  Parties decide apart: one may keep a bargain that the other leaves.

Source: Wise, Lester and Efird 2015 (KTAB).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.solve.smp._challenge import Challenges
from dragoman.solve.smp._options import MIN_WEIGHT, TIE, Options
from dragoman.solve.smp._state import Actors, State, distances, own_view, utility_of
from dragoman.solve.smp._votes import Flags, Floats, Ints, elect

STATUS_QUO = -1


@dataclass(frozen=True, kw_only=True)
class Bargains:
    """Where the bargain that each actor initiates would put it and its target, (K, A, V, D) each."""

    initiator: Floats
    receiver: Floats

    @property
    def variants(self) -> int:
        """V, the bargains a challenge."""
        return int(self.initiator.shape[2])


def bargains(state: State, actors: Actors, receiver: Ints, views: tuple[Challenges, ...], options: Options) -> Bargains:
    """The bargains of initiators with ``receiver`` (K, A); rows without a receiver (-1) hold no meaning.

    ``views`` are the challenges as the initiators estimate them and, for the models that
    ask for it, as the receivers do; of the latter the gain takes the chance's place, as
    in KTAB.
    """
    at = np.maximum(receiver, 0)[:, :, None]
    chance = np.take_along_axis(views[0].chance, at, axis=2)[:, :, 0]
    first = _points(state, actors, at[:, :, 0], chance, options.interpolation)
    if options.bargain == "InitOnlyInterp":
        return _stacked([first])
    gain = np.where(receiver < 0, 0.0, np.take_along_axis(views[1].gain, at, axis=2)[:, :, 0])
    second = _points(state, actors, at[:, :, 0], gain, options.interpolation)
    if options.bargain == "InitRcvrInterp":
        return _stacked([first, second])
    mine = (actors.capability * actors.total)[:, :, None]
    theirs = (actors.capability * np.take_along_axis(actors.total, at[:, :, 0], axis=1))[:, :, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        mixed = [(mine * a + theirs * b) / (mine + theirs) for a, b in zip(first, second, strict=True)]
    return _stacked([(mixed[0], mixed[1])])


def _stacked(points: list[tuple[Floats, Floats]]) -> Bargains:
    return Bargains(
        initiator=np.stack([point[0] for point in points], axis=2),
        receiver=np.stack([point[1] for point in points], axis=2),
    )


def _points(state: State, actors: Actors, receiver: Ints, chance: Floats, rule: str) -> tuple[Floats, Floats]:
    at = receiver[:, :, None]
    here, there = state.position, np.take_along_axis(state.position, at, axis=1)
    mine, theirs = actors.salience, np.take_along_axis(actors.salience, at, axis=1)
    p = chance[:, :, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        if rule == "S2PMax":
            return _towards_winner(here, there, mine, theirs, p)
        return _weighted(here, there, mine, theirs, p, power=1 if rule == "S1P1" else 2)


def _weighted(
    here: Floats, there: Floats, mine: Floats, theirs: Floats, p: Floats, *, power: int
) -> tuple[Floats, Floats]:
    q = 1 - p
    w_i = mine * p if power == 1 else (mine * mine) * (p * p)
    w_j = theirs * q if power == 1 else (theirs * theirs) * (q * q)
    total = w_i + MIN_WEIGHT + w_j
    return (
        rounded(((w_i + MIN_WEIGHT) * here + w_j * there) / total),
        rounded((w_i * here + (MIN_WEIGHT + w_j) * there) / total),
    )


def rounded(point: Floats) -> Floats:
    """To four decimals, halves up."""
    return np.trunc(0.5 + point * 10000) / 10000


def _towards_winner(here: Floats, there: Floats, mine: Floats, theirs: Floats, p: Floats) -> tuple[Floats, Floats]:
    q = 1 - p
    behind_i, behind_j = np.maximum(0.0, q - p), np.maximum(0.0, p - q)
    w_i, w_j = mine * mine, theirs * theirs
    step_i = behind_i * w_j / ((behind_i * w_j) + MIN_WEIGHT + ((1 - behind_i) * w_i))
    step_j = behind_j * w_i / ((behind_j * w_i) + MIN_WEIGHT + ((1 - behind_j) * w_j))
    return here + step_i * (there - here), there + step_j * (here - there)


def bargain_utilities(state: State, actors: Actors, receiver: Ints, offered: Bargains) -> Floats:
    """The utility of every bargain to every actor, the status quo last, (K, A, A V + 1)."""
    draws, count, variants = offered.initiator.shape[:3]
    risk = state.risk[:, :, None]
    views = own_view(state)
    total, other = (
        utility_of(distances(state.ideal, points.reshape(draws, count * variants, -1), actors.salience), risk)
        for points in (offered.initiator, offered.receiver)
    )
    total += other
    initiators = np.repeat(np.arange(count), variants)
    receivers = np.repeat(receiver, variants, axis=1)
    status_quo = np.zeros((draws, count))
    for n in range(count):
        stays = ((initiators != n) & (receivers != n)).astype(float)
        total += views[:, :, n, None] * stays[:, None, :]
        status_quo += views[:, :, n]
    utility: Floats = np.concatenate([total, status_quo[:, :, None]], axis=2) / count
    return utility


@dataclass(frozen=True, kw_only=True)
class Queues:
    """The options of each actor's queue as columns, (K, A, 1 + A V), padded with -2, and how many there are, (K, A).

    The status quo is column -1 and stands first.
    """

    columns: Ints
    size: Ints


def queues(receiver: Ints, variants: int) -> Queues:
    """The queues, from whom each actor challenges, (K, A) with -1 for nobody."""
    draws, count = receiver.shape
    actor = np.arange(count)
    rank = np.full((draws, count, count), 2, dtype=np.int8)
    rank[receiver[:, None, :] == actor[None, :, None]] = 1
    own = receiver >= 0
    rank[:, actor, actor] = np.where(own, 0, 2)
    bargains_of = (rank < 2).sum(axis=2)
    widest = int(bargains_of.max())
    order = np.argsort(rank, axis=2, kind="stable")[:, :, :widest]
    columns = (order[:, :, :, None] * variants + np.arange(variants)).reshape(draws, count, widest * variants)
    size = bargains_of * variants
    columns[np.arange(widest * variants) >= size[:, :, None]] = -2
    first = np.full((draws, count, 1), STATUS_QUO)
    return Queues(columns=np.concatenate([first, columns], axis=2), size=size + 1)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What each actor takes.

    ``column`` (K, A), -1 the status quo; ``probability`` (K, A, widest queue), NaN beyond a
    queue's end; ``tied`` (K, A): another option was as likely and led elsewhere;
    ``settled`` (K,): every Markov election came to rest.
    """

    column: Ints
    probability: Floats
    tied: Flags
    settled: Flags


def choose(
    utility: Floats, queue: Queues, actors: Actors, places: Floats, *, options: Options, uniform: Floats | None
) -> Choices:
    """The options taken.

    Args:
        utility: of every column to every voter, (K, A, columns).
        queue: the options of each actor.
        actors: the voters.
        places: where each option of a queue would take its owner, (K, A, widest, D).
        options: the settings.
        uniform: (K, A) in 0..1 for Stochastic transitions, else None.
    """
    draws, count, widest = queue.columns.shape
    taken = np.full((draws, count), STATUS_QUO)
    probability = np.full((draws, count, widest), np.nan)
    tied = np.zeros((draws, count), dtype=bool)
    settled = np.ones(draws, dtype=bool)
    probability[queue.size == 1, 0] = 1.0
    voters = np.ascontiguousarray(np.swapaxes(utility, 0, 1))
    for size in np.unique(queue.size[queue.size > 1]):
        draw, actor = np.nonzero(queue.size == size)
        columns = queue.columns[draw, actor, :size]
        found = elect(voters[:, draw[:, None], columns], actors.capability[draw].T, options)
        chance = found.probability
        pick = _picked(chance, None if uniform is None else uniform[draw, actor])
        taken[draw, actor] = columns[np.arange(len(draw)), pick]
        probability[draw, actor, :size] = chance
        np.logical_and.at(settled, draw, found.settled)
        if uniform is None:
            tied[draw, actor] = _elsewhere(chance, places[draw, actor, :size], pick)
    return Choices(column=taken, probability=probability, tied=tied, settled=settled)


def _picked(chance: Floats, uniform: Floats | None) -> Ints:
    if uniform is None:
        first: Ints = chance.argmax(axis=1)
        return first
    reached = uniform[:, None] <= np.add.accumulate(chance, axis=1)
    reached[:, -1] = True
    taken: Ints = reached.argmax(axis=1)
    return taken


def _elsewhere(chance: Floats, places: Floats, pick: Ints) -> Flags:
    rows = np.arange(len(pick))
    as_likely = chance >= chance[rows, pick][:, None] - TIE
    away = (np.abs(places - places[rows, pick][:, None, :]) > TIE).any(axis=2)
    found: Flags = np.logical_or.reduce(as_likely & away, axis=1)
    return found


def destinations(position: Floats, offered: Bargains, queue: Queues) -> Floats:
    """Where each option of a queue would take its owner, (K, A, widest, D)."""
    draws, count, _ = queue.columns.shape
    column = np.maximum(queue.columns, 0)
    who, variant = np.divmod(column, offered.variants)
    draw = np.arange(draws)[:, None, None]
    own = (who == np.arange(count)[None, :, None])[..., None]
    there = np.where(own, offered.initiator[draw, who, variant], offered.receiver[draw, who, variant])
    stays = (queue.columns < 0)[..., None]
    return np.where(stays, position[:, :, None, :], there)
