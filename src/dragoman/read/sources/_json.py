"""JSON: one article, a list, JSON lines, and what services wrap their lists in.

Known wrappers: ``articles`` (NewsAPI, GDELT), ``response.results`` (Guardian), ``response.docs``, ``results``,
``stories`` (Media Cloud), ``data``, ``items`` (JSON Feed, Zotero's CSL), ``hits.hits`` with ``_source``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article
from dragoman.read.sources._fields import AddressOnlyError, row_article
from dragoman.read.sources._plain import Found, address_list
from dragoman.read.sources._raw import MAX_CHARACTERS, decode, refuse_binary
from dragoman.read.sources._source import Source, cannot_be_read

_LINE_BYTES = 4 * MAX_CHARACTERS
_WRAPPERS = ("articles", "results", "docs", "stories", "items", "data", "hits", "rows", "records", "documents", "news")
_DEEPEST = 3


def json_line_articles(source: Source) -> Found:
    """A file of JSON lines, read a line at a time: memory does not grow with the file."""
    empty = True
    addresses = texts = 0
    try:
        with source.open() as lines:
            refuse_binary(source.head(), source.place)
            for number, line in enumerate(iter(lambda: lines.readline(_LINE_BYTES + 1), b""), start=1):
                if len(line) > _LINE_BYTES:
                    raise ReadError(
                        f"{source.place}:{number}", f"a line of more than {_LINE_BYTES:,} bytes", "one article a line"
                    )
                if line.strip():
                    empty = False
                    found = _line(line, source, number)
                    addresses += isinstance(found, AddressOnlyError)
                    texts += isinstance(found, Article)
                    if not isinstance(found, AddressOnlyError):
                        yield found
    except OSError as error:
        raise cannot_be_read(source.place, error) from error
    if empty:
        raise ReadError(source.place, "an empty file", "one JSON object a line", state="empty")
    if addresses:
        raise address_list(source.place, addresses)


def _line(line: bytes, source: Source, number: int) -> Article | ReadError:
    at = f":{number}"
    try:
        text, note = decode(line, source.place + at)
        return row_article(loads(text, source.place + at), source, at, "jsonl").noted(note)
    except ReadError as fault:
        return fault


def json_articles(source: Source) -> Found:
    """A JSON file: one article, a list of them, or a service's wrapper around such a list."""
    text, note = decode(source.whole(), source.place)
    try:
        value = loads(text, source.place)
    except ReadError:
        if "}\n" not in text.strip():
            raise
        yield from json_line_articles(source)
        return
    rows, way = rows_of(value)
    if rows is None:
        yield row_article(value, source, "", "json").noted(note)
        return
    addresses = 0
    for number, row in enumerate(rows):
        try:
            yield row_article(_inner(row), source, f"{way}[{number}]", "json").noted(note)
        except AddressOnlyError:
            addresses += 1
        except ReadError as fault:
            yield fault
    if addresses:
        raise address_list(source.place, addresses)
    if not rows:
        raise ReadError(source.place, "JSON with an empty list", "at least one article", state="empty")


def rows_of(value: Any, depth: int = 0) -> tuple[list[Any] | None, str]:
    """The list of articles in a value, and the way to it; None where the value is an article itself."""
    if isinstance(value, list):
        return value, ""
    if isinstance(value, Mapping) and depth < _DEEPEST:
        if isinstance(value.get("response"), Mapping):
            rows, way = rows_of(value["response"], depth + 1)
            return rows, f":response{way.replace(':', '.', 1)}"
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, list) and all(isinstance(item, Mapping) for item in inner):
                return inner, f":{name}"
            if name == "hits" and isinstance(inner, Mapping):
                rows, way = rows_of(inner, depth + 1)
                return rows, f":hits{way.replace(':', '.', 1)}"
    return None, ""


def _inner(row: Any) -> Any:
    return row["_source"] if isinstance(row, Mapping) and isinstance(row.get("_source"), Mapping) else row


def loads(text: str, place: str) -> Any:
    """A JSON value.

    Raises:
        ReadError: it is no JSON, nested too deeply, or has a number of more digits than Python converts.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{place}:{error.lineno}" if error.lineno > 1 else place
        raise ReadError(where, f"no JSON ({error.msg})", "JSON") from error
    except RecursionError as error:
        raise ReadError(place, "JSON nested too deeply", "one object an article") from error
    except ValueError as error:
        raise ReadError(place, "JSON with a number of thousands of digits", "JSON with ordinary numbers") from error
