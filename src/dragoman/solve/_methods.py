"""The table of methods and the one way to call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dragoman.errors import UnknownNameError
from dragoman.solve.result import Result

if TYPE_CHECKING:
    from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method: its name on the command line, its module, what it answers, and the part of a case it needs."""

    name: str
    module: str
    answers: str
    needs: str


def _table() -> Mapping[str, Method]:
    rows = (
        (
            "nodeal",
            "no_deal",
            "is there any agreement that every veto player prefers to none, and who blocks",
            "issues",
        ),
        ("mean", "spatial", "the outcome as the weighted mean of positions (compromise model)", "issues"),
        ("median", "spatial", "the outcome as the weighted median of positions", "issues"),
        ("nash", "nash", "the Nash bargaining solution over the win-set", "issues"),
        ("challenge", "challenge", "who challenges whom, round by round (expected utility)", "issues"),
        ("smp", "smp", "the spatial model of politics over all issues at once", "issues"),
        ("exchange", "exchange", "which issues parties trade against each other (equal gain)", "issues"),
        ("power", "power", "who is decisive in votes: Shapley-Shubik and Banzhaf", "format"),
        ("influence", "influence", "which number moves the outcome most", "issues"),
        ("compare", "compare", "every outcome method side by side with its track record", "issues"),
        ("graph", "graph", "which states are stable for whom, and how one gets there", "options"),
        ("steps", "steps", "whether a deal carried out step by step enforces itself", "measures"),
        ("stakes", "stakes", "what the deal is worth, to whom", "stakes"),
    )
    return {
        name: Method(name=name, module=f"dragoman.solve.{module}", answers=answers, needs=needs)
        for name, module, answers, needs in rows
    }


METHODS: Mapping[str, Method] = _table()


def solve(method: str, case: Case, *, draws: int = 1000, seed: int = 0, **parameters: Any) -> Result:
    """Solve ``case`` by the method of that name.

    Args:
        method: a key of :data:`METHODS`.
        case: the case, with any scenario already applied.
        draws: how many times uncertain values are drawn.
        seed: every draw follows from it; equal inputs give equal results.
        **parameters: the method's own.

    Raises:
        UnknownNameError: no such method.
        MethodError: the case lacks what the method needs, or leaves its domain.
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, tuple(METHODS))
    module = import_module(METHODS[method].module)
    result: Result = module.solve(case, method=method, draws=draws, seed=seed, **parameters)
    return result
