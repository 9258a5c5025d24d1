"""Which tables are tables of events and none of articles: told by their header row, or by their first row."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADS = {
    "ICEWS": ("Event ID", "Event Date", "Source Name", "Event Text", "CAMEO Code"),
    "POLECAT": ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name"),
    "ACLED": ("event_id_cnty", "event_date", "event_type", "actor1"),
    "UCDP GED": ("relid", "type_of_violence", "side_a", "side_b", "date_start"),
    "GDELT": ("GLOBALEVENTID", "SQLDATE", "Actor1Code", "EventCode"),
}
_GDELT_ROW = re.compile(r"\d{6,}\t(?:19|20)\d{6}\t(?:19|20)\d{4}\t(?:19|20)\d\d\t")
GDELT_COLUMNS = (57, 58, 61)
"""Columns of the files without a head: reduced 1.0, 1.0, 2.0."""


def event_table(names: Sequence[str], head: str) -> str | None:
    """The coder whose table this is, or None.

    Args:
        names: the first row.
        head: the first lines of the file; GDELT's files have no header row.
    """
    have = {re.sub(r"[\s_]+", "", name).casefold() for name in names}
    for coder, wanted in _HEADS.items():
        if have.issuperset(re.sub(r"[\s_]+", "", name).casefold() for name in wanted):
            return coder
    first = head.split("\n", 1)[0]
    if _GDELT_ROW.match(first) and first.count("\t") + 1 in GDELT_COLUMNS:
        return "GDELT"
    return None
