"""The door of the local site: who may ask, who may change, what a page may do.

A page of another site can send requests to this machine, and a rebound name can
point to it.  So: the ``Host`` must be this machine's loopback name and port, an
``Origin`` must be the site's own, and a POST must carry the token that only the
site's own pages hold.  Every answer forbids scripts, styles and requests that are
not the site's own.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[Header, ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_UNREAD = "the request is too large or was not finished in time"
MOST_BYTES = 1_000_000
BODY_SECONDS = 20.0
_LOG = logging.getLogger(__name__)


class Guard:
    """ASGI middleware that refuses what does not come from this machine's own pages."""

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with one line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reason = self._refusal(scope)
        if reason is None and scope["method"] == "POST":
            body = await _body_in_time(receive)
            reason = _UNREAD if body is None else self._unsigned(scope, body)
            receive = _again(body or b"")
        if reason:
            await _refuse(send, reason)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, _with_headers(sending))
        except Exception:
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            if not started:
                await _refuse(send, "Dragoman has a fault: the page could not be made; the log says why", status=500)

    def _refusal(self, scope: Scope) -> str | None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "") not in self.hosts:
            return "this site answers only to its own loopback address"
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self.hosts:
            return "requests from other sites are refused"
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return "requests from other sites are refused"
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return "only GET, HEAD and POST are answered"
        return None

    def _unsigned(self, scope: Scope, body: bytes) -> str | None:
        from urllib.parse import parse_qs

        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        given = headers.get("x-dragoman-token", "")
        if not given and headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        same = secrets.compare_digest(given.encode(), self.token.encode())
        return None if same else "the change carries no valid token: reload the page and try again"


async def _body_in_time(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large or does not come to its end."""
    try:
        return await asyncio.wait_for(_body(receive), BODY_SECONDS)
    except TimeoutError:
        return None


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        piece = message.get("body", b"")
        size += len(piece)
        if size > MOST_BYTES:
            return None
        pieces.append(piece)
        if not message.get("more_body"):
            return b"".join(pieces)


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *HEADERS]
        await send(message)

    return sending


async def _refuse(send: Send, reason: str, *, status: int = 403) -> None:
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [plain, *HEADERS]})
    await send({"type": "http.response.body", "body": f"{reason}\n".encode()})
