"""JSON lines: one row a line, sorted keys, UTF-8."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.formats._rows import Cells, lines


def to_jsonl(kind: str, rows: Sequence[Cells]) -> bytes:
    """Rows as JSON lines."""
    del kind
    return "".join(lines(rows)).encode()
