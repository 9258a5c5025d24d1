"""The last touch on a checked case: every number learns its path, saliences come to 0..1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from dragoman.model._bargain import Stand
from dragoman.model._case import Case, Scenario, Source
from dragoman.model._conflict import Pattern
from dragoman.model._quantity import Anchor, Coding, Dated, Money, Quantity
from dragoman.model._statements import Statement
from dragoman.model._table import Table

T = TypeVar("T")
_LEAVES = (str, int, float, type(None), frozenset, Anchor, Statement, Pattern, Scenario, Source)


def placed(case: Case) -> Case:
    """``case`` with each number's path in it and saliences in 0..1."""
    located: Case = _located(case, ())
    return located if case.salience_scale == 1 else _rescaled(located, 1 / case.salience_scale)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def _located(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, _LEAVES):
        return value
    if isinstance(value, Quantity):
        return replace(value, path=".".join(path))
    if isinstance(value, Money):
        return replace(value, amount=_located(value.amount, path))
    if isinstance(value, Table):
        return Table({key: _located(item, (*path, key)) for key, item in value.items()}) if value else value
    if isinstance(value, tuple):
        return tuple(_located(item, (*path, str(at))) for at, item in enumerate(value))
    if is_dataclass(value) and not isinstance(value, type):
        old = {name: getattr(value, name) for name in _names(type(value))}
        new = {name: _located(item, (*path, name)) for name, item in old.items()}
        changed = {name: item for name, item in new.items() if item is not old[name]}
        return replace(value, **changed) if changed else value
    return value


def _rescaled(value: Any, factor: float) -> Any:
    """Every stand below ``value`` with its salience multiplied."""
    if isinstance(value, Stand):
        return replace(value, salience=_times(value.salience, factor)) if value.salience else value
    if isinstance(value, Table):
        return Table({key: _rescaled(item, factor) for key, item in value.items()})
    if is_dataclass(value) and not isinstance(value, (type, Quantity, Source)):
        inner = {name: getattr(value, name) for name in _names(type(value))}
        return replace(
            value,
            **{name: _rescaled(item, factor) for name, item in inner.items() if isinstance(item, (Mapping, Table))},
        )
    return value


def _times(quantity: Quantity, factor: float) -> Quantity:
    value, low, high = (
        None if number is None else number * factor for number in (quantity.value, quantity.low, quantity.high)
    )
    coded = tuple(Coding(coder=item.coder, quantity=_times(item.quantity, factor)) for item in quantity.coded)
    dated = tuple(Dated(since=item.since, quantity=_times(item.quantity, factor)) for item in quantity.dated)
    return replace(quantity, value=value, low=low, high=high, coded=coded, dated=dated)
