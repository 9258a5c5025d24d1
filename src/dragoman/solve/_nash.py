"""The outcome that maximises sum of weight_i log(gain_i): a barrier method over draws at once.

Gains are what players have over no agreement: concave in the outcome and made of lines
(``_utility``), so they are linear in the filled lengths of the pieces.

Players of weight 0 keep their veto: their gains must stay above 0 and count for no more.

1. Start: the outcome with the greatest least gain, moved inside by part of that gain.
2. Newton's method on sum of w log(gain) + mu (sum of log of the gains, of what is
   filled and of what is left of each piece), with a step that keeps within all bounds and does not lose.
3. mu falls to ``LAST_MU``; what it leaves of the maximum is at most mu times the number of
   bounds (Boyd and Vandenberghe 2004, section 11.2).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError
from dragoman.solve._utility import Bargain
from dragoman.solve._winset import SMALLEST, margin

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

FIRST_MU, LAST_MU, FALL = 1e-2, 1e-11, 0.1
NEWTON = 60
HALVINGS = 50
SMALL_PIECE = 1e-9


def nash_point(found: Bargain, weight: Floats, asked: tuple[int, ...]) -> Floats:
    """The Nash outcome (D, m) for ``weight`` (D, n) of the players ``asked``; NaN where there is no agreement.

    Raises:
        MethodError: a weight below 0 or missing, or none above 0.
    """
    if not np.isfinite(weight).all() or (weight < 0).any() or (weight[:, list(asked)].sum(axis=1) <= 0).any():
        raise MethodError("weights", "a negative or missing weight, or none above 0", "weights of at least 0")
    without = [place for place in range(len(found.players)) if place not in asked]
    gain, best = margin(found, without)
    point = np.full_like(best, np.nan)
    rows = np.flatnonzero(gain > SMALLEST)
    if len(rows):
        point[rows] = _inside(found, weight, np.array(asked), rows, best[rows])
    return point


def _inside(found: Bargain, weight: Floats, asked: Ints, rows: Ints, best: Floats) -> Floats:
    lengths = found.lengths[rows]
    flat = lengths.reshape(len(rows), -1)
    unit = np.where(flat > SMALL_PIECE, flat, 1.0)
    real = flat > SMALL_PIECE
    slopes = found.slopes[rows][:, asked].reshape(len(rows), len(asked), -1) * np.where(real, unit, 0)[:, None]
    base = (found.worth[..., 0].sum(axis=2) - found.no_deal)[rows][:, asked]
    w = weight[rows][:, asked] * found.stake[rows][:, asked]
    base = np.where(found.stake[rows][:, asked], base, 1.0)
    problem = _Barrier(slopes, base, w / w.sum(axis=1, keepdims=True), real)
    y = problem.maximise(problem.start(_shares(found.cuts[rows], lengths, best)))
    filled: Floats = np.where(real, y * unit, 0.0).reshape(lengths.shape).sum(axis=2)
    return found.low[rows] + filled


def _shares(cuts: Floats, lengths: Floats, x: Floats) -> Floats:
    """How much of each piece lies below ``x``, 0..1, (D, V)."""
    left = x[:, :, None] - cuts[:, :, :-1]
    share = np.divide(left, lengths, out=np.full_like(lengths, 0.5), where=lengths > SMALL_PIECE)
    return np.clip(share, 0, 1).reshape(len(x), -1)


class _Barrier:
    """Maximise sum of w log(base + slopes y) + mu barrier over shares y (D, V) of the pieces that are ``real``."""

    def __init__(self, slopes: Floats, base: Floats, weight: Floats, real: Flags) -> None:
        self.slopes, self.base, self.weight, self.real = slopes, base, weight, real

    def gains(self, y: Floats) -> Floats:
        gain: Floats = self.base + np.einsum("dnv,dv->dn", self.slopes, y)
        return gain

    def start(self, y: Floats) -> Floats:
        """``y`` moved towards the middle of all pieces, by no more than keeps half of every gain."""
        middle = np.full_like(y, 0.5)
        here, there = self.gains(y), self.gains(middle)
        fall = np.maximum(here - there, 0)
        room = np.divide(0.5 * here, fall, out=np.full_like(here, 0.5), where=fall > 0).min(axis=1, keepdims=True)
        step = np.minimum(room, 0.5)
        inside: Floats = y + step * (middle - y)
        return inside

    def value(self, y: Floats, mu: float) -> Floats:
        gain = self.gains(y)
        ok = (gain > 0).all(axis=1) & (np.where(self.real, np.minimum(y, 1 - y), 1) > 0).all(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(self.real, np.log(y) + np.log1p(-y), 0).sum(axis=1)
            total = ((self.weight + mu) * np.log(gain)).sum(axis=1) + mu * terms
        return np.where(ok, total, -np.inf)

    def maximise(self, y: Floats) -> Floats:
        mu = FIRST_MU
        while True:
            going, value = np.ones(len(y), dtype=bool), self.value(y, mu)
            for _ in range(NEWTON):
                y, after = self._newton(y, mu, going, value)
                gained, value = after - value, after
                going &= gained > 1e-13
                if not going.any():
                    break
            if mu <= LAST_MU:
                return y
            mu = max(mu * FALL, LAST_MU)

    def _newton(self, y: Floats, mu: float, going: Flags, before: Floats) -> tuple[Floats, Floats]:
        """One step from ``y``, whose value is ``before``, and the value after it."""
        pull = (self.weight + mu) / self.gains(y)
        with np.errstate(divide="ignore"):
            edge = np.where(self.real, 1 / y - 1 / (1 - y), 0)
            bend = np.where(self.real, 1 / y**2 + 1 / (1 - y) ** 2, 1 / mu)
        slope = np.einsum("dn,dnv->dv", pull, self.slopes) + mu * edge
        direction = self._solve(slope, pull / self.gains(y), mu * bend)
        step = going.astype(float)
        for _ in range(HALVINGS):
            value = self.value(y + step[:, None] * direction, mu)
            worse = ~(value >= before)
            if not worse.any():
                break
            step[worse] *= 0.5
        else:
            step[worse] = 0.0
            value[worse] = before[worse]
        return y + step[:, None] * direction, value

    def _solve(self, slope: Floats, curve: Floats, diagonal: Floats) -> Floats:
        """Newton's direction by the Woodbury identity, from systems of the size of the players."""
        scaled = self.slopes / diagonal[:, None]
        small = np.einsum("dnv,dkv->dnk", scaled, self.slopes)
        small[:, np.arange(small.shape[1]), np.arange(small.shape[1])] += 1 / curve
        right = np.einsum("dnv,dv->dn", scaled, slope)
        direction: Floats = slope / diagonal - np.einsum(
            "dnv,dn->dv", scaled, np.linalg.solve(small, right[..., None])[..., 0]
        )
        return direction
