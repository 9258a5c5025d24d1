"""What stands behind a name without being an apposition.

1. A body after "of", "at", "from" or "with", after a comma too: "Falk, of the Rhine Institute".
   After another word than "of" it counts only where it names a body.
2. A clause with "who": whether its verb is one of study ("who teaches law at ..."), and the body it names.
3. A clause with "who" that says "retired".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.quotes._descriptions import Description
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._names import is_person, name_run, run_text
from dragoman.read.quotes._tables import names_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_JOINING = frozenset({"of", "at", "from", "with"})
_WORKPLACES = ("at", "for", "in", "with", "of")
_STEP = 3


def behind_name(head: Token) -> Iterator[Description]:
    """The descriptions that follow the name around ``head``."""
    run = name_run(head) if head.pos_ == "PROPN" else None
    if run is None or not is_person(run_text(head.doc, run)):
        return
    last = head.doc[run[1] - 1]
    body = _body_behind(last)
    if body is not None:
        yield Description(text=body, role=None, affiliation=body)
    clause = _clause_behind(last)
    if clause is not None:
        found = _of_clause(clause)
        if found is not None:
            yield found


def _next(token: Token, steps: int = 1) -> Token | None:
    place = token.i + steps
    return token.doc[place] if place < len(token.doc) else None


def _body_behind(last: Token) -> str | None:
    following = _next(last)
    prep = _next(last, 2) if following is not None and following.text == "," else following
    if prep is not None and prep.lower_ == "now":
        prep = _next(prep)
    if prep is None or prep.lower_ not in _JOINING or (now := _object(prep)) is None:
        return None
    text = _plain(now)
    return text if names_body(text) or (prep.lower_ == "of" and text[:1].isupper()) else None


def _object(prep: Token) -> Token | None:
    return next((child for child in prep.children if child.dep_ == "pobj"), None)


def _plain(noun: Token) -> str:
    """A noun with what stands before it and its own "of" and "for", without article."""
    doc, first, last = noun.doc, noun.left_edge.i, noun.i
    for child in noun.rights:
        if child.dep_ != "prep" or child.lower_ not in ("of", "for"):
            break
        last = child.right_edge.i
    while first < noun.i and doc[first].pos_ in ("DET", "PUNCT"):
        first += 1
    text: str = doc[first : last + 1].text
    return text.split(",", maxsplit=1)[0].strip()


def _clause_behind(last: Token) -> Token | None:
    """The verb of a clause with "who" that begins right behind a name, or behind a body that follows it."""
    for steps in range(1, _STEP):
        word = _next(last, steps)
        if word is not None and word.lower_ == "who" and word.head.i > word.i:
            return word.head
    return None


def _of_clause(verb: Token) -> Description | None:
    end = verb.right_edge.i
    words = verb.doc[verb.i : end + 1]
    text: str = words.text
    studies = verb.tag_ in ("VBZ", "VBP", "VBG") and verb.lemma_.lower() in word_list("studying")
    retired = any(token.lower_ == "retired" for token in words)
    if not studies and not retired:
        return None
    body = _workplace(verb, end)
    if retired and not studies:
        return Description(text=f"retired {text}", role="retired", affiliation=body)
    return Description(text=text, role=None, affiliation=body, studies=True)


def _workplace(verb: Token, end: int) -> str | None:
    for token in verb.doc[verb.i : end + 1]:
        noun = _object(token) if token.lower_ in _WORKPLACES else None
        if noun is not None and noun.pos_ == "PROPN" and (text := _plain(noun)):
            return text
    return None
