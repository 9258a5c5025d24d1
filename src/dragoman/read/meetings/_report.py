"""By whose report a meeting is known: the subject of the verb of saying above it, or "according to" whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.meetings._grammar import core
from dragoman.read.meetings._words import SPEECH, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.meetings._sight import Clause

_STEPS = 6


def source_of(clause: Clause) -> str | None:
    """Who reports what the trigger speaks of, named as fully as the text does; None where nobody is named."""
    token = _teller(clause.trigger) or _according(clause)
    if token is None or token.lower_ in {"it", "they", "there", "which", "that", "this", "who"}:
        return None
    entity = clause.scene.index.at(clause.paragraph.span_of(token))
    if entity is not None and entity.kind == "person":
        return entity.name
    if token.pos_ == "PRON":
        found = clause.scene.parties(clause.paragraph, token, listed=False)
        return found[0].name if found else None
    return str(core(token).text)


def _teller(trigger: Token) -> Token | None:
    """The subject of the first verb of saying above the trigger's clause, or of one set between commas."""
    below = trigger
    for item in (trigger, *trigger.ancestors)[:_STEPS]:
        if lemma(item) in SPEECH and item is not trigger and below.dep_ in {"ccomp", "parataxis", "relcl", "advcl"}:
            return _subject(item) if below.dep_ in {"ccomp", "parataxis"} else None
        aside = next((child for child in item.children if child.dep_ == "parataxis" and lemma(child) in SPEECH), None)
        if aside is not None:
            return _subject(aside)
        below = item
    return None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _according(clause: Clause) -> Token | None:
    """Whom "according to" names, in the trigger's sentence."""
    for item in (clause.trigger, *clause.trigger.ancestors):
        for child in item.children:
            if child.lower_ == "according":
                inner = (top for to in child.children if to.lower_ == "to" for top in to.children)
                return next((top for top in inner if top.dep_ == "pobj"), None)
    return None
