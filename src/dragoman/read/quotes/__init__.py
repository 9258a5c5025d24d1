"""Quotes: who said what, in whose name.

``find_quotes`` reads a parsed article in one pass over its tokens.  A lexicon of
reporting verbs, nouns and adjectives (``cues.tsv``) says what each can introduce;
quote marks say where speech begins and ends; the two are joined, so that a
direct quote has the cue beside it and a clause with a few quoted words is mixed.
The method and its measure stand in ``docs/methods/quotes.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.findings import Quote, QuoteKind, Span
from dragoman.read.quotes._claims import Claim, joined
from dragoman.read.quotes._clauses import clause_claims
from dragoman.read.quotes._lexicon import lexicon
from dragoman.read.quotes._marks import Stretch, stretches
from dragoman.read.quotes._names import Cast
from dragoman.read.quotes._passages import Passages, is_passage
from dragoman.read.quotes._speakers import Speakers
from dragoman.read.quotes._weigh import ENOUGH, points

if TYPE_CHECKING:
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Parsed

__all__ = ["find_quotes"]


def find_quotes(parsed: Parsed, index: EntityIndex | None = None) -> list[Quote]:
    """Every reported statement of an article, in the order of its contents."""
    words = lexicon()
    speakers = Speakers(parsed=parsed, cast=Cast([paragraph.doc for paragraph in parsed.paragraphs]), index=index)
    carried: Claim | None = None
    promised: Claim | None = None
    found: list[Claim] = []
    marks: list[list[Stretch]] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        raw = parsed.text[paragraph.start : paragraph.end]
        pieces = stretches(raw, carried=carried is not None)
        marks.append(pieces)
        speech = [piece for piece in pieces if is_passage(piece, raw)]
        claims = [
            claim
            for claim in clause_claims(paragraph.doc, number, words)
            if not any(piece.start <= claim.cue[0][0] < piece.end for piece in speech)
        ]
        passages = Passages(paragraph.doc, number, pieces, words)
        tied = passages.tie(claims, carried or promised)
        if promised is not None and promised.elsewhere:
            found.append(promised)
        promised = passages.promised()
        found.extend(claim for claim in tied if points(claim, marks=_holds_marks(claim, pieces)) >= ENOUGH)
        carried = passages.last if pieces and pieces[-1].open_end else None
    chosen = _chosen(found)
    return [_quote(claim, parsed, marks, speakers) for claim in chosen]


def _chosen(claims: list[Claim]) -> list[Claim]:
    """Outermost claims only, one for each content: what a quoted person reports in turn is part of the quote."""
    kept: list[Claim] = []
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in sorted(claims, key=lambda item: -item.length):
        if not claim.content and not claim.elsewhere:
            continue
        others = by_paragraph.setdefault(claim.paragraph, [])
        if not any(_inside(claim, other) or _same(claim, other) for other in others):
            others[:] = [other for other in others if not _inside(other, claim)]
            others.append(claim)
    for number in sorted(by_paragraph):
        kept.extend(sorted(by_paragraph[number], key=lambda item: item.content or [(0, 0)]))
    return kept


def _holds_marks(claim: Claim, pieces: list[Stretch]) -> bool:
    return any(claim.overlap((piece.start, piece.end)) > 2 for piece in pieces)


def _inside(claim: Claim, other: Claim) -> bool:
    """Whether the cue of ``claim`` stands in the content of ``other``."""
    return any(start <= cue[0] < end for cue in claim.cue[:1] for start, end in other.content)


def _same(claim: Claim, other: Claim) -> bool:
    shared = sum(other.overlap(span) for span in claim.content)
    return 2 * shared >= min(claim.length, other.length) > 0


def _quote(claim: Claim, parsed: Parsed, marks: list[list[Stretch]], speakers: Speakers) -> Quote:
    paragraph = parsed.paragraphs[claim.paragraph]
    local = joined(claim.content, paragraph.doc.text)
    content = [(paragraph.start + start, paragraph.start + end) for start, end in local]
    for number, (start, end) in claim.elsewhere:
        offset = parsed.paragraphs[number].start
        content.append((offset + start, offset + end))
    speaker, office = speakers.of(claim)
    return Quote(
        content=tuple(content),
        cue=tuple((paragraph.start + start, paragraph.start + end) for start, end in claim.cue),
        speaker=speaker,
        speaks_for=office,
        kind=_kind(local, marks[claim.paragraph]),
    )


def _kind(content: list[Span], pieces: list[Stretch]) -> QuoteKind:
    total = sum(end - start for start, end in content)
    inside = sum(max(0, min(end, piece.end) - max(start, piece.start)) for start, end in content for piece in pieces)
    if not inside:
        return "indirect"
    return "direct" if inside >= total - 3 else "mixed"
