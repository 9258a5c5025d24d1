"""A claim: a cue with what it introduces and who says it, before it becomes a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

Span = tuple[int, int]
_EDGE = " \t\r\n\u00a0,;:–—-…"


@dataclass(slots=True, kw_only=True)
class Claim:
    """One attribution in the making; offsets are into the paragraph.

    ``source`` is the head of the noun phrase that names the speaker.  ``rule``
    names the construction, ``strength`` how surely it reports (see the lexicon).
    """

    paragraph: int
    rule: str
    strength: int
    cue: list[Span]
    content: list[Span]
    source: Token | None
    head: Token | None = None
    weak: bool = False
    elsewhere: list[tuple[int, Span]] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters of content in the paragraph of the cue."""
        return sum(end - start for start, end in self.content)

    def overlap(self, span: Span) -> int:
        """Characters of ``span`` that the content covers."""
        return sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in self.content)


_DATELINE = re.compile(
    r"[A-Z][A-Z][A-Za-z .,’'-]{0,40}?(?:, [A-Z][A-Za-z. ]{1,25}){0,2}\s*(?:\([^)\n]{2,30}\)\s*)?(?:—|–|--?)\s+(?=\S)"
)


def dateline_end(text: str) -> int:
    """Where the story begins after ``SEOUL, South Korea (Reuters) -``; 0 without a dateline."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def joined(spans: list[Span], text: str) -> list[Span]:
    """``spans`` sorted, joined where they touch or only blanks part them, trimmed of stray punctuation."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [piece for piece in (trimmed(span, text) for span in merged) if piece[1] > piece[0]]


def trimmed(span: Span, text: str) -> Span:
    """``span`` without blanks and punctuation at its edges; marks and what ends a quoted sentence stay."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if end > start and text[end - 1] == "." and not _abbreviated(text, start, end):
        end -= 1
    return start, end


def _abbreviated(text: str, start: int, end: int) -> bool:
    word = text[start:end].rsplit(None, 1)[-1] if text[start:end].strip() else ""
    return "." in word[:-1]
