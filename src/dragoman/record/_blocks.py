"""Blocks: findings that may be one event stand in one block, and blocks are joined apart.

1. Kind; of an event its family of types, since one report's ASSAULT is another's
   MOBILIZE; and its source by country, so that a report that names no target is
   beside those that do.  Of mutual acts, meetings and promises: all sides.
2. What the gate does not count and nobody has accepted stands in none: it waits for review and counts nowhere.
3. An act of force or pressure whose source the sentence does not name ("the missile was launched from
   near the airport") stands in a block of its article's acts of the same family
   that have a source and are done with the same things: the block of most of them,
   then the nearest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record._payload import JOINED_KINDS

MUTUAL = ("AGREE", "CONSULT")
FAMILIES = {
    "MOBILIZE": "FORCE", "ASSAULT": "FORCE", "SANCTION": "PRESSURE", "COERCE": "PRESSURE",
    "CONCEDE": "YIELD", "RETREAT": "YIELD",
}  # fmt: skip
DEEDS = frozenset({"AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
OLD_DOUBT = 0.5
LENT = ("FORCE", "PRESSURE")
MEETINGS = ("meeting", "call")
FATES = "fate|"
_ROLES = {
    "event": ("source", "target"), "meeting": ("participant",), "call": ("participant",), "commitment": ("by", "to"),
}  # fmt: skip
Side = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A finding as its block depends on it; ``sides`` are roles with countries, or with who is meant, or ``?``."""

    key: str
    kind: str
    type: str | None
    start: int
    sides: tuple[Side, ...]
    things: frozenset[str] = frozenset()
    doubtful: bool = False


def is_doubtful(kind: str, payload: Mapping[str, Any], review: str) -> bool:
    """Whether a finding waits for a person: the reader does not count it, and nobody has decided on it.

    Events of records older than ``counted`` wait where their confidence is below ``OLD_DOUBT``.
    """
    old = kind != "event" or payload["confidence"] >= OLD_DOUBT
    return review == "open" and not payload.get("counted", old)


def blocks_of(placed: Sequence[Placed]) -> list[str | None]:
    """The block of every finding of an article; None for kinds that do not join, and for what is doubtful."""
    return [block_of(_lent(one, placed) or one) for one in placed]


def block_of(one: Placed) -> str | None:
    """The block in which a finding can join others; fates of promises, which join none, stand in one of their own."""
    if one.kind == "fate":
        return FATES
    if one.kind not in JOINED_KINDS or one.doubtful:
        return None
    sides = [_side(one, role) for role in _ROLES[one.kind]]
    if not any(side.strip("?") for side in sides):
        return f"{one.kind}|{one.key}"
    if one.kind == "event" and one.type in MUTUAL:
        sides.sort()
    elif one.kind == "event" and sides[0].strip("?"):
        del sides[1]
    family = FAMILIES.get(one.type or "", one.type or "") if one.kind == "event" else ""
    return "|".join([one.kind, family, *sides])


def _side(one: Placed, role: str) -> str:
    return "+".join(sorted({who for named, who in one.sides if named == role}))


def names_source(one: Placed) -> bool:
    """Whether a source is named."""
    return bool(_side(one, "source").strip("?+"))


def _lent(one: Placed, others: Iterable[Placed]) -> Placed | None:
    """The finding in whose block a deed without a source stands; a doubtful one stands in none."""
    if (
        one.doubtful
        or one.kind != "event"
        or FAMILIES.get(one.type or "") not in LENT
        or names_source(one)
        or not one.things
    ):
        return None
    fitting = [
        other
        for other in others
        if other.kind == "event"
        and not other.doubtful
        and FAMILIES.get(other.type or "") == FAMILIES[one.type or ""]
        and names_source(other)
        and other.things & one.things
    ]
    many = Counter(block_of(other) for other in fitting)
    return max(
        fitting, key=lambda other: (many[block_of(other)], -abs(other.start - one.start), other.key), default=None
    )


def source_of(block: str | None) -> frozenset[str]:
    """The countries that a block of events has as its source."""
    parts = (block or "").split("|")
    return frozenset(parts[2].split("+")) if len(parts) == 3 and parts[0] == "event" else frozenset()
