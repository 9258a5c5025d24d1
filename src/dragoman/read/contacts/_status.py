"""Held, planned, possible, called off or denied: what the words around a predicate make of the contact.

1. From the predicate upwards, each word that governs it says what it says: a negation denies, verbs of refusing deny,
   verbs of cancelling call off, verbs and nouns of planning plan, of wishing leave it possible; the lowest decides.
2. Modals and conditions of the clauses on the way decide likewise.
3. Where nothing on the way speaks, tense and day do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import auxiliaries, is_negated, is_ranked, subject_of
from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, is_one_of, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import DateFinding, Status

_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MAY = frozenset({"may", "might", "could", "can", "should", "must", "ought"})
_CONDITION = frozenset({"if", "whether", "unless", "until"})
_HAPPEN = frozenset({"take", "happen", "occur", "proceed", "materialise", "materialize", "place"})
_AT = frozenset({"after", "during", "in", "at", "following", "since", "from", "on", "through", "throughout", "amid", "by"})
_FARTHEST = 5


def status_of(predicate: Predicate, carrier: Token, day: DateFinding | None) -> Status:
    """The status of the contact of which a predicate speaks in the clause of ``carrier``."""
    said = _said(predicate)
    if said is not None:
        return said
    return _by_tense(predicate, carrier, day)


def _said(predicate: Predicate) -> Status | None:
    token = predicate.token
    for below, node in _path(token):
        found = _of_node(node, token) if node.pos_ in VERBAL else _of_noun(node, below, token)
        if found is not None:
            return found
        if below is not None and _ends(below, node):
            return None
    return None


def _path(token: Token) -> Iterator[tuple[Token | None, Token]]:
    """The words that govern a predicate, itself first, each with the one below it; prepositions are passed over."""
    below: Token | None = None
    steps = 0
    yield None, token
    node = token
    while node.head != node and steps < _FARTHEST:
        below, node = node, node.head
        if node.pos_ in {"ADP", "PART", "SCONJ"} or (node.dep_ == "prep" and node.tag_ == "VBG"):
            continue
        steps += 1
        yield below, node


def _ends(below: Token, node: Token) -> bool:
    """Whether a word governs the predicate only as an aside, or says it: its own factuality is another matter."""
    if below.dep_ == "prep" or (below.dep_ == "pobj"):
        return below.dep_ == "prep" and below.lower_ in _AT and node.pos_ in VERBAL
    if below.dep_ in {"relcl", "advcl", "parataxis"} and below.pos_ in VERBAL:
        return below.tag_ not in {"VB"}
    if below.dep_ == "ccomp" and is_one_of(node, "saying") and not is_negated(node):
        return True
    return below.dep_ in {"conj"} and below.pos_ in VERBAL and any(
        child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in below.children
    )


def _of_node(verb: Token, predicate: Token) -> Status | None:
    own = auxiliaries(verb)
    if (ranked := is_ranked(verb)) is not None and not _is_yet(verb) and verb == predicate:
        return "planned" if auxiliaries(ranked) & _WILL else "denied" if is_negated(ranked) else "held"
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"}}
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return "denied"
    if _is_yet(verb):
        return "denied"
    negated = is_negated(verb) or _is_by_nobody(verb)
    governs = verb != predicate
    if governs and is_one_of(verb, "cancel") and not negated:
        return "called off" if not own & (_WILL | _MAY) or is_one_of(verb, "cancel") else "possible"
    if governs and is_one_of(verb, "refuse"):
        return "denied" if not negated else None
    if negated:
        if governs and is_one_of(verb, "wish", "plan"):
            return "denied" if not is_one_of(verb, "plan") or lemma(verb) in {"plan", "intend", "agree", "accept"} else "possible"
        if governs and lemma(verb) in _HAPPEN:
            return "called off"
        return "called off" if own & _WILL and lemma(verb) == "hold" else "denied"
    if marks & _CONDITION:
        return "possible"
    if "have" in own and "to" in own and verb.head != verb and lemma(verb.head) == "be":
        return "called off"
    if own & _MAY:
        return None if "can" in own and governs else "possible"
    if own & _WILL:
        return "planned"
    if "would" in own and "have" not in own:
        return "planned" if verb.head != verb and is_one_of(verb.head, "saying") else "possible"
    if verb.tag_ == "VB" and "to" in own and lemma(verb.head) == "be" and verb.dep_ == "xcomp":
        return "planned"
    if governs and lemma(verb) == "look" and any(child.lower_ == "forward" for child in verb.children):
        return "planned"
    if governs and is_one_of(verb, "wish") and not _is_being_held(verb):
        return "possible"
    if governs and is_one_of(verb, "plan"):
        return "planned"
    if governs and is_one_of(verb, "going") and verb.tag_ in {"VBD", "VBN"}:
        return "held"
    return None


def _is_being_held(verb: Token) -> bool:
    """``open`` and ``call`` as verbs of holding: ``opened talks``."""
    return lemma(verb) in {"open", "look", "work", "try", "raise", "need", "require"}


def _of_noun(noun: Token, below: Token | None, predicate: Token) -> Status | None:
    if noun.pos_ not in NOMINAL | {"ADJ"}:
        return None
    if any(child.lower_ == "no" for child in noun.children):
        return "denied"
    if any(is_one_of(child, "cancel") for child in noun.children if child.dep_ in {"amod", "acl", "compound"}):
        return "called off"
    if noun == predicate:
        for child in noun.children:
            if child.dep_ in {"amod", "compound", "acl"}:
                if child.dep_ != "acl" and is_one_of(child, "wish") and lemma(child) in {
                    "possible", "potential", "proposed", "propose", "hypothetical", "eventual", "likely"}:  # fmt: skip
                    return "possible"
                if lemma(child) in {"upcoming", "forthcoming", "coming", "future", "plan", "schedule", "planned",
                                    "scheduled", "slate", "expect", "next"}:  # fmt: skip
                    return "planned"
        return None
    if below is not None and below.dep_ in {"conj", "appos"}:
        return None
    if is_one_of(noun, "cancel"):
        return "called off"
    if is_one_of(noun, "refuse"):
        return "denied"
    if is_one_of(noun, "wish"):
        return "possible"
    return "planned" if is_one_of(noun, "plan") else None


def _is_yet(verb: Token) -> bool:
    """``yet to meet``, ``has still to meet``."""
    to = next((child for child in verb.children if child.lower_ == "to"), None)
    if to is None:
        return False
    if to.i > 0 and to.nbor(-1).lower_ == "yet":
        return True
    above = verb.head
    return verb.tag_ == "VB" and lemma(above) in {"have", "be"} and any(
        child.lower_ in {"yet", "still"} for child in (*above.children, *verb.children)
    )


def _is_by_nobody(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and (
        subject.lower_ in {"nobody", "none", "no-one", "neither"}
        or any(child.lower_ in {"no", "neither"} for child in subject.children)
    )


def _by_tense(predicate: Predicate, carrier: Token, day: DateFinding | None) -> Status:
    verb = carrier if carrier.pos_ in VERBAL else predicate.token
    published = predicate.article.parsed.published
    start = date.fromisoformat(day.start[:10]) if day is not None and day.start else None
    end = date.fromisoformat(day.end[:10]) if day is not None and day.end else start
    ahead = published is not None and start is not None and start > published
    if verb.pos_ in VERBAL:
        own = auxiliaries(verb)
        if verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and own & {"has", "have", "had", "was", "were", "did", "'ve"}):
            return "planned" if ahead and predicate.token == verb and False else "held"
        if ahead:
            return "planned"
        if verb.tag_ == "VBG" and own & {"is", "are", "am", "'s", "'re"}:
            return "planned" if start is not None and start == published else "held"
        if verb.tag_ in {"VBZ", "VBP"} and predicate.token == verb:
            return "planned" if start is not None and published is not None and end is not None and end >= published else "held"
    return "planned" if ahead else "held"
