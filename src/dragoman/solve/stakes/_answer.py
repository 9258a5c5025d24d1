"""What the stakes are worth, to whom: the classes of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dragoman.solve.stakes._network import Route
from dragoman.solve.stakes._region import Region
from dragoman.solve.stakes._trade import Floats

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A number over the draws: its mean and its 5 %, 50 % and 95 % quantiles."""

    mean: float
    low: float
    middle: float
    high: float


def spread(values: Floats) -> Spread:
    """The spread of a number over draws."""
    low, middle, high = (float(value) for value in np.quantile(values, QUANTILES))
    return Spread(mean=float(values.mean()), low=low, middle=middle, high=high)


@dataclass(frozen=True, kw_only=True)
class PartyProject:
    """What a project is to a party, in the case's currency.

    ``value`` today, after what it puts in; ``yearly``: its income as a level flow a year,
    before what it puts in; ``by_year``: the mean flow of each year, capital included.
    ``break_even_volume``, ``rate`` of return and ``pay_back`` year (0 is the project's first) are at
    the central values; None where there is none, as for who puts nothing in.
    """

    party: str
    value: Spread
    yearly: Spread
    by_year: tuple[float, ...]
    break_even_volume: float | None
    rate: float | None
    pay_back: int | None


@dataclass(frozen=True, kw_only=True)
class ProjectBar:
    """One number of a project at its ends: the value of the whole project to all parties."""

    path: str
    label: str
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True, kw_only=True)
class ProjectReport:
    """A project: who gains, when, and on what it hangs; ``start`` is the first year of income."""

    project: str
    name: str
    hangs_on: tuple[str, ...]
    volume_unit: str
    start: int
    parties: tuple[PartyProject, ...]
    tornado: tuple[ProjectBar, ...]


@dataclass(frozen=True, kw_only=True)
class DemandReport:
    """One demand: routes at the central values, share of the draws by route, tonnes that shift, what that saves a year.

    ``saved_money`` is in fares, ``saved_days`` in tonne-days; negative where the new route costs more or is slower.
    """

    demand: str
    name: str
    before: Route | None
    after: Route | None
    tonnes: float
    shifted: Spread
    saved_money: Spread
    saved_days: Spread
    routes: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class CorridorReport:
    """The network: the demands, and each party's yearly income from fees, less its fees on routes left."""

    demands: tuple[DemandReport, ...]
    income: Mapping[str, Spread]


@dataclass(frozen=True, kw_only=True)
class TradeRow:
    """One country: change of real expenditure (0.01 is 1 %); as money a year where the case has a scale."""

    country: str
    party: str | None
    real: Spread
    money: Spread | None


@dataclass(frozen=True, kw_only=True)
class TradeReport:
    """Trade: the baseline, how deficits are treated, coefficients, direct effects (h - 1), each country's gain."""

    baseline: str
    deficits: Literal["held fixed", "zero"]
    coefficients: Mapping[str, Spread]
    partial: Mapping[str, float]
    countries: tuple[TradeRow, ...]
    clearing: float


@dataclass(frozen=True, kw_only=True)
class Gain:
    """A party's yearly gain from all stakes.

    ``money`` is income once things run, as a level flow; ``net`` the same after what the
    party puts in; ``points`` the income in units of value at its exchange rate; ``hangs_on``
    the mean income by the measure on which it hangs ("" where it hangs on none).
    """

    party: str
    name: str
    money: Spread
    net: Spread
    points: Spread | None
    hangs_on: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class StakesAnswer:
    """Who gains what from the deal, and whether that holds it together."""

    currency: str
    year: int | None
    projects: tuple[ProjectReport, ...]
    corridors: CorridorReport | None
    trade: TradeReport | None
    gains: tuple[Gain, ...]
    region: Region | None
