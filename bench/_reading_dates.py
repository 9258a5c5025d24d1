"""Dates measured: detection and values from raw news text, and single expressions.

1. *Detection*: a gold expression and a found one match when they overlap, each
   with at most one other, longest overlap first in text order.  Precision, recall
   and F over all types; the same with equal spans ("strict").
2. *Values*: over gold expressions of type DATE whose value is a day, a month or a
   year, the share that is found with that very value.  ``given detection`` divides
   by those found at all.
3. *Expressions*: a suite of single expressions (dates and ranges with a resolved
   interval), right when the found interval has the same first and last day; the
   end of a range may be given excluded or included.
4. *Ablation*: the same values without the parse (no tense), and without the story
   (nothing anchored in the text's own dates).

Run alone:  ``python bench/_reading_dates.py GOLD_FOLDER``
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.read.dates import find_dates, find_in_text
from dragoman.read.findings import DateFinding
from dragoman.read.parse import ToParse, paragraphs_of, parse_many
from dragoman.read.parsed import Parsed
from dragoman.read.text.clean import clean

Row = dict[str, Any]
Gold = dict[str, Any]
_DAY_MONTH_YEAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def measure(gold_folder: Path) -> list[Row]:
    """Rows of figures, each with its counts."""
    documents = documents_of(gold_folder)
    parsed = parsed_of(documents)
    begin = time.perf_counter()
    found = [find_dates(item) for item in parsed]
    seconds = time.perf_counter() - begin
    words = sum(len(document["text"].split()) for document in documents)
    rows = _news_rows(documents, found)
    unparsed = [find_in_text(item.text, item.published) for item in parsed]
    right, count = values_of(documents, unparsed)[:2]
    rows.append(_row("dates: values without the parse (ablation)", right, count))
    rows.extend(_expression_rows(_lines(gold_folder / "dates" / "expressions.jsonl")))
    rows.append({"measure": "dates: words a second, parse excluded", "value": round(words / seconds), "count": words})
    return rows


def worst(gold_folder: Path, limit: int = 20) -> list[Row]:
    """The errors of the news measure for study: missed, made up, and wrong in value."""
    documents = documents_of(gold_folder)
    errors: list[Row] = []
    for document, found in zip(documents, map(find_dates, parsed_of(documents)), strict=True):
        pairs = matches(document["timex3"], found)
        taken = set(pairs.values())
        for place, gold in enumerate(document["timex3"]):
            got = found[pairs[place]] if place in pairs else None
            kind = "missed" if got is None else "value" if _measured(gold) and got.value != gold["value"] else None
            if kind:
                errors.append(
                    _error(kind, document, (gold["start"], gold["end"]), gold["value"], got.value if got else None)
                )
        errors.extend(
            _error("made up", document, item.span, None, item.value)
            for place, item in enumerate(found)
            if place not in taken
        )
    return [row for kind in ("missed", "made up", "value") for row in _first(errors, kind, limit)]


def documents_of(gold_folder: Path) -> list[Gold]:
    """The newswire documents."""
    return _lines(gold_folder / "dates" / "aquaint.jsonl")


def matches(gold: Sequence[Gold], found: Sequence[DateFinding]) -> dict[int, int]:
    """Gold to found, one to one, by overlap."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for place, item in enumerate(gold):
        shared = [
            (min(item["end"], other.span[1]) - max(item["start"], other.span[0]), -index)
            for index, other in enumerate(found)
            if index not in taken
        ]
        best = max(shared, default=(0, 0))
        if best[0] > 0:
            pairs[place] = -best[1]
            taken.add(-best[1])
    return pairs


def _news_rows(documents: list[Gold], found: list[list[DateFinding]]) -> list[Row]:
    hits = strict = golds = 0
    for document, items in zip(documents, found, strict=True):
        pairs = matches(document["timex3"], items)
        hits += len(pairs)
        golds += len(document["timex3"])
        spans = {item.span for item in items}
        strict += sum((gold["start"], gold["end"]) in spans for gold in document["timex3"])
    total = sum(map(len, found))
    right, count, detected = values_of(documents, found)
    return [
        _row("dates: detection precision", hits, total),
        _row("dates: detection recall", hits, golds),
        {"measure": "dates: detection F", "value": round(2 * hits / (total + golds), 4), "count": golds},
        {"measure": "dates: detection F, equal spans", "value": round(2 * strict / (total + golds), 4), "count": golds},
        _row("dates: day, month and year values right", right, count),
        _row("dates: the same, given detection", right, detected),
    ]


def values_of(documents: list[Gold], found: list[list[DateFinding]]) -> tuple[int, int, int]:
    """How many day, month and year values are right, of how many, and of how many that were found at all."""
    right = count = detected = 0
    for document, items in zip(documents, found, strict=True):
        pairs = matches(document["timex3"], items)
        for place, gold in enumerate(document["timex3"]):
            if not _measured(gold):
                continue
            count += 1
            detected += place in pairs
            right += place in pairs and items[pairs[place]].value == gold["value"]
    return right, count, detected


def _measured(gold: Gold) -> bool:
    return gold["type"] == "DATE" and _DAY_MONTH_YEAR.fullmatch(gold["value"]) is not None


def _expression_rows(items: list[Gold]) -> list[Row]:
    right = {"date": 0, "daterange": 0}
    count = dict(right)
    dated = [item for item in items if item["reference"]]
    parsed = parse_many(
        ToParse(
            text=item["input"],
            kept=paragraphs_of(item["input"]),
            published=date.fromisoformat(item["reference"][:10]),
        )
        for item in dated
    )
    for item, found in zip(dated, map(find_dates, parsed), strict=True):
        for text, kind, intervals in _wanted(item):
            if kind in count and intervals:
                count[kind] += 1
                right[kind] += _covers(item["input"], text, found) in intervals
    return [_row(f"expressions: {kind} with the right interval", right[kind], count[kind]) for kind in count]


def _wanted(item: Gold) -> Iterable[tuple[str, str, set[tuple[str, str]]]]:
    for result in item["results"]:
        kind = (result.get("TypeName") or result.get("Type") or "").removeprefix("datetimeV2.")
        values = (result.get("Resolution") or {}).get("values", []) if "Resolution" in result else []
        pairs = [(value.get("value") or value.get("start"), value.get("value") or value.get("end")) for value in values]
        stated = result.get("Value") if isinstance(result.get("Value"), dict) else {}
        for key in ("FutureResolution", "PastResolution"):
            answer = (stated or {}).get(key) or {}
            pairs.append((answer.get("date") or answer.get("startDate"), answer.get("date") or answer.get("endDate")))
        intervals = {(start[:10], end[:10]) for start, end in pairs if start and end}
        yield result.get("Text") or "", kind, intervals | {(start, _day_before(end)) for start, end in intervals}


def _day_before(day: str) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _covers(text: str, words: str, found: list[DateFinding]) -> tuple[str, str] | None:
    start = text.lower().find(words.lower())
    inside = [item for item in found if start < item.span[1] and item.span[0] < start + len(words)]
    starts = [item.start for item in inside if item.start]
    ends = [item.end for item in inside if item.end]
    return (min(starts), max(ends)) if start >= 0 and starts and ends else None


def parsed_of(documents: list[Gold]) -> list[Parsed]:
    """The documents, parsed."""
    return list(
        parse_many(
            ToParse(
                text=document["text"],
                kept=clean(document["text"]).kept,
                published=date.fromisoformat(document["dct"][:10]),
            )
            for document in documents
        )
    )


def _error(kind: str, document: Gold, span: tuple[int, int], gold: str | None, got: str | None) -> Row:
    text = document["text"]
    around = f"{text[max(0, span[0] - 60) : span[0]]}[[{text[span[0] : span[1]]}]]{text[span[1] : span[1] + 40]}"
    return {
        "kind": f"date {kind}",
        "document": document["id"],
        "published": document["dct"],
        "gold": gold,
        "got": got,
        "text": " ".join(around.split()),
    }


def _first(errors: list[Row], kind: str, limit: int) -> list[Row]:
    return [row for row in errors if row["kind"] == f"date {kind}"][:limit]


def _row(name: str, right: int, count: int) -> Row:
    return {"measure": name, "value": round(right / max(count, 1), 4), "count": count, "right": right}


def _lines(path: Path) -> list[Gold]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1])):
        print(f"{row['measure']:55} {row['value']:>9} {row['count']:>7}")
