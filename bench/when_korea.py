"""The ledger and what is planned, tried on the Korea example as of each month: not a measurement.

    python bench/when_korea.py [--json FILE]

As of the first of each month, for each pair of the case's states that the record knows by then: do they meet within 90
days of the last article?  What came is taken from examples/korea/truth.yaml.  Three answers: the simple rate, the
ledger, and the ledger with what is planned (a meeting announced and not settled counts as likely as announced ones were
kept so far).  It is one dispute, with articles chosen to tell it: nothing is concluded, and no interval is given.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from dragoman.desk.parties import countries
from dragoman.desk.when import BaseRate, will_meet
from dragoman.errors import UnknownNameError
from dragoman.model import load_case
from dragoman.read.reader import read_articles
from dragoman.read.sources import read_paths
from dragoman.record import Record
from dragoman.record.scoring import brier, discrimination
from dragoman.solve.when import kept_share
from korea import EXAMPLE, whole_truth

AHEAD = 90
MONTHS = [date(2018 + month // 12, month % 12 + 1, 1) for month in range(3, 15)]
ANSWERS = ("simple rate", "ledger", "ledger and what is planned")


def meetings() -> list[tuple[frozenset[str], str]]:
    """The states and the day of each meeting that was held, to the day."""
    return [
        (frozenset(one["country"] for one in item["participants"]), str(item["date"])[:10])
        for item in whole_truth()["meetings"]
        if item["status"] == "held" and len(str(item["date"])) >= 10
    ]


def answers(found: BaseRate) -> tuple[float, float, float]:
    """What each of the three says."""
    ledger = found.chance.probability
    kept = found.kept.share if found.kept else kept_share(0, 0).share
    return found.simple.probability, ledger, 1 - (1 - ledger) * (1 - kept) if found.pending else ledger


def measure() -> dict[str, object]:
    """Scores of the three over all months and pairs."""
    codes = sorted(set(countries(load_case(EXAMPLE / "case.yaml")).values()))
    truth, said, came = meetings(), [], []
    articles = list(read_paths([EXAMPLE / "articles"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "korea.db"
        with Record.open(path, create=True) as record:
            for article, reading in zip(articles, read_articles(articles), strict=True):
                record.add(article, reading)
        for month in MONTHS:
            with Record.open(path, as_of=month) as record:
                last = date.fromisoformat(str(record.counts().last))
                by = last + timedelta(days=AHEAD)
                for a, b in combinations(codes, 2):
                    try:
                        found = will_meet(record, a, b, by)
                    except UnknownNameError:
                        continue
                    said.append(answers(found))
                    came.append(
                        float(any({a, b} <= who and last.isoformat() < on <= by.isoformat() for who, on in truth))
                    )
    scores = {
        name: {
            "brier": sum(brier(row[i], y) for row, y in zip(said, came, strict=True)) / len(said),
            "auc": discrimination([row[i] for row in said], came),
        }
        for i, name in enumerate(ANSWERS)
    }
    return {
        "questions": len(said),
        "yes": int(sum(came)),
        "pairs": len(codes) * (len(codes) - 1) // 2,
        "scores": scores,
    }


def main() -> None:
    """Try, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args()
    found = measure()
    print("one dispute, tried and not measured:", json.dumps(found, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
