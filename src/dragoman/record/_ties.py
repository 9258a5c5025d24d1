"""Cooperation and conflict between states by period, kept apart."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from dragoman.errors import UnknownNameError
from dragoman.record._events import COARSER, PERIODS
from dragoman.record._filters import Where
from dragoman.record._store import Store
from dragoman.record.views import Tie


def tie_rows(store: Store, window: str, where: Where) -> tuple[Tie, ...]:
    """Goldstein sums of events held, by pair and period; events whose date is coarser than the period stand out.

    The Goldstein value of an event counts with its sign's class by quad: where
    quad says conflict, the value is taken as its size.
    """
    if window not in PERIODS:
        raise UnknownNameError("window", window, list(PERIODS))
    period, coarse = PERIODS[window].format("p.day"), ",".join(f"'{name}'" for name in COARSER[window])
    rows = store.rows(
        f"SELECT p.a, p.b, {period} AS period, "
        "round(sum(CASE WHEN p.quad < 3 THEN abs(coalesce(p.goldstein, 0)) ELSE 0 END), 6), "
        "round(sum(CASE WHEN p.quad > 2 THEN abs(coalesce(p.goldstein, 0)) ELSE 0 END), 6), "
        "sum(p.quad < 3), sum(p.quad > 2) FROM joined_pairs p WHERE p.status = 'held' AND p.day IS NOT NULL "
        f"AND NOT (p.dated AND coalesce(p.precision, '') IN ({coarse})) AND {where.sql} "
        "GROUP BY p.a, p.b, period ORDER BY p.a, p.b, period",
        where.values,
    )
    covered = _covered(store, window)
    return tuple(
        Tie(a=row[0], b=row[1], period=row[2], cooperation=row[3], conflict=row[4], n_cooperation=row[5],
        n_conflict=row[6],
            covered=covered.get((row[0], row[1], row[2]), 0))
        for row in rows
    )  # fmt: skip


def _covered(store: Store, window: str) -> dict[tuple[str, str, str], int]:
    period = PERIODS[window].format("day")
    rows = store.rows(f"SELECT a, b, {period} AS period, sum(n) FROM covered GROUP BY a, b, period")
    return {(a, b, label): number for a, b, label, number in rows}
