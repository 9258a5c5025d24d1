"""Nodes -> plain values, with the line of every path; nothing in a file can run.

Plain scalars mean what YAML 1.2 says (its core schema, and dates): ``yes`` is a text.
Tags are refused, a key that stands twice is a fault, aliases are copied within a limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from dragoman.model._faults import Faults, Path, Places, shown
from dragoman.model._nodes import Node, compose, one_fault

MAX_BYTES = 8_000_000
MAX_NODES = 500_000
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_text(path: FilePath) -> str:
    """The text of a case file.

    Raises:
        CaseError: it cannot be read, is too long, empty, binary, or not UTF-8.
    """
    file = str(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise one_fault(file, f"cannot be read ({error.strerror})", "a readable case file") from None
    if data is None:
        raise one_fault(file, f"{path.stat().st_size:,} bytes", f"a case file of at most {MAX_BYTES:,} bytes")
    if b"\0" in data:
        raise one_fault(file, "binary data", "a YAML text in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise one_fault(file, f"a byte that is not UTF-8 ({data[error.start]:#04x})", "UTF-8", line=line) from None


def parse(text: str, file: str) -> tuple[dict[str, Any], Faults]:
    """The document as plain values, and the faults that the text alone shows.

    Raises:
        CaseError: the text is no YAML mapping at all.
    """
    builder = _Builder(file=file)
    tree = builder.build(compose(text, file), ())
    faults = Faults(Places(file, builder.lines))
    faults.extend(builder.faults)
    if tree is None and not faults.found:
        raise one_fault(file, "an empty file", "a YAML mapping with at least 'parties'")
    if not isinstance(tree, dict):
        raise one_fault(file, shown(tree), "a mapping with at least 'parties'", line=1)
    return tree, faults


@dataclass
class _Builder:
    """Turns nodes into values and notes lines and faults on the way."""

    file: str
    lines: dict[Path, tuple[str, int]] = field(default_factory=dict)
    faults: list[tuple[Path, str, str]] = field(default_factory=list)
    nodes: int = 0

    def build(self, node: Node, path: Path) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            found, expected = "aliases that unfold without end", f"at most {MAX_NODES:,} values"
            raise one_fault(self.file, found, expected, line=node.line)
        self.lines.setdefault(path, (self.file, node.line))
        if node.target is not None:
            return self.build(node.target, path)
        if node.tag is not None:
            self.faults.append((path, f"the tag {node.tag}", "a plain value: tags are not read"))
            return None
        if node.kind == "mapping":
            return self._mapping(node, path)
        if node.kind == "sequence":
            return [self.build(item, (*path, index)) for index, item in enumerate(node.items)]
        return self._scalar(node, path)

    def _mapping(self, node: Node, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.entries:
            key = self._key(key_node, path)
            here = (*path, key)
            if key in values:
                lines = f"lines {self.lines[here][1]} and {key_node.line}"
                self.faults.append((here, f"the key {key!r} twice ({lines})", "each key once"))
                continue
            self.lines[here] = (self.file, key_node.line)
            values[key] = self.build(value_node, here)
        return values

    def _key(self, node: Node, path: Path) -> str:
        if node.kind != "scalar":
            self.lines.setdefault((*path, "?"), (self.file, node.line))
            self.faults.append(((*path, "?"), "a list, a mapping or an alias as a key", "a name"))
            return "?"
        return node.text

    def _scalar(self, node: Node, path: Path) -> Any:
        if node.style:
            return node.text
        try:
            return plain_scalar(node.text)
        except ValueError:
            self.faults.append((path, shown(node.text), "a date or number that exists"))
            return None


def plain_scalar(text: str) -> Any:
    """What an unquoted scalar means.

    Raises:
        ValueError: a date that no calendar has, or a number of thousands of digits.
    """
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _WHOLE.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.fullmatch(text):
        return float(text.casefold().replace(".inf", "inf").replace(".nan", "nan"))
    return date.fromisoformat(text) if _DATE.fullmatch(text) else text
