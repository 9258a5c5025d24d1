"""A layered drawing of a state graph: the start on top, each move one layer down.

1. A state's layer is its least number of moves from the start (breadth first);
   states that no move reaches stand in a last layer of their own.
2. Within a layer, states are ordered by the mean place of their neighbours in the
   layer before, then after, a fixed number of sweeps (Sugiyama, Tagawa, Toda 1981).
3. Moves are curves; each party has its own colour and its own dash, and its name
   stands in the legend, so that colour is never the only signal.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.show.charts import ACCENT, FAINT, INK, PAPER, SOFT
from dragoman.show.drawings._svg import figure, tag, words

SWEEPS = 8
DASHES = (None, "7 3", "2 3", "10 3 2 3", "4 2", "1 2", "12 4", "6 2 1 2")
WIDE, HIGH, GAP_X, GAP_Y, LEFT, TOP = 158.0, 44.0, 26.0, 46.0, 104.0, 12.0
FLAG, MARGIN = 14.0, 11.0
BOW = 40.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """A state: its name, its options as yes or no, whether it is the start, an equilibrium, chosen; where it leads.

    ``flags`` holds for each option whether it is taken and the colour of its owner.
    """

    id: str
    title: str
    detail: str = ""
    flags: tuple[tuple[bool, str], ...] = ()
    start: bool = False
    stable: bool = False
    chosen: bool = False
    href: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A move from one state to another by a party; ``improves`` where the mover prefers what it reaches."""

    source: str
    target: str
    party: str
    improves: bool = True


def layers(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[list[str]]:
    """Names of nodes by layer, ordered within each to keep curves short."""
    depth = _depths([node.id for node in nodes if node.start], _after(edges))
    last = max(depth.values(), default=-1) + 1
    made: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        made[depth.get(node.id, last)].append(node.id)
    ordered = [made[index] for index in sorted(made)]
    return _uncrossed(ordered, edges)


def _after(edges: Sequence[Edge]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        after[edge.source].append(edge.target)
    return after


def _depths(starts: Sequence[str], after: Mapping[str, Sequence[str]]) -> dict[str, int]:
    depth = dict.fromkeys(starts, 0)
    queue = deque(starts)
    while queue:
        here = queue.popleft()
        for there in after.get(here, ()):
            if there not in depth:
                depth[there] = depth[here] + 1
                queue.append(there)
    return depth


def _uncrossed(rows: list[list[str]], edges: Sequence[Edge]) -> list[list[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    for sweep in range(SWEEPS):
        order = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for index in order:
            fixed = rows[index - 1] if sweep % 2 == 0 else rows[index + 1]
            place = {name: i for i, name in enumerate(fixed)}
            rows[index] = sorted(rows[index], key=lambda name, p=place: _mean([p[n] for n in near[name] if n in p]))  # type: ignore[misc]
    return rows


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0


def draw(
    nodes: Sequence[Node], edges: Sequence[Edge], colours: Mapping[str, str], names: Mapping[str, str], label: str
) -> str:
    """The state graph as SVG; ``colours`` and ``names`` by party."""
    rows = layers(nodes, edges)
    inner = max((len(row) for row in rows), default=1) * (WIDE + GAP_X) - GAP_X
    height = TOP + len(rows) * (HIGH + GAP_Y)
    place = _places(rows, inner)
    dashes = {party: DASHES[i % len(DASHES)] for i, party in enumerate(colours)}
    curves = [_curve(edge, place, colours, dashes) for edge in edges if edge.source in place and edge.target in place]
    boxes = [_box(node, *place[node.id]) for node in nodes]
    depth = _depths([node.id for node in nodes if node.start], _after(edges))
    heads = [
        words(
            _layer_title(i) if rows[i][0] in depth else "not reached",
            0,
            TOP + i * (HIGH + GAP_Y) + HIGH / 2 + 4,
            fill=SOFT,
            font_size=11,
        )
        for i in range(len(rows))
    ]
    moving = list(dict.fromkeys(edge.party for edge in edges))
    key = [_key(party, names, colours, dashes, i) for i, party in enumerate(moving)]
    return figure(
        max(LEFT + inner + BOW, 24 + 150.0 * len(moving)),
        height + 12,
        _arrows(colours, moving),
        *heads,
        *curves,
        *boxes,
        tag("g", *key, transform=f"translate(0 {height:.0f})"),
        label=label,
    )


def _layer_title(index: int) -> str:
    return "today" if index == 0 else "one move" if index == 1 else f"{index} moves"


def _places(rows: Sequence[Sequence[str]], inner: float) -> dict[str, tuple[float, float]]:
    made = {}
    for i, row in enumerate(rows):
        free = (inner - len(row) * (WIDE + GAP_X) + GAP_X) / 2
        for j, name in enumerate(row):
            made[name] = (LEFT + free + j * (WIDE + GAP_X), TOP + i * (HIGH + GAP_Y))
    return made


def _arrows(colours: Mapping[str, str], parties: Sequence[str]) -> str:
    heads = [
        tag(
            "marker",
            tag("path", d="M0 0 7 3.5 0 7Z", fill=colours[party]),
            id=f"head-{i}",
            viewBox="0 0 7 7",
            refX="6.5",
            refY="3.5",
            markerWidth="7",
            markerHeight="7",
            orient="auto-start-reverse",
            markerUnits="userSpaceOnUse",
        )
        for i, party in enumerate(colours)
        if party in parties
    ]
    return tag("defs", *heads) if heads else ""


def _curve(
    edge: Edge, place: Mapping[str, tuple[float, float]], colours: Mapping[str, str], dashes: Mapping[str, str | None]
) -> str:
    index = list(colours).index(edge.party)
    path = _way(place[edge.source], place[edge.target], (index - (len(colours) - 1) / 2) * 7)
    return tag(
        "path",
        d=path,
        fill="none",
        stroke=colours[edge.party],
        stroke_width=1.6 if edge.improves else 1.0,
        stroke_dasharray=dashes[edge.party],
        opacity=None if edge.improves else 0.55,
        marker_end=f"url(#head-{index})",
    )


def _way(start: tuple[float, float], end: tuple[float, float], shift: float) -> str:
    """Down from the foot of one box to the head of the other; up along the right side; within a layer below it."""
    (x1, y1), (x2, y2) = start, end
    if y2 > y1:
        a, b = (x1 + WIDE / 2 + shift, y1 + HIGH), (x2 + WIDE / 2 + shift, y2)
        bends = ((a[0], (a[1] + b[1]) / 2), (b[0], (a[1] + b[1]) / 2))
    elif y2 < y1:
        a, b = (x1 + WIDE, y1 + HIGH / 2 + shift), (x2 + WIDE, y2 + HIGH / 2 + shift)
        bends = ((a[0] + BOW, a[1]), (b[0] + BOW, b[1]))
    else:
        a, b = (x1 + WIDE / 2 + shift, y1 + HIGH), (x2 + WIDE / 2 + shift, y2 + HIGH)
        bends = ((a[0], a[1] + BOW), (b[0], b[1] + BOW))
    points = " ".join(f"{x:.1f} {y:.1f}" for x, y in (*bends, b))
    return f"M{a[0]:.1f} {a[1]:.1f} C{points}"


def _box(node: Node, x: float, y: float) -> str:
    edge = ACCENT if node.chosen else INK if node.stable or node.start else FAINT
    inner = [
        tag(
            "rect",
            x=x,
            y=y,
            width=WIDE,
            height=HIGH,
            rx=2,
            fill=PAPER,
            stroke=edge,
            stroke_width=2 if node.stable or node.chosen else 1,
        )
    ]
    if node.stable:
        inner.append(
            tag(
                "rect",
                x=x + 3,
                y=y + 3,
                width=WIDE - 6,
                height=HIGH - 6,
                rx=1,
                fill="none",
                stroke=edge,
                stroke_width=0.8,
            )
        )
    if node.start:
        inner.append(tag("rect", x=x, y=y, width=5, height=HIGH, fill=INK))
    inner += [words(node.title, x + MARGIN, y + 18, font_weight=600, font_size=12.5, fill=INK)]
    inner.append(words(node.detail, x + WIDE - 9, y + 18, font_size=10.5, fill=SOFT, text_anchor="end"))
    step = min(FLAG, (WIDE - 2 * MARGIN) / max(len(node.flags), 1))
    inner += [
        _flag(x + MARGIN + step * i, y + 26, step - 4, yes=yes, colour=colour)
        for i, (yes, colour) in enumerate(node.flags)
    ]
    body = tag("g", *inner)
    return tag("a", body, href=node.href) if node.href else body


def _flag(x: float, y: float, size: float, *, yes: bool, colour: str) -> str:
    return tag(
        "rect",
        x=x,
        y=y,
        width=size,
        height=size,
        fill=colour if yes else "none",
        stroke=colour if yes else FAINT,
        stroke_width=1,
    )


def _key(
    party: str, names: Mapping[str, str], colours: Mapping[str, str], dashes: Mapping[str, str | None], index: int
) -> str:
    x = index * 150.0
    line = tag(
        "line", x1=x, y1=0, x2=x + 28, y2=0, stroke=colours[party], stroke_width=1.8, stroke_dasharray=dashes[party]
    )
    return line + words(names.get(party, party), x + 34, 4, font_size=11.5, fill=INK)


__all__ = ["Edge", "Node", "draw", "layers"]
