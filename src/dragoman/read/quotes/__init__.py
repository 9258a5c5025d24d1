"""Quotes: who said what, in whose name.

``find_quotes`` reads a parsed article in one pass over its tokens.  A lexicon of
reporting verbs, nouns and adjectives (``cues.tsv``) says what each can introduce;
quote marks say where speech begins and ends; the two are joined, so that a
direct quote has the cue beside it and a clause with a few quoted words is mixed.
The method and its measure stand in ``docs/methods/quotes.md``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dragoman.errors import UnknownNameError
from dragoman.read.quotes._article import PARTS, Article

if TYPE_CHECKING:
    from dragoman.read.findings import Quote
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Parsed

__all__ = ["PARTS", "find_quotes"]


def find_quotes(parsed: Parsed, index: EntityIndex | None = None, *, without: Collection[str] = ()) -> list[Quote]:
    """Every reported statement of an article, in the order of its contents.

    Args:
        parsed: the parsed article; all spans are offsets into its text.
        index: the entities of the article; without it names come from the article alone and ``entity`` is None.
        without: parts of the method to leave out, of :data:`PARTS`, to see what each adds.

    Raises:
        UnknownNameError: ``without`` names no part.
    """
    for name in without:
        if name not in PARTS:
            raise UnknownNameError("without", name, PARTS)
    return Article(parsed=parsed, index=index, without=frozenset(without)).quotes()
