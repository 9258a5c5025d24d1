"""Pure mathematics: a case, parameters and a seed in; a :class:`Result` out.

One method a file.  Each method's module has ``solve(case, *, draws, seed, ...) -> Result``
over functions on arrays.  :data:`METHODS` names them; modules are imported when used,
so that the command line starts at once.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from dragoman.solve._methods import METHODS, Method, solve
from dragoman.solve.result import Result, TrackRecord

__all__ = ["METHODS", "Method", "Result", "TrackRecord", "solve", "solve_case"]

solve_case = solve


class _Callable(ModuleType):
    """The package, which up to 0.2 shared its name with the function and may for one release still be called."""

    def __call__(self, method: str, case: Any, **parameters: Any) -> Result:
        from warnings import warn

        warn("call dragoman.solve_case(method, case); dragoman.solve is the package", DeprecationWarning, stacklevel=2)
        return solve(method, case, **parameters)


sys.modules[__name__].__class__ = _Callable
