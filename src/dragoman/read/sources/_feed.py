"""Feeds (RSS, Atom), lists of feeds (OPML), and XML of other kinds.

An entry whose text stands in the feed is an article; a feed that holds addresses only is a list for
``dragoman fetch``.
"""

from __future__ import annotations

import io
import re
from typing import Any

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._markup import text_of_html, xml_root
from dragoman.read.sources._plain import Found, address_list
from dragoman.read.sources._source import Source

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|Read more|Continue reading)[\s.»>]*$", re.IGNORECASE)
_FULL_WORDS = 60
_CONTENT_WORDS = 25


def parsed_feed(data: bytes, place: str) -> Any:
    """A feed as ``feedparser`` reads it.

    Raises:
        MissingExtraError: ``feedparser`` is not installed.
        ReadError: the feed declares entities.
    """
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtraError("feedparser", "documents") from error
    if _ENTITY.search(data[:65536]):
        raise ReadError(place, "XML that declares entities of its own", "XML without a DOCTYPE that defines entities")
    return feedparser.parse(io.BytesIO(data))


def feed_articles(source: Source) -> Found:
    """Every entry whose text stands in the feed.

    Raises:
        ReadError: the feed is damaged or empty, or entries have addresses only.
    """
    feed = parsed_feed(source.whole(), source.place)
    outlet = feed.feed.get("title")
    addresses = texts = 0
    for number, entry in enumerate(feed.entries, start=1):
        text = entry_text(entry)
        if text is None:
            addresses += bool(entry.get("link"))
            continue
        texts += 1
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        fields = {
            "title": entry.get("title"), "outlet": (entry.get("source") or {}).get("title") or outlet,
            "url": entry.get("link"), "byline": entry.get("author"),
            "published": f"{day.tm_year:04d}-{day.tm_mon:02d}-{day.tm_mday:02d}" if day else None,
        }  # fmt: skip
        try:
            yield source.article(text, "feed", fields, at=f"[{number}]")
        except ReadError as fault:
            yield fault
    if addresses:
        raise address_list(source.place, addresses)
    if not texts:
        why = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        raise ReadError(source.place, f"a feed without entries{why}", "a feed with entries", state="empty")


def entry_text(entry: Any) -> str | None:
    """The text of an entry where all of it stands in the feed: a content, or a summary that is long and not cut."""
    for content in entry.get("content") or ():
        text = text_of_html(content.get("value") or "")
        if len(text.split()) >= _CONTENT_WORDS and not _CUT.search(text[-40:]):
            return text
    text = text_of_html(entry.get("summary") or "")
    return text if len(text.split()) >= _FULL_WORDS and not _CUT.search(text[-40:]) else None


def opml_articles(source: Source) -> Found:
    """A list of feeds holds no article: its fault says what to do."""
    feeds = opml_addresses(source.whole(), source.place)
    yield address_list(source.place, len(feeds))


def opml_addresses(data: bytes, place: str) -> list[str]:
    """The addresses of a list of feeds."""
    root = xml_root(data, place)
    return [str(item.get("xmlUrl")) for item in root.iter("outline") if item.get("xmlUrl")]


def xml_articles(source: Source) -> Found:
    """XML whose root is none of a format that is read: its fault names the root."""
    root = xml_root(source.whole(), source.place)
    name = str(root.tag).rpartition("}")[2]
    yield ReadError(source.place, f"XML of the kind <{name}>", "a feed, a page of HTML or a list of feeds")
