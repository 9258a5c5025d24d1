"""Many small linear programmes at once: the simplex method with bounded variables, one row of arrays a draw.

Maximise c z subject to A z <= b and 0 <= z <= u, with b >= 0, so that z = 0 is a start.

1. Every draw has its tableau; in each turn every unfinished draw makes one pivot.
2. Entering variable: the largest reduced cost (Dantzig); after ``SLOW`` turns the first
   positive one (Bland), which cannot cycle.
3. Ratio test: a basic variable falls to 0 or rises to its bound, or the entering one
   reaches its own bound; a variable at its bound is replaced by what it lacks of it.

Dantzig 1963, ch. 18 (bounded variables).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]

TOLERANCE = 1e-11
SLOW = 300
LIMIT = 20_000


@dataclass
class _Tableau:
    """The draws at work: ``table`` (D, R + 1, C + 1), its last row the reduced costs, its last column the values."""

    table: Floats
    bound: Floats
    basis: Ints
    flipped: npt.NDArray[np.bool_]

    def of(self, rows: Ints) -> _Tableau:
        return _Tableau(self.table[rows], self.bound[rows], self.basis[rows], self.flipped[rows])

    def put(self, rows: Ints, part: _Tableau) -> None:
        self.table[rows], self.basis[rows], self.flipped[rows] = part.table, part.basis, part.flipped


def maximise(a: Floats, b: Floats, c: Floats, u: Floats) -> Floats:
    """The z (D, V) that maximises c z for ``a`` (D, R, V), ``b`` (D, R) >= 0, ``c`` and ``u`` (D, V)."""
    return priced(a, b, c, u)[0]


def priced(a: Floats, b: Floats, c: Floats, u: Floats) -> tuple[Floats, Floats]:
    """The same z, and the price of each row (D, R): where it is 0 the maximum stays as it is without the row.

    Raises:
        MethodError: ``b`` or ``u`` below 0, the maximum is unbounded, or the search does not end.
    """
    if (b < 0).any() or (u < 0).any():
        raise MethodError("linear programme", "a negative right side or bound", "a start at zero")
    whole = _start(a, b, c, u)
    alive = np.arange(len(a))
    for turn in range(LIMIT):
        costs = whole.table[alive, -1, :-1]
        enter = (costs > TOLERANCE).argmax(axis=1) if turn > SLOW else costs.argmax(axis=1)
        going = costs[np.arange(len(alive)), enter] > TOLERANCE
        alive, enter = alive[going], enter[going]
        if not len(alive):
            width, rows = a.shape[2], a.shape[1]
            return _values(whole, width), -whole.table[:, -1, width : width + rows]
        part = whole.of(alive)
        _turn(part, enter)
        whole.put(alive, part)
    raise MethodError("linear programme", f"no end after {LIMIT} pivots", "a well-posed programme")


def _start(a: Floats, b: Floats, c: Floats, u: Floats) -> _Tableau:
    draws, rows, width = a.shape
    table = np.zeros((draws, rows + 1, width + rows + 1))
    table[:, :rows, :width], table[:, :rows, -1], table[:, rows, :width] = a, b, c
    table[:, np.arange(rows), width + np.arange(rows)] = 1
    bound = np.concatenate([u, np.full((draws, rows), np.inf)], axis=1)
    basis = np.tile(width + np.arange(rows), (draws, 1))
    return _Tableau(table, bound, basis, np.zeros(bound.shape, dtype=bool))


def _turn(part: _Tableau, enter: Ints) -> None:
    """One pivot, or one change of bound, in every draw of ``part``."""
    each = np.arange(len(enter))
    column = part.table[each, :-1, enter]
    value = part.table[:, :-1, -1]
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = np.where(column > TOLERANCE, value / column, np.inf)
        rise = np.where(
            column < -TOLERANCE, (value - np.take_along_axis(part.bound, part.basis, axis=1)) / column, np.inf
        )
    step = np.minimum(fall, rise)
    leave = step.argmin(axis=1)
    length, own = step[each, leave], part.bound[each, enter]
    if np.isinf(np.minimum(length, own)).any():
        raise MethodError("linear programme", "an unbounded maximum", "bounded utilities")
    jump = own <= length
    _jump(part, np.flatnonzero(jump), enter[jump])
    pivots = np.flatnonzero(~jump)
    upper = pivots[rise[pivots, leave[pivots]] < fall[pivots, leave[pivots]]]
    _turn_over(part, upper, leave[upper])
    _pivot(part, pivots, leave[pivots], enter[pivots])


def _jump(part: _Tableau, rows: Ints, enter: Ints) -> None:
    column = part.table[rows, :, enter]
    part.table[rows, :, -1] -= column * part.bound[rows, enter][:, None]
    part.table[rows, :, enter] = -column
    part.flipped[rows, enter] ^= True


def _turn_over(part: _Tableau, rows: Ints, leave: Ints) -> None:
    """Measure the leaving variables from their bounds instead of from zero."""
    which = part.basis[rows, leave]
    part.table[rows, leave] *= -1
    part.table[rows, leave, which] = 1
    part.table[rows, leave, -1] += part.bound[rows, which]
    part.flipped[rows, which] ^= True


def _pivot(part: _Tableau, rows: Ints, leave: Ints, enter: Ints) -> None:
    table = part.table[rows]
    each = np.arange(len(rows))
    line = table[each, leave] / table[each, leave, enter][:, None]
    column = table[each, :, enter]
    table -= column[:, :, None] * line[:, None, :]
    table[each, leave] = line
    table[:, :-1, -1] = np.maximum(table[:, :-1, -1], 0)
    part.table[rows] = table
    part.basis[rows, leave] = enter


def _values(whole: _Tableau, width: int) -> Floats:
    z = np.zeros(whole.bound.shape)
    np.put_along_axis(z, whole.basis, whole.table[:, :-1, -1], axis=1)
    return np.where(whole.flipped[:, :width], whole.bound[:, :width] - z[:, :width], z[:, :width])
