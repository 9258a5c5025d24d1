"""What became of promises: reports of later articles decide them, with evidence of both, and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dragoman.read.promises import undone_by
from dragoman.read.reader import read_text
from dragoman.record import Record
from dragoman.record.fates import Deed, Met, Promise, decide_fates
from dragoman.testing import make_article

PROMISE = "Serbia promised Croatia to release the 40 prisoners."
KEPT = "Serbia released the 40 prisoners on Monday."
BROKEN = "Serbia broke its promise on the 40 prisoners."
PAIRS: list[dict[str, str]] = YAML(typ="safe").load(
    (Path(__file__).parent / "data" / "fates-written-blind.yaml").read_text(encoding="utf-8")
)


def filled(path: Path, *texts: tuple[str, str]) -> Record:
    """A record of articles, each a text of a day, with all that the rules find in it."""
    record = Record.open(path, create=True)
    for text, day in texts:
        record.add(make_article(text, published=day, outlet=f"Post of {day}"), read_text(text, day, gate="rules"))
    return record


def fates(record: Record) -> list[tuple[str, str | None]]:
    """The fate of each promise and since when."""
    return [(row.fate, row.fate_since) for row in record.commitments()]


def test_pairs_of_articles(tmp_path: Path) -> None:
    """Of forty pairs, nearly every reported fate is found, and none is made up."""
    right = made_up = told = 0
    for number, pair in enumerate(PAIRS):
        with filled(
            tmp_path / f"{number}.db", (pair["promise"], "2016-05-09"), (pair["later"], "2016-12-20")
        ) as record:
            got = {row.fate for row in record.commitments() if row.first_reported == "2016-05-09"} - {"open"}
        told += pair["fate"] != "open"
        right += got == {pair["fate"]}
        made_up += bool(got) and got != {pair["fate"]}
    assert len(PAIRS) >= 40
    assert made_up == 0
    assert right / told >= 0.9


def test_a_later_article_decides_with_evidence_of_both(tmp_path: Path) -> None:
    """A promise kept has the sentence of the promise and that of its fulfilment, and since when."""
    with filled(tmp_path / "r.db", (PROMISE, "2018-01-10"), (KEPT, "2018-03-06")) as record:
        (row,) = record.commitments(fate="kept")
        full = record.event(row.id)
        assert (row.fate_since, [one.anchor.exact for one in full.fates]) == ("2018-03-06", [KEPT])
        assert [one.article for one in full.mentions] != [one.article for one in full.fates]
        assert record.commitments(fate="open") == ()


def test_the_latest_report_holds(tmp_path: Path) -> None:
    """Kept and then said to be broken is broken; before that day it was kept."""
    path = tmp_path / "r.db"
    filled(path, (PROMISE, "2018-01-10"), (KEPT, "2018-03-06"), (BROKEN, "2018-05-01")).close()
    for day, fate in (("2018-02-01", ("open", None)), ("2018-04-01", ("kept", "2018-03-06")),
                      ("2018-06-01", ("broken", "2018-05-01"))):  # fmt: skip
        with Record.open(path, as_of=day) as record:
            assert fates(record)[0] == fate


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    """The report may be put in before the promise."""
    with filled(tmp_path / "r.db", (KEPT, "2018-03-06"), (PROMISE, "2018-01-10")) as record:
        assert fates(record) == [("kept", "2018-03-06")]


def test_a_report_before_the_promise_decides_nothing(tmp_path: Path) -> None:
    """A release told before the promise was made does not keep it."""
    with filled(tmp_path / "r.db", (KEPT, "2018-01-02"), (PROMISE, "2018-01-10")) as record:
        assert fates(record) == [("open", None)]


def test_review_undoes_a_fate_and_brings_it_back(tmp_path: Path) -> None:
    """A rejected report decides nothing; the undo of the rejection restores the fate."""
    with filled(tmp_path / "r.db", (PROMISE, "2018-01-10"), (KEPT, "2018-03-06")) as record:
        (report,) = record.commitments()[0].fate_by
        decision = record.review.reject(report)
        assert fates(record) == [("open", None)]
        record.review.undo(decision)
        assert fates(record) == [("kept", "2018-03-06")]


def test_a_corrected_promise_holds_as_the_reviewer_left_it(tmp_path: Path) -> None:
    """Where a person says that it is disputed, no report changes that."""
    with filled(tmp_path / "r.db", (PROMISE, "2018-01-10"), (KEPT, "2018-03-06")) as record:
        (finding,) = record.findings(kind="commitment")
        record.review.correct(finding.id, {"fate": "disputed"})
        assert fates(record) == [("disputed", None)]


def test_a_report_that_decides_nothing_is_not_put_up_for_review(tmp_path: Path) -> None:
    """Deeds without a promise wait for nobody."""
    with filled(tmp_path / "r.db", (KEPT, "2018-03-06")) as record:
        assert [row.kind for row in record.findings() if row.kind == "fate"] == []
        assert [row.kind for row in record.findings(kind="fate")] == ["fate"]


def a_promise(joined: int, **given: Any) -> Promise:
    """A promise of Serbia to release prisoners."""
    fields: dict[str, Any] = {
        "joined": joined, "article": f"a{joined}", "day": joined, "by": frozenset({"SRB"}), "to": frozenset({"HRV"}),
        "deed": "release", "about": ("prisoner", "camp"),
    }  # fmt: skip
    return Promise(**(fields | given))


def a_deed(finding: int = 9, **given: Any) -> Deed:
    """A report that Serbia released the prisoners of the camp."""
    fields: dict[str, Any] = {
        "finding": finding, "article": "z", "day": 50, "fate": "kept", "by": frozenset({"SRB"}), "deed": "release",
        "about": ("prisoner", "camp"), "named": False,
    }  # fmt: skip
    return Deed(**(fields | given))


def decided(promises: list[Promise], *deeds: Deed) -> list[tuple[int, str]]:
    """Which promises are decided, and how."""
    return [(link.joined, link.fate) for link in decide_fates(promises, deeds, [], undone_by())]


def test_two_promises_that_answer_alike_are_left_open() -> None:
    """Where the report fits two different promises equally, nothing is decided."""
    one, other = a_promise(1, about=("prisoner", "north")), a_promise(2, about=("prisoner", "south"))
    assert decided([one, other], a_deed(about=("prisoner",))) == []


def test_one_promise_told_twice_is_decided_twice() -> None:
    """The same promise in two places of the ledger has one fate."""
    assert decided([a_promise(1), a_promise(2)], a_deed()) == [(1, "kept"), (2, "kept")]


@pytest.mark.parametrize(
    ("deed", "fate"), [("release", "kept"), ("detain", "broken"), ("test", None), ("not release", "broken")]
)
def test_deeds(deed: str, fate: str | None) -> None:
    """The promised deed keeps, its undoing or its omission breaks, another deed says nothing."""
    found = decided([a_promise(1)], a_deed(deed=deed))
    assert found == ([(1, fate)] if fate else [])


def test_a_deed_left_undone_is_broken_by_doing_it() -> None:
    """Whoever promised not to test breaks it by a test."""
    promise = a_promise(1, deed="not test", about=("missile",))
    assert decided([promise], a_deed(deed="test", about=("missile",))) == [(1, "broken")]


def a_meeting(**given: Any) -> Met:
    """A meeting of Ann of Serbia and Bob of Croatia in Zagreb."""
    fields: dict[str, Any] = {
        "finding": 7, "article": "m", "day": 60, "start": 59, "states": frozenset({"SRB", "HRV"}),
        "persons": frozenset({"ann", "bob"}), "level": "leader", "city": "Zagreb", "host": "HRV",
    }  # fmt: skip
    return Met(**(fields | given))


VISIT = a_promise(1, deed="visit", about=("zagreb",), place="Zagreb", promisers=frozenset({"ann"}))
MEET = a_promise(1, deed="meet", about=("bob",), persons=frozenset({"bob"}))


@pytest.mark.parametrize(
    ("promise", "met", "kept"),
    [
        (VISIT, a_meeting(), True),
        (VISIT, a_meeting(city="Split"), False),
        (VISIT, a_meeting(host="SRB", city="Belgrade"), False),
        (VISIT, a_meeting(persons=frozenset({"eve", "bob"})), False),
        (MEET, a_meeting(), True),
        (MEET, a_meeting(persons=frozenset({"ann", "eve"})), False),
        (MEET, a_meeting(start=0, day=60), False),
        (a_promise(1, deed="meet", about=("bob",), persons=frozenset({"bob"}), due=-20), a_meeting(), False),
    ],
)
def test_meetings_keep_promises_to_meet(promise: Promise, met: Met, kept: bool) -> None:
    """A visit is kept by a meeting there, a promise to meet by a meeting of those named, after it and not long late."""
    found = decide_fates([promise], [], [met], undone_by())
    assert [link.fate for link in found] == (["kept"] if kept else [])


WORDS = st.lists(st.sampled_from(["prisoner", "camp", "tariff", "steel", "troop"]), min_size=1, max_size=3, unique=True)
PROMISES = st.lists(st.tuples(st.integers(0, 60), WORDS, st.sampled_from(["release", "not test", "lift"])), max_size=6)
DEEDS = st.lists(st.tuples(st.integers(0, 60), WORDS, st.sampled_from(["release", "test", "impose"])), max_size=4)


@settings(max_examples=60, deadline=None)
@given(PROMISES, DEEDS, st.integers(0, 60))
def test_what_is_known_on_a_day_does_not_depend_on_later_articles(
    promises: list[tuple[int, list[str], str]], deeds: list[tuple[int, list[str], str]], today: int
) -> None:
    """Links of reports published until a day are those that the articles until that day give."""
    made = [a_promise(n, day=day, about=tuple(words), deed=deed) for n, (day, words, deed) in enumerate(promises)]
    told = [a_deed(n, day=day, about=tuple(words), deed=deed) for n, (day, words, deed) in enumerate(deeds)]
    days = {one.finding: one.day for one in told}
    whole = [link for link in decide_fates(made, told, [], undone_by()) if days[link.finding] <= today]
    known = decide_fates(
        [one for one in made if one.day <= today], [one for one in told if one.day <= today], [], undone_by()
    )
    assert whole == known
