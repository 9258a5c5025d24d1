"""Accuracy of reading on annotated data, in one table with counts; the worst errors of each kind to a file.

    python bench/reading.py GOLD_FOLDER [--errors FILE] [--speed]

GOLD_FOLDER holds quotes/, dates/, events/, metonymy/ and boilerplate/ as the project's
development data does.  ``--speed`` adds words a second beside bare spaCy's on the same texts in one run,
and the slope and memory over a generated corpus of 5,000 articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import _reading_boilerplate
import _reading_dates
import _reading_events
import _reading_identity
import _reading_metonymy
import _reading_quotes
import _reading_speed
from dragoman.plain import to_plain


def metonymy(gold: Path) -> list[dict[str, Any]]:
    """The share of place names put on the right side of literal against not."""
    found = _reading_metonymy.measure(gold)
    return [{"measure": "literal against not", "value": found.accuracy, "count": found.total, "right": found.right}]


MEASURES: Mapping[str, Callable[[Path], Any]] = {
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


def rows_of(found: Any) -> list[dict[str, Any]]:
    """What a measure gives, as rows of plain values."""
    items = found if isinstance(found, list) else [found]
    return [to_plain(item) for item in items]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_FOLDER")
    parser.add_argument("--errors", type=Path, help="write the worst 20 errors of each kind here, as JSON")
    parser.add_argument("--speed", action="store_true", help="also measure speed, slope and memory")
    arguments = parser.parse_args()
    for name, measure in MEASURES.items():
        if name != "identity" and not (arguments.gold / name).is_dir():
            print(f"{name}: SKIPPED, no folder {arguments.gold / name}")
            continue
        print(f"== {name}")
        for row in rows_of(measure(arguments.gold)):
            print("  " + "  ".join(f"{key}={_short(value)}" for key, value in row.items()), flush=True)
    if arguments.errors:
        worst = {name: to_plain(errors(arguments.gold)) for name, errors in ERRORS.items()}
        arguments.errors.write_text(json.dumps(worst, ensure_ascii=False, indent=1), encoding="utf-8")
    if arguments.speed:
        print("== speed")
        for line in _reading_speed.table():
            print("  " + line, flush=True)


def _short(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
