"""A promise as proposed: the clause's head, who is bound to whom, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.parsed import Paragraph


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """``others`` are the heads of further clauses of the same promise, ``leave`` words that are no part of the clause.

    ``cue`` is the word that makes it a promise; ``sure`` how likely the rule is right.
    """

    paragraph: Paragraph
    head: Token
    by: tuple[str, ...]
    to: tuple[str, ...]
    rule: str
    cue: Token
    sure: float
    others: frozenset[int] = field(default_factory=frozenset)
    leave: frozenset[int] = field(default_factory=frozenset)
