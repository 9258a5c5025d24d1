"""Walking over a case: every number with its place, and which have neither evidence nor reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from dragoman.model._quantity import Anchor, Money, Quantity
from dragoman.model._table import Table

if TYPE_CHECKING:
    from dragoman.model._case import Case


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a number rests on: its own evidence and reason, and those given beside several numbers above it."""

    evidence: tuple[Anchor, ...] = ()
    because: str = ""

    def below(self, holder: Any) -> Grounds:
        """The grounds of what stands below ``holder``."""
        evidence = getattr(holder, "evidence", ()) or self.evidence
        return Grounds(evidence=evidence, because=getattr(holder, "because", "") or self.because)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A number without evidence; ``reasoned`` where at least a sentence says why."""

    path: str
    reasoned: bool


def numbers(case: Case) -> Iterator[tuple[Quantity, Grounds]]:
    """Every number of ``case`` in the order of the case, with what it rests on."""
    for item in fields(case):
        if item.name not in {"scenarios", "source"}:
            yield from _below(getattr(case, item.name), Grounds())


def _below(value: Any, grounds: Grounds) -> Iterator[tuple[Quantity, Grounds]]:
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, Quantity):
        yield value, grounds.below(value)
    elif isinstance(value, Table):
        for item in value.values():
            yield from _below(item, grounds)
    elif isinstance(value, tuple):
        for item in value:
            yield from _below(item, grounds)
    elif is_dataclass(value) and not isinstance(value, type):
        own = grounds.below(value)
        for item in fields(value):
            yield from _below(getattr(value, item.name), own)


def missing_evidence(case: Case) -> tuple[Missing, ...]:
    """The numbers of ``case`` that no anchor supports, in the order of the case."""
    return tuple(
        Missing(path=number.path, reasoned=bool(grounds.because))
        for number, grounds in numbers(case)
        if not grounds.evidence
    )
