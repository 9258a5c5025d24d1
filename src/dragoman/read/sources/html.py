"""Pages of HTML: the article's text and metadata by trafilatura in its precision mode.

Offsets refer to the text that comes out of here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from dragoman.errors import ReadError
from dragoman.read.sources._article import ArticleKind, RawArticle, make_article

# Barbaresi (2021), Trafilatura: a web scraping library, ACL demonstrations.  Dates are
# taken from markup and address only: a guess from the running text would pass for metadata.
_DATE_SEARCH = {"extensive_search": False, "original_date": True}


def html_articles(text: str, place: str) -> Iterator[RawArticle | ReadError]:
    """The one article of a page."""
    yield page_article(text, place)


def page_article(page: str | bytes, place: str, url: str | None = None, kind: ArticleKind = "html") -> RawArticle:
    """The article of a page of HTML.

    Raises:
        ReadError: no text of an article is found in the page.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        page,
        url=url,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_DATE_SEARCH),
    )
    text = None if found is None or isinstance(found, dict) else found.text
    if not (text or "").strip():
        raise ReadError(place, "HTML without the text of an article", "a page with running text")
    return make_article(text=text or "", place=place, kind=kind, fields=_fields(found, url))


def _fields(found: object, url: str | None) -> dict[str, str]:
    names = {"title": "title", "outlet": "sitename", "url": "url", "byline": "author", "published": "date"}
    values = {field: getattr(found, name, None) for field, name in names.items()}
    if not values["outlet"]:
        values["outlet"] = getattr(found, "hostname", None)
    if not values["url"]:
        values["url"] = url
    return {field: str(value) for field, value in values.items() if value}
