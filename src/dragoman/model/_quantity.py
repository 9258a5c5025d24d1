"""A number of a case: its value or range, its evidence, and how it is drawn.

Every number is drawn by its inverse distribution function from one uniform number a
draw.  The uniforms come from a stream that is keyed by the seed and by the number's
path in the case, so that adding a number shifts no other's draws, and a stream can be
entered at any draw, so that results do not depend on the size of the chunks.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    Floats: TypeAlias = NDArray[np.float64]

Dist = Literal["point", "uniform", "triangular", "pert", "coded"]


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """A place in an article: its content hash (SHA-256 or the beginning of it) and the quoted words."""

    article: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class Coding:
    """What one coder judged without seeing the others' judgements."""

    coder: str
    quantity: Quantity


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What held from ``since`` on."""

    since: date
    quantity: Quantity


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number with its uncertainty and its reasons.

    ``dist`` says which fields count: "point" (``value``), "uniform" (``low``, ``high``),
    "triangular" and "pert" (mode ``value`` between ``low`` and ``high``), "coded" (an
    even mixture of ``coded``).  ``dated`` holds every dated value up to the date as of
    which the case was read; the other fields are those of the latest.  ``path`` is the
    number's place in the case and keys its draws.
    """

    dist: Dist = "point"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    coded: tuple[Coding, ...] = ()
    dated: tuple[Dated, ...] = ()
    evidence: tuple[Anchor, ...] = ()
    because: str = ""
    path: str = ""

    @classmethod
    def of(cls, value: float, *, path: str = "") -> Quantity:
        """A certain number."""
        return cls(value=float(value), path=path)

    @property
    def certain(self) -> bool:
        """Whether every draw gives the same number."""
        low, high = self.range()
        return low == high

    def central(self) -> float:
        """The stated value (the mode); the middle of a bare range; the mean of the coders' values."""
        if self.dist == "coded":
            return sum(item.quantity.central() for item in self.coded) / len(self.coded)
        if self.value is not None:
            return self.value
        low, high = self.range()
        return (low + high) / 2

    def range(self) -> tuple[float, float]:
        """The least and the greatest number that a draw can give."""
        if self.dist == "coded":
            ranges = [item.quantity.range() for item in self.coded]
            return min(low for low, _ in ranges), max(high for _, high in ranges)
        low = self.value if self.low is None or self.dist == "point" else self.low
        high = self.value if self.high is None or self.dist == "point" else self.high
        if low is None or high is None:
            msg = f"a quantity at {self.path or 'no path'} has neither a value nor a range"
            raise ValueError(msg)
        return low, high

    def mean(self) -> float:
        """The mean of the distribution."""
        low, high = self.range()
        if self.dist == "coded":
            return sum(item.quantity.mean() for item in self.coded) / len(self.coded)
        if self.dist == "triangular":
            return (low + self.central() + high) / 3
        if self.dist == "pert":
            return (low + 4 * self.central() + high) / 6
        return (low + high) / 2

    def disagreement(self) -> float:
        """How far apart the coders' values lie (0 where the number is not coded)."""
        values = [item.quantity.central() for item in self.coded]
        return max(values) - min(values) if values else 0.0

    def quantile(self, uniforms: Floats) -> Floats:
        """The numbers whose share of the distribution below them is ``uniforms`` (0..1), same shape."""
        from dragoman.model._draws import quantile

        return quantile(self, uniforms)

    def draw(self, rng: np.random.Generator, n: int) -> Floats:
        """``n`` numbers, (n,), from exactly ``n`` uniforms of ``rng``."""
        return self.quantile(rng.random(n))

    def draws(self, n: int, *, seed: int, start: int = 0) -> Floats:
        """Draws ``start`` to ``start + n`` of the stream keyed by ``seed`` and the number's path, (n,)."""
        from dragoman.model._draws import uniforms

        return self.quantile(uniforms(self.path, n, seed=seed, start=start))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Numbers have shapes of their own: see ``_numbers``."""
        from dragoman.model._numbers import quantity_schema

        return quantity_schema()


@dataclass(frozen=True, kw_only=True)
class Money:
    """A sum: an amount, its currency (ISO 4217) and the year of its prices."""

    amount: Quantity
    currency: str
    year: int | None = None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Sums have shapes of their own: see ``_numbers``."""
        from dragoman.model._numbers import money_schema

        return money_schema()


def stream_key(path: str) -> int:
    """The number by which a path enters the seed sequence: the first 8 bytes of its SHA-256."""
    return int.from_bytes(sha256(path.encode()).digest()[:8], "big")
