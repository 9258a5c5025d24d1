"""Whether a finding can stand in an article: spans within the text, days that are days, values of the closed lists."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

from dragoman.errors import RecordError
from dragoman.record._payload import Finding, date_of, hints_of, kind_of, spans_of


def check_finding(finding: Finding, text: str) -> None:
    """Refuse a finding that cannot stand in a text.

    Raises:
        RecordError: a span outside the text, a day that is none, a value that is not on its closed list.
    """
    place = kind_of(finding)
    if not spans_of(finding):
        raise RecordError(place, "no span", "at least one span of the text")
    for start, end in spans_of(finding):
        if not 0 <= start < end <= len(text):
            raise RecordError(f"{place} span", f"[{start}, {end})", f"a part of [0, {len(text)})")
    when = date_of(finding)
    for day in (when.start, when.end) if when else ():
        _check_day(day, f"{place} date")
    check_values(finding, place)


def _check_day(day: str | None, place: str) -> None:
    if day is None:
        return
    try:
        date.fromisoformat(day[:10])
    except ValueError:
        raise RecordError(place, repr(day), "an ISO date such as 2018-06-12") from None


def check_values(value: Any, place: str) -> None:
    """Refuse a dataclass with a value that its closed list does not have.

    Raises:
        RecordError: such a value, with the list.
    """
    hints = hints_of(value.__class__)
    for item in fields(value):
        _check_value(hints[item.name], getattr(value, item.name), f"{place}.{item.name}")


def _check_value(hint: Any, value: Any, place: str) -> None:
    origin = get_origin(hint)
    if origin is Literal and value not in get_args(hint):
        raise RecordError(place, repr(value), "one of: " + ", ".join(map(str, get_args(hint))))
    if origin in (Union, types.UnionType) and value is not None:
        _check_value(next(arm for arm in get_args(hint) if arm is not type(None)), value, place)
    elif origin is tuple and get_args(hint)[-1] is Ellipsis:
        for number, item in enumerate(value):
            _check_value(get_args(hint)[0], item, f"{place}[{number}]")
    elif is_dataclass(hint):
        check_values(value, place)
