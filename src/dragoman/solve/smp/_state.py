"""Where the actors stand: distances, utilities, who would win, and how much risk each takes.

Shapes: K draws, A actors, D dimensions; positions in 0..1.

1. Distance from an actor's ideal to a position, weighted by the actor's salience.
2. Utility of a distance under a risk attitude: concave where the attitude is above 0.
3. An election among all positions, voters weighted by capability, utilities risk-neutral.
4. The likeliest winner is the most risk-averse, the least likely the most risk-seeking.
5. Each actor estimates the others' attitudes as something between its own and theirs.
6. The chances that are reported are those of an election among the distinct positions.

Source: Wise, Lester and Efird 2015 (KTAB's spatial model of politics).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from dragoman.solve.smp._options import SAME_PLACE, TIE, Options
from dragoman.solve.smp._votes import Election, Flags, Floats, Ints, elect, in_order

SLACK = 1e-6


@dataclass(frozen=True, kw_only=True)
class Actors:
    """What does not change: ``salience`` (K, A, D), its ``total`` (K, A), at most 1, and ``capability`` (K, A)."""

    salience: Floats
    total: Floats
    capability: Floats

    @property
    def weight(self) -> Floats:
        """The weight in challenges, (K, A): elections take the bare capability instead."""
        return self.total * self.capability

    def some(self, draws: Ints | Flags) -> Actors:
        """Those of some draws."""
        return Actors(salience=self.salience[draws], total=self.total[draws], capability=self.capability[draws])


@dataclass(frozen=True, kw_only=True)
class State:
    """A state assessed.

    ``position`` and ``ideal`` (K, A, D); ``distance`` (K, A, A) from the row's ideal to the
    column's position; ``election`` among all positions; ``risk`` (K, A); ``estimate``
    (K, A, A), the row's view of the column's risk attitude; ``utility`` (K, A, A) of the
    column's position to the row under its own attitude.  ``undefined`` (K,): all positions
    are equally likely (to 1e-12), so that risk attitudes are 0/0; ``outside`` (K,): a distance or an
    attitude that the utility is not defined for.
    """

    position: Floats
    ideal: Floats
    distance: Floats
    neutral: Floats
    election: Election
    risk: Floats
    estimate: Floats
    utility: Floats
    undefined: Flags
    outside: Flags

    def some(self, draws: Flags) -> State:
        """The state of some draws."""
        if draws.all():
            return self
        arrays = {item.name: getattr(self, item.name) for item in fields(self)}
        whole = arrays.pop("election")
        election = Election(**{item.name: getattr(whole, item.name)[draws] for item in fields(whole)})
        return State(election=election, **{name: array[draws] for name, array in arrays.items()})


def distances(ideal: Floats, position: Floats, salience: Floats) -> Floats:
    """From each ideal (K, A, D) to each position (K, N, D), by the salience of the ideal's owner, (K, A, N)."""
    total = np.zeros((*ideal.shape[:2], position.shape[1]))
    norm = np.zeros(ideal.shape[:2])
    for d in range(ideal.shape[2]):
        gap = (ideal[:, :, None, d] - position[:, None, :, d]) * salience[:, :, None, d]
        total += gap * gap
        norm += salience[:, :, d] * salience[:, :, d]
    found: Floats = np.sqrt(total / norm[:, :, None])
    return found


def utility_of(distance: Floats, risk: Floats | float) -> Floats:
    """The utility of ``distance`` under a risk attitude; beyond a distance of 1 it falls in a straight line."""
    return (1 - distance) * (1 + np.minimum(distance, 1.0) * risk)


def assess(position: Floats, ideal: Floats, actors: Actors, options: Options) -> State:
    """Assess the states of K draws."""
    distance = distances(ideal, position, actors.salience)
    neutral = utility_of(distance, 0.0)
    election = elect(np.ascontiguousarray(np.swapaxes(neutral, 0, 1)), actors.capability.T, options)
    chance = election.probability
    undefined: Flags = np.ptp(chance, axis=1) <= TIE
    with np.errstate(invalid="ignore", divide="ignore"):
        risk = risk_attitudes(chance, options.risk_range)
    risk = np.where(undefined[:, None], 0.0, risk)
    return State(
        position=position,
        ideal=ideal,
        distance=distance,
        neutral=neutral,
        election=election,
        risk=risk,
        estimate=estimates(risk, options.risk_estimate),
        utility=utility_of(distance, risk[:, :, None]),
        undefined=undefined,
        outside=_outside(distance, risk),
    )


def _outside(distance: Floats, risk: Floats) -> Flags:
    near = np.logical_and.reduce(distance <= 1 + SLACK, axis=(1, 2))
    known = np.logical_and.reduce(np.abs(risk) <= 1 + SLACK, axis=1)
    outside: Flags = ~(near & known)
    return outside


def risk_attitudes(chance: Floats, span: str) -> Floats:
    """From chances (K, A) to risk attitudes: the highest chance gives 1, the lowest 0, -1/2 or -1."""
    low: Floats = chance.min(axis=1, keepdims=True)
    high: Floats = chance.max(axis=1, keepdims=True)
    if span == "Min":
        return (chance - low) / (high - low)
    if span == "Mid":
        return (3 * chance - (high + 2 * low)) / (2 * (high - low))
    return (2 * chance - (high + low)) / (high - low)


def estimates(risk: Floats, adjust: str) -> Floats:
    """The row's view of the column's risk attitude, (K, A, A)."""
    own: Floats = np.repeat(risk[:, :, None], risk.shape[1], axis=2)
    other: Floats = np.repeat(risk[:, None, :], risk.shape[1], axis=1)
    if adjust == "None":
        return own
    if adjust == "OneThird":
        return ((2 * own) + other) / 3
    if adjust == "Half":
        return (own + other) / 2
    if adjust == "TwoThirds":
        return (own + (2 * other)) / 3
    return other


def own_view(state: State) -> Floats:
    """Each actor's utility of each position as it estimates itself, (K, A, A).

    It may differ from ``state.utility`` in the last digit, since the estimate of oneself is computed too.
    """
    itself = np.diagonal(state.estimate, axis1=1, axis2=2)
    return utility_of(state.distance, itself[:, :, None])


def estimated_utilities(state: State) -> Floats:
    """How much actor h thinks that i values j's position, (K, h, i, j).

    Memory grows with the cube of the actors; the model itself never makes this array.
    """
    return utility_of(state.distance[:, None], state.estimate[:, :, :, None])


def places(position: Floats) -> tuple[Flags, Ints]:
    """Which actors stand for a distinct position, (K, A), and by whom each actor is represented, (K, A).

    An actor is kept unless an earlier kept one stands within 1e-3; each is represented by
    the last kept one within 1e-3 of it.
    """
    squares = np.zeros((position.shape[0], position.shape[1], position.shape[1]))
    for d in range(position.shape[2]):
        gap = position[:, :, None, d] - position[:, None, :, d]
        squares += gap * gap
    near = np.sqrt(squares) < SAME_PLACE
    kept = np.zeros(position.shape[:2], dtype=bool)
    for i in range(position.shape[1]):
        kept[:, i] = ~(near[:, i, :i] & kept[:, :i]).any(axis=1)
    match = near & kept[:, None, :]
    last = match.shape[2] - 1 - np.argmax(match[:, :, ::-1], axis=2)
    return kept, last


@dataclass(frozen=True, kw_only=True)
class Chances:
    """The reported chances: ``by_actor`` (K, A), and ``by_place`` (K, A), 0 but for one actor a distinct position."""

    by_actor: Floats
    by_place: Floats
    settled: Flags


def reported(state: State, actors: Actors, options: Options) -> Chances:
    """The chance that each actor's position wins among the distinct positions."""
    kept, stands_for = places(state.position)
    utility = own_view(state)
    by_place = np.zeros(kept.shape)
    settled = np.ones(len(kept), dtype=bool)
    sizes = kept.sum(axis=1)
    for size in np.unique(sizes):
        draws = np.flatnonzero(sizes == size)
        columns = np.flatnonzero(kept[draws].ravel()).reshape(len(draws), size) % kept.shape[1]
        chosen = np.take_along_axis(utility[draws], columns[:, None, :], axis=2)
        found = elect(np.ascontiguousarray(np.swapaxes(chosen, 0, 1)), actors.capability[draws].T, options)
        by_place[draws[:, None], columns] = found.probability
        settled[draws] = found.settled
    return Chances(by_actor=np.take_along_axis(by_place, stands_for, axis=1), by_place=by_place, settled=settled)


def moved(before: Floats, after: Floats) -> Floats:
    """How far the actors moved together, (K,): the sum of their Euclidean steps."""
    squares = np.zeros(before.shape[:2])
    for d in range(before.shape[2]):
        step = before[:, :, d] - after[:, :, d]
        squares += step * step
    return in_order(np.sqrt(squares))
