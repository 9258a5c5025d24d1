"""Freight over a network before and after: what shifts, who earns, what is saved.

1. An arc is open when it is not closed and everything that it needs is carried out.
2. Before: each demand in turn is loaded on its cheapest routes without the deal's arcs,
   as far as capacities reach.
3. After: of what goes by a route of cost b, the share exp(-a/s) / (exp(-a/s) + exp(-b/s))
   takes the cheapest route of cost a over one of the deal's arcs (logit, s the stated
   scale).  Where that route is full, the next is loaded, until the share is placed.
   Tonnes without any route before all take it.
4. Income of a party: its fees on what shifts, less its fees on the routes left.

One draw at a time: networks are small, and each draw has its own costs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.stakes._network import Leg, Network, Route, cheapest, costs_of, legs_of, through
from dragoman.solve.stakes._trade import Floats

if TYPE_CHECKING:
    from dragoman.model import Corridors, Demand
    from dragoman.solve.stakes._money import Purse

FULL = 1e-9


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One demand in one draw: the cheapest routes before and after, tonnes that shift, and what that saves a year.

    ``saved_money`` (fares) and ``saved_days`` (tonne-days) are negative where the new route
    costs more or takes longer; ``unserved`` are the tonnes that had no route before.
    """

    demand: str
    before: Route | None
    after: Route | None
    tonnes: float
    unserved: float
    shifted: float
    saved_money: float
    saved_days: float


@dataclass(frozen=True, kw_only=True)
class Flows:
    """One draw of the network: the shifts and each party's income a year."""

    shifts: tuple[Shift, ...]
    income: Mapping[str, float]


@dataclass
class _Portion:
    """Tonnes on one route before the deal (None: no route), and how many of them have shifted."""

    route: Route | None
    tonnes: float
    shifted: float = 0.0


@dataclass
class _Draw:
    """One draw while it is loaded: room left on each arc, and the income of each party."""

    network: Network
    legs: Mapping[str, Leg]
    scale: float
    room: dict[str, float]
    income: dict[str, float] = field(default_factory=dict)

    def put(self, route: Route, tonnes: float) -> None:
        for name in route.arcs:
            self.room[name] -= tonnes

    def pay(self, route: Route, tonnes: float) -> None:
        for leg in (self.legs[name] for name in route.arcs):
            if leg.payee and leg.fee:
                self.income[leg.payee] = self.income.get(leg.payee, 0.0) + tonnes * leg.fee

    def full(self, arcs: Iterable[str]) -> set[str]:
        return {name for name in arcs if self.room[name] <= FULL * max(self.legs[name].capacity, 1.0)}


@dataclass(frozen=True, kw_only=True)
class _Trip:
    """One demand in one draw: what may be used before and after, at which cost, and which arcs are the deal's."""

    demand: Demand
    tonnes: float
    before: Mapping[str, float]
    after: Mapping[str, float]
    fresh: frozenset[str]

    @property
    def ends(self) -> tuple[str, str]:
        return self.demand.start, self.demand.end


def network_flows(corridors: Corridors, purse: Purse, done: Iterable[str]) -> list[Flows]:
    """The shifts and incomes of each draw, once ``done`` (measures and options) are carried out.

    Raises:
        MethodError: a length that is not positive, or a demand that no route serves before or after.
    """
    carried, network = frozenset(done), Network.of(corridors)
    legs = {key: legs_of(arc, purse) for key, arc in corridors.arcs.items()}
    tonnes = {key: purse.number(item.tonnes) for key, item in corridors.demands.items()}
    day = {key: purse.money(item.value_of_time) for key, item in corridors.demands.items()}
    scale = purse.money(corridors.logit_scale)
    flows = []
    for number in range(purse.rows):
        here = {key: rows[number] for key, rows in legs.items()}
        draw = _Draw(
            network=network,
            legs=here,
            scale=float(scale[number]),
            room={key: leg.capacity for key, leg in here.items()},
        )
        terms = {key: (float(tonnes[key][number]), float(day[key][number])) for key in tonnes}
        flows.append(_loaded(draw, _trips(corridors, here, terms, carried)))
    return flows


def _trips(
    corridors: Corridors,
    legs: Mapping[str, Leg],
    terms: Mapping[str, tuple[float, float]],
    carried: Collection[str],
) -> list[_Trip]:
    opened = [key for key, arc in corridors.arcs.items() if not arc.closed and set(arc.needs) <= set(carried)]
    fresh = frozenset(key for key in opened if corridors.arcs[key].needs)
    trips = []
    for key, (tonnes, day) in terms.items():
        demand = corridors.demands[key]
        usable = [name for name in opened if not demand.modes or corridors.arcs[name].mode in demand.modes]
        after = costs_of(legs, usable, day)
        before = {name: cost for name, cost in after.items() if name not in fresh}
        trips.append(_Trip(demand=demand, tonnes=tonnes, before=before, after=after, fresh=fresh))
    return trips


def _loaded(draw: _Draw, trips: list[_Trip]) -> Flows:
    portions = [_fill(draw, trip) for trip in trips]
    shifts = tuple(_shift(draw, trip, mine) for trip, mine in zip(trips, portions, strict=True))
    return Flows(shifts=shifts, income=draw.income)


def _fill(draw: _Draw, trip: _Trip) -> list[_Portion]:
    """The demand on its cheapest routes before the deal, as far as they have room."""
    left, costs, portions = trip.tonnes, dict(trip.before), []
    while left > 0:
        route = cheapest(draw.network, draw.legs, costs, trip.ends)
        if route is None:
            break
        amount = min(left, *(draw.room[name] for name in route.arcs))
        if amount > 0:
            draw.put(route, amount)
            portions.append(_Portion(route=route, tonnes=amount))
            left -= amount
        for name in draw.full(route.arcs):
            del costs[name]
    return [*portions, _Portion(route=None, tonnes=left)] if left > 0 else portions


def _shift(draw: _Draw, trip: _Trip, portions: list[_Portion]) -> Shift:
    first = after = through(draw.network, draw.legs, trip.after, trip.fresh, trip.ends)
    before = portions[0].route if portions else cheapest(draw.network, draw.legs, trip.before, trip.ends)
    if before is None and after is None:
        found = f"no route from {trip.demand.start} to {trip.demand.end}"
        raise MethodError(f"stakes.corridors.demands.{trip.demand.id}", found, "a network that connects them")
    costs, money, days = dict(trip.after), 0.0, 0.0
    while after is not None:
        for portion in portions:
            amount = _move(draw, portion, after)
            if portion.route is not None:
                money += amount * (portion.route.fare - after.fare)
                days += amount * (portion.route.days - after.days)
        full = draw.full(after.arcs)
        if not full:
            break
        costs = {name: cost for name, cost in costs.items() if name not in full}
        after = through(draw.network, draw.legs, costs, trip.fresh, trip.ends)
    return Shift(
        demand=trip.demand.id,
        before=before,
        after=first,
        tonnes=trip.tonnes,
        unserved=sum(item.tonnes for item in portions if item.route is None),
        shifted=sum(item.shifted for item in portions),
        saved_money=money,
        saved_days=days,
    )


def _move(draw: _Draw, portion: _Portion, after: Route) -> float:
    """Shift to ``after`` what of a portion wants to and has room; arcs on both routes lose no room."""
    left = portion.route
    share = 1.0 if left is None else shifting_share(left.cost, after.cost, draw.scale)
    own = set() if left is None else set(left.arcs)
    amount = min(portion.tonnes * share - portion.shifted, *(draw.room[name] for name in after.arcs if name not in own))
    if amount <= 0:
        return 0.0
    portion.shifted += amount
    draw.put(after, amount)
    draw.pay(after, amount)
    if left is not None:
        draw.put(left, -amount)
        draw.pay(left, -amount)
    return amount


def shifting_share(before: float, after: float, scale: float) -> float:
    """The share that takes the route after the deal; with a scale of 0 all or nothing, half where costs are equal."""
    if scale == 0:
        return 0.5 if before == after else float(after < before)
    gap = np.clip((after - before) / scale, -700, 700)
    return float(1 / (1 + np.exp(gap)))


def incomes(flows: list[Flows], parties: Iterable[str]) -> dict[str, Floats]:
    """Each party's yearly income from the corridors, over the draws."""
    return {name: np.array([one.income.get(name, 0.0) for one in flows]) for name in parties}
