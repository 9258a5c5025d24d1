"""Conditions of queries, put together without ever putting a value into SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dragoman.errors import InputError

Day = date | str | None
Some = str | Sequence[str] | None


class Where:
    """Conditions joined by AND, with their values."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> Where:
        """Add a condition."""
        self.parts.append(condition)
        self.values.extend(values)
        return self

    def equal(self, column: str, value: Any) -> Where:
        """Add ``column = value``, or ``IN`` for several, where a value is asked for."""
        if value is None:
            return self
        if isinstance(value, (list, tuple, set, frozenset)):
            several = sorted(value, key=str)
            return self.add(f"{column} IN ({','.join('?' * len(several))})", *several)
        return self.add(f"{column} = ?", value)

    def between(self, column: str, since: str | None, until: str | None) -> Where:
        """Add the days asked for, both ends included."""
        if since is not None:
            self.add(f"{column} >= ?", since)
        if until is not None:
            self.add(f"{column} <= ?", until)
        return self

    @property
    def sql(self) -> str:
        """The conditions as SQL."""
        return " AND ".join(self.parts) or "1"


def page(limit: int | None, offset: int) -> str:
    """LIMIT and OFFSET.

    Raises:
        InputError: a number is negative.
    """
    if (limit is not None and limit < 0) or offset < 0:
        raise InputError("page", f"limit {limit}, offset {offset}", "numbers from 0")
    return f"LIMIT {-1 if limit is None else int(limit)} OFFSET {int(offset)}"


def day(value: object, place: str) -> str | None:
    """A day as an ISO date; dates and ISO texts are taken.

    Raises:
        InputError: it is no date.
    """
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise InputError(place, repr(value), "a day such as 2018-06-12") from None


def parties(listed: Sequence[Sequence[Any]], role: str) -> list[Sequence[Any]]:
    """The actors of one role, from a joined event's list."""
    return [actor for actor in listed if actor[0] == role]
