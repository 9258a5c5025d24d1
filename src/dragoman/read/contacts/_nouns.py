"""The sides that a noun joins: what stands on the noun itself, and the subject of the verb that carries it.

1. On the noun: its owner and the names before it ("the Trump-Kim summit"), with, between, among; of, where two parties
   stand there; to and from with calls and letters.
2. A verb carries it as object ("held talks with") or subject of the passive: its subject is a side.
3. As an aside ("after talks with B", "in a call") it has the subject of its clause as a side, and whom that addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import (
    behind,
    behind_clause,
    clause_above,
    is_negated,
    is_passive,
    objects,
    subject_of,
)
from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, is_one_of, lemma, words
from dragoman.read.contacts._sides import Sides, distinct

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import Entity

_AT = frozenset({"after", "before", "during", "in", "at", "following", "since", "for", "from", "with", "by", "to",
                 "into", "through", "via", "ahead"})  # fmt: skip
_CARRIED_BEHIND = frozenset({"in", "for", "on", "at", "to", "into", "from"})
_ANSWERING = frozenset({"respond", "reply", "answer", "react"})
_AFAR = frozenset({"letter", "call"})


def sides_of_noun(predicate: Predicate) -> Sides | None:
    """The sides that a noun joins, or None where it names no contact."""
    noun = predicate.token
    if not _is_contact(predicate):
        return None
    own, other = _beside(predicate)
    verb = clause_above(noun)
    if (
        not own
        and verb is not None
        and behind(noun, "with")
        and not is_passive(verb)
        and (is_carried(noun, verb) or is_aside(noun))
    ):
        own = [entity for entity in predicate.subject(verb) if entity not in other]
    own = own or _who_intends(predicate, verb)
    if verb is None or len(predicate.article.parties([*own, *other])) > 1:
        return Sides(left=tuple(own), right=tuple(other), carrier=verb or noun, how="noun", apart=_has_each(verb))
    if is_carried(noun, verb):
        return _carried(predicate, verb, own, other)
    if is_aside(noun):
        return _aside(predicate, verb, own, other)
    told = verb if top_of(noun).dep_ in {"nsubj", "nsubjpass"} and top_of(noun).head == verb else noun
    return Sides(left=tuple(own), right=tuple(other), carrier=told, how="noun")


def _who_intends(predicate: Predicate, verb: Token | None) -> list[Entity]:
    """Whose wish, plan or proposal a contact is: ``showed an interest in a meeting with``, ``his plan for talks``."""
    above = top_of(predicate.token).head
    noun = above.head if above.pos_ == "ADP" else None
    if noun is None or lemma(noun) not in words("intention"):
        return []
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners or verb is None:
        return predicate.everyone(owners)
    return predicate.subject(verb) if noun.dep_ in {"dobj", "attr"} and noun.head == verb else []


def _carried(predicate: Predicate, verb: Token, own: list[Entity], other: list[Entity]) -> Sides | None:
    noun, letter = predicate.token, predicate.frame.name == "letter"
    light = is_one_of(verb, "held", "sent")
    if lemma(verb) in {"answer", "return", "get", "take"} and is_negated(verb):
        return None
    subject = predicate.everyone(behind(verb, "by")) if is_passive(verb) else predicate.subject(verb)
    if is_passive(verb):
        other = other or predicate.everyone(behind(verb, "between", "with", "among"))
    elif not other and light:
        other = predicate.everyone(behind(verb, "to") if letter else behind_clause(verb, "with", "to"))
        other += predicate.everyone(child for child in verb.children if child.dep_ == "dative")
    elif letter and light:
        to = predicate.everyone([*behind_clause(verb, "to"), *(c for c in verb.children if c.dep_ == "dative")])
        other, own = [*to, *other], own or predicate.subject(verb)
    if letter and not other and not own:
        other = predicate.everyone(behind(verb, "from"))
    if not other and own:
        other = [entity for entity in subject if entity not in own]
    if predicate.frame.name in _AFAR and not (light or is_aside(noun) or _is_answered(noun)):
        subject = []
    return Sides(
        left=tuple(own or subject), right=tuple(other), carrier=verb, how="light verb", apart=_has_each(verb),
        host=tuple(subject) if lemma(verb) == "host" else (),
    )  # fmt: skip


def _aside(predicate: Predicate, verb: Token, own: list[Entity], other: list[Entity]) -> Sides:
    if not other and not own:
        other = predicate.everyone(objects(verb)) if is_one_of(verb, "addressing") else []
    left = own or predicate.subject(verb)
    if own and not other:
        other = (
            [entity for entity in predicate.subject(verb) if entity not in own]
            if _is_owned_by_pronoun(predicate)
            else []
        )
    return Sides(left=tuple(left), right=tuple(other), carrier=verb, how="aside")


def _is_owned_by_pronoun(predicate: Predicate) -> bool:
    return any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in predicate.token.children)


def _is_contact(predicate: Predicate) -> bool:
    """Whether a noun names a contact: no call for something, no press conference, no exchange of gas."""
    noun, name = predicate.token, predicate.frame.name
    if noun.dep_ in {"compound", "amod", "nmod"}:
        return False
    below = {child.lower_ for child in noun.children}
    if any(lemma(child) in words("internal") for child in noun.children if child.dep_ in {"compound", "amod"}):
        return False
    told = any(is_one_of(child, "phone", "video") for child in noun.children)
    if name == "call":
        to_act = any(child.dep_ in {"acl", "relcl"} and child.tag_ == "VB" for child in noun.children)
        return told or not (below & {"for", "on"} or to_act)
    if noun.pos_ == "PROPN" and lemma(noun) in words("institution") and not told:
        return False
    if lemma(noun) in {"note", "message"}:
        return bool(below & {"to", "from"})
    if lemma(noun) in {"conference", "exchange", "contact"}:
        return told or bool(below & {"with", "between"})
    return True


def _beside(predicate: Predicate) -> tuple[list[Entity], list[Entity]]:
    """The sides that stand on the noun itself: owner and names before it, and who is behind its prepositions."""
    noun = predicate.token
    own = predicate.everyone(child for child in noun.children if child.dep_ == "poss")
    own += [entity for entity in predicate.named_in(noun) if entity not in own]
    cases = ["with", "between", "among", *(("to", "from", "by") if predicate.frame.name in _AFAR else ())]
    other = [entity for head in (noun, *_measures(noun)) for entity in predicate.everyone(behind(head, *cases))]
    of = predicate.everyone(item for item in behind(noun, "of") if lemma(item) not in words("process"))
    if predicate.frame.name != "letter" and (
        len(predicate.article.parties(of)) > 1 or predicate.frame.name == "meeting"
    ):
        other += of
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and lemma(child) in {"involve", "include", "bring", "attend", "join"}:
            other += predicate.everyone([*objects(child), *behind(child, "by")])
    return distinct(own), distinct(entity for entity in other if entity not in own)


def _measures(noun: Token) -> list[Token]:
    """Nouns around a contact noun that carry its sides: ``a round of talks with``, ``days of talks between``."""
    found = [item for item in behind(noun, "of") if lemma(item) in words("process")]
    head = noun.head
    while head.dep_ == "prep" and head.lower_ == "of" and lemma(head.head) in words("measure"):
        found.append(head.head)
        head = head.head.head
    return found


def top_of(noun: Token) -> Token:
    """The noun that stands for it in its clause: ``two days of talks`` is headed by days."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma(noun.head.head) in words("measure"):
        noun = noun.head.head
    while noun.dep_ == "conj" and noun.head.pos_ in NOMINAL:
        noun = noun.head
    return noun


def is_carried(noun: Token, verb: Token) -> bool:
    """Whether the noun is what the verb does: ``held talks``, ``asked for a meeting``, ``cancelled the summit``."""
    top = top_of(noun)
    if top.dep_ in {"dobj", "nsubjpass", "attr"} and top.head == verb:
        return is_one_of(verb, "held", "sent", "intend")
    if top.dep_ == "pobj" and top.head.head == verb and top.head.lower_ in _CARRIED_BEHIND:
        return top.head.lower_ == "for" or is_one_of(verb, "held", "intend", "going") or _is_answered(top)
    return False


def _is_answered(noun: Token) -> bool:
    """``responded to a letter from``: who answers has received it."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "to" and lemma(noun.head.head) in _ANSWERING


def is_aside(noun: Token) -> bool:
    """Whether the noun is an aside on its clause, whose subject takes part: ``after talks with``, ``in a call``."""
    top = top_of(noun)
    return top.dep_ in {"pobj", "pcomp"} and top.head.lower_ in _AT and top.head.head.pos_ in VERBAL | {"ADV"}


def _has_each(verb: Token | None) -> bool:
    """``A and B each had talks with C``."""
    near = [item for item in (verb, subject_of(verb)) if item is not None] if verb is not None else []
    return any(child.lower_ in {"each", "separately"} for item in near for child in item.children)
