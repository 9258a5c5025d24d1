"""How sure: equilibria over draws of the preferences.

1. In each draw, each pair of neighbouring statements (or tie groups) changes places
   with the stated probability, taking pairs from the least important upwards.
2. The share of draws in which a state is an equilibrium is its *robustness*, with a
   Wilson interval; it is not a probability that the state comes about.
3. The judgement that matters most is the pair whose swap changes that share most.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError
from dragoman.solve.graph._case import Problem
from dragoman.solve.graph._stability import CONCEPTS, Sanctions, analyse

SWAP = 0.2
MOST_WORK = 1 << 22
FEWEST = 100
Z95 = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Two neighbouring statements of a party, and how far the share of the state moves when they swap."""

    party: int
    above: int
    state: int
    concept: str
    change: float


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """Share of draws in which each state is an equilibrium, by concept: shape (states,), with its 95 % interval."""

    draws: int
    share: dict[str, npt.NDArray[np.float64]]
    low: dict[str, npt.NDArray[np.float64]]
    high: dict[str, npt.NDArray[np.float64]]
    matters: tuple[Judgement, ...]


def robustness(
    problem: Problem,
    *,
    draws: int,
    seed: int,
    swap: float = SWAP,
    concept: str = "SEQ",
    sanctions: Sanctions = "sequences",
) -> Robustness:
    """Draw the preferences and count equilibria; ``concept`` is the one for which judgements are weighed.

    Args:
        problem: the conflict with its orderings.
        draws: how many draws, at least 1.
        seed: draw d uses the d-th child of this seed, whatever the number of draws.
        swap: probability of a swap where the case states none.
        concept: the concept for which the judgement that matters most is sought.
        sanctions: what others may answer with.

    Raises:
        MethodError: ``draws`` is below 1 or ``swap`` outside 0..1.
    """
    if draws < 1 or not 0 <= swap <= 1:
        raise MethodError("draws", f"{draws} draws, swap probability {swap}", "at least 1 draw and 0 <= swap <= 1")
    swapped = _swaps(problem, draws, seed, swap)
    held = _equilibria(problem, swapped, sanctions)
    count = {name: rows.sum(axis=0) for name, rows in held.items()}
    bounds = {name: wilson(found, draws) for name, found in count.items()}
    return Robustness(
        draws=draws,
        share={name: found / draws for name, found in count.items()},
        low={name: pair[0] for name, pair in bounds.items()},
        high={name: pair[1] for name, pair in bounds.items()},
        matters=_what_matters(swapped, held[concept], concept),
    )


def draws_within(draws: int, states: int) -> int:
    """As many of ``draws`` as so many states allow in reasonable time; none where few would be left."""
    most = MOST_WORK // states
    return draws if draws <= most else most if most >= FEWEST else 0


def wilson(count: npt.NDArray[np.int64], n: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The 95 % Wilson interval of shares ``count / n``."""
    share = count / n
    middle = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _swaps(problem: Problem, draws: int, seed: int, swap: float) -> list[npt.NDArray[np.bool_]]:
    """For each party, which neighbouring pairs swap in each draw: shape (draws, pairs)."""
    pairs = [max(ordering.length - 1, 0) for ordering in problem.orderings]
    chance = [ordering.swap if ordering.swap is not None else swap for ordering in problem.orderings]
    uniforms = np.stack([np.random.default_rng([seed, draw]).random(sum(pairs)) for draw in range(draws)])
    parts = np.split(uniforms, np.cumsum(pairs)[:-1], axis=1)
    return [part < p for part, p in zip(parts, chance, strict=True)]


def order_after(swaps: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """The order of statements after the marked neighbours swapped, from the last pair to the first."""
    order = list(range(len(swaps) + 1))
    for place in reversed(np.flatnonzero(swaps)):
        order[place], order[place + 1] = order[place + 1], order[place]
    return tuple(order)


def _equilibria(
    problem: Problem, swapped: list[npt.NDArray[np.bool_]], sanctions: Sanctions
) -> dict[str, npt.NDArray[np.bool_]]:
    """By concept, which states are equilibria in each draw: shape (draws, states)."""
    known: dict[tuple[tuple[int, ...], ...], dict[str, npt.NDArray[np.bool_]]] = {}
    rows = []
    for draw in range(len(swapped[0])):
        orders = tuple(order_after(part[draw]) for part in swapped)
        if orders not in known:
            known[orders] = _solve_order(problem, orders, sanctions)
        rows.append(known[orders])
    return {name: np.stack([row[name] for row in rows]) for name in CONCEPTS}


def _solve_order(
    problem: Problem, orders: tuple[tuple[int, ...], ...], sanctions: Sanctions
) -> dict[str, npt.NDArray[np.bool_]]:
    states = len(problem.conflict.states)
    ranks = np.stack(
        [
            ordering.ranks(states, order) if ordering.length else ordering.ranks(states)
            for ordering, order in zip(problem.orderings, orders, strict=True)
        ]
    )
    stable = analyse(replace(problem.conflict, ranks=ranks), sanctions=sanctions).by_concept
    return {name: np.asarray(flags.all(axis=0)) for name, flags in stable.items()}


def _what_matters(
    swapped: list[npt.NDArray[np.bool_]], held: npt.NDArray[np.bool_], concept: str
) -> tuple[Judgement, ...]:
    found = []
    for party, part in enumerate(swapped):
        for pair in range(part.shape[1]):
            with_, without = part[:, pair], ~part[:, pair]
            if not with_.any() or not without.any():
                continue
            change = held[with_].mean(axis=0) - held[without].mean(axis=0)
            state = int(np.abs(change).argmax())
            found.append(Judgement(party=party, above=pair, state=state, concept=concept, change=float(change[state])))
    return tuple(sorted(found, key=lambda item: (-abs(item.change), item.party, item.above)))
