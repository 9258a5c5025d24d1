"""Names, lists and numbers as the sentences of results write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dragoman.model import Case, Issue

ARTICLE = ("United ", "European Union", "Republic of", "Kingdom of", "League of", "Federation of", "Netherlands")


def the(name: str) -> str:
    """``name`` with the article that English gives to it: the United States, China."""
    return f"the {name}" if name.startswith(ARTICLE) else name


def possessive(name: str) -> str:
    """Whose: China's, the United States'."""
    return f"{the(name)}'" if name.endswith("s") else f"{the(name)}'s"


def start(sentence: str) -> str:
    """``sentence`` with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Iterable[str], last: str = "and") -> str:
    """A, B and C."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else "nobody"


def names_of(case: Case) -> Mapping[str, str]:
    """Party identifier to name."""
    return {key: party.name for key, party in case.parties.items()}


def number(value: float) -> str:
    """Two decimals below 1, one below 10, none above 100; no trailing zeros."""
    size = abs(value)
    digits = 2 if size < 1 else 1
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if size < 100 else f"{value:.0f}"


def share(value: float) -> str:
    """A share as a percentage that never rounds to all or nothing."""
    if 0 < value < 0.005:
        return "under 1 %"
    if 0.995 < value < 1:
        return "over 99 %"
    return f"{value * 100:.0f} %"


def near(issue: Issue, value: float) -> str:
    """Where ``value`` lies among the issue's named points, as words in brackets; empty where it has none."""
    if not issue.scale.points:
        return ""
    names = [name.replace("-", " ") for name in issue.scale.points]
    places = np.array(list(issue.scale.points.values()))
    order = np.argsort(places, kind="stable")
    exact = [names[at] for at in order if abs(places[at] - value) < 0.5e-2 * (issue.scale.high - issue.scale.low)]
    if exact:
        return f" ({exact[0]})"
    below = [at for at in order if places[at] < value]
    above = [at for at in order if places[at] > value]
    if below and above:
        return f" (between {names[below[-1]]} and {names[above[0]]})"
    return f" (above {names[below[-1]]})" if below else f" (below {names[above[0]]})"
