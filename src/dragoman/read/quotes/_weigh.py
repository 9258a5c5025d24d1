"""How surely a claim reports what somebody said: a few points, set by hand.

========================================================  ======
an utterance with a clause or quoted words                 6
a thought, a finding with a clause; an act of judging      4
an utterance verb with an object or an infinitive          3
a stance (want, oppose) with an object or an infinitive    2
a noun with a clause ("his claim that")                    3
"his call for X", "called X", "is expected to", a passive  1-2
a weak frame (marked ``?`` in the lexicon)                 0
what a poll or a document shows, what seems so             3
--------------------------------------------------------  ------
a name, a noun, "he", "she", "they" as the source         +1
"who", or nobody                                          -1
nobody, for what is expected or seems so                  +1
"it", "which", "that"                                     -2
the writer's own "I", "we", "you"                         -3
nobody, for a noun or "called X"                          -4
a finite verb of a main clause                            +1
an infinitive, a clause inside a noun phrase              -1
a thought in a relative clause                            -2
content of fifty characters or more                       +1
a phrase after a modal verb: "would support the bill"     -1
content under twenty-five characters                      -1
content under eight characters                            -2
content of a pronoun's length                             -3
quoted words in the content                               +3
========================================================  ======

A claim is kept from :data:`ENOUGH` points on.  The points follow from what each
construction asserts; they were set by hand and hold for no data set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.read.quotes._claims import Claim

ENOUGH = 2
_UTTERANCE = 3
_SPOKEN = frozenset(
    {
        "fronted",
        "postposed",
        "marks",
        "block",
        "tight",
        "colon",
        "signed",
        "label",
        "headline",
        "alone",
        "according",
        "as said",
    }
)
_CLAUSES = frozenset({"that", "wh", "adjective that"})
_JUDGING = frozenset({"as", "objto"})
_LOOSE = frozenset({"noun pp", "noun to", "small", "raised", "passive"})
_REPORTED = frozenset({"finding", "seeming"})
_BY_NOBODY = frozenset({"raised", "seeming"})
_PERSONS = frozenset({"he", "she", "they"})
_THINGS = frozenset({"it", "which", "that", "this", "these", "those", "what"})
_WRITERS = frozenset({"i", "we", "you", "me", "us", "my", "our", "your", "one"})
_NEEDS_SOURCE = ("noun", "small")
_UTTERED = frozenset({"to", "small", "ing"})
_LONG = 25
_INNER = frozenset({"relcl", "acl", "pcomp", "xcomp", "amod"})


def points(claim: Claim, *, marks: bool) -> int:
    """The points of a claim; ``marks``: it holds quoted words."""
    return _frame(claim) + _source(claim) + _verb(claim) - _supposed(claim) + _content(claim) + 3 * marks


def is_statement(claim: Claim, *, marks: bool) -> bool:
    """Whether a claim tells what somebody said, and not only what somebody did with words, wants or seems to do.

    A statement has quoted words, a clause, or what a verb of utterance has with a preposition or as an infinitive
    ("called for a ceasefire", "vowed to stay").
    """
    if marks or claim.rule in _SPOKEN or claim.rule in _CLAUSES or claim.rule in _JUDGING | {"noun that", "finding"}:
        return claim.rule != "objto" or claim.strength == _UTTERANCE or marks
    named = claim.rule in _UTTERED or (claim.rule == "pp" and claim.length >= _LONG)
    return named and claim.strength == _UTTERANCE


def _frame(claim: Claim) -> int:
    if claim.rule in _REPORTED:
        return 3
    if claim.weak:
        return 0
    if claim.rule in _SPOKEN:
        return 6
    if claim.rule in _CLAUSES:
        return 6 if claim.strength == 3 else 4
    if claim.rule == "noun that":
        return 3
    if claim.rule in _JUDGING:
        return 4
    return claim.strength - (claim.rule in _LOOSE)


def _source(claim: Claim) -> int:
    source = claim.source
    if claim.rule in _BY_NOBODY:
        return 1
    if source is None:
        return -4 if claim.rule.startswith(_NEEDS_SOURCE) else -1
    word = source.lower_
    if word in _PERSONS or (source.pos_ in ("PROPN", "NOUN") and word not in _THINGS):
        return 1
    if word in _WRITERS:
        return -3
    if word in _THINGS:
        return -2
    return -1 if word == "who" else 0


def _verb(claim: Claim) -> int:
    head = claim.head
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return 0
    if head.dep_ in _INNER or head.tag_ == "VB":
        return -2 if head.dep_ == "relcl" and claim.rule in _CLAUSES and claim.strength < _UTTERANCE else -1
    return 1 if head.dep_ in ("ROOT", "conj") and head.tag_ != "VBG" else 0


def _supposed(claim: Claim) -> bool:
    """Whether a phrase hangs on what would or could be done: "would support the bill"."""
    head = claim.head
    if head is None or claim.rule in _SPOKEN or claim.rule in _CLAUSES:
        return False
    return any(child.tag_ == "MD" and child.dep_ == "aux" for child in head.lefts)


def _content(claim: Claim) -> int:
    length = claim.length
    if length < 8:
        return -3 if length < 5 else -2
    return 1 if length >= 50 else -1 if length < 25 else 0
