"""Dragoman reads press coverage of a negotiation into a sourced record, and runs the negotiation.

The public names are loaded when they are first used, so that the command line starts at once.
``solve`` is the package of methods, ``solve_case`` the function that calls one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman import solve
    from dragoman.desk import Desk
    from dragoman.errors import DragomanError
    from dragoman.model import Case, load_case
    from dragoman.read.events import EventClass, classify_event, classify_events
    from dragoman.read.findings import Reading
    from dragoman.read.reader import read_text
    from dragoman.record import Record
    from dragoman.show.notebook import open_notebook as open  # noqa: A004
    from dragoman.solve import METHODS, Result, solve_case

__all__ = [
    "METHODS",
    "Case",
    "Desk",
    "DragomanError",
    "EventClass",
    "Reading",
    "Record",
    "Result",
    "__version__",
    "classify_event",
    "classify_events",
    "load_case",
    "open",
    "read_text",
    "solve",
    "solve_case",
]

_HOMES = {
    "Case": "dragoman.model",
    "Desk": "dragoman.desk",
    "DragomanError": "dragoman.errors",
    "EventClass": "dragoman.read.events",
    "METHODS": "dragoman.solve",
    "Reading": "dragoman.read.findings",
    "Record": "dragoman.record",
    "Result": "dragoman.solve",
    "classify_event": "dragoman.read.events",
    "classify_events": "dragoman.read.events",
    "load_case": "dragoman.model",
    "open": "dragoman.show.notebook",
    "read_text": "dragoman.read.reader",
    "solve_case": "dragoman.solve",
}


def __getattr__(name: str) -> Any:
    """Public names from the rooms that hold them."""
    if name == "__version__":
        from importlib.metadata import version

        return version("dragoman")
    from importlib import import_module

    if name == "solve":
        return import_module("dragoman.solve")
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name if name != "open" else "open_notebook")


def __dir__() -> list[str]:
    return sorted(__all__)
