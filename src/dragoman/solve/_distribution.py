"""The distribution of an outcome over draws, and the band that known errors add to it.

1. Draws come in chunks, each by its index, so that nothing depends on the chunk's size.
2. ``distribution``: mean, standard deviation, quantiles 5, 25, 50, 75, 95 and a histogram.
3. ``widened``: where outcomes of a method are known, every draw is spread by the
   method's errors.  Their shape is that of the weighted mean on 351 issues of European
   Union decisions (DEU III, doi:10.34810/data53): absolute errors at the shares
   :data:`ERROR_SHARES`, either sign equally likely, scaled to the method's own mean
   absolute error.  What would lie beyond an end of the scale counts as at that end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

if TYPE_CHECKING:
    from dragoman.model import Case, OneIssue

Floats: TypeAlias = npt.NDArray[np.float64]

QUANTILES = (5, 25, 50, 75, 95)
BINS = 20
CHUNK = 4096
ERROR_SHARES = (0.0, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 1.0)
ERRORS = (0.0, 7.99, 17.54, 32.65, 37.0, 50.32, 59.87, 89.26)
ERRORS_MAE = 22.99
DEU = "European Union decisions, DEU III"


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """An outcome over draws; ``quantiles`` by percentage, ``counts`` of the bins between ``edges``."""

    draws: int
    mean: float
    sd: float
    quantiles: Mapping[int, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Band:
    """From ``low`` to ``high``: ``share`` of outcomes, the draws spread by errors of mean size ``mae``."""

    low: float
    high: float
    share: float
    mae: float
    source: str = DEU


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How draws are made: how many, under which seed, how many in memory at once."""

    draws: int = 1000
    seed: int = 0
    chunk: int = CHUNK

    def tables(self, case: Case, issue: str) -> Iterator[OneIssue]:
        """The table of one issue, chunk by chunk; a side dispute's with the parties that have no seat."""
        for first, count in chunks(self.draws, self.chunk):
            yield case.table(issue, draws=count, seed=self.seed, start=first, seated=not case.issues[issue].side)


def chunks(draws: int, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """(start, count) of each chunk of ``draws``.

    Raises:
        MethodError: a negative number of draws or a chunk below 1.
    """
    if draws < 0:
        raise MethodError("draws", str(draws), "a whole number of at least 0")
    if size < 1:
        raise MethodError("chunk", str(size), "a whole number of at least 1")
    for start in range(0, draws, size):
        yield start, min(size, draws - start)


def distribution(values: Floats, low: float, high: float) -> Distribution:
    """``values`` (D,) of an outcome on a scale from ``low`` to ``high``."""
    counts, edges = np.histogram(values, bins=BINS, range=(min(low, values.min()), max(high, values.max())))
    return Distribution(
        draws=len(values),
        mean=float(values.mean()),
        sd=float(values.std()),
        quantiles=dict(zip(QUANTILES, quantiles(values, np.array(QUANTILES) / 100).tolist(), strict=True)),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
    )


def quantiles(values: Floats, levels: Floats) -> Floats:
    """``np.quantile`` of finite ``values`` (D,) to the bit, without the masked arrays that it loads (a slow start)."""
    ordered, place = np.sort(values), levels * (len(values) - 1)
    below = np.floor(place).astype(np.intp)
    low, high, part = ordered[below], ordered[np.minimum(below + 1, len(values) - 1)], place - below
    found: Floats = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
    return found


def widened(values: Floats, mae: float, share: float = 0.8) -> Band:
    """The middle ``share`` of ``values`` (D,), on a scale of 0 to 100, spread by errors of mean size ``mae``."""
    sides = np.abs(np.linspace(-1, 1, 201))
    errors = np.interp(sides, ERROR_SHARES, ERRORS) * mae / ERRORS_MAE * np.sign(np.linspace(-1, 1, 201))
    centres = quantiles(values, (np.arange(201) + 0.5) / 201)
    spread = np.add.outer(centres, errors).ravel()
    low, high = np.clip(quantiles(spread, np.array([(1 - share) / 2, (1 + share) / 2])), 0, 100)
    return Band(low=float(low), high=float(high), share=share, mae=mae)
