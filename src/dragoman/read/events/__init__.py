"""Events: PLOVER types with source, target, date, place and status, from a lexicon and the parse.

The lexicon (``lexicon/*.tsv``) lists triggers with conditions; operators say what
"agree to", "refuse to" or "threaten to" make of the event under them;
:func:`find_events` looks the sides up as actors, :func:`classify_events` chooses
among the senses of a sentence the one that links two given spans.
"""

from __future__ import annotations

from dragoman.read.events.classify import EventClass, classify_event, classify_events
from dragoman.read.events.find import find_events
from dragoman.read.events.tables import Entry, Lexicon, lexicon
from dragoman.read.events.why import Explained, Explanation, explain, explain_events

__all__ = [
    "Entry", "EventClass", "Explained", "Explanation", "Lexicon", "classify_event", "classify_events", "explain",
    "explain_events", "find_events", "lexicon",
]  # fmt: skip
