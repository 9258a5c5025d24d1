"""Exports of press databases: one file, many articles, each with its own outlet and its own day.

Each database has a module that tells its exports by their own marks, splits them, and says how many articles the
export itself announces.  **A splitter that is not certain refuses**: the number of articles found equals what is
announced, every one has its marks, else the whole file is named and nothing of it is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article
from dragoman.read.sources._source import Source
from dragoman.read.sources.press import _europresse, _factiva, _nexis, _proquest
from dragoman.read.sources.press._export import Export, checked

_TEXTS = (_nexis.export_of, _factiva.export_of, _proquest.export_of, _europresse.export_of)
_PAGES = (_factiva.page_export_of, _nexis.page_export_of, _europresse.page_export_of)


def exported(text: str, source: Source) -> Iterator[Article | ReadError] | None:
    """The articles of a text that is an export, or None where it is none.

    Raises:
        ReadError: it looks like an export and does not split for certain.
    """
    found = next((export for tell in _TEXTS if (export := tell(text, source.place)) is not None), None)
    return None if found is None else checked(found, source)


def exported_page(page: str, source: Source) -> Iterator[Article | ReadError] | None:
    """The articles of a page that is an export, or None where it is none.

    Raises:
        ReadError: it looks like an export and does not split for certain.
    """
    found = next((export for tell in _PAGES if (export := tell(page, source.place)) is not None), None)
    return None if found is None else checked(found, source)


__all__ = ["Export", "exported", "exported_page"]
