"""Connections of the local site: a request that does not come to its end is hung up on, and every answer is armoured.

The server's own limits count requests; these count time and connections:

1. A request's head must be there within ``HEAD_SECONDS`` of the first byte (or of the connection), else it is closed.
2. What is no HTTP at all gets 400 with the same headers as every other answer.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

from dragoman.show._guard import HEADERS

if TYPE_CHECKING:
    from dragoman.show._guard import Header

HEAD_SECONDS = 10.0
MOST_CONNECTIONS = 64
MOST_HEAD = 32_768
IDLE_SECONDS = 15


class Connection(H11Protocol):
    """One connection of a browser."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, or refuse one connection too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in bytes; the deadline runs until they are a whole head."""
        if self._deadline is None and not self._answering():
            self._wait()
        super().data_received(data)
        if self._answering():
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, with the headers of every answer."""
        lines = [b"HTTP/1.1 400 Bad Request", *(b": ".join(header) for header in _refused(len(msg) + 1))]
        self.transport.write(b"\r\n".join(lines) + b"\r\n\r\n" + msg.encode("ascii", "replace") + b"\n")
        self.transport.close()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._deadline = None
        if not self._answering():
            self.transport.close()


def _refused(length: int) -> list[Header]:
    own = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(length).encode()),
        (b"connection", b"close"),
    ]
    return [*own, *HEADERS]
