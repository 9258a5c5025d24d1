"""Rounds of exchange for many draws in lockstep, in floats.

Every draw realises its best exchange at the same time; the candidates that these touch, of
all draws together, are evaluated anew by one set of array operations.

1. A candidate is a pair of actors and a pair of issues.  Each round keeps those whose
   actors stand on different sides of both outcomes, in as many columns as any draw needs.
   Role 0 cares relatively more about the first issue and supplies the second.
2. Actor and issue are coded as one number, so that who supplies or demands what is
   compared by equality, and only among pairs that share an actor and an issue.
3. Equal gains (within ``NEAR``) go to the greatest of random numbers that belong to the
   draw and the round; every order of ties is equally likely.

The rules are those of ``_candidate`` and ``_market``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError
from dragoman.solve.exchange._table import Rules

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

TINY = 1e-10
SLACK = 1e-9
NEAR = 1e-11
WORK = 300_000


@dataclass(frozen=True, kw_only=True)
class Draws:
    """D draws of n actors on m issues: ``position`` on the scale of 0 to 100, ``salience``, ``power`` (D, n, m).

    NaN where an actor takes no part in an issue, the same in every draw.  ``first`` is the
    number of the first draw, by which its random numbers are made.
    """

    position: Floats
    salience: Floats
    power: Floats
    first: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """What comes of D draws in T rounds.

    ``preference`` (D, T + 1, m): outcomes of positions before each round and after the
    last; ``vote`` (D, T, m): of the votes in each; ``deals`` (D, T): how many exchanges
    were realised; ``gain`` (D, n): what each actor gained as a partner; ``traded`` (D, m,
    m): how often two issues were exchanged for each other; ``ties`` (D,): equal gains.
    """

    preference: Floats
    vote: Floats
    deals: Ints
    gain: Floats
    traded: Ints
    ties: Ints


def lockstep(draws: Draws, rules: Rules, *, seed: int = 0, chunk: int | None = None) -> Outcomes:
    """The model over ``draws``; equal gains are settled at random, each order being equally likely.

    Raises:
        MethodError: a number outside its domain, or random gains, which only the exact and the float runs have.
    """
    if rules.p:
        raise MethodError("p", f"{rules.p:g}", "0 over draws (random gains are for single runs)")
    _check(draws)
    total, n, m = draws.position.shape
    size = chunk or max(1, WORK // max(1, n * (n - 1) * m * (m - 1) // 4))
    places = _Places.of(np.isnan(draws.position[0]))
    parts = [_Lockstep(_slice(draws, at, at + size), rules, seed, places).play() for at in range(0, total, size)]
    return Outcomes(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in Outcomes.__dataclass_fields__}
    )


def _slice(draws: Draws, start: int, stop: int) -> Draws:
    return Draws(
        position=draws.position[start:stop],
        salience=draws.salience[start:stop],
        power=draws.power[start:stop],
        first=draws.first + start,
    )


def _check(draws: Draws) -> None:
    shapes = {draws.position.shape, draws.salience.shape, draws.power.shape}
    if len(shapes) > 1 or draws.position.ndim != 3:
        raise MethodError("exchange", f"shapes {sorted(shapes)}", "one shape (draws, actors, issues)")
    absent = np.isnan(draws.position)
    if (absent != absent[:1]).any():
        raise MethodError("positions", "an actor that takes part in some draws only", "the same actors in every draw")
    for name, most in (("position", 100.0), ("salience", np.inf), ("power", np.inf)):
        value = getattr(draws, name)[~absent]
        if not np.isfinite(value).all() or (value < 0).any() or (value > most).any():
            raise MethodError(name, "a missing number, or one out of bounds", f"finite numbers from 0 to {most:g}")


def outcome(position: Floats, weight: Floats) -> Floats:
    """The weighted mean of each issue, (D, m); 0 where nobody has weight."""
    total = weight.sum(axis=1)
    mean: Floats = np.divide((position * weight).sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    return mean


class _Lockstep:
    """The state of one chunk of draws between rounds."""

    def __init__(self, draws: Draws, rules: Rules, seed: int, places: _Places) -> None:
        self.rules = rules
        self.position = np.nan_to_num(draws.position)
        self.pairs = _Pairs.of(draws, places)
        self.streams = [
            np.random.Generator(np.random.Philox(key=[seed, draws.first + at])) for at in range(len(draws.position))
        ]

    def play(self) -> Outcomes:
        draws, n, m = self.position.shape
        rounds = self.rules.rounds
        preference, vote = np.empty((draws, rounds + 1, m)), np.empty((draws, rounds, m))
        deals, ties = np.zeros((draws, rounds), dtype=np.intp), np.zeros(draws, dtype=np.intp)
        gain, traded = np.zeros((draws, n)), np.zeros((draws, m, m), dtype=np.intp)
        for at in range(rounds):
            preference[:, at] = outcome(self.position, self.pairs.weight)
            rank = np.stack([stream.random(len(self.pairs.p)) for stream in self.streams])
            now = _Round(self.pairs, self.rules, self.position, preference[:, at])
            now.play(rank)
            self.position = now.after
            vote[:, at], deals[:, at] = outcome(now.votes, self.pairs.weight), now.count
            ties += now.ties
            gain += now.gained
            traded += now.traded
        preference[:, rounds] = outcome(self.position, self.pairs.weight)
        return Outcomes(preference=preference, vote=vote, deals=deals, gain=gain, traded=traded, ties=ties)


@dataclass(frozen=True, kw_only=True)
class _Pairs:
    """All E pairs of actors on pairs of issues, and what never changes; both roles on axis 0, (2, D, E).

    ``fixed`` (D * E, 6, 2): s, t, sc, d, per, rate of both roles.
    """

    p: Ints
    q: Ints
    weight: Floats
    actor: npt.NDArray[np.int32]
    supply: npt.NDArray[np.int32]
    able: Flags
    near: Ints
    fixed: Floats

    @classmethod
    def of(cls, draws: Draws, places: _Places) -> _Pairs:
        i, j, p, q = places.i, places.j, places.p, places.q
        s, c = np.nan_to_num(draws.salience), np.nan_to_num(draws.power)
        weight = s * c
        with np.errstate(divide="ignore", invalid="ignore"):
            swap = s[:, i, p] / s[:, i, q] < s[:, j, p] / s[:, j, q]
            actor = np.stack([np.where(swap, j, i), np.where(swap, i, j)]).astype(np.int32)
            supply = np.broadcast_to(np.stack([q, p])[:, None], actor.shape).astype(np.int32)
            draw = np.arange(len(s))[None, :, None]
            own, other = s[draw, actor, supply], s[draw, actor, supply[::-1]]
            sc, d = own * c[draw, actor, supply], weight.sum(axis=1)[draw, supply]
            rate = (own + other[::-1]) / (other + own[::-1])
            fixed = np.stack([own, other, sc, d, sc / d, rate])
        power = c[draw, actor, supply[::-1]]
        able: Flags = np.logical_and.reduce((sc > 0) & (other > 0) & (power > 0), axis=0)
        rows = np.ascontiguousarray(np.moveaxis(fixed, (0, 1), (2, 3))).reshape(-1, len(fixed), 2)
        return cls(
            p=p, q=q, weight=weight, actor=actor, supply=supply, able=able, near=places.near, fixed=rows
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Every pair of actors ``i``, ``j`` on every pair of issues ``p``, ``q`` where both take part, (E,) each.

    ``near`` (E, K): the pairs that share an actor and an issue with each, E where there are no more.
    """

    i: Ints
    j: Ints
    p: Ints
    q: Ints
    near: Ints

    @classmethod
    def of(cls, absent: Flags) -> _Places:
        n, m = absent.shape
        i, j = np.triu_indices(n, 1)
        p, q = np.triu_indices(m, 1)
        count, times = len(p), len(i)
        i, j, p, q = np.tile(i, count), np.tile(j, count), np.repeat(p, times), np.repeat(q, times)
        there = ~(absent[i, p] | absent[i, q] | absent[j, p] | absent[j, q])
        i, j, p, q = i[there], j[there], p[there], q[there]
        return cls(i=i, j=j, p=p, q=q, near=_near(i, j, p, q))


def _near(i: Ints, j: Ints, p: Ints, q: Ints) -> Ints:
    rows = []
    for at in range(len(i)):
        actor = (i == i[at]) | (i == j[at]) | (j == i[at]) | (j == j[at])
        issue = (p == p[at]) | (p == q[at]) | (q == p[at]) | (q == q[at])
        rows.append(np.flatnonzero(actor & issue))
    width = max((len(row) for row in rows), default=0)
    near = np.full((len(rows), width), len(rows))
    for at, row in enumerate(rows):
        near[at, : len(row)] = row
    return near


S, T, SC, D, PER, RATE, X, REST, LEAST, MOST, TOTAL, OWN, GOAL, MOVE, START = range(15)


class _Round:
    """One round of one chunk, with as many columns C as any draw has candidates.

    ``state`` (D * C, 15, 2) holds the numbers of both roles under the names above.
    ``pair`` (D, C) says which pair a candidate is (-1: none), ``column`` (D, E + 1) where
    a pair stands among them (C: nowhere), ``alive`` (D, C + 1) whether it stands; flat
    places are draw * C + column.  ``codes`` (D * C, 4): what the roles supply and demand.
    """

    def __init__(self, pairs: _Pairs, rules: Rules, position: Floats, start: Floats) -> None:
        self.pairs, self.rules = pairs, rules
        self.votes, self.after = position.copy(), position.copy()
        draws, n, m = position.shape
        self.count, self.ties = np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=np.intp)
        self.gained, self.traded = np.zeros((draws, n)), np.zeros((draws, m, m), dtype=np.intp)
        opposed = self._opposed(position <= start[:, None])
        self.width = int(opposed.sum(axis=1).max(initial=0))
        self.pair = np.full((draws, self.width), -1)
        self.column = np.full((draws, opposed.shape[1] + 1), self.width)
        draw, pair = np.nonzero(opposed)
        column = (np.cumsum(opposed, axis=1) - 1)[draw, pair]
        self.pair[draw, column], self.column[draw, pair] = pair, column
        self.flat = draw * self.width + column
        size = draws * self.width
        self.actor, self.supply = np.zeros((size, 2), dtype=np.int32), np.zeros((size, 2), dtype=np.int32)
        self.actor[self.flat] = pairs.actor[:, draw, pair].T
        self.supply[self.flat] = pairs.supply[:, draw, pair].T
        self.codes = np.concatenate([self.actor * m + self.supply, self.actor * m + self.supply[:, ::-1]], axis=1)
        self.state = self._start(position, draw, pairs.fixed[draw * opposed.shape[1] + pair])
        self.told = np.full((size, 2, n), np.nan)
        self.alive = np.zeros((draws, self.width + 1), dtype=bool)
        self.gain = np.full((draws, self.width), -1.0)
        self._evaluate(self.flat, (draw, column))

    def _opposed(self, left: Flags) -> Flags:
        i, j = np.minimum(*self.pairs.actor), np.maximum(*self.pairs.actor)
        draw = np.arange(len(left))[:, None]
        p, q = self.pairs.p[None], self.pairs.q[None]
        apart: Flags = (left[draw, i, p] != left[draw, j, p]) & (left[draw, i, q] != left[draw, j, q])
        return apart & self.pairs.able

    def _start(self, position: Floats, draw: Ints, fixed: Floats) -> Floats:
        here, actor, supply = self.flat, self.actor[self.flat], self.supply[self.flat]
        state = np.zeros((len(self.actor), 15, 2))
        whole = (position * self.pairs.weight).sum(axis=1)
        x = position[draw[:, None], actor, supply]
        state[here, :X] = fixed
        for name in (X, OWN, START):
            state[here, name] = x
        state[here, GOAL] = position[draw[:, None], actor, supply[:, ::-1]]
        state[here, REST] = whole[draw[:, None], supply] - x * fixed[:, SC]
        state[:, LEAST], state[:, MOST] = np.inf, -np.inf
        return state

    def play(self, rank: Floats) -> None:
        """Realise until nothing is left; ``rank`` (D, E) orders equal gains."""
        while self.width:
            chosen = self.gain.argmax(axis=1)
            best = self.gain[np.arange(len(chosen)), chosen]
            going = np.flatnonzero(best > 0)
            if not len(going):
                return
            equal = self.gain >= (best - NEAR * np.maximum(1, best))[:, None]
            tied = going[equal[going].sum(axis=1) > 1]
            if len(tied):
                self.ties[tied] += 1
                ranks = np.take_along_axis(rank[tied], np.maximum(self.pair[tied], 0), axis=1)
                chosen[tied] = np.where(equal[tied], ranks, -1).argmax(axis=1)
            self._realise(going, chosen[going])

    def _realise(self, draw: Ints, column: Ints) -> None:
        """Realise one candidate in each of the draws; tell those that it touches, and evaluate them."""
        done = draw * self.width + column
        y = self.state[done, X] + self.state[done, MOVE]
        self._record(draw, column, done, y)
        self.gain[draw, column], self.alive[draw, column] = -1, False
        pairs = self.pairs.near.take(self.pair[draw, column], axis=0) + (draw * self.column.shape[1])[:, None]
        near = self.column.ravel().take(pairs)
        live = self.alive.ravel().take(near + (draw * self.alive.shape[1])[:, None])
        which, at = np.nonzero(live)
        columns = near[which, at]
        e = draw[which] * self.width + columns
        mine, theirs = self.codes.take(e, axis=0), self.codes.take(done[which], axis=0)
        hit = mine[:, :2, None] == theirs[:, None, :2]
        news = mine[:, 2:, None] == theirs[:, None, 2:]
        touched = np.flatnonzero((hit | news).any(axis=(1, 2)))
        which, e, columns = which[touched], e[touched], columns[touched]
        self._hits(hit[touched], e, y[which])
        self._news(news[touched], (draw[which], e, done[which]), y[which])
        self._evaluate(e, (draw[which], columns))

    def _record(self, draw: Ints, column: Ints, done: Ints, y: Floats) -> None:
        pair, gain = self.pair[draw, column], self.gain[draw, column]
        for role in (0, 1):
            actor, issue = self.actor[done, role], self.supply[done, role]
            follow = (1 - self.state[done, S, role]) * self.rules.salience_weight
            stay = 1 - follow - self.rules.fixed_weight
            self.votes[draw, actor, issue] = y[:, role]
            moved = (follow + self.rules.fixed_weight) * y[:, role]
            self.after[draw, actor, issue] = moved + stay * self.state[done, START, role]
            self.gained[draw, actor] += gain
        self.traded[draw, self.pairs.p[pair], self.pairs.q[pair]] += 1
        self.count[draw] += 1

    def _hits(self, hit: Flags, e: Ints, y: Floats) -> None:
        for role in (0, 1):
            for other in (0, 1):
                here = np.flatnonzero(hit[:, role, other])
                at = e[here]
                move = self.state[at, MOVE, role]
                vote = y[here, other]
                heard = ~np.isnan(self.told[at, role, self.actor[at, role]])
                self.state[at, OWN, role] = np.where(heard, self.state[at, OWN, role], vote)
                self.state[at, X, role] = vote
                self.state[at, LEAST, role] = np.minimum(self.state[at, LEAST, role], move)
                self.state[at, MOST, role] = np.maximum(self.state[at, MOST, role], move)
                self.state[at, TOTAL, role] += move

    def _news(self, news: Flags, at: tuple[Ints, Ints, Ints], y: Floats) -> None:
        """Role 1 - r hears of the vote of the partner of the role that demands what role r demands."""
        draws, places, done = at
        for asker in (1, 0):
            for role in (0, 1):
                here = np.flatnonzero(news[:, role, asker])
                draw, e, hearer = draws[here], places[here], 1 - role
                giver = self.actor[done[here], 1 - asker]
                vote, before = y[here, 1 - asker], self.state[done[here], START, 1 - asker]
                known = self.told[e, hearer, giver]
                first = np.isnan(known)
                later = np.where(before <= known, np.minimum(known, vote), np.maximum(known, vote))
                value = np.where(first, vote, later)
                self.told[e, hearer, giver] = value
                change = (value - np.where(first, before, known)) * self.pairs.weight[
                    draw, giver, self.supply[e, hearer]
                ]
                own = giver == self.actor[e, hearer]
                self.state[e, REST, hearer] += np.where(own, 0, change)
                self.state[e[own], OWN, hearer] = value[own]

    def _evaluate(self, e: Ints, at: tuple[Ints, Ints]) -> None:
        """Evaluate the candidates at flat places ``e``; write moves and gains (-1: it does not stand)."""
        if not len(e):
            return
        row = np.ascontiguousarray(np.moveaxis(self.state.take(e, axis=0), 0, 2))
        sides = _Sides(
            s=row[S], t=row[T], sc=row[SC], d=row[D], per=row[PER], rate=row[RATE], x=row[X], rest=row[REST],
            least=row[LEAST], most=row[MOST], total=row[TOTAL], own=row[OWN], goal=row[GOAL],
        )  # fmt: skip
        move, gain, valid = sides.evaluate()
        self.state[e, MOVE] = move.T
        self.gain[at], self.alive[at] = np.where(valid, gain, -1), valid


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """Both roles (axis 0) of K candidates; ``own`` is the own entry among what the role believes."""

    x: Floats
    goal: Floats
    s: Floats
    t: Floats
    sc: Floats
    d: Floats
    per: Floats
    rate: Floats
    rest: Floats
    own: Floats
    least: Floats
    most: Floats
    total: Floats

    def evaluate(self) -> tuple[Floats, Floats, Flags]:
        """Moves (2, K), gains (K,), and whether the candidates stand."""
        gap = np.abs(self.goal[::-1] - self.x)
        shift1 = self.per[1] * gap[1]
        shift0 = self.rate[1] * shift1
        move0, move1 = shift0 / self.per[0], gap[1]
        far = np.abs(move0) > gap[0]
        shift0 = np.where(far, self.per[0] * gap[0], shift0)
        shift1 = np.where(far, self.rate[0] * shift0, shift1)
        move0 = np.where(far, gap[0], move0)
        move1 = np.where(far, shift1 / self.per[1], move1)
        move = np.stack([move0, move1]) * self._sign()
        gain = np.abs(shift0 * self.s[0] - shift1 * self.t[0])
        valid = self._passes(move) & (gain >= TINY)
        for role in (0, 1):
            move, gain = self._limit(role, move, gain)
        return move, gain, valid & self._passes(move)

    def _sign(self) -> Floats:
        return np.where(self.x > self.goal[::-1], -1.0, 1.0)

    def _passes(self, move: Floats) -> Flags:
        size, y = np.abs(move), self.x + move
        ok = (size > TINY) & (size <= 100 + SLACK) & (y >= -SLACK) & (y <= 100 + SLACK)
        ok &= self.total + move <= 100 + SLACK
        first = np.isinf(self.least)
        ok &= first | ((self.least > 0) & (move > 0)) | ((self.most < 0) & (move < 0))
        passes: Flags = np.logical_and.reduce(ok, axis=0)
        return passes

    def _limit(self, r: int, move: Floats, gain: Floats) -> tuple[Floats, Floats]:
        o = 1 - r
        goal = self.goal[o]
        f0 = goal - (self.rest[r] + self.x[r] * self.sc[r]) / self.d[r]
        f1 = goal - (self.rest[r] + (self.x[r] + move[r]) * self.sc[r]) / self.d[r]
        free = ((f0 >= -SLACK) & (f1 >= -SLACK)) | ((f0 <= SLACK) & (f1 <= SLACK))
        length = np.abs((goal * self.d[r] - self.rest[r]) / self.sc[r] - self.own[r])
        shift = self.per[r] * length
        price = self.rate[r] * shift
        sign = self._sign()
        limited = np.empty_like(move)
        limited[r], limited[o] = sign[r] * length, sign[o] * np.abs(price / self.per[o])
        return np.where(free, move, limited), np.where(free, gain, np.abs(price * self.s[o] - shift * self.t[o]))
