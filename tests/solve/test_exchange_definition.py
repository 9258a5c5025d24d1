"""Exchange: the fast runs against the definition in plain loops, and the definition's worked examples."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.exchange import Draws, Rules, Table, lockstep, rounds_of, table_of
from tests.solve.slow_exchange import Offer, Setting, evaluate, exact_setting, float_setting, offers, one_round
from tests.solve.test_exchange import THREE

ROUNDS = 3


@st.composite
def coarse_tables(draw: st.DrawFn) -> Table:
    """Few distinct numbers, so that equal gains, equal sides and zeros are common; some actors absent."""
    n, m = draw(st.integers(2, 5)), draw(st.integers(2, 3))
    actors, issues = [f"A{i}" for i in range(n)], [f"P{k}" for k in range(m)]
    cell = st.tuples(
        st.integers(0, 10).map(lambda v: str(10 * v)),
        st.integers(0, 5).map(lambda v: str(v / 5)),
        st.integers(0, 3).map(lambda v: str(v / 2)),
    )
    rows = {}
    for actor in actors:
        for issue in issues:
            if draw(st.integers(0, 9)):
                rows[actor, issue] = draw(cell)
    for issue in issues:
        assume(any(name == issue for _, name in rows))
    return table_of(actors, issues, rows, exact=True)


def _twins(seed: int) -> tuple[Table, bool]:
    """A table of unlike numbers in which, for half of the seeds, the last two actors are the same: gains tie."""
    rng = np.random.default_rng(seed)
    n, m, twins = int(rng.integers(3, 6)), int(rng.integers(2, 4)), bool(seed % 2)
    cells = rng.uniform((0, 0.05, 0.1), (100, 0.95, 2), (n, m, 3))
    if twins:
        cells[-1] = cells[-2]
    actors, issues = [f"A{i}" for i in range(n)], [f"P{k}" for k in range(m)]
    rows = {
        (actor, issue): (float(x), float(s), float(c))
        for actor, row in zip(actors, cells, strict=True)
        for issue, (x, s, c) in zip(issues, row, strict=True)
    }
    return table_of(actors, issues, rows), twins


def _cells(rows: tuple[tuple[Any, ...], ...]) -> list[list[Any]]:
    return [list(row) for row in rows]


def _rank(numbers: Any, table: Table, offer: Offer) -> float:
    """The random number of a pair of actors on a pair of issues: pairs of issues first, then pairs of actors."""
    actors = list(combinations(range(len(table.actors)), 2))
    issues = list(combinations(range(len(table.issues)), 2))
    i, j = sorted(role.a for role in offer.roles)
    return float(numbers[issues.index(offer.issues) * len(actors) + actors.index((i, j))])


def _crowded(seed: int) -> Table:
    """Five or six actors on three issues, so that many exchanges touch each other; every third seed has twins."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 7))
    cells = rng.integers((0, 5, 1), (101, 96, 21), (n, 3, 3))
    if seed % 3 == 0:
        cells[-1] = cells[-2]
    rows = {
        (f"A{i}", f"P{k}"): (str(cells[i, k, 0]), str(cells[i, k, 1] / 100), str(cells[i, k, 2] / 10))
        for i in range(n)
        for k in range(3)
    }
    return table_of([f"A{i}" for i in range(n)], ["P0", "P1", "P2"], rows, exact=True)


def _weights(table: Table) -> list[list[bool]]:
    """Whether each actor weighs anything on each issue on which it stands."""
    cells = zip(_cells(table.position), _cells(table.salience), _cells(table.power), strict=True)
    return [[p is not None and bool(s * c) for p, s, c in zip(*row, strict=True)] for row in cells]


@given(st.one_of(coarse_tables(), st.integers(0, 10_000).map(_crowded)))
@settings(max_examples=80, deadline=None)
def test_exact_runs_are_the_definition_in_every_digit(table: Table) -> None:
    """Outcomes, votes, partners, gains, external effects of three rounds; undefined where an issue has no weight."""
    if not all(map(any, zip(*_weights(table), strict=True))):
        with pytest.raises(MethodError, match="nobody with any weight"):
            list(rounds_of(table, Rules(rounds=ROUNDS)))
        return
    rules = exact_setting(_cells(table.salience), _cells(table.power))
    here = _cells(table.position)
    for found in rounds_of(table, Rules(rounds=ROUNDS)):
        wanted = one_round(rules, here)
        assert [deal.givers for deal in found.deals] == [tuple(r.a for r in e.roles) for e in wanted.realised]
        assert [deal.issues for deal in found.deals] == [tuple(r.k for r in e.roles) for e in wanted.realised]
        assert [deal.gain for deal in found.deals] == [e.gain for e in wanted.realised]
        assert [list(deal.external) for deal in found.deals] == wanted.external
        assert list(found.preference) == wanted.outcome
        assert list(found.vote) == wanted.vote
        assert _cells(found.position) == wanted.after
        here = wanted.after


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_float_runs_are_the_definition(seed: int) -> None:
    """With the rest of the votes kept as one sum, outcomes and votes equal those of whole beliefs to 1e-9."""
    table, twins = _twins(seed)
    assume(not twins)
    rules, here = float_setting(_cells(table.salience), _cells(table.power)), _cells(table.position)
    for found in rounds_of(table, Rules(rounds=ROUNDS)):
        wanted = one_round(rules, here)
        if found.ties or wanted.tied:
            break
        assert [deal.givers for deal in found.deals] == [tuple(r.a for r in e.roles) for e in wanted.realised]
        np.testing.assert_allclose(found.vote, wanted.vote, atol=1e-9)
        np.testing.assert_allclose(_cells(found.position), wanted.after, atol=1e-9)
        here = wanted.after


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_lockstep_is_the_definition_with_ties_by_random_rank(seed: int) -> None:
    """Two draws of one table differ only in the ranks that settle equal gains; each equals the plain loops to 1e-8."""
    table, _ = _twins(seed)
    cells = [np.array([rows, rows], dtype=float) for rows in (table.position, table.salience, table.power)]
    found = lockstep(Draws(position=cells[0], salience=cells[1], power=cells[2]), Rules(rounds=ROUNDS), seed=seed)
    rules = float_setting(_cells(table.salience), _cells(table.power))
    n, m = len(table.actors), len(table.issues)
    for draw in (0, 1):
        here, ties = _cells(table.position), 0
        stream = np.random.Generator(np.random.Philox(key=[seed, draw]))
        for at in range(ROUNDS):
            numbers = stream.random(n * (n - 1) * m * (m - 1) // 4)
            wanted = one_round(rules, here, lambda e, numbers=numbers: _rank(numbers, table, e))  # type: ignore[misc]
            np.testing.assert_allclose(found.preference[draw, at], wanted.outcome, atol=1e-8)
            np.testing.assert_allclose(found.vote[draw, at], wanted.vote, atol=1e-8)
            assert found.deals[draw, at] == len(wanted.realised)
            here, ties = wanted.after, ties + wanted.tied
        assert found.ties[draw] == ties


def _exact(table: Table) -> tuple[Setting, list[list[Any]]]:
    return exact_setting(_cells(table.salience), _cells(table.power)), _cells(table.position)


def test_three_actors_step_by_step() -> None:
    """Moves, gains, limits and the votes of the first round, by the definition and by the fast run, to 1e-9."""
    table = table_of("ABC", "pq", THREE, exact=True)
    rules, here = _exact(table)
    first, second = offers(rules, here)
    for offer in (first, second):
        evaluate(rules, offer)
    assert [[r.a for r in e.roles] for e in (first, second)] == [[0, 1], [0, 2]]
    assert _floats(first.roles[0].moves + first.roles[1].moves) == pytest.approx([25, -23.5101969603], abs=1e-9)
    assert _floats(second.roles[0].moves + second.roles[1].moves) == pytest.approx([54.6737213404, -50], abs=1e-9)
    assert _floats([first.gain, second.gain]) == pytest.approx([2.7915632754, 3.6848072562], abs=1e-9)
    assert _floats([r.after for r in second.roles]) == pytest.approx([77.1791261307, 27.4149659864], abs=1e-9)
    votes = [
        [27.4149659864, 77.1791261307],
        [27.4149659864, 78.2373271889],
        [27.4149659864, 78.9780679297],
    ]
    found = list(rounds_of(table, Rules(rounds=3)))
    assert [_floats(row.vote) for row in found] == [pytest.approx(row, abs=1e-9) for row in votes]
    assert _floats(found[0].position[0]) == pytest.approx([10, 40.7760141093], abs=1e-9)
    assert _floats(found[0].position[2]) == pytest.approx([45, 95], abs=1e-9)
    (deal,) = found[0].deals
    assert _floats(deal.after) == pytest.approx([74.6737213404, 10], abs=1e-9)
    assert _floats(deal.external) == pytest.approx([0, -4.3059517713, 0], abs=1e-9)


def test_two_actors_step_by_step() -> None:
    """Outcomes of 85.714 and 35.714; moves of -20 and 100; each gains 500, to 1e-9, by both."""
    rows = {("A1", "1"): (0, 10, 1), ("A1", "2"): (0, 90, 1), ("A2", "1"): (100, 60, 1), ("A2", "2"): (100, 50, 1)}
    table = table_of(["A1", "A2"], "12", rows, exact=True)
    rules, here = _exact(table)
    slow, fast = one_round(rules, here), next(rounds_of(table, Rules(rounds=1)))
    (offer,), (deal,) = slow.realised, fast.deals
    assert _floats(slow.outcome) == pytest.approx([600 / 7, 250 / 7], abs=1e-9)
    assert [_floats([*r.moves, r.y]) for r in offer.roles] == [pytest.approx([-20, 80]), pytest.approx([100, 100])]
    assert _floats([offer.gain, deal.gain]) == pytest.approx([500, 500], abs=1e-9)
    assert _floats(deal.after) == pytest.approx([80, 100], abs=1e-9)
    assert list(fast.vote) == slow.vote


def _floats(numbers: Any) -> list[float]:
    return [float(Decimal(number)) for number in numbers]
