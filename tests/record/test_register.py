"""Forecasts are kept as they were made and scored by the published rules."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, UnknownNameError
from dragoman.record import Forecast, Record, Register
from dragoman.record.questions import table_of, take_table
from dragoman.record.scoring import (
    brier,
    calibration,
    calibration_error,
    crps_draws,
    crps_range,
    discrimination,
    log_score,
    thirds,
)

NUMBERS = st.floats(-100, 100)


def odds(what: str = "They meet", probability: float | None = 0.7, **given: object) -> Forecast:
    """A forecast of a probability."""
    fields = {"what": what, "made_on": "2018-06-01", "due": "2018-06-30", "probability": probability, **given}
    return Forecast(**fields)  # type: ignore[arg-type]


def test_crps_of_a_range_is_the_integral_that_defines_it() -> None:
    """The closed form for a normal distribution equals the integral by sums."""
    sigma = 10 / NormalDist().inv_cdf(0.9)
    normal = np.vectorize(NormalDist(50, sigma).cdf)
    grid = np.linspace(-40, 140, 8001)
    middle = (grid[1:] + grid[:-1]) / 2
    for outcome in (30.0, 50.0, 71.5):
        wanted = float(((normal(middle) - (middle >= outcome)) ** 2 * np.diff(grid)).sum())
        assert crps_range(40, 60, 0.8, outcome) == pytest.approx(wanted, abs=0.02)


@settings(max_examples=50, deadline=None)
@given(st.lists(NUMBERS, min_size=2, max_size=12), NUMBERS)
def test_crps_of_draws_is_mean_distance_less_half_mean_difference(draws: list[float], outcome: float) -> None:
    """The sorted form equals the double sum over pairs of different draws."""
    count = len(draws)
    apart = sum(abs(a - b) for a in draws for b in draws) / (count * (count - 1))
    wanted = sum(abs(a - outcome) for a in draws) / count - apart / 2
    assert crps_draws(draws, outcome) == pytest.approx(wanted, abs=1e-9)


def test_many_draws_score_as_the_distribution_they_come_from() -> None:
    """The fair form has no bias: over samples of five its mean is the score of the distribution."""
    rng = np.random.default_rng(3)
    scores = [crps_draws(rng.normal(0, 1, 5).tolist(), 0.3) for _ in range(20_000)]
    level = NormalDist().cdf(1) - NormalDist().cdf(-1)
    assert np.mean(scores) == pytest.approx(crps_range(-1, 1, level, 0.3), abs=0.01)


def test_the_best_probability_is_the_true_one() -> None:
    """Brier's score is proper: on average nothing beats saying what is so."""
    for truth in (0.1, 0.5, 0.8):
        mean = {
            said: truth * brier(said, 1) + (1 - truth) * brier(said, 0)
            for said in np.linspace(0, 1, 11).round(1).tolist()
        }
        assert min(mean, key=mean.__getitem__) == truth


def test_calibration_tells_what_was_said_and_what_came_true() -> None:
    """Bins hold their forecasts, one included; empty ones are left out."""
    bins = calibration([0.1, 0.15, 0.9, 1.0], [0, 1, 1, 1], bins=5)
    assert [(one.low, one.count, one.said, one.came_true) for one in bins] == [
        (0.0, 2, 0.125, 0.5),
        (0.8, 2, 0.95, 1.0),
    ]


@pytest.mark.parametrize(
    "call",
    [
        lambda: brier(1.2, 1), lambda: brier(0.5, 0.5), lambda: crps_draws([1.0], 1), lambda: crps_draws([1.0,
        float("nan")], 1),
        lambda: crps_range(2, 1, 0.8, 1), lambda: crps_range(1, 2, 1.0, 1), lambda: calibration([0.5], []),
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(call) -> None:  # type: ignore[no-untyped-def]
    """No score is made up for what cannot be scored."""
    with pytest.raises(InputError):
        call()


def test_a_forecast_is_kept_settled_and_scored(tmp_path: Path) -> None:
    """Registered once, settled with its source, scored; the card has means by method and a calibration."""
    with Record.open(tmp_path / "r.db", create=True) as record:
        register = record.register
        first = register.add(odds(method="median", input_hash="abc"))
        assert register.add(odds(method="median", input_hash="abc")) == first
        ranged = register.add(
            Forecast(what="scope", made_on="2018-06-01", due="2018-06-30", low=40, high=60, level=0.8, method="mean")
        )
        drawn = register.add(Forecast(what="scope", made_on="2018-06-02", due="2018-06-30", draws=(40.0, 60.0)))
        assert register.forecasts() == (first, ranged, drawn)
        register.settle(first.key, 1, on="2018-06-12", source="all papers")
        register.settle(ranged.key, 50, on="2018-07-01", source="the communique")
        card = register.score(as_of="2018-07-02")
        assert card.brier == {"all": pytest.approx(0.09), "median": pytest.approx(0.09)}
        assert card.crps["mean"] == pytest.approx(crps_range(40, 60, 0.8, 50))
        assert card.settled == {"all": 3, "mean": 1, "median": 1, "unnamed": 1}
        assert card.crps["unnamed"] == pytest.approx(crps_draws((40.0, 60.0), 50)), "one question, one outcome"
        early = register.score(as_of="2018-06-20")
        assert [row.outcome for row in early.rows] == [1, None, None]
        assert [row.score for row in early.rows] == [None, None, None]
        assert early.waiting == 1


def test_a_second_outcome_counts_and_the_first_stays(tmp_path: Path) -> None:
    """A corrected outcome is a further line; nothing in the file can be changed."""
    register = Register.open(tmp_path / "register.db", create=True)
    made = register.add(odds())
    register.settle(made.key, 1, on="2018-06-12", source="a paper")
    register.settle(made.key, 0, on="2018-06-14", source="the ministry")
    assert register.score().rows[0].outcome == 0
    assert register.score(as_of="2018-06-13").rows[0].outcome == 1
    for table in ("forecasts", "outcomes"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            register._store.connection.execute(f"DELETE FROM {table}")  # noqa: S608
    register.close()


@pytest.mark.parametrize(
    "forecast",
    [
        odds(probability=1.5), odds(probability=None), odds(low=1.0, high=2.0, level=0.5), odds(what=" "),
        odds(due="2018-05-01"),
        odds(made_on="soon"), odds(probability=None, low=1.0, high=2.0), odds(probability=None, low=2.0, high=1.0,
        level=0.9),
        odds(probability=None, draws=(1.0,)),
    ],
)  # fmt: skip
def test_a_forecast_that_cannot_be_scored_is_not_registered(tmp_path: Path, forecast: Forecast) -> None:
    """Several kinds at once, none, a range upside down, a day that is none: refused before anything is written."""
    register = Register.open(tmp_path / "r.db", create=True)
    with pytest.raises(InputError):
        register.add(forecast)
    assert register.forecasts() == ()
    register.close()


def test_an_outcome_needs_a_forecast_a_day_and_a_source(tmp_path: Path) -> None:
    """Unknown keys, outcomes before the forecast, no source, half an event: refused."""
    register = Register.open(tmp_path / "r.db", create=True)
    key = register.add(odds()).key
    with pytest.raises(UnknownNameError):
        register.settle("nothing", 1, on="2018-06-12", source="x")
    for outcome, on, source in ((0.5, "2018-06-12", "x"), (1, "2018-05-12", "x"), (1, "2018-06-12", " ")):
        with pytest.raises(InputError):
            register.settle(key, outcome, on=on, source=source)
    register.close()


def test_log_score_auc_thirds_and_calibration_error_by_hand() -> None:
    """Small cases worked out by hand; certainty gone wrong costs what .01 costs."""
    assert log_score(0.0, 1) == pytest.approx(-np.log(0.01))
    assert discrimination([0.9, 0.1, 0.5], [1, 0, 0]) == 1
    assert discrimination([0.3, 0.3], [1, 0]) == 0.5
    assert discrimination([0.3], [1]) is None
    found = thirds([0.9, 0.1, 0.2, 0.5], [1, 0, 0, 1])
    assert [(one.count, one.observed) for one in found] == [(1, 0), (1, 0), (2, 2)]
    assert calibration_error(calibration([0.1, 0.9], [1, 1])) == pytest.approx(0.5)


def test_early_yeses_do_not_count_before_the_noes(tmp_path: Path) -> None:
    """Of ten questions with even chances five come true early: half way nothing is scored, and at the end all ten.

    Counting each outcome when it is noted would have shown .01 half way, where saying 90 % all along is worth .41.
    """
    register = Register.open(tmp_path / "r.db", create=True)
    for number in range(10):
        made = register.add(odds(f"question {number}", 0.9))
        if number < 5:
            register.settle(made.key, 1, on="2018-06-10", source="a paper")
    half = register.score(as_of="2018-06-15")
    assert (half.brier, half.waiting) == ({}, 5)
    assert register.score().brier == {}
    for one in register.forecasts():
        if one.what >= "question 5":
            register.settle(one.key, 0, on="2018-07-01", source="nothing was reported")
    whole = register.score(as_of="2018-07-02")
    assert whole.brier["all"] == pytest.approx((5 * 0.01 + 5 * 0.81) / 10)
    assert whole.settled["all"] == 10
    register.close()


def test_revised_forecasts_are_one_question_by_the_last_in_time_and_by_days(tmp_path: Path) -> None:
    """The last forecast before the outcome stands at the due day; hindsight is left out; days weigh in the average."""
    register = Register.open(tmp_path / "r.db", create=True)
    first = register.add(odds(probability=0.5, method="a"))
    register.add(odds(probability=0.8, method="a", made_on="2018-06-11"))
    register.add(odds(probability=1.0, method="a", made_on="2018-06-25"))
    register.settle(first.key, 1, on="2018-06-20", source="a paper")
    card = register.score(as_of="2018-07-01")
    assert card.brier["a"] == pytest.approx(0.04)
    assert card.brier_averaged["a"] == pytest.approx((10 * 0.25 + 10 * 0.04) / 20)
    assert card.settled == {"a": 1, "all": 1}
    assert [bin_.count for bin_ in card.calibration] == [1]
    register.close()


def test_peers_are_compared_on_the_questions_that_they_share(tmp_path: Path) -> None:
    """Two on one question are apart by their scores; a question of one alone says nothing of peers."""
    register = Register.open(tmp_path / "r.db", create=True)
    one = register.add(odds(probability=0.8, method="a"))
    register.add(odds(probability=0.5, method="b"))
    alone = register.add(odds("Another", 0.5, method="b"))
    for key in (one.key, alone.key):
        register.settle(key, 1, on="2018-06-30", source="a paper")
    assert register.score(as_of="2018-07-01").peer == {"a": pytest.approx(0.21), "b": pytest.approx(-0.21)}
    register.close()


def test_what_is_due_is_asked_for_until_it_is_settled(tmp_path: Path) -> None:
    """Once the day has passed a question is due, each once, and no more when its outcome is noted."""
    register = Register.open(tmp_path / "r.db", create=True)
    made = register.add(odds(method="a"))
    register.add(odds(method="b"))
    assert register.due("2018-06-30") == ()
    assert [one.what for one in register.due("2018-07-01")] == ["They meet"]
    register.settle(made.key, 0, on="2018-07-01", source="nothing was reported")
    assert register.due("2018-07-02") == ()
    register.close()


TABLE = """\
title,open_time,scheduled_close_time,resolution_criteria,user,forecast_time,forecast,resolution,votes,resolve_time
Will they meet?,2020-01-01T10:00:00Z,2020-03-01T00:00:00Z,"A meeting, in person",ann,2020-01-02,35%,yes,7,2020-02-01
Will they meet?,2020-01-01T10:00:00Z,2020-03-01T00:00:00Z,"A meeting, in person",bob,2020-01-03,0.2,yes,7,2020-02-01
Will they sign?,2020-01-01,2020-06-01,,,,,,,
"""


def test_a_table_of_another_site_comes_in_and_goes_out_as_it_is(tmp_path: Path) -> None:
    """Their names for the fields are taken, unknown columns left where they are; what goes out comes in the same."""
    (tmp_path / "in.csv").write_text(TABLE, encoding="utf-8")
    register = Register.open(tmp_path / "r.db", create=True)
    taken = take_table(register, tmp_path / "in.csv")
    assert (taken.questions, taken.forecasts, taken.outcomes, taken.unforecast) == (2, 2, 1, 0)
    assert register.score(as_of="2020-03-02").brier == pytest.approx({"all": 0.53125, "ann": 0.4225, "bob": 0.64})
    out = table_of(register)
    (tmp_path / "out.csv").write_text(out, encoding="utf-8")
    other = Register.open(tmp_path / "other.db", create=True)
    take_table(other, tmp_path / "out.csv")
    assert table_of(other) == out
    register.close()
    other.close()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Will they?,2020-03-01,2020-01-01,1.2,,", "probability"),
        ("Will they?,2020-03-01,2020-01-01,.5,perhaps,", "outcome"),
        ("Will they?,2020-03-01,,.5,,", "without its day"),
        (",2020-03-01,2020-01-01,.5,,", "without question"),
        ("Will they?,soon,2020-01-01,.5,,", "closes"),
        ("Will they?,2020-03-01,2020-05-01,.5,,", "due"),
    ],
)
def test_a_table_at_fault_brings_in_nothing(tmp_path: Path, row: str, said: str) -> None:
    """The row is named, and no other row of it is kept."""
    text = f"question,closes,made_on,probability,outcome,resolved_on\nGood,2020-02-01,2020-01-01,.4,,\n{row}\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    register = Register.open(tmp_path / "r.db", create=True)
    with pytest.raises(InputError, match=said):
        take_table(register, tmp_path / "in.csv")
    assert (register.forecasts(), register.questions()) == ((), ())
    register.close()
