"""Claims from the parse: a cue word and the clause or phrase that hangs on it.

1. Every token whose lemma is in the lexicon is looked at once.
2. Its complements (finite clause, infinitive, object, prepositional phrase) are matched with its frames.
3. A clause that comes first ("X is late, she said") is the sentence without the cue's own words; so is one
   with "as she said".
4. A "that" which the parse hung elsewhere within a dozen words of a reporting verb is the verb's.
5. What polls, documents and appearances report comes from :mod:`dragoman.read.quotes._sourced`.
6. The source is found by :mod:`dragoman.read.quotes._sources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from dragoman.read.quotes._claims import Claim, Span, joined
from dragoman.read.quotes._complements import complement, set_off
from dragoman.read.quotes._lexicon import Cue, Lexicon, word_list
from dragoman.read.quotes._nominal import according_to, of_adjective, of_adverb, of_noun
from dragoman.read.quotes._phrases import (
    Found,
    View,
    cue_span,
    is_active_finite,
    is_time,
    sentence_end,
    sentence_start,
)
from dragoman.read.quotes._sourced import sourced_claims
from dragoman.read.quotes._sources import agent_of, beside, opening_noun, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMMENTS = frozenset({"parataxis", "ccomp", "dep", "conj", "appos", "advcl"})
_CLAUSAL = frozenset({"VERB", "AUX", "SCONJ"})
_FAR = 14


def clause_claims(doc: Doc, number: int, words: Lexicon) -> Iterator[Claim]:
    """Every claim of a paragraph whose cue stands in the lexicon, in order of the cues."""
    view = View(doc, number, words)
    tables = {
        "VERB": (words.verbs, _of_verb),
        "AUX": (words.verbs, _of_verb),
        "NOUN": (words.nouns, of_noun),
        "ADJ": (words.adjectives, of_adjective),
        "ADV": (words.adverbs, of_adverb),
    }
    for token in doc:
        yield from sourced_claims(view, token)
        table = tables.get(token.pos_)
        cue = _lookup(table[0], token) if table is not None else None
        if table is not None and cue is not None:
            for found, source in table[1](view, token, cue):
                yield from _claim(view, found, cue, token, source)
        elif token.lower_ == "according":
            for content, source, to in according_to(view, token):
                yield _according(view, token, content, source, to)


def _lookup(table: Mapping[str, Cue], token: Token) -> Cue | None:
    """The entry of a word, with its particle first: "pointed out" before "pointed"."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.i + 1 < len(token.doc):
        for child in token.rights:
            if child.dep_ == "prt":
                phrasal = table.get(f"{lemma} {child.lower_}")
                return phrasal or table.get(lemma)
            if child.i > token.i + 4:
                break
    known = table.get(lemma)
    return known if known is not None or token.tag_ not in ("VBD", "VBN", "VBG") else table.get(f"{lemma}e")


def _claim(view: View, found: Found, cue: Cue, head: Token, source: Token | None) -> Iterator[Claim]:
    content = [(max(start, view.story), end) for start, end in found.content if end > view.story]
    if not content:
        return
    if source is not None and source.idx < view.story:
        source = beside(head, inverted=False) or opening_noun(head, view.story)
    if source is not None and any(start <= source.idx < end for start, end in content):
        source = _named_before(head) or beside(head, inverted=found.rule in ("fronted", "postposed"))
    yield Claim(
        paragraph=view.number,
        rule=found.rule,
        strength=cue.strength,
        cue=cue_span(head, found.extra),
        content=content,
        source=source,
        head=head,
        weak=found.frame in cue.weak,
    )


def _named_before(verb: Token) -> Token | None:
    """A name right before its verb that the tagger took for another word: "Early said"."""
    before = verb.doc[verb.i - 1] if verb.i else None
    named = before is not None and before.is_title and before.pos_ in ("PROPN", "ADV", "ADJ", "NOUN")
    return before if named else None


def _according(view: View, token: Token, content: list[Span], source: Token, to: Token) -> Claim:
    return Claim(
        paragraph=view.number,
        rule="according",
        strength=3,
        cue=[(token.idx, to.idx + len(to))],
        content=content,
        source=source,
        head=token,
    )


def _of_verb(view: View, verb: Token, cue: Cue) -> Iterator[tuple[Found, Token | None]]:
    found = _made_clear(view, verb) if verb.lemma_ == "make" else complement(view, verb, cue)
    if (found is None or found.rule == "obj") and _is_as_said(view, verb):
        found = Found("that", "as said", view.without(verb.head, verb))
    if found is None and "quote" in cue.frames and cue.strength == 3:
        found = _postposed(view, verb) or _closing(view, verb)
    if found is None or (found.rule == "pp" and found.frame not in cue.weak):
        found = _far_that(view, verb, cue) or found
    if found is not None:
        yield found, _speaker(view, verb, found)
    elif "obj" in cue.frames:
        yield from _passive(view, verb)


def _made_clear(view: View, verb: Token) -> Found | None:
    """What somebody "made (it) clear"."""
    clear = next((child for child in verb.rights if child.lower_ in ("clear", "plain", "known")), None)
    if clear is None:
        return None
    for child in [*clear.rights, *verb.rights]:
        if child.i > clear.i and (child.dep_ == "ccomp" or child.left_edge.lower_ == "that"):
            return Found("that", "that", view.phrase(child.subtree))
    return None


def _is_as_said(view: View, verb: Token) -> bool:
    """Whether the verb stands in an "as the ministry said" or "as reported by" set off by a comma."""
    marked = any(child.lower_ == "as" and child.dep_ in ("mark", "advmod") for child in verb.lefts)
    if verb.dep_ != "advcl" or not marked or verb.lemma_ not in word_list("as-said"):
        return False
    left, right = verb.left_edge.i, verb.right_edge.i
    after = view.doc[right].text == "," or (right + 1 < len(view.doc) and view.doc[right + 1].text == ",")
    return after or (left > 0 and view.doc[left - 1].text == ",")


def _postposed(view: View, verb: Token) -> Found | None:
    """The sentence that ``verb`` comments on from its middle or its end."""
    head = verb.head
    if head.i == verb.i or verb.dep_ not in _COMMENTS:
        return None
    if verb.dep_ != "parataxis" and not set_off(view, verb, None):
        return None
    content = view.without(head, verb)
    return Found("quote", "postposed", content) if content else None


def _closing(view: View, verb: Token) -> Found | None:
    """The sentence that "..., she said" closes, where the parse gave it another head."""
    subject = next((child for child in reversed(list(verb.lefts)) if child.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ in ("WP", "WDT") or verb.lemma_ not in word_list("as-said"):
        return None
    if not is_active_finite(verb) or any(item.pos_ in _CLAUSAL for item in _behind(verb)):
        return None
    comma, first = subject.left_edge.i - 1, sentence_start(verb)
    before = view.doc[first : max(comma, first)]
    opening = next((token.lower_ for token in before), "")
    if not opening or view.doc[comma].text != "," or opening in word_list("subordinate"):
        return None
    if not any(token.dep_ == "nsubj" and is_active_finite(token.head) for token in before):
        return None
    return Found("quote", "postposed", view.phrase(before))


def _behind(verb: Token) -> Iterable[Token]:
    """What follows a verb in its sentence."""
    return verb.doc[verb.i + 1 : sentence_end(verb)]


def _far_that(view: View, verb: Token, cue: Cue) -> Found | None:
    """A clause with "that" which the parse hung elsewhere: "said for the first time on Monday that ..."."""
    if cue.strength < 3 or "that" not in cue.frames or verb.dep_ == "amod":
        return None
    end = sentence_end(verb)
    for place in range(verb.i + 1, min(verb.i + _FAR, end)):
        token = view.doc[place]
        if token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ == "IN"):
            last = view.doc[end - 1]
            return Found("that", "that", joined([(token.idx, last.idx + len(last))], view.text))
        if (token.pos_ in ("VERB", "AUX", "SCONJ") and token.dep_ != "amod") or token.text in (",", ";", ":"):
            return None
    return None


def _speaker(view: View, verb: Token, found: Found) -> Token | None:
    if found.rule == "raised":
        return agent_of(verb)
    source = subject_of(view.turns.get(verb.i, verb))
    if source is not None and is_time(source):
        source = None
    must_have = is_active_finite(verb) and verb.dep_ != "advcl" and found.rule != "wh"
    if source is None and must_have:
        source = beside(verb, inverted=found.rule in ("fronted", "postposed")) or opening_noun(verb)
    if source is not None and source.lower_ == "it" and source.dep_ == "nsubjpass" and found.rule == "that":
        return None
    return source


def _passive(view: View, verb: Token) -> Iterator[tuple[Found, Token | None]]:
    """What a passive has as its subject: "the plan was rejected by Iran"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is not None:
        yield Found("obj", "passive", view.phrase(subject.subtree)), agent_of(verb)
