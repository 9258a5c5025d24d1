"""Charts: Vega-Lite specifications by Altair, drawn as inline SVG without any script.

One look for all: no frame, hair-line grid, direct labels, the page's own colours.
Colours are written as the light palette's values and then replaced by the names of
the style sheet's variables, so that the same SVG serves light, dark and print.  On
paper they stay as they are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, lru_cache, partial
from typing import Any

from dragoman.plain import to_plain

INK, SOFT, FAINT, RULE, HAIR, PAPER = "#1f1c17", "#5b554a", "#8a8375", "#ddd7ca", "#ebe6db", "#fcfbf8"
COOP, CONF, PLAN, OFF, GOOD, BAD, ACCENT = "#1f6478", "#a8431f", "#6d6a2a", "#77706a", "#2c6a45", "#a3281c", "#7a2318"
PARTIES = ("#1f6479", "#a84320", "#6b4c8a", "#3b7a4a", "#a27a10", "#8c3b63", "#4d5a6a", "#7b6248")
VARIABLES = {
    INK: "ink",
    SOFT: "soft",
    FAINT: "faint",
    RULE: "rule",
    HAIR: "hair",
    PAPER: "paper",
    COOP: "coop",
    CONF: "conf",
    PLAN: "plan",
    OFF: "off",
    GOOD: "good",
    BAD: "bad",
    ACCENT: "accent",
    **{color: f"p{i + 1}" for i, color in enumerate(PARTIES)},
}
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
SCREEN_FONT = "Liberation Sans"
PAPER_FONT = "Libertinus Serif"
PAPER_WIDTH = 600


class Later(Mapping[str, Any]):
    """A specification that is made when somebody first asks for it: for pointing at, on paper, in a notebook.

    Pages show drawings made without it, so that none waits for the chart grammar.
    """

    def __init__(self, make: Callable[..., dict[str, Any]], *args: Any, **options: Any) -> None:
        self._make = partial(make, *args, **options)

    @cached_property
    def _made(self) -> dict[str, Any]:
        return self._make()

    def __getitem__(self, key: str) -> Any:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __bool__(self) -> bool:
        """True, without making it."""
        return True


def svg_png(svg: str, scale: float = 2.5) -> bytes:
    """A finished drawing as PNG."""
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg.replace("<svg ", f'<svg font-family="{SCREEN_FONT}" ', 1), scale=scale)
    return made


def party_colours(parties: tuple[str, ...]) -> dict[str, str]:
    """A colour for each party, in their order; past eight they repeat, and names tell them apart."""
    return {party: PARTIES[i % len(PARTIES)] for i, party in enumerate(parties)}


def configured(spec: Mapping[str, Any], font: str = SCREEN_FONT) -> dict[str, Any]:
    """A specification with the one look of all charts."""
    axis = {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": HAIR,
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 5,
        "labelFont": font,
        "titleFont": font,
    }
    config = {
        "background": None,
        "aria": False,
        "font": font,
        "padding": 2,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False, "domain": True, "domainColor": FAINT},
        "legend": {
            "labelColor": SOFT,
            "titleColor": SOFT,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "orient": "top",
            "symbolType": "square",
        },
        "header": {
            "labelColor": INK,
            "titleColor": SOFT,
            "labelFontSize": 12.5,
            "labelAnchor": "start",
            "labelPadding": 2,
            "labelFontWeight": "bold",
        },
        "text": {"color": INK, "fontSize": 12},
        "rule": {"color": FAINT},
        "bar": {"color": COOP},
        "line": {"color": COOP, "strokeWidth": 2},
        "point": {"color": INK, "filled": True},
    }
    return {**to_plain(spec), "config": config}


def to_svg(spec: Mapping[str, Any]) -> str:
    """The chart as inline SVG in the page's colours."""
    return _svg(json.dumps(to_plain(spec), sort_keys=True), SCREEN_FONT, screen=True)


def to_paper_svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG with fixed colours and the paper's font."""
    return _svg(json.dumps(narrowed(spec), sort_keys=True), PAPER_FONT, screen=False)


def narrowed(spec: Mapping[str, Any], width: float = PAPER_WIDTH) -> dict[str, Any]:
    """The specification no wider than paper takes with legible words."""
    plain: dict[str, Any] = dict(to_plain(spec))
    if isinstance(plain.get("width"), (int, float)) and plain["width"] > width:
        plain["width"] = width
    return plain


def to_png(spec: Mapping[str, Any], scale: float = 2.5) -> bytes:
    """The chart as PNG, for word processors."""
    import vl_convert

    made: bytes = vl_convert.vegalite_to_png(
        configured(narrowed(spec), SCREEN_FONT), scale=scale, show_warnings=False, allowed_base_urls=[]
    )
    return made


@lru_cache(maxsize=256)
def _svg(spec: str, font: str, *, screen: bool) -> str:
    import vl_convert

    made: str = vl_convert.vegalite_to_svg(
        configured(json.loads(spec), font), show_warnings=False, allowed_base_urls=[]
    )
    plain = _ARIA.sub("", made)
    return in_page_colours(plain) if screen else plain


def in_page_colours(svg: str) -> str:
    """An SVG whose colours of the light palette are the style sheet's variables."""
    for colour, name in VARIABLES.items():
        svg = svg.replace(f'"{colour}"', f'"var(--{name})"')
    return svg


def warm() -> None:
    """Start the chart engine, so that the first page does not wait for it."""
    to_svg({"data": {"values": []}, "mark": "point"})


@cache
def bundle() -> str:
    """The Vega scripts out of the chart package, for charts that answer to the pointer."""
    import vl_convert

    made: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return made


@cache
def bundle_name() -> str:
    """A name that changes with the chart package's version."""
    from importlib.metadata import version

    return hashlib.sha256(version("vl-convert-python").encode()).hexdigest()[:12]


def spec_of(chart: Any) -> dict[str, Any]:
    """An Altair chart as a plain specification with its data inside."""
    made: dict[str, Any] = chart.to_dict(validate=False)
    datasets = made.pop("datasets", {})
    _inline(made, datasets)
    return made


def _inline(node: Any, datasets: Mapping[str, Any]) -> None:
    if isinstance(node, dict):
        data = node.get("data")
        if isinstance(data, dict) and data.get("name") in datasets:
            node["data"] = {"values": datasets[data["name"]]}
        for value in node.values():
            _inline(value, datasets)
    elif isinstance(node, list):
        for value in node:
            _inline(value, datasets)
