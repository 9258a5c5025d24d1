"""Who met whom, at what level, where, when, how often, and by whose report.

:func:`find_meetings` reads a parsed text: triggers (``world/meetings.psv``) in their
frames give sightings, sightings that speak of one meeting are joined.  Contacts by
call, video, letter or mediator have their ``mode``; :func:`find_meetings` leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.read.findings import DateFinding, Meeting
from dragoman.read.meetings._frames import sightings
from dragoman.read.meetings._merge import merged
from dragoman.read.meetings._scene import Scene
from dragoman.read.meetings._sight import Clause, Sighting
from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Parsed

__all__ = ["find_contacts", "find_meetings"]

_CLASSES = (
    "meet", "with", "host", "noun", "sign", "tell", "go", "journey", "invite", "seated", "other", "join", "await",
    "ring", "write", "remote",
)  # fmt: skip


def find_meetings(parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> list[Meeting]:
    """The meetings in person that the text speaks of, in order of first mention."""
    return [item for item in find_contacts(parsed, index, dates) if item.mode == "in person"]


def find_contacts(parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> list[Meeting]:
    """Meetings, calls, video conferences and letters, in order of first mention, each with its ``mode``."""
    scene = Scene(parsed, index)
    return merged(_sightings(scene, dates), scene)


def _sightings(scene: Scene, dates: Sequence[DateFinding]) -> Iterator[Sighting]:
    triggers = frozenset().union(*(words(name) for name in _CLASSES))
    for paragraph, sentence in scene.parsed.sentences():
        for token in sentence:
            if lemma(token) in triggers:
                yield from sightings(Clause(scene, dates, paragraph, sentence, token))
