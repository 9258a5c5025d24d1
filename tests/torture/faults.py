"""Runs a command of Dragoman in a process whose n-th write, sync, rename or link fails, or at which it is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

How = Literal["kill", "EIO", "ENOSPC"]
KILLED = 137
SECONDS = 120


@cache
def shim() -> Path | None:
    """The shim, built once; None where there is no C compiler or no loader that takes it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    built = Path(mkdtemp(prefix="dragoman-shim-")) / "shim.so"
    source = Path(__file__).with_name("shim.c")
    made = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(built), str(source), "-ldl"], check=False)
    return built if made.returncode == 0 else None


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a run ended: its status (137 where it was killed), what it said, and how many calls were counted."""

    status: int
    said: str
    calls: int


def run(script: str, arguments: list[str], *, under: Path, at: int, how: How = "kill") -> Ran:
    """Run a script with the ``at``-th call that changes a file under a folder failing; 0 lets all of them pass.

    Raises:
        RuntimeError: there is no shim.
    """
    library = shim()
    if library is None:
        raise RuntimeError("no C compiler")
    count = Path(mkdtemp(prefix="dragoman-count-")) / "calls"
    environment = os.environ | {
        "LD_PRELOAD": str(library), "FAULT_UNDER": str(under.resolve()), "FAULT_AT": str(at), "FAULT_HOW": how,
        "FAULT_COUNT": str(count), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, check=False,
        timeout=SECONDS, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    calls = int(count.read_text(encoding="utf-8")) if count.exists() else at
    return Ran(status=done.returncode, said=done.stdout + done.stderr, calls=calls)
