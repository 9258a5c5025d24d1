"""The network of ties at one date: states on a plane, closely tied ones near each other and near the middle.

1. Wanted distances: 1 / (1 + tie) between neighbours, shortest paths between others.
2. Places by stress majorisation (de Leeuw 1977; Gansner, Koren, North 2004), from a circle
   in the order of the states: the same input gives the same drawing.
3. Cooperation is a full line, conflict a dashed one beside it, width their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.show.charts import CONF, COOP, INK, PAPER
from dragoman.show.drawings._svg import figure, tag, words

Floats: TypeAlias = npt.NDArray[np.float64]

WIDE, HIGH, EDGE = 420.0, 330.0, 46.0
SWEEPS = 200


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
    spots = majorised(distances(names, links))
    xs, ys = spots[:, 0], spots[:, 1]
    return {
        name: (
            _fit(float(x), float(xs.min()), float(xs.max()), EDGE + 16, WIDE - EDGE - 16),
            _fit(float(y), float(ys.min()), float(ys.max()), 20, HIGH - 26),
        )
        for name, (x, y) in zip(names, spots, strict=True)
    }


def distances(names: Sequence[str], links: Sequence[Link]) -> Floats:
    """Wanted distances (n, n): 1 / (1 + tie) between neighbours, else the shortest path, else 2."""
    place = {name: i for i, name in enumerate(names)}
    wanted = np.full((len(names), len(names)), np.inf)
    np.fill_diagonal(wanted, 0.0)
    for link in links:
        i, j = place[link.a], place[link.b]
        wanted[i, j] = wanted[j, i] = min(wanted[i, j], 1 / (1 + link.cooperation + link.conflict))
    for k in range(len(names)):
        wanted = np.minimum(wanted, wanted[:, k : k + 1] + wanted[k : k + 1, :])
    return np.where(np.isinf(wanted), 2.0, wanted)


def majorised(wanted: Floats, sweeps: int = SWEEPS) -> Floats:
    """Places (n, 2) whose distances come near to the wanted ones, by stress majorisation from a circle."""
    n = len(wanted)
    turn = 2 * np.pi * np.arange(n) / max(n, 1)
    spots = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for _ in range(sweeps):
        apart = np.sqrt(((spots[:, None] - spots[None]) ** 2).sum(axis=2))
        ratio = np.divide(wanted, apart, out=np.zeros_like(wanted), where=apart > 1e-12)
        turned = -ratio
        np.fill_diagonal(turned, ratio.sum(axis=1))
        spots = turned @ spots / n
    return spots


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
