"""Outcome methods as the pages need them: a name, a band, a record; what blocks; what moves; the path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from dragoman.errors import MethodError
from dragoman.show.blocks import Chart, Column, Point, Table, count_of, fixed, number_cell, text_cell
from dragoman.solve import METHODS

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.show.drawings.lines import Line
    from dragoman.solve.result import Result


OUTCOME_METHODS = {name: method.title for name, method in METHODS.items() if method.outcome}
ONE_AT_A_TIME = ("mean", "median", "nash", "challenge", "influence")
WHATIF_DRAWS = 100
CENTRAL_ONLY = ("exchange", "smp")
Ask: TypeAlias = "Callable[[str], Result | MethodError]"
MOST_REASONS = 6
MOST_BARS = 10


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One method's answer on one issue.

    ``inner`` holds half of the draws, ``outer`` 90 per cent; ``band`` is 80 per cent once
    the method's known errors are added, None where they are not known.  ``drawn`` is false
    where only the central values were solved.  ``found`` is false where the method has no
    answer, and ``why_not`` says why.
    """

    method: str
    name: str
    middle: float = 0.0
    inner: tuple[float, float] = (0.0, 0.0)
    outer: tuple[float, float] = (0.0, 0.0)
    band: tuple[float, float] | None = None
    record: str = "record: none"
    citation: str = ""
    caveats: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    words: str = ""
    drawn: bool = True
    found: bool = True
    why_not: str = ""


def asking(desk: Desk, case: Case, issue: str, scenario: str | None, *, kept: bool) -> Ask:
    """How to ask for the result of a method, each solved once.

    ``kept`` asks the desk.  Otherwise the changed case is solved anew, so that the whole page answers at once: with
    fewer draws, for this issue alone where issues are taken one at a time, and for the central values alone by the
    methods that are slow.
    """

    @cache
    def ask(method: str) -> Result | MethodError:
        if kept:
            return desk.try_result(method, scenario)
        from dragoman.solve import solve

        one = {"issues": issue} if method in ONE_AT_A_TIME else {}
        draws = 0 if method in CENTRAL_ONLY else WHATIF_DRAWS
        try:
            return solve(method, case, draws=draws, seed=desk.seed, **one)
        except MethodError as error:
            return error

    return ask


def outcomes(ask: Ask, issue: str) -> tuple[Outcome, ...]:
    """Every outcome method on one issue."""
    return tuple(item for method in OUTCOME_METHODS if (item := _outcome(ask(method), issue, method)))


def _outcome(result: Result | MethodError, issue: str, method: str) -> Outcome | None:
    name = OUTCOME_METHODS[method]
    if isinstance(result, MethodError):
        return Outcome(method=method, name=name, found=False, why_not=str(result))
    return outcome_of(result, issue, name)


def outcome_of(result: Result, issue: str, name: str) -> Outcome | None:
    """One issue out of a result; None where the method does not treat that issue."""
    found = result.answer.outcome_of(issue)
    if found is None:
        return None
    central, spread, band = found.central, found.over_draws, found.band
    if central is None and spread is None:
        return Outcome(
            method=result.method,
            name=name,
            found=False,
            why_not="no agreement to divide",
            record=str(result.track_record),
            citation=result.citation,
        )
    middle = spread.quantiles[50] if spread else float(central or 0)
    inner = (spread.quantiles[25], spread.quantiles[75]) if spread else (middle, middle)
    outer = (spread.quantiles[5], spread.quantiles[95]) if spread else (middle, middle)
    return Outcome(
        method=result.method,
        name=name,
        middle=middle,
        inner=inner,
        outer=outer,
        band=(band.low, band.high) if band else None,
        record=str(result.track_record),
        citation=result.citation,
        caveats=result.caveats,
        warnings=result.warnings,
        drawn=spread is not None,
    )


def no_deal(ask: Ask) -> tuple[Point, ...]:
    """Whether there is any deal, who blocks, what would unblock."""
    result = ask("nodeal")
    if isinstance(result, MethodError):
        return (Point(text=str(result), tone="warn"),)
    return tuple(Point(text=text) for text in result.reasons[:MOST_REASONS])


def movers(ask: Ask, issue: str, case: Case) -> tuple[Chart | None, str]:
    """Which number moves the outcome most: a tornado of the weighted mean, and what would narrow it most."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.tornado import Swing, draw
    from dragoman.show.plots import tornado

    result = ask("influence")
    item = (
        None
        if isinstance(result, MethodError)
        else next((one for one in result.answer.issues if one.issue == issue), None)
    )
    if item is None or not item.bars:
        return None, str(result) if isinstance(result, MethodError) else ""
    bars = item.bars[:MOST_BARS]
    rows = [
        {
            "what": path_words(case, bar.path),
            "from": min(bar.at_low, bar.at_high),
            "to": max(bar.at_low, bar.at_high),
            "low": bar.at_low,
            "high": bar.at_high,
        }
        for bar in bars
    ]
    columns = (
        Column(name="what", title="Number"),
        Column(name="low", title="Outcome at its low end", kind="number"),
        Column(name="high", title="At its high end", kind="number"),
    )
    table = tuple(
        (text_cell(row["what"]), number_cell(float(str(row["low"])), 1), number_cell(float(str(row["high"])), 1))
        for row in rows
    )
    first = item.indices[0] if item.indices else None
    note = (
        ""
        if first is None
        else (
            f"Knowing {path_words(case, first.path)} exactly would narrow the outcome most: its "
            f"standard deviation would fall from {fixed(item.sd, 1)} to "
            f"{fixed(first.sd_if_known, 1)}."
        )
    )
    chart = Chart(
        name="tornado",
        title="The outcome with one number at the ends of its range, the others at their central values",
        alt=(
            f"{rows[0]['what']} moves it most, from {fixed(float(str(rows[0]['from'])), 1)} to "
            f"{fixed(float(str(rows[0]['to'])), 1)}."
        ),
        spec=Later(tornado, rows, item.outcome),
        svg=draw([Swing(name=path_words(case, b.path), low=b.at_low, high=b.at_high) for b in bars], item.outcome),
        table=Table(name="tornado-table", title="", columns=columns, rows=table),
        note="An open ring marks the low end of the number's range, a full one the high end.",
    )
    return chart, note


def path_words(case: Case, path: str) -> str:
    """A number's path in words: ``position of North Korea``."""
    keys = path.split(".")
    party = next((case.parties[key].name for key in keys if key in case.parties), "")
    what = keys[-1].replace("_", " ")
    return f"{what} of {party}" if party else path


def rounds(ask: Ask, issue: str, case: Case) -> tuple[Chart | None, tuple[Point, ...]]:
    """The path of the challenge model round by round: positions, and who moved whom."""
    from dragoman.show.charts import Later
    from dragoman.show.drawings.lines import draw
    from dragoman.show.plots import paths

    result = ask("challenge")
    if isinstance(result, MethodError):
        return None, ()
    item = next((one for one in result.answer.issues if one.issue == issue), None)
    if item is None or not item.rounds:
        return None, ()
    names = {key: case.parties[key].name for key in case.parties}
    start = {
        party: stand.position.central()
        for party, stand in case.issues[issue].positions.items()
        if party in item.rounds[0].positions
    }
    rows = [
        {"round": number, "party": names[party], "position": value}
        for number, spots in [(0, start), *((one.number, one.positions) for one in item.rounds)]
        for party, value in spots.items()
    ]
    moves = [(one.number, move) for one in item.rounds for move in one.moves]
    points = tuple(
        Point(
            text=f"Round {number}: {names.get(m.party, m.party)} moves from {fixed(m.before)} to {fixed(m.after)}",
            detail=(
                f"{m.kind} by {names.get(m.challenger, m.challenger)}{'; another offer was as good' if m.tied else ''}"
            ),
        )
        for number, m in moves[:MOST_REASONS]
    )
    columns = (
        Column(name="round", title="Round", kind="number"),
        Column(name="party", title="Party"),
        Column(name="position", title="Position", kind="number"),
    )
    table = tuple(
        (number_cell(float(str(r["round"]))), text_cell(r["party"]), number_cell(float(str(r["position"])), 1))
        for r in rows
    )
    chart = Chart(
        name="rounds",
        title="Positions round by round in the challenge model",
        alt=(
            f"The median goes from {fixed(item.start)} to {fixed(item.central)} in "
            f"{count_of(len(item.rounds), 'round')}."
        ),
        spec=Later(paths, rows, tuple(names[party] for party in start)),
        svg=draw(
            lines_of(rows, "party", "round", "position"),
            ticks=[(number, str(number)) for number in range(len(item.rounds) + 1)],
            title="round",
            dots=True,
            names=True,
            height=230,
        ),
        table=Table(name="rounds-table", title="", columns=columns, rows=table),
        note=f"By central values. {result.track_record}.",
    )
    return chart, points


def lines_of(rows: Sequence[Mapping[str, Any]], name: str, x: str, y: str) -> list[Line]:
    """Rows as lines, in order of first mention."""
    from dragoman.show.drawings.lines import Line

    points: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        points.setdefault(str(row[name]), []).append((float(row[x]), float(row[y])))
    return [Line(name=key, points=tuple(spots)) for key, spots in points.items()]


def caveats(items: Sequence[Outcome]) -> tuple[str, ...]:
    """What holds for the methods always."""
    return tuple(dict.fromkeys(text for item in items for text in item.caveats))
