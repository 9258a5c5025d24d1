"""One article from claims to quotes.

1. Each paragraph gives its stretches between marks and its claims from the parse; a claim whose cue stands
   inside a spoken passage is part of that passage.
2. Passages are tied to claims, over paragraphs where one does not close or ends in a colon.
3. Claims under :data:`~dragoman.read.quotes._weigh.ENOUGH` points are dropped.
4. Of claims inside one another only the outermost stays, one for each content; where a medium passes on
   what a person said, the person speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.findings import Quote, QuoteKind, Span, Speaker, SpeaksFor
from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim, joined, trimmed
from dragoman.read.quotes._clauses import clause_claims
from dragoman.read.quotes._labels import headline_claim, label_claim
from dragoman.read.quotes._lexicon import lexicon
from dragoman.read.quotes._marks import Stretch, stretches
from dragoman.read.quotes._names import Cast
from dragoman.read.quotes._passages import SPEAKING, Passages
from dragoman.read.quotes._phrases import sentence_start
from dragoman.read.quotes._shapes import is_passage
from dragoman.read.quotes._speakers import Speakers
from dragoman.read.quotes._voices import voice
from dragoman.read.quotes._weigh import ENOUGH, is_statement, points

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

PARTS = ("marks", "nouns", "sourced", "points", "outermost")
_SOURCED = ("finding", "seeming")
_BLOCK = 40
_NOMINAL = ("noun", "adjective")


@dataclass(slots=True)
class _Carried:
    """What goes over from one paragraph to the next: an open quote, a cue that ends in a colon, who spoke last."""

    open: Claim | None = None
    promised: Claim | None = None
    spoken: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article on its way to its quotes; ``without`` names parts of the method to leave out."""

    parsed: Parsed
    index: EntityIndex | None
    without: frozenset[str]

    def quotes(self) -> list[Quote]:
        """All quotes, in the order of their contents."""
        marks = self._marks()
        claims = self._claims(marks)
        chosen = claims if "outermost" in self.without else outermost(claims)
        cast = Cast([paragraph.doc for paragraph in self.parsed.paragraphs]) if chosen else Cast([])
        speakers = Speakers(parsed=self.parsed, cast=cast, index=self.index)
        beside: dict[int, list[Claim]] = {}
        for claim in claims:
            beside.setdefault(claim.paragraph, []).append(claim)
        found = [
            self._quote(claim, marks, speakers.of(voice(claim, beside.get(claim.paragraph, [])))) for claim in chosen
        ]
        return sorted((quote for quote in found if quote.content), key=lambda quote: quote.content)

    def _marks(self) -> list[list[Stretch]]:
        """The stretches of every paragraph; one that the paragraph before leaves open goes on."""
        found: list[list[Stretch]] = []
        for paragraph in self.parsed.paragraphs:
            carried = bool(found) and bool(found[-1]) and found[-1][-1].open_end
            found.append([] if "marks" in self.without else stretches(self._raw(paragraph), carried=carried))
        return found

    def _raw(self, paragraph: Paragraph) -> str:
        return self.parsed.text[paragraph.start : paragraph.end]

    def _claims(self, marks: list[list[Stretch]]) -> list[Claim]:
        carried = _Carried()
        found: list[Claim] = []
        for number, pieces in enumerate(marks):
            for claim in self._tied(number, pieces, carried):
                quoted = any(claim.overlap((piece.start, piece.end)) > 2 for piece in pieces) or bool(claim.elsewhere)
                if "points" in self.without or points(claim, marks=quoted) >= ENOUGH:
                    found.append(claim)
        return found

    def _tied(self, number: int, pieces: list[Stretch], carried: _Carried) -> list[Claim]:
        """The claims of one paragraph with their passages; ``carried`` is brought up to date."""
        doc = self.parsed.paragraphs[number].doc
        passages = Passages(doc, number, pieces, lexicon())
        block = self._block(number, pieces, carried)
        if block is not None:
            carried.promised, carried.spoken = None, block
            return [block]
        tied = passages.tie(self._from_parse(number, pieces), carried.open or carried.promised, carried.spoken)
        if carried.promised is not None and carried.promised.elsewhere:
            tied.append(carried.promised)
        carried.promised = passages.around.promised()
        carried.open = passages.last if pieces and pieces[-1].open_end else None
        carried.spoken = last_spoken(doc, number, [passages.last] if passages.last is not None else tied)
        return tied

    def _block(self, number: int, pieces: list[Stretch], carried: _Carried) -> Claim | None:
        """A promised claim whose words are a whole paragraph without marks at its front: "The daily wrote:"."""
        claim = carried.promised
        raw = self._raw(self.parsed.paragraphs[number])
        opens = any(not raw[: piece.start].strip() for piece in pieces)
        if claim is None or claim.rule != "block" or opens or len(raw) < _BLOCK:
            return None
        claim.elsewhere.append((number, trimmed((0, len(raw)), raw)))
        return claim

    def _from_parse(self, number: int, pieces: list[Stretch]) -> list[Claim]:
        paragraph = self.parsed.paragraphs[number]
        speech = [piece for piece in pieces if is_passage(piece, text_of(paragraph.doc))]
        claims = clause_claims(paragraph.doc, number, lexicon())
        if "nouns" in self.without:
            claims = (claim for claim in claims if not claim.rule.startswith(_NOMINAL))
        if "sourced" in self.without:
            claims = (claim for claim in claims if claim.rule not in _SOURCED)
        label = label_claim(paragraph.doc, number)
        if label is not None:
            return [label]
        own = [claim for claim in claims if not any(piece.start <= claim.cue[0][0] < piece.end for piece in speech)]
        headline = None if own else headline_claim(paragraph.doc, number)
        return own if headline is None else [headline]

    def _quote(self, claim: Claim, marks: list[list[Stretch]], spoken: tuple[Speaker, SpeaksFor]) -> Quote:
        paragraph = self.parsed.paragraphs[claim.paragraph]
        local = joined(claim.content, self._raw(paragraph))
        content = [(paragraph.start + start, paragraph.start + end) for start, end in local]
        for number, (start, end) in claim.elsewhere:
            offset = self.parsed.paragraphs[number].start
            content.append((offset + start, offset + end))
        speaker, office = spoken
        return Quote(
            content=tuple(content),
            cue=tuple((paragraph.start + start, paragraph.start + end) for start, end in claim.cue),
            speaker=speaker,
            speaks_for=office,
            counted=is_statement(claim, marks=bool(_quoted_in(local, marks[claim.paragraph]) or claim.elsewhere)),
            kind=kind_of([(local, marks[claim.paragraph]), *(([span], marks[n]) for n, span in claim.elsewhere)]),
        )


def _quoted_in(local: list[Span], pieces: list[Stretch]) -> int:
    return sum(_inside_marks(span, pieces) for span in local)


def last_spoken(doc: Doc, number: int, claims: list[Claim]) -> Claim | None:
    """The utterance whose cue stands in the last sentence of paragraph ``number``, if there is one alone."""
    begin = doc[sentence_start(doc[-1])].idx if len(doc) else 0
    found = [
        claim
        for claim in claims
        if claim.strength == 3
        and claim.rule in SPEAKING
        and (claim.paragraph != number or any(start >= begin for start, _ in claim.cue))
    ]
    return found[0] if len(found) == 1 else None


def outermost(claims: list[Claim]) -> list[Claim]:
    """The claims that stand in no other, one for each content: what a quoted person reports is part of the quote."""
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in sorted(claims, key=lambda item: -item.length):
        others = by_paragraph.setdefault(claim.paragraph, [])
        if not any(_inside(claim, other) or _same(claim, other) for other in others):
            others[:] = [other for other in others if not _inside(other, claim)]
            others.append(claim)
    return [claim for others in by_paragraph.values() for claim in others]


def _inside(claim: Claim, other: Claim) -> bool:
    """Whether the cue of ``claim`` stands in the content of ``other``."""
    return any(start <= cue[0] < end for cue in claim.cue[:1] for start, end in other.content)


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two contents share half of the shorter one."""
    shared = sum(other.overlap(span) for span in claim.content)
    return 2 * shared >= min(claim.length, other.length) > 0


def kind_of(parts: Sequence[tuple[list[Span], list[Stretch]]]) -> QuoteKind:
    """Direct where all of the content stands between marks, mixed where some does; spans paragraph by paragraph."""
    total = sum(end - start for spans, _ in parts for start, end in spans)
    inside = sum(_inside_marks(span, pieces) for spans, pieces in parts for span in spans)
    if not inside:
        return "indirect"
    return "direct" if inside >= total - 3 * len(parts) else "mixed"


def _inside_marks(span: Span, pieces: list[Stretch]) -> int:
    return sum(max(0, min(span[1], piece.end) - max(span[0], piece.start)) for piece in pieces)
