"""The steps from an empty file to the schema of today, numbered by the version that each leads to.

A step is a function that gives its SQL statements, in order.  Steps are never
changed once released: a new version of the schema is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from importlib.resources import files

Step = Callable[[], Iterator[str]]


def _script(name: str) -> Step:
    return lambda: statements((files("dragoman.record") / name).read_text(encoding="utf-8"))


def statements(script: str) -> Iterator[str]:
    """The complete statements of an SQL script, triggers whole."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part.strip()
            part = ""


MIGRATIONS: tuple[Step, ...] = tuple(
    map(_script, ("schema.sql", "register.sql", "fates.sql", "faster.sql", "readers.sql", "questions.sql"))
)
SCHEMA_VERSION = len(MIGRATIONS)
