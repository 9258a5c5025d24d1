"""Writing a case's values as YAML: blocks as far as they help, short leaves on one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dragoman.model._new import scalar
from dragoman.model._splice import flow

if TYPE_CHECKING:
    from dragoman.model._case import Case

_WIDTH = 110


def to_yaml(values: Mapping[str, Any], *, comment: str = "") -> str:
    """``values`` (mappings, lists, texts, numbers, dates) as a YAML document that reads back the same."""
    head = [f"# {line}".rstrip() for line in comment.splitlines()]
    return "\n".join([*head, *_mapping(values, 0), ""])


def case_yaml(case: Case) -> str:
    """The YAML of a case as it stands; comments are not kept.

    Of a case under a scenario the scenarios are left out: they speak of the case without it.
    """
    tree = case.source.tree
    applied = {"scenarios"} if case.source.scenarios else set()
    return to_yaml({key: item for key, item in tree.items() if key not in applied})


def _mapping(values: Mapping[str, Any], depth: int) -> Iterator[str]:
    margin = "  " * depth
    for key, value in values.items():
        head = f"{margin}{scalar(str(key))}:"
        line = f"{head} {flow(value)}"
        if not isinstance(value, (dict, list)) or not value or (depth and len(line) <= _WIDTH):
            yield line
        elif isinstance(value, dict):
            yield head
            yield from _mapping(value, depth + 1)
        else:
            yield head
            yield from (f"{margin}  - {flow(item)}" for item in value)
