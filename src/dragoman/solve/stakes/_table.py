"""A table of bilateral trade: columns recognised by their common names, as arrays.

Rows are pairs of countries, themselves included.  CSV needs nothing more; Parquet
needs the extra ``tables``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def read_table(path: Path, years: Sequence[int] = ()) -> TradeTable:
    """Read a table of trade.

    Raises:
        ReadError: no such file, or columns are missing.
        MethodError: a pair is missing or a number is none.
    """
    rows = _rows(path)
    names = _columns(rows[0], str(path))
    if years and "year" in names:
        rows = [row for row in rows if int(float(row[names["year"]])) in set(years)]
        if not rows:
            raise ReadError(str(path), f"no row of the years {', '.join(map(str, years))}", "years of the table")
    countries = tuple(sorted({str(row[names[side]]) for row in rows for side in ("exporter", "importer")}))
    place = {name: number for number, name in enumerate(countries)}
    pairs = [(place[str(row[names["exporter"]])], place[str(row[names["importer"]])]) for row in rows]
    flows = _grid(rows, pairs, names["trade"], len(countries), str(path))
    variables = {
        name: _grid(rows, pairs, names[name], len(countries), str(path)) for name in VARIABLES if name in names
    }
    if "lndist" not in variables and "distance" in names:
        variables["lndist"] = np.log(_grid(rows, pairs, names["distance"], len(countries), str(path)))
    return TradeTable(countries=countries, flows=flows, variables=variables)


def _rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix.lower() == ".parquet":
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("polars", "tables") from error
        found: list[dict[str, Any]] = pl.read_parquet(path).to_dicts()
    else:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                found = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(str(path), f"cannot be read ({error})", "a table of trade in CSV or Parquet") from error
    if not found:
        raise ReadError(str(path), "no rows", "one row for each pair of countries")
    return found


def _columns(row: Mapping[str, Any], place: str) -> dict[str, str]:
    lower = {name.lower().strip(): name for name in row}
    names = {key: lower[alias] for key, aliases in ALIASES.items() for alias in reversed(aliases) if alias in lower}
    for needed in ("exporter", "importer", "trade"):
        if needed not in names:
            raise ReadError(place, f"columns {', '.join(row)}", f"a column {' or '.join(ALIASES[needed][:3])}")
    return names


def _grid(
    rows: Sequence[Mapping[str, Any]], pairs: Sequence[tuple[int, int]], column: str, size: int, place: str
) -> Floats:
    sums, counts = np.zeros((size, size)), np.zeros((size, size))
    for number, (row, (fro, to)) in enumerate(zip(rows, pairs, strict=True), start=2):
        try:
            value = float(row[column])
        except (TypeError, ValueError) as error:
            raise MethodError(f"{place}:{number}", f"{column} {row[column]!r}", "a number") from error
        sums[fro, to] += value
        counts[fro, to] += 1
    if (counts == 0).any():
        missing = int((counts == 0).sum())
        own = int((np.diag(counts) == 0).sum())
        hint = (
            "a row for each country with itself: gross output less exports"
            if own
            else "a row for each pair (0 for none)"
        )
        raise MethodError(place, f"{missing} pairs of countries without a row", hint)
    return sums / counts
