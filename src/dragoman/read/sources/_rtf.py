"""Rich Text Format."""

from __future__ import annotations

import re

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._plain import Found, text_found
from dragoman.read.sources._source import Source

_TITLE = re.compile(r"\{\\title ([^{}\\]+)\}")
_MAX_RTF = 32 * 1024 * 1024
_PICTURE = re.compile(r"\{\\\*?\\?pict[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def rtf_articles(source: Source) -> Found:
    """The text of an RTF file: pictures, styles and page heads are no part of it.

    Raises:
        MissingExtraError: ``striprtf`` is not installed.
        ReadError: the file is larger than any text.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtraError("striprtf", "documents") from error
    data = source.whole()
    if len(data) > _MAX_RTF:
        raise ReadError(source.place, f"an RTF file of {len(data):,} bytes", f"at most {_MAX_RTF:,}")
    raw = _PICTURE.sub("", data.decode("latin-1"))
    text = str(rtf_to_text(raw, errors="replace"))  # type: ignore[no-untyped-call]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    title = _TITLE.search(raw[:20_000])
    yield from text_found(text.strip("\n"), source, "rtf", {"title": title[1].strip() if title else None})
