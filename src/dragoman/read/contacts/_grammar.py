"""What the frames ask of a parse: arguments by role and case, who does a verb, what a clause holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, lemma

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CORE = frozenset({"compound", "amod", "poss", "nmod", "det", "nummod", "flat", "quantmod", "punct", "case"})
_CONTROLLED = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj", "pcomp", "acomp", "attr", "oprd"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "acl", "csubj"})
_BY_OBJECT = frozenset(
    {"invite", "ask", "urge", "send", "want", "allow", "tell", "request", "persuade", "order", "dispatch", "expect"}
)
_RANKED = frozenset({"first", "last", "only", "second", "third", "latest", "one"})
_FARTHEST = 8
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10, "both": 2}  # fmt: skip


def core(head: Token) -> Span:
    """A noun phrase from its first modifier to its head."""
    start = min((child.left_edge.i for child in head.children if child.dep_ in _CORE and child.i < head.i),
                default=head.i)  # fmt: skip
    return head.doc[start : head.i + 1]


def subject_of(verb: Token) -> Token | None:
    """Who does ``verb``: its own subject, or the one that controls it; None where the clause has none."""
    for _ in range(_FARTHEST):
        own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            return own
        if verb.tag_ == "VB" and (meant := _for_whom(verb)) is not None:
            return meant
        if verb.dep_ == "relcl":
            return borne_by(verb.head)
        if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBG"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return verb.head
        if verb.dep_ not in _CONTROLLED or verb.head == verb:
            return None
        if (owner := _controller(verb)) is not None:
            return owner
        above = clause_above(verb)
        if above is None:
            return None
        verb = above
    return None


def _for_whom(verb: Token) -> Token | None:
    """Who is to do it: ``an occasion for him to come``, wherever the parse hangs the "for"."""
    own = [item for child in verb.children if child.lower_ == "for" for item in child.children if item.dep_ == "pobj"]
    if not own and verb.dep_ in {"relcl", "acl"}:
        own = behind(verb.head, "for")
    return own[0] if own else None


def borne_by(noun: Token) -> Token:
    """Who is said to be ``the first to come``: the subject of the verb of being above the noun, else the noun."""
    if noun.dep_ == "attr" and lemma(noun.head) in {"be", "become"}:
        return next((child for child in noun.head.children if child.dep_ == "nsubj"), noun)
    return noun


def _controller(verb: Token) -> Token | None:
    """The object of a verb of asking (``invited him to come``) or the owner of a noun (``his wish to come``)."""
    if verb.dep_ in {"xcomp", "ccomp", "advcl"} and verb.tag_ == "VB" and lemma(verb.head) in _BY_OBJECT:
        return next((child for child in verb.head.children if child.dep_ == "dobj"), None)
    if verb.dep_ == "acl" and verb.head.pos_ in NOMINAL:
        return next((child for child in verb.head.children if child.dep_ == "poss"), None)
    return None


def clause_above(token: Token) -> Token | None:
    """The verb above a token, through prepositions and nouns."""
    return next((item for item in token.ancestors if item.pos_ in VERBAL), None)


def is_ranked(verb: Token) -> Token | None:
    """The verb of being of ``was the first leader to meet him``, which says that it was done; None elsewhere."""
    noun = verb.head
    if verb.dep_ not in {"relcl", "acl", "xcomp"} or noun.dep_ != "attr" or lemma(noun.head) not in {"be", "become"}:
        return None
    ranked = any(child.lower_ in _RANKED for child in (*noun.children, noun))
    return noun.head if ranked and verb.tag_ == "VB" else None


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is its patient."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl"}
        and not any(child.dep_ in {"aux", "nsubj", "dobj"} for child in verb.children)
    )


def behind(head: Token, *cases: str) -> list[Token]:
    """The nouns that prepositions govern which hang on ``head``: ``behind(met, "with")``."""
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in cases:
            found += [_raised(item) for item in child.children if item.dep_ in {"pobj", "pcomp"}]
            found += [item for inner in child.children if inner.dep_ == "prep" and child.lower_ in cases
                      for item in inner.children if item.dep_ == "pobj" and inner.lower_ in cases]  # fmt: skip
    return found


def _raised(item: Token) -> Token:
    """The noun, where the parse makes it the subject of an infinitive: ``spoke with the premier of X to thank``."""
    if item.dep_ != "pcomp" or item.tag_ != "VB":
        return item
    return next((child for child in item.children if child.dep_ == "nsubj" and child.i < item.i), item)


def behind_clause(verb: Token, *cases: str) -> list[Token]:
    """The same, where the parse has hung the preposition on another word of the clause behind the verb."""
    direct = behind(verb, *cases)
    if direct:
        return direct
    for token in clause_tokens(verb):
        if token.i > verb.i and token.dep_ == "prep" and token.lower_ in cases and token.head != verb:
            found = [_raised(item) for item in token.children if item.dep_ in {"pobj", "pcomp"}]
            if found:
                return found
    return []


def objects(verb: Token) -> list[Token]:
    """The direct objects and bare datives of a verb."""
    own = [child for child in verb.children if child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP"]
    return own or [child for child in verb.children if child.dep_ == "oprd" and child.pos_ == "PROPN"]


def clause_tokens(token: Token) -> Iterator[Token]:
    """The tokens of the clause that ``token`` heads or stands in, other clauses left out."""
    stack = [token]
    while stack:
        head = stack.pop(0)
        yield head
        stack.extend(
            child for child in head.children
            if child.dep_ not in _CLAUSES and not (child.dep_ == "conj" and child.pos_ in VERBAL)
        )  # fmt: skip


def auxiliaries(verb: Token) -> set[str]:
    """The auxiliaries of a verb, of the verb it is joined to where it has none."""
    found = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.dep_ == "conj" and not found and verb.head.pos_ in VERBAL and verb.tag_ == verb.head.tag_:
        found = {child.lower_ for child in verb.head.children if child.dep_ in {"aux", "auxpass"}}
    return found


def is_negated(token: Token) -> bool:
    """Whether a word has a "not", "never" or "no"."""
    return any(child.dep_ == "neg" or child.lower_ in {"never", "nor", "no", "neither"} for child in token.children)


def number_of(token: Token) -> int | None:
    """A small number in words or digits."""
    low = token.lower_
    return _NUMBERS.get(low) or (int(low) if low.isascii() and low.isdigit() and len(low) < 3 else None)
