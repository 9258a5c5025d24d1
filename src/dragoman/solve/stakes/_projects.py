"""Projects: cash flow, value, return, break-even and pay-back, by party.

1. Year t of the project, 0 being its first: capital as the payers put it in; from
   ``start`` for ``life`` years the income volume x ramp x (tariff - unit cost) less the
   operating cost, shared by ``split``.
2. A yearly hazard of interruption makes income of the k-th year of operation come with
   probability (1 - hazard)^k.
3. Net present value at the discount rate; internal rate of return by bisection on the
   expected flow; the volume at which the value is zero (income is linear in volume); the
   first year in which the undiscounted sum is not negative.

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
RATES = (-0.9, 10.0)
BISECTIONS = 80


@dataclass(frozen=True, kw_only=True)
class CashFlow:
    """A project's expected money by party: ``flows`` and ``income`` are (D, parties, years), income without capital.

    ``value`` (D, parties) is the net present value; ``unit`` (D, parties, years) is the income of one unit of volume.
    """

    parties: tuple[str, ...]
    flows: Floats
    income: Floats
    value: Floats
    break_even_volume: Floats
    rate: Floats
    shares: Floats


def cash_flow(project: Project, parties: tuple[str, ...], purse: Purse) -> CashFlow:
    """The cash flow of a project over the draws.

    Raises:
        MethodError: shares that do not add up to 1, no life or volume, or a rate or hazard outside its range.
    """
    shares = _shares(project, parties, purse)
    life = np.rint(purse.number(project.life)).astype(int)
    if (life < 1).any() or life.max() > MOST_YEARS:
        raise MethodError(f"stakes.projects.{project.id}.life", f"{life.min()} to {life.max()} years", "1 to 200 years")
    start = project.start or 0
    years = start + int(life.max())
    years = max(years, max((item.year for item in project.capital), default=0) + 1)
    working = _working(start, life, years)
    ramp = _ramp(project, purse, start, years)
    volume = purse.number(project.volume)
    hazard, rate = purse.number(project.hazard), purse.number(project.discount_rate)
    _check_rates(project.id, hazard, rate)
    kept = (1 - hazard)[:, None] ** np.maximum(np.arange(years) - start, 0)
    margin = purse.money(project.tariff) - purse.money(project.unit_cost)
    unit = margin[:, None] * ramp * working * kept
    income = volume[:, None] * unit - purse.money(project.operating_cost)[:, None] * working * kept
    by_party = shares[:, :, None] * income[:, None, :]
    flows = by_party - _capital(project, parties, purse, years)
    discount = (1 + rate)[:, None] ** -np.arange(years)
    value = (flows * discount[:, None, :]).sum(axis=2)
    fixed = value - (shares[:, :, None] * (volume[:, None] * unit * discount)[:, None, :]).sum(axis=2)
    per_unit = shares * (unit * discount).sum(axis=1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        break_even = np.where(per_unit > 0, -fixed / per_unit, np.nan)
    return CashFlow(
        parties=parties,
        flows=flows,
        income=by_party,
        value=value,
        break_even_volume=break_even,
        rate=rate,
        shares=shares,
    )


def _shares(project: Project, parties: tuple[str, ...], purse: Purse) -> Floats:
    drawn = purse.by(project.split)
    shares = np.stack([drawn.get(name, np.zeros(purse.rows)) for name in parties], axis=1)
    total = shares.sum(axis=1)
    if project.split and np.abs(total - 1).max() > 1e-6:
        raise MethodError(f"stakes.projects.{project.id}.split", f"shares that add up to {total[0]:g}", "a sum of 1")
    return shares


def _working(start: int, life: np.ndarray, years: int) -> Floats:
    year = np.arange(years)[None, :]
    return ((year >= start) & (year < start + life[:, None])).astype(float)


def _ramp(project: Project, purse: Purse, start: int, years: int) -> Floats:
    """(D, years): the share of the full volume in each year; the last stated share goes on."""
    stated = (
        np.stack([purse.number(item) for item in project.ramp], axis=1) if project.ramp else np.ones((purse.rows, 1))
    )
    place = np.clip(np.arange(years) - start, 0, stated.shape[1] - 1)
    return stated[:, place]


def _capital(project: Project, parties: tuple[str, ...], purse: Purse, years: int) -> Floats:
    table = np.zeros((purse.rows, len(parties), years))
    for item in project.capital:
        table[:, parties.index(item.payer), item.year] += purse.money(item.amount)
    return table


def _check_rates(project: str, hazard: Floats, rate: Floats) -> None:
    if ((hazard < 0) | (hazard >= 1)).any():
        raise MethodError(f"stakes.projects.{project}.hazard", f"{hazard.min():g} to {hazard.max():g}", "0 <= h < 1")
    if (rate <= -1).any():
        raise MethodError(f"stakes.projects.{project}.discount_rate", f"{rate.min():g}", "above -1")


def internal_rate(flows: Floats) -> float | None:
    """The rate at which one flow (years,) is worth nothing; None where there is none between -90 % and 1000 %."""
    years = np.arange(len(flows))

    def worth(rate: float) -> float:
        return float((flows * (1 + rate) ** -years).sum())

    low, high = RATES
    if not np.any(flows > 0) or not np.any(flows < 0) or worth(low) * worth(high) > 0:
        return None
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if worth(low) * worth(middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def pay_back_year(flows: Floats) -> int | None:
    """The first year at whose end a flow (years,) has paid back what was put in; None where it never does."""
    paid = np.flatnonzero(np.cumsum(flows) >= 0)
    spent = np.flatnonzero(flows < 0)
    if not len(spent):
        return None
    late = paid[paid > spent[-1]]
    return int(late[0]) if len(late) else None


def level(flows: Floats, patience: Floats) -> Floats:
    """The level yearly flow worth as much as ``flows`` (D, years) at yearly patience d: (1 - d) sum of d^n CF_n."""
    weights = patience[:, None] ** np.arange(flows.shape[1])
    worth: Floats = (1 - patience) * (flows * weights).sum(axis=1)
    return worth
