"""Attributes looked up against what the pipeline's own rules say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read import _attributes
from dragoman.read._attributes import quicken
from dragoman.read.parse import PIPELINE, parse_text
from dragoman.read.parsed import text_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "korea" / "articles"
ODD = [
    "",
    "   ",
    "I ai n't gon na go; you got ta see. Let 's go!\n\nThere's one, y' all. It's him.",
    "There were talks, c'm on. It does what it did; he'd have had it. That man, but he.",
]
WORDS = [
    "there",
    "is",
    "were",
    "y'",
    "all",
    "got",
    "ta",
    "gon",
    "na",
    "let",
    "'s",
    "you",
    "it",
    "do",
    " ",
    "but",
    "talks",
]


@pytest.fixture(scope="module")
def own() -> Language:
    """The pipeline with its own rules."""
    return spacy.load(PIPELINE, exclude=["ner"])


@pytest.fixture(scope="module")
def quick() -> Language:
    """The pipeline with look-up."""
    language = spacy.load(PIPELINE, exclude=["ner"])
    quicken(language)
    return language


def rows(doc: Doc) -> list[tuple[str, ...]]:
    """All that the rules may set, and what must stay as it was."""
    return [(t.text, t.tag_, t.pos_, t.dep_, str(t.morph), t.lemma_, str(t.head.i), str(t.is_sent_start)) for t in doc]


def test_articles_get_the_attributes_of_the_pipelines_own_rules(own: Language, quick: Language) -> None:
    """Looked-up classes, morphology and lemmas are those that the ruler and the lemmatiser give, token by token."""
    texts = [path.read_text(encoding="utf-8")[:1500] for path in sorted(EXAMPLE.iterdir())[:12]] + ODD
    assert "lemmatizer" not in quick.pipe_names
    for want, got in zip(own.pipe(texts), quick.pipe(texts), strict=True):
        assert rows(got) == rows(want)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_rules_of_several_tokens_hold_too(own: Language, quick: Language, words: list[str]) -> None:
    """Words that begin or end a rule of two tokens get what the ruler gives them, in any order."""
    text = " ".join(words)
    assert rows(quick(text)) == rows(own(text))


def test_a_full_memory_starts_again(own: Language, quick: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the look-up is full it is emptied, and the answers stay the same."""
    monkeypatch.setattr(_attributes, "MOST_KEYS", 5)
    for text in ODD:
        assert rows(quick(text)) == rows(own(text))


def test_a_ruler_that_asks_for_more_is_left_alone() -> None:
    """A pattern on anything but tag, dependency, word and white space keeps the pipeline's own ruler."""
    language = spacy.blank("en")
    language.add_pipe("attribute_ruler").add([[{"SHAPE": "Xxxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    quicken(language)
    assert type(language.get_pipe("attribute_ruler")).__name__ == "AttributeRuler"


def test_sentences_and_text_are_remembered_as_they_are() -> None:
    """Looking sentences and text up gives what spaCy works out itself."""
    parsed = parse_text("Kim met Xi in Beijing. They talked for two hours.\nThe talks, he said, had been warm.")
    for paragraph in parsed.paragraphs:
        doc = paragraph.doc
        starts = [token.i for token in doc if token.is_sent_start]
        assert [sentence.start for sentence in doc.sents] == starts
        assert all(token.sent.start == max(start for start in starts if start <= token.i) for token in doc)
        assert text_of(doc) == text_of(doc) == doc.text
