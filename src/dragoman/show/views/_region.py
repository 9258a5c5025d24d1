"""The region of the stakes: at which income of the party that must give up most a plan holds by itself.

One curve per value of what it gives up (least, middle, greatest), a map of the whole
region with the slack written into its cells, and the share of draws in which a plan
holds.  Slack of zero or more holds; the share of draws is robustness, not probability.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.show.blocks import Cell, Chart, Column, Table, fixed, joined, number_cell, share, text_cell
from dragoman.show.views._outcomes import lines_of
from dragoman.show.views._words import the

if TYPE_CHECKING:
    from dragoman.solve.stakes import Region

EVERY = 4
MILLION = 1e6


def region_charts(region: Region | None, currency: str) -> tuple[Chart, ...]:
    """The curve, the map (where what is given up has a range) and the robustness (where there are draws)."""
    if region is None:
        return ()
    made = (curve(region, currency), heat(region, currency), robustness(region, currency))
    return tuple(chart for chart in made if chart)


def millions(value: float) -> str:
    """A sum in millions, small ones with a digit."""
    return fixed(value / MILLION, 0 if abs(value) >= 10 * MILLION else 1)


def ends(region: Region) -> dict[int, str]:
    """The places on the axis of what is given up that the curve shows, with their words."""
    last = len(region.cost) - 1
    names = {0: "costs it most", last // 2: "in the middle", last: "costs it least"}
    return {
        place: f"{words}: {fixed(region.cost[place], 0)}" if last else fixed(region.cost[place], 0)
        for place, words in names.items()
    }


def curve(region: Region, currency: str) -> Chart:
    """The least slack of the best plan against the party's yearly income."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.lines import draw
    from dragoman.show.plots import curves

    rows: list[dict[str, Any]] = [
        {"income": round(money / MILLION, 3), "slack": round(slacks[place], 4), "line": words}
        for place, words in ends(region).items()
        for money, slacks in zip(region.income, region.slack, strict=True)
    ]
    lines = tuple(ends(region).values())
    columns = (
        Column(name="line", title=f"Value of “{region.gives_up}” to {the(region.party)}"),
        Column(name="income", title=f"Income, million {currency} a year", kind="number"),
        Column(name="slack", title="Least slack", kind="number"),
    )
    table = tuple((text_cell(r["line"]), number_cell(r["income"], 0), number_cell(r["slack"], 2)) for r in rows)
    return Chart(
        name="curve",
        title=f"Would income hold the deal? Least slack against the yearly income of {the(region.party)}",
        alt=f"{len(lines)} curves, one for each value of what is given up; {verdict(region)}.",
        spec=Later(curves, rows, lines, x_title=f"million {currency} a year", rule=region.expected / MILLION),
        svg=draw(
            lines_of(rows, "line", "income", "slack"),
            title=f"million {currency} a year",
            upright=region.expected / MILLION,
            legend=True,
            zero=True,
        ),
        note=" ".join(
            (
                f"Above zero a plan holds. The dotted rule is the expected {expected(region, currency)}.",
                *captions(region),
            )
        ),
        table=Table(name="curve-table", title="", columns=columns, rows=table),
    )


def expected(region: Region, currency: str) -> str:
    """The expected income in words."""
    return f"{millions(region.expected)} million {currency} a year"


def verdict(region: Region) -> str:
    """Whether a plan holds somewhere."""
    holds = [value >= 0 for row in region.slack for value in row]
    return f"a plan holds in {share(sum(holds) / len(holds))} of the region" if any(holds) else "none crosses zero"


def captions(region: Region) -> tuple[str, ...]:
    """What binds where the slack is greatest, and the guarantee that each party would need there."""
    needs = [f"{the(name)} {fixed(value, 1)}" for name, value in region.short.items() if value > 0.05]
    short = (f"Guarantees still needed there, in points: {joined(needs)}.",) if needs else ()
    return (f"Where most slack is left, the nearest plan {region.binds}.", *short)


def heat(region: Region, currency: str) -> Chart | None:
    """The region as cells with their slack written in, income across, what is given up upward."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.cells import Cell as Square
    from dragoman.show.drawings.cells import draw
    from dragoman.show.plots import region_map

    if len(region.cost) <= EVERY:
        return None
    cells: list[dict[str, Any]] = [
        {
            "income": round(region.income[i] / MILLION, 3),
            "cost": round(region.cost[j], 3),
            "slack": round(region.slack[i][j], 3),
            "holds": region.slack[i][j] >= 0,
        }
        for i in range(0, len(region.income), EVERY)
        for j in range(0, len(region.cost), EVERY)
    ]
    columns = (
        Column(name="income", title=f"Income, million {currency} a year", kind="number"),
        Column(name="cost", title="Value of what it gives up", kind="number"),
        Column(name="slack", title="Least slack", kind="number"),
        Column(name="holds", title="A plan"),
    )
    table = tuple(
        (
            number_cell(cell["income"], 0),
            number_cell(cell["cost"], 1),
            number_cell(cell["slack"], 1),
            Cell(text="holds" if cell["holds"] else "is short", tone="good" if cell["holds"] else "bad"),
        )
        for cell in cells
    )
    return Chart(
        name="region",
        title="The region: income across, the value of what is given up upward",
        alt=f"A map of {len(cells)} cells: {verdict(region)}.",
        spec=Later(region_map, cells, x_title=f"million {currency} a year", rule=region.expected / MILLION),
        svg=draw(
            [Square(x=c["income"], y=c["cost"], value=c["slack"], holds=c["holds"]) for c in cells],
            title=f"million {currency} a year",
            upright=region.expected / MILLION,
            width=700,
        ),
        note="Each cell says by how much the best plan holds (framed, with a plus) or is short (minus).",
        table=Table(name="region-table", title="", columns=columns, rows=table),
    )


def robustness(region: Region, currency: str) -> Chart | None:
    """The share of draws in which a plan holds, by income."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.lines import draw
    from dragoman.show.plots import curves

    if not region.robust:
        return None
    line = "a plan holds"
    rows: list[dict[str, Any]] = [
        {"income": round(money / MILLION, 3), "slack": round(100 * held, 2), "line": line}
        for money, held in zip(region.income, region.robust, strict=True)
    ]
    columns = (
        Column(name="income", title=f"Income, million {currency} a year", kind="number"),
        Column(name="share", title="Draws in which a plan holds, %", kind="number"),
    )
    return Chart(
        name="robust",
        title="How robust: share of draws of all other values in which a plan holds, in per cent",
        alt=f"{share(max(region.robust))} of the draws at best.",
        spec=Later(
            curves,
            rows,
            (line,),
            x_title=f"million {currency} a year",
            rule=region.expected / MILLION,
            height=120,
            legend=False,
        ),
        svg=draw(
            lines_of(rows, "line", "income", "slack"),
            title=f"million {currency} a year",
            upright=region.expected / MILLION,
            height=120,
        ),
        note="Robustness, not probability.",
        table=Table(
            name="robust-table",
            title="",
            columns=columns,
            rows=tuple((number_cell(r["income"], 0), number_cell(r["slack"], 1)) for r in rows),
        ),
    )
