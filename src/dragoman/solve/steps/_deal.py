"""A deal as arrays: what each measure is worth to whom, over many draws at once.

Shapes: D draws, n parties, K measures.  All values are in the case's unit, flows,
patience and hazard per step.  Because values add up, everything that a breach or a
breakdown does is a sum over measures, so a few numbers per measure say it all:

* ``kept`` (D, n, K): what a standing measure is worth to i after a breakdown:
  f / (1 - d) where it stays, - u w where it is undone;
* ``withhold`` and ``undo`` (D, n, K): what i gains by not performing k in its step,
  and by undoing k performed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Regime = Literal["credible", "snapback"]
Plan: TypeAlias = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Backer:
    """A guarantor over the draws: ``penalty`` (D, n) adds to what defection costs, ``pays`` (D, n) insures.

    ``slack`` (D,) is what it loses by not acting less what acting costs; its threat or
    promise counts only where that is at least 0.
    """

    name: str
    kind: Literal["punish", "insure"]
    penalty: Floats
    pays: Floats
    slack: Floats
    active: bool = True

    def counted(self, values: Floats) -> Floats:
        """``values`` (D, n) where its threat or promise counts, else 0."""
        return np.where(self.slack[:, None] >= 0, values, 0.0)


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A deal's measures and values.

    ``once`` and ``flow`` are (D, n, K); ``undone`` (D, K); ``patience``, ``guarantee`` and
    ``no_deal`` (D, n); ``hazard`` (D,); ``performs`` (n, K); ``reversible`` (K,); ``after``
    gives for each measure the bits of those that must come before.
    """

    parties: tuple[str, ...]
    measures: tuple[str, ...]
    performs: Flags
    reversible: Flags
    after: tuple[int, ...]
    once: Floats
    flow: Floats
    undone: Floats
    patience: Floats
    hazard: Floats
    guarantee: Floats
    no_deal: Floats
    regime: Regime = "credible"
    notice: int = 0
    backers: tuple[Backer, ...] = ()

    @property
    def draws(self) -> int:
        """How many draws."""
        return len(self.hazard)

    @cached_property
    def penalty(self) -> Floats:
        """(D, n): what each party suffers if it defects: its guarantee and the active backers whose threat counts."""
        return sum((item.counted(item.penalty) for item in self.backers if item.active), self.guarantee)

    @cached_property
    def insured(self) -> Floats:
        """(D, n): what each party is paid when another defects or the process breaks down."""
        none = np.zeros_like(self.guarantee)
        return sum((item.counted(item.pays) for item in self.backers if item.active), none)

    def backed_by(self, names: Iterable[str]) -> Deal:
        """The deal with exactly these backers behind it."""
        chosen = set(names)
        return replace(self, backers=tuple(replace(item, active=item.name in chosen) for item in self.backers))

    @cached_property
    def reverts(self) -> Flags:
        """(D, K): which measures are undone after a breakdown, in this regime."""
        if self.regime == "snapback":
            return np.broadcast_to(self.reversible, self.undone.shape)
        gains = -self.undone[:, None, :] * self.once > self.flow / (1 - self.patience[:, :, None])
        return np.asarray((gains & self.performs).any(axis=1) & self.reversible)

    @cached_property
    def kept(self) -> Floats:
        """(D, n, K): what a measure performed is worth after a breakdown."""
        stays = self.flow / (1 - self.patience[:, :, None])
        return np.where(self.reverts[:, None, :], -self.undone[:, None, :] * self.once, stays)

    @cached_property
    def withhold(self) -> Floats:
        """(D, n, K): what a performer gains by withholding a measure; -inf where it is none."""
        gain = -self.once - self.flow - self.patience[:, :, None] * self.kept
        return np.where(self.performs, gain, -np.inf)

    @cached_property
    def undo(self) -> Floats:
        """(D, n, K): what a performer gains by undoing a measure; -inf where it cannot."""
        gain = -self.undone[:, None, :] * self.once - self.flow - self.patience[:, :, None] * self.kept
        return np.where(self.performs & self.reversible, gain, -np.inf)

    def draw(self, number: int) -> Deal:
        """One draw as a deal of its own (D = 1)."""
        return self._rows(np.array([number]))

    def repeated(self, times: int) -> Deal:
        """A deal of one draw repeated ``times`` as draws."""
        return self._rows(np.zeros(times, dtype=np.int64))

    def with_values(self, kind: Literal["once", "flow"], values: Floats) -> Deal:
        """The deal with another table of one-off values or flows, (D, n, K)."""
        return replace(self, once=values) if kind == "once" else replace(self, flow=values)

    def _rows(self, rows: npt.NDArray[np.int64]) -> Deal:
        return replace(
            self,
            once=self.once[rows],
            flow=self.flow[rows],
            undone=self.undone[rows],
            patience=self.patience[rows],
            hazard=self.hazard[rows],
            guarantee=self.guarantee[rows],
            no_deal=self.no_deal[rows],
            backers=tuple(
                replace(item, penalty=item.penalty[rows], pays=item.pays[rows], slack=item.slack[rows])
                for item in self.backers
            ),
        )

    def checked(self) -> Deal:
        """The deal itself, if it lies within the model's domain.

        Raises:
            MethodError: patience or hazard outside [0, 1), a negative penalty, a measure that nobody
                performs, a cycle in ``after``, or a number that is not finite.
        """
        if ((self.patience < 0) | (self.patience >= 1)).any():
            raise MethodError("patience", _worst(self.patience), "0 <= patience < 1 per step")
        if ((self.hazard < 0) | (self.hazard >= 1)).any():
            raise MethodError("hazard", _worst(self.hazard), "0 <= hazard < 1 per step")
        if (self.guarantee < 0).any():
            raise MethodError("guarantees", "a negative penalty", "0 or more")
        idle = np.flatnonzero(~self.performs.any(axis=0))
        if len(idle):
            raise MethodError(f"measures.{self.measures[idle[0]]}", "nobody performs it", "at least one performer")
        if not all(np.isfinite(values).all() for values in (self.once, self.flow, self.undone, self.no_deal)):
            raise MethodError("measures", "a value that is not a finite number", "finite values")
        _check_order(self.measures, self.after)
        return self


def _worst(values: Floats) -> str:
    return f"{values.min():g} to {values.max():g}"


def _check_order(names: Sequence[str], after: Sequence[int]) -> None:
    done, left = 0, set(range(len(after)))
    while left:
        ready = [place for place in left if not after[place] & ~done]
        if not ready:
            raise MethodError("after", f"a cycle among {', '.join(names[place] for place in sorted(left))}", "an order")
        done |= sum(1 << place for place in ready)
        left.difference_update(ready)


def check_plan(deal: Deal, plan: Plan) -> None:
    """Nothing, if ``plan`` performs every measure once, in non-empty blocks that respect the order.

    Raises:
        MethodError: what is wrong with it.
    """
    flat = [place for block in plan for place in block]
    if sorted(flat) != list(range(len(deal.measures))):
        raise MethodError("plan", f"{len(flat)} measures in {len(plan)} blocks", "every measure of the deal once")
    done = 0
    for number, block in enumerate(plan, start=1):
        if not block:
            raise MethodError("plan", f"step {number} is empty", "at least one measure in every step")
        for place in block:
            if deal.after[place] & ~done:
                raise MethodError(
                    "plan", f"{deal.measures[place]} in step {number}", "an earlier step for what it follows"
                )
        done |= sum(1 << place for place in block)
