"""Collecting faults: a path in the case, what was found there, what would do.

A path is a tuple of keys and list indices.  ``Places`` knows on which line of which
file each path stands, so that a fault is reported where the user can mend it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from dragoman.errors import Fault

Path: TypeAlias = tuple[str | int, ...]


def dotted(path: Path) -> str:
    """The path as users write it."""
    return ".".join(str(key) for key in path)


def nearest(name: str, known: Collection[str]) -> str:
    """`` (did you mean 'x'?)`` for the closest known name, or nothing."""
    from difflib import get_close_matches

    folded = {item.casefold(): item for item in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f" (did you mean {folded[close[0]]!r}?)" if close else ""


def one_of(known: Collection[str]) -> str:
    """The known names, for the end of "expected ..."; the first twelve of many."""
    if not known:
        return "none: there are no such names in the case"
    listed = ", ".join(list(known)[:12])
    return f"one of {listed}" + (", ..." if len(known) > 12 else "")


_KINDS = {list: "the list ", dict: "the mapping ", date: "the date "}


def shown(value: Any) -> str:
    """A found value, short enough for one line."""
    if value is None:
        return "nothing"
    text = repr(value) if isinstance(value, (str, int, float, bool)) else f"{_KINDS.get(type(value), '')}{value}"
    text = text.replace("\n", " ")
    return text if len(text) <= 80 else text[:77] + "..."


@dataclass(frozen=True)
class Places:
    """File and line by path."""

    file: str
    lines: Mapping[Path, tuple[str, int]]

    def of(self, path: Path) -> tuple[str, int | None]:
        """Where ``path`` stands, or the nearest thing above it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return self.file, None


@dataclass
class Faults:
    """The faults found so far, each place and message once."""

    places: Places
    found: dict[tuple[Path, str], Fault] = field(default_factory=dict)

    def add(self, path: Path, found: str, expected: str) -> None:
        """Note a fault at ``path``."""
        file, line = self.places.of(path)
        fault = Fault(file=file, line=line, path=dotted(path), found=found, expected=expected)
        self.found.setdefault((path, found), fault)

    def extend(self, faults: Iterable[tuple[Path, str, str]]) -> None:
        """Note several."""
        for path, found, expected in faults:
            self.add(path, found, expected)

    def unknown(self, path: Path, name: str, known: Collection[str], what: str) -> None:
        """Note a name that nothing answers to."""
        self.add(path, f"unknown {what} {name!r}{nearest(name, known)}", one_of(known))

    def sorted(self) -> list[Fault]:
        """The faults in the order of the file."""
        return sorted(self.found.values(), key=lambda fault: (fault.file, fault.line or 0))
