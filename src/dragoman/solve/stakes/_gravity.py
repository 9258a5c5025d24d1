"""The gravity estimate: Poisson pseudo-maximum likelihood with exporter and importer fixed effects.

Source: Santos Silva and Tenreyro (2006).  The regression is that of statsmodels (the
extra ``estimate``); standard errors are robust to heteroskedasticity (HC1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.errors import MethodError, MissingExtraError
from dragoman.solve.stakes._table import VARIABLES, TradeTable
from dragoman.solve.stakes._trade import Floats


@dataclass(frozen=True, kw_only=True)
class Gravity:
    """Estimates by variable: the coefficient and its robust standard error; ``n`` pairs."""

    coefficients: Mapping[str, float]
    errors: Mapping[str, float]
    n: int


def estimate(table: TradeTable, variables: Sequence[str] = VARIABLES) -> Gravity:
    """PPML of trade on the table's variables with exporter and importer fixed effects.

    Raises:
        MissingExtraError: statsmodels is not installed.
        MethodError: the table lacks a variable, or the estimate does not converge.
    """
    try:
        from statsmodels.genmod.families import Poisson
        from statsmodels.genmod.generalized_linear_model import GLM
    except ImportError as error:
        raise MissingExtraError("statsmodels", "estimate") from error
    lacking = [name for name in variables if name not in table.variables]
    if lacking:
        raise MethodError("trade", f"no column {lacking[0]}", f"columns of: {', '.join(variables)}")
    design = _design(table, variables)
    fit = GLM(table.flows.ravel(), design, family=Poisson()).fit(cov_type="HC1", maxiter=200, tol=1e-12)
    if not fit.converged:
        raise MethodError("trade", "the estimate does not converge", "trade that varies with the variables")
    return Gravity(
        coefficients={name: float(fit.params[place]) for place, name in enumerate(variables)},
        errors={name: float(fit.bse[place]) for place, name in enumerate(variables)},
        n=len(design),
    )


def _design(table: TradeTable, variables: Sequence[str]) -> Floats:
    """Variables, exporter dummies, and importer dummies but for the first (pairs, columns)."""
    size = len(table.countries)
    exporter = np.repeat(np.eye(size), size, axis=0)
    importer = np.tile(np.eye(size), (size, 1))[:, 1:]
    columns = np.column_stack([table.variables[name].ravel() for name in variables])
    return np.hstack([columns, exporter, importer])


def cost_factors(table: TradeTable, coefficients: Mapping[str, float | Floats]) -> Floats:
    """exp(sum of coefficient times variable): what structural gravity calls t_ij^-th.

    (n, n) for single coefficients, (draws, n, n) where coefficients are drawn.

    Raises:
        MethodError: the table lacks a variable that has a coefficient.
    """
    total = np.zeros_like(table.flows)
    for name, value in coefficients.items():
        if name not in table.variables:
            raise MethodError("trade", f"no column {name}", f"one of: {', '.join(table.variables)}")
        total = total + np.asarray(value, dtype=float)[..., None, None] * table.variables[name]
    factors: Floats = np.exp(total)
    return factors
