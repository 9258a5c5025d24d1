"""How long pages take: records of 100,000 events and the Korea example; the what-if; sizes; the browser.

Every page is asked for in one process over the ASGI interface, first (nothing kept) and again; the what-if is the
fragment that the page's script asks for, each time with another number.  ``pages.py EVENTS FOLDER`` keeps the records
for the next run; ``--wide`` adds a record of many states and persons, ``--browser`` loads every page in Chromium.
Times are wall time on the machine at hand, and processor time beside it; OVER marks what misses its target (300 ms on
the server, 1 s in the browser, nothing moved, 1.5 MB).
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from dragoman.desk import Desk
from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record
from dragoman.show._solvers import solve_all, solving_beside
from dragoman.show.app import load_parts, make_app
from dragoman.show.charts import warm
from dragoman.show.pages import PAGES
from dragoman.testing import make_article, make_commitment, make_event, make_meeting, make_quote, make_reading

PORT = 8765
STATES = ("USA", "PRK", "KOR", "CHN", "RUS", "JPN", "GBR", "FRA", "DEU", "IRN")
TYPES = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "REQUEST")
EVENTS_AN_ARTICLE = 10
LONG_NAME = "of the Standing Committee for the Preparation of the Plenary Session " * 2
SOLVED = ("forecast", "graph", "steps", "stakes", "power", "compare", "case")
WHATIFS = (
    "/fragment/forecast?set.issues.scope.positions.DPRK.position=60.",
    "/fragment/forecast?set.issues.scope.positions.US.salience=0.5",
    "/fragment/forecast?issue=peace&set.parties.DPRK.capability=20.",
    "/fragment/steps?set.guarantees.DPRK=20.",
)
MOST_MS, MOST_LOAD_MS, MOST_BYTES = 300, 1000, 1_500_000
NOTE_SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
MEASURED = """() => {
  const at = performance.getEntriesByType("navigation")[0];
  return [at.loadEventEnd, window.moved, document.querySelectorAll("*").length, at.transferSize];
}"""


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


def wide(events: int) -> Iterator[tuple[NewArticle, Reading]]:
    """The same number of events between 150 states and 3,000 persons with long names, all of one outlet.

    Every twentieth article tells of one and the same day; meetings have places, and one reading
    in three holds a promise.
    """
    import pycountry

    states = sorted(country.alpha_3 for country in pycountry.countries)[:150]
    rng = np.random.default_rng(11)
    people = [f"Person {i} {LONG_NAME}" for i in range(3000)]
    for number in range(events // EVENTS_AN_ARTICLE):
        day = date(2018, 6, 12) if number % 20 == 0 else date(2014, 1, 1) + timedelta(days=int(rng.integers(2000)))
        sentences = [" ".join(map(str, rng.integers(10**6, size=14))) + ". " for _ in range(EVENTS_AN_ARTICLE)]
        text, starts = "".join(sentences), np.cumsum([0, *map(len, sentences)])
        spans = [(int(starts[i]), int(starts[i + 1]) - 1) for i in range(EVENTS_AN_ARTICLE)]
        pairs = [rng.choice(states, 2, replace=False) for _ in spans]
        found = tuple(
            make_event(a, TYPES[int(rng.integers(len(TYPES)))], b, span=span, day=day.isoformat())
            for (a, b), span in zip(pairs, spans, strict=True)
        )
        a, b = pairs[0]
        met = (
            (people[int(rng.integers(1500))], str(a)),
            (people[1500 + int(rng.integers(1500))], str(b)),
        )
        reading = make_reading(
            events=found,
            meetings=(make_meeting(met, span=spans[0], day=day.isoformat(), place=f"Place {rng.integers(800)}"),),
            quotes=tuple(make_quote(span, speaker=str(rng.choice(people)), state=str(a)) for span in spans[:3]),
            commitments=(make_commitment(sentences[1], spans[1], by=(str(a),), to=(str(b),)),)
            if number % 3 == 0
            else (),
        )
        article = make_article(
            text, published=day.isoformat(), outlet="The only outlet", title=f"Article {number} {LONG_NAME}"
        )
        yield article, reading


def large_record(path: Path, articles: Iterator[tuple[NewArticle, Reading]]) -> float:
    """Write the record; the seconds it took."""
    start = time.perf_counter()
    with Record.open(path, create=True) as record:
        for article, reading in articles:
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


def path_of(name: str) -> str:
    """A page's path."""
    return "/" if name == "overview" else f"/{name}"


def table(title: str, desk: Desk, names: Sequence[str]) -> None:
    """Print a row a page: the first view in this process, and again."""
    app = make_app(desk, port=PORT, token="bench")  # noqa: S106
    print(f"\n{title}\n{'page':12} {'first, ms':>10} {'cpu, ms':>8} {'again, ms':>10} {'kB':>8}", flush=True)
    for name in names:
        busy = time.process_time()
        first, size = asked(app, path_of(name))
        busy = 1000 * (time.process_time() - busy)
        again = min(asked(app, path_of(name))[0] for _ in range(3))
        note = "  OVER" if first > MOST_MS or size > MOST_BYTES else ""
        print(f"{name:12} {first:10.0f} {busy:8.0f} {again:10.0f} {size / 1000:8.0f}{note}", flush=True)


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The site over a desk, on a free port of this machine."""
    import uvicorn

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    app = make_app(desk, port=port, token="bench")  # noqa: S106
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


def in_browser(title: str, desk: Desk, names: Sequence[str]) -> None:
    """Print a row a page as Chromium loads it: the time to its load event, what moved, what came over the wire."""
    from playwright.sync_api import sync_playwright

    print(f"\n{title}, in Chromium\n{'page':12} {'load, ms':>10} {'shift':>8} {'nodes':>8} {'kB':>8}", flush=True)
    with served(desk) as site, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in names:
            page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.add_init_script(NOTE_SHIFTS)
            page.goto(site + path_of(name), timeout=60_000)
            page.wait_for_timeout(300)
            load, shift, nodes, size = page.evaluate(MEASURED)
            note = "  OVER" if load > MOST_LOAD_MS or shift > 0 or size > MOST_BYTES else ""
            print(f"{name:12} {load:10.0f} {shift:8.4f} {nodes:8} {size / 1000:8.0f}{note}", flush=True)
            page.context.close()
        chromium.close()


@contextmanager
def kept_or_temporary(folder: Path | None) -> Iterator[Path]:
    """The folder in which the record stays for the next run, or one that goes."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def record_tables(title: str, path: Path, articles: Iterator[tuple[NewArticle, Reading]], *, browser: bool) -> None:
    """The pages over a record, which is written where it is not there."""
    if not path.exists():
        part = path.with_suffix(".part")
        for ending in ("", "-wal", "-shm"):
            Path(f"{part}{ending}").unlink(missing_ok=True)
        print(f"written in {large_record(part, articles):.0f} s")
        part.rename(path)
    alone = [page.name for page in PAGES if page.name not in SOLVED]
    with Desk.open(record=path) as desk:
        counts = desk.record.counts() if desk.record else None
        print(f"\n{counts}")
        table(title, desk, alone)
    if browser:
        with Desk.open(record=path) as desk:
            in_browser(title, desk, alone)


def korea(*, browser: bool) -> None:
    """The pages of the Korea case at the draws of the site: first views that solve, first views after, what-if."""
    case = Path(__file__).parent.parent / "examples" / "korea" / "case.yaml"
    with Desk.open(case=case) as desk:
        table(f"The Korea case, {desk.draws} draws, solving", desk, SOLVED)
    with Desk.open(case=case) as desk:
        start = time.perf_counter()
        solve_all(desk)
        print(f"\nThe Korea case, {desk.draws} draws: all methods solved in {time.perf_counter() - start:.1f} s")
        table("The Korea case, solved", desk, SOLVED)
        app = make_app(desk, port=PORT, token="bench")  # noqa: S106
        for address in WHATIFS:
            times = sorted(asked(app, f"{address}{i + 1}")[0] for i in range(11))
            print(
                f"what-if {address.split('?')[1].split('=')[0]:46} median {times[5]:.0f} ms, worst {times[-1]:.0f} ms"
            )
        if browser:
            in_browser("The Korea case, solved", desk, SOLVED)


def while_solving() -> None:
    """Print how long each page of results takes to answer while the Korea case is being solved beside the server."""
    case = Path(__file__).parent.parent / "examples" / "korea" / "case.yaml"
    with Desk.open(case=case) as desk, solving_beside(desk) as own:
        app = make_app(own, port=PORT, token="bench", patient=False)  # noqa: S106
        solving = threading.Thread(target=solve_all, args=(own,), daemon=True)
        solving.start()
        names = [page.name for page in PAGES if page.methods]
        taken: dict[str, list[float]] = {name: [] for name in names}
        while solving.is_alive():
            for name in names:
                taken[name].append(asked(app, path_of(name))[0])
            time.sleep(0.2)
    print(f"\nThe Korea case, while it is being solved\n{'page':12} {'median, ms':>10} {'worst, ms':>10} {'times':>6}")
    for name, times in taken.items():
        note = "  OVER" if max(times) > MOST_MS else ""
        print(f"{name:12} {sorted(times)[len(times) // 2]:10.0f} {max(times):10.0f} {len(times):6}{note}", flush=True)


def main(events: int, folder: Path | None, *, wide_too: bool, browser: bool) -> None:
    """Records, which stay in ``folder`` where one is given, then the Korea case."""
    warm()
    load_parts()
    with kept_or_temporary(folder) as place:
        record_tables(f"{events} events", place / f"events-{events}.db", invented(events), browser=browser)
        if wide_too:
            title = f"{events} events of 150 states and 3,000 persons, one outlet, one day with a twentieth of all"
            record_tables(title, place / f"wide-{events}.db", wide(events), browser=browser)
    korea(browser=browser)
    while_solving()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int, nargs="?", default=100_000)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--wide", action="store_true", help="also a record of many states, persons and long names")
    parser.add_argument("--browser", action="store_true", help="also load every page in Chromium")
    given = parser.parse_args()
    main(given.events, given.folder, wide_too=given.wide, browser=given.browser)
