"""The analysis of a sentence: its clauses, how real each act is, who says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.read.parse import parse_text
from dragoman.read.syntax import Sentence, analyse
from dragoman.read.syntax import factuality as rules
from dragoman.read.syntax.words import SLOTS, factors

ROWS = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in (Path(__file__).parent / "tables" / "factuality.psv").read_text().splitlines()
    if line and not line.startswith("#")
]


def sentence(text: str) -> Sentence:
    """The analysis of the first sentence of a text."""
    return analyse(next(iter(parse_text(text).sentences()))[1])


def place(found: Sentence, word: str) -> int:
    """Where a word stands."""
    return [found.tree.words[place] for place in range(len(found.tree))].index(word.lower())


@pytest.mark.parametrize(("text", "word", "want", "rule"), ROWS)
def test_an_act_is_as_real_as_its_words_say(text: str, word: str, want: str, rule: str) -> None:
    """Each row of the table names the factuality of a word and the rule that decides it."""
    found = sentence(text)
    assert found.factuality(place(found, word)) == want, rule


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("Peru said that Chile had invaded Bolivia.", "invaded", "peru"),
        ("Talks will resume on Monday, the minister said.", "resume", "minister"),
        ("According to the ministry, Peru attacked.", "attacked", "ministry"),
        ("Peru attacked Chile.", "attacked", None),
    ],
)
def test_who_says_it(text: str, word: str, source: str | None) -> None:
    """The source of a clause is the subject of the verb of saying above or beside it, or whom it is "according to"."""
    found = sentence(text)
    said = found.source(place(found, word))
    assert (found.tree.words[said] if said is not None else None) == source


def test_a_quoted_predicate_is_marked() -> None:
    """Words between quotation marks are quoted, the verb that introduces them is not."""
    found = sentence("“We will never surrender,” he told reporters.")
    clauses = {clause.lemma: clause for clause in found.clauses}
    assert clauses["surrender"].quoted
    assert not clauses["tell"].quoted


@pytest.mark.parametrize(
    ("text", "lemma", "tense"),
    [
        ("Peru has met Chile.", "meet", "past"),
        ("Peru will meet Chile.", "meet", "future"),
        ("Peru meets Chile.", "meet", "present"),
        ("Peru agreed to meet Chile.", "meet", "infinitive"),
        ("After meeting its envoy, Peru asked for more.", "meet", "participle"),
    ],
)
def test_the_tense_of_a_clause(text: str, lemma: str, tense: str) -> None:
    """The perfect is past, "will" is future, "to" makes an infinitive."""
    assert [clause.tense for clause in sentence(text).clauses if clause.lemma == lemma] == [tense]


def test_a_time_is_no_particle() -> None:
    """A day tells when and is no particle of the verb; the "by" phrase of a passive is the subject."""
    called = sentence("Peru on Monday called for sanctions against Chile.").clauses[0]
    assert "on" not in called.particles
    freed = next(clause for clause in sentence("The envoy was freed by Chile.").clauses if clause.lemma == "free")
    assert freed.passive
    assert len(freed.subjects) == len(freed.objects) == 1


def failing() -> int:
    """How many rows of the table fail."""
    return sum(sentence(text).factuality(place(sentence(text), word)) != want for text, word, want, _ in ROWS)


@pytest.mark.parametrize("slot", SLOTS)
def test_each_list_of_words_is_needed(slot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the words of one slot some row of the table fails."""
    less = {name: {} if name == slot else found for name, found in factors().items()}
    monkeypatch.setattr(rules, "factors", lambda: less)
    assert failing() > 0


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("is_negated", False),
        ("modal", None),
        ("_is_inverted", False),
        ("_is_nobody", False),
        ("_is_reported", False),
        ("_is_content", False),
        ("_is_finite_conjunct", False),
        ("_is_definite", True),
        ("_is_met", False),
        ("_passes", False),
        ("_passes", True),
        ("_speaks_for_itself", False),
        ("_after_yet", False),
    ],
)
def test_each_rule_is_needed(rule: str, answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one rule switched off, or always holding, some row of the table fails."""
    monkeypatch.setattr(rules, rule, lambda *_: answer)
    assert failing() > 0
