"""EPUB: every chapter with running text is an article, in the order of the book."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from dragoman.errors import ReadError
from dragoman.read.sources._archive import zip_part
from dragoman.read.sources._article import day_of
from dragoman.read.sources._markup import html_root, text_of_element, xml_root
from dragoman.read.sources._plain import Found
from dragoman.read.sources._source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEWEST_WORDS = 25
_DC = "{http://purl.org/dc/elements/1.1/}"


def epub_articles(source: Source) -> Found:
    """The chapters of a book.

    Raises:
        ReadError: it is encrypted, damaged, or has no running text.
    """
    found = False
    with source.open() as stream, ZipFile(stream) as book:
        if "META-INF/rights.xml" in book.namelist():
            raise ReadError(source.place, "an EPUB with copy protection", "a book without it")
        container = xml_root(zip_part(book, "META-INF/container.xml", source), source.place)
        rootfile = container.find(".//{*}rootfile")
        package_path = str(rootfile.get("full-path", "")) if rootfile is not None else ""
        package = xml_root(zip_part(book, package_path, source), source.place)
        about = _about(package)
        for path in _chapters(package, dirname(package_path)):
            root = html_root(zip_part(book, path, source))
            text = "" if root is None else text_of_element(root)
            if len(text.split()) >= _FEWEST_WORDS:
                found = True
                yield source.article(text, "epub", {**about, "title": _heading(root) or about["title"]}, at=f"!{path}")
    if not found:
        raise ReadError(source.place, "an EPUB without running text", "chapters of text", state="empty")


def _about(package: _Element) -> dict[str, str | None]:
    said = {name: package.find(f".//{_DC}{name}") for name in ("title", "publisher", "creator", "date")}
    words = {name: (found.text or "").strip() or None if found is not None else None for name, found in said.items()}
    day = day_of(words["date"]) if words["date"] else None
    return {
        "title": words["title"], "outlet": words["publisher"] or words["title"], "byline": words["creator"],
        "published": day.isoformat() if day else None,
    }  # fmt: skip


def _chapters(package: _Element, folder: str) -> list[str]:
    files = {item.get("id"): str(item.get("href", "")) for item in package.iterfind(".//{*}manifest/{*}item")}
    order = [item.get("idref") for item in package.iterfind(".//{*}spine/{*}itemref")]
    return [normpath(join(folder, unquote(files[name].partition("#")[0]))) for name in order if name in files]


def _heading(root: _Element) -> str | None:
    for tag in ("h1", "h2", "title"):
        found = root.find(f".//{tag}")
        if found is not None and (words := " ".join("".join(found.itertext()).split())):
            return str(words)
    return None
