"""The specifications of the statistical charts, one function each, by Altair.

Each takes plain rows and returns a Vega-Lite specification as a dictionary.  Where a
colour tells two things apart, position, shape or a label tells them apart as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.show.charts import CONF, COOP, INK, spec_of

Rows = Sequence[dict[str, Any]]
TIME_UNITS = {"day": "yearmonthdate", "week": "yearmonthdate", "month": "yearmonth", "year": "year"}


def diverging_bars(rows: Rows, bucket: str, *, width: int = 880, height: int = 150) -> dict[str, Any]:
    """Counts by period: ``up`` above the line, ``down`` (negative) below, ``meetings`` as dots."""
    import altair as alt

    ticks = {"year": "year", "month": "month", "week": "month", "day": "day"}[bucket]
    axis = alt.Axis(title=None, format="%-d %b" if bucket == "day" else "%Y" if bucket == "year" else "%b %Y", labelOverlap="greedy", labelSeparation=8, tickCount=ticks)
    base = alt.Chart(alt.Data(values=list(rows))).encode(x=alt.X("start:T", axis=axis, scale=alt.Scale(padding=14)))
    size = max(2.0, min(18.0, 0.62 * width / max(len(rows), 1)))
    bars = [
        base.mark_bar(color=colour, width=size).encode(
            y=alt.Y(f"{name}:Q", axis=alt.Axis(title=None, format="d", tickMinStep=1, tickCount=5, labelExpr="abs(datum.value)")),
            tooltip=[alt.Tooltip("period:N"), alt.Tooltip(f"{name}:Q")],
        )
        for name, colour in (("up", COOP), ("down", CONF))
    ]
    zero = alt.Chart(alt.Data(values=[{"y": 0}])).mark_rule(color=INK, strokeWidth=1).encode(y="y:Q")
    dots = base.transform_filter("datum.meetings > 0").mark_point(color=INK, shape="circle", size=26, yOffset=-7).encode(y="up:Q", tooltip=["period:N", "meetings:Q"])
    layered = alt.layer(*bars, zero, dots).properties(width=width, height=height)
    return spec_of(layered)


def tie_panels(rows: Rows, order: Sequence[str], *, columns: int = 3, width: int = 258, height: int = 74) -> dict[str, Any]:
    """One panel a pair: cooperation as an area above the line, conflict as an area below it."""
    import altair as alt

    base = alt.Chart().encode(x=alt.X("month:T", axis=alt.Axis(title=None, format="%b %y", tickCount=4, labelOverlap=True)))
    layers = [
        base.mark_area(color=colour, opacity=0.85, interpolate="step-after").encode(
            y=alt.Y(f"{name}:Q", axis=alt.Axis(title=None, tickCount=3, labelExpr="abs(datum.value)")), tooltip=["pair:N", alt.Tooltip("month:T", format="%B %Y"), f"{name}:Q"]
        )
        for name, colour in (("up", COOP), ("down", CONF))
    ]
    zero = alt.Chart().mark_rule(color=INK, strokeWidth=0.8).encode(y=alt.datum(0))
    panel = alt.layer(*layers, zero, data=alt.Data(values=list(rows))).properties(width=width, height=height)
    return spec_of(panel.facet(facet=alt.Facet("pair:N", title=None, sort=list(order)), columns=columns, spacing=26).resolve_scale(x="shared"))
