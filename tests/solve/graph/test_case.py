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
    assert (answer.parties, answer.names) == (("N", "S"), ("North", "South"))
    assert answer.states[answer.status_quo].taken == ("freeze",)
    assert len(answer.states) == 6
    for concept, states in answer.equilibria.items():
        for state in states:
            assert answer.states[state].stable[concept] == ("N", "S")
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


def test_large_conflicts_cost_no_more_than_what_is_told() -> None:
    """Reasons and ways are worked out for told states only, rows when asked for; too many draws are cut and told."""
    parties = "".join(f"  P{at}: {{name: P {at}}}\n" for at in range(4))
    options = "".join(f"  o{at}: {{owner: P{at % 4}}}\n" for at in range(14))
    wants = "".join(f"  P{at}: [{', '.join(f'o{(at + 3 * k) % 14}' for k in range(1, 4))}]\n" for at in range(4))
    case = loads(f"parties:\n{parties}options:\n{options}status_quo: []\npreferences:\n{wants}")
    result = solve("graph", case, draws=1000)
    answer = result.answer
    assert len(answer.states) == 1 << 14
    assert len({*answer.equilibria["NASH"], *answer.equilibria["SEQ"]}) > 200
    assert len(answer.reasons) <= 7 * 2 * 4
    assert len(answer.ways) <= 200
    assert result.draws == 256
    assert any("256 draws of the preferences were made instead of 1000" in words for words in result.warnings)


def test_rows_are_the_same_however_they_are_asked_for() -> None:
    """The table of states gives the same rows by number, by slice and one after another."""
    states = solve("graph", loads(CASE), draws=0).answer.states
    rows = list(states)
    assert rows == [states[at] for at in range(len(states))] == states[:]
    assert (states[-1], states[1:5:2]) == (rows[-1], rows[1:5:2])
    with pytest.raises(IndexError):
        _ = states[len(states)]


def test_an_indifferent_mover_does_not_dislike() -> None:
    """A move that is all one to its mover is told as such, and added states and tie groups by their names."""
    case = loads("""
parties: {A: {name: A}, B: {name: B}}
options: {a: {owner: A}, b: {owner: B}}
status_quo: []
preferences:
  A: {ranking: [[none, a], b, a + b]}
  B: {ranking: [b + a, a, b, none], swap: 0}
""")
    words = "\n".join(solve("graph", case, draws=200, seed=1).reasons)
    assert "in 1 move, with 1 that is all one to the mover: A goes to [a] (which is all one to it)." in words
    assert "A's [b] over [a + b]: reversed" in words
    assert "tie group" not in words
