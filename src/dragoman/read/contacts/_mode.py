"""By which means two sides were in contact: what the predicate says, and the words of its clause.

A word for the means decides ("by phone", "virtual", "face to face"); else the predicate's own mode; a place of talks
makes them a meeting in person.  Nothing tells: unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import clause_tokens
from dragoman.read.contacts._lexicon import NOMINAL, is_one_of, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import Mode

_MEANS: tuple[tuple[Mode, str], ...] = (
    ("video", "video"), ("call", "phone"), ("letter", "letter"), ("mediated", "mediated"),
)  # fmt: skip
_BY = frozenset({"by", "via", "over", "on", "in", "during", "through", "at", "with", "of"})
_BARE = frozenset({"compound", "amod", "nmod", "advmod", "punct", "npadvmod", "acomp", "acl", "appos"})


def mode_of(predicate: Predicate, carrier: Token, place: str | None) -> Mode:
    """The means of the contact that a predicate tells of in the clause of ``carrier``."""
    said = means_at(predicate.token)
    if said is None and carrier != predicate.token and _is_of(predicate.token, carrier):
        said = means_at(carrier)
    if said is not None:
        return said
    own = predicate.frame.mode
    if own == "unknown" and (_is_in_person(predicate.token) or _is_in_person(carrier)):
        return "in person"
    if (
        own == "unknown"
        and place is not None
        and (predicate.frame.name in {"talks", "gather"} or lemma(predicate.token) in {"talk", "negotiate"})
    ):
        return "in person"
    return "in person" if own == "unknown" and _went_for(predicate.token) else own


def _went_for(token: Token) -> bool:
    """``travelled to Moscow for talks``, ``flew there and talked with``: who goes there is there."""
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "for" else token.head
    if token.pos_ in NOMINAL and token.dep_ != "pobj":
        return False
    return (
        above != token
        and is_one_of(above, "going")
        and above.pos_ == "VERB"
        and token.dep_ in {"pobj", "conj", "xcomp", "advcl"}
    )


def _is_of(noun: Token, carrier: Token) -> bool:
    """Whether the means of the carrier's clause are the noun's: its object or subject, or an aside on it."""
    return noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} and noun.head == carrier


def means_at(token: Token) -> Mode | None:
    """The means that a word or the words right below it name; None where they name none."""
    near = [token, *_below(token)] if token.pos_ in NOMINAL else list(_below(token))
    for mode, name in _MEANS:
        if any(is_one_of(item, name) for item in near):
            return mode
    return None


def _below(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in _BARE:
            yield child
            yield from (inner for inner in child.children if inner.dep_ in {"compound", "amod", "advmod"})
        elif child.dep_ in {"prep", "agent"} and child.lower_ in _BY:
            yield from (item for item in child.children if item.dep_ == "advmod")
            for item in child.children:
                if item.dep_ in {"pobj", "pcomp"} and (child.lower_ not in {"with", "of"}):
                    yield item
                    yield from (inner for inner in item.children if inner.dep_ in {"compound", "amod", "nmod"})
                elif item.dep_ == "pobj" and child.lower_ == "of" and lemma(token) == "exchange":
                    yield item
        elif child.dep_ == "dobj" and lemma(child) == "call":
            yield child


def _is_in_person(token: Token) -> bool:
    """Whether the clause says that they were together: ``face to face``, ``on the margins of``, ``over lunch``."""
    return any(is_one_of(item, "person") for item in clause_tokens(token)) and not any(
        item.lower_ == "person" and item.i > 0 and item.nbor(-1).lower_ != "in" for item in clause_tokens(token)
    )
