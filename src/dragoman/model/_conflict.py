"""The graph model's part of a case: options, infeasible patterns, preferences.

A state is the frozen set of the options that are taken ("yes"); every other option is
not taken.  Statements are exact logical formulas over options (see ``_statements``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import InstanceOf

from dragoman.model._quantity import Anchor, Quantity
from dragoman.model._statements import Statement
from dragoman.model._types import FORBID

State: TypeAlias = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Option:
    """A yes/no choice of one party; ``moves`` says in which direction it can be changed (forward: no to yes)."""

    __pydantic_config__ = FORBID
    id: str
    owner: str
    name: str = ""
    moves: Literal["both", "forward", "back"] = "both"
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """States that cannot be: every option of ``yes`` taken and none of ``no``."""

    __pydantic_config__ = FORBID
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    because: str = ""

    def matches(self, state: State) -> bool:
        """Whether ``state`` falls under the pattern."""
        return self.yes <= state and not self.no & state


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """What a party prefers: ordered statements, most important first, or a full ranking, best first.

    Exactly one of the two is given.  ``ranking`` is a tuple of tie groups of states.
    ``swap`` is the probability with which neighbours change places in a draw.
    """

    __pydantic_config__ = FORBID
    party: str
    statements: tuple[InstanceOf[Statement], ...] = ()
    ranking: tuple[tuple[State, ...], ...] = ()
    swap: Quantity | None = None
    evidence: tuple[Anchor, ...] = ()
    because: str = ""
