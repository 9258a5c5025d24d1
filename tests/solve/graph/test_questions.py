"""Paths, reasons, the mediator's question and uncertain preferences."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from dragoman.errors import UnknownNameError
from dragoman.solve.graph import (
    CONCEPTS,
    SANCTIONS,
    Conflict,
    Network,
    Option,
    Ordering,
    Problem,
    analyse,
    feasible_states,
    joint_moves,
    least_cover,
    remedies_for,
    robustness,
    why,
)
from dragoman.solve.graph._edits import applied, edits_of
from dragoman.solve.graph._moves import moves_of
from dragoman.solve.graph._target import all_moves, unstable_at
from dragoman.solve.graph._uncertain import order_after, wilson
from tests.solve.graph import slow
from tests.solve.graph.conftest import conflicts


def dilemma() -> Problem:
    """Two parties that may each cooperate; each prefers the other's cooperation, then its own defection."""
    states = feasible_states(2, [])
    one, two = (states & 1).astype(bool), (states >> 1 & 1).astype(bool)
    orderings = (
        Ordering(texts=("two cooperates", "not one cooperates"), truth=np.stack([two, ~one])),
        Ordering(texts=("one cooperates", "not two cooperates"), truth=np.stack([one, ~two])),
    )
    conflict = Conflict(
        parties=("One", "Two"),
        options=(Option(name="one cooperates", owner=0), Option(name="two cooperates", owner=1)),
        states=states,
        ranks=np.stack([ordering.ranks(4) for ordering in orderings]),
        status_quo=0,
    )
    return Problem(conflict=conflict, orderings=orderings, option_ids=("c1", "c2"))


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_reasons_agree_with_stability(conflict: Conflict) -> None:
    """For every state, party and concept the reason says what the analysis says, and its sanctions are real."""
    for sanctions in SANCTIONS:
        found = analyse(conflict, sanctions=sanctions).by_concept
        for concept in CONCEPTS:
            for party in range(len(conflict.parties)):
                for state in range(len(conflict.states)):
                    reason = why(conflict, state, party, concept, sanctions=sanctions)
                    assert reason.stable == found[concept][party, state]
                    for item in reason.deterrents:
                        if item.answer:
                            last = item.answer[-1][1]
                            assert conflict.ranks[party, last] <= conflict.ranks[party, state]


def test_unknown_concept_is_refused() -> None:
    """A concept that does not exist is refused with the known ones."""
    with pytest.raises(UnknownNameError, match="NASH"):
        why(dilemma().conflict, 0, 0, "NASHH")


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_paths_are_legal_and_shortest(conflict: Conflict) -> None:
    """Every path is made of legal moves, reaches its state, and none is shorter."""
    network = Network(conflict)
    fewest = _fewest_moves(conflict)
    paths = network.paths_from(0, any_move=True)
    assert {state: len(path.moves) for state, path in paths.items()} == fewest
    for state, path in network.paths_from(0).items():
        place = 0
        for move in path.moves:
            assert move.fro == place
            assert move.to in slow.moves(conflict, move.party, place)
            assert move.improves == (conflict.ranks[move.party, move.to] > conflict.ranks[move.party, move.fro])
            place = move.to
        assert place == state


def _fewest_moves(conflict: Conflict) -> dict[int, int]:
    found, front, steps = {0: 0}, [0], 0
    while front:
        steps += 1
        new = {
            other
            for state in front
            for party in range(len(conflict.parties))
            for other in slow.moves(conflict, party, state)
        }
        front = sorted(new - found.keys())
        found |= dict.fromkeys(front, steps)
    return found


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_attractors_cannot_be_left(conflict: Conflict) -> None:
    """No improvement leads out of an attractor, and single-state attractors are the Nash equilibria."""
    network = Network(conflict)
    attractors = network.attractors(network.spread_from(0))
    for item in attractors:
        for state in item.states:
            for party in range(len(conflict.parties)):
                assert set(slow.improvements(conflict, party, state)) <= set(item.states)
    alone = {item.states[0] for item in attractors if len(item.states) == 1}
    assert alone == set(analyse(conflict).equilibria("NASH").tolist())


@settings(max_examples=25, deadline=None)
@given(conflicts(most_options=3, most_parties=2))
def test_least_cover_is_least(conflict: Conflict) -> None:
    """The integer programme finds covers of the size that trying all sets finds."""
    for concept in CONCEPTS:
        for state in range(len(conflict.states)):
            assert len(least_cover(conflict, 0, state, concept)) == slow.least_cover_size(conflict, 0, state, concept)


def test_remedies_for_the_dilemma() -> None:
    """Cooperation is no Nash equilibrium of the dilemma, no single change makes it one, and pairs do."""
    problem = dilemma()
    both = problem.conflict.index_of({"one cooperates": True, "two cooperates": True})
    found = remedies_for(problem, both, "NASH")
    assert found.unstable == (0, 1)
    assert found.remedies
    assert all(len(item.changes) == 2 for item in found.remedies)
    kinds = {tuple(change.kind for change in item.changes) for item in found.remedies}
    assert ("binding", "binding") in kinds
    assert remedies_for(problem, both, "SEQ").unstable == ()


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_one_state_is_tested_as_all_are(conflict: Conflict) -> None:
    """The test of a single state names the parties for whom the whole analysis finds it unstable."""
    found, moves = analyse(conflict).by_concept, all_moves(conflict)
    for concept in CONCEPTS:
        for state in range(len(conflict.states)):
            unstable = np.flatnonzero(~found[concept][:, state]).tolist()
            assert list(unstable_at(moves, state, concept)) == unstable


def circle(parties: int) -> Problem:
    """A dilemma of so many: each wants the next one's cooperation, then its own defection."""
    states = feasible_states(parties, [])
    taken = [(states >> place & 1).astype(bool) for place in range(parties)]
    names = [f"party {place} cooperates" for place in range(parties)]
    orderings = tuple(
        Ordering(
            texts=(names[(place + 1) % parties], f"not {names[place]}"),
            truth=np.stack([taken[(place + 1) % parties], ~taken[place]]),
        )
        for place in range(parties)
    )
    conflict = Conflict(
        parties=tuple(f"party {place}" for place in range(parties)),
        options=tuple(Option(name=name, owner=place) for place, name in enumerate(names)),
        states=states,
        ranks=np.stack([ordering.ranks(len(states)) for ordering in orderings]),
        status_quo=0,
    )
    return Problem(conflict=conflict, orderings=orderings, option_ids=tuple(names))


def test_combinations_are_those_that_trying_all_pairs_finds() -> None:
    """For the dilemma of two the pairs found are all pairs of changes of which neither party's order changes twice."""
    problem = circle(2)
    both = len(problem.conflict.states) - 1
    bits = int(problem.conflict.states[both])
    edits = list(edits_of(problem, bits))
    expected = set()
    for pair in combinations(edits, 2):
        if pair[0].ordering and pair[1].ordering and pair[0].change.party == pair[1].change.party:
            continue
        made = applied(problem, pair).conflict
        place = int(made.find(np.array([bits]))[0])
        if analyse(made).by_concept["NASH"][:, place].all():
            expected.add(frozenset(edit.change.words for edit in pair))
    found = remedies_for(problem, both, "NASH")
    assert {frozenset(change.words for change in item.changes) for item in found.remedies} == expected
    assert expected
    assert found.complete
    assert found.singles == len(edits)


def test_three_parties_take_three_changes_and_the_bounds_are_told() -> None:
    """Cooperation of three takes three changes; with fewer allowed none is found, and a stopped search says so."""
    problem = circle(3)
    every = len(problem.conflict.states) - 1
    found = remedies_for(problem, every, "NASH")
    assert {len(item.changes) for item in found.remedies} == {3}
    assert {change.party for item in found.remedies for change in item.changes} == {0, 1, 2}
    short = remedies_for(problem, every, "NASH", largest=2)
    assert (short.remedies, short.tried, short.complete) == ((), 0, True)
    stopped = remedies_for(problem, every, "NASH", most=4)
    assert (stopped.tried, stopped.complete) == (4, False)


def test_a_party_that_one_change_does_not_settle_gets_pairs_of_its_own() -> None:
    """A party that would give up each of two things must change its mind on both: two changes of its own list."""
    states = feasible_states(2, [])
    a, b = ((states >> place & 1).astype(bool) for place in range(2))
    ordering = Ordering(texts=("not a", "not b"), truth=np.stack([~a, ~b]))
    conflict = Conflict(
        parties=("One",),
        options=(Option(name="a", owner=0), Option(name="b", owner=0)),
        states=states,
        ranks=np.stack([ordering.ranks(4)]),
    )
    problem = Problem(conflict=conflict, orderings=(ordering,), option_ids=("a", "b"))
    found = remedies_for(problem, 3, "NASH")
    words = {frozenset(change.words for change in item.changes) for item in found.remedies}
    assert frozenset({"One no longer cares whether “not a”", "One no longer cares whether “not b”"}) in words
    assert {len(item) for item in words} == {2}


def test_robustness_is_reproducible_and_bounded() -> None:
    """Equal seeds give equal shares; with no swaps the shares are the equilibria themselves."""
    problem = dilemma()
    first, second = (robustness(problem, draws=50, seed=3) for _ in range(2))
    assert all((first.share[concept] == second.share[concept]).all() for concept in CONCEPTS)
    still = robustness(problem, draws=5, seed=0, swap=0.0)
    expected = analyse(problem.conflict).by_concept
    assert all((still.share[concept] == expected[concept].all(axis=0)).all() for concept in CONCEPTS)
    assert not still.matters


def test_first_draws_do_not_depend_on_how_many_follow() -> None:
    """Shares over n draws are those of the first n of a longer run, so draws are keyed by their number."""
    problem = dilemma()
    ten = robustness(problem, draws=10, seed=9).share["NASH"] * 10
    eleven = robustness(problem, draws=11, seed=9).share["NASH"] * 11
    assert ((eleven - ten).round(9) >= 0).all()
    assert ((eleven - ten).round(9) <= 1).all()


def test_wilson_interval() -> None:
    """The interval of 8 in 10 is the textbook one (0.4902, 0.9433)."""
    low, high = wilson(np.array([8]), 10)
    assert low[0] == pytest.approx(0.4902, abs=1e-4)
    assert high[0] == pytest.approx(0.9433, abs=1e-4)


def test_swaps_from_the_least_important_up() -> None:
    """A swap of the last pair happens before one above it."""
    assert order_after(np.array([True, True])) == (2, 0, 1)
    assert order_after(np.array([False, True])) == (0, 2, 1)


@settings(max_examples=40, deadline=None)
@given(conflicts(most_options=5, most_parties=4))
def test_cycles_are_what_the_closure_of_improvements_says(conflict: Conflict) -> None:
    """Attractors are the sets of states that reach one another by improvements and nothing else."""
    count = len(conflict.states)
    reach = [slow.reached_by_improvements(conflict, state) for state in range(count)]
    want = {
        frozenset({state, *reach[state]})
        for state in range(count)
        if all(state in reach[other] for other in reach[state])
    }
    network = Network(conflict)
    found = network.attractors(network.spread_from(0))
    assert {frozenset(item.states) for item in found} == want
    for item in found:
        assert item.reached == bool({0, *reach[0]} & set(item.states))


@settings(max_examples=20, deadline=None)
@given(conflicts(most_options=4, most_parties=4))
def test_joint_moves_are_those_of_the_least_coalitions(conflict: Conflict) -> None:
    """At each state just the least coalitions that are not stable by the definitions have a joint move, a real one."""
    moves = [moves_of(conflict, party) for party in range(len(conflict.parties))]
    for concept in ("NASH", "SEQ", "GMR"):
        for state in range(0, len(conflict.states), 4):
            found = joint_moves(conflict, [state], concept, moves)
            restless: list[frozenset[int]] = []
            for size in range(1, len(conflict.parties) + 1):
                for members in combinations(range(len(conflict.parties)), size):
                    if not any(one <= set(members) for one in restless) and not slow.coalition_stable(
                        conflict, members, state, concept
                    ):
                        restless.append(frozenset(members))
            assert {frozenset(item.members) for item in found} == {one for one in restless if len(one) > 1}
            for item in found:
                place = state
                for move in item.moves:
                    assert (move.fro, move.party in item.members) == (place, True)
                    assert move.to in slow.moves(conflict, move.party, place)
                    place = move.to
                assert place == item.to
                assert all(conflict.ranks[one, item.to] > conflict.ranks[one, state] for one in item.members)


def test_joint_moves_of_the_dilemma_are_told() -> None:
    """Where each alone defects, both together can leave mutual defection, and are told how."""
    conflict = dilemma().conflict
    moves = [moves_of(conflict, party) for party in (0, 1)]
    (found,) = joint_moves(conflict, [0], "SEQ", moves)
    assert found.words == (
        "Together One and Two can leave [nothing taken] for [one cooperates + two cooperates], which both prefer: Two "
        "goes to [two cooperates]; One goes to [one cooperates + two cooperates]."
    )
