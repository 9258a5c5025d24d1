"""No agreement comes first: is there anything that all who must consent prefer to it?

1. Who must consent: veto players, or coalitions that reach a quota, and those who
   ratify at home (two-level: Putnam 1988).
2. The win-set of no agreement over every package of linked issues, over each issue that
   stands alone, and over all issues of the main table together: empty or not (Romer and
   Rosenthal 1978; Tsebelis 2002).
3. The best offer of every proposer within it (setter model).
4. Over draws: the share without any agreement, who blocks in those, and what would
   unblock: one consent less, or more issues in the package.
5. Beside it, and not mixed with it, the base rate that the case states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import MethodError
from dragoman.solve._distribution import Drawing
from dragoman.solve._methods import Method
from dragoman.solve.no_deal._answer import CHUNK, Blocker, Offer, Package, package
from dragoman.solve.no_deal._format import Consent, consent_of, packages, taking_part
from dragoman.solve.no_deal._words import sentences
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "BaseRate",
    "Blocker",
    "Consent",
    "NoDealAnswer",
    "Offer",
    "Package",
    "consent_of",
    "package",
    "packages",
    "solve",
    "taking_part",
    "usable",
]

METHOD = Method(
    name="nodeal",
    place=0,
    title="No deal",
    answers="is there any agreement that every veto player prefers to none, and who blocks",
    needs="issues",
)
CITATION = "Romer and Rosenthal 1978 (setter); Tsebelis 2002 (win-set of veto players); Putnam 1988 (ratification)"
CAVEATS = (
    "A share of draws says how far the answer hangs on the judged values; it is not a probability of agreement.",
    "That an agreement exists does not mean that it is found, kept or ratified.",
    "With straight-line losses a best offer often pays for one issue with the whole of another.",
    "Utilities are sums over issues; what a party gains outside the stated issues is not seen.",
)


@dataclass(frozen=True, kw_only=True)
class BaseRate:
    """How often such talks end in agreement, as the case states it."""

    value: float
    low: float
    high: float
    because: str


@dataclass(frozen=True, kw_only=True)
class NoDealAnswer:
    """Packages of linked issues; all issues of the main table ``together`` (None: one package only); the base rate."""

    packages: tuple[Package, ...]
    together: Package | None
    base_rate: BaseRate | None


def solve(case: Case, *, method: str = "nodeal", draws: int = 1000, seed: int = 0, chunk: int = CHUNK) -> Result:
    """Whether any agreement is better than none for all who must consent.

    Args:
        case: the case, with positions, saliences and a status quo (or utilities of no deal).
        method: the name under which the result is filed.
        draws: draws of the uncertain values; 0 for the central values alone.
        seed: of the draws.
        chunk: draws in memory at once; results do not depend on it.

    Raises:
        MethodError: no issue, no status quo on any, nobody whose consent is needed, or a
            utility that is not concave.
    """
    drawing = Drawing(draws=draws, seed=seed, chunk=chunk)
    groups = usable(case)
    table = tuple(name for group in groups for name in group if not case.issues[name].side)
    many = sum(not case.issues[group[0]].side for group in groups) > 1
    answer = NoDealAnswer(
        packages=tuple(package(case, group, drawing) for group in groups),
        together=package(case, table, drawing) if many else None,
        base_rate=_base_rate(case),
    )
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(case, answer.packages, answer.together, answer.base_rate),
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=_warnings(case, packages(case), groups),
    )


def usable(case: Case) -> tuple[tuple[str, ...], ...]:
    """The packages on which no agreement has a value: a status quo, or stated utilities of no deal.

    Raises:
        MethodError: there is none.
    """
    if not case.issues:
        raise MethodError("issues", "no issues", "at least one issue with positions")
    groups = tuple(group for group in packages(case) if _usable(case, group))
    if not groups:
        raise MethodError("issues", "no issue with a status quo", "a status_quo, or utilities.PARTY.no_deal of each")
    return groups


def _usable(case: Case, group: tuple[str, ...]) -> bool:
    """Whether no agreement has a value on every issue of ``group``."""
    parties = taking_part(case, group) & set(case.parties)
    stated = all(party in case.utilities and case.utilities[party].no_deal is not None for party in parties)
    return bool(parties) and (stated or all(case.issues[name].status_quo is not None for name in group))


def _base_rate(case: Case) -> BaseRate | None:
    stated = case.format.base_rate
    if stated is None:
        return None
    low, high = stated.range()
    return BaseRate(value=stated.central(), low=low, high=high, because=stated.because)


def _warnings(case: Case, groups: tuple[tuple[str, ...], ...], used: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    words = [
        f"{', '.join(case.issues[name].name for name in group)}: left out, since no agreement has no value there "
        "(no status quo)"
        for group in groups
        if group not in used
    ]
    for group in used:
        absent = [case.parties[name].name for name in case.vetoes if name not in taking_part(case, group)]
        if absent:
            words.append(
                f"{', '.join(case.issues[name].name for name in group)}: {', '.join(absent)} may veto but takes no "
                "part in it and is taken not to mind"
            )
    if case.format.base_rate is None:
        words.append("the case states no base rate of agreement for such talks (format.base_rate)")
    return tuple(words)
