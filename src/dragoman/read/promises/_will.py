"""Promises without a word of promise: ``will``, ``is to`` and ``would`` where a party binds itself.

1. In a text of its own: "we", or a party in a text that speaks in the first person or in points.
2. In the contents of a document: a paragraph that tells what a declaration or deal says.
3. In what a party says of itself: "said that it would", and in its quoted words "we will".
4. Told by the writer: a party and a deed by which something is given ("will provide", "will buy").

The verb is one of doing (``deed`` or ``work`` of the table); being, seeing and meeting promise nothing.  Neither does
what stands under a condition of others, in a question, in the past, or in the mouth of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.promises._candidate import Candidate
from dragoman.read.promises._clause import VERBS, condition_of, is_question, lemma, listed_clauses, words
from dragoman.read.promises._cues import own_subject_of
from dragoman.read.reference.quotation import in_quotation
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.promises._holders import Holders
    from dragoman.read.syntax import Clause

_WE = frozenset({"we", "us", "our"})
_FUTURE = frozenset({"will", "shall"})
_SUBORDINATE = frozenset(
    {"if", "whether", "unless", "when", "while", "until", "because", "as", "once", "before", "than"}
)
_POINT = re.compile(r"\s*(?:[-•*–·▪]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_FURTHEST = 6
_OURS = 0.08
_POINTS = 3


@dataclass(frozen=True, kw_only=True)
class _Told:
    """How the text speaks where a verb stands: in its own name, and whose document's contents it tells."""

    own: bool
    document: bool
    signers: tuple[str, ...]


def by_will(parsed: Parsed, holders: Holders) -> Iterator[Candidate]:
    """Every promise in ``will``, ``shall``, ``is to`` and reported ``would``, in order."""
    own = is_own_text(parsed)
    signers: tuple[str, ...] = ()
    since = _FURTHEST
    for paragraph, sentence in parsed.sentences():
        document = next(
            (token for token in sentence if token.pos_ == "NOUN" and lemma(token) in words("document")), None
        )
        if document is not None:
            signers, since = _signers(holders, paragraph, document) or signers, 0
        told = _Told(own=own, document=since < _FURTHEST, signers=signers if since < _FURTHEST else ())
        for token in sentence:
            if token.pos_ in VERBS and (clause := _promising(token, any_act=told.document)) is not None:
                yield from _judged(holders, paragraph, token, clause, told)
        since += 1


def is_own_text(parsed: Parsed) -> bool:
    """Whether a text speaks in the first person or in points, as statements, communiques and fact sheets do."""
    sentences = [sentence for _, sentence in parsed.sentences()]
    ours = sum(any(token.lower_ in _WE and not in_quotation(token) for token in one) for one in sentences)
    points = sum(bool(_POINT.match(parsed.text[p.start : p.end])) for p in parsed.paragraphs)
    return ours > _OURS * max(len(sentences), 1) or points >= _POINTS


def _promising(verb: Token, *, any_act: bool) -> Clause | None:
    """The clause of a verb of doing (of any act, in a document's contents) in the future that is to come."""
    if lemma(verb) in words("state") or is_question(verb) or not (any_act or is_deed(verb)):
        return None
    if any(child.tag_ == "WRB" for child in verb.children):
        return None
    if any(child.lower_ in _SUBORDINATE and child.dep_ in {"mark", "advmod"} for child in verb.children):
        return None
    sentence = analyse(verb.sent)
    clause = sentence.at(verb.i - sentence.first)
    if clause.modal not in _FUTURE | {"would"} or not _is_to_come(verb, clause):
        return None
    if clause.negated:
        return clause if lemma(verb) in words("abstained") else None
    return clause if clause.factuality != "denied" else None


def _is_to_come(verb: Token, clause: Clause) -> bool:
    """Whether a clause in the future is told as what will be; under a condition only where somebody says it of himself.

    What is told somebody ("told reporters that it would") is said and not wished.
    """
    told = verb.dep_ == "ccomp" and lemma(verb.head) == "tell"
    bound = clause.factuality == "supposed" and clause.source is not None and condition_of(verb) is not None
    return clause.factuality in {"planned", "asserted", "denied"} or bound or (told and clause.factuality == "aimed at")


def is_deed(verb: Token) -> bool:
    """Whether a verb is one of doing, or of going on with or helping in one."""
    low = lemma(verb)
    if low in words("abstained") and any(child.dep_ == "neg" for child in verb.children):
        return True
    things = {lemma(child) for child in verb.children if child.dep_ == "dobj"}
    if things & words("spoken") or (low in words("going") and not things):
        return False
    if low in words("phase"):
        inner = [child for child in verb.children if child.dep_ == "xcomp" and child.pos_ in VERBS]
        return is_deed(inner[0]) if inner else any(child.dep_ == "dobj" for child in verb.children)
    if low in words("light"):
        return any(child.dep_ == "dobj" and lemma(child) in words("carried") for child in verb.children)
    return low in words("deed") or low in words("work") or low in words("abstained")


def _judged(holders: Holders, paragraph: Paragraph, verb: Token, clause: Clause, told: _Told) -> Iterator[Candidate]:
    by = holders.by(paragraph, verb) if not clause.passive or clause.subjects else ()
    speaker = _speaker(holders, paragraph, verb, clause)
    first = any(token.lower_ == "we" for token in holders.subjects(verb))
    if speaker is None:
        joint = _is_joint(verb, clause, holders)
        rule, sure, by = _by_the_text(verb, clause, by, told, first=first, joint=joint)
    else:
        rule, sure, by = _by_a_speaker(verb, clause, by, speaker, first=first)
    heads = listed_clauses(verb) if verb.dep_ != "conj" else [verb]
    if verb.dep_ == "xcomp" and lemma(verb.head) == "be":
        heads = [verb.head] if not holders.by(paragraph, verb) else heads
    to = holders.to(paragraph, verb, by)
    for head in heads if by else ():
        yield Candidate(
            paragraph=paragraph, head=head, by=by, to=to, rule=rule, cue=verb, sure=sure,
            others=frozenset(item.i for item in heads if item != head),
            leave=own_subject_of(head, by, holders, paragraph),
        )  # fmt: skip


def _is_joint(verb: Token, clause: Clause, holders: Holders) -> bool:
    """Whether a clause of a document without a party for its subject binds the signers: "they", "acts are to stop"."""
    subjects = [token.lower_ for token in holders.subjects(verb)]
    if any(token.tag_ in {"WDT", "WP", "WRB"} for token in verb.subtree):
        return False
    binding = verb.dep_ == "xcomp" and verb.head.lower_ in {"is", "are"}
    return binding or (clause.passive and verb.dep_ != "xcomp") or not _JOINT.isdisjoint(subjects)


def _goes_on(verb: Token) -> bool:
    """Whether a sentence in "would" goes on with what the sentence before says that somebody said."""
    first = verb.sent.start
    if verb.dep_ != "ROOT" or not first or any(child.dep_ == "mark" for child in verb.children):
        return False
    before = verb.doc[first - 1].sent
    return any(lemma(token) in words("saying") and token.pos_ == "VERB" for token in before)


_JOINT = frozenset({"both", "they", "sides", "parties", "leaders", "two", "countries", "governments", "each"})
_Ruled = tuple[str, float, tuple[str, ...]]


def _by_a_speaker(verb: Token, clause: Clause, by: tuple[str, ...], speaker: tuple[str, ...], *, first: bool) -> _Ruled:
    """What somebody says: of itself it binds; of another it does not."""
    if verb.dep_ == "ccomp" and lemma(verb.head) in words("threat"):
        return "", 0.0, ()
    if by and (first or set(by) <= set(speaker)):
        return "said of itself", 0.7, by
    if not by and clause.passive and lemma(verb) in words("deed"):
        return "said to be done", 0.5, speaker
    return "said of another", 0.2, by if not set(by) & set(speaker) else ()


def _by_the_text(verb: Token, clause: Clause, by: tuple[str, ...], told: _Told, *, first: bool, joint: bool) -> _Ruled:
    """What nobody is named as saying: the text's own side, a document's, or the writer's telling."""
    if clause.modal == "would":
        told_on = _goes_on(verb) and lemma(verb) in words("deed") | words("abstained")
        return "reported on" if told_on else "would", 0.5 if told_on else 0.35, by if not in_quotation(verb) else ()
    if first:
        return "we will", 0.4 if lemma(verb) in words("held") else 0.7 if told.own or clause.quoted else 0.55, by
    if told.own:
        return "will in a text of its own", 0.35 if lemma(verb) in words("held") else 0.65, by
    if told.document and (by or (joint and told.signers)):
        return "contents of a document", 0.6 if is_deed(verb) or joint or len(by) > 1 else 0.35, by or told.signers
    if not is_deed(verb):
        return "", 0.0, ()
    return "told to come", 0.55 if lemma(verb) in words("giving") else 0.3, by


def _document(sentence: Span) -> Token | None:
    """The document that a sentence says was concluded, or which it says has contents, or under which something is."""
    under = (token.head for token in sentence if token.dep_ == "pobj" and lemma(token) in words("document"))
    if (prep := next((head for head in under if head.lower_ in {"under", "to"} and _is_under(head)), None)) is not None:
        return next(child for child in prep.children if child.dep_ == "pobj")
    if not any(lemma(token) in words("concluding") and token.pos_ in VERBS for token in sentence):
        return None
    return next((token for token in sentence if token.pos_ == "NOUN" and lemma(token) in words("signed")), None)


def _is_under(prep: Token) -> bool:
    return prep.lower_ == "under" or prep.head.lower_ == "according"


def _speaker(holders: Holders, paragraph: Paragraph, verb: Token, clause: Clause) -> tuple[str, ...] | None:
    """The parties of who says it; None where nobody is named as saying it."""
    if clause.source is None:
        above = verb.head.head if verb.dep_ == "relcl" and verb.head.dep_ == "npadvmod" else None
        said = above is not None and lemma(above) in words("saying")
        return holders.by(paragraph, above) if above is not None and said else None
    sentence = analyse(verb.sent)
    source = verb.doc[sentence.first + clause.source]
    if lemma(source) in words("document"):
        return None
    return holders.who(paragraph, source)


def _signers(holders: Holders, paragraph: Paragraph, document: Token) -> tuple[str, ...]:
    """Whose document it is: who signed it, who does what its sentence tells, or the two last named."""
    for item in document.ancestors:
        if lemma(item) in {"sign", "issue", "adopt", "conclude", "endorse"}:
            signed = holders.by(paragraph, item)
            if len(signed) > 1:
                return signed
    doers = holders.by(paragraph, document.sent.root)
    return doers if len(doers) > 1 else holders.last_two(paragraph, document)
