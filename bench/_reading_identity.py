"""Same person or not, on the project's own lists of hard pairs and true variants.

Run ``python bench/_reading_identity.py``; ``measure`` serves ``bench/reading.py`` (the gold folder
is not needed: the lists stand in ``tests/read/data``).  The ablation leaves the world's tables
of people out, so that only rules and context decide.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

from dragoman.read.identity import NameInContext, same_person
from dragoman.read.identity import same as rules

DATA = Path(__file__).resolve().parent.parent / "tests" / "read" / "data"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Counts over the pairs of one list."""

    pairs: str
    tables: bool
    total: int
    same: int
    unsure: int
    different: int


def name_of(cell: str) -> NameInContext:
    """``name; state; office; year``, the last three optional."""
    name, country, office, year = (*(part.strip() for part in cell.split(";")), "", "", "")[:4]
    when = date(int(year), 7, 1) if year else None
    return NameInContext(name=name, country=country or None, office=office or None, when=when)


def pairs_of(table: str) -> list[tuple[NameInContext, NameInContext]]:
    """The pairs of one list."""
    lines = (DATA / table).read_text(encoding="utf-8").splitlines()
    cells = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(name_of(first), name_of(second)) for first, second in cells]


def _count(table: str, *, tables: bool) -> Measured:
    answers = Counter(same_person(first, second) for first, second in pairs_of(table))
    return Measured(
        pairs=table.removesuffix(".psv"), tables=tables, total=answers.total(), same=answers["same"],
        unsure=answers["unsure"], different=answers["different"],
    )  # fmt: skip


def measure(_: Path | None = None) -> list[Measured]:
    """Both lists, with and without the tables of people."""
    found = [_count(table, tables=True) for table in ("hard_pairs.psv", "variant_pairs.psv")]
    with patch.object(rules, "_known_as", return_value=None), patch.object(rules, "_many_bear", return_value=False):
        found.extend(_count(table, tables=False) for table in ("hard_pairs.psv", "variant_pairs.psv"))
    return found


if __name__ == "__main__":
    for row in measure():
        print(row)
