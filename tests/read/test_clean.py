"""Clean-up of plain text and raw crawls."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.clean import clean

GOLD = os.environ.get("DRAGOMAN_GOLD")
PROSE = (
    "The two delegations met for three hours in the old customs house by the river.",
    "Neither side would say afterwards whether the question of the islands had been raised.",
    "A member of the host's staff carried a box of files out to the second car.",
    "They will meet again next month, a spokeswoman said, though she would not name the day.",
)


def kept_texts(text: str) -> list[str]:
    """The words of the kept paragraphs."""
    return [text[start:end] for start, end in clean(text).kept]


def reasons(text: str) -> dict[str, str]:
    """What was dropped, and why."""
    return {text[item.span[0] : item.span[1]]: item.reason for item in clean(text).dropped}


def test_a_clean_article_is_kept_whole() -> None:
    """Nothing is dropped from paragraphs of running text, their subheads and their headline."""
    text = (
        "Ministers meet by the river\n\n" + "\n\n".join(PROSE[:2]) + "\n\nA box of files\n\n" + "\n\n".join(PROSE[2:])
    )
    assert clean(text).dropped == ()
    assert len(clean(text).kept) == 6


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Loading...", "loading"),
        ("3 comments", "counter"),
        ("12 replies on “The talks by the river”", "counter"),
        ("Comments are closed.", "counter"),
        ("Share on Facebook", "share"),
        ("Facebook Twitter Email", "share"),
        ("Advertisement", "advert"),
        ("© 2019 The Lake Post. All rights reserved.", "notice"),
        ("Sign up for our newsletter", "notice"),
        ("READ MORE: What the river treaty says", "teaser"),
        ("Related stories", "teaser"),
        ("By Anna Writer", "byline"),
        ("Published: 5 March 2019, 10:15 am", "byline"),
        ("Photo: Anna Writer/The Lake Post", "credit"),
        ("The delegations at the customs house on Tuesday. Anna Writer / Reuters", "caption"),
        ("The old customs house in an undated photo released by the ministry. [Photo/Agencies]", "caption"),
    ],
)
def test_furniture_names_itself(line: str, reason: str) -> None:
    """A line of page furniture between paragraphs goes, with its reason, and the paragraphs stay."""
    text = f"{PROSE[0]}\n\n{PROSE[1]}\n\n{line}\n\n{PROSE[2]}"
    assert reasons(text) == {line: reason}


@pytest.mark.parametrize(
    "sentence",
    [
        "The company changed its privacy policy on Tuesday, officials of the ministry said.",
        "More from the talks is expected on Friday, when the second round begins.",
        "12 votes on the council were against the plan and three were for it.",
        "Please keep a log of all the calls that you receive, he told them.",
        "The image released by the ministry showed the two cars on the bridge.",
        "By Tuesday the two sides had agreed on the first part of the text.",
        "Share prices fell on the news of the talks by the river on Tuesday.",
        "Advertisements for the new bridge hang in every street of the old town.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    """A whole sentence is never taken for furniture because of its words."""
    assert clean("\n\n".join((PROSE[0], sentence, PROSE[1]))).dropped == ()


def test_a_caption_that_stands_twice_goes_and_its_repeat_with_it() -> None:
    """What stands twice in a row is kept at most once."""
    line = "The second car waiting before the old customs house on the river bank"
    text = "\n".join((PROSE[0], line, line, PROSE[1]))
    assert kept_texts(text).count(line) == 1
    assert reasons(text) == {line: "repeated"}


def test_a_menu_and_teasers_around_an_article_go() -> None:
    """In a crawl the menu before and the headlines after the article are dropped."""
    menu = [f"* {word}" for word in ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather")]
    teasers = [
        "Related stories",
        "Five bridges to see this summer",
        "Why the river flooded again",
        "The best of the lake",
    ]
    text = "\n".join([*menu, *PROSE, *teasers])
    assert kept_texts(text) == list(PROSE)
    assert set(reasons(text).values()) == {"menu", "teaser"}


def test_lines_wrapped_at_a_width_become_paragraphs() -> None:
    """Single line breaks inside a paragraph are joined; blank lines part paragraphs."""
    wrapped = (
        "The two delegations met for three hours in the old\ncustoms house by the river, and neither side would\n"
        "say afterwards whether the question of the islands\nhad been raised.\n\n"
        "They will meet again next month, a spokeswoman said\non Tuesday, though she would not name the day.\n"
    )
    assert [text.count("\n") for text in kept_texts(wrapped)] == [3, 1]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    """A text with a paragraph a line is not joined."""
    assert kept_texts("\n".join(PROSE)) == list(PROSE)


def test_an_interview_keeps_its_questions() -> None:
    """A question asked twice is no repeated block."""
    text = "\n".join(
        [
            "* Home",
            "* World",
            "* Sport",
            "* Culture",
            "* Weather",
            PROSE[0],
            "What do you expect from the talks?",
            PROSE[1],
            "What do you expect from the talks?",
            PROSE[2],
        ]
    )
    assert kept_texts(text).count("What do you expect from the talks?") == 2


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=400))
def test_every_word_is_either_kept_or_dropped(text: str) -> None:
    """Kept and dropped pieces do not overlap, lie inside the text and leave out only white space."""
    cleaned = clean(text)
    spans = sorted([*cleaned.kept, *(item.span for item in cleaned.dropped)])
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[left:right].strip() for left, right in zip(edges[::2], edges[1::2], strict=True))


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*PROSE, "Advertisement", "3 comments", "* Home", "", "Related"]), max_size=30))
def test_cleaning_what_is_clean_changes_nothing(lines: list[str]) -> None:
    """The kept paragraphs, put together, are kept again."""
    once = kept_texts("\n".join(lines))
    if len(set(once)) == len(once):
        assert kept_texts("\n\n".join(once)) == once


needs_gold = pytest.mark.skipif(GOLD is None, reason="DRAGOMAN_GOLD is not set: clean-up is not measured")


@needs_gold
def test_no_sentence_of_clean_news_is_lost() -> None:
    """On articles that are already clean at most a stray credit is dropped, and no sentence."""
    folder = Path(str(GOLD)) / "quotes"
    for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        assert all(len(text[item.span[0] : item.span[1]].split()) < 8 for item in clean(text).dropped)


@needs_gold
def test_labelled_lines_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """On labelled lines of crawled pages macro-F1 stays above .82 and long article lines above 97 % of words."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    measure = import_module("_reading_boilerplate").measure
    rows = {str(row["measure"]): float(str(row["value"])) for row in measure(Path(str(GOLD)))}
    assert rows["macro-F1"] > 0.82
    assert rows["words lost in article lines of 8 words or more"] < 0.03
