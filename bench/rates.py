"""Count the reference classes: from the data sets to the table of counts that the package ships.

    DRAGOMAN_REFERENCE=FOLDER python bench/rates.py [--write]

Prints the counts, and each data set's size against a published total.  Without
``--write`` the committed table is compared with what is counted now; with it, it is
written (``src/dragoman/desk/rates.json``).  The table has no row of the data sets: sums
by class and event, and sums of kin (of one dispute) where at least three units are kin,
so that a case's own dispute can be left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

from _rates_data import CLASSES, COMPARED, EVENTS, GIVEN, READERS, SOURCES, Unit, members, rows

TABLE = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "desk" / "rates.json"
FEW = 3


def published(folder: Path) -> dict[str, dict[str, Any]]:
    """A total of each data set as somebody else printed it, against ours."""
    crises = rows(folder, "icb-crises.csv")
    agreements = rows(folder, "ucdp-peace-agreements.csv")
    sanctions = rows(folder, "ties-sanctions.csv")
    return {
        "icb": {
            "what": "crises that began 1918 to 2013",
            "published": 470,
            "where": "ICB1 codebook, version 12, 23 August 2017, first page",
            "counted": sum(1918 <= int(row["yrtrig"] or 9999) <= 2013 for row in crises),
        },
        "agreements": {
            "what": "agreements of 1975 to 2018",
            "published": 355,
            "where": "Högbladh, Peace agreements in armed conflicts, abstract (version 19.1)",
            "counted": sum(1975 <= int(row["year"]) <= 2018 for row in agreements),
        },
        "episodes": {
            "what": "published total not at hand",
            "published": None,
            "where": "the codebook's first page gives none",
            "counted": None,
        },
        "sanctions": {
            "what": "episodes of 1945 to 2005",
            "published": 1412,
            "where": "comparison of HSE, TIES and TSC, annex to the TSC data feature, row Episodes",
            "counted": len(sanctions),
        },
    }


def counted(units: list[Unit], event: str, named: dict[str, Counter[str]]) -> dict[str, Any]:
    """The sums of one event over the units of a class."""
    clusters: dict[str, list[int]] = {}
    for unit in units:
        answer = unit.answers[event]
        if answer is not None:
            pair = clusters.setdefault(unit.cluster, [0, 0])
            pair[0] += answer
            pair[1] += 1
    return {
        "yes": sum(pair[0] for pair in clusters.values()),
        "n": sum(pair[1] for pair in clusters.values()),
        "dropped": sum(unit.answers[event] is None for unit in units),
        "clusters": len(clusters),
        "squares": [
            sum(y * y for y, _ in clusters.values()), sum(y * n for y, n in clusters.values()),
            sum(n * n for _, n in clusters.values()),
        ],
        "kin": {name: clusters[name] for name in sorted(named) if name in clusters and clusters[name][1] >= FEW},
    }  # fmt: skip


def of_class(units: list[Unit], source: str, given: set[str]) -> dict[str, Any]:
    """Sums by event, the states of kin of at least three, and how many units of fewer kin each has."""
    kin: dict[str, Counter[str]] = {}
    sizes = Counter(unit.cluster for unit in units)
    few: Counter[str] = Counter()
    for unit in units:
        keys = [*_keys(unit, source)]
        if sizes[unit.cluster] >= FEW:
            kin.setdefault(unit.cluster, Counter()).update(keys)
        else:
            few.update(keys)
    return {
        "units": len(units),
        "events": {event: counted(units, event, kin) for event in EVENTS[source] if event not in given},
        "states": {name: sorted(keys) for name, keys in sorted(kin.items())},
        "few": dict(sorted(few.items())),
    }


def _keys(unit: Unit, source: str) -> list[str]:
    """By what a dispute is known: the pair of states of a crisis, the state of a conflict or of sanctions."""
    if source == "icb":
        return ["-".join(pair) for pair in combinations(sorted(unit.states), 2)]
    return sorted(unit.states)


def table(folder: Path) -> dict[str, Any]:
    """The whole table."""
    units = {name: read(folder) for name, read in READERS.items()}
    return {
        "about": "Counts of outcomes by reference class. Made by bench/rates.py from public data sets; no row of them.",
        "sources": {name: source | {"check": published(folder)[name]} for name, source in SOURCES.items()},
        "events": {name: {key: list(words) for key, words in events.items()} for name, events in EVENTS.items()},
        "classes": {
            key: {"source": source, "wider": wider, "definition": definition}
            | of_class([*members(units[source], marks)], source, GIVEN.get(key, set()))
            for key, source, wider, marks, definition in CLASSES
        },
        "compared": [list(pair) for pair in COMPARED],
    }


def main() -> int:
    """Count, print, compare or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table that the package ships")
    given = parser.parse_args()
    folder = os.environ.get("DRAGOMAN_REFERENCE")
    if not folder:
        print("SKIPPED: DRAGOMAN_REFERENCE is not set, nothing is counted", file=sys.stderr)
        return 0
    found = table(Path(folder))
    for key, item in found["classes"].items():
        for event, sums in item["events"].items():
            print(
                f"{key:28}{event:10}{sums['yes']:5} of {sums['n']:5}  {sums['clusters']:4} clusters  "
                f"{sums['dropped']:4} dropped"
            )
    for name, source in found["sources"].items():
        check = source["check"]
        print(f"{name}: {check['what']}: {check['counted']} counted, {check['published']} published ({check['where']})")
    text = json.dumps(found, indent=None, separators=(",", ":"), ensure_ascii=False).replace('},"', '},\n"') + "\n"
    if given.write:
        TABLE.write_text(text, encoding="utf-8")
        return 0
    same = TABLE.exists() and TABLE.read_text(encoding="utf-8") == text
    print("the committed table is what is counted" if same else "the committed table differs from what is counted")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
