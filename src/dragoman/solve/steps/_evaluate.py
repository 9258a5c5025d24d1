"""A given plan: every party's value and slack in every step, over all draws at once.

1. Going back from the standing phase: V(T+1) = (F + d h D) / (1 - d (1 - h)), and
   V(t) = sum of w in the block + F(S_t) + d ((1 - h) V(t+1) + h D(S_t)).
2. X(t): the best defection.  Values add up, so each measure is withheld or undone by
   itself if that pays; where nothing pays, the least bad single one.  Minus the penalty.
3. Slack = V - X; infinite where a party has nothing to withhold or undo.
4. With ``notice`` steps of delay the others go on with their own measures for that many
   blocks; then withheld measures can stop later ones, values no longer add up by
   measure, and the defections are enumerated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.steps._deal import Deal, Flags, Floats, Plan, check_plan

TOLERANCE = 1e-9
MOST_ENUMERATED = 14


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Values and slacks of a plan: ``value`` and ``slack`` are (D, T + 1, n), the last step being the standing phase.

    ``fallback`` (D, T + 1, n) is what each party is left with if the process breaks down after
    the step.  ``holds`` (D,): every slack is at least -1e-9; ``worth_joining`` (D,): nobody is
    worse off in step 1 than with no deal.
    """

    plan: Plan
    value: Floats
    slack: Floats
    fallback: Floats
    holds: Flags
    worth_joining: Flags

    @property
    def least_slack(self) -> Floats:
        """(D,): the smallest slack of any party in any step."""
        least: Floats = self.slack.min(axis=(1, 2))
        return least


def evaluate(deal: Deal, plan: Plan) -> Evaluation:
    """Value and slack of every party in every step of ``plan``.

    Raises:
        MethodError: the plan is not one of this deal.
    """
    check_plan(deal, plan)
    after = _performed(plan, len(deal.measures))
    standing = np.array([*after, after[-1]])
    flows = deal.flow @ standing.T
    breakdown = deal.kept @ standing.T + deal.insured[:, :, None]
    value = _values(deal, plan, flows, breakdown)
    slack = value - _defections(deal, plan, after) if not deal.notice else value - _with_notice(deal, plan)
    value, slack = value.transpose(0, 2, 1), slack.transpose(0, 2, 1)
    return Evaluation(
        plan=plan,
        value=value,
        slack=slack,
        fallback=breakdown.transpose(0, 2, 1),
        holds=np.asarray((slack >= -TOLERANCE).all(axis=(1, 2))),
        worth_joining=np.asarray((value[:, 0] >= deal.no_deal - TOLERANCE).all(axis=1)),
    )


def _performed(plan: Plan, measures: int) -> Floats:
    """(T, K): 1 where a measure is performed by the end of a step."""
    rows = np.zeros((len(plan), measures))
    for step, block in enumerate(plan):
        rows[step:, list(block)] = 1
    return rows


def _values(deal: Deal, plan: Plan, flows: Floats, breakdown: Floats) -> Floats:
    d, h = deal.patience, deal.hazard[:, None]
    value = np.empty_like(flows)
    value[:, :, -1] = (flows[:, :, -1] + d * h * breakdown[:, :, -1]) / (1 - d * (1 - h))
    for step in range(len(plan) - 1, -1, -1):
        once = deal.once[:, :, list(plan[step])].sum(axis=2)
        ahead = (1 - h) * value[:, :, step + 1] + h * breakdown[:, :, step]
        value[:, :, step] = once + flows[:, :, step] + d * ahead
    return value


def best_gain(gains: Floats) -> Floats:
    """What the best choice of measures gains: all that pay, else the least bad one; -inf without any."""
    if not gains.shape[-1]:
        return np.full(gains.shape[:-1], -np.inf)
    paying = np.maximum(gains, 0).sum(axis=-1)
    single: Floats = gains.max(axis=-1)
    return np.where(paying > 0, paying, single)


def _defections(deal: Deal, plan: Plan, after: Floats) -> Floats:
    """(D, n, T + 1): the value of the best defection; -inf where there is none."""
    columns = []
    before: tuple[int, ...] = ()
    for step, block in enumerate(plan):
        gains = np.concatenate([deal.withhold[:, :, list(block)], deal.undo[:, :, list(before)]], axis=2)
        base = deal.once[:, :, list(block)].sum(axis=2) + _going_on(deal, after[step])
        columns.append(base + best_gain(gains))
        before = (*before, *block)
    columns.append(_going_on(deal, after[-1]) + best_gain(deal.undo))
    return np.stack(columns, axis=2) - deal.penalty[:, :, None]


def _going_on(deal: Deal, standing: Floats) -> Floats:
    """(D, n): flows of this step and what is kept afterwards, if nothing were withheld or undone."""
    return deal.flow @ standing + deal.patience * (deal.kept @ standing)


def _with_notice(deal: Deal, plan: Plan) -> Floats:
    columns = [
        np.stack([_best_unnoticed(deal, plan, step, party) for party in range(len(deal.parties))], axis=1)
        for step in range(len(plan) + 1)
    ]
    return np.stack(columns, axis=2) - deal.penalty[:, :, None]


def _best_unnoticed(deal: Deal, plan: Plan, step: int, party: int) -> Floats:
    block = plan[step] if step < len(plan) else ()
    before = tuple(place for earlier in plan[:step] for place in earlier)
    due = [place for place in block if deal.performs[party, place]]
    own = [place for place in before if deal.performs[party, place] and deal.reversible[place]]
    if len(due) + len(own) > MOST_ENUMERATED:
        raise MethodError(
            "notice", f"{len(due) + len(own)} measures to withhold or undo at once", f"at most {MOST_ENUMERATED}"
        )
    best = np.full(deal.draws, -np.inf)
    for withheld in _subsets(due):
        for undone in _subsets(own):
            if withheld or undone:
                breach = Breach(party=party, step=step, withheld=frozenset(withheld), undone=frozenset(undone))
                best = np.maximum(best, _unnoticed(deal, plan, breach))
    return best


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One defection: who, in which step, withholding and undoing which measures."""

    party: int
    step: int
    withheld: frozenset[int]
    undone: frozenset[int]


def _unnoticed(deal: Deal, plan: Plan, breach: Breach) -> Floats:
    """(D,): the value of one defection that the others see ``notice`` steps later."""
    step, party, withheld, undone = breach.step, breach.party, breach.withheld, breach.undone
    block = plan[step] if step < len(plan) else ()
    standing = {place for earlier in plan[:step] for place in earlier} | set(block)
    standing -= withheld | undone
    value = deal.once[:, party, [k for k in block if k not in withheld]].sum(axis=1)
    value = value - (deal.undone * deal.once[:, party])[:, sorted(undone)].sum(axis=1)
    value = value + deal.flow[:, party, sorted(standing)].sum(axis=1)
    factor = deal.patience[:, party]
    for delay in range(1, deal.notice + 1):
        later = plan[step + delay] if step + delay < len(plan) else ()
        mask = sum(1 << place for place in standing)
        done = [k for k in later if not deal.performs[party, k] and not deal.after[k] & ~mask]
        standing |= set(done)
        gained = deal.once[:, party, done].sum(axis=1) + deal.flow[:, party, sorted(standing)].sum(axis=1)
        value = value + factor * gained
        factor = factor * deal.patience[:, party]
    kept: Floats = deal.kept[:, party, sorted(standing)].sum(axis=1)
    total: Floats = value + factor * kept
    return total


def _subsets(items: list[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
