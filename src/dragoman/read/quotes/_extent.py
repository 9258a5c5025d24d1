"""Where a reported clause begins and ends, mended where a parse breaks off.

1. The clause is the subtree of its verb.
2. What somebody says next is cut off: ", adding that ...", "... and vowed to ...", "while others said ...".
3. A subject that the parse gave to the cue is put back: "said the talks [he wanted] were over".
4. A predicate that the parse left outside, a second half ("and then would go on") and a reason are put back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Span
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._phrases import SUBJECTS, View, has_subject, is_reason, is_time, sentence_end, without_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_BEFORE_TURN = frozenset({",", "”", '"', "''", "’"})
_TENSED = frozenset({"VBZ", "VBP", "MD", "VBD"})


def extent(view: View, verb: Token, clause: Token) -> list[Span]:
    """The spans of what ``verb`` reports in ``clause``."""
    kept, cut = _clipped(view, verb, clause)
    kept = without_day(kept)
    first, last = _start(view, verb, kept[0]), kept[-1]
    end = last.i if cut else _end(view, verb, last)
    return view.phrase([*kept, *view.doc[first : kept[0].i], *view.doc[last.i + 1 : end + 1]])


def object_span(view: View, verb: Token, noun: Token) -> list[Span]:
    """The spans of an object without what the speaker says next: "praised the plan, adding that ..."."""
    last = noun.right_edge
    if last.i - noun.i < 3 or "," not in view.text[noun.idx : last.idx]:
        return [(noun.left_edge.idx, last.idx + len(last))]
    return view.phrase(_clipped(view, verb, noun)[0])


def _clipped(view: View, verb: Token, clause: Token) -> tuple[Sequence[Token], bool]:
    cut: set[int] = set()
    kept: list[Token] = []
    for token in clause.subtree:
        if token.i not in cut and token.i > clause.i and _next_turn(view, verb, token):
            cut.update(item.i for item in token.subtree)
        if token.i not in cut:
            kept.append(token)
    return kept, bool(cut)


def _next_turn(view: View, verb: Token, token: Token) -> bool:
    """Whether ``token`` begins another report inside a clause; the speaker's own is noted in ``view.turns``."""
    if token.pos_ != "VERB" or token.tag_ not in ("VBG", "VBD", "VBZ", "VBP"):
        return False
    cue = view.words.verbs.get(token.lemma_.lower())
    if cue is None or cue.strength < 3:
        return False
    if token.tag_ != "VBG" and has_subject(token):
        return token.dep_ == "advcl" and token.left_edge.lower_ in word_list("contrasts") and "that" in cue.frames
    if not _same_speaker(view, verb, token):
        return False
    view.turns[token.i] = verb
    return True


def _same_speaker(view: View, verb: Token, token: Token) -> bool:
    """Whether the second report is the speaker's: a participle after a comma, or a verb in the cue's own tense."""
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "ccomp"):
        return view.doc[token.i - 1].text in _BEFORE_TURN
    if token.dep_ != "conj" or token.tag_ != verb.tag_:
        return False
    return token.head.tag_ != token.tag_ or any(child.dep_ in ("ccomp", "xcomp") for child in token.children)


def _start(view: View, verb: Token, first: Token) -> int:
    between = view.doc[verb.i + 1 : first.i]
    plain = first.lower_ == "that" or first.tag_ in ("WRB", "WP")
    if plain or not between or verb.lemma_ in word_list("addressing") or between[0].dep_ == "prep":
        return int(first.i)
    broken = any(
        item.head.i == verb.i and item.dep_ in ("dobj", "nsubj", "dep") and not is_time(item) for item in between
    )
    return int(verb.i + 1 if broken else first.i)


def _end(view: View, verb: Token, last: Token) -> int:
    if last.i + 1 >= len(view.doc):
        return int(last.i)
    following = view.doc[last.i + 1]
    if following.tag_ in _TENSED and following.i != verb.i and not following.is_sent_start:
        return sentence_end(verb) - 1
    for child in verb.rights:
        first = child.left_edge.i
        if last.i < first <= last.i + 4 and (_second_half(child) or (child.dep_ == "advcl" and is_reason(child))):
            return int(child.right_edge.i)
    return int(last.i)


def _second_half(verb: Token) -> bool:
    """A bare verb without a subject, coordinated with the cue: it goes on with what is reported."""
    return verb.dep_ == "conj" and verb.tag_ == "VB" and not any(child.dep_ in SUBJECTS for child in verb.children)
