"""Scenarios: a case changed by path, and the differences between two cases.

A path is keys joined by dots.  Setting replaces what stands there or adds it where all
above it exists; ``+`` appends to a list; a path that leads nowhere is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dragoman.errors import InputError, UnknownNameError
from dragoman.model._case import Case, Scenario, Source
from dragoman.model._faults import Faults, Path, Places, nearest, one_of


class PathError(ValueError):
    """A path that leads nowhere: what was ``found`` instead of what was ``expected`` on the way along ``path``."""

    def __init__(self, found: str, expected: str, path: str = "") -> None:
        self.found, self.expected, self.path = found, expected, path
        super().__init__(f"{found}; expected {expected}")


@dataclass(frozen=True, kw_only=True)
class Change:
    """A path at which two cases differ; None where one of them has nothing."""

    path: str
    before: Any
    after: Any


def patched(tree: Mapping[str, Any], changes: Mapping[str, Any], remove: tuple[str, ...] = ()) -> dict[str, Any]:
    """A copy of ``tree`` with ``remove`` taken out and ``changes`` set.

    Raises:
        PathError: a path leads nowhere.
    """
    copy = deepcopy(dict(tree))
    patch(copy, changes, remove)
    return copy


def patch(tree: dict[str, Any], changes: Mapping[str, Any], remove: tuple[str, ...] = ()) -> None:
    """Take ``remove`` out of ``tree`` and set ``changes`` in it, in place.

    Raises:
        PathError: a path leads nowhere.
    """
    path = ""
    try:
        for path in remove:
            _remove(tree, path)
        for path, value in changes.items():
            _set(tree, path, deepcopy(value))
    except PathError as error:
        raise PathError(error.found, error.expected, path) from None


def _parent(tree: Any, path: str) -> tuple[Any, str]:
    *above, last = path.split(".")
    for at, key in enumerate(above):
        tree = _child(tree, key, ".".join(above[:at]))
    return tree, last


def _child(node: Any, key: str, where: str) -> Any:
    if isinstance(node, dict) and key in node:
        return node[key]
    if isinstance(node, list) and (at := entry_at(node, key)) is not None:
        return node[at]
    raise _nowhere(node, key, where)


def entry_at(entries: list[Any], key: str) -> int | None:
    """The place in a list of the entry whose ``id`` is ``key``, or whose number it is; None where there is none."""
    named = [at for at, entry in enumerate(entries) if isinstance(entry, dict) and entry.get("id") == key]
    if named:
        return named[0]
    return int(key) if key.isdigit() and int(key) < len(entries) else None


def _nowhere(node: Any, key: str, where: str) -> PathError:
    place = f"in {where}" if where else "at the top of the case"
    if isinstance(node, dict):
        return PathError(f"nothing called {key!r} {place}{nearest(key, list(node))}", one_of(list(node)))
    if isinstance(node, list):
        return PathError(f"no entry {key!r} {place}", f"a number from 0 to {len(node) - 1}")
    return PathError(f"nothing below {where!r}, which is {node!r}", "a path to something that exists")


def _remove(tree: dict[str, Any], path: str) -> None:
    parent, last = _parent(tree, path)
    _child(parent, last, path.rpartition(".")[0])
    del parent[entry_at(parent, last) if isinstance(parent, list) else last]


def _set(tree: dict[str, Any], path: str, value: Any) -> None:
    parent, last = _parent(tree, path)
    if isinstance(parent, dict):
        parent[last] = value
    elif isinstance(parent, list) and last == "+":
        parent.append(value)
    elif isinstance(parent, list):
        at = entry_at(parent, last)
        if at is None:
            raise _nowhere(parent, last, path.rpartition(".")[0])
        parent[at] = value
    else:
        raise _nowhere(parent, last, path.rpartition(".")[0])


def lineage(scenarios: Mapping[str, Scenario], name: str, above: tuple[str, ...] = ()) -> list[Scenario]:
    """The scenarios that ``name`` is made of, in the order in which they apply.

    Raises:
        PathError: it extends an unknown scenario, or itself.
    """
    if name in above:
        raise PathError(f"a circle: {' extends '.join((*above, name))}", "an order without circles")
    if name not in scenarios:
        raise PathError(f"unknown scenario {name!r}{nearest(name, list(scenarios))}", one_of(list(scenarios)))
    parents = [item for parent in scenarios[name].extends for item in lineage(scenarios, parent, (*above, name))]
    return [*parents, scenarios[name]]


def scenario_source(case: Case, name: str) -> Source:
    """The source of ``case`` with scenario ``name`` applied.

    Raises:
        PathError: a path leads nowhere.
    """
    tree: Mapping[str, Any] = case.source.tree
    for scenario in lineage(case.scenarios, name):
        tree = patched(tree, scenario.changes, scenario.remove)
    return replace(case.source, tree=tree, scenarios=(*case.source.scenarios, name))


def with_scenario(case: Case, name: str) -> Case:
    """``case`` under scenario ``name``.

    Raises:
        UnknownNameError: there is no such scenario.
        CaseError: the changed case has faults.
    """
    from dragoman.model._load import rebuilt

    if name not in case.scenarios:
        raise UnknownNameError("scenario", name, tuple(case.scenarios))
    try:
        return rebuilt(scenario_source(case, name))
    except PathError as error:
        raise InputError(f"scenarios.{name}", error.found, error.expected) from None


def with_changes(case: Case, changes: Mapping[str, Any], remove: tuple[str, ...] = ()) -> Case:
    """``case`` with values set by path and paths removed, checked again.

    Raises:
        InputError: a path leads nowhere.
        CaseError: the changed case has faults.
    """
    from dragoman.model._load import rebuilt

    try:
        tree = patched(case.source.tree, changes, remove)
    except PathError as error:
        raise InputError("changes", error.found, error.expected) from None
    return rebuilt(replace(case.source, tree=tree))


def scenario_faults(case: Case, faults: Faults) -> None:
    """Add the faults that each scenario brings with it."""
    from dragoman.model._load import build

    for name in case.scenarios:
        here: Path = ("scenarios", name)
        try:
            source = scenario_source(case, name)
        except PathError as error:
            faults.add(_blamed(case.scenarios[name], error.path, here), error.found, error.expected)
            continue
        under = Faults(Places(faults.places.file, {}))
        build(source, under)
        for (path, found), fault in under.found.items():
            if (path, found) not in faults.found:
                faults.add(_cause(case, name, path, here), f"{fault.path}: {found}", fault.expected)


def _blamed(scenario: Scenario, path: str, here: Path) -> Path:
    """The entry of the scenario that names ``path``; the scenario itself where another one that it extends does."""
    if path in scenario.remove:
        return (*here, "remove", scenario.remove.index(path))
    return (*here, "changes", path) if path in scenario.changes else here


def _cause(case: Case, name: str, path: Path, here: Path) -> Path:
    """The change of the scenario below or above which the fault lies."""
    place = ".".join(str(key) for key in path)
    for changed in case.scenarios[name].changes:
        if place.startswith(changed) or changed.startswith(place):
            return (*here, "changes", changed)
    return here


def diff(before: Case, after: Case) -> tuple[Change, ...]:
    """Every path at which two cases differ, scenarios and notes aside, with both values."""
    left = {key: item for key, item in before.source.tree.items() if key not in {"scenarios", "notes"}}
    right = {key: item for key, item in after.source.tree.items() if key not in {"scenarios", "notes"}}
    return tuple(_differences(left, right, ()))


_NOTHING = object()


def _differences(left: Any, right: Any, path: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key in dict.fromkeys([*left, *right]):
            yield from _differences(left.get(key, _NOTHING), right.get(key, _NOTHING), (*path, str(key)))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for at, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _differences(one, other, (*path, str(at)))
    elif left is _NOTHING or right is _NOTHING or left != right or isinstance(left, bool) != isinstance(right, bool):
        yield Change(path=".".join(path), before=_plain(left), after=_plain(right))


def _plain(value: Any) -> Any:
    return None if value is _NOTHING else value.isoformat() if isinstance(value, date) else deepcopy(value)
