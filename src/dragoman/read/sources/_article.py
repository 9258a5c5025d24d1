"""One article between files and reading: its body, its segments, what its source says about it, where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from dragoman.errors import ReadError
from dragoman.read.sources._raw import refuse_monster

PublishedFrom = Literal["given", "metadata", "text", "none"]
SegmentKind = Literal["head", "body", "turn", "point", "post", "caption", "correction", "quoted mail"]
Genre = Literal["report", "transcript", "interview", "communique", "live blog", "mail"]


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of an article's text that is of one kind.

    A turn has its ``speaker`` (None where nobody is named: an unnamed asker), a post its ``time``, a point its
    ``number``; ``lead`` counts the characters at its start that are the label ("MR. KIRBY: ", "3. ", "14:05").
    """

    start: int
    end: int
    kind: SegmentKind
    speaker: str | None = None
    time: str | None = None
    number: str | None = None
    lead: int = 0


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an article came from: the file, the entry in an archive or export, and how much of a page was kept.

    ``share`` is the part of the text found by the wider of two extractors that was kept; None where nothing is
    extracted.
    """

    file: str
    entry: str | None = None
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article before it is read.

    ``text`` is the body as stored, to which all offsets refer.  ``place`` names the file, and the line or entry in
    it; ``kind`` is the format that it was read from.  ``segments`` cover the text in order; an article that nobody
    divided yet has none.  ``notes`` says what was assumed on the way in, such as a guessed encoding.
    """

    text: str
    place: str
    kind: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    section: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "none"
    notes: tuple[str, ...] = ()
    genre: Genre | None = None
    segments: tuple[Segment, ...] = ()
    origin: Origin | None = None

    def noted(self, *notes: str | None) -> Article:
        """The same with more notes."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))


RawArticle = Article
"""The name of :class:`Article` until 0.3."""

_HALF = re.compile(r"[\ud800-\udfff]")


def refuse_halves(text: str, place: str) -> None:
    """Raise :class:`ReadError` where ``text`` holds half of a surrogate pair, which no file can hold."""
    if loose := _HALF.search(text):
        raise ReadError(f"{place}, character {loose.start()}", "half of a surrogate pair", "well-formed Unicode")


def make_article(
    *, text: str, place: str, kind: str, fields: dict[str, str], note: str | None = None, origin: Origin | None = None
) -> Article:
    """An article from a body and the metadata fields of any format.

    Raises:
        ReadError: the body is empty, monstrous or no well-formed Unicode, or ``published`` is no date.
    """
    refuse_monster(text, place)
    for name, words in (("text", text), *fields.items()):
        refuse_halves(words, f"{place}: {name}")
    published = parse_published(fields["published"], place) if fields.get("published") else None
    return Article(
        text=text,
        place=place,
        kind=kind,
        title=fields.get("title") or None,
        outlet=fields.get("outlet") or None,
        url=fields.get("url") or None,
        byline=fields.get("byline") or None,
        section=fields.get("section") or None,
        published=published,
        published_from="none" if published is None else "metadata",
        notes=(note,) if note else (),
        origin=origin,
    )


def with_date(article: Article, given: date | None) -> Article:
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
    found = day_of(value)
    if found is None:
        raise ReadError(place, f"published {value.strip()[:60]!r}", "a date such as 2018-06-12")
    return found


def day_of(value: str) -> date | None:
    """The day that a field states, or None."""
    value = value.strip()[:200]
    return next((found for attempt in (_iso, _rfc, _words) if (found := attempt(value)) is not None), None)


def _iso(value: str) -> date | None:
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?", value, re.ASCII)
    slashed = re.match(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)", value, re.ASCII)
    try:
        if found := compact or slashed:
            return date(*map(int, found.groups()))
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _rfc(value: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(value: str) -> date | None:
    from dragoman.read.dates import first_full_date

    return first_full_date(value)
