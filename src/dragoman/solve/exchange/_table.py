"""The exchange model's input and parameters, in exact decimals or in floats.

``Table`` holds positions on the working scale of 0 to 100 (None: the actor takes no part
in the issue), saliences and powers by actor and issue.  In the exact mode numbers are
28-digit decimals, as in the public program, and the order of operations is its own; a
float's decimal reading is its shortest one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from dragoman.errors import MethodError, UnknownNameError

Number: TypeAlias = Any
Row: TypeAlias = tuple[Any, ...]
Ties = Literal["order", "even", "clean", "peer"]
TIES: tuple[Ties, ...] = ("order", "even", "clean", "peer")


@dataclass(frozen=True, kw_only=True)
class Table:
    """``position``, ``salience`` and ``power`` by actor (outer) and issue (inner)."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    position: tuple[Row, ...]
    salience: tuple[Row, ...]
    power: tuple[Row, ...]
    exact: bool


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The model's parameters.

    ``rounds``: how many, without a test of convergence.  ``salience_weight`` and
    ``fixed_weight``: how far a party's position follows its vote after a round.
    ``ties``: "order" of the list, "even" (every order of candidates equally likely, as over
    draws), "clean" (even chance between the first two), "peer" (what the public program
    does with its random switch).  ``p``: size of random gains, 0 to 1.
    """

    rounds: int = 10
    salience_weight: float = 0.4
    fixed_weight: float = 0.1
    ties: Ties = "order"
    p: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.rounds, int) or self.rounds < 1:
            raise MethodError("rounds", str(self.rounds), "a whole number of at least 1")
        if self.ties not in TIES:
            raise UnknownNameError("ties", self.ties, TIES)
        for name in ("salience_weight", "fixed_weight", "p"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 1):
                raise MethodError(name, str(value), "a share, 0 to 1")


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The ends of an issue's own scale."""

    low: float = 0.0
    high: float = 100.0


def table_of(
    actors: Sequence[str],
    issues: Sequence[str],
    rows: Mapping[tuple[str, str], tuple[float | str, float | str, float | str]],
    scales: Sequence[Scale] = (),
    *,
    exact: bool = False,
) -> Table:
    """A table from (actor, issue) to position on the issue's scale, salience and power.

    Numbers may be texts, read as they stand in the exact mode.

    Raises:
        MethodError: a number is missing, negative, or a scale has no width.
    """
    ends = tuple(scales) or tuple(Scale() for _ in issues)
    read = [[_read(rows.get((actor, issue)), f"{actor}, {issue}", exact) for issue in issues] for actor in actors]
    position = tuple(
        tuple(None if cell is None else _working(cell[0], scale, exact) for cell, scale in zip(row, ends, strict=True))
        for row in read
    )
    salience, power = (
        tuple(tuple(None if cell is None else cell[at] for cell in row) for row in read) for at in (1, 2)
    )
    return Table(
        actors=tuple(actors), issues=tuple(issues), position=position, salience=salience, power=power, exact=exact
    )


def _read(cell: tuple[float | str, ...] | None, place: str, exact: bool) -> tuple[Number, ...] | None:
    if cell is None:
        return None
    numbers = tuple(_number(item, exact) for item in cell)
    if not all(math.isfinite(number) for number in numbers) or min(numbers[1:]) < 0:
        raise MethodError(place, f"{', '.join(map(str, cell))}", "finite numbers, salience and power at least 0")
    return numbers


def _number(value: float | str, exact: bool) -> Number:
    return Decimal(str(value)) if exact else float(value)


def _working(position: Number, scale: Scale, exact: bool) -> Number:
    low, high = (_number(end, exact) for end in (scale.low, scale.high))
    if not high > low:
        raise MethodError("scale", f"{scale.low} to {scale.high}", "a low end below the high end")
    step = _number(100, exact) / (high - low)
    return (position - low) * step
