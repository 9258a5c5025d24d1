"""What leaves a record, and in which form.

:func:`write` is the one door; :data:`FORMATS` says which forms there are and what
each can hold.  Words of articles leave as excerpts unless full text is asked for.
Files are written whole or not at all; the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.errors import InputError, UnknownNameError
from dragoman.files import write_whole
from dragoman.formats._rows import EXCERPT, KINDS, table
from dragoman.formats.annotations import to_annotations
from dragoman.formats.bibtex import to_bibtex
from dragoman.formats.csl import to_csl
from dragoman.formats.csv import to_csv
from dragoman.formats.ftm import to_ftm
from dragoman.formats.gdelt import to_gdelt
from dragoman.formats.graphml import to_graphml
from dragoman.formats.jsonl import to_jsonl
from dragoman.formats.parquet import to_parquet
from dragoman.formats.xlsx import to_xlsx
from dragoman.record import Record

__all__ = ["EXCERPT", "FORMATS", "KINDS", "Format", "export", "format_of", "table", "write", "write_whole"]

_TABLES = tuple(KINDS)
_Make = Callable[[Record, str, Sequence[Any] | None, bool], bytes]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form of export: its name, the suffix of its files, the kinds it can hold, whether it is text."""

    name: str
    suffix: str
    kinds: tuple[str, ...]
    text: bool
    label: str
    make: _Make


def _of_table(make: Callable[[str, Sequence[dict[str, Any]]], bytes]) -> _Make:
    return lambda record, kind, rows, full_text: make(kind, table(record, kind, rows=rows, full_text=full_text))


def _of_articles(make: Callable[[Sequence[Any]], bytes]) -> _Make:
    return lambda record, _kind, rows, _full: make(record.articles() if rows is None else rows)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(name="csv", suffix=".csv", kinds=_TABLES, text=True, label="CSV for spreadsheets",
        make=_of_table(to_csv)),
        Format(name="jsonl", suffix=".jsonl", kinds=_TABLES, text=True, label="JSON lines", make=_of_table(to_jsonl)),
        Format(name="parquet", suffix=".parquet", kinds=_TABLES, text=False, label="Parquet",
        make=_of_table(to_parquet)),
        Format(name="xlsx", suffix=".xlsx", kinds=_TABLES, text=False, label="Excel workbook", make=_of_table(to_xlsx)),
        Format(name="graphml", suffix=".graphml", kinds=("ties",), text=True, label="GraphML",
        make=_of_table(to_graphml)),
        Format(
            name="gdelt", suffix=".tsv", kinds=("events",), text=True, label="GDELT's columns",
            make=lambda record, _kind, rows, _full: to_gdelt(record.events() if rows is None else rows),
        ),
        Format(
            name="ftm", suffix=".ftm.json", kinds=("record",), text=True, label="FollowTheMoney JSON lines",
            make=lambda record, _kind, _rows, full_text: to_ftm(record, full_text=full_text),
        ),
        Format(
            name="annotations", suffix=".jsonld", kinds=("findings",), text=True, label="W3C web annotations",
            make=lambda record, _kind, _rows, full_text: to_annotations(record, full_text=full_text),
        ),
        Format(name="bibtex", suffix=".bib", kinds=("articles",), text=True, label="BibTeX",
        make=_of_articles(to_bibtex)),
        Format(name="csl", suffix=".csl.json", kinds=("articles",), text=True, label="CSL JSON",
        make=_of_articles(to_csl)),
    )
}  # fmt: skip


def format_of(name: str, kind: str) -> Format:
    """The form of a name, if it can hold the kind.

    Raises:
        UnknownNameError: there is no such form.
        InputError: it cannot hold that kind.
    """
    if name not in FORMATS:
        raise UnknownNameError("format", name, list(FORMATS))
    found = FORMATS[name]
    if kind not in found.kinds:
        able = ", ".join(one.name for one in FORMATS.values() if kind in one.kinds)
        raise InputError(
            "export",
            f"{kind} as {name}",
            f"{name} holds {', '.join(found.kinds)}" + (f"; {kind} go as {able}" if able else ""),
        )
    return found


def export(
    record: Record, kind: str, form: str, *, rows: Sequence[Any] | None = None, full_text: bool = False
) -> bytes:
    """A kind of a record in a form, as bytes: everything, or the rows given.

    Raises:
        UnknownNameError: no such kind or form.
        InputError: the form cannot hold the kind.
        MissingExtraError: the form needs a package that is not installed.
    """
    return format_of(form, kind).make(record, kind, rows, full_text)


def write(
    record: Record, kind: str, form: str, destination: str | Path | BinaryIO, *, rows: Sequence[Any] | None = None,
    full_text: bool = False,
) -> None:  # fmt: skip
    """Write a kind of a record to a file, as a whole or not at all, or to an open binary stream.

    Raises:
        InputError: what :func:`export` raises, or the file cannot be written.
    """
    content = export(record, kind, form, rows=rows, full_text=full_text)
    if isinstance(destination, (str, Path)):
        write_whole(Path(destination), content)
    else:
        destination.write(content)
