"""The public call: one name is one thing, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations

import pytest

IMPORTS = (
    "import dragoman.solve.spatial",
    "from dragoman import solve",
    "import dragoman; dragoman.solve",
    "from dragoman.solve import solve as run",
)
CHECK = """
import types, warnings, dragoman
from dragoman.model import loads
case = loads("parties: {A: {name: A, capability: 1}}\\nissues: {x: {positions: {A: {position: 30, salience: 1}}}}")
assert isinstance(dragoman.solve, types.ModuleType), dragoman.solve
assert dragoman.solve_case is dragoman.solve.solve
want = dragoman.solve_case("mean", case, draws=0).to_dict()
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    assert dragoman.solve("mean", case, draws=0).to_dict() == want
assert [item.category for item in told] == [DeprecationWarning], told
assert "solve_case" in str(told[0].message) and told[0].filename == "<string>"
"""


@pytest.mark.parametrize("order", [order for size in (0, 1, 2, 3) for order in permutations(IMPORTS, size)])
def test_solve_is_the_package_after_any_imports(order: tuple[str, ...]) -> None:
    """After every order of imports ``solve`` is the package, ``solve_case`` the function, and the old call warns."""
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*order, CHECK])], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
