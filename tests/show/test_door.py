"""The door under pressure: requests from other sites, faults of the program, connections that never end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from dragoman.errors import BusyError
from dragoman.show import connections
from dragoman.show._guard import HEADERS
from dragoman.show.connections import Connection
from dragoman.show.pages import Page
from tests.show.conftest import Asker

NAMES = [name.decode() for name, _ in HEADERS]
PATIENCE = 20


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_reading_from_another_site_is_refused(client: Asker, site: str) -> None:
    """A page of another site gets nothing by GET either; the site itself and the address bar do."""
    assert client.get("/sources", headers={"sec-fetch-site": site}).status_code == 403
    for own in ("same-origin", "none"):
        assert client.get("/sources", headers={"sec-fetch-site": own}).status_code == 200


@pytest.mark.parametrize("path", ["/contacts?days=99999999999", "/contacts?days=0", "/sources?page=" + "9" * 5000])
def test_numbers_out_of_range_are_refused_in_words(client: Asker, path: str) -> None:
    """A window of a hundred million years is a wrong query and no fault, and the answer is armoured."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert "a whole number from 1 to" in answer.text
    assert all(name in answer.headers for name in NAMES)


def test_a_fault_of_the_program_is_armoured_and_tells_no_trace(client: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 carries the headers of every answer, and neither the error's words nor its place."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(Page, "build", broken)
    answer = client.get("/sources?a=500")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert all(name in answer.headers for name in NAMES)


def test_a_record_that_is_being_written_to_is_unavailable(client: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with a time to come again, not a wrong request."""

    def busy(*_: object) -> None:
        raise BusyError("r.sqlite", "another process is writing to the record", "one writer at a time; try again")

    monkeypatch.setattr(Page, "build", busy)
    answer = client.get("/sources?a=503")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert "another process is writing" in answer.text


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A real server whose patience is short."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 5)

    async def app(scope: object, receive: object, send: object) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]

    config = uvicorn.Config(app, http=Connection, log_level="error", lifespan="off", timeout_keep_alive=1)
    server = uvicorn.Server(config)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def said(connection: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    connection.settimeout(PATIENCE)
    return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_connection_that_never_asks_is_closed(port: int, sent: bytes) -> None:
    """Nothing, or half a head, is hung up on; the next one is served."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as one:
        one.sendall(sent)
        assert said(one) == b""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert said(one).endswith(b"ok")


def test_half_a_second_head_on_a_kept_connection_is_closed(port: int) -> None:
    """The deadline holds for every request of a connection, not for the first alone."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHo")
        assert said(one).count(b"HTTP/1.1") == 1


def test_what_is_no_request_gets_an_armoured_answer(port: int) -> None:
    """400 carries the headers of every answer."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as one:
        one.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = said(one).lower()
    assert answer.startswith(b"http/1.1 400")
    assert all(name.encode() in answer for name in NAMES)


def test_one_connection_too_many_is_refused_and_the_others_go_on(port: int) -> None:
    """Idle connections cannot take the site away from its reader: those over the limit are closed at once."""
    held = [socket.create_connection(("127.0.0.1", port), PATIENCE) for _ in range(8)]
    assert all(said(one) == b"" for one in held)
    for one in held:
        one.close()
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert said(one).endswith(b"ok")
