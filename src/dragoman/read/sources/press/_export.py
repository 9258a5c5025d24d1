"""What a splitter hands over, and the check that it must pass."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article, day_of
from dragoman.read.sources._source import Source

_SPARSE = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One article of an export.  ``words`` is the length that the export states; ``line`` where it begins."""

    line: int
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    byline: str | None = None
    section: str | None = None
    url: str | None = None
    words: int | None = None


@dataclass(frozen=True, kw_only=True)
class Export:
    """A split export: of which database, the articles, and how many it announces (None where it does not say)."""

    database: str
    kind: str
    entries: tuple[Entry, ...]
    announced: int | None = None


def checked(export: Export, source: Source) -> Iterator[Article | ReadError]:
    """The articles of an export that is split for certain; copies within it are marked.

    Raises:
        ReadError: it announces another number of articles than were found, or one has no outlet or no day.
    """
    found = len(export.entries)
    if export.announced is not None and export.announced != found:
        raise ReadError(
            source.place,
            f"looks like {export.database}, {export.announced:,} announced, {found:,} found",
            "an export that splits for certain: save it again in another format, or the articles one by one",
        )
    for number, entry in enumerate(export.entries, start=1):
        wanted = {"outlet": entry.outlet, "day": _day(entry), "text": entry.text.strip()}
        lacking = [name for name, value in wanted.items() if not value]
        if lacking:
            raise ReadError(
                f"{source.place}:{entry.line}",
                f"looks like {export.database}, and article {number} of {found} has no {' and no '.join(lacking)}",
                "an export with its usual fields: save it again in another format",
            )
    return _articles(export, source)


def _articles(export: Export, source: Source) -> Iterator[Article | ReadError]:
    seen: dict[str, int] = {}
    for number, entry in enumerate(export.entries, start=1):
        name = hashlib.sha256(f"{entry.outlet}\n{_SPARSE.sub(' ', entry.text).casefold()}".encode()).hexdigest()
        first = seen.setdefault(name, number)
        copy = (
            f"stands twice in this delivery: the same text and outlet as article {first}" if first != number else None
        )
        fields = {
            "title": entry.title, "outlet": entry.outlet, "published": _day(entry), "byline": entry.byline,
            "section": entry.section, "url": entry.url,
        }  # fmt: skip
        length = f"{entry.words:,} words by the export" if entry.words else None
        try:
            article = source.article(entry.text, export.kind, fields, at=f":{entry.line}")
            yield article.noted(*(item for item in (copy, length) if item))
        except ReadError as fault:
            yield fault


def _day(entry: Entry) -> str | None:
    day = day_of(entry.published) if entry.published else None
    return day.isoformat() if day else None


def line_at(text: str, at: int) -> int:
    """The line of a place in a text."""
    return text.count("\n", 0, at) + 1
