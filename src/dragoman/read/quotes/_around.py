"""Cues in the words around a stretch between marks, for what the parse leaves unclaimed.

1. A reporting verb before the marks or behind them, within the sentence.
2. A name after a dash, or before a colon.
3. A word or two between marks with a cue right beside them, or in the object of a reporting verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._marks import Stretch
from dragoman.read.quotes._names import is_person, name_run, run_text
from dragoman.read.quotes._phrases import cue_span, is_time, sentence_start
from dragoman.read.quotes._shapes import ENDS, is_passage, is_title
from dragoman.read.quotes._sources import beside, premodifies, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.read.quotes._lexicon import Lexicon

_NAMED = frozenset({"'s", "’s", "titled", "entitled", "dubbed"})
_REACH = 5
_AT_END = 5
_SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--?)\s*(?P<name>[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|del|la|van|von|bin|al|ibn)){0,4})[.]?\s*$"
)


@dataclass(slots=True)
class _Outside:
    """The words outside the marks beside a stretch, within its sentence."""

    before: list[Token]
    after: list[Token]
    closed: bool


class Surroundings:
    """One paragraph with its stretches; ``place`` gives for each token its stretch, or -1."""

    def __init__(self, doc: Doc, number: int, found: list[Stretch], words: Lexicon) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.number = number
        self.stretches = found
        self.words = words
        self.place = self._token_places()

    def speech(self, index: int) -> bool:
        """Whether stretch ``index`` is speech by its shape."""
        return is_passage(self.stretches[index], self.text)

    def _token_places(self) -> list[int]:
        """For each token the stretch it stands in, or -1."""
        places = [-1] * len(self.doc)
        for index, stretch in enumerate(self.stretches):
            part = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
            if part is not None:
                for i in range(part.start, part.end):
                    places[i] = index
        return places

    def promised(self) -> Claim | None:
        """A claim without content yet, when the paragraph ends in "... said:" and the next one holds the words."""
        if len(self.doc) < 3 or self.doc[-1].text != ":" or (self.stretches and self.place[len(self.doc) - 2] != -1):
            return None
        words = [
            token for token in self.doc[sentence_start(self.doc[-1]) : len(self.doc) - 1] if self.place[token.i] == -1
        ]
        verb = self._quoting(words, backwards=True)
        if verb is not None:
            claim = self._marked(verb, inverted=False)
            claim.rule = "block" if verb.i >= len(self.doc) - _AT_END else claim.rule
            return claim
        source = next((token for token in words if token.dep_ == "nsubj" and token.head.dep_ == "ROOT"), None)
        return self._after_colon(source, self.doc[-1]) if source is not None else None

    def subject_outside(self, verb: Token) -> Token | None:
        """The noun phrase between the marks and the verb, else the one behind the verb."""
        first = verb.i
        while first > 0 and self.place[first - 1] == -1 and self.doc[first - 1].text not in ENDS:
            first -= 1
        for token in self.doc[first : verb.i]:
            skipped = token.dep_ in ("pobj", "poss", "npadvmod") or is_time(token) or premodifies(token)
            if token.pos_ in ("PROPN", "NOUN", "PRON") and not skipped:
                return token
        return beside(verb, inverted=True)

    def tight(self, stretch: Stretch) -> Claim | None:
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

    def governed(self, stretch: Stretch) -> Claim | None:
        """A few quoted words in an object of a reporting verb: ``mocked the plan for its "fairy tales"``."""
        part = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
        inner = self.text[stretch.inner[0] : stretch.inner[1]]
        if (
            part is None
            or " " not in inner.strip()
            or is_title(inner.split())
            or (part.start and self.doc[part.start - 1].lower_ in _NAMED)
        ):
            return None
        child, verb = part.root, part.root.head
        for _ in range(_REACH):
            if verb.i == child.i or child.dep_ in ("nsubj", "nsubjpass", "advcl", "relcl", "conj", "parataxis", "acl"):
                return None
            cue = self.words.verbs.get(verb.lemma_.lower()) if verb.pos_ == "VERB" else None
            if cue is not None and cue.strength == 3 and self.place[verb.i] == -1:
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
            if self.place[place] != -1 or token.text in ENDS or (step < 0 and token.text not in (",", ":")):
                return None
            place += step
        return None

    def _outside(self, index: int) -> _Outside:
        stretch = self.stretches[index]
        before: list[Token] = []
        after: list[Token] = []
        first = self.place.index(index) if index in self.place else 0
        last = max((i for i, place in enumerate(self.place) if place == index), default=first)
        for i in range(first - 1, -1, -1):
            if self.place[i] != -1 or (self.doc[i].text in ENDS):
                break
            if not self.doc[i].is_space:
                before.append(self.doc[i])
        inner = self.text[stretch.inner[0] : stretch.inner[1]].rstrip()
        closed = inner.endswith(".") and not stretch.open_end
        for i in range(last + 1, len(self.doc)):
            if self.place[i] != -1:
                break
            if not self.doc[i].is_space:
                after.append(self.doc[i])
            if self.doc[i].text in ENDS:
                break
        return _Outside(before[::-1], after, closed)

    def beside(self, index: int) -> list[Token]:
        """The words outside the marks beside stretch ``index``, within its sentence."""
        outside = self._outside(index)
        return [*outside.before, *([] if outside.closed else outside.after)]

    def cued(self, index: int) -> Claim | None:
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
        if source is None or self.place[source.i] != -1 or is_time(source):
            source = beside(verb, inverted=inverted) or self.subject_outside(verb)
        return Claim(
            paragraph=self.number, rule="marks", strength=3, cue=cue_span(verb), content=[], source=source, head=verb
        )

    def _quoting(self, tokens: list[Token], *, backwards: bool) -> Token | None:
        for token in reversed(tokens) if backwards else tokens:
            if token.pos_ in ("VERB", "AUX") or (token.lower_ == "read" and not backwards):
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
        run = name_run(words[-1])
        if run is not None and is_person(run_text(self.doc, run)):
            return self._after_colon(words[-1], outside.before[-1])
        source = next(
            (token for token in words if token.dep_ in ("nsubj", "ROOT") and token.pos_ in ("PROPN", "NOUN", "PRON")),
            None,
        )
        if source is None:
            return None
        return self._after_colon(source, outside.before[-1])

    def _after_colon(self, source: Token, colon: Token) -> Claim:
        return Claim(
            paragraph=self.number,
            rule="colon",
            strength=3,
            cue=[(colon.idx, colon.idx + 1)],
            content=[],
            source=source,
            head=colon,
        )
