"""The steps' part of a case: measures, what they are worth, and who guarantees.

Values are in one unit of value (``unit_of_value`` of the case), flows per step or per
year as the case says; all values add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model._quantity import Anchor, Quantity
from dragoman.model._table import EMPTY, Table
from dragoman.model._types import FORBID, Names


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Something that is done under a deal.

    ``once`` is the one-off value by party in the step of performance, ``flow`` the value
    in every step (or year) while it stands; ``undone`` is the share of the one-off value
    that reversal undoes; ``after`` names measures of strictly earlier steps; ``option``
    the option of the conflict graph that this measure carries out, if any.
    """

    __pydantic_config__ = FORBID
    id: str
    performers: Names
    name: str = ""
    once: Table[Quantity] = EMPTY
    flow: Table[Quantity] = EMPTY
    reversible: bool = False
    undone: Quantity | None = None
    after: Names = ()
    option: str | None = None
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Guarantor:
    """Someone who stands behind the deal.

    ``kind`` "punish" adds ``penalty[i]`` to what party i suffers when it defects, at a
    ``cost`` to the guarantor; the threat counts only where ``word_stake`` (what the
    guarantor loses by not acting) is at least that cost.  ``kind`` "insure" pays
    ``pays[i]`` to party i when another defects or the process breaks down.
    ``active`` false marks a candidate that no plan counts on yet.
    """

    __pydantic_config__ = FORBID
    id: str
    who: str
    name: str = ""
    kind: Literal["punish", "insure"] = "punish"
    penalty: Table[Quantity] = EMPTY
    pays: Table[Quantity] = EMPTY
    cost: Quantity | None = None
    word_stake: Quantity | None = None
    active: bool = True
    evidence: tuple[Anchor, ...] = ()
    because: str = ""
