"""Ties: cooperation and conflict between every pair of states over time, the two kept apart.

1. Each event held counts with the size of its Goldstein (1992) value, cooperation (PLOVER
   quad classes 1 and 2) and conflict (3 and 4) in separate sums.
2. Older events fade: a sum at period t is the sum over earlier periods s of
   value(s) x 0.5 ^ ((t - s) / half-life); the half-life is stated and can be changed.
3. The sum is divided by the faded count of articles that mention both states, so that a
   pair that is written about more does not look closer for that reason alone.
4. A period with fewer than three such articles is thin: it is left blank, with its count.

Centre and fringe are measured on the network of the last period: strength (sum of
ties) and closeness by cooperation (networkx, distance 1 / cooperation).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Chart, Column, Filter, Ref, Table, count_of, number_cell, ref, text_cell
from dragoman.show.views import _fetch
from dragoman.show.views._base import Query, View, day, head, whole
from dragoman.show.views._words import country_name, the

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.record.views import Tie

HALF_LIFE = 3
THIN = 3
MOST_PAIRS = 12
MOST_POINTS = 30
NODES = 14
NO_STATES = ("IGO", "NGO", "IMG", "MNC")


@dataclass(frozen=True, kw_only=True)
class Faded:
    """A pair at one period: faded sums per article, the articles behind them, and whether that is too thin to show."""

    a: str
    b: str
    period: str
    cooperation: float
    conflict: float
    covered: float
    thin: bool


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
    every = _fetch.record_of(desk).ties("month", country=query.get("party") or None, until=at)
    rows = tuple(row for row in every if row.a not in NO_STATES and row.b not in NO_STATES)
    faded = fade(rows, half)
    last = latest(faded)
    filters = (
        Filter(name="half", title="Half-life in months", kind="number", value=str(half)),
        Filter(name="at", title="As of", kind="date", value=query.get("at", "")),
    )
    return Ties(
        head=head(desk, "ties", "Ties", lead_of(last), query=query),
        filters=filters,
        multiples=multiples(faded, half),
        network=network(last),
        centre=centre(last),
        pairs=pair_table(last, rows),
    )


def months(first: str, last: str) -> list[str]:
    """Every month from the first to the last."""
    start, end = (12 * int(m[:4]) + int(m[5:7]) - 1 for m in (first, last))
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(start, end + 1)]


def fade(rows: Sequence[Tie], half: int) -> list[Faded]:
    """Faded sums per article for every pair in every month of the span."""
    if not rows:
        return []
    span = months(min(row.period for row in rows), max(row.period for row in rows))
    by_pair: dict[tuple[str, str], dict[str, Tie]] = defaultdict(dict)
    for row in rows:
        by_pair[row.a, row.b][row.period] = row
    return [item for (a, b), found in by_pair.items() for item in _faded_pair(a, b, found, span, 0.5 ** (1 / half))]


def _faded_pair(a: str, b: str, found: Mapping[str, Tie], span: Sequence[str], keep: float) -> list[Faded]:
    made, cooperation, conflict, covered = [], 0.0, 0.0, 0.0
    for period in span:
        row = found.get(period)
        cooperation = cooperation * keep + (row.cooperation if row else 0.0)
        conflict = conflict * keep + (row.conflict if row else 0.0)
        covered = covered * keep + (row.covered if row else 0)
        thin = covered < THIN
        made.append(
            Faded(
                a=a,
                b=b,
                period=period,
                cooperation=cooperation / max(covered, 1),
                conflict=conflict / max(covered, 1),
                covered=covered,
                thin=thin,
            )
        )
    return made


def latest(rows: Sequence[Faded]) -> list[Faded]:
    """Every pair at the last period."""
    end = max((row.period for row in rows), default="")
    return sorted(
        (row for row in rows if row.period == end), key=lambda row: -(row.cooperation + row.conflict) * row.covered
    )


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


def shown_periods(rows: Sequence[Faded]) -> tuple[frozenset[str], int]:
    """The months that a panel draws, the last among them, and how far apart they are: thirty at most."""
    span = sorted({row.period for row in rows})
    every = max(1, -(-len(span) // MOST_POINTS))
    return frozenset(span[::-1][::every]), every


def multiples(rows: Sequence[Faded], half: int) -> Chart | None:
    """Small multiples: one panel a pair, cooperation up, conflict down, thin periods blank."""
    from dragoman.show.plots import tie_panels

    most = dict.fromkeys(((row.a, row.b) for row in latest(rows)), 0.0)
    for row in rows:
        if not row.thin:
            most[row.a, row.b] = max(most[row.a, row.b], row.cooperation + row.conflict)
    ends, every = shown_periods(rows)
    order = [pair for pair in most if most[pair] > 0][:MOST_PAIRS]
    wanted = set(order)
    kept = [row for row in rows if row.period in ends and not row.thin and (row.a, row.b) in wanted]
    if not kept:
        return None
    names = [f"{country_name(a)} – {country_name(b)}" for a, b in order]
    values = [
        {
            "pair": pair_name(row),
            "month": f"{row.period}-01",
            "up": round(row.cooperation, 3),
            "down": -round(row.conflict, 3),
        }
        for row in kept
    ]
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
        alt=lead_of(latest(rows)),
        spec=tie_panels(values, [n for n in names if any(v["pair"] == n for v in values)]),
        note=(
            f"Goldstein weights per article that mentions both; half-life {count_of(half, 'month')}; "
            f"months with fewer than {THIN} such articles are left blank. "
            f"All panels share one scale.{f' Every {every} months are drawn.' if every > 1 else ''}"
        ),
        table=Table(name="multiples-table", title="", columns=columns, rows=table),
    )


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


def centre(rows: Sequence[Faded]) -> Table:
    """Strength and closeness of every state at the last period."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for row in rows:
        if not row.thin and row.cooperation > 0:
            graph.add_edge(row.a, row.b, distance=1 / row.cooperation)
    closeness = nx.closeness_centrality(graph, distance="distance")
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
    order = sorted(sums, key=lambda s: (-closeness.get(s, 0.0), s))
    made = tuple(
        (
            text_cell(country_name(s), ref("chronology", party=s)),
            number_cell(sums[s][0], 2),
            number_cell(sums[s][1], 2),
            number_cell(closeness.get(s), 2),
            number_cell(int(sums[s][2])),
        )
        for s in order
    )
    return Table(name="centre", title="Centre and fringe", columns=columns, rows=made, empty="Too little to measure.")


def _pair_ref(row: Faded, kind: str = "", period: str = "") -> Ref:
    """The events between two states, of a kind, up to the end of a month."""
    until = {"to": f"{period}-{monthrange(int(period[:4]), int(period[5:7]))[1]}"} if period else {}
    return ref("chronology", party=row.a, **{"with": row.b}, kind=kind, **until)


def pair_table(rows: Sequence[Faded], raw: Sequence[Tie]) -> Table:
    """Every pair: faded values now, events counted, articles; thin ones blank with their count."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in raw:
        seen = counts[row.a, row.b]
        counts[row.a, row.b] = [seen[0] + row.n_cooperation, seen[1] + row.n_conflict, seen[2] + row.covered]
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
            number_cell(counts[r.a, r.b][0], to=_pair_ref(r, "cooperation")),
            number_cell(counts[r.a, r.b][1], to=_pair_ref(r, "conflict")),
            number_cell(counts[r.a, r.b][2], to=_pair_ref(r)),
        )
        for r in rows
    )
    return Table(
        name="pairs",
        title="Every pair",
        columns=columns,
        rows=made,
        empty="No two states in one event.",
        note="Values at the end of the span; counts over all of it.",
    )
