"""Files to articles: the one door through which text comes in.

:func:`read_paths` walks files, folders and standard input and yields one :class:`Article` for each article found,
whatever it was packed in.  One table (:mod:`dragoman.read.sources._table`) tells the format by first bytes and
ending; every format has a module of its own; a failure of any of them becomes one named fault
(:mod:`dragoman.read.sources._boundary`).  A file is read rightly, or named with what it is and what to do: with
``on_error`` the fault is handed over and the other articles still come.

An article's ``text`` is the body as stored.  Offsets of all findings refer to it: to what stands after the header
lines of a text file, to the ``text`` field of a JSON or CSV row, to what is extracted from a page, a PDF or a mail.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article, Origin, RawArticle, Segment, with_date
from dragoman.read.sources._boundary import articles_in
from dragoman.read.sources._names import DateRule, date_rule, named_fields, sidecar_fields, sidecars_of
from dragoman.read.sources._source import Source, file_source, shown
from dragoman.read.sources._table import ENDINGS, FORMATS, Format
from dragoman.read.text.segments import segmented

__all__ = [
    "ARTICLE_SUFFIXES", "FORMATS", "Article", "DateRule", "Format", "Origin", "RawArticle", "Segment",
    "article_files",
    "date_rule", "read_paths",
]  # fmt: skip

ARTICLE_SUFFIXES = ENDINGS
STANDARD_INPUT = "-"
_PAGES = (".html", ".htm", ".xhtml")
_PAGE_FOLDERS = ("_files", "-files", "_file", "_dateien", "-dateien", "_fichiers", "_archivos", "_bestanden", ".files")
_LITTER = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


def read_paths(
    paths: Iterable[str | Path],
    date: date | None = None,
    *,
    on_error: Callable[[ReadError], None] | None = None,
    date_from: DateRule | None = None,
) -> Iterator[Article]:
    """Every article of ``paths``, in the order given; the files of a folder in sorted order.

    Args:
        paths: files, folders (searched to any depth; hidden files, sidecars and the ``_files`` folders of saved
            pages are part of something else and no article) and ``-`` for standard input.
        date: the publication date of articles whose source states none.
        on_error: called with each fault; the article is left out and reading goes on.  Without it the first fault
            is raised.
        date_from: where else the day of an article may be taken from: its file's name, or the file's own day.

    Raises:
        ReadError: a source is missing, empty, of no known format, too large or malformed.
    """
    for path in paths:
        for item in _found(path, date_from):
            if not isinstance(item, ReadError):
                yield segmented(with_date(item, date))
            elif on_error is None:
                raise item
            else:
                on_error(item)


def article_files(folder: Path) -> list[Path]:
    """The files of a folder that :func:`read_paths` looks at, sorted: all but hidden ones and parts of others."""
    files = sorted(path for path in folder.rglob("*") if not _hidden(path.relative_to(folder)) and not path.is_dir())
    beside = {sidecar for path in files for sidecar in sidecars_of(path)}
    pages = {path.with_suffix("") for path in files if path.suffix.lower() in _PAGES}
    return [path for path in files if path not in beside and not _part_of_page(path, folder, pages)]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts) or path.name.lower() in _LITTER


def _part_of_page(path: Path, folder: Path, pages: set[Path]) -> bool:
    """Whether a file lies in the folder that a browser saved beside a page."""
    for parent in path.relative_to(folder).parents:
        name = parent.name
        for ending in _PAGE_FOLDERS:
            if name.lower().endswith(ending) and folder / parent.parent / name[: -len(ending)] in pages:
                return True
    return False


def _found(path: str | Path, rule: DateRule | None) -> Iterator[Article | ReadError]:
    if str(path) == STANDARD_INPUT:
        data = sys.stdin.buffer.read()
        if not data.strip():
            yield ReadError("standard input", "nothing", "the text of an article", state="empty")
            return
        place = "standard input"
        yield from articles_in(Source(name="", place=place, file=place, data=data))
        return
    path = Path(path)
    try:
        if path.is_dir():
            files = article_files(path)
            if not files:
                yield ReadError(shown(path), "a folder without files", "a folder of articles", state="empty")
        elif path.exists():
            files = [path]
        else:
            yield ReadError(shown(path), "no such file or folder", "the path of an article or a folder of articles")
            return
    except (OSError, ValueError) as error:
        yield ReadError(shown(path), str(getattr(error, "strerror", None) or error).lower(), "a file that can be read")
        return
    for file in files:
        yield from _file(file, rule)


def _file(path: Path, rule: DateRule | None) -> Iterator[Article | ReadError]:
    if not path.is_file():
        yield ReadError(shown(path), "no regular file (a link to nowhere, a device, a pipe)", "a file")
        return
    try:
        source = file_source(path, sidecar_fields(path))
    except ReadError as fault:
        yield fault
        return
    for item in articles_in(source):
        yield item if isinstance(item, ReadError) else _named(item, path, rule)


def _named(article: Article, path: Path, rule: DateRule | None) -> Article:
    """The article with what its file's name says, where nothing inside the file says it."""
    if article.published is not None and article.outlet is not None:
        return article
    day, outlet, why = named_fields(path, rule)
    if article.published is None and day is not None:
        article = replace(article, published=day, published_from="metadata").noted(why)
    return replace(article, outlet=outlet) if article.outlet is None and outlet else article
