"""A list of events is cut into periods no finer than what is known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dragoman.record.views import When
from dragoman.show.views._periods import by_period, placed


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the headings look at."""

    day: str | None
    dated: bool
    date: When | None


def row(start: str, end: str, precision: str) -> Row:
    """An event between two days."""
    return Row(day=start, dated=True, date=When(start=start, end=end, precision=precision))


@pytest.mark.parametrize(
    ("one", "bucket", "title"),
    [
        (row("2018-06-12", "2018-06-12", "day"), "month", "June 2018"),
        (row("2018-06-12", "2018-06-12", "day"), "year", "2018"),
        (row("2018-01-01", "2018-12-31", "year"), "month", "2018"),
        (row("2000-01-01", "2009-12-31", "decade"), "month", "2000–2009"),
        (Row(day="2018-06-14", dated=False, date=None), "month", "June 2018"),
        (Row(day=None, dated=False, date=None), "month", "Undated"),
    ],
)
def test_a_heading_is_no_finer_than_the_date(one: Row, bucket: str, title: str) -> None:
    """A day stands under its month, a year under the year, what has no date under the month of its report."""
    assert placed(one, "e", bucket, None).title == title  # type: ignore[arg-type]


def test_background_is_what_was_over_before_the_coverage() -> None:
    """Events over a season before the first article stand apart; none is lost, and the order is kept."""
    rows = [
        row("2005-01-01", "2005-12-31", "year"),
        row("2017-09-01", "2017-09-30", "month"),
        row("2017-11-20", "2017-11-20", "day"),
        row("2018-01-04", "2018-01-04", "day"),
        Row(day="2018-01-05", dated=False, date=None),
    ]
    spread = [placed(one, number, "month", "2018-01-04") for number, one in enumerate(rows)]  # type: ignore[arg-type]
    assert [(p.title, p.entries) for p in by_period(spread, background=True)] == [
        ("2005", (0,)),
        ("September 2017", (1,)),
    ]
    assert [(p.title, p.entries) for p in by_period(spread)] == [("November 2017", (2,)), ("January 2018", (3, 4))]
