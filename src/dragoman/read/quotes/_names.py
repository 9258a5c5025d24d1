"""Speakers: the words that name them, in full, and the name behind a pronoun or a surname.

1. The span is the noun phrase of the source, appositions and relative clauses with it, never the cue.
2. A name is the longest earlier (or later) mention of a person that ends in the same surname.
3. A relative pronoun is the noun it stands for; "he" and "she" are the last person who could be meant:
   the speaker of the sentence before, or the only person named in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Claim, Span, dateline_end, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "hers"})
_FIRST = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})


def source_span(claim: Claim, doc: Doc) -> Span | None:
    """The noun phrase of the source as an offset span, clipped at the cue and at the content."""
    head = claim.source
    if head is None:
        return None
    start, end = max(head.left_edge.idx, dateline_end(doc.text)), head.right_edge.idx + len(head.right_edge)
    for cut_start, cut_end in [*claim.cue, *claim.content]:
        if head.idx < cut_start < end:
            end = cut_start
        if start < cut_end <= head.idx:
            start = cut_end
    return trimmed((start, end), doc.text)


@dataclass(slots=True)
class People:
    """Full names of persons by surname, for one article."""

    by_surname: dict[str, str] = field(default_factory=dict)

    def add(self, name: str) -> None:
        """Keep ``name`` if it is the fullest with its surname so far."""
        words = name.split()
        if not words:
            return
        known = self.by_surname.get(words[-1])
        if known is None or (len(words) > len(known.split()) and len(words) <= 4):
            self.by_surname[words[-1]] = name

    def full(self, name: str) -> str:
        """The fullest name known for ``name``."""
        words = name.split()
        known = self.by_surname.get(words[-1]) if words else None
        if known is not None and (len(words) == 1 or set(words) <= set(known.split())):
            return known
        return name


def clean_name(text: str) -> str:
    """A person's name without possessive and edge punctuation."""
    name = text.strip(" ,.;:()\"'“”‘’")
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name


def people_of(docs: list[Doc]) -> People:
    """The persons that the parser names in an article."""
    people = People()
    for doc in docs:
        for entity in doc.ents:
            if entity.label_ == "PERSON":
                people.add(clean_name(entity.text))
    return people


def person_in(head: Token) -> str | None:
    """The person whose name holds ``head``, else the one named in its phrase."""
    doc = head.doc
    left, right = head.left_edge.i, head.right_edge.i
    named = [ent for ent in doc.ents if ent.label_ == "PERSON" and ent.start <= right and ent.end > left]
    for ent in named:
        if ent.start <= head.i < ent.end:
            return clean_name(ent.text)
    apposed = [ent for ent in named if ent.root.dep_ == "appos" and ent.root.head.i == head.i]
    return clean_name(apposed[0].text) if apposed else None


def antecedent(head: Token) -> Token:
    """The noun that a relative pronoun stands for; other tokens stand for themselves."""
    if head.lower_ in _RELATIVE and head.dep_ in ("nsubj", "nsubjpass", "dobj", "poss"):
        verb = head.head
        while verb.dep_ not in ("relcl", "acl") and verb.head.i != verb.i and verb.dep_ in ("conj", "xcomp", "ccomp", "advcl"):
            verb = verb.head
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
    return head


def is_pronoun(head: Token) -> bool:
    """A third-person pronoun that may stand for somebody named."""
    return head.lower_ in PRONOUNS


def is_first_person(head: Token) -> bool:
    """A speaker who speaks of himself: not a source that a report names."""
    return head.lower_ in _FIRST
