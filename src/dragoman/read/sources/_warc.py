"""WARC archives (ISO 28500): every response that is a page or a document is read as a source of its own.

Records that are no pages (requests, metadata, pictures, styles, scripts, error pages) are parts of the archive and
pass; revisit records repeat what another record holds.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from typing import Any

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._plain import Found
from dragoman.read.sources._source import Source, cannot_be_read, unpack

_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "application/rtf": ".rtf", "text/rtf": ".rtf", "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom",
}  # fmt: skip
_DONE = range(200, 300)


def warc_articles(source: Source) -> Found:
    """Every page of an archive; a page without text comes as its fault.

    Raises:
        MissingExtraError: ``warcio`` is not installed.
        ReadError: the archive cannot be read, or holds no page.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("warcio", "documents") from error
    found = False
    try:
        with source.open() as stream:
            for record in _quietly(iter(ArchiveIterator(stream))):
                ending = _ending(record)
                if ending is None:
                    continue
                found = True
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                try:
                    data = unpack(record.content_stream(), source, f"{source.place}!{url}")
                    yield _entry(source, url, ending, data)
                except ReadError as fault:
                    yield fault
    except ArchiveLoadFailed as error:
        raise ReadError(source.place, f"no WARC archive ({error})", "a .warc or .warc.gz file") from error
    except OSError as error:
        raise cannot_be_read(source.place, error) from error
    if not found:
        raise ReadError(source.place, "a WARC archive without pages", "responses that are pages", state="empty")


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records; what the library prints of a damaged one is said in the fault already."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _entry(source: Source, url: str, ending: str, data: bytes) -> Source:
    fields = {"url": url.strip("<>")}
    return replace(source.within(url, data, fields), name="page" + ending)


def _ending(record: Any) -> str | None:
    """The ending for the type of what a record answers, or None where it is no page."""
    kind = record.rec_type
    headers = getattr(record, "http_headers", None)
    if kind == "resource":
        said = record.rec_headers.get_header("Content-Type") or ""
    elif kind == "response" and headers is not None:
        status = str(headers.get_statuscode())
        if not (status.isdigit() and int(status) in _DONE):
            return None
        said = headers.get_header("Content-Type") or ""
    else:
        return None
    return _TYPES.get(said.partition(";")[0].strip().lower())
