"""Contested terms in the parties' own words, and what changed in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReadError
from dragoman.read.findings import Quote, Speaker, SpeaksFor
from dragoman.read.parse import parse_text
from dragoman.read.reader import read_text
from dragoman.read.reference import refer
from dragoman.read.wording import Statement, Term, find_definitions, known_terms, make_term, own_terms, wording_changes

LEADER = SpeaksFor(office="leader", state="RUS")


def _quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote(
        content=((start, start + len(words)),), cue=(), kind="direct", speaks_for=LEADER,
        speaker=Speaker(span=None, name="Vladimir Putin", entity="vladimir-putin"),
    )  # fmt: skip


def test_quoted_term_has_its_speakers_words() -> None:
    """The wording is the noun phrase around the term, inside the quotation, with its speaker."""
    text = "“We want a lasting ceasefire without foreign troops,” Vladimir Putin said."
    parsed = parse_text(text)
    (found,) = find_definitions(
        parsed, refer(parsed), [_quote(text, "We want a lasting ceasefire without foreign troops,")]
    )
    assert (found.term, found.by, found.speaks_for) == ("ceasefire", "vladimir-putin", LEADER)
    assert found.wording.startswith("a lasting ceasefire")
    assert text[found.span[0] : found.span[1]].strip() == found.wording


def test_term_outside_a_quotation_is_nobodys_wording() -> None:
    """The narrator's use of a term is no party's wording."""
    text = "The ceasefire held. “It is cold,” Vladimir Putin said."
    parsed = parse_text(text)
    assert find_definitions(parsed, refer(parsed), [_quote(text, "It is cold,")]) == []


def test_definition_by_a_verb_of_meaning() -> None:
    """``By withdrawal Russia means ...`` is Russia's definition."""
    text = "By withdrawal, Russia means the return of its troops to their barracks."
    parsed = parse_text(text)
    (found,) = find_definitions(parsed, refer(parsed), [])
    assert (found.term, found.by) == ("withdrawal", "RUS")
    assert found.wording == "the return of its troops to their barracks"


def test_terms_can_be_listed() -> None:
    """The table has the terms that disputes turn on."""
    assert {"denuclearisation", "guarantee", "ceasefire", "withdrawal", "market access"} <= set(known_terms())


def _said(day: int, wording: str, speaker: str = "x", office: SpeaksFor | None = LEADER) -> Statement:
    return Statement(speaker=speaker, term="freeze", wording=wording, when=date(2018, 1, day), speaks_for=office)


def test_new_and_dropped_phrases() -> None:
    """A change names the phrases that came and went, and since when."""
    (found,) = wording_changes([_said(1, "a complete freeze of tests"), _said(9, "a complete and verified freeze")])
    assert (found.new, found.dropped, found.since) == (("verified freeze",), ("tests",), date(2018, 1, 1))
    assert found.authority == "leader"


def test_first_is_against_all_before() -> None:
    """A phrase said long ago and again is new since the last statement but not said for the first time."""
    changes = wording_changes([_said(1, "verified freeze"), _said(2, "freeze"), _said(3, "verified freeze")])
    assert (changes[-1].new, changes[-1].first) == (("verified freeze",), ())


def test_same_words_are_no_change() -> None:
    """Repetition, other spelling of -ise and other function words change nothing."""
    assert wording_changes([_said(1, "to denuclearise the peninsula"), _said(2, "denuclearize a peninsula")]) == []


@pytest.mark.parametrize(
    ("office", "authority"), [("executive", "government"), ("expert", "context"), ("military", "official voice")]
)
def test_authority(office: str, authority: str) -> None:
    """Only leader and executive establish a government's position."""
    speaks = SpeaksFor(office=office, state="RUS")  # type: ignore[arg-type]
    (found,) = wording_changes([_said(1, "a freeze", office=speaks), _said(2, "a long freeze", office=speaks)])
    assert found.authority == authority


@given(st.lists(st.tuples(st.integers(0, 300), st.text(max_size=30), st.sampled_from("ab")), max_size=8))
def test_order_of_statements_does_not_matter(items: list[tuple[int, str, str]]) -> None:
    """Statements of one speaker on different days give the same changes in any order."""
    days = {(speaker, day): wording for day, wording, speaker in items}
    statements = [
        Statement(speaker=speaker, term="t", wording=wording, when=date(2018, 1, 1) + timedelta(days=day))
        for (speaker, day), wording in days.items()
    ]
    assert wording_changes(statements) == wording_changes(reversed(statements))


@pytest.mark.parametrize(
    ("text", "term", "by", "wording"),
    [
        (
            "Russia committed itself to a lasting ceasefire in the east.",
            "ceasefire",
            "RUS",
            "a lasting ceasefire in the east",
        ),
        (
            "China demanded full market economy status by December.",
            "market economy status",
            "CHN",
            "full market economy status",
        ),
        (
            "The two spoke of withdrawal. To Serbia the phrase covers the police as well.",
            "withdrawal",
            "SRB",
            "the police",
        ),
        ("Russia proposed a phased pullback of guns.", "withdrawal", "RUS", "a phased pullback of guns"),
    ],
)
def test_own_words_outside_quotations(text: str, term: str, by: str, wording: str) -> None:
    """What a state commits itself to, demands or takes a phrase to mean is its wording."""
    parsed = parse_text(text)
    found = [item for item in find_definitions(parsed, refer(parsed), []) if item.term == term]
    assert [(item.by, item.wording.startswith(wording)) for item in found] == [(by, True)]


@pytest.mark.parametrize(
    "text",
    ["The ceasefire held in the east.", "A professor proposed a ceasefire.", "Russia shelled the ceasefire line."],
)
def test_a_narrators_use_is_nobodys_wording(text: str) -> None:
    """A term that no state commits itself to or demands is worded by nobody."""
    parsed = parse_text(text)
    assert find_definitions(parsed, refer(parsed), []) == []


def test_terms_of_ones_own_dispute() -> None:
    """A term that is not in the table can be given."""
    text = "Norway rejected any golden share in the merged company."
    parsed = parse_text(text)
    index = refer(parsed)
    assert find_definitions(parsed, index, []) == []
    (found,) = find_definitions(parsed, index, [], more=[make_term("golden share")])
    assert (found.term, found.by, found.wording) == ("golden share", "NOR", "any golden share in the merged company")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Norway rejected any golden shares in the merged company.", make_term("golden share")),
        ("Norway rejected any veto shares in the merged company.", make_term("golden share", "veto shares")),
        ("Norway demands a people's vote on the merger.", make_term("people’s vote")),
        ("Norway demands a G7 mechanism for the merger.", make_term("G7 mechanism")),
    ],
)
def test_words_of_a_term_are_found_in_their_forms(text: str, term: Term) -> None:
    """Plurals, possessives and words with figures are found, as lemmas or as they were given."""
    parsed = parse_text(text)
    (found,) = find_definitions(parsed, refer(parsed), [], more=[term])
    assert (found.term, found.by) == (term.name, "NOR")


def test_own_terms_reach_a_reading_and_its_versions() -> None:
    """A reading with terms of one's own has their wordings and says with which terms it was made."""
    text = "Norway rejected any golden share in the merged company, the government in Oslo said on Monday."
    plain, own = read_text(text, "2018-10-01"), read_text(text, "2018-10-01", terms=["golden share"])
    assert [item.term for item in plain.definitions] == []
    assert [item.term for item in own.definitions] == ["golden share"]
    assert "terms" not in plain.versions
    assert own.versions == plain.versions | {"terms": "golden share: golden share"}
    assert replace(own, definitions=(), versions=plain.versions) == replace(plain, definitions=())


@given(st.lists(st.sampled_from(["golden share", "veto", make_term("veto", "right of veto")]), max_size=5))
def test_own_terms_do_not_depend_on_order(terms: list[str | Term]) -> None:
    """Terms of one name are one term; order and repeats of the list leave name and words as they were."""
    once, again = own_terms(terms), own_terms([*reversed(terms), *terms])
    assert [term.name for term in once] == sorted({term if isinstance(term, str) else term.name for term in terms})
    assert [(term.name, set(term.patterns)) for term in once] == [(term.name, set(term.patterns)) for term in again]


@pytest.mark.parametrize("terms", ["golden share", ["  "], ["..."], [3]])
def test_terms_that_are_none_are_refused(terms: Any) -> None:
    """One text for a list, a term without words and what is no text are named as what they are."""
    with pytest.raises(ReadError, match="term"):
        own_terms(terms)
