"""The door of the site: who may ask, who may change, what a page may do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dragoman.show.pages import PAGES
from tests.show.conftest import PORT, TOKEN, Asker


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, set[str]]] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        names = {name for name, _ in attrs}
        self.tags.append((tag, names))
        self.attributes |= names


ACTS = ("decide", "undo", "merge", "grade", "add", "scenario")


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", f"127.0.0.1.evil.example:{PORT}", ""]
)
def test_a_foreign_host_is_refused(client: Asker, host: str) -> None:
    """A name rebound to this machine gets nothing."""
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "loopback" in answer.text


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_the_loopback_names_are_answered(client: Asker, host: str) -> None:
    """The machine's own names are its own."""
    assert client.get("/sources", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1:1", "null", f"https://127.0.0.1:{PORT}"])
def test_a_foreign_origin_is_refused(client: Asker, origin: str) -> None:
    """Another site cannot read, whatever it sends."""
    assert client.get("/", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_a_change_without_the_token_is_refused(client: Asker, act: str) -> None:
    """Every change needs the token of this run, from the site itself."""
    assert client.post(f"/act/{act}", data={"finding": "x"}).status_code == 403
    assert client.post(f"/act/{act}", data={"token": "wrong"}).status_code == 403
    answer = client.post(f"/act/{act}", data={"token": TOKEN}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    crossed = client.post(f"/act/{act}", data={"token": TOKEN}, headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_changed_by_get(client: Asker, act: str) -> None:
    """An address alone changes nothing."""
    assert client.get(f"/act/{act}", params={"token": TOKEN}).status_code in {404, 405}


def test_other_methods_are_refused(client: Asker) -> None:
    """Only GET, HEAD and POST are answered."""
    assert client.ask("DELETE", "/sources").status_code == 403


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_every_answer_carries_the_policy(client: Asker, name: str) -> None:
    """Pages forbid inline script and style, frames, and every request but to the site itself."""
    answer = client.get("/" if name == "overview" else f"/{name}")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    seen = Elements()
    seen.feed(answer.text)
    assert not [name for name in seen.attributes if name == "style" or name.startswith("on")]
    assert all("src" in attributes for tag, attributes in seen.tags if tag == "script")


def test_pages_name_no_other_site(client: Asker) -> None:
    """No page loads anything from elsewhere: every script, style and picture is the site's own."""
    for page in PAGES:
        html = client.get("/" if page.name == "overview" else f"/{page.name}").text
        for address in re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', html):
            assert address.startswith(("/static/", "data:,"))


def test_a_static_file_outside_the_folder_is_not_given(client: Asker) -> None:
    """Only the files of the folder are served."""
    for path in ("/static/x/../app.py", "/static/x/..%2Fapp.py", "/static/x/nothing.js", "/static/x/%2Fetc%2Fpasswd"):
        assert client.get(path).status_code == 404


def test_a_body_beyond_a_megabyte_is_refused(client: Asker) -> None:
    """A change is small."""
    assert client.post("/act/decide", content=b"x" * 1_000_001, headers={"x-dragoman-token": TOKEN}).status_code == 403


def test_the_site_binds_to_loopback_and_says_when_a_port_is_taken() -> None:
    """A port in use is one clear line."""
    import socket

    from dragoman.desk import Desk
    from dragoman.errors import InputError
    from dragoman.show.app import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match="a free port"):
            serve(Desk(record=None, base=None), port=port)
