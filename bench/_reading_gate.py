"""How far the gate's confidence can be relied on, on whole articles that it was not fitted on.

In four bins of equal size: the mean confidence, and the share of proposals that the
labels bear out (``train/_match.py``), with its 95 % interval by drawing articles anew.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from _reading_table import Counts, Row, rows, share
from dragoman import read_text

sys.path.append(str(Path(__file__).parent.parent / "train"))
from _match import verdicts

KINDS = ("events", "contacts", "commitments", "stances")
BINS = 4


def reliability(gold: Path) -> list[Row]:
    """The rows of every kind that has enough proposals for four bins."""
    judged: dict[str, list[tuple[int, float, bool]]] = {kind: [] for kind in KINDS}
    paths = sorted((gold / "prose").glob("*.json"))
    for number, path in enumerate(paths):
        item = json.loads(path.read_text(encoding="utf-8"))
        reading = read_text(item["text"], item.get("published"))
        said = verdicts(reading, item)
        for kind in KINDS:
            for finding, verdict in zip(getattr(reading, kind), said[kind], strict=True):
                if verdict.loose is not None:
                    judged[kind].append((number, finding.confidence, verdict.loose))
    return [row for kind, found in judged.items() if len(found) >= 10 * BINS for row in _bins(kind, found, len(paths))]


def _bins(kind: str, found: list[tuple[int, float, bool]], articles: int) -> list[Row]:
    ranked, made = sorted(found, key=lambda one: one[1]), []
    for number in range(BINS):
        part = ranked[number * len(ranked) // BINS : (number + 1) * len(ranked) // BINS]
        counts: list[Counts] = [Counter() for _ in range(articles)]
        for article, _, right in part:
            counts[article].update({"right": int(right), "of": 1})
        mean = sum(one[1] for one in part) / len(part)
        name = f"{kind}: right at a mean confidence of {mean:.2f}"
        made += rows("gate", counts, lambda count, name=name: {name: share(count, "right", "of")})  # type: ignore[misc]
    return made
