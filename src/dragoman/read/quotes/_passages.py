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

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._marks import Stretch
from dragoman.read.quotes._phrases import cue_span, is_time, sentence_start
from dragoman.read.quotes._sources import beside, premodifies, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.read.quotes._lexicon import Lexicon

_ENDS = (".", "?", "!", "…")
_NAMED = frozenset({"'s", "’s", "titled", "entitled", "dubbed"})
_JOINS = tuple(".,;:—-–")
_PERSONS = frozenset({"he", "she"})
_REACH = 5
_SPEAKING = frozenset({"that", "wh", "fronted", "postposed", "marks", "alone", "colon"})
_SPEECH_END = (*_ENDS, ",", "-", "–", "—")


@dataclass(slots=True)
class _Outside:
    """The words outside the marks beside a stretch, within its sentence."""

    before: list[Token]
    after: list[Token]
    closed: bool


def is_passage(stretch: Stretch, text: str) -> bool:
    """Whether the words between the marks are speech by their shape, not a term or a title."""
    inner = text[stretch.inner[0] : stretch.inner[1]].strip().rstrip("'’”\" ")
    words = inner.split()
    if stretch.open_end or stretch.open_start:
        return len(words) >= 4
    if _goes_on(stretch, text, inner) or (_is_title(words) and not inner.endswith(("?", "!"))):
        return False
    return (len(words) >= 3 and inner.endswith(_SPEECH_END)) or (len(words) >= 2 and inner.endswith((",", "?", "!")))


def _goes_on(stretch: Stretch, text: str, inner: str) -> bool:
    """Whether the marks open in the middle of a clause: ``the "needed reforms."``."""
    before = text[: stretch.start].rstrip()
    return bool(before) and inner[:1].islower() and (before[-1].isalnum() or before[-1] in "’'")


def _is_title(words: list[str]) -> bool:
    """Title case: every longer word has a capital."""
    longer = [word for word in words if len(word.strip(".,!?'’")) > 3]
    return len(longer) >= 1 and len(words) <= 12 and all(not word.lstrip("'‘“(")[:1].islower() for word in longer)


class Passages:
    """Ties the stretches of one paragraph to claims."""

    def __init__(self, doc: Doc, number: int, found: list[Stretch], words: Lexicon) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.number = number
        self.stretches = found
        self.words = words
        self.last: Claim | None = None
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

    def promised(self) -> Claim | None:
        """A claim without content yet, when the paragraph ends in "... said:" and the next one holds the words."""
        if len(self.doc) < 3 or self.doc[-1].text != ":" or (self.stretches and self._place[len(self.doc) - 2] != -1):
            return None
        words = [
            token for token in self.doc[sentence_start(self.doc[-1]) : len(self.doc) - 1] if self._place[token.i] == -1
        ]
        verb = self._quoting(words, backwards=True)
        if verb is not None:
            return self._marked(verb, inverted=False)
        return None

    def tie(self, claims: list[Claim], carried: Claim | None) -> list[Claim]:
        """All claims of the paragraph, those of the passages included."""
        owner = self._owners(claims)
        self._shed(owner)
        self._repair(owner)
        for index, stretch in enumerate(self.stretches):
            if index in owner:
                continue
            claim = self._speech(index, owner, carried) if self.speech(index) else self._scrap(index, owner)
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
            or self._cued(index)
            or self._left_alone(index, owner)
        )

    def _scrap(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        stretch = self.stretches[index]
        return self._following(index, owner) or self._tight(stretch) or self._governed(stretch)

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
            if source is None or verb is None or verb.pos_ != "VERB" or self._place[verb.i] != -1:
                continue
            if self._place[source.i] != -1 and claim.rule in _SPEAKING:
                claim.source = self._subject_outside(verb)

    def _subject_outside(self, verb: Token) -> Token | None:
        """The noun phrase between the marks and the verb, else the one behind the verb."""
        first = verb.i
        while first > 0 and self._place[first - 1] == -1 and self.doc[first - 1].text not in _ENDS:
            first -= 1
        for token in self.doc[first : verb.i]:
            skipped = token.dep_ in ("pobj", "poss", "npadvmod") or is_time(token) or premodifies(token)
            if token.pos_ in ("PROPN", "NOUN", "PRON") and not skipped:
                return token
        return beside(verb, inverted=True)

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
            if self.speech(index) and capital and (not before or before[-1] in ",:;(.?!–—-"):
                held = {item for item, other in owner.items() if other is claim}
                claim.content[:] = [(self.stretches[item].start, self.stretches[item].end) for item in sorted(held)]

    def _tight(self, stretch: Stretch) -> Claim | None:
        """A word or two between marks with a cue right beside them: ``chanting "Strike!"``, ``"No," he said``."""
        part = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
        if part is None or (part.start and self.doc[part.start - 1].lower_ in word_list("naming")):
            return None
        verb = self._touching(part.start - 1, -1, 2) or (
            self._touching(part.end, 1, 4) if self.text[: stretch.inner[1]].endswith((",", "?", "!")) else None
        )
        if verb is None:
            return None
        source = subject_of(verb) or beside(verb, inverted=verb.i >= part.end)
        if source is not None and part.start <= source.i < part.end:
            source = beside(verb, inverted=verb.i >= part.end)
        return Claim(
            paragraph=self.number,
            rule="tight",
            strength=3,
            cue=cue_span(verb),
            content=[],
            source=source,
            head=verb,
        )

    def _governed(self, stretch: Stretch) -> Claim | None:
        """A few quoted words in an object of a reporting verb: ``mocked the plan for its "fairy tales"``."""
        part = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
        inner = self.text[stretch.inner[0] : stretch.inner[1]]
        if (
            part is None
            or " " not in inner.strip()
            or _is_title(inner.split())
            or (part.start and self.doc[part.start - 1].lower_ in _NAMED)
        ):
            return None
        child, verb = part.root, part.root.head
        for _ in range(_REACH):
            if verb.i == child.i or child.dep_ in ("nsubj", "nsubjpass", "advcl", "relcl", "conj", "parataxis", "acl"):
                return None
            cue = self.words.verbs.get(verb.lemma_.lower()) if verb.pos_ == "VERB" else None
            if cue is not None and cue.strength == 3 and self._place[verb.i] == -1:
                direct = next((item for item in verb.rights if item.dep_ == "dobj"), child)
                first = min(direct.left_edge.idx, child.left_edge.idx)
                return Claim(
                    paragraph=self.number,
                    rule="governed",
                    strength=2,
                    cue=cue_span(verb),
                    content=[(first, child.right_edge.idx + len(child.right_edge))],
                    source=subject_of(verb),
                    head=verb,
                )
            child, verb = verb, verb.head
        return None

    def _touching(self, place: int, step: int, reach: int) -> Token | None:
        for _ in range(reach):
            if not 0 <= place < len(self.doc):
                return None
            token = self.doc[place]
            if token.pos_ == "VERB":
                cue = self.words.verbs.get(token.lemma_.lower())
                return token if cue is not None and "quote" in cue.frames and "that" in cue.frames else None
            if self._place[place] != -1 or token.text in _ENDS or (step < 0 and token.text not in (",", ":")):
                return None
            place += step
        return None

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

    def _outside(self, index: int) -> _Outside:
        stretch = self.stretches[index]
        before: list[Token] = []
        after: list[Token] = []
        first = self._place.index(index) if index in self._place else 0
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
        new_sentence = outside.closed and bool(outside.after) and outside.after[0].text[:1].isupper()
        behind = [] if new_sentence and not self._bare(outside.after) else outside.after
        inner = self.text[self.stretches[index].inner[0] : self.stretches[index].inner[1]].rstrip("'’”\" ")
        sides = [(behind, False), (outside.before, True)]
        if not inner.endswith((",", "?", "!", "-", "–", "—")):
            sides.reverse()
        for tokens, backwards in sides:
            verb = self._quoting(tokens, backwards=backwards)
            if verb is not None:
                return self._marked(verb, inverted=not backwards)
        return self._signed(self.stretches[index]) or self._colon(outside)

    def _bare(self, tokens: list[Token]) -> bool:
        """Whether a short sentence only names the speaker: ``"I hope so." Mr. Ruiz said.``."""
        verb = self._quoting(tokens, backwards=False)
        return verb is not None and len(tokens) <= 8 and tokens[-1].i - verb.i <= 2

    def _marked(self, verb: Token, *, inverted: bool) -> Claim:
        source = subject_of(verb)
        if source is None or self._place[source.i] != -1 or is_time(source):
            source = beside(verb, inverted=inverted) or self._subject_outside(verb)
        return Claim(
            paragraph=self.number, rule="marks", strength=3, cue=cue_span(verb), content=[], source=source, head=verb
        )

    def _quoting(self, tokens: list[Token], *, backwards: bool) -> Token | None:
        for token in reversed(tokens) if backwards else tokens:
            if token.pos_ in ("VERB", "AUX"):
                cue = self.words.verbs.get(token.lemma_.lower())
                if cue is not None and cue.strength == 3 and "quote" in cue.frames and cue.frames & {"that", "wh"}:
                    return token
        return None

    def _signed(self, stretch: Stretch) -> Claim | None:
        """A name after a dash at the end of the paragraph: ``"..." — Ann Lee``."""
        found = _SIGNATURE.match(self.text, stretch.end)
        name = self.doc.char_span(*found.span("name"), alignment_mode="contract") if found is not None else None
        if found is None or name is None:
            return None
        return Claim(
            paragraph=self.number,
            rule="signed",
            strength=3,
            cue=[found.span("dash")],
            content=[],
            source=name.root,
            head=name.root,
        )

    def _colon(self, outside: _Outside) -> Claim | None:
        if len(outside.before) < 2 or outside.before[-1].text != ":":
            return None
        words = outside.before[:-1]
        source = next(
            (token for token in words if token.dep_ in ("nsubj", "ROOT") and token.pos_ in ("PROPN", "NOUN", "PRON")),
            None,
        )
        if source is None:
            return None
        colon = outside.before[-1]
        return Claim(
            paragraph=self.number,
            rule="colon",
            strength=3,
            cue=[(colon.idx, colon.idx + 1)],
            content=[],
            source=source,
            head=colon,
        )

    def _continued(self, index: int, owner: dict[int, Claim], carried: Claim | None) -> Claim | None:
        if index == 0:
            stretch = self.stretches[0]
            starts = not self.text[: stretch.start].strip()
            return carried if carried is not None and starts else None
        last = next((place for place in range(index - 1, -1, -1) if place in owner or self.speech(place)), index - 1)
        previous = owner.get(last)
        if previous is None:
            return None
        start = self.stretches[last].end
        gap = self.text[start : self.stretches[index].start].strip()
        if not gap:
            return previous
        cue_end = max((end for _, end in previous.cue), default=0)
        inside_gap = cue_end > start
        if inside_gap and gap.rstrip("'’”\"")[-1:] in _JOINS and not _breaks(gap[:-1]):
            return previous
        return None

    def _following(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        """The claim of the next stretch, where at most its cue stands between: ``"If so," he said, "we ..."``."""
        claim = owner.get(index + 1)
        if claim is None or claim.rule not in _SPEAKING:
            return None
        start, end = self.stretches[index].end, self.stretches[index + 1].start
        gap = self.text[start:end].strip()
        if not gap:
            return claim
        between = claim.paragraph == self.number and any(start <= cue[0] and cue[1] <= end for cue in claim.cue)
        return claim if between and not _breaks(gap) and gap[-1] not in _ENDS else None

    def _left_alone(self, index: int, owner: dict[int, Claim]) -> Claim | None:
        stretch = self.stretches[index]
        before = [token for token in self.doc if token.idx < stretch.start and self._place[token.i] == -1]
        if not before:
            return None
        if before[-1].text not in _ENDS and before[-1].text != ":":
            return None
        root = next(token for token in before[-1].doc[sentence_start(before[-1]) :] if token.head.i == token.i)
        source = subject_of(root) if self._place[root.i] == -1 else None
        if source is None:
            return None
        earlier = next((owner[place] for place in range(index - 1, -1, -1) if place in owner), None)
        if earlier is not None and earlier.paragraph == self.number and source.lower_ in _PERSONS:
            return earlier
        return Claim(paragraph=self.number, rule="alone", strength=2, cue=[], content=[], source=source, head=root)


_SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--?)\s*(?P<name>[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|del|la|van|von|bin|al|ibn)){0,4})[.]?\s*$"
)
_BREAK = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.?!]['”’\"]*\s+(?=[A-Z“\"'])")


def _breaks(gap: str) -> bool:
    """Whether a sentence ends inside ``gap``; "Mr.", "Sen." and initials end none."""
    return _BREAK.search(gap) is not None
