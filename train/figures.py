"""How the training texts are made, beside the official texts, and how far two hands agree.

    python train/figures.py [--write]

Of sentences: words, subordinate clauses, reported speech, passives; of labels: how many,
and how many in doubt.  Agreement is F over the
items of texts that two hands labelled, those in doubt aside: two items are the same
if their words overlap and type (kind, mode) or parties agree.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from _labels import Labelled, articles, load
from _match import char_f1, overlaps
from dragoman.read.parse import parse_text

RESULTS = Path(__file__).parent.parent / "bench" / "results" / "training.json"
SUBORDINATE = ("advcl", "relcl", "ccomp", "acl", "csubj")
SAYING = ("say", "tell", "add", "claim", "report", "announce", "warn", "argue", "insist", "deny")


def measures(texts: Sequence[str]) -> dict[str, float]:
    """Figures of all sentences of some texts, those of fewer than three words aside."""
    sentences = [sentence for text in texts for _, sentence in parse_text(text).sentences() if len(sentence) > 2]
    tokens = sum(len(sentence) for sentence in sentences)
    below = sum(token.dep_ in SUBORDINATE for sentence in sentences for token in sentence)
    told = sum(any(token.lemma_.lower() in SAYING for token in sentence) for sentence in sentences)
    passive = sum(any(token.dep_ in {"nsubjpass", "auxpass"} for token in sentence) for sentence in sentences)
    long = sum(len(sentence) > 30 for sentence in sentences)
    count = max(len(sentences), 1)
    return {
        "sentences": float(len(sentences)), "words a sentence": tokens / count, "longer than 30 words": long / count,
        "subclauses a sentence": below / count, "with a verb of saying": told / count,
        "with a passive": passive / count,
    }  # fmt: skip


def labelled(texts: Sequence[Labelled]) -> dict[str, float]:
    """How many items are labelled, and how many of them in doubt."""
    kinds = ("contacts", "acts", "promises", "stances")
    items = [item for text in texts for kind in kinds for item in text.labels.get(kind, ())]
    counts: dict[str, float] = {kind: sum(len(text.labels.get(kind, ())) for text in texts) for kind in kinds}
    return counts | {"in doubt": sum(bool(item.get("doubt")) for item in items) / max(len(items), 1)}


def agreement(one: Labelled, two: Labelled) -> Iterator[tuple[str, int, int]]:
    """For each kind how many items both hands have, and how many they have together; both of the text that both saw."""
    upto = min(one.upto, two.upto)
    for kind in ("contacts", "acts", "promises", "stances"):
        first, second = ([item for item in text.labels.get(kind, ()) if _start(item) < upto] for text in (one, two))
        sure = [[item for item in items if not item.get("doubt")] for items in (first, second)]
        met = sum(any(_same(kind, item, other) for other in second) for item in sure[0])
        met += sum(any(_same(kind, item, other) for other in first) for item in sure[1])
        yield kind, met, len(sure[0]) + len(sure[1])


def _start(item: dict[str, Any]) -> int:
    spans = item.get("evidence") or [item.get("clause") or item["what"]]
    return int(spans[0][0])


def _same(kind: str, one: dict[str, Any], two: dict[str, Any]) -> bool:
    if kind == "contacts":
        parties = [{who.get("party") for who in item["who"]} for item in (one, two)]
        return len(parties[0] & parties[1]) > 1 and overlaps(one["evidence"], two["evidence"])
    if kind == "acts":
        return one["type"] == two["type"] and overlaps(one["evidence"], two["evidence"])
    field = "clause" if kind == "promises" else "what"
    return one["by"] == two["by"] and char_f1(one[field], two[field]) >= 0.5


def tables(texts: Sequence[Labelled]) -> dict[str, Any]:
    """Every table: how the texts are made, what is labelled, and agreement."""
    official, own = ([text for text in texts if text.is_official is wanted] for wanted in (True, False))
    written = [article["text"] for article in articles().values()]
    by_id: dict[str, list[Labelled]] = defaultdict(list)
    for text in texts:
        by_id[text.id].append(text)
    both = [pair for pair in by_id.values() if len(pair) > 1]
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one, two, *_ in both:
        for kind, met, count in agreement(one, two):
            sums[kind][0] += met
            sums[kind][1] += count
    return {
        "texts": {
            "official texts": {"texts": len({text.id for text in official})}
            | measures([text.text[: text.upto] for text in official]),
            "articles written here": {"texts": len(written)} | measures(written),
        },
        "labels": {"official texts": labelled(official), "articles written here": labelled(own)},
        "agreement": {
            "texts": len(both), "of": len(by_id),
            "F": {kind: [round(met / max(count, 1), 2), met, count] for kind, (met, count) in sums.items()},
        },
    }  # fmt: skip


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="also store the figures in bench/results/training.json")
    arguments = parser.parse_args()
    found = tables(load())
    for part in ("texts", "labels"):
        for name, figures in found[part].items():
            print(f"{name}: " + "  ".join(f"{key} {value:.2f}" for key, value in figures.items()))
    print(f"labelled by two hands: {found['agreement']['texts']} of {found['agreement']['of']}")
    for kind, (value, met, count) in found["agreement"]["F"].items():
        print(f"  {kind}: F {value:.2f} ({met} of {count})")
    if arguments.write:
        RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
