"""Fetching to a web archive and watching, against a server on the loopback address; nothing else is ever asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import run
from dragoman.desk.fetch import addresses, fetch
from dragoman.desk.warc import Archive
from dragoman.desk.watch import Watcher
from dragoman.desk.web import Answer, Web
from dragoman.errors import InputError, ReadError
from dragoman.read.sources import read_paths
from dragoman.record import Record

PAGE = """<!doctype html><html><head><title>{0}</title><meta property="og:site_name" content="The Lake Post">
<meta property="article:published_time" content="2023-05-16T10:00:00Z"></head><body><article><h1>{0}</h1>
<p>The foreign ministers of Ruritania and Freedonia met in {0} on Tuesday, officials of both governments said.</p>
<p>They agreed to send their deputies to Vienna within a month to prepare the next round of the talks.</p>
<p>A spokesman said that neither side expected a quick result from the meeting in {0}.</p></article></body></html>"""
FULL = "The foreign ministers of Ruritania and Freedonia met in Graz, officials of both governments said. " * 5
AT = "2023-05-17T00:00:00Z"


class Server:
    """A server of the test's own: pages by path, what was asked, and how often each path first fails."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.failing: Counter[str] = Counter()
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.at_once += 1
                outer.most_at_once = max(outer.most_at_once, outer.at_once)
                outer.asked.append(self.path)
                status, headers, body = outer.pages.get(self.path, (404, {}, b"none"))
                if outer.failing[self.path] > 0:
                    outer.failing[self.path] -= 1
                    status, headers, body = 503, {"Retry-After": "1"}, b"later"
                elif headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                outer.at_once -= 1

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"

    def page(self, path: str, title: str, **headers: str) -> str:
        """Put an article under a path."""
        self.pages[path] = 200, {"Content-Type": "text/html; charset=utf-8", **headers}, PAGE.format(title).encode()
        return self.root + path

    def feed(self, path: str, *items: str, **headers: str) -> str:
        """Put a feed of items under a path."""
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Lake</title><ttl>10</ttl>{''.join(items)}"
        self.pages[path] = 200, {"Content-Type": "application/rss+xml", **headers}, f"{body}</channel></rss>".encode()
        return self.root + path


def item(link: str, text: str = "") -> str:
    """An entry of a feed."""
    return f"<item><title>{link[-1]}</title><link>{link}</link><description>{text}</description></item>"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on the loopback address."""
    made = Server()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


class Clock:
    """A clock that goes on only by waiting."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        self.time += seconds


def web(clock: Clock, **more: Any) -> Web:
    """One who may ask the loopback address."""
    return Web(**{"private": True, "wait": clock.wait, "now": lambda: clock.time, **more})


def fetched(path: Path, urls: list[str], asker: Web, **more: Any) -> list[tuple[str, str]]:
    """The state of each address, and why it was refused."""
    with Archive(path=path) as archive:
        found = list(fetch(urls, archive, asker, lambda: AT, **more))
    return [(one.state, str(one.fault or "").partition(": ")[2].partition("; ")[0]) for one in found]


def test_a_list_becomes_an_archive_that_is_read(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages of a list, a table and a feed stand in the archive with their own title, outlet and day, each once."""
    links = [server.page(f"/{name}", name) for name in ("Basel", "Chur", "Davos")]
    (tmp_path / "list.txt").write_text(f"# talks\n{links[0]}\n{links[0]}\n")
    (tmp_path / "list.csv").write_text(f"title,url\nx,{links[1]}\n")
    feed = server.feed("/feed", item(links[2]))
    out = tmp_path / "c.warc.gz"
    command = ["fetch", str(tmp_path / "list.txt"), str(tmp_path / "list.csv"), feed, "-o", str(out), "--pause", "0"]
    assert run([*command, "--allow-private"]) == 0
    assert "3 fetched" in capsys.readouterr().err
    articles = list(read_paths([out]))
    assert [(one.title, one.outlet, str(one.published), one.url) for one in articles] == [
        (name, "The Lake Post", "2023-05-16", link)
        for name, link in zip(("Basel", "Chur", "Davos"), links, strict=True)
    ]
    assert server.most_at_once == 1


def test_private_addresses_are_asked_only_where_it_is_allowed(server: Server, tmp_path: Path) -> None:
    """Loopback, private and link-local addresses, by number or by a redirection, are refused before any question."""
    link = server.page("/a", "Basel")
    asker = web(Clock(), private=False)
    for url in (link, "http://10.0.0.1/", "http://169.254.1.1/x", "http://[::1]/", "http://localhost/"):
        assert fetched(tmp_path / "c.warc.gz", [url], asker)[0][0] == "refused"
    assert server.asked == []
    for url in ("ftp://a.example/", "file:///etc/passwd", "http://", "http://a b/", "nothing"):
        with pytest.raises(ReadError, match="no address of the web"):
            asker.get(url)


def test_robots_are_followed(server: Server, tmp_path: Path) -> None:
    """What robots.txt forbids is not asked; it is asked once a host."""
    good, bad = server.page("/open", "Basel"), server.page("/closed/a", "Chur")
    server.pages["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /closed/\n"
    states = fetched(tmp_path / "c.warc.gz", [good, bad], web(Clock()))
    assert states == [("fetched", ""), ("refused", "an address that robots.txt forbids to programs")]
    assert server.asked == ["/robots.txt", "/open"]


def test_a_pause_retries_and_limits(server: Server, tmp_path: Path) -> None:
    """Questions to a host are a pause apart; a server that asks to wait is asked again; pages have a size."""
    first, second = server.page("/a", "Basel"), server.page("/b", "Chur")
    server.failing["/a"] = 2
    clock = Clock()
    assert fetched(tmp_path / "c.warc.gz", [first, second], web(clock, pause=5)) == [("fetched", "")] * 2
    assert server.asked == ["/robots.txt", "/a", "/a", "/a", "/b"]
    assert clock.time == pytest.approx(4 * 5)
    server.failing["/a"] = 9
    assert fetched(tmp_path / "d.warc.gz", [first], web(Clock(), tries=2)) == [("refused", "the answer 503")]
    assert fetched(tmp_path / "e.warc.gz", [second], web(Clock(), most=100)) == [
        ("refused", "a page of more than 100 bytes")
    ]
    assert fetched(tmp_path / "f.warc.gz", [server.root + "/none"], web(Clock())) == [("refused", "the answer 404")]
    server.pages["/loop"] = 302, {"Location": "/loop"}, b""
    assert fetched(tmp_path / "g.warc.gz", [server.root + "/loop"], web(Clock()))[0][1].startswith("more than 5")


def test_a_run_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    """What the archive holds is not asked again; a broken end is cut off; --again asks whether a page has changed."""
    links = [server.page("/a", "Basel", ETag='"1"'), server.page("/b", "Chur")]
    path = tmp_path / "c.warc.gz"
    assert fetched(path, links[:1], web(Clock())) == [("fetched", "")]
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    assert fetched(path, links, web(Clock())) == [("held", ""), ("fetched", "")]
    assert len(list(read_paths([path]))) == 2
    assert [state for state, _ in fetched(path, links, web(Clock()), again=True)] == ["unchanged", "fetched"]
    (tmp_path / "no.warc.gz").write_text("hello")
    with pytest.raises(InputError, match="no web archive"), Archive(path=tmp_path / "no.warc.gz"):
        pass


def test_lists_of_many_forms_name_their_addresses(server: Server, tmp_path: Path) -> None:
    """JSON, RIS, OPML, a page and a list that names none; each address once."""
    page = server.page("/a", "Basel")
    server.feed("/feed", item(page), item(page))
    (tmp_path / "a.json").write_text('{"articles": [{"url": "https://a.example/1"}]}')
    (tmp_path / "b.ris").write_text("TY  - NEWS\nUR  - https://a.example/2\nER  - \n")
    (tmp_path / "c.opml").write_text(f'<?xml version="1.0"?><opml><outline xmlUrl="{server.root}/feed"/></opml>')
    (tmp_path / "d.txt").write_text("No address here.")
    faults: list[ReadError] = []
    lists = [*(str(tmp_path / name) for name in ("a.json", "b.ris", "c.opml", "d.txt")), page]
    found = addresses(lists, web(Clock()), faults.append)
    assert found == ["https://a.example/1", "https://a.example/2", page]
    assert [fault.found for fault in faults] == ["a file without addresses"]


NOW = datetime(2023, 5, 17, tzinfo=UTC)
TEXT = "Outlet: The Lake Post\nPublished: 2023-05-16\n\nThe ministers of France and Germany met in Graz.\n"


def watcher(tmp_path: Path, *places: str, said: list[str] | None = None, clock: Clock | None = None) -> Watcher:
    """One who watches places."""
    clock = clock or Clock()
    told = said if said is not None else []
    return Watcher(record_path=tmp_path / "r.sqlite", places=places, web=web(clock), tell=told.append, wait=clock.wait)


def titles(tmp_path: Path) -> int:
    """How many articles the record has."""
    with Record.open(tmp_path / "r.sqlite") as record:
        return record.counts().articles


def test_files_are_read_once_they_are_complete(tmp_path: Path) -> None:
    """A file that still grows waits for the next look; a refused one is tried again only when it changes."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    said: list[str] = []
    one = watcher(tmp_path, str(folder), said=said)
    one.look(NOW)
    assert not (tmp_path / "r.sqlite").exists()
    (folder / "a.txt").write_text(TEXT + "They parted late in the evening.\n")
    one.look(NOW)
    one.look(NOW)
    assert titles(tmp_path) == 1
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    assert [one.look(NOW) for _ in range(4)] == [0, 1, 0, 0]
    assert len([line for line in said if "a picture" in line]) == 1
    (folder / "b.txt").write_text(TEXT.replace("Graz", "Linz"))
    assert watcher(tmp_path, str(folder)).look(NOW, settle=True) == 0
    assert titles(tmp_path) == 2


def test_feeds_are_asked_by_their_own_hint_and_their_new_entries_are_read(server: Server, tmp_path: Path) -> None:
    """Texts in the feed and pages that it names are read once; a silent feed is named, a dead one too."""
    link = server.page("/a", "Basel")
    feed = server.feed("/feed", item(link), item(server.root + "/full", FULL))
    said: list[str] = []
    one = watcher(tmp_path, feed, said=said)
    assert one.look(NOW) == 0
    assert titles(tmp_path) == 2
    asked = len(server.asked)
    one.look(NOW + timedelta(minutes=9))
    assert len(server.asked) == asked
    one.look(NOW + timedelta(minutes=11))
    assert server.asked[asked:] == ["/feed"]
    assert titles(tmp_path) == 2
    server.feed("/feed", item(server.page("/b", "Chur")), item(link))
    one.look(NOW + timedelta(minutes=22))
    assert titles(tmp_path) == 3
    assert not any("no new entry" in line for line in said)
    one.look(NOW + timedelta(days=20))
    assert any("no new entry for 19 days" in line for line in said)
    del server.pages["/feed"]
    assert one.look(NOW + timedelta(days=21)) == 1


def test_watching_once_ends_by_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--once reads what is there and ends with 0, with 1 where something was refused; a damaged memory is named."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    command = ["watch", str(folder), "--record", str(tmp_path / "r.sqlite"), "--once"]
    assert run(command) == 0
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    assert run(command) == 1
    assert "b.png: a picture" in capsys.readouterr().err
    assert run(command) == 0
    (tmp_path / "r.sqlite.watch.json").write_text("{")
    assert run(command) == 1
    assert "what was seen is damaged" in capsys.readouterr().err


def test_a_hint_is_kept_within_reason() -> None:
    """A feed that wants to be asked each second is asked every five minutes, one that says nothing every hour."""
    from dragoman.desk.watch import hint_of

    def answer(control: str = "") -> Answer:
        headers = (("Cache-Control", control),) if control else ()
        return Answer(url="u", status=200, reason="OK", headers=headers, body=b"")

    assert hint_of({"ttl": "0"}, answer()) == 5
    assert hint_of({"ttl": "90"}, answer()) == 90
    assert hint_of({}, answer()) == 60
    assert hint_of({}, answer("public, max-age=1800")) == 30
    assert hint_of({"sy_updateperiod": "daily", "sy_updatefrequency": "4"}, answer()) == 360
    assert hint_of({"ttl": "999999"}, answer()) == 24 * 60
