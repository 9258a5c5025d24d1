"""The stakes' part of a case: corridors, projects, trade, and what money is worth to whom.

Every sum is :class:`Money`: an amount with its currency and the year of its prices.
Other units stand in the names of the fields (km, km/h, days, tonnes a year).  The ends
of arcs, demands and changes are ``from`` and ``to`` in the file (``from`` is no name in
Python).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model._quantity import Anchor, Money, Quantity
from dragoman.model._table import EMPTY, Table
from dragoman.model._types import FORBID, Names


@dataclass(frozen=True, kw_only=True)
class Place:
    """A node of the network, with its coordinates in degrees and the party on whose ground it lies."""

    __pydantic_config__ = FORBID
    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class Arc:
    """A link between two places by one mode.

    ``cost`` is per tonne-km, ``border_cost`` and ``fee`` per tonne, ``capacity`` in
    tonnes a year; ``fee`` goes to ``payee``.  It is open when it is not ``closed`` and
    every measure or option of ``needs`` is carried out.
    """

    __pydantic_config__ = FORBID
    id: str
    start: str
    end: str
    mode: Literal["rail", "sea", "road", "pipeline", "air", "transfer"]
    length_km: Quantity
    name: str = ""
    two_way: bool = True
    cost: Money | None = None
    speed_kmh: Quantity | None = None
    delay_days: Quantity | None = None
    border_cost: Money | None = None
    fee: Money | None = None
    payee: str | None = None
    capacity: Quantity | None = None
    closed: bool = False
    needs: Names = ()
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Freight between two places: tonnes a year and what a day of a tonne is worth to its owner."""

    __pydantic_config__ = FORBID
    id: str
    start: str
    end: str
    tonnes: Quantity
    value_of_time: Money | None = None
    name: str = ""
    modes: Names = ()
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Corridors:
    """A network and its demands; ``logit_scale`` is the generalised cost per tonne that makes one logit unit."""

    __pydantic_config__ = FORBID
    places: Table[Place] = EMPTY
    arcs: Table[Arc] = EMPTY
    demands: Table[Demand] = EMPTY
    logit_scale: Money | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Outlay:
    """Capital that one payer puts in during one year (``year`` 0 is the project's first)."""

    __pydantic_config__ = FORBID
    year: int
    payer: str
    amount: Money
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Project:
    """Something that is built and earns.

    Yearly income is ``volume`` x ``ramp`` share of the year x ``tariff``, less
    ``operating_cost`` a year and ``unit_cost`` per unit of volume; ``split`` gives the
    shares by party.  It earns from ``start`` (year) for ``life`` years while every
    measure of ``hangs_on`` stands; ``hazard`` is the yearly chance of interruption.
    """

    __pydantic_config__ = FORBID
    id: str
    name: str
    hangs_on: Names = ()
    capital: tuple[Outlay, ...] = ()
    start: int | None = None
    life: Quantity | None = None
    volume: Quantity | None = None
    volume_unit: str = ""
    ramp: tuple[Quantity, ...] = ()
    tariff: Money | None = None
    operating_cost: Money | None = None
    unit_cost: Money | None = None
    split: Table[Quantity] = EMPTY
    discount_rate: Quantity | None = None
    hazard: Quantity | None = None
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class TradeChange:
    """A change of one trade-cost variable between two countries (or all, with ``*``) once ``needs`` are met."""

    __pydantic_config__ = FORBID
    start: str
    end: str
    variable: str
    value: Quantity
    both_ways: bool = True
    needs: Names = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Trade:
    """Bilateral trade: the table's file, the years taken, the model's numbers, and what the deal changes.

    ``baseline``: ``observed`` flows, those ``fitted`` by the coefficients, or flows from
    ``before`` borders closed: then ``changes`` say what closing them did, and the deal takes it back.
    """

    __pydantic_config__ = FORBID
    file: str
    years: tuple[int, ...] = ()
    baseline: Literal["observed", "fitted", "before"] = "observed"
    countries: Table[str] = EMPTY
    elasticity: Quantity | None = None
    coefficients: Table[Quantity] = EMPTY
    changes: tuple[TradeChange, ...] = ()
    scale: Money | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Stakes:
    """What the deal unlocks; ``exchange_rates`` is the money that one unit of the case's value is worth, by party.

    ``currency`` and ``year`` are the defaults of every sum that states none;
    ``currencies`` gives the value of one unit of another currency in the default one;
    ``price_levels``, by year, what one unit of money of that year is in prices of ``year``.
    """

    __pydantic_config__ = FORBID
    currency: str = ""
    year: int | None = None
    currencies: Table[Quantity] = EMPTY
    price_levels: Table[Quantity] = EMPTY
    corridors: Corridors | None = None
    projects: Table[Project] = EMPTY
    trade: Trade | None = None
    exchange_rates: Table[Money] = EMPTY
