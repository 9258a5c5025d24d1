"""The text as the finders see it: kept paragraphs, parsed, with offsets into the text as given.

Finders are plain functions ``(Parsed, ...) -> list`` of findings.  A token's place
in the text as given is ``paragraph.start + token.idx``: paragraphs are normalised
by replacements of the *same length* only (odd quote marks, line breaks inside a
paragraph), so that no finder ever maps offsets back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from dragoman.read.sources._article import Segment

_TEXT = "dragoman text"


def text_of(doc: Doc) -> str:
    """``doc.text``, put together once (spaCy joins all tokens again for each call)."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One kept paragraph: ``doc`` is the parse of ``text[start:end]`` after same-length normalisation."""

    start: int
    end: int
    doc: Doc

    def span_of(self, piece: Token | Span) -> tuple[int, int]:
        """The half-open span of a token or spaCy span in the text as given."""
        first = piece.idx if hasattr(piece, "idx") else piece.start_char
        last = piece.idx + len(piece) if hasattr(piece, "idx") else piece.end_char
        return self.start + first, self.start + last


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A cleaned and parsed article; ``segments`` divide its text in order (turns, points, posts ...)."""

    text: str
    published: date | None
    title: str | None
    paragraphs: tuple[Paragraph, ...]
    segments: tuple[Segment, ...] = ()

    def segment_of(self, paragraph: Paragraph) -> Segment | None:
        """The segment in which a paragraph begins, or None in a text that nobody divided.

        Its ``speaker`` is the speaker of the paragraph's sentences and of their "we"; ``lead`` counts the characters
        of the segment's label, which are part of its first paragraph.
        """
        place = bisect_right(self.segments, paragraph.start, key=lambda segment: segment.start) - 1
        return self.segments[place] if place >= 0 else None

    def sentences(self) -> Iterator[tuple[Paragraph, Span]]:
        """Every sentence with its paragraph, in order."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                yield paragraph, sentence
