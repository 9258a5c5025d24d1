"""What sources call a body, a title, an outlet, a day: one table of names for every format that has names.

Names are compared without case, blanks, dashes and underscores, so that ``publishedAt``, ``published_at`` and
``Published at`` are one name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article
from dragoman.read.sources._source import Source

_NAMES = {
    "text": "text body content article maintext plaintext fulltext bodytext articlebody articletext articlecontent "
    "cleanedtext storytext contenttext contenthtml story",
    "title": "title headline webtitle articletitle header",
    "outlet": "outlet source publication publisher newspaper sitename medium medianame sourcename containertitle "
    "journal domain publicationname publicationtitle paper",
    "url": "url link uri weburl articleurl permalink storyurl",
    "byline": "byline author authors by creator journalist",
    "section": "section sectionname category",
    "published": "published date publicationdate datepublish datepublished pubdate publishedat publishdate "
    "webpublicationdate seendate issued publicationdatetime publishedon datetime",
    "excerpt": "abstract note notes summary description excerpt snippet trailtext leadparagraph",
}  # fmt: skip
FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_SEPARATORS = re.compile(r"[\s_\-.]+")
_CUT = re.compile(r"(?:\[\+\d+ chars\]|\[(?:…|\.\.\.)\]|(?:…|\.\.\.)\s*(?:Continue reading|Read more)?)\s*$")
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|li|blockquote|strong|em|a)\b[^>]*>", re.IGNORECASE)
LONG_EXCERPT = 40
"""Words from which an abstract or a note is read as a text of its own."""


def plain_name(name: object) -> str:
    """A field's name as it is looked up."""
    return _SEPARATORS.sub("", str(name).strip().casefold())


def has_text_field(names: object) -> bool:
    """Whether any of the names is that of a body."""
    return isinstance(names, (list, tuple)) and any(FIELD_OF.get(plain_name(name)) == "text" for name in names)


def fields_of(row: Mapping[Any, Any], place: str) -> dict[str, str]:
    """The fields of a row, by our names.

    Raises:
        ReadError: a field holds what is no text.
    """
    found: dict[str, str] = {}
    flat = _flattened(row)
    for field, names in _NAMES.items():
        for name in names.split():
            value = flat.get(name)
            if value not in (None, "", [], {}):
                found[field] = words_of(value, field, place)
                break
    return {field: words for field, words in found.items() if words.strip()}


def _flattened(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row's values by plain name; what a wrapper keeps in an inner object ``fields`` counts as the row's own."""
    flat = {plain_name(name): value for name, value in row.items()}
    inner = flat.get("fields")
    if isinstance(inner, Mapping):
        flat = {plain_name(name): value for name, value in inner.items()} | flat
    return flat


def words_of(value: Any, field: str, place: str) -> str:
    """A field's value as words: text, a list of texts, an object with a name, parts of a date.

    Raises:
        ReadError: it is none of these.
    """
    if isinstance(value, str):
        return value if field == "text" else value.strip()
    if isinstance(value, Mapping):
        if "date-parts" in value:
            parts = value["date-parts"]
            first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
            return "-".join(f"{int(part):02d}" for part in first) if len(first) == 3 else ""
        for name in ("name", "title", "main", "original", "literal", "value", "raw"):
            if isinstance(value.get(name), str):
                return str(value[name]).strip()
        if isinstance(value.get("family"), str):
            return " ".join(str(value[part]) for part in ("given", "family") if value.get(part))
    if isinstance(value, list):
        between = "\n\n" if field == "text" else ", "
        return between.join(filter(None, (words_of(item, field, place) for item in value)))
    if field in ("published", "title", "section") and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if field not in ("text", "title", "published"):
        return ""
    raise ReadError(place, f"{field} that is a {type(value).__name__}", "text")


def row_article(row: Any, source: Source, at: str, kind: str) -> Article:
    """The article of one row of JSON or of a table.

    Raises:
        ReadError: it is no object, or has no text: only an address, only an excerpt, or nothing.
    """
    place = f"{source.place}{at}"
    if not isinstance(row, Mapping):
        raise ReadError(place, f"a JSON {type(row).__name__}", "an object with a field text")
    fields = fields_of(row, place)
    text = fields.pop("text", "")
    excerpt = fields.pop("excerpt", "")
    if _CUT.search(text[-200:]):
        text = ""
    note = None
    if not text.strip() and len(excerpt.split()) >= LONG_EXCERPT and not _CUT.search(excerpt[-200:]):
        text, note = excerpt, "only an abstract or note stood in the source"
    if not text.strip():
        if fields.get("url"):
            raise AddressOnlyError(place, fields["url"])
        names = ", ".join(map(str, row))[:200] or "none"
        raise ReadError(place, f"fields {names} without any text", "a field text that is not empty", state="empty")
    return source.article(tidy(text), kind, fields, at=at, note=note)


class AddressOnlyError(ReadError):
    """A row that names an article's address and has no text of it."""

    def __init__(self, place: str, url: str) -> None:
        self.url = url
        super().__init__(place, "an address without a text", "the text, or  dragoman fetch  first")


def tidy(text: str) -> str:
    """A field's text with one kind of line end, and without the markup that some sources leave in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_MARKUP.findall(text[:20_000])) >= 2:
        from dragoman.read.sources._markup import text_of_html

        return text_of_html(text)
    return text
