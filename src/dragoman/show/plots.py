"""The specifications of the statistical charts, one function each, by Altair.

Each takes plain rows and returns a Vega-Lite specification as a dictionary.  Where a
colour tells two things apart, position, shape or a label tells them apart as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dragoman.show.charts import CONF, COOP, INK, spec_of

Rows = Sequence[dict[str, Any]]
DASHES = ([1, 0], [7, 3], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2], [12, 4], [6, 2, 1, 2])


def _data(rows: Rows) -> Any:
    """Rows as data that stand within the specification."""
    import altair as alt
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        made: Any = alt.Data(values=list(rows))  # type: ignore[no-untyped-call]
    return made


def diverging_bars(rows: Rows, bucket: str, *, width: int = 880, height: int = 150) -> dict[str, Any]:
    """Counts by period: ``up`` above the line, ``down`` (negative) below, ``meetings`` as dots."""
    import altair as alt

    ticks: Any = {"year": "year", "month": "month", "week": "month", "day": "day"}[bucket]
    axis = alt.Axis(
        title=None,
        format="%-d %b" if bucket == "day" else "%Y" if bucket == "year" else "%b %Y",
        labelOverlap="greedy",
        labelSeparation=8,
        tickCount=ticks,
    )
    base = alt.Chart(_data(rows)).encode(x=alt.X("start:T", axis=axis, scale=alt.Scale(padding=14)))
    size = max(2.0, min(18.0, 0.62 * width / max(len(rows), 1)))
    bars = [
        base.mark_bar(color=colour, width=size).encode(
            y=alt.Y(
                f"{name}:Q",
                axis=alt.Axis(title=None, format="d", tickMinStep=1, tickCount=5, labelExpr="abs(datum.value)"),
            ),
            tooltip=[alt.Tooltip("period:N"), alt.Tooltip(f"{name}:Q")],
        )
        for name, colour in (("up", COOP), ("down", CONF))
    ]
    zero = alt.Chart(_data([{"y": 0}])).mark_rule(color=INK, strokeWidth=1).encode(y="y:Q")
    dots = (
        base.transform_filter("datum.meetings > 0")
        .mark_point(color=INK, shape="circle", size=26, yOffset=-7)
        .encode(y="up:Q", tooltip=["period:N", "meetings:Q"])
    )
    layered = alt.layer(*bars, zero, dots).properties(width=width, height=height)
    return spec_of(layered)


def tie_panels(
    rows: Rows, order: Sequence[str], *, columns: int = 3, width: int = 258, height: int = 74
) -> dict[str, Any]:
    """One panel a pair: cooperation as an area above the line, conflict as an area below it."""
    import altair as alt

    base = alt.Chart().encode(
        x=alt.X("month:T", axis=alt.Axis(title=None, format="%b %y", tickCount=4, labelOverlap=True))
    )
    layers = [
        base.mark_area(color=colour, opacity=0.85, interpolate="step-after").encode(
            y=alt.Y(f"{name}:Q", axis=alt.Axis(title=None, tickCount=3, labelExpr="abs(datum.value)")),
            tooltip=["pair:N", alt.Tooltip("month:T", format="%B %Y"), f"{name}:Q"],
        )
        for name, colour in (("up", COOP), ("down", CONF))
    ]
    zero = alt.Chart().mark_rule(color=INK, strokeWidth=0.8).encode(y=alt.datum(0))
    panel = alt.layer(*layers, zero, data=_data([])).properties(width=width, height=height)
    made = spec_of(
        panel.facet(facet=alt.Facet("pair:N", title=None, sort=list(order)), columns=columns, spacing=26).resolve_scale(
            x="shared"
        )
    )
    return {**made, "data": {"values": list(rows)}}


def slack_lines(rows: Rows, parties: Sequence[str], *, width: int = 930, height: int = 190) -> dict[str, Any]:
    """Slack by step, a line a party with its name at the end; each party has its own colour and its own dash."""
    import altair as alt

    from dragoman.show.charts import PARTIES

    colour = alt.Color(
        "party:N",
        legend=None,
        scale=alt.Scale(domain=list(parties), range=[PARTIES[i % len(PARTIES)] for i in range(len(parties))]),
    )
    dash = alt.StrokeDash(
        "party:N",
        legend=None,
        scale=alt.Scale(domain=list(parties), range=[DASHES[i % len(DASHES)] for i in range(len(parties))]),
    )
    steps = sorted({int(row["step"]) for row in rows})
    labels = {int(row["step"]): str(row["label"]) for row in rows}
    text = " : ".join(f"datum.value == {step} ? '{labels[step]}'" for step in steps) + " : ''"
    base = alt.Chart(_data(rows)).encode(
        x=alt.X(
            "step:Q",
            axis=alt.Axis(title=None, values=steps, labelExpr=text, grid=True),
            scale=alt.Scale(domain=[steps[0], steps[-1] + 0.9], nice=False),
        ),
        y=alt.Y("slack:Q", axis=alt.Axis(title=None, tickCount=6)),
    )
    lines = base.mark_line(point=alt.OverlayMarkDef(size=34, filled=True)).encode(
        color=colour, strokeDash=dash, tooltip=["party:N", "label:N", alt.Tooltip("slack:Q", format=".2f")]
    )
    ends = _end_labels(rows, "step", "slack", height, colour)
    zero = alt.Chart(_data([{"y": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(y="y:Q")
    return spec_of(alt.layer(zero, lines, ends).properties(width=width, height=height))


def curves(
    rows: Rows,
    lines: Sequence[str],
    *,
    x_title: str,
    rule: float | None = None,
    legend: bool = True,
    x: str = "income",
    y: str = "slack",
    width: int = 640,
    height: int = 220,
) -> dict[str, Any]:
    """``y`` against ``x``, a line each by colour and dash; zero marked, and a dotted rule where one is given."""
    import altair as alt

    from dragoman.show.charts import PARTIES

    named = (
        alt.Legend(title=None, orient="top", labelLimit=320, symbolType="stroke", symbolSize=300) if legend else None
    )
    colour = alt.Color(
        "line:N",
        legend=named,
        scale=alt.Scale(domain=list(lines), range=[PARTIES[i % len(PARTIES)] for i in range(len(lines))]),
    )
    dash = alt.StrokeDash(
        "line:N",
        scale=alt.Scale(domain=list(lines), range=[DASHES[i % len(DASHES)] for i in range(len(lines))]),
        legend=named,
    )
    base = alt.Chart(_data(rows)).encode(
        x=alt.X(f"{x}:Q", axis=alt.Axis(title=x_title), scale=alt.Scale(zero=False, nice=False)),
        y=alt.Y(f"{y}:Q", axis=alt.Axis(title=None, tickCount=6), scale=alt.Scale(zero=False)),
    )
    drawn = base.mark_line().encode(
        color=colour,
        strokeDash=dash,
        tooltip=["line:N", alt.Tooltip(f"{x}:Q", format=".1f"), alt.Tooltip(f"{y}:Q", format=".2f")],
    )
    zero = alt.Chart(_data([{"y": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(y="y:Q")
    return spec_of(alt.layer(zero, drawn, *_rules(rule)).properties(width=width, height=height))


def _rules(at: float | None) -> list[Any]:
    """A dotted vertical rule, where one is wanted."""
    import altair as alt

    if at is None:
        return []
    return [alt.Chart(_data([{"x": at}])).mark_rule(color=INK, strokeDash=[2, 3]).encode(x="x:Q")]


def region_map(rows: Rows, *, x_title: str, rule: float, width: int = 640, height: int = 230) -> dict[str, Any]:
    """Cells by ``income`` and ``cost`` with their ``slack`` written in; cells that hold are framed."""
    import altair as alt

    across, up = (sorted({float(row[name]) for row in rows}) for name in ("income", "cost"))
    half = [(values[1] - values[0]) / 2 for values in (across, up)]
    most = max(abs(float(row["slack"])) for row in rows) or 1.0
    cells = [
        {
            **row,
            "x": row["income"] - half[0],
            "x2": row["income"] + half[0],
            "y": row["cost"] - half[1],
            "y2": row["cost"] + half[1],
            "shade": round(0.08 + 0.42 * abs(float(row["slack"])) / most, 3),
            "text": f"{'+' if row['holds'] else chr(0x2212)}{abs(float(row['slack'])):.1f}",
        }
        for row in rows
    ]
    scale_x = alt.Scale(domain=[across[0] - half[0], across[-1] + half[0]], nice=False, zero=False)
    scale_y = alt.Scale(domain=[up[0] - half[1], up[-1] + half[1]], nice=False, zero=False)
    base = alt.Chart(_data(cells)).encode(
        x=alt.X("x:Q", axis=alt.Axis(title=x_title, values=across, format=",.0f"), scale=scale_x),
        x2="x2:Q",
        y=alt.Y("y:Q", axis=alt.Axis(title=None, values=up, format=".0f", grid=False), scale=scale_y),
        y2="y2:Q",
        opacity=alt.Opacity("shade:Q", scale=None, legend=None),
    )
    short = base.transform_filter("!datum.holds").mark_rect(color=CONF)
    holds = base.transform_filter("datum.holds").mark_rect(color=COOP, stroke=INK, strokeWidth=1.5)
    words = (
        alt.Chart(_data(cells))
        .mark_text(fontSize=12, color=INK, align="left", dx=5)
        .encode(x=alt.X("income:Q", scale=scale_x), y=alt.Y("cost:Q", scale=scale_y), text="text:N")
    )
    return spec_of(alt.layer(short, holds, words, *_rules(rule)).properties(width=width, height=height))


def tornado(rows: Rows, outcome: float, *, width: int = 560) -> dict[str, Any]:
    """Bars from ``from`` to ``to`` in the order given, an open ring at ``low``, a full one at ``high``."""
    import altair as alt

    order = [str(row["what"]) for row in rows]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("what:N", sort=order, axis=alt.Axis(title=None, labelLimit=300, grid=False))
    )
    scale = alt.Scale(zero=False, nice=True, padding=12)
    bars = base.mark_rule(strokeWidth=5, color=COOP, opacity=0.45).encode(
        x=alt.X("from:Q", axis=alt.Axis(title=None, grid=True), scale=scale), x2="to:Q"
    )
    low = base.mark_point(filled=False, color=COOP, size=46, strokeWidth=1.6).encode(
        x=alt.X("low:Q", scale=scale), tooltip=["what:N", alt.Tooltip("low:Q", format=".1f")]
    )
    high = base.mark_point(filled=True, color=COOP, size=46).encode(
        x=alt.X("high:Q", scale=scale), tooltip=["what:N", alt.Tooltip("high:Q", format=".1f")]
    )
    rule = alt.Chart(_data([{"x": outcome}])).mark_rule(color=INK, strokeDash=[2, 3]).encode(x="x:Q")
    return spec_of(alt.layer(rule, bars, low, high).properties(width=width, height=alt.Step(21)))


def paths(rows: Rows, parties: Sequence[str], *, width: int = 700, height: int = 230) -> dict[str, Any]:
    """Positions by round, a line a party with its name at the end; each has its own colour and dash."""
    import altair as alt

    from dragoman.show.charts import PARTIES

    colour = alt.Color(
        "party:N",
        legend=None,
        scale=alt.Scale(domain=list(parties), range=[PARTIES[i % len(PARTIES)] for i in range(len(parties))]),
    )
    dash = alt.StrokeDash(
        "party:N",
        legend=None,
        scale=alt.Scale(domain=list(parties), range=[DASHES[i % len(DASHES)] for i in range(len(parties))]),
    )
    last = max(int(row["round"]) for row in rows)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X(
            "round:Q",
            axis=alt.Axis(title="round", values=list(range(last + 1)), format="d"),
            scale=alt.Scale(domain=[0, last * 1.25], nice=False),
        ),
        y=alt.Y("position:Q", axis=alt.Axis(title=None, tickCount=6)),
    )
    lines = base.mark_line(point=alt.OverlayMarkDef(size=26, filled=True)).encode(
        color=colour, strokeDash=dash, tooltip=["party:N", "round:Q", alt.Tooltip("position:Q", format=".1f")]
    )
    ends = _end_labels(rows, "round", "position", height, colour)
    return spec_of(alt.layer(lines, ends).properties(width=width, height=height))


def _end_labels(rows: Rows, x: str, y: str, height: int, colour: Any) -> Any:
    """Names at the ends of lines, moved apart so that none stands on another."""
    import altair as alt

    every = [float(row[y]) for row in rows]
    ends = [row for row in rows if row[x] == max(one[x] for one in rows)]
    gap = 15 * ((max(every) - min(every)) or 1.0) / height
    places = apart([float(row[y]) for row in ends], gap)
    moved = [{x: row[x], "party": row["party"], "at": place} for row, place in zip(ends, places, strict=True)]
    return (
        alt.Chart(_data(moved))
        .mark_text(align="left", dx=8, fontSize=12)
        .encode(x=f"{x}:Q", y="at:Q", text="party:N", color=colour)
    )


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Values moved so that neighbours are at least ``gap`` apart, their mean kept."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    made = list(values)
    for before, here in pairwise(order):
        made[here] = max(made[here], made[before] + gap)
    shift = (sum(made) - sum(values)) / (len(values) or 1)
    return [value - shift for value in made]


def power_dots(rows: Rows, order: Sequence[str], *, width: int = 560) -> dict[str, Any]:
    """Shares by ``party`` as a full circle (the first index) and an open diamond (the second)."""
    import altair as alt

    base = alt.Chart(_data(rows)).encode(
        x=alt.X(
            "value:Q",
            axis=alt.Axis(title=None, format="%", tickCount=5),
            scale=alt.Scale(domain=[0, 1], nice=False),
        ),
        y=alt.Y("party:N", sort=list(order), axis=alt.Axis(title=None, grid=True, labelLimit=240, labelPadding=14)),
        tooltip=["party:N", "index:N", alt.Tooltip("value:Q", format=".1%")],
    )
    first = base.transform_filter("datum.index === 'Shapley-Shubik'").mark_point(
        shape="circle", filled=True, size=70, color=COOP
    )
    second = base.transform_filter("datum.index === 'Banzhaf'").mark_point(
        shape="diamond", filled=False, size=150, strokeWidth=1.6, color=INK
    )
    return spec_of(alt.layer(first, second).properties(width=width, height=alt.Step(24)))


def scenario_dots(rows: Rows, scenarios: Sequence[str], issues: Sequence[str], *, width: int = 200) -> dict[str, Any]:
    """A panel an issue, a row a scenario: a dot at ``value``, a dotted rule at ``base``, the base itself open."""
    import altair as alt

    shown = [{**row, "own": row["scenario"] == scenarios[0]} for row in rows]
    base = alt.Chart().encode(
        y=alt.Y("scenario:N", sort=list(scenarios), axis=alt.Axis(title=None, labelLimit=260, labelPadding=10))
    )
    x = alt.X("value:Q", axis=alt.Axis(title=None, tickCount=3), scale=alt.Scale(zero=False, padding=10))
    rule = base.mark_tick(color=INK, thickness=1, size=22, opacity=0.45).encode(x=alt.X("base:Q"))
    dots = (
        base.transform_filter("!datum.own")
        .mark_point(filled=True, size=64, color=COOP)
        .encode(x=x, tooltip=["scenario:N", "issue:N", alt.Tooltip("value:Q", format=".1f")])
    )
    own = base.transform_filter("datum.own").mark_point(filled=False, size=64, strokeWidth=1.6, color=INK).encode(x=x)
    panel = alt.layer(rule, dots, own, data=_data(shown)).properties(width=width, height=alt.Step(22))
    facet = panel.facet(
        facet=alt.Facet("issue:N", sort=list(issues), header=alt.Header(title=None, labelLimit=width + 40)), columns=3
    ).resolve_scale(x="independent")
    return spec_of(facet)
