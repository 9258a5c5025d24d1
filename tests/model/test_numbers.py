"""Numbers: their shapes, their moments, their draws."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Quantity
from dragoman.model._numbers import NumberError, Reading, read_money, read_quantity

bounds = st.floats(-1e6, 1e6)


def triple(numbers: tuple[float, float, float]) -> dict[str, float]:
    """The three numbers as low, value and high."""
    low, value, high = sorted(numbers)
    return {"low": low, "value": value, "high": high}


def test_a_plain_number_is_certain() -> None:
    """A plain number has itself as centre, mean, range and every draw."""
    number = read_quantity(40, Reading())
    assert (number.central(), number.mean(), number.range(), number.certain) == (40.0, 40.0, (40.0, 40.0), True)
    assert set(number.draw(np.random.default_rng(1), 5)) == {40.0}


@pytest.mark.parametrize(
    ("raw", "dist", "central", "mean"),
    [
        ({"low": 30, "high": 50}, "uniform", 40.0, 40.0),
        ({"value": 36, "low": 30, "high": 60}, "triangular", 36.0, 42.0),
        ({"value": 36, "low": 30, "high": 60, "dist": "pert"}, "pert", 36.0, 39.0),
        ({"value": 36, "low": 30, "high": 60, "dist": "uniform"}, "uniform", 36.0, 45.0),
        ({"coded": [{"coder": "a", "value": 10}, {"coder": "b", "low": 20, "high": 40}]}, "coded", 20.0, 20.0),
    ],
)
def test_each_shape_has_its_distribution(raw: dict[str, object], dist: str, central: float, mean: float) -> None:
    """Every shape of the reference gives the distribution, the centre and the mean that it promises."""
    number = read_quantity(raw, Reading())
    assert number.dist == dist
    assert number.central() == central
    assert number.mean() == pytest.approx(mean)


@settings(max_examples=40, deadline=None)
@given(st.tuples(bounds, bounds, bounds), st.sampled_from(["triangular", "pert", "uniform"]))
def test_quantiles_stay_in_the_range_and_rise(numbers: tuple[float, float, float], dist: str) -> None:
    """The inverse distribution function rises from low to high."""
    number = read_quantity({**triple(numbers), "dist": dist}, Reading())
    low, high = number.range()
    drawn = number.quantile(np.linspace(0, 1, 21))
    slack = 1e-9 * max(1.0, abs(low), abs(high))
    assert np.all(np.diff(drawn) >= -slack)
    assert drawn.min() >= low - slack
    assert drawn.max() <= high + slack


@pytest.mark.parametrize("dist", ["triangular", "pert", "uniform"])
def test_draws_have_the_stated_mean(dist: str) -> None:
    """The mean of the inverse distribution function over even uniforms is the stated mean."""
    number = read_quantity({"value": 2, "low": 1, "high": 9, "dist": dist}, Reading())
    drawn = number.quantile((np.arange(20_000) + 0.5) / 20_000)
    assert drawn.mean() == pytest.approx(number.mean(), abs=1e-3)


def test_triangular_quantiles_invert_the_textbook_distribution() -> None:
    """The triangular quantile, put back into the distribution function, gives the uniform."""
    number = read_quantity({"value": 3, "low": 1, "high": 9}, Reading())
    u = np.linspace(0.01, 0.99, 50)
    x = number.quantile(u)
    below = np.where(x < 3, (x - 1) ** 2 / (8 * 2), 1 - (9 - x) ** 2 / (8 * 6))
    np.testing.assert_allclose(below, u, atol=1e-12)


def test_coders_are_drawn_evenly_and_disagree_as_stated() -> None:
    """Half of the draws come from each of two coders, and their disagreement is the distance of their values."""
    number = read_quantity({"coded": [{"coder": "a", "value": 10}, {"coder": "b", "value": 40}]}, Reading())
    drawn = number.quantile((np.arange(1000) + 0.5) / 1000)
    assert (drawn == 10).sum() == 500
    assert number.disagreement() == 30.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_draws_do_not_depend_on_chunks(seed: int, sizes: list[int]) -> None:
    """Drawing in chunks of any sizes gives what drawing at once gives."""
    number = Quantity(dist="uniform", low=0.0, high=1.0, path="issues.scope.positions.US.position")
    starts = np.cumsum([0, *sizes[:-1]])
    chunks = [number.draws(size, seed=seed, start=int(start)) for start, size in zip(starts, sizes, strict=True)]
    np.testing.assert_array_equal(np.concatenate(chunks), number.draws(sum(sizes), seed=seed))


def test_streams_differ_by_path_and_seed() -> None:
    """Numbers at different paths, or under different seeds, are drawn apart."""
    one = Quantity(dist="uniform", low=0.0, high=1.0, path="a")
    other = Quantity(dist="uniform", low=0.0, high=1.0, path="b")
    assert not np.array_equal(one.draws(5, seed=1), other.draws(5, seed=1))
    assert not np.array_equal(one.draws(5, seed=1), one.draws(5, seed=2))


def test_streams_are_nearly_uncorrelated() -> None:
    """Streams of forty paths have pairwise correlations of the size of chance."""
    streams = [Quantity(dist="uniform", low=0.0, high=1.0, path=f"p{k}").draws(4000, seed=3) for k in range(40)]
    correlations = np.corrcoef(np.stack(streams)) - np.eye(40)
    assert np.abs(correlations).max() < 5 / np.sqrt(4000)


DATED = {"value": 5, "dated": {"2018-06-12": 40, "2019-02-28": {"low": 20, "high": 30}}}


@pytest.mark.parametrize(
    ("as_of", "central", "seen"),
    [(date(2018, 1, 1), 5.0, 0), (date(2018, 6, 12), 40.0, 1), (date(2019, 2, 27), 40.0, 1), (None, 25.0, 2)],
)
def test_the_latest_value_not_after_the_date_holds(as_of: date | None, central: float, seen: int) -> None:
    """Of dated values the latest not after the date holds, and later ones are not seen."""
    number = read_quantity(DATED, Reading(as_of=as_of))
    assert number.central() == central
    assert len(number.dated) == seen


def test_evidence_comes_from_the_value_that_holds() -> None:
    """A dated value brings its own reason; without one, the reason beside the dates holds."""
    raw = {"dated": {"2018-06-12": {"value": 1, "because": "new"}, "2017-01-01": 2}, "because": "old"}
    assert read_quantity(raw, Reading()).because == "new"
    assert read_quantity(raw, Reading(as_of=date(2018, 1, 1))).because == "old"


@pytest.mark.parametrize(
    ("raw", "where", "found"),
    [
        ("forty", (), "'forty'"),
        (True, (), "True"),
        (float("nan"), (), "nan"),
        (float("inf"), (), "infinite"),
        (10**400, (), "infinite"),
        ({}, (), "without value and range"),
        ({"low": 1}, (), "without 'high'"),
        ({"low": 3, "high": 1}, ("low",), "low 3 above high 1"),
        ({"value": 9, "low": 1, "high": 3}, ("value",), "value 9 outside 1 to 3"),
        ({"value": 2, "low": 1, "high": 3, "dist": "normal"}, ("dist",), "'normal'"),
        ({"low": 1, "high": 3, "dist": "pert"}, (), "without a value"),
        ({"value": 2, "hihg": 3}, ("hihg",), "did you mean 'high'?"),
        ({"value": 1, "evidence": [{"article": "xyz", "exact": "a"}]}, ("evidence", 0, "article"), "'xyz'"),
        ({"value": 1, "evidence": [{"article": "0123456789", "exact": " "}]}, ("evidence", 0, "exact"), "' '"),
        ({"value": 1, "because": 3}, ("because",), "3"),
        ({"dated": {"soon": 3}}, ("dated", "soon"), "'soon' as a date"),
        ({"coded": []}, ("coded",), "list"),
        ({"coded": [{"value": 1}]}, ("coded", 0), "mapping"),
        ({"coded": [{"coder": "a", "value": 1}, {"coder": "a", "value": 2}]}, ("coded",), "'a' twice"),
        ({"value": 1, "coded": [{"coder": "a", "value": 1}]}, ("value",), "beside 'coded'"),
    ],
)
def test_what_is_wrong_with_a_number_is_named(raw: object, where: tuple[str | int, ...], found: str) -> None:
    """Each malformed number gives a fault at the part that is malformed."""
    with pytest.raises(NumberError) as caught:
        read_quantity(raw, Reading())
    assert any(path == where and found in text for path, text, _ in caught.value.faults), caught.value.faults


def test_a_number_without_a_value_yet_is_a_fault() -> None:
    """As of a day before its first date, a number without an undated value has none."""
    with pytest.raises(NumberError, match="no value dated on or before 2018-01-01"):
        read_quantity({"dated": {"2018-06-12": 40}}, Reading(as_of=date(2018, 1, 1)))


@pytest.mark.parametrize(
    "raw",
    [
        {"amount": 3, "currency": "USD", "year": 2018},
        {"value": 3, "currency": "USD", "year": 2018},
        {"amount": {"value": 3}, "year": 2018},
        3,
    ],
)
def test_sums_take_the_case_defaults(raw: object) -> None:
    """The shapes of a sum mean the same, with currency and year from the case where they are left out."""
    money = read_money(raw, Reading(currency="USD", year=2018))
    assert (money.amount.central(), money.currency, money.year) == (3.0, "USD", 2018)


@pytest.mark.parametrize(
    ("raw", "found"),
    [(3, "without a currency"), ({"amount": 3, "currency": "dollars"}, "dollars"), ({"amount": "x"}, "'x'")],
)
def test_sums_without_a_currency_are_faults(raw: object, found: str) -> None:
    """A sum needs an amount and a currency of three letters."""
    with pytest.raises(NumberError, match=found):
        read_money(raw, Reading())
