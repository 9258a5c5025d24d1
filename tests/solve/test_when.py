"""Base rates: the formulas of when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.when import chance_by, kept_share, simple_rate, wilson


@settings(deadline=None)
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


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 60), st.integers(0, 60))
def test_a_simple_rate_lies_between_its_kind_and_all(yes: int, no: int, more: int, less: int) -> None:
    """The rate of a kind is drawn to that of all, never past it, and its interval is never narrower than counting."""
    n, every = yes + no, yes + no + more + less
    if every == 0:
        return
    found = simple_rate(yes, n, yes + more, every)
    kind, whole = (yes / n if n else (yes + more) / every), (yes + more) / every
    assert min(kind, whole) - 1e-12 <= found.probability <= max(kind, whole) + 1e-12
    low, high = wilson(yes, n)
    assert found.low <= low + 1e-12
    assert found.high >= high - 1e-12


def test_a_kind_never_asked_has_the_rate_of_all_and_no_interval_of_its_own() -> None:
    """Nothing counted leaves everything open."""
    found = simple_rate(0, 0, 13, 78)
    assert found.probability == pytest.approx(13 / 78)
    assert (found.low, found.high) == (0, 1)


@pytest.mark.parametrize(("yes", "n"), [(0, 5), (3, 5), (9, 100)])
def test_wilson_is_the_set_of_shares_that_the_counts_do_not_refuse(yes: int, n: int) -> None:
    """Its ends are those at which the score test gives just five per cent: the definition."""
    for end in wilson(yes, n):
        if 0 < end < 1:
            assert abs(yes / n - end) == pytest.approx(1.959964 * (end * (1 - end) / n) ** 0.5, rel=1e-5)


@pytest.mark.parametrize("counts", [(2, 1, 2, 5), (1, 4, 1, 3), (0, 0, 0, 0), (-1, 2, 3, 5)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    """A part larger than its whole, and no whole at all."""
    with pytest.raises(MethodError):
        simple_rate(*counts)
