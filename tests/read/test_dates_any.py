"""Time expressions drawn at random: what must hold of any of them; and the calendar and grammar behind them."""

from __future__ import annotations

import os
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.dates import find_in_text
from dragoman.read.dates._holidays import easter, nth_weekday
from dragoman.read.dates._scan import _WORD_TRIGGERS, RULES
from dragoman.read.findings import DateFinding

GOLD = os.environ.get("DRAGOMAN_GOLD")
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NONSENSE = """
the last next two 31 May March Tuesday of 1999 year years ago later before - , . first quarter century
week day a 10 p.m. 99 0000 9999 12/31 weekend Easter early every fall 1990s '90s 30th February Feb. 29
2018-02-30 hundred
"""
TOKENS = st.sampled_from(NONSENSE.split())


def one(text: str, published: date) -> DateFinding:
    """The only finding in a text."""
    items = find_in_text(text, published)
    assert len(items) == 1
    return items[0]


@settings(max_examples=150, deadline=None)
@given(st.lists(TOKENS, max_size=14), st.none() | DAYS | st.sampled_from([date.min, date.max]))
def test_words_of_time_in_any_order_are_scanned(words: list[str], published: date | None) -> None:
    """Nonsense made of the grammar's own words breaks nothing, not even at the ends of the calendar."""
    for item in find_in_text(" ".join(words), published):
        assert (item.start is None) == (item.end is None)
        assert item.start is None or item.start <= str(item.end)


@settings(max_examples=40, deadline=None)
@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(["", "last ", "next ", "this "]))
def test_a_week_later_every_weekday_is_a_week_later(published: date, weekday: str, relation: str) -> None:
    """Moving publication by seven days moves the resolved weekday by seven days."""
    text = f"They met {relation}{weekday}."
    here, there = (date.fromisoformat(str(one(text, day).value)) for day in (published, published + timedelta(days=7)))
    assert there - here == timedelta(days=7)
    assert here.strftime("%A") == weekday


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_a_written_day_is_read_back(day: date) -> None:
    """Any day, written out in any of the usual ways, is read as that day."""
    for shape in ("%B {d}, %Y", "{d} %B %Y", "%A, %B {d}, %Y", "%Y-%m-%d", "%b. {d}, %Y"):
        words = day.strftime(shape).replace("{d}", str(day.day)).replace("May.", "May")
        assert [item.value for item in find_in_text(f"It was on {words} that they met.")] == [day.isoformat()]


def test_holidays_that_move_are_computed() -> None:
    """Easter and the n-th weekdays agree with published calendars (Meeus 1991, table of Easter dates)."""
    assert [easter(year) for year in (1818, 1943, 2000, 2019)] == [
        date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2019, 4, 21),
    ]  # fmt: skip
    assert nth_weekday(2018, 11, 4, 4) == date(2018, 11, 22)
    assert nth_weekday(2018, 5, 1, -1) == date(2018, 5, 28)


def test_every_rule_has_its_own_name() -> None:
    """No two rules of the grammar share a name, and triggers are lower-case words."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(word == word.lower() for word in _WORD_TRIGGERS)


@pytest.mark.skipif(GOLD is None, reason="DRAGOMAN_GOLD is not set: dates are not measured")
def test_news_dates_reach_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """On annotated newswire detection F is at least .93 and day, month and year values right at least .90."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    rows = {row["measure"]: row["value"] for row in import_module("_reading_dates").measure(Path(str(GOLD)))}
    assert rows["dates: detection F"] >= 0.93
    assert rows["dates: day, month and year values right"] >= 0.90
