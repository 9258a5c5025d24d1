"""What holds for every conflict, and what a bad input gets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, MethodError, UnknownNameError
from dragoman.solve.smp import Input, Options, Path, assess, path, prepare

ROUNDING = 5e-5


@st.composite
def plain_conflicts(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Conflicts without ties: positions, saliences and capabilities of many digits."""
    actors, issues = draw(st.integers(3, 7)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return (
        rng.random((actors, issues)),
        rng.uniform(0.1, 1, (actors, issues)) / issues,
        rng.uniform(1, 100, actors),
    )


def clear(run: Path) -> bool:
    """Whether no choice of the run was close: gains, and chances of options, differ by more than 1e-6."""
    for step in run.steps:
        if step.turn is None:
            continue
        gains = np.sort(step.turn.challenges.gain[0], axis=1)
        if np.abs(gains[:, -1] - gains[:, -2]).min() < 1e-6 or np.abs(gains[:, -1] - 1e-5).min() < 1e-6:
            return False
        chances = np.sort(np.nan_to_num(step.turn.choices.probability[0], nan=-1.0), axis=1)
        if chances.shape[1] > 1 and np.abs(chances[:, -1] - chances[:, -2]).min() < 1e-6:
            return False
    return True


Numbers = tuple[np.ndarray, np.ndarray, np.ndarray]


@settings(max_examples=25, deadline=None)
@given(conflict=plain_conflicts(), data=st.data())
def test_the_order_of_the_actors_does_not_matter_where_nothing_ties(conflict: Numbers, data: st.DataObject) -> None:
    """Permuting the actors permutes positions and the chances of all positions in every turn.

    The reported chances may differ: of places within 1e-3 they keep the first.
    """
    x, s, c = conflict
    order = data.draw(st.permutations(range(len(c))))
    options = Options(max_turns=6)
    run, turned = path(prepare(x, s, c), options), path(prepare(x[order], s[order], c[order]), options)
    assume(clear(run))
    np.testing.assert_allclose(turned.positions, run.positions[:, order], atol=1e-9)
    for there, here in zip(turned.steps, run.steps, strict=True):
        chance = here.state.election.probability[:, order]
        np.testing.assert_allclose(there.state.election.probability, chance, atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(conflict=plain_conflicts(), factor=st.floats(1.5, 1000))
def test_the_unit_of_capability_does_not_matter_but_for_its_floors(conflict: Numbers, factor: float) -> None:
    """Scaling all capabilities changes nothing beyond what the fixed floors of coalitions do (1e-8)."""
    x, s, c = conflict
    run, scaled = (path(prepare(x, s, c * by), Options(max_turns=3)) for by in (1.0, factor))
    assume(clear(run))
    np.testing.assert_allclose(scaled.steps[0].state.risk, run.steps[0].state.risk, atol=1e-5)
    np.testing.assert_allclose(scaled.positions[1], run.positions[1], atol=2 * ROUNDING)


@settings(max_examples=20, deadline=None)
@given(conflict=plain_conflicts())
def test_turning_a_scale_round_turns_the_turn_round(conflict: Numbers) -> None:
    """With every scale mirrored the first turn's positions are mirrored, to the rounding of bargains."""
    x, s, c = conflict
    options = Options(max_turns=1)
    run, mirrored = path(prepare(x, s, c), options), path(prepare(1 - x, s, c), options)
    assume(clear(run))
    np.testing.assert_allclose(1 - mirrored.positions[1], run.positions[1], atol=2.01 * ROUNDING)


@settings(max_examples=25, deadline=None)
@given(conflict=plain_conflicts(), interpolation=st.sampled_from(["S1P1", "S2P2", "S2PMax"]))
def test_positions_stay_in_the_hull_of_the_first_ones(conflict: Numbers, interpolation: Any) -> None:
    """On every issue no actor goes beyond the first positions' extremes, but for the rounding of bargains."""
    x, s, c = conflict
    run = path(prepare(x, s, c), Options(interpolation=interpolation))
    slack = 1.01 * ROUNDING * run.turns
    assert (run.positions >= x.min(axis=0) - slack).all()
    assert (run.positions <= x.max(axis=0) + slack).all()


@settings(max_examples=20, deadline=None)
@given(conflict=plain_conflicts(), place=st.floats(0, 1))
def test_an_issue_that_nobody_cares_about_changes_nothing(conflict: Numbers, place: float) -> None:
    """Adding an issue of salience 0 to all leaves the path on the other issues as it was."""
    x, s, c = conflict
    more = np.round(np.linspace(place, 1 - place, len(c)), 4)[:, None]
    run = path(prepare(x, s, c))
    wider = path(prepare(np.hstack([x, more]), np.hstack([s, 0 * more]), c))
    assert wider.positions[:, :, :-1].tolist() == run.positions.tolist()
    assert (wider.positions[:, :, -1] == more[:, 0]).all()


@settings(max_examples=20, deadline=None)
@given(conflict=plain_conflicts())
def test_chances_of_distinct_places_add_up_to_one(conflict: Numbers) -> None:
    """In each state the chances by place add up to 1, and every actor has that of its place."""
    run = path(prepare(*conflict))
    for step in run.steps:
        assert step.chances.by_place.sum() == pytest.approx(1)
        assert step.chances.by_actor.min() > 0


@settings(max_examples=20, deadline=None)
@given(conflict=plain_conflicts(), span=st.sampled_from(["Min", "Mid", "Max"]))
def test_the_likeliest_winner_is_the_most_risk_averse(conflict: Numbers, span: Any) -> None:
    """The highest chance gives 1 and the lowest the bottom of the range."""
    state = path(prepare(*conflict), Options(risk_range=span, max_turns=1)).steps[0].state
    chance, risk = state.election.probability[0], state.risk[0]
    bottom = {"Min": 0.0, "Mid": -0.5, "Max": -1.0}[span]
    assert risk[chance.argmax()] == pytest.approx(1)
    assert risk[chance.argmin()] == pytest.approx(bottom)


def test_an_actor_of_next_to_no_capability_still_counts() -> None:
    """As the chapter says: its position is an option, so that adding it changes the others' attitudes to risk."""
    x, s, c = np.array([[0.1], [0.5], [0.9]]), np.array([[0.6], [0.5], [0.7]]), np.array([100.0, 80.0, 60.0])
    before = path(prepare(x, s, c)).steps[0].state.risk[0]
    more = prepare(np.vstack([x, [[0.3]]]), np.vstack([s, [[0.5]]]), np.append(c, 1e-9))
    after = path(more).steps[0].state.risk[0]
    assert np.abs(after[:3] - before).max() > 0.1


def test_third_parties_that_stake_all_or_nothing_never_count() -> None:
    """NoCommit and FullCommit give one path, and another than SemiCommit."""
    rng = np.random.default_rng(1)
    given_ = prepare(rng.random((6, 2)), rng.uniform(0.1, 0.5, (6, 2)), rng.uniform(1, 100, 6))
    none, full, semi = (
        path(given_, Options(third_party=rule)).positions for rule in ("NoCommit", "FullCommit", "SemiCommit")
    )
    assert none.tolist() == full.tolist()
    assert none.shape != semi.shape or not np.allclose(none, semi)


def test_twins_challenge_the_first_of_equals_and_are_told_as_a_tie() -> None:
    """Where two targets promise exactly as much, the first is taken and the tie is flagged."""
    x, s = np.array([[0.0], [0.6], [0.6], [1.0]]), np.full((4, 1), 0.5)
    run = path(prepare(x, s, np.array([100.0, 30.0, 30.0, 80.0])))
    turn = run.steps[0].turn
    assert turn is not None
    gain, tied = turn.challenges.gain[0], turn.targets.tied[0]
    assert gain[3, 1] == gain[3, 2] == gain[3].max()
    assert turn.targets.receiver[0, 3] == 1
    assert tied[3]


def test_actors_at_one_place_leave_nothing_to_bargain_about() -> None:
    """With all positions equal the run ends at once as undefined, every chance 1."""
    run = path(prepare(np.full((4, 2), 0.3), np.full((4, 2), 0.5), np.ones(4)))
    assert (run.status, run.turns) == ("undefined", 0)
    assert run.chances[0].tolist() == [1.0] * 4


def test_a_symmetric_conflict_is_undefined() -> None:
    """Three actors that are each other's mirror images have equal chances, so attitudes to risk are 0/0."""
    run = path(prepare(np.eye(3), np.full((3, 3), 1 / 3), np.ones(3)))
    assert (run.status, run.turns) == ("undefined", 0)


def test_a_run_cut_short_says_so() -> None:
    """With too few turns the run ends at the limit."""
    rng = np.random.default_rng(0)
    run = path(prepare(rng.random((6, 1)), rng.random((6, 1)), rng.random(6)), Options(max_turns=1))
    assert (run.status, run.turns) == ("limit", 1)


def test_a_markov_election_that_does_not_settle_fails() -> None:
    """A chain of challenges between options of very unequal strength does not settle in 1000 rounds."""
    x, c = np.array([[0.27], [0.04], [0.02], [0.81], [0.91]]), np.array([827.9, 149.5, 5499.1, 1834.1, 1.0])
    options = Options(election="MarkovIncentive", victory="Octic", voting="Cubic")
    run = path(prepare(x, np.full((5, 1), 0.5), c), options)
    assert (run.status, run.turns) == ("failed", 1)


def test_250_actors_are_solved() -> None:
    """The largest table that the model takes gives a turn of finite positions."""
    rng = np.random.default_rng(5)
    run = path(
        prepare(rng.random((250, 1)), rng.uniform(0.1, 1, (250, 1)), rng.uniform(1, 100, 250)), Options(max_turns=1)
    )
    assert run.positions.shape == (2, 250, 1)
    assert ((run.positions >= 0) & (run.positions <= 1)).all()


GOOD = (np.array([[0.1], [0.5], [0.9]]), np.full((3, 1), 0.5), np.array([1.0, 2.0, 3.0]))


def changed(which: int, value: float) -> list[np.ndarray]:
    """The good input with one number of one array replaced."""
    arrays = [array.copy() for array in GOOD]
    arrays[which].flat[1] = value
    return arrays


@pytest.mark.parametrize(
    ("arrays", "found"),
    [
        (changed(0, np.nan), "positions: nan"),
        (changed(0, 1.5), "positions: 1.5"),
        (changed(0, -0.1), "positions: -0.1"),
        (changed(1, np.nan), "saliences: nan"),
        (changed(1, -0.2), "saliences: -0.2"),
        (changed(1, 0.0), "nothing matters"),
        (changed(2, -1.0), "negative or zero capability"),
        (changed(2, 0.0), "negative or zero capability"),
        (changed(2, np.inf), "missing"),
        ([array[:1] for array in GOOD], "1 actors"),
        ([array[:2] for array in GOOD], "2 actors"),
        ([np.repeat(array, 100, axis=0) for array in GOOD], "300 actors"),
        ([GOOD[0], GOOD[1][:2], GOOD[2]], "shapes"),
        ([GOOD[0][:, :0], GOOD[1][:, :0], GOOD[2]], "no issues"),
        ([np.hstack([GOOD[0]] * 3), np.hstack([GOOD[1]] * 3), GOOD[2]], "add up to 1.5"),
    ],
)
def test_bad_numbers_are_named(arrays: list[np.ndarray], found: str) -> None:
    """Each bad input gets an error that says what was found."""
    with pytest.raises(MethodError, match=found):
        prepare(*arrays)


@pytest.mark.parametrize(
    ("matrix", "found"),
    [(np.eye(2), "shape"), (np.full((3, 3), 0.5), "adds up to more than 1"), (-np.eye(3), "accommodation: -1")],
)
def test_bad_accommodation_is_named(matrix: np.ndarray, found: str) -> None:
    """A matrix of the wrong shape or domain gets an error."""
    with pytest.raises(MethodError, match=found):
        prepare(*GOOD, matrix)


def test_a_total_salience_that_rounding_put_above_one_counts_as_one() -> None:
    """33 + 56 + 11 per cent add up to more than 1 in binary; the actor still resists with certainty 1."""
    s = np.array([[0.33, 0.56, 0.11]] * 3)
    assert float(s[0, 0] + s[0, 1] + s[0, 2]) > 1
    given_: Input = prepare(np.random.default_rng(0).random((3, 3)), s, np.ones(3))
    assert given_.actors.total.tolist() == [[1.0, 1.0, 1.0]]


@pytest.mark.parametrize(
    ("options", "error"),
    [({"victory": "Cubed"}, UnknownNameError), ({"max_turns": 0}, MethodError), ({"max_turns": True}, MethodError)],
)
def test_bad_options_are_named(options: dict[str, Any], error: type[InputError]) -> None:
    """An unknown value of an option, or no turns at all, is an error."""
    with pytest.raises(error):
        Options(**options)


def test_one_run_takes_one_draw() -> None:
    """Asking for the whole path of two draws at once is an error."""
    x, s, c = (np.stack([array, array]) for array in GOOD)
    with pytest.raises(MethodError, match="2 draws"):
        path(prepare(x, s, c))


def test_full_estimates_see_others_as_they_are() -> None:
    """Under Full the estimated attitudes are the true ones (KTAB itself refuses this setting)."""
    given_ = prepare(*GOOD)
    state = assess(given_.position, given_.position, given_.actors, Options(risk_estimate="Full"))
    assert (state.estimate == state.risk[:, None, :]).all()


def test_a_position_beyond_the_scale_is_outside_the_model() -> None:
    """Where a bargain put somebody further than the whole scale away, the state is marked as outside."""
    given_ = prepare(*GOOD)
    far = given_.position + np.array([[0.0], [0.0], [0.5]])
    assert assess(far, far, given_.actors, Options()).outside.tolist() == [True]
    assert assess(given_.position, given_.position, given_.actors, Options()).outside.tolist() == [False]
