"""The best plan, searched exactly: value vectors kept as Pareto sets, set by set.

1. States are the sets S of measures performed, as bits; a continuation from S is a
   vector of values, one entry a party, with the objective's own coordinate.
2. The whole deal has one: the standing phase, if it holds.
3. Going back, every block B that the order allows and every continuation of S + B give
   a vector; it is kept if each party's constraint holds (not asked when the nearest
   plan is sought) and no other dominates it in every party and in the coordinate.
   More continuation value never hurts a constraint, so nothing that matters is lost.
4. Coordinates: fewest steps, minus the steps so far; greatest least slack, the least
   slack so far; joint value needs none.  "any that holds" only asks whether there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError
from dragoman.solve.steps._deal import Deal, Floats, Plan
from dragoman.solve.steps._evaluate import TOLERANCE, evaluate

Objective = Literal["fewest steps", "greatest least slack", "joint value", "any that holds"]
OBJECTIVES: tuple[Objective, ...] = ("fewest steps", "greatest least slack", "joint value")
Masks: TypeAlias = npt.NDArray[np.int64]

MOST_UNORDERED = 8
MOST_MEASURES = 16
MOST_PAIRS = 20_000
BOUND_WIDTH = 8


@dataclass(frozen=True, kw_only=True)
class Front:
    """The continuations kept at one set: values (m, n), coordinate (m,), the block taken and the next row."""

    values: Floats
    coordinate: Floats
    block: Masks
    following: Masks


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Sums over every set of measures, by its bits: (2^K, n) each."""

    once: Floats
    flow: Floats
    kept: Floats
    withhold_paying: Floats
    withhold_single: Floats
    undo_paying: Floats
    undo_single: Floats


@dataclass(frozen=True, kw_only=True)
class Task:
    """One search: the deal, its tables, the objective, and the least slack below which a plan does not count."""

    deal: Deal
    tables: Tables
    objective: Objective
    floor: float


@dataclass(frozen=True, kw_only=True)
class Found:
    """The best plan for an objective, and how much was searched; ``plan`` is None where none holds."""

    objective: Objective
    plan: Plan | None
    sets: int
    pairs: int
    exact: bool = True
    left_out: str = ""


def best_plan(deal: Deal, objective: Objective, *, holding: bool = True, width: int | None = None) -> Found:
    """The best plan of a single draw's deal.

    Args:
        deal: a deal of one draw without notice (the search has none).
        objective: which plan is best.
        holding: only plans that hold; else any plan, for the one that comes nearest.
        width: a beam instead of the exact search: how many continuations are kept at each set.

    Raises:
        MethodError: the deal has several draws, or is too large even for a beam.
    """
    if deal.draws != 1:
        raise MethodError("search", f"{deal.draws} draws", "one draw at a time")
    if len(deal.measures) > MOST_MEASURES:
        raise MethodError("measures", f"{len(deal.measures)} measures", f"at most {MOST_MEASURES}")
    floor = -TOLERANCE
    if not holding:
        floor = -np.inf if width is not None else _reached_by_beam(deal, objective)
    return _search(deal, objective, floor, width)


def _reached_by_beam(deal: Deal, objective: Objective) -> float:
    """A least slack that some plan has: nothing below it can be the greatest."""
    if objective != "greatest least slack":
        return -np.inf
    found = _search(deal, objective, -np.inf, BOUND_WIDTH)
    if found.plan is None:
        return -np.inf
    least = float(evaluate(replace(deal, notice=0), found.plan).least_slack[0])
    return least - 1e-9 * (1 + abs(least))


def _search(deal: Deal, objective: Objective, floor: float, width: int | None) -> Found:
    sets = _ideals(deal)
    task = Task(deal=deal, tables=_tables(deal), objective=objective, floor=floor)
    fronts: dict[int, Front] = {}
    pairs = 0
    whole = (1 << len(deal.measures)) - 1
    for done in sets:
        if done == whole:
            front = _standing(task, whole)
        else:
            blocks = _blocks(deal, done)
            pairs += len(blocks)
            front = _back_from(task, fronts, done, blocks)
        if len(front.coordinate):
            fronts[done] = _narrowed(front, objective, width)
    exact = width is None
    left = "" if exact else f"a beam of {width} continuations at each set of measures; others were not searched"
    plan = _trace(fronts, objective) if 0 in fronts else None
    return Found(objective=objective, plan=plan, sets=len(sets), pairs=pairs, exact=exact, left_out=left)


def pairs_of(deal: Deal) -> int:
    """How many (set, block) pairs the exact search goes through."""
    return sum(len(_blocks(deal, done)) for done in _ideals(deal) if done != (1 << len(deal.measures)) - 1)


def can_search(deal: Deal) -> bool:
    """Whether the exact search is within its stated size."""
    if len(deal.measures) <= MOST_UNORDERED:
        return True
    return len(deal.measures) <= MOST_MEASURES and pairs_of(deal) <= MOST_PAIRS


def _ideals(deal: Deal) -> list[int]:
    """Every set that the order allows to have been performed, the largest first."""
    found, front = {0}, [0]
    while front:
        front = sorted(
            {
                done | 1 << place
                for done in front
                for place, needs in enumerate(deal.after)
                if not done >> place & 1 and not needs & ~done
            }
            - found
        )
        found.update(front)
    return sorted(found, key=lambda done: (-done.bit_count(), done))


def _blocks(deal: Deal, done: int) -> Masks:
    """Every non-empty block that may follow ``done``."""
    ready = [1 << place for place, needs in enumerate(deal.after) if not done >> place & 1 and not needs & ~done]
    blocks = np.zeros(1, dtype=np.int64)
    for bit in ready:
        blocks = np.concatenate([blocks, blocks | bit])
    return blocks[1:]


def _tables(deal: Deal) -> Tables:
    withhold, undo = deal.withhold[0].T, deal.undo[0].T
    return Tables(
        once=_sums(deal.once[0].T),
        flow=_sums(deal.flow[0].T),
        kept=_sums(deal.kept[0].T),
        withhold_paying=_sums(np.maximum(withhold, 0)),
        withhold_single=_maxima(withhold),
        undo_paying=_sums(np.maximum(undo, 0)),
        undo_single=_maxima(undo),
    )


def _sums(rows: Floats) -> Floats:
    table = np.zeros((1, rows.shape[1]))
    for row in rows:
        table = np.concatenate([table, table + row])
    return table


def _maxima(rows: Floats) -> Floats:
    table = np.full((1, rows.shape[1]), -np.inf)
    for row in rows:
        table = np.concatenate([table, np.maximum(table, row)])
    return table


def _standing(task: Task, whole: int) -> Front:
    deal, tables = task.deal, task.tables
    d, h = deal.patience[0], deal.hazard[0]
    kept = tables.kept[whole] + deal.insured[0]
    value = (tables.flow[whole] + d * h * kept) / (1 - d * (1 - h))
    gain = np.where(tables.undo_paying[whole] > 0, tables.undo_paying[whole], tables.undo_single[whole])
    slack = value - (tables.flow[whole] + d * tables.kept[whole] + gain - deal.penalty[0])
    keep = np.array([bool((slack >= task.floor).all())])
    coordinate = np.array([float(slack.min()) if task.objective == "greatest least slack" else 0.0])
    none = np.full(1, -1, dtype=np.int64)
    return Front(values=value[None][keep], coordinate=coordinate[keep], block=none[keep], following=none[keep])


def _back_from(task: Task, fronts: dict[int, Front], done: int, blocks: Masks) -> Front:
    deal, tables = task.deal, task.tables
    blocks = np.array([block for block in blocks.tolist() if done | block in fronts], dtype=np.int64)
    if not len(blocks):
        return _no_front(len(deal.parties))
    following = [fronts[done | block] for block in blocks.tolist()]
    sizes = np.array([len(front.coordinate) for front in following])
    row = np.repeat(np.arange(len(blocks)), sizes)
    ahead = np.concatenate([front.values for front in following])
    coordinate = np.concatenate([front.coordinate for front in following])
    place = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)

    after = done | blocks
    d, h = deal.patience[0], deal.hazard[0]
    now = tables.once[blocks] + tables.flow[after]
    kept = tables.kept[after]
    values = (now + d * h * (kept + deal.insured[0]))[row] + d * (1 - h) * ahead
    paying = tables.withhold_paying[blocks] + tables.undo_paying[done]
    single = np.maximum(tables.withhold_single[blocks], tables.undo_single[done])
    breach = now + d * kept + np.where(paying > 0, paying, single) - deal.penalty[0]
    slack = (values - breach[row]).min(axis=1)
    if task.objective == "fewest steps":
        coordinate = coordinate - 1
    elif task.objective == "greatest least slack":
        coordinate = np.minimum(coordinate, slack)
    keep = np.flatnonzero(slack >= task.floor)
    keep = keep[undominated(_compared(task, values[keep], coordinate[keep]))]
    return Front(values=values[keep], coordinate=coordinate[keep], block=blocks[row[keep]], following=place[keep])


def _compared(task: Task, values: Floats, coordinate: Floats) -> Floats:
    """The columns in which dominance is asked: parties with constraints, what the objective adds, nothing else.

    A party that performs nothing never has a constraint; its value counts in the joint value alone.
    """
    bound = task.deal.performs.any(axis=1)
    if task.objective == "joint value":
        return np.column_stack([values[:, bound], values[:, ~bound].sum(axis=1)])
    if task.objective == "any that holds":
        return values[:, bound]
    return np.column_stack([values[:, bound], coordinate])


def _no_front(parties: int) -> Front:
    none = np.empty(0, dtype=np.int64)
    return Front(values=np.empty((0, parties)), coordinate=np.empty(0), block=none, following=none)


def undominated(points: Floats, *, chunk: int = 256) -> Masks:
    """The rows that no other row equals or exceeds in every column; of equal rows the first."""
    order = np.lexsort((np.arange(len(points)), *(-points[:, ::-1].T)))
    total = -points[order].sum(axis=1)
    order = order[np.argsort(total, kind="stable")]
    kept = np.empty((0, points.shape[1]))
    places: list[Masks] = []
    for begin in range(0, len(order), chunk):
        rows = order[begin : begin + chunk]
        rows = rows[~_covered(points[rows], kept)]
        rows = rows[~_covered_within(points[rows])]
        places.append(rows)
        kept = np.concatenate([kept, points[rows]])
    return np.sort(np.concatenate(places)) if places else np.empty(0, dtype=np.int64)


def _covered(rows: Floats, by: Floats) -> npt.NDArray[np.bool_]:
    if not len(by):
        return np.zeros(len(rows), dtype=bool)
    covered = np.ones((len(rows), len(by)), dtype=bool)
    for column in range(rows.shape[1]):
        covered &= by[None, :, column] >= rows[:, None, column]
    return np.asarray(covered.any(axis=1))


def _covered_within(rows: Floats) -> npt.NDArray[np.bool_]:
    """Rows in descending order of their sum: only an earlier row can cover a later one."""
    covered = np.tril(np.ones((len(rows), len(rows)), dtype=bool), k=-1)
    for column in range(rows.shape[1]):
        covered &= rows[None, :, column] >= rows[:, None, column]
    return np.asarray(covered.any(axis=1))


def _narrowed(front: Front, objective: Objective, width: int | None) -> Front:
    if width is None or len(front.coordinate) <= width:
        return front
    best = np.argsort(-_score(front, objective), kind="stable")[:width]
    return Front(
        values=front.values[best],
        coordinate=front.coordinate[best],
        block=front.block[best],
        following=front.following[best],
    )


def _score(front: Front, objective: Objective) -> Floats:
    joint: Floats = front.values.sum(axis=1)
    if objective == "joint value":
        return joint
    scale = 1 + np.abs(joint).max()
    score: Floats = front.coordinate + 1e-9 * joint / scale
    return score


def _trace(fronts: dict[int, Front], objective: Objective) -> Plan:
    done, row = 0, int(_score(fronts[0], objective).argmax())
    plan: list[tuple[int, ...]] = []
    while (block := int(fronts[done].block[row])) >= 0:
        row = int(fronts[done].following[row])
        done |= block
        plan.append(tuple(place for place in range(block.bit_length()) if block >> place & 1))
    return tuple(plan)
