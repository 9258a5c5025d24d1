"""Exchange: which issues parties trade against each other (the equal-gain model).

Stokman and Van Oosten 1994; Van Assen, Stokman and Van Oosten 2003.

1. The outcome of an issue is the mean of positions weighted by salience times power.
2. Two parties on different sides of two outcomes each give way on the issue that matters
   less to it, at the rate at which both gain the same.
3. The exchange with the greatest gain goes first and changes what is left to exchange.
4. After each round positions follow the votes part of the way.

``exact`` runs repeat the public program in 28-digit decimals, digit for digit; over draws
the same rules run in floats, in lockstep, with equal gains settled at random.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dragoman.errors import UnknownNameError
from dragoman.plain import to_plain
from dragoman.solve._methods import Method
from dragoman.solve.exchange._answer import (
    DealRow,
    ExchangeAnswer,
    IssueExchange,
    Setting,
    Traded,
    answer_of,
    draws_from,
    table_from,
)
from dragoman.solve.exchange._lockstep import Draws, Outcomes, lockstep
from dragoman.solve.exchange._market import Exchanged, RoundResult, outcomes, rounds_of
from dragoman.solve.exchange._table import TIES, Rules, Scale, Table, table_of
from dragoman.solve.exchange._words import sentences, warnings
from dragoman.solve.result import Result, result_of
from dragoman.solve.spatial import counted, issue_names, left_out

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = [
    "TIES",
    "DealRow",
    "Draws",
    "ExchangeAnswer",
    "Exchanged",
    "IssueExchange",
    "Outcomes",
    "RoundResult",
    "Rules",
    "Scale",
    "Table",
    "Traded",
    "draws_from",
    "lockstep",
    "outcomes",
    "rounds_of",
    "solve",
    "table_from",
    "table_of",
]

METHOD = Method(
    name="exchange",
    place=6,
    title="Exchange",
    answers="which issues parties trade against each other (equal gain)",
    needs="issues",
    outcome=True,
)
CHUNK = 1024
CITATION = "Stokman and Van Oosten 1994; Van Assen, Stokman and Van Oosten 2003 (equal gain)"
CAVEATS = (
    "The single path is an artefact of ties and rounding: one other choice moves later outcomes by several points.",
    "Promises are taken to be kept, and exchanges between more than two parties are not seen.",
    "The number of rounds is fixed; the model has no test of convergence.",
)


def solve(
    case: Case,
    *,
    method: str = "exchange",
    draws: int = 1000,
    seed: int = 0,
    issues: Iterable[str] | None = None,
    exact: bool = True,
    chunk: int = CHUNK,
    **rules: Any,
) -> Result:
    """The exchange model over all issues of the main table.

    Args:
        case: the case, with positions, saliences and capabilities.
        method: the name under which the result is filed.
        draws: draws of the uncertain values and of the order of ties; 0 for the one path alone.
        seed: of the draws.
        issues: two or more; by default all but side disputes.
        exact: whether the one path is run in decimals, as in the public program, or in floats.
        chunk: draws read at once; results do not depend on it.
        **rules: fields of :class:`Rules`: rounds, salience_weight, fixed_weight, ties, p.

    Raises:
        UnknownNameError: no such issue or rule.
        MethodError: fewer than two issues, or a number outside the model's domain.
    """
    for name in rules:
        if name not in Rules.__dataclass_fields__:
            raise UnknownNameError("parameter", name, tuple(Rules.__dataclass_fields__))
    table = tuple(name for name in counted(case) if not case.issues[name].side)
    names = issue_names(case, table if issues is None else tuple(issues))
    setting = Setting(issues=names, rules=Rules(**rules), exact=exact, draws=draws, seed=seed, chunk=chunk)
    answer = answer_of(case, setting)
    parameters = {"issues": list(names), "exact": exact, **to_plain(setting.rules)}
    return result_of(
        case,
        method,
        answer,
        reasons=sentences(case, answer),
        parameters=parameters,
        seed=seed,
        draws=draws,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=(*warnings(case, answer), *left_out(case)),
    )
