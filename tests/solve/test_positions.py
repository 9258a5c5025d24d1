"""Who changed position: the definitions on random rows, and the networks in files."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError, UnknownNameError
from dragoman.formats.discourse import discourse_network
from dragoman.solve.positions import StanceRow, changes, networks, period_of, table

ROWS = st.lists(
    st.builds(
        StanceRow,
        party=st.sampled_from("ABC"),
        issue=st.sampled_from("xy"),
        day=st.integers(0, 60).map(lambda at: date(2020, 1, 1) + timedelta(days=at * 9)),
        side=st.sampled_from([-1, 1]),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_changes_are_neighbouring_rows_on_opposite_sides(rows: list[StanceRow]) -> None:
    """Each change has nothing of the party between its days, and each pair of settled days on two sides is one."""
    want = set()
    for party, issue in {(row.party, row.issue) for row in rows}:
        sides: dict[date, set[int]] = {}
        for row in rows:
            if (row.party, row.issue) == (party, issue):
                sides.setdefault(row.day, set()).add(row.side)
        days = sorted(day for day, both in sides.items() if len(both) == 1)
        for last, first in pairwise(days):
            if sides[last] != sides[first]:
                want.add((party, issue, last, first, next(iter(sides[first]))))
    found = changes(rows)
    assert {(one.party, one.issue, one.last, one.first, one.side) for one in found} == want
    assert [one.first for one in found] == sorted(one.first for one in found)
    for one in found:
        before = {
            row.party
            for row in rows
            if row.issue == one.issue and row.side == one.side and one.last < row.day < one.first
        } - {one.party}
        assert set(one.after) == before


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_pairs_count_the_issues_on_which_two_stand_together_or_opposed(rows: list[StanceRow]) -> None:
    """Congruence and conflict by the definition, period by period, without the order of rows."""
    held = table(rows, by="quarter")
    side = {(one.period, one.party, one.issue): one.side for one in held}
    for (period, party, issue), value in side.items():
        total = sum(
            row.side for row in rows if (period_of(row.day, "quarter"), row.party, row.issue) == (period, party, issue)
        )
        assert (total > 0) - (total < 0) == value
    for pair in networks(held):
        products = [side.get((pair.period, pair.a, one), 0) * side.get((pair.period, pair.b, one), 0) for one in "xy"]
        assert (pair.congruence, pair.conflict) == (products.count(1), products.count(-1))
        assert pair.congruence + pair.conflict
    assert networks(table(rows[::-1], by="quarter")) == networks(held)


def test_networks_go_out_as_csv_and_graphml() -> None:
    """Both files hold every pair with its period; another form is refused."""
    rows = [StanceRow(party=party, issue="x", day=date(2020, 5, 1), side=side) for party, side in (("A", 1), ("B", -1))]
    pairs = networks(table(rows))
    assert list(csv.DictReader(StringIO(discourse_network(pairs, "csv").decode()))) == [
        {"period": "2020", "a": "A", "b": "B", "congruence": "0", "conflict": "1"}
    ]
    graph = nx.read_graphml(BytesIO(discourse_network(pairs, "graphml")), force_multigraph=True)
    assert [data for _, _, data in graph.edges(data=True)] == [{"period": "2020", "congruence": 0, "conflict": 1}]
    with pytest.raises(UnknownNameError, match="gexf"):
        discourse_network(pairs, "gexf")


def test_bad_rows_and_periods_are_refused() -> None:
    """A side that is neither for nor against, and a period that is none."""
    with pytest.raises(MethodError, match="1 or -1"):
        StanceRow(party="A", issue="x", day=date(2020, 1, 1), side=0)
    with pytest.raises(MethodError, match="quarter"):
        period_of(date(2020, 1, 1), "week")
