"""The graph model through a case: findings, target, coalitions, bad input."""

from __future__ import annotations

import pytest

from dragoman.errors import CaseError, MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve

CASE = """
parties: {N: {name: North}, S: {name: South}, X: {name: Onlooker}}
options:
  freeze: {owner: N, name: North freezes}
  lift: {owner: S, name: South lifts}
  wall: {owner: S, name: South builds a wall, moves: forward}
infeasible:
  - {lift: yes, wall: yes}
status_quo: [freeze]
preferences:
  N: [lift, not freeze]
  S:
    ranking:
      - freeze
      - freeze + lift
      - [none, freeze + wall]
      - lift
      - wall
"""


def test_statements_and_rankings_give_the_same_model() -> None:
    """Equilibria come out of statements and rankings together, with names, ways and reasons."""
    result = solve("graph", loads(CASE), draws=20, seed=1)
    answer = result.answer
    assert answer.parties == ("North", "South")
    assert answer.states[answer.status_quo].taken == ("freeze",)
    assert len(answer.states) == 6
    for concept, states in answer.equilibria.items():
        for state in states:
            assert answer.states[state].stable[concept] == ("North", "South")
    assert all(reason.words for reason in answer.reasons)


def test_equal_inputs_give_equal_results() -> None:
    """The whole result is the same each time, and the seed changes only what is drawn."""
    first, again = (solve("graph", loads(CASE), draws=30, seed=5).to_dict() for _ in range(2))
    assert first == again


def test_target_and_coalitions_on_request() -> None:
    """A target gives the inverse answer; coalitions give the states stable for all of them."""
    result = solve("graph", loads(CASE), draws=0, target=["freeze", "lift"], concept="NASH", coalitions=True)
    assert result.answer.inverse is not None
    assert set(result.answer.coalition_equilibria["NASH"]) <= set(result.answer.equilibria["NASH"])
    assert "freezes + South lifts" in result.reasons[-1]


def test_bad_requests_are_refused() -> None:
    """Unknown options and concepts, infeasible targets, and a case without options are refused."""
    with pytest.raises(UnknownNameError, match="fre"):
        solve("graph", loads(CASE), draws=0, target=["freez"])
    with pytest.raises(UnknownNameError, match="concept"):
        solve("graph", loads(CASE), draws=0, concept="nash")
    with pytest.raises(MethodError, match="feasible"):
        solve("graph", loads(CASE), draws=0, target=["lift", "wall"])
    with pytest.raises(MethodError, match="options"):
        solve("graph", loads("parties: {A: {name: A}}"), draws=0)
    with pytest.raises(MethodError, match="preferences"):
        solve("graph", loads("parties: {A: {name: A}}\noptions: {a: {owner: A}}\nstatus_quo: []"), draws=0)


def test_faults_of_the_case_are_found_when_it_is_read() -> None:
    """A status quo that cannot be, infeasible patterns that leave nothing, and an option without owner are faults."""
    with pytest.raises(CaseError):
        loads(CASE.replace("status_quo: [freeze]", "status_quo: [lift, wall]"))
    with pytest.raises(CaseError):
        loads(CASE.replace("  - {lift: yes, wall: yes}", "  - {freeze: yes}\n  - {freeze: no}"))
    with pytest.raises(CaseError):
        loads(CASE.replace("owner: N, name: North freezes", "name: North freezes"))
