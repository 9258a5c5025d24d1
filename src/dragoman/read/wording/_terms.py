"""Contested terms found in a sentence by the lemmas of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.errors import ReadError
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


_POSSESSIVE = re.compile(r"['’]s\b")


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
    return tuple(re.findall(r"[^\W_]+", _POSSESSIVE.sub("", text.lower())))


def make_term(name: str, *words: str, issue: str = "") -> Term:
    """A term of one's own dispute: its name and the words for it (the name itself where none are given).

    Raises:
        ReadError: the name, or words for it, have no letter and no digit.
    """
    patterns = tuple(_words(item) for item in words or (name,))
    if not _words(name) or not all(patterns):
        raise ReadError("term", ", ".join(map(repr, (name, *words))), "words such as 'golden share'")
    return Term(name=" ".join(name.split()), patterns=patterns, issue=issue)


def own_terms(given: Iterable[str | Term]) -> tuple[Term, ...]:
    """Terms of one's own dispute in order of name, those of one name together; a name alone stands for its words.

    Raises:
        ReadError: one text was given and no list, or a term is no text or has no words.
    """
    if isinstance(given, str):
        raise ReadError("terms", repr(given), "a list of terms")
    merged: dict[str, Term] = {}
    for item in given:
        if not isinstance(item, str | Term):
            raise ReadError("terms", repr(item), "words such as 'golden share', or a Term")
        term = make_term(item) if isinstance(item, str) else item
        known = merged.get(term.name, term)
        patterns = tuple(dict.fromkeys((*known.patterns, *term.patterns)))
        merged[term.name] = Term(name=term.name, patterns=patterns, issue=known.issue or term.issue)
    return tuple(merged[name] for name in sorted(merged))


def named(terms: Iterable[Term]) -> str:
    """Terms with their words in one line, by which readings with other terms are told apart."""
    return "; ".join(f"{term.name}: {', '.join(' '.join(words) for words in term.patterns)}" for term in terms)


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
    """Every term in a sentence, ``more`` ones first, with the last of its words; none twice at one place.

    The words of ``more`` may stand in the form in which they were given, too.
    """
    own = [(pattern, term) for term in more for pattern in sorted(term.patterns, key=len, reverse=True)]
    tokens = [token for token in sentence if token.text.isalnum()]
    lemmas = [str(token.lemma_).lower() for token in tokens]
    forms = [token.lower_ for token in tokens] if own else lemmas
    place = 0
    while place < len(tokens):
        for pattern, term in (*own, *_by_first().get(lemmas[place], ())):
            here = zip(lemmas[place:], forms[place:], pattern, strict=False)
            if place + len(pattern) <= len(tokens) and all(word in (lemma, form) for lemma, form, word in here):
                yield term, tokens[place + len(pattern) - 1]
                place += len(pattern) - 1
                break
        place += 1
