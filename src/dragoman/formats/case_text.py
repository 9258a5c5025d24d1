"""What the case formats share: reading text, identifiers for foreign names, numbers as they were written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, MethodError, ReadError
from dragoman.files import write_whole
from dragoman.model import Case, identifier

MAX_BYTES = 50_000_000


def read_text(path: str | Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        ReadError: it cannot be read, is empty, too long, binary or not UTF-8.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ReadError(str(path), f"{file.stat().st_size:,} bytes", f"at most {MAX_BYTES:,}")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(str(path), f"cannot be read ({error.strerror})", "a readable file") from None
    except UnicodeDecodeError:
        raise ReadError(str(path), "bytes that are not UTF-8", "a text in UTF-8") from None
    if "\0" in text:
        raise ReadError(str(path), "binary data", "a text in UTF-8")
    if not text.strip():
        raise ReadError(str(path), "an empty file", "a table")
    return text


def write_text(path: str | Path, text: str) -> None:
    """Write ``text`` in UTF-8 with line feeds.

    Raises:
        InputError: the file cannot be written.
    """
    write_whole(path, text)


def identifiers(names: Iterable[str], place: str) -> dict[str, str]:
    """An identifier for each name, in order.

    Raises:
        ReadError: a name twice, or without letters and digits.
    """
    keyed: dict[str, str] = {}
    for name in names:
        try:
            key = identifier(name)
        except InputError as error:
            raise ReadError(place, error.found, error.expected) from None
        if name in keyed:
            raise ReadError(place, f"the name {name!r} twice", "each name once")
        while key in keyed.values():
            key += "-2"
        keyed[name] = key
    return keyed


def number(text: str, place: str) -> float:
    """A finite number; whole ones as such.

    Raises:
        ReadError: the text is none.
    """
    try:
        value = float(text)
    except ValueError:
        raise ReadError(place, repr(text.strip()), "a number") from None
    if not math.isfinite(value):
        raise ReadError(place, repr(text.strip()), "a finite number")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def labels(case: Case, section: str) -> dict[str, str]:
    """The name under which each entry goes out: its name where that leads back to its identifier, else that."""
    entries = getattr(case, section)
    return {
        key: entry.name if entry.name.strip() and _leads_back(entry.name, key) else key
        for key, entry in entries.items()
    }


def _leads_back(name: str, key: str) -> bool:
    try:
        return identifier(name) == key
    except InputError:
        return False


def chosen_issues(case: Case, issues: Sequence[str] | None) -> tuple[str, ...]:
    """The issues that go out: those named, or all but side disputes.

    Raises:
        MethodError: there are none.
    """
    names = case.arrays(issues).issues
    if not names:
        raise MethodError("issues", "no issues", "at least one issue")
    return names


def plain(value: float) -> str:
    """The shortest text that reads back as ``value``; whole numbers without a point."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def written(value: float) -> Any:
    """``value`` for YAML: whole numbers as such."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)
