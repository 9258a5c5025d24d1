"""The Nash bargaining solution over the win-set of no agreement, package by package.

1. Players: those whose consent is needed (as in ``no_deal``); their utilities, and their
   disagreement points: the utility of the status quo or the stated one of no deal.
2. The outcome maximises the sum of weight times log of gain over no agreement within the
   win-set (Nash 1950; with weights: Kalai 1977; as a model of bargaining: Binmore,
   Rubinstein and Wolinsky 1986).  Weights are capabilities, or equal.
3. Over draws: the outcome of each draw that has an agreement; the share that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import Sampler
from dragoman.solve._distribution import Distribution, chunks, distribution
from dragoman.solve._methods import Method
from dragoman.solve._nash import nash_point
from dragoman.solve._utility import Bargain, Floats, Player, bargain, joined
from dragoman.solve._wording import listed, near, number, share, start, the
from dragoman.solve.no_deal import consent_of, packages, taking_part, usable
from dragoman.solve.no_deal._format import Consent, bounds_of
from dragoman.solve.outcome import Outcome, OutcomeAnswer
from dragoman.solve.result import Result, result_of
from dragoman.solve.spatial import issue_names

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = ["NashAnswer", "NashPackage", "solve"]

Drawn: TypeAlias = Sequence[tuple[Bargain, Floats]]

METHOD = Method(
    name="nash",
    place=3,
    title="Nash bargaining",
    answers="the Nash bargaining solution over the win-set",
    needs="issues",
    outcome=True,
)
WEIGHTS = ("capability", "equal")
CHUNK = 1024
CITATION = "Nash 1950; Kalai 1977 (weights); Binmore, Rubinstein and Wolinsky 1986"
CAVEATS = (
    "The solution supposes that the parties know each other's utilities and leave nothing on the table.",
    "Only those whose consent is needed count; what others want does not enter.",
    "Utilities are judged; the solution depends on their shape and on the value of no agreement.",
)


@dataclass(frozen=True, kw_only=True)
class NashPackage:
    """One package of issues.

    ``outcome`` by issue and ``gains`` by player at the central values, None where there is
    no agreement; ``weights`` of the players, adding up to 1; ``other`` the outcome with
    equal weights (or with capabilities, where equal ones were asked for); ``none`` the
    share of draws without an agreement; ``over_draws`` by issue over the draws with one.
    """

    issues: tuple[str, ...]
    names: Mapping[str, str]
    scales: Mapping[str, tuple[float, float]]
    side: bool
    players: tuple[str, ...]
    weights: Mapping[str, float]
    outcome: Mapping[str, float] | None
    gains: Mapping[str, float]
    other: Mapping[str, float] | None
    none: float | None
    over_draws: Mapping[str, Distribution]


@dataclass(frozen=True, kw_only=True)
class NashAnswer(OutcomeAnswer):
    """Packages of linked issues, and all issues of the main table ``together`` (None: one package only)."""

    weights: str
    packages: tuple[NashPackage, ...]
    together: NashPackage | None

    def outcomes(self) -> tuple[Outcome, ...]:
        """One outcome an issue, each from its own package."""
        return tuple(
            Outcome(
                issue=issue,
                name=package.names[issue],
                low=package.scales[issue][0],
                high=package.scales[issue][1],
                central=None if package.outcome is None else package.outcome[issue],
                over_draws=package.over_draws.get(issue),
            )
            for package in self.packages
            for issue in package.issues
        )


def solve(
    case: Case,
    *,
    method: str = "nash",
    draws: int = 1000,
    seed: int = 0,
    weights: str = "capability",
    issues: str | Iterable[str] | None = None,
    chunk: int = CHUNK,
) -> Result:
    """The Nash bargaining solution of every package.

    Args:
        case: the case, with positions, saliences, capabilities and a status quo (or utilities of no deal).
        method: the name under which the result is filed.
        draws: draws of the uncertain values; 0 for the central values alone.
        seed: of the draws.
        weights: "capability" or "equal".
        issues: only packages that hold one of these, none together; by default all.
        chunk: draws in memory at once; results do not depend on it.

    Raises:
        UnknownNameError: no such weights or issue.
        MethodError: no issue with a value of no agreement, nobody whose consent is needed,
            or a player without a capability.
    """
    if weights not in WEIGHTS:
        raise UnknownNameError("weights", weights, WEIGHTS)
    every = usable(case)
    wanted = None if issues is None else set(issue_names(case, issues))
    groups = tuple(group for group in every if wanted is None or wanted & set(group))
    table = tuple(name for group in groups for name in group if not case.issues[name].side)
    many = wanted is None and sum(not case.issues[group[0]].side for group in groups) > 1
    run = _Run(case=case, weights=weights, draws=draws, seed=seed, chunk=chunk)
    answer = NashAnswer(
        weights=weights,
        packages=tuple(run.package(group) for group in groups),
        together=run.package(table) if many else None,
    )
    parameters = {"weights": weights} | ({} if wanted is None else {"issues": sorted(wanted)})
    return result_of(
        case,
        method,
        answer,
        reasons=_sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(case, every),
    )


@dataclass(frozen=True, kw_only=True)
class _Run:
    case: Case
    weights: str
    draws: int
    seed: int
    chunk: int

    def package(self, issues: tuple[str, ...]) -> NashPackage:
        consent = consent_of(self.case, parties=taking_part(self.case, issues))
        found, weight = self._draw(issues, consent, Sampler())
        rest = (
            np.ones_like(weight)
            if self.weights == "capability"
            else _capabilities(self.case, consent, Sampler(), issues)
        )
        rows = self._outcomes(issues, consent, [(found, weight), (found, rest)])
        outcome, other, rows = rows[:1], rows[1:2], rows[2:]
        there = not np.isnan(outcome).any()
        gains = (found.utility(outcome) - found.no_deal)[0].tolist() if there else []
        usual = rows[~np.isnan(rows).any(axis=1)]
        scales = [self.case.issues[name].scale for name in issues]
        return NashPackage(
            issues=issues,
            names={name: self.case.issues[name].name for name in issues},
            scales={name: (scale.low, scale.high) for name, scale in zip(issues, scales, strict=True)},
            side=all(self.case.issues[name].side for name in issues),
            players=tuple(player.id for player in consent.players),
            weights=_named(consent.players, weight[0] / weight[0].sum()),
            outcome=dict(zip(issues, outcome[0].tolist(), strict=True)) if there else None,
            gains=dict(zip((player.id for player in consent.players), gains, strict=False)),
            other=dict(zip(issues, other[0].tolist(), strict=True)) if there else None,
            none=float(1 - len(usual) / len(rows)) if len(rows) else None,
            over_draws={
                name: distribution(usual[:, at], scales[at].low, scales[at].high) for at, name in enumerate(issues)
            }
            if len(usual)
            else {},
        )

    def _draw(self, issues: tuple[str, ...], consent: Consent, sampler: Sampler) -> tuple[Bargain, Floats]:
        found = bargain(self.case, issues, consent.players, sampler, bounds_of(self.case, issues, sampler))
        if self.weights == "equal":
            return found, np.ones((sampler.rows, len(consent.players)))
        return found, _capabilities(self.case, consent, sampler, issues)

    def _outcomes(self, issues: tuple[str, ...], consent: Consent, first: Drawn) -> Floats:
        """The outcomes of some bargains and then of the draws, (D, m); the first are solved with the first draws."""
        parts, waiting = [], first
        for start_, count in chunks(self.draws, self.chunk):
            waiting = [*waiting, self._draw(issues, consent, Sampler(draws=count, seed=self.seed, start=start_))]
            parts.append(_best(*_together(waiting), consent))
            waiting = []
        return np.concatenate(parts) if parts else _best(*_together(waiting), consent)


def _together(drawn: Drawn) -> tuple[Bargain, Floats]:
    """Bargains with their weights as one."""
    return joined([found for found, _ in drawn]), np.concatenate([weight for _, weight in drawn])


def _best(found: Bargain, weight: Floats, consent: Consent) -> Floats:
    """The Nash outcome (D, m) of the coalition with the greatest weighted mean of log gains."""
    points, values = [], []
    for coalition in consent.coalitions:
        asked = tuple(at for at, player in enumerate(consent.players) if player.id in coalition)
        point = nash_point(found, weight, asked)
        gain = (found.utility(np.nan_to_num(point)) - found.no_deal)[:, asked]
        counted = weight[:, asked] * found.stake[:, asked]
        logs = np.log(np.where((counted > 0) & (gain > 0), gain, 1.0))
        value = (counted * logs).sum(axis=1) / np.maximum(counted.sum(axis=1), 1e-300)
        points.append(point)
        values.append(np.where(np.isnan(point[:, 0]), -np.inf, value))
    best: Floats = np.array(points)[np.argmax(values, axis=0), np.arange(len(weight))]
    return best


def _capabilities(case: Case, consent: Consent, sampler: Sampler, issues: tuple[str, ...]) -> Floats:
    """Capabilities (D, n): the party's, or the mean of those that it has on the issues; none of a faction."""
    return np.stack([_capability(case, player, sampler, issues) for player in consent.players], axis=1)


def _capability(case: Case, player: Player, sampler: Sampler, issues: tuple[str, ...]) -> Floats:
    if player.faction is not None:
        return np.zeros(sampler.rows)
    stated = case.parties[player.party].capability
    if stated is not None:
        return sampler.of(stated)
    stands = [
        case.issues[name].positions[player.party] for name in issues if player.party in case.issues[name].positions
    ]
    own = [sampler.of(stand.capability) for stand in stands if stand.capability is not None]
    if not own:
        raise MethodError(f"parties.{player.party}", "no capability", "one, or weights 'equal'")
    mean: Floats = np.mean(own, axis=0)
    return mean


def _named(players: tuple[Player, ...], row: Floats) -> dict[str, float]:
    return {player.id: float(value) for player, value in zip(players, row, strict=True)}


def _sentences(case: Case, answer: NashAnswer) -> tuple[str, ...]:
    words = [_sentence(case, item, _title(case, item)) for item in answer.packages]
    if answer.together is not None:
        words.append(_sentence(case, answer.together, "All issues of the main table in one package"))
    return tuple(words)


def _title(case: Case, item: NashPackage) -> str:
    names = listed(case.issues[name].name for name in item.issues)
    return f"{names} (settled together)" if len(item.issues) > 1 else names


def _sentence(case: Case, item: NashPackage, title: str) -> str:
    drawn = "" if not item.none else f" No agreement exists in {share(item.none)} of draws."
    if item.outcome is None:
        return f"{title}: no agreement at the central values, so there is no bargaining solution.{drawn}"
    many = len(item.issues) > 1
    parts = [_place(case, item, name, value, many=many) for name, value in item.outcome.items()]
    gains = listed(
        f"{the(case.parties[key].name)} {value:+.2f}" for key, value in item.gains.items() if key in case.parties
    )
    return start(f"{title}: {'; '.join(parts)}. Gains over no agreement: {gains}.{drawn}")


def _place(case: Case, item: NashPackage, name: str, value: float, *, many: bool) -> str:
    issue = case.issues[name]
    drawn = item.over_draws.get(name)
    span = f", 90 % of draws {number(drawn.quantiles[5])} to {number(drawn.quantiles[95])}" if drawn else ""
    return f"{issue.name + ' ' if many else ''}{number(value)}{near(issue, value)}{span}"


def _warnings(case: Case, groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    words = [
        f"{listed(case.issues[name].name for name in group)}: left out, since no agreement has no value there"
        for group in packages(case)
        if group not in groups
    ]
    if case.format.quota is not None:
        words.append("votes decide: the solution is that of the coalition with the greatest weighted mean of log gains")
    return tuple(words)
