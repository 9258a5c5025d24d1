"""The complements of a reporting verb, matched with the frames of the lexicon.

Clauses come first (finite, question, infinitive), then objects with what completes
them ("called it a failure", "accused Iran of lying"), then prepositional phrases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Span, joined
from dragoman.read.quotes._extent import extent, object_span
from dragoman.read.quotes._lexicon import Cue, word_list
from dragoman.read.quotes._phrases import ASKS, PARTING, Found, View, asks, has_to, is_finite, is_reason, tokens_span

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = ("dobj", "dative")
_UTTERANCE = 3
_OTHERS = frozenset({"ccomp", "xcomp", "dobj", "advcl", "prep"})
_JOINED = frozenset({"prep", "dative"})
_COMPLETING = frozenset({"as", "to", "about", "against", "than"})
_TAILS = {"as": "as", "of": "objof", "for": "objfor", "on": "objfor", "with": "objwith", "to": "objto"}


def complement(view: View, verb: Token, cue: Cue) -> Found | None:
    """What ``verb`` introduces in one of its frames, if anything."""
    children = list(verb.children)
    return _clause(view, verb, cue, children) or _nominal(
        view, verb, cue, [item for item in children if item.i > verb.i]
    )


def _clause(view: View, verb: Token, cue: Cue, children: list[Token]) -> Found | None:
    for child in children:
        found = None
        if child.dep_ == "ccomp":
            behind = child.i > verb.i
            found = _finite(view, verb, child, cue) if behind else _fronted(view, verb, child, cue, children)
        elif child.i < verb.i:
            continue
        elif child.dep_ == "advcl" and "wh" in cue.frames and child.left_edge.lower_ in ASKS:
            found = Found("wh", "wh", view.phrase(child.subtree))
        elif child.dep_ in ("advcl", "xcomp") and _for_clause(child, cue):
            found = Found("pp:for", "pp", view.phrase(child.subtree))
        elif child.dep_ == "intj" and "that" in cue.frames:
            found = Found("that", "that", [tokens_span(child)])
        elif child.dep_ == "xcomp" or (child.dep_ == "advcl" and _bidden(verb, child, cue, children)):
            found = _open(view, verb, child, cue, children)
        if found is not None:
            return found
    return None


def _bidden(verb: Token, clause: Token, cue: Cue, children: list[Token]) -> bool:
    """Whether an infinitive that the parse took for a purpose is what somebody is told to do."""
    if "objto" not in cue.frames or verb.lemma_ not in word_list("object-control") or not has_to(clause):
        return False
    return any(item.dep_ == "dobj" and item.i < clause.i for item in children)


def _for_clause(clause: Token, cue: Cue) -> bool:
    """Whether a clause is the "for him to leave" of "called for him to leave"."""
    return "for" in cue.preps and clause.left_edge.lower_ == "for" and has_to(clause)


def _fronted(view: View, verb: Token, clause: Token, cue: Cue, children: list[Token]) -> Found | None:
    if not cue.frames & {"quote", "that"} or not set_off(view, verb, clause):
        return None
    if cue.strength < _UTTERANCE and any(item.i > verb.i and item.dep_ in _OTHERS for item in children):
        return None
    both = [item for item in children if item.i == clause.i or (item.dep_ == "ccomp" and is_finite(item))]
    both += [item for item in children if item.i > verb.i and item.dep_ == "advcl" and is_reason(item)]
    spans = [span for item in both for span in view.phrase(item.subtree)]
    return Found("quote", "fronted", joined(spans, view.text))


def _finite(view: View, verb: Token, clause: Token, cue: Cue) -> Found | None:
    if has_to(clause) and not is_finite(clause):
        frame = "objto" if "objto" in cue.frames else "to"
        return Found(frame, "objto", view.phrase(clause.subtree)) if frame in cue.frames else None
    frame = "wh" if asks(clause) else "that"
    return Found(frame, frame, extent(view, verb, clause)) if cue.frames & {frame, "quote"} else None


def _open(view: View, verb: Token, clause: Token, cue: Cue, children: list[Token]) -> Found | None:
    """A clause without a subject of its own: "refused to go", "asked him to go", "reported seeing"."""
    frames = cue.frames
    if not has_to(clause):
        if clause.tag_ == "VBG" and frames & {"obj", "ing"}:
            return Found("ing" if "ing" in frames else "obj", "ing", view.phrase(clause.subtree))
        broken = clause.tag_ == "VBG" and "that" in frames and any(item.dep_ == "ccomp" for item in clause.children)
        return Found("that", "that", view.phrase(clause.subtree)) if broken else None
    direct = next((item for item in children if item.dep_ == "dobj" and item.i < clause.i), None)
    if direct is not None:
        spans = joined([tokens_span(direct), tokens_span(clause)], view.text)
        return Found("objto", "objto", spans) if "objto" in frames else None
    subject = next((item for item in children if item.dep_ == "nsubjpass"), None)
    if subject is not None:
        return _raised(view, subject, clause, cue) if verb.lemma_ in word_list("raising") else None
    return Found("to", "to", view.phrase(clause.subtree)) if "to" in frames else None


def _raised(view: View, subject: Token, clause: Token, cue: Cue) -> Found | None:
    """The like of "He is expected to go": subject and infinitive are what is expected."""
    frame = next((name for name in ("objto", "that") if name in cue.frames), None)
    spans = joined([tokens_span(subject), tokens_span(clause)], view.text)
    return Found(frame, "raised", spans) if frame is not None else None


def _nominal(view: View, verb: Token, cue: Cue, children: list[Token]) -> Found | None:
    about = prepositional(view, children, cue, "wh" if verb.lemma_ == "ask" else "pp")
    if about is not None and about.frame in ("pp:about", "pp:on") and {"wh", "objto"} <= cue.frames:
        return about
    direct = next((child for child in children if child.dep_ in _OBJECTS), None)
    if direct is not None:
        return _object(view, verb, direct, cue, children)
    if "small" in cue.frames:
        small = next((child for child in children if child.dep_ in ("oprd", "ccomp", "xcomp")), None)
        if small is not None:
            return Found("small", "small", view.phrase(small.subtree))
    return about


def _object(view: View, verb: Token, direct: Token, cue: Cue, children: list[Token]) -> Found | None:
    tail = [(child, frame) for child in children if child.i > direct.i and (frame := _tail(child, cue.frames))]
    if tail:
        spans = [tokens_span(direct), *(tokens_span(child) for child, _ in tail)]
        return Found(tail[0][1], "as", joined(spans, view.text))
    if "small" in cue.frames and any(
        item.dep_ == "appos" and item.left_edge.i == direct.i + 1 for item in direct.children
    ):
        return Found("small", "as", [tokens_span(direct)])
    if direct.dep_ != "dobj" or "obj" not in cue.frames:
        return None
    spans = object_span(view, verb, direct)
    return Found("obj", "obj", joined([*spans, *_completed(direct, children)], view.text))


def _completed(direct: Token, children: list[Token]) -> list[Span]:
    """The phrase that stands right behind an object and completes it: "prefer peace to war"."""
    behind = (child for child in children if child.left_edge.i == direct.right_edge.i + 1)
    return [tokens_span(child) for child in behind if child.dep_ in _JOINED and child.lower_ in _COMPLETING]


def _tail(child: Token, frames: frozenset[str]) -> str | None:
    """The frame that a phrase after the object belongs to: "as a success", "of lying", "for the delay"."""
    if child.dep_ == "prep":
        frame = _TAILS.get(child.lower_)
        return frame if frame in frames else None
    if child.dep_ in ("advcl", "ccomp") and child.left_edge.lower_ == "as" and child.tag_ in ("VBN", "VBG"):
        return "as" if "as" in frames else None
    return "small" if child.dep_ in ("oprd", "xcomp", "acomp") and "small" in frames else None


def prepositional(view: View, children: Iterable[Token], cue: Cue, rule: str) -> Found | None:
    """The object of a preposition that the lexicon gives the cue: "called for talks"."""
    if not cue.preps:
        return None
    beside = list(children)
    for prep in beside:
        if prep.dep_ == "prep" and prep.lower_ in cue.preps:
            inner = [tokens_span(child) for child in prep.children if child.dep_ in ("pobj", "pcomp")]
            if inner:
                inner += [tokens_span(child) for child in beside if child.i > prep.i and _completes(child)]
                return Found(f"pp:{prep.lower_}", rule, joined(inner, view.text), prep)
    return None


def _completes(child: Token) -> bool:
    """What completes "called on Iran to stop", "referred to him as a friend"."""
    return (child.dep_ in ("xcomp", "advcl") and has_to(child)) or (child.dep_ == "prep" and child.lower_ == "as")


def set_off(view: View, verb: Token, clause: Token | None) -> bool:
    """Whether a comma or a mark parts the reporting words from the clause before them."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None and clause is None:
        return False
    first = min(subject.left_edge.i, verb.i) if subject is not None else verb.i
    if clause is not None:
        return any(token.text in PARTING for token in view.doc[clause.i : first])
    return first > 0 and view.doc[first - 1].text in PARTING
