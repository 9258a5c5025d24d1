"""The line that says where and when a report was sent: "SEOUL, June 15 (Meridian) – ", which tells of nothing."""

from __future__ import annotations

import re

DATELINE = re.compile(r"(?=[A-Z]{3})[A-Z][^–—\n]{2,60}?(?: [–—]|--| -) ")


def told_from(paragraph: str) -> int:
    """Where the report begins in a paragraph: behind its dateline, at 0 where it has none."""
    found = DATELINE.match(paragraph)
    return found.end() if found else 0
