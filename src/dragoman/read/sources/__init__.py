"""Files to raw articles: the one door through which text comes in.

:func:`read_paths` walks files, folders and standard input and yields one
:class:`RawArticle` for each article found, whatever it was wrapped in.  Formats
are told apart by the file's suffix, and by its first bytes where the suffix says
nothing.  A fault is a :class:`~dragoman.errors.ReadError` that names file and
line; with ``on_error`` the fault is handed over and the other articles still
come.  Nothing here looks inside an article: clean-up, language and dates follow.

An article's ``text`` is the body as stored.  Offsets of all findings refer to it:
to what stands after the header lines of a text file, to the ``text`` field of a
JSON or CSV row, to what is extracted from a page of HTML.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from dragoman.errors import ReadError
from dragoman.read.sources._article import RawArticle, with_date
from dragoman.read.sources._raw import decode, load, refuse_binary

__all__ = ["ARTICLE_SUFFIXES", "RawArticle", "article_files", "read_paths"]

_KINDS = {
    ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv",
    ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
ARTICLE_SUFFIXES = tuple(_KINDS)
STANDARD_INPUT = "-"


def read_paths(
    paths: Iterable[str | Path],
    date: date | None = None,
    *,
    on_error: Callable[[ReadError], None] | None = None,
) -> Iterator[RawArticle]:
    """Every article of ``paths``, in the order given; the files of a folder in sorted order.

    Args:
        paths: files, folders (searched to any depth; hidden files and files of
            other suffixes are passed over) and ``-`` for standard input.
        date: the publication date of articles whose source states none.
        on_error: called with each fault; the article is left out and reading goes
            on.  Without it the first fault is raised.

    Raises:
        ReadError: a source is missing, empty, binary, too large or malformed.
        MissingExtraError: a WARC file is given and ``warcio`` is not installed.
    """
    for path in paths:
        for source in _expand(path, on_error):
            for article in _guarded(_articles(source), on_error):
                yield with_date(article, date)


def article_files(folder: Path) -> list[Path]:
    """The files of a folder that :func:`read_paths` would read, sorted."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and _kind_of(path) and not _hidden(path.relative_to(folder))
    )


def _kind_of(path: Path) -> str | None:
    """The format that a file's name tells, or None."""
    suffix = path.suffix.lower()
    return _KINDS.get("".join(path.suffixes[-2:]).lower() if suffix == ".gz" else suffix)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _expand(path: str | Path, on_error: Callable[[ReadError], None] | None) -> Iterator[Path | None]:
    """The single files behind a path; None stands for standard input."""
    if str(path) == STANDARD_INPUT:
        yield None
        return
    path = Path(path)
    fault = None
    if path.is_dir():
        files = article_files(path)
        if not files:
            fault = ReadError(str(path), "a folder without articles", "files ending in " + ", ".join(ARTICLE_SUFFIXES))
        yield from files
    elif path.exists():
        yield path
    else:
        fault = ReadError(str(path), "no such file or folder", "the path of an article or a folder of articles")
    if fault is not None:
        _report(fault, on_error)


def _report(fault: ReadError, on_error: Callable[[ReadError], None] | None) -> None:
    if on_error is None:
        raise fault
    on_error(fault)


def _guarded(
    found: Iterator[RawArticle | ReadError], on_error: Callable[[ReadError], None] | None
) -> Iterator[RawArticle]:
    """The articles of one source; faults are reported."""
    try:
        for item in found:
            if isinstance(item, ReadError):
                _report(item, on_error)
            else:
                yield item
    except ReadError as fault:
        if on_error is None:
            raise
        on_error(fault)


def _articles(source: Path | None) -> Iterator[RawArticle | ReadError]:
    from dragoman.read.sources import _formats

    place = "standard input" if source is None else str(source)
    kind = None if source is None else _kind_of(source)
    if kind == "warc" and source is not None:
        from dragoman.read.sources._warc import warc_articles

        yield from warc_articles(source)
        return
    if kind == "jsonl" and source is not None:
        yield from _formats.json_line_articles(source)
        return
    data = _standard_input() if source is None else load(source)
    if kind == "html":
        refuse_binary(data, place)
    text, note = decode(data, place)
    read = _formats.READERS[kind or _formats.sniff(text)]
    for item in read(text, place):
        yield item.noted(note) if isinstance(item, RawArticle) and note else item


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise ReadError("standard input", "nothing", "the text of an article")
    return data
