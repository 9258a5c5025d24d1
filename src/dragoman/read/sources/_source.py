"""A thing to be read: a file, or an entry of an archive, a mail or an export; and what it may unpack to.

Limits are counted in bytes and entries, not in seconds, so that the same file gives the same articles everywhere.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, BinaryIO

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article, Origin, make_article

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one file or entry that is read as a whole."""
MAX_UNPACKED = 2 * 1024**3
"""Bytes that all layers of one named file may unpack to."""
MAX_ENTRIES = 100_000
"""Entries of one archive, rows apart."""
MAX_DEPTH = 4
"""Archives in archives, attachments in mails in archives."""
HEAD = 4096
_CHUNK = 1 << 16


@dataclass
class Budget:
    """What is left of what one named file may unpack to."""

    unpacked: int = MAX_UNPACKED
    entries: int = MAX_ENTRIES

    def take(self, count: int, place: str) -> None:
        """Count bytes that were unpacked.

        Raises:
            ReadError: they are more than one file may unpack to.
        """
        self.unpacked -= count
        if self.unpacked < 0:
            raise ReadError(place, f"an archive that unpacks to more than {MAX_UNPACKED:,} bytes", "smaller archives")

    def entry(self, place: str) -> None:
        """Count an entry.

        Raises:
            ReadError: there are too many.
        """
        self.entries -= 1
        if self.entries < 0:
            raise ReadError(place, f"an archive of more than {MAX_ENTRIES:,} entries", "smaller archives")


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a reader is given.

    ``name`` is the file's or entry's own name, whose ending tells a format; ``place`` is what messages call it.
    ``fields`` is metadata known from outside: a sidecar file, the mail an attachment came with, an archive's address.
    """

    name: str
    place: str
    path: Path | None = None
    data: bytes | None = None
    depth: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    entry: str | None = None
    file: str = ""

    def open(self) -> BinaryIO:
        """The bytes as a stream.

        Raises:
            ReadError: the file cannot be opened.
        """
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise cannot_be_read(self.place, error) from error

    def head(self, size: int = HEAD) -> bytes:
        """The first bytes."""
        if self.data is not None:
            return self.data[:size]
        with self.open() as stream:
            return stream.read(size)

    def whole(self) -> bytes:
        """All bytes.

        Raises:
            ReadError: there are none, or more than one file may have.
        """
        data = self.data
        if data is None:
            with self.open() as stream:
                data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ReadError(self.place, f"more than {MAX_BYTES:,} bytes", f"at most {MAX_BYTES:,} in one file")
        if not data:
            raise ReadError(self.place, "an empty file", "the text of an article", state="empty")
        return data

    def within(self, name: str, data: bytes, fields: Mapping[str, str] | None = None) -> Source:
        """An entry of this one, as a source of its own.

        Raises:
            ReadError: it lies too deep, or the file has too many entries.
        """
        if self.depth >= MAX_DEPTH:
            raise ReadError(self.place, f"archives in archives, {MAX_DEPTH} deep", "files that are not packed so often")
        self.budget.entry(self.place)
        entry = name if self.entry is None else f"{self.entry}!{name}"
        return replace(
            self, name=name, place=f"{self.place}!{name}", path=None, data=data, depth=self.depth + 1, entry=entry,
            fields=dict(fields or {}),
        )  # fmt: skip

    def article(
        self,
        text: str,
        kind: str,
        fields: Mapping[str, str | None] | None = None,
        *,
        at: str = "",
        note: str | None = None,
        share: float | None = None,
    ) -> Article:
        """An article found here; what is known from outside fills in what it does not state itself.

        Raises:
            ReadError: it is empty or monstrous, or its day is no day.
        """
        said = {**self.fields, **{name: value for name, value in (fields or {}).items() if value}}
        origin = Origin(file=self.file or self.place, entry=self.entry or (at.lstrip(":[").rstrip("]") or None),
                        share=share)  # fmt: skip
        return make_article(text=text, place=f"{self.place}{at}", kind=kind, fields=said, note=note, origin=origin)


def file_source(path: Path, fields: Mapping[str, str] | None = None) -> Source:
    """A file on disk as a source."""
    place = shown(path)
    return Source(name=path.name, place=place, path=path, file=place, fields=fields or {})


def shown(path: Path | str) -> str:
    """A path as it can be printed; bytes that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def cannot_be_read(place: str, error: OSError) -> ReadError:
    """The fault of a file that the system does not hand out."""
    return ReadError(place, (error.strerror or str(error)).lower(), "a file that can be read")


def unpack(stream: IO[bytes], source: Source, place: str) -> bytes:
    """One packed entry, unpacked piece by piece and never beyond what is allowed.

    Raises:
        ReadError: it unpacks to more than one entry, or the file as a whole, may have.
    """
    out = bytearray()
    for piece in pieces(stream):
        source.budget.take(len(piece), source.place)
        out += piece
        if len(out) > MAX_BYTES:
            raise ReadError(place, f"an entry that unpacks to more than {MAX_BYTES:,} bytes", "smaller files")
    return bytes(out)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A stream in pieces."""
    while piece := stream.read(_CHUNK):
        yield piece
