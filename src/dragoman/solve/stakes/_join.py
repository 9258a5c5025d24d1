"""Stakes and steps joined: the flows of the stakes in the place of those that the case judged.

1. A party's yearly income from a stake, as a level flow at its patience, divided by the
   money that one unit of the case's value is worth to it, per step.
2. Where the case judged that the party gains a flow from the measure on which the stake
   hangs, the computed income takes its place and is not added to it.  A judged cost (the
   leverage that lifting sanctions gives away) is no estimate of that income: it stays,
   and the income is added.
3. What the case judged for all other measures and parties stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.stakes._trade import Floats
from dragoman.solve.steps import Deal, deal_of

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.stakes._money import Purse


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A deal without guarantors in which the computed flows stand.

    ``deal`` has one row a draw (one at the central values); ``judged`` is the same with the case's
    own flows; ``parties`` are the identifiers of its parties; ``income`` (n, K) is the expected
    yearly income in money, 0 without a stake.
    """

    deal: Deal
    judged: Deal
    parties: tuple[str, ...]
    income: Floats


def joined(
    case: Case, by_measure: Mapping[str, Mapping[str, Floats]], purse: Purse, *, draws: int, seed: int
) -> Joined:
    """The deal of the case with the flows of its stakes.

    Args:
        case: the case with measures.
        by_measure: by measure and party the level income a year over the purse's draws.
        purse: of these draws.
        draws: how many of them the deal takes; 0 for central values and expected incomes.
        seed: of the draws, the same as the purse's.
    """
    deal = deal_of(case, draws=draws, seed=seed).backed_by(())
    parties = tuple(name for name in case.parties if (case.parties[name].name or name) in deal.parties)
    per_step = case.step_years if case.flow_per == "year" else 1.0
    flow, income = deal.flow.copy(), np.zeros(deal.flow.shape[1:])
    places = {name: place for place, name in enumerate(case.measures)}
    for measure, cell in by_measure.items():
        for party, money in cell.items():
            rate = case.stakes.exchange_rates.get(party)
            if measure not in places or party not in parties or rate is None:
                continue
            at = parties.index(party), places[measure]
            points = (money / purse.money(rate))[:draws] if draws else np.array([money.mean() / rate_of(case, party)])
            flow[:, *at] = standing(deal.flow[:, *at], points * per_step)
            income[at] = money.mean()
    return Joined(deal=deal.with_values("flow", flow), judged=deal, parties=parties, income=income)


def standing(judged: Floats, computed: Floats) -> Floats:
    """The flow that stands: the computed one in place of a judged gain, beside a judged cost."""
    return np.minimum(judged, 0.0) + computed


def rate_of(case: Case, party: str) -> float:
    """The money that one unit of value is worth to a party, at the central value, in the case's currency and year."""
    from dragoman.model import Sampler
    from dragoman.solve.stakes._money import Purse

    return float(Purse(case, Sampler()).money(case.stakes.exchange_rates[party])[0])
