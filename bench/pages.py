"""How long pages take: a record of 100,000 events and the Korea example; the what-if; sizes of what is sent.

Every page is asked for in one process over the ASGI interface, first (nothing kept) and again; the what-if is the
fragment that the page's script asks for.  Writing the record is slow: ``pages.py EVENTS FOLDER`` keeps it.
Times are wall time on the machine at hand.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from dragoman.desk import Desk
from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record
from dragoman.show.app import load_parts, make_app, solve_all
from dragoman.show.charts import warm
from dragoman.show.pages import PAGES
from dragoman.testing import make_article, make_event, make_meeting, make_quote, make_reading

PORT = 8765
STATES = ("USA", "PRK", "KOR", "CHN", "RUS", "JPN", "GBR", "FRA", "DEU", "IRN")
TYPES = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "REQUEST")
EVENTS_AN_ARTICLE = 10


def invented(events: int) -> Iterator[tuple[NewArticle, Reading]]:
    """Articles of ten events each over ten years, a meeting and a quote in every fourth."""
    rng = np.random.default_rng(7)
    for number in range(events // EVENTS_AN_ARTICLE):
        day = date(2010, 1, 1) + timedelta(days=int(rng.integers(3650)))
        sentences = [f"Sentence {number} of event {i} says that it happened. " for i in range(EVENTS_AN_ARTICLE)]
        text, starts = "".join(sentences), np.cumsum([0, *map(len, sentences)])
        found = []
        for i in range(EVENTS_AN_ARTICLE):
            a, b = rng.choice(len(STATES), 2, replace=False)
            kind = TYPES[int(rng.integers(len(TYPES)))]
            span = (int(starts[i]), int(starts[i + 1]) - 1)
            found.append(
                make_event(
                    STATES[a], kind, STATES[b], span=span, day=(day - timedelta(days=int(rng.integers(5)))).isoformat()
                )
            )
        rest: dict[str, Any] = {}
        if number % 4 == 0:
            pair = (
                (f"person {rng.integers(40)}", STATES[int(rng.integers(10))]),
                (f"person {40 + rng.integers(40)}", STATES[int(rng.integers(10))]),
            )
            rest = {
                "meetings": (make_meeting(pair, span=(0, 20), day=day.isoformat()),),
                "quotes": (make_quote((0, 20), speaker=f"Person {number % 50}"),),
            }
        article = make_article(
            text, published=day.isoformat(), outlet=f"Outlet {number % 30}", title=f"Article {number}"
        )
        yield article, make_reading(events=tuple(found), **rest)


def large_record(path: Path, events: int) -> float:
    """Write the record; the seconds it took."""
    start = time.perf_counter()
    with Record.open(path, create=True) as record:
        for article, reading in invented(events):
            record.add(article, reading)
        record.settle()
    return time.perf_counter() - start


def asked(app: Any, path: str) -> tuple[float, int]:
    """Milliseconds and bytes of one answer."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url=f"http://127.0.0.1:{PORT}"
        ) as client:
            return await client.get(path, timeout=600)

    start = time.perf_counter()
    answer = asyncio.run(ask())
    took = 1000 * (time.perf_counter() - start)
    answer.raise_for_status()
    return took, len(answer.content)


def table(title: str, desk: Desk, names: list[str]) -> None:
    """Print a row a page."""
    app = make_app(desk, port=PORT, token="bench")  # noqa: S106
    print(f"\n{title}\n{'page':12} {'first, ms':>10} {'again, ms':>10} {'kB':>8}")
    for name in names:
        path = "/" if name == "overview" else f"/{name}"
        first, size = asked(app, path)
        again = min(asked(app, path)[0] for _ in range(3))
        print(f"{name:12} {first:10.0f} {again:10.0f} {size / 1000:8.0f}")


@contextmanager
def kept_or_temporary(folder: Path | None) -> Iterator[Path]:
    """The folder in which the record stays for the next run, or one that goes."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main(events: int, folder: Path | None) -> None:
    """Both records, then the what-if; a record of that size that ``folder`` holds already is not written again."""
    warm()
    load_parts()
    every = [page.name for page in PAGES]
    alone = [name for name in every if name not in {"forecast", "graph", "steps", "stakes"}]
    with kept_or_temporary(folder) as place:
        path = place / f"events-{events}.db"
        took = 0.0
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            took = large_record(part, events)
            part.rename(path)
        with Desk.open(record=path) as desk:
            counts = desk.record.counts() if desk.record else None
            print(f"{counts and counts.events} joined events of {events} reports, written in {took:.0f} s")
            table(f"A record of {events} events", desk, alone)
    case = Path(__file__).parent.parent / "examples" / "korea" / "case.yaml"
    with Desk.open(case=case, draws=200) as desk:
        start = time.perf_counter()
        solve_all(desk)
        print(f"\nThe Korea case, {desk.draws} draws: all methods solved in {time.perf_counter() - start:.1f} s")
        table("The Korea case", desk, ["forecast", "graph", "steps", "stakes"])
        app = make_app(desk, port=PORT, token="bench")  # noqa: S106
        for path_ in (
            "/fragment/forecast?set.issues.scope.positions.DPRK.position=60",
            "/fragment/steps?set.guarantees.DPRK=20",
        ):
            times = sorted(asked(app, f"{path_}.{i + 1}")[0] for i in range(5))
            print(f"what-if {path_.split('?')[0]:20} median {times[2]:.0f} ms, worst {times[-1]:.0f} ms")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
