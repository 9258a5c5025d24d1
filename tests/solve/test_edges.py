"""Where a model has no answer, or one that words must not stretch."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dragoman.errors import CaseError, MethodError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.power import Game, banzhaf_swings, shapley_shubik

TWO = """
parties: {A: {name: A, capability: 1}, B: {name: B, capability: %s}, C: {name: C, capability: 1}}
issues:
  x: {name: x, positions: {A: {position: 20, salience: .5}, B: {position: 80, salience: .5}}}
  y: {name: y, positions: {A: {position: 10, salience: %s}, B: {position: 90, salience: %s}}}
"""


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("draws", [0, 20])
def test_exchange_has_no_outcome_where_nobody_has_weight(exact: bool, draws: int) -> None:
    """An issue on which nobody cares has no outcome, and the method says so and names it."""
    assert solve("exchange", loads(TWO % (1, 0.5, 0.5)), draws=draws, exact=exact).answer.issues
    with pytest.raises(MethodError, match=r"issues\.y"):
        solve("exchange", loads(TWO % (1, 0, 0)), draws=draws, exact=exact)


def test_a_quota_without_votes_gives_each_seat_one() -> None:
    """Two of three seats: every pair can agree, in power and in no deal alike."""
    case = loads(TWO % (1, 0.5, 0.5) + "format: {quota: 2}\n")
    assert [row.votes for row in solve("power", case).answer.players] == [1, 1, 1]
    package = solve(
        "nodeal",
        loads("""
parties: {A: {name: A, capability: 1}, B: {name: B, capability: 1}, C: {name: C, capability: 1}}
issues:
  x:
    name: x
    status_quo: 50
    positions:
      A: {position: 90, salience: .5}
      B: {position: 80, salience: .5}
      C: {position: 10, salience: .5}
format: {quota: 2}
"""),
        draws=0,
    ).answer.packages[0]
    assert len(package.coalitions) == 3
    assert package.agreement


@pytest.mark.parametrize("text", ["a and not a", "(a or b) and not a and not b", "a iff not a"])
def test_a_statement_that_nothing_fulfils_is_a_fault(text: str) -> None:
    """A preference that contradicts itself is named with its place; one that is merely empty is left."""
    body = "parties: {A: {name: A}}\noptions: {a: {owner: A}, b: {owner: A}}\npreferences:\n  A: [b, '%s']\n"
    with pytest.raises(CaseError, match="which no state can fulfil"):
        loads(body % text)
    assert loads(body % "a or not a")


def test_unanimity_of_two_hundred_seats_is_exact() -> None:
    """Each of 200 seats that all must agree is decisive in one order of 200, and turns one coalition."""
    game = Game(weights=(1,) * 200, quota=200)
    assert game.exact
    assert shapley_shubik(game) == (Fraction(1, 200),) * 200
    assert banzhaf_swings(game) == (1,) * 200
    mixed = Game(weights=(5,) * 100 + (0,) * 30, quota=500)
    assert shapley_shubik(mixed) == (Fraction(1, 100),) * 100 + (Fraction(0),) * 30


@pytest.mark.parametrize("bargain", ["InitOnlyInterp", "InitRcvrInterp"])
def test_smp_answers_within_all_positions(bargain: str) -> None:
    """Bargains are rounded to a hundredth of the scale, here beyond the last position; the outcome stays inside."""
    case = loads("""
parties: {A: {name: A, capability: 5}, B: {name: B, capability: 1}, C: {name: C, capability: 1}}
issues:
  x:
    name: x
    positions:
      A: {position: 26.1105, salience: .05}
      B: {position: 33.3387, salience: .9}
      C: {position: 33.3356, salience: .3}
""")
    (item,) = solve("smp", case, draws=5, bargain=bargain).answer.issues
    values = (item.central, item.likeliest, item.over_draws.quantiles[5], item.over_draws.quantiles[95])
    assert all(26.1105 <= value <= 33.3387 for value in values), values
