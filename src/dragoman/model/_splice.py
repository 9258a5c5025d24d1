"""Changing one value in the text of a case, byte for byte nothing else.

The text is composed into nodes, whose marks say where each value stands; the new value
is written in flow style in its place, or a new key in front of the first one of its
mapping.  Where that cannot be done (block scalars, blocks replaced whole), None tells
the caller to rewrite the document instead.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dragoman.model._new import scalar
from dragoman.model._nodes import Node, compose


def spliced(text: str, path: str, value: Any) -> str | None:
    """``text`` with ``value`` at ``path``, if a splice can do it."""
    *above, last = path.split(".")
    parent: Node | None = compose(text, "case")
    for key in above:
        parent = _child(parent, key)
    node = _child(parent, last)
    if parent is None or node is None:
        return _inserted(text, parent, last, value) if parent is not None and parent.kind == "mapping" else None
    block = node.style in {"|", ">"} if node.kind == "scalar" else not node.flow and node.kind != "alias"
    return None if block or node.anchor else text[: node.start] + flow(value) + text[node.end :]


def flow(value: Any) -> str:
    """``value`` as one line of YAML: mappings and lists in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str):
        return scalar(value)
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def _child(node: Node | None, key: str) -> Node | None:
    if node is None:
        return None
    if node.kind == "mapping":
        return next((value for name, value in node.entries if name.text == key), None)
    named = [item for item in node.items if (entry := _child(item, "id")) is not None and entry.text == key]
    if named:
        return named[0]
    return node.items[int(key)] if key.isdigit() and int(key) < len(node.items) else None


def _inserted(text: str, parent: Node, key: str, value: Any) -> str | None:
    """A new entry in front of the first one of ``parent``."""
    if not parent.entries:
        return None
    first = parent.entries[0][0]
    entry = f"{scalar(key)}: {flow(value)}"
    if parent.flow:
        return f"{text[: first.start]}{entry}, {text[first.start :]}"
    margin = text[first.start - first.column : first.start]
    return f"{text[: first.start]}{entry}\n{margin}{text[first.start :]}" if not margin.strip() else None
