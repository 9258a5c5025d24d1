"""Contested words: the parties' own wordings of two terms in the Korea example, against truth.yaml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dragoman.read.findings import Reading
from dragoman.read.sources import RawArticle

TERMS = {
    "denuclearisation": "denuclearisation",
    "CVID": "denuclearisation",
    "corresponding measures": "corresponding measures",
}
GOVERNMENT = {"leader", "executive"}


def worded(articles: Sequence[RawArticle], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """What was read: each wording of the two terms by a government, once a sentence and term."""
    found: dict[tuple[str, str, str | None, int], dict[str, Any]] = {}
    for article, reading in zip(articles, readings, strict=True):
        file = Path(article.place.split(":")[0]).name
        for item in reading.definitions:
            speaks = item.speaks_for
            if item.term not in TERMS or speaks is None or speaks.office not in GOVERNMENT:
                continue
            sentence = article.text.count(". ", 0, item.span[0])
            key = (file, TERMS[item.term], speaks.state, sentence)
            before = found.get(key)
            if before is None or len(item.wording) > len(before["wording"]):
                found[key] = {"file": file, "term": key[1], "by": speaks.state, "wording": item.wording}
    return list(found.values())


def agree(want: dict[str, Any], got: dict[str, Any], overlap: Callable[[str, str], float]) -> bool:
    """The same article, term and state, and wordings that share their words by .4 or more."""
    same = all(want[name] == got[name] for name in ("file", "term", "by"))
    return same and overlap(want["wording"], got["wording"]) >= 0.4
