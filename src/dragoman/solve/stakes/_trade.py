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
    """What a change of trade costs does: ``real`` (..., n) changes of real expenditure (0.01 is 1 %).

    ``shares`` (..., n, n) after the change, ``prices`` and ``price_index`` (..., n) as ratios,
    ``clearing`` the largest relative excess of sales over income in any draw.
    """

    real: Floats
    prices: Floats
    price_index: Floats
    shares: Floats
    clearing: float
    iterations: int


def balanced(costs: Floats, sales: Floats, spending: Floats) -> Floats:
    """Flows proportional to ``costs`` (..., n, n) with row sums ``sales`` (n,) and column sums ``spending`` (n,).

    This is structural gravity: the factors are the multilateral resistances.

    Raises:
        MethodError: sales and spending add up differently, or a number is not positive.
    """
    if (costs <= 0).any() or (sales <= 0).any() or (spending <= 0).any():
        raise MethodError("trade", "a cost factor, output or expenditure that is not positive", "positive numbers")
    if abs(sales.sum() / spending.sum() - 1) > 1e-9:
        raise MethodError("trade", f"output {sales.sum():g} and expenditure {spending.sum():g}", "equal totals")
    outward = np.ones(costs.shape[:-1])
    for _ in range(MOST_ITERATIONS):
        inward = spending / (costs * outward[..., None]).sum(axis=-2)
        flows: Floats = costs * outward[..., None] * inward[..., None, :]
        gap = sales / flows.sum(axis=-1)
        if np.abs(gap - 1).max() < BALANCE:
            return flows
        outward = outward * gap
    raise MethodError("trade", "the fitted baseline does not balance", "connected trade costs")


def counterfactual(
    flows: Floats, change: Floats, *, elasticity: float | Floats = ELASTICITY, deficits: bool = True
) -> Counterfactual:
    """The general equilibrium after trade costs change by the factors ``change`` (h, (..., n, n)).

    Args:
        flows: baseline trade (..., n, n) with domestic sales on the diagonal, exporter by importer.
        change: h_ij, 1 where nothing changes.
        elasticity: the trade elasticity th = sigma - 1, one number or one a draw (...,).
        deficits: hold each country's deficit fixed; else take all as 0 (expenditure is income).

    Raises:
        MethodError: missing domestic trade, a country without trade, a deficit that exceeds income, or no convergence.
    """
    th = np.asarray(elasticity, dtype=float)[..., None]
    _check(flows, change, th)
    income, spending = flows.sum(axis=-1), flows.sum(axis=-2)
    gap = spending - income if deficits else np.zeros_like(income)
    base = flows / spending[..., None, :] * change
    p = np.ones(np.broadcast_shapes(base.shape[:-1], th.shape))
    for iteration in range(1, MOST_ITERATIONS + 1):
        expenditure = _expenditure(p * income + gap)
        weighted = base * (p**-th)[..., None]
        total = weighted.sum(axis=-2)
        shares = weighted / total[..., None, :]
        ratio = (shares @ expenditure[..., None])[..., 0] / (p * income)
        excess = float(np.abs(ratio - 1).max())
        if excess < CLEARING:
            index = total ** (-1 / th)
            return Counterfactual(
                real=expenditure / ((income + gap) * index) - 1,
                prices=p,
                price_index=index,
                shares=shares,
                clearing=excess,
                iterations=iteration,
            )
        p = p * ratio ** (1 / (1 + th))
        p = p * (income.sum(axis=-1) / (p * income).sum(axis=-1))[..., None]
    raise MethodError("trade", f"markets do not clear within {MOST_ITERATIONS} iterations", "finite cost changes")


def _expenditure(values: Floats) -> Floats:
    if (values <= 0).any():
        raise MethodError("trade", "a deficit that exceeds a country's income after the change", "smaller deficits")
    return values


def _check(flows: Floats, change: Floats, elasticity: Floats) -> None:
    if flows.ndim < 2 or flows.shape[-1] != flows.shape[-2] or flows.shape[-2:] != change.shape[-2:]:
        raise MethodError("trade", f"flows {flows.shape} and changes {change.shape}", "two square tables of one size")
    if not np.isfinite(flows).all() or (flows < 0).any():
        raise MethodError("trade", "a negative or missing flow", "flows of 0 or more")
    if not (np.isfinite(change) & (change > 0)).all() or not (np.isfinite(elasticity) & (elasticity > 0)).all():
        raise MethodError("trade", "a cost factor or elasticity that is not a positive number", "positive numbers")
    if (np.diagonal(flows, axis1=-2, axis2=-1) <= 0).any():
        raise MethodError(
            "trade",
            "a country without domestic sales",
            "a row for each country with itself: gross output less exports to all others",
        )
