"""Exchange: worked examples, the reference series, lockstep against single runs, properties, bad input."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve import solve
from dragoman.solve.exchange import Draws, Rules, Scale, Table, lockstep, outcomes, rounds_of, table_of
from tests.solve.bargaining import CHECKS, check, needs_checks, one_issue, valley

THREE = {
    ("A", "p"): (10, 0.9, 1), ("A", "q"): (20, 0.3, 1),
    ("B", "p"): (90, 0.4, 0.8), ("B", "q"): (70, 0.8, 0.8),
    ("C", "p"): (60, 0.5, 0.5), ("C", "q"): (95, 0.6, 0.5),
}  # fmt: skip


def _three(*, exact: bool = True) -> Table:
    return table_of("ABC", "pq", THREE, exact=exact)


def _file(name: str, *, exact: bool) -> Table:
    actors, issues, rows = [], [], {}
    ends: dict[str, list[float]] = {}
    for line in (Path(CHECKS or ".") / "exchange" / name).read_text().splitlines():
        cells = [cell.strip("'") for cell in line.split("\t")]
        if cells[0] == "#A":
            actors.append(cells[1])
        elif cells[0] == "#P":
            issues.append(cells[1])
        elif cells[0] == "#M":
            ends.setdefault(cells[1], []).append(float(cells[2]))
        else:
            rows[cells[1], cells[2]] = (cells[3], cells[4], cells[5])
    scales = [Scale(low=min(ends[name]), high=max(ends[name])) for name in issues]
    return table_of(actors, issues, rows, scales, exact=exact)


def _arrays(table: Table) -> Draws:
    position, salience, power = (
        np.array([[[np.nan if cell is None else float(cell) for cell in row] for row in rows]])
        for rows in (table.position, table.salience, table.power)
    )
    return Draws(position=position, salience=salience, power=power)


def _random(seed: int, low: float = 0, high: float = 100) -> Table:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, 6)), int(rng.integers(2, 4))
    actors, issues = [f"A{i}" for i in range(n)], [f"P{k}" for k in range(m)]
    rows = {
        (a, p): (float(rng.uniform(low, high)), float(rng.uniform(0.05, 0.95)), float(rng.uniform(0.1, 2)))
        for a in actors
        for p in issues
    }
    return table_of(actors, issues, rows)


def test_two_actors_exchange_all_they_have() -> None:
    """The published example of two actors: moves of -20 and +100, a gain of 500 for each."""
    rows = {("A1", "1"): (0, 10, 1), ("A1", "2"): (0, 90, 1), ("A2", "1"): (100, 60, 1), ("A2", "2"): (100, 50, 1)}
    found = next(rounds_of(table_of(["A1", "A2"], "12", rows, exact=True), Rules(rounds=1)))
    assert [float(value) for value in found.preference] == pytest.approx([85.7142857143, 35.7142857143])
    (deal,) = found.deals
    assert [float(value) for value in deal.after] == pytest.approx([80, 100])
    assert deal.givers == (1, 0)
    assert float(deal.gain) == pytest.approx(500)


def test_three_actors_and_what_the_third_loses() -> None:
    """One exchange a round; B, left out, loses 4.306; outcomes of three rounds as worked out by hand."""
    rounds = list(rounds_of(_three(), Rules(rounds=3)))
    assert [float(row.deals[0].gain) for row in rounds] == pytest.approx([3.6848072562, 2.5793650794, 1.8055555556])
    assert [[float(v) for v in row.preference] for row in rounds] == [
        pytest.approx([35.9183673469, 63.9516129032]),
        pytest.approx([33.3673469388, 68.9780679297]),
        pytest.approx([31.5816326531, 72.4965864482]),
    ]
    assert [float(value) for value in rounds[0].deals[0].external] == pytest.approx([0, -4.3059517713, 0])


@needs_checks
def test_copenhagen_comes_out_in_all_ten_rounds() -> None:
    """Outcomes of positions and of votes on all issues equal the published series to 1e-6, in decimals."""
    wanted = check("exchange/copenhagen.expected.json")["copenhagen"]
    table = _file("copenhagen.csv", exact=True)
    for at, row in enumerate(rounds_of(table, Rules())):
        for k, issue in enumerate(table.issues):
            assert float(row.preference[k]) == pytest.approx(wanted[issue]["preference_nbs_by_round"][at], abs=1e-6)
            assert float(row.vote[k]) == pytest.approx(wanted[issue]["voting_nbs_by_round"][at], abs=1e-6)


@needs_checks
def test_every_reference_series_comes_out() -> None:
    """Deterministic and random runs of the public program, its ties and random gains included, to 1e-6."""
    for key, wanted in check("exchange/more.expected.json")["cases"].items():
        name, *rest = key.split("|")
        rounds, rng = len(wanted["pref"]), None
        rules = Rules(rounds=rounds)
        if rest != ["det"]:
            p, seed = (item.split("=")[1] for item in rest)
            rules, rng = Rules(rounds=rounds, ties="peer", p=float(p)), random.Random(int(seed))  # noqa: S311
        file = name if "." in name else {"sample_data": "sample_data.txt"}.get(name, f"{name}.csv")
        found = list(rounds_of(_file(file, exact=True), rules, rng))
        assert [len(row.deals) for row in found] == wanted["realised"], key
        for row, preference, vote in zip(found, wanted["pref"], wanted["vote"], strict=True):
            np.testing.assert_allclose([float(v) for v in row.preference], preference, atol=1e-6, err_msg=key)
            np.testing.assert_allclose([float(v) for v in row.vote], vote, atol=1e-6, err_msg=key)


@needs_checks
def test_over_orders_of_ties_lockstep_ends_where_single_runs_end() -> None:
    """On Copenhagen the means of 60 lockstep draws and of 20 single runs with even ties differ by chance only."""
    table = _file("copenhagen.csv", exact=False)
    one = _arrays(table)
    many = Draws(
        position=np.repeat(one.position, 60, axis=0),
        salience=np.repeat(one.salience, 60, axis=0),
        power=np.repeat(one.power, 60, axis=0),
    )
    found = lockstep(many, Rules(rounds=4)).preference[:, 3]
    single = np.array(
        [
            list(rounds_of(table, Rules(rounds=4, ties="even"), np.random.default_rng(seed)))[3].preference
            for seed in range(20)
        ]
    )
    error = np.sqrt(found.var(axis=0) / 60 + single.var(axis=0) / 20)
    assert (np.abs(found.mean(axis=0) - single.mean(axis=0)) < 4 * error).all()


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_lockstep_agrees_with_single_runs_where_no_tie_decides(seed: int) -> None:
    """The first round over arrays equals the one candidate at a time, in outcomes, votes, gains and number of deals."""
    table = _random(seed)
    single = list(rounds_of(table, Rules(rounds=2)))
    found = lockstep(_arrays(table), Rules(rounds=2))
    if found.ties[0] or any(row.ties for row in single):
        return
    assert found.deals[0, 0] == len(single[0].deals)
    np.testing.assert_allclose(found.vote[0, 0], single[0].vote, atol=1e-7)
    np.testing.assert_allclose(found.preference[0, 1], single[1].preference, atol=1e-7)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_votes_stay_on_the_scale_and_both_partners_gain_the_same(seed: int) -> None:
    """Every vote lies in 0..100, every gain is above 0, and the two sides' gains are equal to 1e-9."""
    table = _random(seed)
    first = next(rounds_of(table, Rules(rounds=1)))
    weight = [
        sum(table.salience[i][k] * table.power[i][k] for i in range(len(table.actors)))
        for k in range(len(table.issues))
    ]
    for deal in first.deals:
        assert all(-1e-9 <= value <= 100 + 1e-9 for value in deal.after)
        assert deal.gain > 0
        shift = [
            abs(deal.after[r] - deal.before[r])
            * table.salience[deal.givers[r]][deal.issues[r]] * table.power[deal.givers[r]][deal.issues[r]]
            / weight[deal.issues[r]]
            for r in (0, 1)
        ]  # fmt: skip
        for r in (0, 1):
            s, t = (table.salience[deal.givers[r]][deal.issues[which]] for which in (r, 1 - r))
            assert abs(shift[1 - r] * t - shift[r] * s) == pytest.approx(deal.gain, abs=1e-9)


@given(st.integers(0, 10_000), st.floats(0.1, 20))
@settings(max_examples=30, deadline=None)
def test_the_unit_of_power_does_not_matter(seed: int, unit: float) -> None:
    """All powers times one number give the same first round."""
    table = _random(seed)
    scaled = Table(
        actors=table.actors, issues=table.issues, position=table.position, salience=table.salience,
        power=tuple(tuple(value * unit for value in row) for row in table.power), exact=False,
    )  # fmt: skip
    one, two = (next(rounds_of(item, Rules(rounds=1))) for item in (table, scaled))
    if not one.ties:
        np.testing.assert_allclose(one.vote, two.vote, atol=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_turning_one_issue_round_turns_its_outcome_and_leaves_the_others(seed: int) -> None:
    """The mirrored issue has the mirrored vote, where offers of one round cannot add up to more than the scale."""
    table = _random(seed, 45, 55)
    turned = Table(
        actors=table.actors, issues=table.issues, salience=table.salience, power=table.power, exact=False,
        position=tuple((100 - row[0], *row[1:]) for row in table.position),
    )  # fmt: skip
    one, two = (next(rounds_of(item, Rules(rounds=1))) for item in (table, turned))
    if not one.ties:
        np.testing.assert_allclose([100 - two.vote[0], *two.vote[1:]], one.vote, atol=1e-6)


def test_a_party_without_power_or_interest_is_no_partner() -> None:
    """An actor of power 0 exchanges nothing and changes nobody's exchange."""
    rows = THREE | {("D", "p"): (99, 0.5, 0), ("D", "q"): (1, 0.5, 0)}
    four = next(rounds_of(table_of("ABCD", "pq", rows), Rules(rounds=1)))
    three = next(rounds_of(_three(exact=False), Rules(rounds=1)))
    assert [deal.givers for deal in four.deals] == [deal.givers for deal in three.deals]
    np.testing.assert_allclose(four.vote, three.vote)


def test_draws_do_not_depend_on_the_chunk() -> None:
    """Lockstep over 40 draws is the same in chunks of 3 and of 40, and so is a case's answer."""
    case = valley()
    arrays = case.arrays(draws=40)
    draws = Draws(position=arrays.position, salience=arrays.salience, power=arrays.capability)
    one, two = (lockstep(draws, Rules(rounds=3), chunk=size) for size in (3, 40))
    for name in ("preference", "vote", "deals", "gain", "traded", "ties"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    first, second = (solve("exchange", case, draws=40, chunk=size).to_dict()["answer"] for size in (7, 40))
    assert first == second


def test_random_gains_over_draws_are_single_runs() -> None:
    """With p above 0 every draw has its own random gains, and the same seed gives them again."""
    one, two = (solve("exchange", valley(), draws=6, p=0.5, rounds=2).to_dict()["answer"] for _ in range(2))
    assert one == two
    assert one["issues"][0]["over_draws"]["draws"] == 6


def test_absent_parties_take_no_part() -> None:
    """The outcome of an issue counts only those who hold a position on it."""
    table = table_of("AB", "pq", {("A", "p"): (10, 0.5, 1), ("B", "p"): (30, 0.5, 1), ("A", "q"): (80, 0.5, 1)})
    assert outcomes(table, table.position) == (20, 80)


def test_everybody_at_one_place_has_nothing_to_exchange() -> None:
    """Equal positions leave no two sides of any outcome."""
    rows = {(a, p): (50, 0.5, 1) for a in "ABC" for p in "pq"}
    assert next(rounds_of(table_of("ABC", "pq", rows), Rules(rounds=1))).deals == ()


def test_the_user_sees_the_draws_and_is_warned_of_the_path() -> None:
    """Sentences give the middle of the draws and 90 % of them; a caveat calls the path an artefact."""
    result = solve("exchange", valley(), draws=30, rounds=3)
    assert "in the middle of the draws, 90 % of them between" in result.reasons[0]
    assert any("artefact" in words for words in result.caveats)
    assert str(result.track_record) == "record: none"


def test_bad_input_is_refused() -> None:
    """One issue, NaN, negative power, a position off the scale, no width, unknown rules: each has its error."""
    with pytest.raises(MethodError, match="two or more"):
        solve("exchange", one_issue([1, 2], [0.5, 0.5], [1, 1]))
    for cell in ((float("nan"), 0.5, 1), (50, 0.5, -1), (50, float("inf"), 1)):
        with pytest.raises(MethodError):
            table_of("A", "p", {("A", "p"): cell})
    with pytest.raises(MethodError, match="off the issue's scale"):
        next(rounds_of(table_of("A", "p", {("A", "p"): (120, 0.5, 1)}), Rules(rounds=1)))
    with pytest.raises(MethodError, match="below the high end"):
        table_of("A", "p", {("A", "p"): (1, 0.5, 1)}, [Scale(low=1, high=1)])
    with pytest.raises(UnknownNameError):
        solve("exchange", valley(), draws=0, round=3)
    with pytest.raises(UnknownNameError):
        Rules(ties="random")  # type: ignore[arg-type]
    for wrong in ({"rounds": 0}, {"p": 2}, {"salience_weight": -0.1}):
        with pytest.raises(MethodError):
            Rules(**wrong)
    with pytest.raises(MethodError, match="random numbers"):
        next(rounds_of(_three(), Rules(ties="clean")))
