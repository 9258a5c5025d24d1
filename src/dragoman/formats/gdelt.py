"""Events under the column names of GDELT 2.0, for programs that read those: tab-separated, with a head.

One row for every pair of source and target.  Columns that GDELT fills by methods of
its own (tone, geographic codes) are left empty, not guessed.  Source: The GDELT
Event Database, Data Format Codebook V2.0, 2015.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import product

from dragoman.formats.csv import cell
from dragoman.record.views import EventRow, Party

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone", "ActionGeo_FullName", "DATEADDED",
)  # fmt: skip


def to_gdelt(events: Sequence[EventRow]) -> bytes:
    """Events held, as GDELT's columns; planned, possible, called-off and denied ones are no events there."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for event in events:
        if event.status == "held":
            writer.writerows(_rows(event))
    return out.getvalue().encode()


def _rows(event: EventRow) -> Iterator[list[object]]:
    day = (event.day or "").replace("-", "")
    for number, (source, target) in enumerate(product(event.source or (None,), event.target or (None,))):
        code = event.cameo or ""
        values = {
            "GLOBALEVENTID": (int(event.id.rpartition("-")[2], 16) % 10**15) * 100 + number, "SQLDATE": day,
            "MonthYear": day[:6], "Year": day[:4], **_actor("Actor1", source), **_actor("Actor2", target),
            "IsRootEvent": 1,
            "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": event.quad,
            "GoldsteinScale": event.goldstein, "NumMentions": event.reports, "NumSources": event.sources,
            "NumArticles": event.reports, "ActionGeo_FullName": event.place,
            "DATEADDED": (event.first_reported or "").replace("-", ""),
        }  # fmt: skip
        yield [cell(values.get(name)) for name in COLUMNS]


def _actor(name: str, party: Party | None) -> dict[str, object]:
    if party is None:
        return {}
    return {f"{name}Code": party.country, f"{name}Name": party.name.upper(), f"{name}CountryCode": party.country}
