"""Excel workbooks, by way of xlsxwriter.

Every text is a text, never a formula or a link; the same rows give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dragoman.errors import InputError, MissingExtraError
from dragoman.formats._rows import Cells, columns

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
MADE = datetime(2000, 1, 1, tzinfo=UTC)


def to_xlsx(kind: str, rows: Sequence[Cells]) -> bytes:
    """Rows as a workbook with one sheet, its head frozen and filterable.

    Raises:
        MissingExtraError: xlsxwriter is not installed.
        InputError: more rows than a sheet, or a longer text than a cell can hold.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("xlsxwriter", "tables") from error
    if len(rows) > MOST_ROWS:
        raise InputError("xlsx", f"{len(rows)} rows", f"at most {MOST_ROWS}; use Parquet or CSV")
    out, head = io.BytesIO(), columns(rows)
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": f"{kind}, exported by Dragoman", "created": MADE.replace(tzinfo=None)})
    sheet = book.add_worksheet(kind[:31])
    bold = book.add_format({"bold": True})
    for place, name in enumerate(head):
        sheet.write_string(0, place, name, bold)
    for number, row in enumerate(rows, start=1):
        for place, name in enumerate(head):
            _write(sheet, number, place, name, row.get(name))
    sheet.freeze_panes(1, 0)
    if head:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, number: int, place: int, name: str, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(number, place, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(number, place, value)
    elif len(value) > LONGEST_CELL:
        found = f"{len(value)} characters"
        raise InputError(
            f"xlsx, row {number}, {name}", found, f"at most {LONGEST_CELL} in a cell; use CSV, JSON lines or Parquet"
        )
    else:
        sheet.write_string(number, place, value)
