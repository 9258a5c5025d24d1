"""Fates of promises across articles: what the record makes of the Korea example, against truth.yaml."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dragoman.read.findings import Reading
from dragoman.read.sources import RawArticle
from dragoman.record import Record


def decided(articles: Sequence[RawArticle], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Each report of a promise whose fate later articles tell: its file and clause, the fate, who tells it."""
    found = []
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "fates.db", create=True) as record:
        files = {}
        for article, reading in zip(articles, readings, strict=True):
            added = record.add(article, reading)
            files[added.key] = Path(article.place.split(":")[0]).name
        for row in record.commitments():
            if row.fate_since is None:
                continue
            full = record.event(row.id)
            told = [files[one.article] for one in full.fates]
            found += [
                {"promise": files[one.article], "clause": one.anchor.exact, "fate": row.fate, "told": told}
                for one in full.mentions
            ]
    return found


def compare(
    wanted: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]], overlap: Callable[[str, str], float]
) -> tuple[int, int]:
    """How many decided promises are right, and of these how many by the article that truth.yaml names."""
    right = evidence = 0
    for item in found:
        match = next((one for one in wanted if _same(one, item, overlap)), None)
        right += match is not None
        evidence += match is not None and match["file"] in item["told"]
    return right, evidence


def _same(want: dict[str, Any], got: dict[str, Any], overlap: Callable[[str, str], float]) -> bool:
    alike = overlap(want["clause"], got["clause"]) >= 0.5
    return bool(want["promise"] == got["promise"] and want["fate"] == got["fate"] and alike)
