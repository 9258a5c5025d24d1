"""Put the figures of ``bench/results`` into the pages that show them.

    python bench/_docs.py

A page has a table between ``<!-- figures: NAME -->`` and ``<!-- end -->``; a test fails where one is out of date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
PAGES = (ROOT / "docs" / "reading-quality.md", ROOT / "docs" / "model-card.md")
_BLOCK = re.compile(r"<!-- figures: (.+?) -->\n.*?<!-- end -->", re.DOTALL)
_WHOLE = ("prose", "readouts", "faults")
_SINGLE = ("quotes", "dates", "PLOVER", "clean-up")
_KINDS = {"events": "events", "contacts": "contacts", "commitments": "promises", "stances": "stances"}


def _results(name: str) -> Any:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def _table(head: str, lines: Iterable[Iterable[Any]]) -> str:
    columns = head.split("|")
    rows = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*rows, *("| " + " | ".join(map(str, line)) + " |" for line in lines)])


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _reading(parts: Callable[[str], bool]) -> str:
    document = _results("reading")
    lines = [
        (row["part"], row["measure"], _short(row["value"]),
         f"{_short(row['low'])} to {_short(row['high'])}" if row["low"] is not None else "", row["counts"])
        for row in document["rows"] if parts(row["part"])
    ]  # fmt: skip
    return _table("part|measure|figure|95 %|counts", lines)


def _gate() -> str:
    document = _results("gate")
    lines = []
    for kind, figures in document["kinds"].items():
        for name, one in figures.items():
            if name != "taken":
                chosen = f"**{name}**" if name == figures["taken"] else name
                keys = (
                    "candidates",
                    "right",
                    "average precision",
                    "ece",
                    "counted from",
                    "precision",
                    "share of right kept",
                )
                lines.append((_KINDS[kind], chosen, *(one[key] if one[key] is not None else "–" for key in keys)))
    head = "kind|model|proposals|right|average precision|ECE|counted from|precision|of the right ones kept"
    return f"Fitted on {document['texts']} labelled texts, {document.get('date')}.\n\n" + _table(head, lines)


def _levels() -> str:
    lines = []
    for kind, figures in _results("gate")["kinds"].items():
        if figures["taken"] == "rules":
            lines.append((_KINDS[kind], "as the rules find", figures["rules"]["precision"], "no model was better"))
            continue
        one = figures[figures["taken"]]
        lines.append((_KINDS[kind], one["counted from"], one["precision"], one["how"]))
    return _table("kind|counted from|precision there, kept out|how it was found", lines)


def _texts() -> str:
    found = _results("training")
    names = list(found["texts"])
    keys = list(found["texts"][names[0]])
    lines = [(key, *(f"{found['texts'][name][key]:.4g}" for name in names)) for key in keys]
    lines += [
        (f"labelled: {key}", *(f"{found['labels'][name][key]:.4g}" for name in names))
        for key in found["labels"][names[0]]
    ]
    return _table("|" + "|".join(names), lines)


def _agreement() -> str:
    found = _results("training")["agreement"]
    lines = [(kind, _short(value), f"{met} of {count}") for kind, (value, met, count) in found["F"].items()]
    said = (
        f"{found['texts']} of {found['of']} texts were labelled by two hands, neither of whom saw the other's labels."
    )
    return said + "\n\n" + _table("kind|F|items", lines)


def _when() -> str:
    document = _results("reading")
    return f"Measured on {document['date']} at commit {document['commit']}, gate {document['gate']}."


BLOCKS: Mapping[str, Callable[[], str]] = {
    "when": _when,
    "whole articles": lambda: _reading(lambda part: part in _WHOLE),
    "genres": lambda: _reading(lambda part: part not in (*_WHOLE, *_SINGLE, "gate")),
    "reliability": lambda: _reading(lambda part: part == "gate"),
    "single sentences": lambda: _reading(lambda part: part in _SINGLE),
    "gate": _gate,
    "levels": _levels,
    "training texts": _texts,
    "agreement": _agreement,
}


def rendered(page: str) -> str:
    """A page with its figures as the results have them."""

    def block(found: re.Match[str]) -> str:
        return f"<!-- figures: {found[1]} -->\n{BLOCKS[found[1]]()}\n<!-- end -->"

    return _BLOCK.sub(block, page)


def main() -> None:
    """Write the pages."""
    for path in PAGES:
        path.write_text(rendered(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
