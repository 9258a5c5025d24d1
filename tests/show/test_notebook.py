"""The notebook's face: tables as frames, charts as Altair objects, methods."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.errors import InputError, UnknownNameError
from dragoman.record import Record
from dragoman.testing import fixed_clock, make_article, make_event, make_meeting, make_reading

CASE = """
parties: {US: {name: United States, capability: 60}, DPRK: {name: North Korea, capability: 30}}
issues:
  sanctions:
    positions:
      US: {position: 10, salience: 0.5}
      DPRK: {position: {low: 80, high: 100}, salience: 0.9}
"""


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """A record of two months and a case."""
    case, record = tmp_path / "case.yaml", tmp_path / "r.sqlite"
    case.write_text(CASE, encoding="utf-8")
    with Record.open(record, create=True, clock=fixed_clock) as made:
        for day in ("2018-05-10", "2018-06-12"):
            reading = make_reading(events=(make_event(day=day),), meetings=(make_meeting(day=day),))
            made.add(make_article(f"Ann met Bob on {day}.", published=day), reading)
    return record, case


def test_tables_come_as_frames(paths: tuple[Path, Path]) -> None:
    """Every table comes as rows and as a polars or pandas frame, with one value a cell."""
    with dragoman.open(*paths, draws=10) as book:
        for name in book.tables:
            rows = book.table(name, frames="rows")
            assert all(not isinstance(cell, (list, dict)) for row in rows for cell in row.values())
            assert len(book.table(name)) == len(rows)
            assert len(book.table(name, frames="pandas")) == len(rows)
        with pytest.raises(UnknownNameError, match="events"):
            book.table("event")


def test_charts_come_as_altair(paths: tuple[Path, Path]) -> None:
    """A chart of a page is an Altair object that says what the page's chart says."""
    import altair as alt

    with dragoman.open(*paths, draws=10) as book:
        names = book.charts("chronology")
        assert names
        chart = book.chart("chronology", names[0])
        assert isinstance(chart, alt.TopLevelMixin)
        assert chart.to_dict()["$schema"]
        with pytest.raises(UnknownNameError, match="chart"):
            book.chart("chronology", "nothing")


def test_methods_solve_and_a_missing_record_is_told(paths: tuple[Path, Path]) -> None:
    """Methods of the case solve; a table without a record is refused."""
    with dragoman.open(case=paths[1], draws=10) as book:
        assert book.solve("mean").answer.issues
        with pytest.raises(InputError, match="no record"):
            book.table("events")
