"""Misperception: the definitions, on random views, and what is refused."""

from __future__ import annotations

import random

import pytest

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import Case, loads
from dragoman.solve import solve
from dragoman.solve.graph import problem_of
from tests.solve.graph import slow

PARTIES = ("A", "B", "C")
OPTIONS = {"a": "A", "b": "B", "c": "C", "d": "A"}


def random_case(seed: int) -> Case:
    """Three parties, four options, and two views that change preferences and what can be."""
    rng = random.Random(seed)  # noqa: S311 - no secret

    def wants() -> str:
        names = rng.sample(sorted(OPTIONS), 3)
        return "[" + ", ".join(rng.choice(["", "not "]) + name for name in names) + f", {names[0]} iff {names[1]}]"

    options = ", ".join(f"{name}: {{owner: {owner}}}" for name, owner in OPTIONS.items())
    preferences = "".join(f"  {party}: {wants()}\n" for party in PARTIES)
    views = "".join(
        f"  view-{at}: {{changes: {{preferences.{rng.choice(PARTIES)}: {wants()}, "
        f"infeasible: [{{{rng.choice('ab')}: yes, {rng.choice('cd')}: {rng.choice(['yes', 'no'])}}}]}}}}\n"
        for at in (1, 2)
    )
    return loads(
        f"parties: {{A: {{name: A}}, B: {{name: B}}, C: {{name: C}}}}\noptions: {{{options}}}\n"
        f"preferences:\n{preferences}scenarios:\n{views}"
    )


def stable_in(case: Case, concept: str) -> dict[str, set[frozenset[str]]]:
    """By party the states that are stable in a view, by the definitions."""
    problem = problem_of(case)
    found: dict[str, set[frozenset[str]]] = {}
    for at, party in enumerate(problem.party_ids):
        found[party] = {
            frozenset(name for place, name in enumerate(problem.option_ids) if int(bits) >> place & 1)
            for state, bits in enumerate(problem.conflict.states)
            if slow.stable(problem.conflict, at, state, concept)
        }
    return found


@pytest.mark.parametrize("concept", ["NASH", "SEQ", "GMR", "SMR"])
@pytest.mark.parametrize("seed", range(6))
def test_every_set_is_that_of_the_definitions(seed: int, concept: str) -> None:
    """What holds, is shared, is not foreseen and surprises, state by state, each party in its own view."""
    case = random_case(seed)
    views = {"A": "view-1", "B": "view-2"}
    answer = solve("hypergame", case, views=views, concept=concept).answer
    stable = {
        party: stable_in(case.with_scenario(views[party]) if party in views else case, concept) for party in PARTIES
    }
    holds = set.intersection(*(stable[party][party] for party in PARTIES))
    believed = {party: set.intersection(*stable[party].values()) for party in PARTIES}
    assert {frozenset(one) for one in answer.holds} == holds
    assert {frozenset(one) for one in answer.shared} == set.intersection(*believed.values())
    assert {frozenset(one) for one in answer.unforeseen} == {
        one for one in holds if any(one not in believed[party] for party in PARTIES)
    }
    want = {
        (party, one, leaver)
        for party in PARTIES
        for one in believed[party] - holds
        for leaver in PARTIES
        if leaver != party and one not in stable[leaver][leaver]
    }
    assert {(one.party, frozenset(one.state), one.leaver) for one in answer.surprises} == want


def test_one_view_of_all_is_the_graph_model() -> None:
    """Where a view changes nothing, what holds is what the graph model gives, and nobody is surprised."""
    case = random_case(1)
    same = case.with_changes({"scenarios.same": {"changes": {"title": "Another title"}}})
    answer = solve("hypergame", same, views={"A": "same"}).answer
    graph = solve("graph", case, draws=0).answer
    assert {frozenset(one) for one in answer.holds} == {
        frozenset(graph.states[state].taken) for state in graph.equilibria["SEQ"]
    }
    assert not answer.surprises
    assert not answer.unforeseen


def test_bad_views_are_refused() -> None:
    """No views, an unknown party, scenario or concept, and a view with other movers are refused."""
    case = random_case(0)
    with pytest.raises(MethodError, match="no views"):
        solve("hypergame", case)
    with pytest.raises(UnknownNameError, match="Z"):
        solve("hypergame", case, views={"Z": "view-1"})
    with pytest.raises(UnknownNameError, match="vieww"):
        solve("hypergame", case, views={"A": "vieww"})
    with pytest.raises(UnknownNameError, match="concept"):
        solve("hypergame", case, views={"A": "view-1"}, concept="seq")
