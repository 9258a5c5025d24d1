"""Quotes against gold attributions: recall by kind, precision, and who said it.

1. A predicted quote finds a gold one when their contents share characters at F1 of .5
   or more; pairs are taken one to one, best content first.
2. The speaker is right when predicted and gold span share at least half of the shorter
   one; no span on either side is right too, on one side only it is wrong.
3. Recall of a kind (the gold's) counts quotes found with the right speaker; precision
   counts predictions that found one; ``right`` those with the right speaker as well.

``python bench/_reading_quotes.py GOLD_FOLDER`` prints the rows.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.read.findings import Quote
from dragoman.read.parse import ToParse, paragraphs_of, parse_many
from dragoman.read.parsed import Parsed
from dragoman.read.quotes import PARTS, find_quotes

Row = dict[str, Any]
Spans = Sequence[Sequence[int]]
FILES = ("dev", "train-200")
KINDS = ("direct", "mixed", "indirect")


def measure(gold_folder: Path) -> list[Row]:
    """Rows of figures for both files, and what each part of the method adds on the first."""
    rows: list[Row] = []
    for name in FILES:
        articles = articles_of(gold_folder, name)
        parsed = parsed_of(articles)
        begin = time.perf_counter()
        found = [find_quotes(item) for item in parsed]
        seconds = time.perf_counter() - begin
        rows.extend(_rows(f"quotes {name}", _pairs(found, articles)))
        words = sum(len(article["text"].split()) for article in articles)
        rows.append(
            {
                "measure": f"quotes {name}: words a second, parse excluded",
                "value": round(words / seconds),
                "count": words,
            }
        )
        if name == FILES[0]:
            rows.extend(_ablation(parsed, articles))
    return rows


def worst(gold_folder: Path, limit: int = 20) -> list[Row]:
    """Errors for study: missed by kind, found with a wrong speaker, made up."""
    articles = articles_of(gold_folder, FILES[0])
    errors: list[Row] = []
    for article, parsed in zip(articles, parsed_of(articles), strict=True):
        errors.extend(_errors(article, find_quotes(parsed)))
    kinds = [*(f"missed {kind}" for kind in KINDS), "speaker", "made up"]
    return [row for kind in kinds for row in [item for item in errors if item["error"] == kind][:limit]]


def content_f1(left: Spans, right: Spans) -> float:
    """F1 of the characters of two lists of spans."""
    total = _size(left) + _size(right)
    return 2 * _shared(left, right) / total if total else 0.0


def same_speaker(predicted: Sequence[int] | None, gold: Spans) -> bool:
    """Whether two speakers are one: half of the shorter span is shared, or neither has a span."""
    if predicted is None or not gold:
        return predicted is None and not gold
    return 2 * _shared([predicted], gold) >= min(_size([predicted]), _size(gold))


def match(predicted: Sequence[Quote], gold: Sequence[Row]) -> list[tuple[int, int, bool]]:
    """Pairs (prediction, gold, speaker right), one to one, best content first."""
    scored = []
    for i, quote in enumerate(predicted):
        for j, item in enumerate(gold):
            score = content_f1(quote.content, item["content"])
            if score >= 0.5:
                scored.append((-score, not same_speaker(quote.speaker.span, item["source"]), i, j))
    pairs: list[tuple[int, int, bool]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, wrong, i, j in sorted(scored):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j, not wrong))
    return pairs


def tally(readings: Sequence[tuple[Sequence[Quote], Sequence[Row]]]) -> dict[str, tuple[int, int]]:
    """For each measure its hits and its count."""
    hits = dict.fromkeys(KINDS, 0)
    counts = dict.fromkeys(KINDS, 0)
    predictions = found = right = 0
    for predicted, gold in readings:
        pairs = match(predicted, gold)
        predictions += len(predicted)
        found += len(pairs)
        right += sum(ok for _, _, ok in pairs)
        for item in gold:
            counts[item["kind"]] += 1
        for _, j, ok in pairs:
            hits[gold[j]["kind"]] += ok
    recall = {f"recall {kind}": (hits[kind], counts[kind]) for kind in KINDS}
    return {**recall, "precision": (found, predictions), "right": (right, predictions)}


def _rows(title: str, readings: Sequence[tuple[Sequence[Quote], Sequence[Row]]]) -> list[Row]:
    return [
        {"measure": f"{title}: {name}", "value": round(hit / count, 3) if count else None, "count": count}
        for name, (hit, count) in tally(readings).items()
    ]


def _ablation(parsed: Sequence[Parsed], articles: Sequence[Row]) -> list[Row]:
    rows: list[Row] = []
    for part in PARTS:
        found = [find_quotes(item, without=[part]) for item in parsed]
        rows.extend(_rows(f"quotes {FILES[0]} without {part} (ablation)", _pairs(found, articles)))
    return rows


def _pairs(found: Sequence[Sequence[Quote]], articles: Sequence[Row]) -> list[tuple[Sequence[Quote], Sequence[Row]]]:
    return [(quotes, gold_of(article)) for quotes, article in zip(found, articles, strict=True)]


def gold_of(article: Row) -> list[Row]:
    """What stands in gold."""
    return [item for item in article["attributions"] if item["content"]]


def _errors(article: Row, predicted: Sequence[Quote]) -> list[Row]:
    gold = gold_of(article)
    pairs = match(predicted, gold)
    found: Collection[int] = {i for i, _, _ in pairs}
    known: Collection[int] = {j for _, j, _ in pairs}
    rows = [
        _error("made up", article, quote.content, quote, None) for i, quote in enumerate(predicted) if i not in found
    ]
    rows += [
        _error(f"missed {item['kind']}", article, item["content"], None, item)
        for j, item in enumerate(gold)
        if j not in known
    ]
    rows += [_error("speaker", article, gold[j]["content"], predicted[i], gold[j]) for i, j, ok in pairs if not ok]
    return rows


def _error(kind: str, article: Row, content: Spans, quote: Quote | None, gold: Row | None) -> Row:
    text = article["text"]
    span = quote.speaker.span if quote is not None else None
    return {
        "error": kind,
        "article": article["id"],
        "context": text[max(0, content[0][0] - 80) : content[-1][1] + 80],
        "speaker found": text[span[0] : span[1]] if span else None,
        "speaker gold": [text[start:end] for start, end in gold["source"]] if gold is not None else None,
    }


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _shared(left: Spans, right: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def articles_of(gold_folder: Path, name: str) -> list[Row]:
    """The articles of a gold file."""
    lines = (gold_folder / "quotes" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def parsed_of(articles: Sequence[Row]) -> list[Parsed]:
    """The articles, parsed."""
    return list(
        parse_many(
            ToParse(text=item["text"], kept=paragraphs_of(item["text"]), published=date.fromisoformat(item["date"]))
            for item in articles
        )
    )


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1])):
        print(f"{row['measure']:<70} {row['value']!s:>8} {row['count']:>8}")
