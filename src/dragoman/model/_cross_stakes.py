"""Checks of the stakes' part: places, arcs, payers, shares that add up, currencies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.model._known import Found, Known, bounded, names_in, not_negative, positive

if TYPE_CHECKING:
    from dragoman.model._case import Case
    from dragoman.model._faults import Path
    from dragoman.model._quantity import Money
    from dragoman.model._stakes import Arc, Corridors, Demand, Project, Stakes, Trade


def stakes_faults(case: Case, known: Known) -> Iterator[Found]:
    """Every fault of exchange rates, projects, corridors and trade."""
    stakes = case.stakes
    yield from names_in(("stakes", "exchange_rates"), stakes.exchange_rates, known.parties, "party", keys=True)
    for party, rate in stakes.exchange_rates.items():
        here: Path = ("stakes", "exchange_rates", party)
        yield from positive(here, rate.amount)
        yield from _currency(here, rate, stakes)
    for name, value in stakes.currencies.items():
        yield from positive(("stakes", "currencies", name), value)
    for name, value in stakes.price_levels.items():
        yield from positive(("stakes", "price_levels", name), value)
        if not name.isdigit():
            yield ("stakes", "price_levels", name), f"{name!r} as a year", "the year of the prices, as 2010"
    for key, project in stakes.projects.items():
        yield from _project(project, stakes, known, ("stakes", "projects", key))
    if stakes.corridors is not None:
        yield from _corridors(stakes.corridors, stakes, known)
    if stakes.trade is not None:
        yield from _trade(stakes.trade, known, ("stakes", "trade"))


def _currency(path: Path, money: Money | None, stakes: Stakes) -> Iterator[Found]:
    """A sum in a currency whose value nothing states."""
    if money is None or not stakes.currency or money.currency == stakes.currency:
        return
    yield from names_in((*path, "currency"), [money.currency], stakes.currencies, "currency", single=True)


def _needed(path: Path, names: tuple[str, ...], known: Known) -> Iterator[Found]:
    yield from names_in(path, names, (*known.measures, *known.options), "measure or option")


def _project(project: Project, stakes: Stakes, known: Known, here: Path) -> Iterator[Found]:
    yield from names_in((*here, "hangs_on"), project.hangs_on, known.measures, "measure")
    yield from names_in((*here, "split"), project.split, known.parties, "party", keys=True)
    shares = [share for share in project.split.values() if share is not None]
    total = sum(share.central() for share in shares)
    if shares and abs(total - 1) > 1e-9:
        yield (*here, "split"), f"shares that add up to {total:g}", "shares that add up to 1"
    for party, share in project.split.items():
        yield from bounded((*here, "split", party), share, 0, 1)
    for at, outlay in enumerate(project.capital):
        place = (*here, "capital", at)
        yield from names_in((*place, "payer"), [outlay.payer], known.parties, "party", single=True)
        yield from not_negative((*place, "amount"), outlay.amount.amount)
        yield from _currency(place, outlay.amount, stakes)
    for at, share in enumerate(project.ramp):
        yield from not_negative((*here, "ramp", at), share)
    for name in ("tariff", "operating_cost", "unit_cost"):
        yield from _currency((*here, name), getattr(project, name), stakes)
    yield from not_negative((*here, "volume"), project.volume)
    yield from positive((*here, "life"), project.life)
    yield from bounded((*here, "discount_rate"), project.discount_rate, -1, 10)
    yield from bounded((*here, "hazard"), project.hazard, 0, 1, below=True)


def _corridors(network: Corridors, stakes: Stakes, known: Known) -> Iterator[Found]:
    here: Path = ("stakes", "corridors")
    for key, place in network.places.items():
        if place.party is not None:
            yield from names_in((*here, "places", key, "party"), [place.party], known.parties, "party", single=True)
        for name, limit in (("lat", 90.0), ("lon", 180.0)):
            degrees = getattr(place, name)
            if degrees is not None and abs(degrees) > limit:
                yield (*here, "places", key, name), f"{degrees:g}", f"degrees from -{limit:g} to {limit:g}"
    for key, arc in network.arcs.items():
        yield from _arc(arc, network, stakes, known, (*here, "arcs", key))
    for key, demand in network.demands.items():
        yield from _demand(demand, network, stakes, (*here, "demands", key))
    if network.logit_scale is not None:
        yield from positive((*here, "logit_scale"), network.logit_scale.amount)


def _ends(link: Arc | Demand, network: Corridors, here: Path) -> Iterator[Found]:
    yield from names_in((*here, "from"), [link.start], network.places, "place", single=True)
    yield from names_in((*here, "to"), [link.end], network.places, "place", single=True)
    if link.start == link.end:
        yield here, f"from {link.start!r} to itself", "two places"


def _arc(arc: Arc, network: Corridors, stakes: Stakes, known: Known, here: Path) -> Iterator[Found]:
    yield from _ends(arc, network, here)
    yield from not_negative((*here, "length_km"), arc.length_km)
    yield from positive((*here, "speed_kmh"), arc.speed_kmh)
    yield from not_negative((*here, "delay_days"), arc.delay_days)
    yield from not_negative((*here, "capacity"), arc.capacity)
    for name in ("cost", "border_cost", "fee"):
        money: Money | None = getattr(arc, name)
        if money is not None:
            yield from not_negative((*here, name), money.amount)
            yield from _currency((*here, name), money, stakes)
    if arc.payee is not None:
        yield from names_in((*here, "payee"), [arc.payee], known.parties, "party", single=True)
    yield from _needed((*here, "needs"), arc.needs, known)


def _demand(demand: Demand, network: Corridors, stakes: Stakes, here: Path) -> Iterator[Found]:
    yield from _ends(demand, network, here)
    yield from not_negative((*here, "tonnes"), demand.tonnes)
    yield from _currency((*here, "value_of_time"), demand.value_of_time, stakes)
    modes = sorted({arc.mode for arc in network.arcs.values()})
    yield from names_in((*here, "modes"), demand.modes, modes, "mode")


def _trade(trade: Trade, known: Known, here: Path) -> Iterator[Found]:
    yield from names_in((*here, "countries"), trade.countries, known.parties, "party", keys=True)
    yield from positive((*here, "elasticity"), trade.elasticity)
    for at, change in enumerate(trade.changes):
        place = (*here, "changes", at)
        yield from _needed((*place, "needs"), change.needs, known)
        if trade.coefficients:
            yield from names_in((*place, "variable"), [change.variable], trade.coefficients, "variable", single=True)
