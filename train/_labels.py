"""The labelled texts: articles written here, and official texts of which only the labels are kept here.

``articles/HAND/ID.json`` are articles with their text; ``labels/WRITER-by-HAND/ID.json`` are the labels that another
hand gave them, with the digest of the text; ``official/HAND/ID.json`` are labels of official texts, which
``official.jsonl`` of the folder that ``DRAGOMAN_TRAIN`` names holds.  A text that several hands labelled gives
several entries.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OFFICIAL = "official.jsonl"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A text with one hand's labels: ``writer`` is who wrote it, ``hand`` who labelled it, ``upto`` how far."""

    id: str
    text: str
    published: str | None
    genre: str
    group: str
    writer: str
    hand: str
    upto: int
    labels: dict[str, Any]

    @property
    def is_official(self) -> bool:
        """Whether it is an official text."""
        return self.writer == "official"


def load(root: Path = HERE, official: Path | None = None) -> list[Labelled]:
    """Every labelled text, those written here first; official ones where their texts are at hand."""
    found = list(_own(root))
    folder = official or (Path(os.environ["DRAGOMAN_TRAIN"]) if "DRAGOMAN_TRAIN" in os.environ else None)
    return found + (list(_official(root, folder)) if folder is not None else [])


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def articles(root: Path = HERE) -> dict[str, dict[str, Any]]:
    """The articles written here, by id, with their ``writer``."""
    paths = sorted((root / "articles").glob("*/*.json"))
    return {path.stem: _read(path) | {"writer": path.parent.name} for path in paths}


def _own(root: Path) -> Iterator[Labelled]:
    written = articles(root)
    for path in sorted((root / "labels").glob("*/*.json")):
        article = written.get(path.stem)
        if article is None:
            raise SystemExit(f"{path}: labels of an article that is not among the articles")
        yield _labelled(_read(path), article, article["writer"], path)


def _official(root: Path, folder: Path) -> Iterator[Labelled]:
    lines = (folder / OFFICIAL).read_text(encoding="utf-8").splitlines()
    by_digest = {digest(row["text"]): row for row in map(json.loads, lines)}
    for path in sorted((root / "official").glob("*/*.json")):
        labels = _read(path)
        row = by_digest.get(labels["sha256"])
        if row is None:
            raise SystemExit(f"{path}: no text in {folder / OFFICIAL} has the digest {labels['sha256'][:12]}")
        yield _labelled(labels, row, "official", path)


def _labelled(labels: dict[str, Any], article: dict[str, Any], writer: str, path: Path) -> Labelled:
    text = article["text"]
    if labels.get("sha256", digest(text)) != digest(text):
        raise SystemExit(f"{path}: labelled in another text than the one that is here (digests differ)")
    return Labelled(
        id=path.stem,
        text=text,
        published=article.get("published"),
        genre=labels.get("genre") or article.get("genre") or "",
        group=labels.get("group") or article.get("group") or path.stem,
        writer=writer,
        hand=path.parent.name.split("-by-")[-1],
        upto=labels.get("upto") or len(text),
        labels=labels,
    )


def digest(text: str) -> str:
    """SHA-256 of a text, by which labels find it."""
    return hashlib.sha256(text.encode()).hexdigest()
