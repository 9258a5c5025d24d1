"""What is read from the Korea example against what a careful reader took from it (examples/korea/truth.yaml).

    python bench/korea.py [--errors FILE]

Matching, within an article:

* meetings: contacts in person or by means that the words do not tell; the same status and countries (planned and
  possible count alike, and "never met" is a statement and no meeting); where the truth names a person, all persons that
  both name agree up to the spellings listed; the days agree where both are known;
* quotes: content overlaps by a character F1 of .5 or more; "speaker" also counts who said it,
  "office" for whom;
* events: the same type and status, and countries that overlap on both sides where both are known;
* commitments: clause words overlap by half or more, and a common promiser;
* fates: promises whose fate a later article reports: the same promise and fate; "evidence": by the same article;
* wordings: a government's own words for denuclearisation and for corresponding measures.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from _korea_fates import compare, decided
from _korea_terms import agree, worded
from dragoman.read.findings import Reading
from dragoman.read.reader import read_articles
from dragoman.read.sources import RawArticle, read_paths
from dragoman.read.world import world

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "korea"
Match = Callable[[dict[str, Any], dict[str, Any]], bool]
WORD = re.compile(r"\w+")


def whole_truth() -> dict[str, Any]:
    """The truth as it stands in its file."""
    data: dict[str, Any] = YAML(typ="safe").load((EXAMPLE / "truth.yaml").read_text(encoding="utf-8"))
    return data


def truth() -> tuple[dict[str, Any], dict[str, str]]:
    """The truth by file, and the one spelling of each name."""
    data = whole_truth()
    spelling = {other: name for name, others in data["spellings"].items() for other in others}
    return {item["file"]: item for item in data["articles"]}, spelling


def key(name: str | None, spelling: dict[str, str]) -> str:
    """A name for comparison: one spelling, lower case, letters alone."""
    return " ".join(WORD.findall(spelling.get(name or "", name or "").lower()))


def same_day(one: str | None, other: dict[str, Any] | None) -> bool:
    """Whether a truth date and a found date agree, or one of them is not known to the day."""
    if not one or not other or not other.get("start") or not re.fullmatch(r"\d{4}-\d\d-\d\d(/.*)?", str(one)):
        return True
    start, _, end = str(one).partition("/")
    return bool(other["start"] <= (end or start) and start <= (other["end"] or other["start"]))


def meeting_match(spelling: dict[str, str]) -> Match:
    """Meetings agree."""

    def match(want: dict[str, Any], got: dict[str, Any]) -> bool:
        if want["status"] != got["status"] and {want["status"], got["status"]} != {"planned", "possible"}:
            return False
        if {p["country"] for p in want["participants"]} != {p["country"] for p in got["participants"]}:
            return False
        named = {key(p["name"], spelling).split()[-1] for p in want["participants"] if p["name"]}
        found = {key(p["name"], spelling).split()[-1] for p in got["participants"] if p["name"]}
        return same_day(want.get("date"), got.get("date")) and bool(
            named & found or not _persons(want) or not _persons(got)
        )

    return match


def _persons(item: dict[str, Any]) -> bool:
    return any(_is_person(p["name"] or "") for p in item["participants"])


def _is_person(name: str) -> bool:
    """Whether a participant is a person by name, and no state or body of one ("South Korea's military")."""
    first = re.split(r"['’]s\b", name)[0].split()
    heads = (" ".join(first), " ".join(first[:2]), first[0]) if first else ()
    return " " in name and name[0].isupper() and not any(_is_state(head) for head in heads)


def _is_state(name: str) -> bool:
    return any(found.id in world().states for found in world().lookup(name))


def words_of(text: str) -> set[str]:
    """The words of a text, lower case."""
    return set(WORD.findall(text.lower()))


def overlap(one: str, other: str) -> float:
    """F1 of the words two texts share."""
    a, b = words_of(one), words_of(other)
    shared = len(a & b)
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def quote_match(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Contents agree by half or more."""
    return overlap(" ".join(want["content"]), got["words"]) >= 0.5


def event_match(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Type, status and known countries agree."""
    ahead = {"planned", "possible"}
    status = want["status"] == got["status"] or {want["status"], got["status"]} <= ahead
    sides = all(not want[side] or not got[side] or set(want[side]) & set(got[side]) for side in ("source", "target"))
    return bool(status and want["type"] == got["type"] and sides)


def commitment_match(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Clauses overlap by half or more, and a promiser is the same."""
    return overlap(want["clause"], got["clause"]) >= 0.5 and bool(set(want["by"]) & set(got["by"]) or not got["by"])


def pair_up(wanted: list[dict[str, Any]], found: list[dict[str, Any]], match: Match) -> list[tuple[int, int]]:
    """Wanted items with found ones that match, one to one and as many as possible (augmenting paths)."""
    fits = [[other for other, got in enumerate(found) if match(want, got)] for want in wanted]
    taken: dict[int, int] = {}

    def place(item: int, tried: set[int]) -> bool:
        for other in fits[item]:
            if other not in tried:
                tried.add(other)
                if other not in taken or place(taken[other], tried):
                    taken[other] = item
                    return True
        return False

    for item in range(len(wanted)):
        place(item, set())
    return sorted((item, other) for other, item in taken.items())


def found_in(article: RawArticle, reading: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What was read, in the truth's shapes."""
    countries = {item["id"]: item["country"] for item in reading["entities"]}

    def codes(actors: Iterable[dict[str, Any]]) -> list[str]:
        return sorted({item["country"] for item in actors if item["country"]})

    return {
        "meetings": [
            item
            for item in reading["contacts"]
            if item["status"] != "denied" and item["mode"] in {"in person", "unknown"} and item["counted"]
        ],
        "quotes": [
            {**item, "words": " ".join(article.text[start:end] for start, end in item["content"])}
            for item in reading["quotes"]
            if item["counted"]
        ],
        "events": [
            {**item, "source": codes(item["source"]), "target": codes(item["target"])} for item in reading["events"]
        ],
        "commitments": [
            {**item, "by": sorted({countries.get(name) or name for name in item["by"]})}
            for item in reading["commitments"]
            if item["counted"]
        ],
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=Path, help="write misses and false finds here, as JSON lines")
    arguments = parser.parse_args()
    expected, spelling = truth()
    articles = list(read_paths([EXAMPLE / "articles"]))
    begun = time.perf_counter()
    read = list(read_articles(articles))
    readings = [reading.to_dict() for reading in read]
    spent = time.perf_counter() - begun
    matches: dict[str, Match] = {
        "meetings": meeting_match(spelling),
        "quotes": quote_match,
        "events": event_match,
        "commitments": commitment_match,
    }
    counts = {kind: [0, 0, 0] for kind in matches}
    quotes = [0, 0, 0]
    lines = []
    for article, reading in zip(articles, readings, strict=True):
        want = expected[Path(article.place.split(":")[0]).name]
        got = found_in(article, reading)
        for kind, match in matches.items():
            wanted = want.get(kind) or []
            pairs = pair_up(wanted, got[kind], match)
            for place, number in enumerate((len(pairs), len(wanted), len(got[kind]))):
                counts[kind][place] += number
            if kind == "quotes":
                quotes[0] += len(pairs)
                quotes[1] += sum(_speaker(wanted[a], got[kind][b], spelling) for a, b in pairs)
                quotes[2] += sum(
                    wanted[a]["speaks_for"]["office"] == got[kind][b]["speaks_for"]["office"] for a, b in pairs
                )
            missed = [item for place, item in enumerate(wanted) if place not in {a for a, _ in pairs}]
            false = [item for place, item in enumerate(got[kind]) if place not in {b for _, b in pairs}]
            lines += [{"file": want["file"], "kind": kind, "missed": item} for item in missed]
            lines += [{"file": want["file"], "kind": kind, "false": item} for item in false]
    _print(counts, quotes, spent, sum(len(article.text.split()) for article in articles))
    lines += _print_fates(articles, read)
    lines += _print_terms(articles, read)
    if arguments.errors:
        arguments.errors.write_text("\n".join(json.dumps(line, ensure_ascii=False, default=str) for line in lines))


def _speaker(want: dict[str, Any], got: dict[str, Any], spelling: dict[str, str]) -> bool:
    named = key(got["speaker"]["name"], spelling).split()
    wanted = key(want["speaker"], spelling).split()
    return bool(set(named) & set(wanted)) if named and wanted else not named and not wanted


def _print_terms(articles: list[RawArticle], read: list[Reading]) -> list[dict[str, Any]]:
    wanted, found = whole_truth()["terms"], worded(articles, read)
    pairs = pair_up(wanted, found, lambda want, got: agree(want, got, overlap))
    print(
        f"{'wordings':<13} {len(wanted):>6} {len(found):>6} {len(pairs):>6} {len(pairs) / max(len(found), 1):>10.2f} "
        f"{len(pairs) / len(wanted):>7.2f}"
    )
    missed = [item for place, item in enumerate(wanted) if place not in {a for a, _ in pairs}]
    false = [item for place, item in enumerate(found) if place not in {b for _, b in pairs}]
    return [
        *({"kind": "terms", "missed": item} for item in missed),
        *({"kind": "terms", "false": item} for item in false),
    ]


def _print_fates(articles: list[RawArticle], read: list[Reading]) -> list[dict[str, Any]]:
    wanted, found = whole_truth()["fates"], decided(articles, read)
    right, evidence = compare(wanted, found, overlap)
    print(
        f"{'fates':<13} {len(wanted):>6} {len(found):>6} {right:>6} {right / max(len(found), 1):>10.2f} "
        f"{right / len(wanted):>7.2f}   evidence right {evidence}"
    )
    return [{"kind": "fates", "read": item} for item in found]


def _print(counts: dict[str, list[int]], quotes: list[int], spent: float, words: int) -> None:
    print(f"{'kind':<13} {'truth':>6} {'read':>6} {'right':>6} {'precision':>10} {'recall':>7}")
    for kind, (right, wanted, found) in counts.items():
        precision, recall = right / max(found, 1), right / max(wanted, 1)
        print(f"{kind:<13} {wanted:>6} {found:>6} {right:>6} {precision:>10.2f} {recall:>7.2f}")
    print(f"of {quotes[0]} quotes found: speaker right {quotes[1]}, for whom right {quotes[2]}")
    print("precision of quotes and events is a lower bound: the truth lists the main ones")
    print(f"{words / spent:.0f} words a second")


if __name__ == "__main__":
    main()
