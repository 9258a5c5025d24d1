"""Bytes to text, or one clear error: the only place that guesses an encoding.

UTF-8 first, a byte-order mark where there is one, and only then a statistical
guess, which is stated in the returned note so that nobody takes it for certain.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import ReadError

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARACTERS = 2_000_000
MAX_LINE = 1_000_000
MAX_TOKENS = 250_000
"""Words and marks of one article: what the parser holds in memory grows with them, not with characters."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"\xd0\xcf\x11\xe0",
)
_CONTROL_SHARE = 0.02
_ASCII_SHARE = 0.85


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: it cannot be opened, is empty, or is larger than ``MAX_BYTES``.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(str(path), f"{size:,} bytes", f"at most {MAX_BYTES:,} in one file")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(str(path), _reason(error), "a file that can be read") from error
    if not data:
        raise ReadError(str(path), "an empty file", "the text of an article")
    return data


def decode(data: bytes, place: str) -> tuple[str, str | None]:
    r"""The text of ``data``, and a note where its encoding had to be guessed; line ends become one character.

    Raises:
        ReadError: the bytes are no text, or no encoding fits them.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        refuse_binary(data, place)
    try:
        return _one_line_end(data.decode(encoding or "utf-8")), None
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise ReadError(place, f"bytes that are not {encoding} as its first bytes say", "UTF-8 text") from error
    return _guess(data, place)


def refuse_binary(data: bytes, place: str) -> None:
    """Raise :class:`ReadError` where ``data`` is a picture, an archive, a program: no text."""
    head = data[:65536]
    if head.startswith(_MAGIC) or len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head):
        raise ReadError(place, "a binary file", "text, HTML, JSON lines or CSV")


def refuse_monster(text: str, place: str) -> None:
    """Raise :class:`ReadError` for an article longer, or with a line longer, than any article is."""
    if not text.strip():
        raise ReadError(place, "no text", "the text of an article")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(place, f"one article of {len(text):,} characters", f"at most {MAX_CHARACTERS:,}")
    if len(text) > MAX_TOKENS and (tokens := _tokens(text)) > MAX_TOKENS:
        raise ReadError(place, f"one article of {tokens:,} words and marks", f"at most {MAX_TOKENS:,}")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise ReadError(f"{place}:{number}", f"a line of {len(line):,} characters", f"at most {MAX_LINE:,}")


def _tokens(text: str) -> int:
    """Words and single marks of a text, as a tokenizer would part it at most."""
    return sum(1 for _ in _TOKEN.finditer(text))


def _guess(data: bytes, place: str) -> tuple[str, str | None]:
    """Mostly ASCII is Western (windows-1252, what English text is in when it is not UTF-8); else by statistics."""
    for encoding in _candidates(data):
        try:
            return _one_line_end(data.decode(encoding)), f"{place}: not UTF-8; read as {encoding}, a guess"
        except UnicodeDecodeError:
            continue
    raise ReadError(place, "bytes in no known encoding", "UTF-8 text")


def _candidates(data: bytes) -> Iterator[str]:
    sample = data[:262144]
    if sum(byte < 0x80 for byte in sample) > _ASCII_SHARE * len(sample):
        yield "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None:
        yield best.encoding


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
