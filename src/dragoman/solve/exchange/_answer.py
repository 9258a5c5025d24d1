"""The exchange model's answer to a case: the distribution over draws first, one path as an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve._distribution import chunks, distribution
from dragoman.solve.exchange._lockstep import Draws, Outcomes, lockstep, outcome
from dragoman.solve.exchange._market import Exchanged, RoundResult, rounds_of
from dragoman.solve.exchange._pairs import Floats
from dragoman.solve.exchange._table import Rules, Scale, Table, table_of
from dragoman.solve.outcome import Outcome, OutcomeAnswer

if TYPE_CHECKING:
    from dragoman.model import Case, Spatial


@dataclass(frozen=True, kw_only=True)
class DealRow:
    """One realised exchange, in the issues' own scales.

    ``givers`` each move their vote on the issue of the same place, from ``before`` to
    ``after``; ``gain`` is what each has, in points of a 0-100 scale times salience;
    ``external`` what others gain or lose by it.
    """

    round: int
    givers: tuple[str, str]
    issues: tuple[str, str]
    before: tuple[float, float]
    after: tuple[float, float]
    gain: float
    external: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class IssueExchange(Outcome):
    """One issue.

    ``start``: the weighted mean before any exchange; ``central`` the outcome of positions
    after the last round on the one path at the central values, ``path`` before each round
    and after the last, ``votes`` in each; ``over_draws`` over draws and orders of ties;
    ``shift`` the mean change over draws.
    """

    start: float
    central: float
    path: tuple[float, ...]
    votes: tuple[float, ...]
    shift: float | None


@dataclass(frozen=True, kw_only=True)
class Traded:
    """How many times a draw exchanges two issues for each other, over all rounds, on average."""

    issues: tuple[str, str]
    times: float


@dataclass(frozen=True, kw_only=True)
class ExchangeAnswer(OutcomeAnswer):
    """All issues of the main table at once; ``deals`` of the one path; ``ties`` on it and on average over draws."""

    rules: Rules
    exact: bool
    issues: tuple[IssueExchange, ...]
    deals: tuple[DealRow, ...]
    ties: int
    ties_over_draws: float | None
    traded: tuple[Traded, ...]
    gains: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Which issues, under which rules and draws, and the arithmetic of the one path."""

    issues: tuple[str, ...]
    rules: Rules
    exact: bool
    draws: int
    seed: int
    chunk: int


def answer_of(case: Case, setting: Setting) -> ExchangeAnswer:
    """The answer.

    Raises:
        MethodError: fewer than two issues, or a number outside the model's domain.
    """
    if len(setting.issues) < 2:
        raise MethodError("issues", f"{len(setting.issues)} issue", "two or more: exchange is between issues")
    central = case.arrays(setting.issues)
    table = table_from(central, 0, exact=setting.exact)
    rng = np.random.Generator(np.random.Philox(key=[setting.seed, 0]))
    path = tuple(rounds_of(table, setting.rules, rng if _random(setting.rules) else None))
    drawn = _over_draws(case, setting) if setting.draws else None
    ends = outcome(_last(path), np.nan_to_num(central.salience * central.capability))[0]
    return ExchangeAnswer(
        rules=setting.rules,
        exact=setting.exact,
        issues=tuple(_issue(case, central, path, at, (float(ends[at]), drawn)) for at in range(len(central.issues))),
        deals=tuple(_deal(central, number, deal) for number, row in enumerate(path, 1) for deal in row.deals),
        ties=sum(row.ties for row in path),
        ties_over_draws=None if drawn is None else float(drawn.ties.mean()),
        traded=() if drawn is None else _traded(central.issues, drawn),
        gains={} if drawn is None else dict(zip(central.parties, drawn.gain.mean(axis=0).tolist(), strict=True)),
    )


def _random(rules: Rules) -> bool:
    return bool(rules.p) or rules.ties != "order"


def _last(path: tuple[RoundResult, ...]) -> Floats:
    rows = [[np.nan if value is None else float(value) for value in row] for row in path[-1].position]
    last: Floats = np.nan_to_num(np.array([rows], dtype=float))
    return last


def table_from(arrays: Spatial, draw: int, *, exact: bool) -> Table:
    """One draw of a case as the model's table."""
    rows = {
        (party, issue): (
            float(arrays.position[draw, i, k]),
            float(arrays.salience[draw, i, k]),
            float(arrays.capability[draw, i, k]),
        )
        for i, party in enumerate(arrays.parties)
        for k, issue in enumerate(arrays.issues)
        if arrays.present[i, k]
    }
    scales = [Scale(low=float(low), high=float(high)) for low, high in zip(arrays.low, arrays.high, strict=True)]
    return table_of(arrays.parties, arrays.issues, rows, scales, exact=exact)


def draws_from(arrays: Spatial, first: int) -> Draws:
    """Draws of a case on the working scale."""
    width = arrays.high - arrays.low
    return Draws(
        position=(arrays.position - arrays.low) * (100 / width),
        salience=arrays.salience,
        power=arrays.capability,
        first=first,
    )


def _over_draws(case: Case, setting: Setting) -> Outcomes:
    parts = []
    for first, count in chunks(setting.draws, setting.chunk):
        arrays = case.arrays(setting.issues, draws=count, seed=setting.seed, start=first)
        if setting.rules.p:
            parts.append(_one_by_one(arrays, setting, first))
        else:
            parts.append(lockstep(draws_from(arrays, first), setting.rules, seed=setting.seed))
    return Outcomes(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in Outcomes.__dataclass_fields__}
    )


def _one_by_one(arrays: Spatial, setting: Setting, first: int) -> Outcomes:
    """Draws with random gains, each a float run of its own, equal gains in random order."""
    rules = Rules(
        rounds=setting.rules.rounds,
        salience_weight=setting.rules.salience_weight,
        fixed_weight=setting.rules.fixed_weight,
        ties="even",
        p=setting.rules.p,
    )
    n, m, size = len(arrays.parties), len(arrays.issues), arrays.draws
    found = Outcomes(
        preference=np.empty((size, rules.rounds + 1, m)),
        vote=np.empty((size, rules.rounds, m)),
        deals=np.zeros((size, rules.rounds), dtype=np.intp),
        gain=np.zeros((size, n)),
        traded=np.zeros((size, m, m), dtype=np.intp),
        ties=np.zeros(size, dtype=np.intp),
    )
    weight = np.nan_to_num(arrays.salience * arrays.capability)
    for draw in range(size):
        rng = np.random.Generator(np.random.Philox(key=[setting.seed, first + draw]))
        path = tuple(rounds_of(table_from(arrays, draw, exact=False), rules, rng))
        found.preference[draw, :-1] = [row.preference for row in path]
        found.preference[draw, -1] = outcome(_last(path), weight[[draw]])[0]
        found.vote[draw] = [row.vote for row in path]
        found.deals[draw] = [len(row.deals) for row in path]
        found.ties[draw] = sum(row.ties for row in path)
        for deal in (deal for row in path for deal in row.deals):
            found.gain[draw, list(deal.givers)] += float(deal.gain)
            found.traded[draw, min(deal.issues), max(deal.issues)] += 1
    return found


def _issue(
    case: Case, central: Spatial, path: tuple[RoundResult, ...], at: int, ends: tuple[float, Outcomes | None]
) -> IssueExchange:
    low, high = float(central.low[at]), float(central.high[at])
    end, drawn = ends
    step = (high - low) / 100
    values = None if drawn is None else low + drawn.preference[:, -1, at] * step
    before = None if drawn is None else low + drawn.preference[:, 0, at] * step
    name = central.issues[at]
    return IssueExchange(
        issue=name,
        name=case.issues[name].name,
        low=low,
        high=high,
        start=low + float(path[0].preference[at]) * step,
        central=low + end * step,
        path=tuple(low + float(value) * step for value in [*(row.preference[at] for row in path), end]),
        votes=tuple(low + float(row.vote[at]) * step for row in path),
        over_draws=None if values is None else distribution(values, low, high),
        shift=None if values is None or before is None else float((values - before).mean()),
    )


def _deal(central: Spatial, number: int, deal: Exchanged) -> DealRow:
    first, second = deal.issues
    before, after = (
        (_own(central, first, float(pair[0])), _own(central, second, float(pair[1])))
        for pair in (deal.before, deal.after)
    )
    return DealRow(
        round=number,
        givers=(central.parties[deal.givers[0]], central.parties[deal.givers[1]]),
        issues=(central.issues[first], central.issues[second]),
        before=before,
        after=after,
        gain=float(deal.gain),
        external={
            party: float(value) for party, value in zip(central.parties, deal.external, strict=True) if value != 0
        },
    )


def _own(central: Spatial, issue: int, value: float) -> float:
    return float(central.low[issue] + value * (central.high[issue] - central.low[issue]) / 100)


def _traded(issues: tuple[str, ...], drawn: Outcomes) -> tuple[Traded, ...]:
    times = drawn.traded.mean(axis=0)
    rows = [
        Traded(issues=(issues[p], issues[q]), times=float(times[p, q]))
        for p in range(len(issues))
        for q in range(p + 1, len(issues))
        if times[p, q] > 0
    ]
    return tuple(sorted(rows, key=lambda row: -row.times))
