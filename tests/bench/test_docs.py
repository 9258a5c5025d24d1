"""The pages show the figures that the benches printed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import _docs as docs
import _reading_table as table


@pytest.mark.parametrize("path", docs.PAGES, ids=lambda path: path.stem)
def test_pages_are_made_from_the_results(path: Path) -> None:
    """Every figure between marks is that of ``bench/results``: run ``python bench/_docs.py`` after measuring."""
    page = path.read_text(encoding="utf-8")
    assert "<!-- figures: " in page
    assert docs.rendered(page) == page


def test_a_changed_figure_is_seen() -> None:
    """A page whose table was edited by hand is put right."""
    page = "<!-- figures: levels -->\nevents from .1\n<!-- end -->\n"
    assert "events from .1" not in docs.rendered(page)


def test_intervals_come_from_articles_drawn_anew() -> None:
    """Where all articles are alike the interval is a point; where they differ it holds the figure, and has a width."""
    alike = [Counter({"hit": 1, "of": 2})] * 10
    mixed = [Counter({"hit": 2 * (number % 2), "of": 2}) for number in range(10)]
    for items, width in ((alike, False), (mixed, True)):
        row = table.rows("part", items, lambda count: {"share": table.share(count, "hit", "of")})[0]
        assert row.value == 0.5
        assert row.counts == f"{sum(one['hit'] for one in items)} of 20"
        assert row.low is not None
        assert row.high is not None
        assert row.low <= 0.5 <= row.high
        assert (row.high > row.low) is width
