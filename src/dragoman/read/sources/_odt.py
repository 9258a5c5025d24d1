"""OpenDocument texts, packed (ODT) or as one XML file (FODT)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

from dragoman.errors import ReadError
from dragoman.read.sources._archive import zip_part
from dragoman.read.sources._markup import xml_root
from dragoman.read.sources._plain import Found, text_found
from dragoman.read.sources._source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BLOCKS = (f"{_TEXT}p", f"{_TEXT}h")


def odt_articles(source: Source) -> Found:
    """The text of an OpenDocument file; footnotes stand at the end, deleted passages nowhere."""
    head = source.head(4)
    if head.startswith(b"PK"):
        with source.open() as stream, ZipFile(stream) as book:
            if b"encryption-data" in zip_part(book, "META-INF/manifest.xml", source):
                raise ReadError(source.place, "an encrypted OpenDocument text", "the file saved without a password")
            root = xml_root(zip_part(book, "content.xml", source), source.place)
            meta = xml_root(zip_part(book, "meta.xml", source), source.place) if "meta.xml" in book.namelist() else None
    else:
        root = meta = xml_root(source.whole(), source.place)
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise ReadError(source.place, "an OpenDocument file that is no text", "a text (.odt)")
    lines: list[str] = []
    notes: list[str] = []
    heading = None
    for element in body.iter(*_BLOCKS):
        parents = [parent.tag for parent in element.iterancestors()]
        if f"{_TEXT}tracked-changes" in parents:
            continue
        words = _words(element)
        if f"{_TEXT}note" in parents:
            notes.append(words)
            continue
        if element.tag == f"{_TEXT}h" and heading is None and not lines:
            heading = words
        elif words:
            lines.append(words)
    title = None if meta is None else meta.find(f".//{_DC}title")
    fields = {"title": heading or ((title.text or "").strip() if title is not None else None)}
    yield from text_found("\n\n".join(lines + notes), source, "odt", fields)


def _words(paragraph: _Element) -> str:
    pieces: list[str] = []
    stack: list[tuple[_Element, bool]] = [(paragraph, True)]
    while stack:
        element, entering = stack.pop()
        if not entering:
            pieces.append(element.tail or "")
            continue
        if element is not paragraph:
            stack.append((element, False))
        tag = str(element.tag)
        if tag in (f"{_TEXT}note", f"{_OFFICE}annotation"):
            continue
        if tag == f"{_TEXT}s":
            pieces.append(" " * min(int(element.get(f"{_TEXT}c", "1")), 80))
        elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append("\t" if tag.endswith("tab") else "\n")
        pieces.append(element.text or "")
        stack.extend((child, True) for child in reversed(element))
    return "".join(pieces).strip()
