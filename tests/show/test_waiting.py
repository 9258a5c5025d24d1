"""Pages asked for before their results are there: they answer, say how far things are, and are there later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.desk import Desk
from dragoman.show._waiting import Builder, Progress, progress
from dragoman.show.app import make_app
from dragoman.show.pages import PAGES, find_page
from tests.show.conftest import PORT, TOKEN, Asker, Held

SOLVED = [page.name for page in PAGES if page.methods]


@pytest.fixture
def held(record_path: Path, case_path: Path) -> Iterator[tuple[Asker, Held]]:
    """The impatient site over a desk whose results are held back."""
    executor = Held()
    with Desk.open(record=record_path, case=case_path, draws=20) as opened:
        own = Desk(record=opened.record, base=opened.base, draws=20, executor=executor)
        app = make_app(own, port=PORT, token=TOKEN, patient=False)
        yield Asker(app), executor
        executor.let_go.set()
        for name in SOLVED:
            Asker(app).get(f"/{name}.json?wait=yes")
        executor.pool.shutdown()


def _path(name: str) -> str:
    return "/" if name == "overview" else f"/{name}"


def test_a_page_answers_before_its_results_and_fills_in_after(held: tuple[Asker, Held]) -> None:
    """Until a result is there a page answers 202 with its frame and how far things are; after that, with all of it."""
    ask, executor = held
    for name in SOLVED:
        early = ask.get(_path(name))
        assert early.status_code == 202
        assert early.text.count("<h1>") == 1
        assert "Solving: " in early.text
        assert f'data-solving="/solving/{name}"' in early.text
        assert '<noscript><meta http-equiv="refresh"' in early.text
        assert early.headers["cache-control"] == "no-store"
        assert ask.get(f"/solving/{name}").json()["ready"] is False
        twin = ask.get(f"/{name}.json")
        assert twin.status_code == 503
        assert int(twin.headers["retry-after"]) > 0
        assert "wait=yes" in twin.json()["error"]
    executor.let_go.set()
    for name in SOLVED:
        assert ask.get(f"/{name}.json?wait=yes").status_code == 200
        assert ask.get(f"/solving/{name}").json()["ready"] is True
        late = ask.get(_path(name))
        assert late.status_code == 200
        assert "data-solving" not in late.text


def test_pages_of_the_record_wait_for_nothing(held: tuple[Asker, Held]) -> None:
    """While the case is being solved every page without results is whole, and the overview has the record's parts."""
    ask, _ = held
    for page in PAGES:
        if not page.methods:
            assert ask.get(_path(page.name)).status_code == 200
    overview = ask.get("/").text
    assert "What comes next" in overview
    assert "Xi Jinping" in overview
    assert "Still being solved." in overview
    assert "Key judgements" not in overview


def test_a_twin_that_is_waited_for_is_that_of_a_patient_site(held: tuple[Asker, Held], client: Asker) -> None:
    """With wait=yes the twin comes when it is solved, without a trace of the waiting."""
    ask, executor = held
    assert ask.get("/power.json").status_code == 503
    threading.Timer(0.05, executor.let_go.set).start()
    late, whole = ask.get("/power.json?wait=yes").json(), client.get("/power.json").json()
    assert late["head"] == whole["head"]
    assert late["players"] == whole["players"]


def test_tables_of_results_wait_until_they_are_solved(held: tuple[Asker, Held]) -> None:
    """A download that was asked for too early comes when it can."""
    ask, executor = held
    threading.Timer(0.05, executor.let_go.set).start()
    answer = ask.get("/power.csv?table=players")
    assert answer.status_code == 200
    assert "North Korea" in answer.text


def test_what_cannot_be_solved_is_done_and_told(held: tuple[Asker, Held]) -> None:
    """A wrong query of a page of results is told as one, early or late."""
    ask, executor = held
    executor.let_go.set()
    assert ask.get("/forecast.json?issue=nothing&wait=yes").status_code == 400
    assert ask.get("/steps.json?scenario=nothing&wait=yes").status_code == 400


def test_progress_counts_what_the_page_shows(own_desk: Desk) -> None:
    """The methods of a page are counted as they are solved, those without an answer included."""
    power = find_page("power")
    before = progress(own_desk, power, {})
    assert (before.done, before.of) == (0, 3)
    own_desk.try_result("power")
    after = progress(own_desk, power, {})
    assert (after.done, after.left) == (1, ("nodeal", "median"))
    assert progress(own_desk, power, {"scenario": "guarantor"}).done == 0
    assert progress(own_desk, find_page("compare"), {}).done == 0
    find_page("compare").build(own_desk, {})
    whole = progress(own_desk, find_page("compare"), {})
    assert whole.done == whole.of
    assert whole.left == ()


def test_progress_is_told_in_words() -> None:
    """The notice has the counts, the names of the last ones, and says when only the drawing is left."""
    assert Progress(done=3, of=9, left=tuple("abcdef"), what="method").words == (
        "Solving: 3 of 9 methods done; this page fills itself in."
    )
    assert "(still: graph and steps)" in Progress(done=3, of=5, left=("graph", "steps"), what="method").words
    assert "Solving: graph;" in Progress(done=0, of=1, left=("graph",), what="method").words
    assert "drawing" in Progress(done=5, of=5, left=(), what="method").words


def test_a_view_is_built_once_and_an_error_is_told_each_time() -> None:
    """What was built is kept; what failed is tried anew when it is asked for again."""
    builder, built = Builder(patient=True), []

    def build() -> str:
        built.append(1)
        return "view"

    def fail() -> str:
        built.append(2)
        raise ValueError

    for _ in range(2):
        assert builder.take("a", builder.begin("a", build, wait=False)) == "view"
        with pytest.raises(ValueError):  # noqa: PT011 - the error itself is meant
            builder.take("b", builder.begin("b", fail, wait=False))
    assert built == [1, 2, 2]
