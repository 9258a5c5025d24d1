"""How fast a record of 100,000 events answers: fills one with generated articles and times every query of a page.

Usage: OMP_NUM_THREADS=1 python bench/record.py [EVENTS] [--keep FILE]

Each query's time is the median of five runs on an open record, and the first run
apart.  Generated articles: a page of words, five events each between 24 states over
four years, a meeting, three quotes and a promise; every tenth is a copy of another.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from dragoman.formats import FORMATS, export
from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record
from dragoman.testing import make_article, make_commitment, make_event, make_meeting, make_quote, make_reading

STATES = (
    "USA", "PRK", "KOR", "CHN", "RUS", "JPN", "GBR", "FRA", "DEU", "IND", "PAK", "IRN", "IRQ", "SYR", "TUR", "ISR",
    "EGY", "SAU",
    "VNM", "SGP", "AUS", "CAN", "BRA", "ZAF",
)  # fmt: skip
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION",
)  # fmt: skip
WORDS = (
    "talks", "envoy", "summit", "sanctions", "border", "treaty", "missile", "railway", "pipeline", "freeze",
    "relief", "visit",
    "letter", "minister", "president", "inspection", "reactor", "delegation", "statement", "protest", "alliance",
    "exercise",
    "tariff", "aid", "famine", "harbour", "village", "market",
)  # fmt: skip
EVENTS_EACH = 5
LIMIT_MS = 300.0


def generate(number: int, rng: np.random.Generator) -> tuple[NewArticle, Reading]:
    """One article and its reading."""
    sentences = [" ".join(rng.choice(WORDS, 12)).capitalize() + f" {rng.integers(10**6)}." for _ in range(12)]
    text = " ".join(sentences)
    ends = np.cumsum([len(one) + 1 for one in sentences])
    spans = [(int(end - len(one) - 1), int(end - 1)) for one, end in zip(sentences, ends, strict=True)]
    day = date(2016, 1, 1) + timedelta(days=int(rng.integers(1461)))
    pairs = [rng.choice(STATES, 2, replace=False, p=POPULAR) for _ in range(EVENTS_EACH + 1)]
    told = [(day - timedelta(days=int(rng.integers(5)))).isoformat() for _ in pairs]
    events = tuple(
        make_event(a, str(rng.choice(TYPES)), b, span=spans[i], day=told[i], place=str(rng.choice(STATES)))
        for i, (a, b) in enumerate(pairs[:EVENTS_EACH])
    )
    a, b = pairs[-1]
    people = ((f"{a}-{rng.integers(8)}", str(a)), (f"{b}-{rng.integers(8)}", str(b)))
    reading = make_reading(
        events=events,
        meetings=(make_meeting(people, span=spans[6], day=told[-1]),),
        quotes=tuple(
            make_quote(spans[7 + i], speaker=f"Speaker {a}", entity=people[0][0], state=str(a)) for i in range(3)
        ),
        commitments=(make_commitment(sentences[11], spans[11], by=(str(a),), to=(str(b),)),),
    )
    article = make_article(
        text, published=day.isoformat(), outlet=f"Outlet {rng.integers(40)}", title=f"Title {number}"
    )
    return article, reading


POPULAR = np.arange(len(STATES), 0, -1) / np.arange(len(STATES), 0, -1).sum()


def fill(path: Path, events: int) -> None:
    """A record of generated articles."""
    rng = np.random.default_rng(2018)
    made: list[tuple[NewArticle, Reading]] = []
    start = time.perf_counter()
    with Record.open(path, create=True) as record:
        for number in range(events // EVENTS_EACH):
            if number % 10 == 9:
                article, reading = made[int(rng.integers(len(made)))]
                article = make_article(
                    article.text, published=str(article.published), outlet=f"Copy {number}", title=f"C{number}"
                )
            else:
                article, reading = generate(number, rng)
                made.append((article, reading))
            record.add(article, reading)
        added = time.perf_counter()
        blocks = record.settle()
        settled = time.perf_counter()
    size = path.stat().st_size / 1e6
    print(f"{events // EVENTS_EACH} articles, {events} events as read, {size:.0f} MB")
    print(f"adding  {1000 * (added - start) / (events // EVENTS_EACH):8.2f} ms an article")
    print(f"joining {settled - added:8.2f} s for {blocks} blocks")


def queries(record: Record) -> dict[str, Callable[[], object]]:
    """What the pages ask."""
    event = record.events(limit=1, offset=5000)[0].id
    article = record.articles(limit=1, offset=100)[0].key
    person = record.contacts(limit=1)[0]
    return {
        "counts": record.counts,
        "articles, first 100": lambda: record.articles(limit=100),
        "article, with its findings": lambda: record.article(article),
        "events, first 100": lambda: record.events(limit=100),
        "events, page 900": lambda: record.events(limit=100, offset=min(90_000, record.count_events() - 100)),
        "events of a pair, 100": lambda: record.events(source="USA", target="PRK", limit=100),
        "count of events of a pair": lambda: record.count_events(country=("USA", "PRK")),
        "events with conflicts, 100": lambda: record.events(conflicts=True, limit=100),
        "event, with its reports": lambda: record.event(event),
        "meetings, first 100": lambda: record.meetings(limit=100),
        "timeline by month": record.timeline,
        "timeline by week of a state": lambda: record.timeline("week", country="PRK"),
        "ties by month": record.ties,
        "ties by month of a state": lambda: record.ties(country="PRK"),
        "contacts, states": lambda: record.contacts("state"),
        "contacts, persons, 200": lambda: record.contacts("person", limit=200),
        "never met": lambda: record.never_met(person.a.entity, person.b.entity),
        "coverage": lambda: record.coverage("USA", "PRK"),
        "quotes, first 100": lambda: record.quotes(limit=100),
        "quotes of a state, searched": lambda: record.quotes(state="USA", text="reactor", limit=100),
        "count of quotes": record.count_quotes,
        "commitments, first 100": lambda: record.commitments(limit=100),
        "search": lambda: record.search("sanctions relief", limit=50),
        "search, a common word": lambda: record.search("border", limit=50),
        "changes since a week": lambda: record.changes_since("2019-12-24", limit=20),
        "findings to review, 50": lambda: record.findings(review="open", limit=50),
        "entities, 100": lambda: record.identity.entities(limit=100),
        "suggested merges": record.identity.suggestions,
    }


def clock(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the first run, and the median of five more."""
    times = []
    for _ in range(6):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return times[0], median(times[1:])


def show(title: str, path: Path, as_of: str | None = None) -> list[str]:
    """A table of all queries; the names of those over the limit."""
    start = time.perf_counter()
    with Record.open(path, as_of=as_of) as record:
        record.counts()
        print(
            f"\n{title}: opened in {1000 * (time.perf_counter() - start):.0f} ms\n{'query':32} {'first':>9} "
            f"{'median':>9}  ms"
        )
        slow = []
        for name, run in queries(record).items():
            first, usual = clock(run)
            flag = "  over" if first > LIMIT_MS else ""
            slow += [name] if flag else []
            print(f"{name:32} {first:9.1f} {usual:9.1f}{flag}")
    return slow


def exports(path: Path) -> None:
    """The time of every export of the whole record."""
    print(f"\n{'export':32} {'s':>9} {'MB':>9}")
    with Record.open(path) as record:
        for form in FORMATS.values():
            kind = "events" if "events" in form.kinds else form.kinds[0]
            start = time.perf_counter()
            content = export(record, kind, form.name)
            print(f"{kind + ' as ' + form.name:32} {time.perf_counter() - start:9.2f} {len(content) / 1e6:9.2f}")


def main() -> int:
    """Fill, time, print; 1 where a query takes longer than a page may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int, nargs="?", default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the record in this file, or use the one that is there")
    parser.add_argument("--exports", action="store_true", help="time the exports, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "record.db"
        if not path.exists():
            fill(path, given.events)
        slow = show("all", path) + show("as of 2018-01-01", path, "2018-01-01")
        if given.exports:
            exports(path)
    print(f"\nover {LIMIT_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
