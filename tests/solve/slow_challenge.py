"""One round of the challenge model with plain loops, straight from the published definitions."""

from __future__ import annotations

import math

from dragoman.solve.challenge import Options


def median(x: list[float], w: list[float]) -> float:
    """The first position, from below, at which half of the weight is reached."""
    total, running = sum(w), 0.0
    for position, weight in sorted(zip(x, w, strict=True)):
        running += weight
        if running >= (0.5 - 1e-12) * total:
            return position
    raise ArithmeticError


def one_round(x: list[float], w: list[float], s: list[float], reach: float, o: Options) -> list[float]:  # noqa: C901
    """The positions after one round."""
    n = len(x)
    if reach == 0:
        return list(x)
    mu = median(x, w)

    def chance(rho: list[float]) -> list[list[float]]:
        g = [[w[k] * (abs(x[k] - x[a]) / reach) ** rho[k] for a in range(n)] for k in range(n)]
        den = [[sum(abs(g[k][b] - g[k][a]) for k in range(n)) for b in range(n)] for a in range(n)]
        whole = sum(map(sum, den))
        table = [[0.0] * n for _ in range(n)]
        for a in range(n):
            for b in range(n):
                bottom = den[a][b] if o.p_denominator == "pair" else whole
                if x[a] != x[b] and bottom > 0:
                    table[a][b] = sum(max(0.0, g[k][b] - g[k][a]) for k in range(n)) / bottom
        return table

    def expected(a: int, b: int, r: float, p: list[list[float]]) -> float:
        d, delta = abs(x[a] - x[b]) / reach, abs(x[a] - mu) / reach

        def up(base: float) -> float:
            return 2 - 4 * math.pow(max(base, 0.0), r)

        win, lose, stay = up(0.5 - 0.5 * d), up(0.5 + 0.5 * d), up(0.5)
        value = s[b] * (p[a][b] * win + (1 - p[a][b]) * lose) + (1 - s[b]) * win - o.q * stay
        if o.no_challenge:
            better, worse = up(0.5 - 0.25 * (delta + d)), up(0.5 + 0.25 * (delta + d))
            value -= (1 - o.q) * (better if delta < d else worse)
        return value

    p = chance([1.0] * n)
    r = [1.0] * n
    if o.risk:
        danger = [sum(expected(j, i, 1.0, p) for j in range(n) if j != i) for i in range(n)]
        top, low = max(danger), min(danger)
        share = [(2 * d - top - low) / (top - low) if top > low else 0.0 for d in danger]
        r = [(1 - v / 3) / (1 + v / 3) for v in share]
        if o.p_risk:
            p = chance(r)
    after = list(x)
    for i in range(n):
        offers: list[tuple[float, float, int, float]] = []
        for j in range(n):
            if x[i] == x[j]:
                continue
            a, b = expected(i, j, r[i], p), expected(j, i, r[i] if o.view == "mover" else r[j], p)
            if b > a > 0:
                offers.append((1, abs(x[j] - x[i]), j, x[j]))
            elif b > 0 > a and (b > -a or (o.capitulation and b == -a)):
                new = x[i] + (x[j] - x[i]) * abs(a / b)
                blend = (-a * x[i] + b * x[j]) / (b - a)
                offers.append((2, abs(new - x[i]) if o.compromise_key == "least_move" else blend, j, new))
            elif o.capitulation and b > 0 > a:
                offers.append((3, abs(x[j] - x[i]), j, x[j]))
        if offers:
            after[i] = min(offers)[3]
    return after
