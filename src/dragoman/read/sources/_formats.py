"""Text with header lines, JSON, JSON lines, CSV and HTML: one reader a format.

A reader takes the decoded text and its place and yields articles; a row at fault
comes as a :class:`~dragoman.errors.ReadError` in its place, so that one bad row
does not hide the others.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._article import ArticleKind, RawArticle, make_article
from dragoman.read.sources._raw import MAX_CHARACTERS, decode, refuse_binary
from dragoman.read.sources.html import html_articles

Found = Iterator[RawArticle | ReadError]

_NAMES = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publication", "publisher", "newspaper", "sitename"),
    "url": ("url", "link", "uri"),
    "byline": ("byline", "author", "authors", "by"),
    "published": ("published", "date", "publication_date", "date_publish", "pubdate", "published_at"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_HEADER = re.compile(r"(Outlet|Title|Published|Byline|Note|Url|Source|Author|Date|Headline):[ \t]*(.*)", re.IGNORECASE)
_LINE_BYTES = 4 * MAX_CHARACTERS


def text_articles(text: str, place: str) -> Found:
    """A text file: header lines ``Key: value`` at its very top are metadata, the rest is the body."""
    fields, note, body_at = _headers(text)
    line = text.count("\n", 0, body_at) + 1
    body = text[body_at:]
    yield make_article(text=body, place=f"{place}:{line}", kind="text", fields=fields, note=note)


def _headers(text: str) -> tuple[dict[str, str], str | None, int]:
    fields: dict[str, str] = {}
    note = None
    at = 0
    while match := _HEADER.match(text, at):
        key, value = match[1].lower(), match[2].strip()
        if key == "note":
            note = value
        else:
            fields.setdefault(_FIELD_OF[key], value)
        at = min(match.end() + 1, len(text))
    blank = re.compile(r"(?:[ \t]*\n)*").match(text, at)
    return fields, note, blank.end() if blank and at else at


def json_line_articles(path: Path) -> Found:
    """A file of JSON lines, read a line at a time: memory does not grow with the file."""
    try:
        with path.open("rb") as lines:
            refuse_binary(lines.peek(), str(path))
            number, empty = 0, True
            while line := lines.readline(_LINE_BYTES + 1):
                number += 1
                place = f"{path}:{number}"
                if len(line) > _LINE_BYTES:
                    raise ReadError(place, f"a line of more than {_LINE_BYTES:,} bytes", "one article a line")
                if line.strip():
                    empty = False
                    yield _caught(_json_line, line, place)
            if empty:
                raise ReadError(str(path), "an empty file", "one JSON object a line")
    except OSError as error:
        raise ReadError(str(path), (error.strerror or str(error)).lower(), "a file that can be read") from error


def json_line_text(text: str, place: str) -> Found:
    """JSON lines that came through standard input."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _caught(_json_line, line.encode(), f"{place}:{number}")


def json_articles(text: str, place: str) -> Found:
    """A JSON file: one article, or a list of them."""
    value = _loads(text, place)
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows):
        yield _caught(_row_article, row, f"{place}[{number}]" if isinstance(value, list) else place, "json")


def csv_articles(text: str, place: str) -> Found:
    """A table with a header row; comma, semicolon or tab."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(MAX_CHARACTERS)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [str(name).strip().lower() for name in rows.fieldnames or ()]
    if not any(_FIELD_OF.get(name) == "text" for name in names):
        raise ReadError(f"{place}:1", f"columns {', '.join(names) or 'none'}", "a column named text")
    try:
        for row in rows:
            yield _caught(_row_article, row, f"{place}:{rows.line_num}", "csv")
    except csv.Error as error:
        raise ReadError(f"{place}:{rows.line_num}", str(error), "rows of well-formed CSV") from error


def sniff(text: str) -> str:
    """The format of a text whose name says nothing."""
    head = text.lstrip()[:2000]
    if re.match(r"<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype html|html)", head, re.IGNORECASE):
        return "html"
    if head.startswith("{") and re.match(r'\{\s*"\w+"\s*:', head):
        return "jsonl"
    return "text"


READERS: Mapping[str, Callable[[str, str], Found]] = {
    "text": text_articles,
    "html": html_articles,
    "json": json_articles,
    "jsonl": json_line_text,
    "csv": csv_articles,
}


def _caught(make: Callable[..., RawArticle], *args: Any) -> RawArticle | ReadError:
    try:
        return make(*args)
    except ReadError as fault:
        return fault


def _json_line(line: bytes, place: str) -> RawArticle:
    text, note = decode(line, place)
    article = _row_article(_loads(text, place), place, "jsonl")
    return article.noted(note) if note else article


def _loads(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{place}:{error.lineno}" if error.lineno > 1 else place, f"no JSON ({error.msg})", "JSON"
        ) from error
    except RecursionError as error:
        raise ReadError(place, "JSON nested too deeply", "one object an article") from error


def _row_article(row: Any, place: str, kind: ArticleKind) -> RawArticle:
    if not isinstance(row, Mapping):
        raise ReadError(place, f"a JSON {type(row).__name__}", "an object with a field text")
    fields: dict[str, str] = {}
    for name, value in row.items():
        field = _FIELD_OF.get(str(name).strip().lower())
        if field and value not in (None, "", []):
            fields.setdefault(field, _words_of(value, field, place))
    if "text" not in fields:
        raise ReadError(
            place, f"fields {', '.join(map(str, row)) or 'none'} without any text", "a field text that is not empty"
        )
    text = fields.pop("text").replace("\r\n", "\n").replace("\r", "\n")
    return make_article(text=text, place=place, kind=kind, fields=fields)


def _words_of(value: Any, field: str, place: str) -> str:
    if isinstance(value, str):
        return value if field == "text" else value.strip()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ("\n\n" if field == "text" else ", ").join(value)
    raise ReadError(place, f"{field} that is a {type(value).__name__}", "text")
