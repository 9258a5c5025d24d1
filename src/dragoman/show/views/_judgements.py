"""Key judgements: the few sentences that a reader must take away, each with its basis.

A share of draws is called robustness, never probability; words of probability stand
only where a method has a scored record or the case states a base rate, and confidence
is never in the same sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.show.blocks import Point

if TYPE_CHECKING:
    from dragoman.desk.session import Desk


def judgements(desk: Desk) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The key judgements, and who can block."""
    return (), ()
