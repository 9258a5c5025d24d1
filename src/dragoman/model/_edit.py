"""Changing the text of a case and leaving the rest as it was: comments, order, quotation marks.

Most changes are spliced into the text (see ``_splice``); the rest goes through the round
trip of ruamel.yaml, which keeps comments and may break lines anew.  The changed text is
not checked here: load it before it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.model._new import scalar
from dragoman.model._nodes import one_fault
from dragoman.model._scenarios import PathError, patch
from dragoman.model._splice import flow, spliced

if TYPE_CHECKING:
    from ruamel.yaml import YAML


def set_value(text: str, path: str, value: Any) -> str:
    """The text of a case with ``value`` at ``path``, everything else as it was.

    Raises:
        InputError: the path leads nowhere.
        CaseError: the text is no YAML mapping.
    """
    return spliced(text, path, value) or _edited(text, {path: value}, ())


def remove_value(text: str, path: str) -> str:
    """The text of a case without what stands at ``path``.

    Raises:
        InputError: the path leads nowhere.
        CaseError: the text is no YAML mapping.
    """
    return _edited(text, {}, (path,))


def add_scenario(text: str, name: str, changes: Mapping[str, Any], *, because: str = "") -> str:
    """The text of a case with one more scenario.

    Raises:
        InputError: there is a scenario of that name already.
        CaseError: the text is no YAML mapping.
    """
    yaml, tree = _open(text)
    scenarios = tree.get("scenarios") or {}
    if not isinstance(scenarios, dict) or name in scenarios:
        raise InputError("scenarios", f"a scenario {name!r} already", "a new name")
    entry = {**({"because": because} if because else {}), "changes": dict(changes)}
    if "scenarios" not in tree:
        return f"{text.rstrip()}\n\nscenarios:\n  {scalar(name)}: {flow(entry)}\n"
    if scenarios and (new := spliced(text, f"scenarios.{name}", entry)):
        return new
    tree["scenarios"] = {**scenarios, name: entry}
    return _written(yaml, tree)


def _edited(text: str, changes: Mapping[str, Any], remove: tuple[str, ...]) -> str:
    yaml, tree = _open(text)
    try:
        patch(tree, changes, remove)
    except PathError as error:
        raise InputError(next(iter((*changes, *remove))), error.found, error.expected) from None
    return _written(yaml, tree)


def _open(text: str) -> tuple[YAML, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        tree = yaml.load(text)
    except YAMLError as error:
        raise one_fault("case", f"not YAML: {str(error).splitlines()[0]}", "a YAML mapping") from None
    if not isinstance(tree, dict):
        raise one_fault("case", "no mapping", "a YAML mapping with at least 'parties'")
    return yaml, tree


def _written(yaml: YAML, tree: Any) -> str:
    out = StringIO()
    yaml.dump(tree, out)
    return out.getvalue()
