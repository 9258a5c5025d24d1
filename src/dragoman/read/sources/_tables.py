"""Tables with a header row, one article a row: CSV, tab-separated, Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._fields import FIELD_OF, AddressOnlyError, has_text_field, plain_name, row_article
from dragoman.read.sources._plain import Found, address_list
from dragoman.read.sources._raw import MAX_CHARACTERS, decode
from dragoman.read.sources._source import Source

_DELIMITERS = ",;\t|"


def csv_articles(source: Source) -> Found:
    """A table with a header row; comma, semicolon, tab or bar."""
    text, note = decode(source.whole(), source.place)
    names, rows = csv_rows(text, source.place)
    _refuse_events(names, source.place, text)
    yield from _row_articles(names, rows, source, "csv", note)


def csv_rows(text: str, place: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns and the rows with their lines.

    Raises:
        ReadError: the head or, while the rows are walked, a row is no well-formed CSV.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _checked(reader, place)
    names = next(rows, (0, []))[1]
    if len(names) != len(first.split(delimiter)) and "\n" in "".join(names):
        raise ReadError(f"{place}:1", "a quotation mark in the head that is not closed", "rows of well-formed CSV")
    return [name.strip() for name in names], rows


def _checked(reader: Any, place: str) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ReadError(f"{place}:{max(reader.line_num, 1)}", str(error), "rows of well-formed CSV") from error
        if row is None:
            return
        yield reader.line_num, row


def _row_articles(
    names: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], source: Source, kind: str, note: str | None = None
) -> Found:
    fields = {FIELD_OF.get(plain_name(name)) for name in names}
    if not has_text_field(list(names)):
        if "url" in fields:
            raise address_list(source.place, sum(1 for _ in rows))
        raise ReadError(
            f"{source.place}:1", f"columns {', '.join(names)[:200] or 'none'}", "a column named text (or body, content)"
        )
    for line, row in rows:
        if any(value not in (None, "") for value in row):
            try:
                yield row_article(dict(zip(names, row, strict=False)), source, f":{line}", kind).noted(note)
            except ReadError as fault:
                yield fault


def _refuse_events(names: Sequence[str], place: str, text: str) -> None:
    from dragoman.read.sources._events import event_table

    found = event_table(names, text[:4096])
    if found and not has_text_field(list(names)):
        raise ReadError(place, f"an event table ({found})", f"articles; for events: dragoman import events {place}")


def excel_articles(source: Source) -> Found:
    """The first sheet of an Excel file that has a column of texts."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("openpyxl", "tables") from error
    book = load_workbook(io.BytesIO(source.whole()), read_only=True, data_only=True)
    heads = []
    for sheet in book.worksheets:
        rows = ((number, row) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1))
        names = ["" if value is None else str(value).strip() for value in next(rows, (0, ()))[1]]
        heads.append(names)
        if has_text_field(names):
            yield from _row_articles(names, ((number, [*map(_cell, row)]) for number, row in rows), source, "excel")
            return
    urls = [names for names in heads if any(FIELD_OF.get(plain_name(name)) == "url" for name in names)]
    if urls:
        raise address_list(source.place, max(book.worksheets[heads.index(urls[0])].max_row or 1, 1) - 1)
    columns = "; ".join(", ".join(names)[:100] for names in heads)
    raise ReadError(source.place, f"an Excel file with columns {columns or 'none'}", "a sheet with a column named text")


def _cell(value: Any) -> Any:
    """A cell as a row of JSON would have it."""
    from datetime import date

    return value.isoformat() if isinstance(value, date) else value if value is None else str(value)


__all__ = ["AddressOnlyError", "csv_articles", "csv_rows", "excel_articles"]
