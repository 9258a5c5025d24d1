"""Check the labelled texts: form, spans, parties, digests, and that nobody labelled what he wrote.

    python train/lint.py

Prints each fault with its place and ends with status 1 if there is any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, get_args

from _labels import Labelled, load
from dragoman.read.findings import EventType, StanceKind, Status
from dragoman.read.world import world

TYPES, STATUS, STANCES = get_args(EventType), get_args(Status), get_args(StanceKind)
MODES = ("in person", "call", "video", "letter", "unknown")
STATES = ("made", "kept", "broken", "disputed")
SPANS = {"contacts": "evidence", "acts": "evidence", "promises": "clause", "stances": "what"}


def faults(text: Labelled) -> Iterator[str]:
    """What is wrong with the labels of one text."""
    labels = text.labels
    if text.writer == text.hand:
        yield "labelled by its writer"
    known = set(labels.get("parties") or {}) | set(world().states)
    for kind, field in SPANS.items():
        for number, item in enumerate(labels.get(kind, ())):
            spans = item[field] if field == "evidence" else [item[field]]
            for fault in [*_spans(text, spans), *_parties(item, known), *_values(kind, item)]:
                yield f"{kind}[{number}]: {fault}"


def _spans(text: Labelled, spans: list[list[int]]) -> Iterator[str]:
    for start, end in spans:
        words = text.text[start:end]
        if not 0 <= start < end <= text.upto:
            yield f"span {start}-{end} does not stand in the {text.upto} characters that are labelled"
        elif words != words.strip():
            yield f"span {start}-{end} begins or ends with a space: {words!r}"


def _parties(item: dict[str, Any], known: set[str]) -> Iterator[str]:
    by = item.get("by", [])
    codes = [*item.get("from", ()), *item.get("to", ()), *([by] if isinstance(by, str) else by)]
    codes += [who["party"] for who in item.get("who", ()) if who.get("party")]
    for code in codes:
        if code not in known:
            yield f"party {code!r} is neither a state nor among the parties of the text"
    if "who" in item and len({who.get("party") for who in item["who"]} - {None}) < 2:
        yield "fewer than two parties"


def _values(kind: str, item: dict[str, Any]) -> Iterator[str]:
    closed = {
        "contacts": {"mode": MODES, "status": STATUS}, "acts": {"type": TYPES, "status": STATUS},
        "promises": {"state": STATES}, "stances": {"kind": STANCES},
    }[kind]  # fmt: skip
    for name, values in closed.items():
        if item.get(name) not in values:
            yield f"{name} is {item.get(name)!r}, expected one of {', '.join(values)}"


def main() -> None:
    """Print every fault."""
    found = 0
    texts = load()
    for text in texts:
        for fault in faults(text):
            found += 1
            print(f"{text.hand}/{text.id}: {fault}")
    print(f"{len(texts)} labelled texts, {found} faults")
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main()
