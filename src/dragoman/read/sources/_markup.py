"""HTML and XML to plain paragraphs, where the whole of it is the text: mails, chapters, fields of feeds.

Entities that a document declares are never expanded, and nothing is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dragoman.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title",
        "tr", "ul"
    ]
)  # fmt: skip
_SILENT = frozenset(
    ["script", "style", "template", "noscript", "head", "svg", "math", "select", "option", "button", "iframe", "object"]
)
_SPACE = re.compile(r"[ \t\r\n\f\u200b\xad]+")
_ENTITY = re.compile(rb"<!ENTITY|<!\s*DOCTYPE[^>]*\[", re.IGNORECASE)


def xml_root(data: bytes, place: str) -> _Element:
    """The root of an XML document that declares no entities of its own.

    Raises:
        ReadError: it is not well-formed, or declares entities.
    """
    from lxml import etree

    if _ENTITY.search(data[:65536]):
        raise ReadError(place, "XML that declares entities of its own", "XML without a DOCTYPE that defines entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(place, f"XML that is damaged ({error.msg})", "well-formed XML") from error


def html_root(page: str | bytes) -> Any:
    """The root of a page, as lenient as a browser; None where there is nothing."""
    from lxml import etree, html

    try:
        return html.document_fromstring(page.encode() if isinstance(page, str) else page,
                                        parser=html.HTMLParser(encoding="utf-8" if isinstance(page, str) else None,
                                                               no_network=True, huge_tree=False))  # fmt: skip
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def text_of_html(page: str | bytes) -> str:
    """The text of a page, a paragraph a block."""
    root = html_root(page)
    return "" if root is None else text_of_element(root)


def text_of_element(root: Any) -> str:
    """The text of an element, a paragraph a block.  Walks without recursion: depth does not matter."""
    paragraphs: list[list[str]] = [[]]
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if not entering:
            if tag in _BLOCKS:
                paragraphs.append([])
            if element is not root and element.tail:
                paragraphs[-1].append(element.tail)
            continue
        stack.append((element, False))
        if tag is None or tag in _SILENT:
            continue
        if tag == "br":
            paragraphs.append([])
        if tag in _BLOCKS:
            paragraphs.append([])
        if element.text:
            paragraphs[-1].append(element.text)
        stack.extend((child, True) for child in reversed(element))
    lines = (_SPACE.sub(" ", "".join(pieces)).strip() for pieces in paragraphs)
    return "\n\n".join(line for line in lines if line)
