"""From the shapes that people write to the one shape that is checked.

Lists of entries with an ``id`` become mappings, shorthands are written out, names of
points become numbers, and the texts of the graph model (statements, patterns, states)
become formulas and sets.  What cannot be brought to shape is a fault, left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dragoman.model._faults import Faults, Path, Places, nearest, one_of, shown
from dragoman.model._numbers import UNKNOWN
from dragoman.model._states import conflict_part

COLLECTIONS: tuple[tuple[str, ...], ...] = (
    ("parties",),
    ("parties", "*", "factions"),
    ("issues",),
    ("terms",),
    ("options",),
    ("measures",),
    ("guarantors",),
    ("scenarios",),
    ("format", "ratifiers"),
    ("stakes", "projects"),
    ("stakes", "corridors", "places"),
    ("stakes", "corridors", "arcs"),
    ("stakes", "corridors", "demands"),
)
"""Where entries stand by identifier; outer collections first."""

ENDED: tuple[tuple[str, ...], ...] = (
    ("stakes", "corridors", "arcs", "*"),
    ("stakes", "corridors", "demands", "*"),
    ("stakes", "trade", "changes", "*"),
)
"""Where entries lead from one place to another."""
AS_WRITTEN = {"start": "from", "end": "to"}

_IDENTIFIER = re.compile(r"[^\W_](?:[\w-]*\w)?")
_NAMED = {"parties", "factions", "issues", "places", "projects", "terms"}


def with_ids(tree: dict[str, Any], faults: Faults) -> tuple[dict[str, Any], Places]:
    """Lists of entries with an ``id`` as mappings, the lines following along."""
    lines = dict(faults.places.lines)
    for pattern in COLLECTIONS:
        for path, parent in list(_matches(tree, pattern[:-1], ())):
            entries = parent.get(pattern[-1])
            if isinstance(entries, list):
                here = (*path, pattern[-1])
                parent[pattern[-1]] = _keyed(entries, here, lines, faults)
    return tree, Places(faults.places.file, lines)


def _matches(node: Any, pattern: tuple[str, ...], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every mapping at a place that ``pattern`` describes."""
    if not isinstance(node, dict):
        return
    if not pattern:
        yield path, node
        return
    keys = list(node) if pattern[0] == "*" else [pattern[0]]
    for key in keys:
        yield from _matches(node.get(key), pattern[1:], (*path, key))


def _keyed(entries: list[Any], here: Path, lines: dict[Path, tuple[str, int]], faults: Faults) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    found: dict[int, str] = {}
    for index, entry in enumerate(entries):
        identifier = entry.get("id") if isinstance(entry, dict) else entry
        if not isinstance(identifier, str):
            faults.add((*here, index), shown(entry), "an entry with an 'id'")
            continue
        if identifier in keyed:
            faults.add((*here, index), f"the id {identifier!r} twice", "each id once")
            continue
        keyed[identifier] = {key: item for key, item in entry.items() if key != "id"} if entry != identifier else {}
        found[index] = identifier
    _follow(lines, here, found)
    return keyed


def _follow(lines: dict[Path, tuple[str, int]], here: Path, identifiers: Mapping[int, str]) -> None:
    """Let every line below an index of the list ``here`` be known below its identifier as well."""
    at = len(here)
    below = [path for path in lines if len(path) > at and path[:at] == here and path[at] in identifiers]
    lines.update({(*here, identifiers[int(path[at])], *path[at + 1 :]): lines[path] for path in below})


def normal(tree: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """A new tree in the one shape that is checked."""
    shape = dict(tree)
    for pattern in COLLECTIONS:
        if pattern[0] != "scenarios":
            shape = _at(shape, pattern, (), lambda entries, path: _entries(entries, path, faults))
    shape = _at(shape, ("issues", "*"), (), lambda issue, path: _issue(issue, path, faults))
    shape = _at(shape, ("parties", "*", "factions", "*"), (), lambda group, path: _faction(group, path, shape, faults))
    for place in ENDED:
        shape = _at(shape, place, (), lambda entry, path: _ended(entry, path, faults))
    shape = _at(shape, ("format",), (), lambda rules, _path: _format(rules))
    if isinstance(shape.get("plan"), list):
        shape["plan"] = [[block] if isinstance(block, str) else block for block in shape["plan"]]
    shape["scenarios"] = _scenarios(shape.get("scenarios"), faults)
    return conflict_part(shape, faults)


def _at(node: Any, pattern: tuple[str, ...], path: Path, change: Callable[[Any, Path], Any]) -> Any:
    """A copy of ``node`` with ``change`` applied wherever ``pattern`` leads."""
    if not pattern:
        return change(node, path)
    if isinstance(node, list) and pattern[0] == "*":
        return [_at(item, pattern[1:], (*path, index), change) for index, item in enumerate(node)]
    if not isinstance(node, dict):
        return node
    keys = list(node) if pattern[0] == "*" else [key for key in (pattern[0],) if key in node]
    return {**node, **{key: _at(node[key], pattern[1:], (*path, key), change) for key in keys}}


def _entries(entries: Any, path: Path, faults: Faults) -> Any:
    """Write out shorthands of a collection's entries and put each one's identifier into it."""
    if not isinstance(entries, dict):
        return {} if entries is None else entries
    named = path[-1] in _NAMED
    return {key: _entry(key, entry, (*path, key), named, faults) for key, entry in entries.items()}


def _entry(key: str, entry: Any, path: Path, named: bool, faults: Faults) -> Any:
    if not _IDENTIFIER.fullmatch(key):
        faults.add(path, f"the identifier {key!r}", "letters, digits, '_' and '-', a letter or digit first")
    if named and isinstance(entry, str):
        return {"id": key, "name": entry}
    if entry is None:
        entry = {}
    if not isinstance(entry, dict):
        return entry
    if "id" in entry and entry["id"] != key:
        faults.add((*path, "id"), f"the id {shown(entry['id'])} under the key {key!r}", "no id, or the same")
    return {**({"name": key} if named else {}), **entry, "id": key}


def _issue(issue: Any, path: Path, faults: Faults) -> Any:
    if not isinstance(issue, dict):
        return issue
    points = _points(issue)
    changed = dict(issue)
    if "status_quo" in issue:
        changed["status_quo"] = _number(issue["status_quo"], points, (*path, "status_quo"), faults)
    positions = issue.get("positions")
    if isinstance(positions, dict):
        here = (*path, "positions")
        changed["positions"] = {
            party: _stand(stand, points, (*here, party), faults) for party, stand in positions.items()
        }
    return changed


def _points(issue: Any) -> dict[str, Any]:
    scale = issue.get("scale") if isinstance(issue, dict) else None
    points = scale.get("points") if isinstance(scale, dict) else None
    return points if isinstance(points, dict) else {}


def _stand(stand: Any, points: Mapping[str, Any], path: Path, faults: Faults) -> Any:
    if isinstance(stand, (int, float, str)):
        stand = {"position": stand}
    if not isinstance(stand, dict) or "position" not in stand:
        return stand
    return {**stand, "position": _number(stand["position"], points, (*path, "position"), faults)}


def _faction(faction: Any, path: Path, shape: Mapping[str, Any], faults: Faults) -> Any:
    positions = faction.get("positions") if isinstance(faction, dict) else None
    if not isinstance(positions, dict):
        return faction
    issues = shape["issues"] if isinstance(shape.get("issues"), dict) else {}
    here = (*path, "positions")
    placed = {
        issue: _stand(stand, _points(issues.get(issue)), (*here, issue), faults) for issue, stand in positions.items()
    }
    return {**faction, "positions": placed}


def _number(raw: Any, points: Mapping[str, Any], path: Path, faults: Faults) -> Any:
    """A number with names of points replaced; unknown where a name answers to no point."""
    before = len(faults.found)
    number = _placed(raw, points, path, faults)
    return number if len(faults.found) == before else UNKNOWN


def _placed(raw: Any, points: Mapping[str, Any], path: Path, faults: Faults) -> Any:
    """``raw`` with names of points replaced by what they stand for, at any depth."""
    if isinstance(raw, str):
        if raw in points:
            return points[raw]
        faults.add(path, f"unknown point {raw!r}{nearest(raw, list(points))}", f"a number, or {one_of(points)}")
        return 0.0
    if isinstance(raw, list):
        return [_placed(item, points, (*path, index), faults) for index, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    inner = {key: item for key, item in raw.items() if key in {"value", "low", "high", "coded"}}
    changed = {key: _placed(item, points, (*path, key), faults) for key, item in inner.items()}
    if isinstance(raw.get("dated"), dict):
        dates = raw["dated"].items()
        changed["dated"] = {key: _placed(item, points, (*path, "dated", key), faults) for key, item in dates}
    return {**raw, **changed}


def _ended(entry: Any, path: Path, faults: Faults) -> Any:
    """``from`` and ``to`` under the names that Python allows."""
    if not isinstance(entry, dict):
        return entry
    for name, written in AS_WRITTEN.items():
        if name in entry:
            faults.add((*path, name), f"unknown key {name!r}", repr(written))
    names = {written: name for name, written in AS_WRITTEN.items()}
    return {names.get(key, key): item for key, item in entry.items()}


def _format(rules: Any) -> Any:
    if not isinstance(rules, dict) or "proposer" not in rules or "proposers" in rules:
        return rules
    return {("proposers" if key == "proposer" else key): item for key, item in rules.items()}


def _scenarios(raw: Any, faults: Faults) -> Any:
    if not isinstance(raw, dict):
        return {} if raw is None else raw
    return _entries(raw, ("scenarios",), faults)
