"""The bench of forecasts: what a rule may know, how resamples are drawn, and what is said of a richer rule."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

import _questions_models as models  # noqa: E402
import questions as bench  # noqa: E402

START = date(2020, 1, 1)


def asked(
    key: str, outcome: int = 0, *, act: str = "meet", family: str | None = None, day: int = 0, days: int = 90
) -> models.Question:
    """A question asked ``day`` days after the first and due ``days`` later."""
    opened = START + timedelta(days=day)
    return models.Question(
        key=key, act=act, actors=("USA", "PRK"), opened=opened, closes=opened + timedelta(days=days),
        resolved=opened + timedelta(days=days // (1 + outcome)), outcome=outcome, family=family or key, crowd=None,
    )  # fmt: skip


MANY = [
    asked(f"q{i}", int(i % 4 == 0), act=("meet", "sign", "withdraw")[i % 3], family=f"f{i // 2}", day=30 * i)
    for i in range(24)
]


def test_a_rule_never_sees_the_family_of_its_question() -> None:
    """Were the outcomes of a whole family turned over, no forecast for it would change."""
    before = bench.forecasts(MANY)
    turned = [
        models.Question(
            **{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "outcome": 1 - one.outcome}
        )
        if one.family == "f3"
        else one
        for one in MANY
    ]
    after = bench.forecasts(turned)
    places = [i for i, one in enumerate(MANY) if one.family == "f3"]
    for rule in before:
        assert [before[rule][i] for i in places] == [after[rule][i] for i in places], rule


def test_forward_knows_only_what_was_over_on_the_day() -> None:
    """A question that closes after the day of asking is unknown, though its yes came before."""
    early, late = asked("early", 1, days=20), asked("late", 1, days=400)
    now = asked("now", day=100)
    assert bench.over_by(now, [early, late, now]) == [early]


def test_resamples_hold_families_whole() -> None:
    """In every resample the two questions of a family stand equally often."""
    for places in bench.draws_of_families(MANY, 50):
        counts = np.bincount(places, minlength=len(MANY))
        assert (counts[::2] == counts[1::2]).all()


@pytest.mark.parametrize(
    ("better", "low", "words"),
    [(0.95, -0.02, "takes the default's place"), (0.89, -0.02, "not told apart"), (0.01, 0.003, "worse than")],
)
def test_a_richer_rule_needs_nine_resamples_of_ten(better: float, low: float, words: str) -> None:
    """Below 90 % it is not told apart, or worse where the whole interval says so."""
    row = {"better": better, "difference_low": low, "difference_high": 0.03}
    assert bench.verdict(dict.fromkeys(models.RICHER, row), 78)["regression"].startswith(words)


def test_every_forecast_is_a_probability_and_every_rule_is_scored() -> None:
    """Each rule gives each question a number from 0 to 1, and the parts by kind hold all questions."""
    found = bench.measure(MANY)
    assert set(found["rules"]) == {*models.SIMPLE, *models.RICHER, "rate by kind, shrunken, forward"}
    assert sum(row["n"] for row in found["by_kind"].values()) == len(MANY)
    assert all(0 <= p <= 1 for values in bench.forecasts(MANY).values() for p in values)


def test_rates_are_not_scored_on_the_questions_they_were_counted_from() -> None:
    """A question whose hash stands among the counted is left out of the row of the shipped rates."""
    shipped = json.loads(bench.ACTS.read_text(encoding="utf-8"))
    assert len(shipped["counted"]) == sum(n for _, n in shipped["acts"].values())
    assert bench.measure(MANY)["shipped_left_out"] == 0
    assert bench.count(MANY)["counted"] == sorted(map(bench.mark, MANY))


def test_without_the_questions_nothing_is_measured_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No silent pass: the bench says that it was skipped."""
    monkeypatch.delenv("DRAGOMAN_QUESTIONS", raising=False)
    monkeypatch.setattr(sys, "argv", ["questions.py"])
    bench.main()
    assert "SKIPPED" in capsys.readouterr().err
