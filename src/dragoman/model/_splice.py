"""Changing one value in the text of a case, byte for byte nothing else.

The text is composed into nodes, whose marks say where each value stands; the new value
is written in flow style in its place, or a new key in front of the first one of its
mapping.  Where that cannot be done (block scalars, blocks replaced whole), None tells
the caller to rewrite the document instead.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TypeAlias

from dragoman.model._new import scalar
from dragoman.model._yaml import compose

Node: TypeAlias = Any
"""A node of ruamel.yaml; which attributes it has depends on its ``id``."""


def spliced(text: str, path: str, value: Any) -> str | None:
    """``text`` with ``value`` at ``path``, if a splice can do it."""
    *above, last = path.split(".")
    parent: Node = compose(text, "case")
    for key in above:
        parent = _child(parent, key)
    if parent is None:
        return None
    node = _child(parent, last)
    if node is None:
        return _inserted(text, parent, last, value) if parent.id == "mapping" else None
    block = node.style in {"|", ">"} if node.id == "scalar" else not node.flow_style
    if block or node.anchor:
        return None
    return text[: node.start_mark.index] + flow(value) + text[node.end_mark.index :]


def flow(value: Any) -> str:
    """``value`` as one line of YAML: mappings and lists in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str):
        return scalar(value)
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def _child(node: Node, key: str) -> Node:
    if node is None or node.id == "scalar":
        return None
    if node.id == "mapping":
        return next((value for name, value in node.value if name.value == key), None)
    named = [item for item in node.value if (entry := _child(item, "id")) is not None and entry.value == key]
    if named:
        return named[0]
    return node.value[int(key)] if key.isdigit() and int(key) < len(node.value) else None


def _inserted(text: str, parent: Node, key: str, value: Any) -> str | None:
    """A new entry in front of the first one of ``parent``."""
    if not parent.value:
        return None
    first = parent.value[0][0].start_mark
    entry = f"{scalar(key)}: {flow(value)}"
    if parent.flow_style:
        return f"{text[: first.index]}{entry}, {text[first.index :]}"
    margin = text[first.index - first.column : first.index]
    return f"{text[: first.index]}{entry}\n{margin}{text[first.index :]}" if not margin.strip() else None
