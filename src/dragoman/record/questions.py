"""Questions in and out of a register as a table with the common fields of forecasting sites.

One row a forecast, or a question without one.  Columns: ``question``, ``closes`` (the day
due), and as they are known ``opened``, ``criteria``, ``url``, ``forecaster``, ``made_on``,
``probability``, ``outcome``, ``resolved_on``, ``source``.  Other sites' names for them are
taken too (``ALIASES``); columns that none of these names are left where they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.record._filters import day

if TYPE_CHECKING:
    from dragoman.record.register import Register

FIELDS = (
    "question", "opened", "closes", "criteria", "url", "forecaster", "made_on", "probability", "outcome", "resolved_on",
    "source",
)  # fmt: skip
ALIASES = {
    "title": "question", "question_title": "question", "open_time": "opened", "created_time": "opened",
    "publish_time": "opened", "close_time": "closes", "scheduled_close_time": "closes", "end_date": "closes",
    "due": "closes", "resolution_criteria": "criteria", "description": "criteria", "page_url": "url",
    "user": "forecaster", "author": "forecaster", "method": "forecaster", "forecast_time": "made_on",
    "forecast": "probability", "prob": "probability", "resolution": "outcome", "answer": "outcome",
    "resolve_time": "resolved_on", "resolution_time": "resolved_on", "resolution_date": "resolved_on",
    "resolved_by": "source",
}  # fmt: skip
YES, NO = frozenset({"1", "1.0", "yes", "true"}), frozenset({"0", "0.0", "no", "false"})


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question: ``what`` happens by the end of ``due``."""

    what: str
    due: str
    opened: str | None = None
    criteria: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a table brought: questions, forecasts, outcomes, and outcomes of questions that nobody had forecast."""

    questions: int
    forecasts: int
    outcomes: int
    unforecast: int


@dataclass(frozen=True, kw_only=True)
class _Line:
    question: Question
    forecaster: str | None
    made_on: str | None
    probability: float | None
    outcome: int | None
    resolved_on: str | None
    source: str | None


def take_table(register: Register, path: Path) -> Taken:
    """Bring in a table (CSV); all of it or, where a row is at fault, nothing.

    Raises:
        InputError: a row without question or day, a forecast without its day, an outcome that is neither yes nor no,
            a number that is no probability.
    """
    from dragoman.record.register import Forecast, check_forecast

    lines = list(_lines(path))
    made = [
        check_forecast(
            Forecast(
                what=line.question.what,
                due=line.question.due,
                made_on=line.made_on or line.question.opened or "",
                probability=line.probability,
                method=line.forecaster,
            )
        )
        for line in lines
        if line.probability is not None
    ]
    questions = list(dict.fromkeys(line.question for line in lines))
    for question in questions:
        register.ask(question)
    for forecast in made:
        register.add(forecast)
    settled = unforecast = 0
    known = {(one.what, one.due): one.key for one in register.forecasts()}
    outcomes = {(line.question.what, line.question.due): line for line in lines if line.outcome is not None}
    for key, line in outcomes.items():
        if key not in known:
            unforecast += 1
            continue
        on = line.resolved_on or line.question.due
        register.settle(
            known[key], float(line.outcome or 0), on=on, source=line.source or line.question.url or path.name
        )
        settled += 1
    return Taken(questions=len(questions), forecasts=len(made), outcomes=settled, unforecast=unforecast)


def table_of(register: Register) -> str:
    """All questions and forecasts of probabilities, with their outcomes, as CSV; it comes in again as it went out."""
    asked = {(one.what, one.due): one for one in register.questions()}
    outcomes = register.outcomes()
    out = StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    told = set()
    for one in register.forecasts():
        if one.probability is None:
            continue
        key = (one.what, one.due)
        told.add(key)
        writer.writerow(
            _asked(asked.get(key) or Question(what=one.what, due=one.due))
            | {"forecaster": one.method or "", "made_on": one.made_on, "probability": repr(one.probability)}
            | _settled(outcomes.get(key))
        )
    for key, question in asked.items():
        if key not in told:
            writer.writerow(_asked(question))
    return out.getvalue()


def _asked(one: Question) -> dict[str, str]:
    return {
        "question": one.what, "closes": one.due, "opened": one.opened or "", "criteria": one.criteria or "",
        "url": one.url or "",
    }  # fmt: skip


def _settled(outcome: tuple[str, float, str] | None) -> dict[str, str]:
    if outcome is None:
        return {}
    return {"outcome": f"{outcome[1]:g}", "resolved_on": outcome[0], "source": outcome[2]}


def _lines(path: Path) -> Iterator[_Line]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names = {name: _field(name) for name in reader.fieldnames or ()}
        missing = {"question", "closes"} - set(names.values())
        if missing:
            raise InputError(f"{path.name}:1", f"no column {' and no '.join(sorted(missing))}", ", ".join(FIELDS))
        for row in reader:
            fields: dict[str, str] = {}
            for name, text in row.items():
                field = names.get(name or "")
                if field and isinstance(text, str) and text.strip():
                    fields.setdefault(field, text.strip())
            yield _line(fields, f"{path.name}:{reader.line_num}")


def _field(name: str) -> str | None:
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    return plain if plain in FIELDS else ALIASES.get(plain)


def _line(fields: Mapping[str, str], place: str) -> _Line:
    if "question" not in fields or "closes" not in fields:
        raise InputError(place, "a row without question or day", "question and closes")
    opened, due = (day(fields.get(name), f"{place}: {name}") for name in ("opened", "closes"))
    probability = _probability(fields.get("probability"), place)
    if probability is not None and not (fields.get("made_on") or opened):
        raise InputError(place, "a forecast without its day", "made_on, or opened")
    return _Line(
        question=Question(
            what=fields["question"], due=due or "", opened=opened, criteria=fields.get("criteria"),
            url=fields.get("url"),
        ),
        forecaster=fields.get("forecaster"),
        made_on=day(fields.get("made_on"), f"{place}: made_on"),
        probability=probability,
        outcome=_outcome(fields.get("outcome"), place),
        resolved_on=day(fields.get("resolved_on"), f"{place}: resolved_on"),
        source=fields.get("source"),
    )  # fmt: skip


def _probability(text: str | None, place: str) -> float | None:
    if text is None:
        return None
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(f"{place}: probability", repr(text), "a number from 0 to 1, or a percentage")
    return value


def _outcome(text: str | None, place: str) -> int | None:
    if text is None or text.casefold() in {"open", "unresolved"}:
        return None
    if text.casefold() in YES:
        return 1
    if text.casefold() in NO:
        return 0
    raise InputError(f"{place}: outcome", repr(text), "yes, no, 1 or 0; empty while it is open")
