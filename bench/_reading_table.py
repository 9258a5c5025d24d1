"""One table of how well reading does: shares and F with 95 % intervals, by drawing articles anew.

Every part counts by article (or by sentence, page or readout, where that is what the
data has) and says which figures follow from added-up counts; intervals come from
500 draws of as many articles, with replacement, from a fixed seed.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import _reading_boilerplate
import _reading_dates
import _reading_events
import _reading_quotes
from dragoman.read.dates import find_dates
from dragoman.read.quotes import find_quotes
from dragoman.read.reader import read_articles
from dragoman.read.sources._article import RawArticle

ROUNDS = 500
Counts = Counter[str]
Share = tuple[float | None, str]
Figures = Callable[[Counts], Mapping[str, Share]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: part, measure, value with its interval, and the counts behind it in words."""

    part: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    counts: str

    def __str__(self) -> str:
        value = "–" if self.value is None else f"{self.value:.3f}"
        between = "" if self.low is None or self.high is None else f"[{self.low:.2f}, {self.high:.2f}]"
        return f"{self.part:14} {self.measure:46} {value:>6} {between:>13}  {self.counts}"


def rows(part: str, items: Sequence[Counts], figures: Figures, *, rounds: int = ROUNDS) -> list[Row]:
    """The figures of a part with their intervals."""
    draw = random.Random(1)  # noqa: S311 - resampling, no secret
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, (value, _) in figures(_added(draw.choices(items, k=len(items)))).items():
            if value is not None:
                drawn.setdefault(name, []).append(value)
    found = []
    for name, (value, counts) in figures(_added(items)).items():
        low, high = _middle(drawn.get(name, []))
        found.append(Row(part=part, measure=name, value=value, low=low, high=high, counts=counts))
    return found


def _middle(values: list[float]) -> tuple[float | None, float | None]:
    """The bounds of the middle 95 % of values, none where there are too few."""
    if len(values) < ROUNDS // 2:
        return None, None
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def _added(items: Iterable[Counts]) -> Counts:
    total = Counter[str]()
    for item in items:
        total.update(item)
    return total


def share(count: Counts, part: str, whole: str) -> Share:
    """A share and its counts in words."""
    return (count[part] / count[whole] if count[whole] else None), f"{count[part]} of {count[whole]}"


def f_measure(count: Counts, stem: str) -> Share:
    """F of the counts ``stem hit``, ``stem found`` and ``stem gold``."""
    hit, total = count[f"{stem} hit"], count[f"{stem} found"] + count[f"{stem} gold"]
    return (
        2 * hit / total if total else None
    ), f"{hit} of {count[f'{stem} found']} found, {count[f'{stem} gold']} wanted"


# What the scorers of another folder measure


def scorer(tools: Path, name: str) -> Any:
    """A scorer of the folder ``prose`` under ``tools``."""
    folder = str(tools / "prose")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return import_module(name)


def prose(gold: Path, tools: Path) -> list[Row]:
    """Contacts, acts, promises, stances and people of whole articles; the first four by genre, too."""
    score = scorer(tools, "prose_score")
    articles = [score.Article(item, reading) for item, reading in score.readings(score.load(gold / "prose"))]

    def figures(count: Counts) -> dict[str, Share]:
        found: dict[str, Share] = {}
        for name, one in score.figures(count).items():
            if "p" in one:
                precision = one["p"] if one["predicted"] else None
                found[f"{name}: precision"] = precision, f"{one['right']} of {one['predicted']}"
                found[f"{name}: recall"] = one["r"], f"{one['right']} of {one['gold']}"
            else:
                found[name] = one["share"], f"{one['right']} of {one['of']}"
        return found

    def short(count: Counts) -> dict[str, Share]:
        names = [
            f"{kind}: {end}"
            for kind in ("contacts", "acts, loose", "promises", "stances")
            for end in ("precision", "recall")
        ]
        every = figures(count)
        return {name: every[name] for name in names if name in every}

    made = rows("prose", [article.count for article in articles], figures)
    for genre in sorted({article.gold["genre"] for article in articles}):
        some = [article.count for article in articles if article.gold["genre"] == genre]
        made += rows(f"{genre} ({len(some)})", some, short)
    return made


def readouts(gold: Path, tools: Path) -> list[Row]:
    """The one contact that each official readout is about."""
    score = scorer(tools, "readouts_score")
    items = _lines(gold / "readouts" / "readouts.jsonl")
    readings = read_articles(_article(item["id"], item["body"], item["published"]) for item in items)
    counts = [score.judge(item, reading.to_dict())[0] for item, reading in zip(items, readings, strict=True)]

    def figures(count: Counts) -> dict[str, Share]:
        return {name: (one["share"], f"{one['right']} of {one['of']}") for name, one in score.figures(count).items()}

    return rows("readouts", counts, figures)


# What is measured here


def quotes(gold: Path) -> list[Row]:
    """Recall with the right speaker by kind, precision, and content and speaker right."""
    articles = _reading_quotes.articles_of(gold, "dev")
    counts = []
    for article, parsed in zip(articles, _reading_quotes.parsed_of(articles), strict=True):
        told = _reading_quotes.tally([(find_quotes(parsed), _reading_quotes.gold_of(article))])
        counts.append(
            Counter(
                {f"{name} {end}": n for name, pair in told.items() for end, n in zip(("hit", "of"), pair, strict=True)}
            )
        )
    names = [*(f"recall {kind}" for kind in _reading_quotes.KINDS), "precision", "right"]
    return rows("quotes", counts, lambda count: {name: share(count, f"{name} hit", f"{name} of") for name in names})


def dates(gold: Path) -> list[Row]:
    """Detection, and the values of days, months and years."""
    documents = _reading_dates.documents_of(gold)
    counts = []
    for document, parsed in zip(documents, _reading_dates.parsed_of(documents), strict=True):
        found = find_dates(parsed)
        right, count, _ = _reading_dates.values_of([document], [found])
        hits = len(_reading_dates.matches(document["timex3"], found))
        wanted = {"dates hit": hits, "dates found": len(found), "dates gold": len(document["timex3"])}
        counts.append(Counter(wanted | {"right": right, "of": count}))
    return rows(
        "dates", counts,
        lambda count: {"detection F": f_measure(count, "dates"), "values right": share(count, "right", "of")},
    )  # fmt: skip


def plover(gold: Path) -> list[Row]:
    """Events of single sentences: types and sides read whole, and the class of a known pair."""
    items = _reading_events.load(gold)
    known, _ = _reading_events.score_pairs(items)
    pairs = [
        Counter({"type": one is not None and one.type15 == item.type, "of": 1})
        + Counter({"quad": one is not None and one.quad == item.quad})
        for one, item in zip(known, items, strict=True)
    ]
    counts = [_of_sentence(sentence, group) for sentence, group in _reading_events.by_sentence(items).items()]
    names = {"type": "type F", "tuple": "type and both countries, F", "dyad": "both countries, F"}
    return [
        *rows("PLOVER", counts, lambda count: {words: f_measure(count, name) for name, words in names.items()}),
        *rows(
            "PLOVER",
            pairs,
            lambda count: {f"known pair: {name}": share(count, name, "of") for name in ("type", "quad")},
        ),
    ]


def _of_sentence(sentence: str, group: Sequence[_reading_events.Item]) -> Counts:
    events = _reading_events.read_whole(sentence)
    types, wanted = {event.type15 for event in events}, {item.type for item in group}
    count = Counter({"type hit": len(types & wanted), "type found": len(types), "type gold": len(wanted)})
    gold = {(item.type, *item.countries) for item in group if item.countries}
    if gold:
        found = {triple for event in events for triple in _reading_events.triples_of(event, gold)}
        count.update({"tuple hit": len(found & gold), "tuple found": len(found), "tuple gold": len(gold)})
        pairs, aims = {one[1:] for one in found}, {one[1:] for one in gold}
        count.update({"dyad hit": len(pairs & aims), "dyad found": len(pairs), "dyad gold": len(aims)})
    return count


def boilerplate(gold: Path) -> list[Row]:
    """Lines of pages kept and dropped rightly."""
    counts = _reading_boilerplate.by_page(gold)
    return rows(
        "clean-up", counts, lambda count: {"macro-F1": (_reading_boilerplate.macro(count), f"{count['lines']} lines")}
    )


def faults(gold: Path, train: Path | None) -> list[Row]:
    """How many texts some finder did not read, of all that are at hand."""
    texts = list(_texts(gold, train))
    readings = read_articles(_article(place, text, day) for place, text, day in texts)
    counts = [Counter({"faults": bool(reading.faults), "of": 1}) for reading in readings]
    return rows("faults", counts, lambda count: {"texts with a fault": share(count, "faults", "of")})


def _texts(gold: Path, train: Path | None) -> Iterator[tuple[str, str, str | None]]:
    files = [
        (gold / "quotes" / "dev.jsonl", "text", "date"), (gold / "dates" / "aquaint.jsonl", "text", "dct"),
        (gold / "quotes" / "train-200.jsonl", "text", "date"),
        (gold / "readouts" / "readouts.jsonl", "body", "published"),
    ]  # fmt: skip
    if train is not None:
        files.append((train / "official.jsonl", "text", "published"))
    for path, text, day in files:
        if path.exists():
            for number, item in enumerate(_lines(path)):
                yield f"{path.name}:{number}", item[text], item[day][:10] if item[day] else None


def _article(place: str, text: str, day: str | None) -> RawArticle:
    published = date.fromisoformat(day) if day else None
    return RawArticle(
        text=text, place=place, kind="text", published=published, published_from="given" if published else "none"
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
