"""How well reports of one event join across articles: precision and recall over pairs of mentions.

    python bench/joins.py LABELS ARTICLES... [--date ISO] [--errors]

LABELS is a JSON file, ``{"groups": [{"event": "...", "types": ["ASSAULT"], "mentions": [{"article": "...", "words":
"..."}]}]}``: the events that several sentences of the articles tell of, each sentence by a part of its article's
address or file name, and by words that stand in it.
A finding is a mention of a group's event where it stands in such a sentence and has one of its types, or is a meeting.
Every finding that is no mention of any group counts as an event by itself.

* precision: of the pairs of findings that were joined, the share that one group holds;
* recall: of the pairs of findings of one kind in one group, the share that was joined;
* recall within a type: the same over pairs that the reader gave the same type and sides, which is what joining can do.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.desk.intake import take_in
from dragoman.read.sources import read_paths
from dragoman.record import Record
from dragoman.record.views import FindingRow

KINDS = ("event", "meeting")
Pair = tuple[str, str]


def rows_of(paths: Sequence[Path], published: date | None, where: Path) -> tuple[list[FindingRow], dict[str, str]]:
    """The findings that can join, and the address of each article by its key."""
    with Record.open(where / "joins.db", create=True) as record:
        taken = take_in(record, read_paths(paths, published))
        places = {added.key: f"{article.url or ''} {article.place}" for article, added, _ in taken}
        return [row for kind in KINDS for row in record.findings(kind=kind, limit=100_000)], places


def type_of(row: FindingRow) -> str:
    """An event's type, "MEETING" for a meeting."""
    return getattr(row.finding, "type", "MEETING")


def sides(row: FindingRow) -> tuple[str, ...]:
    """Type and source, by country."""
    actors: tuple[Any, ...] = getattr(row.finding, "source", ()) or getattr(row.finding, "participants", ())
    return type_of(row), *sorted({actor.country or "?" for actor in actors})


def group_of(row: FindingRow, place: str, groups: Iterable[Mapping[str, Any]]) -> str | None:
    """The labelled event that a finding tells of."""
    for group in groups:
        typed = row.kind == "meeting" or type_of(row) in group["types"]
        if typed and any(one["article"] in place and one["words"] in row.words for one in group["mentions"]):
            return str(group["event"])
    return None


def pairs(rows: Iterable[FindingRow], value: Callable[[FindingRow], object]) -> set[Pair]:
    """Pairs of findings of one kind whose value is the same and not None."""
    by_value: dict[object, list[str]] = {}
    for row in rows:
        if (found := value(row)) is not None:
            by_value.setdefault((row.kind, found), []).append(row.id)
    return {(min(pair), max(pair)) for ids in by_value.values() for pair in combinations(ids, 2)}


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "none"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--date", type=date.fromisoformat, help="the day of articles that state none")
    parser.add_argument("--errors", action="store_true", help="print the pairs that are wrong or missing")
    arguments = parser.parse_args()
    groups = json.loads(arguments.labels.read_text(encoding="utf-8"))["groups"]
    with tempfile.TemporaryDirectory() as folder:
        rows, places = rows_of(arguments.articles, arguments.date, Path(folder))
    label = {row.id: group_of(row, places[row.article], groups) for row in rows}
    joined = pairs(rows, lambda row: row.joined)
    gold = pairs(rows, lambda row: label[row.id])
    alike = pairs(rows, lambda row: (sides(row), label[row.id]) if label[row.id] else None)
    print(f"findings {len(rows)}, of which {sum(name is not None for name in label.values())} stand in labelled groups")
    print(f"precision {share(len(joined & gold), len(joined))}")
    print(f"recall {share(len(joined & gold), len(gold))}")
    print(f"recall within a type {share(len(joined & gold & alike), len(gold & alike))}")
    if arguments.errors:
        by_id = {row.id: row for row in rows}
        for title, wrong in (("wrongly joined", joined - gold), ("not joined", gold & alike - joined)):
            print(f"== {title}")
            for pair in sorted(wrong):
                for one in (by_id[key] for key in pair):
                    print(f"  {sides(one)} [{label[one.id]}] {one.words[:110]!r}")
                print()


if __name__ == "__main__":
    main()
