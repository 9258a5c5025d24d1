"""No text makes a finder fail: rules that miss a word, odd characters, mutilated articles, marks alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import read_text

LACKING = [
    ", the minister said.",
    ", she said",
    "said.",
    '" said the minister',
    "Trade grew in the past half-century.",
    "They had met in the last half hour and in the coming half decade.",
    "It took three ſeconds, last weeK.",
    "By the ﬁrst of the weeKs to come, the talks were over.",
    "The :",
    ":",
    '"',
    "He will",
    "agreed to.",
    "The two sides agreed:",
    "only if",
    "Q",
    "MR. : Yes.",
]
SENTENCES = [
    'President Arda Koru of Zambia said on Thursday that "we will not sign" before the end of March 2021.',
    "The two sides agreed to reopen the border within three weeks and to hold another round of talks in Geneva.",
    "Moscow insists on a ceasefire; Kyiv ruled out any concession, the ministry said in a statement (see below).",
    "MR. HALE: Thank you. Q Will the United States lift the sanctions if Iran signs?",
    "In the past half-century, it pledged $100 million annually, according to Mr Kim's spokeswoman.",
    "“They want guarantees,” she added, noting that the rebels had rejected the plan twice since the 1990s.",
]
PIECES = [
    *(" ".join(SENTENCES)).split(),
    *(",", ".", ":", ";", '"', "'", "“", "”", "(", ")", "—", "-", "ſ", "İ", "\u2028", "\x00", "\u200b", "日", "🙂"),
    *("$", "%", "0", "99/99/9999", "31", "June", "’s", "n't", "said", "will", "that"),
]


@pytest.mark.parametrize("text", LACKING)
def test_words_that_lack_what_a_rule_looks_at_are_no_fault(text: str) -> None:
    """A cue without its clause, a unit that no table has, a label without a speaker: read, and nothing found of it."""
    assert read_text(text, "2021-03-04").faults == ()
    assert read_text(f"{SENTENCES[0]}\n\n{text}\n\n{SENTENCES[1]}", "2021-03-04").faults == ()


def test_a_half_of_a_unit_is_a_length() -> None:
    """The table of units has no "half-century"; the length is half of the unit's."""
    found = {date.value: (date.start, date.end) for date in read_text(LACKING[4], "2021-03-04").dates}
    assert found == {"P50Y": ("1971-03-04", "2021-03-04")}


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Sentences with words struck out, doubled, put elsewhere or replaced, and paragraphs broken anywhere."""
    words = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3))).split()
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(["strike", "double", "move", "replace", "break", "cut"])):
            case "strike" if len(words) > 1:
                words.pop(place)
            case "double":
                words.insert(place, words[place])
            case "move":
                words.insert(draw(st.integers(0, len(words) - 1)), words.pop(place))
            case "replace":
                words[place] = draw(st.sampled_from(PIECES))
            case "break":
                words[place] += "\n\n"
            case _:
                words[place] = words[place][draw(st.integers(0, 3)) :] or ","
    return " ".join(words)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(mutilated(), st.sampled_from([None, "2021-03-04", "0001-01-01", "9999-12-31"]))
def test_a_mutilated_text_is_no_fault(text: str, published: str | None) -> None:
    """Whatever is struck out, doubled or put elsewhere, every finder comes to its end."""
    assert read_text(text, published).faults == ()


@pytest.mark.parametrize("piece", ['" ', "'a ", "“", "( ", "“a” ", 'it said, "no," ', "it will ", ", ", ": "])
def test_ten_thousand_marks_are_no_fault(piece: str) -> None:
    """Marks without end, open or closed, with or without words between, are read to their end."""
    head = "The minister said that the talks would go on. "
    assert read_text(head + piece * (10_000 // len(piece)) + head).faults == ()
