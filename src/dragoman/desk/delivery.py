"""What became of a delivery: every article and every file that was handed over, read or not, and why not.

Nothing is passed over in silence: a row for each, in the order in which they came.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from dragoman.errors import ReadError
    from dragoman.read.findings import Reading
    from dragoman.read.sources import Article

State = Literal["read", "unchanged", "duplicate", "other language", "empty", "refused"]
STATES: tuple[State, ...] = get_args(State)
NOT_READ: tuple[State, ...] = ("other language", "empty", "refused")


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One article or file: what became of it, why, what to do.

    ``undated`` says that the article has no day; ``faults`` counts the finders that failed on it.
    """

    place: str
    state: State
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    undated: bool = False
    faults: int = 0
    why: str = ""
    do: str = ""


@dataclass(kw_only=True)
class Delivery:
    """The rows of one delivery."""

    rows: list[Delivered] = field(default_factory=list)

    def article(self, article: Article, state: State, reading: Reading | None = None) -> None:
        """Note what became of an article."""
        row = Delivered(
            place=article.place, state=state, title=article.title, outlet=article.outlet,
            published=article.published.isoformat() if article.published else None,
            undated=article.published is None, why=_why(article, state),
        )  # fmt: skip
        if reading is not None:
            row = _as_read(row, reading)
        self.rows.append(row)

    def fault(self, fault: ReadError) -> None:
        """Note a file, or an entry of one, that is not read."""
        state: State = "empty" if fault.state == "empty" else "refused"
        self.rows.append(Delivered(place=fault.place, state=state, why=fault.found, do=fault.expected))

    def counts(self) -> dict[State, int]:
        """How many of each state; those that are none are left out."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in STATES if found[state]}

    def not_read(self) -> tuple[Delivered, ...]:
        """The rows of what was handed over and not read."""
        return tuple(row for row in self.rows if row.state in NOT_READ)


def _why(article: Article, state: State) -> str:
    if state == "duplicate":
        return "the same text and outlet stood in this delivery before"
    return "" if article.published is not None else "no day in the source, its name or its text"


def _as_read(row: Delivered, reading: Reading) -> Delivered:
    faults = len(getattr(reading, "faults", ()))
    undated = row.undated and reading.published is None
    if reading.language not in ("en", "und"):
        sure = next((words for words in reading.warnings if words.startswith("the language is")), "")
        return replace(row, state="other language", why=sure or f"the language is {reading.language!r}",
                       do="a translation into English")  # fmt: skip
    if reading.language == "und":
        return replace(row, state="empty", why="no words", do="the text of an article")
    return replace(row, undated=undated, faults=faults, why=row.why if undated else "",
                   do="--date, or --date-from" if undated else "")  # fmt: skip


def table_of(delivery: Delivery) -> list[str]:
    """The closing table, a line a state."""
    counts = delivery.counts()
    lines = [f"{state:<16}{number:>7,}{_of_them(delivery, state)}" for state, number in counts.items()]
    return lines or ["nothing was handed over"]


def _of_them(delivery: Delivery, state: State) -> str:
    rows = [row for row in delivery.rows if row.state == state]
    undated, faults = sum(row.undated for row in rows), sum(bool(row.faults) for row in rows)
    said = [f"{undated:,} undated"] if undated else []
    said += [f"{faults:,} with a fault of a finder"] if faults else []
    return f"   of them {' and '.join(said)}" if said else ""


def report_of(rows: Sequence[Delivered], kind: str) -> str:
    """The rows as ``csv`` or ``json``."""
    names = list(Delivered.__dataclass_fields__)
    if kind == "json":
        return json.dumps([{name: getattr(row, name) for name in names} for row in rows], indent=1) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")):
        return f"'{value}"
    return value
