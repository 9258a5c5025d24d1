"""Stability: published tables, the definitions, and what holds for every conflict."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError
from dragoman.solve.graph import (
    CONCEPTS,
    SANCTIONS,
    Conflict,
    Option,
    Sanctions,
    analyse,
    coalition_equilibria,
    coalition_stability,
    feasible_states,
    ranks_from_groups,
    ranks_from_statements,
)
from tests.solve.graph import slow
from tests.solve.graph.conftest import conflicts

CHECKS = os.environ.get("DRAGOMAN_CHECKS")
needs_checks = pytest.mark.skipif(not CHECKS, reason="DRAGOMAN_CHECKS is not set: the published tables are not tried")
TABLES = ["cuban", "elmira", "prisoners", "syriairaq", "three-parties"]


def table(name: str) -> tuple[Conflict, dict[str, Any], list[int]]:
    """A check table as a conflict, with the table's own number (from 1) for each of our states."""
    data = json.loads((Path(CHECKS or "") / "gmcr" / f"{name}.json").read_text())
    names = [option["name"] for option in data["options"]]
    owner = {option: place for place, party in enumerate(data["parties"]) for option in party["options"]}
    options = tuple(Option(name=o["name"], owner=owner[o["name"]], moves=o["moves"]) for o in data["options"])
    patterns = [{names.index(key): value for key, value in pattern.items()} for pattern in data["infeasible"]]
    bits = np.array([sum(bit << place for place, bit in enumerate(row)) for row in data["states"]])
    order = np.argsort(bits)
    conflict = Conflict(
        parties=tuple(party["name"] for party in data["parties"]),
        options=options,
        states=feasible_states(len(options), patterns),
        ranks=np.array(data["ranks"])[:, order],
    )
    return conflict, data, (order + 1).tolist()


@needs_checks
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    ("sanctions", "key"),
    [("sequences", "equilibria"), ("one-move", "equilibria_if_each_sanctioner_moves_once")],
)
def test_published_equilibria(name: str, sanctions: Sanctions, key: str) -> None:
    """Every table's equilibria come out, by the definitions and with sanctions of one move by one other party."""
    conflict, data, number = table(name)
    found = analyse(conflict, sanctions=sanctions)
    expected = data[key]
    got = {concept: sorted(number[state] for state in found.equilibria(concept)) for concept in expected}
    assert got == {concept: sorted(states) for concept, states in expected.items()}


@needs_checks
@pytest.mark.parametrize("name", TABLES)
def test_published_stability_by_party(name: str) -> None:
    """Where a table says for whom each state is stable, each entry comes out."""
    conflict, data, number = table(name)
    found = analyse(conflict)
    for concept, rows in data.get("stable_for_each_party", {}).items():
        expected = np.array(rows, dtype=bool)[:, np.array(number) - 1]
        assert (found.by_concept[concept] == expected).all(), concept


@settings(max_examples=120, deadline=None)
@given(conflicts(most_options=6, most_parties=4), st.sampled_from(SANCTIONS), st.sampled_from([0, 1, 64]))
def test_equal_to_the_definitions(conflict: Conflict, sanctions: Sanctions, sweeps: int) -> None:
    """The linear algorithm, its component fall-back and the definitions agree on every state, party and concept."""
    found = analyse(conflict, sanctions=sanctions, sweeps=sweeps)
    for concept in CONCEPTS:
        for party in range(len(conflict.parties)):
            expected = [
                slow.stable(conflict, party, state, concept, sanctions=sanctions)
                for state in range(len(conflict.states))
            ]
            assert found.by_concept[concept][party].tolist() == expected, (concept, party)


def test_the_three_rules_of_sanctions_differ() -> None:
    """Where the one who deters must move twice, sequences deter and the two narrower rules do not.

    Where two must move, one after the other, ``each-once`` deters and ``one-move`` does not.
    """
    options = tuple(Option(name=name, owner=owner) for name, owner in (("a", 0), ("b", 1), ("c", 2)))
    states = feasible_states(3, [])
    # A prefers its option taken, unless both others answer; B and C each like their own option and nothing else.
    a, b, c = (states & 1), (states >> 1 & 1), (states >> 2 & 1)
    ranks = np.stack([np.where(b & c, 0, 1 + a), b, c])
    conflict = Conflict(parties=("A", "B", "C"), options=options, states=states, ranks=ranks)
    held = {rule: bool(analyse(conflict, sanctions=rule).by_concept["SEQ"][0, 0]) for rule in SANCTIONS}
    assert held == {"sequences": True, "each-once": True, "one-move": False}
    # Now B must move, C must move, and B must move again: b is taken back once c is taken.
    patterns = [{2: True, 1: False, 0: False}]
    back = np.where(c & (1 - b), 0, 1 + a)
    ranks = np.stack([back, np.where(c, 2 + (1 - b), b), np.where(b, c, 0)])
    held = {
        rule: bool(
            analyse(
                Conflict(
                    parties=("A", "B", "C"),
                    options=options,
                    states=feasible_states(3, patterns),
                    ranks=ranks[:, np.isin(states, feasible_states(3, patterns))],
                ),
                sanctions=rule,
            ).by_concept["SEQ"][0, 0]
        )
        for rule in SANCTIONS
    }
    assert held == {"sequences": True, "each-once": False, "one-move": False}


@settings(max_examples=60, deadline=None)
@given(conflicts(most_options=8, most_parties=5))
def test_implications(conflict: Conflict) -> None:
    """Nash implies SMR implies GMR, and Nash implies SEQ implies GMR."""
    found = analyse(conflict).by_concept
    for weaker, stronger in [("SMR", "NASH"), ("GMR", "SMR"), ("SEQ", "NASH"), ("GMR", "SEQ")]:
        assert (found[weaker] | ~found[stronger]).all()


@settings(max_examples=40, deadline=None)
@given(conflicts(most_options=4))
def test_coalitions_equal_the_definitions(conflict: Conflict) -> None:
    """Coalition stability by closures equals the search, for every coalition of up to all parties."""
    for members in [(0,), (0, 1), tuple(range(len(conflict.parties)))]:
        found = coalition_stability(conflict, members)
        for concept in CONCEPTS:
            expected = [
                slow.coalition_stable(conflict, members, state, concept) for state in range(len(conflict.states))
            ]
            assert found[concept].tolist() == expected, (members, concept)


@settings(max_examples=30, deadline=None)
@given(conflicts(most_options=4))
def test_single_parties_are_coalitions_of_one(conflict: Conflict) -> None:
    """A coalition of one party is as stable as that party, so coalition equilibria are equilibria."""
    alone = analyse(conflict)
    for party in range(len(conflict.parties)):
        found = coalition_stability(conflict, [party])
        assert all((found[concept] == alone.by_concept[concept][party]).all() for concept in CONCEPTS)
    for concept, flags in coalition_equilibria(conflict).items():
        assert not (flags & ~alone.by_concept[concept].all(axis=0)).any()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_statement_ranks_are_exact(statements: int, states: int, seed: int) -> None:
    """Ranks order states as the exact weights 2^(L-1-k) do, however many statements there are."""
    truth = np.random.default_rng(seed).random((statements, states)) < 0.5
    weights = [sum(2 ** (statements - 1 - k) for k in range(statements) if truth[k, s]) for s in range(states)]
    expected = [sorted(set(weights)).index(weight) for weight in weights]
    assert ranks_from_statements(truth).tolist() == expected


def test_no_statement_ties_everything() -> None:
    """Without statements a party is indifferent."""
    assert ranks_from_statements(np.empty((0, 4), dtype=bool)).tolist() == [0, 0, 0, 0]


def test_rank_groups() -> None:
    """The best group gets the highest rank and ties share one."""
    assert ranks_from_groups([[2], [0, 1]], 3).tolist() == [0, 0, 1]


@pytest.mark.parametrize("groups", [[[0]], [[0, 1], [1]], [[0, 3]]])
def test_bad_rankings_are_refused(groups: list[list[int]]) -> None:
    """A ranking that misses or repeats a state is refused."""
    with pytest.raises(MethodError, match="every state once"):
        ranks_from_groups(groups, 2)


def test_contradictory_infeasibles_are_refused() -> None:
    """Patterns that leave no state are refused with a clear error."""
    with pytest.raises(MethodError, match="no feasible state"):
        feasible_states(2, [{0: True}, {0: False}])
    with pytest.raises(MethodError, match="no feasible state"):
        feasible_states(1, [{}])


def test_too_many_options_are_refused() -> None:
    """More options than bits are refused instead of overflowing."""
    with pytest.raises(MethodError, match="at most 62"):
        feasible_states(63, [])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 6), st.lists(st.dictionaries(st.integers(0, 5), st.booleans(), min_size=1), max_size=4))
def test_feasible_states_are_those_no_pattern_matches(options: int, patterns: list[dict[int, bool]]) -> None:
    """Growing and pruning gives what filtering all patterns gives."""
    patterns = [{k: v for k, v in pattern.items() if k < options} for pattern in patterns]
    patterns = [pattern for pattern in patterns if pattern]
    expected = [
        bits
        for bits in range(1 << options)
        if not any(all(bool(bits >> k & 1) == v for k, v in pattern.items()) for pattern in patterns)
    ]
    if expected:
        assert feasible_states(options, patterns).tolist() == expected
    else:
        with pytest.raises(MethodError):
            feasible_states(options, patterns)


@pytest.mark.parametrize("members", [[], [0, 0], [7]])
def test_bad_coalitions_are_refused(members: list[int]) -> None:
    """An empty, doubled or unknown coalition is refused."""
    states = feasible_states(2, [])
    options = (Option(name="a", owner=0), Option(name="b", owner=1))
    conflict = Conflict(parties=("A", "B"), options=options, states=states, ranks=np.zeros((2, 4), dtype=np.int64))
    with pytest.raises(MethodError, match="coalition"):
        coalition_stability(conflict, members)
