"""Who bargains over what: parties, factions, issues, positions, the format of the talks.

Only data stands here.  Positions are on the issue's own scale; saliences are in 0..1
whatever scale the file used; capabilities are in any one unit, the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dragoman.model._quantity import Anchor, Quantity
from dragoman.model._table import EMPTY, Table
from dragoman.model._types import FORBID, Names


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where a party (or a faction of it) stands on one issue.

    ``position`` is on the issue's scale, ``salience`` in 0..1 (None for a faction that
    takes the party's), ``capability`` overrides the party's on this issue.
    ``evidence`` and ``because`` hold for every number of the stand.
    """

    __pydantic_config__ = FORBID
    position: Quantity
    salience: Quantity | None = None
    capability: Quantity | None = None
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Faction:
    """A group within a party with its own positions; ``weight`` is its share of the party's say."""

    __pydantic_config__ = FORBID
    id: str
    name: str
    weight: Quantity | None = None
    positions: Table[Stand] = EMPTY
    entities: Names = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party to the negotiation.

    ``entities`` are the names by which the record knows it and those who speak for it,
    ``groups`` any labels that an analyst sorts parties by.
    """

    __pydantic_config__ = FORBID
    id: str
    name: str
    groups: Names = ()
    capability: Quantity | None = None
    entities: Names = ()
    factions: Table[Faction] = EMPTY
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The scale of an issue: its ends and its named points."""

    __pydantic_config__ = FORBID
    low: float = 0.0
    high: float = 100.0
    points: Table[float] = EMPTY


@dataclass(frozen=True, kw_only=True)
class Term:
    """A contested term, whose wording by each party is read from the articles.

    ``words`` are the words for it, by default its ``name``; ``issue`` is what it is about.
    """

    __pydantic_config__ = FORBID
    id: str
    name: str
    words: Names = ()
    issue: str | None = None


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A question under negotiation, on a scale from ``scale.low`` to ``scale.high``.

    ``linked`` names issues that are settled together with this one; ``side`` marks a
    dispute that stands apart from the main table (often between two parties only).
    """

    __pydantic_config__ = FORBID
    id: str
    name: str
    scale: Scale = field(default_factory=Scale)
    status_quo: Quantity | None = None
    positions: Table[Stand] = EMPTY
    linked: Names = ()
    side: bool = False
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What a ratifier accepts on one issue: outcomes from ``at_least`` to ``at_most``."""

    __pydantic_config__ = FORBID
    at_least: Quantity | None = None
    at_most: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Ratifier:
    """Who must ratify at home: for ``party``, optionally one of its factions, within bounds by issue."""

    __pydantic_config__ = FORBID
    id: str
    party: str
    name: str = ""
    faction: str | None = None
    accepts: Table[Bound] = EMPTY
    evidence: tuple[Anchor, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Format:
    """The format of the talks.

    ``seats`` (default: every party), ``vetoes`` (default: every seat, agreement needs
    all), ``proposers`` (default: every seat), ``order`` in which parties speak or
    accept, ``quota`` and whole ``votes`` where the format counts votes, and
    ``base_rate``: how often such talks end in agreement, as the user states it;
    ``base_rate_of``: what it was counted from, a class and event of ``dragoman rates``
    (``crises.mediated/formal``) or counts (``4 of 9 rounds since 1993``).
    """

    __pydantic_config__ = FORBID
    name: str = ""
    seats: Names = ()
    vetoes: Names | None = None
    proposers: Names | None = None
    order: Names = ()
    ratifiers: Table[Ratifier] = EMPTY
    quota: int | None = None
    votes: Table[int] = EMPTY
    base_rate: Quantity | None = None
    base_rate_of: str = ""
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Utility:
    """A party's utility where it is not the default one.

    The default is 1 minus the salience-weighted mean of |x - position| / range.
    ``no_deal`` is the utility (0..1) of no agreement, ``loss`` the shape of the loss in
    distance, ``issues`` utilities at points of an issue's scale (joined by lines).
    """

    __pydantic_config__ = FORBID
    no_deal: Quantity | None = None
    loss: Literal["linear", "quadratic"] = "linear"
    issues: Table[Table[Quantity]] = EMPTY
    because: str = ""
