"""Hostile and broken files: one clear line each, nothing written, no memory filled, and the other files still come."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import os
import random
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import ReadError
from dragoman.read.sources import Article, read_paths
from dragoman.read.sources import _source as limits

_SPEC = importlib.util.spec_from_file_location("delivery_files", Path(__file__).with_name("test_delivery.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
made: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
SEED = 20230516
HUGE_LENGTH = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\n"
    b"Content-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html></html>"
)


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[ReadError]]:
    """What a file gives, and what is said of it."""
    path = folder / name
    path.write_bytes(data)
    faults: list[ReadError] = []
    return list(read_paths([path], on_error=faults.append)), faults


def bomb(size: int) -> bytes:
    """A ZIP entry of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book, book.open("bomb.txt", "w", force_zip64=True) as entry:
        for _ in range(size >> 20):
            entry.write(bytes(1 << 20))
    return out.getvalue()


def nested(depth: int) -> bytes:
    """A text in archives in archives."""
    data = made.HEADED.encode()
    name = "a.txt"
    for place in range(depth):
        data, name = made.zipped({name: data}), f"{place}.zip"
    return bytes(data)


def encrypted_zip() -> bytes:
    """An archive whose entry says that it is encrypted."""
    data = bytearray(made.zipped({"a.txt": made.HEADED.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf(made.FIRST))))
    writer.encrypt("secret", algorithm="RC4-128")
    return bytes(made.saved(writer.write))


def long_pdf(pages: int) -> bytes:
    """A PDF of very many pages."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    return bytes(made.saved(writer.write))


def many_parts(number: int) -> bytes:
    """A mail of very many parts."""
    message = made.mail()
    for place in range(number):
        message.add_attachment(f"Part {place}.", filename=f"{place}.txt")
    return bytes(message.as_bytes())


def with_laughs(data: bytes, part: str) -> bytes:
    """An office file whose main part declares entities."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = b'<?xml version="1.0"?>' + LAUGHS.encode() + content.partition(b"?>")[2]
            new.writestr(info.filename, content)
    return out.getvalue()


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a bomb": ("a.zip", bomb(100 << 20), "packed more than 1000 times (a bomb?)"),
    "too deep": ("a.zip", nested(6), "archives in archives, 4 deep"),
    "a packed bomb": ("a.txt.gz", gzip.compress(bytes(80 << 20)), "unpacks to more than 67,108,864 bytes"),
    "a bzip bomb": ("a.bz2", bz2.compress(bytes(80 << 20)), "unpacks to more than 67,108,864 bytes"),
    "a locked archive": ("a.zip", encrypted_zip(), "an encrypted entry; expected an archive without a password"),
    "a locked PDF": ("a.pdf", locked_pdf(), "an encrypted PDF; expected the file saved without a password"),
    "a long PDF": ("a.pdf", long_pdf(2_001), "a PDF of 2,001 pages; expected at most 2,000"),
    "no PDF": ("a.pdf", b"%PDF-1.7\nnothing", "a damaged PDF"),
    "many parts": ("a.eml", many_parts(1_000), "a mail of more than 250 parts"),
    "laughs, feed": ("a.rss", f'<?xml version="1.0"?>{LAUGHS}<rss><c>&c;</c></rss>'.encode(), "declares entities"),
    "laughs, list": ("a.opml", f'<?xml version="1.0"?>{LAUGHS}<opml>&c;</opml>'.encode(), "declares entities"),
    "laughs, Word": ("a.docx", with_laughs(made.docx(), "word/document.xml"), "declares entities"),
    "laughs, ODT": ("a.odt", with_laughs(made.odt(), "content.xml"), "declares entities"),
    "anchors": ("a.md", b"---\na: &a [x]\nb: [*a, *a]\n---\nText of it.", "a YAML head with anchors"),
    "digits": ("a.json", b'{"text": ' + b"9" * 5_000 + b"}", "a number of thousands of digits"),
    "digits in a line": ("a.jsonl", b'{"text": ' + b"9" * 5_000 + b"}", "a number of thousands of digits"),
    "depth": ("a.json", b'{"a":' * 100_000, "JSON"),
    "open quote in the head": ("a.csv", b'"text,title\nx,y\nz,w\n', "a.csv:"),
    "open quote": ("a.csv", b'text,title\n"x,y\n', "a.csv:"),
    "a lone CR": ("a.csv", b"text\r\ra\rb", ""),
    "no type": ("a.warc", b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n", "a.warc"),
    "huge length": ("a.warc", HUGE_LENGTH, "a.warc"),
    "bad length": ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n", "a.warc"),
    "a line end in a message": ("a.opml", b'<?xml version="1.0"?><opml>\x00</opml>', "XML that is damaged"),
    "bytes in a message": ("a.warc", b"WARC/1.0\r\n\r\n\r\n\r\n\x1f\x02\n\x03", "a.warc"),
    "a bad braces": ("a.bib", b"@article{x, title = {" + b"{" * 5000, "braces do not close"),
    "marks alone": ("a.txt", b"&" * 400_000, "one article of 400,000 words and marks"),
    "NULs": ("a.html", bytes(5_000), "a binary file"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_clear_line(tmp_path: Path, name: str) -> None:
    """Each is named in one line with what it is; nothing is written beside it."""
    file, data, said = HOSTILE[name]
    articles, faults = read_bytes(tmp_path, file, data)
    told = list(map(str, faults))
    assert any(said in line for line in told) or (not said and articles), told
    assert all(line.isprintable() and len(line) < 600 for line in told)
    assert [path.name for path in tmp_path.iterdir()] == [file]


def test_what_an_archive_unpacks_to_is_counted_over_all_its_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many entries of a fair size are read until the whole is too much; the rest is named."""
    monkeypatch.setattr(limits, "MAX_UNPACKED", 40_000)
    monkeypatch.setattr(limits.Budget.__init__, "__defaults__", (40_000, limits.MAX_ENTRIES))
    text = made.HEADED.encode() * 20
    files = {f"{place}.txt": text for place in range(10)}
    for name, data in (("a.zip", made.zipped(files)), ("a.tar", made.tarred(files, "w"))):
        articles, faults = read_bytes(tmp_path, name, data)
        assert 0 < len(articles) < 10
        assert "unpacks to more than" in str(faults[0])


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    """Entries with absolute names, names that climb, and links are read in memory or pass; no file appears."""
    inside = tmp_path / "in"
    inside.mkdir()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as book:
        for name in ("/abs.txt", "../up.txt", "a/../../up2.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(made.HEADED)
            book.addfile(info, io.BytesIO(made.HEADED.encode()))
    articles, faults = read_bytes(inside, "a.tar", out.getvalue())
    assert len(articles) == 3
    assert not faults
    articles, _ = read_bytes(inside, "b.zip", made.zipped({"../../x.txt": made.HEADED.encode()}))
    assert len(articles) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.tar", "b.zip", "in"]


def test_one_bad_entry_hides_no_other(tmp_path: Path) -> None:
    """In a damaged, encrypted or hostile neighbourhood the good entries are read."""
    files = {"a.txt": made.HEADED.encode(), "b.pdf": b"%PDF-1.7 no", "c.json": b"{", "d.docx": b"PK\x03\x04",
             "e.html": made.PAGE.encode()}  # fmt: skip
    articles, faults = read_bytes(tmp_path, "a.zip", made.zipped(files))
    assert len(articles) == 2
    assert sorted(fault.place.rsplit("!", 1)[1].split(":")[0] for fault in faults) == ["b.pdf", "c.json", "d.docx"]


def test_a_deep_page_is_read_or_named(tmp_path: Path) -> None:
    """A page nested fifty thousand deep ends, with or without its text."""
    page = "<html><body>" + "<div>" * 50_000 + made.FIRST + "</body></html>"
    articles, faults = read_bytes(tmp_path, "a.html", page.encode())
    assert len(articles) + len(faults) == 1


def test_a_mail_within_mails_without_end_is_named(tmp_path: Path) -> None:
    """Mails in mails are read to a depth; what lies deeper is named."""
    message = made.mail()
    for _ in range(30):
        outer = made.mail(subject="Fwd")
        outer.add_attachment(message)
        message = outer
    articles, faults = read_bytes(tmp_path, "a.eml", message.as_bytes())
    assert 1 <= len(articles) <= 6
    assert "4 deep" in str(faults[-1])


def test_a_name_that_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    """A file whose name is undecodable bytes is read, and its place can be printed."""
    path = os.fsencode(tmp_path) + b"/a\xff.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(made.HEADED.encode())
    except OSError:
        pytest.skip("this file system has no such names")
    (article,) = read_paths([tmp_path])
    assert "a\\xff.txt" in article.place
    article.place.encode()


@pytest.mark.parametrize("name", [name for name, file in made.FILES.items() if file[0]])
def test_damaged_files_of_every_format_raise_nothing(tmp_path: Path, name: str) -> None:
    """Cut anywhere, or with bytes changed anywhere, a file gives articles and faults, and never a traceback."""
    data = made.FILES[name][0]
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 - where to break a file is no secret
    for _ in range(6 if len(data) > 20_000 else 12):
        broken = bytearray(data[: chance.randrange(1, len(data) + 1)] if chance.random() < 0.4 else data)
        for _ in range(chance.randrange(0, 12)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        _, faults = read_bytes(tmp_path, name, bytes(broken))
        assert all(str(fault).isprintable() for fault in faults)
        json.dumps([str(fault) for fault in faults]).encode()


def test_a_parser_that_fails_is_named_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a library raises, its file is named and the others come."""
    from dragoman.read.sources import _docx

    def broken(*_: object) -> None:
        raise KeyError("w:p")

    monkeypatch.setattr(_docx, "xml_root", broken)
    (tmp_path / "a.docx").write_bytes(made.docx())
    (tmp_path / "b.txt").write_bytes(made.HEADED.encode())
    faults: list[ReadError] = []
    assert len(list(read_paths([tmp_path], on_error=faults.append))) == 1
    assert "a Word file that is damaged (KeyError: 'w:p'); expected a whole file" in str(faults[0])


def test_a_library_that_is_missing_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package for PDF the file is named with the line that installs it, and the others come."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (tmp_path / "a.pdf").write_bytes(made.pdf(made.FIRST))
    (tmp_path / "b.txt").write_bytes(made.HEADED.encode())
    faults: list[ReadError] = []
    assert len(list(read_paths([tmp_path], on_error=faults.append))) == 1
    assert "pip install 'dragoman[documents]'" in str(faults[0])
