"""Contested terms found in a sentence by the lemmas of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, kw_only=True)
class Term:
    """A contested term: its name, the lemma sequences that name it, and the issue it belongs to."""

    name: str
    patterns: tuple[tuple[str, ...], ...]
    issue: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term of ``terms.psv``."""
    return tuple(
        Term(name=name, patterns=tuple(_words(item) for item in listed(cell)), issue=issue)
        for name, cell, issue in rows("terms.psv", 3)
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.lower()))


def make_term(name: str, *words: str, issue: str = "") -> Term:
    """A term of one's own dispute: its name and the words for it (the name itself where none are given)."""
    return Term(name=name, patterns=tuple(_words(item) for item in words or (name,)), issue=issue)


@cache
def _by_first() -> dict[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in terms():
        for pattern in term.patterns:
            found.setdefault(pattern[0], []).append((pattern, term))
    return {
        first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()
    }  # fmt: skip


def terms_in(sentence: Span, more: Sequence[Term] = ()) -> Iterator[tuple[Term, Token]]:
    """Every term in a sentence, ``more`` ones first, with the last of its words; none twice at one place."""
    own = [(pattern, term) for term in more for pattern in term.patterns]
    tokens = [token for token in sentence if token.is_alpha or token.is_digit]
    lemmas = [str(token.lemma_).lower() for token in tokens]
    place = 0
    while place < len(tokens):
        for pattern, term in (*own, *_by_first().get(lemmas[place], ())):
            if tuple(lemmas[place : place + len(pattern)]) == pattern:
                yield term, tokens[place + len(pattern) - 1]
                place += len(pattern) - 1
                break
        place += 1
