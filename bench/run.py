"""Every bench in turn: accuracy where the gold data is at hand (DRAGOMAN_GOLD), speed everywhere.

python bench/run.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDS_GOLD = {"reading.py"}


def main() -> None:
    """Run each bench as a program of its own."""
    gold = os.environ.get("DRAGOMAN_GOLD")
    failed = []
    for path in sorted(HERE.glob("[a-z]*.py")):
        if path.name == "run.py":
            continue
        if path.name in NEEDS_GOLD and not gold:
            print(f"== {path.name}: SKIPPED, DRAGOMAN_GOLD is not set")
            continue
        print(f"== {path.name}", flush=True)
        arguments = [gold] if path.name in NEEDS_GOLD and gold else []
        if subprocess.run([sys.executable, str(path), *arguments], check=False).returncode:
            failed.append(path.name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
