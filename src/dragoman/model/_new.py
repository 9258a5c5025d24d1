"""A new case as commented YAML, for a person to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.errors import InputError

_HEAD = """\
# A case for Dragoman: fill in the numbers, then run  dragoman case check FILE
# Any number may be a value, {low: 30, high: 50}, or {value: 40, low: 30, high: 50}, and may say
# because: WHY  and  evidence: [{article: "HASH", exact: "quoted words"}]
title: New case
salience_scale: 100             # saliences from 0 (does not care) to 100 (nothing matters more)
"""


def identifier(name: str) -> str:
    """An identifier for ``name``: letters, digits and single hyphens.

    Raises:
        InputError: the name has no letter and no digit.
    """
    words = re.findall(r"[^\W_]+", name)
    if not words:
        raise InputError("name", repr(name), "a name with at least one letter or digit")
    return "-".join(words) if len(words) > 1 else words[0]


def new_case(parties: Sequence[str], issues: Sequence[str]) -> str:
    """The YAML of a case with these parties and issues, every number in the middle of its scale.

    Raises:
        InputError: no parties, two of one name, or a name without letters and digits.
    """
    names, topics = _identified("parties", parties), _identified("issues", issues)
    if not names:
        raise InputError("parties", "no parties", "at least one name")
    lines = [_HEAD, "parties:", *(line for key, name in names.items() for line in _party(key, name))]
    if topics:
        lines += ["", "issues:", *(line for key, name in topics.items() for line in _issue(key, name, list(names)))]
    seats = ", ".join(map(scalar, names))
    lines += ["", "format:", f"  vetoes: [{seats}]    # without whom there is no agreement", ""]
    return "\n".join(lines)


def _identified(place: str, names: Sequence[str]) -> dict[str, str]:
    keyed: dict[str, str] = {}
    for name in names:
        key = identifier(name)
        if key in keyed:
            raise InputError(place, f"{name!r} twice", "each name once")
        keyed[key] = name.strip()
    return keyed


def quoted(text: str) -> str:
    """``text`` as a YAML scalar in double quotation marks."""
    import json

    return json.dumps(text, ensure_ascii=False)


def scalar(text: str) -> str:
    """``text`` as a YAML scalar, in quotation marks only where YAML would read something else."""
    plain = re.fullmatch(r"[^\W\d_](?:[\w .-]*\w)?", text) and text.casefold() not in {"null", "true", "false"}
    return text if plain else quoted(text)


def _party(key: str, name: str) -> list[str]:
    return [
        f"  {scalar(key)}:",
        f"    name: {scalar(name)}",
        "    capability: 50              # weight in the talks, in any one unit",
        f"    entities: [{scalar(name)}]    # names under which the record knows it",
    ]


def _issue(key: str, name: str, parties: list[str]) -> list[str]:
    return [
        f"  {scalar(key)}:",
        f"    name: {scalar(name)}",
        "    scale: {low: 0, high: 100, points: {}}    # what do 0 and 100 mean?",
        "    # status_quo: 0             # where things stand without agreement",
        "    positions:",
        *(f"      {scalar(party)}: {{position: 50, salience: 50}}" for party in parties),
    ]
