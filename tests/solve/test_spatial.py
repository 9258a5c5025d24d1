"""Weighted mean and median over a case: facts, ranges, bands, properties, bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.errors import CaseError, MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve._distribution import DEU, chunks, distribution, quantiles, widened
from dragoman.solve.outcomes import median_interval, middle_median, pivotal, weighted_mean, weighted_median
from tests.solve.bargaining import C, S, X, check, needs_checks, one_issue, valley


def _table(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng, n = np.random.default_rng(seed), seed % 8 + 1
    return rng.uniform(0, 100, (1, n)), rng.uniform(0.1, 5, (1, n))


tables = st.integers(0, 2**32 - 1).map(_table)


def test_the_emission_standards_start_at_the_published_mean_and_median() -> None:
    """Weighted mean 7.39 and median 7 years (Scholz, Calbert and Smith 2011)."""
    assert weighted_mean(X[None], (C * S)[None])[0] == pytest.approx(7.389955686854)
    assert weighted_median(X[None], (C * S)[None])[0] == 7


@given(tables)
@settings(max_examples=60, deadline=None)
def test_the_median_wins_every_pairwise_vote(table: tuple[np.ndarray, np.ndarray]) -> None:
    """No position has more weight nearer to it than the weighted median has (Black 1958)."""
    x, w = table
    middle = weighted_median(x, w)[0]
    for rival in x[0]:
        nearer = w[0][np.abs(x[0] - rival) < np.abs(x[0] - middle)].sum()
        against = w[0][np.abs(x[0] - rival) > np.abs(x[0] - middle)].sum()
        assert nearer <= against + 1e-9


@given(tables, st.floats(0.01, 100))
@settings(max_examples=60, deadline=None)
def test_both_rules_keep_within_the_hull_and_ignore_units_order_and_the_weightless(
    table: tuple[np.ndarray, np.ndarray], unit: float
) -> None:
    """Outcomes lie between the positions; scaling weights, permuting and adding a weightless party change nothing."""
    x, w = table
    order = np.random.default_rng(0).permutation(x.shape[1])
    for rule in (weighted_mean, weighted_median):
        found = rule(x, w)[0]
        assert x.min() - 1e-9 <= found <= x.max() + 1e-9
        for other in (
            rule(x, w * unit),
            rule(x[:, order], w[:, order]),
            rule(np.append(x, [[55.0]], axis=1), np.append(w, [[0.0]], axis=1)),
        ):
            assert other[0] == pytest.approx(found, abs=1e-9)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_turning_the_scale_round_turns_the_outcome_round(table: tuple[np.ndarray, np.ndarray]) -> None:
    """True of the mean always, of the median unless exactly half of the weight lies below."""
    x, w = table
    assert weighted_mean(100 - x, w)[0] == pytest.approx(100 - weighted_mean(x, w)[0])
    half = np.cumsum(w[0][np.argsort(x[0])]) / w.sum()
    assume(np.abs(half - 0.5).min() > 1e-9)
    assert weighted_median(100 - x, w)[0] == pytest.approx(100 - weighted_median(x, w)[0])


def test_an_exact_half_makes_an_interval_and_nobody_is_pivotal_alone() -> None:
    """Two parties of equal weight: all between them are medians; the lower end is the challenge model's."""
    x, w = np.array([[80.0, 20.0]]), np.ones((1, 2))
    assert [end.tolist() for end in median_interval(x, w)] == [[20], [80]]
    assert (weighted_median(x, w)[0], middle_median(x, w)[0], pivotal(x, w)[0]) == (20, 50, -1)
    case = loads("""
parties: {A: {name: A, capability: 1}, B: {name: B, capability: 1}}
issues: {x: {name: x, positions: {A: {position: 20, salience: 1}, B: {position: 80, salience: 1}}}}
""")
    for draws in (0, 50):
        (item,) = solve("median", case, draws=draws).answer.issues
        assert (item.interval, item.central, item.pivot) == ((20, 80), 50, "")
        assert set(item.pivots.values()) <= {0}
    (words,) = solve("median", case, draws=50).reasons
    assert words == (
        "x: 50 by the weighted median (a tie: every point from 20 to 80 is one); no range was judged, so that every "
        "draw gives the same, with the method's known errors between 4.3 and 95.7 (80 % band). Nobody is pivotal alone."
    )


@given(st.integers(0, 2**32 - 1))
def test_the_interval_is_all_that_no_position_beats(seed: int) -> None:
    """A point is a weighted median just if neither side of it holds more than half of the weight."""
    rng = np.random.default_rng(seed)
    x, w = rng.integers(0, 8, (1, 5)).astype(float), rng.integers(0, 4, (1, 5)).astype(float)
    assume(w.sum() > 0)
    low, high = (float(end[0]) for end in median_interval(x, w))
    for point in np.arange(0, 8, 0.5):
        best = max(w[x < point].sum(), w[x > point].sum()) <= w.sum() / 2
        assert best == (low <= point <= high)


def test_draws_do_not_depend_on_the_chunk() -> None:
    """The answer is the same in chunks of 7 and of 100, and another for another seed."""
    for method in ("mean", "median"):
        one, two = (solve(method, valley(), draws=100, chunk=size).to_dict()["answer"] for size in (7, 100))
        assert one == two
        assert solve(method, valley(), draws=100, seed=1).to_dict()["answer"] != one


def test_quantiles_and_histogram_describe_the_same_draws() -> None:
    """Counts add up to the draws, and the quantiles rise within the scale."""
    drawn = solve("mean", valley(), draws=300).answer.issues[0].over_draws
    assert sum(drawn.counts) == drawn.draws == 300
    levels = [drawn.quantiles[at] for at in (5, 25, 50, 75, 95)]
    assert levels == sorted(levels)
    assert drawn.edges[0] == 0
    assert drawn.edges[-1] == 100


@given(st.lists(st.floats(-100, 200), min_size=1, max_size=30), st.lists(st.floats(0, 1), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_quantiles_are_those_of_numpy(values: list[float], levels: list[float]) -> None:
    """Linear interpolation between ordered draws, equal to the bit."""
    found = quantiles(np.array(values), np.array(levels))
    np.testing.assert_array_equal(found, np.quantile(np.array(values), levels))


def test_the_band_without_input_ranges_is_the_published_one() -> None:
    """Around a certain outcome of 50 the 80 % band of the mean reaches 37 points either way."""
    band = widened(np.array([50.0]), 22.99)
    assert band.low == pytest.approx(13, abs=0.8)
    assert band.high == pytest.approx(87, abs=0.8)
    assert band.source == DEU


@needs_checks
def test_the_errors_that_widen_bands_are_those_of_the_published_forecasts() -> None:
    """Mean absolute error 22.99, and 80 % of the 351 errors within 37 points."""
    import csv
    from pathlib import Path

    from dragoman.solve._distribution import ERROR_SHARES, ERRORS, ERRORS_MAE
    from tests.solve.bargaining import CHECKS

    with (Path(CHECKS or ".") / "backtest/deu-paired-differences.csv").open() as file:
        errors = np.array([float(row["compromise_ae"]) for row in csv.DictReader(file)])
    assert errors.mean() == pytest.approx(ERRORS_MAE, abs=0.01)
    np.testing.assert_allclose(np.quantile(errors, ERROR_SHARES)[1:], ERRORS[1:], atol=0.01)
    assert check("backtest/published_mae.json")["MAE"]["compromise_mean"] == ERRORS_MAE


def test_a_band_keeps_to_the_scale() -> None:
    """Near an end the band stops at the end."""
    band = widened(np.array([97.0, 99.0]), 22.99)
    assert band.high == 100
    assert band.low > 50


def test_no_band_off_the_usual_scale() -> None:
    """On a scale of 0 to 10 no band is drawn, and a warning says why."""
    case = valley(issues__gate__scale={"low": 0, "high": 10}, issues__gate__status_quo=5,
                  issues__gate__positions__North__position=6, issues__gate__positions__South__position=3)  # fmt: skip
    result = solve("mean", case, draws=10)
    assert next(item for item in result.answer.issues if item.issue == "gate").band is None
    assert any("not 0 to 100" in words for words in result.warnings)


def test_the_pivot_and_the_pull_are_named() -> None:
    """The sentences name who is pivotal, who pulls most, and between which points the outcome lies."""
    mean, median = (solve(method, valley(), draws=50) for method in ("mean", "median"))
    assert "pull most." in mean.reasons[0]
    assert "(between “none” and “half flow”)" in mean.reasons[0]
    assert "is pivotal (in" in median.reasons[0]
    assert sum(median.answer.issues[0].pivots.values()) == pytest.approx(1)


def test_each_rule_carries_its_own_record() -> None:
    """22.99 for the mean, 28.37 for the median, on 351 issues, beside a constant's 27.96."""
    records = [solve(method, valley(), draws=0).track_record for method in ("mean", "median")]
    assert [(record.value, record.n) for record in records] == [(22.99, 351), (28.37, 351)]
    assert all("a constant 50: 27.96" in record.source for record in records)


def test_a_side_dispute_counts_parties_without_a_seat() -> None:
    """Parties to a side dispute need no seat at the main table."""
    case = valley(format__seats=["North", "South"], issues__gate__side=True,
                  issues__gate__positions__League={"position": 100, "salience": 0.5})  # fmt: skip
    gate = next(item for item in solve("mean", case, draws=0).answer.issues if item.issue == "gate")
    assert "League" in gate.positions


def test_an_issue_without_a_seated_party_is_left_out_and_said_to_be() -> None:
    """The default skips it with a warning; asked for by name it is an error."""
    case = valley(format__seats=["League"], format__vetoes=["League"], format__proposers=["League"])
    for method in ("mean", "challenge"):
        result = solve(method, case, draws=0)
        assert [item.issue for item in result.answer.issues] == ["flow"]
        assert any("no party with a seat takes part, left out: Toll and Gate" in words for words in result.warnings)
    with pytest.raises(MethodError, match="no party with a seat"):
        solve("mean", case, draws=0, issues="gate")


def test_a_single_party_and_three_hundred_are_solved() -> None:
    """One party: its position.  Three hundred: within the hull."""
    assert solve("median", one_issue([40], [0.5], [1]), draws=0).answer.issues[0].central == 40
    rng = np.random.default_rng(0)
    many = one_issue(rng.uniform(0, 100, 300).tolist(), rng.uniform(0, 1, 300).tolist(), [1.0] * 300)
    assert 0 < solve("mean", many, draws=0).answer.issues[0].central < 100


def test_bad_numbers_are_refused() -> None:
    """NaN and negative weights, nobody of weight, unknown issues and methods, and negative draws have clear errors."""
    for x, w in ([[1, 2]], [[1, -1]]), ([[1, 2]], [[1, np.nan]]), ([[1, 2]], [[0, 0]]), ([[1, 2]], [[1]]):
        with pytest.raises(MethodError):
            weighted_mean(np.array(x, float), np.array(w, float))
    with pytest.raises(CaseError):
        one_issue([float("nan")], [0.5], [1])
    with pytest.raises(MethodError):
        solve("mean", one_issue([1, 2], [0, 0], [1, 1]), draws=0)
    with pytest.raises(UnknownNameError):
        solve("mean", valley(), issues="flwo")
    with pytest.raises(MethodError):
        list(chunks(-1))
    assert distribution(np.array([5.0]), 0, 100).sd == 0
