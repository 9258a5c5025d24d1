"""The exchange model's files: tab-separated rows of actors, issues, scales and positions.

``#A key name comment``, ``#P key name``, ``#M issue value`` (points of the scale; the
least and greatest are its ends), ``#D actor issue position salience power``.  Layout:
the public ``decide-exchange-model``.  Salience and power are per actor and issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import ReadError
from dragoman.formats.case_text import chosen_issues, identifiers, labels, number, plain, read_text, write_text
from dragoman.model import Case
from dragoman.model import to_yaml as yaml_of

_WIDTHS = {"#A": 2, "#P": 2, "#M": 3, "#D": 6}


@dataclass
class _Table:
    """The rows of a file by kind."""

    actors: dict[str, str] = field(default_factory=dict)
    issues: dict[str, str] = field(default_factory=dict)
    points: dict[str, list[float]] = field(default_factory=dict)
    stands: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)


def read_exchange(path: str | Path) -> str:
    """The YAML of a case from a file of the exchange model.

    Saliences above 1 anywhere in the file are taken as given in 0..100.

    Raises:
        ReadError: the file has no such rows; the message names the line.
    """
    table = _table(read_text(path), str(path))
    if not table.actors or not table.issues:
        raise ReadError(str(path), "no '#A' or no '#P' rows", "a file of the exchange model")
    parties = identifiers(table.actors, str(path))
    topics = identifiers(table.issues, str(path))
    scale = 100 if any(salience > 1 for _, salience, _ in table.stands.values()) else 1
    powers = {actor: _one_power(table, actor) for actor in table.actors}
    values = {
        "title": Path(path).stem,
        **({"salience_scale": 100} if scale == 100 else {}),
        "parties": {
            key: {"name": table.actors[actor], **({} if powers[actor] is None else {"capability": powers[actor]})}
            for actor, key in parties.items()
        },
        "issues": {
            key: {
                "name": table.issues[issue],
                "scale": _scale(table.points.get(issue, [])),
                "positions": dict(_stands(table, issue, parties, powers)),
            }
            for issue, key in topics.items()
        },
    }
    return yaml_of(values, comment=f"Read from the exchange model's file {Path(path).name}")


def _table(text: str, place: str) -> _Table:
    table = _Table()
    for line, row in _rows(text, place):
        _take(table, row, f"{place}:{line}")
    return table


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    for line, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        cells = [cell.strip().strip("'") for cell in raw.split("\t")]
        if cells[0] not in _WIDTHS:
            raise ReadError(f"{place}:{line}", repr(cells[0][:40]), "a row that begins with #A, #P, #M or #D")
        if len(cells) < _WIDTHS[cells[0]]:
            raise ReadError(f"{place}:{line}", f"{len(cells)} columns", f"{_WIDTHS[cells[0]]} in a row {cells[0]}")
        yield line, cells


def _take(table: _Table, row: list[str], place: str) -> None:
    kind, key = row[0], row[1]
    if kind in {"#A", "#P"}:
        names = table.actors if kind == "#A" else table.issues
        if key in names:
            raise ReadError(place, f"{key!r} twice", "each key once")
        names[key] = row[2] if len(row) > 2 and row[2] else key
        return
    issue = key if kind == "#M" else row[2]
    if issue not in table.issues or (kind == "#D" and key not in table.actors):
        raise ReadError(
            place, f"{key!r}, {issue!r}" if kind == "#D" else repr(issue), "an actor and an issue of the file"
        )
    if kind == "#M":
        table.points.setdefault(issue, []).append(number(row[2], place))
    elif (key, issue) in table.stands:
        raise ReadError(place, f"a second row of {key!r} on {issue!r}", "one row an actor and issue")
    else:
        table.stands[key, issue] = (number(row[3], place), number(row[4], place), number(row[5], place))


def _one_power(table: _Table, actor: str) -> float | None:
    """The actor's power where it is the same on every issue."""
    powers = {power for (name, _), (_, _, power) in table.stands.items() if name == actor}
    return powers.pop() if len(powers) == 1 else None


def _scale(points: list[float]) -> dict[str, Any]:
    if not points:
        return {"low": 0, "high": 100}
    inner = sorted(set(points) - {min(points), max(points)})
    named = {"points": {f"at {plain(point)}": point for point in inner}} if inner else {}
    return {"low": min(points), "high": max(points), **named}


def _stands(
    table: _Table, issue: str, parties: dict[str, str], powers: dict[str, float | None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for actor, key in parties.items():
        if (actor, issue) in table.stands:
            position, salience, power = table.stands[actor, issue]
            own = {"capability": power} if powers[actor] is None else {}
            yield key, {"position": position, "salience": salience, **own}


def write_exchange(case: Case, path: str | Path, *, issues: Sequence[str] | None = None) -> None:
    """Write the central values of a case as a file of the exchange model.

    Raises:
        MethodError: there are no issues, or a party has no capability.
        InputError: the file cannot be written.
    """
    names = chosen_issues(case, issues)
    arrays = case.arrays(names)
    actor, issue = labels(case, "parties"), labels(case, "issues")
    rows = [("'#A'", _q(actor[party]), _q(case.parties[party].name), "''") for party in arrays.parties]
    for name in names:
        scale = case.issues[name].scale
        rows.append(("'#P'", _q(issue[name]), _q(case.issues[name].name), "''"))
        ends = [scale.low, *(point for point in scale.points.values() if scale.low < point < scale.high), scale.high]
        rows += [("'#M'", _q(issue[name]), plain(point), "") for point in ends]
    for at, party in enumerate(arrays.parties):
        for column, name in enumerate(names):
            if arrays.present[at, column]:
                numbers = (arrays.position, arrays.salience, arrays.capability)
                texts = [plain(round(float(array[0, at, column]), 12)) for array in numbers]
                rows.append(("'#D'", _q(actor[party]), _q(issue[name]), "\t".join(texts)))
    write_text(path, "".join("\t".join(row).rstrip("\t") + "\n" for row in rows))


def _q(text: str) -> str:
    return "'" + text.replace("\t", " ").replace("'", "’") + "'"
