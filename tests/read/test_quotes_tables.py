"""The tables of quotes: what analysts edit is checked when it is read."""

from __future__ import annotations

import pytest

from dragoman.errors import ReadError
from dragoman.read.quotes import _lexicon
from dragoman.read.quotes._lexicon import lexicon, word_list
from dragoman.read.quotes._tables import bodies
from dragoman.read.world import world


def test_the_lexicon_has_hundreds_of_entries() -> None:
    """The lexicon covers the common verbs, nouns and adjectives of reporting."""
    words = lexicon()
    assert len(words.verbs) >= 400
    assert len(words.nouns) >= 100
    assert len(words.adjectives) >= 50
    assert {"that", "quote"} <= words.verbs["say"].frames


def test_weak_frames_keep_their_name() -> None:
    """A frame with a question mark is a frame, and weak."""
    vote = lexicon().verbs["vote"]
    assert "pp:for" in vote.frames
    assert "pp:for" in vote.weak


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("say\tverb\tthat\n", "columns"),
        ("say\tverb\tthat thta\t3\n", "thta"),
        ("say\tverb\tthat\t7\n", "strength"),
        ("say\tvrb\tthat\t3\n", "part of speech"),
    ],
)
def test_a_wrong_row_is_named(row: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A row with a mistake is an error that says what was expected."""
    (tmp_path / "cues.tsv").write_text(row, encoding="utf-8")
    monkeypatch.setattr(_lexicon, "files", lambda _package: tmp_path)
    with pytest.raises(ReadError, match=message):
        lexicon.__wrapped__()


def test_state_media_name_states_of_the_world() -> None:
    """Every outlet belongs to a state that the world's data know."""
    for _, state in _lexicon.read_table("state_media.tsv", 2):
        assert state in world().states


def test_roles_name_offices() -> None:
    """Every word of a body stands for one of the offices of the schema."""
    assert bodies()["parliament"] == "legislature"


def test_lists_are_closed_classes() -> None:
    """The word lists that rules use are there."""
    assert "monday" in word_list("times")
    assert "tell" in word_list("addressing")


def test_states_under_a_president_are_states() -> None:
    """The states whose prime minister is no leader are codes that the world's data know."""
    assert word_list("under-president") <= set(world().states)
