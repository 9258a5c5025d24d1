"""Writing cases: new ones, edits that keep comments, the schema for editors."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.test_case_file import BASE, REFERENCE, example

from dragoman.errors import CaseError, InputError
from dragoman.model import add_scenario, case_schema, loads, new_case, remove_value, set_value
from dragoman.model._schema import schema_text
from dragoman.model._yaml import parse


def changed_lines(before: str, after: str) -> list[str]:
    """The lines of ``after`` that ``before`` has not."""
    old = before.splitlines()
    return [line for line in after.splitlines() if line not in old]


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (
            "issues.flow.positions.North.position.value",
            22,
            ["        position: {value: 22, low: 10, high: 40}          # triangular, mode 20"],
        ),
        ("issues.islet.status_quo", 22, ["    status_quo: 22"]),
        ("title", "Yes: no", ['title: "Yes: no"']),
        ("as_of", "2021-07-01", ['as_of: "2021-07-01"                # dated values later than this are not seen']),
        ("parties.South.capability", {"low": 30, "high": 50}, ["    capability: {low: 30, high: 50}"]),
        ("plan.1", ["joint-works"], []),
    ],
)
def test_setting_a_value_changes_one_line(path: str, value: object, lines: list[str]) -> None:
    """A value set by path changes its own place alone; comments and order stay."""
    text = example()
    edited = set_value(text, path, value)
    assert changed_lines(text, edited) == lines
    loads(edited)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=30).filter(str.isprintable), st.floats(0, 100), st.integers(0, 100)))
def test_a_set_value_is_read_back(value: object) -> None:
    """Whatever text or number is set, reading the file gives it back, whole."""
    path = "title" if isinstance(value, str) else "issues.scope.positions.US.position"
    text = "title: x\n" + BASE
    tree, faults = parse(set_value(text, path, value), "case")
    node = tree
    for key in path.split("."):
        node = node[key]
    assert node == value
    assert not faults.found


def test_replacing_a_block_keeps_comments_elsewhere() -> None:
    """Where a whole block is replaced, comments outside it stay."""
    edited = set_value(example(), "parties.League", {"name": "League", "capability": 1})
    assert "# names in the record" in edited
    assert loads(edited).parties["League"].capability is not None


def test_lists_with_ids_are_edited_by_id() -> None:
    """A path by identifier finds its entry in a list of entries with ids."""
    text = "parties:\n  - id: US   # first\n    capability: 1\n  - {id: CN, capability: 2}\n"
    assert set_value(text, "parties.CN.capability", 3) == text.replace("capability: 2", "capability: 3")
    assert list(loads(remove_value(text, "parties.US")).parties) == ["CN"]


def test_removing_takes_one_entry_out() -> None:
    """What is removed is gone, and the rest is still a case."""
    edited = remove_value(example(), "issues.islet")
    assert list(loads(edited).issues) == ["flow", "inspection"]
    assert "# settled together" in edited


def test_scenarios_are_added_beside_the_others() -> None:
    """A scenario is added to a file with and without scenarios, and to an empty list of them."""
    changes = {"issues.scope.positions.US.position": 40}
    for text in (BASE, BASE + "scenarios: {}\n", BASE + "scenarios:\n  old: {changes: {title: y}}\n"):
        case = loads(add_scenario(text, "softer", changes, because="said so: yes"))
        assert case.scenarios["softer"].because == "said so: yes"
        assert case.with_scenario("softer").issues["scope"].positions["US"].position.central() == 40.0
    with pytest.raises(InputError, match="already"):
        add_scenario(BASE + "scenarios: {softer: {}}\n", "softer", {})


def test_edits_that_lead_nowhere_are_refused() -> None:
    """A path that leads nowhere, and a text that is no case, give a clear error."""
    with pytest.raises(InputError, match="did you mean 'scope'"):
        set_value(BASE, "issues.scop.name", "x")
    with pytest.raises(InputError, match="nothing called 'ROK'"):
        remove_value(BASE, "parties.ROK")
    with pytest.raises(CaseError):
        set_value("[1", "a", 1)


@pytest.mark.parametrize(
    ("parties", "issues"),
    [
        (["US", "DPRK"], ["Scope: all or part", "Order"]),
        (["No", "true", "7 Sisters"], []),
        (["Côte d'Ivoire", "中国"], ["x"]),
    ],
)
def test_a_new_case_loads_and_keeps_the_names(parties: list[str], issues: list[str]) -> None:
    """A new case is a case at once, with the names as they were given."""
    case = loads(new_case(parties, issues))
    assert [party.name for party in case.parties.values()] == parties
    assert [issue.name for issue in case.issues.values()] == issues
    assert all(len(issue.positions) == len(parties) for issue in case.issues.values())


@pytest.mark.parametrize("parties", [[], ["US", "US"], ["?!"]])
def test_a_new_case_needs_parties_with_names(parties: list[str]) -> None:
    """No parties, the same party twice, and a name without letters are refused."""
    with pytest.raises(InputError):
        new_case(parties, ["Scope"])


def test_the_published_schema_is_current() -> None:
    """The schema in the reference is the one that the types give."""
    assert (REFERENCE.parent / "case.schema.json").read_text(encoding="utf-8") == schema_text()


def valid(text: str) -> bool:
    """Whether the schema accepts a text."""
    tree, _ = parse(text, "case")
    validator = jsonschema.Draft202012Validator(case_schema())
    return bool(validator.is_valid(json.loads(json.dumps(tree, default=str))))


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    """The schema is a valid one and accepts the example, a new case and the list form."""
    jsonschema.Draft202012Validator.check_schema(case_schema())
    assert valid(example())
    assert valid(new_case(["US", "DPRK"], ["Scope"]))
    assert valid("parties: [{id: US}, CN]\nissues: [{id: x, positions: {US: {position: 3, salience: 1}}}]\n")


@pytest.mark.parametrize(
    "text",
    [
        "title: x",
        "parties: {US: {capabilty: 3}}",
        "parties: {US: {capability: many}}",
        BASE + "measures: {a: {}}\n",
        BASE.replace("owner: DPRK, ", ""),
        BASE.replace("salience: 0.5", "salience: {hgih: 3}"),
    ],
)
def test_the_schema_refuses_what_has_no_shape(text: str) -> None:
    """The schema refuses unknown keys, missing entries and numbers that are none."""
    assert not valid(text)
