"""The weighted mean and the weighted median of positions, issue by issue, with their ranges.

1. Weight of a party on an issue: capability times salience.
2. Mean: the compromise model, the weighted mean of positions (Van den Bos 1991; Achen
   2006).  Median: the weighted median (Black 1958).  Issues are taken one at a time.
3. The central outcome comes from the central values; the distribution from draws.
4. On a scale of 0 to 100 the 80 % band spreads the draws by the method's known errors.

The outcome is the outcome given agreement: whether there is any is ``no_deal``'s question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._distribution import CHUNK, DEU, Drawing, Floats, distribution, widened
from dragoman.solve._methods import Method
from dragoman.solve._wording import listed, names_of, near, number, possessive, share, start, the
from dragoman.solve.outcome import Outcome, OutcomeAnswer
from dragoman.solve.outcomes import median_interval, middle_median, pivotal, weighted_mean
from dragoman.solve.result import Result, TrackRecord, result_of

if TYPE_CHECKING:
    from dragoman.model import Case, Issue, OneIssue, Quantity

__all__ = ["IssueOutcome", "SpatialAnswer", "outcome_draws", "solve"]

MEAN = Method(
    name="mean",
    place=1,
    title="Weighted mean",
    answers="the outcome as the weighted mean of positions (compromise model)",
    needs="issues",
    outcome=True,
)
MEDIAN = Method(
    name="median",
    place=2,
    title="Weighted median",
    answers="the outcome as the weighted median of positions",
    needs="issues",
    outcome=True,
)
RULES: Mapping[str, Callable[[Floats, Floats], Floats]] = {"mean": weighted_mean, "median": middle_median}
ERROR = {"mean": 22.99, "median": 28.37}
CITATION = {
    "mean": "Van den Bos 1991; Achen 2006 (the compromise model)",
    "median": "Black 1958 (the median voter theorem, weighted)",
}
CAVEATS = (
    "The outcome given agreement; whether there is any agreement is the method nodeal's question.",
    "Issues are taken one at a time: what is traded between them is not seen.",
    "The 80 % band rests on errors on European Union decisions, another kind of bargaining.",
)


@dataclass(frozen=True, kw_only=True)
class IssueOutcome(Outcome):
    """The outcome of one issue.

    ``central`` from the central values; ``over_draws`` None without draws; ``band`` None
    off the 0-100 scale.  ``interval``: the ends of the medians where an exact half of the
    weight makes all points between two positions one; ``central`` is then their middle.
    ``pivot`` is the party at the weighted median of the central values, empty where two
    share that; ``pivots`` the share of draws in which each party is it; ``weights`` the
    parties' shares of capability times salience, by which the mean is pulled.
    """

    central: float
    interval: tuple[float, float] | None
    near: str
    status_quo: float | None
    pivot: str
    pivots: Mapping[str, float]
    positions: Mapping[str, float]
    weights: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class SpatialAnswer(OutcomeAnswer):
    """One outcome an issue, by ``rule`` mean or median."""

    rule: str
    issues: tuple[IssueOutcome, ...]


def solve(
    case: Case,
    *,
    method: str = "mean",
    draws: int = 1000,
    seed: int = 0,
    issues: str | Iterable[str] | None = None,
    chunk: int = CHUNK,
) -> Result:
    """The weighted mean or median of every issue.

    Args:
        case: the case, with positions, saliences and capabilities.
        method: "mean" or "median".
        draws: draws of the uncertain values; 0 for the central values alone.
        seed: of the draws.
        issues: one or several; by default all, side disputes included.
        chunk: draws in memory at once; results do not depend on it.

    Raises:
        UnknownNameError: no such method or issue.
        MethodError: no issue, nobody takes part in one, or nobody has weight.
    """
    if method not in RULES:
        raise UnknownNameError("method", method, tuple(RULES))
    names = issue_names(case, issues)
    drawing = Drawing(draws=draws, seed=seed, chunk=chunk)
    answer = SpatialAnswer(rule=method, issues=tuple(_issue(case, method, name, drawing) for name in names))
    parameters = {"issues": list(names)}
    return result_of(
        case,
        method,
        answer,
        reasons=tuple(_sentence(case, method, item) for item in answer.issues),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION[method],
        track_record=TrackRecord(value=ERROR[method], n=351, source=_source(method)),
        caveats=CAVEATS,
        warnings=_warnings(case, answer),
    )


def issue_names(case: Case, issues: str | Iterable[str] | None) -> tuple[str, ...]:
    """The issues asked for, by default all on which somebody who counts has a position.

    Raises:
        UnknownNameError: no such issue.
        MethodError: the case has none.
    """
    if not case.issues:
        raise MethodError("issues", "no issues", "at least one issue with positions")
    names = counted(case) if issues is None else (issues,) if isinstance(issues, str) else tuple(issues)
    for name in names:
        if name not in case.issues:
            raise UnknownNameError("issue", name, tuple(case.issues))
    return names


def counted(case: Case) -> tuple[str, ...]:
    """The issues on which a party with a seat, or for a side dispute any party, has a position."""
    return tuple(
        name
        for name, issue in case.issues.items()
        if any(issue.side or party in case.seats for party in issue.positions)
    )


def uncertain_numbers(case: Case, issue: str) -> Mapping[str, Quantity]:
    """The numbers of an issue that have a range, by path: positions, saliences, capabilities."""
    found = {}
    for party, stand in case.issues[issue].positions.items():
        for value in (stand.position, stand.salience, stand.capability or case.parties[party].capability):
            if (party in case.seats or case.issues[issue].side) and value is not None and not value.certain:
                found[value.path] = value
    return found


def left_out(case: Case) -> tuple[str, ...]:
    """A sentence on the issues and parties that no outcome counts, if there are any."""
    idle = [issue.name for name, issue in case.issues.items() if name not in counted(case)]
    absent = [party.name for name, party in case.parties.items() if name not in case.seats]
    words = [f"no party with a seat takes part, left out: {listed(idle)}"] if idle else []
    return (*words, f"without a seat and therefore left out: {listed(absent)}") if absent else tuple(words)


def outcome_draws(case: Case, issue: str, rule: str, drawing: Drawing) -> Floats:
    """The outcome of one issue in every draw, (draws,)."""
    found = [RULES[rule](table.position, table.salience * table.capability) for table in drawing.tables(case, issue)]
    return np.concatenate(found) if found else np.empty(0)


def _issue(case: Case, rule: str, name: str, drawing: Drawing) -> IssueOutcome:
    issue = case.issues[name]
    table = case.table(name, seated=not issue.side)
    weight = table.salience * table.capability
    central = float(RULES[rule](table.position, weight)[0])
    values = outcome_draws(case, name, rule, drawing)
    low, high = (float(end[0]) for end in median_interval(table.position, weight))
    pivot = int(pivotal(table.position, weight)[0])
    usual = (table.low, table.high) == (0, 100)
    return IssueOutcome(
        issue=name,
        name=issue.name,
        low=table.low,
        high=table.high,
        central=central,
        interval=(low, high) if rule == "median" and low < high else None,
        near=near(issue, central).strip(" ()"),
        status_quo=None if np.isnan(table.status_quo[0]) else float(table.status_quo[0]),
        over_draws=distribution(values, table.low, table.high) if len(values) else None,
        band=widened(values if len(values) else np.array([central]), ERROR[rule]) if usual else None,
        pivot=table.parties[pivot] if pivot >= 0 else "",
        pivots=_pivots(case, table, drawing),
        positions=dict(zip(table.parties, table.position[0].tolist(), strict=True)),
        weights=dict(zip(table.parties, (weight[0] / weight[0].sum()).tolist(), strict=True)),
    )


def _pivots(case: Case, central: OneIssue, drawing: Drawing) -> Mapping[str, float]:
    if not drawing.draws:
        return {}
    counts = np.zeros(len(central.parties))
    for table in drawing.tables(case, central.issue):
        places = pivotal(table.position, table.salience * table.capability)
        counts += np.bincount(places[places >= 0], minlength=len(counts))
    return dict(zip(central.parties, (counts / drawing.draws).tolist(), strict=True))


def _sentence(case: Case, rule: str, item: IssueOutcome) -> str:
    issue, names = case.issues[item.issue], names_of(case)
    words = f"{item.name}: {number(item.central)}{near(issue, item.central)} by the weighted {rule}"
    if item.interval:
        low, high = item.interval
        words += f" (a tie: every point from {number(low)} to {number(high)} is one)"
    if item.over_draws and not uncertain_numbers(case, item.issue):
        words += "; no range was judged, so that every draw gives the same"
    elif item.over_draws:
        low, high = item.over_draws.quantiles[5], item.over_draws.quantiles[95]
        words += f"; the judged ranges alone put it between {number(low)} and {number(high)} (90 % of draws)"
    if item.band:
        words += (
            f", with the method's known errors between {number(item.band.low)} and {number(item.band.high)} (80 % band)"
        )
    return f"{words}. {_pull(rule, item, names)}{_from_here(issue, item)}"


def _pull(rule: str, item: IssueOutcome, names: Mapping[str, str]) -> str:
    if rule == "median" and not item.pivot:
        return "Nobody is pivotal alone."
    if rule == "median":
        rate = item.pivots.get(item.pivot)
        how_often = f" (in {share(rate)} of draws)" if rate is not None else ""
        return start(f"{the(names[item.pivot])} is pivotal{how_often}.")
    first = sorted(item.weights, key=lambda party: -item.weights[party])[:2]
    whose = listed(
        f"{possessive(names[party])} position of {number(item.positions[party])} "
        f"({share(item.weights[party])} of the weight)"
        for party in first
    )
    return start(f"{whose} pull{'s' if len(first) == 1 else ''} most.")


def _from_here(issue: Issue, item: IssueOutcome) -> str:
    if item.status_quo is None:
        return ""
    return f" The status quo is {number(item.status_quo)}{near(issue, item.status_quo)}."


def _warnings(case: Case, answer: SpatialAnswer) -> tuple[str, ...]:
    alone = [item for item in answer.issues if len(item.positions) == 1]
    words = [f"{item.name}: only one party with a seat takes part; the outcome is its position" for item in alone]
    words += [f"{item.name}: the scale is not 0 to 100, so no band is drawn" for item in answer.issues if not item.band]
    return (*words, *left_out(case))


def _source(method: str) -> str:
    tail = ", 80 % of the errors within 37" if method == "mean" else ""
    return f"{DEU}{tail}; a constant 50: 27.96"
