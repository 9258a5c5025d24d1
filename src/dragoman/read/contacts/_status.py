"""Held, planned, possible, called off or denied: what the words around a predicate make of the contact.

1. A contact that is cancelled, put off or does not take place is called off.
2. Else the factuality of the predicate (``read/syntax``) decides: planned, denied; possible for what is possible, aimed
   at or supposed, but what somebody went somewhere for took place if he went.
3. What is asserted is held or planned by tense and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import auxiliaries, is_negated, is_ranked
from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, is_one_of, lemma, words
from dragoman.read.contacts._nouns import is_carried
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import DateFinding, Status

_WHENEVER = frozenset({"when", "whenever", "once", "if", "until", "before", "after"})
_STRIVING = frozenset({"work", "hope", "wait", "prepare", "push", "press", "aim", "ask", "wish", "campaign", "argue"})
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_HAPPEN = frozenset({"take", "happen", "occur", "proceed", "materialise", "materialize"})
_NEAR = 6
_OFF = frozenset({"ahead", "off", "about"})
_OBJECT = frozenset({"dobj", "nsubjpass", "xcomp", "pobj", "prep", "nsubj", "conj", "appos"})
_HELD = frozenset({"hold", "resume", "begin", "start", "take", "convene", "open", "happen", "continue"})
_ASIDE = frozenset({"after", "during", "in", "at", "following", "since", "from", "on", "through", "throughout", "amid"})
_IS = frozenset({"is", "are", "am", "'s", "'re", "’s", "’re"})
_BEEN = frozenset({"has", "have", "had", "was", "were", "did", "'ve", "’ve"})


def status_of(predicate: Predicate, carrier: Token, day: DateFinding | None) -> Status:
    """The status of the contact of which a predicate speaks in the clause of ``carrier``."""
    token = predicate.token
    if _is_called_off(token):
        return "called off"
    if (ranked := is_ranked(token)) is not None and not _is_yet(token):
        return "planned" if auxiliaries(ranked) & _WILL else "denied" if is_negated(ranked) else "held"
    if token.pos_ in NOMINAL and (set_for := _is_to_be(token)) is not None:
        return set_for
    sentence = analyse(predicate.sentence)
    value = sentence.factuality(token.i - sentence.first)
    if value == "asserted" and carrier != token and is_one_of(carrier, "held") and is_carried(token, carrier):
        value = sentence.factuality(carrier.i - sentence.first)
    if value != "denied" and _is_glad(token):
        return _by_tense(predicate, token.head, day)
    if value == "denied" or _is_yet(token) or (is_one_of(carrier, "held") and _is_yet(carrier)):
        return "denied"
    if value == "asserted" and (_is_wished(token) or _is_ahead(token)):
        return "possible"
    if value == "planned":
        return "planned"
    if value in {"possible", "aimed at", "supposed"}:
        return _went_for_it(token) or ("held" if _is_aside(token) else "possible")
    return _by_tense(predicate, carrier, day)


def _is_ahead(token: Token) -> bool:
    """Whether the words only look ahead: ``eagerness to meet``, ``when he meets``, ``work for a summit``."""
    head = token.head
    if token.tag_ == "VB" and head.pos_ in NOMINAL and any(child.tag_ == "TO" for child in token.children):
        return True
    if token.tag_ in {"VBZ", "VBP"} and any(child.lower_ in _WHENEVER for child in token.children):
        return True
    if head.pos_ == "ADP" and head.lower_ == "to" and token.tag_ == "VBG":
        return any(item.lower_ == "forward" for item in token.doc[max(head.i - 2, 0) : head.i])
    return head.lower_ == "for" and lemma(head.head) in _STRIVING


def _is_called_off(token: Token) -> bool:
    """Whether it is cancelled, put off, or was to have been: by a verb or noun above, or an adjective on a noun."""
    own = auxiliaries(token)
    if token.pos_ in VERBAL and "have" in own and "to" in own and lemma(token.head) == "be":
        return True
    if token.pos_ in NOMINAL:
        if _comes_to_nothing(token):
            return True
        if any(is_one_of(child, "cancel") for child in token.children if child.dep_ in {"amod", "compound"}):
            return True
    for above in governors(token):
        if is_one_of(above, "cancel"):
            return not is_negated(above)
    return False


def governors(token: Token) -> Iterator[Token]:
    """The words of whose act a predicate is the object: up through nouns that carry it, to the first other verb."""
    node = token
    for _ in range(6):
        head = node.head
        if head == node:
            return
        if head.pos_ == "ADP":
            if head.lower_ in _ASIDE - {"from"} and head.head.pos_ in VERBAL:
                return
            node = head
            continue
        if (
            node.dep_ in {"dobj", "nsubjpass", "xcomp", "pobj", "prep", "nsubj", "conj", "appos"}
            or head.pos_ in NOMINAL
        ):
            yield head
        if head.pos_ in VERBAL and not is_one_of(head, "held", "cancel"):
            return
        node = head


def _comes_to_nothing(noun: Token) -> bool:
    """``their meeting, planned for June, would not take place``, whatever the parse makes of the words between."""
    own = {item.i for item in noun.subtree}
    for token in noun.doc[noun.i + 1 : min(noun.i + 25, noun.sent.end)]:
        if token.i in own and token.pos_ not in VERBAL:
            continue
        if token.lower_ in {";", "and", "but", "that"}:
            return False
        happens = lemma(token) in _HAPPEN or (
            lemma(token) in {"go", "come"}
            and any(child.lower_ in {"ahead", "off", "about"} for child in token.children)
        )
        if not _is_subject(noun, token):
            continue
        if happens and is_negated(token):
            return True
        if is_one_of(token, "cancel") and token.pos_ == "VERB" and token.tag_ in {"VBD", "VBN"} and token.dep_ != "acl":
            return not is_negated(token)
    return False


def _is_subject(noun: Token, verb: Token) -> bool:
    """Whether a verb tells of the noun: its own subject is the noun, stands in its phrase, or is lost."""
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return all(
        noun == subject or noun.is_ancestor(subject) or (subject.is_ancestor(noun) and noun.i - subject.i < _NEAR)
        for subject in subjects
    )


def _is_to_be(noun: Token) -> Status | None:
    """``talks, put off in May, would be held in June``: what its own verb says of a noun comes first."""
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"} or lemma(verb) not in _HELD:
        return None
    own = auxiliaries(verb)
    if own & (_WILL | {"would"}) and not is_negated(verb):
        return "planned"
    return "possible" if own & {"may", "might", "could"} and not is_negated(verb) else None


def _is_glad(verb: Token) -> bool:
    """``is honoured to welcome``: he does."""
    return verb.dep_ in {"xcomp", "advcl"} and verb.pos_ in VERBAL and is_one_of(verb.head, "glad")


def _is_wished(noun: Token) -> bool:
    """``showed an interest in a meeting``."""
    return noun.dep_ == "pobj" and noun.head.head.pos_ in NOMINAL and lemma(noun.head.head) in words("intention")


def _is_yet(verb: Token) -> bool:
    """``yet to meet``, ``has still to meet``."""
    to = next((child for child in verb.children if child.lower_ == "to"), None)
    if to is None:
        return False
    if to.i > 0 and to.nbor(-1).lower_ == "yet":
        return True
    above = verb.head
    return (
        verb.tag_ == "VB"
        and lemma(above) in {"have", "be"}
        and any(child.lower_ in {"yet", "still"} for child in (*above.children, *verb.children))
    )


def _went_for_it(token: Token) -> Status | None:
    """``flew to Moscow to meet him``, ``will come for talks``: who went somewhere for it had it, who will go will."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if is_one_of(verb, "held") and not is_one_of(verb, "going"):
        verb = verb.head
    if not is_one_of(verb, "going") or is_negated(verb):
        return None
    if auxiliaries(verb) & _WILL:
        return "planned"
    if verb.tag_ == "VBG" and auxiliaries(verb) & _IS:
        return "planned"
    return "held" if verb.tag_ in {"VBD", "VBN"} else None


def _is_aside(noun: Token) -> bool:
    """Whether a noun only says when something was done: ``agreed in talks with``, ``said after a meeting with``."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _ASIDE or noun.head.head.pos_ not in VERBAL:
        return False
    return noun.head.head.tag_ in {"VBD", "VBN"} and not is_one_of(noun.head.head, "held")


def _by_tense(predicate: Predicate, carrier: Token, day: DateFinding | None) -> Status:
    token, published = predicate.token, predicate.article.parsed.published
    verb = carrier if carrier.pos_ in VERBAL else token
    start = date.fromisoformat(day.start[:10]) if day is not None and day.start else None
    end = date.fromisoformat(day.end[:10]) if day is not None and day.end else start
    ahead = published is not None and start is not None and start > published
    today = published is not None and start == published
    if verb.pos_ in VERBAL:
        own = auxiliaries(verb)
        if verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and own & _BEEN):
            return "held"
        if ahead:
            return "planned"
        if verb.tag_ == "VBG" and own & _IS:
            return "planned" if today or is_one_of(verb, "going") else "held"
        if verb.tag_ in {"VBZ", "VBP"} and (verb == token or lemma(verb) in words("held")):
            later = published is not None and end is not None and end >= published
            return "planned" if later else "held"
    return "planned" if ahead else "held"
