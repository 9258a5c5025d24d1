"""Place names read literally or as those who act there: accuracy on held data.

Run ``python bench/_reading_metonymy.py GOLD_FOLDER``; ``measure`` serves ``bench/reading.py``.
The gold file has lines ``{"text", "start", "end", "reading": lit | met | mixed}``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from dragoman.read.identity.metonymy import reading_of_token
from dragoman.read.parse import pipeline


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Counts and the errors, worst first to study: ``(gold, sentence with the name in brackets)``."""

    right: int
    total: int
    called_literal: int
    gold_literal: int
    errors: tuple[tuple[str, str], ...]

    @property
    def accuracy(self) -> float:
        """Share of names put on the right side of literal against not."""
        return self.right / self.total


def measure(gold: Path) -> Measured:
    """Read every place of ``metonymy/relocar-train.jsonl`` under ``gold``."""
    lines = (gold / "metonymy" / "relocar-train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    right = called = 0
    errors = []
    for row, doc in zip(rows, pipeline().pipe([row["text"] for row in rows]), strict=True):
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        literal = reading_of_token(span.root) == "literal"
        called += literal
        if literal == (row["reading"] == "lit"):
            right += 1
        else:
            start, end = row["start"], row["end"]
            errors.append((row["reading"], f"{row['text'][:start]}[{row['text'][start:end]}]{row['text'][end:]}"))
    return Measured(
        right=right, total=len(rows), called_literal=called, errors=tuple(errors),
        gold_literal=sum(row["reading"] == "lit" for row in rows),
    )  # fmt: skip


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]))
    print(f"metonymy: {found.right}/{found.total} = {found.accuracy:.3f} literal against not")
    for reading, sentence in found.errors[: int(sys.argv[2]) if len(sys.argv) > 2 else 0]:
        print(reading, sentence)
