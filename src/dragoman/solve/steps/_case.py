"""From a case to a deal: values per step, over one central or many drawn sets of judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve.steps._deal import Backer, Deal, Floats, Plan, Regime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.model import Case, Guarantor, Quantity, Sampler


def deal_of(case: Case, *, regime: Regime = "credible", draws: int = 0, seed: int = 0, start: int = 0) -> Deal:
    """The deal in a case.

    Args:
        case: the case with measures and patience.
        regime: what is undone after a breakdown.
        draws: how many draws; 0 for the central values (D = 1).
        seed: of the draws.
        start: the number of the first draw, for chunks.

    Raises:
        MethodError: there are no measures, a performer has no patience, or a value leaves the model's domain.
    """
    from dragoman.model import Sampler

    table = case.deal(draws=draws, seed=seed, start=start)
    sampler = Sampler(draws=draws, seed=seed, start=start)
    return Deal(
        parties=tuple(case.parties[name].name or name for name in table.parties),
        measures=tuple(case.measures[name].name or name for name in table.measures),
        performs=table.performs.T,
        reversible=table.reversible,
        after=tuple(sum(1 << int(place) for place in np.flatnonzero(row)) for row in table.after),
        once=table.once.transpose(0, 2, 1),
        flow=table.flow.transpose(0, 2, 1),
        undone=table.undone,
        patience=table.patience,
        hazard=table.hazard,
        guarantee=table.guarantee,
        no_deal=table.no_deal,
        regime=regime,
        notice=case.notice,
        backers=tuple(_backer(case, item, table.parties, sampler) for item in case.guarantors.values()),
    ).checked()


def _backer(case: Case, item: Guarantor, names: tuple[str, ...], sampler: Sampler) -> Backer:
    party = case.parties.get(item.who)
    others = [other.who for other in case.guarantors.values() if other.id != item.id]
    called = (party.name if party is not None else item.who) if item.who not in others else item.id
    return Backer(
        name=item.name or called,
        kind=item.kind,
        penalty=_by_party(item.penalty, names, sampler),
        pays=_by_party(item.pays, names, sampler),
        slack=_one(item.word_stake, sampler) - _one(item.cost, sampler),
        active=item.active,
    )


def _one(quantity: Quantity | None, sampler: Sampler) -> Floats:
    return np.zeros(sampler.rows) if quantity is None else sampler.of(quantity)


def _by_party(table: Mapping[str, Quantity], names: tuple[str, ...], sampler: Sampler) -> Floats:
    return np.stack([_one(table.get(name), sampler) for name in names], axis=1)


def plan_of(case: Case) -> Plan | None:
    """The plan that the case gives, as places of its measures; None where it gives none."""
    if not case.plan:
        return None
    ids = list(case.measures)
    return tuple(tuple(ids.index(name) for name in block) for block in case.plan)


def at_once(deal: Deal) -> Plan:
    """All at once as far as the order allows: every measure in the earliest step that it can have."""
    done, plan = 0, []
    while done != (1 << len(deal.measures)) - 1:
        block = tuple(k for k, needs in enumerate(deal.after) if not done >> k & 1 and not needs & ~done)
        plan.append(block)
        done |= sum(1 << k for k in block)
    return tuple(plan)
