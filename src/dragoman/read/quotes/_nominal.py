"""Reporting nouns, adjectives and adverbs, and "according to".

Each function yields what the word introduces and who says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Span
from dragoman.read.quotes._complements import prepositional
from dragoman.read.quotes._lexicon import Cue
from dragoman.read.quotes._phrases import (
    PARTING,
    SUBJECTS,
    Found,
    View,
    asks,
    has_to,
    is_active_finite,
    sentence_end,
    sentence_start,
)
from dragoman.read.quotes._sources import carrier_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Attributed = tuple[Found, "Token | None"]
_CLIMB = frozenset({"pobj", "prep", "advmod", "pcomp", "dobj", "attr", "amod", "npadvmod", "acomp", "nmod", "appos"})


def of_noun(view: View, noun: Token, cue: Cue) -> Iterator[Attributed]:
    """The like of "His claim that ...", "their refusal to ...", "the ministry's call for ..."."""
    source = carrier_of(noun)
    for child in noun.rights:
        if child.dep_ == "acl" and "that" in cue.frames and child.left_edge.lower_ == "that":
            yield Found("that", "noun that", view.phrase(child.subtree)), source
            return
        if child.dep_ in ("acl", "relcl") and "to" in cue.frames and has_to(child) and source is not None:
            yield Found("to", "noun to", view.phrase(child.subtree)), source
            return
    found = prepositional(view, noun.rights, cue, "noun pp")
    if found is not None and source is not None:
        yield found, source


def of_adjective(view: View, adjective: Token, cue: Cue) -> Iterator[Attributed]:
    """The like of "Is confident that ...", "were ready to ...", "is wary of ..."."""
    verb = adjective.head
    if adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX"):
        return
    source = subject_of(verb)
    if source is not None and source.lower_ == "it":
        source = None
    found = _adjective_clause(view, adjective, cue) or prepositional(view, adjective.children, cue, "adjective pp")
    if found is not None:
        yield found, source


def _adjective_clause(view: View, adjective: Token, cue: Cue) -> Found | None:
    beside = [child for child in adjective.head.rights if child.i > adjective.i and child.dep_ == "ccomp"]
    for child in (*adjective.children, *(item for item in beside if not asks(item))):
        if child.dep_ == "ccomp" and "that" in cue.frames:
            return Found("that", "adjective that", view.phrase(child.subtree))
        if child.dep_ == "xcomp" and "to" in cue.frames and has_to(child):
            return Found("to", "adjective to", view.phrase(child.subtree))
    return None


def of_adverb(view: View, adverb: Token, _cue: Cue) -> Iterator[Attributed]:
    """The like of "Reportedly": the clause without the adverb, by nobody."""
    verb = adverb.head
    if verb.pos_ in ("VERB", "AUX") and adverb.dep_ == "advmod":
        yield Found("whole", "adverb", view.without(verb, adverb)), None


def according_to(view: View, token: Token) -> Iterator[tuple[list[Span], Token, Token]]:
    """The content, the source and the "to" of "according to"."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(view.doc) and view.doc[token.i + 1].lower_ == "to":
        to = view.doc[token.i + 1]
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is not None and source is not None:
        yield _accorded(view, token), source, to


def _has_clause(tokens: Iterable[Token]) -> bool:
    """Whether a verb with a tense and its subject stand among ``tokens``."""
    return any(token.dep_ in SUBJECTS and is_active_finite(token.head) for token in tokens)


def _accorded(view: View, token: Token) -> list[Span]:
    """The sentence without its "according to": all of it where the phrase opens or closes the sentence."""
    first, last = sentence_start(token), sentence_end(token)
    own = {item.i for item in token.subtree}
    closes = all(item.is_punct for item in view.doc[max(own) + 1 : last])
    after_comma = view.doc[min(own) - 1].text == ","
    runs_on = max(own) + 1 < last and view.doc[max(own) + 1].text not in PARTING
    if after_comma and runs_on and token.head.i > max(own) and _has_clause(view.doc[first : min(own)]):
        return view.phrase(view.doc[first : min(own) - 1])
    if min(own) == first or (closes and after_comma):
        return view.phrase(item for item in view.doc[first:last] if item.i not in own)
    root = token.head
    while root.dep_ in _CLIMB and root.head.i != root.i:
        root = root.head
    return view.without(root, token)
