"""The size and shape of the house: lines by room, files, functions, comments, docstrings, circles.

    python bench/house.py [--json]

Lines are all lines of Python; tables are lines of the plain tables beside them.  A circle is a set of modules of one
room that import each other at load time.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import networkx as nx

SOURCE = Path(__file__).resolve().parent.parent / "src" / "dragoman"
TABLES = {".tsv", ".psv", ".csv", ".sql", ".txt"}


def room_of(path: Path) -> str:
    """The room in which a module stands; the package's own modules are the hall."""
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else "(hall)"


def functions(tree: ast.Module) -> list[int]:
    """The lengths of all functions, in lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in ast.walk(tree) if isinstance(node, kinds)]


def documented(tree: ast.Module) -> tuple[int, int]:
    """How many functions and classes have a docstring, of how many."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return sum(ast.get_docstring(node) is not None for node in found), len(found)


def imports(path: Path, tree: ast.Module) -> set[str]:
    """The modules of Dragoman that a module imports when it is loaded (not inside functions or for types alone)."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dragoman"):
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names if one.name.startswith("dragoman")}
    return found - {module_of(path)}


def module_of(path: Path) -> str:
    """A module's dotted name."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def measure() -> dict[str, Any]:
    """All of it."""
    rooms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lengths: list[int] = []
    graph: nx.DiGraph[str] = nx.DiGraph()
    names = {module_of(path) for path in SOURCE.rglob("*.py")}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in TABLES:
            rooms[room_of(path)]["table lines"] += len(path.read_text(encoding="utf-8").splitlines())
        if path.suffix != ".py":
            continue
        text = path.read_text(encoding="utf-8")
        tree, room = ast.parse(text), rooms[room_of(path)]
        with_words, of = documented(tree)
        room["lines"] += len(text.splitlines())
        room["files"] += 1
        room["comments"] += sum(line.lstrip().startswith("#") for line in text.splitlines())
        room["documented"] += with_words
        room["definitions"] += of
        lengths += functions(tree)
        graph.add_edges_from((module_of(path), other) for other in imports(path, tree) if other in names)
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    cuts = quantiles(lengths, n=10)
    return {
        "lines": sum(room["lines"] for room in rooms.values()),
        "rooms": {name: dict(room) for name, room in sorted(rooms.items())},
        "functions": {
            "number": len(lengths),
            "median": median(lengths),
            "nine tenths": cuts[-1],
            "longest": max(lengths),
        },
        "circles": sorted(circles),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    found = measure()
    if parser.parse_args().json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'room':12}{'lines':>8}{'files':>7}{'tables':>8}{'comments':>10}{'documented':>12}")
    for name, room in found["rooms"].items():
        share = room.get("documented", 0) / (room.get("definitions", 0) or 1)
        print(
            f"{name:12}{room.get('lines', 0):>8}{room.get('files', 0):>7}{room.get('table lines', 0):>8}"
            f"{room.get('comments', 0):>10}{share:>11.0%}"
        )
    print(f"all lines of Python: {found['lines']}")
    print("functions: " + ", ".join(f"{key} {value:g}" for key, value in found["functions"].items()))
    print(f"circles: {len(found['circles'])}" + "".join(f"\n  {' '.join(part)}" for part in found["circles"]))


if __name__ == "__main__":
    main()
