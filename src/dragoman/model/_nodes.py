"""YAML text -> nodes that know where they stand.

The nodes are made from the parser's events, one by one, within a limit of depth, so
that no nesting brings the process down.  libyaml (PyYAML) parses where it is installed,
twenty times as fast as ruamel.yaml, which is used otherwise; what plain scalars mean is
decided here and not there (YAML 1.2: ``yes`` is a text), so both give the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from dragoman.errors import CaseError, Fault

MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 100


@dataclass(slots=True)
class Node:
    """A value of the text: its kind, where it begins and ends (characters), and how it is written.

    ``entries`` are the keys and values of a mapping, ``items`` the parts of a list,
    ``target`` what an alias stands for; ``tag`` is None unless one is written.
    """

    kind: Literal["mapping", "sequence", "scalar", "alias"]
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    style: str = ""
    tag: str | None = None
    anchor: str | None = None
    flow: bool = False
    entries: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    target: Node | None = None


def one_fault(file: str, found: str, expected: str, *, line: int | None = None) -> CaseError:
    """An error of a single fault that concerns the file as a whole."""
    return CaseError([Fault(file=file, line=line, path="", found=found, expected=expected)])


def compose(text: str, file: str) -> Node:
    """The root node of a YAML text.

    Raises:
        CaseError: it is empty, too long, nested too deeply, more than one document, or no YAML.
    """
    if len(text) > MAX_CHARACTERS:
        raise one_fault(file, f"{len(text):,} characters", f"a case of at most {MAX_CHARACTERS:,}")
    composer = _Composer(file=file, events=_events(text, file))
    return composer.document()


def _events(text: str, file: str) -> Iterator[Any]:
    """The events of the parser at hand, its errors as faults of ``file``."""
    parse, errors = _libyaml() or _ruamel()
    try:
        yield from parse(text)
    except errors as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "context", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else None
        raise one_fault(file, f"not YAML: {said}", "a YAML mapping", line=line) from None


def _libyaml() -> tuple[Any, Any] | None:
    try:
        yaml = import_module("yaml")
    except ImportError:
        return None
    if not yaml.__with_libyaml__:
        return None
    return lambda text: yaml.parse(text, Loader=yaml.CSafeLoader), yaml.YAMLError


def _ruamel() -> tuple[Any, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    return YAML(typ="safe", pure=True).parse, (YAMLError, ValueError)


@dataclass
class _Composer:
    """Builds nodes from events; ``anchors`` are those of values that are complete."""

    file: str
    events: Iterator[Any]
    anchors: dict[str, Node] = field(default_factory=dict)

    def next(self) -> tuple[str, Any]:
        event = next(self.events)
        return type(event).__name__.removesuffix("Event"), event

    def document(self) -> Node:
        self.next()
        kind, _ = self.next()
        if kind == "StreamEnd":
            raise one_fault(self.file, "an empty file", "a YAML mapping with at least 'parties'")
        root = self.node(*self.next(), depth=0)
        self.next()
        kind, event = self.next()
        if kind != "StreamEnd":
            raise one_fault(self.file, "a second document", "one document", line=event.start_mark.line + 1)
        return root

    def node(self, kind: str, event: Any, *, depth: int) -> Node:
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise one_fault(self.file, "parts nested too deeply", f"at most {MAX_DEPTH} levels", line=line)
        if kind == "Alias":
            return self.alias(event)
        node = _node(kind, event)
        if kind == "MappingStart":
            while (key := self.next())[0] != "MappingEnd":
                node.entries.append((self.node(*key, depth=depth + 1), self.node(*self.next(), depth=depth + 1)))
            node.end = key[1].end_mark.index
        elif kind == "SequenceStart":
            while (item := self.next())[0] != "SequenceEnd":
                node.items.append(self.node(*item, depth=depth + 1))
            node.end = item[1].end_mark.index
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any) -> Node:
        line = event.start_mark.line + 1
        if event.anchor not in self.anchors:
            raise one_fault(self.file, f"the alias *{event.anchor} of nothing before it", "an anchor above", line=line)
        node = _node("Alias", event)
        node.target = self.anchors[event.anchor]
        return node


_KINDS: dict[str, Literal["mapping", "sequence", "scalar", "alias"]] = {
    "MappingStart": "mapping",
    "SequenceStart": "sequence",
    "Scalar": "scalar",
    "Alias": "alias",
}


def _node(kind: str, event: Any) -> Node:
    start, end = event.start_mark, event.end_mark
    tag = getattr(event, "tag", None)
    return Node(
        kind=_KINDS[kind],
        line=start.line + 1,
        column=start.column,
        start=start.index,
        end=end.index,
        text=getattr(event, "value", ""),
        style=getattr(event, "style", None) or "",
        tag=str(tag) if tag else None,
        anchor=event.anchor,
        flow=bool(getattr(event, "flow_style", False)),
    )
