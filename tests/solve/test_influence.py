"""Influence: tornado, Sobol indices and allies against what the weighted mean says in closed form."""

from __future__ import annotations

import pytest

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve

CASE = """
parties: {A: {name: Anna, capability: 50}, B: {name: Ben, capability: 50}}
issues:
  price:
    positions:
      A: {position: {low: 0, high: 40}, salience: 1}
      B: {position: {low: 90, high: 100}, salience: 1}
"""


def test_indices_of_a_sum_are_its_shares_of_variance() -> None:
    """Two uniform positions with ranges 40 and 10 have first-order indices 16/17 and 1/17, and no interaction."""
    item = solve("influence", loads(CASE), draws=4096, seed=1).answer.issues[0]
    first = {row.path: row for row in item.indices}
    a, b = (first[f"issues.price.positions.{party}.position"] for party in "AB")
    assert a.first == pytest.approx(16 / 17, abs=0.01)
    assert b.first == pytest.approx(1 / 17, abs=0.01)
    assert a.total == pytest.approx(a.first, abs=0.02)
    assert item.sd == pytest.approx((0.25 * (40**2 + 10**2) / 12) ** 0.5, rel=0.02)
    assert a.sd_if_known == pytest.approx(item.sd * (1 - a.first) ** 0.5)


def test_bars_are_the_ends_of_each_number() -> None:
    """The widest bar is the widest range: 20 points of the outcome between 0 and 40."""
    bars = solve("influence", loads(CASE), draws=0).answer.issues[0].bars
    assert bars[0].path.endswith("A.position")
    assert (bars[0].at_low, bars[0].at_high) == (47.5, 67.5)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)


def test_allies_move_the_outcome_as_far_as_they_are_said_to() -> None:
    """Moving the named ally by the named amount brings the outcome the named gain."""
    answer = solve("influence", loads(CASE), draws=0, part=0.2).answer.issues[0]
    ally = next(item for item in answer.allies if item.party == "A")
    moved = loads(CASE).with_changes({"issues.price.positions.B.position": 95 + ally.move})
    after = solve("mean", moved, draws=0).answer.issues[0].central
    assert after - answer.outcome == pytest.approx(ally.gain)


def test_a_single_uncertain_number_explains_everything() -> None:
    """With one number uncertain its indices are 1, and knowing it leaves nothing open."""
    case = loads(CASE.replace("{low: 90, high: 100}", "95"))
    item = solve("influence", case, draws=512).answer.issues[0]
    assert [(index.first, index.total, index.sd_if_known) for index in item.indices] == [(1.0, 1.0, 0.0)]
    assert item.sd == pytest.approx(0.5 * 40 / 12**0.5, rel=0.05)


def test_certain_numbers_have_no_bars() -> None:
    """Without any range there is nothing to vary."""
    case = loads(CASE.replace("{low: 0, high: 40}", "20").replace("{low: 90, high: 100}", "95"))
    item = solve("influence", case, draws=64).answer.issues[0]
    assert item.bars == ()
    assert item.indices == ()


def test_bad_requests_are_refused() -> None:
    """An unknown rule or issue and a part outside 0..1 are refused."""
    with pytest.raises(UnknownNameError, match="rule"):
        solve("influence", loads(CASE), rule="mode")
    with pytest.raises(UnknownNameError, match="issue"):
        solve("influence", loads(CASE), issues="prize")
    with pytest.raises(MethodError, match="part"):
        solve("influence", loads(CASE), part=0)
