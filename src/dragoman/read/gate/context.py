"""Where a finding stands: the tokens of its words, looked up in the parsed article."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity, Quote
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Paragraph, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


class Context:
    """A parsed article with its names and quotes, asked by place."""

    def __init__(self, parsed: Parsed, index: EntityIndex, quotes: tuple[Quote, ...]) -> None:
        self.parsed = parsed
        self.index = index
        self.entities: dict[str, Entity] = {entity.id: entity for entity in index.entities}
        self._starts = [paragraph.start for paragraph in parsed.paragraphs]
        marked = sorted(span for quote in quotes if quote.kind != "indirect" for span in quote.content)
        self._quoted = marked
        self.quoted_share = sum(end - start for start, end in marked) / max(len(parsed.text), 1)
        turns = sum(":" in parsed.text[p.start : min(p.start + 30, p.end)] for p in parsed.paragraphs)
        self.turn_share = turns / max(len(parsed.paragraphs), 1)

    def paragraph(self, place: int) -> tuple[int, Paragraph] | None:
        """The paragraph in which an offset stands, and its number."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self.parsed.paragraphs[number].end:
            return None
        return number, self.parsed.paragraphs[number]

    def offset(self, place: int) -> int:
        """Where the paragraph of an offset begins."""
        found = self.paragraph(place)
        return found[1].start if found is not None else 0

    def words(self, span: tuple[int, int]) -> Span | None:
        """The parsed words of a span, as far as they stand in one paragraph."""
        found = self.paragraph(span[0])
        if found is None:
            return None
        paragraph = found[1]
        end = min(span[1], paragraph.end)
        words: Span | None = paragraph.doc.char_span(
            span[0] - paragraph.start, end - paragraph.start, alignment_mode="expand"
        )
        return words if words is not None and len(words) else None

    def head(self, span: tuple[int, int]) -> Token | None:
        """The token from which the other words of a span hang."""
        words = self.words(span)
        return words.root if words is not None else None

    def is_quoted(self, place: int) -> bool:
        """Whether an offset stands between quote marks."""
        number = bisect_right(self._quoted, (place, len(self.parsed.text)))
        return any(start <= place < end for start, end in self._quoted[max(number - 3, 0) : number])
