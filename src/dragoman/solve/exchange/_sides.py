"""Many possible exchanges evaluated at once, in floats: the steps of ``_candidate`` on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.solve.exchange._pairs import Flags, Floats

TINY = 1e-10
SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Both roles (axis 0) of K candidates, named as those of ``_candidate.Side``.

    ``rest`` is the sum of the other votes that the role believes in, ``own`` the own entry
    among them, ``total`` the sum of its earlier offers, which all have the sign of the first.
    """

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
    total: Floats

    def evaluate(self) -> tuple[Floats, Floats, Flags]:
        """Moves (2, K), gains (K,), and whether the candidates stand."""
        gap = np.abs(self.goal[::-1] - self.x)
        sign = np.where(self.x > self.goal[::-1], -1.0, 1.0)
        shift1 = self.per[1] * gap[1]
        shift0 = self.rate[1] * shift1
        move0 = shift0 / self.per[0]
        far = np.abs(move0) > gap[0]
        shift0 = np.where(far, self.per[0] * gap[0], shift0)
        shift1 = np.where(far, self.rate[0] * shift0, shift1)
        move = np.empty_like(gap)
        move[0] = np.where(far, gap[0], move0)
        move[1] = np.where(far, shift1 / self.per[1], gap[1])
        move *= sign
        gain = np.abs(shift0 * self.s[0] - shift1 * self.t[0])
        valid = self._passes(move) & (gain >= TINY)
        for role in (0, 1):
            self._limit(role, sign, move, gain)
        return move, gain, valid & self._passes(move)

    def _passes(self, move: Floats) -> Flags:
        size, y = np.abs(move), self.x + move
        ok = (size > TINY) & (size <= 100 + SLACK) & (y >= -SLACK) & (y <= 100 + SLACK)
        ok &= self.total + move <= 100 + SLACK
        ok &= self.total * move >= 0
        passes: Flags = ok[0] & ok[1]
        return passes

    def _limit(self, r: int, sign: Floats, move: Floats, gain: Floats) -> None:
        """Shorten, in place, the moves after which the believed outcome would pass the partner's position."""
        o = 1 - r
        goal, rest, sc, d, x = self.goal[o], self.rest[r], self.sc[r], self.d[r], self.x[r]
        f0 = goal - (rest + x * sc) / d
        f1 = goal - (rest + (x + move[r]) * sc) / d
        free = ((f0 >= -SLACK) & (f1 >= -SLACK)) | ((f0 <= SLACK) & (f1 <= SLACK))
        at = np.flatnonzero(~free)
        length = np.abs((goal[at] * d[at] - rest[at]) / sc[at] - self.own[r, at])
        shift = self.per[r, at] * length
        price = self.rate[r, at] * shift
        move[r, at] = sign[r, at] * length
        move[o, at] = sign[o, at] * np.abs(price / self.per[o, at])
        gain[at] = np.abs(price * self.s[o, at] - shift * self.t[o, at])
