"""Relations of two parties that a text mentions in passing: who has an embassy, an ally, a border, a patron, a dispute.

1. A noun of the table ``world/relations.psv`` with two parties: its owner and whom it names ("X's main ally, Y",
   "Y is an ally of X"), "between X and Y", "X has no ... with Y", "the X-Y border".
2. The verbs "borders" and "is allied with".
3. Diplomatic relations need the word "diplomatic"; negated, severed, broken or cut they are none that there are.
4. Only what the text tells as a fact; ``says`` is who is named as saying it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.findings import DateFinding, Relation, RelationKind
from dragoman.read.promises._clause import SUBJECTS, lemma
from dragoman.read.promises._holders import Holders
from dragoman.read.syntax import analyse
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference import Reference

_ENDED = frozenset({"sever", "break", "cut", "suspend", "end"})
_TOLD = frozenset({"asserted", "denied"})
_BEING = frozenset({"be", "become", "remain", "stay"})


def find_relations(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Relation]:
    """The relations that the text mentions, each pair and kind of a sentence once, in order."""
    holders = Holders(parsed, reference)
    found: dict[tuple[object, ...], Relation] = {}
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            for kind, pair in _of(holders, paragraph, token):
                span = paragraph.span_of(sentence)
                made = Relation(
                    parties=pair, kind=kind, since=_since(span, dates, kind), says=says(holders, paragraph, token),
                    span=span,
                )  # fmt: skip
                found.setdefault((span, kind, frozenset(pair)), made)
    return list(found.values())


@cache
def _kinds() -> dict[str, RelationKind]:
    return {word: kind for kind, cell in rows("relations.psv", 2) for word in listed(cell)}  # type: ignore[misc]


def _of(holders: Holders, paragraph: Paragraph, token: Token) -> Iterator[tuple[RelationKind, tuple[str, str]]]:
    if token.lower_ in {"borders", "bordered"} and 0 < token.i < len(token.doc) - 1:
        around = [token.doc[token.i - 1], token.doc[token.i + 1]]
        before, after = (_named(holders, paragraph, [word]) for word in around)
        yield from _pairs("border", before, after)
    if token.lower_ == "allied" and token.pos_ in {"VERB", "ADJ"}:
        subjects = [child for near in (token, token.head) for child in near.children if child.dep_ in SUBJECTS]
        yield from _pairs(
            "alliance", _who(holders, paragraph, subjects), _behind(holders, paragraph, token, "with", "to")
        )
        return
    kind = _kinds().get(lemma(token)) if token.pos_ == "NOUN" else None
    if kind is None or (kind == "diplomatic relations" and not _is_diplomatic(token)) or not _is_told(token):
        return
    if kind == "diplomatic relations" and _is_none(token):
        kind = "no diplomatic relations"
    between = _behind(holders, paragraph, token, "between")
    if len(between) == 2:
        yield from _pairs(kind, between[:1], between[1:])
        return
    for first, second in _sides(holders, paragraph, token, kind):
        yield from _pairs(kind, first, second)


def _sides(
    holders: Holders, paragraph: Paragraph, noun: Token, kind: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Whose it is, and who it is or with whom."""
    own = [child for child in noun.children if child.dep_ in {"poss", "nmod", "compound", "amod"}]
    owners = _who(holders, paragraph, [child for child in own if child.dep_ == "poss"])
    if kind in {"alliance", "patron"}:
        owners = owners or _named(holders, paragraph, own) or _behind(holders, paragraph, noun, "of", "to")
        yield owners, _bearer(holders, paragraph, noun)
        return
    named = _named(holders, paragraph, own)
    if len(named) == 2:
        yield named[:1], named[1:]
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else noun.head.head
    subjects = holders.by(paragraph, verb) if verb.pos_ in {"VERB", "AUX"} and kind != "dispute" else ()
    partner = _behind(holders, paragraph, noun, "with") or _behind(holders, paragraph, verb, "with")
    yield owners or named or subjects, partner
    if len(subjects) == 2 and not partner and kind.endswith("relations"):
        yield subjects[:1], subjects[1:]


def _bearer(holders: Holders, paragraph: Paragraph, noun: Token) -> tuple[str, ...]:
    """Who is the ally: the noun beside it, or the subject of "is"."""
    if noun.dep_ == "appos":
        return _who(holders, paragraph, [noun.head])
    beside = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ == "attr" and lemma(noun.head) in _BEING:
        return holders.by(paragraph, noun.head)
    return _who(holders, paragraph, beside)


def _pairs(
    kind: RelationKind, first: tuple[str, ...], second: tuple[str, ...]
) -> Iterator[tuple[RelationKind, tuple[str, str]]]:
    for one in first:
        for other in second:
            if one != other:
                yield kind, (one, other)


def _who(holders: Holders, paragraph: Paragraph, tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for token in tokens for party in holders.who(paragraph, token)))


def _named(holders: Holders, paragraph: Paragraph, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The states and bodies that words before a noun name: "the Russia-Japan border", "a US ally"."""
    found = [holders.reference.at(paragraph.span_of(token)) for one in tokens for token in one.subtree]
    return holders.ids(entity for entity in found if entity is not None and entity.kind != "person")


def _behind(holders: Holders, paragraph: Paragraph, word: Token, *prepositions: str) -> tuple[str, ...]:
    named = [
        item for child in word.children if child.dep_ == "prep" and child.lower_ in prepositions
        for item in child.children if item.dep_ == "pobj"
    ]  # fmt: skip
    places = [holders.reference.at(paragraph.span_of(item)) for one in named for item in (one, *one.conjuncts)]
    return _who(holders, paragraph, named) or holders.ids(place for place in places if place is not None)


def _is_diplomatic(noun: Token) -> bool:
    return any(child.lower_ == "diplomatic" for child in noun.children)


def _is_none(noun: Token) -> bool:
    verb = noun.head
    negated = verb.pos_ == "VERB" and any(child.dep_ == "neg" for child in verb.children)
    return negated or lemma(verb) in _ENDED or any(child.lower_ == "no" for child in noun.children)


def _is_told(noun: Token) -> bool:
    sentence = analyse(noun.sent)
    words = [noun, noun.head] if noun.head.pos_ == "VERB" else [noun]
    told = all(sentence.factuality(word.i - sentence.first) in _TOLD for word in words)
    return told and not noun.sent.text.rstrip().endswith("?")


def _since(span: tuple[int, int], dates: Sequence[DateFinding], kind: RelationKind) -> DateFinding | None:
    """The day or year of the sentence, for what begins and ends."""
    if kind in {"border", "dispute"}:
        return None
    inside = (item for item in dates if span[0] <= item.span[0] and item.span[1] <= span[1] and item.kind == "DATE")
    return next((item for item in inside if item.start is not None), None)


def says(holders: Holders, paragraph: Paragraph, token: Token) -> str | None:
    """The name of who is named as saying what a word is part of."""
    sentence = analyse(token.sent)
    source = sentence.source(token.i - sentence.first)
    if source is None:
        return None
    known = holders.reference.who(paragraph, token.doc[sentence.first + source])
    return known[0].name if known else None
