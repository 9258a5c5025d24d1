"""Money of a case in one currency and the prices of one year, over draws.

1. A sum is its amount, times the value of its currency in the stakes' default one
   (``currencies``), times the price level of its year (``price_levels``: money of the
   stakes' year for one unit of money of that year).
2. A currency or a year that nothing states is refused: sums of different kinds are
   never added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.model import Case, Money, Quantity, Sampler


class Purse:
    """Sums and numbers of a case as arrays (draws,), in the stakes' default currency and year."""

    def __init__(self, case: Case, sampler: Sampler) -> None:
        self._stakes = case.stakes
        self._sampler = sampler
        self.rows = sampler.rows

    def number(self, quantity: Quantity | None, default: float = 0.0) -> Floats:
        """A number, or ``default`` where the case gives none."""
        return np.full(self.rows, default) if quantity is None else self._sampler.of(quantity)

    def money(self, sum_: Money | None) -> Floats:
        """A sum in the default currency and year; 0 where the case gives none.

        Raises:
            MethodError: the case does not say what its currency, or money of its year, is worth.
        """
        if sum_ is None:
            return np.zeros(self.rows)
        return self._sampler.of(sum_.amount) * self._currency(sum_) * self._level(sum_)

    def by(self, table: Mapping[str, Quantity]) -> dict[str, Floats]:
        """The numbers of a table by name."""
        return {name: self._sampler.of(quantity) for name, quantity in table.items()}

    def _currency(self, sum_: Money) -> Floats:
        stakes = self._stakes
        if sum_.currency == stakes.currency:
            return np.ones(self.rows)
        if sum_.currency not in stakes.currencies:
            known = ", ".join(filter(None, [stakes.currency, *stakes.currencies])) or "stakes.currency"
            raise MethodError("stakes.currencies", f"unknown currency {sum_.currency!r}", f"one of: {known}")
        return self._sampler.of(stakes.currencies[sum_.currency])

    def _level(self, sum_: Money) -> Floats:
        stakes = self._stakes
        if sum_.year == stakes.year or sum_.year is None:
            return np.ones(self.rows)
        level = stakes.price_levels.get(str(sum_.year))
        if level is None:
            raise MethodError(
                sum_.amount.path or "stakes",
                f"a sum in prices of {sum_.year}, in a case of {stakes.year or 'no stated'} prices",
                f"stakes.year, and stakes.price_levels.{sum_.year}: money of that year for one of {sum_.year}",
            )
        return self._sampler.of(level)
