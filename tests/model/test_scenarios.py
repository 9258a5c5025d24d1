"""Scenarios and differences: cases changed by path."""

from __future__ import annotations

import pytest
from tests.model.test_case_file import BASE, example

from dragoman.errors import CaseError, InputError, UnknownNameError
from dragoman.model import Change, diff, loads

WITH = (
    BASE
    + """\
infeasible: [f and not l]
scenarios:
  soft:
    because: talks
    changes: {issues.scope.positions.US.position: 60, issues.scope.status_quo: 10}
  wide:
    extends: soft
    changes: {parties.ROK: {name: South Korea}, infeasible.+: l and not f, infeasible.0: f and l}
    remove: [issues.scope.positions.DPRK]
"""
)


def test_a_scenario_changes_what_it_names_and_nothing_else() -> None:
    """Under a scenario exactly the named paths differ, and the case itself is as before."""
    case = loads(WITH)
    changed = case.with_scenario("soft")
    assert diff(case, changed) == (
        Change(path="issues.scope.positions.US.position", before=90, after=60),
        Change(path="issues.scope.status_quo", before=None, after=10),
    )
    assert changed.source.scenarios == ("soft",)
    assert case == loads(WITH)


def test_scenarios_extend_add_append_and_remove() -> None:
    """A scenario applies those that it extends first, adds entries, appends to lists and removes."""
    case = loads(WITH).with_scenario("wide")
    assert list(case.parties) == ["US", "DPRK", "ROK"]
    assert list(case.issues["scope"].positions) == ["US"]
    assert [pattern.yes for pattern in case.infeasible] == [frozenset({"f", "l"}), frozenset({"l"})]
    assert case.issues["scope"].positions["US"].position.central() == 60.0


def test_the_example_scenarios_do_what_they_say() -> None:
    """In the reference's example one scenario stands the guarantor down, and the last joins the two others."""
    case = loads(example())
    assert not case.with_scenario("no-guarantor").guarantors["league"].active
    assert {change.path for change in diff(case, case.with_scenario("both"))} == {
        "guarantors.league.active",
        "issues.flow.positions.North.position",
        "parties.North.factions.farmers.weight",
        "issues.inspection.positions.North",
    }


def test_changes_by_hand_are_checked_like_the_file() -> None:
    """A what-if by path is checked again; a path that leads nowhere is named."""
    case = loads(BASE)
    assert case.with_changes({"issues.scope.positions.US.position": 10}).arrays("scope").position[0, 0, 0] == 10.0
    with pytest.raises(CaseError, match="300"):
        case.with_changes({"issues.scope.positions.US.position": 300})
    with pytest.raises(InputError, match="did you mean 'scope'"):
        case.with_changes({"issues.scop.positions.US.position": 3})
    with pytest.raises(InputError, match="nothing called 'ROK'"):
        case.with_changes({}, remove=("parties.ROK",))
    with pytest.raises(UnknownNameError, match="did you mean 'soft'"):
        loads(WITH).with_scenario("sofd")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{changes: {issues.scope.positions.UK.position: 3}}", "nothing called 'UK' in issues.scope.positions"),
        ("{changes: {issues.scope.positions.US.position: 300}}", "issues.scope.positions.US.position: 300"),
        ("{changes: {issues.scope.positions.US.salienc: 1}}", "unknown key 'salienc'"),
        ("{remove: [parties.UK]}", "nothing called 'UK' in parties"),
        ("{remove: [parties.US]}", "unknown party 'US'"),
        ("{changes: {infeasible.3: f}}", "nothing called 'infeasible'"),
        ("{extends: nobody}", "unknown scenario 'nobody'"),
        ("{extends: x}", "a circle: x extends x"),
    ],
)
def test_scenarios_are_checked_when_the_case_is_loaded(entry: str, said: str) -> None:
    """A scenario whose path leads nowhere, or whose case would be at fault, is a fault of the file, at its line."""
    with pytest.raises(CaseError) as caught:
        loads(f"{BASE}scenarios:\n  x: {entry}\n")
    assert any(said in fault.found and fault.path.startswith("scenarios.x") for fault in caught.value.faults)
    assert {fault.line for fault in caught.value.faults} == {13}


def test_draws_of_untouched_numbers_stay_the_same_under_a_scenario() -> None:
    """A scenario that adds a party shifts no other number's draws."""
    text = BASE.replace("position: 90", "position: {low: 80, high: 100}")
    case = loads(text)
    added = case.with_changes({"parties.ROK": {"capability": {"low": 1, "high": 2}}})
    before = case.arrays("scope", draws=20, seed=5).position[:, 0, 0]
    after = added.arrays("scope", draws=20, seed=5).position[:, 0, 0]
    assert before.tolist() == after.tolist()
