"""One possible exchange, and its evaluation (Stokman and Van Oosten 1994; Van Assen and others 2003).

Two roles: role 0 supplies issue q and demands p, role 1 supplies p and demands q.  A
supplier votes nearer to its partner's position on the issue that it supplies.  Both gain
the same (equal gain).

1. ``evaluate``: role 1 goes all the way to the partner, or role 0 does if role 1's price
   would be more than all the way; the exchange rate makes the gains equal.
2. Limit check: if by what a role knows the outcome would then pass the partner's position,
   it moves just as far as brings the outcome there.
3. Move test: every move above ``tiny``, within the scale, and in one direction over all
   that the role has offered in the round.

The order of operations is that of the public program, so that exact runs repeat it.
"""

from __future__ import annotations

from typing import Protocol

from dragoman.solve.exchange._table import Number


class Uniform(Protocol):
    """Where random numbers come from: NumPy's and Python's generators both do."""

    def random(self) -> float:
        """A number from 0 to below 1."""
        ...


class Side:
    """One role of a candidate.

    ``actor`` supplies issue ``supply``; ``x`` its vote there now, ``x_start`` at the start
    of the round; ``goal`` its own position on the issue that it demands; ``s``, ``c`` its
    salience and power on the supply issue, ``t`` its salience on the demanded one, ``d``
    the issue's sum of salience times power.  ``votes`` are what it believes of all
    actors on the supply issue, each times salience and power; ``told`` the entries that
    news has replaced.  ``least``, ``most``, ``total``: its earlier offers in the round.
    """

    __slots__ = (
        "actor", "before", "c", "d", "goal", "least", "member", "most", "move", "news", "rate", "s", "sc", "shift",
        "start", "supply", "t", "total", "votes", "weights", "x", "x_start", "y",
    )  # fmt: skip

    def __init__(self, actor: int, supply: int, member: int, numbers: tuple[Number, ...]) -> None:
        self.actor, self.supply, self.member = actor, supply, member
        self.x, self.goal, self.s, self.t, self.c, self.d = numbers
        self.x_start = self.y = self.x
        self.sc = self.s * self.c
        self.rate: Number = 0
        self.shift: Number = 0
        self.votes: list[Number] = []
        self.weights: list[tuple[Number, Number]] = []
        self.start: list[Number] = []
        self.news: dict[int, Number] = {}
        self.least: Number | None = None
        self.most: Number | None = None
        self.total: Number = 0
        self.move: Number = 0
        self.before: Number = 0

    def believed(self, vote: Number) -> Number:
        """The outcome on the supply issue, by what this role knows, if it votes ``vote``."""
        votes = self.votes.copy()
        votes[self.member] = vote * self.s * self.c
        return sum(votes) / self.d

    def by_move(self, length: Number) -> Number:
        """How far the outcome shifts by a move of ``length``."""
        return length * self.s * self.c / self.d

    def back(self, shift: Number) -> Number:
        """The move that shifts the outcome by ``shift``."""
        return shift * self.d / (self.c * self.s)

    def signed(self, length: Number, goal: Number) -> Number:
        """``length`` towards the partner's position ``goal``."""
        return -length if self.x > goal else length

    def length(self, goal: Number) -> Number:
        """The move that brings the believed outcome to ``goal``."""
        votes = self.votes
        if self.member not in self.news:
            votes = votes.copy()
            votes[self.member] = self.x * self.s * self.c
        return abs((goal * self.d - sum(votes)) / (self.s * self.c))

    def passes(self, tiny: Number, slack: Number) -> bool:
        """The move test."""
        move, most = self.move, 100 + slack
        if not tiny < abs(move) <= most or not -slack <= self.x + move <= most or self.total + move > most:
            return False
        if self.least is None or self.most is None:
            return True
        return bool((self.least > 0 and move > 0) or (self.most < 0 and move < 0))

    def keep(self) -> None:
        """Count the last offer among the earlier ones."""
        self.least = self.move if self.least is None else min(self.least, self.move)
        self.most = self.move if self.most is None else max(self.most, self.move)
        self.total = self.total + self.move

    def hear(self, giver: int, vote: Number) -> None:
        """News of the vote of ``giver`` (its place among those present) on the supply issue."""
        known = self.news.get(giver)
        if known is not None:
            vote = min(known, vote) if self.start[giver] <= known else max(known, vote)
        if not self.news:
            self.votes = self.votes.copy()
        self.news[giver] = vote
        s, c = self.weights[giver]
        self.votes[giver] = vote * s * c


class QuickSide(Side):
    """The same in floats, where the order of a sum does not matter: the others' votes are kept as one sum."""

    __slots__ = ("per", "rest")

    def settle(self, whole: float) -> None:
        """Take ``whole``, the sum of the issue's weighted votes, apart into the own one and the rest."""
        self.rest: float = whole - self.x * self.sc
        self.per: float = self.sc / self.d

    def believed(self, vote: Number) -> Number:
        """The outcome on the supply issue, by what this role knows, if it votes ``vote``."""
        return (self.rest + vote * self.sc) / self.d

    def by_move(self, length: Number) -> Number:
        """How far the outcome shifts by a move of ``length``."""
        return length * self.per

    def back(self, shift: Number) -> Number:
        """The move that shifts the outcome by ``shift``."""
        return shift / self.per

    def length(self, goal: Number) -> Number:
        """The move that brings the believed outcome to ``goal``."""
        own = self.news.get(self.member, self.x)
        return abs((goal * self.d - self.rest) / self.sc - own)

    def hear(self, giver: int, vote: Number) -> None:
        """News of the vote of ``giver`` (its place among those present) on the supply issue."""
        known = self.news.get(giver)
        before = self.start[giver]
        if known is not None:
            vote = min(known, vote) if before <= known else max(known, vote)
            before = known
        self.news[giver] = vote
        if giver != self.member:
            s, c = self.weights[giver]
            self.rest += (vote - before) * s * c


class Candidate:
    """Two sides, the gain that both have, and whether the exchange stands.

    ``keys``: which actor supplies (true) or demands (false) which issue, two of each by
    role; candidates that share one touch each other.  ``rank`` orders equal gains where chance does.
    """

    __slots__ = ("crossed", "demands", "gain", "keys", "rank", "sides", "supplies", "valid")

    def __init__(self, side0: Side, side1: Side, *, crossed: bool) -> None:
        self.sides = (side0, side1)
        self.crossed = crossed
        self.gain: Number = 0
        self.valid = False
        self.rank = 0.0
        self.supplies = ((side0.actor, side0.supply, True), (side1.actor, side1.supply, True))
        self.demands = ((side0.actor, side1.supply, False), (side1.actor, side0.supply, False))
        self.keys = frozenset((*self.supplies, *self.demands))
        side0.rate = (side0.s + side1.t) / (side0.t + side1.s)
        side1.rate = (side1.s + side0.t) / (side1.t + side0.s)


class Evaluator:
    """Evaluates candidates in one arithmetic: ``tiny`` the smallest move and gain, ``slack`` what counts as 0."""

    def __init__(self, *, tiny: Number, slack: Number, p: Number, convert: type, rng: Uniform | None) -> None:
        self.tiny, self.slack, self.p, self.convert, self.rng = tiny, slack, p, convert, rng

    def __call__(self, e: Candidate) -> None:
        """Set the moves, votes, gain and validity of ``e``."""
        zero, one = e.sides
        gap0, gap1 = abs(one.goal - zero.x), abs(zero.goal - one.x)
        shift1 = one.by_move(gap1)
        shift0 = one.rate * shift1
        move0, move1 = zero.back(shift0), gap1
        if abs(move0) > gap0:
            shift0 = zero.by_move(gap0)
            shift1 = zero.rate * shift0
            move0, move1 = gap0, one.back(shift1)
        zero.move, one.move = zero.signed(move0, one.goal), one.signed(move1, zero.goal)
        zero.y, one.y = zero.x + zero.move, one.x + one.move
        e.gain = abs(shift0 * zero.s - shift1 * zero.t)
        tiny = self.tiny
        e.valid = zero.passes(tiny, self.slack) and one.passes(tiny, self.slack) and e.gain >= tiny
        if not e.valid:
            return
        limited = [self._limit(e, zero, one), self._limit(e, one, zero)]
        if self.p:
            self._random_gain(e)
        if self.p or True in limited:
            e.valid = zero.passes(tiny, self.slack) and one.passes(tiny, self.slack)

    def _limit(self, e: Candidate, role: Side, other: Side) -> bool:
        """Shorten the moves if the believed outcome would pass the partner's position; whether it would."""
        goal, slack = other.goal, self.slack
        role.before, role.shift = role.believed(role.x), role.believed(role.y)
        f0, f1 = goal - role.before, goal - role.shift
        if (f0 >= -slack and f1 >= -slack) or (f0 <= slack and f1 <= slack):
            return False
        length = role.length(goal)
        shift = role.by_move(length)
        price = role.rate * shift
        role.move, other.move = role.signed(length, goal), other.signed(abs(other.back(price)), role.goal)
        role.y, other.y = role.x + role.move, other.x + other.move
        e.gain = abs(price * other.s - shift * other.t)
        role.before, role.shift = role.believed(role.x), role.believed(role.y)
        return True

    def _random_gain(self, e: Candidate) -> None:
        """A gain drawn at random, up to the most that either can have, and the moves that give it."""
        if self.rng is None:
            return
        u, v, z = (self.rng.random() for _ in range(3))
        r = 0 if u < 0.5 else 1
        most = self._most(e)[r]
        part = self.p * self.convert(z)
        gain = e.gain + part * (most - e.gain) if v < 0.5 else e.gain - part * e.gain
        self._give(e.sides[r], e.sides[1 - r], gain)
        for role in e.sides:
            role.before, role.shift = role.believed(role.x), role.believed(role.y)

    def _most(self, e: Candidate) -> tuple[Number, Number]:
        """The most that each role can gain."""
        sides = e.sides
        at_own = [side.goal == side.y for side in sides]
        reach = [
            abs(side.believed(side.x) - side.believed(side.y if at_own[r] else sides[1 - r].goal))
            for r, side in enumerate(sides)
        ]
        loss = [reach[r] * sides[r].s for r in (0, 1)]
        win = [reach[1 - r] * sides[r].t for r in (0, 1)]
        over: Number = 0
        for r in (0, 1):
            if at_own[r] and win[1 - r] - loss[1 - r] > 0:
                over = win[r] - loss[1 - r] / sides[1 - r].t * sides[r].s
        f = 1 if win[0] > win[1] else 0
        lead, tail = sides[f], sides[1 - f]
        q = lead.s / (lead.s + tail.t)
        most = [over, over]
        if not over:
            most[1 - f] = q * tail.t * (win[f] / (q * lead.s)) - loss[1 - f]
        most[f] = win[f] - q * lead.s * (loss[1 - f] / (q * tail.t))
        return most[0], most[1]

    def _give(self, role: Side, other: Side, gain: Number) -> None:
        move = abs(role.x - other.goal)
        shift = role.by_move(move)
        price = (gain + shift * role.s) / role.t
        length, limit = other.back(price), abs(other.x - role.goal)
        if abs(length) > limit:
            price = other.by_move(limit)
            shift = abs((gain - price * role.t) / role.s)
            length, move = limit, role.back(shift)
        else:
            signed = -move if role.x > other.goal else move
            f0, f1 = other.goal - role.believed(role.x), other.goal - role.believed(role.x + signed)
            if not ((f0 >= -self.slack and f1 >= -self.slack) or (f0 <= self.slack and f1 <= self.slack)):
                shift = role.by_move(role.length(other.goal))
                price = (gain + shift * role.s) / role.t
                length, move = other.back(price), signed
        role.move, other.move = role.signed(move, other.goal), other.signed(length, role.goal)
        role.y, other.y = role.x + role.move, other.x + other.move
