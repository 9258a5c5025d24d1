"""Whose words a medium passes on: "Xinhua said Mr Li told his host that ..." is what Mr Li said.

A claim whose source is no person is credited to the person of a claim inside it when

1. that claim holds at least half of its content;
2. its source is one named person, "he" or "she";
3. it reports an utterance, or what outlets commonly pass on ("he hoped that ...") where the outer source
   is a medium by its words.

The content and the cue stay those of the outer claim; only the speaker changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.read.quotes._names import antecedent, is_person, name_run, plain_phrase, run_text
from dragoman.read.quotes._office import is_medium
from dragoman.read.quotes._tables import names_body
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.quotes._claims import Claim

_PERSONAL = frozenset({"he", "she"})
_ASKING = ("objto", "noun", "adjective")
_OUTER = frozenset({"it", "its"})


def voice(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """The claim whose source is credited with ``claim``: one inside it of its paragraph's ``claims``, or itself."""
    if claim.source is None or not _passes_on(claim.source):
        return claim
    inner = [other for other in claims if _is_voice(other, claim)]
    return max(inner, key=lambda item: item.length, default=claim)


def _passes_on(source: Token) -> bool:
    """Whether a source is a body or a medium, not a person."""
    if source.lower_ in _OUTER:
        return True
    named = source.pos_ == "PROPN" and _person(source)
    if source.pos_ not in ("NOUN", "PROPN") or named or any(child.dep_ == "appos" for child in source.children):
        return False
    phrase = plain_phrase(source) or ""
    seat = any(item.way == "seat" for item in world().lookup(phrase))
    return not world().titles(source.text) and (names_body(phrase) or seat or is_medium(phrase))


def _is_voice(inner: Claim, outer: Claim) -> bool:
    if inner is outer or inner.source is None or inner.rule.startswith(_ASKING) or not _person(inner.source):
        return False
    inside = any(start <= cue[0] < end for cue in inner.cue[:1] for start, end in outer.content)
    if not inside or 2 * inner.length < outer.length:
        return False
    return inner.strength == 3 or is_medium(_words(outer))


def _words(outer: Claim) -> str:
    return (plain_phrase(outer.source) or "") if outer.source is not None else ""


def _person(source: Token) -> bool:
    real = antecedent(source)
    if real.lower_ in _PERSONAL:
        return True
    run = name_run(real) if real.pos_ == "PROPN" else None
    alone = not any(child.dep_ == "conj" for child in real.children)
    return run is not None and alone and is_person(run_text(real.doc, run))
