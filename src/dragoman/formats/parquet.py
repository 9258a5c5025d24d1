"""Parquet, by way of polars: typed columns, the same bytes for the same rows."""

from __future__ import annotations

import io
from collections.abc import Sequence

from dragoman.errors import MissingExtraError
from dragoman.formats._rows import Cells, columns, type_of_column


def to_parquet(kind: str, rows: Sequence[Cells]) -> bytes:
    """Rows as a Parquet file.

    Raises:
        MissingExtraError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError("polars", "tables") from error
    types = {str: pl.String, int: pl.Int64, float: pl.Float64, bool: pl.Boolean}
    schema = {name: types[type_of_column(kind, name)] for name in columns(rows)}
    frame = pl.DataFrame([[row.get(name) for name in schema] for row in rows], schema=schema, orient="row")
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    return out.getvalue()
