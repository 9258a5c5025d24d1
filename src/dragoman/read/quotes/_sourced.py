"""What is reported without a reporting word: by a poll, a document, in somebody's view, or by nobody named.

1. A poll or a study shows, gives, puts ...: what follows the verb is its finding ("The poll puts her ahead").
2. A document shows, features, details ...: what it shows ("The video shows the boat").
3. "In a poll, ..." and "in his view", "in the words of an aide": the clause without the phrase.
4. "The plan appears to be dead", "it seems that she left": what seems so is reported by nobody named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Claim, Span, joined
from dragoman.read.quotes._complements import complement
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._phrases import View, cue_span, has_to, is_active_finite, sentence_start
from dragoman.read.quotes._sources import possessor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_MAIN = frozenset({"ROOT", "conj", "relcl"})
_RELATIVE = frozenset({"WDT", "WP"})


def sourced_claims(view: View, token: Token) -> Iterator[Claim]:
    """The claims that ``token`` opens without being a reporting word."""
    if token.dep_ == "nsubj":
        if token.lower_ in word_list("surveys"):
            yield from _finding(view, token, "finding")
        if token.lower_ in word_list("documents"):
            yield from _finding(view, token, "presenting")
    elif token.pos_ == "VERB" and token.lemma_ in word_list("seeming"):
        yield from _seeming(view, token)
    elif token.lower_ == "in":
        yield from _in_view(view, token)


def _finding(view: View, source: Token, verbs: str) -> Iterator[Claim]:
    verb = source.head
    direct = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if direct is None or verb.lemma_ not in word_list(verbs) or direct.left_edge.i <= verb.i:
        return
    content = view.phrase(view.doc[direct.left_edge.i : verb.right_edge.i + 1])
    yield _claim(view, "finding", content, source, verb=verb)


def _seeming(view: View, verb: Token) -> Iterator[Claim]:
    clause = next((child for child in verb.rights if child.dep_ in ("xcomp", "ccomp")), None)
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if clause is None or subject is None or verb.dep_ not in _MAIN or not is_active_finite(verb):
        return
    content = _what_seems(view, subject, clause)
    if content:
        yield _claim(view, "seeming", content, None, verb=verb)


def _what_seems(view: View, subject: Token, clause: Token) -> list[Span]:
    """Subject and infinitive, or the clause after "it"; nothing where the infinitive reports itself."""
    if has_to(clause):
        cue = view.words.verbs.get(clause.lemma_.lower())
        reports = cue is not None and complement(view, clause, cue) is not None
        return (
            []
            if reports or subject.tag_ in _RELATIVE
            else joined([*view.phrase(subject.subtree), *view.phrase(clause.subtree)], view.text)
        )
    return view.phrase(clause.subtree) if clause.dep_ == "ccomp" and subject.lower_ == "it" else []


def _in_view(view: View, prep: Token) -> Iterator[Claim]:
    noun = next((child for child in prep.rights if child.dep_ == "pobj"), None)
    if noun is None:
        return
    opens, head = prep.i == sentence_start(prep), prep.head
    source, last = None, noun
    if noun.lower_ in word_list("views") and (opens or view.doc[prep.i - 1].text == ","):
        source = possessor_of(noun) or _of(noun)
    elif noun.lower_ in word_list("surveys") and opens and _is_set_off(view, prep):
        source, last = (noun, prep) if head.lemma_.lower() not in view.words.verbs else (None, prep)
    if source is not None:
        yield Claim(
            paragraph=view.number,
            rule="according",
            strength=3,
            cue=[(prep.idx, last.idx + len(last))],
            content=view.without(head, prep),
            source=source,
            head=prep,
        )


def _of(noun: Token) -> Token | None:
    """Whose words they are: "in the words of an aide"."""
    prep = next((child for child in noun.rights if child.lower_ == "of"), None)
    return next((child for child in prep.rights if child.dep_ == "pobj"), None) if prep is not None else None


def _is_set_off(view: View, prep: Token) -> bool:
    after = prep.right_edge.i + 1
    return after < len(view.doc) and view.doc[after].text == ","


def _claim(view: View, rule: str, content: list[Span], source: Token | None, *, verb: Token) -> Claim:
    return Claim(
        paragraph=view.number, rule=rule, strength=2, cue=cue_span(verb), content=content, source=source, head=verb
    )
