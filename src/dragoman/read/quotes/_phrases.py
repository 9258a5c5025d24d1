"""Small questions to a parse: what hangs on a token, where its phrase and its sentence end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Span, dateline_end, joined
from dragoman.read.quotes._lexicon import Lexicon, word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
ASKS = frozenset({"if", "whether"})
PARTING = frozenset({",", "-", "–", "—", "”", '"', "“", "''", "?", "!", "--"})
_TENSES = frozenset({"MD", "VBD", "VBZ", "VBP"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(slots=True)
class View:
    """One paragraph as the clause rules see it.

    ``story`` is where the text begins after a dateline; ``turns`` maps the token
    index of a second report inside a clause to the verb whose speaker it has.
    """

    doc: Doc
    number: int
    words: Lexicon
    text: str = field(init=False)
    story: int = field(init=False)
    turns: dict[int, Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = text_of(self.doc)
        self.story = dateline_end(self.text)

    def phrase(self, tokens: Iterable[Token]) -> list[Span]:
        """The spans of tokens, joined where nothing but blanks parts them."""
        return joined([(token.idx, token.idx + len(token)) for token in tokens], self.text)

    def without(self, root: Token, left_out: Token) -> list[Span]:
        """The phrase of ``root`` without that of ``left_out``."""
        own = {token.i for token in left_out.subtree}
        return self.phrase(token for token in root.subtree if token.i not in own)


@dataclass(frozen=True, slots=True)
class Found:
    """What a cue introduces: the frame that fits, the construction's name and the content."""

    frame: str
    rule: str
    content: list[Span]
    extra: Token | None = None


def tokens_span(token: Token) -> Span:
    """The span of a token's whole phrase."""
    left, right = token.left_edge, token.right_edge
    return left.idx, right.idx + len(right)


def sentence_start(token: Token) -> int:
    """The index of the first token of a token's sentence."""
    place: int = token.i
    while place > 0 and not token.doc[place].is_sent_start:
        place -= 1
    return place


def sentence_end(token: Token) -> int:
    """The index past the last token of a token's sentence."""
    doc = token.doc
    place: int = token.i + 1
    while place < len(doc) and not doc[place].is_sent_start:
        place += 1
    return place


def is_finite(clause: Token) -> bool:
    """Whether a clause has a tense, a modal or a subordinating word."""
    if clause.tag_ in ("VBZ", "VBP", "VBD", "MD"):
        return True
    return any(
        child.tag_ in ("MD", "VBZ", "VBP", "VBD")
        or child.dep_ == "mark"
        or (child.dep_ == "aux" and child.lower_ != "to")
        for child in clause.children
    )


def is_active_finite(verb: Token) -> bool:
    """Whether a verb is active and has a tense, so that it must have a subject."""
    children = list(verb.children)
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in children):
        return False
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    tensed = any(child.dep_ == "aux" and child.tag_ in _TENSES for child in children)
    return tensed or (verb.tag_ == "VBN" and any(child.dep_ == "aux" for child in children))


def asks(clause: Token) -> bool:
    """Whether a clause is an indirect question."""
    first = clause.left_edge
    return first.lower_ in ASKS or first.tag_ in ("WRB", "WP", "WDT", "WP$")


def has_to(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in clause.children)


def is_reason(clause: Token) -> bool:
    """Whether a clause opens with "because", "if" and the like."""
    return clause.left_edge.lower_ in word_list("reasons")


def is_time(token: Token) -> bool:
    """A word of time that the parse took for a subject; "Theresa May" is none."""
    return token.lower_ in word_list("times") and not any(child.dep_ == "compound" for child in token.lefts)


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def without_day(clause: Sequence[Token]) -> Sequence[Token]:
    """A clause without the day of the report at its front: "said on Friday he would ..."."""
    for place in range(min(3, len(clause) - 2)):
        if is_time(clause[place]) and clause[place + 1].text != ",":
            return clause[place + 1 :]
        if clause[place].pos_ not in ("ADP", "ADJ", "ADV"):
            break
    return clause


def cue_span(verb: Token, extra: Token | None = None) -> list[Span]:
    """The cue as written: the verb with its auxiliaries, and the preposition that belongs to it."""
    start = verb.i
    for child in verb.lefts:
        if child.dep_ in _AUXILIARIES and child.i >= start - 3 and child.pos_ in ("AUX", "ADV", "PART"):
            start = min(start, child.i)
    if any(token.dep_ in SUBJECTS or token.pos_ == "PUNCT" for token in verb.doc[start : verb.i]):
        start = verb.i
    spans = [(verb.doc[start].idx, verb.idx + len(verb))]
    if extra is not None:
        spans.append((extra.idx, extra.idx + len(extra)))
    return joined(spans, text_of(verb.doc))
