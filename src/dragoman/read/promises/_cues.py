"""Promises by the words of promise: verbs, nouns and adjectives with the clauses that they govern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.promises._candidate import Candidate
from dragoman.read.promises._clause import (
    SUBJECTS,
    VERBS,
    complements,
    condition_of,
    is_asserted,
    is_future,
    is_question,
    lemma,
    strayed,
    things,
    words,
)
from dragoman.read.reference.quotation import in_quotation
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.promises._holders import Holders

_TOLD = frozenset({"asserted", "planned"})


def by_cues(parsed: Parsed, holders: Holders) -> Iterator[Candidate]:
    """Every promise that a word of the table makes, in order of the words."""
    finder = _Finder(holders)
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            yield from finder.of(paragraph, token)


def is_told(token: Token) -> bool:
    """Whether the act of a word is told as done or planned, and not as wished, denied, possible or supposed."""
    sentence = analyse(token.sent)
    return sentence.factuality(token.i - sentence.first) in _TOLD


class _Finder:
    def __init__(self, holders: Holders) -> None:
        self.holders = holders

    def of(self, paragraph: Paragraph, token: Token) -> Iterator[Candidate]:
        low = lemma(token)
        if token.pos_ == "VERB" and low in words("bind") and (bound := self._bound(paragraph, token)):
            yield from bound
        elif low in words("pledged") and (token.pos_ == "ADJ" or (token.pos_ == "VERB" and _is_passive(token))):
            yield from self._by_adjective(paragraph, token)
        elif token.pos_ in VERBS and low in words("promise") and is_asserted(token) and is_told(token):
            yield from self._by_verb(paragraph, token)
            yield from self._promised_thing(paragraph, token)
            yield from self._by_goal(paragraph, token) if low in words("set") else ()
        elif (token.pos_ == "NOUN" and low in words("noun")) or (low == "word" and _has_owner(token)):
            yield from self._by_noun(paragraph, token)
        elif token.pos_ == "VERB" and low in words("accept") and is_asserted(token) and is_told(token):
            yield from self._by_acceptance(paragraph, token)
        elif token.pos_ == "VERB" and low in words("set") and is_asserted(token) and is_told(token):
            yield from self._by_goal(paragraph, token)
            yield from self._announced(paragraph, token)
        elif token.pos_ == "VERB" and low in words("conclude") and is_asserted(token) and is_told(token):
            yield from self._announced(paragraph, token)

    def _by_verb(self, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
        by = self.holders.mutual(paragraph, verb, self.holders.by(paragraph, verb))
        heads = list(complements(verb))
        if not by:
            by = tuple(dict.fromkeys(code for head in heads for code in self._own_subject(paragraph, head)))
        bare = not heads and by and lemma(verb) in words("thing") and not in_quotation(verb)
        heads = list(things(verb)) if bare else heads
        if not heads and by and lemma(verb) in words("gives"):
            heads = [child for child in verb.children if child.dep_ == "dobj" and _is_amount(child)]
        if lemma(verb) == "decide":
            heads = [head for head in heads if lemma(head) in words("deed") | words("work") | words("abstained")]
        if lemma(verb) in words("weak"):
            heads = [head for head in heads if is_future(head)]
        if lemma(verb) in words("offer"):
            heads = [head for head in heads if lemma(head) in words("deed")]
        sure = 0.5 if lemma(verb) in words("offer") else 0.6 if lemma(verb) in words("weak") else 0.85
        sure = max(_of_things(heads), 0.55 * (lemma(verb) == "agree")) if bare else sure
        to = self.holders.to(paragraph, verb, by)
        yield from self._all(paragraph, heads, by, to, rule="verb of promise", cue=verb, sure=sure)

    def _by_noun(self, paragraph: Paragraph, noun: Token) -> Iterator[Candidate]:
        heads = list(complements(noun)) or strayed(noun)
        bare = not heads and lemma(noun) in words("pledge")
        heads = list(things(noun)) if bare else heads
        by = self.holders.owner(paragraph, noun)
        by = by or tuple(code for head in heads for code in self._own_subject(paragraph, head))
        governor = next((item for item in noun.ancestors if item.pos_ == "VERB"), None)
        if not by and governor is not None:
            by = self.holders.by(paragraph, governor)
            by = self.holders.other(paragraph, noun, by) if _is_gained(noun, governor) else by
        if lemma(noun) in words("offering"):
            heads = [head for head in heads if condition_of(head) is not None or lemma(head) in words("deed")]
        if heads and by and not _is_wanted(noun):
            sure = 0.45 if lemma(noun) in words("offering") else _of_things(heads) if bare else 0.75
            to = self.holders.to(paragraph, noun, by)
            yield from self._all(paragraph, heads, by, to, rule="noun of promise", cue=noun, sure=sure)
        yield from self._promise_made(paragraph, noun)

    def _bound(self, paragraph: Paragraph, verb: Token) -> list[Candidate]:
        """``the accord obliges Russia to withdraw``: who is bound is the object."""
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None or lemma(subject) not in words("document") or not is_asserted(verb):
            return []
        heads = list(complements(verb))
        named = [child for child in verb.children if child.dep_ == "dobj"]
        named += [child for head in heads for child in head.children if child.dep_ == "nsubj"]
        by = tuple(dict.fromkeys(party for item in named for party in self.holders.who(paragraph, item)))
        return list(self._all(paragraph, heads, by, (), rule="bound by a document", cue=verb, sure=0.7)) if by else []

    def _promise_made(self, paragraph: Paragraph, noun: Token) -> Iterator[Candidate]:
        """``the promise that she made to them``: named, its clause not given."""
        for child in noun.children:
            if child.dep_ == "relcl" and lemma(child) in {"make", "give"} and is_asserted(child):
                subject = next((item for item in child.children if item.dep_ == "nsubj"), None)
                by = self.holders.by(paragraph, child) if subject is not None and subject.tag_ != "WDT" else ()
                to = self.holders.to(paragraph, child, by)
                yield from self._all(paragraph, [noun], by, to, rule="promise made", cue=noun, sure=0.45)

    def _by_adjective(self, paragraph: Paragraph, token: Token) -> Iterator[Candidate]:
        """``is committed to``, ``is willing to``: an offer is a commitment where it is a deed or has a condition."""
        if any(child.dep_ == "neg" for child in (*token.children, *token.head.children)) or is_question(token):
            return
        committed = lemma(token) in {"commit", "committed"}
        if not committed and in_quotation(token):
            return
        heads = [
            child for child in complements(token)
            if committed or condition_of(child) is not None or lemma(child) in words("deed")
            or (token.head.pos_ == "AUX" and condition_of(token.head) is not None)
        ]  # fmt: skip
        verb = token.head if token.head.pos_ in VERBS else token
        bare = not heads and committed
        heads = list(things(token)) if bare else heads
        by = self._bearer(paragraph, token) or self.holders.by(paragraph, token) or self.holders.by(paragraph, verb)
        done = any(lemma(head) in words("deed") for head in heads)
        bound = done and any(condition_of(head) is not None for head in (*heads, verb))
        sure = (0.5 if bound else 0.4) if not committed else _of_things(heads) if bare else 0.75
        to = self.holders.to(paragraph, token, by)
        yield from self._all(paragraph, heads, by, to, rule="adjective of promise", cue=token, sure=sure)

    def _bearer(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """Who "is committed": the subject of the passive or of the verb of being."""
        near = [token, token.head] if token.dep_ in {"acomp", "xcomp", "oprd", "advcl"} else [token]
        subjects = [child for verb in near for child in verb.children if child.dep_ in SUBJECTS]
        return self.holders.who(paragraph, subjects[0]) if subjects else ()

    def _by_goal(self, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
        """``confirmed the common goal of``, ``declared complete disarmament to be a common goal``."""
        by = self.holders.by(paragraph, verb)
        for child in verb.children:
            goals = [child] if child.dep_ == "dobj" else [
                item for item in child.children if item.dep_ == "attr"
            ] if child.dep_ in {"ccomp", "xcomp"} else []  # fmt: skip
            if by and any(lemma(item) in words("goal") - words("noun") for item in goals):
                to = self.holders.to(paragraph, verb, by)
                yield from self._all(paragraph, [child], by, to, rule="goal", cue=verb, sure=0.6)

    def _announced(self, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
        """``announced a plan to build``, ``signed an agreement to buy``, ``announced $5 million in aid``."""
        by = self.holders.by(paragraph, verb)
        by = self.holders.mutual(paragraph, verb, by) if lemma(verb) in words("conclude") else by
        for child in verb.children:
            if child.dep_ != "dobj" or not by:
                continue
            planned = [*complements(child)] or strayed(child) if lemma(child) in words("plan") else []
            heads = [item for item in planned if _has_to(item)]
            if not heads and lemma(verb) in words("gives") and _is_amount(child):
                heads = [child]
            to = self.holders.to(paragraph, verb, by)
            yield from self._all(paragraph, heads, by, to, rule="announced", cue=child, sure=0.65)

    def _promised_thing(self, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
        """``the ceremony that their leaders promised``: the thing, with what the sentence says became of it."""
        if verb.dep_ not in {"acl", "relcl"} or list(complements(verb)) or verb.head.pos_ not in {"NOUN", "PROPN"}:
            return
        if lemma(verb) not in {"promise", "pledge", "vow"}:
            return
        if verb.dep_ == "acl":
            by = self.holders.agents(paragraph, verb) or self.holders.last_two(paragraph, verb)
        else:
            subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
            if subject is None or subject.tag_ in {"WP", "WDT"}:
                return
            by = self.holders.by(paragraph, verb) or self.holders.owner(paragraph, subject)
        to = self.holders.to(paragraph, verb, by)
        yield from self._all(paragraph, [verb.head], by, to, rule="promised thing", cue=verb, sure=0.5)

    def _by_acceptance(self, paragraph: Paragraph, verb: Token) -> Iterator[Candidate]:
        taken = [child for child in verb.children if child.dep_ == "dobj" and lemma(child) in words("accepted")]
        if not any(child.dep_ in {"dobj", "ccomp", "xcomp", "prep"} for child in verb.children):
            taken = [item for item in verb.sent if item.i < verb.i and item.pos_ == "VERB" and lemma(item) == "invite"]
        by = self.holders.by(paragraph, verb) if taken else ()
        to = self.holders.to(paragraph, verb, by)
        yield from self._all(paragraph, [verb], by, to, rule="acceptance", cue=verb, sure=0.5)

    def _own_subject(self, paragraph: Paragraph, head: Token) -> tuple[str, ...]:
        if any(child.dep_ == "nsubj" for child in head.children):
            return self.holders.by(paragraph, head)
        return ()

    def _all(
        self, paragraph: Paragraph, heads: list[Token], by: tuple[str, ...], to: tuple[str, ...], *, rule: str,
        cue: Token, sure: float,
    ) -> Iterator[Candidate]:  # fmt: skip
        for head in heads if by else ():
            others = frozenset(item.i for item in heads if item != head)
            yield Candidate(
                paragraph=paragraph, head=head, by=by, to=to, rule=rule, cue=cue, sure=sure, others=others,
                leave=own_subject_of(head, by, self.holders, paragraph),
            )  # fmt: skip


def own_subject_of(head: Token, by: tuple[str, ...], holders: Holders, paragraph: Paragraph) -> frozenset[int]:
    """What stands before the deed of a clause whose subject is who is bound: ``Furthermore, X and Y will``."""
    if head.pos_ not in VERBS:
        return frozenset()
    subject = next((child for child in head.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.i > head.i or not set(holders.who(paragraph, subject)) & set(by):
        return frozenset()
    modal = max((child.i for child in head.children if child.dep_ == "aux" and child.i < head.i), default=subject.i)
    return frozenset(child.i for child in head.children if child.i <= modal and child.dep_ != "neg")


def _of_things(heads: list[Token]) -> float:
    """How sure a promise of a thing is: of a deed ("a truce", "the withdrawal of"), or of a good ("our security")."""
    return 0.65 if heads and all(_is_deed_noun(head) for head in heads) else 0.4


def _is_deed_noun(noun: Token) -> bool:
    low = lemma(noun)
    return low in words("deed noun") or low.endswith(("tion", "sion", "ment", "awal", "lease"))


def _has_owner(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and any(child.dep_ == "poss" for child in noun.children)


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not any(child.lower_ in _HAVE for child in verb.children if child.dep_ == "aux")


_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve", "'s", "’s"})


def _has_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children) or verb.tag_ == "VBG"


def _is_amount(noun: Token) -> bool:
    """``$5 million in aid``, ``a loan``, ``10,000 tonnes of rice``."""
    return lemma(noun) in words("aid") or any(child.text in {"$", "€", "£"} for child in noun.subtree)


def _is_wanted(noun: Token) -> bool:
    """Whether a promise is only asked for, refused or hoped for: ``demanded a pledge``, ``no commitment``."""
    if any(child.lower_ in {"no", "any", "without"} for child in noun.children):
        return True
    governor = next((item for item in noun.ancestors if item.pos_ == "VERB"), None)
    if governor is not None and any(child.lower_ in {"until", "unless", "if"} for child in governor.children):
        return True
    sentence = analyse(noun.sent)
    return sentence.factuality(noun.i - sentence.first) in {"aimed at", "denied", "supposed", "possible"}


def _is_gained(noun: Token, governor: Token) -> bool:
    """Whether the promise is what the subject came away with, and so the other side's."""
    if lemma(governor) in words("gained") and noun.dep_ == "dobj":
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ == "with" and lemma(governor) in words("away")
