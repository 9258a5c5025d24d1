"""Reports of what became of a promise, whoever made it and wherever it was told.

1. *Named*: a verb of a fate with a promise, a word or an agreement as its object or subject ("kept its promise",
   "in breach of the accord", "the ceremony that they promised has been held"), or a deed done "as promised".
2. *Deed*: a deed of the table that was done, by a state or by nobody named ("the exercise was called off"), told as a
   fact: past or perfect, no modal, no question, no quotation.
3. What one side accuses another of, and what it denies, makes a promise disputed and not broken.

A report says whose promise it would be, the deed, and what it is about; the record compares these with the promises
told before.  Saying a promise again reports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.findings import Fate
from dragoman.read.promises._clause import auxiliaries, is_asserted, lemma, words
from dragoman.read.promises._deeds import about, content, deed_of, is_negated
from dragoman.read.promises._fate import fate_of_verb, is_pledge, promise_of
from dragoman.read.reference.quotation import in_quotation
from dragoman.read.world import world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from dragoman.read.findings import CommitmentFate, DateFinding
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.promises._holders import Holders

_ELSEWHERE = frozenset({None, "meet", "visit", "mention nothing"})
_VERBS = frozenset({"VERB", "AUX"})
_PAST = frozenset({"VBD", "VBN"})


def reported_fates(parsed: Parsed, parties: Holders, dates: Sequence[DateFinding]) -> list[Fate]:
    """The reports of a text, in order; at most one for a clause."""
    found: dict[tuple[int, int], Fate] = {}
    naming = words("noun") | words("treaty") | words("promised") | words("breach") | {"word"}
    for paragraph, sentence in parsed.sentences():
        names = any(lemma(token) in naming for token in sentence)
        for token in sentence:
            made = _read(parties, paragraph, token, dates, names=names) if token.pos_ in _VERBS else None
            if made is not None and (made.span not in found or made.named):
                found[made.span] = made
    return list(found.values())


def _read(
    parties: Holders, paragraph: Paragraph, token: Token, dates: Sequence[DateFinding], *, names: bool
) -> Fate | None:
    told = (_named(parties, paragraph, token) if names else None) or _deed(parties, paragraph, token)
    if told is None or in_quotation(token):
        return None
    fate, by, head, named = told
    span = paragraph.span_of(token.sent)
    deed = deed_of(head.head if head.dep_ == "advcl" and named else head)
    start, end = paragraph.span_of(head.doc[head.left_edge.i : head.right_edge.i + 1])
    return Fate(
        span=span if named else (start, end), fate=fate, by=by, deed=deed,
        about=content(token.sent.root) if named else about(head),
        named=named, date=_day(span, dates), sentence=span,
    )  # fmt: skip


def _day(span: tuple[int, int], dates: Sequence[DateFinding]) -> DateFinding | None:
    inside = (item for item in dates if span[0] <= item.span[0] and item.span[1] <= span[1] and item.kind == "DATE")
    return next((item for item in inside if item.start is not None), None)


_Told = tuple["CommitmentFate", tuple[str, ...], "Token", bool]


def _named(parties: Holders, paragraph: Paragraph, verb: Token) -> _Told | None:
    """A fate said of a promise by name, or a deed done as promised."""
    promise = promise_of(verb)
    if promise is not None:
        accused = _accused(verb)
        fate = _claimed(verb) if accused is not None or fate_of_verb(verb) else None
        fate = fate or fate_of_verb(verb)
        if fate is None:
            return None
        if accused is not None:
            return fate, parties.who(paragraph, accused), verb, True
        by = parties.owner(paragraph, promise) or _promisers(parties, paragraph, promise) or parties.by(paragraph, verb)
        return fate, by, verb, True
    if (breach := _breach(verb)) is not None:
        whose = parties.owner(paragraph, breach) or parties.by(paragraph, verb)
        called = is_negated(verb) or lemma(verb) in words("calling") | words("accusing") or _claimed(verb) is not None
        return ("disputed" if called else "broken"), whose, verb, True
    if _as_promised(verb) and is_told(verb):
        kept: CommitmentFate = "broken" if is_negated(verb) else "kept"
        return kept, parties.by(paragraph, verb), verb, True
    return None


def _accused(verb: Token) -> Token | None:
    """Whom somebody accuses of the verb: ``accused Serbia of breaking its promise``."""
    of = verb.head if verb.dep_ == "pcomp" else None
    if of is None or lemma(of.head) not in words("accusing") or lemma(verb) not in words("broken"):
        return None
    return next((child for child in of.head.children if child.dep_ in {"dobj", "nsubjpass"}), None)


def _breach(verb: Token) -> Token | None:
    """The promise of ``called it a breach of his word``, ``fired them in breach of the accord``."""
    for child in verb.subtree:
        near = verb in {child.head, child.head.head, child.head.head.head}
        if lemma(child) in words("breach") and child.pos_ == "NOUN" and near:
            for item in child.children:
                if item.dep_ == "prep" and item.lower_ == "of":
                    return next((inner for inner in item.children if inner.dep_ == "pobj" and is_pledge(inner)), None)
    return None


def _promisers(parties: Holders, paragraph: Paragraph, noun: Token) -> tuple[str, ...]:
    """Whose promise it is by its relative clause: ``the promises that its leader made``."""
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and lemma(child) in words("promise") | {"make", "give", "sign"}:
            return parties.by(paragraph, child)
    return ()


def _as_promised(verb: Token) -> bool:
    """``as promised``, ``as it had agreed``, ``in line with its pledge``, ``under the accord``."""
    for child in verb.children:
        if child.dep_ in {"advcl", "prep", "mark", "advmod"}:
            low = {item.lower_ for item in child.subtree}
            said = {lemma(item) for item in child.subtree}
            if "as" in low and said & words("promised"):
                return True
            if child.dep_ == "prep" and said & words("noun") | said & words("treaty") and low & _ACCORDING:
                return True
    return False


_ACCORDING = frozenset({"line", "keeping", "accordance", "under", "fulfilment", "fulfillment", "honouring", "honoring"})


def _claimed(verb: Token) -> CommitmentFate | None:
    """Disputed, where a fate is what somebody accuses another of, says of another, or denies."""
    for item in verb.ancestors:
        if lemma(item) in words("accusing"):
            return "disputed"
    return None


def _attributed(parties: Holders, paragraph: Paragraph, verb: Token) -> tuple[str, ...]:
    """Whose the thing is that a passive speaks of: ``American exercises have been suspended``."""
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    return parties.owner(paragraph, subject) if subject is not None else ()


def _deed(parties: Holders, paragraph: Paragraph, verb: Token) -> _Told | None:
    """A deed of the table that was done, by a state or by nobody named."""
    if lemma(verb) == "fail" and is_told(verb) and not is_negated(verb):
        left = next((child for child in verb.children if child.dep_ == "xcomp" and deed_of(child)), None)
        by = parties.by(paragraph, verb)
        return ("broken", by, left, False) if left is not None and by else None
    if deed_of(verb) in _ELSEWHERE or not is_told(verb) or _is_reporting(verb) or not about(verb):
        return None
    if is_negated(verb):
        by = parties.by(paragraph, verb)
        return ("disputed", by, verb, False) if by and _said_by_another(parties, paragraph, verb, by) else None
    if any(is_pledge(child) for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}):
        return None
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    agent = any(child.dep_ == "agent" for child in verb.children)
    by = _attributed(parties, paragraph, verb) if passive and not agent else parties.by(paragraph, verb)
    if passive and agent:
        by = parties.agents(paragraph, verb)
    if not passive and not set(by) & world().states.keys():
        return None
    return "kept", by, verb, False


def _said_by_another(parties: Holders, paragraph: Paragraph, verb: Token, by: tuple[str, ...]) -> bool:
    """Whether it is another state that says that a deed was never done."""
    if verb.dep_ != "ccomp" or verb.head.pos_ != "VERB":
        return False
    tellers = set(parties.by(paragraph, verb.head))
    return bool(tellers & world().states.keys()) and not tellers & set(by)


def _is_reporting(verb: Token) -> bool:
    """Whether the clause only says what is promised, wanted or claimed: no report of a deed."""
    return any(lemma(item) in words("promise") | words("accusing") | words("wanting") for item in verb.ancestors)


def is_told(verb: Token) -> bool:
    """Whether a verb tells a fact of the past: past or perfect, no modal, no infinitive, no condition."""
    own = auxiliaries(verb)
    if verb.tag_ == "VBN" and not own:
        return False
    if verb.tag_ not in _PAST or own & {"will", "would", "shall", "to", "be", "is", "are"} - {"is", "are"}:
        return False
    if own & {"is", "are"} and not own & {"has", "have", "been"}:
        return False
    return is_asserted_fact(verb)


def is_asserted_fact(verb: Token) -> bool:
    """As for promises, but a negation is a fact too."""
    if is_negated(verb):
        bare = [
            child for child in verb.children if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}
        ]
        return not bare and not auxiliaries(verb) & {"may", "might", "could", "should", "can", "would"}
    return is_asserted(verb)
