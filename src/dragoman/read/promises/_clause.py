"""The clause that a word governs: its heads, where each begins and ends, and its condition."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "relcl"})
_MODAL = frozenset({"may", "might", "could", "should", "can"})
_FUTURE = frozenset({"will", "would", "shall", "must", "'ll", "’ll"})
_OWN = frozenset({"dobj", "prep", "ccomp", "xcomp", "attr", "dative", "advmod", "prt", "npadvmod"})
_LEADING = frozenset({"that", ",", "and", "both", "–", "—", "-", "also", "then", "“", '"'})
_ASIDE = frozenset({"which", "who", "whose", "where"})


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``promises.psv``."""
    return frozenset(word for key, cell in rows("promises.psv", 2) if key == name for word in listed(cell))


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def auxiliaries(verb: Token) -> frozenset[str]:
    """The auxiliaries of a verb, or those it shares with the verb it is joined to."""
    found = frozenset(child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"})
    if not found and verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        return auxiliaries(verb.head)
    return found


def is_question(token: Token) -> bool:
    """Whether a word stands in a question."""
    return str(token.sent.text).rstrip("”\"' ").endswith("?")


def is_asserted(verb: Token) -> bool:
    """Whether a promising verb says that it was done: no negation, no may, no if, no question."""
    if any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children):
        return False
    if auxiliaries(verb) & _MODAL:
        return False
    if any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in verb.children):
        return False
    return not (verb.tag_ == "VB" and "to" in auxiliaries(verb)) and not is_question(verb)


def complements(head: Token) -> Iterator[Token]:
    """The heads of the clauses that a verb or noun of promise governs, each of a list for itself."""
    for child in head.children:
        purpose = child.dep_ == "advcl" and head.pos_ == "NOUN"
        if child.dep_ in _CLAUSES and not purpose and child.pos_ in VERBS and _is_promised(child):
            yield from listed_clauses(child)
        if child.dep_ == "prep" and child.lower_ in {"to", "on", "of"}:
            for prep in (child, *(item for item in child.children if item.dep_ == "conj" and item.pos_ == "ADP")):
                yield from (one for item in prep.children if item.dep_ == "pcomp" for one in listed_clauses(item))
        if child.dep_ == "dobj" and head.pos_ == "VERB":
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ == "to":
                    yield from (one for item in prep.children if item.dep_ == "pcomp" for one in listed_clauses(item))


def strayed(noun: Token) -> list[Token]:
    """The infinitive of a noun that the parser hung on the verb above: ``stressed the commitment to help``."""
    whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    verb = whole.head
    if verb.pos_ != "VERB" or verb.i > noun.i:
        return []
    return [
        item for child in verb.children
        if child.i > noun.i and child.dep_ in {"advcl", "xcomp", "ccomp"} and child.pos_ in VERBS
        and any(low.tag_ == "TO" for low in child.children) for item in listed_clauses(child)
    ]  # fmt: skip


def listed_clauses(head: Token) -> list[Token]:
    """A clause and those joined to it that are clauses of their own: with "to" or "will", or where both have objects.

    ``to expand and deepen ties`` is one; ``to open the border and release the prisoners`` are two.
    """
    found = [head]
    for item in head.conjuncts:
        if item.i < head.i or item.pos_ not in VERBS:
            continue
        marked = any(child.lower_ in {"to", "would", "will"} for child in item.children if child.dep_ == "aux")
        last = found[-1]
        whole = any(child.dep_ in _OWN and last.i < child.i < item.i for child in last.children)
        if any(child.dep_ in SUBJECTS for child in item.children):
            continue
        if marked or (whole and item.tag_ == head.tag_ and any(child.dep_ in _OWN for child in item.children)):
            found.append(item)
    return found


def things(head: Token) -> Iterator[Token]:
    """The nouns that a verb or noun of promise governs by "to", "on" or "of": ``agreed to a truce``."""
    for child in head.children:
        if child.dep_ != "prep" or child.lower_ not in ({"to", "of"} if head.pos_ == "NOUN" else {"to", "on", "upon"}):
            continue
        for item in child.children:
            if item.dep_ == "pobj" and item.pos_ == "NOUN" and item.is_alpha and lemma(item) not in words("vague"):
                yield item


def _is_promised(child: Token) -> bool:
    """``to`` with a verb, or ``that`` with will, would, shall or must; no question and no free relative."""
    first = child.left_edge
    if (first.tag_ in {"WP", "WDT", "WRB"} and first.lower_ != "that") or first.lower_ == "whether":
        return False
    if first.lower_ == "only":
        return False
    below = {item.lower_ for item in child.children if item.dep_ in {"aux", "mark"}}
    if child.dep_ in {"xcomp", "advcl"} or (child.dep_ == "acl" and "to" in below):
        return "to" in below
    allowed = {"could", "should", "may"} if lemma(child.head) == "agree" and child.dep_ == "ccomp" else set()
    return bool(below & (_FUTURE | allowed)) or (child.dep_ == "ccomp" and child.tag_ == "VB" and "to" in below)


def extent(head: Token, others: frozenset[int], leave: frozenset[int] = frozenset()) -> tuple[int, int]:
    """First and past-last token of a clause.

    Left out are the ``that`` before it, later members of a list (``others``), a subject that is named elsewhere
    (``leave``, with the auxiliaries), what a participle or relative clause adds behind a comma, and who says so.
    """
    tokens = list(_own(head, others | leave))
    start, end = min(token.i for token in tokens), max(token.i for token in tokens) + 1
    while start < head.i and head.doc[start].lower_ in _LEADING:
        start += 1
    while end - 1 > head.i and (head.doc[end - 1].is_punct or head.doc[end - 1].lower_ in {"and", ",", "to"}):
        end -= 1
    return start, end


def _own(head: Token, others: frozenset[int]) -> Iterator[Token]:
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(child for child in token.children if child.i not in others and not _is_aside(child, head))


def _is_aside(child: Token, head: Token) -> bool:
    """What is added behind a comma, and the words of who says it."""
    if child.dep_ == "parataxis":
        return True
    edge = child.left_edge
    behind = edge.i > head.i and edge.i > 0 and child.doc[edge.i - 1].text in {",", "—", "–"}
    if not behind:
        return False
    if child.dep_ == "advcl":
        return child.tag_ == "VBG" and child.left_edge == child
    return child.dep_ == "relcl" and edge.lower_ in _ASIDE


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
