"""A web archive (WARC 1.1, ISO 28500) that grows record by record, each packed by itself: a killed run loses none.

An archive whose end was cut off is shortened to its last whole record before anything is added.
"""

from __future__ import annotations

import gzip
import os
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dragoman.errors import InputError

_CHUNK = 1 << 20
_HEAD = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What an archive holds of an address: the marks by which a server tells whether it has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(kw_only=True)
class Archive:
    """An archive open for adding; use it in a ``with`` statement."""

    path: Path
    held: dict[str, Kept] = field(default_factory=dict)
    _file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open it, look at what it holds, and cut off a broken end.

        Raises:
            InputError: the file is no archive, or cannot be written.
        """
        try:
            end = 0
            if self.path.exists():
                for head, stop in _records(self.path):
                    end = stop
                    self._remember(head)
                if end == 0 and self.path.stat().st_size:
                    raise InputError(str(self.path), "a file that is no web archive", "a .warc.gz file, or none yet")
            self._file = self.path.open("r+b" if self.path.exists() else "w+b")
            self._file.truncate(end)
            self._file.seek(end)
        except OSError as error:
            raise InputError(str(self.path), (error.strerror or str(error)).lower(), "a file to write to") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        if self._file is not None:
            self._file.close()

    def _remember(self, head: bytes) -> None:
        warc, _, http = head.partition(b"\r\n\r\n")
        fields = _fields(warc)
        if fields.get("warc-type") == "response":
            answered = _fields(http.partition(b"\r\n\r\n")[0])
            self.held[fields.get("warc-target-uri", "")] = Kept(
                etag=answered.get("etag"), modified=answered.get("last-modified")
            )

    def add(self, url: str, at: str, status: str, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        """Add an answer, and have it on the disk.

        Raises:
            InputError: it cannot be written.
        """
        plain = [(name, value) for name, value in headers if name.lower() not in _HOP]
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in plain), f"Content-Length: {len(body)}"]
        block = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body
        head = {
            "WARC-Type": "response", "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url + at)}>",
            "WARC-Date": at, "WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response",
            "Content-Length": str(len(block)),
        }  # fmt: skip
        record = _joined(head) + block + b"\r\n\r\n"
        if self._file is None:
            raise InputError(str(self.path), "an archive that is not open", "an archive in a with statement")
        try:
            self._file.write(gzip.compress(record, mtime=0))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise InputError(str(self.path), (error.strerror or str(error)).lower(), "room on the disk") from error
        self._remember(record[:_HEAD])


_HOP = frozenset({"content-length", "transfer-encoding", "content-encoding", "connection", "keep-alive"})


def _joined(head: Mapping[str, str]) -> bytes:
    return ("WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n").encode()


def _fields(head: bytes) -> dict[str, str]:
    rows = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, colon, value in rows if colon}


def _records(path: Path) -> Iterator[tuple[bytes, int]]:
    """The beginning of each whole record, and where it ends in the file."""
    with path.open("rb") as stream:
        unpack, head, at = zlib.decompressobj(31), b"", 0
        data = stream.read(_CHUNK)
        while data:
            try:
                head = (head + unpack.decompress(data))[:_HEAD]
            except zlib.error:
                return
            at += len(data) - len(unpack.unused_data)
            data = unpack.unused_data
            if unpack.eof:
                if head.startswith(b"WARC/"):
                    yield head, at
                unpack, head = zlib.decompressobj(31), b""
            if not data:
                data = stream.read(_CHUNK)
