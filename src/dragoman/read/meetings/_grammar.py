"""Grammar that the frames ask: phrases, clauses, and who does a verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._words import NUMBERS, lemma

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CORE = frozenset({"compound", "amod", "poss", "nmod", "det", "nummod", "flat", "quantmod", "punct", "case"})
_CONTROLLED = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj", "pcomp", "acomp", "attr", "oprd"})
_BY_OBJECT = frozenset({"invite", "ask", "urge", "send", "want", "allow", "tell", "request", "persuade", "order"})
_RANKED = frozenset({"first", "last", "only", "second", "third", "latest"})
_FARTHEST = 8


def core(head: Token) -> Span:
    """A noun phrase from its first modifier to its head."""
    start = min(
        (child.left_edge.i for child in head.children if child.dep_ in _CORE and child.i < head.i), default=head.i
    )
    return head.doc[start : head.i + 1]


def antecedent_of_relative(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    for ancestor in pronoun.ancestors:
        if ancestor.dep_ == "relcl":
            return ancestor.head
    return None


def subject_token(verb: Token) -> Token | None:
    """The token of the doer of ``verb``: its own subject, or the one that controls it."""
    for _ in range(_FARTHEST):
        own = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if own is not None:
            return own
        if verb.dep_ == "relcl":
            return _borne_by(verb.head)
        if verb.dep_ not in _CONTROLLED or verb.head == verb:
            return None
        if (owner := _controller(verb)) is not None:
            return owner
        above = _verb_above(verb)
        if above is None:
            return None
        verb = above
    return None


def _borne_by(noun: Token) -> Token:
    """Who is said to be ``the first to come``: the subject of the verb of being above the noun, else the noun."""
    if noun.dep_ == "attr" and lemma(noun.head) in {"be", "become"}:
        return next((child for child in noun.head.children if child.dep_ == "nsubj"), noun)
    return noun


def is_first_to(verb: Token) -> Token | None:
    """The verb of being of ``was the first leader to meet him``, which says that it was done; None elsewhere."""
    noun = verb.head
    if verb.dep_ not in {"relcl", "acl", "xcomp"} or noun.dep_ != "attr" or lemma(noun.head) not in {"be", "become"}:
        return None
    ranked = any(child.lower_ in _RANKED for child in (*noun.children, noun))
    return noun.head if ranked and verb.tag_ == "VB" else None


def _controller(verb: Token) -> Token | None:
    """The object of a verb of asking (``invited him to come``) or the owner of a noun (``his wish to come``)."""
    if verb.dep_ in {"xcomp", "ccomp"} and verb.tag_ == "VB" and lemma(verb.head) in _BY_OBJECT:
        return next((child for child in verb.head.children if child.dep_ == "dobj"), None)
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"}:
        return next((child for child in verb.head.children if child.dep_ == "poss"), None)
    return None


def _verb_above(verb: Token) -> Token | None:
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    if head.pos_ in {"NOUN", "PROPN"}:
        return next((item for item in head.ancestors if item.pos_ in {"VERB", "AUX"}), None)
    return head


def number_of(token: Token) -> int | None:
    """A small number in words or digits."""
    low = token.lower_
    return NUMBERS.get(low) or (int(low) if low.isdigit() and len(low) < 3 else None)


def clause_tokens(token: Token) -> Iterator[Token]:
    """The tokens of the clause that ``token`` heads or stands in, other finite clauses left out."""
    stack = [token]
    while stack:
        head = stack.pop()
        yield head
        stack.extend(
            child for child in head.children
            if child.dep_ not in {"ccomp", "advcl", "relcl", "parataxis"}
            and not (child.dep_ == "conj" and child.pos_ == "VERB")
        )  # fmt: skip
