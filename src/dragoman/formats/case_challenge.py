"""Tables of one issue as analysts keep them: a row an actor with capability, position and salience.

The columns are known by their headings, in any order and any case; the scale's ends
are the least and greatest position unless they are stated.
"""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from dragoman.errors import ReadError
from dragoman.formats.case_text import identifiers, labels, number, plain, read_text, write_text
from dragoman.model import Case
from dragoman.model import to_yaml as yaml_of

_HEADINGS = {
    "actor": ("actor", "party", "name", "stakeholder"),
    "capability": ("capability", "capabilities", "power", "influence", "resources"),
    "position": ("position", "pos"),
    "salience": ("salience", "sal"),
}


def read_challenge(path: str | Path, *, issue: str = "", low: float | None = None, high: float | None = None) -> str:
    """The YAML of a case from a table of one issue (CSV with headings).

    Raises:
        ReadError: a column is missing or a cell is no number; the message names the line.
    """
    place = str(path)
    reader = csv.reader(StringIO(read_text(path)), skipinitialspace=True)
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)]
    columns = _columns(rows[0][1], f"{place}:{rows[0][0]}")
    for line, row in rows[1:]:
        if len(row) != len(rows[0][1]):
            raise ReadError(f"{place}:{line}", f"{len(row)} columns", f"{len(rows[0][1])}")
    if len(rows) < 2:
        raise ReadError(place, "a heading without rows", "a row an actor")
    keys = identifiers([row[columns["actor"]] for _, row in rows[1:]], place)
    cells = {
        row[columns["actor"]]: {
            name: number(row[at], f"{place}:{line}") for name, at in columns.items() if name != "actor"
        }
        for line, row in rows[1:]
    }
    positions = [row["position"] for row in cells.values()]
    hundred = any(row["salience"] > 1 for row in cells.values())
    ends = {"low": min(positions) if low is None else low, "high": max(positions) if high is None else high}
    values = {
        "title": issue or Path(path).stem,
        **({"salience_scale": 100} if hundred else {}),
        "parties": {keys[name]: {"name": name, "capability": row["capability"]} for name, row in cells.items()},
        "issues": {
            "issue": {
                "name": issue or Path(path).stem,
                "scale": ends,
                "positions": {
                    keys[name]: {"position": row["position"], "salience": row["salience"]}
                    for name, row in cells.items()
                },
            }
        },
    }
    return yaml_of(values, comment=f"Read from {Path(path).name}; the scale runs over the positions unless stated")


def _columns(header: list[str], place: str) -> dict[str, int]:
    folded = [cell.casefold() for cell in header]
    found = {
        name: next((folded.index(word) for word in words if word in folded), -1) for name, words in _HEADINGS.items()
    }
    missing = [name for name, at in found.items() if at < 0]
    if missing:
        raise ReadError(
            place, f"no column {missing[0]!r} among {', '.join(header)}", "actor, capability, position, salience"
        )
    return found


def write_challenge(case: Case, path: str | Path, *, issue: str) -> None:
    """Write the central values of one issue as a table, a row an actor.

    Raises:
        UnknownNameError: there is no such issue.
        InputError: the file cannot be written.
    """
    table = case.table(issue)
    label = labels(case, "parties")
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Actor", "Capability", "Position", "Salience"])
    for at, party in enumerate(table.parties):
        numbers = (table.capability[0, at], table.position[0, at], table.salience[0, at])
        writer.writerow([label[party], *(plain(round(float(value), 12)) for value in numbers)])
    write_text(path, out.getvalue())
