"""What a flow of money is worth: return, pay-back, and the level flow that equals it."""

from __future__ import annotations

import numpy as np

from dragoman.solve.stakes._trade import Floats

RATES = (-0.9, 10.0)
BISECTIONS = 80


def internal_rate(flows: Floats) -> float | None:
    """The rate at which one flow (years,) is worth nothing.

    None where there is no single one between -90 % and 1000 %: a flow that changes sign
    twice can have several, and none of them says what it earns.
    """
    signs = np.sign(flows[flows != 0])
    if (np.diff(signs) != 0).sum() != 1 or _worth(flows, RATES[0]) * _worth(flows, RATES[1]) > 0:
        return None
    low, high = RATES
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if _worth(flows, low) * _worth(flows, middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _worth(flows: Floats, rate: float) -> float:
    return float((flows * (1 + rate) ** -np.arange(len(flows))).sum())


def pay_back_year(flows: Floats) -> int | None:
    """The first year at whose end a flow (years,) has paid back what was put in; None where it never does."""
    spent = np.flatnonzero(flows < 0)
    if not len(spent):
        return None
    paid = np.flatnonzero(np.cumsum(flows) >= 0)
    late = paid[paid > spent[0]]
    return int(late[0]) if len(late) else None


def level(flows: Floats, patience: Floats) -> Floats:
    """The level yearly flow worth ``flows`` (D, years) at yearly patience d (D,): (1 - d) sum of d^n CF_n."""
    weights = patience[:, None] ** np.arange(flows.shape[1])
    worth: Floats = (1 - patience) * (flows * weights).sum(axis=1)
    return worth
