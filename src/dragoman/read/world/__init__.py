"""What the reader knows of the world, as readable tables beside this module.

``states.psv`` (names, adjectives, peoples, capitals, seats of government),
``historical.psv`` (states that are no more), ``places.psv``, ``organisations.psv``,
``offices.psv`` (titles, for whom their holders speak, level at a meeting) and
``people.psv`` (spellings and terms of office).  :func:`world` reads them once::

    >>> from datetime import date
    >>> known = world()
    >>> known.office_holder("USA", "president", date(2018, 6, 12)).name
    'Donald Trump'
    >>> [(match.start, match.names[0].country) for match in known.match("Pyongyang told the U.S.")]
    [(0, 'PRK'), (19, 'USA')]
"""

from __future__ import annotations

from functools import cache

from dragoman.read.world._build import World, build, holds, plain_letters, slug
from dragoman.read.world._tables import OfficeTitle, Organisation, Person, Place, State, Term
from dragoman.read.world._trie import Match, Name, Trie, Way

__all__ = [
    "Match", "Name", "OfficeTitle", "Organisation", "Person", "Place", "State", "Term", "Trie", "Way", "World",
    "holds", "plain_letters", "slug", "world",
]  # fmt: skip


@cache
def world() -> World:
    """The world as the tables have it, read at the first call (about 20 ms)."""
    return build()
