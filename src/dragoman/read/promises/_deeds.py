"""What a clause says is done: the deed by its name, whether it is done or left undone, and what it is about.

1. The deed is the clause's verb with its particle, by the table ``world/deeds.psv``; ``begin``, ``continue`` and the
   like name none, since what is begun is not done.
2. ``not to test``, ``refrain from testing`` and ``stop testing`` leave the deed undone.
3. What it is about are the lemmas of the nouns of the clause, the object's head first.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.promises._clause import lemma, words
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

_CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name, *calendar.month_abbr) if name)
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "pobj", "oprd"})
_NOTHING = frozenset({"no", "nothing", "none", "nobody", "neither", "not"})
_VERBS = frozenset({"VERB", "AUX"})


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, cell, _ in rows("deeds.psv", 3):
        for word in listed(cell):
            found.setdefault(word, name)
    return found


@cache
def undone_by() -> dict[str, frozenset[str]]:
    """For each deed, the names of those that undo it."""
    return {name: frozenset(listed(cell)) for name, _, cell in rows("deeds.psv", 3)}


def deed_of(head: Token) -> str | None:
    """The name of the deed, with ``not`` before it where it is left undone; None where the table has none."""
    if head.pos_ not in _VERBS:
        return "hold" if head.pos_ in {"NOUN", "PROPN"} else None
    inner = _carried_out(head)
    negated = is_negated(head) != (inner is not head and lemma(head) in words("shun"))
    name = _named(inner)
    if name is None:
        return None
    return f"not {name}" if negated else name


def _carried_out(head: Token) -> Token:
    """The verb that matters: ``testing`` of ``refrain from testing``, ``closed`` of ``is to be closed``."""
    if lemma(head) in words("shun") | {"be"}:
        for child in head.children:
            if child.dep_ == "xcomp" and child.pos_ in _VERBS:
                return child
            if child.dep_ == "prep":
                inner = next((item for item in child.children if item.dep_ in {"pcomp", "pobj"}), None)
                if inner is not None:
                    return inner
    return head


def _named(verb: Token) -> str | None:
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    beside = (child.lower_ for child in verb.children if child.dep_ == "prep" and child.i == verb.i + 1)
    particle = particle or next(beside, None)
    phrase = f"{lemma(verb)} {particle}" if particle else lemma(verb)
    if any(lemma(child) == "place" for child in verb.children if child.dep_ == "dobj"):
        phrase = f"{lemma(verb)} place"
    return _names().get(phrase) or _names().get(lemma(verb))


def is_negated(verb: Token) -> bool:
    """Whether a verb has a "not" or a "never", or an object or subject with "no" or that is "nothing"."""
    if any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children):
        return True
    sides = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass", "nsubj"}]
    return any(item.lower_ in _NOTHING for side in sides for item in (side, *side.children) if item.dep_ != "poss")


def about(head: Token) -> tuple[str, ...]:
    """The lemmas of what a clause is about, its object's head first, each once."""
    first = list(_objects(head)) or [item for item in head.children if item.dep_ in {"ccomp", "xcomp"}]
    rest = [token for item in first for token in item.subtree]
    words_in = (token for token in (*first, *rest) if token.pos_ in {"NOUN", "PROPN", "ADJ"} and len(token) > 2)
    return _distinct(words_in)


def _distinct(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Lemmas, each once, days and months left out, things of one class under the class's first word."""
    found = dict.fromkeys(_thing(token) for token in tokens)
    return tuple(word for word in found if word and word.rstrip(".") not in _CALENDAR)


def _thing(token: Token) -> str:
    low = lemma(token)
    if low == "war" and token.dep_ == "compound" and lemma(token.head) == "game":
        return ""
    if low == "game" and any(lemma(child) == "war" for child in token.children):
        low = "war game"
    return _same().get(low, low)


@cache
def _same() -> dict[str, str]:
    groups = [listed(cell) for key, cell in rows("promises.psv", 2) if key == "same"]
    return {word: group[0] for group in groups for word in group}


def content(sentence: Token) -> tuple[str, ...]:
    """The lemmas of the nouns and adjectives below a sentence's root, each once."""
    return _distinct(token for token in sentence.subtree if token.pos_ in {"NOUN", "PROPN", "ADJ"} and len(token) > 2)


def _objects(head: Token) -> Iterator[Token]:
    if head.pos_ not in _VERBS:
        yield head
        return
    verb = _carried_out(head)
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield child
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (item for item in child.children if item.dep_ == "pobj")
