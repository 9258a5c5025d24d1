"""Projects: cash flow, value and break-even volume, by party.

1. Year t of the project, 0 being its first: capital as the payers put it in; from
   ``start`` for ``life`` years the income volume x ramp x (tariff - unit cost) less the
   operating cost, shared by ``split`` (drawn shares are scaled to add up to 1).
2. A yearly hazard of interruption: income k years after the start comes with
   probability (1 - hazard)^k.
3. Net present value at the discount rate; the volume at which the value is zero (income
   is linear in volume).

Shapes: D draws, Y years, parties in the order of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Project
    from dragoman.solve.stakes._money import Purse

MOST_YEARS = 200
NEEDED = {"volume": "a volume a year", "tariff": "a tariff per unit", "life": "years", "discount_rate": "a yearly rate"}


@dataclass(frozen=True, kw_only=True)
class CashFlow:
    """A project's expected money by party: ``flows`` and ``income`` are (D, parties, Y), income without capital.

    ``value`` (D, parties) is the net present value at ``rate`` (D,), and ``break_even_volume``
    (D, parties) the volume at which it is zero (NaN where more volume earns a party nothing).
    """

    parties: tuple[str, ...]
    flows: Floats
    income: Floats
    value: Floats
    break_even_volume: Floats
    rate: Floats


def cash_flow(project: Project, parties: tuple[str, ...], purse: Purse) -> CashFlow:
    """The cash flow of a project over the draws.

    Raises:
        MethodError: no volume, tariff, life, rate or split, shares that do not add up to 1, or a number out of range.
    """
    _check(project)
    life, rate = _life(project, purse), purse.number(project.discount_rate)
    last = max((item.year + 1 for item in project.capital), default=0)
    years = max((project.start or 0) + int(life.max()), last)
    unit, fixed = _yearly(project, life, years, purse)
    volume, shares = purse.number(project.volume), _shares(project, parties, purse)
    income = shares[:, :, None] * (volume[:, None] * unit - fixed)[:, None, :]
    flows = income - _capital(project, parties, purse, years)
    discount = (1 + rate)[:, None] ** -np.arange(years)
    value = (flows * discount[:, None, :]).sum(axis=2)
    per_unit = shares * (unit * discount).sum(axis=1)[:, None]
    earns = per_unit > 0
    return CashFlow(
        parties=parties,
        flows=flows,
        income=income,
        value=value,
        break_even_volume=np.where(earns, volume[:, None] - value / np.where(earns, per_unit, 1.0), np.nan),
        rate=rate,
    )


def _check(project: Project) -> None:
    here = f"stakes.projects.{project.id}"
    for name, expected in NEEDED.items():
        if getattr(project, name) is None:
            raise MethodError(f"{here}.{name}", "nothing", expected)
    total = sum(share.central() for share in project.split.values())
    if abs(total - 1) > 1e-9:
        raise MethodError(f"{here}.split", f"shares that add up to {total:g}", "a sum of 1")


def _life(project: Project, purse: Purse) -> Floats:
    life = np.rint(purse.number(project.life))
    if (life < 1).any() or life.max() > MOST_YEARS:
        found = f"{life.min():g} to {life.max():g} years"
        raise MethodError(f"stakes.projects.{project.id}.life", found, f"1 to {MOST_YEARS} years")
    return life


def _yearly(project: Project, life: Floats, years: int, purse: Purse) -> tuple[Floats, Floats]:
    """(D, Y): expected income of one unit of volume, and the expected operating cost."""
    hazard, start = purse.number(project.hazard), project.start or 0
    since = np.arange(years) - start
    working = (since >= 0) & (since < life[:, None])
    expected = working * (1 - hazard)[:, None] ** np.maximum(since, 0)
    margin = purse.money(project.tariff) - purse.money(project.unit_cost)
    cost = purse.money(project.operating_cost)
    return margin[:, None] * _ramp(project, purse, since) * expected, cost[:, None] * expected


def _ramp(project: Project, purse: Purse, since: np.ndarray) -> Floats:
    """(D, Y): the share of the full volume in each year; the last stated share goes on."""
    if not project.ramp:
        return np.ones((purse.rows, len(since)))
    stated = np.stack([purse.number(item) for item in project.ramp], axis=1)
    return stated[:, np.minimum(np.maximum(since, 0), stated.shape[1] - 1)]


def _shares(project: Project, parties: tuple[str, ...], purse: Purse) -> Floats:
    drawn = purse.by(project.split)
    shares = np.stack([drawn.get(name, np.zeros(purse.rows)) for name in parties], axis=1)
    scaled: Floats = shares / shares.sum(axis=1, keepdims=True)
    return scaled


def _capital(project: Project, parties: tuple[str, ...], purse: Purse, years: int) -> Floats:
    table = np.zeros((purse.rows, len(parties), years))
    for item in project.capital:
        table[:, parties.index(item.payer), item.year] += purse.money(item.amount)
    return table
