"""A rule: a pattern for one form of time expression, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._values import Resolved

Meaning = Callable[[re.Match[str], Anchor], Resolved | None]


@dataclass(frozen=True)
class Rule:
    """One form.  ``meaning`` returns None where the words are no time expression after all."""

    name: str
    pattern: str
    meaning: Meaning

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern with its named groups."""
        return re.compile(spaced(self.pattern), re.IGNORECASE)

    @property
    def nameless(self) -> str:
        """The pattern without named groups, to stand in one alternation with others."""
        return re.sub(r"\(\?P<\w+>", "(?:", spaced(self.pattern))


def spaced(pattern: str) -> str:
    """Every blank of a pattern stands for any run of white space."""
    return re.sub(r" (?![+*?{])", r"\\s+", pattern).replace(" ?", r"\s*")
