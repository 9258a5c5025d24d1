"""A map in Lambert's azimuthal equal-area projection, centred on what it shows.

1. Centre: the mean direction of the places on the sphere.
2. x = k cos(lat) sin(dlon), y = k (cos(lat0) sin(lat) - sin(lat0) cos(lat) cos(dlon)),
   k = sqrt(2 / (1 + cos(c))), c the angle from the centre (Lambert 1772; Snyder 1987, ch. 24).
3. Rings are cut where they leave a disc of 100 degrees; the frame is fitted to the places.
4. A name stands right, left, above or below its mark, at the first of these where it covers no mark and
   no name put before it, places with more first; a name without room is left to the table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from pathlib import Path

from dragoman.show.charts import ACCENT, FAINT, HAIR, INK, PAPER, RULE, SOFT
from dragoman.show.drawings._svg import figure, tag, title, words

DATA = Path(__file__).parent.parent / "data"
WIDE, HIGH = 930.0, 520.0
REACH = radians(100)
LETTER = 6.4
ONE_TOWN = radians(0.5)
Point = tuple[float, float]
Fit = Callable[[float, float], Point]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place on the map: its name, where it lies, how much happened there, where it leads."""

    name: str
    lat: float
    lon: float
    count: int = 0
    href: str | None = None

    def is_at(self, other: Place) -> bool:
        """Whether both are one town, under two names perhaps: nearer than half a degree."""
        return angle_between(self, other) < ONE_TOWN


@dataclass(frozen=True, kw_only=True)
class Route:
    """A line between two places: by which mode, open today or only under the deal."""

    a: Point
    b: Point
    mode: str
    conditional: bool = False


@cache
def outlines() -> dict[str, list[list[float]]]:
    """Rings by country, each a flat list of longitudes and latitudes."""
    made: dict[str, list[list[float]]] = json.loads((DATA / "world-110m.json").read_text("utf-8"))
    return made


@cache
def gazetteer() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of known places by name."""
    return {name: (spot[0], spot[1]) for name, spot in json.loads((DATA / "places.json").read_text("utf-8")).items()}


def centre_of(places: Sequence[Point]) -> Point:
    """The mean direction of places (lat, lon in degrees); the antipodal case falls back to the first place."""
    vectors = [
        (cos(radians(a)) * cos(radians(o)), cos(radians(a)) * sin(radians(o)), sin(radians(a))) for a, o in places
    ]
    x, y, z = (sum(v[i] for v in vectors) for i in range(3))
    size = sqrt(x * x + y * y + z * z)
    return places[0] if size < 1e-9 else (degrees(asin(z / size)), degrees(atan2(y, x)))


def bulk_of(places: Sequence[Place], share: float = 0.5) -> list[Place]:
    """The places around the most central one (least mean angle, weighted by count) that hold ``share`` of the count.

    At a distance at which the share is reached, all places are taken; without any count, all places.
    """
    total = sum(place.count for place in places)
    if not total:
        return [*places]
    middle = min(places, key=lambda here: sum(place.count * angle_between(here, place) for place in places))
    reach, held = 0.0, 0
    for place in sorted(places, key=lambda place: angle_between(middle, place)):
        if held < share * total:
            reach, held = angle_between(middle, place), held + place.count
    return [place for place in places if angle_between(middle, place) <= reach]


def angle_between(a: Place, b: Place) -> float:
    """The angle in radians between two places, seen from the centre of the earth."""
    return project(b.lat, b.lon, (a.lat, a.lon))[2]


def project(lat: float, lon: float, centre: Point) -> tuple[float, float, float]:
    """The coordinates x and y on the plane (earth radius 1), and the angle from the centre in radians."""
    f, f0, d = radians(lat), radians(centre[0]), radians(lon - centre[1])
    cosine = max(-1.0, min(1.0, sin(f0) * sin(f) + cos(f0) * cos(f) * cos(d)))
    angle = atan2(hypot(cos(f) * sin(d), cos(f0) * sin(f) - sin(f0) * cos(f) * cos(d)), cosine)
    k = sqrt(2 / (1 + cosine)) if angle < pi - 1e-6 else 0.0
    return k * cos(f) * sin(d), k * (cos(f0) * sin(f) - sin(f0) * cos(f) * cos(d)), angle


def draw(
    places: Sequence[Place],
    routes: Sequence[Route],
    shaded: Sequence[str] = (),
    *,
    within: Sequence[Point] = (),
    frame: str = "map-frame",
    label: str = "",
) -> str:
    """The map as SVG; ``shaded`` are the parties' countries, ``frame`` names its edge on the page.

    It is fitted to the points ``within``, to all places and routes without; what lies outside is cut off.
    """
    spots = [*within] or [*((p.lat, p.lon) for p in places), *(end for r in routes for end in (r.a, r.b))]
    centre = centre_of(spots)
    fit = _fit([project(*spot, centre)[:2] for spot in spots])

    def at(lat: float, lon: float) -> Point:
        x, y, _ = project(lat, lon, centre)
        return fit(x, y)

    land = [
        tag("path", d=path, fill=RULE if code in shaded else HAIR, stroke=PAPER, stroke_width=0.8)
        for code, rings in outlines().items()
        if (path := "".join(_ring(ring, centre, fit) for ring in rings))
    ]
    lines = [_route(route, at) for route in routes]
    most = max((place.count for place in places), default=1) or 1
    spots_at = [at(place.lat, place.lon) for place in places]
    sizes = [_radius(place, most) for place in places]
    marks = [_mark(place, *spot, size) for place, spot, size in zip(places, spots_at, sizes, strict=True)]
    names = [
        _name(places[index], *where)
        for index, where in _names_placed([_text(place) for place in places], spots_at, sizes, _by_weight(places))
    ]
    clip = tag("clipPath", tag("rect", x=0, y=0, width=WIDE, height=HIGH), id=frame)
    return figure(
        WIDE,
        HIGH,
        tag("defs", clip),
        tag("g", *land, *lines, *marks, *names, clip_path=f"url(#{frame})"),
        tag("rect", x=0.5, y=0.5, width=WIDE - 1, height=HIGH - 1, fill="none", stroke=FAINT),
        label=label,
    )


def _fit(spots: Sequence[Point]) -> Fit:
    xs, ys = [p[0] for p in spots], [p[1] for p in spots]
    wide, high = max(max(xs) - min(xs), 0.12) * 1.35, max(max(ys) - min(ys), 0.12) * 1.45
    scale = min(WIDE / wide, HIGH / high)
    mx, my = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return lambda x, y: (WIDE / 2 + (x - mx) * scale, HIGH / 2 - (y - my) * scale)


def _ring(ring: Sequence[float], centre: Point, fit: Fit) -> str:
    points = []
    for i in range(0, len(ring), 2):
        x, y, angle = project(ring[i + 1], ring[i], centre)
        if angle > REACH:
            return ""
        points.append(fit(x, y))
    if all(x < -80 or x > WIDE + 80 or y < -80 or y > HIGH + 80 for x, y in points) and not _around(points):
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _around(points: Sequence[Point]) -> bool:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs) < WIDE and max(xs) > 0 and min(ys) < HIGH and max(ys) > 0


def _route(route: Route, at: Fit) -> str:
    points = [at(*_between(route.a, route.b, i / 24)) for i in range(25)]
    dash = "6 4" if route.conditional else "2 3" if route.mode == "sea" else None
    colour = ACCENT if route.conditional else SOFT
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return tag(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=2.2 if route.conditional else 1.2,
        stroke_dasharray=dash,
    )


def _between(a: Point, b: Point, share: float) -> Point:
    """A place on the great circle from a to b."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    angle = 2 * asin(min(1.0, sqrt(sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2)))
    if angle < 1e-9:
        return a
    p, q = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
    x, y = p * cos(lat1) * cos(lon1) + q * cos(lat2) * cos(lon2), p * cos(lat1) * sin(lon1) + q * cos(lat2) * sin(lon2)
    return degrees(atan2(p * sin(lat1) + q * sin(lat2), hypot(x, y))), degrees(atan2(y, x))


def _by_weight(places: Sequence[Place]) -> list[int]:
    return sorted(range(len(places)), key=lambda i: (-places[i].count, places[i].name))


def _radius(place: Place, most: int) -> float:
    return 3.0 + (7.0 * sqrt(place.count / most) if place.count else 0.0)


def _text(place: Place) -> str:
    return f"{place.name} {place.count}" if place.count else place.name


def _names_placed(
    texts: Sequence[str], spots: Sequence[Point], sizes: Sequence[float], order: Sequence[int]
) -> list[tuple[int, tuple[float, float, str]]]:
    """For each name that finds room: its index, and where it stands with its ``text-anchor``."""
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, sizes, strict=True)]
    made = []
    for index in order:
        for x, y, anchor in _stands(*spots[index], sizes[index]):
            box = label_box(texts[index], x, y, anchor)
            others = (*taken[:index], *taken[index + 1 :])
            if _inside(box) and not any(_overlap(box, other) for other in others):
                taken.append(box)
                made.append((index, (x, y, anchor)))
                break
    return made


def _stands(x: float, y: float, r: float) -> tuple[tuple[float, float, str], ...]:
    return (
        (x + r + 4, y + 4, "start"),
        (x - r - 4, y + 4, "end"),
        (x, y - r - 5, "middle"),
        (x, y + r + 13, "middle"),
    )


def label_box(text: str, x: float, y: float, anchor: str) -> Box:
    """Left, upper, right and lower edge of a name that stands at a point by its ``text-anchor``, about."""
    wide = LETTER * len(text)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - 10, left + wide, y + 3


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDE and box[3] <= HIGH


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _mark(place: Place, x: float, y: float, radius: float) -> str:
    mark = tag(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        fill=ACCENT if place.count else PAPER,
        fill_opacity=0.75,
        stroke=INK,
        stroke_width=0.8,
    )
    return _led(place, mark + title(_text(place)))


def _name(place: Place, x: float, y: float, anchor: str) -> str:
    text = _text(place)
    halo = words(text, x, y, font_size=11.5, stroke=PAPER, stroke_width=3, fill=PAPER, text_anchor=anchor)
    return _led(place, halo + words(text, x, y, font_size=11.5, fill=INK, text_anchor=anchor))


def _led(place: Place, body: str) -> str:
    return tag("a", body, href=place.href) if place.href else body
