"""Who speaks at a word: in a quotation, in a turn of a transcript, or the text itself.

1. In a quotation: the subject of the verb of saying outside of the marks in the same sentence; else that of the
   sentence before in the paragraph, else of the one behind; else who spoke last, where the paragraph begins quoted.
2. In a paragraph that opens with its speaker's label ("MR. PRICE:"), and in those after it until the next label: that
   person.
3. Elsewhere the text speaks: "we" is then the side that was the subject last before it, be it a list ("the leaders of
   A and B"), within the same paragraph or the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity
from dragoman.read.identity._lexicon import words as lexicon
from dragoman.read.parsed import text_of
from dragoman.read.reference._words import SUBJECTS, lemma
from dragoman.read.reference.quotation import quoted_at, quoted_parts

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

Said = tuple["Paragraph", "Token"]
_LABEL = re.compile(r"(?P<name>(?:[A-Z][A-Za-z.'’-]*\.?(?: |(?=:))){1,7}):\s")
_MORE = frozenset({"continue", "conclude", "quote", "reply", "respond", "recall", "acknowledge", "admit", "emphasize"})


class Speech:
    """The speakers of one article's quotations and turns, found once a paragraph."""

    def __init__(self, parsed: Parsed, index: EntityIndex) -> None:
        self._index = index
        self._turns: dict[int, Entity | str | None] = {}
        self._said: dict[tuple[int, int], Said | None] = {}
        turn: Entity | str | None = None
        last: Said | None = None
        for paragraph in parsed.paragraphs:
            turn = self._turns[paragraph.start] = self._turn(parsed, paragraph, turn)
            last = self._quotations(paragraph, last)

    def _turn(self, parsed: Parsed, paragraph: Paragraph, before: Entity | str | None) -> Entity | str | None:
        """Who has the word in a paragraph: by the article's own turns, else by its label or that of the last."""
        segment = parsed.segment_of(paragraph)
        if segment is not None and segment.kind == "turn":
            label = (segment.start, segment.start + segment.lead)
            people = [who for _, who in self._index.within(label) if who.kind == "person"] if segment.lead else []
            return people[-1] if people else segment.speaker or "somebody"
        if parsed.segments:
            return None
        found = _LABEL.match(text_of(paragraph.doc))
        if found is None:
            return before
        entity = self._index.at((paragraph.start + found.start("name"), paragraph.start + found.end("name")))
        return entity or (found["name"] if found["name"].isupper() else None)

    def speaker(self, paragraph: Paragraph, token: Token) -> Said | Entity | None:
        """The word that names the speaker of a quotation, the person of a turn, or None where the text speaks."""
        if quoted_at(paragraph.doc, token.idx):
            part = next((part for part in quoted_parts(paragraph.doc) if part[0] < token.idx < part[1]), None)
            said = self._said.get((paragraph.start, part[0])) if part else None
            if said is not None:
                return said
        turn = self._turns.get(paragraph.start)
        return turn if isinstance(turn, Entity) else None

    def is_quoted(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether somebody else than the text may speak at a word: in a quotation or a turn."""
        return quoted_at(paragraph.doc, token.idx) or self._turns.get(paragraph.start) is not None

    def _quotations(self, paragraph: Paragraph, last: Said | None) -> Said | None:
        """Find the speaker of every quotation of a paragraph; gives who spoke last."""
        parts = quoted_parts(paragraph.doc)
        if not parts:
            return None
        sayers = [_sayer(paragraph, sentence) for sentence in paragraph.doc.sents]
        numbers = [(sentence.start_char, sentence.end_char) for sentence in paragraph.doc.sents]
        opens = parts[0][0] == 0 or text_of(paragraph.doc)[: parts[0][0]].strip() == ""
        for start, end in parts:
            own = [place for place, (left, right) in enumerate(numbers) if left < end and start < right]
            order = [*own, *range(min(own, default=0) - 1, -1, -1), *range(max(own, default=0) + 1, len(numbers))]
            found = next((sayers[place] for place in order if sayers[place] is not None), None)
            said = (paragraph, found) if found is not None else (last if opens else None)
            self._said[paragraph.start, start] = said
            last = said or last
        return last


def _sayer(paragraph: Paragraph, sentence: object) -> Token | None:
    """Who is said to say something in a sentence, outside of quotation marks."""
    speech = lexicon("speech") | _MORE
    for token in sentence:  # type: ignore[attr-defined]
        if token.pos_ == "VERB" and lemma(token) in speech and not quoted_at(paragraph.doc, token.idx):
            subject: Token | None = next((child for child in token.children if child.dep_ in SUBJECTS), None)
            if subject is not None and not quoted_at(paragraph.doc, subject.idx):
                return subject
        if token.lower_ == "according" and not quoted_at(paragraph.doc, token.idx):
            found: Token | None = next(
                (item for child in token.children if child.lower_ == "to" for item in child.children), None
            )
            if found is not None:
                return found
    return None
