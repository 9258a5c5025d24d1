"""Quotes: sentences of our own, each with what is said, by whom and how."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import UnknownNameError
from dragoman.read.findings import Entity, Quote
from dragoman.read.index import EntityIndex
from dragoman.read.parse import parse_text
from dragoman.read.quotes import find_quotes

DAY = date(2018, 6, 12)


def read(text: str) -> list[Quote]:
    """The quotes of ``text``."""
    return find_quotes(parse_text(text, DAY))


def words(text: str, quote: Quote) -> tuple[str, ...]:
    """The pieces of a quote's content."""
    return tuple(text[start:end] for start, end in quote.content)


def speaker(text: str, quote: Quote) -> str | None:
    """The words that name the speaker."""
    span = quote.speaker.span
    return text[span[0] : span[1]] if span else None


CASES = [
    # direct speech
    ("“We will not sign,” the minister said.", "direct", ("“We will not sign,”",), "the minister"),
    ("“We will not sign,” said the minister.", "direct", ("“We will not sign,”",), "the minister"),
    ('"The road is open," Mr. Ahn told reporters.', "direct", ('"The road is open,"',), "Mr. Ahn"),
    ("``The road is open,'' he said.", "direct", ("``The road is open,''",), "he"),
    ("„The road is open,“ he said.", "direct", ("„The road is open,“",), "he"),
    (
        "“We will wait,” said Anna Berg, a negotiator for the union. “Nobody is leaving.”",
        "direct",
        ("“We will wait,”", "“Nobody is leaving.”"),
        "Anna Berg, a negotiator for the union",
    ),
    (
        "“If they come,” the colonel said, “we will be ready.”",
        "direct",
        ("“If they come,”", "“we will be ready.”"),
        "the colonel",
    ),
    ("Mr. Ortega said: “Nothing has been agreed.”", "direct", ("“Nothing has been agreed.”",), "Mr. Ortega"),
    ("She asked, “Who will pay for this bridge?”", "direct", ("“Who will pay for this bridge?”",), "She"),
    ("“Who will pay for this bridge?” asked the mayor.", "direct", ("“Who will pay for this bridge?”",), "the mayor"),
    ("“No,” replied the envoy.", "direct", ("“No,”",), "the envoy"),
    ("“The harbour is full,” according to the pilot.", "direct", ("“The harbour is full,”",), "the pilot"),
    (
        "The consul wrote, “The visas are ready and waiting.”",
        "direct",
        ("“The visas are ready and waiting.”",),
        "The consul",
    ),
    ("“We lost the valley.” — Tomas Lind", "direct", ("“We lost the valley.”",), "Tomas Lind"),
    # mixed
    (
        "The general said the raid was “a complete success.”",
        "mixed",
        ("the raid was “a complete success.”",),
        "The general",
    ),
    (
        "The premier called the offer “an insult to farmers.”",
        "mixed",
        ("the offer “an insult to farmers.”",),
        "The premier",
    ),
    (
        "The prince described the border as “closed for good.”",
        "mixed",
        ("the border as “closed for good.”",),
        "The prince",
    ),
    ("He accused the council of “selling the port.”", "mixed", ("the council of “selling the port.”",), "He"),
    # indirect
    ("The minister said that the talks had failed.", "indirect", ("that the talks had failed",), "The minister"),
    ("The talks had failed, the minister said.", "indirect", ("The talks had failed",), "the minister"),
    ("The bridge, she said, would open in May.", "indirect", ("The bridge", "would open in May"), "she"),
    ("The envoy told reporters that rice had arrived.", "indirect", ("that rice had arrived",), "The envoy"),
    (
        "According to the port authority, two ships were lost.",
        "indirect",
        ("two ships were lost",),
        "the port authority",
    ),
    ("Two ships were lost, according to the navy.", "indirect", ("Two ships were lost",), "the navy"),
    ("The mayor asked whether the dam would hold.", "indirect", ("whether the dam would hold",), "The mayor"),
    ("The cabinet refused to release the prisoners.", "indirect", ("to release the prisoners",), "The cabinet"),
    ("The king urged the rebels to lay down arms.", "indirect", ("the rebels to lay down arms",), "The king"),
    ("The senator denounced the new fishing treaty.", "indirect", ("the new fishing treaty",), "The senator"),
    (
        "The chancellor called for a ceasefire in the valley.",
        "indirect",
        ("a ceasefire in the valley",),
        "The chancellor",
    ),
    (
        "The president made clear that the troops would stay.",
        "indirect",
        ("that the troops would stay",),
        "The president",
    ),
    (
        "The minister said for the first time on Monday that troops had crossed the river.",
        "indirect",
        ("that troops had crossed the river",),
        "The minister",
    ),
    (
        "The minister said on Friday he would visit the island.",
        "indirect",
        ("he would visit the island",),
        "The minister",
    ),
    (
        "GENEVA (Reuters) - The inspector said the tanks were empty.",
        "indirect",
        ("the tanks were empty",),
        "The inspector",
    ),
    (
        "The treaty, as the ambassador said, is only a first step.",
        "indirect",
        ("The treaty", "is only a first step"),
        "the ambassador",
    ),
]


@pytest.mark.parametrize(("text", "kind", "content", "who"), CASES, ids=[case[0][:60] for case in CASES])
def test_one_statement(text: str, kind: str, content: tuple[str, ...], who: str) -> None:
    """A sentence with one statement gives one quote with its kind, its words and its speaker."""
    (quote,) = read(text)
    assert quote.kind == kind
    assert tuple(piece.rstrip(",") for piece in words(text, quote)) == tuple(piece.rstrip(",") for piece in content)
    assert speaker(text, quote) == who


NOTHING = [
    "The so-called “peace village” lies north of the river.",
    "They watched “The Long Road,” a film about the war.",
    "The ship left the harbour in the morning and reached the island at night.",
    'He bought a 6" pipe and a 12" saw.',
    "The dam holds back the river, and the valley has many farms.",
    "",
    "\n\n",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_statement(text: str) -> None:
    """Terms, titles, inches and plain events are no quotes."""
    assert read(text) == []


def test_two_turns_of_one_speaker() -> None:
    """What a speaker adds in a participle is a second statement of the same speaker."""
    text = "The minister said the talks had failed, adding that he would resign."
    first, second = read(text)
    assert words(text, first) == ("the talks had failed",)
    assert words(text, second) == ("that he would resign",)
    assert speaker(text, first) == speaker(text, second) == "The minister"


def test_conjoined_verbs_share_their_subject() -> None:
    """The second of two verbs takes the subject of the first."""
    text = "The president praised the miners and condemned the owners of the pits."
    quotes = read(text)
    assert [words(text, quote) for quote in quotes] == [("the miners",), ("the owners of the pits",)]
    assert {speaker(text, quote) for quote in quotes} == {"The president"}


def test_a_quote_inside_a_quote_is_part_of_it() -> None:
    """What a quoted person reports in turn belongs to the outer quote."""
    text = "“My brother told me that the war was over,” the old man said."
    (quote,) = read(text)
    assert speaker(text, quote) == "the old man"


def test_what_somebody_is_told_to_do() -> None:
    """An infinitive after the person told is the content, with words of place between."""
    text = "Ruiz told his friends at the harbour to “go home and rest” before the storm."
    (quote,) = read(text)
    assert speaker(text, quote) == "Ruiz"
    assert any("go home and rest" in part for part in words(text, quote))


def test_speech_over_two_paragraphs() -> None:
    """A paragraph that leaves its marks open goes on in the next one with the same speaker."""
    text = "“The river rose for three days,” said the mayor. “We moved the school first.\n“Then we moved the mill.”\n"
    (quote,) = read(text)
    assert words(text, quote)[-1] == "“Then we moved the mill.”"
    assert speaker(text, quote) == "the mayor"


def test_a_colon_promises_the_next_paragraph() -> None:
    """A paragraph that ends in "said:" gives the quoted next one its speaker."""
    text = "In the evening the foreign ministry said:\n“The envoy has left the country and will not return.”\n"
    (quote,) = read(text)
    assert speaker(text, quote) == "the foreign ministry"
    assert quote.kind == "direct"


def test_an_odd_mark_breaks_nothing() -> None:
    """A missing closing mark ends the quote at its sentence, and later quotes are still found."""
    text = "He said “the gate is shut. The guards left. “We saw them go,” the baker said."
    assert "the baker" in {speaker(text, quote) for quote in read(text)}


def test_a_reporter_asked_passively_is_nobody() -> None:
    """Who was asked did not ask."""
    text = "Asked whether the port would close, the mayor laughed."
    (quote,) = read(text)
    assert speaker(text, quote) is None


SPEAKERS = [
    ("Chinese Foreign Minister Wang Yi said that talks would resume.", "executive", "CHN", "Foreign Minister"),
    ("Marta Ruiz, a professor at the University of Chile, said that the law was old.", "expert", "CHL", "professor"),
    ("State media said that the harvest was good.", "state media", None, "State media"),
    ("KCNA reported that the test had succeeded.", "state media", "PRK", None),
    ("Beijing said that it opposed the tariffs.", "executive", "CHN", None),
    ("French lawmaker Paul Mercier said that the bill would pass.", "legislature", "FRA", "lawmaker"),
    ("Former Defense Minister Ivan Petrov said that the army was weak.", "other", None, None),
    ("Two officials of the Foreign Ministry said that the envoy had left.", "executive", None, "officials"),
    ("Gen. Ana Costa said that the bridge was held.", "military", None, None),
    ("The Trump administration said that it was ready.", "executive", "USA", None),
    ("A State Department spokesman said that the visit was off.", "executive", "USA", "spokesman"),
    (
        "Head of the French Senate's Defence Committee Paul Mercier said that it would pass.",
        "legislature",
        "FRA",
        "Head",
    ),
    ("Tanzania's ambassador to the United Nations Ana Ruiz said that the vote was close.", "executive", "TZA", None),
    ("Min-ho Park, a professor of North Korean studies in Seoul, said that it failed.", "expert", "KOR", "professor"),
]


@pytest.mark.parametrize(("text", "office", "state", "role"), SPEAKERS, ids=[case[0][:50] for case in SPEAKERS])
def test_for_whom_a_speaker_speaks(text: str, office: str, state: str | None, role: str | None) -> None:
    """Office, state and role come from the words that name the speaker."""
    (quote,) = read(text)
    assert quote.speaks_for.office == office
    assert quote.speaks_for.state == state
    if role is not None:
        assert quote.speaker.role == role


def test_a_body_between_title_and_name() -> None:
    """The name behind "ambassador to the United Nations" is the person's alone."""
    text = "Tanzania's ambassador to the United Nations Ana Ruiz said that the vote was close."
    (quote,) = read(text)
    assert quote.speaker.name == "Ana Ruiz"


def test_officials_of_an_administration_speak_for_its_state() -> None:
    """A leader's name before "administration" gives the state."""
    (quote,) = read("Trump administration officials said that the talks were off.")
    assert (quote.speaks_for.office, quote.speaks_for.state) == ("executive", "USA")


def test_a_thing_does_not_speak_for_whom_it_names() -> None:
    """A meeting with a president is no leader's word."""
    text = "The meeting with President Ahn in Berlin showed that the border would stay shut."
    (quote,) = read(text)
    assert quote.speaks_for.office == "other"


def test_role_from_elsewhere_in_the_article() -> None:
    """A bare surname takes name, role and affiliation from its first mention."""
    text = (
        "Robert Falk, a spokesman for the German Foreign Ministry, met the press.\n"
        "Later Falk said that the embassy would stay open.\n"
    )
    (quote,) = [item for item in read(text) if "embassy" in text[item.content[0][0] : item.content[-1][1]]]
    assert quote.speaker.name == "Robert Falk"
    assert quote.speaker.role == "spokesman"
    assert quote.speaker.affiliation == "German Foreign Ministry"
    assert (quote.speaks_for.office, quote.speaks_for.state) == ("executive", "DEU")


def test_pronoun_takes_the_last_subject() -> None:
    """A pronoun is the person named last as a subject."""
    text = "Robert Falk arrived at noon. He said that the embassy would stay open."
    (quote,) = read(text)
    assert speaker(text, quote) == "He"
    assert quote.speaker.name == "Robert Falk"


def test_relative_pronoun_takes_its_noun() -> None:
    """A relative pronoun is named by the noun it stands for."""
    text = "Robert Falk, who said that the embassy would stay open, left at noon."
    (quote,) = [item for item in read(text) if item.cue]
    assert quote.speaker.name == "Robert Falk"


def test_entities_of_the_article_name_the_speaker() -> None:
    """With an index the speaker has the entity's id and name."""
    text = "Falk said that the embassy would stay open."
    index = EntityIndex(
        [Entity(id="p1", name="Robert Falk", kind="person", country="DEU", role=None, mentions=((0, 4),))]
    )
    (quote,) = find_quotes(parse_text(text, DAY), index)
    assert (quote.speaker.entity, quote.speaker.name) == ("p1", "Robert Falk")


def test_unknown_part_is_an_error() -> None:
    """A part of the method that does not exist cannot be left out."""
    with pytest.raises(UnknownNameError, match="mark"):
        find_quotes(parse_text("He left.", DAY), without=["mark"])


def test_parts_can_be_left_out() -> None:
    """Without marks a quoted sentence under no verb is not found."""
    text = "The mayor shrugged. “Nobody told us anything about the flood.”"
    assert read(text)
    assert not find_quotes(parse_text(text, DAY), without=["marks"])


SCRAPS = st.sampled_from(
    [
        "“", "”", '"', "''", "``", "‘", "’", "'", "„", "«", "»", ",", ".", ":", "?", "-", "—", "\n",
        " said", " she", " he said", " according to", " told", " that", " to", " the minister", "Mr. Kim",
        " as reported by", " whether", " it", " asked",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(SCRAPS, st.text(string.ascii_letters + " ,.\n“”\"'", max_size=12)), max_size=30).map("".join))
def test_any_text_gives_sound_spans(text: str) -> None:
    """No text crashes the reader; contents are sorted, disjoint, not empty and inside the text."""
    for quote in read(text):
        edges = [edge for span in quote.content for edge in span]
        assert edges == sorted(edges)
        assert all(start < end for start, end in quote.content)
        assert edges[0] >= 0
        assert edges[-1] <= len(text)
        if quote.speaker.span is not None:
            assert 0 <= quote.speaker.span[0] < quote.speaker.span[1] <= len(text)
        assert all(0 <= start < end <= len(text) for start, end in quote.cue)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Serbia announced a plan to build a bridge over the river.", False),
        ("Serbia welcomed the decision of the court in The Hague.", False),
        ("Serbia plans to build a bridge over the river.", False),
        ("Serbia is expected to build a bridge over the river.", False),
        ("Serbia seems to be building a bridge over the river.", False),
        ("Serbia said that a bridge over the river would be built.", True),
        ("Serbia vowed to build a bridge over the river.", True),
        ("Serbia called for a new bridge over the river.", True),
        ("Serbia welcomed what it called “a wise decision” of the court.", True),
    ],
)
def test_a_thing_after_a_verb_that_is_no_speech_is_no_statement(text: str, counted: bool) -> None:
    """What somebody announces, welcomes, plans or seems to do is an attribution, and not counted as a statement."""
    parsed = parse_text(text)
    assert all(quote.counted is counted for quote in find_quotes(parsed))
    assert find_quotes(parsed) or not counted
