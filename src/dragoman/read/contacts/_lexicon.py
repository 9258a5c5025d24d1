"""The predicates of contact and the words around them (``world/contacts.psv``, ``world/contact_words.psv``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from dragoman.errors import ReadError
from dragoman.read.findings import Mode
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

SLOTS = frozenset({"object", "with", "to", "from", "each"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A class of predicates: the mode that the word tells by itself, and the slots where the other side stands."""

    name: str
    verbal: bool
    mode: Mode
    slots: frozenset[str]


@cache
def frames() -> dict[tuple[str, bool], Frame]:
    """Frames by lemma and word class (True for verbs).

    Raises:
        ReadError: a row names an unknown word class, mode or slot.
    """
    found: dict[tuple[str, bool], Frame] = {}
    for name, kind, mode, slots, lemmas in rows("contacts.psv", 5):
        own = frozenset(slots.split())
        if kind not in {"verb", "noun"} or mode not in get_args(Mode) or not own <= SLOTS:
            raise ReadError(f"world/contacts.psv, {name}", f"{kind} | {mode} | {slots}", "verb or noun, a mode, slots")
        frame = Frame(name=name, verbal=kind == "verb", mode=cast("Mode", mode), slots=own)
        found.update({(lemma, frame.verbal): frame for lemma in listed(lemmas)})
    return found


def frame_of(token: Token) -> Frame | None:
    """The frame of a word, or None where it is no predicate of contact."""
    if token.pos_ in VERBAL:
        return frames().get((lemma(token), True))
    if token.pos_ in NOMINAL or (token.pos_ == "ADJ" and token.dep_ in {"dobj", "pobj", "nsubj", "nsubjpass"}):
        return frames().get((lemma(token), False))
    return None


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``contact_words.psv``."""
    found = frozenset(word for key, cell in rows("contact_words.psv", 2) if key == name for word in listed(cell))
    if not found:
        raise ReadError("world/contact_words.psv", f"no class {name!r}", "a class of the table")
    return found


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def is_one_of(token: Token, *names: str) -> bool:
    """Whether a word, alone or with its particle, is in one of the classes."""
    low = lemma(token)
    forms = {low, token.lower_, *(f"{low} {child.lower_}" for child in particles(token))}
    return any(not forms.isdisjoint(words(name)) for name in names)


def particles(verb: Token) -> Iterator[Token]:
    """The particles of a verb: ``call off``, ``sit down``."""
    return (child for child in verb.children if child.dep_ == "prt" or child.tag_ == "RP")
