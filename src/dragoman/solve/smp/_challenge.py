"""Challenges: what an actor expects of pressing another, with third parties taking sides.

Shapes: K draws, rows initiators i, columns receivers j.  The estimator h is the
initiator, or the receiver where a bargaining model asks for its view.

1. The principals' strengths: the votes of i and j on i's position against j's.
2. Each third party n in turn weighs, against these frozen strengths, which side's victory
   threatens it more, and adds its vote to that side (SemiCommit).  Under NoCommit and
   FullCommit both outcomes are the same to it, so it never counts.
3. The probability that i prevails is its share of the strengths.
4. Gain to i: the receiver resists with a probability equal to its total salience and
   yields otherwise.

Source: Wise, Lester and Efird 2015 (KTAB), whose rule for third parties is kept as
computed: a third party often joins the side that it likes less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dragoman.solve.smp._options import CHALLENGE_FLOOR, MIN_GAIN, TIE, Options
from dragoman.solve.smp._state import Actors, State, utility_of
from dragoman.solve.smp._votes import Flags, Floats, Ints, vote

Estimator = Literal["initiator", "receiver"]


@dataclass(frozen=True, kw_only=True)
class Views:
    """The estimator's view of the principals' utilities, broadcasting to (K, A, A): ``i_of_j`` is i's of j's place."""

    i_of_i: Floats
    i_of_j: Floats
    j_of_i: Floats
    j_of_j: Floats


@dataclass(frozen=True, kw_only=True)
class Challenges:
    """``chance`` that the row prevails over the column, and its expected ``gain``, both (K, A, A).

    The diagonals hold one half and minus infinity.
    """

    chance: Floats
    gain: Floats


def challenges(state: State, actors: Actors, options: Options, by: Estimator = "initiator") -> Challenges:
    """Every challenge of one actor to another, as ``by`` estimates it."""
    views = _views(state, by)
    strength, against = _principals(views, actors, options.voting)
    if options.third_party == "SemiCommit":
        strength, against = _third_parties(state, actors, strength, against, rule=options.voting, by=by)
    total = strength + against
    chance, resisted = strength / total, against / total
    gain = _gain(views, actors.total, chance, resisted)
    places = np.arange(chance.shape[1])
    chance[:, places, places] = 0.5
    gain[:, places, places] = -np.inf
    return Challenges(chance=chance, gain=gain)


def _views(state: State, by: Estimator) -> Views:
    at_home = np.diagonal(state.distance, axis1=1, axis2=2)
    itself = np.diagonal(state.estimate, axis1=1, axis2=2)
    if by == "initiator":
        of_i, of_j = itself[:, :, None], state.estimate
    else:
        of_i, of_j = np.swapaxes(state.estimate, 1, 2), itself[:, None, :]
    return Views(
        i_of_i=utility_of(at_home[:, :, None], of_i),
        i_of_j=utility_of(state.distance, of_i),
        j_of_i=utility_of(np.swapaxes(state.distance, 1, 2), of_j),
        j_of_j=utility_of(at_home[:, None, :], of_j),
    )


def _principals(views: Views, actors: Actors, rule: str) -> tuple[Floats, Floats]:
    weight = actors.weight
    strength = np.full(views.i_of_j.shape, CHALLENGE_FLOOR)
    against = strength.copy()
    for votes in (
        vote(rule, weight[:, :, None], views.i_of_i - views.i_of_j),
        vote(rule, weight[:, None, :], views.j_of_i - views.j_of_j),
    ):
        strength += np.maximum(votes, 0.0)
        against -= np.minimum(votes, 0.0)
    return strength, against


def _third_parties(
    state: State, actors: Actors, strength: Floats, against: Floats, *, rule: str, by: Estimator
) -> tuple[Floats, Floats]:
    """Both strengths with every third party's vote, one party after the other.

    Of party n: ``e`` its utility of i's position, ``f`` of j's, ``o`` of its own.
    """
    frozen, frozen_against = strength, against
    strength, against = strength.copy(), against.copy()
    weights, shape = actors.weight, strength.shape
    joins, f, ff, side, work = (np.empty(shape) for _ in range(5))
    for n in range(shape[1]):
        risk = state.estimate[:, :, n, None] if by == "initiator" else state.estimate[:, None, :, n]
        away, weight = state.distance[:, n], weights[:, n, None, None]
        e = _into(np.empty(shape) if by == "receiver" else None, away[:, :, None], risk)
        o = utility_of(state.distance[:, n, n, None, None], risk)
        f = _into(f, away[:, None, :], risk)
        np.subtract(e, f, out=work)
        votes = vote_into(rule, weight, work)
        np.maximum(votes, 0.0, out=joins)
        joins += frozen
        np.minimum(votes, 0.0, out=side)
        np.subtract(frozen_against, side, out=side)
        side += joins
        joins /= side
        stays = np.subtract(1.0, joins, out=side)
        np.add(f, f, out=ff)
        np.add(ff, f, out=f)
        ff += o
        f *= stays
        ff *= stays
        np.multiply(joins, e + e + o, out=work)
        f += work
        joins *= e + e + e
        joins += ff
        f -= joins
        votes = vote_into(rule, weight, f)
        votes[:, n, :] = 0.0
        votes[:, :, n] = 0.0
        strength += np.maximum(votes, 0.0, out=work)
        against -= np.minimum(votes, 0.0, out=work)
    return strength, against


def _into(out: Floats | None, distance: Floats, risk: Floats) -> Floats:
    """The utility of ``distance`` under ``risk``, in ``out`` where it is given."""
    if out is None:
        return utility_of(distance, risk)
    np.multiply(np.minimum(distance, 1.0), risk, out=out)
    out += 1
    out *= 1 - distance
    return out


def vote_into(rule: str, weight: Floats, delta: Floats) -> Floats:
    """The vote on ``delta``, which may be written over."""
    if rule == "Prop":
        delta *= weight
        return delta
    return vote(rule, weight, delta)


def _gain(views: Views, salience: Floats, chance: Floats, resisted: Floats) -> Floats:
    resists = salience[:, None, :]
    now = views.i_of_i + views.i_of_j
    victory = views.i_of_i + views.i_of_i
    defeat = views.i_of_j + views.i_of_j
    contest = chance * victory + resisted * defeat
    return ((1 - resists) * victory + resists * contest) - now


@dataclass(frozen=True, kw_only=True)
class Targets:
    """``receiver`` (K, A) whom each actor challenges, -1 for nobody; ``tied`` (K, A): another promised as much."""

    receiver: Ints
    tied: Flags


def targets(gain: Floats) -> Targets:
    """The most gainful challenge of each actor above 1e-5, the first of equals."""
    best = gain.max(axis=2)
    receiver = np.where(best > MIN_GAIN, gain.argmax(axis=2), -1)
    rivals = (gain >= best[:, :, None] - TIE).sum(axis=2)
    return Targets(receiver=receiver, tied=(receiver >= 0) & (rivals > 1))
