"""How sure the rules are of a candidate: weight of the lexicon line, less what goes with being wrong.

The figure starts from the weight of the words that made the act and from the sides that they name.  It falls with
each side taken from elsewhere in the sentence, with depth below the main clause, with nouns, conditions and relative
clauses, with the length of the sentence, with a partner that nobody names, and with a country acting on itself.  It
ranks the candidates of a sentence, and stands where no gate has been fitted.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.read.events.sense import Sense
from dragoman.read.events.sides import Side
from dragoman.read.syntax.tree import Tree

LEAST, MOST = 0.01, 0.99
_START, _OF_WEIGHT, _MOST_WEIGHT = 0.36, 0.10, 4.0
_WORDS, _KNOWN = 0.08, 0.05
_SIDE_TAKEN, _NO_SOURCE, _NO_TARGET, _UNNAMED = 0.12, 0.14, 0.05, 0.04
_DEPTH, _MOST_DEPTH = 0.03, 6
_NOUN, _NOUN_WITH_GAPS, _CONTENT = 0.10, 0.20, 0.20
_HEDGE, _POSSIBLE, _GUESS = 0.06, 0.06, 0.10
_LONG, _OF_LENGTH, _MOST_LENGTH = 25, 0.003, 0.10
_NO_PARTNER, _ITSELF = 0.15, 0.10


def confidence(tree: Tree, sense: Sense, source: Sequence[Side], target: Sequence[Side]) -> float:
    """How sure the rules are of a sense with these sides, from .01 to .99."""
    value = _START + _OF_WEIGHT * min(sense.weight, _MOST_WEIGHT)
    value += _WORDS * bool(sense.source) + _KNOWN * (is_known(source) + is_known(target))
    gaps = _of_gap(source, _NO_SOURCE), _of_gap(target, _NO_TARGET)
    value -= sum(gaps) + _DEPTH * min(len(tree.above(sense.trigger)) - 1, _MOST_DEPTH)
    value -= _of_form(sense, gaps=any(gaps)) + _of_sides(sense, source, target)
    value -= min(_OF_LENGTH * max(len(tree) - _LONG, 0), _MOST_LENGTH)
    return round(min(max(value, LEAST), MOST), 3)


def is_known(sides: Sequence[Side]) -> bool:
    """Whether it is clear who any of these is."""
    return any(side.is_known for side in sides)


def _of_gap(sides: Sequence[Side], missing: float) -> float:
    if not sides:
        return missing
    if sides[0].how == "taken from the sentence":
        return _SIDE_TAKEN
    return 0.0 if sides[0].is_known else _UNNAMED


def _of_form(sense: Sense, *, gaps: bool) -> float:
    noun = (_NOUN_WITH_GAPS if gaps else _NOUN) if sense.nominal else 0.0
    content = _CONTENT if sense.content else 0.0
    possible = _POSSIBLE if sense.status == "possible" else 0.0
    return noun + content + possible + _HEDGE * sense.hedge + (_GUESS if sense.guess else 0.0)


def _of_sides(sense: Sense, source: Sequence[Side], target: Sequence[Side]) -> float:
    parties = {side.actor.entity or side.actor.country for side in (*source, *target) if side.is_known}
    if sense.both and source and len(parties) < len(("one", "another")):
        return _NO_PARTNER
    alone = is_known(source) and is_known(target) and len(parties) == 1
    return _ITSELF if alone and not sense.both else 0.0
