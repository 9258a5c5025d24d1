"""CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would take for a formula.

A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break gets an
apostrophe before it (OWASP, CSV injection).  Numbers are left as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from dragoman.formats._rows import Cells, columns

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(kind: str, rows: Sequence[Cells]) -> bytes:
    """Rows as a CSV table with a head."""
    del kind
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    head = columns(rows)
    writer.writerow(head)
    writer.writerows([cell(row.get(name)) for name in head] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def cell(value: Any) -> Any:
    """A value as a safe cell.

    >>> cell("=1+1"), cell(-5.0), cell(None), cell(True)
    ("'=1+1", -5.0, '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        clean = value.replace("\0", "\ufffd")
        return "'" + clean if clean.startswith(RISKY) else clean
    return value
