"""Clean-up of plain text and raw crawls."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.text.clean import clean

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
        ("Above: The delegations before the customs house.", "caption"),
        ("[Photo: Minister Aro and Minister Bele cross the bridge on Friday. Joint press corps]", "caption"),
        ("(Photo: Minister Aro (left) crosses the bridge with her hosts on Friday, they said.)", "caption"),
        ("[Image shows the two jetties. They stand where the river was once too low for a boat.]", "caption"),
        ("Anna Writer / Reuters A guard opens the gate of the customs house for the second car.", "caption"),
        ("The two ministers, left, and their hosts leave the customs house on Monday, June 4, 2018.", "caption"),
        ("Minister Aro (R) greets Minister Bele (L) before the customs house.", "caption"),
        ("This satellite image of the river mouth shows two new jetties.", "caption"),
        ("Anna Writer/Lake Post/Getty Images", "credit"),
        ("The Lake Archive via AP", "credit"),
        ("PUBLISHED: 09:12, Mon, Jun 4, 2018 | UPDATED: 16:30, Wed, Jun 6, 2018", "byline"),
        ("By Anna Writer 3 days ago", "byline"),
        ("2H ago", "counter"),
        ("3 / 8", "counter"),
        ("We recommend", "teaser"),
        ("More great Lake Post stories", "teaser"),
        ("Also on lakepost.com Five bridges to see this summer and how to get there", "teaser"),
        ("Anna Writer in Lakeside and Bo Helper in the capital contributed to this report.", "byline"),
        ("Lake Post staff writer Anna Writer contributed reporting from Lakeside.", "byline"),
        ("(Reporting by Anna Writer and Bo Helper; additional reporting by Cy Third; editing by Di Last)", "byline"),
        ("Additional reporting by Bo Helper.", "byline"),
        ("Write to Anna Writer at anna.writer@lakepost.com", "byline"),
        ("Follow Anna Writer on Twitter.", "byline"),
        ("You agree to receive updates and offers from the Lake Post and its partners.", "notice"),
        ("By signing up, you agree to our terms of service and privacy policy.", "notice"),
        ("Get the top stories of the lake delivered to your inbox every morning.", "notice"),
        ("Sign up here for our weekly newsletter on the talks.", "notice"),
        ("Thanks for signing up!", "notice"),
        ("You can unsubscribe at any time.", "notice"),
        ("There was an error processing your request.", "notice"),
        ("JavaScript is required to load the comments.", "notice"),
        ("We moderate comments: please be respectful of others, or your comment will be removed.", "notice"),
        ("Comments on this article are closed.", "notice"),
        ("Be the first to comment on this story", "notice"),
        ("Support our independent journalism with a gift of any size today.", "notice"),
        ("The views expressed in this article are the author's own and not those of the Lake Post.", "notice"),
        ("No part of this page may be reproduced without permission of the Lake Post.", "notice"),
        ("Get all the news of the lake: subscribe to our sister title “The River” today!", "notice"),
        ("We may earn a small commission from links on this page.", "notice"),
        ("Filed under: river, customs house, talks", "menu"),
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
        "Three agencies and a dozen harbour masters contributed to this report on the river.",
        "Reporting by the ministry of the flow of the river stopped after the flood of that year.",
        "I understand that the terms of the deal on the river are to stay secret for now.",
        "We will not share power with those who closed the bridge in the first place.",
        "There was an error of judgement in the ministry, and nobody has owned up to it yet.",
        "Something went wrong on the way from the river to the capital that winter.",
        "The comments of the minister have been published by the state newspaper of the north.",
        "Your comments were respected by all of us in the room, the minister wrote to him.",
        "Contact with the second boat was lost before midnight off the mouth of the river.",
        "Sign up for the newsletter of the bridge if you must, the mayor told the crowd.",
        "The views expressed at the meeting are those of the harbour masters of the north.",
        "The bomb, left on the bridge on June 3, 2018, was found by two boys from the town.",
        "Support our brothers across the river with all that you have, the pamphlet urged.",
        "Topics for the second round will be agreed on by the two deputies in the week before.",
        "Get out of the river valley before the night, the loudspeakers told the villagers.",
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


def test_readers_comments_behind_an_article_go() -> None:
    """Everything from the first of three numbered lines that name who comments is dropped."""
    comments = [
        line
        for number, words in enumerate(
            ("I knew it all along.", "They should have met years ago, and here!", "Why now?"), 1
        )
        for line in (f"{number}. reader{number} says:", words)
    ]
    text = "\n".join([*PROSE, *comments])
    assert kept_texts(text) == list(PROSE)
    assert set(reasons(text).values()) == {"other"}


def test_the_author_of_the_byline_is_described_outside_the_article() -> None:
    """What stands behind an article of the author whom its byline names goes; of anybody else it stays."""
    author = "Anna Writer is a correspondent of the Lake Post and has covered the river for ten years."
    other = "Bo Elder is a professor of law in the capital and has written on the river for years."
    text = "\n".join(["By Anna Writer", *PROSE, other, author])
    assert kept_texts(text) == [*PROSE, other]
    assert reasons(text)[author] == "byline"


def test_the_press_describes_itself_outside_the_article() -> None:
    """A writer described behind an article that does not tell of her goes; one whom the article tells of stays."""
    writer = "Cy Third is a senior correspondent at the Lake Post covering rivers and lakes."
    told = "They arrested Cy Third on the bridge, where she had taken pictures of the second car."
    assert reasons("\n".join([*PROSE, writer])) == {writer: "byline"}
    assert reasons("\n".join([*PROSE, told, writer])) == {}


def test_headlines_inside_an_article_go() -> None:
    """In a crawl headlines under a heading of teasers, in long capitals or cut off in a series go from its midst."""
    menu = [f"* {word}" for word in ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather")]
    under = ["Related stories", "* Five bridges to see this summer", "* Why the river flooded again in the spring"]
    shouted = ["FIVE BRIDGES THAT EVERYBODY SHOULD SEE THIS SUMMER BY THE LAKE"]
    cut = [
        f"* {place} votes against the new bridge over the..." for place in ("North", "South", "East", "West", "Town")
    ]
    for block in (under, shouted, cut):
        first, second = (" ".join(PROSE), PROSE[0]), (" ".join(reversed(PROSE)), PROSE[3])
        text = "\n".join([*menu, *first, *block, *second])
        assert kept_texts(text) == [*first, *second]
        assert {reasons(text)[line] for line in block} == {"teaser"}


def test_a_list_under_a_colon_stays() -> None:
    """A line that ends in a colon begins a list of the article, and a single cut-off line is none of a series."""
    menu = [f"* {word}" for word in ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather")]
    lines = ["These are the five points of the plan:", "* Open the bridge to the carts of both banks", "And then..."]
    text = "\n".join([*menu, " ".join(PROSE), "Related stories", *lines, " ".join(reversed(PROSE))])
    assert set(lines) <= set(kept_texts(text))


def test_a_gallery_of_captions_keeps_its_captions() -> None:
    """Where captions are all the running text that there is, they are the article."""
    captions = [f"{sentence} (Photo: Anna Writer/AP)" for sentence in PROSE[:3]]
    assert kept_texts("\n".join(captions)) == captions


def test_a_long_list_inside_an_article_stays() -> None:
    """Running text behind a list belongs to the article where no share bar or tag list parts them."""
    menu = [f"* {word}" for word in ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather")]
    items = [f"{name} ferry from the old quay" for name in ("Red", "Green", "Blue", "Grey", "White", "Black") * 3]
    later = [
        "The harbour master of the old town had the timetable printed on cards and hung at every gate of the quay.",
        "He said that whoever wanted to cross the river on the day of the talks should come in the early morning.",
        "The police of both sides would search every bag, he said, and nobody could say how long that might take.",
        "In the evening the last boat would wait until the delegations had left the customs house for the airport.",
        "The two spokeswomen thanked him for it on the next day, in the same words and nearly at the same minute.",
    ]
    opening = [f"{sentence[:-1]}, as on every day of that long winter." for sentence in (*PROSE, *later)]
    for before, after in ((opening, later), (later, opening)):
        kept = kept_texts("\n".join([*menu, *before, *items, *after]))
        assert set(before) | set(items) | set(after) <= set(kept)


def test_a_line_that_an_article_repeats_on_purpose_stays() -> None:
    """What stands three times is a refrain of the article; what stands twice is a pull quote, kept once."""
    menu = [f"* {word}" for word in ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather")]
    refrain = "Neither side would say why the bridge was closed."
    text = "\n".join([*menu, PROSE[0], refrain, PROSE[1], refrain, PROSE[2], refrain, PROSE[3], PROSE[1]])
    kept = kept_texts(text)
    assert (kept.count(refrain), kept.count(PROSE[1])) == (3, 1)


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
    """On articles that are already clean a credit or a line of who reported is dropped, and no sentence."""
    folder = Path(str(GOLD)) / "quotes"
    for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        others = [item for item in clean(text).dropped if item.reason != "byline"]
        assert all(len(text[item.span[0] : item.span[1]].split()) < 8 for item in others)


@needs_gold
def test_labelled_lines_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """On labelled lines of crawled pages macro-F1 stays above .87 and long article lines keep 99 % of their words."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    measure = import_module("_reading_boilerplate").measure
    rows = {str(row["measure"]): float(str(row["value"])) for row in measure(Path(str(GOLD)))}
    assert rows["macro-F1"] > 0.87
    assert rows["words lost in article lines of 8 words or more"] < 0.01


def test_a_sentence_in_brackets_about_pictures_stays() -> None:
    """Brackets alone make no caption: a remark on photographs is the article's."""
    remark = "(Photographs of the talks were later shown to the committee, which found nothing new in them.)"
    text = f"The two ministers met for an hour at the old customs house.\n\n{remark}"
    assert clean(text).dropped == ()
