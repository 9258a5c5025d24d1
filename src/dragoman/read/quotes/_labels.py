"""Speakers of headlines and transcripts: ``Lavrov: No Talks This Year``, ``Q: ...``, ``Seoul Says Talks Are Off``.

A label is a short noun phrase at the start of a paragraph that names a person, a
title or a body, or is one letter of question and answer.  Its content is the rest of
the paragraph.  In a line of capitalised words the reporting verb is found by its form,
since the parser takes it for a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import Claim, trimmed
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._names import is_person, is_title_word, name_run, run_text

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 6
_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PRON", "X"})


def label_claim(doc: Doc, number: int) -> Claim | None:
    """The claim of a paragraph that opens with its speaker's name and a colon."""
    place = next((token.i for token in doc[: _LONGEST + 1] if token.text == ":"), None)
    if not place or len(doc) < place + 3:
        return None
    words = [token for token in doc[:place] if not token.is_punct]
    if not words or not _names_speaker(words):
        return None
    start, end = trimmed((doc[place + 1].idx, len(text_of(doc))), text_of(doc))
    return Claim(
        paragraph=number,
        rule="label",
        strength=3,
        cue=[(doc[place].idx, doc[place].idx + 1)],
        content=[(start, end)],
        source=words[-1],
        head=doc[place],
    )


def _names_speaker(words: list[Token]) -> bool:
    last = words[-1]
    if len(words) == 1 and last.text in word_list("question-and-answer"):
        return True
    if any(token.pos_ not in _NOMINAL for token in words) or not words[0].text[:1].isupper():
        return False
    run = name_run(last)
    if run is not None and len(words) <= _LONGEST:
        name = run_text(last.doc, run).title()
        return is_person(name) and last.lower_ not in word_list("no-labels")
    return is_title_word(last.lower_) and last.lower_ not in word_list("no-labels")


def headline_claim(doc: Doc, number: int) -> Claim | None:
    """The claim of a line of capitalised words with a reporting verb: ``Seoul Says Talks Are Off``."""
    verb = next((token for token in doc if token.i and token.lower_ in word_list("headline-verbs")), None)
    if verb is None or not _is_headline(doc):
        return None
    before, after = doc[: verb.i], doc[verb.i + 1 :]
    comma = max((token.i for token in before if token.text == ","), default=-1)
    behind = [token for token in after if token.is_alpha]
    if len(behind) >= 2:
        span, source = (after[0].idx, len(text_of(doc))), before[-1]
    elif comma > 1:
        span, source = (0, doc[comma].idx), before[-1]
    else:
        return None
    return Claim(
        paragraph=number,
        rule="headline",
        strength=3,
        cue=[(verb.idx, verb.idx + len(verb))],
        content=[trimmed(span, text_of(doc))],
        source=source,
        head=verb,
    )


def _is_headline(doc: Doc) -> bool:
    words = [token.text for token in doc if token.is_alpha and len(token) > 3]
    return 2 <= len(words) <= 25 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
