"""Ties: cooperation and conflict between every pair of states over time, the two kept apart.

1. Each event held counts with the size of its Goldstein (1992) value, cooperation (PLOVER
   quad classes 1 and 2) and conflict (3 and 4) in separate sums.
2. Older events fade: a sum at period t is the sum over earlier periods s of
   value(s) x 0.5 ^ ((t - s) / half-life); the half-life is stated and can be changed.
3. The sum is divided by the faded count of articles that mention both states, so that a
   pair that is written about more does not look closer for that reason alone.
4. A period with fewer than three such articles is thin: it is left blank, with its count.

Centre and fringe are measured on the network of the last period: strength (sum of
ties) and closeness by cooperation (distance 1 / cooperation).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Chart, Column, Filter, Ref, Table, count_of, number_cell, ref, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, day, head, whole
from dragoman.show.views._words import country_name, the

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import FadedTie, Tie
    from dragoman.show.drawings.panels import Panel

HALF_LIFE = 3
THIN = 3
MOST_PAIRS = 12
MOST_POINTS = 30
MOST_ROWS = 100
NODES = 14
NO_STATES = ("IGO", "NGO", "IMG", "MNC")


@dataclass(frozen=True, kw_only=True)
class Faded:
    """A pair at one period: faded sums per article, the articles behind them, and whether that is too thin to show.

    The counts of events and articles are those of all periods, given for the last one.
    """

    a: str
    b: str
    period: str
    cooperation: float
    conflict: float
    covered: float
    thin: bool
    n_cooperation: int = 0
    n_conflict: int = 0
    articles: int = 0


@dataclass(frozen=True, kw_only=True)
class Ties(View):
    """The page: small multiples, the network at a date, centre and fringe, the numbers."""

    filters: tuple[Filter, ...]
    multiples: Chart | None
    network: Chart | None
    centre: Table
    pairs: Table


def build(desk: Desk, query: Query) -> Ties:
    """The page for this query: ``half`` (months), ``party``, ``at`` (a day)."""
    half, at = whole(query, "half", HALF_LIFE), day(query, "at")
    most = None if query.get("rows") == "all" else MOST_ROWS
    every = _fetch.record_of(desk).tallies.faded_ties(half, country=query.get("party") or None, until=at)
    end = every.months[-1] if every.months else ""
    last = latest([row for row in every.rows if row.a not in NO_STATES and row.b not in NO_STATES], end)
    filters = (
        Filter(name="half", title="Half-life in months", kind="number", value=str(half)),
        Filter(name="at", title="As of", kind="date", value=query.get("at", "")),
    )
    return Ties(
        head=head(desk, "ties", "Ties", lead_of(last), query=query),
        filters=filters,
        multiples=multiples(desk, last, every.months, half, at),
        network=network(last),
        centre=centre(last, most),
        pairs=pair_table(last, most),
    )


def latest(rows: Sequence[FadedTie], period: str) -> list[Faded]:
    """Every pair at the last period, per article, those of whom most is reported first."""
    made = [
        Faded(
            a=row.a,
            b=row.b,
            period=period,
            cooperation=row.cooperation / max(row.covered, 1),
            conflict=row.conflict / max(row.covered, 1),
            covered=row.covered,
            thin=row.covered < THIN,
            n_cooperation=row.n_cooperation,
            n_conflict=row.n_conflict,
            articles=row.articles,
        )
        for row in rows
    ]
    return sorted(made, key=lambda row: -(row.cooperation + row.conflict) * row.covered)


def series(
    desk: Desk, pairs: Sequence[tuple[str, str]], span: Sequence[str], half: int, at: str | None
) -> dict[tuple[str, str], list[Faded]]:
    """Faded sums per article of some pairs in every month of the span."""
    record = _fetch.record_of(desk)
    found: dict[tuple[str, str], dict[str, Tie]] = {pair: {} for pair in pairs}
    for row in record.ties("month", pairs=pairs, until=at):
        found[row.a, row.b][row.period] = row
    covered = record.tallies.covered_months(pairs, until=at)
    keep = 0.5 ** (1 / half)
    return {pair: _faded_pair(*pair, found[pair], covered[pair], span, keep) for pair in pairs}


def _faded_pair(  # noqa: PLR0917
    a: str, b: str, found: Mapping[str, Tie], articles: Mapping[str, int], span: Sequence[str], keep: float
) -> list[Faded]:
    made, cooperation, conflict, covered = [], 0.0, 0.0, 0.0
    for period in span:
        row = found.get(period)
        cooperation = cooperation * keep + (row.cooperation if row else 0.0)
        conflict = conflict * keep + (row.conflict if row else 0.0)
        covered = covered * keep + articles.get(period, 0)
        made.append(
            Faded(
                a=a,
                b=b,
                period=period,
                cooperation=cooperation / max(covered, 1),
                conflict=conflict / max(covered, 1),
                covered=covered,
                thin=covered < THIN,
            )
        )
    return made


def pair_name(row: Faded | Tie) -> str:
    """``North Korea – United States``."""
    return f"{country_name(row.a)} – {country_name(row.b)}"


def pair_words(row: Faded) -> str:
    """``North Korea and the United States``."""
    return f"{the(country_name(row.a))} and {the(country_name(row.b))}"


def lead_of(rows: Sequence[Faded]) -> str:
    """The closest and the most hostile pair of the last month, in one sentence."""
    solid = [row for row in rows if not row.thin]
    if not solid:
        return "The record holds too little on any pair of states to say how close they are."
    warm, cold = max(solid, key=lambda r: r.cooperation), max(solid, key=lambda r: r.conflict)
    return (
        f"At the end of the span cooperation is reported most between {pair_words(warm)}, conflict "
        f"most between {pair_words(cold)}."
    )


def shown_periods(span: Sequence[str]) -> tuple[list[str], int]:
    """The months that a panel draws, the last among them, and how far apart they are: thirty at most."""
    every = max(1, -(-len(span) // MOST_POINTS))
    return list(span[::-1][::every][::-1]), every


def multiples(desk: Desk, last: Sequence[Faded], span: Sequence[str], half: int, at: str | None) -> Chart | None:
    """Small multiples: one panel a pair, cooperation up, conflict down, thin periods blank."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings import panels
    from dragoman.show.plots import tie_panels

    ends, every = shown_periods(span)
    order = [(row.a, row.b) for row in last if row.cooperation + row.conflict > 0][:MOST_PAIRS]
    shown = {
        pair: [row for row in rows if row.period in ends] for pair, rows in series(desk, order, span, half, at).items()
    }
    kept = [row for rows in shown.values() for row in rows if not row.thin]
    if not kept:
        return None
    values = [
        {
            "pair": pair_name(row),
            "month": f"{row.period}-01",
            "up": round(row.cooperation, 3),
            "down": -round(row.conflict, 3),
        }
        for row in kept
    ]
    drawn = [pair for pair in order if any(not row.thin for row in shown[pair])]
    columns = (
        Column(name="pair", title="Pair"),
        Column(name="month", title="Month", kind="date"),
        Column(name="coop", title="Cooperation", kind="number"),
        Column(name="conf", title="Conflict", kind="number"),
        Column(name="n", title="Articles (faded)", kind="number"),
    )
    table = tuple(
        (
            text_cell(pair_name(r)),
            text_cell(r.period),
            number_cell(r.cooperation, 2, to=_pair_ref(r, "cooperation", r.period)),
            number_cell(r.conflict, 2, to=_pair_ref(r, "conflict", r.period)),
            number_cell(r.covered, 1, to=_pair_ref(r, period=r.period)),
        )
        for r in kept
    )
    return Chart(
        name="multiples",
        title="Cooperation and conflict by pair",
        alt=lead_of(last),
        spec=Later(tie_panels, values, [pair_name(shown[pair][0]) for pair in drawn]),
        svg=panels.draw([panel_of(shown[pair]) for pair in drawn]),
        note=(
            f"Goldstein weights per article that mentions both; half-life {count_of(half, 'month')}; "
            f"months with fewer than {THIN} such articles are left blank. "
            f"All panels share one scale.{f' Every {every} months are drawn.' if every > 1 else ''}"
        ),
        table=Table(name="multiples-table", title="", columns=columns, rows=table),
    )


def panel_of(rows: Sequence[Faded]) -> Panel:
    """A pair's months as a panel of the drawing; thin ones are blank."""
    from dragoman.show.drawings.panels import Level, Panel

    levels = tuple(
        Level(
            day=date.fromisoformat(f"{row.period}-01"),
            up=None if row.thin else row.cooperation,
            down=None if row.thin else row.conflict,
        )
        for row in rows
    )
    return Panel(title=pair_name(rows[0]), levels=levels)


def network(rows: Sequence[Faded]) -> Chart | None:
    """The network at the last period."""
    from dragoman.show.drawings import network as drawing

    solid = [row for row in rows if not row.thin and row.cooperation + row.conflict > 0]
    if len(solid) < 2:
        return None
    links = [
        drawing.Link(a=country_name(r.a), b=country_name(r.b), cooperation=r.cooperation, conflict=r.conflict)
        for r in solid
    ]
    return Chart(
        name="network",
        title=f"The network in {solid[0].period}",
        alt=lead_of(rows),
        svg=drawing.draw(links, most=NODES),
        numbers_in="pairs",
        note=(
            "Width is the size of the tie. Cooperation is a full line, conflict a dashed one beside "
            "it; who is closely tied stands near the middle."
        ),
    )


def closeness(ties: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """Closeness centrality of everyone in a network of ties above 0, at distances of 1 / tie.

    The n - 1 others that are reached over the sum of the distances to them, times the share
    of all others that is reached (Freeman 1979; Wasserman and Faust 1994, for networks in parts).
    """
    import numpy as np
    from scipy.sparse.csgraph import dijkstra

    names = sorted({name for pair in ties for name in pair})
    place = {name: i for i, name in enumerate(names)}
    edges = np.zeros((len(names), len(names)))
    for (a, b), tie in ties.items():
        edges[place[a], place[b]] = edges[place[b], place[a]] = 1 / tie
    if not names:
        return {}
    apart = dijkstra(edges, directed=False)
    reached = np.isfinite(apart).sum(axis=1) - 1
    sums = np.where(np.isfinite(apart), apart, 0.0).sum(axis=1)
    found = reached / sums * reached / (len(names) - 1)
    return dict(zip(names, found.tolist(), strict=True))


def centre(rows: Sequence[Faded], most: int | None) -> Table:
    """Strength and closeness of every state at the last period."""
    near = closeness({(row.a, row.b): row.cooperation for row in rows if not row.thin and row.cooperation > 0})
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in rows:
        if not row.thin:
            for state in (row.a, row.b):
                sums[state] = [sums[state][0] + row.cooperation, sums[state][1] + row.conflict, sums[state][2] + 1]
    columns = (
        Column(name="state", title="State"),
        Column(name="coop", title="Cooperation", kind="number", note="sum of its cooperative ties"),
        Column(name="conf", title="Conflict", kind="number"),
        Column(name="close", title="Closeness", kind="number", note="closeness centrality, distance 1 / cooperation"),
        Column(name="ties", title="Ties", kind="number"),
    )
    order = sorted(sums, key=lambda s: (-near.get(s, 0.0), s))
    made = tuple(
        (
            text_cell(country_name(s), ref("chronology", party=s)),
            number_cell(sums[s][0], 2),
            number_cell(sums[s][1], 2),
            number_cell(near.get(s), 2),
            number_cell(int(sums[s][2])),
        )
        for s in order[:most]
    )
    return Table(
        name="centre",
        title="Centre and fringe",
        columns=columns,
        rows=made,
        total=len(order),
        empty="Too little to measure.",
    )


def _pair_ref(row: Faded, kind: str = "", period: str = "") -> Ref:
    """The events between two states, of a kind, up to the end of a month."""
    until = {"to": f"{period}-{monthrange(int(period[:4]), int(period[5:7]))[1]}"} if period else {}
    return ref("chronology", party=row.a, **{"with": row.b}, kind=kind, **until)


def pair_table(rows: Sequence[Faded], most: int | None) -> Table:
    """The pairs of whom most is reported: faded values now, events counted, articles; thin ones say so."""
    columns = (
        Column(name="a", title="State"),
        Column(name="b", title="State"),
        Column(name="coop", title="Cooperation", kind="number"),
        Column(name="conf", title="Conflict", kind="number"),
        Column(name="nc", title="Cooperative events", kind="number"),
        Column(name="nf", title="Conflictual events", kind="number"),
        Column(name="n", title="Articles", kind="number"),
    )
    made = tuple(
        (
            text_cell(country_name(r.a)),
            text_cell(country_name(r.b)),
            number_cell(r.cooperation, 2, to=_pair_ref(r, "cooperation"))
            if not r.thin
            else Cell(text="too few articles"),
            number_cell(r.conflict, 2, to=_pair_ref(r, "conflict")) if not r.thin else Cell(text="–"),
            number_cell(r.n_cooperation, to=_pair_ref(r, "cooperation")),
            number_cell(r.n_conflict, to=_pair_ref(r, "conflict")),
            number_cell(r.articles, to=_pair_ref(r)),
        )
        for r in rows[:most]
    )
    return Table(
        name="pairs",
        title="Every pair",
        columns=columns,
        rows=made,
        total=len(rows),
        empty="No two states in one event.",
        note="Values at the end of the span; counts over all of it.",
    )
