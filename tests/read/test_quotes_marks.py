"""Quote marks: where speech begins and ends in raw text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.quotes._marks import stretches

CASES = [
    ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
    ('"One," he said. "Two."', ['"One,"', '"Two."']),
    ("''One,'' he said. ''Two.''", ["''One,''", "''Two.''"]),
    ("``One,'' he said.", ["``One,''"]),
    ("„Eins,“ sagte er.", ["„Eins,“"]),
    ("« Un », dit-il.", ["« Un »"]),
    ("‘No way,’ said the girls’ coach.", ["‘No way,’"]),
    ("''I said, 'No boots,' to them,'' he said.", ["''I said, 'No boots,' to them,''"]),
    ("The girls' and boys' teams won.", []),
    ("It's Tom's dog.", []),
    ("“Open to the end", ["“Open to the end"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_stretches(text: str, expected: list[str]) -> None:
    """Every style of marks gives its stretches; apostrophes give none."""
    assert [text[piece.start : piece.end] for piece in stretches(text)] == expected


def test_a_carried_quote_starts_at_the_paragraph() -> None:
    """A closing mark without an opening one ends what the paragraph before left open, and nothing otherwise."""
    text = "and so on,” he said."
    assert [text[piece.start : piece.end] for piece in stretches(text, carried=True)] == ["and so on,”"]
    assert stretches(text) == []


@given(st.text("ab ,.'\"“”‘’`„«»\n", max_size=60), st.booleans())
def test_stretches_are_sorted_and_disjoint(text: str, carried: bool) -> None:
    """Whatever the marks, stretches lie in order inside the text and hold words."""
    place = 0
    for piece in stretches(text, carried=carried):
        assert place <= piece.start <= piece.inner[0] < piece.inner[1] <= piece.end <= len(text)
        place = piece.end
