"""By whom a promise is made, and to whom, as states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.commitments._clause import lemma
from dragoman.read.meetings._scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Entity
    from dragoman.read.parsed import Paragraph

_MUTUAL = frozenset({"agree", "sign"})


class Parties:
    """Who promises whom, in one text."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def by(self, paragraph: Paragraph, verb: Token) -> tuple[str, ...]:
        """The states of the subject of ``verb``."""
        return countries(self.scene.subject_of(paragraph, verb))

    def agents(self, paragraph: Paragraph, verb: Token) -> tuple[str, ...]:
        """The states after "by"."""
        return countries([
            entity for child in verb.children if child.dep_ == "agent"
            for item in child.children if item.dep_ == "pobj" for entity in self.scene.parties(paragraph, item)
        ])  # fmt: skip

    def owner(self, paragraph: Paragraph, noun: Token) -> tuple[str, ...]:
        """The states of the owner of a promise: ``the North's pledge``, ``a pledge by Mr Kim``."""
        found: list[Entity] = []
        for child in noun.children:
            if child.dep_ == "poss":
                found.extend(self.scene.parties(paragraph, child))
            if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
                found.extend(e for item in child.children for e in self.scene.parties(paragraph, item))
        return countries(found)

    def to(self, paragraph: Paragraph, verb: Token, by: tuple[str, ...]) -> tuple[str, ...]:
        """To whom: the object, "to X" or "with X"; for several that promise, each other; else the side last named."""
        if len(by) > 1:
            return tuple(reversed(by))
        named: list[Entity] = []
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"}:
                named.extend(self.scene.parties(paragraph, child))
            if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "with"}:
                named.extend(
                    e for item in child.children if item.dep_ == "pobj" for e in self.scene.parties(paragraph, item)
                )
        found = tuple(code for code in countries(named) if code not in by)
        if found:
            return found
        return tuple(code for code in countries(self.scene.last_of_other(paragraph, verb, set(by))) if code not in by)

    def other(self, paragraph: Paragraph, token: Token, own: tuple[str, ...]) -> tuple[str, ...]:
        """The side last named that is not among ``own``."""
        return countries(self.scene.last_of_other(paragraph, token, set(own)))

    def mutual(self, paragraph: Paragraph, verb: Token, by: tuple[str, ...]) -> tuple[str, ...]:
        """``agreed with X``: X agreed as well."""
        if lemma(verb) not in _MUTUAL or len(by) != 1:
            return by
        partners = [
            e for child in verb.children if child.dep_ == "prep" and child.lower_ == "with"
            for item in child.children if item.dep_ == "pobj" for e in self.scene.parties(paragraph, item)
        ]  # fmt: skip
        return tuple(dict.fromkeys((*by, *countries(partners))))


def countries(entities: list[Entity]) -> tuple[str, ...]:
    """The states of entities, once each; an entity's id where it has no state."""
    return tuple(dict.fromkeys(entity.country or entity.id for entity in entities))
