"""From a view to HTML: one Jinja environment with autoescape on, and charts as inline SVG.

Templates print views and decide nothing.  Nothing that comes from a record or a
case is ever marked safe: the only trusted strings are the SVG of charts, whose
text was escaped when it was drawn.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.show.blocks import Chart

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """The Jinja environment: autoescape on, undefined names are errors."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(draw=draw, plain=plain, token="", article_prefix="", waiting=None)
    return made


def plain(value: float) -> str:
    """A number as a form field takes it: no needless decimals."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def draw(chart: Chart, offline: bool) -> Any:
    """A chart as inline SVG, safe to print; offline its parts lead nowhere, for they lead to other queries."""
    from markupsafe import Markup

    from dragoman.show.charts import in_page_colours, to_svg

    svg = in_page_colours(chart.svg) if chart.svg else to_svg(chart.spec)
    return Markup(re.sub(r"</?a\b[^>]*>", "", svg) if offline else svg)  # noqa: S704


@cache
def static_name(name: str) -> str:
    """A static file's address with the hash of its content, so that it may be cached for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


def render(template: str, **context: Any) -> str:
    """A template printed with this context."""
    return environment().get_template(template).render(**context)
