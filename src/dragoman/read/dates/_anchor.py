"""What relative expressions are resolved against.

The *publication day* anchors what is said from now ("yesterday", "last week"),
the *focus* what is said from the story ("the day before", "later that year"):
the latest definite date that the text itself has named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dragoman.read.dates._values import Resolved, interval, precision_of

Direction = Literal["past", "future", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """Publication day, focus and a look at the grammar around the expression being resolved.

    ``direction`` says whether the verb speaks of what is past or to come; ``before``
    and ``after`` are the words around the expression; ``named`` holds the year of each
    (month, day) that the text has named before, day 0 for the month alone.
    """

    published: date | None
    focus: str | None
    direction: Callable[[], Direction]
    before: str = ""
    after: str = ""
    named: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def in_a_name(self, words: str) -> bool:
        """Whether ``words`` are written large in the middle of a sentence, as in the name of a newspaper or show."""
        return words[:1].isupper() and re.search(r"[A-Za-z]\s$", self.before) is not None

    @property
    def focus_day(self) -> date | None:
        """The focus as one day, if it is one."""
        bounds = interval(self.focus) if precision_of(self.focus) in {"day", "time"} else None
        return bounds[0] if bounds else None

    @property
    def focus_year(self) -> int | None:
        """The year of the focus."""
        bounds = interval(self.focus)
        return bounds[0].year if bounds and precision_of(self.focus) not in {"decade", "century"} else None

    @property
    def focus_month(self) -> tuple[int, int] | None:
        """Year and month of the focus."""
        bounds = interval(self.focus)
        if bounds is None or precision_of(self.focus) not in {"time", "day", "week", "month"}:
            return None
        return bounds[0].year, bounds[0].month


def moves_focus(resolved: Resolved) -> bool:
    """Whether the story now stands at this date."""
    return resolved.kind in {"DATE", "TIME"} and interval(resolved.value) is not None
