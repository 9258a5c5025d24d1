"""The case: everything that the methods know about a negotiation, frozen.

A case is made by ``load_case`` or ``loads`` only, which check it; its parts are frozen
dataclasses in tables keyed by identifier, in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.model._bargain import Format, Issue, Party, Utility
from dragoman.model._conflict import Option, Pattern, Preferences, State
from dragoman.model._deal import Guarantor, Measure
from dragoman.model._quantity import Quantity
from dragoman.model._stakes import Stakes
from dragoman.model._table import Table
from dragoman.model._types import FORBID

Rate = Literal["step", "year"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A negotiation: who, about what, with which options and measures, for which stakes."""

    __pydantic_config__ = FORBID
    title: str = ""
    mark: str = ""
    as_of: date | None = None
    salience_scale: Literal[1, 100] = 1
    parties: Table[Party]
    issues: Table[Issue] = Table()
    format: Format = Format()
    utilities: Table[Utility] = Table()
    options: Table[Option] = Table()
    infeasible: tuple[Pattern, ...] = ()
    preferences: Table[Preferences] = Table()
    status_quo: State | None = None
    unit_of_value: str = ""
    measures: Table[Measure] = Table()
    step_years: float = 1.0
    patience: Table[Quantity] = Table()
    patience_per: Rate = "step"
    hazard: Quantity | None = None
    hazard_per: Rate = "step"
    flow_per: Rate = "step"
    guarantees: Table[Quantity] = Table()
    guarantors: Table[Guarantor] = Table()
    no_deal: Table[Quantity] = Table()
    notice: int = 0
    plan: tuple[tuple[str, ...], ...] = ()
    stakes: Stakes = Stakes()
