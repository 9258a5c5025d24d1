"""A table of bilateral trade: columns recognised by their common names, as arrays.

1. Rows are pairs of countries, themselves included (domestic sales); CSV needs nothing
   more, Parquet needs the extra ``tables``.
2. Lines before the header that begin with ``#`` say where the figures come from.
3. Rows of the chosen years are averaged, so that every pair stands once.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.errors import MethodError, MissingExtraError, ReadError
from dragoman.solve.stakes._trade import Floats

ALIASES: Mapping[str, tuple[str, ...]] = {
    "exporter": ("exporter", "iso_o", "iso3_o", "exporter_iso3", "origin", "orig", "reporter"),
    "importer": ("importer", "iso_d", "iso3_d", "importer_iso3", "destination", "dest", "partner"),
    "year": ("year", "yr", "t"),
    "trade": ("trade", "tradeflow", "trade_value", "flow", "value", "exports", "trade_flow"),
    "lndist": ("lndist", "ln_dist", "ln_distance", "logdist"),
    "distance": ("distance", "dist", "distw", "distcap"),
    "contiguity": ("contiguity", "contig", "cntg", "border"),
    "common_language": ("common_language", "comlang_off", "language", "lang"),
    "pta": ("pta", "rta", "fta", "fta_wto", "agreement"),
    "international": ("international", "intl", "intl_brdr"),
}
VARIABLES = ("lndist", "contiguity", "common_language", "pta", "international")
DOMESTIC = "for each country a row with itself (exporter = importer): gross output less exports to all others"
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TradeTable:
    """Trade among ``countries`` in one year or the mean of several: ``flows`` and each variable are (n, n)."""

    countries: tuple[str, ...]
    flows: Floats
    variables: Mapping[str, Floats]

    def place(self, country: str) -> int:
        """The row of a country.

        Raises:
            MethodError: the table lacks it.
        """
        if country not in self.countries:
            raise MethodError("trade", f"no country {country!r} in the table", f"one of: {', '.join(self.countries)}")
        return self.countries.index(country)


def read_table(path: Path, years: Sequence[int] = (), variables: Iterable[str] = ()) -> TradeTable:
    """Read a table of trade.

    Args:
        path: CSV or Parquet with exporter, importer and trade, by their common names.
        years: the years to average; none for all rows.
        variables: columns to read beside those of the common names.

    Raises:
        ReadError: no such file, or columns are missing.
        MethodError: a pair is missing, or a number is none.
        MissingExtraError: Parquet without the extra ``tables``.
    """
    rows = _rows(path)
    names = _columns(rows[0], str(path), variables)
    rows = _of_years(rows, names.get("year"), years, str(path))
    countries = tuple(sorted({str(row[names[side]]) for row in rows for side in ("exporter", "importer")}))
    place = {name: number for number, name in enumerate(countries)}
    pairs = [(place[str(row[names["exporter"]])], place[str(row[names["importer"]])]) for row in rows]
    _check_pairs(pairs, countries, str(path))
    known = [key for key in names if key not in {"exporter", "importer", "year"}]
    grids = {key: _grid(rows, pairs, names[key], len(countries), str(path)) for key in known}
    flows, distance = grids.pop("trade"), grids.pop("distance", None)
    if (flows < 0).any():
        raise MethodError(str(path), f"a negative flow ({flows.min():g})", "flows of 0 or more")
    if "lndist" not in grids and distance is not None:
        grids["lndist"] = _logarithm(distance, str(path))
    return TradeTable(countries=countries, flows=flows, variables=grids)


def _logarithm(distance: Floats, place: str) -> Floats:
    if (distance <= 0).any():
        raise MethodError(place, f"a distance of {distance.min():g}", "distances above 0, a country's own included")
    logs: Floats = np.log(distance)
    return logs


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        found = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
        raise ReadError(str(path), reason, "a table of trade in CSV or Parquet, beside the case file") from error
    if not found:
        raise ReadError(str(path), "no rows", "one row for each pair of countries")
    return found


def _csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(dropwhile(lambda line: line.startswith("#"), file)))


def _parquet(path: Path) -> list[dict[str, Any]]:
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError("polars", "tables") from error
    try:
        found: list[dict[str, Any]] = pl.read_parquet(path).to_dicts()
    except pl.exceptions.PolarsError as error:
        raise ReadError(str(path), f"cannot be read ({error})", "a table in Parquet") from error
    return found


def _columns(row: Row, place: str, variables: Iterable[str]) -> dict[str, str]:
    lower = {str(name).lower().strip(): name for name in row}
    names = {key: lower[alias] for key, aliases in ALIASES.items() for alias in reversed(aliases) if alias in lower}
    names |= {key: lower[key.lower()] for key in variables if key not in names and key.lower() in lower}
    for needed in ("exporter", "importer", "trade"):
        if needed not in names:
            found = ", ".join(map(str, row))
            raise ReadError(place, f"columns {found}", f"a column {' or '.join(ALIASES[needed][:3])}")
    return names


def _of_years(rows: list[dict[str, Any]], column: str | None, years: Sequence[int], place: str) -> list[dict[str, Any]]:
    if not years:
        return rows
    if column is None:
        raise ReadError(place, "no column of years", "a column year, or no years in the case")
    chosen = [row for row in rows if int(_number(row[column], column, place)) in set(years)]
    if not chosen:
        raise ReadError(place, f"no row of the years {', '.join(map(str, years))}", "years of the table")
    return chosen


def _check_pairs(pairs: Sequence[tuple[int, int]], countries: Sequence[str], place: str) -> None:
    given = set(pairs)
    own = [name for number, name in enumerate(countries) if (number, number) not in given]
    if own:
        raise MethodError(place, f"no domestic trade of {', '.join(own)}", DOMESTIC)
    size = len(countries)
    missing = [(i, j) for i in range(size) for j in range(size) if (i, j) not in given]
    if missing:
        fro, to = missing[0]
        found = f"{len(missing)} pairs without a row, first {countries[fro]} to {countries[to]}"
        raise MethodError(place, found, "a row for each pair of countries, with 0 where they do not trade")


def _grid(rows: Sequence[Row], pairs: Sequence[tuple[int, int]], column: str, size: int, place: str) -> Floats:
    """(n, n): the mean of a column over the rows of each pair."""
    values = np.array([_number(row[column], column, place) for row in rows])
    fro, to = np.array(pairs).T
    sums, counts = np.zeros((size, size)), np.zeros((size, size))
    np.add.at(sums, (fro, to), values)
    np.add.at(counts, (fro, to), 1)
    return sums / counts


def _number(raw: Any, column: str, place: str) -> float:
    try:
        value = float(raw)
    except (TypeError, ValueError) as error:
        raise MethodError(place, f"{column} {raw!r}", "a number") from error
    if not math.isfinite(value):
        raise MethodError(place, f"{column} {raw!r}", "a finite number")
    return value
