"""A what-if saved as a scenario of the case file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.files import write_whole

if TYPE_CHECKING:
    from dragoman.desk.session import Desk


def save_scenario(desk: Desk, name: str, changes: Mapping[str, float], *, because: str = "", under: str = "") -> Desk:
    """Add a scenario to the case file and give the desk with it; comments and order stay, a faulty case is not written.

    Args:
        desk: the sitting whose case file is meant.
        name: the scenario's identifier, new to the case.
        changes: numbers by path.
        because: why.
        under: the scenario to which the changes were made; its changes are taken over.

    Raises:
        InputError: there is no case file, nothing is changed, or the name is taken.
        CaseError: the changed case has faults.
    """
    from dragoman.model import add_scenario, loads

    if desk.case_path is None or desk.case is None:
        raise InputError("scenario", "the desk holds no case file", "--case FILE")
    if not changes:
        raise InputError("scenario", "no number is changed", "a change to save")
    if not name.replace("-", "").replace("_", "").isalnum():
        raise InputError("scenario", repr(name), "letters, digits, - and _")
    merged = {**(dict(desk.case.scenarios[under].changes) if under in desk.case.scenarios else {}), **changes}
    text = add_scenario(desk.case_path.read_text(encoding="utf-8"), name, merged, because=because)
    renewed = loads(text, file=str(desk.case_path), folder=desk.case_path.parent, as_of=desk.as_of)
    write_whole(desk.case_path, text)
    return replace(desk, base=renewed)
