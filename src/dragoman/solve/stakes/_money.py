"""Money of a case in one currency, over draws.

A sum is its amount times the value of its currency in the stakes' default one.  Years
of prices are not converted: sums of different years are named in a warning.
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
    """Sums and numbers of a case as arrays (draws,), in the stakes' default currency."""

    def __init__(self, case: Case, sampler: Sampler) -> None:
        self._stakes = case.stakes
        self._sampler = sampler
        self.rows = sampler.rows
        self.currency = case.stakes.currency

    def number(self, quantity: Quantity | None, default: float = 0.0) -> Floats:
        """A number, or ``default`` where the case gives none."""
        return np.full(self.rows, default) if quantity is None else self._sampler.of(quantity)

    def money(self, sum_: Money | None) -> Floats:
        """A sum in the default currency; 0 where the case gives none.

        Raises:
            MethodError: the case does not say what its currency is worth.
        """
        if sum_ is None:
            return np.zeros(self.rows)
        amount = self._sampler.of(sum_.amount)
        if not sum_.currency or sum_.currency == self.currency:
            return amount
        if sum_.currency not in self._stakes.currencies:
            known = ", ".join([self.currency, *self._stakes.currencies])
            raise MethodError("stakes.currencies", f"unknown currency {sum_.currency!r}", f"one of: {known}")
        return amount * self._sampler.of(self._stakes.currencies[sum_.currency])

    def by(self, table: Mapping[str, Quantity]) -> dict[str, Floats]:
        """The numbers of a table by name."""
        return {name: self._sampler.of(quantity) for name, quantity in table.items()}


def years_of_prices(case: Case) -> set[int]:
    """The years in whose prices the sums of the stakes stand."""
    found = set()
    for project in case.stakes.projects.values():
        sums = [project.tariff, project.operating_cost, project.unit_cost, *(item.amount for item in project.capital)]
        found |= {item.year for item in sums if item is not None and item.year is not None}
    return found
