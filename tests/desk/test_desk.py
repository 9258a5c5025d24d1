"""The desk: sittings, guarantors, base rates, suggestions, back-tests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.desk import Desk
from dragoman.desk.backtest import backtest
from dragoman.desk.guarantors import candidates
from dragoman.desk.parties import countries
from dragoman.desk.suggest import issue_words, suggestions
from dragoman.desk.when import act_rate, will_meet
from dragoman.errors import InputError, MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.record import Record
from dragoman.testing import fixed_clock, make_article, make_event, make_meeting, make_quote, make_reading, span_of

CASE = """
title: Two and a friend
mark: made for a test
parties:
  US: {name: United States, entities: [Washington], capability: 60}
  DPRK: {name: North Korea, entities: [Pyongyang], capability: 30}
  Russia: {name: Russia, capability: 20}
issues:
  sanctions:
    name: Relief from sanctions
    scale: {points: {none: 0, all lifted: 100}}
    positions:
      US: {position: 10, salience: 0.5}
      DPRK: {position: {low: 80, high: 100}, salience: 0.9}
      Russia: {position: 60, salience: 0.2}
measures:
  freeze: {performers: [DPRK], once: {DPRK: -4, US: 5}}
  lift: {performers: [US], once: {US: -3, DPRK: 5}}
patience: {US: 0.9, DPRK: 0.9}
guarantors:
  russia: {who: Russia, name: Russia, penalty: {US: 5, DPRK: 5}, cost: 1, word_stake: 2, active: false}
  other: {who: Nobody, name: Nobody, penalty: {US: 9}, cost: 3, word_stake: 1, active: false}
scenarios:
  guarded: {changes: {guarantors.russia.active: true}}
"""


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """The case on disk."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """A record of two meetings held, one called off, and a statement, over a year."""
    path = tmp_path / "r.sqlite"
    text = 'Ann met Bob. "The sanctions must be lifted," the North Korean leader said.'
    pair = (("ann", "USA"), ("bob", "PRK"))
    with Record.open(path, create=True, clock=fixed_clock) as record:
        for number, (day, status) in enumerate(
            [("2018-01-10", "held"), ("2018-06-12", "held"), ("2018-09-01", "called off")]
        ):
            meeting = make_meeting(pair, day=day, status=status, span=span_of(text, "Ann met Bob"))
            event = make_event("RUS", "SUPPORT", "PRK", day=day, span=span_of(text, "met"))
            quote = make_quote(span_of(text, "The sanctions must be lifted"), state="PRK", office="leader")
            article = make_article(f"{text} {number}", published=day)
            record.add(article, make_reading(meetings=(meeting,), events=(event,), quotes=(quote,)))
        record.add(make_article("Quiet.", published="2019-01-10"), make_reading())
    return path


def test_a_sitting_solves_once(case_path: Path) -> None:
    """The same question in one sitting gives the same result object; a scenario gives another."""
    with Desk.open(case=case_path, draws=20) as desk:
        first = desk.result("steps")
        assert desk.result("steps") is first
        assert desk.result("steps", "guarded") is not first
        assert desk.mark == "made for a test"
        assert "steps" in desk.methods()
        assert "graph" not in desk.methods()
        assert isinstance(desk.try_result("graph"), MethodError)


def test_an_executor_solves_what_the_desk_would(case_path: Path) -> None:
    """Results solved elsewhere are those solved here, and what a method refuses is refused alike."""
    with Desk.open(case=case_path, draws=20) as desk, ThreadPoolExecutor(2) as pool:
        beside = replace(desk, executor=pool, _kept={}, _locks={})
        assert beside.result("mean").to_dict() == desk.result("mean").to_dict()
        refused = [one.try_result("stakes") for one in (desk, beside)]
        assert str(refused[0]) == str(refused[1])


def test_what_if_changes_one_number(case_path: Path) -> None:
    """A change by path moves the outcome, and the base case stays as it was."""
    with Desk.open(case=case_path, draws=0) as desk:
        base = desk.result("mean").answer.issues[0].central
        moved = desk.what_if("mean", {"issues.sanctions.positions.US.position": 90}).answer.issues[0].central
        assert moved > base
        assert desk.result("mean").answer.issues[0].central == base


def test_a_desk_needs_something_on_it() -> None:
    """Neither record nor case is refused, and so is a scenario that does not exist."""
    with pytest.raises(InputError, match="neither"):
        Desk.open()


def test_unknown_scenarios_are_refused(case_path: Path) -> None:
    """A scenario that the case lacks is refused with the known ones."""
    with Desk.open(case=case_path) as desk, pytest.raises(UnknownNameError, match="guarded"):
        desk.result("steps", "garded")


def test_guarantors_are_ranked(case_path: Path, record_path: Path) -> None:
    """A guarantor whose word counts and helps stands before one whose word does not, with its ties to both sides."""
    with Desk.open(case=case_path, record=record_path, draws=0) as desk:
        first, second = candidates(desk)
    assert (first.name, second.name) == ("Russia", "Nobody")
    assert first.makes_a_plan_hold
    assert not second.counts
    ties = {tie.party: tie for tie in first.ties}
    assert ties["North Korea"].events == 3
    assert ties["North Korea"].net > 0
    assert ties["United States"].events == 0


def test_parties_stand_for_countries() -> None:
    """Names and entities of a party lead to its country; a name that is none leads nowhere."""
    assert countries(loads(CASE)) == {"US": "USA", "DPRK": "PRK", "Russia": "RUS"}
    assert countries(loads("parties: {A: {name: Aardvark Holdings}}")) == {}


def test_base_rate_from_the_ledger(record_path: Path) -> None:
    """Two meetings in a year and two of three announced kept give the formula's numbers."""
    with Record.open(record_path) as record:
        found = will_meet(record, "USA", "PRK", date(2019, 7, 10))
        assert found.chance.events == 2
        assert found.chance.observed_days == 365
        assert found.chance.probability == pytest.approx(1 - (365 / 546) ** 2.5)
        assert found.kept is not None
        assert (found.kept.held, found.kept.announced) == (0, 1)
        with pytest.raises(InputError, match="after the last article"):
            will_meet(record, "USA", "PRK", date(2018, 1, 1))


@pytest.mark.parametrize(("a", "b"), [("ann", "bob"), ("USA", "bob"), ("Ann", "PRK")])
def test_base_rates_of_persons(record_path: Path, a: str, b: str) -> None:
    """Persons by id or name, and a state with the other's person, have the meetings of the two states."""
    with Record.open(record_path) as record:
        persons, states = (will_meet(record, *sides, date(2019, 7, 10)) for sides in ((a, b), ("USA", "PRK")))
        assert persons.chance == states.chance
        assert persons.meetings == states.meetings
        with pytest.raises(UnknownNameError, match="did you mean 'Bob'"):
            will_meet(record, a, "bobb", date(2019, 7, 10))


@pytest.mark.parametrize(
    "name", ["PRK", "prk", "North Korea", "north korea", "DPRK", "Korea, Democratic People's Republic of", "KP"]
)
def test_a_state_is_found_by_code_and_by_any_name(record_path: Path, name: str) -> None:
    """Code, ISO name, common name and alias of a state are one state, and give one rate."""
    with Record.open(record_path) as record:
        found = will_meet(record, name, "United States", date(2019, 7, 10))
        assert found.chance == will_meet(record, "USA", "PRK", date(2019, 7, 10)).chance
        assert found.chance.events == 2


@pytest.mark.parametrize(
    ("name", "nearest"), [("XXX", ""), ("Egypt", ""), ("EGY", ""), ("Noth Korea", "North Korea"), ("UAS", "USA")]
)
def test_a_name_that_the_record_does_not_know_has_no_rate(record_path: Path, name: str, nearest: str) -> None:
    """A state that no article names, and a misspelt one, are errors with the nearest known name; never a low rate."""
    with Record.open(record_path) as record, pytest.raises(UnknownNameError) as told:
        will_meet(record, name, "USA", date(2019, 7, 10))
    assert not nearest or told.value.nearest == nearest


def test_the_forecast_is_the_simple_rate_and_the_ledger_says_that_it_is_not_measured(record_path: Path) -> None:
    """What is told first is the rate of questions of the kind; an act never asked about is an error."""
    with Record.open(record_path) as record:
        found = will_meet(record, "USA", "PRK", date(2019, 7, 10))
        assert found.simple == act_rate("meet")
        assert found.words.index("simple rate") < found.words.index("From this record")
        assert "not told apart" in found.words
        with pytest.raises(UnknownNameError, match="did you mean 'visit'"):
            will_meet(record, "USA", "PRK", date(2019, 7, 10), "visits")
        with pytest.raises(InputError, match="which are one"):
            will_meet(record, "USA", "United States", date(2019, 7, 10))


def test_base_rates_count_a_day_once(tmp_path: Path) -> None:
    """Two meetings of the same two on one day, at two places, are one event of the rate."""
    text = "Ann met Bob."
    pair = (("ann", "USA"), ("bob", "PRK"))
    with Record.open(tmp_path / "r.sqlite", create=True, clock=fixed_clock) as record:
        for place in ("Oslo", "Rome"):
            meeting = make_meeting(
                pair, day="2018-01-10", status="held", place=place, span=span_of(text, "Ann met Bob")
            )
            record.add(make_article(f"{text} {place}", published="2018-01-10"), make_reading(meetings=(meeting,)))
        record.add(make_article("Quiet.", published="2019-01-10"), make_reading())
        found = will_meet(record, "ann", "bob", date(2019, 7, 10))
    assert found.chance.events == 1


def test_suggestions_rest_on_statements(record_path: Path) -> None:
    """A leader's statements on sanctions are counted on that issue, shown with their words, and nothing is written."""
    case = loads(CASE)
    with Record.open(record_path) as record:
        found = suggestions(case, record)
    north = next(row for row in found.attention if row.party == "DPRK")
    assert north.on_issue["sanctions"] == north.statements > 0
    cue = next(item for item in found.positions if item.party == "DPRK").cues[0]
    assert "sanctions must be lifted" in cue.words
    assert cue.point == "all lifted"
    tie = next(item for item in found.ties if {item.a, item.b} == {"Russia", "DPRK"})
    assert tie.events == 3
    assert "Statements that cue a position" in str(found)


def test_issue_words_are_stems() -> None:
    """Words of name and points count in any ending and either spelling; common words do not."""
    issue = loads(CASE).issues["sanctions"]
    assert "sanction" in issue_words(issue)
    assert "from" not in issue_words(issue)


def test_backtest_of_recorded_forecasts(tmp_path: Path) -> None:
    """Mean absolute errors of forecasts, of a constant 50 and of the status quo are what the table says."""
    path = tmp_path / "t.csv"
    path.write_text("outcome,reference_point,a_forecast\n0,100,10\n100,,60\n", encoding="utf-8")
    scores = {row.name: row for row in backtest(path).scores}
    assert scores["a"].mae == 25
    assert scores["constant 50"].mae == 50
    assert (scores["status quo"].mae, scores["status quo"].n) == (100, 1)


def test_backtest_of_cases(tmp_path: Path, case_path: Path) -> None:
    """Methods are run on the cases of a table and scored with CRPS and coverage."""
    path = tmp_path / "t.csv"
    path.write_text(f"case,issue,outcome\n{case_path.name},sanctions,60\n", encoding="utf-8")
    scores = {row.name: row for row in backtest(path, draws=50).scores}
    assert {"mean", "median", "constant 50"} <= scores.keys()
    assert scores["mean"].crps is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no rows"),
        ("a,b\n1,2\n", "column outcome"),
        ("outcome,x_forecast\n1,hot\n", ":2"),
        ("outcome\n1\n", "_forecast"),
        ("outcome,x_forecast\n,1\n", "no outcome"),
    ],
)
def test_bad_tables_are_refused(tmp_path: Path, text: str, message: str) -> None:
    """A table without rows, columns or numbers is refused, naming the line."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        backtest(path)
