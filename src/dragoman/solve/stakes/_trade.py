"""Trade: what a change of trade costs does to real expenditure, by exact hat algebra.

Sources: Anderson and van Wincoop (2003); Santos Silva and Tenreyro (2006); Dekle, Eaton,
Kortum (2008); Arkolakis, Costinot, Rodriguez-Clare (2012).

1. Baseline: expenditure shares pi_ij = X_ij / E_j, domestic sales included; observed, or
   fitted: trade costs from coefficients, balanced so that rows add up to Y and columns to E.
2. Change: h_ij = exp(sum of coefficient times change of variable).
3. Prices p solve p_i Y_i = sum_j share'_ij E'_j with share'_ij proportional to
   pi_ij h_ij p_i^-th, E'_j = p_j Y_j + D_j and sum p_i Y_i = sum Y_i, to 1e-12.
4. Price index P_j = (sum_k pi_kj h_kj p_k^-th)^(-1/th); real expenditure E'_j / (E_j P_j).

Shapes: n countries; flows are (n, n), exporter by importer; draws in front where drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

Floats: TypeAlias = npt.NDArray[np.float64]

CLEARING = 1e-12
MOST_ITERATIONS = 20_000
BALANCE = 1e-13
ELASTICITY = 4.0


@dataclass(frozen=True, kw_only=True)
class Counterfactual:
    """What a change of trade costs does: ``real`` (n,) changes of real expenditure (0.01 is 1 %).

    ``shares`` (n, n) after the change, ``prices`` (n,) and ``price_index`` (n,) as ratios,
    ``clearing`` the largest relative excess of sales over income.
    """

    real: Floats
    prices: Floats
    price_index: Floats
    shares: Floats
    clearing: float
    iterations: int


def balanced(costs: Floats, sales: Floats, spending: Floats) -> Floats:
    """Flows proportional to ``costs`` (n, n) with row sums ``sales`` and column sums ``spending`` (structural gravity).

    Raises:
        MethodError: sales and spending add up differently, or a number is not positive.
    """
    if (costs <= 0).any() or (sales <= 0).any() or (spending <= 0).any():
        raise MethodError("trade", "a cost factor, output or expenditure that is not positive", "positive numbers")
    if abs(sales.sum() / spending.sum() - 1) > 1e-9:
        raise MethodError("trade", f"output {sales.sum():g} and expenditure {spending.sum():g}", "equal totals")
    outward = np.ones(len(sales))
    for _ in range(MOST_ITERATIONS):
        inward = spending / (costs * outward[:, None]).sum(axis=0)
        flows: Floats = costs * outward[:, None] * inward[None, :]
        gap = sales / flows.sum(axis=1)
        if np.abs(gap - 1).max() < BALANCE:
            return flows
        outward = outward * gap
    raise MethodError("trade", "the fitted baseline does not balance", "connected trade costs")


def counterfactual(
    flows: Floats, change: Floats, *, elasticity: float = ELASTICITY, deficits: bool = True
) -> Counterfactual:
    """The general equilibrium after trade costs change by the factors ``change`` (h, (n, n)).

    Args:
        flows: baseline trade with domestic sales on the diagonal, exporter by importer.
        change: h_ij, 1 where nothing changes.
        elasticity: the trade elasticity th = sigma - 1.
        deficits: hold each country's deficit fixed; else take all as 0 (expenditure is income).

    Raises:
        MethodError: missing domestic trade, a country without trade, or no convergence.
    """
    _check(flows, change, elasticity)
    income, spending = flows.sum(axis=1), flows.sum(axis=0)
    pi = flows / spending
    gap = spending - income if deficits else np.zeros_like(income)
    base = pi * change
    p = np.ones(len(income))
    for iteration in range(1, MOST_ITERATIONS + 1):
        expenditure = p * income + gap
        weighted = base * (p**-elasticity)[:, None]
        total = weighted.sum(axis=0)
        shares = weighted / total
        sold = shares @ expenditure
        excess = float(np.abs(sold / (p * income) - 1).max())
        if excess < CLEARING:
            index = total ** (-1 / elasticity)
            base_spending = income + gap
            return Counterfactual(
                real=expenditure / (base_spending * index) - 1,
                prices=p,
                price_index=index,
                shares=shares,
                clearing=excess,
                iterations=iteration,
            )
        p = p * (sold / (p * income)) ** (1 / (1 + elasticity))
        p = p * income.sum() / (p * income).sum()
    raise MethodError("trade", f"markets do not clear within {MOST_ITERATIONS} iterations", "finite cost changes")


def _check(flows: Floats, change: Floats, elasticity: float) -> None:
    if flows.shape != change.shape or flows.ndim != 2 or flows.shape[0] != flows.shape[1]:
        raise MethodError("trade", f"flows {flows.shape} and changes {change.shape}", "two square tables of one size")
    if not np.isfinite(flows).all() or (flows < 0).any() or not (change > 0).all() or elasticity <= 0:
        raise MethodError("trade", "a negative or missing flow, cost factor or elasticity", "positive numbers")
    if (np.diag(flows) <= 0).any():
        raise MethodError(
            "trade",
            "a country without domestic sales",
            "a row for each country with itself: gross output less exports to all others",
        )
    if (flows.sum(axis=0) <= 0).any() or (flows.sum(axis=1) <= 0).any():
        raise MethodError("trade", "a country that sells or buys nothing", "trade above zero for each country")
