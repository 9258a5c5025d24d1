"""Word classes of reference (``world/reference.psv``) and small questions of grammar."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.read.world import world
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass"})
KINDS = ("company", "union", "party", "group", "body")
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
OF_WHOM = frozenset({"of", "from", "for", "to"})
_CORE = frozenset({"compound", "amod", "poss", "nmod", "det", "nummod", "flat", "quantmod", "punct", "case"})
_NAME_PARTS = frozenset({"compound", "flat", "nmod"})
_AND = frozenset({"and", "or", "&"})


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``reference.psv``."""
    return frozenset(word for key, cell in rows("reference.psv", 2) if key == name for word in listed(cell))


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def acts(head: Token) -> bool:
    """Whether a noun names somebody who can act for a side."""
    word = lemma(head)
    return (
        word in words("role") or word in words("relation") or word in words("whole")
        or any(word in words(kind) for kind in KINDS) or bool(world().titles(head.lower_))
    )  # fmt: skip


def core(head: Token) -> Span:
    """A noun phrase from its first modifier to its head."""
    start = min(
        (child.left_edge.i for child in head.children if child.dep_ in _CORE and child.i < head.i), default=head.i
    )
    return head.doc[start : head.i + 1]


def head_of(span: Span) -> Token:
    """The word by which a name hangs in its sentence: ``President`` of a name that the parser put below it."""
    token = span.root
    for _ in range(len(span.doc)):
        if token.dep_ not in _NAME_PARTS or token.head == token or token.head.i < token.i - 6:
            break
        token = token.head
    return token


def verb_above(token: Token) -> Token | None:
    """The verb of the clause in which a word stands."""
    return next((item for item in token.ancestors if item.pos_ in {"VERB", "AUX"}), None)


def subject_of(verb: Token) -> Token | None:
    """The subject that hangs on a verb itself."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def is_main(subject: Token) -> bool:
    """Whether a subject is that of the main clause of its sentence."""
    verb = subject.head
    for _ in range(len(subject.sent)):
        if verb.dep_ != "conj" or verb.head == verb:
            break
        verb = verb.head
    return bool(verb.dep_ == "ROOT")


def antecedent_of_relative(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    return next((item.head for item in pronoun.ancestors if item.dep_ == "relcl"), None)


def is_definite(head: Token) -> bool:
    """Whether a noun has "the", "that" or "this" before it."""
    return any(child.lower_ in {"the", "that", "this", "those", "these"} for child in head.children)


def listed_heads(token: Token) -> list[Token]:
    """A word and those joined to it, itself first; "and" ends a list, and what follows a comma then is another part."""
    heads = sorted({token, *token.conjuncts}, key=lambda item: item.i)
    lists: list[list[Token]] = [heads[:1]]
    ended = False
    for left, right in pairwise(heads):
        last = any(item.lower_ in _AND for item in token.doc[left.i : right.i])
        if ended and not last:
            lists.append([])
        lists[-1].append(right)
        ended = last
    own = next(one for one in lists if token in one)
    return [token, *(item for item in own if item != token)]
