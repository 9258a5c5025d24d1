"""A stance as proposed: whose, what is wanted, and by which word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import StanceKind, Status
    from dragoman.read.parsed import Paragraph


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """``holder`` is the word of whose stance it is, ``cue`` the word that makes it one; the rest as of a promise."""

    paragraph: Paragraph
    kind: StanceKind
    head: Token
    by: tuple[str, ...]
    cue: Token
    holder: Token | None
    rule: str
    sure: float
    status: Status = "held"
    others: frozenset[int] = field(default_factory=frozenset)
    leave: frozenset[int] = field(default_factory=frozenset)
