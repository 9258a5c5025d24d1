"""Pages of HTML: the article's text and metadata by trafilatura in its precision mode.

Where precision keeps less than half of what the library's default mode keeps, the default's text is taken, and the
article says so.  Exports of press databases that come as pages are told by their own marks and split instead.
Offsets refer to the text that comes out of here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article
from dragoman.read.sources._plain import Found
from dragoman.read.sources._raw import decode, refuse_binary
from dragoman.read.sources._source import Source

# Barbaresi (2021), Trafilatura: a web scraping library, ACL demonstrations.  Dates are
# taken from markup and address only: a guess from the running text would pass for metadata.
_DATE_SEARCH = {"extensive_search": False, "original_date": True}
_LEAST_SHARE = 0.5
MAX_PAGE = 5_000_000
"""Characters of a page, pictures inside it left out: trees of pages take some hundred bytes a character."""
_DATA_ADDRESS = re.compile(rb"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s]*")
_CHARSET = re.compile(rb"<meta[^>]{0,80}charset=[\"']?([\w-]+)", re.IGNORECASE)


def html_articles(source: Source) -> Found:
    """The one article of a page, or the many of an export."""
    page, note = _decoded(source.whole(), source.place)
    yield from page_found(page, source, "html", note=note)


def page_found(
    page: str, source: Source, kind: str, fields: Mapping[str, str | None] | None = None, *, note: str | None = None
) -> Found:
    """The articles of a decoded page."""
    from dragoman.read.sources.press import exported_page

    found = exported_page(page, source)
    if found is not None:
        for item in found:
            yield item.noted(note) if isinstance(item, Article) else item
        return
    yield page_article(page, source, kind, fields).noted(note)


def _decoded(data: bytes, place: str) -> tuple[str, str | None]:
    """A page's text by the encoding that it states, else as any text; pictures inside it are left out."""
    refuse_binary(data, place)
    data = _DATA_ADDRESS.sub(b"data:,", data)
    stated = _CHARSET.search(data[:4096])
    if stated is not None:
        try:
            return data.decode(stated[1].decode("ascii")), None
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, place)


def page_article(
    page: str, source: Source, kind: str = "html", fields: Mapping[str, str | None] | None = None
) -> Article:
    """The article of a page of HTML.

    Raises:
        ReadError: no text of an article is found in the page.
    """
    if len(page) > MAX_PAGE:
        raise ReadError(source.place, f"a page of {len(page):,} characters", f"at most {MAX_PAGE:,}")
    url = (fields or {}).get("url") or source.fields.get("url")
    found = _extracted(page, url, precise=True)
    wide = _extracted(page, url, precise=False)
    text, more = _text(found), _text(wide)
    share = len(text) / len(more) if more else 1.0
    note = None
    if share < _LEAST_SHARE:
        note = f"of the page's text the stricter extraction keeps {share:.0%}: the wider one is read"
        text, found = more, found or wide
    if not text.strip():
        raise ReadError(source.place, "HTML without the text of an article", "a page with running text", state="empty")
    said = {**_fields(found, url), **{name: words for name, words in (fields or {}).items() if words}}
    return source.article(text, kind, said, note=note, share=round(min(share, 1.0), 3))


def _extracted(page: str, url: str | None, *, precise: bool) -> Any:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction(
        page,
        url=url,
        favor_precision=precise,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_DATE_SEARCH),
    )


def _text(found: Any) -> str:
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _fields(found: Any, url: str | None) -> dict[str, str | None]:
    names = {"title": "title", "outlet": "sitename", "url": "url", "byline": "author", "published": "date"}
    values = {field: getattr(found, name, None) for field, name in names.items()}
    if not values["outlet"]:
        values["outlet"] = getattr(found, "hostname", None)
    if not values["url"]:
        values["url"] = url
    return {field: str(value) for field, value in values.items() if value}
