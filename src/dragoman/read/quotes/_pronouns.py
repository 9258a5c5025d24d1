"""Who "he", "she" and "it" are before a reporting verb.

1. Candidates are the subjects before the pronoun, at most two paragraphs back: of "he" and "she" the named
   persons, and the unnamed ones who are newly brought in ("a diplomat"); of "it" the bodies and states.
2. What stands in the reported words is no candidate: in "Berg would stay, he said" he is not Berg.
3. The nearest sentence with a candidate decides; in it the subject of the main clause comes first.
4. A candidate known to be of another sex, by "Mr" and "Ms" or by the world's data, is passed over.
5. Where no subject fits, the last person named in any place whose sex is known to fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Span
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._names import is_person, name_run, plain_phrase, run_text
from dragoman.read.quotes._phrases import sentence_start
from dragoman.read.quotes._tables import names_body
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SEXES = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_THINGS = frozenset({"it", "its"})
_MARKED = {"mr": "m", "sir": "m", "lord": "m", "ms": "f", "mrs": "f", "miss": "f", "madame": "f"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NEW = frozenset({"a", "an", "another", "one"})
_STATES = frozenset({"name", "capital", "seat", "organisation"})
_REACH = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A possible antecedent: its head, the paragraph it stands in, and how it stands there."""

    token: Token
    number: int
    subject: bool
    main: bool
    body: bool


class Pronouns:
    """The antecedents of one article; ``name_of`` gives the full name of a named mention."""

    def __init__(self, docs: Sequence[Doc], name_of: Callable[[Token, int], str | None]) -> None:
        self._found = [_mentions(doc, number) for number, doc in enumerate(docs)]
        self._name_of = name_of

    def of(self, pronoun: Token, number: int, content: Sequence[Span]) -> tuple[Token, int] | None:
        """The head and paragraph of who ``pronoun`` stands for; ``content`` is what is reported there."""
        word = pronoun.lower_
        if word not in _SEXES and word not in _THINGS:
            return None
        before = list(self._before(pronoun, number, content, body=word in _THINGS))
        sex = _SEXES.get(word)
        fitting = [item for item in before if item.subject and self._fits(item, sex)]
        chosen = _chosen(fitting) or next((item for item in before if sex and self._sex(item) == sex), None)
        return (chosen.token, chosen.number) if chosen is not None else None

    def _before(self, pronoun: Token, number: int, content: Sequence[Span], *, body: bool) -> Iterator[Mention]:
        """The candidates before a pronoun, the nearest first."""
        for place in range(number, max(number - _REACH, 0) - 1, -1):
            for item in reversed(self._found[place]):
                here = place == number
                at = item.token.idx
                if item.body != body or (here and at >= pronoun.idx):
                    continue
                if not (here and any(start <= at < end for start, end in content)):
                    yield item

    def _fits(self, item: Mention, sex: str | None) -> bool:
        return sex is None or self._sex(item) in (None, sex)

    def _sex(self, item: Mention) -> str | None:
        run = name_run(item.token) if item.token.pos_ == "PROPN" else None
        if run is None:
            return None
        title = item.token.doc[run[0] - 1].lower_.rstrip(".") if run[0] else ""
        if title in _MARKED:
            return _MARKED[title]
        person = world().leader(self._name_of(item.token, item.number) or "")
        return person.sex if person is not None else None


def _chosen(fitting: Sequence[Mention]) -> Mention | None:
    """Of the nearest sentence the last subject of a main clause, else its last one."""
    if not fitting:
        return None
    first = fitting[0]
    start = sentence_start(first.token)
    same = [item for item in fitting if item.number == first.number and sentence_start(item.token) == start]
    return next((item for item in same if item.main), first)


def _mentions(doc: Doc, number: int) -> list[Mention]:
    found = []
    last = -1
    for token in doc:
        if token.pos_ == "PROPN" and token.i >= last:
            run = name_run(token)
            if run is None:
                continue
            last = run[1]
            found.append(_named(doc, run, number))
        elif token.pos_ == "NOUN" and token.dep_ in _SUBJECTS:
            found.append(_unnamed(token, number))
    return [item for item in found if item is not None]


def _named(doc: Doc, run: tuple[int, int], number: int) -> Mention | None:
    name, final = run_text(doc, run), doc[run[1] - 1]
    subject = final.dep_ in _SUBJECTS or final.head.dep_ == "nsubj"
    holder = final if final.dep_ in _SUBJECTS else final.head
    main = subject and _is_main(holder)
    if is_person(name):
        return Mention(final, number, subject, main, body=False)
    body = names_body(name) or any(item.way in _STATES for item in world().lookup(name))
    return Mention(final, number, subject, main, body=True) if body and final.dep_ in _SUBJECTS and main else None


def _unnamed(noun: Token, number: int) -> Mention | None:
    phrase = plain_phrase(noun) or ""
    main = _is_main(noun)
    if noun.tag_ == "NN" and any(child.lower_ in _NEW for child in noun.children) and _is_person_noun(noun, phrase):
        return Mention(noun, number, subject=True, main=main, body=False)
    return Mention(noun, number, subject=True, main=main, body=True) if main and names_body(phrase) else None


def _is_person_noun(noun: Token, phrase: str) -> bool:
    return noun.lower_ in word_list("persons") or any(title.end == len(phrase) for title in world().titles(phrase))


def _is_main(subject: Token) -> bool:
    """Whether a subject is that of the main clause of its sentence."""
    verb = subject.head
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return bool(verb.dep_ == "ROOT")
