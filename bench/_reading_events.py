"""Events against gold pairs: class for a known pair, and events read whole from raw sentences.

``gold/events/plover-train.jsonl`` marks source and target and gives one of fifteen
types.  Read whole, a sentence scores by the set of its types; *tuple* and *dyad*
score the triples (type, source country, target country) and the pairs of countries,
over sentences whose marked sides both name a country of the world's data.  A
reciprocal event counts in one direction, the one that the gold has if it has one,
since the gold marks one.  Each ablation takes one part away.  The sentences of
``tests/read/events/own_sentences_*.tsv`` are the project's own; those that their
author did not study are a row of their own.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.read.events import EventClass, Lexicon, classify_events, find_events, lexicon
from dragoman.read.events.ontology import TYPES, quad, type15
from dragoman.read.findings import Event
from dragoman.read.identity import find_entities
from dragoman.read.parse import parse_text
from dragoman.read.world import world

OWN = Path(__file__).parent.parent / "tests" / "read" / "events"
Span = tuple[int, int]
Triple = tuple[str, str, str]
TARGETS = {"type accuracy": 0.80, "quad accuracy": 0.90, "type F": 0.75, "tuple* F": 0.55, "dyad* F": 0.80}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: what was measured on how many, and the target where there is one."""

    task: str
    measure: str
    value: float
    count: int
    target: float | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """A gold row: sentence, spans of the sides (empty where the sentence names none), type and quad."""

    sentence: str
    source: Span
    target: Span
    type: str
    quad: int
    countries: tuple[str, str] | None


def load(gold: Path) -> list[Item]:
    """The rows of the gold file."""
    lines = (gold / "events" / "plover-train.jsonl").read_text(encoding="utf-8").splitlines()
    return [item_of(json.loads(line)) for line in lines]


def item_of(row: dict[str, Any]) -> Item:
    """A gold row with its spans found in the marked sentence."""
    source, target = (span_of(row["marked"], name) for name in "st")
    words = (row["sentence"][slice(*source)], row["sentence"][slice(*target)])
    found = tuple(country_in(text) for text in words)
    known = (found[0], found[1]) if found[0] and found[1] else None
    return Item(
        sentence=row["sentence"], source=source, target=target, type=row["type"], quad=row["quad"], countries=known
    )


def span_of(marked: str, name: str) -> Span:
    """The span of the first ``<name>...</name>``, in the sentence without marks; empty where there is none."""
    start = marked.find(f"<{name}>")
    if start < 0:
        return 0, 0
    inside = marked[start + 3 : marked.index(f"</{name}>", start)]
    return len(unmarked(marked[:start])), len(unmarked(marked[:start])) + len(unmarked(inside))


def unmarked(text: str) -> str:
    """``text`` without the marks of source and target."""
    for mark in ("<s>", "</s>", "<t>", "</t>"):
        text = text.replace(mark, "")
    return text


def country_in(text: str) -> str | None:
    """The first country that a side names, by the world's data."""
    return next((match.names[0].country for match in world().match(text) if match.names[0].country), None)


def score_pairs(items: Sequence[Item], words: Lexicon | None = None) -> tuple[list[EventClass | None], list[Row]]:
    """Accuracy of type and quad over all rows."""
    found = list(classify_events(((item.sentence, item.source, item.target) for item in items), words=words))
    types = sum(one is not None and one.type15 == item.type for one, item in zip(found, items, strict=True))
    quads = sum(one is not None and one.quad == item.quad for one, item in zip(found, items, strict=True))
    rows = [
        Row(task="known pair", measure="type accuracy", value=types / len(items), count=len(items), target=0.80),
        Row(task="known pair", measure="quad accuracy", value=quads / len(items), count=len(items), target=0.90),
    ]
    return found, rows


def score_own() -> list[Row]:
    """Accuracy of type and quad on our own sentences: all of them, and those measured only."""
    rows = own_rows()
    apart = [row for row in rows if row[2] == "unseen"]
    groups = (("own sentences", rows), ("own sentences, unseen", apart))
    return [row for name, group in groups if group for row in score_group(name, group)]


def own_rows() -> list[tuple[str, str, str]]:
    """Marked sentence, type and use of every row of our own tables."""
    lines = [line for path in sorted(OWN.glob("own_sentences_*.tsv")) for line in path.read_text("utf-8").splitlines()]
    cells = [[*line.split("\t"), ""] for line in lines if line and not line.startswith("#")]
    return [(cell[0], cell[1], cell[2]) for cell in cells]


def score_group(name: str, rows: Sequence[tuple[str, str, str]]) -> list[Row]:
    """Accuracy of type and quad of marked sentences."""
    quads = {type15(kind): quad(kind) for kind in TYPES}
    found = list(classify_events((unmarked(text), span_of(text, "s"), span_of(text, "t")) for text, _, _ in rows))
    types = sum(one is not None and one.type15 == row[1] for one, row in zip(found, rows, strict=True))
    right = sum(one is not None and one.quad == quads[row[1]] for one, row in zip(found, rows, strict=True))
    return [
        Row(task=name, measure="type accuracy", value=types / len(rows), count=len(rows)),
        Row(task=name, measure="quad accuracy", value=right / len(rows), count=len(rows)),
    ]


def score_whole(items: Sequence[Item], words: Lexicon | None = None) -> list[Row]:
    """Types, triples and pairs of countries of events read from raw sentences."""
    types, triples, dyads = Counter[str](), Counter[str](), Counter[str]()
    for sentence, group in by_sentence(items).items():
        events = read_whole(sentence, words)
        add(types, {event.type15 for event in events}, {item.type for item in group})
        gold = {(item.type, *item.countries) for item in group if item.countries}
        if gold:
            found = {triple for event in events for triple in triples_of(event, gold)}
            add(triples, found, gold)
            add(dyads, {triple[1:] for triple in found}, {triple[1:] for triple in gold})
    named = (("type", types), ("tuple*", triples), ("dyad*", dyads))
    return [row for name, counts in named for row in prf(name, counts)]


def by_sentence(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The rows of each sentence."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.sentence, []).append(item)
    return groups


def read_whole(sentence: str, words: Lexicon | None = None) -> list[Event]:
    """The events of one raw sentence."""
    parsed = parse_text(sentence)
    return find_events(parsed, find_entities(parsed), words=words)


def triples_of(event: Event, gold: set[Triple]) -> set[Triple]:
    """Type and countries of an event; a reciprocal one in one direction."""
    sources = sorted({actor.country for actor in event.source if actor.country})
    targets = sorted({actor.country for actor in event.target if actor.country})
    if sources == targets and len(sources) > 1:
        wanted = {triple[1:] for triple in gold}
        pairs = [(a, b) if (a, b) in wanted else (b, a) for a, b in combinations(sources, 2)]
    else:
        pairs = list(product(sources, targets))
    return {(event.type15, a, b) for a, b in pairs}


def add(counts: Counter[str], found: set[Any], gold: set[Any]) -> None:
    """Add one sentence's hits, predictions and gold items."""
    counts.update({"hit": len(found & gold), "found": len(found), "gold": len(gold)})


def prf(name: str, counts: Counter[str]) -> list[Row]:
    """Precision, recall and F as rows."""
    hit, found, gold = counts["hit"], max(counts["found"], 1), max(counts["gold"], 1)
    values = {"P": hit / found, "R": hit / gold, "F": 2 * hit / (found + gold)}
    return [
        Row(
            task="whole sentence",
            measure=f"{name} {letter}",
            value=value,
            count=gold,
            target=TARGETS.get(f"{name} {letter}"),
        )
        for letter, value in values.items()
    ]


def plain_operators(words: Lexicon) -> Lexicon:
    """Operators that leave the event under them as it is: "refused to meet" is a meeting."""
    tables = {name: MappingProxyType(dict.fromkeys([*table, "*"], "=")) for name, table in words.operators.items()}
    return replace(words, operators=MappingProxyType(tables))


def no_conditions(words: Lexicon) -> Lexicon:
    """Each verb with its first line only, whatever stands around it."""
    verbs = {lemma: (replace(group[0], needs=(), weight=0.0, bare=False),) for lemma, group in words.verbs.items()}
    return replace(words, verbs=MappingProxyType(verbs))


def no_nouns(words: Lexicon) -> Lexicon:
    """Without event nouns, alone or under an operator."""
    return replace(words, nouns=MappingProxyType({}))


ABLATIONS: dict[str, Callable[[Lexicon], Lexicon]] = {
    "operators change nothing": plain_operators,
    "no conditions on verbs": no_conditions,
    "no nouns": no_nouns,
}


def speeds(items: Sequence[Item]) -> list[Row]:
    """Sentences a second of processor time, parsing included: what one core does that has nothing else to do."""
    score_pairs(items[:256])
    start = time.process_time()
    score_pairs(items)
    pairs = len(items) / (time.process_time() - start)
    text = "\n".join(item.sentence.replace("\n", " ") for item in items)
    start = time.process_time()
    parsed = parse_text(text)
    find_events(parsed, find_entities(parsed))
    whole = len(items) / (time.process_time() - start)
    return [
        Row(task="known pair", measure="sentences/s", value=pairs, count=len(items), target=300),
        Row(task="whole sentence", measure="sentences/s", value=whole, count=len(items), target=150),
    ]


def measure(gold: Path) -> list[Row]:
    """Every figure, ablations after the whole."""
    items = load(gold)
    rows = [*score_pairs(items)[1], *score_own(), *score_whole(items), *speeds(items)]
    for name, change in ABLATIONS.items():
        words = change(lexicon())
        less = [*score_pairs(items, words)[1], *score_whole(items, words)]
        rows += [
            replace(row, task=f"{row.task}, {name}", target=None)
            for row in less
            if row.measure[-2:] not in {" P", " R"}
        ]
    return rows


def errors(gold: Path, most: int = 20) -> dict[str, list[str]]:
    """The worst errors of each kind of confusion for a known pair: wrong with the most confidence first."""
    items = load(gold)
    wrong = [
        (one.confidence if one else 0.0, f"{item.type} read as {one.type15 if one else 'nothing'}", item.sentence)
        for one, item in zip(score_pairs(items)[0], items, strict=True)
        if one is None or one.type15 != item.type
    ]
    kinds: dict[str, list[str]] = {}
    for _, kind, sentence in sorted(wrong, key=lambda entry: -entry[0]):
        kinds.setdefault(kind, []).append(sentence)
    return {kind: sentences[:most] for kind, sentences in kinds.items()}


def main(gold: Path) -> None:
    """Print the table."""
    for row in measure(gold):
        target = f"  target {row.target:g}" if row.target is not None else ""
        print(f"{row.task:45} {row.measure:15} {row.value:8.3f}  n={row.count}{target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
