"""What-if: numbers of the case changed in the address (``set.PATH=NUMBER``), so that a change can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.model import Case, Quantity
    from dragoman.show.views._base import Query

PREFIX = "set."


@dataclass(frozen=True, kw_only=True)
class Knob:
    """One number that can be changed on the page: its path, its words, its value in the case and now."""

    path: str
    title: str
    base: float
    value: float
    low: float
    high: float
    step: float
    because: str = ""

    @property
    def name(self) -> str:
        """The form field."""
        return PREFIX + self.path

    @property
    def changed(self) -> bool:
        """Whether it differs from the case."""
        return self.value != self.base


def given(query: Query) -> dict[str, float]:
    """The numbers of the query by path.

    Raises:
        InputError: a value is no finite number.
    """
    return {
        key.removeprefix(PREFIX): _number(key, value)
        for key, value in query.items()
        if key.startswith(PREFIX) and value
    }


def _number(key: str, text: str) -> float:
    import math

    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"query, {key}", repr(text), "a number")
    return value


def changed(query: Query, known: dict[str, float]) -> dict[str, Any]:
    """The numbers that differ from those of the case (``known`` by path)."""
    return {path: value for path, value in given(query).items() if known.get(path) != value}


def knob(quantity: Quantity, path: str, title: str, query: Query, *, ends: tuple[float, float], step: float) -> Knob:
    """A knob over one number of the case."""
    base = round(quantity.central(), 6)
    value = given(query).get(path, base)
    return Knob(
        path=path, title=title, base=base, value=value, low=ends[0], high=ends[1], step=step, because=quantity.because
    )


def changed_case(case: Case, query: Query, knobs: tuple[Knob, ...]) -> Case:
    """The case with the changed numbers of the query, as numbers that are certain."""
    changes = changed(query, {item.path: item.base for item in knobs})
    return case.with_changes(changes) if changes else case
