"""Corridors: routes before and after, what shifts, and who earns on the way.

1. An arc is open when it is not closed and every measure or option that it needs is
   carried out.  Its generalised cost per tonne: cost x km + border cost + fee + value of
   a day x (km / (24 x speed) + delay).
2. For each demand the cheapest route without the deal's arcs, and the cheapest that uses
   at least one of them (Dijkstra, networkx), by the modes that the demand allows.
3. A share exp(-after/s) / (exp(-after/s) + exp(-before/s)) of the
   tonnes shifts, s being the stated logit scale; capacities are respected by loading
   route after route until the share is placed or no cheaper route has room.
4. Income of a party: its fees on what shifts, less its fees on the route left.

One draw at a time: networks are small, and each draw has its own costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Arc, Corridors
    from dragoman.solve.stakes._money import Purse

ROUNDS = 20


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One arc in one draw: money and days a tonne, the fee in it, capacity (inf: none stated)."""

    arc: str
    start: str
    end: str
    mode: str
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
class Shift:
    """One demand in one draw: the routes before and after, tonnes that shift, and money and days saved on them."""

    demand: str
    before: Route | None
    after: Route | None
    tonnes: float
    shifted: float
    saved_money: float
    saved_days: float


@dataclass(frozen=True, kw_only=True)
class Flows:
    """One draw of the network: the shifts and each party's income a year."""

    shifts: tuple[Shift, ...]
    income: Mapping[str, float]


@dataclass
class _Loading:
    room: dict[str, float]
    income: dict[str, float] = field(default_factory=dict)


def network_flows(corridors: Corridors, purse: Purse, done: Iterable[str]) -> list[Flows]:
    """The shifts and incomes of each draw, once ``done`` (measures and options) are carried out.

    Raises:
        MethodError: a length that is not positive, or a demand that no route serves before or after.
    """
    carried = frozenset(done)
    legs = {key: _legs(arc, purse) for key, arc in corridors.arcs.items()}
    tonnes = {key: purse.number(item.tonnes) for key, item in corridors.demands.items()}
    day = {key: purse.money(item.value_of_time) for key, item in corridors.demands.items()}
    scale = purse.money(corridors.logit_scale) if corridors.logit_scale else np.zeros(purse.rows)
    return [
        _one_draw(
            corridors,
            {key: rows[number] for key, rows in legs.items()},
            carried,
            {key: (float(tonnes[key][number]), float(day[key][number])) for key in tonnes},
            float(scale[number]),
        )
        for number in range(purse.rows)
    ]


def _legs(arc: Arc, purse: Purse) -> list[Leg]:
    km = purse.number(arc.length_km)
    if (km <= 0).any():
        raise MethodError(f"stakes.corridors.arcs.{arc.id}.length_km", f"{km.min():g}", "a length above 0")
    speed = purse.number(arc.speed_kmh, np.inf)
    if (speed <= 0).any():
        raise MethodError(f"stakes.corridors.arcs.{arc.id}.speed_kmh", f"{speed.min():g}", "a speed above 0")
    fee = purse.money(arc.fee)
    fare = purse.money(arc.cost) * km + purse.money(arc.border_cost) + fee
    days = km / (24 * speed) + purse.number(arc.delay_days)
    capacity = purse.number(arc.capacity, np.inf)
    return [
        Leg(
            arc=arc.id,
            start=arc.start,
            end=arc.end,
            mode=arc.mode,
            payee=arc.payee,
            fare=float(fare[row]),
            fee=float(fee[row]),
            days=float(days[row]),
            km=float(km[row]),
            capacity=float(capacity[row]),
        )
        for row in range(purse.rows)
    ]


def _one_draw(
    corridors: Corridors,
    legs: Mapping[str, Leg],
    carried: frozenset[str],
    demands: Mapping[str, tuple[float, float]],
    scale: float,
) -> Flows:
    loading = _Loading(room={key: leg.capacity for key, leg in legs.items()})
    always = {key for key, arc in corridors.arcs.items() if not arc.closed and not arc.needs}
    opened = {key for key, arc in corridors.arcs.items() if not arc.closed and set(arc.needs) <= carried}
    shifts = []
    for key, (tonnes, day) in demands.items():
        demand = corridors.demands[key]
        usable = [name for name in legs if not demand.modes or legs[name].mode in demand.modes]
        ends = (demand.start, demand.end)
        before = cheapest(legs, corridors, [name for name in usable if name in always], ends, day)
        fresh = opened - always
        after = through(legs, corridors, [name for name in usable if name in opened], fresh, (ends, day))
        if before is None and after is None:
            raise MethodError(
                f"stakes.corridors.demands.{key}", f"no route from {ends[0]} to {ends[1]}", "a connected network"
            )
        shifts.append(_load(key, before, after, (tonnes, day, scale), legs, corridors, usable, opened, loading))
    return Flows(shifts=tuple(shifts), income=dict(loading.income))


def cheapest(
    legs: Mapping[str, Leg], corridors: Corridors, usable: Iterable[str], ends: tuple[str, str], day: float
) -> Route | None:
    """The route of least generalised cost over the usable arcs; None where there is none."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(ends)
    for name in usable:
        leg = legs[name]
        cost = leg.fare + day * leg.days
        graph.add_edge(leg.start, leg.end, key=name, cost=cost)
        if corridors.arcs[name].two_way:
            graph.add_edge(leg.end, leg.start, key=name, cost=cost)
    try:
        places = nx.dijkstra_path(graph, *ends, weight="cost")
    except nx.NetworkXNoPath:
        return None
    arcs = [min(graph[fro][to].items(), key=lambda item: (item[1]["cost"], item[0]))[0] for fro, to in pairwise(places)]
    return Route(
        arcs=tuple(arcs),
        places=tuple(places),
        fare=sum(legs[name].fare for name in arcs),
        days=sum(legs[name].days for name in arcs),
        km=sum(legs[name].km for name in arcs),
        cost=sum(legs[name].fare + day * legs[name].days for name in arcs),
    )


def through(
    legs: Mapping[str, Leg],
    corridors: Corridors,
    usable: Iterable[str],
    fresh: Iterable[str],
    terms: tuple[tuple[str, str], float],
) -> Route | None:
    """The cheapest route that uses at least one of the ``fresh`` arcs; None where there is none."""
    ends, day = terms
    names = list(usable)
    found = []
    for name in sorted(set(fresh) & set(names)):
        leg = legs[name]
        ways = [(leg.start, leg.end), (leg.end, leg.start)] if corridors.arcs[name].two_way else [(leg.start, leg.end)]
        for first, last in ways:
            there = cheapest(legs, corridors, names, (ends[0], first), day)
            on = cheapest(legs, corridors, names, (last, ends[1]), day)
            if there is not None and on is not None and not set(there.places) & set(on.places):
                found.append(_joined(there, name, leg, on, day))
    return min(found, key=lambda route: (route.cost, route.arcs), default=None)


def _joined(there: Route, name: str, leg: Leg, on: Route, day: float) -> Route:
    return Route(
        arcs=(*there.arcs, name, *on.arcs),
        places=(*there.places, *on.places),
        fare=there.fare + leg.fare + on.fare,
        days=there.days + leg.days + on.days,
        km=there.km + leg.km + on.km,
        cost=there.cost + leg.fare + day * leg.days + on.cost,
    )


def shifting_share(before: float, after: float, scale: float) -> float:
    """The share that takes the route after the deal; with a scale of 0 all or nothing, half where costs are equal."""
    if scale == 0:
        return 0.5 if before == after else float(after < before)
    gap = np.clip((after - before) / scale, -700, 700)
    return float(1 / (1 + np.exp(gap)))


def _load(  # noqa: PLR0917
    demand: str,
    before: Route | None,
    after: Route | None,
    terms: tuple[float, float, float],
    legs: Mapping[str, Leg],
    corridors: Corridors,
    usable: list[str],
    opened: set[str],
    loading: _Loading,
) -> Shift:
    tonnes, day, scale = terms
    shifted = money = days = 0.0
    left = set(opened)
    route = after
    fresh = opened - {name for name in opened if not corridors.arcs[name].needs}
    for _ in range(ROUNDS):
        if route is None:
            break
        wanted = tonnes if before is None else tonnes * shifting_share(before.cost, route.cost, scale)
        amount = min(wanted - shifted, *(loading.room[name] for name in route.arcs))
        if amount > 0:
            shifted += amount
            _take(loading, legs, route, amount)
            if before is not None:
                _take(loading, legs, before, -amount, room=False)
                money += amount * (before.fare - route.fare)
                days += amount * (before.days - route.days)
        full = {name for name in route.arcs if loading.room[name] <= 0}
        if not full:
            break
        left -= full
        route = through(legs, corridors, [name for name in usable if name in left], fresh, (_ends(route), day))
    return Shift(
        demand=demand,
        before=before,
        after=after,
        tonnes=tonnes,
        shifted=shifted,
        saved_money=money,
        saved_days=days,
    )


def _ends(route: Route) -> tuple[str, str]:
    return route.places[0], route.places[-1]


def _take(loading: _Loading, legs: Mapping[str, Leg], route: Route, amount: float, *, room: bool = True) -> None:
    for name in route.arcs:
        leg = legs[name]
        if room:
            loading.room[name] -= amount
        if leg.payee and leg.fee:
            loading.income[leg.payee] = loading.income.get(leg.payee, 0.0) + amount * leg.fee


def incomes(flows: list[Flows], parties: Iterable[str]) -> dict[str, Floats]:
    """Each party's yearly income from the corridors, over the draws."""
    return {name: np.array([one.income.get(name, 0.0) for one in flows]) for name in parties}


def summary(flows: list[Flows]) -> list[dict[str, Any]]:
    """For each demand over the draws: tonnes, share shifted, and how often each route is the cheapest after."""
    rows = []
    for place in range(len(flows[0].shifts)):
        shifts = [one.shifts[place] for one in flows]
        routes: dict[tuple[str, ...], int] = {}
        for shift in shifts:
            if shift.after is not None:
                routes[shift.after.places] = routes.get(shift.after.places, 0) + 1
        rows.append(
            {
                "demand": shifts[0].demand,
                "tonnes": float(np.mean([shift.tonnes for shift in shifts])),
                "shifted": np.array([shift.shifted for shift in shifts]),
                "routes": {places: count / len(shifts) for places, count in sorted(routes.items())},
            }
        )
    return rows
