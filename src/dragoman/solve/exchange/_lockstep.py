"""Rounds of exchange for many draws in lockstep, in floats.

Every draw realises its best exchange at the same time; the candidates that these touch, of
all draws together, are evaluated anew by one set of array operations.

1. A candidate is a pair of actors and a pair of issues.  Each round keeps those whose
   actors stand on different sides of both outcomes, in as many columns as any draw needs.
   Role 0 cares relatively more about the first issue and supplies the second.
2. Who supplies or demands what is compared once for all draws, among pairs that share an
   actor and an issue (``_pairs``); a realised pair looks its neighbours up.
3. Equal gains (within ``NEAR``) go to the greatest of random numbers that belong to the
   draw and the round; every order of ties is equally likely.

The rules are those of ``_candidate`` and ``_market``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.exchange._pairs import HITS, NEWS, PER, RATE, SC, Bytes, D, Flags, Floats, Ints, Pairs, Places, S, T
from dragoman.solve.exchange._sides import Sides
from dragoman.solve.exchange._table import Rules

NEAR = 1e-11
WORK = 150_000


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
    places = Places.of(np.isnan(draws.position[0]))
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
    if (np.nan_to_num(draws.salience * draws.power).sum(axis=1) <= 0).any():
        raise MethodError("issues", "an issue on which nobody has any weight", "salience and power above 0 of somebody")


def outcome(position: Floats, weight: Floats) -> Floats:
    """The weighted mean of each issue, (D, m)."""
    mean: Floats = (position * weight).sum(axis=1) / weight.sum(axis=1)
    return mean


class _Lockstep:
    """The state of one chunk of draws between rounds."""

    def __init__(self, draws: Draws, rules: Rules, seed: int, places: Places) -> None:
        self.rules, self.count = rules, len(places.p)
        self.position = np.nan_to_num(draws.position)
        self.pairs = Pairs.of(draws.position, draws.salience, draws.power, places)
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
            rank = np.stack([stream.random(self.count) for stream in self.streams])
            now = _Round(self.pairs, self.rules, self.position, preference[:, at])
            now.play(rank)
            self.position = now.after
            vote[:, at], deals[:, at] = outcome(now.votes, self.pairs.weight), now.count
            ties += now.ties
            gain += now.gained
            traded += now.traded
        preference[:, rounds] = outcome(self.position, self.pairs.weight)
        return Outcomes(preference=preference, vote=vote, deals=deals, gain=gain, traded=traded, ties=ties)


X, REST, TOTAL, OWN, GOAL, MOVE = range(6)
FIELDS = 12


class _Round:
    """One round of one chunk, with as many columns C as any draw has candidates.

    A candidate is known by its row in ``pairs`` (draw * (E + 1) + pair) and, more densely,
    by its seat (draw * C + column).  ``state`` (D * C, 6, 2) holds the numbers of both
    roles under the names above.  ``pair`` (D, C) says which pair a candidate is (-1: none),
    ``column`` (rows,) where a pair is seated, ``alive`` (rows,) whether it stands.
    ``told`` and ``heard`` (D * C * 2 * n,): which votes of others a role has news of.
    """

    def __init__(self, pairs: Pairs, rules: Rules, position: Floats, start: Floats) -> None:
        self.pairs, self.rules, self.position = pairs, rules, position
        self.votes, self.after = position.copy(), position.copy()
        draws, self.actors, self.issues = position.shape
        self.count, self.ties = np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=np.intp)
        self.gained = np.zeros((draws, self.actors))
        self.traded = np.zeros((draws, self.issues, self.issues), dtype=np.intp)
        opposed = self._opposed(position <= start[:, None])
        self.stride = opposed.shape[1] + 1
        self.width = int(opposed.sum(axis=1).max(initial=0))
        draw, pair = np.nonzero(opposed)
        column = (np.cumsum(opposed, axis=1) - 1)[draw, pair]
        seat, row = draw * self.width + column, draw * self.stride + pair
        self.pair = np.full((draws, self.width), -1)
        self.pair[draw, column] = pair
        self.column = np.zeros(draws * self.stride, dtype=np.intp)
        self.column[row] = column
        self.state = np.empty((draws * self.width, 6, 2))
        self.state[seat] = self._start(draw, pair, row)
        self.told = np.zeros(draws * self.width * 2 * self.actors, dtype=bool)
        self.heard = np.empty(len(self.told))
        self.alive = np.zeros(draws * self.stride, dtype=bool)
        self.gain = np.full((draws, self.width), -1.0)
        self._evaluate(seat, row)

    def _opposed(self, left: Flags) -> Flags:
        at = self.pairs.places
        apart: Flags = (left[:, at.i, at.p] != left[:, at.j, at.p]) & (left[:, at.i, at.q] != left[:, at.j, at.q])
        return apart & self.pairs.able

    def _start(self, draw: Ints, pair: Ints, row: Ints) -> Floats:
        at = self.pairs.places
        supply = np.stack([at.q[pair], at.p[pair]], axis=1)
        cell = ((draw * self.actors)[:, None] + self.pairs.actor.take(row, axis=0)) * self.issues
        whole = (self.position * self.pairs.weight).sum(axis=1)
        x = self.position.take(cell + supply)
        state = np.zeros((len(row), 6, 2))
        state[:, X] = state[:, OWN] = x
        state[:, GOAL] = self.position.take(cell + supply[:, ::-1])
        weighted = x * self.pairs.fixed[:, SC].take(row, axis=0)
        state[:, REST] = whole.take((draw * self.issues)[:, None] + supply) - weighted
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
            tied = going[np.count_nonzero(equal, axis=1)[going] > 1]
            if len(tied):
                self.ties[tied] += 1
                ranks = np.take_along_axis(rank[tied], np.maximum(self.pair[tied], 0), axis=1)
                chosen[tied] = np.where(equal[tied], ranks, -1).argmax(axis=1)
            self._realise(going, chosen[going])

    def _realise(self, draw: Ints, column: Ints) -> None:
        """Realise one candidate in each of the draws; tell those that it touches, and evaluate them."""
        pair = self.pair[draw, column]
        done = _Done.of(self, draw, pair, self.state.take(draw * self.width + column, axis=0))
        self._record(done, self.gain[draw, column])
        self.gain[draw, column], self.alive[done.row] = -1, False
        which, row, bits = self._touched(done)
        if not len(row):
            return
        seat = draw.take(which) * self.width + self.column.take(row)
        self._hits(bits, (which, row, seat), done)
        self._news(bits, (which, row, seat), done)
        self._evaluate(seat, row)

    def _touched(self, done: _Done) -> tuple[Ints, Ints, Bytes]:
        """Which of the realised touches which row, and how."""
        places = self.pairs.places
        rows = places.near.take(done.pair, axis=0) + (done.draw * self.stride)[:, None]
        width = rows.shape[1]
        found = np.flatnonzero(self.alive.take(rows))
        which = found // width if width else found
        row = rows.ravel().take(found)
        realised = self.pairs.way.take(done.row) * len(places.p) + done.pair
        entry = realised.take(which) * width + found - which * width
        bits = places.touch.ravel().take(entry * 2 + self.pairs.way.take(row))
        touched = np.flatnonzero(bits)
        return which.take(touched), row.take(touched), bits.take(touched)

    def _record(self, done: _Done, gain: Floats) -> None:
        draw = done.draw
        for role in (0, 1):
            actor, issue = done.actor[:, role], done.supply[:, role]
            follow = (1 - done.salience[:, role]) * self.rules.salience_weight
            stay = 1 - follow - self.rules.fixed_weight
            self.votes[draw, actor, issue] = done.y[:, role]
            moved = (follow + self.rules.fixed_weight) * done.y[:, role]
            self.after[draw, actor, issue] = moved + stay * done.start[:, role]
            self.gained[draw, actor] += gain
        self.traded[draw, done.supply[:, 1], done.supply[:, 0]] += 1
        self.count[draw] += 1

    def _hits(self, bits: Bytes, at: tuple[Ints, Ints, Ints], done: _Done) -> None:
        """A role's supply position becomes the vote; at most one role of the realised hits it."""
        which, row, seat = at
        here, hit = np.nonzero(bits[:, None] & HITS)
        role, numbers = hit >> 1, self.state.ravel()
        seats = seat.take(here)
        place = seats * FIELDS + role
        vote = done.y.take(which.take(here) * 2 + (hit & 1))
        actor = self.pairs.actor.take(row.take(here) * 2 + role)
        new = np.flatnonzero(~self.told.take((seats * 2 + role) * self.actors + actor))
        numbers[place.take(new) + 2 * OWN] = vote.take(new)
        numbers[place + 2 * X] = vote
        numbers[place + 2 * TOTAL] += numbers.take(place + 2 * MOVE)

    def _news(self, bits: Bytes, at: tuple[Ints, Ints, Ints], done: _Done) -> None:
        """Role 1 - r hears of the vote of the partner of the role that demands what role r demands."""
        which, row, seat = at
        here, news = np.nonzero(bits[:, None] & NEWS)
        hearer, numbers = 1 - (news >> 1), self.state.ravel()
        seats = seat.take(here)
        place, giver = seats * FIELDS + hearer, which.take(here) * 2 + 1 - (news & 1)
        actor, value, before = done.actor.take(giver), done.y.take(giver), done.start.take(giver)
        entry = (seats * 2 + hearer) * self.actors + actor
        again = np.flatnonzero(self.told.take(entry))
        if len(again):
            known, vote = self.heard.take(entry.take(again)), value.take(again)
            down = before.take(again) <= known
            value[again] = np.where(down, np.minimum(known, vote), np.maximum(known, vote))
            before[again] = known
        self.told[entry], self.heard[entry] = True, value
        mine = actor == self.pairs.actor.take(row.take(here) * 2 + hearer)
        numbers[place + 2 * REST] += np.where(mine, 0, (value - before) * done.weight.take(giver))
        numbers[place[mine] + 2 * OWN] = value[mine]

    def _evaluate(self, seat: Ints, row: Ints) -> None:
        """Evaluate the candidates at ``seat``; write moves and gains (-1: it does not stand)."""
        if not len(seat):
            return
        now = np.ascontiguousarray(self.state.take(seat, axis=0).reshape(-1, FIELDS).T).reshape(6, 2, -1)
        fixed = np.ascontiguousarray(self.pairs.fixed.take(row, axis=0).reshape(-1, FIELDS).T).reshape(6, 2, -1)
        sides = Sides(
            s=fixed[S], t=fixed[T], sc=fixed[SC], d=fixed[D], per=fixed[PER], rate=fixed[RATE],
            x=now[X], rest=now[REST], total=now[TOTAL], own=now[OWN], goal=now[GOAL],
        )  # fmt: skip
        move, gain, valid = sides.evaluate()
        self.state[seat, MOVE] = move.T
        self.gain.ravel()[seat] = np.where(valid, gain, -1)
        self.alive[row] = valid


@dataclass(frozen=True, kw_only=True)
class _Done:
    """What has just been realised, one candidate in each of G draws: numbers of both roles, (G, 2)."""

    draw: Ints
    pair: Ints
    row: Ints
    actor: Ints
    supply: Ints
    y: Floats
    start: Floats
    weight: Floats
    salience: Floats

    @classmethod
    def of(cls, now: _Round, draw: Ints, pair: Ints, state: Floats) -> _Done:
        row, at = draw * now.stride + pair, now.pairs.places
        actor, fixed = now.pairs.actor.take(row, axis=0).astype(np.intp), now.pairs.fixed.take(row, axis=0)
        supply = np.stack([at.q[pair], at.p[pair]], axis=1)
        start = now.position[draw[:, None], actor, supply]
        return cls(
            draw=draw, pair=pair, row=row, actor=actor, supply=supply, start=start,
            y=state[:, X] + state[:, MOVE], weight=fixed[:, SC], salience=fixed[:, S],
        )  # fmt: skip
