"""Which statements are about an issue: by the words of its name, of its points, and of the terms that these name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.desk.topics import phrases_of, search_of
from dragoman.errors import InputError
from dragoman.model import Case, loads
from dragoman.testing import make_article, make_quote, make_reading, make_record, span_of

CASE = """\
title: The pass
parties: {A: {name: Arland}, B: {name: Borland}, C: {name: France}}
issues:
  arms:
    name: Extent of denuclearisation
    scale: {low: 0, high: 100, points: {tunnels-closed: 10, all-tunnels-inspected: 100}}
  toll: {name: French tolls in Borland}
"""
SAID = (
    "We will close the tunnels",
    "A tunnel is no weapon",
    "They must denuclearise first",
    "Full nuclear disarmament is our aim",
    "Inspections can begin",
    "The toll is too high",
    "France was closed to us",
)


@pytest.fixture(scope="module")
def case() -> Case:
    """A case of two issues."""
    return loads(CASE)


def test_an_issue_has_its_own_telling_words_and_those_of_the_terms_it_names(case: Case) -> None:
    """Words of name and points count, with all words for a term they name; common words and names of parties do not."""
    arms = phrases_of(case, "arms")
    assert {"denuclearisation", "denuclearise", "nuclear disarmament", "tunnels"} <= set(arms)
    assert not {"extent", "closed", "inspected", "all"} & set(arms)
    assert phrases_of(case, "toll") == ("tolls",)


def test_a_search_leaves_room_for_endings() -> None:
    """Beginnings of last words stand for their forms; inner words come with and without a plural."""
    assert search_of(("verify",)) == ("verif",)
    assert search_of(("tunnels",)) == ("tunnel",)
    assert search_of(("lifting of sanction",)) == ("lifting of sanction", "liftings of sanction")
    assert search_of(("relief", "relief")) == ("relief",)


def test_the_record_finds_what_begins_so_in_the_words_alone(case: Case, tmp_path: Path) -> None:
    """Every quote that holds a word of the issue is found and no other, the speaker's name not searched."""
    text = ". ".join(SAID)
    quotes = tuple(make_quote(span_of(text, words), speaker="Mr Tunnel", state="FRA") for words in SAID)
    with make_record(tmp_path / "r.db", [(make_article(text), make_reading(quotes=quotes))]) as record:
        arms = search_of(phrases_of(case, "arms"))
        assert {row.text for row in record.quotes(about=arms)} == set(SAID[:4])
        assert record.count_quotes(about=arms) == 4
        assert record.count_quotes(about=search_of(phrases_of(case, "toll"))) == 1
        assert record.count_quotes(about=['a "quoted" phrase OR tunnel']) == 0
        for wrong in ([], ["--"]):
            with pytest.raises(InputError, match="about"):
                record.quotes(about=wrong)
