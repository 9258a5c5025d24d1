"""The register: forecasts made, kept as they were made, and settled when their day comes.

A forecast says what, by when, and how likely (a probability), how much (a range
with the share that it holds) or both ways at once (draws).  The hash of the inputs
ties it to the case it was made from.  Nothing in a register is ever changed: a
second outcome for one forecast is a further line, and the last one counts.  The
tables stand in a record's own file, or in a file of their own.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import InputError, UnknownNameError
from dragoman.plain import hash_of
from dragoman.record._filters import day
from dragoman.record._store import Row, Store, open_store
from dragoman.record.scoring import CalibrationBin, brier, calibration, crps_draws, crps_range

_COLUMNS = "key, made_on, due, what, method, input_hash, probability, low, high, level, draws, note"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """A forecast as it was made; ``key`` names it (from its content).

    Exactly one of ``probability`` (that it happens by ``due``), ``low``, ``high`` and
    ``level`` (the central share of the range), or ``draws`` is given.
    """

    what: str
    due: str
    made_on: str
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    draws: tuple[float, ...] | None = None
    method: str | None = None
    input_hash: str | None = None
    note: str | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A forecast with its outcome and score; ``rule`` is ``Brier`` or ``CRPS``, None while unsettled."""

    forecast: Forecast
    settled_on: str | None
    outcome: float | None
    source: str | None
    rule: str | None
    score: float | None
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class ScoreCard:
    """How the forecasts of a register did: means by method (None: all), and the calibration of probabilities."""

    rows: tuple[Scored, ...]
    brier: dict[str, float]
    crps: dict[str, float]
    settled: dict[str, int]
    calibration: tuple[CalibrationBin, ...]


class Register:
    """Forecasts made and what came of them, append-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Register:
        """The register in a record, or in a file of its own.

        Raises:
            RecordError: no such file, no record, or not to be written.
        """
        return cls(open_store(Path(path), create=create))

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def add(self, forecast: Forecast) -> Forecast:
        """Register a forecast; returns it with its key.  The same forecast twice is one line.

        Raises:
            InputError: no or several kinds of forecast at once, a number out of its range, a day that is none,
                or one due before it is made.
        """
        checked = check_forecast(forecast)
        key = hash_of(checked)[:12]
        row = (
            key, checked.made_on, checked.due, checked.what, checked.method, checked.input_hash, checked.probability,
            checked.low, checked.high, checked.level, None if checked.draws is None else json.dumps(checked.draws),
            checked.note,
        )  # fmt: skip
        with self._store.durable():
            if self._store.one("SELECT 1 FROM forecasts WHERE key = ?", (key,)) is None:
                self._store.run(f"INSERT INTO forecasts ({_COLUMNS}) VALUES ({','.join('?' * len(row))})", row)
        return _forecast(row)

    def forecasts(self, *, as_of: date | str | None = None) -> tuple[Forecast, ...]:
        """All forecasts in the order in which they were made; those made later than ``as_of`` left out."""
        until = day(as_of, "as of") or "9999"
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM forecasts WHERE made_on <= ? ORDER BY made_on, seq", (until,))
        return tuple(_forecast(row) for row in rows)

    def settle(self, key: str, outcome: float, *, on: date | str, source: str) -> None:
        """Note what came of a forecast: 1 or 0 for a probability, the value for a range or draws.

        ``source`` says who says so.

        Raises:
            UnknownNameError: no forecast has that key.
            InputError: an outcome that the forecast cannot have, or one noted before the forecast was made.
        """
        known = {one.key: one for one in self.forecasts()}
        if key not in known:
            raise UnknownNameError("forecast", key, list(known))
        score_of(known[key], outcome)
        settled = day(on, "settled on") or ""
        if settled < known[key].made_on:
            raise InputError("settled on", settled, f"{known[key].made_on} or later")
        if not source.strip():
            raise InputError("source", "nothing", "who says what the outcome was")
        with self._store.durable():
            self._store.run(
                "INSERT INTO outcomes (forecast, settled_on, value, source) VALUES (?, ?, ?, ?)",
                (key, settled, outcome, source),
            )

    def score(self, *, as_of: date | str | None = None, bins: int = 5) -> ScoreCard:
        """Every forecast with its score, and the means; ``as_of`` hides later outcomes and says what is overdue."""
        until = day(as_of, "as of")
        outcomes = self._outcomes(until or "9999")
        rows = tuple(_scored(one, outcomes.get(one.key), until) for one in self.forecasts(as_of=until))
        odds = [row for row in rows if row.rule == "Brier"]
        return ScoreCard(
            rows=rows, brier=_means(odds), crps=_means([row for row in rows if row.rule == "CRPS"]),
            settled=_counts([row for row in rows if row.rule]),
            calibration=calibration(
                [row.forecast.probability or 0.0 for row in odds], [row.outcome or 0.0 for row in odds], bins
            ),
        )  # fmt: skip

    def _outcomes(self, until: str) -> dict[str, Row]:
        rows = self._store.rows(
            "SELECT forecast, settled_on, value, source FROM outcomes WHERE settled_on <= ? ORDER BY seq", (until,)
        )
        return {row[0]: row for row in rows}


def check_forecast(forecast: Forecast) -> Forecast:
    """The forecast with its days as ISO dates.

    Raises:
        InputError: see :meth:`Register.add`.
    """
    kinds = [
        forecast.probability is not None,
        forecast.low is not None or forecast.high is not None,
        forecast.draws is not None,
    ]
    if sum(kinds) != 1:
        raise InputError("forecast", f"{sum(kinds)} kinds of forecast", "a probability, or a range, or draws")
    if not forecast.what.strip():
        raise InputError("forecast", "nothing said", "what is to happen")
    if (forecast.low is None) != (forecast.high is None) or (forecast.low is not None) != (forecast.level is not None):
        raise InputError(
            "range", f"{forecast.low}, {forecast.high}, level {forecast.level}", "low, high and level together"
        )
    made, due = day(forecast.made_on, "made on") or "", day(forecast.due, "due") or ""
    if due < made:
        raise InputError("due", due, f"{made}, the day it is made, or later")
    score_of(forecast, 0.0)
    fields = {name: getattr(forecast, name) for name in Forecast.__dataclass_fields__}
    return Forecast(**(fields | {"made_on": made, "due": due, "key": ""}))


def score_of(forecast: Forecast, outcome: float) -> tuple[str, float]:
    """The rule by which a forecast is scored, and its score.

    Raises:
        InputError: the outcome, or a number of the forecast, is out of its range.
    """
    if not math.isfinite(outcome):
        raise InputError("outcome", str(outcome), "a finite number")
    if forecast.probability is not None:
        return "Brier", brier(forecast.probability, outcome)
    if forecast.draws is not None:
        return "CRPS", crps_draws(forecast.draws, outcome)
    if forecast.low is None or forecast.high is None or forecast.level is None:
        raise InputError("forecast", "nothing to score", "a probability, or a range, or draws")
    return "CRPS", crps_range(forecast.low, forecast.high, forecast.level, outcome)


def _forecast(row: Row) -> Forecast:
    names = _COLUMNS.split(", ")
    values = dict(zip(names, row, strict=True))
    draws = values.pop("draws")
    return Forecast(**values, draws=None if draws is None else tuple(json.loads(draws)))


def _scored(forecast: Forecast, outcome: Row | None, today: str | None) -> Scored:
    if outcome is None:
        overdue = today is not None and forecast.due < today
        return Scored(
            forecast=forecast, settled_on=None, outcome=None, source=None, rule=None, score=None, overdue=overdue
        )
    rule, score = score_of(forecast, outcome[2])
    return Scored(
        forecast=forecast,
        settled_on=outcome[1],
        outcome=outcome[2],
        source=outcome[3],
        rule=rule,
        score=score,
        overdue=False,
    )


def _means(rows: Sequence[Scored]) -> dict[str, float]:
    """Mean score by method, and over ``all``."""
    scores: dict[str, list[float]] = {}
    for row in rows:
        for name in ("all", row.forecast.method or "unnamed"):
            scores.setdefault(name, []).append(row.score or 0.0)
    return {name: sum(values) / len(values) for name, values in sorted(scores.items())}


def _counts(rows: Sequence[Scored]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        for name in ("all", row.forecast.method or "unnamed"):
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
