"""Corridors: routes against the enumeration of all, shifts, capacities and fees by hand."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import CaseError, MethodError
from dragoman.model import Sampler
from dragoman.solve import solve
from dragoman.solve.stakes import Network, Purse, cheapest, network_flows, shifting_share, through
from dragoman.solve.stakes._network import Leg
from tests.solve.stakes.cases import case

PLACES = "abcdef"


def random_network(seed: int) -> tuple[Network, dict[str, Leg], dict[str, float], set[str]]:
    """Up to six places and twelve arcs, some one way and some parallel, and which of them are new."""
    rng = np.random.default_rng(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(PLACES)
    legs, fresh = {}, set()
    for number in range(int(rng.integers(3, 13))):
        start, end = (PLACES[place] for place in rng.choice(6, 2, replace=False))
        name = f"arc{number:02d}"
        graph.add_edge(start, end, key=name)
        if rng.random() < 0.7:
            graph.add_edge(end, start, key=name)
        fare = float(rng.uniform(1, 10))
        legs[name] = Leg(arc=name, payee=None, fare=fare, fee=0.0, days=1.0, km=1.0, capacity=math.inf)
        if rng.random() < 0.3:
            fresh.add(name)
    costs = {name: leg.fare + 2 * leg.days for name, leg in legs.items() if rng.random() < 0.9}
    return Network(forward=graph, backward=graph.reverse(copy=True)), legs, costs, fresh


def slow(network: Network, costs: dict[str, float], needed: set[str] | None) -> float | None:
    """The least cost of any route without a place twice (and with a needed arc), by enumeration."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(network.forward.nodes)
    graph.add_edges_from(edge for edge in network.forward.edges(keys=True) if edge[2] in costs)
    routes = [[edge[-1] for edge in path] for path in nx.all_simple_edge_paths(graph, "a", "f")]
    return min((sum(costs[arc] for arc in one) for one in routes if needed is None or needed & set(one)), default=None)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_routes_are_the_cheapest_of_all(seed: int) -> None:
    """Both searches find what listing every route finds, or nothing where there is none."""
    network, legs, costs, fresh = random_network(seed)
    for found, wanted in (
        (cheapest(network, legs, costs, ("a", "f")), slow(network, costs, None)),
        (through(network, legs, costs, fresh, ("a", "f")), slow(network, costs, fresh)),
    ):
        if found is None or wanted is None:
            assert found is None
            assert wanted is None
            continue
        assert found.cost == pytest.approx(wanted)
        assert sum(costs[arc] for arc in found.arcs) == pytest.approx(wanted)
        assert len(set(found.places)) == len(found.places) == len(found.arcs) + 1
        hops = zip(found.places, found.places[1:], found.arcs, strict=False)
        assert all(network.forward.has_edge(first, last, key=arc) for first, last, arc in hops)


def test_a_detour_that_passes_a_place_twice_is_no_route() -> None:
    """Where the cheapest walk over a new arc turns back on itself, the cheapest real route is found instead."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = [("a", "f", "main"), ("a", "b", "spur"), ("b", "a", "spur"), ("b", "f", "long")]
    for start, end, name in edges:
        graph.add_edge(start, end, key=name)
    network = Network(forward=graph, backward=graph.reverse(copy=True))
    fares = {"main": 1.0, "spur": 1.0, "long": 50.0}
    legs = {
        name: Leg(arc=name, payee=None, fare=fare, fee=0.0, days=0.0, km=1.0, capacity=math.inf)
        for name, fare in fares.items()
    }
    found = through(network, legs, fares, {"spur"}, ("a", "f"))
    assert found is not None
    assert (found.arcs, found.cost) == (("spur", "long"), 51)
    assert through(network, legs, {"main": 1.0, "spur": 1.0}, {"spur"}, ("a", "f")) is None


def corridors(arcs: str, *, tonnes: float = 100, scale: float = 10, demand: str = "") -> str:
    """Stakes with a network between x and y by way of m and n."""
    return f"""
  corridors:
    logit_scale: {scale}
    places: {{x: {{name: X}}, y: {{name: Y}}, m: {{name: M}}, n: {{name: N}}}}
    arcs:
      old: {{from: x, to: y, mode: sea, length_km: 1000, cost: 0.05, speed_kmh: 10, delay_days: 1, fee: 2, payee: B}}
{arcs}
    demands:
      d: {{from: x, to: y, tonnes: {tonnes}, value_of_time: 3{demand}}}
"""


def flows_of(stakes: str, done: tuple[str, ...] = ("open",)) -> Any:
    """The network of a case at its central values."""
    found = case(stakes)
    assert found.stakes.corridors is not None
    return network_flows(found.stakes.corridors, Purse(found, Sampler()), done)[0]


NEW = "      new: {from: x, to: y, mode: rail, length_km: 500, cost: 0.1, fee: 4, payee: A, needs: [open]%s}"
OLD_COST = 0.05 * 1000 + 2 + 3 * (1000 / 240 + 1)


def test_cost_shift_and_fees_by_hand() -> None:
    """Generalised cost, the logit share, the fees won and lost, and what is saved are those worked out by hand."""
    flows = flows_of(corridors(NEW % ""))
    (shift,) = flows.shifts
    assert shift.before.cost == pytest.approx(OLD_COST)
    assert shift.after.cost == pytest.approx(54)
    share = 1 / (1 + math.exp((54 - OLD_COST) / 10))
    assert shift.shifted == pytest.approx(100 * share)
    assert flows.income == pytest.approx({"A": 400 * share, "B": -200 * share})
    assert shift.saved_money == pytest.approx(100 * share * (52 - 54))
    assert shift.saved_days == pytest.approx(100 * share * (1000 / 240 + 1))


def test_capacity_is_loaded_route_by_route() -> None:
    """What the best new route cannot take goes on to the next, up to the share that this one would have."""
    arcs = (
        NEW % ", capacity: 30" + "\n      next: {from: x, to: y, mode: rail, length_km: 590, cost: 0.1, needs: [open]}"
    )
    flows = flows_of(corridors(arcs))
    share = 1 / (1 + math.exp((59 - OLD_COST) / 10))
    assert flows.shifts[0].shifted == pytest.approx(100 * share)
    assert flows.income["A"] == pytest.approx(120)
    alone = flows_of(corridors(NEW % ", capacity: 30"))
    assert alone.shifts[0].shifted == pytest.approx(30)


def test_without_the_measure_nothing_shifts() -> None:
    """An arc that needs a measure is shut until it is carried out, and a closed arc stays shut."""
    assert flows_of(corridors(NEW % ""), ()).shifts[0].after is None
    assert flows_of(corridors(NEW % ", closed: true")).shifts[0].shifted == 0


def test_all_or_nothing_without_a_scale() -> None:
    """With a logit scale of 0 the cheaper route takes all; equal costs halve it."""
    assert shifting_share(10, 9, 0) == 1
    assert shifting_share(9, 10, 0) == 0
    assert shifting_share(9, 9, 0) == 0.5
    assert shifting_share(0, 1e9, 1) == pytest.approx(0, abs=1e-300)
    assert shifting_share(3, 3, 7) == 0.5


def test_who_has_no_route_takes_the_new_one() -> None:
    """Tonnes without a route today all take the deal's, as far as it has room."""
    arcs = "      new: {from: x, to: m, mode: rail, length_km: 1, fee: 1, payee: A, capacity: 40, needs: [open]}"
    stakes = corridors(arcs).replace(" d: {from: x, to: y", " d: {from: x, to: m")
    (shift,) = flows_of(stakes).shifts
    assert (shift.before, shift.unserved, shift.shifted) == (None, 100, 40)


def test_routes_before_have_capacities_too() -> None:
    """Today's freight fills today's routes first, and what finds no room has no route until the deal opens one."""
    stakes = corridors(NEW % "", scale=10).replace("payee: B}", "payee: B, capacity: 60}")
    (shift,) = flows_of(stakes).shifts
    share = 1 / (1 + math.exp((54 - OLD_COST) / 10))
    assert shift.unserved == 40
    assert shift.shifted == pytest.approx(40 + 60 * share)


def test_modes_restrict_a_demand() -> None:
    """A demand that goes by sea does not take a railway."""
    assert flows_of(corridors(NEW % "", demand=", modes: [sea]")).shifts[0].after is None


def test_a_disconnected_network_is_refused() -> None:
    """A demand that no arcs serve, before or after, is an error that names it."""
    stakes = corridors(NEW % "").replace(" d: {from: x, to: y", " d: {from: x, to: n")
    with pytest.raises(MethodError, match=r"demands\.d: no route from x to n"):
        solve("stakes", case(stakes), draws=0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("length_km: 500", "length_km: -500"), "length_km"),
        (("fee: 4", "fee: {amount: 4, currency: XXX}"), "unknown currency 'XXX'"),
        (("needs: [open]", "needs: [opne]"), "did you mean 'open'"),
        (("to: y, mode: rail", "to: q, mode: rail"), "unknown place 'q'"),
    ],
)
def test_bad_networks_are_refused_when_read(wrong: tuple[str, str], words: str) -> None:
    """Negative lengths, unknown currencies, measures and places are faults of the case."""
    with pytest.raises(CaseError, match=words):
        case((corridors(NEW % "") + "  currencies: {EUR: 1.1}\n").replace(*wrong))


def test_a_length_of_zero_is_refused() -> None:
    """An arc without length cannot be solved."""
    with pytest.raises(MethodError, match="length_km: 0; expected a number above 0"):
        flows_of(corridors((NEW % "").replace("length_km: 500", "length_km: 0")))
