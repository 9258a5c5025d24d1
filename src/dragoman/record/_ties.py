"""Cooperation and conflict between states by period, kept apart."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections.abc import Sequence

from dragoman.errors import UnknownNameError
from dragoman.record._events import COARSER, PERIODS
from dragoman.record._filters import Where
from dragoman.record._store import Store
from dragoman.record.views import FadedTie, FadedTies, Tie


def tie_rows(
    store: Store, window: str, where: Where, pairs: Sequence[tuple[str, str]] | None = None
) -> tuple[Tie, ...]:
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
    covered = _covered(store, window, pairs)
    return tuple(
        Tie(a=row[0], b=row[1], period=row[2], cooperation=row[3], conflict=row[4], n_cooperation=row[5],
        n_conflict=row[6],
            covered=covered.get((row[0], row[1], row[2]), 0))
        for row in rows
    )  # fmt: skip


def _covered(store: Store, window: str, pairs: Sequence[tuple[str, str]] | None) -> dict[tuple[str, str, str], int]:
    table, column = ("covered_months", "month") if window in ("month", "year") else ("covered", "day")
    period, chosen = PERIODS[window].format(f"p.{column}"), "" if pairs is None else f"WHERE {IN_PAIRS}"
    rows = store.rows(
        f"SELECT p.a, p.b, {period} AS period, sum(p.n) FROM {table} p {chosen} GROUP BY p.a, p.b, period",
        () if pairs is None else (json.dumps(list(pairs)),),
    )
    return {(a, b, label): number for a, b, label, number in rows}


IN_PAIRS = "(p.a, p.b) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
_EVENTS = f"""
FROM joined_pairs p {{join}} WHERE p.status = 'held' AND p.day IS NOT NULL AND p.day <= ?
AND NOT (p.dated AND coalesce(p.precision, '') IN ({",".join(f"'{name}'" for name in COARSER["month"])}))
AND (? IS NULL OR p.a = ? OR p.b = ?)
"""
_WEIGHTS = "WITH w AS MATERIALIZED (SELECT key AS month, value AS w FROM json_each(?))"
_GOLDSTEIN = "abs(coalesce(p.goldstein, 0)) * w.w"
_FADED = f"""{_WEIGHTS}
SELECT p.a, p.b, sum(CASE WHEN p.quad < 3 THEN {_GOLDSTEIN} ELSE 0 END),
  sum(CASE WHEN p.quad > 2 THEN {_GOLDSTEIN} ELSE 0 END), sum(p.quad < 3), sum(p.quad > 2)
{_EVENTS.format(join="JOIN w ON w.month = substr(p.day, 1, 7)")} GROUP BY p.a, p.b
"""


def faded(store: Store, half: int, country: str | None, until: str | None) -> FadedTies:
    """Ties at the last month, faded; each month from the first with an event to the last with one."""
    end = (until or "9999", country, country, country)
    first, last = (
        store.value(f"SELECT p.day {_EVENTS.format(join='')} ORDER BY p.day {way} LIMIT 1", end)
        for way in ("ASC", "DESC")
    )
    if first is None or last is None:
        return FadedTies(months=(), rows=())
    span = months_between(first, last)
    weights = json.dumps({month: 0.5 ** ((len(span) - 1 - i) / half) for i, month in enumerate(span)})
    covered = {(a, b): (number, total) for a, b, number, total in store.rows(*_covered_faded(weights, until))}
    rows = store.rows(_FADED, (weights, *end))
    return FadedTies(
        months=span,
        rows=tuple(
            FadedTie(
                a=row[0], b=row[1], cooperation=row[2], conflict=row[3], n_cooperation=row[4], n_conflict=row[5],
                covered=covered.get((row[0], row[1]), (0.0, 0))[0], articles=covered.get((row[0], row[1]), (0.0, 0))[1],
            )
            for row in rows
        ),
    )  # fmt: skip


def _covered_faded(weights: str, until: str | None) -> tuple[str, tuple[str, ...]]:
    """The query for articles of the months that mention both of a pair, faded and not; and its values."""
    if until is None:
        counted = "covered_months c JOIN w ON w.month = c.month"
        return f"{_WEIGHTS} SELECT c.a, c.b, sum(c.n * w.w), sum(c.n) FROM {counted} GROUP BY c.a, c.b", (weights,)
    counted = "covered c JOIN w ON w.month = substr(c.day, 1, 7) WHERE c.day <= ?"
    return f"{_WEIGHTS} SELECT c.a, c.b, sum(c.n * w.w), sum(c.n) FROM {counted} GROUP BY c.a, c.b", (weights, until)


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from one to another, both included."""
    start, end = (12 * int(m[:4]) + int(m[5:7]) - 1 for m in (first, last))
    return tuple(f"{m // 12}-{m % 12 + 1:02d}" for m in range(start, end + 1))


def covered_of(
    store: Store, pairs: Sequence[tuple[str, str]], until: str | None
) -> dict[tuple[str, str], dict[str, int]]:
    """Articles by month that mention both of each pair."""
    rows = store.rows(
        f"SELECT p.a, p.b, substr(p.day, 1, 7) AS month, sum(p.n) FROM covered p WHERE {IN_PAIRS} AND p.day <= ? "
        "GROUP BY 1, 2, 3"
        if until
        else f"SELECT p.a, p.b, p.month, p.n FROM covered_months p WHERE {IN_PAIRS}",
        (json.dumps(list(pairs)), *([until] if until else [])),
    )
    found: dict[tuple[str, str], dict[str, int]] = {pair: {} for pair in pairs}
    for a, b, month, number in rows:
        found[a, b][month] = number
    return found
