"""The promised clause: where it begins and ends, its condition, and whether it is promised at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "relcl"})
_MODAL = frozenset({"may", "might", "could", "should", "can"})


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``commitments.psv``."""
    return frozenset(word for key, cell in rows("commitments.psv", 2) if key == name for word in listed(cell))


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def auxiliaries(verb: Token) -> frozenset[str]:
    """The auxiliaries of a verb, or those it shares with the verb it is joined to."""
    found = frozenset(child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"})
    if not found and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return auxiliaries(verb.head)
    return found


def is_asserted(verb: Token) -> bool:
    """Whether a promising verb says that it was done: no negation, no may, no if, no question."""
    if any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children):
        return False
    if auxiliaries(verb) & _MODAL:
        return False
    if any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in verb.children):
        return False
    if verb.tag_ == "VB" and "to" in auxiliaries(verb):
        return False
    return not str(verb.sent.text).rstrip("”\"' ").endswith("?")


def complements(verb: Token) -> Iterator[Token]:
    """The heads of the clauses that a verb or noun of promise governs, each of a list for itself."""
    for child in verb.children:
        purpose = child.dep_ == "advcl" and verb.pos_ == "NOUN"
        if child.dep_ in _CLAUSES and not purpose and child.pos_ in {"VERB", "AUX"} and _is_promised(child):
            yield child
            yield from _listed(child)
        if child.dep_ == "prep" and child.lower_ in {"to", "on", "of"}:
            for item in child.children:
                if item.dep_ == "pcomp":
                    yield item
                    yield from _listed(item)


def things(head: Token) -> Iterator[Token]:
    """The nouns that a verb or noun of promise governs by "to", "on" or "of": ``agreed to a truce``."""
    for child in head.children:
        if child.dep_ != "prep" or child.lower_ not in ({"to", "of"} if head.pos_ == "NOUN" else {"to", "on", "upon"}):
            continue
        for item in child.children:
            if item.dep_ == "pobj" and item.pos_ == "NOUN" and lemma(item) not in words("vague"):
                yield item


def _is_promised(child: Token) -> bool:
    """``to`` with a verb, or ``that`` with will, would, shall or must; no question and no free relative."""
    first = child.left_edge
    if (first.tag_ in {"WP", "WDT", "WRB"} and first.lower_ != "that") or first.lower_ == "whether":
        return False
    below = {item.lower_ for item in child.children if item.dep_ in {"aux", "mark"}}
    if child.dep_ in {"xcomp", "advcl"} or (child.dep_ == "acl" and "to" in below):
        return "to" in below
    allowed = {"could", "should", "may"} if lemma(child.head) == "agree" and child.dep_ == "ccomp" else set()
    return bool(below & ({"will", "would", "shall", "must", "'ll"} | allowed))


def _listed(child: Token) -> Iterator[Token]:
    for item in child.conjuncts:
        if item.i > child.i and any(
            own.lower_ in {"to", "would", "will"} for own in item.children if own.dep_ == "aux"
        ):
            yield item


def extent(head: Token, others: frozenset[int]) -> tuple[int, int]:
    """First and past-last token of a clause, without the ``that`` before it, later list members and commas."""
    tokens = list(_own(head, others))
    start, end = min(token.i for token in tokens), max(token.i for token in tokens) + 1
    while start < head.i and head.doc[start].lower_ in {"that", ",", "and", "both"} | ({"–"}):
        start += 1
    while end - 1 > head.i and (head.doc[end - 1].is_punct or head.doc[end - 1].lower_ in {"and", ","}):
        end -= 1
    return start, end


def _own(head: Token, others: frozenset[int]) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.i not in others:
            yield from _own(child, others)


def condition_of(head: Token) -> tuple[int, int] | None:
    """First and past-last token of the condition that a clause is under."""
    for child in head.children:
        if child.dep_ in {"advcl", "prep"}:
            marks = [
                item for item in (*child.children, child) if item.dep_ in {"mark", "advmod", "prep"} or item == child
            ]
            if any(item.lower_ in words("condition") for item in marks if item.dep_ in {"mark", "advmod"}) or (
                child.dep_ == "prep" and child.lower_ in {"until", "after", "pending"}
            ):
                return child.left_edge.i, child.right_edge.i + 1
            if (
                child.dep_ == "prep"
                and child.lower_ == "in"
                and any(lemma(item) in {"return", "exchange"} for item in child.children)
            ):
                return child.left_edge.i, child.right_edge.i + 1
    return None


def is_future(head: Token) -> bool:
    """Whether a clause is in ``to``, ``will``, ``would`` or ``shall``."""
    return any(child.lower_ in {"would", "will", "shall", "to"} for child in head.children if child.dep_ == "aux")
