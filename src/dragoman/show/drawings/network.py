"""The network of ties at one date: states on a plane, closely tied ones near each other and near the middle.

Places come from stress majorisation's spectral start by networkx's Kamada-Kawai layout,
with distance 1 / (1 + tie); the layout is deterministic.  Cooperation is a full line,
conflict a dashed one beside it, width their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.show.charts import CONF, COOP, INK, PAPER
from dragoman.show.drawings._svg import figure, tag, words

WIDE, HIGH, EDGE = 420.0, 330.0, 46.0


@dataclass(frozen=True, kw_only=True)
class Link:
    """A tie between two states: cooperation and conflict apart."""

    a: str
    b: str
    cooperation: float
    conflict: float


def draw(links: Sequence[Link], *, most: int = 14, label: str = "") -> str:
    """The network as SVG, of the ``most`` states with the greatest sums of ties."""
    names = busiest(links, most)
    kept = [link for link in links if link.a in names and link.b in names]
    place = places(names, kept)
    greatest = max((max(link.cooperation, link.conflict) for link in kept), default=1.0) or 1.0
    lines = [_line(link, place, greatest) for link in kept]
    nodes = [_node(name, *place[name]) for name in names]
    return figure(WIDE, HIGH, *lines, *nodes, label=label)


def busiest(links: Sequence[Link], most: int) -> list[str]:
    """The states with the greatest sums of ties, in that order."""
    sums: dict[str, float] = {}
    for link in links:
        for name in (link.a, link.b):
            sums[name] = sums.get(name, 0.0) + link.cooperation + link.conflict
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]


def places(names: Sequence[str], links: Sequence[Link]) -> dict[str, tuple[float, float]]:
    """Where each state stands, within the drawing."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    for link in links:
        graph.add_edge(link.a, link.b, length=1 / (1 + link.cooperation + link.conflict))
    for name in names[1:]:
        if not nx.has_path(graph, names[0], name):
            graph.add_edge(names[0], name, length=2.0)
    spots = nx.kamada_kawai_layout(graph, weight="length", pos=nx.circular_layout(graph))
    xs, ys = [float(p[0]) for p in spots.values()], [float(p[1]) for p in spots.values()]
    return {
        name: (
            _fit(float(p[0]), min(xs), max(xs), EDGE + 16, WIDE - EDGE - 16),
            _fit(float(p[1]), min(ys), max(ys), 20, HIGH - 26),
        )
        for name, p in spots.items()
    }


def _fit(value: float, low: float, high: float, first: float, last: float) -> float:
    return (first + last) / 2 if high == low else first + (last - first) * (value - low) / (high - low)


def _line(link: Link, place: Mapping[str, tuple[float, float]], greatest: float) -> str:
    (x1, y1), (x2, y2) = place[link.a], place[link.b]
    long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    dx, dy = -(y2 - y1) / long * 3.2, (x2 - x1) / long * 3.2
    parts = []
    for value, colour, sign, dash in ((link.cooperation, COOP, 1, None), (link.conflict, CONF, -1, "5 4")):
        if value > 0:
            width = 0.6 + 4.4 * value / greatest
            parts.append(
                tag(
                    "line",
                    x1=x1 + sign * dx,
                    y1=y1 + sign * dy,
                    x2=x2 + sign * dx,
                    y2=y2 + sign * dy,
                    stroke=colour,
                    stroke_width=width,
                    stroke_dasharray=dash,
                    opacity=0.8,
                )
            )
    return "".join(parts)


def _node(name: str, x: float, y: float) -> str:
    halo = words(name, x, y + 17, text_anchor="middle", font_size=11.5, stroke=PAPER, stroke_width=3.5, fill=PAPER)
    return (
        tag("circle", cx=x, cy=y, r=4.5, fill=INK)
        + halo
        + words(name, x, y + 17, text_anchor="middle", font_size=11.5, fill=INK)
    )
