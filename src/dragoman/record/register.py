"""The register: forecasts made, kept as they were made, and settled when their day comes.

A forecast says what, by when, and how likely (a probability), how much (a range
with the share that it holds) or both ways at once (draws).  The hash of the inputs
ties it to the case it was made from.  Nothing in a register is ever changed: a
second outcome for one forecast is a further line, and the last one counts.  The
tables stand in a record's own file, or in a file of their own.  Forecasts of one thing
by one day are forecasts of one question: by several forecasters, or revised; what
came of one came of all (:mod:`dragoman.record.standing` says how they are scored).
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import InputError, UnknownNameError
from dragoman.plain import hash_of
from dragoman.record._filters import day
from dragoman.record._store import Row, Store, open_store
from dragoman.record.questions import Question
from dragoman.record.scoring import CalibrationBin, brier, calibration, crps_draws, crps_range
from dragoman.record.standing import Said, Standing, means, peers, standings

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
    """A forecast with its outcome and score; ``rule`` is ``Brier`` or ``CRPS``, None while it does not count yet.

    ``waiting``: it is settled, but its day due has not passed, so that it does not count yet.
    """

    forecast: Forecast
    settled_on: str | None
    outcome: float | None
    source: str | None
    rule: str | None
    score: float | None
    overdue: bool
    waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class ScoreCard:
    """How the forecasts of a register did: means by method and over ``all``, and the calibration of probabilities.

    ``brier`` and ``crps`` are at the due day, ``brier_averaged`` over time; ``peer`` is how much better than the
    others; ``settled`` counts questions; ``waiting`` are settled ones whose day has not passed as of ``on``.
    """

    on: str | None
    rows: tuple[Scored, ...]
    brier: dict[str, float]
    brier_averaged: dict[str, float]
    crps: dict[str, float]
    peer: dict[str, float]
    settled: dict[str, int]
    waiting: int
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
        """Every forecast with its score, and the means, as of a day: by default the last that the register knows.

        Only questions whose day due has passed count, early yeses too.
        """
        today = day(as_of, "as of") or self._last_day()
        outcomes = self.outcomes(as_of=today)
        rows = tuple(_scored(one, outcomes.get((one.what, one.due)), today) for one in self.forecasts(as_of=today))
        ends = {
            key: min(date.fromisoformat(settled), date.fromisoformat(key[1]))
            for key, (settled, _, _) in outcomes.items()
        }
        odds, ranges = (standings(_said(rows, rule), ends) for rule in ("Brier", "CRPS"))
        last = [_last_said(rows, one, ends) for one in odds]
        return ScoreCard(
            on=today, rows=rows, brier=means(odds, lambda one: one.at_due),
            brier_averaged=means(odds, lambda one: one.averaged), crps=means(ranges, lambda one: one.at_due),
            peer=peers(odds), settled=_counts([*odds, *ranges]),
            waiting=len({(row.forecast.what, row.forecast.due) for row in rows if row.waiting}),
            calibration=calibration(
                [row.forecast.probability or 0.0 for row in last], [row.outcome or 0.0 for row in last], bins
            ),
        )  # fmt: skip

    def due(self, as_of: date | str) -> tuple[Forecast, ...]:
        """The latest forecast of each question whose day has passed and of which nobody noted the outcome."""
        until = day(as_of, "as of") or ""
        settled = self.outcomes(as_of=until)
        latest = {(one.what, one.due): one for one in self.forecasts(as_of=until)}
        return tuple(one for key, one in latest.items() if key[1] < until and key not in settled)

    def ask(self, question: Question) -> str:
        """Keep a question; returns its key.  The same question twice is one line.

        Raises:
            InputError: nothing is asked, or the day due is none.
        """
        due = day(question.due, "due")
        if not question.what.strip() or due is None:
            raise InputError("question", f"{question.what!r}, due {question.due!r}", "what is asked, and the day due")
        key = hash_of([question.what, due])[:12]
        with self._store.durable():
            if self._store.one("SELECT 1 FROM questions WHERE key = ?", (key,)) is None:
                self._store.run(
                    "INSERT INTO questions (key, what, due, opened, criteria, url) VALUES (?, ?, ?, ?, ?, ?)",
                    (key, question.what, due, question.opened, question.criteria, question.url),
                )
        return key

    def questions(self) -> tuple[Question, ...]:
        """The questions that were asked, in that order."""
        rows = self._store.rows("SELECT what, due, opened, criteria, url FROM questions ORDER BY seq")
        return tuple(Question(what=a, due=b, opened=c, criteria=d, url=e) for a, b, c, d, e in rows)

    def outcomes(self, *, as_of: date | str | None = None) -> dict[tuple[str, str], tuple[str, float, str]]:
        """What came of each question (what and due): the day, the value and who says so; the last noted counts."""
        rows = self._store.rows(
            "SELECT f.what, f.due, o.settled_on, o.value, o.source "
            "FROM outcomes o JOIN forecasts f ON f.key = o.forecast WHERE o.settled_on <= ? ORDER BY o.seq",
            (day(as_of, "as of") or "9999",),
        )
        return {(what, due): (settled, value, source) for what, due, settled, value, source in rows}

    def _last_day(self) -> str | None:
        found = self._store.value(
            "SELECT max(d) FROM (SELECT max(made_on) AS d FROM forecasts "
            "UNION ALL SELECT max(settled_on) FROM outcomes)"
        )
        return None if found is None else str(found)


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


def _scored(forecast: Forecast, outcome: tuple[str, float, str] | None, today: str | None) -> Scored:
    """A forecast with what came of it; it counts once its day due is over."""
    over = today is not None and forecast.due <= today
    if outcome is None or (forecast.probability is not None and outcome[1] not in (0, 1)):
        overdue = today is not None and forecast.due < today
        return Scored(
            forecast=forecast, settled_on=None, outcome=None, source=None, rule=None, score=None, overdue=overdue
        )
    settled, value, source = outcome
    rule, score = score_of(forecast, value)
    return Scored(
        forecast=forecast,
        settled_on=settled,
        outcome=value,
        source=source,
        rule=rule if over else None,
        score=score if over else None,
        overdue=False,
        waiting=not over,
    )


def _said(rows: Sequence[Scored], rule: str) -> list[Said]:
    return [
        Said(
            question=(row.forecast.what, row.forecast.due),
            forecaster=row.forecast.method or "unnamed",
            made=date.fromisoformat(row.forecast.made_on),
            score=row.score,
        )
        for row in rows
        if row.rule == rule and row.score is not None
    ]


def _last_said(rows: Sequence[Scored], standing: Standing, ends: Mapping[tuple[str, str], date]) -> Scored:
    """The forecast that stood at the end of a question."""
    until = ends[standing.question].isoformat()
    return [
        row
        for row in rows
        if (row.forecast.what, row.forecast.due) == standing.question
        and (row.forecast.method or "unnamed") == standing.forecaster
        and row.rule == "Brier"
        and row.forecast.made_on <= until
    ][-1]


def _counts(found: Sequence[Standing]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in found:
        for name in ("all", one.forecaster):
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
