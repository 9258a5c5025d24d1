"""Word files (Office Open XML): paragraphs of the body in order, tables by rows, footnotes at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from dragoman.read.sources._archive import zip_part
from dragoman.read.sources._markup import xml_root
from dragoman.read.sources._plain import Found, text_found
from dragoman.read.sources._source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sectPr", f"{_W}instrText",
                      "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})  # fmt: skip
_TITLES = ("title", "heading1", "titel", "titre", "berschrift1")


def docx_articles(source: Source) -> Found:
    """The text of a Word file; what is struck out by tracked changes is not part of it."""
    with source.open() as stream, ZipFile(stream) as book:
        names = set(book.namelist())
        root = xml_root(zip_part(book, "word/document.xml", source), source.place)
        notes = (
            xml_root(zip_part(book, "word/footnotes.xml", source), source.place)
            if "word/footnotes.xml" in names
            else None
        )
        core = (
            xml_root(zip_part(book, "docProps/core.xml", source), source.place)
            if "docProps/core.xml" in names
            else None
        )
    paragraphs = [(style, words) for style, words in _paragraphs(root) if words]
    heading = next((words for style, words in paragraphs[:8] if style in _TITLES), None)
    fields = {"title": heading or _said(core, "title")}
    lines = [words for _, words in paragraphs]
    if heading is not None and lines[0] == heading:
        lines = lines[1:]
    if notes is not None:
        lines += [words for _, words in _paragraphs(notes) if words]
    yield from text_found("\n\n".join(lines), source, "docx", fields)


def _paragraphs(root: _Element) -> list[tuple[str, str]]:
    """The style and the words of every paragraph that holds no other."""
    found = []
    for element in root.iter(f"{_W}p"):
        if any(True for _ in element.iterchildren(f"{_W}p")) or _inside_box(element):
            continue
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = str(style.get(f"{_W}val", "")) if style is not None else ""
        found.append((re.sub(r"[\s_-]", "", name).lower(), _words(element)))
    return found


def _inside_box(element: _Element) -> bool:
    """Whether a paragraph is the copy of a text box that is kept for old readers."""
    return any(str(parent.tag).endswith("}Fallback") for parent in element.iterancestors())


def _words(paragraph: _Element) -> str:
    pieces: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        tag = element.tag
        if element is not paragraph and (tag in _SKIPPED or tag == f"{_W}p"):
            continue
        if tag == f"{_W}t":
            pieces.append(element.text or "")
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append("\t" if tag == f"{_W}tab" else "\n")
        elif tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        else:
            stack.extend(reversed(element))
    return "".join(pieces).strip()


def _said(core: _Element | None, name: str) -> str | None:
    found = None if core is None else core.find(f"{_DC}{name}")
    return (found.text or "").strip() or None if found is not None else None
