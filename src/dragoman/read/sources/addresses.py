"""The addresses that a file lists: a text file, a column of a table, a feed, a list of feeds, JSON, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._feed import opml_addresses, parsed_feed
from dragoman.read.sources._fields import FIELD_OF, fields_of, plain_name
from dragoman.read.sources._json import loads, rows_of
from dragoman.read.sources._plain import addresses_in_text
from dragoman.read.sources._raw import decode
from dragoman.read.sources._references import entries_of
from dragoman.read.sources._source import Source, file_source
from dragoman.read.sources._table import format_of
from dragoman.read.sources._tables import csv_rows


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The addresses of articles and those of feeds, each once, in order."""

    articles: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def listed_in(path: Path) -> Listed:
    """The addresses that a file lists.

    Raises:
        ReadError: it lists none, or cannot be read.
    """
    source = file_source(path)
    found = listed_by(source)
    if not found.articles and not found.feeds:
        raise ReadError(source.place, "a file without addresses", "addresses: one a line, a column url, a feed, OPML")
    return found


def listed_by(source: Source) -> Listed:
    """The addresses that a source lists.

    Raises:
        ReadError: it cannot be read.
    """
    kind = format_of(source).name
    data = source.whole()
    if kind == "opml":
        return Listed(feeds=_web(opml_addresses(data, source.place)))
    if kind == "feed":
        return Listed(articles=_web(entry.get("link") for entry in parsed_feed(data, source.place).entries))
    text, _ = decode(data, source.place)
    return Listed(articles=_web(_in_text(text, kind, source.place)))


def _in_text(text: str, kind: str, place: str) -> Iterator[Any]:
    if kind == "csv":
        names, rows = csv_rows(text, place)
        columns = [number for number, name in enumerate(names) if FIELD_OF.get(plain_name(name)) == "url"]
        yield from (row[columns[0]] for _, row in rows if columns and columns[0] < len(row))
    elif kind in ("json", "jsonl"):
        values = loads(text, place) if kind == "json" else [loads(line, place) for line in text.split("\n") if line]
        rows_found, _ = rows_of(values)
        for row in rows_found or [values]:
            if isinstance(row, Mapping):
                yield fields_of(row, place).get("url")
    elif kind in ("ris", "bibtex"):
        yield from (entry.get("url") for _, entry in entries_of(text, kind, place))
    else:
        yield from addresses_in_text(text)


def _web(addresses: Any) -> tuple[str, ...]:
    """Addresses of the web among values, each once."""
    return tuple(dict.fromkeys(item.strip() for item in addresses if isinstance(item, str) and is_web(item)))


def is_web(address: str) -> bool:
    """Whether an address is one of the web."""
    return address.strip().lower().startswith(("http://", "https://"))
