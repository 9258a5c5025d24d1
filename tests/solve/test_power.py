"""Power in votes: the council of 1958, brute force, sampling, and the case's format."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.power import Game, banzhaf_swings, minimal_winning, sampled, shapley_shubik
from tests.solve.bargaining import check, needs_checks, valley

games = (
    st.lists(st.integers(0, 6), min_size=1, max_size=6)
    .filter(any)
    .flatmap(
        lambda weights: st.builds(
            Game,
            weights=st.just(tuple(weights)),
            quota=st.integers(1, sum(weights)),
            vetoes=st.frozensets(st.integers(0, len(weights) - 1), max_size=2),
        )
    )
)


def test_luxembourg_had_votes_and_no_power() -> None:
    """The council of 1958 (Brams and Affuso 1976): 7/30 for the large, 3/20 for the middle, 0 for Luxembourg."""
    council = Game(weights=(4, 4, 4, 2, 2, 1), quota=12)
    assert shapley_shubik(council) == (*[Fraction(7, 30)] * 3, *[Fraction(3, 20)] * 2, 0)
    assert banzhaf_swings(council) == (10, 10, 10, 6, 6, 0)


@needs_checks
def test_the_reference_council_is_met() -> None:
    """Both indices equal the reference file exactly."""
    wanted = check("power/eec1958.json")
    council = Game(weights=tuple(wanted["weights"]), quota=wanted["quota"])
    assert list(map(str, shapley_shubik(council))) == wanted["shapley_shubik"]
    assert list(banzhaf_swings(council)) == wanted["banzhaf_swings"]


@given(games)
@settings(max_examples=80, deadline=None)
def test_counting_agrees_with_all_orders_and_all_coalitions(game: Game) -> None:
    """Dynamic programming gives what walking through every order and every coalition gives, vetoes included."""
    n = len(game.weights)
    turns = [0] * n
    for order in permutations(range(n)):
        turns[next(one for at, one in enumerate(order) if game.wins(order[: at + 1]))] += 1
    total = sum(turns)
    assert shapley_shubik(game) == tuple(Fraction(count, total) for count in turns)
    swings = [
        sum(
            game.wins((*others, at)) and not game.wins(others)
            for size in range(n)
            for others in combinations([one for one in range(n) if one != at], size)
        )
        for at in range(n)
    ]
    assert banzhaf_swings(game) == tuple(swings)


@given(games)
@settings(max_examples=60, deadline=None)
def test_shares_add_up_and_no_member_of_a_smallest_coalition_can_be_spared(game: Game) -> None:
    """Shapley-Shubik indices add up to 1; a smallest winning coalition wins and loses without any member."""
    assert sum(shapley_shubik(game)) == 1
    for members in minimal_winning(game):
        assert game.wins(members)
        assert not any(game.wins([at for at in members if at != one]) for one in members)


def test_sixty_players_are_counted_exactly() -> None:
    """Equal players have equal power: 1/60 each, as a fraction."""
    assert shapley_shubik(Game(weights=(3,) * 60, quota=91)) == (Fraction(1, 60),) * 60


def test_sampling_comes_near_the_count_and_states_its_error() -> None:
    """On 60 players nearly all indices lie within three standard errors of the exact ones."""
    rng = np.random.default_rng(5)
    game = Game(weights=tuple(rng.integers(1, 40, 60).tolist()), quota=600)
    exact = np.array([float(value) for value in shapley_shubik(game)])
    found, error, _, _ = sampled(game, 20_000, 0)
    assert (np.abs(found - exact) <= 3 * error).mean() > 0.95


def test_sampling_does_not_depend_on_the_chunk() -> None:
    """Draws come from their own rows of random numbers."""
    game = Game(weights=tuple(range(1, 71)), quota=1300)
    for one, two in zip(sampled(game, 500, 3, chunk=7), sampled(game, 500, 3, chunk=500), strict=True):
        np.testing.assert_array_equal(one, two)


def test_beyond_sixty_parties_the_answer_is_sampled_with_an_error() -> None:
    """A case of 61 seats says that it is not exact and gives standard errors."""
    rows = "\n".join(f"  P{at}: {{name: P{at}, capability: 1}}" for at in range(61))
    votes = ", ".join(f"P{at}: 1" for at in range(61))
    result = solve("power", loads(f"parties:\n{rows}\nformat: {{quota: 40, votes: {{{votes}}}}}\n"), draws=400)
    assert not result.answer.exact
    assert all(player.shapley_error >= 0 for player in result.answer.players)
    assert result.answer.winning is None


def test_vetoes_of_the_format_decide_alone_without_a_quota() -> None:
    """North and South share all power, the League has none."""
    shares = {player.party: player.shapley_shubik for player in solve("power", valley()).answer.players}
    assert shares == {"North": 0.5, "South": 0.5, "League": 0.0}


def test_votes_and_quota_of_the_format_count() -> None:
    """With votes 2, 1, 1 and a quota of 3 North is in every winning coalition and has two thirds of the power."""
    case = valley(format={"quota": 3, "votes": {"North": 2, "South": 1, "League": 1}})
    answer = solve("power", case).answer
    assert [player.shapley_shubik for player in answer.players] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert answer.winning == (("North", "South"), ("North", "League"))


@pytest.mark.parametrize(
    ("weights", "quota", "place"), [((), 1, "votes"), ((1, -1), 1, "votes"), ((1, 1), 3, "quota"), ((1, 1), 0, "quota")]
)
def test_impossible_votes_are_refused(weights: tuple[int, ...], quota: int, place: str) -> None:
    """Nobody, negative votes, and quotas that cannot be reached are named."""
    with pytest.raises(MethodError) as error:
        Game(weights=weights, quota=quota)
    assert error.value.place == place
