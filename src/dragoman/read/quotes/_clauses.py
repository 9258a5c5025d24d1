"""Claims from the parse: a cue word and the clause or phrase that hangs on it.

1. Every token whose lemma is in the lexicon is looked at once.
2. Its complements (finite clause, infinitive, object, prepositional phrase) are matched with its frames.
3. A clause that comes first ("X is late, she said") is the sentence without the cue's own words.
4. The source is found by :mod:`dragoman.read.quotes._sources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Claim, Span, dateline_end, joined
from dragoman.read.quotes._lexicon import Cue, Lexicon
from dragoman.read.quotes._sources import agent_of, beside, carrier_of, is_time, opening_noun, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_ASKS = frozenset({"if", "whether"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})
_COMMENTS = frozenset({"parataxis", "ccomp", "dep", "conj", "appos", "advcl"})
_CLIMB = frozenset({"pobj", "prep", "advmod", "pcomp", "dobj", "attr", "amod", "npadvmod", "acomp", "nmod", "appos"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What a cue introduces: the frame that fits, the construction's name and the content."""

    frame: str
    rule: str
    content: list[Span]
    extra: Token | None = None


def tokens_span(token: Token) -> Span:
    """The span of a token's whole phrase."""
    left, right = token.left_edge, token.right_edge
    return left.idx, right.idx + len(right)


def _phrase(tokens: Iterable[Token], text: str) -> list[Span]:
    return joined([(token.idx, token.idx + len(token)) for token in tokens], text)


def _is_finite(clause: Token) -> bool:
    if clause.tag_ in ("VBZ", "VBP", "VBD", "MD"):
        return True
    return any(
        child.tag_ in ("MD", "VBZ", "VBP", "VBD")
        or child.dep_ == "mark"
        or (child.dep_ == "aux" and child.lower_ != "to")
        for child in clause.children
    )


def _is_active_finite(verb: Token) -> bool:
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass"}:
        return False
    return verb.tag_ in ("VBD", "VBZ", "VBP") or (verb.tag_ == "VBN" and "aux" in deps)


def _asks(clause: Token) -> bool:
    first = clause.left_edge
    return first.lower_ in _ASKS or first.tag_ in ("WRB", "WP", "WDT", "WP$")


def _without_day(clause: list[Token]) -> list[Token]:
    """A clause without the day of the report at its front: "said on Friday he would ..."."""
    for place in range(min(3, len(clause) - 2)):
        if is_time(clause[place]) and clause[place + 1].text != ",":
            return clause[place + 1 :]
        if clause[place].pos_ not in ("ADP", "ADJ", "ADV"):
            break
    return clause


def _has_to(clause: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in clause.children)


def cue_span(verb: Token, extra: Token | None = None) -> list[Span]:
    """The cue as written: the verb with its auxiliaries, and the preposition that belongs to it."""
    start = verb.i
    for child in verb.lefts:
        if child.dep_ in _AUXILIARIES and child.i >= start - 3 and child.pos_ in ("AUX", "ADV", "PART"):
            start = min(start, child.i)
    if any(token.dep_ in _SUBJECTS or token.pos_ == "PUNCT" for token in verb.doc[start : verb.i]):
        start = verb.i
    spans = [(verb.doc[start].idx, verb.idx + len(verb))]
    if extra is not None:
        spans.append((extra.idx, extra.idx + len(extra)))
    return joined(spans, verb.doc.text)


class ClauseFinder:
    """Claims of one parsed paragraph."""

    def __init__(self, doc: Doc, number: int, words: Lexicon) -> None:
        self.doc = doc
        self.text = doc.text
        self.number = number
        self.words = words
        self._story = dateline_end(doc.text)
        self._turns: dict[int, Token] = {}

    def claims(self) -> Iterator[Claim]:
        """Every claim whose cue stands in the lexicon, in order of the cues."""
        tables = {
            "VERB": (self.words.verbs, self._verb),
            "AUX": (self.words.verbs, self._verb),
            "NOUN": (self.words.nouns, self._noun),
            "ADJ": (self.words.adjectives, self._adjective),
            "ADV": (self.words.adverbs, self._adverb),
        }
        for token in self.doc:
            table = tables.get(token.pos_)
            if table is not None:
                cue = table[0].get(token.lemma_.lower())
                if cue is not None:
                    yield from table[1](token, cue)
                    continue
            if token.lower_ == "according":
                yield from self._according(token)

    def _claim(self, found: _Found, cue: Cue, head: Token, source: Token | None) -> Iterator[Claim]:
        content = [(max(start, self._story), end) for start, end in found.content if end > self._story]
        if not content:
            return
        if source is not None and source.idx < self._story:
            source = beside(head, inverted=False) or opening_noun(head, self._story)
        yield Claim(
            paragraph=self.number,
            rule=found.rule,
            strength=cue.strength,
            cue=cue_span(head, found.extra),
            content=content,
            source=source,
            head=head,
            weak=found.frame in cue.weak,
        )

    def _verb(self, verb: Token, cue: Cue) -> Iterator[Claim]:
        found = self._complement(verb, cue)
        if verb.lemma_ == "make":
            found = self._made_clear(verb)
        if (found is None or found.rule == "obj") and verb.dep_ == "advcl" and verb.left_edge.lower_ == "as":
            if verb.lemma_ in _AS_SAID and self._set_off_by_comma(verb):
                yield from self._as_reported(verb, cue)
                return
        if found is None and "quote" in cue.frames and cue.strength == 3:
            before = self._before(verb)
            found = _Found("quote", "postposed", before) if before else None
        if found is None or (found.rule == "pp" and found.frame not in cue.weak):
            far = self._far_that(verb, cue)
            found = far or found
        if found is None:
            yield from self._passive(verb, cue)
            return
        yield from self._claim(found, cue, verb, self._speaker(verb, found))

    def _made_clear(self, verb: Token) -> _Found | None:
        """ "Made (it) clear that ..."."""
        clear = next((child for child in verb.rights if child.lower_ in ("clear", "plain", "known")), None)
        if clear is None:
            return None
        for child in [*clear.rights, *verb.rights]:
            if child.dep_ in ("ccomp", "advcl", "xcomp") and child.i > clear.i:
                return _Found("that", "that", _phrase(child.subtree, self.text))
        return None

    def _far_that(self, verb: Token, cue: Cue) -> _Found | None:
        """A "that" clause which the parse hung elsewhere: "said for the first time on Monday that ..."."""
        if cue.strength < 3 or "that" not in cue.frames:
            return None
        end = verb.sent.end
        for place in range(verb.i + 1, min(verb.i + 14, end)):
            token = self.doc[place]
            if token.lower_ == "that" and token.tag_ in ("IN", "WDT", "DT") and token.dep_ in ("mark", "nsubj", "det"):
                if token.dep_ != "mark" and token.tag_ != "IN":
                    return None
                return _Found("that", "that", joined([(token.idx, self.doc[end - 1].idx + len(self.doc[end - 1]))], self.text))
            if token.pos_ in ("VERB", "AUX", "SCONJ") or token.text in (",", ";", ":"):
                return None
        return None

    def _speaker(self, verb: Token, found: _Found) -> Token | None:
        if found.rule == "raised":
            return agent_of(verb)
        source = subject_of(self._turns.get(verb.i, verb))
        if source is not None and is_time(source):
            source = None
        if source is None and found.rule not in ("wh", "passive") and _is_active_finite(verb):
            if verb.dep_ != "advcl":
                source = beside(verb, inverted=found.rule in ("fronted", "postposed")) or opening_noun(verb)
        if source is not None and source.lower_ == "it" and found.rule == "that" and source.dep_ == "nsubjpass":
            return None
        return source

    def _passive(self, verb: Token, cue: Cue) -> Iterator[Claim]:
        if "obj" not in cue.frames:
            return
        passive = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if passive is not None:
            found = _Found("obj", "passive", _phrase(passive.subtree, self.text))
            yield from self._claim(found, cue, verb, agent_of(verb))

    def _complement(self, verb: Token, cue: Cue) -> _Found | None:
        children = list(verb.children)
        return self._clause(verb, cue, children) or self._object(verb, cue, [item for item in children if item.i > verb.i])

    def _clause(self, verb: Token, cue: Cue, children: list[Token]) -> _Found | None:
        frames = cue.frames
        for child in children:
            dep = child.dep_
            if dep == "ccomp":
                found = self._finite(verb, child, cue, children)
            elif dep == "advcl" and child.i > verb.i and child.left_edge.lower_ in _ASKS and "wh" in frames:
                found = _Found("wh", "wh", _phrase(child.subtree, self.text))
            elif dep == "xcomp" and child.i > verb.i:
                found = self._infinitive(child, cue, children)
            else:
                continue
            if found is not None:
                return found
        return None

    def _finite(self, verb: Token, clause: Token, cue: Cue, children: list[Token]) -> _Found | None:
        frames = cue.frames
        if clause.i < verb.i:
            if "quote" not in frames or cue.strength < 3 or not self._set_off(verb, clause):
                return None
            both = [item for item in children if item.i == clause.i or (item.dep_ == "ccomp" and _is_finite(item))]
            spans = [span for item in both for span in _phrase(item.subtree, self.text)]
            return _Found("quote", "fronted", joined(spans, self.text))
        if _has_to(clause) and not _is_finite(clause):
            frame = "objto" if "objto" in frames else "to"
            return _Found(frame, "objto", _phrase(clause.subtree, self.text)) if frame in frames else None
        frame = "wh" if _asks(clause) else "that"
        if frame in frames or "quote" in frames:
            return _Found(frame, frame, self._clipped(verb, clause))
        return None

    def _clipped(self, verb: Token, clause: Token) -> list[Span]:
        """The clause without what somebody says next, and with what the parse broke off it."""
        cut: set[int] = set()
        kept: list[Token] = []
        for token in clause.subtree:
            if token.i not in cut and token.i > clause.i and self._next_turn(verb, token):
                cut.update(item.i for item in token.subtree)
            if token.i not in cut:
                kept.append(token)
        kept = _without_day(kept)
        first, last = self._lost_start(verb, kept[0]), kept[-1]
        end = last.i if cut else self._lost_end(verb, last)
        more = [*self.doc[first : kept[0].i], *self.doc[last.i + 1 : end + 1]]
        return _phrase([*kept, *more], self.text)

    def _lost_start(self, verb: Token, first: Token) -> int:
        """Where a clause without "that" begins whose subject the parse gave to the cue: right behind the cue."""
        between = self.doc[verb.i + 1 : first.i]
        if first.lower_ == "that" or first.tag_ in ("WRB", "WP") or not between or verb.lemma_ in _ADDRESSING:
            return first.i
        broken = any(item.head.i == verb.i and item.dep_ in ("dobj", "nsubj", "dep") and not is_time(item) for item in between)
        own = any(item.i > verb.i and item.dep_ in _SUBJECTS for item in verb.children if item.i < verb.i)
        return verb.i + 1 if broken and not own and between[0].dep_ != "prep" else first.i

    def _lost_end(self, verb: Token, last: Token) -> int:
        """Where a clause ends that the parse cut short before its own verb or a second half of its predicate."""
        if last.i + 1 >= len(self.doc):
            return last.i
        following = self.doc[last.i + 1]
        if following.tag_ in ("VBZ", "VBP", "MD", "VBD") and following.sent == verb.sent and following.i != verb.i:
            return self._sentence_end(verb)
        for child in verb.rights:
            first = child.left_edge.i
            if last.i < first <= last.i + 4 and (
                (child.dep_ == "conj" and self._modal_half(child))
                or (child.dep_ == "advcl" and self.doc[first].lower_ in _REASONS)
            ):
                return int(child.right_edge.i)
        return last.i

    @staticmethod
    def _modal_half(verb: Token) -> bool:
        return verb.tag_ == "VB" and not any(child.dep_ in _SUBJECTS for child in verb.children)

    @staticmethod
    def _sentence_end(verb: Token) -> int:
        return int(verb.sent.end - 1)

    def _next_turn(self, verb: Token, token: Token) -> bool:
        """Whether ``token`` begins another report inside a clause, and whose: the speaker's own, or a new one's."""
        if token.pos_ != "VERB" or token.tag_ not in ("VBG", "VBD", "VBZ", "VBP"):
            return False
        cue = self.words.verbs.get(token.lemma_.lower())
        if cue is None or cue.strength < 3:
            return False
        if token.tag_ == "VBG":
            same = token.dep_ in ("advcl", "acl", "ccomp") and self.doc[token.i - 1].text == ","
        else:
            own = any(child.dep_ in _SUBJECTS for child in token.children)
            if own:
                return token.dep_ == "advcl" and token.left_edge.lower_ in _CONTRASTS and "that" in cue.frames
            same = (
                token.dep_ == "conj"
                and token.tag_ == verb.tag_
                and (token.head.tag_ != token.tag_ or any(child.dep_ in ("ccomp", "xcomp") for child in token.children))
            )
        if same:
            self._turns[token.i] = verb
        return same

    def _infinitive(self, clause: Token, cue: Cue, children: list[Token]) -> _Found | None:
        frames = cue.frames
        if not _has_to(clause):
            if clause.tag_ == "VBG" and ("obj" in frames or "ing" in frames):
                return _Found("ing" if "ing" in frames else "obj", "ing", _phrase(clause.subtree, self.text))
            return None
        direct = next((item for item in children if item.dep_ == "dobj" and item.i < clause.i), None)
        if direct is not None:
            if "objto" in frames:
                return _Found("objto", "objto", joined([tokens_span(direct), tokens_span(clause)], self.text))
            return None
        passive = next((item for item in children if item.dep_ == "nsubjpass"), None)
        if passive is not None or "raise" in frames:
            subject = passive or next((item for item in children if item.dep_ == "nsubj"), None)
            if subject is None or not frames & {"raise", "that", "objto"}:
                return None
            frame = "raise" if "raise" in frames else "objto" if "objto" in frames else "that"
            return _Found(frame, "raised", joined([tokens_span(subject), tokens_span(clause)], self.text))
        return _Found("to", "to", _phrase(clause.subtree, self.text)) if "to" in frames else None

    def _object(self, verb: Token, cue: Cue, children: list[Token]) -> _Found | None:
        frames = cue.frames
        direct = next((child for child in children if child.dep_ == "dobj"), None)
        if "wh" in frames and "objto" in frames:
            about = self._prepositional(children, cue, "wh" if verb.lemma_ == "ask" else "pp")
            if about is not None and about.frame in ("pp:about", "pp:on"):
                return about
        if direct is not None:
            tail = [(child, frame) for child in children if child.i > direct.i and (frame := self._tail(child, frames))]
            if tail:
                spans = [tokens_span(direct), *(tokens_span(child) for child, _ in tail)]
                return _Found(tail[0][1], "as", joined(spans, self.text))
            return _Found("obj", "obj", [tokens_span(direct)]) if "obj" in frames else None
        if "small" in frames:
            small = next((child for child in children if child.dep_ in ("oprd", "ccomp", "xcomp")), None)
            if small is not None:
                return _Found("small", "small", _phrase(small.subtree, self.text))
        return self._prepositional(children, cue, "pp")

    def _prepositional(self, children: Iterable[Token], cue: Cue, rule: str) -> _Found | None:
        children = list(children)
        for prep in children:
            if prep.dep_ == "prep" and prep.lower_ in cue.preps:
                inner = [tokens_span(child) for child in prep.children if child.dep_ in ("pobj", "pcomp")]
                if inner:
                    inner += [tokens_span(child) for child in children if child.i > prep.i and self._with_prep(child)]
                    return _Found(f"pp:{prep.lower_}", rule, joined(inner, self.text), prep)
        return None

    @staticmethod
    def _with_prep(child: Token) -> bool:
        """What completes "called on Iran to stop", "referred to him as a friend"."""
        return (child.dep_ in ("xcomp", "advcl") and _has_to(child)) or (child.dep_ == "prep" and child.lower_ == "as")

    @staticmethod
    def _tail(child: Token, frames: frozenset[str]) -> str | None:
        """The frame that a phrase after the object belongs to: "as a success", "of lying", "for the delay"."""
        if child.dep_ == "prep":
            frame = _TAILS.get(child.lower_)
            return frame if frame in frames else None
        return "small" if child.dep_ in ("oprd", "xcomp", "acomp") and "small" in frames else None

    def _before(self, verb: Token) -> list[Span]:
        """The sentence that ``verb`` comments on from its middle or its end."""
        head = verb.head
        if head.i == verb.i or verb.dep_ not in _COMMENTS:
            return []
        if verb.dep_ != "parataxis" and not self._set_off(verb, None):
            return []
        own = {token.i for token in verb.subtree}
        return _phrase((token for token in head.subtree if token.i not in own), self.text)

    def _set_off_by_comma(self, verb: Token) -> bool:
        left, right = verb.left_edge.i, verb.right_edge.i
        after = right + 1 < len(self.doc) and self.doc[right + 1].text == ","
        return after or (left > 0 and self.doc[left - 1].text == ",")

    def _set_off(self, verb: Token, clause: Token | None) -> bool:
        """Whether a comma or a mark parts the reporting words from the clause before them."""
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None and clause is None:
            return False
        first = min(subject.left_edge.i, verb.i) if subject is not None else verb.i
        if clause is not None:
            return any(token.text in _PARTING for token in self.doc[clause.i : first])
        return first > 0 and self.doc[first - 1].text in _PARTING

    def _according(self, token: Token) -> Iterator[Claim]:
        to = next((child for child in token.children if child.lower_ == "to"), None)
        if to is None and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            to = self.doc[token.i + 1]
        source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
        if to is None or source is None:
            return
        content = self._accorded(token)
        if content:
            yield Claim(
                paragraph=self.number,
                rule="according",
                strength=3,
                cue=[(token.idx, to.idx + len(to))],
                content=content,
                source=source,
                head=token,
            )

    def _accorded(self, token: Token) -> list[Span]:
        """The sentence without its "according to": all of it where the phrase opens or closes the sentence."""
        sentence = token.sent
        own = {item.i for item in token.subtree}
        first, last = min(own), max(own)
        tail = all(item.is_punct for item in self.doc[last + 1 : sentence.end])
        if first == sentence.start or (tail and self.doc[first - 1].text == ","):
            return _phrase((item for item in sentence if item.i not in own), self.text)
        root = token.head
        while root.dep_ in _CLIMB and root.head.i != root.i:
            root = root.head
        return _phrase((item for item in root.subtree if item.i not in own), self.text)

    def _as_reported(self, verb: Token, cue: Cue) -> Iterator[Claim]:
        """ "As the ministry said, ...", "as reported by the agency": the main clause is what was said."""
        main = verb.head
        own = {item.i for item in verb.subtree}
        found = _Found("that", "as said", _phrase((item for item in main.subtree if item.i not in own), self.text))
        yield from self._claim(found, cue, verb, self._speaker(verb, found))

    def _noun(self, noun: Token, cue: Cue) -> Iterator[Claim]:
        source = carrier_of(noun)
        for child in noun.rights:
            if child.dep_ == "acl" and "that" in cue.frames and child.left_edge.lower_ == "that":
                found = _Found("that", "noun that", _phrase(child.subtree, self.text))
                yield from self._claim(found, cue, noun, source)
                return
            if child.dep_ in ("acl", "relcl") and "to" in cue.frames and _has_to(child) and source is not None:
                found = _Found("to", "noun to", _phrase(child.subtree, self.text))
                yield from self._claim(found, cue, noun, source)
                return
        prepositional = self._prepositional(noun.rights, cue, "noun pp")
        if prepositional is not None and source is not None:
            yield from self._claim(prepositional, cue, noun, source)

    def _adjective(self, adjective: Token, cue: Cue) -> Iterator[Claim]:
        verb = adjective.head
        if adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX"):
            return
        source = subject_of(verb)
        if source is not None and source.lower_ == "it":
            source = None
        for child in adjective.children:
            found = None
            if child.dep_ == "ccomp" and "that" in cue.frames:
                found = _Found("that", "adjective that", _phrase(child.subtree, self.text))
            elif child.dep_ == "xcomp" and "to" in cue.frames and _has_to(child):
                found = _Found("to", "adjective to", _phrase(child.subtree, self.text))
            if found is not None:
                yield from self._claim(found, cue, adjective, source)
                return
        prepositional = self._prepositional(adjective.children, cue, "adjective pp")
        if prepositional is not None:
            yield from self._claim(prepositional, cue, adjective, source)

    def _adverb(self, adverb: Token, cue: Cue) -> Iterator[Claim]:
        verb = adverb.head
        if verb.pos_ not in ("VERB", "AUX") or adverb.dep_ != "advmod":
            return
        content = _phrase((item for item in verb.subtree if item.i != adverb.i), self.text)
        yield from self._claim(_Found("whole", "adverb", content), cue, adverb, None)


_TAILS = {"as": "as", "of": "objof", "for": "objfor", "on": "objfor", "with": "objwith", "to": "objto"}
_AS_SAID = frozenset("say report note write explain argue observe warn predict tell announce acknowledge state put".split())
_REASONS = frozenset({"because", "if", "since", "unless", "so", "although", "though", "until"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though", "but"})
_ADDRESSING = frozenset(
    "tell assure remind inform warn convince persuade advise notify ask show promise caution teach reassure".split()
)
_PARTING = frozenset({",", "-", "–", "—", "”", '"', "“", "''", "?", "!", "--"})
