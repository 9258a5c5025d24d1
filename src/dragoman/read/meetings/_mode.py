"""By which means two sides were in contact: in person, by call or video, by letter, or through a mediator.

1. The words right below a trigger ("spoke by telephone", "a video conference") name the means.
2. A call verb ("rang X"), a noun of calling ("in a call with X") or a letter ("sent X a letter") is one by itself.
3. Where an aside on the clause of a verb names the means ("In a call on Monday, X told Y"), it holds for the clause.
4. Nothing said: in person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._words import lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Mode

_OWN = frozenset({"nsubj", "nsubjpass", "poss", "appos", "conj", "relcl", "ccomp", "advcl", "parataxis"})
_MEANS: tuple[tuple[Mode, str], ...] = (
    ("video", "video"), ("call", "phone"), ("letter", "letter"), ("mediated", "mediated"),
)  # fmt: skip
_BY = frozenset({"by", "via", "over", "on", "in", "during", "through", "at"})


def mode_of(token: Token) -> Mode:
    """The means by which the contact that ``token`` speaks of took place."""
    found = means_of(token)
    if found is None and token.pos_ in {"NOUN", "PROPN"} and token.dep_ in {"dobj", "pobj", "nsubj", "nsubjpass"}:
        found = _apart(token)
    return found or "in person"


def means_of(token: Token) -> Mode | None:
    """The means that the token itself or the words right below it name; None where they name none."""
    said = [lemma(token), *(lemma(item) for item in _below(token))]
    if lemma(token) == "exchange":
        said += [lemma(item) for child in token.children if child.lower_ == "of" for item in child.children]
    for mode, name in _MEANS:
        if any(word in words(name) for word in said):
            return mode
    return None


def _below(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in _OWN:
            continue
        yield child
        if child.dep_ in {"prep", "agent", "dobj", "attr", "advmod", "prt", "amod", "compound", "npadvmod"}:
            for item in child.children:
                if _names_means(child, item):
                    yield item
                    yield from (inner for inner in item.children if inner.dep_ in {"compound", "amod", "nmod"})


def _names_means(child: Token, item: Token) -> bool:
    """``by telephone``, ``over a video link``; not ``about a letter`` nor ``with the caller``."""
    if child.dep_ in {"prep", "agent"}:
        return child.lower_ in _BY and item.dep_ in {"pobj", "pcomp"}
    return item.dep_ in {"compound", "amod", "nmod", "punct"}


def _apart(noun: Token) -> Mode | None:
    """``held talks by video``: the means hang on the verb of which the meeting is object or subject."""
    verb = next((item for item in noun.ancestors if item.pos_ in {"VERB", "AUX"}), None)
    if verb is None or lemma(verb) not in words("held"):
        return None
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "via", "over", "through"}:
            below = [item for item in child.subtree if item != child]
            for mode, name in _MEANS:
                if any(lemma(item) in words(name) for item in below):
                    return mode
    return None


def frame_of_clause(verb: Token) -> Mode | None:
    """The means that an aside on a clause names: ``In a call on Monday, X told Y``."""
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in {"in", "during", "on"}:
            continue
        for item in child.children:
            if item.dep_ == "pobj" and lemma(item) in words("remote") | words("phone"):
                return means_of(item)
    return None
