"""Promises without a verb of promise: the contents of a document, and what a government says that it would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.read.commitments._clause import auxiliaries, lemma, words
from dragoman.read.identity.pronouns import in_quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.commitments._parties import Parties
    from dragoman.read.parsed import Paragraph, Parsed

_SPEECH = frozenset({"say", "tell", "announce", "declare", "add", "confirm", "state"})
_FURTHEST = 6


def contents(parsed: Parsed, parties: Parties) -> Iterator[tuple[Paragraph, Token, tuple[str, ...]]]:
    """Clauses in ``will`` or ``is to`` in a paragraph that tells what a document says."""
    since = _FURTHEST
    signers: tuple[str, ...] = ()
    for paragraph in parsed.paragraphs:
        for sentence in paragraph.doc.sents:
            if document := next(
                (token for token in sentence if lemma(token) in words("document") and token.pos_ == "NOUN"), None
            ):
                since, signers = 0, _signers(parties, paragraph, document, known=signers)
            if since < _FURTHEST:
                yield from _promised(parties, paragraph, sentence.root, signers)
            since += 1


def _signers(parties: Parties, paragraph: Paragraph, document: Token, *, known: tuple[str, ...]) -> tuple[str, ...]:
    """Whose document it is, from who signed it, the two who do what its sentence tells, or the pair before."""
    for item in document.ancestors:
        if lemma(item) in {"sign", "issue", "adopt", "conclude", "endorse"}:
            signed = parties.by(paragraph, item)
            if len(signed) > 1:
                return signed
    if known:
        return known
    doers = parties.by(paragraph, document.sent.root)
    if len(doers) > 1:
        return doers
    pair = parties.scene.antecedents.pair(paragraph, document)
    return tuple(entity.country for entity in pair if entity.country)


def _promised(
    parties: Parties, paragraph: Paragraph, root: Token, signers: tuple[str, ...]
) -> Iterator[tuple[Paragraph, Token, tuple[str, ...]]]:
    stated = [child for child in root.children if child.dep_ == "ccomp"] if _is_said_by_document(root) else []
    for head in (root, *root.conjuncts, *stated):
        if (
            head.pos_ not in {"VERB", "AUX"}
            or in_quotation(head)
            or any(child.dep_ == "neg" for child in head.children)
        ):
            continue
        doing = head if auxiliaries(head) & {"will", "shall"} else _is_to(head)
        if doing is None or lemma(doing) in {"be", "remain", "stay"}:
            continue
        if by := parties.by(paragraph, head) or signers:
            yield paragraph, head, by


def _is_said_by_document(root: Token) -> bool:
    """``..., the communique says``."""
    if lemma(root) not in _SPEECH:
        return False
    return any(child.dep_ == "nsubj" and lemma(child) in words("document") for child in root.children)


def _is_to(head: Token) -> Token | None:
    """The verb of ``are to stop``; None for ``is time to stop``."""
    if lemma(head) != "be" or head.tag_ not in {"VBZ", "VBP"}:
        return None
    if any(child.dep_ in {"attr", "acomp", "expl"} for child in head.children):
        return None
    return next((child for child in head.children if child.dep_ == "xcomp" and "to" in auxiliaries(child)), None)


def own_plans(parsed: Parsed, parties: Parties) -> Iterator[tuple[Paragraph, Token, tuple[str, ...]]]:
    """``said that it would stop the exercises``: a deed of the speaker's own side, in a government's mouth."""
    for paragraph, sentence in parsed.sentences():
        yield from _indirect(parties, paragraph, sentence.root)
        for token in sentence:
            if lemma(token) not in _SPEECH or token.pos_ != "VERB":
                continue
            speaker = parties.scene.subject_of(paragraph, token)
            own = {entity.country for entity in speaker if entity.country}
            if not own:
                continue
            for clause in token.children:
                if clause.dep_ == "ccomp" and _to_be_done(clause):
                    yield paragraph, clause, tuple(sorted(own))
                elif clause.dep_ == "ccomp" and _is_deed(clause):
                    by = tuple(sorted(own)) if _is_we(clause) else parties.by(paragraph, clause)
                    if by and own & set(by):
                        yield paragraph, clause, by


def _indirect(
    parties: Parties, paragraph: Paragraph, root: Token
) -> Iterator[tuple[Paragraph, Token, tuple[str, ...]]]:
    """A whole sentence in "would" that goes on with what somebody said, as ``He would inform Washington``."""
    subject = next((child for child in root.children if child.dep_ == "nsubj"), None)
    if subject is None or "would" not in auxiliaries(root) or not _is_deed(root) or in_quotation(root):
        return
    if any(child.dep_ in {"mark", "ccomp"} for child in root.children):
        return
    meant = parties.scene.parties(paragraph, subject)
    if any(entity.kind == "person" for entity in meant) or subject.lower_ in {"it", "they"} or subject.pos_ == "PROPN":
        by = tuple(code for code in parties.by(paragraph, root) if code in parties.scene.states)
        if by:
            yield paragraph, root, by


def _to_be_done(clause: Token) -> bool:
    """``told her that a site was to be closed as well``: a deed of the speaker's side, whoever is to do it."""
    if lemma(clause) != "be" or clause.tag_ != "VBD":
        return False
    done = next((child for child in clause.children if child.dep_ == "xcomp" and "to" in auxiliaries(child)), None)
    return done is not None and done.tag_ == "VBN" and lemma(done) in words("deed")


def _is_we(clause: Token) -> bool:
    """``"We will lift the tariffs", he said``: the speaker's own side, in its own words."""
    return any(child.dep_ == "nsubj" and child.lower_ in {"we", "i"} for child in clause.children)


def _going_to(clause: Token) -> Token | None:
    """The verb of ``it was going to withdraw``."""
    if clause.lower_ != "going":
        return None
    return next((child for child in clause.children if child.dep_ == "xcomp" and "to" in auxiliaries(child)), None)


def _is_deed(clause: Token) -> bool:
    planned = _going_to(clause)
    if planned is not None:
        return lemma(planned) in words("deed")
    negated = any(child.dep_ == "neg" for child in clause.children)
    return (
        bool(auxiliaries(clause) & {"would", "will"})
        and "have" not in auxiliaries(clause)
        and lemma(clause) in words("abstained" if negated else "deed")
    )
