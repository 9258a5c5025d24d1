"""The definitions of the steps model, computed plan by plan and subset by subset: slow, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from dragoman.solve.steps import Deal, Plan


def subsets(items: list[int]) -> Iterator[tuple[int, ...]]:
    """Every subset of ``items``, the empty one included."""
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def undone_after(deal: Deal, standing: set[int]) -> set[int]:
    """U(S) of the regime, for draw 0."""
    found = set()
    for k in standing:
        if not deal.reversible[k]:
            continue
        if deal.regime == "snapback":
            found.add(k)
            continue
        for p in range(len(deal.parties)):
            gain = -deal.undone[0, k] * deal.once[0, p, k]
            if deal.performs[p, k] and gain > deal.flow[0, p, k] / (1 - deal.patience[0, p]):
                found.add(k)
    return found


def breakdown(deal: Deal, i: int, standing: set[int]) -> float:
    """D_i(S) without insurance."""
    gone = undone_after(deal, standing)
    stay = sum(deal.flow[0, i, k] for k in standing - gone) / (1 - deal.patience[0, i])
    return float(stay - sum(deal.undone[0, k] * deal.once[0, i, k] for k in gone))


def flows(deal: Deal, i: int, standing: set[int]) -> float:
    """F_i(S)."""
    return float(sum(deal.flow[0, i, k] for k in standing))


def slacks(deal: Deal, plan: Plan) -> tuple[list[list[float]], list[list[float]]]:
    """V and V - X for each step (the standing phase last) and party, by enumeration of all defections."""
    n, h = len(deal.parties), float(deal.hazard[0])
    performed: list[set[int]] = []
    for block in plan:
        performed.append((performed[-1] if performed else set()) | set(block))
    values: list[list[float]] = [[0.0] * n for _ in range(len(plan) + 1)]
    slack: list[list[float]] = [[0.0] * n for _ in range(len(plan) + 1)]
    for i in range(n):
        d, g = float(deal.patience[0, i]), float(deal.penalty[0, i])
        whole = performed[-1]
        ends = breakdown(deal, i, whole) + float(deal.insured[0, i])
        values[-1][i] = (flows(deal, i, whole) + d * h * ends) / (1 - d * (1 - h))
        slack[-1][i] = values[-1][i] - _best(deal, i, [], whole, set(), d) + g
        for t in range(len(plan) - 1, -1, -1):
            here = performed[t]
            once = float(sum(deal.once[0, i, k] for k in plan[t]))
            ends = breakdown(deal, i, here) + float(deal.insured[0, i])
            values[t][i] = once + flows(deal, i, here) + d * ((1 - h) * values[t + 1][i] + h * ends)
            before = performed[t - 1] if t else set()
            slack[t][i] = values[t][i] - _best(deal, i, list(plan[t]), before, set(plan[t]), d) + g
    return values, slack


def _best(deal: Deal, i: int, block: list[int], before: set[int], now: set[int], d: float) -> float:
    due = [k for k in block if deal.performs[i, k]]
    own = [k for k in before if deal.performs[i, k] and deal.reversible[k]]
    best = float("-inf")
    for withheld in subsets(due):
        for undone in subsets(own):
            if not withheld and not undone:
                continue
            left = (before | now) - set(withheld) - set(undone)
            value = sum(deal.once[0, i, k] for k in now - set(withheld))
            value -= sum(deal.undone[0, k] * deal.once[0, i, k] for k in undone)
            best = max(best, float(value) + flows(deal, i, left) + d * breakdown(deal, i, left))
    return best


def holds(deal: Deal, plan: Plan) -> bool:
    """Whether every slack is at least -1e-9."""
    return all(value >= -1e-9 for row in slacks(deal, plan)[1] for value in row)


def plans(deal: Deal) -> Iterator[Plan]:
    """Every ordered partition of the measures that respects ``after``."""

    def go_on(done: int) -> Iterator[Plan]:
        if done == (1 << len(deal.measures)) - 1:
            yield ()
            return
        ready = [k for k, needs in enumerate(deal.after) if not done >> k & 1 and not needs & ~done]
        for block in subsets(ready):
            if block:
                for rest in go_on(done | sum(1 << k for k in block)):
                    yield (block, *rest)

    return go_on(0)
