"""The spatial model of politics by its definition: one number at a time, nothing shared with the package.

Wise, Lester and Efird 2015, in the order in which KTAB computes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = list[float]
Matrix = list[Row]


@dataclass(frozen=True, kw_only=True)
class Case:
    """Positions and saliences (A lists of D), capabilities (A), an accommodation matrix, settings by name."""

    x: Matrix
    s: Matrix
    c: Row
    accommodation: Matrix | None
    options: dict[str, str]


def total(values: Iterable[float]) -> float:
    """The sum from left to right (the built-in one compensates from Python 3.12 on)."""
    result = 0.0
    for value in values:
        result = result + value
    return result


def distance(z: Row, y: Row, s: Row) -> float:
    """From ideal ``z`` to ``y`` by the saliences ``s``."""
    above = total((a - b) * k * ((a - b) * k) for a, b, k in zip(z, y, s, strict=True))
    return math.sqrt(above / total(k * k for k in s))


def utility(d: float, r: float) -> float:
    """Of a distance under a risk attitude."""
    return (1 - d) * (1 + d * r) if d <= 1 else (1 - d) * (1 + r)


def vote(rule: str, w: float, a: float, b: float) -> float:
    """Positive for the first of two options."""
    d = a - b
    beta = min(max(d / 1e-8, -1.0), 1.0)
    if rule == "ASymProsp":
        return w * d if d < 0 else ((2 * w) * d) / 3
    return {
        "Binary": w * beta,
        "PropBin": w * ((1 - 0.2) * d + 0.2 * beta),
        "Prop": w * d,
        "PropCbc": w * ((1 - 0.5) * d + 0.5 * (d * d * d)),
        "Cubic": w * (d * d * d),
    }[rule]


def coalition(weights: Row, values: Matrix, rule: str) -> Matrix:
    """Strengths of the supporters of each of m options; ``values`` are (voters, m)."""
    m = len(values[0])
    c = [[1e-8] * m for _ in range(m)]
    for i in range(m):
        for j in range(i):
            for w, row in zip(weights, values, strict=True):
                v = vote(rule, w, row[i], row[j])
                if v > 0:
                    c[i][j] += v
                elif v < 0:
                    c[j][i] -= v
    return c


def beats(c: Matrix, model: str) -> Matrix:
    """The probability that one option beats another."""
    m = len(c)
    p = [[0.5] * m for _ in range(m)]
    for i in range(m):
        for j in range(i):
            a, b = c[i][j], c[j][i]
            if model == "Binary":
                if a >= 1.1 * b:
                    a, b = 1.0, 1e-6
                elif b >= 1.1 * a:
                    a, b = 1e-6, 1.0
                else:
                    a = ((a / (a + b)) * (1.1 + 1) - 1) / (1.1 - 1)
                    b = 1 - a
            elif model == "Square":
                a, b = a * a, b * b
            elif model in {"Quartic", "Octic"}:
                a, b = a * a * a * a, b * b * b * b
                if model == "Octic":
                    a, b = a * a, b * b
            p[i][j], p[j][i] = a / (a + b), b / (a + b)
    return p


def wins(c: Matrix, p: Matrix, model: str) -> Row:
    """The probability that each option wins."""
    m = len(c)
    if model == "Conditional":
        q = []
        for row in p:
            product = 1.0
            for value in row:
                product *= value
            q.append(product)
        whole = total(q)
        return [value / whole for value in q]
    n = [[c[i][j] * p[i][j] + (1e-10 if i == j else 0.0) for j in range(m)] for i in range(m)]
    h = [[n[i][j] / total(n[k][j] for k in range(m)) for j in range(m)] for i in range(m)]
    now, count = [1.0 / m] * m, 0
    while True:
        if model == "MarkovUniform":
            then = [total(p[i][j] * (now[i] + now[j]) for j in range(m)) / m for i in range(m)]
        else:
            t = [[now[i] * h[j][i] for j in range(m)] for i in range(m)]
            then = [total(p[i][j] * (t[i][j] + t[j][i]) for j in range(m)) for i in range(m)]
        change = max(abs(a - b) for a, b in zip(then, now, strict=True))
        now, count = [(a + b) / 2 for a, b in zip(now, then, strict=True)], count + 1
        if count >= 1000:
            raise ArithmeticError("no convergence")
        if change <= (1e-6 if model == "MarkovUniform" else 1e-8):
            return now


def elect(case: Case, values: Matrix) -> Row:
    """All actors vote by capability on options of ``values`` (A, m)."""
    c = coalition(case.c, values, case.options["voting"])
    return wins(c, beats(c, case.options["victory"]), case.options["election"])


def attitude(p: Row, span: str) -> Row:
    """Risk attitudes."""
    lo, hi = min(p), max(p)
    if lo == hi:
        raise ZeroDivisionError("undefined")
    return [
        {
            "Min": (q - lo) / (hi - lo),
            "Mid": (3 * q - (hi + 2 * lo)) / (2 * (hi - lo)),
            "Max": (2 * q - (hi + lo)) / (hi - lo),
        }[span]
        for q in p
    ]


def seen(h: float, i: float, adjust: str) -> float:
    """What an actor of attitude ``h`` takes another's to be."""
    if adjust == "None":
        return h
    if adjust == "OneThird":
        return ((2 * h) + i) / 3
    if adjust == "Half":
        return (h + i) / 2
    return (h + (2 * i)) / 3 if adjust == "TwoThirds" else i


class State:
    """One assessed state."""

    def __init__(self, case: Case, x: Matrix, z: Matrix) -> None:
        self.case, self.x, self.z = case, x, z
        self.all = range(len(x))
        self.d = [[distance(z[i], x[j], case.s[i]) for j in self.all] for i in self.all]
        self.p = elect(case, [[utility(d, 0.0) for d in row] for row in self.d])
        self.r = attitude(self.p, case.options["risk_range"])

    def u(self, h: int, i: int, j: int) -> float:
        """How much h thinks that i values j's position."""
        return utility(self.d[i][j], seen(self.r[h], self.r[i], self.case.options["risk_estimate"]))

    def challenge(self, h: int, i: int, j: int) -> tuple[float, float]:
        """The chance that i prevails over j, and the gain to i, as h estimates them."""
        rule, commit = self.case.options["voting"], self.case.options["third_party"]
        share = [total(row) for row in self.case.s]
        w = [a * b for a, b in zip(share, self.case.c, strict=True)]
        a = b = 1e-10
        for who in (i, j):
            v = vote(rule, w[who], self.u(h, who, i), self.u(h, who, j))
            a, b = (a + v, b) if v > 0 else (a, b - v)
        a0, b0 = a, b
        for n in self.all:
            if n in {i, j}:
                continue
            e, f, o = self.u(h, n, i), self.u(h, n, j), self.u(h, n, n)
            v0 = vote(rule, w[n], e, f)
            pi = (a0 + max(v0, 0.0)) / ((a0 + max(v0, 0.0)) + (b0 + max(-v0, 0.0)))
            rest = 1 - pi
            joins_i = {
                "SemiCommit": pi * (e + e + o) + rest * (f + f + f),
                "FullCommit": pi * (e + e + e) + rest * (f + f + f),
                "NoCommit": pi * (e + e + o) + rest * (f + f + o),
            }[commit]
            joins_j = pi * (e + e + e) + rest * (f + f + o) if commit == "SemiCommit" else joins_i
            v = vote(rule, w[n], joins_i, joins_j)
            a, b = (a + v, b) if v > 0 else (a, b - v)
        chance, other = a / (a + b), b / (a + b)
        now, win, lose = self.u(h, i, i) + self.u(h, i, j), 2 * self.u(h, i, i), 2 * self.u(h, i, j)
        return chance, ((1 - share[j]) * win + share[j] * (chance * win + other * lose)) - now

    def target(self, i: int) -> int | None:
        """Whom i challenges."""
        best, found = 1e-5, None
        for j in self.all:
            if j != i and self.challenge(i, i, j)[1] > best:
                best, found = self.challenge(i, i, j)[1], j
        return found

    def points(self, i: int, j: int, p: float) -> tuple[Row, Row]:
        """Where i and j would meet if i prevails with ``p``."""
        rule, m, q = self.case.options["interpolation"], 1e-6, 1 - p
        left, right = [], []
        for t_i, t_j, s_i, s_j in zip(self.x[i], self.x[j], self.case.s[i], self.case.s[j], strict=True):
            if rule == "S2PMax":
                d_i, d_j = max(0.0, q - p), max(0.0, p - q)
                f_i = d_i * (s_j * s_j) / ((d_i * (s_j * s_j)) + m + ((1 - d_i) * (s_i * s_i)))
                f_j = d_j * (s_i * s_i) / ((d_j * (s_i * s_i)) + m + ((1 - d_j) * (s_j * s_j)))
                left.append(t_i + f_i * (t_j - t_i))
                right.append(t_j + f_j * (t_i - t_j))
                continue
            w_i, w_j = (s_i * p, s_j * q) if rule == "S1P1" else ((s_i * s_i) * (p * p), (s_j * s_j) * (q * q))
            left.append(math.trunc(0.5 + (((w_i + m) * t_i + w_j * t_j) / (w_i + m + w_j)) * 10000) / 10000)
            right.append(math.trunc(0.5 + ((w_i * t_i + (m + w_j) * t_j) / (w_i + m + w_j)) * 10000) / 10000)
        return left, right

    def offered(self, i: int, j: int) -> list[tuple[Row, Row]]:
        """The bargains of i's challenge to j."""
        kind = self.case.options["bargain"]
        first = self.points(i, j, self.challenge(i, i, j)[0])
        if kind == "InitOnlyInterp":
            return [first]
        second = self.points(i, j, self.challenge(j, i, j)[1])
        if kind == "InitRcvrInterp":
            return [first, second]
        w_i, w_j = self.case.c[i] * total(self.case.s[i]), self.case.c[i] * total(self.case.s[j])
        left, right = (
            [(w_i * a + w_j * b) / (w_i + w_j) for a, b in zip(one, two, strict=True)]
            for one, two in zip(first, second, strict=True)
        )
        return [(left, right)]

    def worth(self, a: int, bargain: tuple[int, int, Row, Row] | None) -> float:
        """A bargain (None: the status quo) to actor a."""
        if bargain is None:
            return total(self.u(a, a, n) for n in self.all) / len(self.x)
        i, j, left, right = bargain
        value = utility(distance(self.z[a], left, self.case.s[a]), self.r[a])
        value += utility(distance(self.z[a], right, self.case.s[a]), self.r[a])
        for n in self.all:
            if n not in {i, j}:
                value += self.u(a, a, n)
        return value / len(self.x)

    def reported(self) -> Row:
        """The chance of each actor's position among the distinct ones."""
        kept: list[int] = []
        for i in self.all:
            if all(math.dist(self.x[i], self.x[k]) >= 1e-3 for k in kept):
                kept.append(i)
        p = elect(self.case, [[self.u(i, i, n) for n in kept] for i in self.all])
        return [
            next(p[at] for at in reversed(range(len(kept))) if math.dist(self.x[i], self.x[kept[at]]) < 1e-3)
            for i in self.all
        ]

    def moved(self, draws: Sequence[float] | None = None) -> Matrix:
        """The positions after the turn."""
        deals = []
        for i in self.all:
            j = self.target(i)
            if j is not None:
                deals += [(i, j, left, right) for left, right in self.offered(i, j)]
        after = []
        for k in self.all:
            queue: list[Any] = [None, *(b for b in deals if b[0] == k), *(b for b in deals if b[1] == k)]
            p = elect(self.case, [[self.worth(a, option) for option in queue] for a in self.all])
            taken = queue[p.index(max(p))] if draws is None else queue[drawn(p, draws[k])]
            after.append(self.x[k] if taken is None else taken[2] if taken[0] == k else taken[3])
        return after


def drawn(p: Row, y: float) -> int:
    """The first option up to which the chances reach ``y``, else the last."""
    reached = 0.0
    for at, value in enumerate(p):
        reached += value
        if y <= reached:
            return at
    return len(p) - 1


def run(case: Case, most: int = 100) -> list[State]:
    """Every state until the model rests; the uniform numbers of Stochastic transitions are not modelled here."""
    x, z, states, first = case.x, case.x, [], 0.0
    for turn in range(1, most + 1):
        states.append(State(case, x, z))
        after = states[-1].moved()
        step = total(
            math.sqrt(total((a - b) * (a - b) for a, b in zip(*pair, strict=True)))
            for pair in zip(x, after, strict=True)
        )
        first = step if turn == 1 else first
        x, z = after, ideals(case, after, z)
        if turn >= 2 and step / (first + 1e-4) < 0.02:
            break
    states.append(State(case, x, z))
    return states


def ideals(case: Case, x: Matrix, z: Matrix) -> Matrix:
    """The new ideals."""
    if case.accommodation is None:
        return x
    made = []
    for i, row in enumerate(case.accommodation):
        rest = 1 - min(1.0, total(row))
        made.append([total(row[j] * x[j][d] for j in range(len(x))) + rest * z[i][d] for d in range(len(x[0]))])
    return made
