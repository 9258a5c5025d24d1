"""The sides that a verb joins: its subject, and whoever stands in the slots of its class.

1. The other side is the object, or behind "with" or "to", as the class says; in the passive it is behind "by".
2. Where nothing stands there, a plural subject of two parties is both sides ("A and B met").
3. A verb of several senses is a predicate of contact only in the sense of contact (``_SENSES``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.read.contacts._grammar import behind, behind_clause, is_passive, objects
from dragoman.read.contacts._lexicon import lemma, particles
from dragoman.read.contacts._sides import Sides, distinct, has_person
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import Entity

_TIME = frozenset({"hour", "minute", "day", "afternoon", "morning", "evening", "time", "night", "half", "weekend"})
_STAGE = frozenset({"stage", "table", "meal", "dinner", "lunch", "platform", "podium"})
_EXCHANGED = frozenset({"view", "word", "message", "letter", "call"})
_PERSONAL = frozenset({"see", "tell", "confront", "join", "call", "pose", "share", "greet"})
_FACE_TO_FACE = frozenset({"meet", "host", "see"})
_TURNED = frozenset({"host", "brief", "tell", "meet", "invite", "greet", "call"})
_NO_ONE = frozenset({"it", "them", "which", "that"})


def sides_of_verb(predicate: Predicate) -> Sides | None:
    """The sides that a verb joins, or None where it tells of no contact."""
    verb, name = predicate.token, predicate.frame.name
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"} or not _SENSES.get(name, _any_sense)(verb):
        return None
    if is_passive(verb):
        return _turned(predicate)
    subject = predicate.subject(verb)
    right, unresolved = _other_side(predicate)
    if right and _leans(predicate) and all(entity in subject for entity in right):
        right = predicate.last_other(verb, subject)
    if not _is_fit(predicate, subject, right):
        return None
    if not right:
        return _of_plural(predicate, subject, unresolved=unresolved)
    return Sides(
        left=tuple(subject), right=tuple(right), carrier=verb, how="arguments", apart=_is_apart(verb),
        host=tuple(subject) if name == "host" else (), proposed=tuple(subject) if name == "invite" else (),
    )  # fmt: skip


def _turned(predicate: Predicate) -> Sides | None:
    """``was received by B``: the subject of a passive is the other side."""
    verb, name = predicate.token, predicate.frame.name
    agents = predicate.everyone(behind(verb, "by"))
    subject = predicate.subject(verb)
    if (not agents and name not in _TURNED) or not _is_fit(predicate, subject, agents):
        return None
    return Sides(
        left=tuple(subject), right=tuple(agents), carrier=verb, how="arguments",
        host=tuple(agents) if name == "host" else (), proposed=tuple(agents) if name == "invite" else (),
    )  # fmt: skip


def _of_plural(predicate: Predicate, subject: list[Entity], *, unresolved: bool) -> Sides | None:
    """Both sides as one subject; nobody where something stands in a slot that is no side ("met the demands")."""
    both = Sides(left=tuple(subject), carrier=predicate.token, how="plural")
    if "each" in predicate.frame.slots and not unresolved:
        return both
    return replace(both, how="pronoun") if _leans(predicate) else None


def _is_fit(predicate: Predicate, subject: list[Entity], right: list[Entity]) -> bool:
    """Whether a class gets the sides that it needs: persons, two signers, something that is discussed."""
    name = predicate.frame.name
    if name in _PERSONAL:
        return has_person(subject) and has_person(right)
    if name == "sign":
        return has_person(subject) and (bool(right) or len(predicate.article.parties(subject)) > 1)
    return name not in {"discuss", "exchange"} or bool(objects(predicate.token))


def _other_side(predicate: Predicate) -> tuple[list[Entity], bool]:
    """Who stands in the slots of the other side, and whether something stands there that is nobody."""
    verb, slots, unresolved = predicate.token, predicate.frame.slots, False
    if "object" in slots:
        own = objects(verb)
        if found := _received(predicate, own):
            return distinct([*found, *predicate.everyone(behind(verb, "with") if "with" in slots else ())]), False
        unresolved = bool(own)
        if not own and (lost := _right_behind(predicate)) is not None:
            return predicate.who(lost), False
    for case in ("with", "to"):
        if case in slots:
            nouns = (behind_clause if case == "with" else behind)(verb, case) or _shifted(verb, case)
            if found := predicate.everyone(nouns):
                return found, False
            unresolved = unresolved or bool(nouns)
    return (_shaken(predicate) if predicate.frame.name == "shake" else []), unresolved


def _received(predicate: Predicate, own: list[Token]) -> list[Entity]:
    """Whom the objects mean; a state by its name is received by nobody ("welcome Sweden to the alliance")."""
    found = predicate.everyone(own)
    by_name = any(child.pos_ == "PROPN" for child in own) and not has_person(found)
    return [] if by_name and predicate.frame.name in {"host", "confront"} else found


def _shaken(predicate: Predicate) -> list[Entity]:
    """Whose hand was shaken, and who was taken by it; nobody shakes his own."""
    verb = predicate.token
    owners = [owner for child in objects(verb) for owner in child.children if owner.dep_ == "poss"]
    owners += [child for child in objects(verb) if lemma(verb) == "take" and lemma(child) != "hand"]
    subject = predicate.subject(verb)
    found = predicate.everyone(owners)
    others = [entity for entity in found if entity not in subject]
    return others or (predicate.last_other(verb, subject) if found else [])


def _shifted(verb: Token, case: str) -> list[Token]:
    """Where the parse hangs the preposition on an adverb or a day: ``spoke today to``."""
    below = [child for child in verb.children if child.dep_ in {"npadvmod", "advmod"}]
    return [noun for child in below for noun in behind(child, case)]


def _right_behind(predicate: Predicate) -> Token | None:
    """The person named right behind a verb whose object the parse has lost: ``having met both A and B, C is last``."""
    verb = predicate.token
    if predicate.frame.name not in _FACE_TO_FACE or any(child.dep_ == "prep" for child in verb.children):
        return None
    for token in verb.doc[verb.i + 1 : min(verb.i + 7, predicate.sentence.end)]:
        if token.pos_ == "PROPN" and token.head.pos_ != "PROPN":
            return token if predicate.is_person(token) else None
        if token.lower_ != "both" and token.pos_ not in {"PROPN", "DET", "ADJ", "NOUN"}:
            return None
    return None


def _leans(predicate: Predicate) -> bool:
    """Whether the object is a pronoun for a person: ``met him``."""
    own = objects(predicate.token)
    return predicate.frame.name in _FACE_TO_FACE and any(
        child.tag_ == "PRP" and child.lower_ not in _NO_ONE for child in own
    )


def _is_apart(verb: Token) -> bool:
    """Whether those met were met one by one: ``met both A and B``, ``met separately with``."""
    if any(token.lower_ in {"separately", "each", "individually"} for token in verb.children):
        return True
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "both":
        return True
    nouns = [*objects(verb), *behind(verb, "with", "to")]
    return any(child.lower_ == "both" for noun in nouns for child in (*noun.children, *noun.head.children))


# senses


def _any_sense(_: Token) -> bool:
    return True


def _is_handshake(verb: Token) -> bool:
    return any(lemma(child) == "hand" for child in verb.subtree)


def _is_together(verb: Token) -> bool:
    """``posed with``; ``spent two hours with``; ``was in Paris with``."""
    if lemma(verb) == "pose":
        return True
    if lemma(verb) == "spend" and not any(lemma(child) in _TIME for child in verb.subtree):
        return False
    return bool(behind_clause(verb, "with")) and (lemma(verb) != "be" or bool(behind(verb, "in", "at")))


def _is_shared_stage(verb: Token) -> bool:
    return any(lemma(child) in _STAGE for child in verb.subtree)


def _is_call(verb: Token) -> bool:
    """A call to a person, and no call for something, nor calling somebody something."""
    own = list(verb.children)
    if {child.dep_ for child in own} & {"ccomp", "attr", "acomp", "prt"}:
        return False
    if any(child.dep_ == "oprd" and (child.pos_ != "PROPN" or _has_own_object(verb)) for child in own):
        return False
    if any(child.lower_ == "for" or _is_called_so(child) for child in own):
        return False
    called = [child for child in own if child.dep_ in {"dobj", "oprd"}]
    return bool(called) and all(
        child.pos_ in {"PROPN", "PRON"} or bool(world().titles(child.lower_)) for child in called
    )


def _has_own_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" for child in verb.children)


def _is_called_so(noun: Token) -> bool:
    """``called him a friend``, where the parse takes the name that is called for an apposition."""
    beside = (child for child in noun.children if child.dep_ == "appos") if noun.dep_ == "dobj" else ()
    return any(inner.lower_ in {"a", "an"} for child in beside for inner in child.children)


def _is_seeing(verb: Token) -> bool:
    own = list(verb.children)
    return not any(child.lower_ == "as" for child in own) and not {child.dep_ for child in own} & {
        "ccomp", "xcomp", "oprd",
    }  # fmt: skip


def _is_exchange(verb: Token) -> bool:
    return any(lemma(child) in _EXCHANGED for child in objects(verb))


def _is_speaking(verb: Token) -> bool:
    return all(child.lower_ != "out" for child in particles(verb))


_SENSES: Mapping[str, Callable[[Token], bool]] = {
    "shake": _is_handshake, "pose": _is_together, "share": _is_shared_stage, "call": _is_call, "see": _is_seeing,
    "exchange": _is_exchange, "speak": _is_speaking,
}  # fmt: skip
