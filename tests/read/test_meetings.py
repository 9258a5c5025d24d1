"""Who met whom, when, where, how often, and whether it took place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.dates import find_dates
from dragoman.read.findings import Meeting
from dragoman.read.identity import find_entities
from dragoman.read.meetings import find_meetings
from dragoman.read.parse import parse_text

DAY = date(2016, 9, 9)  # a Friday


def _meetings(text: str, day: date = DAY) -> list[Meeting]:
    parsed = parse_text(text, day)
    return find_meetings(parsed, find_entities(parsed), find_dates(parsed))


def _who(meeting: Meeting) -> set[str]:
    return {item.entity for item in meeting.participants}


PUTIN_ABE = {"vladimir-putin", "shinzo-abe"}


@pytest.mark.parametrize(
    "text",
    [
        "Russian President Vladimir Putin met Shinzo Abe on Friday.",
        "Vladimir Putin and Japanese Prime Minister Shinzo Abe held talks on Friday.",
        "Shinzo Abe was received by Vladimir Putin on Friday.",
        "Vladimir Putin hosted Shinzo Abe on Friday.",
        "Vladimir Putin sat down with Shinzo Abe on Friday.",
        "The meeting between Vladimir Putin and Shinzo Abe took place on Friday.",
        "Vladimir Putin had a two-hour meeting with Shinzo Abe on Friday.",
        "Vladimir Putin shook hands with Shinzo Abe on Friday.",
        "Shinzo Abe, who met Vladimir Putin on Friday, was content.",
    ],
)
def test_frames(text: str) -> None:
    """Verbs and nouns of meeting, active and passive, give the two men, the day, and that it was held."""
    (meeting,) = _meetings(text)
    assert _who(meeting) == PUTIN_ABE
    assert meeting.status == "held"
    assert meeting.level == "leader"
    assert meeting.date is not None
    assert meeting.date.value == "2016-09-09"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Vladimir Putin will meet Shinzo Abe in Sochi.", "planned"),
        ("Vladimir Putin is to meet Shinzo Abe in Sochi.", "planned"),
        ("Vladimir Putin agreed to meet Shinzo Abe.", "planned"),
        ("Vladimir Putin may meet Shinzo Abe in Sochi.", "possible"),
        ("Vladimir Putin wants to meet Shinzo Abe.", "possible"),
        ("Vladimir Putin cancelled a meeting with Shinzo Abe in Sochi.", "called off"),
        ("Vladimir Putin called off his summit with Shinzo Abe.", "called off"),
        ("Vladimir Putin has never met Shinzo Abe.", "denied"),
    ],
)
def test_status(text: str, status: str) -> None:
    """Tense, modality and the governing verb say whether it was held, is planned, possible, called off or denied."""
    (meeting,) = _meetings(text)
    assert _who(meeting) == PUTIN_ABE
    assert meeting.status == status


def test_two_sentences_one_meeting() -> None:
    """Two sentences about one meeting are one meeting with two pieces of evidence."""
    (meeting,) = _meetings(
        "Vladimir Putin met Shinzo Abe on Friday. The meeting between Vladimir Putin and Shinzo Abe was held in Sochi."
    )
    assert len(meeting.evidence) == 2
    assert meeting.place == "Sochi"


def test_different_days_are_two_meetings() -> None:
    """Meetings of the same men on two days are two."""
    found = _meetings("Vladimir Putin met Shinzo Abe on Thursday. Vladimir Putin met Shinzo Abe on May 6.")
    assert len(found) == 2


def test_counts_of_a_list() -> None:
    """``met A twice and B once`` is two meetings with their counts."""
    found = _meetings("Vladimir Putin has met Shinzo Abe twice and Angela Merkel once.")
    assert {(tuple(sorted(_who(item))), item.count) for item in found} == {
        (("shinzo-abe", "vladimir-putin"), 2),
        (("angela-merkel", "vladimir-putin"), 1),
    }


def test_claims() -> None:
    """``never`` and ``not yet`` are claims of the text."""
    (never,) = _meetings("Vladimir Putin has never met Shinzo Abe.")
    (yet,) = _meetings("Vladimir Putin has not yet met Shinzo Abe.")
    assert (never.claim, yet.claim) == ("never", "not yet")


def test_pronouns_and_pairs() -> None:
    """``They`` and ``the two leaders`` are resolved."""
    (meeting,) = _meetings("Vladimir Putin flew to see Shinzo Abe. The two leaders held talks in Nagato on Friday.")
    assert _who(meeting) == PUTIN_ABE


def test_states_where_no_person_is_named() -> None:
    """Officials without a name stand for their state."""
    (meeting,) = _meetings("Russian and Japanese officials held talks in Geneva on Friday.")
    assert {item.country for item in meeting.participants} == {"RUS", "JPN"}


def test_visit_to_a_state() -> None:
    """A planned visit is a meeting with the state visited."""
    (meeting,) = _meetings("Shinzo Abe will visit Russia in December.")
    assert {item.country for item in meeting.participants} == {"JPN", "RUS"}
    assert meeting.status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin spoke with Shinzo Abe by telephone on Friday.",
        "Vladimir Putin met the demands of Japan.",
        "Vladimir Putin met reporters.",
        "Nobody sits down with Shinzo Abe before noon.",
        "Vladimir Putin praised Shinzo Abe.",
        "Russian officials met Vladimir Putin.",
    ],
)
def test_no_meetings(text: str) -> None:
    """Calls, demands that are met, and persons of one state are no meetings."""
    assert _meetings(text) == []


def test_level_is_of_the_lower_side() -> None:
    """A leader and a foreign minister meet at the level of ministers."""
    (meeting,) = _meetings("Vladimir Putin received U.S. Secretary of State John Kerry on Friday.")
    assert meeting.level == "minister"


PIECES = [
    "Vladimir Putin",
    "Shinzo Abe",
    "they",
    "met",
    "will meet",
    "the talks",
    "with",
    "in Sochi",
    "on Friday",
    "twice",
    "and",
    ".",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_words_are_read(pieces: list[str]) -> None:
    """Any order of words is read; every meeting has two sides and evidence inside the text."""
    text = " ".join(pieces)
    for meeting in _meetings(text):
        assert len({item.country for item in meeting.participants}) >= 2
        assert meeting.count >= 1
        assert all(0 <= start < end <= len(text) for start, end in meeting.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin led his team on Friday. Across the table sat Shinzo Abe.",
        "Vladimir Putin was host to Shinzo Abe on Friday.",
        "Vladimir Putin sat for less time than he had hoped with Shinzo Abe on Friday.",
        "Angela Merkel has met Vladimir Putin in Berlin. Shinzo Abe, too, has shaken his hand.",
        "Vladimir Putin shared a stage with Shinzo Abe on Friday.",
        "Shinzo Abe was received in the Kremlin on Friday.",
        "Shinzo Abe paid a call at the Kremlin on Friday.",
        "Shinzo Abe flew to Moscow. In talks on Friday Vladimir Putin asked for patience.",
    ],
)
def test_told_aside(text: str) -> None:
    """A meeting told without a word of meeting, or with one side in the sentence before, is found with both."""
    assert any(_who(item) == PUTIN_ABE and item.status == "held" for item in _meetings(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Their meeting failed. Vladimir Putin waited for Japanese officials who never came.", "called off"),
        ("The summit between Vladimir Putin and Shinzo Abe, planned for May, would not take place.", "called off"),
        ("Invited by Russia in May, Shinzo Abe stayed at home.", "called off"),
        ("Shinzo Abe joins Vladimir Putin in Sochi today.", "planned"),
        ("Shinzo Abe flew to Oslo, where Vladimir Putin was already waiting.", "planned"),
        ("Shinzo Abe brought a letter from the emperor and handed Vladimir Putin an invitation to Japan.", "possible"),
    ],
)
def test_what_did_not_or_may_still_come(text: str, status: str) -> None:
    """Absence calls a meeting off; being waited for, joining today and an invitation look ahead."""
    found = [item for item in _meetings(text) if {p.country for p in item.participants} == {"RUS", "JPN"}]
    assert [item.status for item in found] == [status]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Vladimir Putin met Shinzo Abe on Friday, the Kremlin said.", "Kremlin"),
        ("According to the Foreign Ministry, Vladimir Putin met Shinzo Abe on Friday.", "Foreign Ministry"),
        ("Vladimir Putin met Shinzo Abe on Friday.", None),
    ],
)
def test_by_whose_report(text: str, source: str | None) -> None:
    """The subject of the verb of saying, or whom "according to" names, is the source; without either there is none."""
    (meeting,) = _meetings(text)
    assert (meeting.source is None) == (source is None)
    assert source is None or source in (meeting.source or "")


def test_officials_are_not_their_leaders() -> None:
    """A meeting of officials is not joined to that of the leaders of the same states."""
    found = _meetings(
        "Vladimir Putin will meet Shinzo Abe in Sochi. Russian officials will meet Japanese officials first."
    )
    assert len(found) == 2


def test_a_visit_has_the_level_of_its_visitor() -> None:
    """Where the host has no name, a visit has the level of who comes, and a summit of two states that of leaders."""
    levels = [item.level for item in _meetings("Shinzo Abe will visit Russia in May.")]
    assert levels == ["leader"]
    assert [item.level for item in _meetings("A summit between Japan and Russia will be held in Sochi.")] == ["leader"]


def test_a_question_is_no_report() -> None:
    """What somebody was asked about is no meeting."""
    assert _meetings("Shinzo Abe, asked about a meeting of his own with Vladimir Putin, did not answer.") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Wednesday's talks between Vladimir Putin and the chairman of the assembly of North Korea Kim Yong-nam.",
            {"Vladimir Putin", "Kim Yong-nam"},
        ),
        (
            "Putin met the North Korean foreign minister, Ri Yong-ho, on Thursday.",
            {"Vladimir Putin", "Ri Yong-ho"},
        ),
        (
            "President Putin received the speaker of the parliament of North Korea, Kim Yong-nam, in Sochi.",
            {"Vladimir Putin", "Kim Yong-nam"},
        ),
    ],
)
def test_a_name_behind_a_title_is_whose_title_it_is(text: str, who: set[str]) -> None:
    """The person named behind a title takes part, not who else might bear the title."""
    from dragoman.read.reader import read_text

    found = read_text(text, "2018-06-16").meetings
    assert [{one.name for one in meeting.participants} for meeting in found] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Vladimir Putin met Shinzo Abe's brother on Friday.", {"vladimir-putin", "JPN"}),
        ("Vladimir Putin met the wife of Shinzo Abe on Friday.", {"vladimir-putin", "JPN"}),
        ("Vladimir Putin met the sister of Japan's leader, Shinzo Abe, on Friday.", {"vladimir-putin", "JPN"}),
        ("Vladimir Putin met an aide to Shinzo Abe on Friday.", {"vladimir-putin", "JPN"}),
        ("Vladimir Putin's lawyer met Shinzo Abe on Friday.", {"RUS", "shinzo-abe"}),
        ("An envoy of President Vladimir Putin met Shinzo Abe on Friday.", {"RUS", "shinzo-abe"}),
        ("Shinzo Abe received Vladimir Putin's security adviser on Friday.", {"RUS", "shinzo-abe"}),
        ("Shinzo Abe, whose brother met Vladimir Putin on Friday, kept away.", {"JPN", "vladimir-putin"}),
        ("The envoy of Xi Jinping, Vladimir Putin, met Shinzo Abe on Friday.", PUTIN_ABE),
        ("Vladimir Putin's chief of staff met Shinzo Abe on Friday.", {"RUS", "shinzo-abe"}),
        ("His brother, Vladimir Putin, met Shinzo Abe on Friday.", PUTIN_ABE),
        ("Shinzo Abe received the speaker of the parliament of Russia Vladimir Putin on Friday.", PUTIN_ABE),
    ],
)
def test_whose_somebody_is(text: str, who: set[str]) -> None:
    """Who is named to say whose brother, envoy or aide somebody is does not take part; who is named beside does."""
    (meeting,) = _meetings(text)
    assert _who(meeting) == who


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin on Sunday became the first guest of the year, shaking hands with Shinzo Abe at the gate.",
        "Vladimir Putin met Shinzo Abe on Sunday. Xi Jinping joined them for a short while.",
    ],
)
def test_days_of_what_goes_with_it(text: str) -> None:
    """A participle beside the verb has its day, and who joins two others joins them on the day they met."""
    found = _meetings(text)
    assert {item.date.value for item in found if item.date is not None} == {"2016-09-04"}
    assert all(item.date is not None for item in found)
    assert any(_who(item) >= PUTIN_ABE for item in found)


def test_an_owner_stands_in_no_list() -> None:
    """Between two who meet, "the president's adviser" is the first of them and no third."""
    text = (
        "Vladimir Putin was pleased. Yuri Ushakov, Vladimir Putin's foreign policy adviser, and Sergei Lavrov, "
        "the foreign minister, sat with Shinzo Abe on Friday."
    )
    (meeting,) = _meetings(text)
    assert "vladimir-putin" not in _who(meeting)
    assert {"sergei-lavrov", "shinzo-abe"} <= _who(meeting)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "But with Putin having twice met both Chancellor Angela Merkel and President Emmanuel Macron, Abe is last.",
            {("held", "angela-merkel", 2), ("held", "emmanuel-macron", 2)},
        ),
        (
            "Vladimir Putin met both Angela Merkel and Emmanuel Macron in May.",
            {("held", "angela-merkel", 1), ("held", "emmanuel-macron", 1)},
        ),
        (
            "After Vladimir Putin held talks on Friday, Shinzo Abe is the only leader yet to meet him.",
            {("denied", "shinzo-abe", 1)},
        ),
        ("Vladimir Putin must decide whether to meet Shinzo Abe.", {("possible", "shinzo-abe", 1)}),
    ],
)
def test_whom_one_met_apart_and_who_has_yet_to_meet(sentence: str, expected: set[tuple[str, str, int]]) -> None:
    """Both of two are met one by one, who comes behind the list is none of it, and yet to meet is not met."""
    told = _meetings(sentence, date(2018, 6, 16))
    assert {(item.status, who, item.count) for item in told for who in _who(item) - {"vladimir-putin"}} == expected
