"""Quoted passages: who speaks in each stretch between marks.

1. A claim of the parse that overlaps a stretch grows to hold all of it.
2. What is left over is tied to a cue in the words outside the marks of its sentence: before it
   (``He said, "...``), after it (``..." said the minister``), or a colon.
3. A stretch after a closed cue sentence (``"...," she said. "...``) goes on with the same claim.
4. A stretch that opens a paragraph after one that never closed goes on with its speaker.
5. A whole sentence between marks that nothing claims is given to the subject of the sentence before.
6. A whole sentence between marks beside which no verb stands goes on with who spoke last, in the paragraph
   or at the end of the one before.
7. A short stretch inside somebody's clause and under no cue is a scare quote, and is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.quotes._around import Surroundings
from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._marks import Stretch
from dragoman.read.quotes._phrases import is_active_finite, sentence_start
from dragoman.read.quotes._shapes import ENDS, breaks
from dragoman.read.quotes._sources import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.read.quotes._lexicon import Lexicon

_JOINS = tuple(".,;:—-–")
_PERSONS = frozenset({"he", "she"})
_VERBAL = frozenset({"VERB", "AUX"})
_ACTORS = frozenset({"nsubj", "nsubjpass"})
SPEAKING = frozenset({"that", "wh", "fronted", "postposed", "marks", "block", "alone", "colon"})


class Passages:
    """Ties the stretches of one paragraph to claims."""

    def __init__(self, doc: Doc, number: int, found: list[Stretch], words: Lexicon) -> None:
        self.doc = doc
        self.around = Surroundings(doc, number, found, words)
        self.text = self.around.text
        self.number = number
        self.stretches = found
        self.last: Claim | None = None
        self.before: Claim | None = None

    def tie(self, claims: list[Claim], carried: Claim | None, before: Claim | None = None) -> list[Claim]:
        """All claims of the paragraph, those of the passages included.

        ``carried`` is an open quote or a promised one; ``before`` who spoke last in the paragraph before.
        """
        self.before = before
        owner = self._owners(claims)
        self._shed(owner)
        self._repair(owner)
        for index, stretch in enumerate(self.stretches):
            if index in owner:
                continue
            claim = self._speech(index, owner, carried) if self.around.speech(index) else self._scrap(index, owner)
            if claim is not None:
                owner[index] = claim
                self._give(claim, stretch)
                if claim.paragraph == self.number and not any(claim is other for other in claims):
                    claims.append(claim)
        self.last = owner.get(len(self.stretches) - 1)
        return claims

    def _owners(self, claims: list[Claim]) -> dict[int, Claim]:
        """The claims of the parse that hold stretches already."""
        owner: dict[int, Claim] = {}
        for index, stretch in enumerate(self.stretches):
            claim = self._claimant(claims, stretch)
            if claim is not None:
                claim.content.append((stretch.start, stretch.end))
                owner[index] = claim
        return owner

    def _speech(self, index: int, owner: dict[int, Claim], carried: Claim | None) -> Claim | None:
        return (
            self._continued(index, owner, carried)
            or self._following(index, owner)
            or self.around.cued(index)
            or self._left_alone(index, owner)
            or self._went_on(index, owner)
        )

    def _scrap(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        stretch = self.stretches[index]
        return self._following(index, owner) or self.around.tight(stretch) or self.around.governed(stretch)

    def _give(self, claim: Claim, stretch: Stretch) -> None:
        span = (stretch.start, stretch.end)
        if claim.paragraph == self.number:
            claim.content.append(span)
        else:
            claim.elsewhere.append((self.number, span))

    def _repair(self, owner: dict[int, Claim]) -> None:
        """Give a reporting verb outside the marks a subject outside the marks."""
        for claim in owner.values():
            source, verb = claim.source, claim.head
            if verb is None or verb.pos_ != "VERB" or self.around.place[verb.i] != -1 or claim.rule not in SPEAKING:
                continue
            lost = source is None and is_active_finite(verb)
            if lost or (source is not None and self.around.place[source.i] != -1):
                claim.source = self.around.subject_outside(verb)

    def _shed(self, owner: dict[int, Claim]) -> None:
        """Drop what a parse put before a quoted sentence: only the words between the marks are said."""
        firsts: dict[int, tuple[Claim, int]] = {}
        for index, claim in owner.items():
            if claim.rule in ("fronted", "postposed"):
                firsts.setdefault(id(claim), (claim, index))
        for claim, index in firsts.values():
            stretch = self.stretches[index]
            before = self.text[: stretch.start].rstrip()
            capital = self.text[stretch.inner[0] : stretch.inner[0] + 1].isupper()
            if self.around.speech(index) and capital and (not before or before[-1] in ",:;(.?!–—-"):
                held = {item for item, other in owner.items() if other is claim}
                claim.content[:] = [(self.stretches[item].start, self.stretches[item].end) for item in sorted(held)]

    def _claimant(self, claims: list[Claim], stretch: Stretch) -> Claim | None:
        """The claim whose content takes most of the stretch and whose cue stands outside it."""
        best, most = None, 0
        for claim in claims:
            if any(start < stretch.end and end > stretch.start for start, end in claim.cue):
                continue
            shared = claim.overlap((stretch.start, stretch.end)) or self._touches(claim, stretch)
            if shared > most or (shared == most and best is not None and shared and claim.length > best.length):
                best, most = claim, shared
        return best if most >= 2 else None

    def _touches(self, claim: Claim, stretch: Stretch) -> int:
        """A content that ends right before the marks: ``called the rules "strong"``."""
        ends = any(end <= stretch.start and not self.text[end : stretch.start].strip() for _, end in claim.content)
        return 2 * (ends and claim.rule in ("as", "small", "obj", "pp", "that"))

    def _continued(self, index: int, owner: dict[int, Claim], carried: Claim | None) -> Claim | None:
        if index == 0:
            stretch = self.stretches[0]
            starts = not self.text[: stretch.start].strip()
            return carried if carried is not None and starts else None
        last = next(
            (place for place in range(index - 1, -1, -1) if place in owner or self.around.speech(place)), index - 1
        )
        previous = owner.get(last)
        if previous is None:
            return None
        start = self.stretches[last].end
        gap = self.text[start : self.stretches[index].start].strip()
        if not gap:
            return previous
        cue_end = max((end for _, end in previous.cue), default=0)
        inside_gap = cue_end > start
        if inside_gap and gap.rstrip("'’”\"")[-1:] in _JOINS and not breaks(gap[:-1]):
            return previous
        return None

    def _following(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        """The claim of the next stretch, where at most its cue stands between: ``"If so," he said, "we ..."``."""
        claim = owner.get(index + 1)
        if claim is None or claim.rule not in SPEAKING:
            return None
        start, end = self.stretches[index].end, self.stretches[index + 1].start
        gap = self.text[start:end].strip()
        if not gap:
            return claim
        between = claim.paragraph == self.number and any(start <= cue[0] and cue[1] <= end for cue in claim.cue)
        return claim if between and not breaks(gap) and gap[-1] not in ENDS else None

    def _left_alone(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        stretch = self.stretches[index]
        before = [token for token in self.doc if token.idx < stretch.start and self.around.place[token.i] == -1]
        if not before:
            return None
        if before[-1].text not in ENDS and before[-1].text != ":":
            return None
        told = before[-1].doc[sentence_start(before[-1]) :]
        root = next((token for token in told if token.head.i == token.i), None)
        source = subject_of(root) if root is not None and self.around.place[root.i] == -1 else None
        if root is None or source is None:
            return None
        earlier = next((owner[place] for place in range(index - 1, -1, -1) if place in owner), None)
        if earlier is not None and earlier.paragraph == self.number and source.lower_ in _PERSONS:
            return earlier
        return Claim(paragraph=self.number, rule="alone", strength=2, cue=[], content=[], source=source, head=root)

    def _went_on(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        """Who spoke last, where the words beside the marks have no verb: ``In the north, by contrast, "...".``."""
        stretch = self.stretches[index]
        beside = self.around.beside(index)
        if any(token.pos_ in _VERBAL or token.dep_ in _ACTORS for token in beside):
            return None
        earlier = next((owner[place] for place in range(index - 1, -1, -1) if place in owner), None)
        if earlier is not None and earlier.rule in SPEAKING:
            return earlier
        broken = stretch.open_end and len(self.stretches) > 1
        return None if self.text[: stretch.start].strip() or index or broken else self.before
