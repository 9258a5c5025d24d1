"""Long paragraphs are cut where it does no harm."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.parse import in_pieces


@given(st.text(alphabet="aB. \n“”", max_size=400), st.integers(5, 60))
def test_pieces_lose_only_blanks(text: str, most: int) -> None:
    """Pieces are in order, no longer than allowed, and leave out nothing but white space."""
    pieces = in_pieces(text, [(0, len(text))], most=most)
    assert all(0 < end - start <= most for start, end in pieces)
    covered = {place for start, end in pieces for place in range(start, end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)
    assert pieces == sorted(pieces)


def test_cuts_fall_behind_sentences() -> None:
    """A cut falls behind a full stop where one is near."""
    text = "One two three. Four five six. Seven eight nine."
    assert [text[start:end] for start, end in in_pieces(text, [(0, len(text))], most=34)] == [
        "One two three. Four five six.",
        "Seven eight nine.",
    ]
