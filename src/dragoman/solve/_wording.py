"""Names, lists and numbers as the sentences of results write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

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
    width = issue.scale.high - issue.scale.low
    points = sorted((place, f"“{name.replace('-', ' ')}”") for name, place in issue.scale.points.items())
    for place, name in points:
        if abs(place - value) < width / 200:
            return f" ({name})"
    below = [name for place, name in points if place < value]
    above = [name for place, name in points if place > value]
    if below and above:
        return f" (between {below[-1]} and {above[0]})"
    return f" (above {below[-1]})" if below else f" (below {above[0]})"
