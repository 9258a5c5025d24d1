"""A small negotiation for the pages: five articles, one of them hostile, and a case that solves at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from dragoman.desk import Desk
from dragoman.read.findings import DateFinding, Definition, SpeaksFor
from dragoman.show.app import make_app
from dragoman.testing import (
    make_article,
    make_commitment,
    make_date,
    make_entity,
    make_event,
    make_meeting,
    make_quote,
    make_reading,
    make_record,
    span_of,
)

PORT = 8765
TOKEN = "a-token-for-tests"  # noqa: S105
HOSTILE = (
    "<script>alert(1)</script> met <img src=x onerror=alert(2)> in \u202eOslo. "
    '"]#import \\"x\\"; #panic() $x$ = @ref \\ {{ 7*7 }} {% evil %}" said O\'Bob\'); DROP TABLE articles;--. '
    "=cmd|' /C calc'!A0 promised <b onmouseover=alert(3)>peace</b>."
)

CASE = """\
title: The two shores
mark: invented example
as_of: 2018-12-31
parties:
  US: {name: United States, capability: {value: 60, low: 50, high: 70}, entities: [USA]}
  DPRK: {name: North Korea, capability: 40, entities: [PRK]}
  ROK: {name: South Korea, capability: 20, entities: [KOR]}
issues:
  scope:
    name: Scope
    scale: {low: 0, high: 100, points: {none: 0, half: 50, all: 100}}
    status_quo: 20
    positions:
      US: {position: {value: 80, low: 60, high: 100}, salience: 0.9, because: Said so <b>often</b>}
      DPRK: {position: {value: 30, low: 10, high: 40}, salience: 0.9, because: It offered a third}
      ROK: {position: 60, salience: 0.5}
  relief:
    name: Relief
    status_quo: 0
    positions:
      US: {position: {value: 20, low: 10, high: 30}, salience: {value: 0.5, low: 0.4, high: 0.6}}
      DPRK: {position: {value: 80, low: 60, high: 90}, salience: 0.9}
      ROK: {position: 50, salience: 0.3}
format: {vetoes: [US, DPRK], proposers: [US], base_rate: {value: 0.3, low: 0.2, high: 0.4, because: Three of ten}}
options:
  relief: {owner: US, name: US gives relief}
  freeze: {owner: DPRK, name: North freezes}
status_quo: [freeze]
preferences:
  US: {statements: [freeze, relief only if freeze, not relief]}
  DPRK: {statements: [relief, freeze if relief, not freeze]}
unit_of_value: points
measures:
  stop: {name: Stop tests, performers: [DPRK], once: {DPRK: -2, US: 5}, reversible: true}
  ease:
    {name: Ease sanctions, performers: [US], once: {US: -1, DPRK: 3}, flow: {DPRK: 1}, reversible: true, after: [stop]}
  rail:
    {name: Open the line, performers: [DPRK, ROK], flow: {DPRK: 1, ROK: {low: 0.5, high: 2}}, reversible: true}
patience: {US: 0.9, DPRK: 0.9, ROK: 0.9}
hazard: 0.05
guarantees: {US: 1, DPRK: {value: 1, low: 0, high: 2}}
guarantors:
  china: {who: ROK, name: South Korea, penalty: {DPRK: 3}, cost: 1, word_stake: 2, active: false}
plan: [[stop], [ease, rail]]
stakes:
  currency: USD
  year: 2018
  corridors:
    places:
      a: {name: Busan, lat: 35.1, lon: 129.0, party: ROK}
      b: {name: Rajin, lat: 42.3, lon: 130.3, party: DPRK}
    arcs:
      line: {from: a, to: b, mode: rail, length_km: 1300, needs: [rail]}
scenarios:
  guarantor: {name: A guarantor, changes: {guarantees.DPRK: 4}}
"""


class Asker:
    """Asks the site within this process, as a browser on this machine would."""

    def __init__(self, app: Any, port: int = PORT) -> None:
        self.app = app
        self.base = f"http://127.0.0.1:{port}"

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One request with its answer."""
        follow = given.pop("follow_redirects", True)

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base, follow_redirects=follow) as client:
                return await client.request(method, path, **given)

        return asyncio.run(asked())

    def get(self, path: str, **given: Any) -> httpx.Response:
        """GET."""
        return self.ask("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        """POST."""
        return self.ask("POST", path, **given)


class Held(Executor):
    """Runs what it is given only once it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.pool = ThreadPoolExecutor(4)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Wait, then do it."""

        def held() -> Any:
            self.let_go.wait()
            return fn(*args, **kwargs)

        return self.pool.submit(held)


def written() -> list[tuple[object, object]]:
    """The articles with their readings."""
    first = (
        "Kim Jong-un met Donald Trump in Singapore on June 12. North Korea accused the United States. "
        '"We will freeze the tests," said Ri Yong-ho, the minister. North Korea promised to freeze tests by July 1.'
    )
    second = (
        "Moon Jae-in met Kim Jong-un at Panmunjom on April 27. South Korea backed North Korea. "
        '"A wedding without a bride price," a professor said. Kim Jong-un and Shinzo Abe have never met.'
    )
    third = (
        "Kim Jong-un met Donald Trump in Singapore on June 11. The United States threatened North Korea. "
        "Kim Jong-un is to meet Xi Jinping in Beijing on January 7."
    )
    return [
        (
            make_article(
                first, published="2018-06-13", outlet="The Post", title="Two men, one island", byline="By A. Writer"
            ),
            _first(first),
        ),
        (make_article(second, published="2018-04-28", outlet="The Daily", title="Over the line"), _second(second)),
        (make_article(third, published="2018-06-15", outlet="The Wire", title="A third look"), _third(third)),
        (
            make_article(
                HOSTILE, published="2018-07-01", outlet="<i>Evil & Sons</i>", title="<script>alert('t')</script>"
            ),
            _hostile(HOSTILE),
        ),
        (
            make_article("Der Minister sagte nichts.", published="2018-08-01", outlet="Die Zeitung", title="Nichts"),
            make_reading(language="de", warnings=("the text is not English: left unread",)),
        ),
    ]


def _first(text: str) -> object:
    met, told = (
        span_of(text, "Kim Jong-un met Donald Trump in Singapore on June 12."),
        span_of(text, "North Korea accused the United States."),
    )
    return make_reading(
        meetings=(make_meeting((("kim", "PRK"), ("trump", "USA")), span=met, day="2018-06-12", place="Singapore"),),
        events=(make_event("PRK", "ACCUSE", "USA", span=told, day="2018-06-13"),),
        quotes=(make_quote(span_of(text, "We will freeze the tests"), speaker="Ri Yong-ho", entity="ri", state="PRK"),),
        commitments=(
            make_commitment(
                "to freeze tests by July 1",
                span_of(text, "North Korea promised to freeze tests by July 1"),
                due=make_date("2018-07-01", span=span_of(text, "July 1")),
            ),
        ),
        entities=(
            make_entity("kim", name="Kim Jong-un", country="PRK", mentions=(span_of(text, "Kim Jong-un"),)),
            make_entity("trump", name="Donald Trump", country="USA", mentions=(span_of(text, "Donald Trump"),)),
            make_entity("PRK", name="North Korea", mentions=(span_of(text, "North Korea"),)),
            make_entity("USA", name="United States", mentions=(span_of(text, "United States"),)),
        ),
        dates=(make_date("2018-06-12", span=span_of(text, "June 12")),),
    )


def _second(text: str) -> object:
    met = span_of(text, "Moon Jae-in met Kim Jong-un at Panmunjom on April 27.")
    never = span_of(text, "Kim Jong-un and Shinzo Abe have never met.")
    return make_reading(
        meetings=(
            make_meeting((("moon", "KOR"), ("kim", "PRK")), span=met, day="2018-04-27", place="Panmunjom"),
            make_meeting((("kim", "PRK"), ("abe", "JPN")), span=never, status="denied", claim="never"),
        ),
        events=(
            make_event(
                "KOR", "SUPPORT", "PRK", span=span_of(text, "South Korea backed North Korea."), day="2018-04-28"
            ),
        ),
        quotes=(
            make_quote(
                span_of(text, "A wedding without a bride price"), speaker="a professor", office="expert", state="KOR"
            ),
        ),
        definitions=(
            Definition(
                span=span_of(text, "bride price"),
                term="price",
                wording="bride price",
                by=None,
                speaks_for=SpeaksFor(office="expert", state="KOR"),
            ),
        ),
    )


def _third(text: str) -> object:
    met, ahead = (
        span_of(text, "Kim Jong-un met Donald Trump in Singapore on June 11."),
        span_of(text, "Kim Jong-un is to meet Xi Jinping in Beijing on January 7."),
    )
    return make_reading(
        meetings=(
            make_meeting((("kim", "PRK"), ("trump", "USA")), span=met, day="2018-06-11", place="Singapore"),
            make_meeting(
                (("kim", "PRK"), ("xi", "CHN")), span=ahead, day="2019-01-07", place="Beijing", status="planned"
            ),
        ),
        events=(
            make_event(
                "USA",
                "THREATEN",
                "PRK",
                span=span_of(text, "The United States threatened North Korea."),
                day="2018-06-14",
            ),
        ),
    )


def _hostile(text: str) -> object:
    whole = (0, len(text))
    bad = "<script>alert('e')</script>"
    return make_reading(
        meetings=(make_meeting(((bad, "USA"), ("kim", "PRK")), span=whole, day="2018-06-30", place="<u>Oslo</u>"),),
        events=(
            make_event(
                "USA",
                "CONSULT",
                "PRK",
                span=whole,
                day=DateFinding(
                    span=(0, 1), value="x", kind="DATE", start="2018-06-30", end="2018-06-30", precision="day"
                ),
                place="<u>x</u>",
            ),
        ),
        quotes=(make_quote(whole, speaker=bad, state="USA"),),
        commitments=(make_commitment('"><script>alert(4)</script>', whole),),
        entities=(make_entity(bad, name=bad, country="USA", mentions=((0, 5),)),),
    )


@pytest.fixture(scope="session")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case file."""
    path = tmp_path_factory.mktemp("case") / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record file."""
    path = tmp_path_factory.mktemp("record") / "record.db"
    with make_record(path, written()) as record:  # type: ignore[arg-type]
        record.settle()
    return path


@pytest.fixture(scope="session")
def desk(record_path: Path, case_path: Path) -> Iterator[Desk]:
    """A desk that nobody changes."""
    with Desk.open(record=record_path, case=case_path, draws=40) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(desk: Desk) -> Asker:
    """The site over that desk, asked as its own pages ask."""
    return Asker(make_app(desk, port=PORT, token=TOKEN))


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of one test, to be changed."""
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    with make_record(tmp_path / "record.db", written()) as record:  # type: ignore[arg-type]
        record.settle()
    with Desk.open(record=tmp_path / "record.db", case=tmp_path / "case.yaml", draws=20) as opened:
        yield opened


@pytest.fixture
def own_client(own_desk: Desk) -> Asker:
    """The site over the desk of one test."""
    return Asker(make_app(own_desk, port=PORT, token=TOKEN))
