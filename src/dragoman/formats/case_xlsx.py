"""A case as a workbook, one sheet a table, as analysts keep them.

Sheets: ``case`` (key, value), ``parties``, ``issues``, ``positions``, ``options``,
``infeasible``, ``preferences``, ``measures``, ``values`` (of measures by party) and
``patience``.  A number X stands in the columns ``X``, ``X low``, ``X high`` and ``X
dist``.  What has no sheet (scenarios, stakes, evidence, ...) is named by the writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from dragoman.errors import MissingExtraError, ReadError
from dragoman.files import write_whole
from dragoman.formats.case_text import written
from dragoman.model import Case, Quantity
from dragoman.model import to_yaml as yaml_of

_MOST_BYTES = 50_000_000
_MOST_ROWS = 100_000
_HEAD = ("title", "mark", "notes", "as_of", "unit_of_value", "step_years", "patience_per", "hazard_per", "flow_per")
_NUMBERS = {"capability", "position", "salience", "status_quo", "once", "flow", "undone", "patience", "guarantee",
            "no_deal", "hazard"}  # fmt: skip
_LISTS = {"groups", "entities", "linked", "performers", "after"}
_COLUMNS = {
    "case": ("key", "value"),
    "parties": ("id", "name", "groups", "capability", "entities", "because"),
    "issues": ("id", "name", "low", "high", "status_quo", "linked", "side", "because"),
    "positions": ("issue", "party", "position", "salience", "capability", "because"),
    "options": ("id", "owner", "name", "moves", "because"),
    "infeasible": ("when", "because"),
    "preferences": ("party", "rank", "says", "because"),
    "measures": ("id", "name", "performers", "reversible", "undone", "after", "option", "because"),
    "values": ("measure", "party", "once", "flow"),
    "patience": ("party", "patience", "guarantee", "no_deal"),
}

Row = dict[str, Any]


def write_xlsx(case: Case, path: str | Path) -> tuple[str, ...]:
    """Write a case as a workbook; the parts of the case that have no sheet are returned by name.

    Raises:
        MissingExtraError: openpyxl is not installed.
        InputError: the file cannot be written.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in _sheets(case).items():
        if rows or name in {"case", "parties"}:
            _write_sheet(book.create_sheet(name), _headings(name, rows), rows)
    made = BytesIO()
    book.save(made)
    write_whole(path, made.getvalue())
    return left_out(case)


def left_out(case: Case) -> tuple[str, ...]:
    """The parts of ``case`` that a workbook does not hold."""
    parts = ("scenarios", "utilities", "guarantors", "plan", "terms")
    missing = [part for part in parts if getattr(case, part)]
    tree = case.source.tree
    missing += [part for part in ("stakes", "format") if tree.get(part)]
    if any(ranked.ranking for ranked in case.preferences.values()):
        missing.append("rankings")
    if case.status_quo is not None:
        missing.append("status_quo")
    missing += ["factions"] if any(party.factions for party in case.parties.values()) else []
    missing += ["points of scales"] if any(issue.scale.points for issue in case.issues.values()) else []
    numbers = case.numbers()
    missing += ["dated and coded values"] if any(number.dated or number.coded for number in numbers) else []
    return (*missing, "evidence and reasons of single numbers")


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("openpyxl", "tables") from None
    return openpyxl


def _write_sheet(sheet: Any, headings: Sequence[str], rows: Iterable[Row]) -> None:
    sheet.append(list(headings))
    sheet.freeze_panes = "A2"
    for at, row in enumerate(rows, 2):
        for column, heading in enumerate(headings, 1):
            value = row.get(heading)
            if value is None or value == "":
                continue
            cell = sheet.cell(row=at, column=column, value=value)
            if isinstance(value, str):
                cell.data_type = "s"


def _headings(name: str, rows: Sequence[Row]) -> list[str]:
    used = {key for row in rows for key, value in row.items() if value is not None}
    return [
        heading
        for column in _COLUMNS[name]
        for heading in (column, f"{column} low", f"{column} high", f"{column} dist")
        if heading == column or heading in used
    ]


def _sheets(case: Case) -> dict[str, list[Row]]:
    return {
        "case": list(_case_rows(case)),
        "parties": [
            {**_texts(party, "id", "name", "groups", "entities", "because"), **_cells("capability", party.capability)}
            for party in case.parties.values()
        ],
        "issues": [
            {
                **_texts(issue, "id", "name", "linked", "because"),
                "side": issue.side or None,
                "low": issue.scale.low,
                "high": issue.scale.high,
                **_cells("status_quo", issue.status_quo),
            }
            for issue in case.issues.values()
        ],
        "positions": list(_position_rows(case)),
        "options": [_texts(option, "id", "owner", "name", "moves", "because") for option in case.options.values()],
        "infeasible": [_pattern_row(pattern.yes, pattern.no, pattern.because) for pattern in case.infeasible],
        "preferences": [
            {"party": party, "rank": rank, "says": statement.text, "because": statement.because}
            for party, preferences in case.preferences.items()
            for rank, statement in enumerate(preferences.statements, 1)
        ],
        "measures": [
            {
                **_texts(measure, "id", "name", "performers", "after", "option", "because"),
                "reversible": measure.reversible,
                **_cells("undone", measure.undone),
            }
            for measure in case.measures.values()
        ],
        "values": list(_value_rows(case)),
        "patience": list(_patience_rows(case)),
    }


def _case_rows(case: Case) -> Iterator[Row]:
    for key in _HEAD:
        value = getattr(case, key)
        if value not in {"", None}:
            yield {"key": key, "value": value.isoformat() if isinstance(value, date) else value}
    if case.hazard is not None:
        for suffix, value in _cells("hazard", case.hazard).items():
            yield {"key": suffix, "value": value}


def _texts(entry: Any, *names: str) -> Row:
    values = {name: getattr(entry, name) for name in names}
    return {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _cells(name: str, number: Quantity | None) -> Row:
    """A number in its columns; of coders' values the centre and the range."""
    if number is None:
        return {}
    low, high = number.range()
    if low == high:
        return {name: written(low)}
    stated = number.value if number.dist != "coded" else number.central()
    dist = number.dist if number.dist == "pert" or (number.dist == "uniform" and stated is not None) else None
    centre = None if stated is None else written(stated)
    return {name: centre, f"{name} low": written(low), f"{name} high": written(high), f"{name} dist": dist}


def _position_rows(case: Case) -> Iterator[Row]:
    for key, issue in case.issues.items():
        for party, stand in issue.positions.items():
            yield {
                "issue": key,
                "party": party,
                **_cells("position", stand.position),
                **_cells("salience", stand.salience),
                **_cells("capability", stand.capability),
                "because": stand.because,
            }


def _pattern_row(yes: Iterable[str], no: Iterable[str], because: str) -> Row:
    return {"when": " and ".join([*sorted(yes), *(f"not {name}" for name in sorted(no))]), "because": because}


def _value_rows(case: Case) -> Iterator[Row]:
    for key, measure in case.measures.items():
        for party in case.parties:
            once, flow = measure.once.get(party), measure.flow.get(party)
            if once is not None or flow is not None:
                yield {"measure": key, "party": party, **_cells("once", once), **_cells("flow", flow)}


def _patience_rows(case: Case) -> Iterator[Row]:
    tables = {"patience": case.patience, "guarantee": case.guarantees, "no_deal": case.no_deal}
    for party in case.parties:
        cells = {key: cell for name, table in tables.items() for key, cell in _cells(name, table.get(party)).items()}
        if cells:
            yield {"party": party, **cells}


def read_xlsx(path: str | Path) -> str:
    """The YAML of a case from a workbook of such sheets.

    Raises:
        MissingExtraError: openpyxl is not installed.
        ReadError: the file is no workbook, or a sheet lacks a column; the message names sheet and row.
    """
    tables = _tables(Path(path))
    if "parties" not in tables:
        raise ReadError(str(path), f"no sheet 'parties' among {', '.join(tables) or 'none'}", "a sheet 'parties'")
    head = {str(row["key"]): row.get("value") for row in tables.get("case", [])}
    hazard = _number(head, "hazard")
    values: dict[str, Any] = {
        **{key: _plain(head[key]) for key in _HEAD if head.get(key) is not None},
        **({} if hazard is None else {"hazard": hazard}),
        "parties": {row["id"]: _entry(row, "id") for row in tables["parties"]},
        "issues": {row["id"]: _issue(row, tables.get("positions", [])) for row in tables.get("issues", [])},
        "options": {row["id"]: _entry(row, "id") for row in tables.get("options", [])},
        "infeasible": [_entry(row) for row in tables.get("infeasible", [])],
        "preferences": _preferences(tables.get("preferences", [])),
        "measures": {row["id"]: _measure(row, tables.get("values", [])) for row in tables.get("measures", [])},
        **_by_party(tables.get("patience", [])),
    }
    said = {key: value for key, value in values.items() if value not in ({}, [])}
    return yaml_of(said, comment=f"Read from the workbook {Path(path).name}")


def _tables(path: Path) -> dict[str, list[Row]]:
    openpyxl = _openpyxl()
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ReadError(str(path), f"{path.stat().st_size:,} bytes", f"at most {_MOST_BYTES:,}")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise ReadError(str(path), f"cannot be read ({error.strerror or error})", "a workbook (.xlsx)") from None
    except (KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException, _bad_zip()) as error:
        raise ReadError(str(path), f"no workbook ({error})", "a workbook (.xlsx)") from None
    try:
        return {sheet.title: _rows(sheet, str(path)) for sheet in book.worksheets if sheet.title in _COLUMNS}
    finally:
        book.close()


def _bad_zip() -> type[Exception]:
    from zipfile import BadZipFile

    return BadZipFile


def _rows(sheet: Any, place: str) -> list[Row]:
    lines = sheet.iter_rows(values_only=True)
    header = [str(cell).strip() if cell is not None else "" for cell in next(lines, ())]
    known = {f"{name}{end}" for name in _COLUMNS[sheet.title] for end in ("", " low", " high", " dist")}
    unknown = [heading for heading in header if heading and heading not in known]
    if unknown:
        raise ReadError(f"{place}: {sheet.title}", f"the column {unknown[0]!r}", ", ".join(_COLUMNS[sheet.title]))
    first = _COLUMNS[sheet.title][0]
    if first not in header:
        raise ReadError(f"{place}: {sheet.title}", f"no column {first!r}", ", ".join(_COLUMNS[sheet.title]))
    rows: list[Row] = []
    for at, cells in enumerate(lines, 2):
        row = {heading: cell for heading, cell in zip(header, cells, strict=False) if heading and cell is not None}
        if not row:
            continue
        if at > _MOST_ROWS:
            raise ReadError(f"{place}: {sheet.title}", "too many rows", f"at most {_MOST_ROWS:,}")
        if first not in row:
            raise ReadError(f"{place}: {sheet.title}, row {at}", f"no {first!r}", "one in every row")
        rows.append(
            {key: str(cell) if key in {"id", "issue", "party", "measure"} else cell for key, cell in row.items()}
        )
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return written(value) if isinstance(value, float) else value


def _number(row: Mapping[str, Any], name: str) -> Any:
    """The number of a row as the case file writes it; None where the row has none."""
    parts = {"value": name, "low": f"{name} low", "high": f"{name} high", "dist": f"{name} dist"}
    given = {key: _plain(row[heading]) for key, heading in parts.items() if row.get(heading) is not None}
    return given["value"] if set(given) == {"value"} else given or None


def _entry(row: Row, *without: str) -> Row:
    """The row's cells under their keys, numbers joined from their columns, lists split."""
    entry: Row = {}
    for heading, cell in row.items():
        name = heading.rsplit(" ", 1)[0] if heading.endswith((" low", " high", " dist")) else heading
        if name in without or name in entry:
            continue
        if name in _NUMBERS:
            entry[name] = _number(row, name)
        else:
            entry[name] = _split(cell) if name in _LISTS else _plain(cell)
    return entry


def _split(cell: Any) -> list[str]:
    return [part.strip() for part in str(cell).split(",") if part.strip()]


def _issue(row: Row, positions: Sequence[Row]) -> Row:
    entry = _entry(row, "id", "low", "high")
    ends = {key: _plain(row[key]) for key in ("low", "high") if key in row}
    stands = {stand["party"]: _entry(stand, "issue", "party") for stand in positions if stand["issue"] == row["id"]}
    return {**entry, **({"scale": ends} if ends else {}), **({"positions": stands} if stands else {})}


def _preferences(rows: Sequence[Row]) -> Row:
    parties: dict[str, list[Row]] = {}
    for row in sorted(rows, key=_rank):
        parties.setdefault(row["party"], []).append(_entry(row, "party", "rank"))
    return {party: {"statements": statements} for party, statements in parties.items()}


def _rank(row: Row) -> float:
    rank = row.get("rank")
    if isinstance(rank, bool) or not isinstance(rank, (int, float)):
        raise ReadError("preferences", f"the rank {rank!r} of {row['party']!r}", "a number, 1 for the most important")
    return float(rank)


def _measure(row: Row, values: Sequence[Row]) -> Row:
    entry = _entry(row, "id")
    mine = [value for value in values if value["measure"] == row["id"]]
    for name in ("once", "flow"):
        table = _column(mine, name)
        if table:
            entry[name] = table
    return entry


def _by_party(rows: Sequence[Row]) -> Row:
    sections = {"patience": "patience", "guarantee": "guarantees", "no_deal": "no_deal"}
    return {section: _column(rows, name) for name, section in sections.items()}


def _column(rows: Sequence[Row], name: str) -> Row:
    """The numbers of one column by party, empty cells left out."""
    numbers = {row["party"]: _number(row, name) for row in rows}
    return {party: number for party, number in numbers.items() if number is not None}
