"""Accuracy of reading on annotated data, in one table with 95 % intervals; the figures also to bench/results.

    python bench/reading.py GOLD_FOLDER [--part NAME ...] [--details] [--errors FILE] [--speed]

GOLD_FOLDER holds prose/, readouts/, quotes/, dates/, events/, metonymy/ and boilerplate/
as the project's development data does.  The scorers of prose and readouts stand in the
folder that ``DRAGOMAN_TOOLS`` names; the texts of ``DRAGOMAN_TRAIN`` are read for faults,
too.  ``--part`` measures some parts only, and then writes no results.  ``--details`` adds
every figure of the single parts, ablations included; ``--speed`` words a second beside
bare spaCy's, and slope and memory over a generated corpus of 5,000 articles.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import _reading_boilerplate
import _reading_dates
import _reading_events
import _reading_gate
import _reading_identity
import _reading_metonymy
import _reading_quotes
import _reading_speed
import _reading_table as table
from dragoman.plain import to_plain
from dragoman.read.gate import gate_version

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "reading.json"


def metonymy(gold: Path) -> list[dict[str, Any]]:
    """The share of place names put on the right side of literal against not."""
    found = _reading_metonymy.measure(gold)
    return [{"measure": "literal against not", "value": found.accuracy, "count": found.total, "right": found.right}]


DETAILS: Mapping[str, Callable[[Path], Any]] = {
    "quotes": _reading_quotes.measure,
    "dates": _reading_dates.measure,
    "events": _reading_events.measure,
    "metonymy": metonymy,
    "identity": lambda _: _reading_identity.measure(),
    "boilerplate": _reading_boilerplate.measure,
}
ERRORS: Mapping[str, Callable[[Path], Any]] = {
    "quotes": _reading_quotes.worst,
    "dates": _reading_dates.worst,
    "events": _reading_events.errors,
    "metonymy": lambda gold: _reading_metonymy.measure(gold).errors[:20],
    "boilerplate": _reading_boilerplate.worst,
}


def folder_of(name: str) -> Path | None:
    """The folder that a variable of the environment names."""
    return Path(os.environ[name]) if os.environ.get(name) else None


def parts(gold: Path) -> dict[str, Callable[[], list[table.Row]] | str]:
    """Every part of the table: how to measure it, or why it is skipped."""
    tools, train = folder_of("DRAGOMAN_TOOLS"), folder_of("DRAGOMAN_TRAIN")
    no_tools = "DRAGOMAN_TOOLS names no folder with the scorers"
    found: dict[str, Callable[[], list[table.Row]] | str] = {
        "prose": (lambda: table.prose(gold, tools)) if tools else no_tools,
        "readouts": (lambda: table.readouts(gold, tools)) if tools else no_tools,
        "gate": lambda: _reading_gate.reliability(gold),
        "quotes": lambda: table.quotes(gold),
        "dates": lambda: table.dates(gold),
        "events": lambda: table.plover(gold),
        "boilerplate": lambda: table.boilerplate(gold),
        "faults": lambda: table.faults(gold, train),
    }
    needs = {"gate": "prose", "faults": "quotes"}
    for name, how in found.items():
        folder = gold / needs.get(name, name)
        if not isinstance(how, str) and not folder.is_dir():
            found[name] = f"no folder {folder.name} in the gold data"
    return found


def main() -> None:
    """Print the table, and keep it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_FOLDER")
    parser.add_argument("--part", action="append", help="measure this part only; repeatable")
    parser.add_argument("--details", action="store_true", help="also every figure of the single parts")
    parser.add_argument("--errors", type=Path, help="write the worst 20 errors of each kind here, as JSON")
    parser.add_argument("--speed", action="store_true", help="also measure speed, slope and memory")
    arguments = parser.parse_args()
    print(f"{'part':14} {'measure':46} {'value':>6} {'95 %':>13}  counts")
    rows: list[table.Row] = []
    for name, how in parts(arguments.gold).items():
        if arguments.part and name not in arguments.part:
            continue
        if isinstance(how, str):
            print(f"{name}: SKIPPED, {how}")
            continue
        own = how()
        rows += own
        print("\n".join(map(str, own)), flush=True)
    if not arguments.part:
        keep(rows)
    if arguments.details:
        _print_details(arguments.gold)
    if arguments.errors:
        worst = {name: to_plain(errors(arguments.gold)) for name, errors in ERRORS.items()}
        arguments.errors.write_text(json.dumps(worst, ensure_ascii=False, indent=1), encoding="utf-8")
    if arguments.speed:
        print("== speed")
        for line in _reading_speed.table():
            print("  " + line, flush=True)


def keep(rows: list[table.Row]) -> None:
    """Write the rows to ``bench/results/reading.json``, with commit, day and gate."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=10"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    document = {
        "commit": said or None, "date": datetime.now(UTC).date().isoformat(), "gate": gate_version("learned"),
        "rows": [to_plain(row) for row in rows],
    }  # fmt: skip
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print_details(gold: Path) -> None:
    for name, measure in DETAILS.items():
        if name != "identity" and not (gold / name).is_dir():
            print(f"{name}: SKIPPED, no folder {gold / name}")
            continue
        print(f"== {name}")
        found = measure(gold)
        for item in found if isinstance(found, list) else [found]:
            plain: dict[str, Any] = to_plain(item)
            print("  " + "  ".join(f"{key}={_short(value)}" for key, value in plain.items()), flush=True)


def _short(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
