"""The JSON schema of the case file, for editors; made from the same types that check it.

The types describe the one shape that is checked; here the shorthands that the file
allows beside it are added, so that an editor accepts what the loader accepts.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman.model._case import Case
from dragoman.model._normal import AS_WRITTEN, COLLECTIONS
from dragoman.model._quantity import Quantity
from dragoman.model._table import Table

_TEXT = {"type": "string"}
_EVIDENCE = {
    "description": "Anchors in articles: content hash (or its beginning) and the quoted words.",
    "type": ["array", "object"],
    "items": {"$ref": "#/$defs/Anchor"},
}
_ANCHOR = {
    "type": "object",
    "properties": {
        "article": {"type": "string", "pattern": "^[0-9a-fA-F]{8,64}$"},
        "exact": {"type": "string", "minLength": 1},
        "prefix": _TEXT,
        "suffix": _TEXT,
    },
    "required": ["article", "exact"],
    "additionalProperties": False,
}
_NUMBER_PROPERTIES: dict[str, Any] = {
    "value": {"type": ["number", "string"], "description": "The value, or the likeliest; a position may name a point."},
    "low": {"type": ["number", "string"]},
    "high": {"type": ["number", "string"]},
    "dist": {"enum": ["triangular", "pert", "uniform"]},
    "dated": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Number"}},
    "coded": {"type": "array", "items": {"$ref": "#/$defs/Coding"}},
    "evidence": _EVIDENCE,
    "because": {"type": "string", "description": "Why, in a sentence."},
}
_NUMBER = {
    "description": "A number: plain, a range, a distribution, dated, or coded by several people.",
    "anyOf": [
        {"type": "number"},
        {"type": "object", "properties": _NUMBER_PROPERTIES, "additionalProperties": False},
    ],
}
_CODING = {
    "type": "object",
    "properties": {"coder": _TEXT, **_NUMBER_PROPERTIES, "value": {"$ref": "#/$defs/Number"}},
    "required": ["coder"],
    "additionalProperties": False,
}
_MONEY = {
    "description": "A sum: a number with its currency and the year of its prices.",
    "anyOf": [
        {"type": "number"},
        {
            "type": "object",
            "properties": {
                **_NUMBER_PROPERTIES,
                "amount": {"$ref": "#/$defs/Number"},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "year": {"type": "integer"},
            },
            "additionalProperties": False,
        },
    ],
}
_STATE = {"description": "Options joined by '+', 'none', or one letter an option.", "type": ["string", "object"]}
_SHORTHANDS: dict[tuple[str, ...], Any] = {
    ("Case", "infeasible"): {"type": "array", "items": {"type": ["string", "object"]}},
    ("Case", "status_quo"): {"type": ["array", "string", "object"]},
    ("Case", "plan"): {"type": "array", "items": {"type": ["string", "array"], "items": _TEXT}},
    ("Preferences", "statements"): {"type": "array", "items": {"anyOf": [_TEXT, {"type": "object"}]}},
    ("Preferences", "ranking"): {"type": "array", "items": {"anyOf": [_STATE, {"type": "array", "items": _STATE}]}},
    ("Stand", "position"): {"anyOf": [{"$ref": "#/$defs/Number"}, {"type": "string", "description": "A named point."}]},
    ("Issue", "status_quo"): {"anyOf": [{"$ref": "#/$defs/Number"}, _TEXT]},
    ("Format", "proposer"): {"type": ["string", "array"]},
    ("Corridors", "file"): _TEXT,
}
_INJECTED = {"id", "source"}
_ALSO: dict[str, Any] = {
    "Party": {"type": ["string", "null"]},
    "Issue": _TEXT,
    "Place": {"type": ["string", "null"]},
    "Term": {"type": ["string", "null"]},
    "Stand": {"type": ["number", "string"]},
    "Preferences": {"type": "array", "items": {"type": ["string", "object"]}},
}
"""Shorthands for whole entries."""
_NAMED_BY_KEY = {"Party", "Issue", "Faction", "Place", "Project", "Term"}
_ENDED = {"Arc", "Demand", "TradeChange"}
_PLAIN: dict[Any, Any] = {
    str: _TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Any: {},
    type(None): {"type": "null"},
}


def case_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of the case file."""
    known: dict[str, Any] = {"Number": _NUMBER, "Money": _MONEY, "Anchor": _ANCHOR, "Coding": _CODING}
    root = _object(Case, known)
    collections = {pattern[-1] for pattern in COLLECTIONS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dragoman case file",
        **root,
        "properties": {
            name: _or_list(item) if name in collections else item for name, item in root["properties"].items()
        },
        "$defs": dict(sorted(known.items())),
    }


def _or_list(item: dict[str, Any]) -> dict[str, Any]:
    """A collection may also be a list of entries that have an ``id``."""
    return {"anyOf": [item, {"type": "array", "items": {"type": ["object", "string"]}}]}


def _object(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    name, hints = kind.__name__, get_type_hints(kind)
    shapes = {
        item.name: _SHORTHANDS.get((name, item.name)) or _shape(hints[item.name], known)
        for item in fields(kind)
        if item.name not in _INJECTED and (name, item.name) != ("Preferences", "party")
    }
    shapes |= {field: shape for (owner, field), shape in _SHORTHANDS.items() if owner == name}
    spelt = AS_WRITTEN if name in _ENDED else {}
    written = {spelt.get(key, key): shape for key, shape in shapes.items()}
    required = [spelt.get(item.name, item.name) for item in fields(kind) if item.name in shapes and _must(item, name)]
    first = (kind.__doc__ or "").strip().splitlines()[0].replace("``", "")
    return {
        "description": first,
        "type": "object",
        "properties": written,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _must(item: Field[Any], owner: str) -> bool:
    """Whether the file must give the field: a name is taken from the key where there is none."""
    defaulted = item.default is not MISSING or item.default_factory is not MISSING
    return not defaulted and not (item.name == "name" and owner in _NAMED_BY_KEY)


def _shape(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field's type; dataclasses go into ``known``."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if kind is date:
        return {"type": "string", "format": "date"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is Table:
        return {"type": "object", "additionalProperties": _shape(arguments[0], known)}
    if origin in {tuple, frozenset}:
        items = {"type": "array", "items": _shape(arguments[0], known)}
        return {"anyOf": [items, _TEXT]} if arguments[0] is str else items
    if origin in {Union, UnionType}:
        choices = [_shape(item, known) for item in arguments]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    return _reference(kind, known)


def _reference(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    if kind is Quantity:
        return {"$ref": "#/$defs/Number"}
    name = kind.__name__
    if name not in known:
        known[name] = {}
        shape = _object(kind, known)
        known[name] = {"anyOf": [shape, _ALSO[name]]} if name in _ALSO else shape
    return {"$ref": f"#/$defs/{name}"}


def schema_text() -> str:
    """The schema as it is published in ``docs/reference/case.schema.json``."""
    import json

    return json.dumps(case_schema(), indent=1, ensure_ascii=False) + "\n"
