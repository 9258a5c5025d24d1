"""ZIP, TAR and single packed files: every entry is read as a source of its own, in memory.

Nothing is ever written, so that no entry's name can lead anywhere.  What an archive unpacks to is counted piece by
piece (:class:`~dragoman.read.sources._source.Budget`): a bomb is named long before it fills the memory.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from pathlib import PurePosixPath
from typing import IO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from dragoman.errors import ReadError
from dragoman.read.sources._plain import Found
from dragoman.read.sources._source import MAX_ENTRIES, Source, unpack

_ENCRYPTED = 0x1
_MOST_RATIO = 1000
_SMALL = 1 << 20
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".css", ".js", ".woff", ".woff2", ".ttf")
_SIDE = ("_files/", "_dateien/", "_fichiers/", "__macosx/")


def zip_kind(source: Source) -> str:
    """Which format a ZIP is, by the entries that only that format has."""
    with source.open() as stream:
        try:
            book = ZipFile(stream)
        except BadZipFile as error:
            raise ReadError(source.place, f"a damaged ZIP archive ({error})", "a whole file") from error
        names = set(book.namelist()[:MAX_ENTRIES])
        kind = book.read("mimetype")[:100] if "mimetype" in names and book.getinfo("mimetype").file_size < 200 else b""
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "excel"
    if kind.startswith(b"application/epub"):
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis") or any(name.startswith("ppt/") for name in names):
        raise ReadError(source.place, "slides or a drawing", "the text of them, as .pdf or .docx")
    return "zip"


def zip_articles(source: Source) -> Found:
    """Every entry of a ZIP archive."""
    with source.open() as stream, ZipFile(stream) as book:
        entries = [info for info in book.infolist() if not info.is_dir()]
        if len(entries) > MAX_ENTRIES:
            raise ReadError(source.place, f"an archive of {len(entries):,} entries", f"at most {MAX_ENTRIES:,}")
        names = {info.filename for info in entries}
        wanted = sorted((info for info in entries if _wanted(info.filename, names)), key=lambda info: info.filename)
        if not wanted:
            raise ReadError(source.place, "an archive without files", "articles", state="empty")
        for info in wanted:
            try:
                yield source.within(info.filename, _unzipped(book, info, source))
            except ReadError as fault:
                yield fault


def _unzipped(book: ZipFile, info: ZipInfo, source: Source) -> bytes:
    place = f"{source.place}!{info.filename}"
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(place, "an encrypted entry", "an archive without a password")
    if info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1):
        raise ReadError(place, f"an entry packed more than {_MOST_RATIO} times (a bomb?)", "an ordinary archive")
    try:
        with book.open(info) as stream:
            return unpack(stream, source, place)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ReadError(place, f"a damaged entry ({error})", "a whole archive") from error


def zip_part(book: ZipFile, name: str, source: Source) -> bytes:
    """One part of a document that is a ZIP inside.

    Raises:
        ReadError: it is missing, damaged, encrypted, or unpacks to too much.
    """
    try:
        info = book.getinfo(name)
    except KeyError as error:
        raise ReadError(source.place, f"a document without its part {name}", "a whole file") from error
    return _unzipped(book, info, source)


def tar_articles(source: Source) -> Found:
    """Every file of a TAR archive; links and devices pass."""
    found = False
    try:
        with source.open() as stream, tarfile.open(fileobj=stream, mode="r|*") as book:
            for member in book:
                if not member.isfile() or not _wanted(member.name, set()):
                    continue
                found = True
                content = book.extractfile(member)
                if content is None:
                    continue
                try:
                    yield source.within(member.name, unpack(content, source, f"{source.place}!{member.name}"))
                except ReadError as fault:
                    yield fault
                    if source.budget.unpacked < 0 or source.budget.entries < 0:
                        return
    except (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError) as error:
        raise ReadError(source.place, f"a damaged TAR archive ({error})", "a whole archive") from error
    if not found:
        raise ReadError(source.place, "an archive without files", "articles", state="empty")


def packed_articles(source: Source) -> Found:
    """A single packed file; a packed TAR or WARC is read as what it is."""
    from dragoman.read.sources._table import BY_NAME, ending_of

    head = source.head(8)
    with source.open() as stream:
        inner = _opened(stream, head)
        first = _first(inner, source.place)
    if first[257:262] == b"ustar":
        yield from tar_articles(source)
    elif first.startswith(b"WARC/"):
        yield from BY_NAME["warc"].reader()(source)
    else:
        name = source.name
        for ending in (".gz", ".bz2", ".xz"):
            name = name.removesuffix(ending)
        if ending_of(name) == "" and name == source.name:
            name = "text"
        with source.open() as stream:
            yield source.within(name, unpack(_opened(stream, head), source, source.place))


def _opened(stream: IO[bytes], head: bytes) -> IO[bytes]:
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.open(stream))
    return cast("IO[bytes]", bz2.open(stream) if head.startswith(b"BZh") else lzma.open(stream))


def _first(stream: IO[bytes], place: str) -> bytes:
    try:
        return stream.read(512)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise ReadError(place, f"a damaged packed file ({error})", "a whole file") from error


def _wanted(name: str, names: set[str]) -> bool:
    """Whether an entry may be an article: no hidden file, no picture or style, no part of a saved page."""
    path = PurePosixPath(name)
    if any(part.startswith(".") and part not in (".", "..") for part in path.parts):
        return False
    lower = name.lower()
    if lower.endswith(_PICTURES):
        return False
    for side in _SIDE:
        at = lower.find(side)
        if at >= 0 and (side == "__macosx/" or any(name[:at] + end in names for end in (".html", ".htm")) or not names):
            return False
    return True
