"""Text to findings.  Knows no database.

Each finding is a span of an article: events, meetings, quotes, dates, names,
commitments and contested words.  :mod:`dragoman.read.reader` is the one path through
the finders.  Names are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.read.events import classify_event, classify_events
    from dragoman.read.findings import Reading
    from dragoman.read.reader import read_articles, read_many, read_text
    from dragoman.read.schema import reading_schema
    from dragoman.read.sources import RawArticle, read_paths

__all__ = [
    "RawArticle",
    "Reading",
    "classify_event",
    "classify_events",
    "read_articles",
    "read_many",
    "read_paths",
    "read_text",
    "reading_schema",
]

_HOMES = {
    "RawArticle": "sources",
    "Reading": "findings",
    "classify_event": "events",
    "classify_events": "events",
    "read_articles": "reader",
    "read_many": "reader",
    "read_paths": "sources",
    "read_text": "reader",
    "reading_schema": "schema",
}


def __getattr__(name: str) -> Any:
    """Public names from the modules that hold them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman.read' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"dragoman.read.{_HOMES[name]}"), name)
