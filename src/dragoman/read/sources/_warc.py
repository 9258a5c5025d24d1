"""WARC archives (ISO 28500): each response record that is a page is read as a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._article import RawArticle


def warc_articles(path: Path) -> Iterator[RawArticle | ReadError]:
    """Every page of an archive; a page without text comes as its fault.

    Raises:
        MissingExtraError: ``warcio`` is not installed.
        ReadError: the archive cannot be read.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("warcio", "warc") from error
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response" and "html" in _content_type(record):
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    yield _page(record.content_stream().read(), f"{path}:{url}", url)
    except (OSError, ArchiveLoadFailed) as error:
        raise ReadError(str(path), f"no WARC archive ({error})", "a .warc or .warc.gz file") from error


def _content_type(record: object) -> str:
    headers = getattr(record, "http_headers", None)
    return str(headers.get_header("Content-Type", "")).lower() if headers else ""


def _page(data: bytes, place: str, url: str | None) -> RawArticle | ReadError:
    from dragoman.read.sources.html import page_article

    try:
        return page_article(data, place, url, "warc")
    except ReadError as fault:
        return fault
