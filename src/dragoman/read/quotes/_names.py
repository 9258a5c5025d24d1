"""The words that name a speaker, and the name behind a surname or a pronoun.

1. The span is the noun phrase of the source, appositions and relative clauses with it, clipped at the
   cue and at the content.
2. A name is a run of proper nouns without its titles; a surname alone takes the fullest name in the
   article that ends in it.
3. A relative pronoun is the noun it stands for; other pronouns are looked up in ``_pronouns``.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim, Span, dateline_end, trimmed
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.read.quotes._descriptions import Description

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers"})
_VAGUE = frozenset({"they", "it", "them", "their", "its", "i", "we", "you", "me", "us", "my", "our", "your"})
_CONNECTED = frozenset({"conj", "xcomp", "ccomp", "advcl"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "madame", "mr.", "mrs.", "ms.", "dr.", "miss"})


def source_span(claim: Claim, doc: Doc) -> Span | None:
    """The noun phrase of the source as an offset span, clipped at the cue and at the content."""
    head = claim.source
    if head is None:
        return None
    start, end = max(head.left_edge.idx, dateline_end(text_of(doc))), head.right_edge.idx + len(head.right_edge)
    start = min(start, head.idx)
    for cut_start, cut_end in [*claim.cue, *claim.content]:
        if head.idx < cut_start < end:
            end = cut_start
        if start < cut_end <= head.idx:
            start = cut_end
    span = trimmed((start, end), text_of(doc))
    return span if span[1] > span[0] else None


def antecedent(head: Token) -> Token:
    """The noun that a relative pronoun stands for; other tokens stand for themselves."""
    if head.lower_ not in _RELATIVE or head.dep_ not in ("nsubj", "nsubjpass", "dobj", "poss"):
        return head
    verb = head.head
    while verb.dep_ in _CONNECTED and verb.head.i != verb.i:
        verb = verb.head
    return verb.head if verb.dep_ in ("relcl", "acl") else head


@cache
def _title_words() -> frozenset[str]:
    """Words of titles ("foreign", "minister") that begin no name of a state, and honorifics."""
    known = world()
    words = {word for item in known.offices.values() for title in item.words for word in title.split()}
    named = {
        word.lower()
        for state in known.states.values()
        for name in (*state.names, *state.adjectives)
        for word in name.split()
    }
    titles = {word for word in words - named if word.rstrip(".").isalpha() and len(word) > 2}
    return frozenset(titles | {word.rstrip(".") for word in titles} | _HONORIFICS)


def is_title_word(word: str) -> bool:
    """Whether a word belongs to a title or an honorific."""
    return word.lower() in _title_words()


def is_honorific(word: str) -> bool:
    """Whether a word is "Mr." and the like, which says nothing of an office."""
    return word.lower() in _HONORIFICS


def name_run(head: Token) -> tuple[int, int] | None:
    """The run of proper nouns around ``head`` as token indices, titles at its front left out."""
    if head.pos_ != "PROPN":
        return None
    doc, first, last = head.doc, head.i, head.i + 1
    while first > 0 and (doc[first - 1].pos_ == "PROPN" or _hyphened(doc, first)):
        first -= 1
    while last < len(doc) and (doc[last].pos_ == "PROPN" or (doc[last].text == "-" and _hyphened(doc, last + 1))):
        last += 1
    first += _body_before(doc, first, last)
    while first < last - 1 and (is_title_word(doc[first].text) or doc[first].lower_ in word_list("weekdays")):
        first += 1
    return first, last


def _body_before(doc: Doc, first: int, last: int) -> int:
    """How many words at the front of a run name a body before a person's full name: "UN Ana Ruiz"."""
    for length in (2, 1):
        if last - first >= length + 2:
            readings = world().lookup(doc[first : first + length].text)
            if readings and all(item.way == "organisation" for item in readings):
                return length
    return 0


def _hyphened(doc: Doc, place: int) -> bool:
    """Whether the token before ``place`` is the hyphen of a name: ``Kim Jong - un``."""
    if place < 2 or place > len(doc):
        return False
    mark = doc[place - 1]
    return mark.text == "-" and not mark.whitespace_ and not doc[place - 2].whitespace_


def run_text(doc: Doc, run: tuple[int, int]) -> str:
    """The text of a run of tokens without possessive endings."""
    text: str = doc[run[0] : run[1]].text
    return text.removesuffix("'s").removesuffix("’s").strip(" ,.")


def is_person(name: str) -> bool:
    """Whether a name has the shape of a person's: no word of an organisation, no state, place or body known."""
    words = name.split()
    if (
        not words
        or not words[-1][:1].isupper()
        or not words[-1][-1:].isalpha()
        or any(word in word_list("not-persons") for word in words)
        or (len(words) == 1 and (words[0] in word_list("lone-places") or is_title_word(words[0])))
    ):
        return False
    readings = world().lookup(name)
    return not readings or any(item.way == "person" for item in readings)


class Cast:
    """The persons of one article: where each is named, and who "he" or "she" was last."""

    def __init__(self, docs: list[Doc]) -> None:
        self.mentions: dict[str, list[Token]] = defaultdict(list)
        self.described: dict[str, list[Description]] = {}
        self._full: dict[str, str] = {}
        self._shared: set[str] = set()
        for doc in docs:
            self._read(doc)

    def _read(self, doc: Doc) -> None:
        last = -1
        for token in doc:
            if token.pos_ != "PROPN" or token.i < last:
                continue
            run = name_run(token)
            if run is None:
                continue
            last = run[1]
            name = run_text(doc, run)
            final = doc[run[1] - 1]
            if not is_person(name):
                continue
            self._add(name, final)

    def _add(self, name: str, final: Token) -> None:
        words = name.split()
        self.mentions[words[-1]].append(final)
        keys = {words[-1], words[0]} if _family_first(words) else {words[-1]}
        for key in keys:
            known = self._full.get(key)
            if known is None or len(known.split()) < len(words) <= 4:
                self._full[key] = name
            elif len(words) > 1 and words[0] == key and known != name:
                self._shared.add(key)

    def full(self, name: str) -> str:
        """The fullest name in the article for ``name``."""
        words = name.split()
        known = self._full.get(words[-1]) if words and words[-1] not in self._shared else None
        return known if known is not None and (len(words) == 1 or set(words) <= set(known.split())) else name

    def name_of(self, head: Token) -> str | None:
        """The full name of who ``head`` stands for, as far as its own words make it plain."""
        real = antecedent(head)
        if real.lower_ in _PRONOUNS or real.lower_ in _VAGUE:
            return None
        run = self.person_run(real)
        if run is not None:
            return self.full(run_text(real.doc, run))
        return plain_phrase(real)

    @staticmethod
    def person_run(head: Token) -> tuple[int, int] | None:
        """The run of the person that ``head`` names, or that is put beside it: "the minister, Ri Yong Ho"."""
        beside = (child for child in head.children if child.dep_ == "appos")
        for token in (head, *beside, *_put_beside(head), *_behind_body(head)):
            run = name_run(token)
            if run is not None and is_person(run_text(head.doc, run)):
                return run
        return None


def _put_beside(head: Token) -> list[Token]:
    """The name right behind a title where the parse parts them: "its lawmaker Ana Falk", "the premier, Ana Falk,"."""
    doc = head.doc
    if head.pos_ != "NOUN" or not is_title_word(head.text) or head.i + 2 >= len(doc):
        return []
    comma = doc[head.i + 1].text == ","
    name = doc[head.i + 1 + comma]
    run = name_run(name) if name.pos_ == "PROPN" else None
    if run is None or run[0] != name.i or (comma and (run[1] >= len(doc) or doc[run[1]].text != ",")):
        return []
    return [name]


def _behind_body(head: Token) -> list[Token]:
    """The name behind the body of a title: "the ambassador to the United Nations Ana Ruiz"."""
    if not is_title_word(head.text):
        return []
    nouns = [child for prep in head.rights if prep.dep_ == "prep" for child in prep.rights if child.pos_ == "PROPN"]
    return [noun for noun in nouns if (run := name_run(noun)) and run[0] > 0 and _follows_body(noun.doc, run)]


def _follows_body(doc: Doc, run: tuple[int, int]) -> bool:
    readings = [item for length in (1, 2) for item in world().lookup(doc[max(run[0] - length, 0) : run[0]].text)]
    return run[1] - run[0] > 1 and any(item.way == "organisation" for item in readings)


def _family_first(words: list[str]) -> bool:
    """Korean names by their shape: ``Kim Jong-un``, ``Moon Jae-in``."""
    return len(words) == 2 and "-" in words[1]


def plain_phrase(head: Token) -> str | None:
    """A noun with what stands before it, without articles: "senior officials", "White House"."""
    doc, first = head.doc, head.left_edge.i
    while first < head.i and doc[first].pos_ in ("DET", "PUNCT", "ADV", "CCONJ", "SCONJ"):
        first += 1
    text: str = doc[first : head.i + 1].text
    return text.strip(" ,") or None
