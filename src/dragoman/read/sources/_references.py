"""Lists of references with abstracts or notes: RIS and BibTeX.

An entry with a text (abstract, note) of some length is read as an article that says so; one with an address only
belongs in a list for ``dragoman fetch``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.errors import ReadError
from dragoman.read.sources._article import day_of
from dragoman.read.sources._fields import AddressOnlyError, row_article
from dragoman.read.sources._plain import Found, address_list
from dragoman.read.sources._raw import decode
from dragoman.read.sources._source import Source

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_RIS_NAMES = {
    "TI": "title", "T1": "title", "CT": "title", "T2": "publication", "JO": "publication", "JF": "publication",
    "JA": "publication", "PB": "publisher", "UR": "url", "L1": "", "AU": "authors", "A1": "authors", "AB": "abstract",
    "N2": "abstract", "N1": "notes", "DA": "date", "Y1": "date", "PY": "year", "SE": "section",
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)}  # fmt: skip


def ris_articles(source: Source) -> Found:
    """Entries of a RIS file that hold a text."""
    text, note = decode(source.whole(), source.place)
    yield from _entries(_ris(text), source, "ris", note)


def entries_of(text: str, kind: str, place: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The entries of a list of references (``ris`` or ``bibtex``), each with its line."""
    return _ris(text) if kind == "ris" else _bibtex(text, place)


def _ris(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    entry: dict[str, str] = {}
    last = ""
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        match = _RIS_LINE.match(line)
        if match is None:
            if last and line.strip():
                entry[last] = f"{entry[last]}\n{line.strip()}"
            continue
        tag, value = match[1], match[2].strip()
        if tag == "TY":
            entry, last, start = {}, "", number
        elif tag == "ER":
            yield start, _dated(entry)
            entry, last = {}, ""
        else:
            last = _RIS_NAMES.get(tag, "")
            if last and value:
                between = "; " if last == "authors" else "\n\n"
                entry[last] = f"{entry[last]}{between}{value}" if last in entry and last != "date" else value
            elif last not in entry:
                last = ""
    if entry:
        yield start, _dated(entry)


def _dated(entry: dict[str, str]) -> dict[str, str]:
    """The entry with its day as ISO; a year or a month alone is no day."""
    day = day_of(entry.get("date", "").strip("/ "))
    return {name: words for name, words in entry.items() if name not in ("date", "year")} | (
        {"published": day.isoformat()} if day else {}
    )


def _entries(entries: Iterable[tuple[int, dict[str, str]]], source: Source, kind: str, note: str | None) -> Found:
    addresses = number = 0
    for line, entry in entries:
        number += 1
        try:
            yield row_article(entry, source, f":{line}", kind).noted(note)
        except AddressOnlyError:
            addresses += 1
        except ReadError as fault:
            yield fault
    if addresses:
        raise address_list(source.place, addresses)
    if not number:
        raise ReadError(source.place, "a list of references without entries", "entries with abstracts", state="empty")


def bibtex_articles(source: Source) -> Found:
    """Entries of a BibTeX file that hold a text."""
    text, note = decode(source.whole(), source.place)
    yield from _entries(_bibtex(text, source.place), source, "bibtex", note)


_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s{}]*)\s*,")
_FIELD = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")


def _bibtex(text: str, place: str) -> Iterator[tuple[int, dict[str, str]]]:
    at = 0
    while match := _ENTRY.search(text, at):
        line = text.count("\n", 0, match.start()) + 1
        at = match.end()
        fields: dict[str, str] = {}
        while field := _FIELD.match(text, at):
            value, at = _value(text, field.end(), f"{place}:{line}")
            fields[field[1].lower()] = value
        if match[1].lower() not in ("comment", "string", "preamble"):
            yield line, _from_bibtex(fields)


def _value(text: str, at: int, place: str) -> tuple[str, int]:
    """A value in braces, in quotation marks, or bare, and where it ends."""
    if text[at : at + 1] not in ("{", '"'):
        match = re.compile(r"[^,}\n]*").match(text, at)
        return (match[0].strip(), match.end()) if match else ("", at)
    quoted = text[at] == '"'
    depth = 0
    for end in range(at + 1 if quoted else at, min(len(text), at + 200_000)):
        letter = text[end]
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
        if (quoted and letter == '"' and depth == 0) or (not quoted and depth == 0):
            return " ".join(text[at + 1 : end].replace("{", "").replace("}", "").split()), end + 1
    raise ReadError(place, "a BibTeX entry whose braces do not close", "well-formed BibTeX")


def _from_bibtex(fields: dict[str, str]) -> dict[str, str]:
    day = day_of(fields.get("date", "")) or _parts(fields)
    names = {"title": "title", "abstract": "abstract", "note": "notes", "annote": "notes", "url": "url",
             "author": "authors", "journal": "publication", "journaltitle": "publication",
             "publisher": "publisher"}  # fmt: skip
    row = {names[name]: value for name, value in fields.items() if name in names}
    return row | ({"published": day if isinstance(day, str) else day.isoformat()} if day else {})


def _parts(fields: dict[str, str]) -> str | None:
    """The day from the fields year, month and day."""
    month = fields.get("month", "").lower()
    number = _MONTHS.get(month[:3]) or (int(month) if month.isdigit() else 0)
    year, day = fields.get("year", ""), fields.get("day", "")
    if not (year.isdigit() and day.isdigit() and 1 <= number <= 12):
        return None
    return f"{int(year):04d}-{number:02d}-{int(day):02d}"
