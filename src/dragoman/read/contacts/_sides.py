"""Who is in contact: the participants that a predicate joins, by its frame.

Only words that join the sides give them: subject and object, "with", "between", the owner of a noun, the subject of
the verb that carries it.  A predicate that names fewer than two parties gives what it names; the join (``_join``)
finds the contact of which it speaks, or drops it.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, is_one_of, lemma, particles, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import Entity

_AT = frozenset({"after", "before", "during", "in", "at", "following", "since", "for", "on", "from", "with", "by", "to",
                 "into", "over", "through", "via", "ahead"})  # fmt: skip
_TOPIC = frozenset({"about", "of", "on", "regarding", "over", "against", "amid"})
_PERSONAL = frozenset({"see", "tell", "confront", "join", "call", "pose", "share", "greet"})
_WITH_OBJECT = frozenset({"discuss", "exchange"})
_HAND = frozenset({"hand"})
_TIME = frozenset({"hour", "minute", "day", "afternoon", "morning", "evening", "time", "night", "half", "weekend"})
_STAGE = frozenset({"stage", "table", "meal", "dinner", "lunch", "platform", "podium"})


@dataclass(frozen=True, kw_only=True)
class Sides:
    """``left`` and ``right`` of a contact; ``carrier`` is the verb whose clause tells of it, the word itself else.

    ``open`` where a side may be told elsewhere: ``the call``; ``apart`` where each of ``right`` was met by himself.
    """

    left: tuple[Entity, ...] = ()
    right: tuple[Entity, ...] = ()
    carrier: Token
    open: bool = False
    apart: bool = False
    host: tuple[Entity, ...] = ()
    travelled: tuple[Entity, ...] = ()
    proposed: tuple[Entity, ...] = ()
    how: str = "arguments"


def sides_of(predicate: Predicate) -> Sides | None:
    """The sides that a predicate joins, or None where it tells of no contact."""
    return _of_verb(predicate) if predicate.frame.verbal else _of_noun(predicate)


# verbs


def _of_verb(predicate: Predicate) -> Sides | None:
    verb, name = predicate.token, predicate.frame.name
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"} or not _fits(verb, name):
        return None
    if name == "go":
        return None
    subject = predicate.subject(verb)
    right, unresolved = _other_side(predicate, verb)
    host: tuple[Entity, ...] = ()
    if is_passive(verb):
        agents = predicate.everyone(behind(verb, "by"))
        if name == "host":
            host = tuple(agents)
        if not right or agents:
            right, unresolved = agents, not agents and (unresolved or bool(behind(verb, "with")))
            if name not in {"host", "brief", "tell", "meet", "invite", "greet", "call"} and not agents:
                return None
    elif name == "host":
        host = tuple(subject)
    if right and all(entity in subject for entity in right) and _leans(predicate, verb):
        right = predicate.last_other(verb, subject)
    if name in _PERSONAL and not (_has_person(subject) and _has_person(right)):
        return None
    if name == "sign" and (not _has_person(subject) or len(predicate.article.parties(subject)) < 2 and not right):
        return None
    if name in _WITH_OBJECT and not objects(verb):
        return None
    if name in {"host", "confront"}:
        right = [entity for entity in right if entity.kind == "person" or not _is_named_state(predicate, verb)]
    if not right:
        if unresolved or "each" not in predicate.frame.slots:
            return None if not _leans(predicate, verb) else Sides(left=tuple(subject), carrier=verb, open=True)
        return Sides(left=tuple(subject), carrier=verb, open=True, how="plural")
    if not subject and not host and verb.tag_ not in {"VBG", "VBN", "VB"}:
        return Sides(right=tuple(right), carrier=verb, open=True)
    proposed = tuple(subject) if name == "invite" else ()
    return Sides(left=tuple(subject), right=tuple(right), carrier=verb, open=not subject, host=host, proposed=proposed,
                 apart=_is_apart(verb))  # fmt: skip


def _is_named_state(predicate: Predicate, verb: Token) -> bool:
    """Whether the object is a state by its name: ``welcome Sweden to the alliance`` receives nobody."""
    return any(child.pos_ == "PROPN" for child in objects(verb)) and not any(
        predicate.is_person(child) for child in objects(verb)
    )


def _other_side(predicate: Predicate, verb: Token) -> tuple[list[Entity], bool]:
    """Who stands in the slots of the other side, and whether something stands there that nobody is."""
    slots, unresolved = predicate.frame.slots, False
    if "object" in slots and not is_passive(verb):
        own = objects(verb)
        found = predicate.everyone(own)
        if found:
            more = predicate.everyone(behind(verb, "with")) if "with" in slots else []
            return _distinct([*found, *more]), False
        unresolved = bool(own)
        if not own and (lost := _right_behind(predicate, verb)) is not None:
            return predicate.who(lost), False
    for case in ("with", "to", "from"):
        if case in slots:
            nouns = (behind_clause if case == "with" else behind)(verb, case) or _shifted(verb, case)
            found = predicate.everyone(nouns)
            if found:
                return found, False
            unresolved = unresolved or bool(nouns)
    if predicate.frame.name == "shake":
        owners = [owner for child in objects(verb) for owner in child.children if owner.dep_ == "poss"]
        owners += [child for child in objects(verb) if lemma(verb) == "take" and lemma(child) not in _HAND]
        found = [entity for entity in predicate.everyone(owners) if entity not in predicate.subject(verb)]
        return found, unresolved
    return [], unresolved


def _right_behind(predicate: Predicate, verb: Token) -> Token | None:
    """The person named right behind a verb whose object the parse has lost: ``having met both A and B, C is last``."""
    if predicate.frame.name not in {"meet", "host", "see"} or any(child.dep_ == "prep" for child in verb.children):
        return None
    for token in verb.doc[verb.i + 1 : min(verb.i + 7, predicate.sentence.end)]:
        if token.pos_ == "PROPN" and token.head.pos_ != "PROPN":
            return token if predicate.is_person(token) else None
        if token.pos_ not in {"PROPN", "DET", "CCONJ", "ADJ", "NOUN"} and token.lower_ != "both":
            return None
    return None


def _shifted(verb: Token, case: str) -> list[Token]:
    """Where the parse hangs the preposition on an adverb or a day: ``spoke today to``."""
    below = [child for child in verb.children if child.dep_ in {"npadvmod", "advmod"}]
    return [noun for child in below for noun in behind(child, case)]


def _fits(verb: Token, name: str) -> bool:
    """Whether the verb has the sense of contact."""
    below = {lemma(child) for child in verb.subtree}
    own = {child.dep_ for child in verb.children}
    if name == "shake":
        return bool(below & _HAND)
    if name == "pose" and lemma(verb) in {"spend", "be"}:
        return bool(behind(verb, "with")) and (bool(below & _TIME) if lemma(verb) == "spend" else bool(behind(verb, "in", "at")))
    if name == "share":
        return bool(below & _STAGE)
    if name == "call":
        return not own & {"oprd", "ccomp", "attr", "acomp"} and "dobj" in own and not any(
            child.dep_ == "prt" or child.lower_ == "for" for child in verb.children
        ) and not any(_is_called_so(child) for child in verb.children) and not any(child.dep_ == "dobj" and child.pos_ not in {"PROPN", "PRON"} and not _is_office(child)
                      for child in verb.children)  # fmt: skip
    if name == "see":
        return not any(child.lower_ == "as" for child in verb.children) and not own & {"ccomp", "xcomp", "oprd"}
    if name == "exchange":
        return any(lemma(child) in {"view", "word", "message", "letter", "call"} for child in objects(verb))
    if name == "speak":
        return not any(child.lower_ in {"out"} for child in particles(verb))
    return not (name == "pose" and lemma(verb) != "pose" and not behind(verb, "with"))


def _is_called_so(noun: Token) -> bool:
    """``called him a friend``, where the parse takes the name that is called for an apposition."""
    beside = (child for child in noun.children if child.dep_ == "appos") if noun.dep_ == "dobj" else ()
    return any(inner.lower_ in {"a", "an"} for child in beside for inner in child.children)


def _is_office(noun: Token) -> bool:
    from dragoman.read.world import world

    return bool(world().titles(noun.lower_))


def _leans(predicate: Predicate, verb: Token) -> bool:
    """Whether the object is a pronoun or a person by a noun, whom the article has told of: ``met him``."""
    return any(child.pos_ == "PRON" and child.tag_ == "PRP" and child.lower_ not in {"it", "them"}
               for child in objects(verb)) and predicate.frame.name in {"meet", "host", "see"}  # fmt: skip


def _has_each(verb: Token | None) -> bool:
    """``A and B each had talks with C``."""
    if verb is None:
        return False
    subject = subject_of(verb)
    return any(child.lower_ in {"each", "separately"} for item in (verb, subject) if item is not None
               for child in item.children)  # fmt: skip


def _is_apart(verb: Token) -> bool:
    """Whether those met were met one by one: ``met both A and B``, ``met separately with``."""
    if any(token.lower_ in {"separately", "each", "individually"} for token in verb.children):
        return True
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "both":
        return True
    nouns = [*objects(verb), *behind(verb, "with", "to")]
    return any(child.lower_ == "both" for noun in nouns for child in (*noun.children, *noun.head.children))


# nouns


def _of_noun(predicate: Predicate) -> Sides | None:
    noun, name = predicate.token, predicate.frame.name
    if not _is_contact(predicate):
        return None
    if name == "visit":
        return None
    own, other = _beside(predicate, noun)
    own = own if own or not behind(noun, "with") else _withdrawn(predicate, noun)
    verb = _carrier(noun)
    if verb is None or len(predicate.article.parties([*own, *other])) > 1:
        return Sides(left=tuple(own), right=tuple(other), carrier=verb or noun, open=True, how="noun",
                     apart=_has_each(verb))  # fmt: skip
    if _is_carried(noun, verb):
        subject = [] if is_passive(verb) and not behind(verb, "by") else predicate.subject(verb)
        if is_passive(verb):
            subject = predicate.everyone(behind(verb, "by"))
            other = other or predicate.everyone(behind(verb, "between", "with", "among"))
        if not other and is_one_of(verb, "held", "sent"):
            other = predicate.everyone(behind_clause(verb, "with", "to") if name != "letter" else behind(verb, "to"))
            other += [entity for child in verb.children if child.dep_ == "dative" for entity in predicate.who(child)]
        if name == "letter" and not other and not own:
            other = predicate.everyone(behind(verb, "from"))
        if not own and not other and len(subject) < 2 and lemma(verb) == "take" and name != "letter":
            return None
        if lemma(verb) in {"answer", "return", "get", "take"} and is_negated(verb):
            return None
        left = own or subject
        if not other and own:
            other = [entity for entity in subject if entity not in own]
        if name in {"letter", "call"} and not (is_one_of(verb, "held", "sent") or _sides_at(noun) or top_is_answered(noun)):
            left = own
        return Sides(left=tuple(left), right=tuple(other), carrier=verb, open=True, how="light verb", apart=_has_each(verb),
                     host=tuple(subject) if lemma(verb) == "host" else ())  # fmt: skip
    if _sides_at(noun):
        subject = predicate.subject(verb)
        if own and not other:
            return Sides(left=tuple(own), carrier=verb, open=True, how="aside")
        addressed = [] if other else predicate.everyone(objects(verb)) if _addresses(verb) else []
        return Sides(left=tuple(own or subject), right=tuple(other or addressed), carrier=verb, open=True, how="aside")
    told = verb if _top(noun).dep_ in {"nsubj", "nsubjpass"} and _top(noun).head == verb else noun
    return Sides(left=tuple(own), right=tuple(other), carrier=told, open=True, how="noun")


def _is_contact(predicate: Predicate) -> bool:
    """Whether a noun names a contact: no call for something, no press conference, no round of drinks."""
    noun, name = predicate.token, predicate.frame.name
    if noun.dep_ in {"compound", "amod", "nmod"}:
        return False
    below = {child.lower_ for child in noun.children}
    if any(lemma(child) in words("internal") for child in noun.children if child.dep_ in {"compound", "amod"}):
        return False
    if name == "call":
        told = any(is_one_of(child, "phone", "video") for child in noun.children)
        return told or (not below & {"for", "on"} and not any(c.dep_ in {"acl", "relcl"} and c.tag_ == "VB"
                                                              for c in noun.children))  # fmt: skip
    if name == "letter":
        return lemma(noun) not in {"note", "message"} or bool(below & {"to", "from"})
    if lemma(noun) in {"conference", "exchange", "contact"}:
        told = any(is_one_of(child, "video", "phone") for child in noun.children)
        return told or bool(below & {"with", "between"}) or (lemma(noun) == "exchange" and "of" in below)
    return True


def _beside(predicate: Predicate, noun: Token) -> tuple[list[Entity], list[Entity]]:
    """The sides that stand on the noun itself: owner and modifiers, and who is behind with, between, to, from."""
    own = predicate.everyone(child for child in noun.children if child.dep_ == "poss")
    own += [entity for entity in predicate.named_in(noun) if entity not in own]
    cases = ["with", "between", "among"]
    if predicate.frame.name in {"letter", "call"}:
        cases += ["to", "from", "by"]
    heads = [noun, *_carried_on(noun)]
    other = [entity for head in heads for entity in predicate.everyone(behind(head, *cases))]
    if predicate.frame.name != "letter":
        of = [item for item in behind(noun, "of") if lemma(item) not in words("process")]
        other += [entity for entity in predicate.everyone(of) if len(predicate.article.parties(predicate.everyone(of))) > 1
                  or _is_pair_noun(noun)]  # fmt: skip
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and lemma(child) in {"involve", "include", "bring", "attend", "join"}:
            other += predicate.everyone([*objects(child), *behind(child, "by")])
    return _distinct(own), _distinct(entity for entity in other if entity not in own)


def _withdrawn(predicate: Predicate, noun: Token) -> list[Entity]:
    """Who does what is done with a meeting with several others: ``boycotted the meeting with A and B``."""
    verb = _carrier(noun)
    if verb is None or is_passive(verb) or not (_is_carried(noun, verb) or _sides_at(noun)):
        return []
    return predicate.subject(verb)


def _is_pair_noun(noun: Token) -> bool:
    return lemma(noun) in {"meeting", "summit", "encounter"}


def _carried_on(noun: Token) -> list[Token]:
    """Nouns around a contact noun that carry its sides: ``a round of talks with``, ``days of talks between``."""
    found = [item for item in behind(noun, "of") if lemma(item) in words("process")]
    head = noun.head
    while head.dep_ in {"pobj", "prep"} and head.lower_ == "of" and lemma(head.head) in words("measure"):
        found.append(head.head)
        head = head.head.head
    return found


def _carrier(noun: Token) -> Token | None:
    """The verb of the clause in which a noun stands."""
    return clause_above(noun)


def _top(noun: Token) -> Token:
    """The noun that stands for it in its clause: ``two days of talks`` is headed by days."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma(noun.head.head) in words("measure"):
        noun = noun.head.head
    while noun.dep_ == "conj" and noun.head.pos_ in NOMINAL:
        noun = noun.head
    return noun


def _is_carried(noun: Token, verb: Token) -> bool:
    """Whether the noun is what the verb does: ``held talks``, ``asked for a meeting``, ``cancelled the summit``."""
    top = _top(noun)
    if top.dep_ in {"dobj", "nsubjpass", "attr"} and top.head == verb:
        return is_one_of(verb, "held", "sent", "intend")
    if top.dep_ == "pobj" and lemma(verb) in {"respond", "reply", "answer", "react"} and top.head.lower_ == "to":
        return True
    if top.dep_ == "pobj" and top.head.head == verb and top.head.lower_ in {"in", "for", "on", "at", "to", "into", "from"}:
        return is_one_of(verb, "held", "intend", "going") or top.head.lower_ == "for"
    return False


def top_is_answered(noun: Token) -> bool:
    """``responded to a letter from``: who answers has received it."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "to" and lemma(noun.head.head) in {"respond", "reply", "answer", "react"}


def _sides_at(noun: Token) -> bool:
    """Whether the noun is an aside on its clause, whose subject takes part: ``after talks with``, ``in a call``."""
    top = _top(noun)
    return top.dep_ in {"pobj", "pcomp"} and top.head.lower_ in _AT - _TOPIC and top.head.head.pos_ in VERBAL | {"ADV"}


def _addresses(verb: Token) -> bool:
    return lemma(verb) in {"tell", "inform", "assure", "warn", "urge", "press", "ask", "brief", "thank", "congratulate",
                           "remind", "promise", "encourage"}  # fmt: skip


def _has_person(entities: list[Entity]) -> bool:
    return any(entity.kind == "person" for entity in entities)


def _distinct(entities: object) -> list[Entity]:
    return list({entity.id: entity for entity in entities}.values())  # type: ignore[attr-defined]
