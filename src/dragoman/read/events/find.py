"""Events of an article: its candidate acts, as findings."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.read.events.candidates import ENOUGH, find_candidates
from dragoman.read.events.tables import Lexicon
from dragoman.read.findings import DateFinding, Event
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Parsed
from dragoman.read.reference import Reference, refer


def find_events(
    parsed: Parsed,
    index: EntityIndex,
    dates: Sequence[DateFinding] = (),
    *,
    enough: float = ENOUGH,
    words: Lexicon | None = None,
) -> list[Event]:
    """Events of a parsed article, in order of place.

    ``index`` says who is mentioned where, ``dates`` which time expressions stand where; ``enough`` is the least
    confidence of an event; ``words`` is the lexicon, by default the one that ships.
    """
    reference = index if isinstance(index, Reference) else refer(parsed)
    return [one.event for one in find_candidates(parsed, reference, dates, enough=enough, words=words)]
