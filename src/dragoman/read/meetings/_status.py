"""Held, planned, possible, called off or denied: what the words around a meeting make of it.

Readers are asked in order; the first that knows answers, and tense and day decide where none does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.meetings._grammar import is_first_to, subject_token
from dragoman.read.meetings._words import SPEECH, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Status
    from dragoman.read.meetings._sight import Clause


def auxiliaries(verb: Token) -> set[str]:
    found = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.dep_ == "conj" and not found and verb.head.pos_ == "VERB":
        found = {child.lower_ for child in verb.head.children if child.dep_ in {"aux", "auxpass"}}
    return found


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in {"never", "nor"} for child in verb.children)


def _by_rank(_: Clause, verb: Token) -> Status | None:
    """``became the first to visit``: done; ``will be the first to visit``: to come."""
    being = is_first_to(verb)
    if being is None or _negated(being) or _yet_to(verb):
        return None
    own = auxiliaries(being)
    if own & {"may", "might", "could", "would"}:
        return "possible"
    return "planned" if own & {"will", "shall", "'ll", "’ll"} or being.tag_ == "VB" else "held"


def _by_being(_: Clause, verb: Token) -> Status | None:
    """``is on a visit``: held; ``is due in Paris``: planned."""
    if lemma(verb) != "be" or verb.tag_ not in {"VBZ", "VBP", "VBD"} or _negated(verb):
        return None
    states = [child for child in verb.children if child.dep_ in {"acomp", "attr"}]
    if any(lemma(child) in words("plan") for child in states):
        return "planned"
    return "held" if not states else None


def _yet_to(verb: Token) -> bool:
    to = next((child for child in verb.children if child.lower_ == "to"), None)
    return to is not None and to.i > 0 and to.nbor(-1).lower_ == "yet"


def _is_open(verb: Token) -> bool:
    """``has yet to meet``, ``is still to meet``, ``the only one yet to meet``."""
    if _yet_to(verb):
        return True
    above = verb.head
    return (
        verb.tag_ == "VB" and verb.dep_ in {"xcomp", "ccomp"} and lemma(above) in {"have", "be"}
        and any(child.lower_ in {"yet", "still"} for child in (*above.children, *verb.children))
    )  # fmt: skip


def _by_negation(_: Clause, verb: Token) -> Status | None:
    chain = [verb, *_governors(verb)]
    if _is_open(verb) or (verb.dep_ == "pcomp" and verb.head.lower_ == "without"):
        return "denied"
    if verb.dep_ == "ccomp" and lemma(verb.head) in words("deny"):
        return "denied"
    if _negated(verb):
        return "called off" if auxiliaries(verb) & {"will", "would", "wo", "'ll"} else "denied"
    if any(_negated(item) and lemma(item) in {"take", "happen", "occur", "place"} for item in chain):
        return "called off"
    subject = subject_token(verb) if verb.pos_ in {"VERB", "AUX"} else verb
    if subject is not None and any(child.lower_ == "no" for child in (*subject.children, subject)):
        return "denied"
    return None


def _comes_to_nothing(noun: Token) -> bool:
    """``their meeting, planned for June, would not take place``, whatever the parse makes of the words between."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 15, noun.sent.end)]:
        if token.lower_ in {";", "and", "but", "that"}:
            return False
        if _negated(token) and (lemma(token), *(child.lower_ for child in token.rights)) in _HAPPENING:
            return True
    return False


_HAPPENING = frozenset({("take", "place"), ("happen",), ("occur",), ("go", "ahead"), ("proceed",), ("come", "off")})


def _by_cancelling(clause: Clause, verb: Token) -> Status | None:
    if clause.trigger.pos_ == "NOUN" and _comes_to_nothing(clause.trigger):
        return "called off"
    if verb.dep_ in {"nsubj", "nsubjpass"} and lemma(verb.head) in words("held") | words("carry"):
        if _negated(verb.head) and lemma(verb.head) in {"hold", "take", "happen", "occur", "come"}:
            return "called off"
        if auxiliaries(verb.head) & {"will", "would", "shall"}:
            return "planned"
    for item in (verb, *_governors(verb)):
        low = lemma(item)
        particle = next((child.lower_ for child in item.children if child.dep_ == "prt"), "")
        if low in words("cancel") or f"{low} {particle}" in words("cancel"):
            return "called off"
    if clause.trigger.pos_ == "NOUN" and any(
        lemma(child) in words("cancel")
        for child in clause.trigger.children
        if child.dep_ in {"amod", "acl", "compound"}
    ):
        return "called off"
    has_been = {"was", "were", "had"} & auxiliaries(verb)
    if has_been and "to" in auxiliaries(verb) and "have" in auxiliaries(verb):
        return "called off"
    if verb.dep_ == "xcomp" and verb.head.lower_ in {"was", "were"} and "have" in auxiliaries(verb):
        return "called off"
    return None


def _governors(verb: Token) -> Iterator[Token]:
    """What the clause hangs on: verbs and nouns up to a verb of speech or the root."""
    steps = 0
    for item in verb.ancestors:
        if verb.dep_ == "conj" and item == verb.head and item.pos_ == verb.pos_:
            continue
        steps += 1
        if steps > 3 or lemma(item) in SPEECH:
            return
        yield item


def _by_modality(_: Clause, verb: Token) -> Status | None:
    own = auxiliaries(verb)
    if own & {"may", "might", "could", "can", "should", "must"}:
        return "possible"
    if own & {"will", "shall", "'ll", "’ll", "wo"}:
        return "planned"
    if "would" in own and "have" not in own:
        return "planned" if verb.head != verb and lemma(verb.head) in SPEECH else "possible"
    if verb.tag_ == "VB" and "to" in own and verb.dep_ == "xcomp" and lemma(verb.head) == "be":
        return "planned"
    return None


def _by_governor(clause: Clause, verb: Token) -> Status | None:
    if verb.tag_ == "VB" and any(child.lower_ == "whether" for child in verb.children):
        return "possible"
    at_it = verb.pos_ == "NOUN" and verb.dep_ == "pobj" and verb.head.lower_ in {"in", "at", "during"}
    at_it = at_it or _has_worked(verb)
    if verb.tag_ in {"VB", "VBG", "NN", "NNS"} and not at_it:
        for item in _governors(verb):
            if found := _as_governed(item):
                return found
    return _as_modified(clause.trigger) if clause.trigger.pos_ == "NOUN" else None


def _has_worked(noun: Token) -> bool:
    """Whether a meeting is said to have had an effect: ``suggests that the visit has revived their ties``."""
    above = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "nsubj" or above.dep_ != "ccomp" or _negated(above):
        return False
    done = above.tag_ == "VBD" or (above.tag_ == "VBN" and bool(auxiliaries(above) & {"has", "have"}))
    return done and lemma(above) not in words("cancel") | words("plan") | words("wish") | words("held") | {"be"}


def _as_governed(governor: Token) -> Status | None:
    """What a governing verb or noun makes of a meeting: ``wants to``, ``agreed to``, ``flew to``."""
    low = lemma(governor)
    if low in words("go") and governor.tag_ in {"VBD", "VBN"}:
        return "held"
    if low == "look" and any(child.lower_ == "forward" for child in governor.children):
        return "possible"
    if low in words("wish") and not (low == "open" and governor.pos_ == "VERB"):
        return "possible"
    if (low in words("plan") and not _set_off_by(governor)) or auxiliaries(governor) & {"will", "'ll", "’ll"}:
        return "planned"
    return "possible" if auxiliaries(governor) & {"may", "might", "could"} else None


def _set_off_by(verb: Token) -> bool:
    """Whether something is set off, or set in motion, by the meeting: no plan."""
    below = {child.lower_ for child in verb.children}
    return verb.lower_ == "set" and "by" in below and bool(below & {"off", "in"})


def _as_modified(noun: Token) -> Status | None:
    for child in noun.children:
        if lemma(child) in words("unsure"):
            return "possible"
        if lemma(child) in words("coming"):
            return "planned"
    return None


READERS = (_by_rank, _by_being, _by_negation, _by_cancelling, _by_modality, _by_governor)
