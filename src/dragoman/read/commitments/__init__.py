"""A ledger of what was promised: clause, by whom, to whom, by when, on what condition, and its reported fate.

1. Verbs and nouns of promise (``world/commitments.psv``) with the clauses they
   govern; a negated, possible or conditional promise is none.
2. ``will`` and ``is to`` in sentences that give the contents of a document.
3. ``would`` with a verb of doing, in what a government says of itself.
4. An accepted invitation.
5. The fate is what the rest of the text says of it: kept, broken, disputed,
   superseded; open where it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.read.commitments._clause import complements, condition_of, extent, is_asserted, lemma, words
from dragoman.read.commitments._fate import fate_of
from dragoman.read.commitments._parties import Parties
from dragoman.read.commitments._will import contents, own_plans
from dragoman.read.findings import Commitment, DateFinding
from dragoman.read.meetings._scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed

__all__ = ["find_commitments"]


def find_commitments(parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> list[Commitment]:
    """The commitments that the text reports, in order; ``by`` and ``to`` are alpha-3 codes (an entity's id without)."""
    finder = _Finder(parsed, index, dates)
    return _distinct(finder.found())


class _Finder:
    def __init__(self, parsed: Parsed, index: EntityIndex, dates: Sequence[DateFinding]) -> None:
        self.parsed = parsed
        self.dates = dates
        self.parties = Parties(Scene(parsed, index))

    def found(self) -> Iterator[Commitment]:
        for paragraph, sentence in self.parsed.sentences():
            for token in sentence:
                low = lemma(token)
                if token.pos_ == "VERB" and low in words("promise") and is_asserted(token):
                    yield from self._by_verb(paragraph, sentence, token)
                elif token.pos_ == "NOUN" and low in words("noun"):
                    yield from self._by_noun(paragraph, sentence, token)
                elif token.pos_ == "VERB" and low in words("accept") and is_asserted(token):
                    yield from self._by_acceptance(paragraph, sentence, token)
        for paragraph, head, by in (*contents(self.parsed, self.parties), *own_plans(self.parsed, self.parties)):
            yield self._made(paragraph, head.sent, head, by, self.parties.to(paragraph, head, by), frozenset())

    def _by_verb(self, paragraph: Paragraph, sentence: Sentence, verb: Token) -> Iterator[Commitment]:
        by = self.parties.mutual(paragraph, verb, self.parties.by(paragraph, verb))
        if not by:
            return
        to = self.parties.to(paragraph, verb, by)
        heads = list(complements(verb))
        if lemma(verb) in words("weak"):
            heads = [head for head in heads if _is_future(head)]
        for head in heads:
            yield self._made(paragraph, sentence, head, by, to, frozenset(item.i for item in heads if item != head))

    def _by_noun(self, paragraph: Paragraph, sentence: Sentence, noun: Token) -> Iterator[Commitment]:
        heads = list(complements(noun))
        if not heads:
            return
        by = self.parties.owner(paragraph, noun)
        governor = next((item for item in noun.ancestors if item.pos_ == "VERB"), None)
        subject_of_clause = tuple(code for head in heads for code in self._own_subject(paragraph, head))
        by = by or subject_of_clause or (self.parties.by(paragraph, governor) if governor is not None else ())
        for head in heads if by else ():
            yield self._made(
                paragraph, sentence, head, by, self.parties.to(paragraph, noun, by),
                frozenset(item.i for item in heads if item != head),
            )  # fmt: skip

    def _own_subject(self, paragraph: Paragraph, head: Token) -> tuple[str, ...]:
        if any(child.dep_ == "nsubj" for child in head.children):
            return self.parties.by(paragraph, head)
        return ()

    def _by_acceptance(self, paragraph: Paragraph, sentence: Sentence, verb: Token) -> Iterator[Commitment]:
        taken = [child for child in verb.children if child.dep_ == "dobj" and lemma(child) in words("accepted")]
        by = self.parties.by(paragraph, verb)
        if taken and by:
            yield self._made(paragraph, sentence, verb, by, self.parties.to(paragraph, verb, by), frozenset())

    def _made(
        self, paragraph: Paragraph, sentence: Sentence, head: Token, by: tuple[str, ...], to: tuple[str, ...],
        others: frozenset[int],
    ) -> Commitment:  # fmt: skip
        start, end = extent(head, others)
        span = paragraph.span_of(head.doc[start:end])
        place = condition_of(head)
        fate, evidence = fate_of(self.parsed, span, head)
        return Commitment(
            span=span, clause=self.parsed.text[span[0] : span[1]], by=by, to=to, due=self._due(span),
            condition=head.doc[place[0] : place[1]].text if place else None, fate=fate,
            evidence=(paragraph.span_of(sentence), *evidence),
        )  # fmt: skip

    def _due(self, span: Span) -> DateFinding | None:
        published = self.parsed.published
        for item in self.dates:
            if span[0] <= item.span[0] and item.span[1] <= span[1] and item.kind == "DATE" and item.end is not None:
                if published is None or item.end[:10] >= published.isoformat():
                    return item
        return None


def _is_future(head: Token) -> bool:
    return any(child.lower_ in {"would", "will", "shall", "to"} for child in head.children if child.dep_ == "aux")


def _distinct(found: Iterator[Commitment]) -> list[Commitment]:
    """Commitments in order, without those whose clause lies inside another's."""
    kept: list[Commitment] = []
    for item in sorted(found, key=lambda c: (c.span[0], -c.span[1])):
        if not kept or item.span[1] > kept[-1].span[1]:
            kept.append(item)
    return kept
