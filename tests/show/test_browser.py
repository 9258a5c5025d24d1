"""The pages in Chromium: no errors, no foreign request, no shift, keys, contrast and names, the file from disk."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dragoman.desk import Desk
from dragoman.show.app import make_app
from dragoman.show.page import one_file
from dragoman.show.pages import PAGES, find_page
from dragoman.testing import make_record
from tests.show.conftest import CASE, TOKEN, Held, written

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: NO PAGE WAS LOOKED AT"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1440, 1024, 390)
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SERIOUS = {"serious", "critical"}
NOTE_SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on a free port of this machine, over a desk of its own."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    make_record(folder / "record.db", written()).close()  # type: ignore[arg-type]
    with (
        Desk.open(record=folder / "record.db", case=folder / "case.yaml", draws=20) as desk,
        served(desk) as address,
    ):
        yield address


@contextmanager
def served(desk: Desk, *, patient: bool = True) -> Iterator[str]:
    """The site of a desk on a free port of this machine."""
    import uvicorn

    port = _free_port()
    app = make_app(desk, port=port, token=TOKEN, patient=patient)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Watched:
    """A page whose complaints and requests are noted."""

    def __init__(self, browser: Any, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in {"error", "warning"} else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def foreign(self, own: str) -> list[str]:
        """Requests to anywhere else."""
        return [url for url in self.requests if not url.startswith((own, "data:", "blob:"))]


def _path(name: str) -> str:
    return "/" if name == "overview" else f"/{name}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_quiet_and_fit_at_every_width(browser: Any, site: str, width: int, scheme: str) -> None:
    """No page complains, asks anybody else, is wider than the window, or moves after it was drawn."""
    watched = Watched(browser, viewport={"width": width, "height": 900}, color_scheme=scheme)
    watched.page.add_init_script(NOTE_SHIFTS)
    for page in PAGES:
        watched.page.goto(site + _path(page.name))
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, page.name
        assert watched.page.evaluate("window.moved") < 0.02, page.name
    assert watched.complaints == []
    assert watched.foreign(site) == []
    watched.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_serious_finding(browser: Any, site: str, scheme: str) -> None:
    """Names, contrast, order of headings, tables: axe-core finds nothing serious on any page."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found: list[str] = []
    for item in PAGES:
        page.goto(site + _path(item.name))
        answer = Axe().run(page, options=None if scheme == "light" else CONTRAST)
        found += [
            (f"{item.name}: {one['id']}: {one['nodes'][0]['html'][:120]}")
            for one in answer.response["violations"]
            if one["impact"] in SERIOUS
        ]
    assert found == []
    context.close()


def _serious(page: Any, options: Any = None) -> list[str]:
    """What axe-core finds serious on an open page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("script", [True, False])
def test_a_page_opened_too_early_fills_itself_in(browser: Any, own_desk: Desk, script: bool) -> None:
    """The overview opens while the case is being solved, says so, and has its judgements later, without a touch."""
    executor = Held()
    held = Desk(record=own_desk.record, base=own_desk.base, draws=20, executor=executor)
    with served(held, patient=False) as address:
        watched = Watched(browser, viewport={"width": 390, "height": 900}, java_script_enabled=script, bypass_csp=True)
        page = watched.page
        page.goto(address)
        assert "Solving: 0 of 5 methods done" in page.locator(".solving").inner_text()
        assert page.get_by_role("heading", name="What comes next").is_visible()
        if script:
            assert _serious(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        executor.let_go.set()
        page.get_by_role("heading", name="Key judgements").wait_for(timeout=20_000)
        assert page.locator(".solving").count() == 0
        assert watched.complaints == []
        assert watched.foreign(address) == []
        watched.context.close()
    executor.pool.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_without_a_case_are_plain_words_in_the_contents(browser: Any, own_desk: Desk, scheme: str) -> None:
    """Without a case its pages are no links, keep their numbers, can be read, and say what they need."""
    with served(Desk(record=own_desk.record, base=None)) as address:
        watched = Watched(browser, viewport={"width": 1440, "height": 900}, color_scheme=scheme, bypass_csp=True)
        page = watched.page
        page.goto(address)
        absent = page.locator(".contents .absent")
        needy = [item for item in PAGES if item.needs == "case"]
        assert absent.all_inner_texts() == [item.title for item in needy]
        assert "needs a case" in (absent.first.get_attribute("title") or "")
        assert page.locator(".contents a").count() == len(PAGES) - len(needy)
        assert _serious(page) == []
        page.keyboard.press("7")
        assert page.url.rstrip("/") == address
        page.keyboard.press("6")
        page.wait_for_url("**/statements")
        assert watched.complaints == []
        page.goto(f"{address}/forecast")
        assert page.locator("h1").inner_text() == find_page("forecast").title
        assert "dragoman case new FILE" in page.locator("main").inner_text()
        assert _serious(page) == []
        watched.context.close()


PARTS = """() => {
  const tables = [...document.querySelectorAll("main table")].map((table) => {
    const wrap = table.closest("[data-table]");
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    const bare = rows.flatMap((row) => [...row.cells]).filter(
      (cell) => cell.classList.contains("number") && /[1-9]/.test(cell.textContent) && !cell.querySelector("a"));
    return {
      name: wrap?.id ?? table.className,
      form: Boolean(table.closest("form")),
      list: table.dataset.list ?? "",
      listed: Boolean(document.getElementById(table.dataset.list ?? "")),
      wrapped: Boolean(wrap),
      unsorted: heads.filter((head) => !head.querySelector("button.sort")).length,
      filter: rows.length < 2 || Boolean(wrap?.querySelector("input[type=search]")),
      csv: wrap?.querySelector("a[download]")?.href ?? "",
      bare: bare.map((cell) => cell.textContent.trim()),
    };
  });
  const figures = [...document.querySelectorAll("main figure")].map((figure) => {
    const plate = figure.querySelector(".plate");
    const other = figure.querySelector("a[href^='#']")?.hash.slice(1);
    return {
      name: figure.id,
      named: ["img", "group"].includes(plate?.role) && (plate.ariaLabel ?? "").length > 5,
      numbers: Boolean(figure.querySelector("table") || (other && document.getElementById(other))),
    };
  });
  return { tables, figures };
}"""


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_every_table_and_chart_keeps_what_the_pages_promise(browser: Any, site: str, name: str) -> None:
    """Tables sort, filter, download; charts have words and a table; a number leads on, but for the judgements."""
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(site + _path(name) + ("?target=2" if name == "graph" else ""))
    found = page.evaluate(PARTS)
    for table in found["tables"]:
        if table["form"]:
            continue
        if table["list"]:
            assert table["listed"], table
            continue
        assert table["wrapped"], table
        assert (table["unsorted"], table["filter"]) == (0, True), table
        assert page.request.get(table["csv"]).status == 200, table
        if name != "case":
            assert table["bare"] == [], table
    for figure in found["figures"]:
        assert (figure["named"], figure["numbers"]) == (True, True), figure
    watched.context.close()


def test_a_table_sorts_filters_and_keeps_its_order_in_the_address(browser: Any, site: str) -> None:
    """A click on a head sorts; the address then gives the same order again; words filter the rows."""
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(f"{site}/contacts")
    table = page.locator("#pairs table")
    table.locator("th button").nth(2).click()
    ascending = table.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert ascending == sorted(ascending, key=int)
    assert "pairs.sort=2a" in page.url
    page.reload()
    assert page.locator("#pairs tbody tr td:nth-child(3)").all_inner_texts() == ascending
    page.locator("#pairs input[type=search]").fill("Trump")
    shown = [row for row in page.locator("#pairs tbody tr").all() if row.is_visible()]
    assert shown
    assert all("Trump" in row.inner_text() for row in shown)
    watched.context.close()


def test_a_chart_answers_to_the_pointer_under_the_policy(browser: Any, site: str) -> None:
    """On request the Vega scripts draw the same chart without breaking the content security policy."""
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(f"{site}/chronology")
    page.locator("[data-interact=timeline]").click()
    page.locator("#timeline .plate svg.marks").wait_for()
    assert watched.complaints == []
    assert watched.foreign(site) == []
    watched.context.close()


def test_a_what_if_answers_on_the_page_and_in_the_address(browser: Any, site: str) -> None:
    """A number changed in the form changes the answer and the address, which alone gives the same answer."""
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(f"{site}/forecast")
    before = page.locator("#methods tbody tr").first.inner_text()
    page.get_by_label("North Korea: position").fill("90")
    page.locator(".answer .warn").wait_for()
    after = page.locator("#methods tbody tr").first.inner_text()
    assert after != before
    assert "set.issues.scope.positions.DPRK.position=90" in page.url
    page.reload()
    assert page.locator("#methods tbody tr").first.inner_text() == after
    assert watched.complaints == []
    watched.context.close()


def test_the_review_is_walked_by_keyboard_alone(browser: Any, site: str) -> None:
    """Keys choose, accept, reject, correct and undo; the log holds each decision."""
    watched = Watched(browser, viewport={"width": 1024, "height": 900})
    page = watched.page
    page.goto(f"{site}/review")
    page.keyboard.press("j")
    assert page.locator(".review-item.current").count() == 1
    page.keyboard.press("a")
    page.locator(".review-item[data-decided]").first.wait_for()
    page.keyboard.press("r")
    page.locator("[data-decided]").nth(1).wait_for()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent") == "Save":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-decided]").nth(2).wait_for()
    with page.expect_navigation():
        page.keyboard.press("u")
    log = page.locator("#log tbody").inner_text()
    for word in ("accept", "reject", "correct", "undo"):
        assert word in log
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("Escape")
    assert watched.complaints == []
    watched.context.close()


def test_words_marked_in_an_article_fill_the_form(browser: Any, site: str) -> None:
    """A selection gives the span of the stored text, hostile letters and all."""
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(f"{site}/sources")
    page.get_by_role("link", name="Two men, one island").first.click()
    page.evaluate(
        "() => { const r = document.createRange(); const p = document.querySelectorAll('.article [data-s]');"
        " r.setStart(p[0].firstChild, 0); const t = p[p.length - 1].firstChild; r.setEnd(t, t.length);"
        " getSelection().removeAllRanges(); getSelection().addRange(r); }"
    )
    page.wait_for_function("document.querySelector('[data-missed] input[name=end]').value !== ''", timeout=5000)
    start, end = (int(page.locator(f"[data-missed] input[name={name}]").input_value()) for name in ("start", "end"))
    whole = page.evaluate("document.querySelector('.article:has([data-s])').textContent")
    assert start == 0
    assert page.locator("[data-missed] input[name=words]").input_value() == whole[start:end]
    watched.context.close()


def test_pages_print_without_their_controls(browser: Any, site: str) -> None:
    """On paper there is no navigation, no form and no button but the heads of columns."""
    context = browser.new_context(viewport={"width": 1024, "height": 900})
    page = context.new_page()
    page.emulate_media(media="print")
    for name in ("overview", "chronology", "forecast"):
        page.goto(site + _path(name))
        for selector in (".contents", ".filters", "button:not(.sort)", "[data-filter]"):
            assert all(not item.is_visible() for item in page.locator(selector).all())
    context.close()


def test_the_offline_file_opens_from_disk_and_asks_nobody(browser: Any, desk: Desk, tmp_path: Path) -> None:
    """The file works from disk: no request, no complaint, a link leads to the marked words, tables sort."""
    path = tmp_path / "negotiation.html"
    path.write_text(one_file(desk), encoding="utf-8")
    watched = Watched(browser, viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(path.as_uri())
    assert watched.complaints == []
    assert watched.requests == [path.as_uri()]
    link = page.locator(".cites a").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(f"[id='{target[1:]}']").is_visible()
    page.locator("#contacts-pairs th button").first.click()
    assert watched.complaints == []
    watched.context.close()
