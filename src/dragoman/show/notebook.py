"""A sitting for notebooks: tables as data frames, charts as Altair objects.

``dragoman.open(record=..., case=...)`` gives a :class:`Notebook`.  Tables come as polars
frames where polars is installed, else as pandas ones, or as plain rows on request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from dragoman.desk import Desk
from dragoman.errors import InputError, MissingExtraError, UnknownNameError
from dragoman.plain import to_plain
from dragoman.record import Record
from dragoman.solve import Result

if TYPE_CHECKING:
    import altair as alt

    from dragoman.show.blocks import Chart

Frames = Literal["auto", "polars", "pandas", "rows"]

TABLES: Mapping[str, Callable[[Record], tuple[Any, ...]]] = {
    "articles": lambda record: record.articles(),
    "events": lambda record: record.events(),
    "meetings": lambda record: record.meetings(),
    "quotes": lambda record: record.quotes(),
    "commitments": lambda record: record.commitments(),
    "contacts": lambda record: record.contacts("person"),
    "ties": lambda record: record.ties("month"),
}


@dataclass(frozen=True, kw_only=True)
class Notebook:
    """A desk with its tables as frames; ``desk`` has everything else."""

    desk: Desk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.close()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(TABLES)

    def table(self, name: str, *, frames: Frames = "auto") -> Any:
        """A table of the record.

        Args:
            name: one of :attr:`tables`.
            frames: "polars", "pandas", "rows" (a list of dicts), or "auto" for the first that is installed.

        Raises:
            UnknownNameError: no such table.
            InputError: the desk has no record.
            MissingExtraError: neither polars nor pandas is installed.
        """
        if name not in TABLES:
            raise UnknownNameError("table", name, self.tables)
        if self.desk.record is None:
            raise InputError("notebook", "no record", "dragoman.open(record=...)")
        rows = [_flat(to_plain(row)) for row in TABLES[name](self.desk.record)]
        return rows if frames == "rows" else _framed(rows, frames)

    def charts(self, page: str, **query: str) -> tuple[str, ...]:
        """The names of the charts of a page, as ``ties``, ``chronology``, ``forecast``."""
        return tuple(chart.name for chart in self._charts(page, query))

    def chart(self, page: str, name: str, **query: str) -> alt.TopLevelMixin:
        """A chart of a page as an Altair object; ``query`` is that of the page's address.

        Raises:
            UnknownNameError: no such page or chart.
        """
        import altair as alt

        found = {chart.name: chart for chart in self._charts(page, query)}
        if name not in found:
            raise UnknownNameError(f"chart of {page}", name, list(found))
        return alt.Chart.from_dict({**found[name].spec, "$schema": alt.SCHEMA_URL})

    def _charts(self, page: str, query: Mapping[str, str]) -> list[Chart]:
        from dragoman.show.pages import find_page

        view = find_page(page).build(self.desk, query)
        return [chart for chart in view.charts() if chart.spec]

    def solve(self, method: str, scenario: str | None = None, **parameters: Any) -> Result:
        """The result of a method; see :func:`dragoman.solve.solve`."""
        return self.desk.result(method, scenario, **parameters)


def open_notebook(
    record: str | Path | None = None, case: str | Path | None = None, *, as_of: date | None = None, draws: int = 1000
) -> Notebook:
    """Open a record, a case or both for a notebook.

    Raises:
        InputError: neither is given.
        RecordError: the record cannot be opened.
        CaseError: the case has faults.
    """
    return Notebook(desk=Desk.open(record=record, case=case, as_of=as_of, draws=draws))


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose cells are single values: names of parties joined, nested values as text."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, dict) and {"start", "end"} <= value.keys():
        return value["start"]
    if isinstance(value, dict) and "name" in value:
        return value["name"]
    if isinstance(value, list):
        return ", ".join(str(_cell(item)) for item in value)
    return str(value) if isinstance(value, dict) else value


def _framed(rows: list[dict[str, Any]], frames: Frames) -> Any:
    for name in ("polars", "pandas") if frames == "auto" else (frames,):
        try:
            if name == "polars":
                import polars as pl

                return pl.DataFrame(rows, infer_schema_length=None)
            import pandas as pd

            return pd.DataFrame(rows)
        except ImportError:
            continue
    raise MissingExtraError("polars", "tables")
