"""Asking the web, politely: one question at a time, never a private address unless allowed, robots.txt followed.

A host's name is looked up once for each question and every address found must be public; the connection goes to the
address that was looked at, so that a name cannot turn to another in between.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dragoman.errors import ReadError

TIMEOUT = 30.0
MAX_PAGE = 10 * 1024 * 1024
MAX_ROBOTS = 512 * 1024
_REDIRECTS = 5
_AGAIN = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0
_CHUNK = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server answered."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """A field of the answer's head."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(kw_only=True)
class Web:
    """Whoever asks the web: how long to pause between two questions to a host, how often to try, what is allowed."""

    pause: float = 1.0
    tries: int = 3
    most: int = MAX_PAGE
    private: bool = False
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str] | None = None, *, robots: bool = True) -> Answer:
        """The answer to one address, redirections followed.

        Raises:
            ReadError: the address is none of the web, private, forbidden by robots.txt, too large, or does not answer.
        """
        for _ in range(_REDIRECTS + 1):
            _checked_address(url)
            if robots and not self._allowed(url):
                raise ReadError(url, "an address that robots.txt forbids to programs", "the page, saved by a person")
            answer = self._tried(url, headers or {})
            target = answer.header("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            url = urljoin(url, target)
        raise ReadError(url, f"more than {_REDIRECTS} redirections", "an address that leads somewhere")

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        root = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if root not in self._robots:
            rules = RobotFileParser()
            try:
                answer = self.get(root, robots=False)
                forbidden = answer.status in (401, 403)
                lines = answer.body[:MAX_ROBOTS].decode("utf-8", "replace") if answer.status == 200 else ""
                rules.parse(["User-agent: *", "Disallow: /"] if forbidden else lines.splitlines())
            except ReadError:
                rules.parse([])
            self._robots[root] = rules
        return self._robots[root].can_fetch(agent(), url)

    def _tried(self, url: str, headers: Mapping[str, str]) -> Answer:
        for attempt in range(1, self.tries + 1):
            last = attempt == self.tries
            try:
                answer = self._once(url, headers)
            except (OSError, http.client.HTTPException) as error:
                if last or isinstance(error, ssl.SSLCertVerificationError):
                    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
                    raise ReadError(url, f"no answer ({words})", "an address that answers") from error
                self.wait(min(self.pause * 2**attempt, _LONGEST_WAIT))
                continue
            if answer.status not in _AGAIN or last:
                return answer
            self.wait(_seconds(answer.header("Retry-After"), self.pause * 2**attempt))
        raise ReadError(url, "no answer", "at least one try")

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self._space(host)
        address = self._address(url, host, port)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        try:
            connection.sock = socket.create_connection((address, port), timeout=TIMEOUT)
            if parts.scheme == "https":
                connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", _quoted(path), headers={"User-Agent": agent(), "Accept-Encoding": "identity",
                                                              "Connection": "close", **headers})  # fmt: skip
            with connection.getresponse() as response:
                body = self._body(url, response)
                return Answer(url=url, status=response.status, reason=response.reason,
                              headers=tuple(response.getheaders()), body=body)  # fmt: skip
        finally:
            connection.close()
            self._asked[host] = self.now()

    def _body(self, url: str, response: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while piece := response.read(_CHUNK):
            body += piece
            if len(body) > self.most:
                raise ReadError(url, f"a page of more than {self.most:,} bytes", "a smaller page, or --most-bytes")
        return bytes(body)

    def _space(self, host: str) -> None:
        """Wait until the pause since the last question to this host is over."""
        if host in self._asked:
            left = self.pause - (self.now() - self._asked[host])
            if left > 0:
                self.wait(left)

    def _address(self, url: str, host: str, port: int) -> str:
        """The address of a host, which must be public unless private ones are allowed."""
        found = [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        private = [item for item in found if not ipaddress.ip_address(item.partition("%")[0]).is_global]
        if private and not self.private:
            raise ReadError(url, f"an address of a private network ({private[0]})", "a public one, or --allow-private")
        return found[0]


def agent() -> str:
    """How the program calls itself."""
    return f"dragoman/{version('dragoman')}"


def _checked_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
        (parts.hostname or "").encode("idna")
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in url):
        raise ReadError(url[:200], "no address of the web", "http:// or https:// and a host")


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/%?&=+:;,@!$'()*~#[]-._")


def _seconds(words: str | None, otherwise: float) -> float:
    """How long a server asks to wait, within reason."""
    try:
        return max(0.0, min(float(words or otherwise), _LONGEST_WAIT))
    except ValueError:
        return min(otherwise, _LONGEST_WAIT)
