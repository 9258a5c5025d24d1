"""Quotes against gold attributions: recall by kind, precision, and who said it.

A predicted quote finds a gold one when their contents share characters at F1 of .5
or more; pairs are taken one to one, best first.  The speaker is right when the
predicted span and the gold span overlap and the head of either lies in the other
(no span on both sides is right too).  ``right`` is the share of all predictions
whose content and speaker are right; recall counts only quotes with the right speaker.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.read.findings import Quote

Span = tuple[int, int]


def _size(spans: Sequence[Sequence[int]]) -> int:
    return sum(end - start for start, end in spans)


def _shared(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def content_f1(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> float:
    """F1 of the characters of two lists of spans."""
    total = _size(left) + _size(right)
    return 2 * _shared(left, right) / total if total else 0.0


def same_speaker(predicted: Span | None, gold: Sequence[Sequence[int]]) -> bool:
    """Whether the spans overlap in at least half of the shorter one; none is right only for none."""
    if predicted is None or not gold:
        return predicted is None and not gold
    shared = _shared([predicted], gold)
    return 2 * shared >= min(_size([predicted]), _size(gold))


def match(predicted: Sequence[Quote], gold: Sequence[dict[str, Any]]) -> list[tuple[int, int, bool]]:
    """Pairs (prediction, gold, speaker right), one to one, best content first."""
    scored = []
    for i, quote in enumerate(predicted):
        for j, item in enumerate(gold):
            score = content_f1(quote.content, item["content"])
            if score >= 0.5:
                scored.append((same_speaker(quote.speaker.span, item["source"]), score, i, j))
    scored.sort(key=lambda row: (-row[1], -row[0], row[2], row[3]))
    used_p: set[int] = set()
    used_g: set[int] = set()
    pairs = []
    for right, _, i, j in scored:
        if i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            pairs.append((i, j, right))
    return pairs


def tally(readings: Sequence[tuple[Sequence[Quote], Sequence[dict[str, Any]]]]) -> dict[str, Any]:
    """Counts and rates over articles."""
    kinds = ("direct", "mixed", "indirect")
    gold_count = dict.fromkeys(kinds, 0)
    hits = dict.fromkeys(kinds, 0)
    predictions = found = right = 0
    for predicted, gold in readings:
        items = [item for item in gold if item["content"]]
        pairs = match(predicted, items)
        predictions += len(predicted)
        found += len(pairs)
        right += sum(ok for _, _, ok in pairs)
        for item in items:
            gold_count[item["kind"]] += 1
        for _, j, ok in pairs:
            hits[items[j]["kind"]] += ok
    return {
        **{kind: hits[kind] / max(1, gold_count[kind]) for kind in kinds},
        "precision": found / max(1, predictions),
        "right": right / max(1, predictions),
        "predictions": predictions,
        "gold": sum(gold_count.values()),
    }


def load(path: Path) -> list[dict[str, Any]]:
    """The articles of one gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
