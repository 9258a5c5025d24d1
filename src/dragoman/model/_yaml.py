"""YAML text -> plain values, with the line of every path; nothing in a file can run.

The text is composed into nodes once (ruamel.yaml, YAML 1.2, pure Python and safe);
the nodes give both the values and their lines.  Tags are refused, a key that stands
twice is a fault, aliases are copied within a limit, and hostile sizes end early.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from dragoman.errors import CaseError, Fault
from dragoman.model._faults import Faults, Path, Places, shown

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    Node = MappingNode | SequenceNode | ScalarNode

MAX_BYTES = 8_000_000
MAX_NODES = 500_000
_PLAIN_TAG = "tag:yaml.org,2002:"
_SHAPES = {"mapping": "map", "sequence": "seq"}


def one_fault(file: str, found: str, expected: str, *, line: int | None = None) -> CaseError:
    """An error of a single fault that concerns the file as a whole."""
    return CaseError([Fault(file=file, line=line, path="", found=found, expected=expected)])


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
    root = compose(text, file)
    builder = _Builder(file=file)
    try:
        tree = builder.build(root, ())
    except RecursionError:
        raise one_fault(file, "parts nested too deeply", "a case file") from None
    faults = Faults(Places(file, builder.lines))
    faults.extend(builder.faults)
    if not isinstance(tree, dict):
        raise one_fault(file, shown(tree), "a mapping with at least 'parties'", line=1)
    return tree, faults


def compose(text: str, file: str) -> Node:
    """The nodes of a YAML text.

    Raises:
        CaseError: it is empty, too long or no YAML.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > MAX_BYTES:
        raise one_fault(file, f"{len(text):,} characters", f"a case of at most {MAX_BYTES:,}")
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise one_fault(file, f"not YAML: {error.problem or error.context}", "a YAML mapping", line=line) from None
    except (YAMLError, ValueError) as error:
        raise one_fault(file, f"not YAML: {str(error).splitlines()[0]}", "a YAML mapping") from None
    except RecursionError:
        raise one_fault(file, "brackets nested too deeply", "a YAML mapping") from None
    if root is None:
        raise one_fault(file, "an empty file", "a YAML mapping with at least 'parties'")
    return root


@dataclass
class _Builder:
    """Turns nodes into values and notes lines and faults on the way."""

    file: str
    lines: dict[Path, tuple[str, int]] = field(default_factory=dict)
    faults: list[tuple[Path, str, str]] = field(default_factory=list)
    nodes: int = 0

    def build(self, node: Node, path: Path) -> Any:
        self.nodes += 1
        line = node.start_mark.line + 1
        if self.nodes > MAX_NODES:
            raise one_fault(self.file, "aliases that unfold without end", f"at most {MAX_NODES:,} values", line=line)
        self.lines.setdefault(path, (self.file, line))
        if node.id in _SHAPES and str(node.tag) != _PLAIN_TAG + _SHAPES[node.id]:
            self.faults.append((path, f"the tag {node.tag}", "a plain value: tags are not read"))
            return None
        if node.id == "mapping":
            return self._mapping(node, path)
        if node.id == "sequence":
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: Node, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            line = key_node.start_mark.line + 1
            here = (*path, key)
            if key in values:
                first = self.lines[here][1]
                self.faults.append((here, f"the key {key!r} twice (lines {first} and {line})", "each key once"))
                continue
            self.lines[here] = (self.file, line)
            values[key] = self.build(value_node, here)
        return values

    def _key(self, node: Node, path: Path) -> str:
        if node.id != "scalar":
            self.lines.setdefault((*path, "?"), (self.file, node.start_mark.line + 1))
            self.faults.append(((*path, "?"), "a list or mapping as a key", "a name"))
            return "?"
        return str(node.value)

    def _scalar(self, node: Node, path: Path) -> Any:
        text, tag = str(node.value), str(node.tag)
        if not tag.startswith(_PLAIN_TAG):
            self.faults.append((path, f"the tag {tag}", "a plain value: tags are not read"))
            return None
        kind = tag.removeprefix(_PLAIN_TAG)
        try:
            return _scalar(text, kind)
        except (ValueError, OverflowError):
            self.faults.append((path, f"{text!r} as {kind}", "a plain value"))
            return None


def _scalar(text: str, kind: str) -> Any:
    if kind == "null":
        return None
    if kind == "bool":
        return text.casefold() == "true"
    if kind == "int":
        return _whole(text.replace("_", ""))
    if kind == "float":
        return float(text.casefold().replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    if kind == "timestamp":
        return date.fromisoformat(text) if len(text) == 10 else text
    if kind == "str":
        return text
    raise ValueError(kind)


def _whole(text: str) -> int:
    for mark, base in (("0x", 16), ("0o", 8)):
        if text.casefold().lstrip("+-").startswith(mark):
            return int(text, base)
    return int(text)
