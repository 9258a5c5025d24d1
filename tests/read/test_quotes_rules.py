"""Quotes: rules beyond the plain reporting clause, each with sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.read.parse import parse_text
from dragoman.read.quotes import find_quotes

DAY = date(2018, 6, 12)
Said = tuple[str, str | None, str]


def said(text: str) -> list[Said]:
    """Kind, speaker and content of every quote of ``text``."""
    found: list[Said] = []
    for quote in find_quotes(parse_text(text, DAY)):
        span = quote.speaker.span
        content = " # ".join(text[start:end] for start, end in quote.content)
        found.append((quote.kind, text[span[0] : span[1]] if span else None, content))
    return found


FINDINGS = [
    ("The survey puts Ms. Berg ahead of the premier.", "The survey", "Ms. Berg ahead of the premier"),
    (
        "The poll shows the farmers' party with a narrow lead.",
        "The poll",
        "the farmers' party with a narrow lead",
    ),
    ("The video shows the boat on fire.", "The video", "the boat on fire"),
    ("In a poll, the farmers' party led by nine points.", "a poll", "the farmers' party led by nine points"),
    (
        "The harbour, in the view of the pilots, would need a second pier.",
        "the pilots",
        "The harbour # would need a second pier",
    ),
    ("The treaty is dead, the survey found.", "the survey", "The treaty is dead"),
]


@pytest.mark.parametrize(("text", "who", "content"), FINDINGS, ids=[case[0][:40] for case in FINDINGS])
def test_what_polls_documents_and_views_report(text: str, who: str, content: str) -> None:
    """A poll, a document or somebody's view is a source without a reporting verb."""
    assert said(text) == [("indirect", who, content)]


NOBODY = [
    ("The ceasefire appears to be holding in the valley.", "The ceasefire # to be holding in the valley"),
    ("It seems that the envoy has left the island.", "that the envoy has left the island"),
    ("It is clear that the ferry was overloaded.", "that the ferry was overloaded"),
    ("It is important to note that the dam was never tested.", "that the dam was never tested"),
    ("The dam is expected to hold until spring.", "The dam # to hold until spring"),
]


@pytest.mark.parametrize(("text", "content"), NOBODY, ids=[case[0][:40] for case in NOBODY])
def test_what_nobody_named_reports(text: str, content: str) -> None:
    """What seems, is clear or is expected has no speaker: neither "it" nor the subject says it."""
    assert said(text) == [("indirect", None, content)]


def test_who_seems_to_say_something_says_it() -> None:
    """After "seemed to" a reporting verb keeps its own speaker and content."""
    assert said("The miller seemed to deny the charge.") == [("indirect", "The miller", "the charge")]


def test_what_is_supposed_to_be_is_no_report() -> None:
    """A duty is not reported speech."""
    assert said("The dam was supposed to hold until spring.") == []


CLAUSES = [
    (
        "As the auditor has pointed out, that is the “richest village” in the valley.",
        ("mixed", "the auditor", "that is the “richest village” in the valley"),
    ),
    (
        "The king sees the rebels as driven by hunger.",
        ("indirect", "The king", "the rebels as driven by hunger"),
    ),
    ("The council prefers a bridge to a ferry.", ("indirect", "The council", "a bridge to a ferry")),
    (
        "The premier expressed concern about the drought.",
        ("indirect", "The premier", "concern about the drought"),
    ),
    ("Lind sniped that the captain was asleep.", ("indirect", "Lind", "that the captain was asleep")),
    ("Berg confided to her that the ship was lost.", ("indirect", "Berg", "that the ship was lost")),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES, ids=[case[0][:40] for case in CLAUSES])
def test_extent_of_a_clause(text: str, expected: Said) -> None:
    """A content takes what completes it and nothing else."""
    assert said(text) == [expected]


def test_according_to_a_source_with_a_clause_of_its_own() -> None:
    """What stands before "according to" is the content, though the source's own clause goes on behind it."""
    text = (
        "Now the navy is looking into whether the ship was armed, according to two sailors who served on board "
        "but were not allowed to speak."
    )
    ((_, who, content),) = said(text)
    assert content == "Now the navy is looking into whether the ship was armed"
    assert str(who).startswith("two sailors")


SPEAKERS = [
    ("Berg released a letter that said the mine would close.", "Berg", "the mine would close"),
    (
        "But Tomas Lind (the younger), noting the size of the crowd, said, “We have never seen so many people here.”",
        "Tomas Lind (the younger)",
        "“We have never seen so many people here.”",
    ),
    (
        "The flood did not surprise the engineer Tomas Lind: “The wall was never high enough for us.”",
        "Tomas Lind",
        "“The wall was never high enough for us.”",
    ),
    (
        "An aide who spoke to discuss the plan said on Friday, “We will open the gates at noon.”",
        "An aide who spoke to discuss the plan",
        "“We will open the gates at noon.”",
    ),
    (
        "British Prime Minister Theresa May suggested that the border would stay open.",
        "British Prime Minister Theresa May",
        "that the border would stay open",
    ),
    ("The villagers themselves disagree with the plan.", "The villagers themselves", "the plan"),
]


@pytest.mark.parametrize(("text", "who", "content"), SPEAKERS, ids=[case[0][:40] for case in SPEAKERS])
def test_who_speaks(text: str, who: str, content: str) -> None:
    """Who issued a document speaks in it, and a subject that the parse lost is found."""
    assert [(speaker, words) for _, speaker, words in said(text)] == [(who, content)]


def test_a_quoted_paragraph_without_a_cue_goes_on() -> None:
    """A paragraph of nothing but quoted words is said by who spoke last in the paragraph before."""
    text = "“The river was kind to us,” said the miller.\n“Nobody lost a field.”\n"
    assert said(text) == [("direct", "the miller", "“The river was kind to us,” # “Nobody lost a field.”")]


def test_a_quoted_sentence_beside_an_aside_goes_on() -> None:
    """Quoted words with nothing but an adverbial beside them are said by who spoke before."""
    text = "“The river was kind to us,” said the miller. In the hills, by contrast, “nobody saved a field.”"
    assert said(text) == [("direct", "the miller", "“The river was kind to us,” # “nobody saved a field.”")]


def test_a_quoted_paragraph_after_a_label_is_not_the_labels() -> None:
    """In a transcript a paragraph belongs to its own label, never to the one before."""
    text = "BERG: The gates will stay shut.\nLIND: “Then we shall open them at noon.”\n"
    assert [speaker for _, speaker, _ in said(text)] == ["BERG", "LIND"]


def test_a_colon_without_a_reporting_verb_promises_too() -> None:
    """A sentence that ends in a colon gives the quoted next paragraph its subject as speaker."""
    text = "Kruse shrugged:\n“The river was kind to us this year.”\n"
    assert said(text) == [("direct", "Kruse", "“The river was kind to us this year.”")]


def test_a_block_of_text_after_wrote() -> None:
    """A paragraph without marks after "wrote:" is what was written, and indirect."""
    text = "On its website the ministry wrote:\nThe island has three harbours, and all of them will stay open.\n"
    assert said(text) == [("indirect", "the ministry", "The island has three harbours, and all of them will stay open")]


def test_a_pollster_who_said_so_is_no_medium() -> None:
    """A named person keeps what he says of himself, though the word before his name is one for a body."""
    text = "Pollster Daron Lind told the daily that he credits the farmers with the change."
    assert [speaker for _, speaker, _ in said(text)] == ["Pollster Daron Lind"]
