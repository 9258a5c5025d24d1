"""The weighted median and the weighted mean of positions, as pure functions on arrays.

Shapes: positions ``x`` and weights ``w`` are (draws, parties); NaN in ``x`` or a
weight of 0 leaves a party out.  Weights are capability times salience.

1. Mean: the compromise model, sum of w x over sum of w (Van den Bos 1991; Achen 2006).
2. Median: sort by position and take the first whose cumulative weight reaches half
   of the total (Black 1958; the winner of all pairwise votes under single-peaked
   preferences).  Where that weight is exactly half, every point up to the next position is
   a median: ``median_interval`` gives both ends, ``weighted_median`` the lower one (as the
   challenge model wants it), ``middle_median`` the middle, and nobody is pivotal.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

Floats: TypeAlias = npt.NDArray[np.float64]

HALF = 0.5 - 1e-12
MORE = 0.5 + 1e-12


def checked(x: Floats, w: Floats) -> tuple[Floats, Floats]:
    """``x`` and ``w`` as (draws, parties) with absent parties at weight 0.

    Raises:
        MethodError: the shapes differ, a weight is negative or not finite, or all are 0.
    """
    x, w = np.atleast_2d(np.asarray(x, float)), np.atleast_2d(np.asarray(w, float))
    if x.shape != w.shape:
        raise MethodError("weights", f"shape {w.shape}", f"the positions' shape {x.shape}")
    w = np.where(np.isnan(x), 0.0, w)
    if not np.isfinite(w).all() or (w < 0).any():
        raise MethodError("weights", "a negative or missing weight", "finite numbers of at least 0")
    if (w.sum(axis=1) <= 0).any():
        raise MethodError("weights", "no party with any weight", "capability times salience above 0 for somebody")
    return np.where(np.isnan(x), 0.0, x), w


def weighted_mean(x: Floats, w: Floats) -> Floats:
    """The weighted mean of each draw, shape (draws,)."""
    x, w = checked(x, w)
    mean: Floats = (x * w).sum(axis=1) / w.sum(axis=1)
    return mean


def weighted_median(x: Floats, w: Floats) -> Floats:
    """The weighted median of each draw, shape (draws,)."""
    return median_interval(x, w)[0]


def middle_median(x: Floats, w: Floats) -> Floats:
    """The middle of the medians of each draw, shape (draws,)."""
    low, high = median_interval(x, w)
    return low + (high - low) / 2


def median_interval(x: Floats, w: Floats) -> tuple[Floats, Floats]:
    """The lowest and the highest weighted median of each draw, each of shape (draws,)."""
    x, first, last = _median_places(x, w)
    low, high = (np.take_along_axis(x, place[:, None], axis=1)[:, 0] for place in (first, last))
    return low, high


def pivotal(x: Floats, w: Floats) -> npt.NDArray[np.intp]:
    """The column of the party whose position is the weighted median, -1 where two share that; shape (draws,)."""
    _, first, last = _median_places(x, w)
    return np.where(first == last, first, -1)


def _median_places(x: Floats, w: Floats) -> tuple[Floats, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    x, w = checked(x, w)
    order = np.argsort(x, axis=1, kind="stable")
    share = np.cumsum(np.take_along_axis(w, order, axis=1), axis=1)
    ends = ((share >= HALF * share[:, -1:]).argmax(axis=1), (share > MORE * share[:, -1:]).argmax(axis=1))
    first, last = (np.take_along_axis(order, end[:, None], axis=1)[:, 0] for end in ends)
    return x, first, last
