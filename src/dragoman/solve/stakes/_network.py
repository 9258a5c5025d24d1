"""The network of a case: arcs in one draw, the cheapest route, and the cheapest that uses a new arc.

1. Generalised cost of an arc per tonne: cost x km + border cost + fee + value of a day x
   (km / (24 x speed) + delay).
2. The cheapest route by Dijkstra's method (networkx).
3. The cheapest route over at least one of some arcs: for each of them, the cheapest way
   to its start and from its end.  If the best of these passes no place twice, nothing
   cheaper exists; else simple routes are listed by cost (Yen's method, networkx) until
   one uses such an arc.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    import networkx as nx

    from dragoman.model import Arc, Corridors
    from dragoman.solve.stakes._money import Purse

MOST_LISTED = 10_000
Weight: TypeAlias = Callable[[str, str, Mapping[str, Any]], float | None]


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One arc in one draw: money and days a tonne, the fee in it, capacity (inf: none stated)."""

    arc: str
    payee: str | None
    fare: float
    fee: float
    days: float
    km: float
    capacity: float


@dataclass(frozen=True, kw_only=True)
class Route:
    """A route: its arcs, money, days and kilometres a tonne, and the generalised cost for its demand."""

    arcs: tuple[str, ...]
    places: tuple[str, ...]
    fare: float
    days: float
    km: float
    cost: float


@dataclass(frozen=True, kw_only=True)
class Network:
    """The arcs as a graph with an edge for each direction that is open to traffic, and the same turned round."""

    forward: nx.MultiDiGraph[str]
    backward: nx.MultiDiGraph[str]

    @classmethod
    def of(cls, corridors: Corridors) -> Network:
        """The network of a case."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(corridors.places)
        for name, arc in corridors.arcs.items():
            graph.add_edge(arc.start, arc.end, key=name)
            if arc.two_way:
                graph.add_edge(arc.end, arc.start, key=name)
        return cls(forward=graph, backward=graph.reverse(copy=True))


def legs_of(arc: Arc, purse: Purse) -> list[Leg]:
    """An arc in every draw.

    Raises:
        MethodError: a length or speed that is not above 0.
    """
    km, speed = purse.number(arc.length_km), purse.number(arc.speed_kmh, np.inf)
    _check_above(arc, "length_km", km)
    _check_above(arc, "speed_kmh", speed)
    fee = purse.money(arc.fee)
    fare = purse.money(arc.cost) * km + purse.money(arc.border_cost) + fee
    days = km / (24 * speed) + purse.number(arc.delay_days)
    columns = (fare, fee, days, km, purse.number(arc.capacity, np.inf))
    rows = np.stack(columns, axis=1).tolist()
    return [
        Leg(arc=arc.id, payee=arc.payee, fare=fare, fee=fee, days=days, km=km, capacity=capacity)
        for fare, fee, days, km, capacity in rows
    ]


def _check_above(arc: Arc, name: str, values: Floats) -> None:
    if not (values > 0).all():
        raise MethodError(f"stakes.corridors.arcs.{arc.id}.{name}", f"{values.min():g}", "a number above 0")


def costs_of(legs: Mapping[str, Leg], usable: Iterable[str], day: float) -> dict[str, float]:
    """The generalised cost a tonne of each usable arc, a day being worth ``day``."""
    return {name: legs[name].fare + day * legs[name].days for name in usable}


def cheapest(
    network: Network, legs: Mapping[str, Leg], costs: Mapping[str, float], ends: tuple[str, str]
) -> Route | None:
    """The route of least generalised cost over the arcs of ``costs``; None where there is none."""
    import networkx as nx

    try:
        places: list[str] = nx.dijkstra_path(network.forward, *ends, weight=_weight(costs))
    except nx.NetworkXNoPath:
        return None
    return _route(legs, costs, places, _along(network.forward, costs, places))


def through(
    network: Network, legs: Mapping[str, Leg], costs: Mapping[str, float], fresh: Iterable[str], ends: tuple[str, str]
) -> Route | None:
    """The cheapest route without a place twice that uses at least one of the ``fresh`` arcs; None where there is none.

    Raises:
        MethodError: none of the 10,000 cheapest routes uses one, and there are more.
    """
    usable = sorted(set(fresh) & set(costs))
    walk = _walk(network, costs, usable, ends)
    if walk is None:
        return None
    arcs, places = walk
    if len(set(places)) == len(places):
        return _route(legs, costs, places, arcs)
    return _listed(network, legs, costs, usable, ends)


def _walk(
    network: Network, costs: Mapping[str, float], usable: Sequence[str], ends: tuple[str, str]
) -> tuple[list[str], list[str]] | None:
    """The cheapest walk over any of the usable arcs: arcs and places."""
    weight = _weight(costs)
    to, ways = _reached(network.forward, ends[0], weight)
    left, back = _reached(network.backward, ends[1], weight)
    wanted = set(usable)
    found = [
        (to[first] + costs[name] + left[last], name, first, last)
        for first, last, name in network.forward.edges(keys=True)
        if name in wanted and first in to and last in left
    ]
    if not found:
        return None
    _, name, first, last = min(found)
    before, after = ways[first], back[last][::-1]
    arcs = [*_along(network.forward, costs, before), name, *_along(network.forward, costs, after)]
    return arcs, [*before, *after]


def _reached(graph: nx.MultiDiGraph[str], start: str, weight: Weight) -> tuple[dict[str, float], dict[str, list[str]]]:
    """From ``start``: the cost of each place that can be reached, and the way to it."""
    import networkx as nx

    found: Any = nx.single_source_dijkstra(graph, start, weight=weight)
    costs, ways = found
    return costs, ways


def _listed(
    network: Network, legs: Mapping[str, Leg], costs: Mapping[str, float], usable: Sequence[str], ends: tuple[str, str]
) -> Route | None:
    """The first simple route by cost with a usable arc; each arc is a node of its own, so that parallel ones differ."""
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(ends)
    for first, last, name in network.forward.edges(keys=True):
        if name in costs:
            graph.add_edge(first, (name, first), cost=costs[name])
            graph.add_edge((name, first), last, cost=0.0)
    for number, path in enumerate(nx.shortest_simple_paths(graph, *ends, weight="cost")):
        arcs = [node[0] for node in path[1::2]]
        if not set(arcs).isdisjoint(usable):
            return _route(legs, costs, path[::2], arcs)
        if number == MOST_LISTED:
            found = f"no new arc on the {MOST_LISTED} cheapest routes"
            raise MethodError("stakes.corridors", found, "a smaller network")
    return None


def _weight(costs: Mapping[str, float]) -> Weight:
    def weight(_start: str, _end: str, edges: Mapping[str, Any]) -> float | None:
        return min((costs[name] for name in edges if name in costs), default=None)

    return weight


def _along(graph: nx.MultiDiGraph[str], costs: Mapping[str, float], places: Sequence[str]) -> list[str]:
    """The cheapest usable arc between each two places that follow each other."""
    return [
        min((name for name in graph[first][last] if name in costs), key=lambda name: (costs[name], name))
        for first, last in pairwise(places)
    ]


def _route(legs: Mapping[str, Leg], costs: Mapping[str, float], places: Sequence[str], arcs: Sequence[str]) -> Route:
    return Route(
        arcs=tuple(arcs),
        places=tuple(places),
        fare=sum(legs[name].fare for name in arcs),
        days=sum(legs[name].days for name in arcs),
        km=sum(legs[name].km for name in arcs),
        cost=sum(costs[name] for name in arcs),
    )
