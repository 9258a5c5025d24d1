"""What was promised, by whom, to whom, by when, on what condition, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.dates import find_dates
from dragoman.read.findings import Commitment
from dragoman.read.parse import parse_text
from dragoman.read.promises import find_promises
from dragoman.read.reference import refer


def _found(text: str) -> list[Commitment]:
    parsed = parse_text(text, date(2016, 9, 9))
    return find_promises(parsed, refer(parsed), find_dates(parsed))


@pytest.mark.parametrize(
    ("text", "clause", "by"),
    [
        ("Serbia pledged to open the archives.", "to open the archives", ("SRB",)),
        ("Serbia promised Kosovo to open the archives.", "to open the archives", ("SRB",)),
        ("Serbia agreed that the archives would be opened.", "the archives would be opened", ("SRB",)),
        ("Serbia repeated its promise to open the archives.", "to open the archives", ("SRB",)),
        ("Serbia is committed to opening the archives.", "opening the archives", ("SRB",)),
        ("Serbia said that it would release the prisoners.", "release the prisoners", ("SRB",)),
    ],
)
def test_frames(text: str, clause: str, by: tuple[str, ...]) -> None:
    """Verbs, nouns and adjectives of promise give the clause and who is bound."""
    (found,) = _found(text)
    assert (found.clause, found.by) == (clause, by)


def test_mutual_promise_binds_both() -> None:
    """Two that agree are each bound to the other."""
    (found,) = _found("Serbia and Croatia agreed to exchange prisoners.")
    assert (set(found.by), set(found.to)) == ({"SRB", "HRV"}, {"SRB", "HRV"})


def test_a_list_of_promises_is_parted() -> None:
    """Two infinitives are two commitments."""
    found = _found("Serbia agreed to open the archives and to release the prisoners.")
    assert [item.clause for item in found] == ["to open the archives", "to release the prisoners"]


def test_contents_of_a_document() -> None:
    """What a declaration says in will binds its signers."""
    found = _found("Serbia and Croatia signed a declaration. The two sides will open the border.")
    assert [(item.clause, set(item.by)) for item in found] == [("open the border", {"SRB", "HRV"})]


def test_due_and_condition() -> None:
    """By when and on what condition stand with the clause."""
    (found,) = _found("Serbia pledged to open the archives by December if Croatia withdrew its claim.")
    assert found.due is not None
    assert found.due.value == "2016-12"
    assert found.condition == "if Croatia withdrew its claim"


@pytest.mark.parametrize(
    "text",
    [
        "Serbia refused to open the archives.",
        "Serbia did not promise to open the archives.",
        "Serbia may promise to open the archives.",
        "If Serbia promised to open the archives, Croatia was glad.",
        "Serbia opened the archives.",
    ],
)
def test_no_promise(text: str) -> None:
    """Refused, negated, possible and conditional promises are none."""
    assert _found(text) == []


@pytest.mark.parametrize(
    ("after", "fate"),
    [
        ("Serbia broke its promise on the archives.", "broken"),
        ("Serbia kept its promise on the archives.", "kept"),
        ("The weather was fine.", "open"),
    ],
)
def test_fate(after: str, fate: str) -> None:
    """The fate is what the rest of the text reports, with its evidence."""
    found = _found(f"Serbia promised to open the archives. {after}")[0]
    assert found.fate == fate
    assert len(found.evidence) == (1 if fate == "open" else 2)


PIECES = [
    "Serbia",
    "Croatia",
    "they",
    "agreed",
    "promised",
    "to open",
    "the archives",
    "would",
    "will",
    "if",
    "that",
    "a treaty",
    ".",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_words_are_read(pieces: list[str]) -> None:
    """Any order of words is read; the clause is the text of its span and somebody is bound."""
    text = " ".join(pieces)
    for item in _found(text):
        assert text[item.span[0] : item.span[1]] == item.clause
        assert item.by


@pytest.mark.parametrize(
    ("text", "clause", "by"),
    [
        ("Serbia offered to open the archives.", "to open the archives", ("SRB",)),
        ("Serbia said that it would not test rockets.", "not test rockets", ("SRB",)),
        ("Serbia told Croatia that the camp was to be closed.", "the camp was to be closed", ("SRB",)),
        ("Serbia expressed its readiness to open the archives.", "to open the archives", ("SRB",)),
    ],
)
def test_offers_and_abstentions(text: str, clause: str, by: tuple[str, ...]) -> None:
    """An offer of a deed, a deed that is to be done, and a deed that will not be done bind the speaker."""
    (found,) = _found(text)
    assert (found.clause, found.by) == (clause, by)


def test_a_promise_brought_home_is_the_other_sides() -> None:
    """What an envoy came away with was promised by those to whom he went."""
    (found,) = _found("Serbia spoke to Croatia. Serbia obtained a promise that prisoners would be released.")
    assert found.by == ("HRV",)


@pytest.mark.parametrize(
    "text",
    ["Serbia said that it would not lift the ban.", "Serbia offered to think about the archives."],
)
def test_a_refusal_and_a_vague_offer_bind_nobody(text: str) -> None:
    """Not to lift a ban is no promise, nor is an offer without a deed."""
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Serbia stressed its commitment to ensure access to the archives.", ["to ensure access to the archives"]),
        ("Serbia and Croatia are signing a deal to expand trade.", ["to expand trade"]),
        ("Serbia is committed to the peace and to opening the archives.", ["opening the archives"]),
        ("Serbia pledged to expand and deepen trade.", ["to expand and deepen trade"]),
        ("Serbia pledged $5 million in aid.", ["$5 million in aid"]),
        ("Under the deal, Serbia will open the border.", ["open the border"]),
        ("Serbia warned that it would open the archives.", []),
        ("Serbia reaffirmed its commitment to security.", []),
        ("Serbia agreed to talks, only to cancel them.", ["talks"]),
        ("Serbia would open the archives if Croatia asked, an analyst said.", []),
        ("Serbia decided to become a player.", []),
        ("Serbia said that it would deliver remarks on Friday.", []),
        ("Serbia said that it would return on Friday.", []),
    ],
)
def test_what_is_counted(text: str, clauses: list[str]) -> None:
    """Which clauses of a sentence are counted: undertakings, and no threat, good, guess or change of mind."""
    assert [item.clause for item in _found(text) if item.counted] == clauses
