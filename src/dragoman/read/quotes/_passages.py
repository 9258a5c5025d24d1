"""Quoted passages: who speaks in each stretch between marks.

1. A claim of the parse that overlaps a stretch grows to hold all of it.
2. What is left over is tied to a cue in the words outside the marks of its sentence: before it
   (``He said, "...``), after it (``..." said the minister``), or a colon.
3. A stretch after a closed cue sentence (``"...," she said. "...``) goes on with the same claim.
4. A stretch that opens a paragraph after one that never closed goes on with its speaker.
5. A whole sentence between marks that nothing claims is given to the subject of the sentence before.
6. A short stretch inside somebody's clause and under no cue is a scare quote, and is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._clauses import cue_span
from dragoman.read.quotes._sources import beside, subject_of
from dragoman.read.quotes._marks import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.read.quotes._lexicon import Lexicon

_ENDS = (".", "?", "!", "…")
_SPEECH_END = (*_ENDS, ",", "-", "–", "—")


@dataclass(slots=True)
class _Outside:
    """The words outside the marks beside a stretch, within its sentence."""

    before: list[Token]
    after: list[Token]
    closed: bool


def is_passage(stretch: Stretch, text: str) -> bool:
    """Whether the words between the marks are speech by their shape, not a term or a title."""
    inner = text[stretch.inner[0] : stretch.inner[1]].strip()
    words = inner.count(" ") + 1
    if stretch.open_end or stretch.open_start:
        return words >= 4
    return (words >= 3 and inner.endswith(_SPEECH_END)) or (words >= 2 and inner.endswith((",", "?", "!")))


class Passages:
    """Ties the stretches of one paragraph to claims."""

    def __init__(self, doc: Doc, number: int, found: list[Stretch], words: Lexicon) -> None:
        self.doc = doc
        self.text = doc.text
        self.number = number
        self.stretches = found
        self.words = words
        self._place = self._token_places()

    def _token_places(self) -> list[int]:
        """For each token the stretch it stands in, or -1."""
        places = [-1] * len(self.doc)
        for index, stretch in enumerate(self.stretches):
            part = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
            if part is not None:
                for i in range(part.start, part.end):
                    places[i] = index
        return places

    def speech(self, index: int) -> bool:
        """Whether stretch ``index`` is speech by its shape."""
        return is_passage(self.stretches[index], self.text)

    def holds(self, place: int) -> Stretch | None:
        """The stretch that holds the character at ``place``."""
        return next((item for item in self.stretches if item.start <= place < item.end), None)

    def tie(self, claims: list[Claim], carried: Claim | None) -> list[Claim]:
        """All claims of the paragraph, those of the passages included, in order."""
        owner: dict[int, Claim] = {}
        for index, stretch in enumerate(self.stretches):
            claim = self._claimant(claims, stretch)
            if claim is not None:
                claim.content.append((stretch.start, stretch.end))
                owner[index] = claim
        for index, stretch in enumerate(self.stretches):
            if index in owner or not self.speech(index):
                continue
            claim = self._continued(index, owner, carried) or self._cued(index) or self._following(index, owner)
            if claim is None:
                claim = self._left_alone(index)
            if claim is None:
                continue
            owner[index] = claim
            if claim.paragraph == self.number:
                claim.content.append((stretch.start, stretch.end))
                if not any(claim is other for other in claims):
                    claims.append(claim)
            else:
                claim.elsewhere.append((self.number, (stretch.start, stretch.end)))
        self.last = owner.get(len(self.stretches) - 1) if self.stretches else None
        return claims

    def _claimant(self, claims: list[Claim], stretch: Stretch) -> Claim | None:
        """The claim whose content takes most of the stretch and whose cue stands outside it."""
        best, most = None, 0
        for claim in claims:
            if any(start < stretch.end and end > stretch.start for start, end in claim.cue):
                continue
            shared = claim.overlap((stretch.start, stretch.end))
            if shared > most or (shared == most and best is not None and shared and claim.length > best.length):
                best, most = claim, shared
        return best if most >= 2 else None

    def _outside(self, index: int) -> _Outside:
        stretch = self.stretches[index]
        before: list[Token] = []
        after: list[Token] = []
        first = next((token.i for token in self.doc if self._place[token.i] == index), 0)
        last = max((i for i, place in enumerate(self._place) if place == index), default=first)
        for i in range(first - 1, -1, -1):
            if self._place[i] != -1 or (self.doc[i].text in _ENDS):
                break
            before.append(self.doc[i])
        inner = self.text[stretch.inner[0] : stretch.inner[1]].rstrip()
        closed = inner.endswith(".") and not stretch.open_end
        for i in range(last + 1, len(self.doc)):
            if self._place[i] != -1:
                break
            after.append(self.doc[i])
            if self.doc[i].text in _ENDS:
                break
        return _Outside(before[::-1], after, closed)

    def _cued(self, index: int) -> Claim | None:
        outside = self._outside(index)
        verb = None
        if outside.after and not (outside.closed and self._starts_sentence(outside.after)):
            verb = self._quoting(outside.after, near_end=False)
        if verb is None and outside.before:
            verb = self._quoting(outside.before, near_end=True)
        if verb is not None:
            after = any(token is verb for token in outside.after)
            source = subject_of(verb)
            if source is None or self._place[source.i] != -1:
                source = beside(verb, inverted=after)
            return Claim(paragraph=self.number, rule="marks", strength=3, cue=cue_span(verb), content=[], source=source, head=verb)
        return self._colon(outside)

    @staticmethod
    def _starts_sentence(after: list[Token]) -> bool:
        first = after[0]
        return first.text[:1].isupper()

    def _quoting(self, tokens: list[Token], *, near_end: bool) -> Token | None:
        order = reversed(tokens) if near_end else iter(tokens)
        for token in order:
            if token.pos_ in ("VERB", "AUX"):
                cue = self.words.verbs.get(token.lemma_.lower())
                if cue is not None and "quote" in cue.frames:
                    return token
        return None

    def _colon(self, outside: _Outside) -> Claim | None:
        if len(outside.before) < 2 or outside.before[-1].text != ":":
            return None
        words = outside.before[:-1]
        source = next((token for token in words if token.dep_ in ("nsubj", "ROOT") and token.pos_ in ("PROPN", "NOUN", "PRON")), None)
        if source is None:
            return None
        colon = outside.before[-1]
        return Claim(paragraph=self.number, rule="colon", strength=3, cue=[(colon.idx, colon.idx + 1)], content=[], source=source, head=colon)

    def _continued(self, index: int, owner: dict[int, Claim], carried: Claim | None) -> Claim | None:
        if index == 0:
            stretch = self.stretches[0]
            starts = not self.text[: stretch.start].strip()
            return carried if carried is not None and starts else None
        previous = owner.get(index - 1)
        if previous is None:
            return None
        gap = self.text[self.stretches[index - 1].end : self.stretches[index].start].strip()
        if not gap:
            return previous
        cue_end = max((end for _, end in previous.cue), default=0)
        inside_gap = cue_end > self.stretches[index - 1].end
        if inside_gap and gap[-1] in ".,;:—-–" and not _breaks(gap[:-1]):
            return previous
        return None

    def _following(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        if index + 1 < len(self.stretches):
            gap = self.text[self.stretches[index].end : self.stretches[index + 1].start].strip()
            if not gap:
                return owner.get(index + 1)
        return None

    def _left_alone(self, index: int) -> Claim | None:
        stretch = self.stretches[index]
        before = [token for token in self.doc if token.idx < stretch.start and self._place[token.i] == -1]
        if not before:
            return None
        sentence = before[-1].sent if before[-1].text in _ENDS or before[-1].text == ":" else None
        if sentence is None or self._place[sentence.root.i] != -1:
            return None
        source = subject_of(sentence.root)
        if source is None:
            return None
        return Claim(paragraph=self.number, rule="alone", strength=2, cue=[], content=[], source=source, head=sentence.root)


_BREAK = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.?!]['”’\"]*\s+(?=[A-Z“\"'])")


def _breaks(gap: str) -> bool:
    """Whether a sentence ends inside ``gap``; "Mr.", "Sen." and initials end none."""
    return _BREAK.search(gap) is not None
