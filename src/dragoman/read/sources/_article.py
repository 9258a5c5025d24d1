"""One article as it comes in: its body and what its source says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from dragoman.errors import ReadError
from dragoman.read.sources._raw import refuse_monster

ArticleKind = Literal["text", "html", "jsonl", "json", "csv", "warc"]
PublishedFrom = Literal["given", "metadata", "text", "none"]


@dataclass(frozen=True, kw_only=True)
class RawArticle:
    """An article before it is read.

    ``text`` is the body as stored, to which all offsets refer.  ``place`` is
    ``file:line`` of the body.  ``notes`` says what was assumed on the way in, such
    as a guessed encoding, and what a header line ``Note:`` says.
    """

    text: str
    place: str
    kind: ArticleKind
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "none"
    notes: tuple[str, ...] = ()

    def noted(self, note: str) -> RawArticle:
        """The same with one note more."""
        return replace(self, notes=(*self.notes, note))


_HALF = re.compile(r"[\ud800-\udfff]")


def refuse_halves(text: str, place: str) -> None:
    """Raise :class:`ReadError` where ``text`` holds half of a surrogate pair, which no file can hold."""
    if loose := _HALF.search(text):
        raise ReadError(f"{place}, character {loose.start()}", "half of a surrogate pair", "well-formed Unicode")


def make_article(
    *, text: str, place: str, kind: ArticleKind, fields: dict[str, str], note: str | None = None
) -> RawArticle:
    """An article from a body and the metadata fields of any format.

    Raises:
        ReadError: the body is empty, monstrous or no well-formed Unicode, or ``published`` is no date.
    """
    refuse_monster(text, place)
    for name, words in (("text", text), *fields.items()):
        refuse_halves(words, f"{place}: {name}")
    published = parse_published(fields["published"], place) if fields.get("published") else None
    return RawArticle(
        text=text,
        place=place,
        kind=kind,
        title=fields.get("title"),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        byline=fields.get("byline"),
        published=published,
        published_from="none" if published is None else "metadata",
        notes=(note,) if note else (),
    )


def with_date(article: RawArticle, given: date | None) -> RawArticle:
    """The article with the date given, else with the one its text states, where its source states none."""
    if article.published is not None:
        return article
    if given is not None:
        return replace(article, published=given, published_from="given")
    from dragoman.read.dates import publication_date

    stated = publication_date(article.text)
    return article if stated is None else replace(article, published=stated, published_from="text")


def parse_published(value: str, place: str) -> date:
    """The day that a metadata field states: ISO date or time, RFC 2822, or a date in words.

    Raises:
        ReadError: it states no day.
    """
    value = value.strip()
    for attempt in (_iso, _rfc, _words):
        found = attempt(value)
        if found is not None:
            return found
    raise ReadError(place, f"published {value[:60]!r}", "a date such as 2018-06-12")


def _iso(value: str) -> date | None:
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?", value)
    try:
        if compact:
            return date(*map(int, compact.groups()))
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _rfc(value: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None


def _words(value: str) -> date | None:
    from dragoman.read.dates import first_full_date

    return first_full_date(value)
