"""KTAB's files: actors with their power and, by dimension, position and salience in 0..100.

CSV: the first row holds the scenario's name and description and the numbers of actors and
dimensions, the second the names of the columns; then one row an actor.  ``$$`` stands for
a comma, fields beyond the last dimension are passed over.  XML holds the same, with the
settings of the model and the accommodation of ideals, which are not part of a case: the
notes of the case say how to give them to the method.  Layout: the KTAB toolkit (KAPSARC).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from dragoman.errors import MethodError, ReadError
from dragoman.formats.case_text import chosen_issues, identifiers, labels, number, plain, read_text, write_text
from dragoman.model import Case, identifier
from dragoman.model import to_yaml as yaml_of

_SETTINGS = {
    "VictoryProbModel": "victory",
    "PCEModel": "election",
    "StateTransitions": "transition",
    "VotingRule": "voting",
    "BigRAdjust": "risk_estimate",
    "BigRRange": "risk_range",
    "ThirdPartyCommit": "third_party",
    "InterVecBrgn": "interpolation",
    "BargnModel": "bargain",
}


def read_ktab(path: str | Path) -> str:
    """The YAML of a case from a KTAB file, CSV or XML.

    Raises:
        ReadError: the file is neither; the message names the line or the element.
    """
    text = read_text(path)
    if text.lstrip().startswith("<"):
        return _from_xml(text, path)
    rows = list(_rows(text, str(path)))
    if len(rows) < 3:
        raise ReadError(str(path), f"{len(rows)} rows", "a scenario, a header and one row an actor")
    (first, scenario), (second, header), *actors = rows
    about, count, dimensions = _sizes(scenario, f"{path}:{first}")
    if len(actors) != count:
        raise ReadError(f"{path}:{first}", f"{len(actors)} actors, where the first row says {count}", f"{count} rows")
    wanted = 3 + 2 * dimensions
    if len(header) < wanted - 1:
        raise ReadError(f"{path}:{second}", f"{len(header)} columns", f"{wanted} for {dimensions} dimensions")
    actors = [(line, _whole(row, wanted, f"{path}:{line}")) for line, row in actors]
    keys = identifiers([row[0] for _, row in actors], str(path))
    described = [row[1] for _, row in actors]
    distinct = len({text.casefold() for text in described if text}) == len(described)
    values = {
        "title": scenario[0] or Path(path).stem,
        "notes": about,
        "salience_scale": 100,
        "parties": {keys[row[0]]: _party(row, f"{path}:{line}", distinct) for line, row in actors},
        "issues": dict(_issue(header, at, actors, keys, str(path)) for at in range(dimensions)),
    }
    return yaml_of(values, comment=f"Read from the KTAB file {Path(path).name}")


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text), skipinitialspace=True, strict=True)
    try:
        for row in reader:
            cells = [cell.strip().replace("$$", ",") for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise ReadError(f"{place}:{reader.line_num}", str(error), "comma-separated values") from None


def _sizes(scenario: list[str], place: str) -> tuple[str, int, int]:
    """Description, number of actors and number of dimensions: the first two whole numbers side by side."""
    for at in range(2, len(scenario) - 1):
        pair = scenario[at : at + 2]
        if all(size.isdecimal() and int(size) > 0 for size in pair):
            return ", ".join(scenario[1:at]), int(pair[0]), int(pair[1])
    raise ReadError(place, ", ".join(scenario), "name, description, number of actors, number of dimensions")


def _whole(row: list[str], wanted: int, place: str) -> list[str]:
    """An actor's row with as many fields as it should have: a name that holds commas is one, what follows goes."""
    numbers = wanted - 2
    for at in range(2, len(row) - numbers + 1):
        if all(_is_number(cell) for cell in row[at : at + numbers]):
            return [", ".join(row[: at - 1]), row[at - 1], *row[at : at + numbers]]
    if len(row) >= wanted:
        number(next(cell for cell in row[2:wanted] if not _is_number(cell)), place)
    raise ReadError(place, f"{len(row)} columns", f"{wanted} for {(wanted - 3) // 2} dimensions")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _from_xml(text: str, path: str | Path) -> str:
    from xml.etree import ElementTree as ET

    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ReadError(str(path), "a document type of its own", "a KTAB scenario without one")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without document types there are no entities
    except ET.ParseError as error:
        raise ReadError(str(path), f"no XML ({error})", "a KTAB scenario") from None
    if root.tag != "Scenario":
        raise ReadError(str(path), f"<{root.tag}>", "<Scenario>")
    dimensions = [_text(item) for item in root.findall("Dimensions/dName")]
    actors = root.findall("Actors/Actor")
    if not dimensions or not actors:
        raise ReadError(str(path), "no <dName> or no <Actor>", "dimensions and actors")
    keys = identifiers([_text(actor.find("name")) for actor in actors], str(path))
    columns = [
        (key, *_columns(actor, len(dimensions), str(path))) for key, actor in zip(keys.values(), actors, strict=True)
    ]
    values = {
        "title": _text(root.find("name")) or Path(path).stem,
        "notes": "\n".join(filter(None, [_text(root.find("desc")), *_told(root, keys, str(path))])),
        "salience_scale": 100,
        "parties": {
            key: {"name": name, "capability": number(_text(actor.find("capability")), f"{path}: {name}")}
            | ({"because": about} if (about := _text(actor.find("description"))) else {})
            for (name, key), actor in zip(keys.items(), actors, strict=True)
        },
        "issues": {
            f"dim-{at + 1}": {
                "name": f"{at + 1}: {name}",
                "positions": {key: {"position": x[at], "salience": s[at]} for key, x, s in columns},
            }
            for at, name in enumerate(dimensions)
        },
    }
    return yaml_of(values, comment=f"Read from the KTAB file {Path(path).name}")


def _text(element: Any) -> str:
    return "" if element is None or element.text is None else str(element.text).strip()


def _columns(actor: Any, dimensions: int, path: str) -> tuple[list[float], list[float]]:
    """Positions and saliences of an actor."""
    place = f"{path}: {_text(actor.find('name'))}"
    found = []
    for tag in ("Position/dCoord", "Salience/dSal"):
        items = actor.findall(tag)
        if len(items) != dimensions:
            raise ReadError(place, f"{len(items)} times <{tag.split('/')[1]}>", f"{dimensions}, one a dimension")
        found.append([number(_text(item), f"{place}, <{tag.split('/')[1]}>") for item in items])
    return found[0], found[1]


def _told(root: Any, keys: Mapping[str, str], path: str) -> Iterator[str]:
    """What the file sets for the method and a case cannot hold, as the options that give it."""
    said = {_SETTINGS[item.tag]: _text(item) for item in root.findall("ModelParameters/*") if item.tag in _SETTINGS}
    unknown = [item.tag for item in root.findall("ModelParameters/*") if item.tag not in _SETTINGS]
    if unknown:
        raise ReadError(path, f"the parameter {unknown[0]!r}", ", ".join(_SETTINGS))
    options = [f"--set {name}={value}" for name, value in said.items()]
    seed = _text(root.find("prngSeed"))
    options += [f"--set ktab_seed={int(seed)}"] if seed.isdecimal() and said.get("transition") == "Stochastic" else []
    accommodation: dict[str, dict[str, float]] = {}
    for pair in root.findall("IdealAdjustment/iaPair"):
        names = [_text(pair.find(tag)) for tag in ("adjustingIdeal", "referencePos")]
        for name in names:
            if name not in keys:
                raise ReadError(path, f"the actor {name!r} in <iaPair>", "an actor of the file")
        value = number(_text(pair.find("adjust")), f"{path}: <adjust>")
        accommodation.setdefault(keys[names[0]], {})[keys[names[1]]] = value
    options += [f"--set accommodation='{json.dumps(accommodation)}'"] if accommodation else []
    if options:
        yield f"The file's settings, which are no part of a case: dragoman solve smp CASE {' '.join(options)}"


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
