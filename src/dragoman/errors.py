"""The one error tree.

::

    DragomanError
    ├── InputError            what the user gave is at fault: place, found, expected
    │   ├── ReadError         a text, page or table that cannot be read
    │   ├── CaseError         one or more faults of a case file (``faults``)
    │   ├── RecordError       a record that cannot be opened, migrated or written
    │   │   └── BusyError     a record to which another process is writing
    │   ├── MethodError       an input outside a method's domain
    │   └── UnknownNameError  a name that nothing answers to (``nearest``)
    └── MissingExtraError     an optional package is needed for what was asked

The command line prints ``str(error)`` as one line and exits with 1; wrong usage
exits with 2.  Library callers catch :class:`DragomanError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def _again(kind: type[DragomanError], args: tuple[object, ...], state: dict[str, object]) -> DragomanError:
    """An error as another process raised it."""
    error: DragomanError = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class DragomanError(Exception):
    """Base of everything that Dragoman raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error raised in another process arrives as it was."""
        return _again, (type(self), self.args, self.__dict__)


class InputError(DragomanError):
    """What the user gave is at fault.

    ``place`` names where (a file, ``file:line``, a path in the case), ``found``
    what stands there and ``expected`` what would do.
    """

    def __init__(self, place: str, found: str, expected: str = "") -> None:
        self.place = place
        self.found = found
        self.expected = expected
        tail = f"; expected {expected}" if expected else ""
        super().__init__(f"{place}: {found}{tail}")


class ReadError(InputError):
    """A text, page or table that cannot be read.

    ``state`` says what becomes of it in the table of what was not read: ``refused``, or ``empty``.
    """

    def __init__(self, place: str, found: str, expected: str = "", *, state: str = "refused") -> None:
        self.state = state
        super().__init__(place, found, expected)


class RecordError(InputError):
    """A record that cannot be opened, migrated or written."""


class BusyError(RecordError):
    """A record to which another process is writing: the same may go through later."""


class MethodError(InputError):
    """An input outside a method's domain."""


class UnknownNameError(InputError):
    """A name that nothing answers to; ``nearest`` is the closest known one, if any."""

    def __init__(self, place: str, name: str, known: Sequence[str]) -> None:
        from difflib import get_close_matches

        close = get_close_matches(name, known, n=1, cutoff=0.5)
        self.nearest = close[0] if close else None
        hint = f" (did you mean {self.nearest!r}?)" if self.nearest else ""
        listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
        super().__init__(place, f"unknown name {name!r}{hint}", f"one of: {listed}" if known else "a known name")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault of a case file: where it stands, what was found, what would do."""

    file: str
    line: int | None
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        where = f" {self.path}:" if self.path else ""
        return f"{self.file}{line}:{where} {self.found}; expected {self.expected}"


class CaseError(InputError):
    """Every fault of a case file at once, in ``faults``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(f"{first.file}:{first.line}" if first.line else first.file, first.found, first.expected)
        self.args = ("\n".join(str(fault) for fault in self.faults),)


class MissingExtraError(DragomanError):
    """An optional package is needed for what was asked."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package {package!r}: install it with  pip install 'dragoman[{extra}]'")
