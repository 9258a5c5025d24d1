"""Checking the shape of a case with pydantic, so that every fault is found in one go.

Where pydantic finds faults, the parts at fault are taken out and the rest is checked
again, until what is left has the right shape: the cross-references of the sound parts
can then be checked as well, and the user sees all faults at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from dragoman.model._case import Case
from dragoman.model._faults import Faults, Path, nearest, one_of, shown
from dragoman.model._normal import AS_WRITTEN, ENDED
from dragoman.model._numbers import Reading
from dragoman.model._table import Table

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ROUNDS = 12
_OURS = {"valid dictionary": "mapping", "a valid tuple": "a list", "a valid string": "a text"}


@cache
def adapter() -> TypeAdapter[Case]:
    """The checker of whole cases, built once."""
    return TypeAdapter(Case)


def shaped(tree: dict[str, Any], reading: Reading, faults: Faults) -> Case | None:
    """The sound part of ``tree`` as a case; None where too little is left of it."""
    rest, seen = tree, set[Path]()
    for _ in range(_ROUNDS):
        try:
            return adapter().validate_python(rest, context=reading)
        except ValidationError as error:
            details = error.errors(include_url=False)
        _report([item for item in details if item["loc"] not in seen], faults)
        culprits = {_culprit(item): item for item in details}
        if () in culprits:
            return None
        seen |= {item["loc"] for item in details} | set(culprits)
        rest = _without(rest, culprits)
    return None


def _culprit(error: ErrorDetails) -> Path:
    """What has to go: the value at fault, or that in which something is missing."""
    loc: Path = error["loc"]
    return loc[:-1] if error["type"] in {"missing", "missing_argument"} else loc


def _without(tree: dict[str, Any], culprits: Mapping[Path, ErrorDetails]) -> dict[str, Any]:
    """``tree`` without the culprits; numbers at fault are set to unknown, so that what holds them can be checked."""
    rest: dict[str, Any] = _copied(tree)
    for path in sorted(culprits, key=lambda path: [str(key).zfill(6) for key in path], reverse=True):
        parent: Any = rest
        for key in path[:-1]:
            parent = parent[key] if _has(parent, key) else None
        if not _has(parent, path[-1]):
            continue
        if culprits[path]["type"] == "number":
            parent[path[-1]] = culprits[path]["ctx"]["unknown"]
        else:
            del parent[path[-1]]
    return rest


def _copied(value: Any) -> Any:
    """Mappings and lists copied; what they hold is frozen."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _has(parent: Any, key: str | int) -> bool:
    if isinstance(parent, dict):
        return key in parent
    return isinstance(parent, list) and isinstance(key, int) and key < len(parent)


def _report(errors: list[ErrorDetails], faults: Faults) -> None:
    for error in errors:
        faults.extend(_faults_of(error))


def _faults_of(error: ErrorDetails) -> list[tuple[Path, str, str]]:
    loc = _written(error["loc"]) if error["loc"] else ()
    kind, context = error["type"], error.get("ctx", {})
    if kind == "number":
        return [((*loc, *below), found, expected) for below, found, expected in context["faults"]]
    if kind in {"missing", "missing_argument"}:
        return [(loc[:-1], f"no {loc[-1]!r}", f"an entry {loc[-1]!r}")]
    if kind == "unexpected_keyword_argument" or loc == ("source",):
        known = _known_keys(loc[:-1])
        return [(loc, f"unknown key {str(loc[-1])!r}{nearest(str(loc[-1]), known)}", one_of(known))]
    if kind == "literal_error":
        return [(loc, shown(error["input"]), str(context["expected"]))]
    if kind == "dataclass_type":
        return [(loc, shown(error["input"]), f"a mapping with the keys {', '.join(_known_keys(loc)[:8])}, ...")]
    wanted = error["msg"].removeprefix("Input should be ")
    for theirs, ours in _OURS.items():
        wanted = wanted.replace(theirs, ours)
    return [(loc, shown(error["input"]), wanted)]


def _known_keys(path: Path) -> list[str]:
    """The keys that the dataclass at ``path`` takes, as users write them."""
    kind: Any = Case
    for key in path:
        kind = _inner(kind, key)
    if not is_dataclass(kind):
        return []
    return [str(_written((*path, item.name))[-1]) for item in fields(kind) if item.name not in {"id", "source"}]


def _written(path: Path) -> Path:
    """``path`` as the file spells it."""
    ended = any(len(path) == len(place) + 1 and path[: len(place) - 1] == place[:-1] for place in ENDED)
    return (*path[:-1], AS_WRITTEN.get(str(path[-1]), path[-1])) if ended else path


def _inner(kind: Any, key: str | int) -> Any:
    """The type found under ``key`` of ``kind``."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return _bare(hints.get(str(key), Any))
    arguments = get_args(kind)
    return _bare(arguments[0]) if arguments and get_origin(kind) in {Table, tuple} else Any


def _bare(kind: Any) -> Any:
    choices = [item for item in get_args(kind) if item is not type(None)]
    if get_origin(kind) not in {Table, tuple, frozenset} and len(choices) == 1:
        return choices[0]
    return kind
