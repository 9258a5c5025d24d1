"""Rounds of exchange, one candidate at a time: exact in decimals, fast in floats.

1. Outcome of each issue: the mean of positions weighted by salience times power.
2. Two actors on different sides of two outcomes, one each way, may exchange.
3. The exchange with the greatest gain is realised; those that it touches (a vote that
   they supply has changed, or they hear of a vote on an issue that they demand) are
   evaluated anew; so on until none stands.
4. After the round positions follow the votes part of the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from dragoman.errors import MethodError
from dragoman.solve.exchange._candidate import Candidate, Evaluator, QuickSide, Side, Uniform
from dragoman.solve.exchange._table import Number, Row, Rules, Table

TINY = "1e-10"
GAIN = attrgetter("gain")


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """A realised exchange: ``giver`` of each role supplies ``issue`` and moves its vote ``before`` to ``after``.

    ``gain`` is what each of the two has; ``external`` what every other actor gains or
    loses by it, by what the two knew.  ``crossed``: each stands on the same side of both
    outcomes (groups a and d of the specification), else on different ones (b and c).
    """

    givers: tuple[int, int]
    issues: tuple[int, int]
    before: tuple[Number, Number]
    after: tuple[Number, Number]
    gain: Number
    external: tuple[Number, ...]
    crossed: bool


@dataclass(frozen=True, kw_only=True)
class RoundResult:
    """One round: outcomes of the positions before it and of the votes in it, positions after it, and the deals."""

    preference: tuple[Number, ...]
    vote: tuple[Number, ...]
    position: tuple[Row, ...]
    deals: tuple[Exchanged, ...]
    ties: int


def no_weight(issue: str) -> MethodError:
    """What is wrong with an issue on which nobody counts."""
    return MethodError(f"issues.{issue}", "nobody with any weight", "a salience and a capability above 0 of somebody")


def outcomes(table: Table, position: tuple[Row, ...] | list[list[Number]]) -> tuple[Number, ...]:
    """The weighted mean of each issue.

    Raises:
        MethodError: nobody has weight on an issue, so that there is no outcome.
    """
    zero: Number = Decimal(0) if table.exact else 0.0
    found = []
    for k in range(len(table.issues)):
        rows = [i for i in range(len(table.actors)) if position[i][k] is not None]
        weight = sum((table.salience[i][k] * table.power[i][k] for i in rows), zero)
        total = sum((position[i][k] * table.salience[i][k] * table.power[i][k] for i in rows), zero)
        if not weight:
            raise no_weight(table.issues[k])
        found.append(total / weight)
    return tuple(found)


def rounds_of(table: Table, rules: Rules, rng: Uniform | None = None) -> Iterator[RoundResult]:
    """Each round in turn.

    Raises:
        MethodError: random ties or gains without a source of random numbers, or a position outside the scale.
    """
    if rng is None and (rules.p or rules.ties != "order"):
        raise MethodError("seed", "no random numbers", f"some, since ties are {rules.ties!r} and p is {rules.p:g}")
    for row, actor in zip(table.position, table.actors, strict=True):
        if any(value is not None and not 0 <= value <= 100 for value in row):
            raise MethodError(f"positions of {actor}", "a position off the issue's scale", "one within it")
    position = table.position
    for _ in range(rules.rounds):
        found = _Round(table, rules, position, rng).play()
        position = found.position
        yield found


class _Word:
    """What others can learn of a realised exchange: votes by supplier, and news by who demands what was given."""

    def __init__(self, done: Candidate) -> None:
        zero, one = done.sides
        self.votes = {done.supplies[0]: zero.y, done.supplies[1]: one.y}
        self.news = {done.demands[0]: (one.member, one.y), done.demands[1]: (zero.member, zero.y)}

    def tell(self, e: Candidate) -> None:
        """Update ``e``: votes that it supplies too, and what its sides know of each other's issue."""
        for r, side in enumerate(e.sides):
            vote = self.votes.get(e.supplies[r])
            if vote is not None:
                side.x = vote
                side.keep()
            news = self.news.get(e.demands[r])
            if news is not None:
                e.sides[1 - r].hear(*news)


class _Round:
    """The state of one round."""

    def __init__(self, table: Table, rules: Rules, position: tuple[Row, ...], rng: Uniform | None) -> None:
        convert = Decimal if table.exact else float
        self.table, self.rules, self.position, self.rng = table, rules, position, rng
        self.outcome = outcomes(table, position)
        self.evaluate = Evaluator(
            tiny=convert(TINY),
            slack=convert(0) if table.exact else 1e-9,
            p=convert(rules.p),
            convert=convert,
            rng=rng,
        )
        self.near = Decimal("1e-20") if table.exact else 1e-11
        self.present = [
            [i for i in range(len(table.actors)) if position[i][k] is not None] for k in range(len(table.issues))
        ]
        self.place = [{i: at for at, i in enumerate(row)} for row in self.present]
        self.weights = [[(table.salience[i][k], table.power[i][k]) for i in row] for k, row in enumerate(self.present)]
        self.start = [[position[i][k] for i in row] for k, row in enumerate(self.present)]
        self.votes = [
            [x * s * c for x, (s, c) in zip(start, weights, strict=True)]
            for start, weights in zip(self.start, self.weights, strict=True)
        ]
        self.whole = [sum(votes) for votes in self.votes]
        self.total = [sum(s * c for s, c in weights) for weights in self.weights]
        self.ties = 0

    def play(self) -> RoundResult:
        waiting = list(self._candidates())
        if self.rules.ties == "even" and self.rng is not None:
            for e in waiting:
                e.rank = self.rng.random()
        for e in waiting:
            self.evaluate(e)
        if self.rules.ties != "peer":
            waiting = [e for e in waiting if e.valid]
        realised: list[Candidate] = []
        while waiting:
            waiting.sort(key=GAIN, reverse=True)
            chosen = self._pick(waiting)
            if not chosen.valid:
                continue
            realised.append(chosen)
            waiting = [e for e in waiting if e.valid]
            word, keys = _Word(chosen), chosen.keys
            for e in waiting:
                if not e.keys.isdisjoint(keys):
                    word.tell(e)
                    self.evaluate(e)
                    word = _Word(chosen) if e is chosen else word
            waiting = [e for e in waiting if e.valid]
        return self._close(realised)

    def _pick(self, waiting: list[Candidate]) -> Candidate:
        """Take the best out of ``waiting``, ties as the rules say."""
        if self.rules.ties == "even":
            return self._pick_even(waiting)
        best = waiting.pop(0)
        if not waiting or not self._tied(best.gain, waiting[0].gain):
            return best
        self.ties += 1
        if self.rules.ties == "order" or self.rng is None:
            return best
        u = self.rng.random()
        if self.rules.ties == "clean":
            other = waiting.pop(0)
            best, other = (other, best) if u < 0.5 else (best, other)
            waiting.append(other)
            return best
        if u >= 0.5:
            waiting.append(best)
            return waiting.pop(0)
        waiting.append(waiting[0])
        return best

    def _pick_even(self, waiting: list[Candidate]) -> Candidate:
        equal = [e for e in waiting if self._tied(waiting[0].gain, e.gain)]
        self.ties += len(equal) > 1
        best = max(equal, key=attrgetter("rank"))
        waiting.remove(best)
        return best

    def _tied(self, best: Number, other: Number) -> bool:
        return bool(abs(best - other) < (self.near if self.table.exact else self.near * max(1.0, abs(best))))

    def _candidates(self) -> Iterator[Candidate]:
        issues = range(len(self.table.issues))
        for p in issues:
            for q in range(p + 1, len(issues)):
                ratio = self._ratios(p, q)
                a, b, c, d = self._groups(ratio, p, q)
                for crossed, first, second in ((True, a, d), (False, b, c)):
                    for i in first:
                        for j in second:
                            zero, one = (j, i) if ratio[i] < ratio[j] else (i, j)
                            yield Candidate(self._side(zero, q, p), self._side(one, p, q), crossed=crossed)

    def _ratios(self, p: int, q: int) -> dict[int, Number]:
        """How much more p matters than q, for those who care and have power on both."""
        salience, power = self.table.salience, self.table.power
        return {
            i: salience[i][p] / salience[i][q]
            for i in self.present[p]
            if i in self.place[q] and salience[i][p] and salience[i][q] and power[i][p] and power[i][q]
        }

    def _groups(self, actors: Iterable[int], p: int, q: int) -> tuple[list[int], list[int], list[int], list[int]]:
        """Actors left of neither outcome, of p's only, of q's only, of both."""
        groups: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
        for i in actors:
            left_p, left_q = self.position[i][p] <= self.outcome[p], self.position[i][q] <= self.outcome[q]
            groups[int(left_p) + 2 * int(left_q)].append(i)
        return groups

    def _side(self, actor: int, supply: int, demand: int) -> Side:
        salience, power = self.table.salience[actor], self.table.power[actor]
        here = self.position[actor]
        kind = Side if self.table.exact else QuickSide
        side = kind(
            actor,
            supply,
            self.place[supply][actor],
            (here[supply], here[demand], salience[supply], salience[demand], power[supply], self.total[supply]),
        )
        side.votes, side.weights, side.start = self.votes[supply], self.weights[supply], self.start[supply]
        if isinstance(side, QuickSide):
            side.settle(self.whole[supply])
        return side

    def _close(self, realised: list[Candidate]) -> RoundResult:
        convert = Decimal if self.table.exact else float
        pull, fixed = convert(self.rules.salience_weight), convert(self.rules.fixed_weight)
        votes = [list(row) for row in self.position]
        after = [list(row) for row in self.position]
        for e in realised:
            for side in e.sides:
                votes[side.actor][side.supply] = side.y
                follow = (1 - side.s) * pull
                stay = 1 - follow - fixed
                after[side.actor][side.supply] = follow * side.y + fixed * side.y + stay * side.x_start
        return RoundResult(
            preference=self.outcome,
            vote=outcomes(self.table, votes),
            position=tuple(tuple(row) for row in after),
            deals=tuple(self._deal(e) for e in realised),
            ties=self.ties,
        )

    def _deal(self, e: Candidate) -> Exchanged:
        zero, one = e.sides
        return Exchanged(
            givers=(zero.actor, one.actor),
            issues=(zero.supply, one.supply),
            before=(zero.x, one.x),
            after=(zero.y, one.y),
            gain=e.gain,
            external=self._external(e),
            crossed=e.crossed,
        )

    def _external(self, e: Candidate) -> tuple[Number, ...]:
        """What each actor gains by ``e``: outcomes come nearer to its positions; 0 for the two themselves."""
        nothing = Decimal(0) if self.table.exact else 0.0
        zero, one = e.sides
        found = []
        for actor, (here, salience) in enumerate(zip(self.position, self.table.salience, strict=True)):
            x0, x1 = here[zero.supply], here[one.supply]
            if actor in (zero.actor, one.actor) or x0 is None or x1 is None:
                found.append(nothing)
                continue
            total = nothing + (abs(one.before - x1) - abs(one.shift - x1)) * salience[one.supply]
            found.append(total + (abs(zero.before - x0) - abs(zero.shift - x0)) * salience[zero.supply])
        return tuple(found)
