"""KTAB CSV: one row an actor, with its power and, by dimension, position and salience in 0..100.

The first row holds the scenario's name and description and the numbers of actors and
dimensions; the second the names of the columns.  Layout: the KTAB toolkit (KAPSARC).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from dragoman.errors import MethodError, ReadError
from dragoman.formats.case_text import chosen_issues, identifiers, labels, number, plain, read_text, write_text
from dragoman.model import Case, identifier
from dragoman.model import to_yaml as yaml_of


def read_ktab(path: str | Path) -> str:
    """The YAML of a case from a KTAB CSV file.

    Raises:
        ReadError: the file is no such table; the message names the line.
    """
    rows = list(_rows(read_text(path), str(path)))
    if len(rows) < 3:
        raise ReadError(str(path), f"{len(rows)} rows", "a scenario, a header and one row an actor")
    (first, scenario), (second, header), *actors = rows
    count, dimensions = _sizes(scenario, f"{path}:{first}")
    if len(actors) != count:
        raise ReadError(f"{path}:{first}", f"{len(actors)} actors, where the first row says {count}", f"{count} rows")
    wanted = 3 + 2 * dimensions
    for line, row in [(second, header), *actors]:
        if len(row) != wanted:
            raise ReadError(f"{path}:{line}", f"{len(row)} columns", f"{wanted} for {dimensions} dimensions")
    keys = identifiers([row[0] for _, row in actors], str(path))
    described = [row[1] for _, row in actors]
    distinct = len({text.casefold() for text in described if text}) == len(described)
    values = {
        "title": scenario[0] or Path(path).stem,
        "notes": scenario[1],
        "salience_scale": 100,
        "parties": {keys[row[0]]: _party(row, f"{path}:{line}", distinct) for line, row in actors},
        "issues": dict(_issue(header, at, actors, keys, str(path)) for at in range(dimensions)),
    }
    return yaml_of(values, comment=f"Read from the KTAB file {Path(path).name}")


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text), skipinitialspace=True, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise ReadError(f"{place}:{reader.line_num}", str(error), "comma-separated values") from None


def _sizes(scenario: list[str], place: str) -> tuple[int, int]:
    sizes = scenario[-2:]
    if len(scenario) < 4 or not all(size.isdigit() and int(size) > 0 for size in sizes):
        raise ReadError(place, ", ".join(scenario), "name, description, number of actors, number of dimensions")
    return int(sizes[0]), int(sizes[1])


def _party(row: list[str], place: str, distinct: bool) -> dict[str, Any]:
    power = number(row[2], place)
    if distinct:
        return {"name": row[1], "capability": power}
    return {"name": row[0], "capability": power, **({"because": row[1]} if row[1] else {})}


def _issue(
    header: list[str], at: int, actors: list[tuple[int, list[str]]], keys: dict[str, str], path: str
) -> tuple[str, dict[str, Any]]:
    column = 3 + 2 * at
    positions = {
        keys[row[0]]: {
            "position": number(row[column], f"{path}:{line}"),
            "salience": number(row[column + 1], f"{path}:{line}"),
        }
        for line, row in actors
    }
    return f"dim-{at + 1}", {"name": f"{at + 1}: {header[column]}", "positions": positions}


def write_ktab(case: Case, path: str | Path, *, issues: Sequence[str] | None = None) -> None:
    """Write the central values of a case as a KTAB CSV file, positions brought to 0..100.

    Raises:
        MethodError: a party takes no part in one of the issues, or its capability differs between them.
        InputError: the file cannot be written.
    """
    names = chosen_issues(case, issues)
    arrays = case.arrays(names)
    if not arrays.present.all():
        row, column = (int(at[0]) for at in (~arrays.present).nonzero())
        place = f"issues.{names[column]}.positions.{arrays.parties[row]}"
        raise MethodError(place, "no position", "one of every party: the format has no room for absence")
    if (arrays.capability != arrays.capability[:, :, :1]).any():
        raise MethodError("issues", "capabilities that differ by issue", "one capability a party in this format")
    scaled = 100 * (arrays.position[0] - arrays.low) / (arrays.high - arrays.low)
    label = labels(case, "parties")
    columns = [text for at in range(len(names)) for text in (f"Pstn{at + 1}", f"Sal{at + 1}")]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([case.title or "Scenario", case.notes or case.title, len(arrays.parties), len(names)])
    writer.writerow(["Actor", "Description", "Power", *columns])
    for at, party in enumerate(arrays.parties):
        pairs = zip(scaled[at], 100 * arrays.salience[0, at], strict=True)
        numbers = [plain(round(float(value), 10)) for pair in pairs for value in pair]
        name = label[party] if identifier(label[party]) == party else party
        writer.writerow([name, case.parties[party].name, plain(arrays.capability[0, at, 0]), *numbers])
    write_text(path, out.getvalue())
