"""Who and what moves the outcome of an issue.

1. Tornado: each judged number alone at its low and high end, all others central.
2. Sobol indices (Saltelli's estimators, ``scipy.stats.sobol_indices``) over the stated
   distributions: the share of the outcome's variance that a number explains alone
   (first order) and with all others (total).
3. Value of information: known exactly, a number would take its first-order share off
   the variance; the standard deviation that remains is sd * sqrt(1 - S).
4. Allies: for a party, how far each other party would have to move for the outcome to
   come a stated part of the way to it, and whether the scale leaves room for that.

The outcome is the weighted mean (or median) of positions, issue by issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._distribution import Floats
from dragoman.solve._methods import Method
from dragoman.solve._wording import the
from dragoman.solve.result import Result, result_of
from dragoman.solve.spatial import RULES, issue_names, uncertain_numbers

if TYPE_CHECKING:
    from dragoman.model import Case, Quantity

__all__ = ["Ally", "Bar", "Index", "InfluenceAnswer", "IssueInfluence", "solve"]

METHOD = Method(
    name="influence",
    place=8,
    title="Influence",
    answers="which number moves the outcome most",
    needs="issues",
)
PART = 0.25
Numbers: TypeAlias = Mapping[str, "Quantity"]
CITATION = "Sobol 2001; Saltelli et al. 2010 (indices); the tornado is one number at a time"
CAVEATS = (
    "Indices rest on the stated ranges: a range that is too narrow makes a number look unimportant.",
    "Numbers are varied independently of each other.",
)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One number of the tornado: the outcome with it at its low and at its high end, others central."""

    path: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the outcome moves between the two ends."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, kw_only=True)
class Index:
    """Sobol indices of one number, and the standard deviation of the outcome if it were known exactly."""

    path: str
    first: float
    total: float
    sd_if_known: float


@dataclass(frozen=True, kw_only=True)
class Ally:
    """For ``party``: moving ``ally`` by ``move`` brings the outcome ``gain`` closer; ``room``: the scale allows it."""

    party: str
    ally: str
    move: float
    gain: float
    room: bool


@dataclass(frozen=True, kw_only=True)
class IssueInfluence:
    """What moves one issue: bars by swing, indices by total, allies by how little they must move."""

    issue: str
    name: str
    outcome: float
    sd: float
    bars: tuple[Bar, ...]
    indices: tuple[Index, ...]
    allies: tuple[Ally, ...]


@dataclass(frozen=True, kw_only=True)
class InfluenceAnswer:
    """What moves the outcome, issue by issue, under ``rule``."""

    rule: str
    issues: tuple[IssueInfluence, ...]


def solve(
    case: Case,
    *,
    method: str = "influence",
    draws: int = 1000,
    seed: int = 0,
    rule: str = "mean",
    issues: str | Iterable[str] | None = None,
    part: float = PART,
) -> Result:
    """What moves the outcome of each issue.

    Args:
        case: the case with positions, saliences and capabilities.
        method: the name under which the result is filed.
        draws: base samples of the Sobol design, rounded up to a power of two; 0 for the tornado alone.
        seed: of the design.
        rule: "mean" or "median".
        issues: one or several; by default all.
        part: how far allies should bring the outcome: this part of the way to the party.

    Raises:
        UnknownNameError: no such rule or issue.
        MethodError: no issues, or ``part`` outside 0..1.
    """
    if rule not in RULES:
        raise UnknownNameError("rule", rule, tuple(RULES))
    if not 0 < part <= 1:
        raise MethodError("part", f"{part:g}", "more than 0 and at most 1")
    names = issue_names(case, issues)
    answer = InfluenceAnswer(rule=rule, issues=tuple(_issue(case, rule, name, draws, seed, part) for name in names))
    parameters = {"rule": rule, "issues": list(names), "part": part}
    return result_of(
        case,
        method,
        answer,
        reasons=tuple(words for item in answer.issues for words in _sentences(case, item)),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
    )


def _issue(case: Case, rule: str, issue: str, draws: int, seed: int, part: float) -> IssueInfluence:  # noqa: PLR0917
    numbers = uncertain_numbers(case, issue)
    outcome = _outcomes(case, rule, issue, {}, 1)[0]
    sd, indices = _sobol(case, rule, issue, numbers, draws, seed) if draws and numbers else (0.0, ())
    return IssueInfluence(
        issue=issue,
        name=case.issues[issue].name or issue,
        outcome=float(outcome),
        sd=sd,
        bars=tornado(case, rule, issue, numbers),
        indices=indices,
        allies=allies(case, issue, part) if rule == "mean" else (),
    )


def _outcomes(case: Case, rule: str, issue: str, given: Mapping[str, Floats], rows: int) -> Floats:
    """The outcome for each row of ``given``; numbers not given are central."""
    central = {path: np.full(rows, number.central()) for path, number in uncertain_numbers(case, issue).items()}
    table = case.table(issue, draws=rows, given={**central, **given})
    return RULES[rule](table.position, table.salience * table.capability)


def tornado(case: Case, rule: str, issue: str, numbers: Numbers) -> tuple[Bar, ...]:
    """One bar a number, the widest first."""
    if not numbers:
        return ()
    paths = list(numbers)
    ends = [numbers[path].range() for path in paths]
    given = {path: np.full(2 * len(paths), numbers[path].central()) for path in paths}
    for place, path in enumerate(paths):
        given[path][2 * place : 2 * place + 2] = ends[place]
    found = _outcomes(case, rule, issue, given, 2 * len(paths)).reshape(-1, 2)
    bars = [
        Bar(path=path, low=low, high=high, at_low=float(row[0]), at_high=float(row[1]))
        for path, (low, high), row in zip(paths, ends, found, strict=True)
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.path)))


def _sobol(  # noqa: PLR0917
    case: Case, rule: str, issue: str, numbers: Numbers, draws: int, seed: int
) -> tuple[float, tuple[Index, ...]]:
    """The indices; the design is evaluated one number at a time, so that it is never held whole."""
    from scipy.stats import qmc, sobol_indices

    paths = list(numbers)
    size = 1 << max(draws - 1, 1).bit_length()
    if len(paths) == 1:
        one = numbers[paths[0]].quantile(np.random.default_rng(seed).random(size))
        sd = float(_outcomes(case, rule, issue, {paths[0]: one}, size).std())
        return sd, (Index(path=paths[0], first=1.0, total=1.0, sd_if_known=0.0),)
    points = qmc.Sobol(d=2 * len(paths), rng=np.random.default_rng(seed), bits=64).random(size).T
    first, second = (
        {path: numbers[path].quantile(row) for path, row in zip(paths, half, strict=True)}
        for half in points.reshape(2, len(paths), size)
    )
    of_first, of_second = (_outcomes(case, rule, issue, given, size) for given in (first, second))
    mixed = np.stack([_outcomes(case, rule, issue, {**first, path: second[path]}, size) for path in paths])
    found = sobol_indices(
        func={"f_A": of_first[None], "f_B": of_second[None], "f_AB": mixed[:, None, :]}, n=size, rng=seed
    )
    sd = float(np.concatenate([of_first, of_second]).std())
    rows = [
        Index(
            path=path,
            first=float(alone),
            total=float(total),
            sd_if_known=sd * float(np.sqrt(max(0.0, 1 - alone))),
        )
        for path, alone, total in zip(paths, np.ravel(found.first_order), np.ravel(found.total_order), strict=True)
    ]
    return sd, tuple(sorted(rows, key=lambda row: (-row.total, row.path)))


def allies(case: Case, issue: str, part: float) -> tuple[Ally, ...]:
    """For each party, whom to win and by how much, under the weighted mean; the smallest move first."""
    table = case.table(issue)
    x, w = table.position[0], (table.salience * table.capability)[0]
    outcome = float((x * w).sum() / w.sum())
    found = []
    for place, party in enumerate(table.parties):
        gain = part * (x[place] - outcome)
        for other, ally in enumerate(table.parties):
            if other == place or w[other] == 0 or gain == 0:
                continue
            move = float(gain * w.sum() / w[other])
            room = bool(table.low <= x[other] + move <= table.high)
            found.append(Ally(party=party, ally=ally, move=move, gain=float(gain), room=room))
    return tuple(sorted(found, key=lambda item: (item.party, not item.room, abs(item.move), item.ally)))


def _sentences(case: Case, item: IssueInfluence) -> list[str]:
    words = []
    if item.bars:
        bar = item.bars[0]
        words.append(
            f"{item.name}: the number that moves the outcome most is {spoken(case, bar.path)}: between {bar.low:g} and "
            f"{bar.high:g} the outcome goes from {bar.at_low:.1f} to {bar.at_high:.1f}."
        )
    if item.indices:
        best = max(item.indices, key=lambda row: row.first)
        words.append(
            f"{item.name}: {spoken(case, best.path)}, if known exactly, would narrow the outcome most: its standard "
            f"deviation from {item.sd:.1f} to {best.sd_if_known:.1f}."
        )
    for party in dict.fromkeys(ally.party for ally in item.allies):
        ally = next(one for one in item.allies if one.party == party)
        who, whom = (case.parties[name].name or name for name in (ally.party, ally.ally))
        if ally.room:
            words.append(
                f"{item.name}: to pull the outcome {abs(ally.gain):.1f} points its way, {the(who)} does best to win "
                f"{the(whom)}, which would have to move by {abs(ally.move):.1f}."
            )
    return words


def spoken(case: Case, path: str) -> str:
    """A number's path in words: "the position of North Korea"."""
    parts = path.split(".")
    party = next((case.parties[part].name or part for part in reversed(parts) if part in case.parties), "")
    return f"the {parts[-1]} of {the(party)}" if party else path
