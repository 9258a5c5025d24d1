"""How sure the reader is of an event: weight of the lexicon line, less what goes with being wrong.

The figure starts from the weight of the words that made the event and from the sides
that they name.  It falls with each side taken from elsewhere in the sentence, with
depth below the main clause, with nouns, purposes, conditions and relative clauses,
with the length of the sentence, with a partner that nobody names, and with a country
acting on itself.  The amounts were set by hand on judged articles
(``docs/methods/events.md`` shows how often each band is right).
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.read.events.reality import is_purpose
from dragoman.read.events.sense import Sense
from dragoman.read.findings import Actor
from dragoman.read.syntax.tree import Tree

LEAST, MOST = 0.01, 0.99
TAKEN = "taken from the countries named"
NO_COUNTRY, NOBODY = "of no known country", "not named"
_START, _OF_WEIGHT, _MOST_WEIGHT = 0.36, 0.10, 4.0
_WORDS, _KNOWN = 0.08, 0.05
_SIDE_TAKEN, _NO_SOURCE, _NO_TARGET, _OF_NO_COUNTRY = 0.12, 0.14, 0.05, 0.04
_DEPTH, _MOST_DEPTH = 0.03, 6
_NOUN, _NOUN_WITH_GAPS, _CONTENT = 0.05, 0.20, 0.20
_HEDGE, _PURPOSE, _POSSIBLE, _GUESS = 0.06, 0.08, 0.06, 0.10
_LONG, _OF_LENGTH, _MOST_LENGTH = 25, 0.003, 0.10
_NO_PARTNER, _ITSELF = 0.15, 0.10


def confidence(
    tree: Tree, sense: Sense, source: Sequence[Actor], target: Sequence[Actor], notes: Sequence[str]
) -> float:
    """How sure the reader is of a sense with these sides, from .01 to .99; ``notes`` say how the sides were found."""
    depth = len(tree.above(sense.trigger)) - 1
    value = _START + _OF_WEIGHT * min(sense.weight, _MOST_WEIGHT)
    value += _WORDS * bool(sense.source) + _KNOWN * (_named(source) + _named(target))
    value -= sum(_of_note(note) for note in notes) + _DEPTH * min(depth, _MOST_DEPTH)
    value -= _of_form(sense, gaps=bool(notes)) + _of_sides(sense, source, target)
    value -= min(_OF_LENGTH * max(len(tree) - _LONG, 0), _MOST_LENGTH)
    value -= _PURPOSE * is_purpose(tree, sense.trigger)
    return round(min(max(value, LEAST), MOST), 3)


def _named(side: Sequence[Actor]) -> bool:
    return any(actor.country for actor in side)


def _of_note(note: str) -> float:
    if note.endswith(TAKEN):
        return _SIDE_TAKEN
    if note.endswith(NO_COUNTRY):
        return _OF_NO_COUNTRY
    return _NO_SOURCE if note.startswith("source") else _NO_TARGET


def _of_form(sense: Sense, *, gaps: bool) -> float:
    noun = (_NOUN_WITH_GAPS if gaps else _NOUN) if sense.nominal else 0.0
    content = _CONTENT if sense.content else 0.0
    possible = _POSSIBLE if sense.status == "possible" else 0.0
    return noun + content + possible + _HEDGE * sense.hedge + (_GUESS if sense.guess else 0.0)


def _of_sides(sense: Sense, source: Sequence[Actor], target: Sequence[Actor]) -> float:
    countries = {actor.country for actor in (*source, *target) if actor.country}
    if sense.both and source and len(countries) < len(("one", "another")):
        return _NO_PARTNER
    alone = _named(source) and _named(target) and len(countries) == 1
    return _ITSELF if alone and not sense.both else 0.0
