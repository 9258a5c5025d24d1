"""Which words say that a statement is about an issue of the case.

1. The issue's words: those of its name and of the points of its scale.
2. Contested terms (``read/world/terms.psv``) of which the name, or one of the words for
   them, stands in the name or in a point: all the words for them.
3. Of the issue's words those with five letters or more, but for common words, forms in
   -ed, and names of states, peoples and the case's parties.

The last word of a phrase may go on ("exercise", "exercises") and may have lost its plural
-s and a final e or y ("verify", "verified"); an inner word may have a plural -s.  It is a
rule of words: it misses what is said in others, and cannot tell what a word is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING

from dragoman.read.wording import Term, contested_terms

if TYPE_CHECKING:
    from dragoman.model import Case

LEAST = 5
SHORTENED = 6
PLURAL = 5
STATES = {"name", "adjective", "people"}
COMMON = frozenset({
    "about", "accept", "after", "agree", "agreement", "amount", "before", "between", "blocks", "course",
    "degree", "demand", "exchange", "extent", "final", "first", "forms", "issue", "large", "later", "least",
    "level", "limit", "limits", "matter", "measure", "measures", "north", "number", "order", "others",
    "parallel", "partial", "parties", "party", "phase", "phases", "point", "points", "question", "quick",
    "range", "ranges", "right", "scope", "share", "should", "sides", "small", "south", "stage", "stages",
    "status", "steps", "terms", "their", "these", "third", "those", "timing", "toward", "towards", "under",
    "until", "value", "volume", "whole", "within", "without", "world", "years",
})  # fmt: skip
RULE = (
    "A statement is about an issue where its words hold one of the contested terms that the issue's name or a point "
    "of its scale names, or a telling word of that name or those points."
)


def phrases_of(case: Case, issue: str) -> tuple[str, ...]:
    """The words and phrases, in lower case, any of which makes a statement one about an issue."""
    item = case.issues[issue]
    texts = [_plain(text) for text in (item.name, *item.scale.points)]
    terms = [term for term in contested_terms() if any(_names(term, text) for text in texts)]
    told = [" ".join(pattern) for term in terms for pattern in term.patterns]
    own = [word for text in texts for word in text.split() if _tells(word, _parties(case))]
    return tuple(dict.fromkeys((*told, *own)))


def search_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """The same as the record searches for them: beginnings of last words, inner words with and without plural."""
    return tuple(dict.fromkeys(form for phrase in phrases for form in _forms(phrase)))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _names(term: Term, text: str) -> bool:
    """Whether a text holds a term's name or one of its words."""
    forms = search_of((_plain(term.name), *(" ".join(pattern) for pattern in term.patterns)))
    return any(re.search(rf"\b{re.escape(form)}", text) for form in forms)


def _forms(phrase: str) -> list[str]:
    *inner, last = phrase.split()
    one = last[:-1] if len(last) >= PLURAL and last.endswith("s") and not last.endswith("ss") else last
    stem = one[:-1] if len(one) >= SHORTENED and one[-1] in "ey" else one
    several = [(word, f"{word}s") if len(word) >= LEAST and not word.endswith("s") else (word,) for word in inner]
    return [" ".join((*chosen, stem)) for chosen in product(*several)]


def _tells(word: str, parties: frozenset[str]) -> bool:
    """Whether a word of an issue says by itself what it is about."""
    from dragoman.read.world import world

    if len(word) < LEAST or word in COMMON or word.endswith("ed"):
        return False
    if any(word.startswith(name) for name in parties):
        return False
    return not any(found.way in STATES for found in world().lookup(word.capitalize()))


def _parties(case: Case) -> frozenset[str]:
    names = (name for party in case.parties.values() for name in (party.name, *party.entities))
    return frozenset(word for name in names for word in _plain(name).split() if len(word) >= LEAST)


__all__ = ["RULE", "phrases_of", "search_of"]
