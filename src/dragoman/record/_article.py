"""Articles as they go into a record, and the names by which they are known.

An article is known by two names.  Its *hash* is the SHA-256 of its text: evidence
and decisions of reviewers are anchored by it, so that they survive a record that
is built anew.  Its *key* adds the outlet: the same wire text in two papers is two
articles, and one source.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from dragoman.errors import RecordError

PublishedFrom = Literal["given", "metadata", "text", "none"]
_SPARSE = re.compile(r"[\W_]+")
_LOOSE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@runtime_checkable
class ArticleLike(Protocol):
    """What an article must say of itself; :class:`dragoman.read.sources.RawArticle` does."""

    @property
    def text(self) -> str:
        """The body that all spans refer to."""
        ...

    @property
    def title(self) -> str | None:
        """The headline."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def url(self) -> str | None:
        """Where it stood."""
        ...

    @property
    def byline(self) -> str | None:
        """Who wrote it."""
        ...

    @property
    def published(self) -> date | None:
        """The day of publication."""
        ...

    @property
    def published_from(self) -> PublishedFrom:
        """Where that day is known from."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What its file says of it, and what was assumed on the way in."""
        ...


@dataclass(frozen=True, kw_only=True)
class NewArticle:
    """An article to be added: its text, and what its source says about it."""

    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "none"
    notes: tuple[str, ...] = ()


def content_hash(text: str) -> str:
    """SHA-256 (hex) of a text: the name by which evidence is anchored.

    Raises:
        RecordError: the text holds half of a surrogate pair, which no file can hold.
    """
    loose = _LOOSE_SURROGATE.search(text)
    if loose:
        raise RecordError(f"text, character {loose.start()}", "half of a surrogate pair", "well-formed Unicode")
    return hashlib.sha256(text.encode()).hexdigest()


def article_key(text: str, outlet: str | None) -> str:
    """The 16 hex digits that name an article: its text and who printed it."""
    return hashlib.sha256(f"{outlet or ''}\n{content_hash(text)}".encode()).hexdigest()[:16]


def normal_hash(text: str) -> str:
    """SHA-256 of the letters and digits alone: equal for texts that differ in case, spaces and punctuation only."""
    return hashlib.sha256(_SPARSE.sub(" ", text).strip().casefold().encode()).hexdigest()


def plain_url(url: str | None) -> str | None:
    """An address without fragment, tracking parameters and final slash, or None where nothing is left."""
    if not url:
        return None
    head = url.partition("#")[0]
    path, _, query = head.partition("?")
    kept = [part for part in query.split("&") if part and not part.casefold().startswith(("utm_", "fbclid", "gclid"))]
    return (path.rstrip("/") + ("?" + "&".join(kept) if kept else "")) or None
