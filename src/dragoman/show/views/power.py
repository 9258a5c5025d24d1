"""Power: who is decisive in votes, who is pivotal on each issue, who can block and what would move them.

The two indices count coalitions and know no positions; the pivots know positions and
weights; the blockers come from whether there is a deal at all.  The three answer three
questions and stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import MethodError
from dragoman.show.blocks import (
    Cell,
    Chart,
    Choice,
    Column,
    Filter,
    Point,
    Table,
    count_of,
    fixed,
    joined,
    number_cell,
    ref,
    share,
    text_cell,
)
from dragoman.show.views._base import Query, View, head
from dragoman.show.views._blocking import blocking_table
from dragoman.show.views._words import the
from dragoman.show.views.graph import basis_of

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.power import PlayerPower, PowerAnswer

MOST_COALITIONS = 12


@dataclass(frozen=True, kw_only=True)
class Power(View):
    """The page."""

    filters: tuple[Filter, ...]
    chart: Chart | None
    players: Table
    coalitions: tuple[Point, ...]
    pivots: Table
    blocking: Table | None
    no_blocking: str
    caveats: tuple[str, ...]
    basis: str


def build(desk: Desk, query: Query) -> Power:
    """The page for this query: ``scenario``.

    Raises:
        MethodError: the case has no seats that vote.
        InputError: the desk has no case.
    """
    scenario = query.get("scenario") or None
    case = desk.case_of(scenario)
    result = desk.result("power", scenario)
    answer: PowerAnswer = result.answer
    deal = desk.try_result("nodeal", scenario)
    lost = isinstance(deal, MethodError)
    return Power(
        head=head(
            desk,
            "power",
            "Power",
            lead_of(case, answer),
            query=query,
            basis=ref("case", part="parties", scenario=scenario),
        ),
        filters=(scenario_filter(desk, query),),
        chart=index_chart(case, answer),
        players=player_table(case, answer),
        coalitions=coalition_points(case, answer),
        pivots=pivot_table(desk, case, answer, scenario),
        blocking=None if isinstance(deal, MethodError) else blocking_table(case, deal.answer),
        no_blocking=str(deal) if lost else "",
        caveats=(*result.caveats, *(f"{text[:1].upper()}{text[1:]}." for text in result.warnings)),
        basis=basis_of(result),
    )


def scenario_filter(desk: Desk, query: Query) -> Filter:
    """The scenarios of the case, the case as it stands first."""
    chosen = query.get("scenario", "")
    pairs = [("", "the case as it stands"), *((key, s.name or key) for key, s in desk.case_of().scenarios.items())]
    return Filter(
        name="scenario",
        title="Scenario",
        value=chosen,
        choices=tuple(Choice(value=key, text=text, chosen=key == chosen) for key, text in pairs),
    )


def lead_of(case: Case, answer: PowerAnswer) -> str:
    """Who is decisive, in one sentence."""
    most = max(player.shapley_shubik for player in answer.players)
    first = [the(case.parties[p.party].name) for p in answer.players if p.shapley_shubik > most - 1e-9]
    idle = [the(case.parties[p.party].name) for p in answer.players if p.shapley_shubik == 0]
    each = "each " if len(first) > 1 else ""
    text = f"{joined(first)} {'are' if len(first) > 1 else 'is'} {each}decisive in {share(most)} of the orders"
    tail = f"; no vote hangs on {joined(idle, 'or')}" if idle else ""
    return f"{text[:1].upper()}{text[1:]} in which parties may agree{tail}."


def index_chart(case: Case, answer: PowerAnswer) -> Chart | None:
    """Both indices of every seat as dots."""
    from dragoman.show.plots import power_dots

    rows = [
        {"party": case.parties[p.party].name, "index": name, "value": value}
        for p in ranked(answer)
        for name, value in (("Shapley-Shubik", p.shapley_shubik), ("Banzhaf", p.banzhaf))
    ]
    order = [case.parties[p.party].name for p in ranked(answer)]
    alt = "; ".join(
        f"{case.parties[p.party].name} {share(p.shapley_shubik)}, {share(p.banzhaf)}" for p in ranked(answer)
    )
    return Chart(
        name="indices",
        title="Power in votes: share of the orders, and of the swings, in which a party is decisive",
        alt=f"Shapley-Shubik and Banzhaf index by party: {alt}.",
        spec=power_dots(rows, order),
        table=player_table(case, answer, name="indices-table", title=""),
        note="A full circle is Shapley-Shubik, an open diamond Banzhaf (as a share of all swings).",
    )


def ranked(answer: PowerAnswer) -> list[PlayerPower]:
    """Players, the most powerful first."""
    return sorted(answer.players, key=lambda p: (-p.shapley_shubik, -p.banzhaf))


def player_table(case: Case, answer: PowerAnswer, *, name: str = "players", title: str = "Seats") -> Table:
    """Every seat with its votes and both indices."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="votes", title="Votes", kind="number"),
        Column(name="veto", title="Veto"),
        Column(
            name="shapley", title="Shapley-Shubik", kind="number", note="share of the orders in which it is decisive"
        ),
        Column(name="banzhaf", title="Banzhaf", kind="number", note="share of all swings"),
        Column(name="swings", title="Swings", kind="number", note="coalitions of the others that it makes win"),
        Column(name="capability", title="Capability", kind="number", note="as the case judges it; not in the indices"),
    )
    rows = tuple(_player_row(case, player) for player in ranked(answer))
    absent = [party.name for key, party in case.parties.items() if key not in case.seats]
    without = f" Without a seat: {joined(absent)}." if absent else ""
    how = "counted" if answer.exact else "sampled, with a standard error below each"
    return Table(
        name=name,
        title=title,
        columns=columns,
        rows=rows,
        note=f"{count_of(answer.quota, 'vote')} of {answer.total} decide, with every veto; {how}.{without}",
    )


def _player_row(case: Case, player: PlayerPower) -> tuple[Cell, ...]:
    party = case.parties[player.party]
    capability = party.capability.central() if party.capability else None
    return (
        text_cell(party.name),
        number_cell(player.votes),
        text_cell("yes" if player.veto else "no"),
        Cell(
            text=share(player.shapley_shubik), value=round(player.shapley_shubik, 6), note=_error(player.shapley_error)
        ),
        Cell(text=share(player.banzhaf), value=round(player.banzhaf, 6), note=_error(player.banzhaf_error)),
        number_cell(player.swings),
        number_cell(capability),
    )


def _error(value: float) -> str:
    return f"± {fixed(100 * value, 1)} points" if value else ""


def coalition_points(case: Case, answer: PowerAnswer) -> tuple[Point, ...]:
    """The smallest winning coalitions."""
    winning = answer.winning or ()
    points = [Point(text=joined(case.parties[key].name for key in members)) for members in winning[:MOST_COALITIONS]]
    if len(winning) > MOST_COALITIONS:
        points.append(Point(text=f"and {len(winning) - MOST_COALITIONS} more"))
    return tuple(points)


def pivot_table(desk: Desk, case: Case, answer: PowerAnswer, scenario: str | None) -> Table:
    """Who stands at the median of each issue: by votes, and by capability times salience with its robustness."""
    median = desk.try_result("median", scenario)
    weighted = {} if isinstance(median, MethodError) else {item.issue: item for item in median.answer.issues}
    columns = (
        Column(name="issue", title="Issue"),
        Column(name="votes", title="By votes"),
        Column(name="weight", title="By capability and salience"),
        Column(name="draws", title="In draws", kind="number", note="share of draws in which it is (robustness)"),
        Column(name="others", title="Else", note="who is pivotal in the other draws"),
        Column(name="at", title="Median", kind="number"),
    )
    rows = []
    for name in dict.fromkeys((*answer.pivots, *weighted)):
        item, to = weighted.get(name), ref("forecast", issue=name, scenario=scenario)
        else_ = {} if item is None else {k: v for k, v in item.pivots.items() if k != item.pivot and v >= 0.01}
        drawn = item.pivots.get(item.pivot) if item and item.pivots else None
        rows.append(
            (
                text_cell(case.issues[name].name, to),
                text_cell(case.parties[answer.pivots[name]].name if name in answer.pivots else ""),
                text_cell(case.parties[item.pivot].name if item and item.pivot else ""),
                number_cell(None) if drawn is None else Cell(text=share(drawn), value=round(drawn, 4)),
                text_cell(
                    ", ".join(
                        f"{case.parties[k].name} {share(v)}"
                        for k, v in sorted(else_.items(), key=lambda pair: -pair[1])
                    )
                ),
                number_cell(item.central if item else None, 1, to=to),
            )
        )
    return Table(
        name="pivots",
        title="Who is pivotal",
        columns=columns,
        rows=tuple(rows),
        empty="The case has no issue.",
        note="The party at the median of an issue: whoever moves it moves what a majority can agree on.",
    )


__all__ = ["Power", "build"]
