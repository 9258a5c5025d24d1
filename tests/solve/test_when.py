"""Base rates: the formulas of when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.when import chance_by, kept_share


@given(st.integers(0, 40), st.integers(1, 2000), st.integers(0, 800))
def test_the_chance_is_inside_its_interval_and_grows(events: int, span: int, days: int) -> None:
    """A chance lies between 0 and 1, within its interval for one event or more, and grows with the days ahead."""
    found = chance_by(events, span, days)
    assert 0 <= found.probability <= 1
    assert found.low <= found.high
    assert chance_by(events, span, days + 30).probability >= found.probability
    assert chance_by(events + 1, span, days).probability >= found.probability


def test_the_predictive_is_that_of_the_posterior() -> None:
    """The closed form equals the mean over rates drawn from the posterior."""
    rates = np.random.default_rng(0).gamma(4.5, 1 / 365, 400_000)
    assert chance_by(4, 365, 90).probability == pytest.approx(float((1 - np.exp(-rates * 90)).mean()), abs=2e-3)


@given(st.integers(0, 30), st.integers(0, 30))
def test_kept_shares_lie_in_their_interval(held: int, broken: int) -> None:
    """The share of announced meetings that took place lies within its interval."""
    found = kept_share(held, held + broken, [1.0] * held)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert (found.median_delay is None) == (held == 0)


@pytest.mark.parametrize("numbers", [(-1, 10, 5), (1, 0, 5), (1, 10, -5)])
def test_bad_counts_are_refused(numbers: tuple[int, int, int]) -> None:
    """Negative counts and an empty span are refused."""
    with pytest.raises(MethodError):
        chance_by(*numbers)
    with pytest.raises(MethodError):
        kept_share(3, 2)
