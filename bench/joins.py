"""How well reports of one event join across articles: precision and recall over pairs of mentions.

    python bench/joins.py LABELS ARTICLES... [--date ISO] [--errors]

LABELS is a JSON file, ``{"groups": [{"event": "...", "types": ["ASSAULT"], "mentions": [{"article": "...", "words":
"..."}]}]}``: the events that the articles tell of, each mention by a part of its article's address or file name, and
by the words that tell of the event there, verb and all, as they stand in the text.
A finding is a mention of a group's event where its span overlaps such words and it has one of the group's types; a
meeting, where the words stand in its sentences.  Labels name words, not findings, so that they outlast a better reader.
Every finding that is no mention of any group counts as an event by itself.

* found: of the labelled mentions, the share that any finding stands for;
* precision: of the pairs of findings that were joined, the share that one group holds;
* recall: of the pairs of findings of one kind in one group, the share that was joined;
* recall within a type: the same over pairs to which the reader gave the same type and source;
* across articles: the same figures over pairs of two articles only.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
Groups = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Home:
    """An article: its address and file, and its text."""

    place: str
    text: str


def rows_of(paths: Sequence[Path], published: date | None, where: Path) -> tuple[list[FindingRow], dict[str, Home]]:
    """The findings that can join, and each article by its key."""
    with Record.open(where / "joins.db", create=True) as record:
        taken = take_in(record, read_paths(paths, published))
        homes = {
            added.key: Home(place=f"{article.url or ''} {article.place}", text=article.text)
            for article, added, _ in taken
        }
        return [row for kind in KINDS for row in record.findings(kind=kind, limit=100_000)], homes


def type_of(row: FindingRow) -> str:
    """An event's type, "MEETING" for a meeting."""
    return getattr(row.finding, "type", "MEETING")


def sides(row: FindingRow) -> tuple[str, ...]:
    """Type and source, by country."""
    actors: tuple[Any, ...] = getattr(row.finding, "source", ()) or getattr(row.finding, "participants", ())
    return type_of(row), *sorted({actor.country or "?" for actor in actors})


def places_of(words: str, text: str) -> Iterable[tuple[int, int]]:
    """Every span at which words stand in a text."""
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def tells(row: FindingRow, home: Home, mention: Mapping[str, str]) -> bool:
    """Whether a finding stands at a labelled mention."""
    if mention["article"] not in home.place:
        return False
    spans = row.spans if row.kind == "meeting" else ((row.start, row.end),)
    found = places_of(mention["words"], home.text)
    return any(start < last and first < end for first, last in found for start, end in spans)


def group_of(row: FindingRow, home: Home, groups: Groups) -> str | None:
    """The labelled event that a finding tells of."""
    for group in groups:
        if (row.kind == "meeting" or type_of(row) in group["types"]) and any(
            tells(row, home, one) for one in group["mentions"]
        ):
            return str(group["event"])
    return None


def found_share(rows: Sequence[FindingRow], homes: Mapping[str, Home], groups: Groups) -> str:
    """The share of labelled mentions at which a finding stands."""
    mentions = [(group, one) for group in groups for one in group["mentions"]]
    found = sum(
        any(tells(row, homes[row.article], one) and type_of(row) in (*group["types"], "MEETING") for row in rows)
        for group, one in mentions
    )
    return share(found, len(mentions))


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


def figures(title: str, joined: set[Pair], gold: set[Pair], alike: set[Pair]) -> str:
    """One line of precision and recall."""
    right = joined & gold
    return (
        f"{title:18} precision {share(len(right), len(joined)):18} recall {share(len(right), len(gold)):18} "
        f"recall within a type {share(len(right & alike), len(gold & alike))}"
    )


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
        rows, homes = rows_of(arguments.articles, arguments.date, Path(folder))
    label = {row.id: group_of(row, homes[row.article], groups) for row in rows}
    joined = pairs(rows, lambda row: row.joined)
    gold = pairs(rows, lambda row: label[row.id])
    alike = pairs(rows, lambda row: (sides(row), label[row.id]) if label[row.id] else None)
    by_id = {row.id: row for row in rows}
    across = {pair for pair in joined | gold if by_id[pair[0]].article != by_id[pair[1]].article}
    print(f"findings {len(rows)}, of which {sum(name is not None for name in label.values())} stand in labelled groups")
    print(f"labelled mentions found {found_share(rows, homes, groups)}")
    print(figures("all pairs", joined, gold, alike))
    print(figures("across articles", joined & across, gold & across, alike))
    if arguments.errors:
        for title, wrong in (("wrongly joined", joined - gold), ("not joined", gold - joined)):
            print(f"== {title}")
            for pair in sorted(wrong):
                for one in (by_id[key] for key in pair):
                    print(f"  {sides(one)} [{label[one.id]}] {one.words[:110]!r}")
                print()


if __name__ == "__main__":
    main()
