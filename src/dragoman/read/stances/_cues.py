"""Stances by the words of the table, with what each governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.promises._clause import SUBJECTS, VERBS, is_question, lemma, listed_clauses
from dragoman.read.stances._candidate import Candidate
from dragoman.read.stances._words import Entry, entries, is_negotiable, words
from dragoman.read.syntax import analyse

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import StanceKind, Status
    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.promises._holders import Holders
    from dragoman.read.syntax import Clause

_STATUS: dict[str, Status] = {"asserted": "held", "planned": "planned", "aimed at": "possible", "possible": "possible"}
_TURNED = frozenset({"accepts", "supports"})
_QUESTION = frozenset({"WP", "WDT", "WRB", "WP$"})


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a word governs: the head, by which frame, who is to do it, and whether it is a clause."""

    head: Token
    frame: str
    addressee: Token | None = None


def by_cues(parsed: Parsed, holders: Holders) -> Iterator[Candidate]:
    """Every stance by a word of the table, in order."""
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            for entry in _entries(token):
                yield from _of(holders, paragraph, token, entry)


def _entries(token: Token) -> tuple[Entry, ...]:
    if token.pos_ not in {"VERB", "NOUN", "ADJ"}:
        return ()
    low = lemma(token)
    for child in token.children:
        if child.dep_ == "prt" or (child.dep_ == "advmod" and child.pos_ == "ADP"):
            phrase = entries().get((token.pos_, f"{low} {child.lower_}"))
            if phrase is not None:
                return phrase
    found = entries().get((token.pos_, low), ())
    return found if found or token.tag_ != "VBN" else entries().get(("ADJ", token.lower_), ())


def _of(holders: Holders, paragraph: Paragraph, cue: Token, entry: Entry) -> Iterator[Candidate]:
    kind, frames = entry
    found = [content for content in contents(cue, frames) if _is_meant(holders, paragraph, kind, content)]
    if not found or is_question(cue):
        return
    sentence = analyse(cue.sent)
    clause = sentence.at(cue.i - sentence.first) if cue.pos_ == "VERB" else sentence.clause_of(cue.i - sentence.first)
    turned = _turned(kind, cue, negated=clause is not None and clause.negated)
    status = _STATUS.get(sentence.factuality(cue.i - sentence.first))
    if clause is not None and clause.passive and cue.pos_ == "VERB" and not holders.agents(paragraph, cue):
        return
    if turned is None or (status is None and turned == kind) or not _is_used(cue, clause, turned, kind):
        return
    holder, by = _holder(holders, paragraph, cue)
    alone = 0.0 if holders.has_other(paragraph, by) else 0.25
    for content in found if by else ():
        own = tuple(party for party in by if not _is_of(holders, paragraph, content.addressee, party))
        heads = listed_clauses(content.head) if content.head.pos_ in VERBS else [content.head]
        for head in heads if own else ():
            yield Candidate(
                paragraph=paragraph, kind=turned, head=head, by=own, cue=cue, holder=holder,
                rule=f"{cue.pos_.lower()} {content.frame}", sure=_sure(cue, content, status or "held", kind) - alone,
                status=status or "held", others=frozenset(item.i for item in heads if item != head),
            )  # fmt: skip


def _is_used(cue: Token, clause: Clause | None, turned: StanceKind, kind: StanceKind) -> bool:
    """Whether a word has the sense of the table: "would like", and "agree" only where it is refused or has a thing."""
    if lemma(cue) == "like":
        return clause is not None and clause.modal == "would"
    infinitive = any(child.dep_ == "xcomp" for child in cue.children)
    return lemma(cue) != "agree" or turned != kind or not infinitive


def _turned(kind: StanceKind, cue: Token, *, negated: bool) -> StanceKind | None:
    """The kind under negation: what one does not accept or support one rejects; the others are no stance then."""
    own = any(child.lower_ in {"no", "little"} for child in cue.children) if cue.pos_ == "NOUN" else negated
    if not own:
        return kind
    return "rejects" if kind in _TURNED else None


def _sure(cue: Token, content: Content, status: Status, kind: StanceKind) -> float:
    """How often a stance of this form is one."""
    sure = 0.7 if cue.pos_ == "VERB" else 0.6
    if content.frame == "to" and lemma(cue) == "want":
        sure = 0.45
    if content.frame in {"obj", "for"} and not is_negotiable(content.head):
        sure = 0.4
    if kind == "supports":
        sure -= 0.1
    if cue.pos_ == "NOUN" and content.frame == "to":
        sure = 0.45
    return sure if status == "held" else sure - 0.15


def contents(cue: Token, frames: frozenset[str]) -> Iterator[Content]:
    """What a word governs by its frames."""
    for child in cue.children:
        yield from _clause(cue, child, frames) if child.i > cue.i else ()
        if child.dep_ in {"dobj", "obj"} and "obj" in frames and child.pos_ in {"NOUN", "PROPN"}:
            if not (_infinitives(cue) and "them" in frames):
                yield Content(head=child, frame="obj")
        elif child.dep_ == "nsubjpass" and "obj" in frames and child.pos_ in {"NOUN", "PROPN"}:
            yield Content(head=child, frame="obj")
        elif child.dep_ in {"prep", "prt", "advmod", "dative"}:
            yield from _phrase(cue, child, frames)


def _clause(cue: Token, child: Token, frames: frozenset[str]) -> Iterator[Content]:
    if child.pos_ not in VERBS or child.left_edge.tag_ in _QUESTION or child.dep_ not in _CLAUSES:
        return
    subject = next((item for item in child.children if item.dep_ in SUBJECTS), None)
    if _has_to(child):
        other = subject or next((item for item in cue.children if item.dep_ in {"dobj", "obj", "dative"}), None)
        other = other or _called_on(cue)
        if other is not None and "them" in frames and cue.pos_ != "ADJ":
            yield Content(head=child, frame="them", addressee=other)
        elif other is None and ("to" in frames or (cue.pos_ == "NOUN" and "them" in frames)):
            yield Content(head=child, frame="to")
    elif child.tag_ == "VBG" and subject is None and "ing" in frames and child.dep_ == "xcomp":
        yield Content(head=child, frame="ing")
    elif child.dep_ in {"ccomp", "acl"} and subject is not None and "that" in frames:
        if lemma(cue) in words("claims") and not _is_wished(child):
            return
        yield Content(head=child, frame="that")


def _is_wished(clause: Token) -> bool:
    """Whether a clause with "that" says what is to be: "should", "must", "be", "will"; not what is so."""
    sentence = analyse(clause.sent)
    modal = sentence.at(clause.i - sentence.first).modal
    return modal in _TO_BE or (clause.tag_ in {"VB", "VBP"} and modal is None) or _is_subjunctive(clause)


def _is_subjunctive(clause: Token) -> bool:
    """``that Russia be held``, ``that he quit``: a bare form below a clause of its own."""
    return any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ == "VB" and child.lower_ == "be" for child in clause.children
    )


_TO_BE = frozenset({"must", "should", "ought", "will", "would", "shall", "can", "could", "may"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl"})


def _phrase(cue: Token, prep: Token, frames: frozenset[str]) -> Iterator[Content]:
    word = "to+" if prep.lower_ == "to" else prep.lower_
    for item in prep.children:
        if item.dep_ == "pcomp" and word in frames:
            yield Content(head=item, frame=word)
        elif item.dep_ == "pobj":
            asked = [low for low in item.children if low.dep_ in {"acl", "relcl"} and _has_to(low)] or _behind(item)
            if asked and "them" in frames and prep.lower_ in {"on", "upon", "for", "to"}:
                yield Content(head=asked[0], frame="them", addressee=item)
            elif word in frames and not (_infinitives(cue) and "them" in frames):
                yield Content(head=item, frame=word)


def _behind(noun: Token) -> list[Token]:
    """The infinitive right behind a noun phrase, wherever the parse hung it: "calls for both sides to hold talks"."""
    place = noun.right_edge.i + 1
    to = noun.doc[place] if place < len(noun.doc) else None
    return [to.head] if to is not None and to.tag_ == "TO" and to.head.pos_ in VERBS else []


def _infinitives(cue: Token) -> bool:
    return any(child.dep_ in {"xcomp", "ccomp", "advcl"} and _has_to(child) for child in cue.children)


def _called_on(cue: Token) -> Token | None:
    """Who is called on: the noun after "on", "upon" or "to" of the cue."""
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in {"on", "upon", "to", "with"}:
            return next((item for item in child.children if item.dep_ == "pobj"), None)
    return None


def _has_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _is_meant(holders: Holders, paragraph: Paragraph, kind: StanceKind, content: Content) -> bool:
    """Whether what is governed may be an object of talks."""
    head = content.head
    if content.frame == "them":
        other = content.addressee
        if other is None or other.lower_ in words("everybody") or lemma(other) in words("everybody"):
            return True
        named = other.pos_ in {"PROPN", "PRON"} or bool(holders.who(paragraph, other)) or is_negotiable(other)
        return named and lemma(head) not in words("talk")
    if content.frame == "that":
        return True
    if head.pos_ in VERBS and kind in {"offers", "accepts"} and content.frame in {"to", "to+"}:
        things = {lemma(child) for child in head.children if child.dep_ in {"dobj", "obj"}}
        return lemma(head) in words("yielding") and not things & words("threat")
    if head.pos_ in VERBS and kind == "rejects" and content.frame == "to":
        things = {lemma(child) for child in head.children if child.dep_ in {"dobj", "obj"}}
        return lemma(head) in words("refused") | words("yielding") and not things & words("told")
    if head.pos_ in VERBS:
        return lemma(head) not in words("talk")
    return is_negotiable(head, by_form=kind in {"demands", "rejects"})


def _is_of(holders: Holders, paragraph: Paragraph, addressee: Token | None, party: str) -> bool:
    return addressee is not None and party in holders.who(paragraph, addressee)


def _holder(holders: Holders, paragraph: Paragraph, cue: Token) -> tuple[Token | None, tuple[str, ...]]:
    """Whose stance it is: subject or agent of a verb, bearer of an adjective, owner of a noun or who voices it."""
    if cue.pos_ == "VERB" and entries().get(("VERB", lemma(cue))):
        subjects = holders.subjects(cue)
        document = next((noun for noun in subjects if lemma(noun) in words("document")), None)
        if document is not None:
            return None, holders.owner(paragraph, document) or _of_governor(holders, paragraph, document)
        return (subjects[0] if subjects else None), holders.by(paragraph, cue)
    if cue.pos_ != "NOUN":
        near = [cue, cue.head]
        subjects = [child for verb in near for child in verb.children if child.dep_ in SUBJECTS]
        subject = subjects[0] if subjects else next(iter(holders.subjects(cue)), None)
        return subject, holders.who(paragraph, subject) if subject is not None else ()
    owner = holders.owner(paragraph, cue)
    governor = next((item for item in cue.ancestors if item.pos_ == "VERB"), None)
    if governor is not None and lemma(governor) in words("dropping"):
        return None, ()
    if owner or governor is None or lemma(governor) not in words("voicing"):
        return None, owner
    subjects = holders.subjects(governor)
    return (subjects[0] if subjects else None), holders.by(paragraph, governor)


def _of_governor(holders: Holders, paragraph: Paragraph, noun: Token) -> tuple[str, ...]:
    """Who adopts, issues or signs a document."""
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.pos_ == "VERB" else None
    return holders.by(paragraph, verb) if verb is not None else ()
