"""Pure mathematics: a case, parameters and a seed in; a :class:`Result` out.

One method a file.  Each method's module has ``solve(case, *, draws, seed, ...) -> Result``
over functions on arrays.  :data:`METHODS` names them; modules are imported when used,
so that the command line starts at once.
"""

from __future__ import annotations

from dragoman.solve._methods import METHODS, Method, solve
from dragoman.solve.result import Result, TrackRecord

__all__ = ["METHODS", "Method", "Result", "TrackRecord", "solve"]
