"""Voting rules: every number against all votes of small bodies, one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.voting import Rule, _shapley

YES, NEITHER, NO = "yes", "neither", "no"


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Bodies of two to four members in one or two houses, with vetoes, minorities or abstention."""
    n = draw(st.integers(2, 4))
    houses, quotas = [], []
    for _ in range(draw(st.integers(1, 2))):
        weights = draw(st.lists(st.integers(0, 4), min_size=n, max_size=n).filter(any))
        houses.append(tuple(weights))
        quotas.append(draw(st.integers(1, sum(weights))))
    aside = draw(st.booleans())
    return Rule(
        houses=tuple(houses),
        quotas=tuple(quotas),
        vetoes=frozenset(draw(st.sets(st.integers(0, n - 1), max_size=2))),
        blocking=0 if aside else draw(st.integers(0, 3)),
        abstention="aside" if aside else "against",
    )


def passes(rule: Rule, vote: tuple[str, ...]) -> bool:
    """Whether a vote passes, straight from the rule."""
    yes = [at for at, one in enumerate(vote) if one == YES]
    barred = NO if rule.abstention == "aside" else (NO, NEITHER)
    if any(vote[at] in barred for at in rule.vetoes):
        return False
    reached = all(
        sum(weights[at] for at in yes) >= quota for weights, quota in zip(rule.houses, rule.quotas, strict=True)
    )
    return reached or rule.members - len(yes) < rule.blocking


@settings(max_examples=150, deadline=None)
@given(rules())
def test_swings_and_passing_votes_are_those_of_all_votes(rule: Rule) -> None:
    """In every vote of the others: does yes pass and no fail; and of all votes, how many pass."""
    says = (YES, NEITHER, NO) if rule.abstention == "aside" else (YES, NO)
    n = rule.members
    every = list(product(says, repeat=n))
    assert rule.passing() == Fraction(sum(passes(rule, vote) for vote in every), len(every))
    for at in range(n):
        want = [0] * n
        for vote in (one for one in every if one[at] == YES):
            refused = (*vote[:at], NO, *vote[at + 1 :])
            if passes(rule, vote) and not passes(rule, refused):
                want[vote.count(YES) - 1] += 1
        assert rule.swings(at) == want


@settings(max_examples=60, deadline=None)
@given(rules().filter(lambda rule: rule.abstention == "against"))
def test_shapley_shubik_is_the_share_of_orders(rule: Rule) -> None:
    """Over all orders in which members say yes, how often each is the one with whom the proposal passes."""
    n = rule.members
    turned = dict.fromkeys(range(n), 0)
    for order in permutations(range(n)):
        for length in range(n + 1):
            vote = tuple(YES if at in order[:length] else NO for at in range(n))
            if passes(rule, vote):
                if length:
                    turned[order[length - 1]] += 1
                break
    orders = sum(1 for _ in permutations(range(n)))
    assert [_shapley(rule.swings(at), n) for at in range(n)] == [Fraction(turned[at], orders) for at in range(n)]


def test_a_house_of_members_and_one_of_people_must_both_agree() -> None:
    """Four of the largest of seven hold enough people and too few members; with three opponents they pass."""
    members = "ABCDEFG"
    case = loads("parties: {" + ", ".join(f"{one}: {{name: {one}}}" for one in members) + "}\n")
    people = dict(zip(members, (30, 25, 20, 15, 4, 3, 3), strict=True))
    houses = {"members": {"quota": 5}, "people": {"quota": 65, "votes": people}}
    plain, minority = (solve("voting", case, houses=houses, blocking=block).answer for block in (0, 4))
    assert plain.passing < minority.passing
    assert next(one.weights for one in plain.members) == {"members": 1, "people": 30}
    assert sum(one.shapley_shubik for one in plain.members) == pytest.approx(1)


def test_the_formats_own_votes_are_the_default_and_bad_rules_are_refused() -> None:
    """One house of the format's votes gives what the method power gives; what cannot be counted is refused."""
    case = loads("parties: {A: {name: A}, B: {name: B}, C: {name: C}}\nformat: {quota: 4, votes: {A: 3, B: 2, C: 1}}\n")
    mine = {one.party: one.shapley_shubik for one in solve("voting", case).answer.members}
    assert mine == {one.party: one.shapley_shubik for one in solve("power", case).answer.players}
    with pytest.raises(MethodError, match="quota"):
        solve("voting", case, houses={"x": {"quota": 9}})
    with pytest.raises(MethodError, match="whole number"):
        solve("voting", case, houses={"x": {"quota": 1, "votes": {"A": 0.5}}})
    with pytest.raises(UnknownNameError, match="Z"):
        solve("voting", case, houses={"x": {"quota": 1, "votes": {"Z": 1}}})
    with pytest.raises(MethodError, match="blocking"):
        solve("voting", case, blocking=1, abstention="aside")
    with pytest.raises(MethodError, match="larger units"):
        solve("voting", case, houses={"x": {"quota": 1, "votes": {"A": 1_000_000}}})


def test_a_council_of_many_states_is_counted() -> None:
    """Twenty-seven members in two houses, people in thousandths: within reach, and shares that add up."""
    names = [f"P{at}" for at in range(27)]
    case = loads("parties: {" + ", ".join(f"{name}: {{name: {name}}}" for name in names) + "}\n")
    people = {name: 2 + 70 * (26 - at) ** 2 // 470 for at, name in enumerate(names)}
    houses = {"members": {"quota": 15}, "people": {"quota": 65 * sum(people.values()) // 100 + 1, "votes": people}}
    answer = solve("voting", case, houses=houses, blocking=4).answer
    assert sum(one.shapley_shubik for one in answer.members) == pytest.approx(1)
    assert answer.members[0].banzhaf == max(one.banzhaf for one in answer.members)
