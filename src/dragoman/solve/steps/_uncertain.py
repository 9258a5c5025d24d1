"""How robust: over draws of the judged values, does all at once hold, does some plan, does none?

1. All at once and a library of plans (the best of the central values and of some
   draws) are evaluated for all draws at once.
2. Where the standing phase of the whole deal fails, no plan can hold, whatever its
   order: those draws are settled without a search.
3. The draws left are searched exactly, up to a stated number; a plan found joins the
   library.  What stays open is reported as open, never counted as none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.solve.steps._case import at_once
from dragoman.solve.steps._deal import Deal, Flags, Plan
from dragoman.solve.steps._evaluate import evaluate
from dragoman.solve.steps._search import best_plan, can_search

MOST_SEARCHES = 200


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One judged value: how far the share of draws with a plan that holds differs between its upper and lower half."""

    value: str
    change: float


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Shares of the draws (robustness): all at once holds, some plan holds, none does, or it was left open.

    ``plan_shares`` gives for each plan of the library the share in which it holds.
    """

    draws: int
    at_once: float
    some: float
    none: float
    open: float
    plan_shares: tuple[tuple[Plan, float], ...]
    matters: tuple[Matter, ...]


def shares(deal: Deal, library: tuple[Plan, ...], *, most_searches: int = MOST_SEARCHES) -> Shares:
    """Robustness of a deal over its draws."""
    together = at_once(deal)
    plans = list(dict.fromkeys([together, *library]))
    held = {plan: evaluate(deal, plan).holds for plan in plans}
    some = np.any(list(held.values()), axis=0)
    none = ~_standing_holds(deal, together) & ~some
    searchable = can_search(deal) and not deal.notice
    for number in np.flatnonzero(~some & ~none)[: most_searches if searchable else 0].tolist():
        if some[number]:
            continue
        found = best_plan(deal.draw(number), "any that holds")
        if found.plan is None:
            none[number] = True
        else:
            held[found.plan] = evaluate(deal, found.plan).holds
            some |= held[found.plan]
    total = deal.draws
    return Shares(
        draws=total,
        at_once=float(held[together].mean()),
        some=float(some.mean()),
        none=float(none.mean()),
        open=float((~some & ~none).mean()),
        plan_shares=tuple((plan, float(flags.mean())) for plan, flags in held.items()),
        matters=_matters(deal, some),
    )


def _standing_holds(deal: Deal, plan: Plan) -> Flags:
    """(D,): whether the standing phase holds, which no order of steps can change."""
    last = evaluate(deal, plan).slack[:, -1]
    return np.asarray((last >= -1e-9).all(axis=1))


def _matters(deal: Deal, some: Flags) -> tuple[Matter, ...]:
    """The judged values by how far ``some`` differs between the upper and lower half of their draws."""
    if deal.draws < 20 or some.all() or not some.any():
        return ()
    columns = {f"{name} of {who} in {what}": values for name, who, what, values in _columns(deal)}
    found = []
    for name, values in columns.items():
        if np.ptp(values) > 0:
            upper = values > np.median(values)
            if upper.any() and not upper.all():
                found.append(Matter(value=name, change=float(some[upper].mean() - some[~upper].mean())))
    return tuple(sorted(found, key=lambda item: (-abs(item.change), item.value))[:12])


def _columns(deal: Deal) -> list[tuple[str, str, str, np.ndarray]]:
    rows = []
    for i, who in enumerate(deal.parties):
        rows.append(("patience", who, "every step", deal.patience[:, i]))
        rows.append(("penalty", who, "a breach", deal.penalty[:, i]))
        for k, what in enumerate(deal.measures):
            rows.append(("one-off value", who, what, deal.once[:, i, k]))
            rows.append(("flow", who, what, deal.flow[:, i, k]))
    rows.append(("hazard", "the process", "every step", deal.hazard))
    return rows
