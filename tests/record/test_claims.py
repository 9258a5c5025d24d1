"""Claims of first, only, never and not yet against the meetings that the record holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.read.reader import read_text
from dragoman.record import Record
from dragoman.testing import make_article

MET = ("Vladimir Putin met Shinzo Abe in Sochi on May 6.", "2016-05-08")


def answers(path: Path, *texts: tuple[str, str]) -> list[tuple[str, str, int]]:
    """Each claim with the answer and the number of meetings against it."""
    with Record.open(path, create=True) as record:
        for text, day in texts:
            record.add(make_article(text, published=day, outlet=day), read_text(text, day))
        return [(one.claim, one.answer, len(one.meetings)) for one in record.claims()]


@pytest.mark.parametrize(
    ("claim", "words", "before", "answer"),
    [
        ("never", "Vladimir Putin has never met Shinzo Abe.", (MET,), "contradicted"),
        ("never", "Vladimir Putin has never met Shinzo Abe.", (), "not contradicted"),
        ("not yet", "Vladimir Putin has not yet met Shinzo Abe.", (MET,), "contradicted"),
        ("first", "Vladimir Putin met Shinzo Abe for the first time on June 6.", (MET,), "contradicted"),
        ("first", "Vladimir Putin met Shinzo Abe for the first time on June 6.", (), "not contradicted"),
    ],
)
def test_claims(tmp_path: Path, claim: str, words: str, before: tuple[tuple[str, str], ...], answer: str) -> None:
    """A claim is contradicted where the record holds an earlier meeting of the two."""
    (found,) = answers(tmp_path / "r.db", *before, (words, "2016-06-09"))
    assert found[:2] == (claim, answer)


def test_a_meeting_after_the_claim_is_no_contradiction(tmp_path: Path) -> None:
    """Whoever had never met in March may meet in May."""
    (found,) = answers(tmp_path / "r.db", ("Vladimir Putin has never met Shinzo Abe.", "2016-03-01"), MET)
    assert found == ("never", "not contradicted", 0)


def test_the_first_foreign_leader_to_meet_somebody(tmp_path: Path) -> None:
    """It is contradicted by another leader who met him before."""
    claim = ("Angela Merkel is the first foreign leader to meet Shinzo Abe.", "2016-06-09")
    assert answers(tmp_path / "a.db", MET, claim) == [("first", "contradicted", 1)]
    assert answers(tmp_path / "b.db", claim) == [("first", "not contradicted", 0)]


def test_a_first_in_years_is_not_checked(tmp_path: Path) -> None:
    """``For the first time in nine years`` says nothing of the times before."""
    words = "Vladimir Putin met Shinzo Abe for the first time in nine years on June 6."
    assert answers(tmp_path / "r.db", MET, (words, "2016-06-09")) == []
