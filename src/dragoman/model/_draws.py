"""Drawing: uniforms by (seed, path, index of the draw), and inverse distribution functions.

The beta function of the PERT distribution is SciPy's, loaded only where a PERT number
is drawn.  PERT: Malcolm, Roseboom, Clark and Fazar (1959), with the usual weight of 4
on the mode: a beta distribution on (low, high) with a = 1 + 4 (mode - low) / (high -
low) and b = 1 + 4 (high - mode) / (high - low).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dragoman.model._quantity import Quantity, stream_key

if TYPE_CHECKING:
    from dragoman.model._quantity import Floats


def uniforms(path: str, n: int, *, seed: int, start: int = 0) -> Floats:
    """Uniforms ``start`` to ``start + n`` of the stream of ``path`` under ``seed``, (n,)."""
    generator = np.random.PCG64(np.random.SeedSequence([seed, stream_key(path)]))
    return np.random.Generator(generator.advance(start)).random(n)


def quantile(quantity: Quantity, u: Floats) -> Floats:
    """The inverse distribution function of ``quantity`` at ``u``, same shape."""
    if quantity.dist == "coded":
        return _mixture(quantity, u)
    low, high = quantity.range()
    if low == high:
        return np.full(np.shape(u), low)
    if quantity.dist == "uniform":
        return low + (high - low) * u
    mode = quantity.central()
    return _triangular(low, mode, high, u) if quantity.dist == "triangular" else _pert(low, mode, high, u)


def _mixture(quantity: Quantity, u: Floats) -> Floats:
    """Pick a coder by the whole part of ``u`` times their number, and draw by what is left of it."""
    scaled = u * len(quantity.coded)
    which = np.minimum(scaled.astype(int), len(quantity.coded) - 1)
    rest = scaled - which
    each = np.stack([quantile(item.quantity, rest) for item in quantity.coded])
    picked: Floats = np.take_along_axis(each, which[None, ...], axis=0)[0]
    return picked


def _triangular(low: float, mode: float, high: float, u: Floats) -> Floats:
    width = high - low
    turn = (mode - low) / width
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u < turn, rising, falling)


def _pert(low: float, mode: float, high: float, u: Floats) -> Floats:
    from scipy.special import betaincinv

    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    share: Floats = betaincinv(a, b, u)
    return low + width * share
