"""Clean-up measured on labelled lines of crawled pages.

A line counts as kept when any of it is kept.  Macro-F1 is the mean of the F1 of
"article" and of "not article"; unclear lines are left out.  ``words lost``: of the
words in article lines of eight words or more, the share in lines that are dropped.

Run alone:  ``python bench/_reading_boilerplate.py GOLD_FOLDER``
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dragoman.read.findings import Span
from dragoman.read.text._patterns import reason_of
from dragoman.read.text._units import units_of
from dragoman.read.text.clean import clean

Row = dict[str, Any]
LONG_LINE = 8


def measure(gold_folder: Path) -> list[Row]:
    """Rows of figures, each with its counts, and what the first step alone reaches."""
    pages = _lines(gold_folder / "boilerplate" / "lines.jsonl")
    full = _counted(pages, lambda text: clean(text).kept)
    alone = _counted(pages, _patterns_only)
    lost, long_words = full["lost"], full["long words"]
    return [
        {"measure": "macro-F1", "value": round(macro(full), 4), "count": full["lines"]},
        {"measure": "F1 of article lines", "value": round(_f1(full, "kept right", "kept wrong", "dropped wrong"), 4)},
        {
            "measure": "words lost in article lines of 8 words or more",
            "value": round(lost / long_words, 4),
            "count": long_words,
            "right": long_words - lost,
        },
        {"measure": "macro-F1, patterns alone (ablation)", "value": round(macro(alone), 4), "count": alone["lines"]},
        {"measure": "macro-F1, everything kept (floor)", "value": round(macro(_counted(pages, _all_kept)), 4)},
    ]


def by_page(gold_folder: Path) -> list[Counter[str]]:
    """The counts of every page."""
    pages = _lines(gold_folder / "boilerplate" / "lines.jsonl")
    return [_counted([page], lambda text: clean(text).kept) for page in pages]


def worst(gold_folder: Path, limit: int = 20) -> list[Row]:
    """The longest lines lost and the longest kept wrongly."""
    errors: list[Row] = []
    for page in _lines(gold_folder / "boilerplate" / "lines.jsonl"):
        for line, kept in _judged(page, lambda text: clean(text).kept):
            if line["label"] in (0, 1) and kept != bool(line["label"]):
                kind = "boilerplate kept" if kept else "article line lost"
                errors.append({"kind": kind, "document": page["url"], "text": line["text"]})
    errors.sort(key=lambda row: -len(row["text"]))
    return [
        row
        for kind in ("article line lost", "boilerplate kept")
        for row in [row for row in errors if row["kind"] == kind][:limit]
    ]


def _counted(pages: list[Row], keep: Callable[[str], tuple[Span, ...]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        for line, kept in _judged(page, keep):
            if line["label"] is None:
                continue
            counts["lines"] += 1
            counts[f"{'kept' if kept else 'dropped'} {'right' if kept == bool(line['label']) else 'wrong'}"] += 1
            words = len(line["text"].split())
            if line["label"] == 1 and words >= LONG_LINE:
                counts["long words"] += words
                counts["lost"] += 0 if kept else words
    return counts


def _judged(page: Row, keep: Callable[[str], tuple[Span, ...]]) -> Iterator[tuple[Row, bool]]:
    text = "\n".join(line["text"] for line in page["lines"])
    kept = keep(text)
    covered = bytearray(len(text) + 1)
    for start, end in kept:
        covered[start:end] = b"\x01" * (end - start)
    start = 0
    for line in page["lines"]:
        end = start + len(line["text"])
        yield line, 1 in covered[start:end]
        start = end + 1


def _patterns_only(text: str) -> tuple[Span, ...]:
    return tuple(unit.span for unit in units_of(text) if reason_of(unit) is None)


def _all_kept(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),)


def _f1(counts: Counter[str], right: str, wrong: str, missed: str) -> float:
    return 2 * counts[right] / max(2 * counts[right] + counts[wrong] + counts[missed], 1)


def macro(counts: Counter[str]) -> float:
    """The mean F1 of the two classes."""
    article = _f1(counts, "kept right", "kept wrong", "dropped wrong")
    return (article + _f1(counts, "dropped right", "dropped wrong", "kept wrong")) / 2


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1])):
        print(f"{row['measure']:50} {row['value']:>8} {row.get('count', ''):>7}")
