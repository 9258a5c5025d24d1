"""The one table of methods, and the one way to call them.

A method is a module of this package, or a package in it, with ``solve`` and one
``Method(...)`` of plain values for each name under which it can be called.  The table
reads these without importing the modules, so that the command line starts at once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from dragoman.errors import UnknownNameError
from dragoman.solve.result import Result

if TYPE_CHECKING:
    from dragoman.model import Case

MARK = " = Method("


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method: its name on the command line, its place in lists, what it answers, the part of a case it needs.

    ``outcome``: its answer is an :class:`OutcomeAnswer`, one outcome an issue.
    """

    name: str
    place: int
    title: str
    answers: str
    needs: str
    outcome: bool = False
    module: str = ""


def methods_in(folder: Traversable, package: str) -> Mapping[str, Method]:
    """The methods that the modules of a package declare, in order of their places."""
    found = [
        Method(**{word.arg or "": ast.literal_eval(word.value) for word in call.keywords}, module=f"{package}.{module}")
        for module, text in _modules(folder)
        for call in _calls(text)
    ]
    return {method.name: method for method in sorted(found, key=lambda one: (one.place, one.name))}


def _modules(folder: Traversable) -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        source = item / "__init__.py" if item.is_dir() else item
        name = item.name.removesuffix(".py")
        if not name.startswith("_") and source.name.endswith(".py") and source.is_file():
            yield name, source.read_text(encoding="utf-8")


def _calls(text: str) -> Iterator[ast.Call]:
    nodes = ast.parse(text).body if MARK in text else []
    for node in nodes:
        call = node.value if isinstance(node, ast.Assign) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Method":
            yield call


METHODS: Mapping[str, Method] = methods_in(files("dragoman.solve"), "dragoman.solve")


def solve(method: str, case: Case, *, draws: int = 1000, seed: int = 0, **parameters: Any) -> Result:
    """Solve ``case`` by the method of that name.

    Args:
        method: a key of :data:`METHODS`.
        case: the case, with any scenario already applied.
        draws: how many times uncertain values are drawn.
        seed: every draw follows from it; equal inputs give equal results.
        **parameters: the method's own.

    Raises:
        UnknownNameError: no such method.
        MethodError: the case lacks what the method needs, or leaves its domain.
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, tuple(METHODS))
    module = import_module(METHODS[method].module)
    result: Result = module.solve(case, method=method, draws=draws, seed=seed, **parameters)
    return result
