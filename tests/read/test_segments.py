"""What an article consists of: turns, points, posts, quoted mail; and that segments reach the finders."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.sources import Article, Segment
from dragoman.read.text.segments import said_in, segmented, segments_of

BRIEFING = """Daily briefing of the ministry, 16 May

MS. BARROW: Good afternoon. I have one announcement on the water talks.

We expect the delegation back on Thursday.

Q Will the minister travel to Vienna?

MS. BARROW: The minister will travel if the other side comes.

QUESTION: And the border?

MS. BARROW: We are keeping it open.
"""
INTERVIEW = """The minister spoke to this paper in his office.

Q: Do you expect a treaty this year?

A: I expect a first draft by the autumn, no more.

Q: What is in the way?

A: We do not agree on the water. They know it.
"""
NAMED = """Moderator: Welcome to the debate.

Anna Berg: We reject the draft as it stands.

Moderator: Why?

Anna Berg: It leaves the dam to one side.

Carl Holm: The draft is fair, and my party will vote for it.
"""
COMMUNIQUE = """Joint statement of the two sides

The two sides met in Geneva and have agreed as follows:

1. The border shall stay open.

2. The two sides undertake to share the water of the lake.

Half of it goes to each.

3. A commission shall meet within a month.
"""
TREATY = """Agreement between Ruritania and Freedonia

The Parties have agreed on the following articles.

Article I
The Parties shall respect the border.

Article II
The Parties shall exchange envoys.

Article III
This agreement shall enter into force on signature.
"""
LIVE = """Talks in Geneva: as it happened

14:05 GMT
The delegations have arrived at the palace.

13:40
The host said that lunch would be late.

Correction: the host spoke of dinner.

12.15pm - The first plane has landed.
"""
MAIL = """Dear all, the line of the paper is below.

Best, Ann

On Tue, 16 May 2023 at 09:00, The Lake Post wrote:
> The ministers met in Geneva.
> They will meet again.
"""
REPORT = """Ministers met in Geneva on Tuesday.

At 14:05 the doors closed. Point 1 of the paper was not read out.

The spokesman said: "We are content."

Note: this report was written in the hall.
"""


def rows(text: str, *, mail: bool = False) -> list[tuple[str, str | None]]:
    """The kinds of segments with speaker, time or number."""
    _, segments = segments_of(text, mail=mail)
    return [(item.kind, item.speaker or item.time or item.number) for item in segments]


@pytest.mark.parametrize(
    ("text", "genre", "want"),
    [
        (
            BRIEFING,
            "transcript",
            [("head", None), ("turn", "MS. BARROW"), ("turn", None), ("turn", "MS. BARROW"), ("turn", None),
             ("turn", "MS. BARROW")],
        ),
        (INTERVIEW, "interview", [("head", None), ("turn", None), ("turn", "A"), ("turn", None), ("turn", "A")]),
        (
            NAMED,
            "transcript",
            [("turn", "Moderator"), ("turn", "Anna Berg"), ("turn", "Moderator"), ("turn", "Anna Berg"),
             ("turn", "Carl Holm")],
        ),
        (COMMUNIQUE, "communique", [("head", None), ("point", "1"), ("point", "2"), ("point", "3")]),
        (TREATY, "communique", [("head", None), ("point", "1"), ("point", "2"), ("point", "3")]),
        (
            LIVE,
            "live blog",
            [("head", None), ("post", "14:05"), ("post", "13:40"), ("correction", "13:40"), ("post", "12.15pm")],
        ),
        (REPORT, "report", [("body", None)]),
        ("", "report", []),
    ],
)  # fmt: skip
def test_genres_are_told_by_their_segments(text: str, genre: str, want: list[tuple[str, str | None]]) -> None:
    """Speakers, numbers and times stand with their segments; an unnamed asker has no name; a report is one body."""
    assert segments_of(text)[0] == genre
    assert rows(text) == want


def test_what_a_mail_quotes_is_no_word_of_its_writer() -> None:
    """Quoted mail is a segment of its own, in mails only."""
    assert rows(MAIL, mail=True) == [("body", None), ("quoted mail", None)]
    assert rows(MAIL) == [("body", None)]


def test_labels_are_not_part_of_what_is_said() -> None:
    """Words begin after the label: the first turn of the briefing begins with its greeting."""
    _, segments = segments_of(BRIEFING)
    said = [BRIEFING[start:end].strip() for start, end, _ in said_in(segments)]
    assert said[1].startswith("Good afternoon.")
    assert said[1].endswith("back on Thursday.")
    assert said[2] == "Will the minister travel to Vienna?"
    assert said[4] == "And the border?"


@pytest.mark.parametrize(
    "text",
    [
        "Time: ten o'clock.\n\nPlace: the palace.\n\nTime: eleven.\n\nSource: the ministry.\n",
        "Berlin: rain.\n\nParis: sun.\n\nRome: wind.\n",
        "1. First.\n\n2. Second.\n\n3. Third.\n",
        "10:30 The train left.\n\nNothing else happened all day, and nobody came to see it off.\n",
    ],
)
def test_lists_and_tables_are_no_dialogue(text: str) -> None:
    """Fields, a list of towns, a numbered list that binds nobody, and a single time divide nothing."""
    assert [kind for kind, _ in rows(text)] == ["body"]


LINES = st.sampled_from(
    ["MR. KIRBY: Yes.", "Q Why?", "Q: Why?", "A: No.", "1. The border shall stay open.", "2. The two sides agreed.",
     "14:05 It began.", "> quoted", "On Monday Ann wrote:", "Correction: no.", "", "   ", "Plain words here."]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=20), st.booleans())
def test_segments_cover_the_text_in_order(lines: list[str], mail: bool) -> None:
    """Segments follow each other without overlap, end with the text, and their labels lie within them."""
    text = "\n".join(lines)
    _, segments = segments_of(text, mail=mail)
    assert all(first.end == second.start for first, second in pairwise(segments))
    if text.strip():
        assert not text[: segments[0].start].strip()
        assert segments[-1].end == len(text)
    assert all(0 <= item.start + item.lead <= item.end for item in segments)


def test_a_reader_that_divides_the_text_itself_is_followed() -> None:
    """Segments that a format gives are kept."""
    own = (Segment(start=0, end=5, kind="caption"),)
    article = Article(text="Words", place="a", kind="text", segments=own)
    assert segmented(article).segments == own
    assert segmented(replace(article, segments=())).segments[0].kind == "body"


def test_finders_see_the_segment_of_a_paragraph() -> None:
    """Each parsed paragraph belongs to the turn in which it begins, also where it has no label of its own."""
    from dragoman.read.parse import ToParse, paragraphs_of, parse

    _, segments = segments_of(BRIEFING)
    parsed = parse(ToParse(text=BRIEFING, kept=paragraphs_of(BRIEFING), segments=segments))
    speakers = [segment.speaker if (segment := parsed.segment_of(one)) else "?" for one in parsed.paragraphs]
    assert speakers == [None, "MS. BARROW", "MS. BARROW", None, "MS. BARROW", None, "MS. BARROW"]
    assert parse(ToParse(text=REPORT, kept=paragraphs_of(REPORT))).segment_of(parsed.paragraphs[0]) is None
