"""Tables of events of other coders: GDELT 1.0 and 2.0, ICEWS, POLECAT, ACLED, UCDP GED.

A table is read a row at a time.  Codes become alpha-3 countries and PLOVER types by what the coders publish: CAMEO
codes by the published conversion (:mod:`dragoman.read.events.ontology`), names of countries and of governments by the
reader's own table of states.  What has no counterpart stays empty; nothing is guessed.

Sources of the layouts: GDELT Event Codebook 1.03 and 2.0; ICEWS Coded Event Data README; POLECAT codebook; ACLED
codebook; UCDP GED codebook.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, Any, cast
from zipfile import BadZipFile, ZipFile

from dragoman.errors import ReadError, UnknownNameError
from dragoman.read.events.ontology import TYPES, from_cameo, quad
from dragoman.read.findings import EventType
from dragoman.read.sources._article import day_of
from dragoman.read.sources._events import GDELT_COLUMNS, event_table
from dragoman.read.sources._source import MAX_UNPACKED, shown
from dragoman.read.world import world
from dragoman.record.others import CodedEvent, payload_of

_CAMEO_COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "KSV": "XKX", "ZAR": "COD", "PAL": "PSE", "WSB": "PSE", "GZS": "PSE"}
_GDELT_NAMES = {
    "GLOBALEVENTID": 0, "SQLDATE": 1, "Actor1Name": 6, "Actor1CountryCode": 7, "Actor2Name": 16,
    "Actor2CountryCode": 17, "IsRootEvent": 25, "EventCode": 26, "QuadClass": 29, "GoldsteinScale": 30,
    "NumMentions": 31, "NumSources": 32, "NumArticles": 33,
}  # fmt: skip
_GDELT_PLACES = {57: 50, 58: 50, 61: 52}
_MAX_FIELD = 1_000_000
_OF_COUNTRY = re.compile(r"\((?:[^)]*\d{4}[^)]*)\)")


@dataclass(frozen=True, kw_only=True)
class EventTable:
    """A table that was opened: the coder, its hash, and its rows, with the lines of those that say nothing usable."""

    coder: str
    digest: str
    rows: Iterator[CodedEvent]
    faults: list[str]


@contextmanager
def event_table_of(path: Path) -> Iterator[EventTable]:
    """Open a table of another coder, plain or packed.

    Raises:
        ReadError: it is none that is known, or cannot be read.
    """
    place = shown(path)
    try:
        digest = _digest(path)
        with _text(path, place) as lines:
            first = lines.readline(_MAX_FIELD)
            delimiter = max(",;\t", key=first.count)
            names = next(csv.reader([first], delimiter=delimiter), [])
            coder = event_table([name.strip('\ufeff "') for name in names], first)
            if coder is None:
                raise ReadError(place, f"columns {', '.join(names)[:160] or 'none'}",
                                "a table of GDELT, ICEWS, POLECAT, ACLED or UCDP GED")  # fmt: skip
            faults: list[str] = []
            rows = _rows(lines, first, names, delimiter, place)
            yield EventTable(coder=coder, digest=digest, rows=_coded(rows, coder, faults, place), faults=faults)
    except OSError as error:
        raise ReadError(place, (error.strerror or str(error)).lower(), "a file that can be read") from error
    except (BadZipFile, EOFError) as error:
        raise ReadError(place, f"a damaged archive ({error})", "a whole file") from error


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _text(path: Path, place: str) -> Iterator[IO[str]]:
    """The table's lines, out of a ZIP of one file or a packed file if it is in one."""
    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(0)
        if head.startswith(b"PK"):
            with ZipFile(stream) as book:
                inner = [info for info in book.infolist() if not info.is_dir()]
                if len(inner) != 1:
                    raise ReadError(place, f"an archive of {len(inner)} files", "an archive of one table")
                if inner[0].file_size > MAX_UNPACKED:
                    raise ReadError(place, f"a table of {inner[0].file_size:,} bytes", f"at most {MAX_UNPACKED:,}")
                with book.open(inner[0]) as entry:
                    yield io.TextIOWrapper(entry, encoding="utf-8", errors="replace", newline="")
        elif head.startswith(b"\x1f\x8b"):
            with gzip.open(stream) as entry:
                yield io.TextIOWrapper(cast("IO[bytes]", entry), encoding="utf-8", errors="replace", newline="")
        else:
            yield io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")


def _rows(
    lines: IO[str], first: str, names: list[str], delimiter: str, place: str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows by name; GDELT's files have no head and get one here."""
    csv.field_size_limit(_MAX_FIELD)
    names = [name.strip('\ufeff "') for name in names]
    headless = len(names) in GDELT_COLUMNS and names[0].isdigit()
    if headless:
        rows = csv.reader(_with(first, lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL)
    number = 0 if headless else 1
    try:
        for row in rows:
            number += 1
            if row:
                yield number, _gdelt_named(row) if headless else dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise ReadError(f"{place}:{number + 1}", str(error), "rows of a well-formed table") from error


def _with(first: str, lines: IO[str]) -> Iterator[str]:
    yield first
    yield from lines


def _gdelt_named(row: list[str]) -> dict[str, str]:
    named = {name: row[place] for name, place in _GDELT_NAMES.items() if place < len(row)}
    if len(row) in _GDELT_PLACES:
        named["ActionGeo_FullName"] = row[_GDELT_PLACES[len(row)]]
    if len(row) in (58, 61):
        named["SOURCEURL"] = row[-1]
    return named


def _coded(
    rows: Iterator[tuple[int, Mapping[str, str]]], coder: str, faults: list[str], place: str
) -> Iterator[CodedEvent]:
    make = _CODERS[coder]
    for number, row in rows:
        event = make({name: (value or "").strip() for name, value in row.items()})
        if event.day is None or (event.source is None and event.target is None and event.type is None):
            faults.append(f"{place}:{number}")
        else:
            yield event


def _gdelt(row: Mapping[str, str]) -> CodedEvent:
    return CodedEvent(
        day=_day(row.get("SQLDATE", "")), source=_code(row.get("Actor1CountryCode")),
        target=_code(row.get("Actor2CountryCode")), **_cameo(row.get("EventCode", "")),
        place=row.get("ActionGeo_FullName") or None, url=row.get("SOURCEURL") or None,
        payload=payload_of(id=row.get("GLOBALEVENTID"), actor1=row.get("Actor1Name"), actor2=row.get("Actor2Name"),
                           mentions=row.get("NumMentions"), articles=row.get("NumArticles")),
    )  # fmt: skip


def _icews(row: Mapping[str, str]) -> CodedEvent:
    return CodedEvent(
        day=_day(row.get("Event Date", "")), source=country_of(row.get("Source Country")),
        target=country_of(row.get("Target Country")), **_cameo(row.get("CAMEO Code", "")),
        place=", ".join(filter(None, (row.get("City"), row.get("Country")))) or None,
        payload=payload_of(id=row.get("Event ID"), source=row.get("Source Name"), target=row.get("Target Name"),
                           event=row.get("Event Text"), publisher=row.get("Publisher"), story=row.get("Story ID"),
                           sentence=row.get("Sentence Number")),
    )  # fmt: skip


def _polecat(row: Mapping[str, str]) -> CodedEvent:
    kind = _type(row.get("Event Type", ""))
    return CodedEvent(
        day=_day(row.get("Event Date", "")), source=country_of(row.get("Actor Country") or row.get("Actor Name")),
        target=country_of(row.get("Recipient Country") or row.get("Recipient Name")), type=kind, quad=_quad(kind),
        goldstein=_number(row.get("Intensity")), place=row.get("Placename") or row.get("City") or None,
        words=row.get("Headline") or row.get("Event Text") or None, url=row.get("URL") or None,
        payload=payload_of(id=row.get("Event ID"), source=row.get("Actor Name"), target=row.get("Recipient Name"),
                           mode=row.get("Event Mode"), publisher=row.get("Source"),
                           published=row.get("Publication Date")),
    )  # fmt: skip


_ACLED_TYPES: dict[str, EventType] = {
    "Battles": "ASSAULT", "Explosions/Remote violence": "ASSAULT", "Violence against civilians": "ASSAULT",
    "Protests": "PROTEST", "Riots": "PROTEST",
}  # fmt: skip
_ACLED_SUBTYPES: dict[str, EventType] = {
    "Agreement": "AGREE", "Arrests": "COERCE", "Disrupted weapons use": "MOBILIZE",
    "Non-violent transfer of territory": "RETREAT",
}  # fmt: skip


def _acled(row: Mapping[str, str]) -> CodedEvent:
    kind = _ACLED_SUBTYPES.get(row.get("sub_event_type", "")) or _ACLED_TYPES.get(row.get("event_type", ""))
    return CodedEvent(
        day=_day(row.get("event_date", "")), source=country_of(row.get("actor1")), target=country_of(row.get("actor2")),
        type=kind, quad=_quad(kind), words=row.get("notes") or None,
        place=", ".join(filter(None, (row.get("location"), row.get("country")))) or None,
        payload=payload_of(id=row.get("event_id_cnty"), source=row.get("actor1"), target=row.get("actor2"),
                           event=row.get("sub_event_type") or row.get("event_type"), publisher=row.get("source"),
                           fatalities=row.get("fatalities")),
    )  # fmt: skip


def _ucdp(row: Mapping[str, str]) -> CodedEvent:
    return CodedEvent(
        day=_day(row.get("date_start", "")), source=country_of(row.get("side_a")), target=country_of(row.get("side_b")),
        type="ASSAULT", quad=4, words=row.get("source_headline") or None,
        place=row.get("where_description") or row.get("country") or None,
        payload=payload_of(id=row.get("id") or row.get("relid"), source=row.get("side_a"), target=row.get("side_b"),
                           until=row.get("date_end"), deaths=row.get("best"), publisher=row.get("source_office")),
    )  # fmt: skip


_CODERS: Mapping[str, Callable[[Mapping[str, str]], CodedEvent]] = {
    "GDELT": _gdelt, "ICEWS": _icews, "POLECAT": _polecat, "ACLED": _acled, "UCDP GED": _ucdp,
}  # fmt: skip


def _day(words: str) -> str | None:
    """A day as the table writes it; ``00:00:00`` behind it is no part of it."""
    head = words.split(" 00:00", maxsplit=1)[0]
    try:
        if len(head) == 8 and head.isdigit():
            return date(int(head[:4]), int(head[4:6]), int(head[6:])).isoformat()
    except ValueError:
        return None
    day = day_of(head) if head else None
    return day.isoformat() if day else None


def _code(code: str | None) -> str | None:
    """A CAMEO country as alpha-3; regions and bodies have no country."""
    code = _CAMEO_COUNTRIES.get(code or "", code or "")
    return code if code in _states() else None


@cache
def _states() -> frozenset[str]:
    return frozenset(world().states)


@cache
def country_of(name: str | None) -> str | None:
    """The country that a name or code means: "Russian Federation", "RUS", "Government of Ukraine".

    >>> country_of("Military Forces of Russia (2000-)"), country_of("Boko Haram"), country_of("UKR")
    ('RUS', None, 'UKR')
    """
    if not name:
        return None
    if name.upper() in _states():
        return name.upper()
    matches = world().match(_OF_COUNTRY.sub("", name))
    found = [item.country for match in matches for item in match.names if item.country == item.id]
    return found[0] if len(set(found)) == 1 else None


def _type(words: str) -> EventType | None:
    return next((kind for kind in TYPES if kind == words.strip().upper()), None)


def _quad(kind: EventType | None) -> int | None:
    return quad(kind) if kind else None


def _number(words: str | None) -> float | None:
    try:
        return float(words) if words else None
    except ValueError:
        return None


def _cameo(code: str) -> dict[str, Any]:
    """Type, quad class and Goldstein value of a CAMEO code; tables that went through a spreadsheet lost its first 0."""
    for attempt in (code.zfill(3), f"0{code}") if code else ():
        try:
            found = from_cameo(attempt)
        except UnknownNameError:
            continue
        return {"cameo": attempt, "type": found.type, "quad": _quad(found.type), "goldstein": found.goldstein}
    return {"cameo": code or None, "type": None, "quad": None, "goldstein": None}
