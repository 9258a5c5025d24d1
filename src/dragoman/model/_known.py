"""What the checks between parts share: declared names, and domains of numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from dragoman.model._faults import Path, nearest, one_of
from dragoman.model._quantity import Quantity

Found: TypeAlias = tuple[Path, str, str]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The names that a file declares, faulty entries included."""

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[str, ...]
    measures: tuple[str, ...]
    tree: Mapping[str, Any]

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Known:
        """The names declared in ``tree``."""
        sections = {name: _keys(tree.get(name)) for name in ("parties", "issues", "options", "measures")}
        return cls(**sections, tree=tree)

    def factions(self, party: str) -> tuple[str, ...]:
        """The factions declared for ``party``."""
        parties = self.tree.get("parties")
        entry = parties.get(party) if isinstance(parties, Mapping) else None
        return _keys(entry.get("factions")) if isinstance(entry, Mapping) else ()


def _keys(section: Any) -> tuple[str, ...]:
    return tuple(section) if isinstance(section, Mapping) else ()


def names_in(
    path: Path, names: Iterable[str], known: Collection[str], what: str, *, keys: bool = False, single: bool = False
) -> Iterator[Found]:
    """A fault for every one of ``names`` that is not ``known`` or stands twice.

    The fault stands at the key itself (``keys``), at the path (``single``), or at the
    name's index in the list.
    """
    seen: set[str] = set()
    for at, name in enumerate(names):
        place = (*path, name) if keys else path if single else (*path, at)
        if name in seen:
            yield place, f"{name!r} twice", f"each {what} once"
        seen.add(name)
        if name not in known:
            yield place, f"unknown {what} {name!r}{nearest(name, known)}", one_of(known)


def bounded(
    path: Path, quantity: Quantity | None, low: float, high: float, *, below: bool = False, hint: str = ""
) -> Iterator[Found]:
    """A fault where a draw of ``quantity`` could fall outside low..high (``below``: high itself excluded)."""
    if quantity is None:
        return
    least, greatest = quantity.range()
    if math.isnan(least) or (least >= low and (greatest < high if below else greatest <= high)):
        return
    found = f"{least:g}" if least == greatest else f"{least:g} to {greatest:g}"
    yield path, found, _span(low, high, below=below) + hint


def not_negative(path: Path, quantity: Quantity | None) -> Iterator[Found]:
    """A fault where a draw of ``quantity`` could be negative."""
    return bounded(path, quantity, 0, math.inf)


def positive(path: Path, quantity: Quantity | None) -> Iterator[Found]:
    """A fault where a draw of ``quantity`` could be zero or less."""
    if quantity is not None and quantity.range()[0] <= 0:
        yield path, f"{quantity.range()[0]:g}", "a number above 0"


def _span(low: float, high: float, *, below: bool) -> str:
    if math.isinf(high):
        return f"{low:g} or more"
    return f"a number from {low:g} to below {high:g}" if below else f"a number from {low:g} to {high:g}"
