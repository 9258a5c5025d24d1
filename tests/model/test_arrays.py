"""The arrays that methods work on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.test_case_file import BASE, example

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import Sampler, loads


def test_central_arrays_hold_the_numbers_of_the_file() -> None:
    """Without draws the arrays have one row, the central values; who takes no part is absent and NaN."""
    arrays = loads(example()).arrays()
    assert arrays.issues == ("flow", "inspection")
    assert arrays.parties == ("North", "South", "League")
    np.testing.assert_array_equal(arrays.position[0], [[20, 25], [80, 90], [56.25, np.nan]])
    np.testing.assert_array_equal(arrays.capability[0], [[60, 60], [40, 40], [10, np.nan]])
    np.testing.assert_array_equal(arrays.present, [[True, True], [True, True], [True, False]])
    np.testing.assert_array_equal(arrays.status_quo, [[20, 0]])
    np.testing.assert_array_equal(arrays.high, [100, 100])


def test_one_issue_table_has_only_those_who_take_part() -> None:
    """The table of a side dispute holds its two parties."""
    table = loads(example()).table("islet")
    assert table.parties == ("South", "League")
    assert table.position.tolist() == [[100.0, 0.0]]
    assert np.isnan(table.status_quo).all()


def test_seats_keep_out_who_is_not_at_the_table() -> None:
    """Parties without a seat are left out unless they are asked for."""
    case = loads(BASE + "format: {seats: [US]}\n")
    assert case.arrays("scope").parties == ("US",)
    assert case.arrays("scope", seated=False).parties == ("US", "DPRK")
    alone = BASE.replace("      US: {position: 90, salience: 0.5}\n", "")
    with pytest.raises(MethodError, match="no party with a seat"):
        loads(alone + "format: {seats: [US]}\n").table("scope")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 30), st.integers(1, 30))
def test_chunks_of_draws_join_to_the_whole(seed: int, first: int, second: int) -> None:
    """Arrays drawn in two chunks are the arrays drawn at once."""
    case = loads(BASE.replace("position: 90", "position: {low: 80, high: 100}"))
    whole = case.arrays(draws=first + second, seed=seed)
    parts = [case.arrays(draws=first, seed=seed), case.arrays(draws=second, seed=seed, start=first)]
    np.testing.assert_array_equal(np.concatenate([part.position for part in parts]), whole.position)


def test_given_numbers_stand_in_for_the_file() -> None:
    """Numbers given by path replace the draws, one value for all or one a draw."""
    case = loads(BASE)
    path = "issues.scope.positions.US.position"
    assert case.arrays(draws=3, given={path: 7}).position[:, 0, 0].tolist() == [7, 7, 7]
    assert case.arrays(draws=3, given={path: [1, 2, 3]}).position[:, 0, 0].tolist() == [1, 2, 3]


def test_arrays_ask_for_what_they_need() -> None:
    """An unknown issue, and a party without capability, are named."""
    with pytest.raises(UnknownNameError, match="did you mean 'scope'"):
        loads(BASE).arrays("scpe")
    with pytest.raises(MethodError, match=r"parties\.DPRK: no capability"):
        loads(BASE.replace("DPRK: {capability: 5}", "DPRK: {}")).arrays()


def test_the_deal_comes_per_step() -> None:
    """Yearly patience, hazard and flows are converted by the length of a step; the order is a matrix."""
    deal = loads(example()).deal()
    assert deal.parties == ("North", "South")
    assert deal.patience[0].tolist() == pytest.approx([0.875**0.5, 0.9**0.5])
    assert deal.hazard[0] == pytest.approx(1 - 0.95**0.5)
    assert deal.flow[0].tolist() == [[-0.5, 3.0], [0.0, 0.0], [2.0, 2.0]]
    assert deal.once[0].tolist() == [[-6.0, 0.0], [5.0, -3.0], [0.0, 0.0]]
    assert deal.undone[0].tolist() == [0.5, 0.0, 1.0]
    assert deal.performs.tolist() == [[True, False], [False, True], [True, True]]
    assert deal.after.tolist() == [[False] * 3, [False] * 3, [True, False, False]]
    assert deal.guarantee[0].tolist() == [1.5, 0.0]
    assert deal.no_deal[0].tolist() == [0.0, 2.0]


def test_a_deal_needs_measures_and_patience() -> None:
    """A case without measures, or with a performer of unknown patience, is named."""
    with pytest.raises(MethodError, match="no measures"):
        loads(BASE).deal()
    with pytest.raises(MethodError, match="no patience of US"):
        loads(BASE + "measures: {a: {performers: [US]}}\n").deal()


def test_a_sampler_draws_any_number_of_the_case() -> None:
    """A sampler gives the same draws of a number as the arrays do."""
    case = loads(BASE.replace("position: 90", "position: {low: 80, high: 100}"))
    number = case.issues["scope"].positions["US"].position
    drawn = Sampler(draws=10, seed=4).of(number)
    np.testing.assert_array_equal(drawn, case.arrays(draws=10, seed=4).position[:, 0, 0])


def test_the_old_name_of_the_measures_arrays_lives_one_release() -> None:
    """``Deal`` warns and is the class under its new name, which tells it from the deals of the methods."""
    import dragoman.model

    with pytest.warns(DeprecationWarning, match="MeasureArrays"):
        assert dragoman.model.Deal is dragoman.model.MeasureArrays
