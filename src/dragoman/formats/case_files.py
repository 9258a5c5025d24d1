"""The foreign formats of cases by name: what each reads and writes.

Readers give the YAML of a case, to be looked at, saved and loaded; a writer takes a
case, names what its format leaves out, and refuses what it cannot say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UnknownNameError
from dragoman.formats.case_challenge import read_challenge, write_challenge
from dragoman.formats.case_exchange import read_exchange, write_exchange
from dragoman.formats.case_gmcr import read_gmcr, write_gmcr
from dragoman.formats.case_ktab import read_ktab, write_ktab
from dragoman.formats.case_text import chosen_issues
from dragoman.formats.case_xlsx import read_xlsx, write_xlsx
from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class CaseFormat:
    """A format: what it is, how it is read (path to YAML) and written (case and path to what is left out)."""

    name: str
    about: str
    read: Callable[[str | Path], str]
    write: Callable[[Case, str | Path], tuple[str, ...]]


def _ktab(case: Case, path: str | Path) -> tuple[str, ...]:
    write_ktab(case, path)
    return ("everything but positions, saliences and capabilities",)


def _exchange(case: Case, path: str | Path) -> tuple[str, ...]:
    write_exchange(case, path)
    return ("everything but positions, saliences and capabilities",)


def _challenge(case: Case, path: str | Path) -> tuple[str, ...]:
    first, *others = chosen_issues(case, None)
    write_challenge(case, path, issue=first)
    return tuple(f"the issue {name}" for name in others)


def _gmcr(case: Case, path: str | Path) -> tuple[str, ...]:
    write_gmcr(case, path)
    return ("everything but the graph model",)


FORMATS: dict[str, CaseFormat] = {
    item.name: item
    for item in (
        CaseFormat(name="ktab", about="KTAB CSV (read: XML too)", read=read_ktab, write=_ktab),
        CaseFormat(
            name="exchange", about="the exchange model's tab-separated file", read=read_exchange, write=_exchange
        ),
        CaseFormat(name="challenge", about="a CSV table of one issue", read=read_challenge, write=_challenge),
        CaseFormat(name="gmcr", about="the graph model's JSON file", read=read_gmcr, write=_gmcr),
        CaseFormat(name="xlsx", about="a workbook, one sheet a table", read=read_xlsx, write=write_xlsx),
    )
}


def case_format(name: str) -> CaseFormat:
    """The format called ``name``.

    Raises:
        UnknownNameError: there is none of that name.
    """
    if name not in FORMATS:
        raise UnknownNameError("format", name, tuple(FORMATS))
    return FORMATS[name]
