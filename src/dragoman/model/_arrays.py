"""The spatial part of a case as arrays, one row a draw.

Draws come from each number's own stream (see ``_quantity``): draw d is the same
whatever the chunk in which it is made.  ``given`` sets numbers by path, for tornado
and Sobol designs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from dragoman.errors import MethodError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from dragoman.model._bargain import Issue
    from dragoman.model._case import Case
    from dragoman.model._quantity import Floats, Quantity

    Given: TypeAlias = Mapping[str, ArrayLike]


@dataclass(frozen=True, kw_only=True)
class Spatial:
    """Positions, saliences and capabilities of n parties on m issues in D draws.

    ``position``, ``salience`` (0..1) and ``capability`` are (D, n, m), NaN where a party
    takes no part in an issue; ``present`` (n, m) says where it does; ``status_quo`` is
    (D, m), NaN where the case gives none; ``low`` and ``high`` (m,) are the scales' ends.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    capability: NDArray[np.float64]
    present: NDArray[np.bool_]
    status_quo: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def draws(self) -> int:
        """D, the number of draws."""
        return int(self.position.shape[0])


@dataclass(frozen=True, kw_only=True)
class OneIssue:
    """One issue's table: the parties that take part, and (D, n) numbers."""

    issue: str
    parties: tuple[str, ...]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    capability: NDArray[np.float64]
    status_quo: NDArray[np.float64]
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Sampler:
    """Draws ``start`` to ``start + draws`` under ``seed``; no draws: the central values, as one row.

    ``given`` sets numbers by path, to one value or one a draw.
    """

    draws: int = 0
    seed: int = 0
    start: int = 0
    given: Given | None = None

    @property
    def rows(self) -> int:
        """How many rows each array has."""
        return max(self.draws, 1)

    def of(self, quantity: Quantity) -> Floats:
        """The numbers of ``quantity``, (rows,)."""
        if self.given is not None and quantity.path in self.given:
            return np.broadcast_to(np.asarray(self.given[quantity.path], dtype=float), (self.rows,))
        if not self.draws:
            return np.array([quantity.central()])
        return quantity.draws(self.draws, seed=self.seed, start=self.start)


def spatial(case: Case, issues: str | Iterable[str] | None, sampler: Sampler, *, seated: bool = True) -> Spatial:
    """The arrays of ``issues`` (one, several, or None for all but side disputes).

    Raises:
        UnknownNameError: there is no such issue.
        MethodError: a party that takes part has no capability.
    """
    names = _issues(case, issues)
    parties = case.seats if seated else tuple(case.parties)
    shape = (sampler.rows, len(parties), len(names))
    position, salience, capability = (np.full(shape, np.nan) for _ in range(3))
    for column, name in enumerate(names):
        for row, numbers in _stands(case, case.issues[name], parties):
            for array, number in zip((position, salience, capability), numbers, strict=True):
                array[:, row, column] = sampler.of(number)
    scales = [case.issues[name].scale for name in names]
    return Spatial(
        parties=parties,
        issues=names,
        position=position,
        salience=salience,
        capability=capability,
        present=~np.isnan(position[0]),
        status_quo=_status_quo(case, names, sampler),
        low=np.array([scale.low for scale in scales]),
        high=np.array([scale.high for scale in scales]),
    )


def one_issue(case: Case, issue: str, sampler: Sampler, *, seated: bool = True) -> OneIssue:
    """The table of one issue: only the parties that take part in it.

    Raises:
        UnknownNameError: there is no such issue.
        MethodError: nobody takes part, or a party that does has no capability.
    """
    table = spatial(case, issue, sampler, seated=seated)
    here = table.present[:, 0]
    if not here.any():
        raise MethodError(f"issues.{issue}.positions", "no party with a seat takes part", "at least one position")
    return OneIssue(
        issue=issue,
        parties=tuple(party for party, present in zip(table.parties, here, strict=True) if present),
        position=table.position[:, here, 0],
        salience=table.salience[:, here, 0],
        capability=table.capability[:, here, 0],
        status_quo=table.status_quo[:, 0],
        low=float(table.low[0]),
        high=float(table.high[0]),
    )


def _issues(case: Case, issues: str | Iterable[str] | None) -> tuple[str, ...]:
    if issues is None:
        return tuple(name for name, issue in case.issues.items() if not issue.side)
    names = (issues,) if isinstance(issues, str) else tuple(issues)
    for name in names:
        if name not in case.issues:
            raise UnknownNameError("issue", name, tuple(case.issues))
    return names


def _stands(
    case: Case, issue: Issue, parties: tuple[str, ...]
) -> Iterator[tuple[int, tuple[Quantity, Quantity, Quantity]]]:
    """Row, and position, salience and capability, of every party that takes part in ``issue``."""
    for row, party in enumerate(parties):
        stand = issue.positions.get(party)
        if stand is None:
            continue
        path = f"issues.{issue.id}.positions.{party}"
        power = stand.capability or case.parties[party].capability
        if power is None:
            raise MethodError(f"parties.{party}", "no capability", f"one, or {path}.capability")
        if stand.salience is None:
            raise MethodError(path, "no salience", "how much the party cares")
        yield row, (stand.position, stand.salience, power)


def _status_quo(case: Case, names: tuple[str, ...], sampler: Sampler) -> Floats:
    columns = np.full((sampler.rows, len(names)), np.nan)
    for column, name in enumerate(names):
        status_quo = case.issues[name].status_quo
        if status_quo is not None:
            columns[:, column] = sampler.of(status_quo)
    return columns


@dataclass(frozen=True, kw_only=True)
class MeasureArrays:
    """The steps' numbers of n parties and K measures in D draws, all per step.

    ``once`` and ``flow`` are (D, K, n); ``undone`` is (D, K), 0 for what is not
    reversible; ``patience``, ``guarantee`` and ``no_deal`` are (D, n); ``hazard`` is
    (D,).  ``performs`` (K, n), ``reversible`` (K,) and ``after`` (K, K: row after
    column) are truth values.
    """

    parties: tuple[str, ...]
    measures: tuple[str, ...]
    once: NDArray[np.float64]
    flow: NDArray[np.float64]
    undone: NDArray[np.float64]
    patience: NDArray[np.float64]
    hazard: NDArray[np.float64]
    guarantee: NDArray[np.float64]
    no_deal: NDArray[np.float64]
    performs: NDArray[np.bool_]
    reversible: NDArray[np.bool_]
    after: NDArray[np.bool_]


def deal(case: Case, sampler: Sampler) -> MeasureArrays:
    """The steps' numbers, yearly rates and flows converted to steps.

    A yearly patience d becomes d ** step_years, a yearly hazard h becomes
    1 - (1 - h) ** step_years, a yearly flow f becomes f * step_years.  The parties are
    those that have a patience or perform a measure, in the order of the case.

    Raises:
        MethodError: there is no measure, or one of these parties has no patience.
    """
    measures = tuple(case.measures.values())
    if not measures:
        raise MethodError("measures", "no measures", "at least one measure of the deal")
    performers = {party for measure in measures for party in measure.performers}
    parties = tuple(party for party in case.parties if party in case.patience or party in performers)
    for party in parties:
        if party not in case.patience:
            raise MethodError("patience", f"no patience of {party}, which performs a measure", f"patience.{party}")
    per_step = case.step_years if case.flow_per == "year" else 1.0
    order = {measure.id: at for at, measure in enumerate(measures)}
    after = np.zeros((len(measures), len(measures)), dtype=bool)
    for measure in measures:
        after[order[measure.id], [order[name] for name in measure.after]] = True
    return MeasureArrays(
        parties=parties,
        measures=tuple(order),
        once=np.stack([_row(measure.once, parties, sampler) for measure in measures], axis=1),
        flow=np.stack([_row(measure.flow, parties, sampler) for measure in measures], axis=1) * per_step,
        undone=np.stack([_share(measure.undone, measure.reversible, sampler) for measure in measures], axis=1),
        patience=_yearly(_row(case.patience, parties, sampler), case.patience_per, case.step_years),
        hazard=1 - _yearly(1 - _or_zero(case.hazard, sampler), case.hazard_per, case.step_years),
        guarantee=_row(case.guarantees, parties, sampler),
        no_deal=_row(case.no_deal, parties, sampler),
        performs=np.array([[party in measure.performers for party in parties] for measure in measures]),
        reversible=np.array([measure.reversible for measure in measures]),
        after=after,
    )


def _yearly(share: Floats, per: str, step_years: float) -> Floats:
    return share**step_years if per == "year" else share


def _or_zero(quantity: Quantity | None, sampler: Sampler) -> Floats:
    return np.zeros(sampler.rows) if quantity is None else sampler.of(quantity)


def _share(undone: Quantity | None, reversible: bool, sampler: Sampler) -> Floats:
    if undone is None:
        return np.full(sampler.rows, float(reversible))
    return sampler.of(undone)


def _row(numbers: Mapping[str, Quantity], parties: tuple[str, ...], sampler: Sampler) -> Floats:
    return np.stack([_or_zero(numbers.get(party), sampler) for party in parties], axis=1)
