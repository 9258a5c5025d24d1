"""What a sentence is about where no line of the lexicon holds: a vote of its words.

For two known sides one event is taken for granted, so a poor answer is better than
none.  Each verb, noun and adjective outside the sides votes for the types that the
lexicon's lines of its lemma lead to, whatever their conditions.

1. A lemma's vote is the share of its lines that lead to a type, raised to a power,
   so that a word of many meanings says little.
2. Words on the way between the two sides in the tree count most, their neighbours
   less, others least; nouns count less than verbs, deep words less than high ones.
3. The type with most votes wins, the earlier one of PLOVER's list where two have
   the same; where nobody votes there is no answer.
4. Cooperation under a "not" is a refusal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import sqrt
from types import MappingProxyType

from dragoman.read.events.ontology import TYPES, Code, codes, quad
from dragoman.read.events.tables import Entry, Lexicon
from dragoman.read.syntax.factuality import PREDICATES
from dragoman.read.syntax.tree import Tree

_VOTERS = frozenset({"VERB", "ADJ", "NOUN", "ADV"})
_SILENT = frozenset({"be", "have", "do"})
_ON_THE_WAY, _BESIDE, _ELSEWHERE = 3.0, 1.5, 0.5
_NOUNS = 0.7
_SHARPNESS = 1.5
_COOPERATION = frozenset({1, 2})
_REFUSED = "120"
_OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "+intend": "030", "+plan": "030", "+offer": "030", "+accept": "030", "+threaten": "130", "+refuse": "120",
        "+fail": "120", "+appeal": "020", "+demand": "100",
    }
)  # fmt: skip


def vote(tree: Tree, words: Lexicon, sides: tuple[frozenset[int], frozenset[int]]) -> tuple[Code, str] | None:
    """The code with most votes and the words that gave them, or None where no word votes."""
    ballots = _ballots(tree, words, sides)
    if not ballots:
        return None
    by_type: dict[str, float] = defaultdict(float)
    by_code: dict[str, float] = defaultdict(float)
    for outcome, _, weight in ballots:
        by_type[codes()[outcome].type] += weight
        by_code[outcome] += weight
    best = max(TYPES, key=lambda kind: by_type.get(kind, 0.0))
    if quad(best) in _COOPERATION and "neg" in tree.deps:
        return codes()[_REFUSED], ", ".join(sorted({word for _, word, _ in ballots} | {"not"}))
    winner = max((outcome for outcome in by_code if codes()[outcome].type == best), key=lambda key: by_code[key])
    return codes()[winner], ", ".join(sorted({word for outcome, word, _ in ballots if outcome == winner}))


def _ballots(tree: Tree, words: Lexicon, sides: tuple[frozenset[int], frozenset[int]]) -> list[tuple[str, str, float]]:
    way = frozenset(node for side in sides for place in side for node in tree.above(place))
    return [
        (outcome, tree.words[place], share * _weight(tree, place, way))
        for place in _voters(tree, sides[0] | sides[1])
        for outcome, share in _shares(words, tree.lemmas[place])
    ]


def _voters(tree: Tree, inside: frozenset[int]) -> Iterator[int]:
    return (place for place in range(len(tree)) if _may_vote(tree, place) and place not in inside)


def _may_vote(tree: Tree, place: int) -> bool:
    return tree.pos[place] in _VOTERS and tree.lemmas[place] not in _SILENT


def _weight(tree: Tree, place: int, way: frozenset[int]) -> float:
    near = _ON_THE_WAY if place in way else _BESIDE if tree.heads[place] in way else _ELSEWHERE
    return near * (1.0 if tree.pos[place] in PREDICATES else _NOUNS) / sqrt(len(tree.above(place)))


def _shares(words: Lexicon, lemma: str) -> tuple[tuple[str, float], ...]:
    return _shares_of((*words.verbs.get(lemma, ()), *words.nouns.get(lemma, ())))


@lru_cache(maxsize=4096)
def _shares_of(entries: tuple[Entry, ...]) -> tuple[tuple[str, float], ...]:
    outcomes = [_OPERATORS.get(entry.outcome, entry.outcome) for entry in entries]
    known = Counter(outcome for outcome in outcomes if outcome in codes())
    kinds: Counter[str] = Counter()
    for outcome, count in known.items():
        kinds[codes()[outcome].type] += count
    total = len(outcomes)
    return tuple(
        (outcome, count / kinds[kind] * (kinds[kind] / total) ** _SHARPNESS)
        for outcome, count in known.items()
        if (kind := codes()[outcome].type)
    )
